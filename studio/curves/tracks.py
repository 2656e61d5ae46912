"""Which curves a line has, in groups as an animator looks for them, each with its name and colour. No widgets."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtGui import QColor

from engine.core.channels import REGIONS
from engine.core.emotion import EMOTIONS
from engine.project.addresses import is_camera
from engine.project.document import AMOUNTS, EMOTION_TRACK, LineDoc
from engine.project.parts import AMOUNT_TRACK, INTENSITY_TRACK, LAYER_TRACK, Layer
from engine.project.stage import CAMERA_TRACK, shot_fields
from studio import theme
from studio.comfort.names import named
from studio.timeline.titles import track_title

# By number among the theme's hues; an emotion has the colour it has in the timeline.
EMOTION_HUES: dict[str, int] = {"angry": 0, "contempt": 10, "disgusted": 3, "fear": 8, "happy": 2, "sad": 6, "surprised": 1}
INTENSITY_HUE = 7
CAMERA_HUES: dict[str, int] = {"yaw": 5, "pitch": 2, "roll": 0, "distance": 1, "right": 9, "up": 4, "focal": 10}
INPUTS = "inputs"  # region of a layer's curves that are no channels


@dataclass(frozen=True)
class Track:
    """One curve that can be shown.

    Args:
        address: as edits name it: `emotions/happy`, `layers/ID/jawOpen`.
        name: for people.
        group: id of the layer it is on; "" for the line's own emotions.
        region: part of the face; "" outside layers.
        hue: number of its colour.
    """

    address: str
    name: str
    group: str = ""
    region: str = ""
    hue: int = 0

    @property
    def filmed(self) -> bool:
        """True for one of the camera's, which is the whole scene's."""
        return is_camera(self.address)

    @property
    def colour(self) -> QColor:
        """Its colour in the theme of the moment."""
        return hue_colour(self.hue)

    @property
    def channel(self) -> str:
        """The rig's channel it drives; "" where it is none."""
        name = self.address.split("/", 2)[-1]
        return name if self.group and "/" not in name else ""


def hue_colour(hue: int) -> QColor:
    """One of the theme's distinct hues, by number."""
    hues = [value for name, value in theme.VISEMES.items() if name != "sil"]
    return QColor(hues[hue % len(hues)])


def tracks_of(line: LineDoc, everything: bool = False) -> list[Track]:
    """The line's curves in the order of the list: emotions, intensity, then the layers from the top, last the camera's.

    Args:
        line: whose.
        everything: also channels of the layers that have no keys.
    """
    out = [Track(EMOTION_TRACK + name, named(name), hue=EMOTION_HUES[name]) for name in EMOTIONS]
    out.append(Track(INTENSITY_TRACK, named(INTENSITY_TRACK), hue=INTENSITY_HUE))
    for layer in reversed(line.layers):
        out += _layer_tracks(layer, everything)
    out += [Track(CAMERA_TRACK + name, track_title(CAMERA_TRACK + name), hue=CAMERA_HUES[name]) for name in shot_fields()]
    return out


def _layer_tracks(layer: Layer, everything: bool) -> list[Track]:
    names = {INPUTS: (*(EMOTION_TRACK + n for n in EMOTIONS), *(AMOUNT_TRACK + n for n in AMOUNTS)), **REGIONS}
    out = []
    for region, members in names.items():
        for i, name in enumerate(members):
            if everything or name in layer.curves:
                shown = named(name.replace(EMOTION_TRACK, "").replace(AMOUNT_TRACK, ""))
                # Hues three apart, so that neighbours in the list differ.
                out.append(Track(f"{LAYER_TRACK}{layer.id}/{name}", shown, layer.id, region, _hue(name, 3 * i + len(region))))
    return out


def _hue(name: str, usual: int) -> int:
    return EMOTION_HUES[name.removeprefix(EMOTION_TRACK)] if name.startswith(EMOTION_TRACK) else usual
