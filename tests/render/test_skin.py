"""The painted skin and its folds, seen in pictures of a head that does not move."""

from dataclasses import replace

import numpy as np
import pytest

from engine.core.channels import CHANNELS, INDEX
from engine.core.person import Brows, Clothing, Hair, Person, Skin
from engine.head.wrinkles import GROUPS, LAYER_OF
from engine.render.actor import Actor, Member, View
from engine.render.camera import Camera
from engine.render.offscreen import Offscreen

SIZE = 256
FACE = Camera(distance_m=0.62, target=(0.0, -0.03, 0.0))
NECK = Camera(distance_m=0.62, target=(0.0, -0.13, 0.0))
ADA = Person(hair=Hair("none"), brows=Brows(density=0.0), clothing=Clothing("none"))
# One expression for each group, and where its folds are seen: rows and columns of the picture as shares of it.
SEEN = {
    "forehead_left": ("browOuterUpLeft", (0.05, 0.27, 0.55, 0.8)), "forehead_right": ("browOuterUpRight", (0.05, 0.27, 0.2, 0.45)),
    "forehead_middle": ("browInnerUp", (0.05, 0.27, 0.4, 0.6)), "glabella": ("browDownLeft", (0.22, 0.36, 0.44, 0.56)),
    "bunny_left": ("noseSneerLeft", (0.34, 0.46, 0.5, 0.57)), "bunny_right": ("noseSneerRight", (0.34, 0.46, 0.43, 0.5)),
    "crow_left": ("cheekSquintLeft", (0.3, 0.48, 0.68, 0.85)), "crow_right": ("cheekSquintRight", (0.3, 0.48, 0.15, 0.32)),
    "under_eye_left": ("eyeSquintLeft", (0.4, 0.5, 0.54, 0.74)), "under_eye_right": ("eyeSquintRight", (0.4, 0.5, 0.26, 0.46)),
    "nasolabial_left": ("mouthSmileLeft", (0.48, 0.74, 0.55, 0.75)), "nasolabial_right": ("mouthSmileRight", (0.48, 0.74, 0.25, 0.45)),
    "corner_left": ("mouthDimpleLeft", (0.58, 0.75, 0.57, 0.75)), "corner_right": ("mouthDimpleRight", (0.58, 0.75, 0.25, 0.43)),
    "cheek_left": ("mouthSmileLeft", (0.44, 0.7, 0.6, 0.8)), "cheek_right": ("mouthSmileRight", (0.44, 0.7, 0.2, 0.4)),
    "marionette_left": ("mouthFrownLeft", (0.62, 0.82, 0.55, 0.72)), "marionette_right": ("mouthFrownRight", (0.62, 0.82, 0.28, 0.45)),
    "pucker": ("mouthPucker", (0.55, 0.74, 0.4, 0.6)), "chin": ("mouthShrugLower", (0.7, 0.84, 0.4, 0.6)), "neck": ("headRotX", (0.3, 0.75, 0.25, 0.75)),
}  # fmt: skip


@pytest.fixture(scope="module")
def draw():
    with Offscreen(SIZE, SIZE, level="draft") as offscreen:

        def drawn(person: Person = ADA, camera: Camera = FACE, **channels: float) -> np.ndarray:
            """A picture of a head at rest whose skin is told of an expression."""
            values = np.zeros(len(CHANNELS), np.float32)
            for name, value in channels.items():
                values[INDEX[name]] = value
            actor = Actor.of(person)
            member = Member(actor, values, vertices=actor.pose(np.zeros((1, len(CHANNELS)), np.float32))[0])
            return offscreen.render([member], View(camera)).astype(int)

        yield drawn


def part(picture: np.ndarray, box: tuple[float, float, float, float]) -> np.ndarray:
    top, bottom, left, right = (int(share * SIZE) for share in box)
    return picture[top:bottom, left:right]


def test_each_group_of_folds_changes_the_shading_while_the_geometry_is_frozen(draw):
    assert set(SEEN) == set(GROUPS)
    rest = {camera: draw(camera=camera) for camera in (FACE, NECK)}
    for group, (channel, box) in SEEN.items():
        camera = NECK if group == "neck" else FACE
        change = np.abs(draw(camera=camera, **{channel: 1.0}) - rest[camera]).max(-1)
        assert (part(change, box) > 2).sum() >= 12, group  # shallow on a young face
        if group.endswith(("_left", "_right")):
            other = (change[:, : SIZE // 2] if group.endswith("_left") else change[:, SIZE // 2 :])[:, 8:-8]
            assert (other > 4).sum() <= 0.2 * (change > 4).sum(), group


def test_folds_of_both_layers_show_together(draw):
    up, down = draw(browInnerUp=1), draw(browDownLeft=1, browDownRight=1)
    both = draw(browInnerUp=1, browDownLeft=1, browDownRight=1)
    assert LAYER_OF[GROUPS.index("glabella")] != LAYER_OF[GROUPS.index("forehead_middle")]
    assert np.abs(part(both - up, SEEN["glabella"][1])).max() > 10
    assert np.abs(part(both - down, SEEN["forehead_middle"][1])).max() > 10


def test_age_furrows_the_face_at_rest_and_deepens_expressions(draw):
    old = replace(ADA, skin=Skin(lines=1.0))
    assert (np.abs(draw(old) - draw()).max(-1) > 4).sum() > 400
    box = SEEN["forehead_middle"][1]
    contrast = lambda person: part(draw(person, browInnerUp=1), box).mean(-1).std(0).mean()  # noqa: E731
    assert contrast(old) > 1.2 * contrast(ADA)


CHEEK, LIPS, LID, FOREHEAD = (0.48, 0.56, 0.28, 0.40), (0.62, 0.68, 0.46, 0.54), (0.345, 0.365, 0.33, 0.39), (0.1, 0.2, 0.4, 0.6)


def colour(picture: np.ndarray, box: tuple[float, float, float, float]) -> np.ndarray:
    return part(picture, box).reshape(-1, 3).mean(0)


def test_every_field_of_the_skin_is_seen(draw):
    plain = draw()
    changes = {"tone": 0.8, "warmth": 1.0, "redness": 1.0, "blush": 1.0, "freckles": 1.0, "spots": 1.0, "lines": 1.0, "pores": 1.0, "shine": 1.0, "tired": 1.0,
               "lips": 1.0, "lipstick": 1.0, "eye_shadow": 1.0}  # fmt: skip
    for name, value in changes.items():
        picture = draw(replace(ADA, skin=replace(ADA.skin, **{name: value})))
        assert (np.abs(picture - plain).max(-1) > 3).sum() > 40, name


def test_colours_go_where_they_belong(draw):
    plain = draw()
    dressed = draw(replace(ADA, skin=Skin(lipstick=1.0, lip_colour=(0.1, 0.2, 0.7))))
    lips, before = colour(dressed, LIPS), colour(plain, LIPS)
    assert lips[2] > lips[0] and before[0] > before[2]
    assert np.abs(colour(dressed, CHEEK) - colour(plain, CHEEK)).max() < 1
    flushed = draw(replace(ADA, skin=Skin(blush=1.0)))
    redder = lambda picture, box: colour(picture, box)[0] / colour(picture, box)[1]  # noqa: E731
    assert redder(flushed, CHEEK) > 1.05 * redder(plain, CHEEK)
    assert abs(redder(flushed, FOREHEAD) / redder(plain, FOREHEAD) - 1) < 0.01


def test_a_person_painted_anew_looks_as_one_made_anew(draw):
    deep = replace(ADA, skin=Skin(tone=0.9, freckles=0.0))
    there, back = draw(deep), draw()
    with Offscreen(SIZE, SIZE, level="draft") as fresh:
        actor = Actor.of(deep)
        rest = actor.pose(np.zeros((1, len(CHANNELS)), np.float32))[0]
        alone = fresh.render([Member(actor, vertices=rest)], View(FACE))
    assert np.array_equal(there, alone)
    assert np.array_equal(back, draw())


def test_painting_leaves_the_framebuffer_that_was_bound(draw):
    """What was drawn before a repaint stays, and what is drawn after it arrives: one picture of two persons painted in turn."""
    pictures = [draw(replace(ADA, skin=Skin(tone=tone))) for tone in (0.1, 0.9, 0.1)]
    assert np.array_equal(pictures[0], pictures[2]) and colour(pictures[0], CHEEK)[0] > colour(pictures[1], CHEEK)[0] + 60
