"""What the mouth does for each phoneme: the table of articulatory targets, which an animator can read and change.

A target says where each articulator wants to be (0 to 1) and how strongly it insists (dominance, about 1). Where a phoneme does
not care (the lips in a `t`), its dominance is low and its neighbours shape that articulator: coarticulation.

Source: Cohen and Massaro (1993), Modeling coarticulation in synthetic visual speech; target values by eye on Ada, jaw
ordering after Lindblom and Sundberg (1971).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from engine.core.channels import CHANNELS, INDEX
from engine.core.errors import InvalidInput
from engine.speech.phonemes import Phone, features

# Articulators, and the channels each drives at 1.
ARTICULATORS: dict[str, dict[str, float]] = {
    "jaw": {"jawOpen": 1.0},
    "round": {"mouthPucker": 0.95, "mouthFunnel": 0.25},
    "funnel": {"mouthFunnel": 0.7, "mouthPucker": 0.25},
    "spread": {"mouthStretchLeft": 0.45, "mouthStretchRight": 0.45, "mouthSmileLeft": 0.14, "mouthSmileRight": 0.14},
    "upper": {"mouthUpperUpLeft": 1.0, "mouthUpperUpRight": 1.0},
    "lower": {"mouthLowerDownLeft": 1.0, "mouthLowerDownRight": 1.0},
    "tuck": {"mouthRollLower": 0.6, "mouthShrugLower": 0.12, "mouthUpperUpLeft": 0.22, "mouthUpperUpRight": 0.22},
    "press": {"mouthPressLeft": 0.28, "mouthPressRight": 0.28, "mouthRollUpper": 0.05, "mouthShrugLower": 0.1},
    "tip_up": {"tongueTipUp": 1.0},
    "tip_forward": {"tongueTipForward": 1.0},
    "body_up": {"tongueBodyUp": 1.0},
    "body_back": {"tongueBodyBack": 1.0},
}
NAMES: tuple[str, ...] = tuple(ARTICULATORS)
COLUMN: dict[str, int] = {name: i for i, name in enumerate(NAMES)}
# How far each reaches into its neighbours: seconds over which its dominance falls to 1/e, before and after the phoneme.
# Rounding is prepared well ahead; the tongue tip is quick.
REACH_BEFORE_S = np.array([0.055, 0.085, 0.070, 0.060, 0.050, 0.050, 0.035, 0.030, 0.030, 0.030, 0.045, 0.045], np.float32)
REACH_AFTER_S = np.array([0.060, 0.060, 0.055, 0.060, 0.050, 0.050, 0.035, 0.030, 0.030, 0.030, 0.045, 0.045], np.float32)
ASKED_DOMINANCE = 0.8  # of an articulator that an animator set


@dataclass(frozen=True, eq=False)
class Target:
    """Where the articulators want to be for one segment.

    Args:
        value: float32 [A] in the order of `NAMES`.
        dominance: float32 [A], 0 not at all, 1 as a vowel does, 2 against everything.
        gap_mm: least opening between the lips that keeps the sound possible; 0 where they may touch.
        most_mm: widest opening at which the sound is still made: f with the lip at the teeth, w pursed, s with the teeth close.
    """

    value: NDArray[np.float32]
    dominance: NDArray[np.float32]
    gap_mm: float
    most_mm: float = np.inf


def _target(gap_mm: float, most_mm: float = np.inf, **articulators: tuple[float, float]) -> Target:
    value, dominance = np.zeros(len(NAMES), np.float32), np.full(len(NAMES), 0.12, np.float32)
    for name, (v, d) in articulators.items():
        value[COLUMN[name]], dominance[COLUMN[name]] = v, d
    return Target(value, dominance, gap_mm, most_mm)


PAUSE_TARGET = _target(0.0, np.inf, **dict.fromkeys(NAMES, (0.0, 0.9)))
# Consonants by place, then by what differs within it. Numbers: (value, dominance).
_BY_PLACE: dict[str, Target] = {
    "bilabial": _target(0.0, jaw=(0.05, 0.55), press=(0.9, 0.9), spread=(0, 0.2), upper=(0, 0.6), lower=(0, 0.6), round=(0, 0.12)),
    "labiodental": _target(1.5, 2.1, jaw=(0.045, 0.8), tuck=(1.0, 1.0), upper=(0.16, 0.7), lower=(0, 0.8), round=(0, 0.25)),
    "dental": _target(2.6, jaw=(0.085, 0.7), tip_forward=(1.0, 0.95), tip_up=(0.38, 0.8), lower=(0.22, 0.5), upper=(0.1, 0.3)),
    "alveolar": _target(2.0, jaw=(0.075, 0.5), tip_up=(0.9, 0.9), lower=(0.12, 0.2)),
    "retroflex": _target(2.0, jaw=(0.08, 0.5), tip_up=(1.0, 0.9), body_back=(0.4, 0.6), round=(0.15, 0.2)),
    "postalveolar": _target(2.2, 5.0, jaw=(0.045, 0.75), funnel=(0.62, 1.1), tip_up=(0.5, 0.7), body_up=(0.5, 0.6), lower=(0.2, 0.4), upper=(0.12, 0.3)),
    "alveolo-palatal": _target(2.2, jaw=(0.045, 0.75), funnel=(0.3, 0.5), body_up=(0.8, 0.8), spread=(0.3, 0.3), lower=(0.2, 0.4)),
    "palatal": _target(2.0, jaw=(0.07, 0.5), spread=(0.45, 0.4), body_up=(0.95, 0.8)),
    "labial-palatal": _target(1.5, 3.2, jaw=(0.06, 0.6), round=(0.95, 1.8), spread=(0, 1.0), body_up=(0.8, 0.7)),
    "labial-velar": _target(1.5, 3.2, jaw=(0.065, 0.65), round=(1.0, 2.0), spread=(0, 1.2), body_up=(0.5, 0.5), body_back=(0.6, 0.6)),
    "velar": _target(2.0, jaw=(0.10, 0.35), body_up=(1.0, 0.9), body_back=(0.35, 0.6)),
    "uvular": _target(2.2, jaw=(0.12, 0.35), body_up=(0.7, 0.8), body_back=(0.8, 0.8)),
    "pharyngeal": _target(2.5, jaw=(0.17, 0.35), body_back=(1.0, 0.8)),
    "glottal": _target(2.0, jaw=(0.12, 0.12)),
}
_SIBILANT = _target(2.0, 3.6, jaw=(0.03, 1.0), spread=(0.3, 0.35), tip_up=(0.55, 0.8), lower=(0.24, 0.5), upper=(0.14, 0.35))
_LATERAL = _target(2.4, jaw=(0.10, 0.45), tip_up=(1.0, 0.95), lower=(0.1, 0.2))
_RHOTIC = _target(1.8, jaw=(0.075, 0.5), round=(0.42, 0.6), funnel=(0.2, 0.4), body_back=(0.5, 0.7), tip_up=(0.45, 0.5))
_NEAR_BILABIAL = _target(1.3, jaw=(0.05, 0.6), press=(0.1, 0.4), round=(0.2, 0.3))


_REDUCED = "əɚɐ"  # vowels of unstressed syllables open the jaw less than their place on the chart says


def _vowel(phone: Phone) -> Target:
    """Height opens the jaw, rounding purses, frontness spreads; open rounded vowels part the pursed lips."""
    h, rounding = phone.height, phone.rounding
    jaw = 0.075 + 0.30 * h**1.15 - 0.02 * rounding
    if phone.label[0] in _REDUCED:
        jaw *= 0.62
    if phone.long:
        jaw *= 1.12
    spread = (1.0 - phone.backness) * (1.0 - 0.6 * h) * (1.0 - rounding)
    return _target(
        1.6 if rounding > 0.6 else 2.2 + 1.6 * h,
        jaw=(jaw, 0.8),
        round=(rounding * (1.0 - 0.25 * h), 1.3 if rounding > 0.3 else 0.4),
        funnel=(0.35 * rounding * h, 0.5),
        spread=(0.75 * spread, 0.6),
        lower=(0.10 + 0.12 * spread, 0.4),
        upper=(0.06 + 0.08 * spread, 0.3),
        tip_up=(0.0, 0.35),
        body_up=(0.75 * (1 - h), 0.6),
        body_back=(0.8 * phone.backness, 0.6),
        tuck=(0.0, 0.5),
        press=(0.0, 0.6),
    )


@lru_cache(maxsize=4096)
def target_of(label: str) -> Target:
    """Target of one simple IPA segment (a part of a diphthong or affricate, not the whole); "" is the pause."""
    phone = features(label)
    if phone.kind == "pause":
        return PAUSE_TARGET
    if phone.kind == "vowel":
        return _vowel(phone)
    base = phone.label[0]
    if base in "szɬɮ":
        return _SIBILANT
    if base in "ʂʐ":
        return _BY_PLACE["postalveolar"]
    if base in "ɹɻ":
        return _RHOTIC
    if phone.manner == "lateral" and phone.place != "velar":
        return _LATERAL
    if phone.place == "bilabial" and not phone.closes_lips:
        return _NEAR_BILABIAL
    return _BY_PLACE[phone.place]


Table = Mapping[str, Mapping[str, float]]


def target_for(label: str, whole: str, table: Table | None) -> Target:
    """Target of a segment with an animator's table over ours.

    Args:
        label: of the segment.
        whole: of the phoneme it is part of: an entry for a diphthong holds for both its parts.
        table: by phoneme, the articulators' values that take the place of ours.
    """
    target = target_of(label)
    changed = (table or {}).get(whole) or (table or {}).get(label)
    if not changed:
        return target
    value, dominance = target.value.copy(), target.dominance.copy()
    for name, wanted in changed.items():
        if name not in COLUMN:
            raise InvalidInput(f"the viseme of {whole!r} moves {name!r}, which is no articulator", "use " + ", ".join(NAMES))
        column = COLUMN[name]
        if abs(wanted - value[column]) > 1e-6:  # what somebody asks for is to be seen, though the sound itself would not care
            value[column], dominance[column] = wanted, max(dominance[column], ASKED_DOMINANCE)
    return replace(target, value=value, dominance=dominance)


def to_channels(articulators: NDArray[np.float32]) -> NDArray[np.float32]:
    """Articulator values [T, A] as channel values float32 [T, 63], clipped to 0 to 1."""
    matrix = np.zeros((len(NAMES), len(CHANNELS)), np.float32)
    for i, driven in enumerate(ARTICULATORS.values()):
        for name, amount in driven.items():
            matrix[i, INDEX[name]] = amount
    out: NDArray[np.float32] = np.clip(articulators @ matrix, 0.0, 1.0)
    return out
