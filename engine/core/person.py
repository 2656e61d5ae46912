"""A person as data: the shape of a head, its skin, eyes, hair and clothes. What draws it reads nothing else.

Colours are sRGB, 0 to 1. Shares go from 0 to 1, 0.5 being what is usual unless the field says otherwise.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, field, fields, replace

from engine.core.errors import InvalidInput

Colour = tuple[float, float, float]

BROW_STYLES: tuple[str, ...] = ("natural", "straight", "arched", "bushy", "thin")
BEARD_STYLES: tuple[str, ...] = ("none", "shadow", "stubble", "moustache", "goatee", "short", "full")
HAIR_STYLES: tuple[str, ...] = ("none", "cap", "short", "side", "curly", "bob", "long", "bun")
CLOTHING_STYLES: tuple[str, ...] = ("none", "crew", "vneck", "turtleneck", "shirt", "hoodie", "jacket")
PATTERNS: tuple[str, ...] = ("plain", "stripes", "checks", "dots", "knit")
MAX_NAME = 80


def check_share(owner: str, name: str, value: float, low: float = 0.0, high: float = 1.0) -> None:
    """Refuse a value outside its range or not finite.

    Raises:
        InvalidInput: naming what and the range.
    """
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not math.isfinite(value) or not low <= value <= high:
        raise InvalidInput(f"{owner}: {name} is {value!r}", f"give a number from {low:g} to {high:g}")


def check_colour(owner: str, name: str, value: Colour) -> None:
    """Refuse what is not an sRGB colour.

    Raises:
        InvalidInput: not three numbers from 0 to 1.
    """
    if len(value) != 3:
        raise InvalidInput(f"{owner}: {name} is {value!r}", "give red, green and blue from 0 to 1")
    for part in value:
        check_share(owner, name, part)


def _check_style(owner: str, value: str, known: tuple[str, ...]) -> None:
    if value not in known:
        raise InvalidInput(f"{owner}: the style {value!r} is not known", "use one of " + ", ".join(known))


def _check_all(part: object, owner: str) -> None:
    """Every float is a share, every tuple a colour."""
    for f in fields(part):  # type: ignore[arg-type]
        value = getattr(part, f.name)
        if isinstance(value, (tuple, list)):
            check_colour(owner, f.name, value)  # type: ignore[arg-type]
        elif value is not None and not isinstance(value, str):
            check_share(owner, f.name, value)


@dataclass(frozen=True)
class Skin:
    """What the skin is like.

    Args:
        tone: melanin, 0 the fairest to 1 the deepest.
        warmth: undertone, 0 cool and rosy to 1 warm and olive.
        redness: blood in cheeks, nose and ears.
        blush: more colour on the cheeks, 0 for none.
        freckles: 0 for none.
        spots: moles and age spots, 0 for none.
        lines: furrows of age that are there at rest, 0 for none.
        pores: how coarse the skin is.
        shine: how much it mirrors; 0 powdered, 1 oily.
        tired: dark rings under the eyes, 0 for none.
        lips: redness of the lips.
        lipstick: how far `lip_colour` covers the lips, 0 for none.
        lip_colour: of the lipstick.
        eye_shadow: how far `eye_shadow_colour` covers the upper lids, 0 for none.
        eye_shadow_colour: of the make-up.
    """

    tone: float = 0.30
    warmth: float = 0.5
    redness: float = 0.5
    blush: float = 0.0
    freckles: float = 0.25
    spots: float = 0.1
    lines: float = 0.0
    pores: float = 0.5
    shine: float = 0.5
    tired: float = 0.15
    lips: float = 0.5
    lipstick: float = 0.0
    lip_colour: Colour = (0.62, 0.16, 0.18)
    eye_shadow: float = 0.0
    eye_shadow_colour: Colour = (0.35, 0.22, 0.20)

    def __post_init__(self) -> None:
        _check_all(self, "skin")


@dataclass(frozen=True)
class Eyes:
    """What the eyes are like.

    Args:
        colour: of the irises.
        inner: of the ring round the pupils.
        ring: darkness of the limbal ring.
        iris: size of the irises.
        pupil: size of the pupils.
        white: how yellow the whites are, 0 for bluish white.
        veins: how much the veins show.
        wet: how much the eyes mirror.
    """

    colour: Colour = (0.36, 0.23, 0.12)
    inner: Colour = (0.53, 0.36, 0.18)
    ring: float = 0.6
    iris: float = 0.5
    pupil: float = 0.4
    white: float = 0.25
    veins: float = 0.3
    wet: float = 0.6

    def __post_init__(self) -> None:
        _check_all(self, "eyes")


@dataclass(frozen=True)
class Brows:
    """What the eyebrows are like; `colour` None takes the hair's."""

    style: str = "natural"
    colour: Colour | None = None
    density: float = 0.6
    thickness: float = 0.5

    def __post_init__(self) -> None:
        _check_style("brows", self.style, BROW_STYLES)
        _check_all(self, "brows")


@dataclass(frozen=True)
class Lashes:
    """What the lashes are like."""

    length: float = 0.5
    density: float = 0.5
    mascara: float = 0.3

    def __post_init__(self) -> None:
        _check_all(self, "lashes")


@dataclass(frozen=True)
class Beard:
    """What grows on cheeks, chin and lip; `colour` None takes the hair's."""

    style: str = "none"
    colour: Colour | None = None
    density: float = 0.6
    length: float = 0.5

    def __post_init__(self) -> None:
        _check_style("beard", self.style, BEARD_STYLES)
        _check_all(self, "beard")


@dataclass(frozen=True)
class Hair:
    """What grows on the head.

    Args:
        style: how it is cut and worn.
        colour: away from the light.
        grey: share of white hairs.
        lights: lighter strands, 0 for none.
        gloss: how much it shines.
        volume: how far it stands off.
    """

    style: str = "bun"
    colour: Colour = (0.20, 0.13, 0.09)
    grey: float = 0.0
    lights: float = 0.3
    gloss: float = 0.5
    volume: float = 0.5

    def __post_init__(self) -> None:
        _check_style("hair", self.style, HAIR_STYLES)
        _check_all(self, "hair")


@dataclass(frozen=True)
class Clothing:
    """What is worn."""

    style: str = "crew"
    colour: Colour = (0.16, 0.33, 0.37)
    second: Colour = (0.85, 0.85, 0.83)
    pattern: str = "plain"

    def __post_init__(self) -> None:
        _check_style("clothing", self.style, CLOTHING_STYLES)
        _check_style("clothing", self.pattern, PATTERNS)
        _check_all(self, "clothing")


@dataclass(frozen=True)
class Person:
    """Somebody's looks.

    Args:
        name: what the person is called.
        shape: identity axes that differ from Ada's, -1 to 1 by name (`engine.head.identity.load` lists them). `sex` from 0, a woman, to
            1, a man; `age` from -1, a child, over 0, 25 years, to 1, 90 years; `african`, `asian` and `caucasian` are shares of the ancestry,
            which count by their proportion where any is given.
        skin: and what follows: what is seen on the shape.
    """

    name: str = "Ada"
    shape: dict[str, float] = field(default_factory=dict)
    skin: Skin = Skin()
    eyes: Eyes = Eyes()
    brows: Brows = Brows()
    lashes: Lashes = Lashes()
    beard: Beard = Beard()
    hair: Hair = Hair()
    clothing: Clothing = Clothing()

    def __post_init__(self) -> None:
        if not self.name.strip() or len(self.name) > MAX_NAME:
            raise InvalidInput(f"a person is called {self.name[:MAX_NAME]!r}", f"give a name of 1 to {MAX_NAME} characters")
        for axis, value in self.shape.items():
            check_share("shape", axis, value, -1.0)

    def __hash__(self) -> int:
        return hash((self.name, tuple(sorted(self.shape.items())), self.skin, self.eyes, self.brows, self.lashes, self.beard, self.hair, self.clothing))

    def with_axis(self, axis: str, value: float) -> Person:
        """The person with one identity axis set; 0 drops it where Ada's is 0."""
        shape = {k: v for k, v in self.shape.items() if k != axis}
        if value != 0.0 or axis in ("african", "asian", "caucasian"):
            shape[axis] = value
        return replace(self, shape=shape)

    def parts(self) -> Iterator[tuple[str, object]]:
        """Everything but name and shape, by field name."""
        for f in fields(self):
            if f.name not in ("name", "shape"):
                yield f.name, getattr(self, f.name)
