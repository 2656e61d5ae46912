"""Names that the engine gives to emotions, amounts and regions of the face, and to what it is doing, in the language of the interface."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from engine.core.channels import REGIONS
from engine.core.emotion import EMOTIONS
from engine.project.document import AMOUNTS

NAMES: tuple[str, ...] = (*EMOTIONS, "intensity", *AMOUNTS, *REGIONS, "inputs")
# What long work says it is at; what names a file or a number stays as it is.
WORK: tuple[str, ...] = (
    "aligning the transcript", "collected", "counting", "done", "drawing the picture", "finding the face's shape", "finding the transcript in the sound",
    "fitting the face", "following the face back", "hearing phonemes", "listening", "listening for emotion", "listening for speech", "looking for a face",
    "measuring pitch and loudness", "performing", "putting what was made into the project", "reading the sound", "reading the video",
    "recognising speech", "recording: act now", "shaping the mouth", "speaking", "thinning to keys", "tracking the face", "writing motion", "writing pictures",
    "writing sound", "writing the film",
)  # fmt: skip


def named(name: str) -> str:
    """An emotion, an amount or a region as a person calls it; another name as it is."""
    return QCoreApplication.translate("Names", name)


def at_work(label: str) -> str:
    """What work says it is at, as the beginning of a sentence."""
    label = QCoreApplication.translate("Work", label)
    return label[:1].upper() + label[1:]
