"""The language-independent phones our encoder tells apart, and what each asks of the mouth.

Every IPA label of `engine.speech.phonemes` maps to one of them, or to two in equal shares (diphthongs, pf): the nearest in articulation
among those of the same viseme class, so that phones and visemes agree.
"""

from __future__ import annotations

from functools import lru_cache

from engine.speech.phonemes import PAUSE, Phone, features, visemes_of

PHONES: tuple[str, ...] = (
    PAUSE,
    "p", "b", "m", "f", "v", "θ", "ð", "t", "d", "n", "l", "ɾ", "s", "z", "ts", "ʃ", "ʒ", "tʃ", "dʒ", "j", "ɲ", "k", "ɡ", "ŋ", "x", "ʁ", "h", "ʔ",
    "r", "ɹ", "w", "i", "ɪ", "ɨ", "ɯ", "e", "ɛ", "y", "ø", "œ", "æ", "a", "ɑ", "ʌ", "ə", "ɚ", "ɔ", "o", "ʊ", "u",
)  # fmt: skip
PHONE_INDEX = {phone: i for i, phone in enumerate(PHONES)}
_PLACES = (
    "bilabial",
    "labiodental",
    "dental",
    "alveolar",
    "retroflex",
    "postalveolar",
    "alveolo-palatal",
    "palatal",
    "velar",
    "uvular",
    "pharyngeal",
    "glottal",
)
# How far the jaw drops for a consonant of this manner, 0 shut to 1 as for "a".
_JAW = {"stop": 0.15, "nasal": 0.15, "fricative": 0.1, "affricate": 0.1, "lateral": 0.3, "approximant": 0.25, "tap": 0.25, "trill": 0.25, "click": 0.15}


def _place(phone: Phone) -> int:
    name = {"labial-palatal": "palatal", "labial-velar": "velar"}.get(phone.place, phone.place)
    return _PLACES.index(name)


def _distance(a: Phone, b: Phone) -> float:
    """How unlike two sounds are."""
    if a.kind != b.kind:
        return 100.0
    if a.kind == "vowel":
        return abs(a.height - b.height) * 2 + abs(a.backness - b.backness) + abs(a.rounding - b.rounding)
    return abs(_place(a) - _place(b)) * 0.3 + (a.manner != b.manner) * 1.5 + (a.voiced != b.voiced) * 0.5 + (a.nasal != b.nasal) * 2.0


def _nearest(part: Phone, viseme: str) -> str:
    same = [phone for phone in PHONES[1:] if visemes_of(phone)[0] == viseme and features(phone).kind == part.kind]
    return min(same or PHONES[1:], key=lambda phone: _distance(part, features(phone)))


@lru_cache(maxsize=4096)
def phones_of(label: str) -> tuple[str, ...]:
    """The phones a label passes through, in equal shares: one, or two for a diphthong.

    Args:
        label: IPA as `engine.speech.phonemes` writes it; "" is the pause.
    """
    phone = features(label)
    if phone.kind == "pause":
        return (PAUSE,)
    if label in PHONE_INDEX:
        return (label,)
    parts = phone.parts or (phone,)
    if phone.kind == "vowel" and len(parts) > 1:
        ends = [_nearest(part, visemes_of(part.label)[0]) for part in (parts[0], parts[-1])]
        return tuple(dict.fromkeys(ends))
    classes = visemes_of(label)
    if phone.manner == "affricate" and len(classes) == 1:
        stem = {"SZ": "ts", "CH": "dʒ" if phone.voiced else "tʃ"}.get(classes[0])
        return (stem,) if stem else (_nearest(parts[-1], classes[0]),)
    return tuple(_nearest(part, name) for part, name in zip((parts[0], parts[-1])[-len(classes) :], classes, strict=False))


@lru_cache(maxsize=4096)
def jaw_of(phone: str) -> float:
    """How far the jaw is open for a phone of `PHONES`, 0 to 1."""
    found = features(phone)
    if found.kind == "pause":
        return 0.0
    if found.kind == "vowel":
        return 0.35 + 0.65 * found.height
    return _JAW.get(found.manner, 0.2)
