"""Poses that come with the studio: the emotions at full, mouth shapes, lids and looks. Channel values by name; numpy only."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from engine.core.channels import HEAD, INDEX, REGIONS, mirror, mirror_sign
from engine.core.emotion import EMOTIONS
from studio.panels.words import QT_TRANSLATE_NOOP

_SHOWN = 0.005  # below this a channel says nothing


@dataclass(frozen=True)
class BuiltIn:
    """One of our poses.

    Args:
        id: by which it is found; no pose of a document has it.
        name: in English.
        values: by channel; those it does not name stay as they are.
    """

    id: str
    name: str
    values: dict[str, float]


# Phonemes that stand for the mouth shapes animators know.
_SHAPES: tuple[tuple[str, str], ...] = (
    ("p", QT_TRANSLATE_NOOP("Pose", "Lips shut (P B M)")), ("f", QT_TRANSLATE_NOOP("Pose", "Teeth on lip (F V)")),
    ("θ", QT_TRANSLATE_NOOP("Pose", "Tongue out (Th)")), ("s", QT_TRANSLATE_NOOP("Pose", "Teeth (S Z)")),
    ("ʃ", QT_TRANSLATE_NOOP("Pose", "Funnel (Sh Ch)")), ("ɑ", QT_TRANSLATE_NOOP("Pose", "Open (Ah)")),
    ("i", QT_TRANSLATE_NOOP("Pose", "Spread (Ee)")), ("o", QT_TRANSLATE_NOOP("Pose", "Round (Oh)")), ("u", QT_TRANSLATE_NOOP("Pose", "Pursed (Oo)")),
)  # fmt: skip
_LOOKS: tuple[tuple[str, str, dict[str, float]], ...] = (
    ("blink", QT_TRANSLATE_NOOP("Pose", "Lids shut"), {"eyeBlinkLeft": 1.0, "eyeBlinkRight": 1.0}),
    ("wink", QT_TRANSLATE_NOOP("Pose", "Wink"), {"eyeBlinkLeft": 1.0, "cheekSquintLeft": 0.5, "mouthSmileLeft": 0.35}),
    ("wide", QT_TRANSLATE_NOOP("Pose", "Eyes wide"), {"eyeWideLeft": 0.8, "eyeWideRight": 0.8, "browInnerUp": 0.3}),
    ("left", QT_TRANSLATE_NOOP("Pose", "Look left"), {"eyeLookOutLeft": 0.7, "eyeLookInRight": 0.7}),
    ("right", QT_TRANSLATE_NOOP("Pose", "Look right"), {"eyeLookInLeft": 0.7, "eyeLookOutRight": 0.7}),
    ("up", QT_TRANSLATE_NOOP("Pose", "Look up"), {"eyeLookUpLeft": 0.7, "eyeLookUpRight": 0.7, "eyeWideLeft": 0.2, "eyeWideRight": 0.2}),
    ("down", QT_TRANSLATE_NOOP("Pose", "Look down"), {"eyeLookDownLeft": 0.7, "eyeLookDownRight": 0.7, "eyeBlinkLeft": 0.25, "eyeBlinkRight": 0.25}),
    ("browsUp", QT_TRANSLATE_NOOP("Pose", "Brows up"), {"browInnerUp": 0.8, "browOuterUpLeft": 0.8, "browOuterUpRight": 0.8}),
    ("browsDown", QT_TRANSLATE_NOOP("Pose", "Brows down"), {"browDownLeft": 0.8, "browDownRight": 0.8}),
    ("tilt", QT_TRANSLATE_NOOP("Pose", "Head tilted"), {"headRotZ": 0.16, "headRotY": 0.05}),
)  # fmt: skip
_EMOTION_NAMES: dict[str, str] = {
    "angry": QT_TRANSLATE_NOOP("Pose", "Angry"), "contempt": QT_TRANSLATE_NOOP("Pose", "Contempt"),
    "disgusted": QT_TRANSLATE_NOOP("Pose", "Disgusted"), "fear": QT_TRANSLATE_NOOP("Pose", "Fear"),
    "happy": QT_TRANSLATE_NOOP("Pose", "Happy"), "sad": QT_TRANSLATE_NOOP("Pose", "Sad"), "surprised": QT_TRANSLATE_NOOP("Pose", "Surprised"),
}  # fmt: skip


@lru_cache(maxsize=1)
def built_in() -> tuple[BuiltIn, ...]:
    """Our poses, in the order of the library."""
    return (*_emotions(), *(BuiltIn(f"look:{key}", name, values) for key, name, values in _LOOKS), *_shapes())


def _emotions() -> list[BuiltIn]:
    from engine.systems.expressions import MANNERS

    out = []
    for name in EMOTIONS:
        manner = MANNERS[name]
        head = dict(zip(HEAD[:3], manner.head, strict=True))
        values = {**manner.pattern, **{n: v for n, v in head.items() if v}}
        out.append(BuiltIn(f"emotion:{name}", _EMOTION_NAMES[name], values))
    return out


def _shapes() -> list[BuiltIn]:
    from engine.systems.visemes import target_of, to_channels

    return [BuiltIn(f"viseme:{label}", name, _named(to_channels(target_of(label).value[None])[0])) for label, name in _SHAPES]


def _named(values: NDArray[np.float32]) -> dict[str, float]:
    return {name: round(float(values[i]), 3) for name, i in INDEX.items() if abs(float(values[i])) > _SHOWN}


def within(values: dict[str, float], regions: frozenset[str]) -> dict[str, float]:
    """The channels of a pose that are in some regions; all where none is given."""
    wanted = {name for region in regions for name in REGIONS[region]}
    return {name: value for name, value in values.items() if not regions or name in wanted}


def mirrored(values: dict[str, float]) -> dict[str, float]:
    """A pose with its sides exchanged."""
    return {mirror(name): value * mirror_sign(name) for name, value in values.items()}
