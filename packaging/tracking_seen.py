"""Pictures of our own people making known faces, and where the landmarker sees their points: what the tracking's points are baked from."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from engine.avatars.people import BUILT_IN, named
from engine.avatars.tracking.landmarks import Tracker
from engine.avatars.tracking.models import models
from engine.core.channels import ARKIT, CHANNELS, INDEX
from engine.head import ada
from engine.project.stage import Stage
from engine.render.actor import Actor, Member, View
from engine.render.camera import Camera
from engine.render.offscreen import Offscreen

SIDE = 480  # pixels
AMOUNT, CLOSED = 0.9, 0.54  # of a shape by itself; of lips closed over an open jaw
COMBINED, TOGETHER = 30, 7  # pictures of several shapes at once, and how many
SEED = 5
_YAWS, _PITCHES = (-0.45, -0.22, 0.0, 0.22, 0.45), (-0.25, -0.12, 0.12, 0.25)
NEUTRAL = len(_YAWS) + len(_PITCHES)  # the first pictures of each person show them at rest


@dataclass(frozen=True, eq=False)
class Seen:
    """N pictures.

    Args:
        person: int64 [N] whose, of `BUILT_IN`.
        values: float32 [N, 63] what they do.
        angles: float32 [N, 3] yaw, pitch and roll of the camera, radians.
        clip: float32 [N, 4, 4] from metres to clip space.
        points: float32 [N, 468, 2] where the landmarker sees the mesh, pixels.
    """

    person: NDArray[np.int64]
    values: NDArray[np.float32]
    angles: NDArray[np.float32]
    clip: NDArray[np.float32]
    points: NDArray[np.float32]

    def projected(self, at: NDArray[np.floating], rows: NDArray[np.int64]) -> NDArray[np.float64]:
        """Pixels [N, M, 2] of points [N, M, 3] in the pictures `rows`."""
        clip = np.einsum("nij,nmj->nmi", self.clip[rows][:, :, :3], at) + self.clip[rows][:, None, :, 3]
        return np.stack([(clip[..., 0] / clip[..., 3] * 0.5 + 0.5) * SIDE, (0.5 - 0.5 * clip[..., 1] / clip[..., 3]) * SIDE], -1)

    def skin(self) -> NDArray[np.float32]:
        """Where the skin's vertices are in the pictures, pixels [N, V, 2]."""
        count = ada.load().span("skin").stop
        out = np.empty((len(self.person), count, 2), np.float32)
        for who in np.unique(self.person):
            rows = np.flatnonzero(self.person == who)
            out[rows] = self.projected(Actor.of(named(BUILT_IN[who])).pose(self.values[rows])[:, :count], rows)
        return out


def poses(rng: np.random.Generator) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """What a person does in their pictures [P, 63] and from where each is taken [P, 3]: at rest, each shape by itself, several at once."""
    values = [np.zeros(len(CHANNELS), np.float32) for _ in range(NEUTRAL)]
    angles = [(yaw, 0.0, 0.0) for yaw in _YAWS] + [(0.0, pitch, 0.0) for pitch in _PITCHES]
    for name in ARKIT:
        one = np.zeros(len(CHANNELS), np.float32)
        one[INDEX[name]] = AMOUNT
        if name == "mouthClose":
            one[[INDEX["jawOpen"], INDEX[name]]] = CLOSED
        values.append(one)
        angles.append((0.0, 0.0, 0.0))
    for _ in range(COMBINED):
        values.append(_several(rng))
        angles.append((rng.uniform(-0.35, 0.35), rng.uniform(-0.2, 0.2), rng.uniform(-0.15, 0.15)))
    return np.stack(values), np.array(angles, np.float32)


def _several(rng: np.random.Generator) -> NDArray[np.float32]:
    v = np.zeros(len(CHANNELS), np.float32)
    for name in rng.choice(ARKIT, TOGETHER, replace=False):
        v[INDEX[name]] = rng.uniform(0.1, 0.9)
    if rng.random() < 0.5:
        v[INDEX["jawOpen"]] = rng.uniform(0.05, 0.6)
    v[INDEX["mouthClose"]] = min(v[INDEX["mouthClose"]], v[INDEX["jawOpen"]])
    v[INDEX["tongueOut"]] = 0.0
    for name in ARKIT:  # most faces are the same on both sides
        if name.endswith("Left") and name not in ("mouthLeft", "jawLeft") and not name.startswith("eyeLook") and rng.random() < 0.6:
            v[INDEX[name[:-4] + "Right"]] = v[INDEX[name]]
    return v


def look() -> Seen:
    """Draw all pictures and look at them."""
    rng = np.random.default_rng(SEED)
    rows: dict[str, list[NDArray]] = {name: [] for name in ("person", "values", "angles", "clip", "points")}
    tracker = Tracker(models())
    with Offscreen(SIDE, SIDE, "draft") as offscreen:
        for who, name in enumerate(BUILT_IN):
            actor = Actor.of(named(name))
            values, angles = poses(rng)
            vertices = actor.pose(values)
            for v, angle, posed in zip(values, angles, vertices, strict=True):
                camera = Camera(yaw_rad=float(angle[0]), pitch_rad=float(angle[1]), roll_rad=float(angle[2]))
                faces = tracker.find(offscreen.render([Member(actor, v, posed)], View(camera, Stage())))
                if faces:
                    row = (np.int64(who), v, angle, camera.projection(1.0) @ camera.view(), faces[0].points[:, :2])
                    for column, value in zip(rows.values(), row, strict=True):
                        column.append(np.asarray(value))
            print(f"{name}: {len(rows['person'])} pictures", flush=True)
    return Seen(**{name: np.array(column) for name, column in rows.items()})


def kept(path: Path) -> Seen:
    """As `look`, from a file where it is there already, which saves some minutes."""
    if not path.exists():
        seen = look()
        np.savez_compressed(path, **vars(seen))
    with np.load(path, allow_pickle=False) as file:
        return Seen(**{name: file[name] for name in file.files})
