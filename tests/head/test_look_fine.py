"""The finer mesh: smooth, on every head of the topology, closed where lids and lips are closed."""

from dataclasses import replace

import numpy as np
import pytest

from engine.core.channels import INDEX
from engine.core.errors import InvalidInput
from engine.core.person import Person
from engine.head import ada, look
from engine.head.lids import rims
from engine.head.rig import HeadRig
from engine.head.shape import head_of
from engine.head.subdivide import quads_of, subdivide
from engine.render.shading import Normals


@pytest.fixture(scope="module")
def fine() -> look.Look:
    return look.load(True)


def normals_by_area(shape: look.Look, points: np.ndarray) -> np.ndarray:
    return Normals(shape.surface(), shape.blend.shape[0])(points)


def kinks(shape: look.Look) -> float:
    """Median angle between the triangles that meet at an edge of the skin, degrees."""
    points = shape.blend @ shape.head.vertices
    t = shape.source[shape.triangles["skin"].astype(int)]
    n = np.cross(points[t[:, 1]] - points[t[:, 0]], points[t[:, 2]] - points[t[:, 0]])
    n /= np.linalg.norm(n, axis=1, keepdims=True) + 1e-15
    edge = np.sort(np.concatenate([t[:, [0, 1]], t[:, [1, 2]], t[:, [2, 0]]]), 1)
    owner = np.tile(np.arange(len(t)), 3)
    order = np.lexsort(edge.T)
    same = (edge[order][1:] == edge[order][:-1]).all(1)
    a, b = owner[order][:-1][same], owner[order][1:][same]
    return float(np.degrees(np.median(np.arccos(np.clip((n[a] * n[b]).sum(1), -1, 1)))))


def test_four_triangles_stand_for_one_and_fit_16_bits(fine):
    coarse = look.load()
    for material in ("mouth", "tongue"):
        assert len(fine.triangles[material]) == 4 * len(coarse.triangles[material])
    assert len(fine.source) < 60_000
    assert set(fine.triangles) == set(coarse.triangles)


def test_points_are_weighted_means_near_the_coarse_surface(fine):
    assert np.asarray(fine.blend.sum(1)).ravel() == pytest.approx(np.ones(fine.blend.shape[0]), abs=1e-5)
    head = fine.head
    skin = fine.blend[fine.skin_start : fine.skin_start + head.span("skin").stop] @ head.vertices
    face = (head.vertices[: len(skin), 2] > -0.03) & (head.vertices[: len(skin), 1] > -0.12)
    moved = 1000 * np.linalg.norm(skin - head.vertices[: len(skin)], axis=1)[face]
    assert np.median(moved) < 0.25 and np.percentile(moved, 99) < 1.5


def test_it_is_smoother(fine):
    assert kinks(fine) < 0.62 * kinks(look.load())


def test_texture_coordinates_stay_together(fine):
    assert np.ptp(fine.uv[fine.triangles["skin"].astype(int)], axis=1).max() < np.ptp(look.load().uv[look.load().triangles["skin"].astype(int)], axis=1).max()


def test_normals_without_triangles_equal_those_with(fine):
    points = fine.blend @ fine.head.vertices
    given = fine.tangents.normals(points)
    drawn = np.isin(fine.tangents.points, np.union1d(fine.points_of("skin"), fine.points_of("tongue")))
    agree = (given * normals_by_area(fine, points)[fine.tangents.points]).sum(1)[drawn]
    assert np.percentile(agree, 1) > 0.985 and (agree > 0.5).mean() > 0.999


def test_light_is_interpolated(fine):
    coarse = look.load()
    assert {*fine.points_of("skin"), *fine.points_of("scalp"), *fine.points_of("torso")} <= set(fine.light_points)
    assert fine.light[:, 9].mean() == pytest.approx(coarse.light[:, 9].mean(), abs=0.05)
    assert fine.light[:, 9].max() <= coarse.light[:, 9].max() + 1e-3 and fine.light[:, 9].min() >= coarse.light[:, 9].min() - 1e-3


def test_another_head_has_the_look_in_its_own_shape(fine):
    other = head_of(Person(shape={"sex": 1.0}))
    worn = fine.on(other)
    assert worn.head is other and worn.blend is fine.blend and worn.light is fine.light
    lifted = worn.blend @ other.vertices - fine.blend @ ada.load().vertices
    assert np.linalg.norm(lifted[fine.points_of("skin")], axis=1).mean() > 0.001


def test_a_head_of_another_topology_is_refused(fine):
    head = ada.load()
    with pytest.raises(InvalidInput, match="not of the look's topology"):
        fine.on(replace(head, vertices=head.vertices[:-1]))


@pytest.mark.parametrize("values", [{}, {"jawOpen": 0.6, "mouthClose": 0.6}, {"mouthPressLeft": 1.0, "mouthPressRight": 1.0}])
def test_closed_lips_are_closed_on_the_finer_mesh(fine, values):
    row = np.zeros((1, 63), np.float32)
    for name, value in values.items():
        row[0, INDEX[name]] = value
    vertices = HeadRig().pose(row)[0].numpy()
    points = fine.blend @ vertices
    seam = fine.head.seams["lips"]

    def gap_mm(y: np.ndarray) -> np.ndarray:
        at = lambda pairs, share: y[pairs[..., 0]] * (1 - share) + y[pairs[..., 1]] * share  # noqa: E731
        return 1000 * (at(seam.upper, seam.upper_share).min(0) - at(seam.lower, seam.lower_share).max(0))

    # The loops stay where they are, but for weights below 0.002 that are dropped.
    assert (gap_mm(points[fine.skin_start :, 1]) - gap_mm(vertices[:, 1])).max() < 0.08


def test_a_plane_of_quads_stays_a_plane_and_its_rim_a_rim():
    n = 5
    grid = np.arange(n * n).reshape(n, n)
    quads = np.stack([grid[:-1, :-1], grid[:-1, 1:], grid[1:, 1:], grid[1:, :-1]], -1).reshape(-1, 4)
    y, x = np.divmod(np.arange(n * n), n)
    flat = np.stack([x, y, 0 * x], -1).astype(np.float32)
    made = subdivide(quads, n * n, np.zeros(0, np.int64))
    out = made.position @ flat
    assert out[:, 2] == pytest.approx(0) and out[:, :2].min() >= -1e-6 and out[:, :2].max() <= n - 1 + 1e-6
    inner = (out[:, :2] > 0.3).all(1) & (out[:, :2] < n - 1.3).all(1)
    normal = np.cross(made.tangents[0] @ out, made.tangents[1] @ out)
    assert (normal[inner, 2] > 0).all() and len(made.quads) == 4 * len(quads)


def test_kept_vertices_stay():
    head = ada.load()
    quads = quads_of(head.faces[head.face_part == 0])
    kept = np.unique(rims()["left", "upper"].rows[0])
    count = head.span("skin").stop
    made = subdivide(quads, count, kept)
    assert (made.position @ head.vertices[:count])[kept] == pytest.approx(head.vertices[kept], abs=2e-5)


def test_triangles_that_are_no_quads_are_refused():
    with pytest.raises(InvalidInput, match="do not come in pairs"):
        quads_of(np.array([[0, 1, 2], [3, 4, 5]]))
