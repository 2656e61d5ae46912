from dataclasses import replace

import numpy as np
import pytest

from engine.core import assets
from engine.core.errors import MissingAsset
from engine.core.person import BEARD_STYLES, BROW_STYLES, Beard, Hair, Person, Skin
from engine.head import skin


def toned(tone: float, warmth: float = 0.5) -> np.ndarray:
    return skin.skin_colour(Person(skin=Skin(tone=tone, warmth=warmth)))


@pytest.mark.parametrize("name", skin.MAPS)
def test_maps_are_square_pictures_in_any_smaller_size(name):
    whole, small = skin.picture(name), skin.picture(name, 256)
    assert whole.dtype == np.uint8 and whole.shape[0] == whole.shape[1] and whole.shape[2] == 3 and whole.shape[0] in (1024, 2048)
    assert small.shape == (256, 256, 3)
    times = len(whole) // 256
    mean = whole.reshape(256, times, 256, times, 3).mean((1, 3))
    assert np.abs(small - mean).mean() < 2.5  # the scaler weighs neighbours a little


def test_the_maps_are_small_files():
    total = sum(assets.path(f"heads/skin_{name}.jpg").stat().st_size for name in skin.MAPS) + assets.path("heads/skin_hair.npz").stat().st_size
    assert total < 4_000_000


def test_the_colour_map_stands_upright_with_lips_below_the_middle_and_even_sides():
    lips = skin.picture("colour", 256)[..., 2].astype(float)
    rows, columns = np.nonzero(lips > 128)
    assert 80 < rows.mean() < 120, "counted from the bottom"
    assert abs(columns.mean() - 127.5) < 1.5 and len(rows) > 100


def test_relief_and_folds_have_no_slope_on_average():
    relief, folds = skin.relief_picture(512), skin.folds_picture()
    assert relief.shape == (512, 512, 4) and folds.shape == (1024, 1024, 4)
    assert np.abs(relief[..., :2].mean((0, 1)) - 128).max() < 1.5 and np.abs(folds.mean((0, 1)) - 128).max() < 1.5
    assert relief[..., 3].max() > 100, "folds lie deep somewhere"


def test_both_layers_of_folds_cross_between_the_brows():
    folds = np.abs(skin.folds_picture().astype(int) - 128)
    layers = np.stack([folds[..., :2].max(-1), folds[..., 2:].max(-1)]) > 12
    rows = [np.nonzero(layer[:, 500:524])[0] for layer in layers]
    assert rows[0].max() > rows[1].max(), "the forehead's lie higher than the frown's"


def test_paint_maps_have_the_wanted_size():
    maps = skin.paint_maps(1024)
    assert {name for name, pixels in maps.items() if pixels.shape == (1024, 1024, 4)} == {"colour", "marks", "zones"}
    assert maps["follicle"].shape == (256, 256, 4)


def test_every_style_of_brow_and_beard_shades_the_skin_in_its_place():
    for brow in BROW_STYLES:
        rows = np.nonzero(skin.hair_shades(brow, "none", 256)[..., 0] > 128)[0]
        assert 160 < rows.mean() < 185, brow
    assert not skin.hair_shades("natural", "none", 256)[..., 1].any()
    area = {beard: (skin.hair_shades("natural", beard, 256)[..., 1] > 100).mean() for beard in BEARD_STYLES if beard != "none"}
    assert min(area.values()) > 0.001 and area["full"] > area["goatee"] > area["moustache"]


def test_tones_go_from_fair_to_deep_and_stay_human():
    tones = np.array([toned(t) for t in np.linspace(0, 1, 11)])
    assert (np.diff(tones, axis=0) < 0).all(), "each step is darker"
    assert tones[0].mean() > 0.4 and tones[-1].mean() < 0.07
    red, green, blue = tones.T
    assert (red > green).all() and (green > blue).all(), "never grey"
    assert (red / blue < 4.2).all() and (red / green < 2.6).all(), "never orange"


def test_even_steps_of_tone_look_even():
    lightness = 116 * np.cbrt(np.array([toned(t)[1] for t in np.linspace(0, 1, 9)])) - 16
    steps = -np.diff(lightness)
    assert steps.min() > 3 and steps.max() < 2.2 * steps.min()


def test_warm_skin_is_yellower_than_cool_skin():
    cool, warm = toned(0.4, 0.0), toned(0.4, 1.0)
    assert warm[2] / warm[0] < cool[2] / cool[0]


def test_ada_is_fair_and_rosy():
    red, green, blue = skin.skin_colour(Person())
    assert 0.40 < red < 0.60 and 0.24 < green < 0.36 and 0.15 < blue < 0.27


def test_the_paint_depends_on_looks_and_on_nothing_else():
    ada = Person()
    assert skin.painted(ada) == skin.painted(replace(ada, name="Eve", shape={"age": 0.3}))
    for changed in (replace(ada, skin=Skin(tone=0.7)), replace(ada, beard=Beard("stubble")), replace(ada, hair=Hair("none"))):
        assert skin.painted(changed) != skin.painted(ada)
        assert repr(skin.paint_uniforms(changed)) != repr(skin.paint_uniforms(ada))


def test_a_beard_of_no_colour_of_its_own_takes_the_hairs():
    dark = skin.paint_uniforms(Person(hair=Hair(colour=(0.1, 0.1, 0.1)), beard=Beard("full")))
    own = skin.paint_uniforms(Person(hair=Hair(colour=(0.1, 0.1, 0.1)), beard=Beard("full", colour=(0.8, 0.4, 0.1))))
    assert np.allclose(dark["beard"][:3], skin.linear((0.1, 0.1, 0.1))) and np.allclose(own["beard"][:3], skin.linear((0.8, 0.4, 0.1)))


def test_a_missing_or_damaged_map_is_named(tmp_path, monkeypatch):
    monkeypatch.setattr(assets, "root", lambda: tmp_path)
    with pytest.raises(MissingAsset, match=r"skin_colour\.jpg is not in"):
        skin.picture("colour")
    (tmp_path / "heads").mkdir()
    (tmp_path / "heads" / "skin_colour.jpg").write_bytes(b"not a picture")
    with pytest.raises(MissingAsset, match="cannot be read"):
        skin.picture("colour")


def test_paint_maps_of_a_large_paint_hold_what_is_soft_in_fewer_pixels():
    maps = skin.paint_maps(2048)
    assert {name: len(pixels) for name, pixels in maps.items()} == {"colour": 2048, "marks": 1024, "zones": 1024, "follicle": 256}
