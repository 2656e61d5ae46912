import numpy as np
import pytest

from engine.core.errors import InvalidInput
from engine.head import ada, identity

GROUPS = ["Person", "Face", "Forehead", "Brows", "Eyes", "Nose", "Mouth", "Cheeks", "Chin", "Ears", "Neck", "Asymmetry"]


@pytest.fixture(scope="module")
def axes():
    return identity.load()


def test_every_axis_has_a_name_of_its_own_and_a_title_of_its_own_in_its_group(axes):
    assert len(set(axes.names)) == len(axes.names) > 150
    assert list(dict.fromkeys(axes.groups)) == GROUPS
    shown = [(g, t) for n, g, t in zip(axes.names, axes.groups, axes.titles, strict=True) if not n.startswith("r-")]
    assert len(set(shown)) == len(shown)


def test_mirrored_axes_move_the_other_side(axes):
    head = ada.load()
    for name in ("l-eye-scale", "l-ear-wing", "l-cheek-volume"):
        other = axes.mirror[axes.index(name)]
        assert axes.mirror[axes.index(other)] == name
        sides = [np.linalg.norm(axes.offset({n: 1.0}), axis=1) @ head.vertices[:, 0] for n in (name, other)]
        assert sides[0] > 0 > sides[1]
    assert all(axes.mirror[axes.index(n)] == "" for n in ("sex", "nose-hump"))


def test_nothing_given_is_ada_to_the_micrometre(axes):
    assert not axes.offset({}).any()
    ada_s = dict(zip(identity.ANCESTRIES, (float(axes.default[axes.index(n)]) for n in identity.ANCESTRIES), strict=True))
    assert np.abs(axes.offset({**ada_s, "sex": 0.0, "nose-hump": 0.0})).max() < 1e-6


def test_macro_axes_multiply(axes):
    """Weight acts on an old man as it does in MakeHuman: by the targets of old men, not those of young women."""
    young, old = {"weight": 1.0}, {"sex": 1.0, "age": 1.0, "weight": 1.0}
    thin_old = {"sex": 1.0, "age": 1.0}
    added = axes.offset(old) - axes.offset(thin_old)
    assert np.linalg.norm(added - axes.offset(young), axis=1).max() > 1e-3
    weights = axes.macro_weights({"sex": 0.5, "age": 0.5, "weight": -0.5, "african": 1.0, "asian": 1.0})
    assert weights.shape == (72,)
    assert weights.sum() == pytest.approx(2.0)  # once the ancestries', once muscle by weight
    assert weights[12] == pytest.approx(0.5 * 0.5 * 0.5) and weights[14] == 0.0  # of a young woman: African a half, European none


def test_half_way_between_two_ages_is_the_middle(axes):
    middle = (axes.offset({"sex": 1.0}) + axes.offset({"sex": 1.0, "age": 1.0})) / 2
    assert np.allclose(axes.offset({"sex": 1.0, "age": 0.5}), middle, atol=1e-6)


def test_ancestry_counts_by_its_proportion(axes):
    assert np.allclose(axes.offset({"asian": 0.2, "african": 0.2}), axes.offset({"asian": 1.0, "african": 1.0}), atol=1e-6)


def test_what_is_not_there_is_refused(axes):
    with pytest.raises(InvalidInput, match="horns"):
        axes.offset({"horns": 1})
    with pytest.raises(InvalidInput, match="outside"):
        axes.offset({"sex": -1})


def test_the_table_is_compact():
    assert ada.assets.path("heads/ada_identity.npz").stat().st_size < 2_500_000
