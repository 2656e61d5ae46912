"""The one renderer: draws the members of a picture into whatever GL context and framebuffer are current."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from vispy.gloo.gl import gl2 as gl

from engine.core.errors import InvalidInput
from engine.core.person import Person
from engine.project.stage import Background
from engine.render.actor import Actor, Member, Prepared, View, prepare
from engine.render.camera import Camera
from engine.render.frame import Frame
from engine.render.gl import Program, VertexBuffer, check, leave
from engine.render.levels import LEVELS, Level
from engine.render.library import Library, source
from engine.render.parts import PARTS
from engine.render.parts.base import Body, Common, Part, Shared

MOST_ATTRIBUTES = 8  # that any part feeds
_CHANGED = 2  # parts made anew that are still better than a new character
_KEPT = 6  # characters whose GL resources are kept though they are not in the picture


class Puppet:
    """All GL resources of one character.

    Args:
        actor: whose.
        level: how finely.
        library: what it shares with the others.
    """

    def __init__(self, actor: Actor, level: Level, library: Library) -> None:
        self.actor, self.level = actor, level
        self._body = Body(actor, level)
        self._shared = Shared(library, self._body)
        self.parts: list[Part] = [part(actor, level, self._shared) for part in PARTS]
        self._loaded: Frame | None = None

    def become(self, actor: Actor) -> None:
        """Draw another actor from now on, and keep what both have in common."""
        self._body.update(actor, self.level)
        for k, part in enumerate(self.parts):
            if not part.update(actor):
                self.parts[k] = type(part)(actor, self.level, self._shared)
                part.close()
        self.actor = actor

    def fits(self, actor: Actor) -> int:
        """How many parts need not be made anew for another actor."""
        return sum(part.needs(actor, self.level) == part.made_for for part in self.parts)

    def load(self, frame: Frame) -> None:
        """Hand over the buffers of a frame."""
        if "body" in frame.buffers:
            self._body.load(frame.buffers["body"])

    def close(self) -> None:
        """Give everything back."""
        for part in self.parts:
            part.close()
        self._body.close()


def begin(size: tuple[int, int]) -> None:
    """The state that drawing begins with: nothing on, no depth."""
    gl.glViewport(0, 0, *size)
    for switch in (gl.GL_SCISSOR_TEST, gl.GL_CULL_FACE, gl.GL_BLEND, gl.GL_DEPTH_TEST, gl.GL_STENCIL_TEST):
        gl.glDisable(switch)
    gl.glColorMask(True, True, True, True)
    gl.glDepthMask(True)
    gl.glClear(gl.GL_DEPTH_BUFFER_BIT)
    gl.glDepthFunc(gl.GL_LESS)
    gl.glFrontFace(gl.GL_CCW)
    gl.glCullFace(gl.GL_BACK)


class Ground:
    """What is behind all characters; belongs to the current GL context."""

    def __init__(self) -> None:
        self._program = Program(source("background.vert"), source("background.frag"), ("corner",))
        self._corners = VertexBuffer(np.array([[-1, -1], [3, -1], [-1, 3]], np.float32), (2,))

    def draw(self, ground: Background, size: tuple[int, int]) -> None:
        """Draw it over all of the picture."""
        self._program.use(middle=ground.colour, edge=ground.edge, aspect=float(size[0] / size[1]))
        self._corners.bind(0)
        gl.glDrawArrays(gl.GL_TRIANGLES, 0, 3)

    def close(self) -> None:
        """Give the GL resources back."""
        self._program.close()
        self._corners.close()


class Renderer:
    """Draws characters. Made, used and closed while its GL context is current; shares nothing with other contexts.

    Args:
        level: how finely.

    Raises:
        GLError: the driver refused a shader or a buffer.
    """

    def __init__(self, level: Level = LEVELS["standard"]) -> None:
        self.level = level
        self._library = Library(level)
        self._ground = Ground()
        self._puppets: dict[tuple[Actor, int], Puppet] = {}  # by actor and how often they were in the picture before; the last used last
        self._puppet(Actor.of(Person()), 0, set())
        check("making the renderer")

    def prepare(self, members: Sequence[Member] | NDArray[np.float32], view: View | Camera) -> Prepared:
        """All of a picture that needs no GL; may run on another thread.

        Args:
            members: who; or posed vertices of Ada, float32 [V, 3] metres.
            view: from where.

        Raises:
            InvalidInput: vertices that are not the actor's.
        """
        return prepare(members_of(members), view_of(view), self.level)

    def draw(self, members: Sequence[Member] | NDArray[np.float32], view: View | Camera, size: tuple[int, int]) -> None:
        """Draw a picture into the current framebuffer, its lower left corner at 0, 0; arguments and errors as `prepare`'s."""
        self.draw_prepared(self.prepare(members, view), size)
        # Opaque: a window's compositor would look through what alpha is used for here.
        gl.glColorMask(False, False, False, True)
        gl.glClearColor(0.0, 0.0, 0.0, 1.0)
        gl.glClear(gl.GL_COLOR_BUFFER_BIT)
        gl.glColorMask(True, True, True, True)

    def draw_prepared(self, picture: Prepared, size: tuple[int, int]) -> None:
        """As `draw`, of what `prepare` gave; alpha holds the kind of thing each pixel shows (`edges.smooth_edges`)."""
        shown = self._shown(picture)
        begin(size)
        self._ground.draw(picture.view.stage.background, size)
        gl.glEnable(gl.GL_DEPTH_TEST)
        gl.glBlendFuncSeparate(gl.GL_SRC_ALPHA, gl.GL_ONE_MINUS_SRC_ALPHA, gl.GL_SRC_ALPHA, gl.GL_ONE_MINUS_SRC_ALPHA)
        gl.glEnable(gl.GL_CULL_FACE)
        self._draw_members(picture, shown, size)
        gl.glDisable(gl.GL_CULL_FACE)
        gl.glDisable(gl.GL_BLEND)
        leave(MOST_ATTRIBUTES)

    def _draw_members(self, picture: Prepared, shown: list[Puppet], size: tuple[int, int]) -> None:
        eye = picture.view.camera.eye
        cast = [(puppet, frame, self._common(member, frame, picture, size)) for puppet, (member, frame) in zip(shown, picture.members, strict=True)]
        far_first = sorted(range(len(cast)), key=lambda k: -float(np.linalg.norm(picture.members[k][0].at - eye)))
        for blended, order in ((False, far_first[::-1]), (True, far_first)):
            if blended:
                gl.glEnable(gl.GL_BLEND)
            for k in order:
                puppet, frame, common = cast[k]
                puppet.load(frame)
                for part in puppet.parts:
                    if part.blended == blended:
                        part.draw(frame, common)
                        leave(MOST_ATTRIBUTES)

    def _common(self, member: Member, frame: Frame, picture: Prepared, size: tuple[int, int]) -> Common:
        camera, turned = picture.view.camera, member.turned
        place = np.eye(4, dtype=np.float32)
        place[:3, :3], place[:3, 3] = turned, member.at
        key, fill, rim = frame.pose.lights
        uniforms: dict[str, Any] = {
            "transform": camera.projection(size[0] / size[1]) @ camera.view() @ place,
            "eye": (camera.eye - member.at) @ turned,
            "key_from": key,
            "fill_from": fill,
            "rim_from": rim,
            "lift": 0.0,
            "up": frame.pose.head[:, 1],
            "head": frame.pose.head,
            "pixel": 2 * math.tan(camera.fov_rad / 2) / size[1],
        }
        return Common(uniforms, camera.axes @ turned, size)

    # Who is there.

    def _shown(self, picture: Prepared) -> list[Puppet]:
        """A puppet for each member."""
        wanted, seen = [], dict[Actor, int]()
        for member, _ in picture.members:
            turn = seen.get(member.actor, 0)
            seen[member.actor] = turn + 1
            wanted.append((member.actor, turn))
        return [self._puppet(actor, turn, set(wanted)) for actor, turn in wanted]

    def _puppet(self, actor: Actor, turn: int, wanted: set[tuple[Actor, int]]) -> Puppet:
        key = (actor, turn)
        found = self._puppets.pop(key, None)
        if found is None:
            idle = [k for k in self._puppets if k not in wanted]
            near = max(idle, key=lambda k: self._puppets[k].fits(actor), default=None)
            # One slider further, nearly all stays: better to change what is there than to make anew.
            if near is not None and self._puppets[near].fits(actor) >= len(PARTS) - _CHANGED:
                found = self._puppets.pop(near)
            elif len(idle) >= _KEPT:
                found = self._puppets.pop(idle[0])
            if found is not None:
                found.become(actor)
            else:
                found = Puppet(actor, self.level, self._library)
        self._puppets[key] = found
        return found

    @property
    def triangles(self) -> int:
        """Of all characters that are kept."""
        return sum(part.triangles for puppet in self._puppets.values() for part in puppet.parts)

    @property
    def texture_bytes(self) -> int:
        """Memory of all textures."""
        return self._library.texture_bytes + sum(part.texture_bytes for puppet in self._puppets.values() for part in puppet.parts)

    def close(self) -> None:
        """Give the GL resources back; the context must be current."""
        owned: list[Any] = [*self._puppets.values(), self._library, self._ground]
        for resource in owned:
            resource.close()
        self._puppets = {}


def members_of(what: Sequence[Member] | NDArray[np.float32]) -> tuple[Member, ...]:
    """Members as they are; posed vertices [V, 3] as Ada.

    Raises:
        InvalidInput: neither.
    """
    if isinstance(what, np.ndarray):
        return (Member(Actor.of(Person()), vertices=what),)
    members = tuple(what)
    if not all(isinstance(member, Member) for member in members):
        raise InvalidInput("what is drawn must be members", "give a sequence of engine.render.actor.Member")
    return members


def view_of(where: View | Camera) -> View:
    """A view as it is; a camera with the usual stage."""
    return where if isinstance(where, View) else View(where)
