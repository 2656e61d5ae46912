"""How far the edges of the lids lie from the landmarker's lids, on pictures of our own people, whose edges are known; for `engine/bench/face_labels.py`.

    .venv/bin/python packaging/measure_label_points.py

Prints means and standard deviations over the twelve built-in people, shares of the distance between their eyes; down is positive.
"""

from __future__ import annotations

import numpy as np

from engine.avatars.people import BUILT_IN, named
from engine.avatars.tracking.landmarks import Tracker
from engine.avatars.tracking.models import models
from engine.bench.face_labels import _LID_BELOW, eye_distance, points_of
from engine.core.channels import CHANNELS
from engine.head import ada
from engine.project.stage import Stage
from engine.render.actor import Actor, Member, View
from engine.render.camera import Camera
from engine.render.offscreen import Offscreen

SIDE = 512


def projected(camera: Camera, vertices: np.ndarray) -> np.ndarray:
    """Picture pixels [V, 2] of vertices [V, 3]."""
    there = np.c_[vertices, np.ones(len(vertices))] @ (camera.projection(1.0) @ camera.view()).T
    at = there[:, :2] / there[:, 3:]
    return np.c_[(at[:, 0] + 1) / 2 * SIDE, (1 - at[:, 1]) / 2 * SIDE]


def main() -> None:
    """Draw, look, measure."""
    tracker, camera, head = Tracker(models(), others=False), Camera(), ada.load()
    off: dict[str, list[float]] = {"upper": [], "lower": []}
    still = np.zeros(len(CHANNELS), np.float32)
    with Offscreen(SIDE, SIDE, "draft") as offscreen:
        for name in BUILT_IN:
            actor = Actor.of(named(name))
            vertices = actor.pose(still[None])[0]
            faces = tracker.find(offscreen.render([Member(actor, still, vertices)], View(camera, Stage())))
            if not faces:
                print(f"{name}: no face is seen")
                continue
            seen, known = points_of(faces[0].points), projected(camera, vertices)
            for side in ("right", "left"):
                for edge in off:
                    ring = known[getattr(head.seams[f"lids_{side}"], edge)[0, :, 0]]
                    x, y = seen[f"lid_{edge}_{side}"]
                    order = np.argsort(ring[:, 0])
                    there = float(np.interp(x, ring[order, 0], ring[order, 1]))
                    off[edge].append((there - float(y)) / eye_distance(seen) + _LID_BELOW[edge])
    for edge, values in off.items():
        print(f"{edge}: {np.mean(values):.3f}, standard deviation {np.std(values):.3f}, {len(values)} lids")


if __name__ == "__main__":
    main()
