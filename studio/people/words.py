"""What the looks of a person are called, by address; translated where they are shown, in the context `People`."""

from __future__ import annotations

import re

from engine.avatars import palette
from engine.avatars.axes import axes, by_name
from engine.avatars.sections import SECTIONS
from studio.panels.words import QT_TRANSLATE_NOOP, translated

# Address: name, what it does.
LOOKS: dict[str, tuple[str, str]] = {
    "skin/tone": (QT_TRANSLATE_NOOP("People", "Tone"), QT_TRANSLATE_NOOP("People", "From the fairest to the deepest skin")),
    "skin/warmth": (QT_TRANSLATE_NOOP("People", "Undertone"), QT_TRANSLATE_NOOP("People", "Cool and rosy, or warm and olive")),
    "skin/redness": (QT_TRANSLATE_NOOP("People", "Redness"), QT_TRANSLATE_NOOP("People", "Blood in cheeks, nose and ears")),
    "skin/freckles": (QT_TRANSLATE_NOOP("People", "Freckles"), QT_TRANSLATE_NOOP("People", "On nose and cheeks")),
    "skin/spots": (QT_TRANSLATE_NOOP("People", "Spots"), QT_TRANSLATE_NOOP("People", "Moles and spots of age")),
    "skin/lines": (QT_TRANSLATE_NOOP("People", "Lines"), QT_TRANSLATE_NOOP("People", "Furrows of age that are there at rest")),
    "skin/pores": (QT_TRANSLATE_NOOP("People", "Pores"), QT_TRANSLATE_NOOP("People", "How coarse the skin is")),
    "skin/shine": (QT_TRANSLATE_NOOP("People", "Shine"), QT_TRANSLATE_NOOP("People", "Powdered, or oily")),
    "skin/tired": (QT_TRANSLATE_NOOP("People", "Tired"), QT_TRANSLATE_NOOP("People", "Dark rings under the eyes")),
    "skin/lips": (QT_TRANSLATE_NOOP("People", "Lips"), QT_TRANSLATE_NOOP("People", "Redness of the lips")),
    "skin/blush": (QT_TRANSLATE_NOOP("People", "Blush"), QT_TRANSLATE_NOOP("People", "More colour on the cheeks")),
    "skin/lipstick": (QT_TRANSLATE_NOOP("People", "Lipstick"), QT_TRANSLATE_NOOP("People", "How far its colour covers the lips")),
    "skin/lip_colour": (QT_TRANSLATE_NOOP("People", "Lipstick’s colour"), QT_TRANSLATE_NOOP("People", "Seen where there is lipstick")),
    "skin/eye_shadow": (QT_TRANSLATE_NOOP("People", "Eye shadow"), QT_TRANSLATE_NOOP("People", "How far its colour covers the upper lids")),
    "skin/eye_shadow_colour": (QT_TRANSLATE_NOOP("People", "Shadow’s colour"), QT_TRANSLATE_NOOP("People", "Seen where there is eye shadow")),
    "eyes/colour": (QT_TRANSLATE_NOOP("People", "Iris"), QT_TRANSLATE_NOOP("People", "Colour of the irises")),
    "eyes/inner": (QT_TRANSLATE_NOOP("People", "Inner ring"), QT_TRANSLATE_NOOP("People", "Colour round the pupils")),
    "eyes/ring": (QT_TRANSLATE_NOOP("People", "Outer ring"), QT_TRANSLATE_NOOP("People", "Darkness of the ring where the iris ends")),
    "eyes/iris": (QT_TRANSLATE_NOOP("People", "Size of the irises"), QT_TRANSLATE_NOOP("People", "Larger irises look younger")),
    "eyes/pupil": (QT_TRANSLATE_NOOP("People", "Pupils"), QT_TRANSLATE_NOOP("People", "How wide they are")),
    "eyes/white": (QT_TRANSLATE_NOOP("People", "Whites"), QT_TRANSLATE_NOOP("People", "Bluish white, or yellowed")),
    "eyes/veins": (QT_TRANSLATE_NOOP("People", "Veins"), QT_TRANSLATE_NOOP("People", "How much they show in the whites")),
    "eyes/wet": (QT_TRANSLATE_NOOP("People", "Moisture"), QT_TRANSLATE_NOOP("People", "How much the eyes mirror")),
    "hair/style": (QT_TRANSLATE_NOOP("People", "Style"), QT_TRANSLATE_NOOP("People", "How the hair is cut and worn")),
    "hair/colour": (QT_TRANSLATE_NOOP("People", "Colour"), QT_TRANSLATE_NOOP("People", "Of the hairs that are not grey")),
    "hair/grey": (QT_TRANSLATE_NOOP("People", "Grey"), QT_TRANSLATE_NOOP("People", "Share of white hairs")),
    "hair/lights": (QT_TRANSLATE_NOOP("People", "Highlights"), QT_TRANSLATE_NOOP("People", "Lighter strands")),
    "hair/gloss": (QT_TRANSLATE_NOOP("People", "Gloss"), QT_TRANSLATE_NOOP("People", "How much the hair shines")),
    "hair/volume": (QT_TRANSLATE_NOOP("People", "Volume"), QT_TRANSLATE_NOOP("People", "How far the hair stands off")),
    "brows/style": (QT_TRANSLATE_NOOP("People", "Style"), QT_TRANSLATE_NOOP("People", "Shape of the eyebrows")),
    "brows/colour": (QT_TRANSLATE_NOOP("People", "Colour"), QT_TRANSLATE_NOOP("People", "The hair’s, or one of their own")),
    "brows/density": (QT_TRANSLATE_NOOP("People", "Density"), QT_TRANSLATE_NOOP("People", "How many hairs there are")),
    "brows/thickness": (QT_TRANSLATE_NOOP("People", "Thickness"), QT_TRANSLATE_NOOP("People", "How high they are")),
    "beard/style": (QT_TRANSLATE_NOOP("People", "Style"), QT_TRANSLATE_NOOP("People", "What grows on cheeks, chin and lip")),
    "beard/colour": (QT_TRANSLATE_NOOP("People", "Colour"), QT_TRANSLATE_NOOP("People", "The hair’s, or one of its own")),
    "beard/density": (QT_TRANSLATE_NOOP("People", "Density"), QT_TRANSLATE_NOOP("People", "How many hairs there are")),
    "beard/length": (QT_TRANSLATE_NOOP("People", "Length"), QT_TRANSLATE_NOOP("People", "Of the hairs")),
    "lashes/length": (QT_TRANSLATE_NOOP("People", "Length"), QT_TRANSLATE_NOOP("People", "Of the lashes")),
    "lashes/density": (QT_TRANSLATE_NOOP("People", "Density"), QT_TRANSLATE_NOOP("People", "How many lashes there are")),
    "lashes/mascara": (QT_TRANSLATE_NOOP("People", "Mascara"), QT_TRANSLATE_NOOP("People", "Darker, thicker lashes")),
    "clothing/style": (QT_TRANSLATE_NOOP("People", "Style"), QT_TRANSLATE_NOOP("People", "What is worn")),
    "clothing/colour": (QT_TRANSLATE_NOOP("People", "Colour"), QT_TRANSLATE_NOOP("People", "Of the cloth")),
    "clothing/second": (QT_TRANSLATE_NOOP("People", "Second colour"), QT_TRANSLATE_NOOP("People", "Of the pattern, and of what is worn under it")),
    "clothing/pattern": (QT_TRANSLATE_NOOP("People", "Pattern"), QT_TRANSLATE_NOOP("People", "Woven or printed on the cloth")),
}  # fmt: skip
# Styles and patterns by address.
STYLES: dict[str, dict[str, str]] = {
    "hair/style": {
        "none": QT_TRANSLATE_NOOP("People", "Bald"), "cap": QT_TRANSLATE_NOOP("People", "Cropped"), "short": QT_TRANSLATE_NOOP("People", "Short"),
        "side": QT_TRANSLATE_NOOP("People", "Side parting"), "curly": QT_TRANSLATE_NOOP("People", "Curly"), "bob": QT_TRANSLATE_NOOP("People", "Bob"),
        "long": QT_TRANSLATE_NOOP("People", "Long"), "bun": QT_TRANSLATE_NOOP("People", "Bun"),
    },
    "brows/style": {
        "natural": QT_TRANSLATE_NOOP("People", "Natural"), "straight": QT_TRANSLATE_NOOP("People", "Straight"),
        "arched": QT_TRANSLATE_NOOP("People", "Arched"), "bushy": QT_TRANSLATE_NOOP("People", "Bushy"), "thin": QT_TRANSLATE_NOOP("People", "Thin"),
    },
    "beard/style": {
        "none": QT_TRANSLATE_NOOP("People", "Shaven"), "shadow": QT_TRANSLATE_NOOP("People", "Shadow"), "stubble": QT_TRANSLATE_NOOP("People", "Stubble"),
        "moustache": QT_TRANSLATE_NOOP("People", "Moustache"), "goatee": QT_TRANSLATE_NOOP("People", "Goatee"),
        "short": QT_TRANSLATE_NOOP("People", "Short beard"), "full": QT_TRANSLATE_NOOP("People", "Full beard"),
    },
    "clothing/style": {
        "none": QT_TRANSLATE_NOOP("People", "Nothing"), "crew": QT_TRANSLATE_NOOP("People", "T-shirt"), "vneck": QT_TRANSLATE_NOOP("People", "V-neck"),
        "turtleneck": QT_TRANSLATE_NOOP("People", "Turtleneck"), "shirt": QT_TRANSLATE_NOOP("People", "Shirt"),
        "hoodie": QT_TRANSLATE_NOOP("People", "Hoodie"), "jacket": QT_TRANSLATE_NOOP("People", "Jacket"),
    },
    "clothing/pattern": {
        "plain": QT_TRANSLATE_NOOP("People", "Plain"), "stripes": QT_TRANSLATE_NOOP("People", "Stripes"), "checks": QT_TRANSLATE_NOOP("People", "Checks"),
        "dots": QT_TRANSLATE_NOOP("People", "Dots"), "knit": QT_TRANSLATE_NOOP("People", "Knit"),
    },
}  # fmt: skip
SIDES: dict[str, str] = {"left": QT_TRANSLATE_NOOP("People", "left"), "right": QT_TRANSLATE_NOOP("People", "right")}
LETTERS: dict[str, str] = {"left": QT_TRANSLATE_NOOP("People", "L"), "right": QT_TRANSLATE_NOOP("People", "R")}  # for short
# What steps are called that are more than one value.
STEPS: tuple[str, ...] = (
    "Choose person", "Random person", "Vary person", "Mirror person", "Paste looks", "Reset person", "Rename person", "Open avatar file",
)  # fmt: skip
ANCESTRY: str = QT_TRANSLATE_NOOP("People", "Ancestry")
AXIS_TIP: str = QT_TRANSLATE_NOOP("People", "{section}: {title}")
_CHANGE: str = QT_TRANSLATE_NOOP("People", "Change {section}: {title}")
_STEP = re.compile(r"^Change ([^:]+): (.+?)(?:, (left|right))?$")


def collected() -> list[str]:
    """Words that stand in tables of the engine, for the translator: sections and axes."""
    return sorted({*SECTIONS, *(axis.title for axis in axes())})


def palette_words() -> list[str]:
    """Names of natural colours."""
    return list(dict.fromkeys([name for name, _ in palette.HAIR] + [name for name, _, _ in palette.EYES]))


def title_of(address: str) -> str:
    """What a value is called, in English."""
    return by_name()[address.removeprefix("shape/")].title if address.startswith("shape/") else LOOKS[address][0]


def what_of(section: str, address: str, one_side: bool = False) -> str:
    """What is changed, for the history: `Nose: Hump`, `Eyes: Size, left`."""
    side = by_name()[address.removeprefix("shape/")].side if one_side and address.startswith("shape/") else ""
    return f"{section}: {title_of(address)}" + (f", {side}" if side else "")


def step_of(step: str) -> str:
    """The name of a step that changed one value of a person, translated; "" for any other step."""
    found = _STEP.match(step)
    if found is None or found[1] not in SECTIONS:
        return ""
    title = translated("People", found[2])
    if found[3]:
        title = f"{title}, {translated('People', SIDES[found[3]])}"
    return translated("People", _CHANGE).format(section=translated("People", found[1]), title=title)
