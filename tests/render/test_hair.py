from dataclasses import replace

import numpy as np
import pytest

from engine.core.person import BEARD_STYLES, BROW_STYLES, CLOTHING_STYLES, HAIR_STYLES, Beard, Brows, Clothing, Hair, Person
from engine.head import ada, garments, groom
from engine.head.look import load as load_look
from engine.render.actor import Actor, Member, View
from engine.render.camera import Camera
from engine.render.levels import LEVELS
from engine.render.offscreen import Offscreen
from engine.render.parts.beard import Beard as BeardPart
from engine.render.parts.brows import Brows as BrowsPart
from engine.render.parts.hair import COLUMNS, WIDTHS, Strands

SIDE = 160
FRONT, BACK = Camera(), Camera(yaw_rad=np.pi)
FRONT_VIEW = View(FRONT)


@pytest.fixture(scope="module")
def shot():
    with Offscreen(SIDE, SIDE, level="draft") as offscreen:
        yield lambda person, camera=FRONT: offscreen.render((Member(Actor.of(person)),), View(camera)).astype(int)


def difference(a: np.ndarray, b: np.ndarray) -> float:
    return float(np.abs(a - b).mean())


@pytest.mark.parametrize("style", [style for style in HAIR_STYLES if style != "none"])
def test_triangles_keep_to_the_budget(style):
    g = groom.load(style)
    of = {name: Strands(g, LEVELS[name].strands) for name in ("draft", "standard", "high")}
    count = {name: len(s.solid) for name, s in of.items()}
    assert count["draft"] <= 12_000 and count["high"] <= 60_000
    assert count["draft"] < count["standard"] < count["high"]
    for strands in of.values():
        assert max(strands.solid.max(), strands.soft.max()) < 2 * len(strands.rows) <= 65_536


def test_the_heaviest_outfit_keeps_to_the_ceiling_of_a_picture():
    level, full = LEVELS["high"], {"density": 1.0, "thickness": 1.0}
    beard = max(BEARD_STYLES[1:], key=lambda style: _whiskers(BeardPart.hairs(Actor.of(Person(beard=Beard(style, density=1.0))), level)))
    brows = max(BROW_STYLES, key=lambda style: _whiskers(BrowsPart.hairs(Actor.of(Person(brows=Brows(style, **full))), level)))
    hair = max(HAIR_STYLES[1:], key=lambda style: sum(len(t) for t in (Strands(groom.load(style), 1.0).solid, Strands(groom.load(style), 1.0).soft)))
    dressed = {style: len(garments.load(style).triangles) for style in CLOTHING_STYLES}
    wide = {style: sum(len(t) for t in garments.bare(load_look(True), style).values()) for style in CLOTHING_STYLES}
    clothing = Clothing(style=max(CLOTHING_STYLES, key=lambda style: dressed[style] + wide[style]))
    person = Person(hair=Hair(hair), beard=Beard(beard, density=1.0), brows=Brows(brows, **full), clothing=clothing)
    with Offscreen(64, 64, replace(level, passes=1)) as offscreen:
        offscreen.render((Member(Actor.of(person)),), FRONT_VIEW)
        drawn = [puppet for puppet in offscreen.renderer._puppets.values() if puppet.actor.person == person]
        assert sum(part.triangles for part in drawn[0].parts) <= 150_000, (hair, beard, brows, clothing.style)


def _whiskers(hairs) -> int:
    return 2 * int((hairs.width > 0).sum()) * (hairs.local.shape[2] - 1)


def test_a_thinner_choice_covers_the_same_head():
    g = groom.load("bob")
    every, few = (g.centre[Strands(g, share).rows] for share in (1.0, 0.5))
    assert np.allclose(every.mean(0), few.mean(0), atol=0.006)
    assert np.allclose(every.min(0), few.min(0), atol=0.012) and np.allclose(every.max(0), few.max(0), atol=0.012)


def test_curls_are_cards_that_the_shader_turns_to_the_viewer():
    g = groom.load("curly")
    strands = Strands(g, 1.0)
    left, right = strands.vertices(g.on(ada.load())).reshape(-1, 2, sum(WIDTHS)).transpose(1, 0, 2)
    coil = g.coil[strands.ribbon]
    assert g.picture == "coils" and coil.sum() > 2000 and not groom.load("bun").coil.any()
    assert np.array_equal(left[coil, :3], right[coil, :3]), "both edges lie on the axis"
    assert np.all((left[coil, 14] > 1.002) & (left[coil, 14] < 1.03)), "and are told the card's width, metres, by what exceeds 1"
    assert np.all(right[coil, 9] - left[coil, 9] > 0.9 / COLUMNS) and np.all(left[~coil, 14] < 0.001)


def test_every_style_looks_different_from_behind(shot):
    pictures = {style: shot(Person(hair=Hair(style=style)), BACK) for style in HAIR_STYLES}
    for a in HAIR_STYLES:
        for b in HAIR_STYLES:
            assert a == b or difference(pictures[a], pictures[b]) > 0.8, (a, b)


def test_colour_grey_lights_and_gloss_change_the_hair(shot):
    plain = Person(hair=Hair(style="bob", lights=0.0))
    before = shot(plain, BACK)
    for change in ({"colour": (0.75, 0.6, 0.4)}, {"grey": 1.0}, {"lights": 1.0}, {"gloss": 1.0}):
        after = shot(replace(plain, hair=replace(plain.hair, **change)), BACK)
        assert difference(before, after) > 0.25, change
    assert shot(replace(plain, hair=replace(plain.hair, grey=1.0)), BACK)[40, 80].sum() > before[40, 80].sum() + 60, "white hair is lighter"


def test_hair_turns_with_the_head():
    person = Person(hair=Hair(style="bun"))
    values = np.zeros(63, np.float32)
    values[53] = 0.5  # headRotY
    with Offscreen(SIDE, SIDE, level="draft") as offscreen:
        still, turned = (offscreen.render((Member(Actor.of(person), v),), View(BACK)).astype(int) for v in (np.zeros(63, np.float32), values))
    dark = lambda picture: np.argwhere(picture[: SIDE // 2].sum(-1) < 120)[:, 1].mean()  # noqa: E731
    assert abs(dark(still) - dark(turned)) > 2


def test_brows_have_density_thickness_and_a_colour_of_their_own(shot):
    close = Camera(distance_m=0.4, target=(0.0, 0.01, 0.0))
    person = Person(brows=Brows(density=0.6))
    before = shot(person, close)
    for brows in (Brows(density=0.0), Brows(density=1.0, thickness=1.0), Brows(style="bushy"), Brows(colour=(0.9, 0.8, 0.6))):
        assert difference(before, shot(replace(person, brows=brows), close)) > 0.05, brows
    level = LEVELS["draft"]
    few, many = (BrowsPart.hairs(Actor.of(Person(brows=Brows(density=d))), level) for d in (0.2, 0.9))
    assert len(few.root) < 0.6 * len(many.root)


def test_a_beard_darkens_the_jaw_and_no_style_is_like_another(shot):
    close = Camera(distance_m=0.5, target=(0.0, -0.07, 0.0))
    pictures = [shot(Person(shape={"sex": 1.0}, beard=Beard(style=style, density=1.0)), close) for style in BEARD_STYLES]
    assert all(difference(a, b) > 0.1 for i, a in enumerate(pictures) for b in pictures[:i])
    bare, full = pictures[BEARD_STYLES.index("none")], pictures[BEARD_STYLES.index("full")]
    chin = (slice(110, 125), slice(74, 86))
    assert full[chin].mean() < 0.7 * bare[chin].mean()
    assert BeardPart.hairs(Actor.of(Person()), LEVELS["draft"]) is None
