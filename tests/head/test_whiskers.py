import numpy as np
import pytest
from scipy.spatial import cKDTree

from engine.core.channels import CHANNELS, INDEX
from engine.core.errors import InvalidInput
from engine.core.person import BEARD_STYLES, BROW_STYLES, Person
from engine.head import look, skin, whiskers
from engine.head.rig import HeadRig
from engine.head.shape import head_of
from engine.render.shading import Normals

STYLES = [("brow", style) for style in BROW_STYLES] + [("beard", style) for style in BEARD_STYLES if style != "none"]
POSES = [{}, {"jawOpen": 0.8}, {"mouthSmileLeft": 1.0, "mouthSmileRight": 1.0}, {"mouthPucker": 1.0}, {"browInnerUp": 1.0}]


@pytest.fixture(scope="module")
def coarse():
    return look.load(False)


def points_of(shape: look.Look, **values: float):
    row = np.zeros((1, len(CHANNELS)), np.float32)
    for name, value in values.items():
        row[0, INDEX[name]] = value
    points = shape.blend @ HeadRig(shape.head).pose(row)[0].numpy()
    return points, Normals(shape.surface(), len(points))(points)


def hairs_of(kind: str, style: str, shape: look.Look, points, normals):
    hairs = whiskers.load(kind, style)
    place, _, _ = whiskers.bind(hairs, shape)(points, normals)
    count, per, stations, _ = hairs.local.shape
    return place.reshape(count, per, stations, 3)[hairs.width > 0]


def redness(shape: look.Look) -> np.ndarray:
    """How red lips are, 0 to 1, at the look's points."""
    picture = skin.picture("colour", 512)[..., 2] / 255.0
    used = np.unique(shape.triangles["skin"])
    place = np.minimum((shape.uv[used] % 1.0 * 512).astype(int), 511)
    out = np.zeros(shape.blend.shape[0])
    out[shape.source[used]] = picture[place[:, 1], place[:, 0]]
    return out


@pytest.mark.parametrize(("kind", "style"), STYLES)
def test_hairs_stand_on_the_skin_on_any_head(kind, style, coarse):
    for person in (Person(), Person(shape={"sex": 1.0, "weight": 0.8}), Person(shape={"age": -0.8})):
        shape = coarse.on(head_of(person))
        points, normals = points_of(shape)
        roots = hairs_of(kind, style, shape, points, normals)[:, 0]
        used = np.unique(shape.source[shape.triangles["skin"]])
        distance, near = cKDTree(points[used]).query(roots)
        height = ((roots - points[used][near]) * normals[used][near]).sum(1)
        assert distance.max() < 0.012
        assert np.quantile(np.abs(height), 0.99) < 0.0020 and np.abs(np.median(height)) < 0.0006


@pytest.mark.parametrize("style", [style for kind, style in STYLES if kind == "beard"])
def test_beards_never_lie_over_the_lips_nor_in_the_mouth(style):
    fine = look.load(True)
    for person in (Person(), Person(shape={"sex": 1.0, "african": 1.0})):
        shape = fine.on(head_of(person))
        red = redness(shape)
        for pose in POSES[:3]:
            points, normals = points_of(shape, **pose)
            hairs = hairs_of("beard", style, shape, points, normals).reshape(-1, 3)
            used = np.unique(shape.source[np.concatenate([shape.triangles["skin"], shape.triangles["mouth"]])])
            _, near = cKDTree(points[used]).query(hairs)
            assert (red[used][near] > 0.85).mean() < 0.004, pose
            inside = np.unique(shape.source[shape.triangles["mouth"]])
            assert np.isin(used[near], np.setdiff1d(inside, shape.source[shape.triangles["skin"]])).mean() < 0.004, pose


def test_brows_follow_the_skin_they_grow_on(coarse):
    still = hairs_of("brow", "natural", coarse, *points_of(coarse))
    raised = hairs_of("brow", "natural", coarse, *points_of(coarse, browInnerUp=1.0, browOuterUpLeft=1.0, browOuterUpRight=1.0))
    assert (raised[:, 0, 1] - still[:, 0, 1]).mean() > 0.002
    length = lambda h: np.linalg.norm(np.diff(h, axis=1), axis=-1).sum(1)  # noqa: E731
    assert np.allclose(length(raised), length(still), rtol=1e-3), "hairs keep their length"


def test_brows_grow_outwards_and_stand_up_at_the_inner_end():
    hairs = whiskers.load("brow", "natural")
    way = (hairs.ahead - hairs.root) * np.sign(hairs.root[:, :1]) * [1, 0, 0] + (hairs.ahead - hairs.root) * [0, 1, 0]
    inner = np.abs(hairs.root[:, 0]) < 0.014
    outer = np.abs(hairs.root[:, 0]) > 0.035
    assert way[outer, 0].mean() > 2 * np.abs(way[outer, 1]).mean()
    assert way[inner, 1].mean() > way[inner, 0].mean()


def test_styles_of_brows_differ_in_reach():
    reach = {}
    for style in BROW_STYLES:
        root = whiskers.load("brow", style).root
        middle = root[np.abs(np.abs(root[:, 0]) - 0.026) < 0.004]
        reach[style] = np.ptp(np.quantile(middle[:, 1], [0.05, 0.95])) * 1000
    assert reach["bushy"] > reach["natural"] > reach["thin"] + 1.0


def test_a_finer_mesh_carries_the_same_hairs(coarse):
    fine = look.load(True)
    for kind, style in (("brow", "natural"), ("beard", "stubble")):
        a, b = (hairs_of(kind, style, shape, *points_of(shape)) for shape in (coarse, fine))
        assert np.linalg.norm(a - b, axis=-1).max() < 0.004 and np.linalg.norm(a - b, axis=-1).mean() < 0.0006


@pytest.mark.parametrize(("kind", "style"), [("beard", "none"), ("brow", "none"), ("beard", "sideburns"), ("lash", "natural")])
def test_unknown_styles_are_refused(kind, style):
    with pytest.raises(InvalidInput, match="style"):
        whiskers.load(kind, style)


def test_all_the_hairs_of_a_beard_fit_the_index():
    for kind, style in STYLES:
        assert 2 * whiskers.load(kind, style).local[..., 0].size < 65536
