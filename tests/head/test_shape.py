import numpy as np

from engine.core.person import Person
from engine.head import ada
from engine.head.shape import eyeball, head_of


def test_the_first_person_is_ada():
    assert head_of(Person()) is ada.load()


def test_equal_shapes_are_one_head():
    a, b = Person("A", {"sex": 1.0, "age": 0.5}), Person("B", {"age": 0.5, "sex": 1.0})
    assert head_of(a) is head_of(b)


def test_eyes_and_joints_go_with_the_shape():
    head = head_of(Person("Old", {"sex": 1.0, "age": 0.7, "weight": 0.5}))
    for side in ("left", "right"):
        points = head.vertices[head.span(f"eye_{side}")]
        centre, radius = eyeball(points)
        assert np.allclose(head.joints[f"eye_{side}"], centre)
        assert np.allclose(np.linalg.norm(points - centre, axis=1), radius, atol=1e-5)
    assert all(np.linalg.norm(head.joints[n] - ada.load().joints[n]) > 1e-4 for n in ("neck", "head"))
