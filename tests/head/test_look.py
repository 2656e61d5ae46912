import numpy as np
import pytest

from engine.core import assets
from engine.core.errors import InvalidInput, MissingAsset
from engine.head import ada, look


@pytest.fixture(scope="module")
def shape() -> look.Look:
    return look.load()


def test_points_are_weighted_means_of_the_heads_vertices(shape):
    assert np.asarray(shape.blend.sum(1)).ravel() == pytest.approx(np.ones(shape.blend.shape[0]), abs=1e-5)
    assert shape.blend.shape[1] == len(ada.load().vertices)


def test_triangles_use_vertices_that_are_there(shape):
    assert set(shape.triangles) == set(look.MATERIALS)
    for material, triangles in shape.triangles.items():
        assert len(triangles) and triangles.max() < len(shape.source) < 65536, material
    assert shape.source.max() < shape.blend.shape[0]
    assert np.isfinite(shape.uv).all() and np.isfinite(shape.extra).all()


def test_texture_coordinates_of_the_skin_do_not_jump_across_a_triangle(shape):
    span = np.ptp(shape.uv[shape.triangles["skin"].astype(int)], axis=1)
    assert span.max() < 0.2


def test_left_and_right_of_the_texture_are_left_and_right_of_the_head(shape):
    points = shape.blend @ ada.load().vertices
    used = np.unique(shape.triangles["skin"])
    x, u = points[shape.source[used], 0], shape.uv[used, 0]
    front = points[shape.source[used], 2] > 0
    assert np.corrcoef(x[front], u[front])[0, 1] > 0.99


def test_the_surface_faces_outwards(shape):
    points = shape.blend @ ada.load().vertices
    for material in ("skin", "teeth", "tongue"):
        t = points[shape.source[shape.triangles[material].astype(int)]]
        normal = np.cross(t[:, 1] - t[:, 0], t[:, 2] - t[:, 0])
        volume = (normal * (t[:, 0] - t.mean((0, 1)))).sum()
        assert volume > 0, material


def test_light_is_known_where_it_is_wanted(shape):
    assert {*shape.points_of("skin"), *shape.points_of("scalp"), *shape.points_of("torso")} <= set(shape.light_points)
    assert shape.light.shape == (len(shape.light_points), 10)
    assert 0 <= shape.light[:, 9].min() < 0.2 and shape.light[:, 9].max() == pytest.approx(1.0, abs=0.05)


def test_an_unknown_material_is_refused(shape):
    with pytest.raises(InvalidInput, match="no material 'hat'"):
        shape.points_of("hat")


@pytest.mark.parametrize("name", look.TEXTURES)
def test_textures_are_colour_pictures_with_sides_that_halve(name):
    picture = look.picture(name)
    assert picture.dtype == np.uint8 and picture.ndim == 3 and picture.shape[2] == 3
    assert all(side & (side - 1) == 0 for side in picture.shape[:2])
    assert picture.std() > 2


def test_the_textures_are_small(shape):
    total = sum(assets.path(f"heads/ada_{name}.jpg").stat().st_size for name in look.TEXTURES)
    assert total < 2_000_000


def test_a_missing_or_damaged_texture_is_named(tmp_path, monkeypatch):
    monkeypatch.setattr(assets, "root", lambda: tmp_path)
    with pytest.raises(MissingAsset, match=r"ada_eye\.jpg is not in"):
        look.picture("eye")
    (tmp_path / "heads").mkdir()
    (tmp_path / "heads" / "ada_eye.jpg").write_bytes(b"not a picture")
    with pytest.raises(MissingAsset, match="cannot be read"):
        look.picture("eye")
