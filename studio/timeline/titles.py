"""What a person calls tracks, regions and the shapes of a mouth, marked for the translator."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from engine.project.document import LineDoc
from engine.project.parts import EMOTION_TRACK, LAYER_TRACK
from studio.panels.words import QT_TRANSLATE_NOOP

translate = QCoreApplication.translate
TRACKS: dict[str, str] = {
    "sound": QT_TRANSLATE_NOOP("Timeline", "Sound"), "words": QT_TRANSLATE_NOOP("Timeline", "Words"),
    "phonemes": QT_TRANSLATE_NOOP("Timeline", "Phonemes"), "events": QT_TRANSLATE_NOOP("Timeline", "Blinks, gaze"),
    "intensity": QT_TRANSLATE_NOOP("Timeline", "Intensity"), "instructions": QT_TRANSLATE_NOOP("Timeline", "Instructions"),
    "pins": QT_TRANSLATE_NOOP("Timeline", "Pins"), "takes": QT_TRANSLATE_NOOP("Timeline", "Takes"),
    "markers": QT_TRANSLATE_NOOP("Timeline", "Markers"), "camera": QT_TRANSLATE_NOOP("Timeline", "Camera"),
    "camera/yaw": QT_TRANSLATE_NOOP("Timeline", "Orbit"), "camera/pitch": QT_TRANSLATE_NOOP("Timeline", "Elevation"),
    "camera/roll": QT_TRANSLATE_NOOP("Timeline", "Roll"), "camera/distance": QT_TRANSLATE_NOOP("Timeline", "Distance"),
    "camera/right": QT_TRANSLATE_NOOP("Timeline", "Right"), "camera/up": QT_TRANSLATE_NOOP("Timeline", "Up"),
    "camera/focal": QT_TRANSLATE_NOOP("Timeline", "Focal length"),
    "emotions/angry": QT_TRANSLATE_NOOP("Timeline", "Angry"), "emotions/contempt": QT_TRANSLATE_NOOP("Timeline", "Contempt"),
    "emotions/disgusted": QT_TRANSLATE_NOOP("Timeline", "Disgusted"), "emotions/fear": QT_TRANSLATE_NOOP("Timeline", "Fear"),
    "emotions/happy": QT_TRANSLATE_NOOP("Timeline", "Happy"), "emotions/sad": QT_TRANSLATE_NOOP("Timeline", "Sad"),
    "emotions/surprised": QT_TRANSLATE_NOOP("Timeline", "Surprised"),
}  # fmt: skip
REGIONS: dict[str, str] = {
    "lips": QT_TRANSLATE_NOOP("Timeline", "Lips"), "brows": QT_TRANSLATE_NOOP("Timeline", "Brows"), "eyes": QT_TRANSLATE_NOOP("Timeline", "Eyes"),
    "cheeks and nose": QT_TRANSLATE_NOOP("Timeline", "Cheeks and Nose"), "head": QT_TRANSLATE_NOOP("Timeline", "Head"),
}  # fmt: skip
TANGENTS: dict[str, str] = {
    "auto": QT_TRANSLATE_NOOP("Timeline", "Auto"), "flat": QT_TRANSLATE_NOOP("Timeline", "Flat"), "linear": QT_TRANSLATE_NOOP("Timeline", "Linear"),
    "stepped": QT_TRANSLATE_NOOP("Timeline", "Stepped"), "free": QT_TRANSLATE_NOOP("Timeline", "Free"),
    "broken": QT_TRANSLATE_NOOP("Timeline", "Broken"),
}  # fmt: skip
VISEMES: dict[str, str] = {
    "sil": QT_TRANSLATE_NOOP("Timeline", "pause"), "PBM": QT_TRANSLATE_NOOP("Timeline", "lips shut"),
    "FV": QT_TRANSLATE_NOOP("Timeline", "lip to teeth"), "TH": QT_TRANSLATE_NOOP("Timeline", "tongue between teeth"),
    "DTNL": QT_TRANSLATE_NOOP("Timeline", "tongue tip up"), "KG": QT_TRANSLATE_NOOP("Timeline", "tongue back up"),
    "SZ": QT_TRANSLATE_NOOP("Timeline", "teeth close"), "CH": QT_TRANSLATE_NOOP("Timeline", "teeth close, lips forward"),
    "R": QT_TRANSLATE_NOOP("Timeline", "tongue drawn back"), "AA": QT_TRANSLATE_NOOP("Timeline", "open vowel"),
    "EI": QT_TRANSLATE_NOOP("Timeline", "spread vowel"), "OU": QT_TRANSLATE_NOOP("Timeline", "rounded vowel"),
}  # fmt: skip


def marker_colours() -> dict[str, str]:
    """Colours of markers by their names, "" for the usual one; the same in every theme, for they are stored."""
    return {
        translate("Timeline", "Amber"): "", translate("Timeline", "Red"): "#e5766f", translate("Timeline", "Green"): "#63c08c",
        translate("Timeline", "Blue"): "#5fa8d8", translate("Timeline", "Violet"): "#b68be0", translate("Timeline", "Pink"): "#d884c3",
    }  # fmt: skip


def said(table: dict[str, str], name: str) -> str:
    """A name of a table in the language of the moment; itself where the table has none."""
    return translate("Timeline", table[name]) if name in table else name


def track_title(track: str, line: LineDoc | None = None) -> str:
    """What a person calls a track; a layer and its channels by the layer's name."""
    if not track.startswith(LAYER_TRACK):
        return said(TRACKS, track)
    layer_id, _, name = track.removeprefix(LAYER_TRACK).partition("/")
    layer = line.layer(layer_id).name if line is not None and line.has_part("layers", layer_id) else ""
    return f"{layer} {channel_title(name)}".strip()


def channel_title(name: str) -> str:
    """What a person calls a curve of a layer: an emotion in words, a channel as the rig names it."""
    return said(TRACKS, name) if name.startswith(EMOTION_TRACK) else name
