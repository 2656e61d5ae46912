"""Who is drawn: a person's head, rig and looks, and how each stands in the scene."""

from __future__ import annotations

import math
import threading
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, TypeVar

import numpy as np
import torch
from numpy.typing import NDArray

from engine.core.channels import CHANNELS
from engine.core.errors import InvalidInput
from engine.core.person import Person
from engine.head import look
from engine.head.ada import HeadAsset
from engine.head.barriers import one_thread
from engine.head.look import Look
from engine.head.rig import HeadRig
from engine.head.shape import head_of
from engine.project.stage import Placement, Stage
from engine.render.body import BodyMaker
from engine.render.camera import Camera
from engine.render.frame import Frame, FrameMaker, Poser, Topology
from engine.render.levels import Level
from engine.render.lighting import about_vertical, light_directions

_T = TypeVar("_T")


class Figure:
    """What all persons of one shape share.

    Args:
        head: the shape.
    """

    def __init__(self, head: HeadAsset) -> None:
        self.head = head
        self.rig = HeadRig(head)
        self._made: dict[Hashable, Any] = {}
        self._lock = threading.RLock()

    def once(self, key: Hashable, make: Callable[[], _T]) -> _T:
        """What `make` gives, made at the first call with this key and kept as long as the figure."""
        with self._lock:
            if key not in self._made:
                self._made[key] = make()
            found: _T = self._made[key]
            return found


@lru_cache(maxsize=2)
def _topology(fine: bool) -> Topology:
    return Topology(look.load(fine))


@lru_cache(maxsize=12)
def _figure(shape: tuple[tuple[str, float], ...]) -> Figure:
    with one_thread():
        return Figure(head_of(Person(shape=dict(shape))))


@dataclass(frozen=True, eq=False)
class Actor:
    """A person ready to be drawn. `of` makes them.

    Args:
        person: who.
        figure: head, rig and what is made from them.
    """

    person: Person
    figure: Figure

    @staticmethod
    def of(person: Person) -> Actor:
        """The actor of a person; the same one for an equal person.

        Raises:
            InvalidInput: an identity axis that is not known.
            MissingAsset: a file is not there or damaged.
        """
        return _actor(person)

    @property
    def head(self) -> HeadAsset:
        """The shape, as arrays."""
        return self.figure.head

    @property
    def rig(self) -> HeadRig:
        """Poses the head."""
        return self.figure.rig

    def look(self, fine: bool = False) -> Look:
        """What is drawn of the head."""
        return self.figure.once(("look", fine), lambda: look.load(fine).on(self.head))

    def body(self, fine: bool = False) -> BodyMaker:
        """The maker of the buffer `body`."""
        return self.figure.once(("body", fine), lambda: BodyMaker(self.look(fine)))

    def poser(self, fine: bool = False) -> Poser:
        """Finds out how the head is held."""
        return self.figure.once(("poser", fine), lambda: Poser(self.look(fine), _topology(fine)))

    def frames(self, level: Level) -> FrameMaker:
        """Makes frames for a level."""
        from engine.render.parts import makers_of

        return _frame_maker(self, level, makers_of)

    def pose(self, values: NDArray[np.float32]) -> NDArray[np.float32]:
        """Vertices float32 [T, V, 3] metres, in the actor's own space, of channel values [T, 63].

        Raises:
            InvalidInput: the wrong shape.
        """
        with torch.no_grad():
            out: NDArray[np.float32] = self.rig.pose(values).cpu().numpy()
        return out


@lru_cache(maxsize=24)
def _actor(person: Person) -> Actor:
    return Actor(person, _figure(tuple(sorted(person.shape.items()))))


@lru_cache(maxsize=48)
def _frame_maker(actor: Actor, level: Level, makers_of: Callable[[Actor, Level], Any]) -> FrameMaker:
    return FrameMaker(actor.poser(level.fine), makers_of(actor, level))


@dataclass(frozen=True, eq=False)
class Member:
    """One character of a picture.

    Args:
        actor: who.
        values: channel values [63].
        vertices: float32 [V, 3] where they are posed already; None to pose `values`.
        placement: where they stand.

    Raises:
        InvalidInput: the shape of the values.
    """

    actor: Actor
    values: NDArray[np.float32] = field(default_factory=lambda: np.zeros(len(CHANNELS), np.float32))
    vertices: NDArray[np.float32] | None = None
    placement: Placement = Placement()  # noqa: RUF009  frozen

    def __post_init__(self) -> None:
        if np.shape(self.values) != (len(CHANNELS),):
            raise InvalidInput(f"channel values must be [{len(CHANNELS)}], got {list(np.shape(self.values))}", "give every channel of engine.core.channels")

    def posed(self) -> NDArray[np.float32]:
        """Vertices float32 [V, 3] in the actor's own space."""
        return self.vertices if self.vertices is not None else self.actor.pose(np.asarray(self.values, np.float32)[None])[0]

    @property
    def turned(self) -> NDArray[np.float32]:
        """Rotation from the actor's own space to the scene's, float32 [3, 3]."""
        return about_vertical(math.radians(self.placement.turn))

    @property
    def at(self) -> NDArray[np.float32]:
        """Where the actor's own origin stands in the scene, float32 [3] metres."""
        return np.array([self.placement.x, self.placement.y, self.placement.z], np.float32)


@dataclass(frozen=True, eq=False)
class View:
    """From where, and in what light, a picture is taken.

    Args:
        camera: where from.
        stage: light, background and lens; its shot and camera keys are in `camera` already.
        checks: show checks where the background is transparent, for the eye; black otherwise.
    """

    camera: Camera = Camera()  # noqa: RUF009  frozen
    stage: Stage = Stage()  # noqa: RUF009  frozen
    checks: bool = False

    @staticmethod
    def of(stage: Stage, time_s: float = 0.0) -> View:
        """The view of a stage at a time of its scene, seconds."""
        return View(Camera.of(stage.shot_at(time_s)), stage)


@dataclass(frozen=True, eq=False)
class Prepared:
    """A picture ready to be drawn.

    Args:
        members: who, with the frame of each.
        view: from where.
        lights: float32 [3, 3] unit directions to key, fill and rim lamp in the scene.
    """

    members: tuple[tuple[Member, Frame], ...]
    view: View
    lights: NDArray[np.float32]


def prepare(members: Sequence[Member], view: View, level: Level) -> Prepared:
    """All of a picture that needs no GL; runs on any thread.

    Raises:
        InvalidInput: vertices that are not the actor's.
    """
    lights = light_directions(view.camera, view.stage.lighting)
    made = []
    for member in members:
        maker = member.actor.frames(level)
        made.append((member, maker(member.posed(), np.asarray(member.values, np.float32), lights @ member.turned)))
    return Prepared(tuple(made), view, lights)
