"""The people that come with Viva Voce: how far apart their heads are, and whether any pose makes one pass through itself."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from engine.avatars import people as avatars
from engine.bench.figure import Figure, timed
from engine.core.person import Person
from engine.head import ada, identity
from engine.head.contact import Contact, Gauge, stress_poses
from engine.head.rig import HeadRig
from engine.head.shape import head_of

APART_MM = 3.0


def distances_mm(people: Sequence[Person]) -> NDArray[np.float64]:
    """Mean distances between the vertices of people's heads, bust left out, after rigid alignment, millimetres [N, N].

    Source: Kabsch, "A solution for the best rotation to relate two sets of vectors", 1976.
    """
    head = ada.load()
    skin = np.flatnonzero(head.skin_weights[head.span("skin"), 2] > 0.5)
    points = [1000.0 * head_of(person).vertices[skin].astype(np.float64) for person in people]
    points = [p - p.mean(0) for p in points]
    out = np.zeros((len(people), len(people)))
    for i, j in itertools.combinations(range(len(people)), 2):
        u, _, vh = np.linalg.svd(points[i].T @ points[j])
        turn = u @ np.diag([1.0, 1.0, np.linalg.det(u @ vh)]) @ vh
        out[i, j] = out[j, i] = np.linalg.norm(points[i] @ turn - points[j], axis=1).mean()
    return out


def contact(people: Sequence[Person]) -> list[Contact]:
    """What the stress poses do to each."""
    poses = stress_poses()
    return [Gauge(HeadRig(head_of(person)))(poses) for person in people]


def shapes() -> Iterator[Figure]:
    """Reading the table of axes, one step of a slider up to the head at rest, and posing 16 frames."""

    def table() -> None:
        identity.load.cache_clear()
        identity.load()

    yield from timed("shape.table", table, "< 150", 0.001, "ms")
    steps = itertools.count(1)
    yield from timed("shape.step", lambda: head_of(Person("Somebody", {"sex": 1.0, "age": next(steps) / 1000, "nose-hump": 0.3})), "< 15", 0.001, "ms", 15)
    rig, values = HeadRig(), stress_poses(16)
    yield from timed("pose.16_frames", lambda: rig.pose(values), "< 12", 0.001, "ms", 15)


def people() -> Iterator[Figure]:
    """The people's shapes and contacts, the worst of all of them."""
    yield from shapes()
    everybody = [avatars.built_in(name).person for name in avatars.BUILT_IN]
    apart = distances_mm(everybody) + 1e9 * np.eye(len(everybody))
    i, j = np.unravel_index(int(apart.argmin()), apart.shape)
    yield Figure("people.apart", float(apart.min()), "mm", f">= {APART_MM:g}", f"{len(everybody)} people; nearest {everybody[i].name} and {everybody[j].name}")
    found = contact(everybody)
    for name, field in (
        ("eye_through_lid", "eyes"),
        ("teeth_through_face", "teeth"),
        ("tongue_through_lips", "tongue"),
        ("closed_lip_gap", "lip_gap"),
        ("lip_overlap", "lip_overlap"),
        ("closed_lid_gap", "lid_gap"),
    ):
        worst = [float(np.nanmax(getattr(c, field))) for c in found]
        at = int(np.argmax(worst))
        note = f"worst of {len(found)} people in {len(found[0].eyes)} poses: {everybody[at].name}"
        yield Figure(f"people.{name}", worst[at], "mm", "<= 0.1" if name != "lip_overlap" else "<= 0.2", note)
