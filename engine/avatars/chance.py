"""People by chance, as one might meet them: what belongs together comes together, and everything is drawn from one seed.

Each section draws from a stream of its own, so that a section that is locked changes nothing in the others. What depends on age, sex and
ancestry (tone, hair, beard, lines) follows those of the person as they become, locked or not.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Collection
from dataclasses import replace

import numpy as np

from engine.avatars import palette
from engine.avatars.axes import Axis, age_of, ancestry_of, axes, with_ancestry, years_of
from engine.avatars.sections import LOOKS, SECTIONS
from engine.core.person import Beard, Brows, Clothing, Colour, Eyes, Hair, Lashes, Person, Skin

_WOMEN = (
    "Abigail", "Aiko", "Alma", "Amara", "Anneke", "Asha", "Bea", "Carmen", "Chiara", "Dina", "Eleni", "Esther", "Farah", "Freya", "Grace", "Hana", "Ines",
    "Ingrid", "Jia", "Kamala", "Leila", "Lucia", "Maren", "Mei", "Nadia", "Ngozi", "Olga", "Priya", "Rosa", "Sofia", "Tara", "Yuki", "Zola",
)  # fmt: skip
_MEN = (
    "Abdul", "Akira", "Anton", "Arjun", "Bao", "Carlos", "Chidi", "Dario", "Emil", "Felix", "Goran", "Hugo", "Idris", "Ivan", "Jonas", "Kofi", "Lars",
    "Luca", "Marek", "Mateo", "Nils", "Omar", "Pablo", "Rafael", "Ravi", "Sami", "Tomas", "Umar", "Viktor", "Wei", "Yusuf", "Zoran",
)  # fmt: skip
_DISTINCT = 0.42  # spread of the few features that somebody is known by
_USUAL_SPREAD = 0.15  # of all others
_DISTINCT_SHARE = 0.16
_MOST = 0.75  # no feature further than this
_SIDES = 0.035  # spread of the difference between left and right
# Axes that would look like a fault at their ends, or move parts about: their share of the spread.
_CALM = {"Neck": 0.5, "Ears": 0.7, "Eyes": 0.7, "Asymmetry": 0.3}
_CALM_WORDS = ("-trans-", "-flap", "-shape-", "septum", "compression", "measure-", "head-age", "-push", "-cleft", "cupidsbow")


def stream(seed: int, section: str) -> np.random.Generator:
    """What a section draws from."""
    return np.random.default_rng([seed & 0xFFFFFFFF, seed >> 32 & 0xFFFFFFFF, zlib.crc32(section.encode())])


def clip(value: float, low: float = 0.0, high: float = 1.0) -> float:
    """A value within limits, to a thousandth."""
    return round(float(min(max(value, low), high)), 3)


def _pick(rng: np.random.Generator, weights: dict[str, float]) -> str:
    names = list(weights)
    shares = np.array([max(weights[n], 0.0) for n in names])
    return names[int(rng.choice(len(names), p=shares / shares.sum()))]


def _ramp(value: float, low: float, high: float) -> float:
    return min(max((value - low) / (high - low), 0.0), 1.0)


def random_person(seed: int, base: Person | None = None, locked: Collection[str] = (), name: str = "") -> Person:
    """Somebody plausible.

    Args:
        seed: the same seed, base and locks give the same person.
        base: what stays where a section is locked; Ada when None.
        locked: sections out of `SECTIONS` that stay as they are.
        name: theirs; one by chance where not given, or the base's where the section Person is locked.
    """
    person = base or Person()
    for section in SECTIONS:
        if section not in locked:
            person = _DRAW.get(section, _features(section))(stream(seed, section), person)
    if not name and "Person" not in locked:
        names = _MEN if person.shape.get("sex", 0.0) > 0.5 else _WOMEN
        name = names[int(stream(seed, "name").integers(len(names)))]
    return replace(person, name=name or person.name)


def _people(rng: np.random.Generator, person: Person) -> Person:
    sex = 1.0 if rng.random() < 0.5 else 0.0
    sex = clip(abs(sex - abs(rng.normal(0, 0.08))))
    years = float(rng.choice([rng.uniform(10, 18), rng.uniform(18, 45), rng.uniform(40, 65), rng.uniform(62, 88)], p=[0.07, 0.5, 0.28, 0.15]))
    shares = rng.dirichlet([0.30, 0.30, 0.30])
    weight = clip(rng.normal(0.12 * _ramp(years, 25, 55), 0.32), -0.85, 0.9)
    muscle = clip(rng.normal(0.1 * sex - 0.2 * _ramp(years, 55, 85), 0.28), -0.8, 0.8)
    for axis, value in (("sex", sex), ("age", round(age_of(years), 3)), ("weight", weight), ("muscle", muscle)):
        person = person.with_axis(axis, value)
    african, asian, european = np.where(shares < 0.08, 0.0, shares).tolist()
    return with_ancestry(person, (african, asian, european))


def spread_of(axis: Axis) -> float:
    """How far an axis may go, as a share of what others do."""
    calm = 0.5 if any(word in axis.name for word in _CALM_WORDS) else 1.0
    return calm * _CALM.get(axis.group, 1.0)


def _features(section: str) -> Callable[[np.random.Generator, Person], Person]:
    """Draws the axes of one group: a few of them far, most near the middle, the two sides nearly alike."""

    def draw(rng: np.random.Generator, person: Person) -> Person:
        shape = {name: value for name, value in person.shape.items() if name not in {a.name for a in axes() if a.group == section}}
        for axis in (a for a in axes() if a.group == section and a.side != "right"):
            spread = _DISTINCT if rng.random() < _DISTINCT_SHARE else _USUAL_SPREAD
            value = rng.normal(0, spread * spread_of(axis))
            if axis.low >= 0:
                value = abs(value) if rng.random() < 0.4 else 0.0
            other = value + rng.normal(0, _SIDES)
            for name, drawn in ((axis.name, value), (axis.mirror, other)):
                drawn = clip(drawn, max(axis.low, -_MOST), min(axis.high, _MOST))
                if name and abs(drawn) >= 0.01:
                    shape[name] = drawn
        return replace(person, shape=shape)

    return draw


def _skin(rng: np.random.Generator, person: Person) -> Person:
    african, asian, european = ancestry_of(person)
    years, sex = years_of(person), person.shape.get("sex", 0.0)
    tone = african * rng.normal(0.77, 0.09) + asian * rng.normal(0.40, 0.10) + european * rng.normal(0.22, 0.08)
    fair = 1 - _ramp(tone, 0.1, 0.6)
    lines = _ramp(years, 28, 85) ** 1.2 * rng.uniform(0.75, 1.15)
    skin = Skin(
        tone=clip(tone, 0.02, 0.98),
        warmth=clip(rng.normal(0.45 + 0.12 * asian + 0.08 * african, 0.13), 0.1, 0.9),
        redness=clip(rng.normal(0.38 + 0.15 * fair, 0.12), 0.1, 0.9),
        freckles=clip(abs(rng.normal(0, 0.18)) + (rng.uniform(0.2, 0.6) if rng.random() < 0.14 * fair else 0)),
        spots=clip(abs(rng.normal(0.05, 0.07)) + 0.45 * _ramp(years, 45, 90) * rng.uniform(0.4, 1.2)),
        lines=clip(lines),
        pores=clip(rng.normal(0.38 + 0.12 * sex + 0.2 * _ramp(years, 18, 60), 0.1), 0.05, 0.95),
        shine=clip(rng.normal(0.48, 0.1), 0.15, 0.85),
        tired=clip(abs(rng.normal(0.12 + 0.2 * _ramp(years, 30, 75), 0.12)), 0, 0.8),
        lips=clip(rng.normal(0.52 - 0.12 * sex - 0.15 * _ramp(years, 40, 85), 0.12), 0.1, 0.9),
    )
    old = person.skin
    return replace(person, skin=replace(skin, **{a.partition("/")[2]: getattr(old, a.partition("/")[2]) for a in LOOKS["Make-up"]}))


def _make_up(rng: np.random.Generator, person: Person) -> Person:
    wears = person.shape.get("sex", 0.0) < 0.5 and years_of(person) >= 17 and rng.random() < 0.55
    much = rng.uniform(0.15, 0.75) if wears else 0.0
    lips, lids = (palette.LIPSTICKS[int(rng.integers(len(palette.LIPSTICKS)))], palette.SHADOWS[int(rng.integers(len(palette.SHADOWS)))])
    skin = replace(
        person.skin, blush=clip(0.5 * much * rng.uniform(0.3, 1.0)), lipstick=clip(much * rng.uniform(0.4, 1.1)), lip_colour=lips,
        eye_shadow=clip(0.7 * much * rng.uniform(0.0, 1.0)), eye_shadow_colour=lids,
    )  # fmt: skip
    return replace(person, skin=skin)


def near(rng: np.random.Generator, colour: Colour, spread: float) -> Colour:
    """A colour near another: lighter or darker, a little warmer or cooler."""
    light, hue = float(np.exp(rng.normal(0, spread))), float(rng.normal(0, 0.4 * spread))
    r, g, b = colour
    return (clip(r * light * (1 + hue)), clip(g * light), clip(b * light * (1 - hue)))


def _eyes(rng: np.random.Generator, person: Person) -> Person:
    dark = 1 - ancestry_of(person)[2] ** 1.5
    weights = {
        "black-brown": 0.03 + 0.45 * dark, "dark brown": 0.12 + 0.35 * dark, "brown": 0.20 + 0.15 * dark, "amber": 0.05, "hazel": 0.14 * (1 - dark),
        "green": 0.09 * (1 - dark), "grey-green": 0.07 * (1 - dark), "grey": 0.06 * (1 - dark), "grey-blue": 0.10 * (1 - dark), "blue": 0.14 * (1 - dark),
        "light blue": 0.08 * (1 - dark),
    }  # fmt: skip
    chosen = _pick(rng, weights)
    iris, inner = next((iris, inner) for name, iris, inner in palette.EYES if name == chosen)
    years = years_of(person)
    eyes = Eyes(
        colour=near(rng, iris, 0.10), inner=near(rng, inner, 0.12), ring=clip(rng.normal(0.65 - 0.3 * _ramp(years, 40, 85), 0.12)),
        iris=clip(rng.normal(0.5, 0.06), 0.3, 0.7), pupil=clip(rng.normal(0.42 - 0.12 * _ramp(years, 40, 85), 0.08), 0.15, 0.75),
        white=clip(rng.normal(0.22 + 0.3 * _ramp(years, 40, 85), 0.08)), veins=clip(rng.normal(0.25 + 0.2 * _ramp(years, 40, 85), 0.1)),
        wet=clip(rng.normal(0.6, 0.08)),
    )  # fmt: skip
    return replace(person, eyes=eyes)


def _hair(rng: np.random.Generator, person: Person) -> Person:
    african, asian, european = ancestry_of(person)
    years, sex = years_of(person), person.shape.get("sex", 0.0)
    red = 0.05 * european**2
    weights = {
        "black": 0.04 + 0.75 * african + 0.65 * asian, "dark brown": 0.16 + 0.2 * asian + 0.2 * african, "brown": 0.24 * european, "chestnut": 0.13 * european,
        "auburn": red, "copper": red, "ginger": red, "light brown": 0.16 * european**2, "dark blond": 0.14 * european**2, "golden": 0.09 * european**3,
        "ash blond": 0.06 * european**3, "platinum": 0.02 * european**3,
    }  # fmt: skip
    colour = dict(palette.HAIR)[_pick(rng, weights)]
    turned = rng.normal(48, 8)  # the year at which half of the hairs are grey comes some fifteen later
    grey = _ramp(years, turned - 12, turned + 28) ** 1.3
    dyed = sex < 0.5 and rng.random() < 0.35
    bald = sex * _ramp(years, 25, 75) * 0.45
    child = years < 16
    man = {
        "none": bald,
        "cap": 0.12 + 0.25 * african,
        "short": 0.45,
        "side": 0.22 * (1 - 0.6 * african),
        "curly": 0.06 + 0.25 * african,
        "bob": 0.02,
        "long": 0.02,
        "bun": 0.02,
    }
    woman = {"none": 0.004, "cap": 0.03 + 0.05 * african, "short": 0.10 + 0.2 * _ramp(years, 50, 75), "side": 0.07, "curly": 0.10 + 0.35 * african,
             "bob": 0.24 * (1 - 0.6 * african), "long": 0.28 * (1 - 0.5 * african) * (1 - 0.6 * _ramp(years, 50, 75)), "bun": 0.20}  # fmt: skip
    style = _pick(rng, {name: sex * man[name] + (1 - sex) * woman[name] for name in man if not (child and name == "none")})
    hair = Hair(
        style=style, colour=near(rng, colour, 0.13), grey=clip(grey * (0.25 if dyed else 1.0)), lights=clip(rng.normal(0.3, 0.12)),
        gloss=clip(rng.normal(0.52 - 0.15 * _ramp(years, 40, 85), 0.1)), volume=clip(rng.normal(0.5 + 0.12 * african, 0.13), 0.1, 0.95),
    )  # fmt: skip
    return replace(person, hair=hair)


def _brows(rng: np.random.Generator, person: Person) -> Person:
    sex, years = person.shape.get("sex", 0.0), years_of(person)
    man, woman = (
        {"natural": 0.5, "straight": 0.2, "arched": 0.02, "bushy": 0.25, "thin": 0.03},
        {"natural": 0.45, "straight": 0.12, "arched": 0.28, "bushy": 0.03, "thin": 0.12},
    )
    style = _pick(rng, {name: sex * man[name] + (1 - sex) * woman[name] for name in man})
    density = rng.normal(0.58 + 0.1 * sex - 0.15 * _ramp(years, 50, 85), 0.1)
    return replace(person, brows=Brows(style, None, clip(density, 0.2, 0.95), clip(rng.normal(0.45 + 0.15 * sex, 0.1), 0.1, 0.95)))


def _beard(rng: np.random.Generator, person: Person) -> Person:
    sex, years = person.shape.get("sex", 0.0), years_of(person)
    if sex < 0.5 or years < 17:
        return replace(person, beard=Beard())
    grown = _ramp(years, 16, 26)
    weights = {
        "none": 0.34 + 0.5 * (1 - grown),
        "shadow": 0.16,
        "stubble": 0.18 * grown,
        "moustache": 0.05 * grown,
        "goatee": 0.07 * grown,
        "short": 0.13 * grown,
        "full": 0.08 * grown,
    }
    asian = ancestry_of(person)[1]
    beard = Beard(_pick(rng, weights), None, clip(rng.normal(0.62 - 0.2 * asian, 0.12), 0.15, 0.95), clip(rng.normal(0.5, 0.15), 0.1, 0.95))
    return replace(person, beard=beard)


def _lashes(rng: np.random.Generator, person: Person) -> Person:
    woman = 1 - person.shape.get("sex", 0.0)
    mascara = rng.uniform(0.2, 0.8) if woman > 0.5 and years_of(person) >= 17 and rng.random() < 0.6 else 0.05
    return replace(person, lashes=Lashes(clip(rng.normal(0.45 + 0.1 * woman, 0.1)), clip(rng.normal(0.48 + 0.08 * woman, 0.1)), clip(mascara)))


def _clothing(rng: np.random.Generator, person: Person) -> Person:
    years, sex = years_of(person), person.shape.get("sex", 0.0)
    weights = {
        "crew": 0.32,
        "vneck": 0.16,
        "turtleneck": 0.12,
        "shirt": 0.2 + 0.1 * sex,
        "hoodie": 0.22 * (1 - _ramp(years, 35, 60)),
        "jacket": 0.12 + 0.08 * _ramp(years, 25, 45),
    }
    colour, second = palette.CLOTHES[int(rng.integers(len(palette.CLOTHES)))]
    pattern = _pick(rng, {"plain": 0.62, "stripes": 0.12, "checks": 0.1, "dots": 0.05, "knit": 0.11})
    return replace(person, clothing=Clothing(_pick(rng, weights), near(rng, colour, 0.1), second, pattern))


_DRAW: dict[str, Callable[[np.random.Generator, Person], Person]] = {
    "Person": _people, "Skin": _skin, "Make-up": _make_up, "Eye colour": _eyes, "Hair": _hair, "Eyebrows": _brows, "Beard": _beard, "Lashes": _lashes,
    "Clothing": _clothing,
}  # fmt: skip
