"""Words of the capture panel's tables."""

from __future__ import annotations

from studio.panels.words import QT_TRANSLATE_NOOP

REGIONS: dict[str, tuple[str, str]] = {
    "lips": (QT_TRANSLATE_NOOP("Capture", "Lips"), QT_TRANSLATE_NOOP("Capture", "Mouth and jaw; off, the lips stay as they are generated from the sound")),
    "brows": (QT_TRANSLATE_NOOP("Capture", "Brows"), QT_TRANSLATE_NOOP("Capture", "Both brows")),
    "eyes": (QT_TRANSLATE_NOOP("Capture", "Eyes"), QT_TRANSLATE_NOOP("Capture", "Lids, blinks and where the eyes look")),
    "cheeks and nose": (QT_TRANSLATE_NOOP("Capture", "Cheeks"), QT_TRANSLATE_NOOP("Capture", "Cheeks and nose")),
    "head": (QT_TRANSLATE_NOOP("Capture", "Head"), QT_TRANSLATE_NOOP("Capture", "How the head turns and moves")),
}
KEYS: dict[str, str] = {
    "few": QT_TRANSLATE_NOOP("Capture", "Few"), "medium": QT_TRANSLATE_NOOP("Capture", "Medium"), "many": QT_TRANSLATE_NOOP("Capture", "Many"),
}  # fmt: skip
STEPS: tuple[str, ...] = ("Capture from video", "Change capture", "Move capture", "Record my face", "Switch take")
