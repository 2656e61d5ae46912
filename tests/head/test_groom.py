from itertools import combinations

import numpy as np
import pytest
from scipy.spatial import cKDTree

from engine.core.errors import InvalidInput
from engine.core.person import HAIR_STYLES, Person
from engine.head import ada, groom
from engine.head.shape import head_of
from engine.render.shading import Normals

STYLES = [style for style in HAIR_STYLES if style != "none"]
HEADS = [{}, {"sex": 1.0}, {"age": -1.0}, {"sex": 1.0, "age": 1.0}, {"sex": 1.0, "weight": 1.0}, {"weight": -1.0, "asian": 1.0}]
FLAT_M = 0.0006  # how far the coarse mesh's flat triangles may stand in for the round scalp
SKULL = np.array([0.0, 0.03, -0.075])


def head(shape: dict[str, float]):
    return head_of(Person(shape=shape))


class Surface:
    """The skin, with the ears and without, as points dense enough to measure heights from: hair lies over ears, or behind them."""

    def __init__(self, of) -> None:
        every = of.faces[of.face_part == 0]
        normals = Normals(every, len(of.vertices))(of.vertices)
        self.layers = []
        for faces in (every, every[of.masks["ears"][every].max(1) < 0.3]):
            share = np.random.default_rng(0).dirichlet((1, 1, 1), (len(faces), 5))[..., None]
            points, outwards = ((array[faces][:, None] * share).sum(2).reshape(-1, 3) for array in (of.vertices, normals))
            self.layers.append((points, outwards, cKDTree(points)))

    def heights(self, places) -> np.ndarray:
        """Metres above the skin."""
        found = []
        for points, outwards, tree in self.layers:
            _, i = tree.query(places)
            found.append(((places - points[i]) * outwards[i]).sum(1))
        return np.maximum(*found)


@pytest.mark.parametrize("shape", HEADS, ids=str)
def test_hair_lies_on_every_head_and_not_under_its_skin(shape):
    of = head(shape)
    surface = Surface(of)
    for style in STYLES:
        g = groom.load(style)
        heights = surface.heights(g.on(of).centre)
        assert np.quantile(heights, 0.01) > -FLAT_M, style
        assert (heights > 0.0003).mean() > 0.80, style
        assert 0.0005 < np.median(heights) < 0.03, "neither in the skin nor floating off it"


@pytest.mark.parametrize("shape", HEADS, ids=str)
def test_no_scalp_is_bare_under_a_full_head_of_hair(shape):
    of = head(shape)
    scalp = of.vertices[(of.masks["scalp"] > 0.99) & (ada.load().vertices[:, 1] > 0.045) & (ada.load().vertices[:, 2] < 0.0)]
    for style in ("short", "curly", "bob", "bun"):
        g = groom.load(style)
        ribbons = g.half.any(1)
        distance, _ = cKDTree(g.on(of).centre[ribbons]).query(scalp)
        assert distance.max() < 0.016, style


def test_the_dark_between_the_roots_lies_just_above_the_skin():
    for shape in HEADS:
        of = head(shape)
        g = groom.load("cap")
        height = Surface(of).heights(g.on(of).shell)
        assert (height > 0.0002).mean() > 0.97 and height.max() < 0.003


def test_points_are_affine_sums_of_vertices():
    own, g = ada.load(), groom.load("bun")
    still = g.on(own)
    assert np.allclose(still.centre, g.centre)
    a, b = head({"sex": 1.0}), head({"age": 0.5})
    both = g.warp.displacement(a) + g.warp.displacement(b)
    summed = type(own)(**{**own.__dict__, "vertices": a.vertices + b.vertices - own.vertices})
    assert np.allclose(g.warp.displacement(summed), both, atol=2e-6)
    moved = type(own)(**{**own.__dict__, "vertices": own.vertices + np.float32([0.01, -0.02, 0.03])})
    assert np.allclose(g.warp.displacement(moved), [0.01, -0.02, 0.03], atol=2e-6)
    bigger = type(own)(**{**own.__dict__, "vertices": own.vertices * np.float32(1.1)})
    assert np.allclose(g.on(bigger).centre, 1.1 * g.centre, atol=2e-5), "affine changes are carried exactly"


def test_styles_differ():
    shapes = {}
    for style in STYLES:
        g = groom.load(style)
        offset = g.centre[g.half.any(1)] - SKULL
        shapes[style] = np.array([np.linalg.norm(offset, axis=1).mean(), offset[:, 1].min(), offset[:, 2].min(), np.abs(offset[:, 0]).max()]) * 1000
    for a, b in combinations(STYLES, 2):
        assert np.abs(shapes[a] - shapes[b]).max() > 2.4, f"{a} and {b} have nearly the same outline"


def test_volume_stands_off():
    for style in STYLES:
        g = groom.load(style)
        surface = Surface(ada.load())
        flat, full = (surface.heights(g.on(ada.load(), volume).centre) for volume in (0.0, 1.0))
        assert full.mean() > flat.mean() + 0.0005
        assert np.quantile(flat, 0.01) > -FLAT_M, "even flat hair lies on the skin"


def test_hair_below_the_neck_stays_with_the_chest():
    g = groom.load("long")
    assert g.torso[g.centre[:, 1] < -0.19].min() > 0.95
    assert g.torso[g.centre[:, 1] > -0.10].max() < 0.05
    assert groom.load("bun").torso.max() == 0.0


def test_the_skin_under_hair_sees_less_light():
    own = ada.load()
    for style in STYLES:
        shade = groom.load(style).shade
        assert shade.min() >= 0.0 and shade.max() <= 1.0
        assert shade[own.masks["scalp"] > 0.9].mean() < shade[own.masks["lips"] > 0.9].mean() - 0.15


@pytest.mark.parametrize("style", ["none", "mohican"])
def test_unknown_styles_are_refused(style):
    with pytest.raises(InvalidInput, match="hair style"):
        groom.load(style)
