import numpy as np
import pytest

from engine.core.person import Person
from engine.head import ada
from engine.head.shape import eyeball, head_of

OLD_MAN = {"sex": 1.0, "age": 0.7, "weight": 0.5}


def test_the_first_person_is_ada():
    assert head_of(Person()) is ada.load()


def test_equal_shapes_are_one_head():
    assert head_of(Person("A", {"sex": 1.0, "age": 0.5})) is head_of(Person("B", {"age": 0.5, "sex": 1.0}))


def test_eyes_and_joints_go_with_the_shape():
    head = head_of(Person("Old", OLD_MAN))
    for side in ("left", "right"):
        points = head.vertices[head.span(f"eye_{side}")]
        centre, radius = eyeball(points)
        assert np.allclose(head.joints[f"eye_{side}"], centre, atol=1e-6)
        assert np.allclose(np.linalg.norm(points - centre, axis=1), radius, atol=1e-5)
        assert radius == pytest.approx(head.eye_radius_m, abs=2e-4)
    moved = {n: np.linalg.norm(head.joints[n] - ada.load().joints[n]) for n in head.joints}
    assert all(moved[n] > 1e-3 for n in ("neck", "head", "jaw")), moved


@pytest.mark.parametrize("shape", [OLD_MAN, {"age": -1.0}])
def test_the_bust_ends_in_a_level_edge(shape):
    before, after = ada.load().vertices[:, 1], head_of(Person("Somebody", shape)).vertices[:, 1]
    cut = before < before.min() + 1e-6
    assert np.ptp(after[cut]) == 0 and after.min() <= before.min()
