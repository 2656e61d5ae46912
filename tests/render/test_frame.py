from collections.abc import Callable

import numpy as np
import pytest

from engine.core.person import Person
from engine.head import look
from engine.render.actor import Actor, Member, View, prepare
from engine.render.camera import Camera
from engine.render.frame import Frame
from engine.render.levels import LEVELS
from engine.render.lighting import light_directions
from engine.render.shading import Normals, harmonics, rotation


@pytest.fixture(scope="module")
def maker() -> Callable[[np.ndarray, Camera], Frame]:
    return lambda vertices, camera: prepare([Member(Actor.of(Person()), vertices=vertices)], View(camera), LEVELS["draft"]).members[0][1]


def of(frame, material: str) -> np.ndarray:
    """Rows of a frame that a material uses."""
    return frame.buffers["body"][np.unique(look.load().triangles[material])]


def test_normals_of_a_sphere_point_outwards():
    head = look.load().head
    span = head.span("eye_left")
    faces = head.faces[head.face_part == 1] - span.start
    points = head.vertices[span]
    normals = Normals(faces, len(points))(points)
    outward = points - head.joints["eye_left"]
    outward /= np.linalg.norm(outward, axis=1, keepdims=True)
    assert (normals * outward).sum(1).min() > 0.99


def test_rotation_is_found_again():
    rng = np.random.default_rng(1)
    points = rng.standard_normal((20, 3)).astype(np.float32)
    c, s = np.cos(0.4), np.sin(0.4)
    turn = np.array([[c, 0, s], [0, 1, 0], [-s, 0, c]], np.float32)
    assert rotation(points, points @ turn.T + 3) == pytest.approx(turn, abs=1e-5)


def test_harmonics_are_orthogonal_over_the_sphere():
    z = 1 - (2 * np.arange(2000) + 1) / 2000
    around = np.pi * (1 + 5**0.5) * np.arange(2000)
    r = np.sqrt(1 - z * z)
    gram = harmonics(np.stack([r * np.cos(around), r * np.sin(around), z], -1))
    gram = gram.T @ gram / 2000
    assert np.abs(gram - np.diag(np.diag(gram))).max() < 0.01


def test_lights_are_unit_and_follow_the_camera_a_little():
    front, side = light_directions(Camera()), light_directions(Camera.profile())
    assert np.linalg.norm(front, axis=1) == pytest.approx(np.ones(3), abs=1e-5)
    assert front[0, 0] < 0 < front[0, 2], "the key light stands in front, on the character's right"
    assert side[0, 0] > front[0, 0], "seen from her left it comes round to her left"


def test_skin_vertices_are_the_heads_own(maker, posed):
    vertices = posed(jawOpen=0.4, headRotY=0.3)
    frame = maker(vertices, Camera())
    shape = look.load()
    skin = np.unique(shape.triangles["skin"])
    skin = skin[np.abs((shape.blend @ shape.head.vertices)[shape.source[skin], 1]) > 0.025]  # lids give way to the eyeballs
    nearest = np.linalg.norm(frame.buffers["body"][skin[:50], None, :3] - vertices[None, :4878], axis=-1).min(1)
    assert nearest.max() < 1e-6


def test_head_and_eyes_turn_with_the_channels(maker, posed):
    frame = maker(posed(headRotY=0.4, eyeLookOutLeft=1.0, eyeLookInRight=1.0), Camera())
    assert np.arctan2(frame.pose.head[0, 2], frame.pose.head[2, 2]) == pytest.approx(0.4, abs=0.02)
    for eye in frame.pose.eyes:
        assert np.arctan2(eye[0, 2], eye[2, 2]) > 0.75, "head and eyes turn to her left"


def test_the_mouth_is_drawn_once_the_lips_part(maker, posed):
    assert not maker(posed(), Camera()).pose.parted and maker(posed(jawOpen=0.3), Camera()).pose.parted


def test_under_the_chin_it_is_darker_than_on_the_cheek(maker, posed):
    frame = maker(posed(), Camera())
    skin = of(frame, "skin")
    p = skin[:, :3]
    cheek = (np.abs(p[:, 0] + 0.035) < 0.012) & (np.abs(p[:, 1] + 0.035) < 0.012) & (p[:, 2] > -0.01)
    throat = (np.abs(p[:, 0]) < 0.02) & (p[:, 1] < -0.105) & (p[:, 1] > -0.13) & (p[:, 2] > -0.06)
    assert skin[throat, 9].mean() < 0.85 * skin[cheek, 9].mean()
    assert skin[throat, 6].mean() < 0.8 * skin[cheek, 6].mean()


def test_closing_one_eye_changes_the_light_round_that_eye_alone(maker, posed):
    opened, winking = (of(maker(posed(**k), Camera()), "skin") for k in ({}, {"eyeBlinkLeft": 1.0}))
    change = np.abs(winking[:, 9] - opened[:, 9])
    left = opened[:, 0] > 0
    assert change[left].max() > 0.1 and change[~left].max() < 0.02
