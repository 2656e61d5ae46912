"""Captured layers: which they are, where their film is, how captured motion becomes one. No Qt."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from engine.avatars.thinning import channels_of, thinned
from engine.core.channels import REGIONS
from engine.core.jobs import SILENT, Job
from engine.core.motion import MotionClip
from engine.project.document import LineDoc
from engine.project.edits import PutPart, SetLayer
from engine.project.parts import Layer, moved

if TYPE_CHECKING:
    from engine.project.change import Edit

_SAME_S = 1e-4
MARK = "capture:"  # how the source of a captured layer begins; the film's time at its first key and the film's path follow
CHANNELS_OF: dict[str, tuple[str, ...]] = {region: channels_of((region,)) for region in REGIONS}


@dataclass(frozen=True)
class Wanted:
    """What of a capture becomes keys.

    Args:
        regions: of `REGIONS`, at least one.
        error: largest of a coefficient at any frame.
    """

    regions: tuple[str, ...]
    error: float


def is_captured(layer: Layer) -> bool:
    """True for a layer that was captured from a film or a camera."""
    return layer.source.startswith(MARK)


def film_of(layer: Layer) -> Path | None:
    """The film that a layer was captured from; None for one that was not."""
    return Path(_parts(layer)[1]) if is_captured(layer) else None


def origin_s(layer: Layer) -> float:
    """When the film's first picture is, seconds of the line: told by the layer's earliest key, which moves along with it."""
    return min((curve.keys[0].time_s for curve in layer.curves.values()), default=layer.start_s) - _parts(layer)[0]


def _parts(layer: Layer) -> tuple[float, str]:
    """Seconds of the film at the layer's first key, and its path."""
    before, _, path = layer.source.removeprefix(MARK).partition(":")
    try:
        return float(before), path
    except ValueError:
        return 0.0, layer.source.removeprefix(MARK)


def captured(line: LineDoc) -> list[Layer]:
    """The captured layers of a line, the latest first."""
    return [layer for layer in reversed(line.layers) if is_captured(layer)]


def regions_of(layer: Layer) -> tuple[str, ...]:
    """The regions that a layer drives."""
    return tuple(region for region, names in CHANNELS_OF.items() if any(n in layer.curves for n in names))


def layer_from(clip: MotionClip, wanted: Wanted, start_s: float, name: str, film: Path, job: Job = SILENT) -> tuple[Layer, tuple[str, ...]]:
    """A layer that plays captured motion in some regions, thinned to keys; and notices.

    Args:
        clip: all channels, as they are to be played. What would be before the line is left out.
        wanted: what becomes keys, and how exactly.
        start_s: when its first frame plays, seconds of the line; may be before it.
        name: of the layer.
        film: what it was captured from.
        job: progress and cancelling.

    Raises:
        InvalidInput: too long to be edited as keys, or all of it is before the line.
        Cancelled: the job was cancelled.
    """
    made = thinned(clip, start_s, name[:80], wanted.regions, wanted.error, job)
    layer = made.layer
    film_s = min((curve.keys[0].time_s for curve in layer.curves.values()), default=start_s) - start_s
    return replace(layer, source=f"{MARK}{film_s:.4f}:{film}"), made.notices


def begun_at(line: LineDoc, found: list[Layer], start_s: float) -> list[Edit]:
    """What moves captured layers so that their film's first picture is at a time of the line; none moves to before the line.

    Args:
        line: theirs.
        found: the layers.
        start_s: seconds of the line.
    """
    shifts = [(layer, max(start_s - origin_s(layer), -layer.start_s)) for layer in found]
    return [PutPart(line.id, moved(layer, by)) for layer, by in shifts if abs(by) > _SAME_S]


def muted_for(line: LineDoc, layer: Layer) -> list[Edit]:
    """What silences the captured layers that drive the same at the same time as one does: of several takes one plays."""
    end_s = layer.end_s if layer.end_s is not None else float("inf")
    edits: list[Edit] = []
    for other in captured(line):
        over_s = other.end_s if other.end_s is not None else float("inf")
        together = other.start_s < end_s and over_s > layer.start_s and bool(other.curves.keys() & layer.curves.keys())
        if other.id != layer.id and together and not other.mute and not other.lock:
            edits.append(SetLayer(line.id, other.id, mute=True))
    return edits


def switched(line: LineDoc, layer: Layer) -> list[Edit]:
    """What lets a captured layer play in the place of others like it, or silences it where it plays."""
    if not layer.mute:
        return [SetLayer(line.id, layer.id, mute=True)]
    return [*muted_for(line, layer), SetLayer(line.id, layer.id, mute=False)]


def put(line: LineDoc, layer: Layer) -> list[Edit]:
    """What lays a new captured layer on a line, on top; others like it are silent then."""
    return [*muted_for(line, layer), PutPart(line.id, layer)]
