"""What a corpus holds, and how its people behave: measured on the motion that came out, beside what the literature reports.

The sources of the numbers are those of `processes` and `listening`.
"""

from __future__ import annotations

import itertools
import math
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.core.channels import INDEX
from engine.head.rig import LOOK_DOWN_RAD, LOOK_SIDE_RAD, LOOK_UP_RAD
from engine.training.stage.processes import BANDS_HZ
from engine.training.stage.shards import MOTION_RATE, Item

AT_PARTNER_DEG = 6.0  # eyes within this of the partner's face look at it, which is about as wide from a metre off
MOVING_DEG_S = 3.0  # a head slower than this is taken for still
SHUT = 0.5  # of eyeBlink
NOD_DEG_S = 9.0
HALF_A_BREATH = 0.2  # of the channel, which quiet breathing passes on its way up
_WINDOW = 128  # frames whose spectrum is taken at once
Frames = NDArray[np.float32]


@dataclass(frozen=True)
class Measured:
    """One statistic.

    Args:
        name: of it, such as `blinks.speaking`.
        value: measured; None where nothing could be.
        unit: of the value.
        reported: what the literature says.
    """

    name: str
    value: float | None
    unit: str
    reported: str

    def row(self) -> str:
        """One line for people."""
        value = "not measured" if self.value is None else f"{self.value:.3g} {self.unit}"
        return f"{self.name:28s} {value:>18s}   {self.reported}"


@dataclass
class _Person:
    """Sums over everybody in one role."""

    seconds: float = 0.0
    whole_s: float = 0.0  # with pauses
    blinks: int = 0
    shut_s: list[float] = field(default_factory=list)
    intervals_s: list[float] = field(default_factory=list)
    at_partner: float = 0.0
    away_s: list[float] = field(default_factory=list)
    moving: float = 0.0
    speed: float = 0.0
    breaths: int = 0
    nods: int = 0
    power: NDArray[np.float64] = field(default_factory=lambda: np.zeros(_WINDOW // 2 + 1))

    def add(self, channels: Frames, counted: NDArray[np.bool_]) -> None:
        """Measure one performance; gaze and head over the frames that count, bool [T], blinks and breath over all."""
        step_s = 1.0 / MOTION_RATE
        self.seconds += float(counted.sum()) * step_s
        self.whole_s += len(channels) * step_s
        self._eyes(channels, counted, step_s)
        turned = np.degrees(channels[:, INDEX["headRotX"] : INDEX["headRotX"] + 3].astype(np.float64))
        if len(turned) > 2:
            speed = np.linalg.norm(np.gradient(turned, step_s, axis=0), axis=1)
            self.speed += float(speed[counted].sum()) * step_s
            self.moving += float((speed[counted] > MOVING_DEG_S).sum()) * step_s
            self.nods += _nods(np.gradient(turned[:, 0], step_s))
        for start in range(0, len(turned) - _WINDOW + 1, _WINDOW // 2):
            piece = turned[start : start + _WINDOW] - turned[start : start + _WINDOW].mean(0)
            self.power += np.square(np.abs(np.fft.rfft(piece * np.hanning(_WINDOW)[:, None], axis=0))).sum(1)
        breath = channels[:, INDEX["breath"]]
        self.breaths += int(((breath[1:] > HALF_A_BREATH) & (breath[:-1] <= HALF_A_BREATH)).sum())

    def _eyes(self, channels: Frames, counted: NDArray[np.bool_], step_s: float) -> None:
        lids = channels[:, INDEX["eyeBlinkLeft"]]
        starts = []
        for first, last in _runs(lids > SHUT):
            if last - first < round(0.6 / step_s):  # longer is no blink
                starts.append(first)
                self.shut_s.append((last - first) * step_s)
        self.blinks += len(starts)
        self.intervals_s += [(b - a) * step_s for a, b in itertools.pairwise(starts)]
        away = looking_deg(channels) > AT_PARTNER_DEG
        self.at_partner += float((counted & ~away).sum()) * step_s
        self.away_s += [(b - a) * step_s for a, b in _runs(away & counted) if a > 0 and b < len(away)]

    def share_of_band(self, low_hz: float, high_hz: float) -> float | None:
        """Of the head's movement from the slowest band on."""
        hz = np.fft.rfftfreq(_WINDOW, 1.0 / MOTION_RATE)
        whole = float(self.power[(hz >= BANDS_HZ[0][0]) & (hz < BANDS_HZ[-1][1])].sum())
        return float(self.power[(hz >= low_hz) & (hz < high_hz)].sum()) / whole if whole > 0.0 else None


def looking_deg(channels: Frames) -> NDArray[np.float64]:
    """How far beside the partner the eyes look, degrees [T]: eyes and head together."""
    get = lambda name: channels[:, INDEX[name]].astype(np.float64)  # noqa: E731
    yaw = (get("eyeLookOutLeft") - get("eyeLookInLeft")) * LOOK_SIDE_RAD + get("headRotY")
    pitch = get("eyeLookDownLeft") * LOOK_DOWN_RAD - get("eyeLookUpLeft") * LOOK_UP_RAD + get("headRotX")
    return np.degrees(np.hypot(yaw, pitch))


def _runs(flags: NDArray[np.bool_]) -> list[tuple[int, int]]:
    """First and one past the last of each run of True."""
    edges = np.flatnonzero(np.diff(np.concatenate([[0], flags.astype(np.int8), [0]])))
    return list(zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True))


def _nods(speed: NDArray[np.float64]) -> int:
    """Nods in the speed about X, degrees a second: down and up again, those of one row together."""
    downs = [first for first, _ in _runs(speed > NOD_DEG_S)]
    return sum(1 for before, now in itertools.pairwise([-(10**9), *downs]) if now - before > MOTION_RATE)


class Tally:
    """Counts a corpus item by item."""

    def __init__(self) -> None:
        self.items = 0
        self.seconds = 0.0
        self.seconds_by: dict[str, defaultdict[str, float]] = {
            name: defaultdict(float) for name in ("source", "language", "engine", "emotion", "split", "times")
        }
        self.phones: Counter[str] = Counter()
        self.pairs: set[tuple[str, str]] = set()
        self.sentences: set[str] = set()
        self.voices: set[str] = set()
        self.texts: set[str] = set()
        self.speaking, self.listening = _Person(), _Person()

    def add(self, item: Item) -> None:
        """Count one item."""
        record = item.record
        self.items += 1
        self.seconds += item.seconds
        keys = {
            "source": record.source, "language": record.language, "engine": record.voice.partition(":")[0],
            "emotion": f"{record.emotion} {record.level}" if record.level else record.emotion, "split": record.split, "times": record.times,
        }  # fmt: skip
        for name, key in keys.items():
            self.seconds_by[name][key] += item.seconds
        labels = [str(label) for label in item["phones"]["label"]]
        self.phones.update(label for label in labels if label)
        self.pairs.update(itertools.pairwise(labels))
        self.sentences.add(record.text)
        self.voices.add(record.voice)
        self.texts.update((record.instruction, *record.paraphrases))
        self.speaking.add(item["channels"], _in_speech(item))
        if len(item["partner"]):
            self.listening.add(item["partner"], np.ones(len(item["partner"]), bool))

    def rows(self) -> list[Measured]:
        """How the people behave."""
        one, other = self.speaking, self.listening
        minute = lambda number, seconds: number / seconds * 60.0 if seconds > 0 else None  # noqa: E731
        share = lambda part, seconds: part / seconds if seconds > 0 else None  # noqa: E731
        return [
            Measured("blinks.speaking", minute(one.blinks, one.whole_s), "/min", "26 in conversation (Bentivoglio et al. 1997), by emotion 0.4 to 1.3 times"),
            Measured("blinks.listening", minute(other.blinks, other.whole_s), "/min", "17 at rest (Bentivoglio et al. 1997)"),
            Measured("blinks.interval_spread", _spread(one.intervals_s + other.intervals_s), "", "log-normal, deviation / mean 0.5 to 0.9"),
            Measured("blinks.shut", _mean(one.shut_s + other.shut_s), "s", "half of a blink of 0.2 to 0.4 s (VanderWerf et al. 2003)"),
            Measured("gaze.speaking", share(one.at_partner, one.seconds), "", "0.41 (Argyle and Cook 1976) to 0.77 (Lee et al. 2002)"),
            Measured("gaze.listening", share(other.at_partner, other.seconds), "", "0.75 (Argyle and Cook 1976) to 0.95 (Lee et al. 2002)"),
            Measured("gaze.away.speaking", _mean(one.away_s), "s", "0.93 (Lee et al. 2002)"),
            Measured("gaze.away.listening", _mean(other.away_s), "s", "0.43 (Lee et al. 2002)"),
            Measured("head.moving.speaking", share(one.moving, one.seconds), "", "0.90 of the time (Hadar et al. 1983)"),
            Measured("head.moving.listening", share(other.moving, other.seconds), "", "0.13 of the time (Hadar et al. 1983)"),
            Measured("head.speed.speaking", share(one.speed, one.seconds), "deg/s", "no source: ours"),
            *(Measured(f"head.power.{name}", one.share_of_band(*band), "", f"{band[0]:g} to {band[1]:g} Hz (Hadar et al. 1983), falling with frequency")
              for name, band in zip(("slow", "ordinary", "rapid"), BANDS_HZ, strict=True)),
            Measured("nods.listening", minute(other.nods, other.seconds), "/min", "2.7 (American) to 10.7 (Japanese; Maynard 1987)"),
            Measured("breaths.listening", minute(other.breaths, other.seconds), "/min", "16.6 +- 2.8 (Tobin et al. 1983)"),
        ]  # fmt: skip

    def numbers(self) -> dict[str, Any]:
        """Everything, for the manifest."""
        minutes = {name: {key: round(seconds / 60.0, 3) for key, seconds in sorted(counts.items())} for name, counts in self.seconds_by.items()}
        return {
            "items": self.items, "minutes": round(self.seconds / 60.0, 3), "minutes_by": minutes, "sentences": len(self.sentences),
            "voices": len(self.voices), "instructions": len(self.texts), "phones": dict(sorted(self.phones.items())), "phone_pairs": len(self.pairs),
            "behaviour": {row.name: None if row.value is None else round(row.value, 5) for row in self.rows()},
        }  # fmt: skip

    def lines(self) -> list[str]:
        """Everything, for people."""
        out = [f"{self.items} performances, {self.seconds / 60.0:.1f} minutes, {len(self.sentences)} sentences, {len(self.voices)} voices, "
               f"{len(self.texts)} instruction texts, {len(self.phones)} phones in {len(self.pairs)} pairs"]  # fmt: skip
        for name, counts in self.seconds_by.items():
            out.append(
                f"{name}: " + ", ".join(f"{key} {100.0 * seconds / self.seconds:.0f} %" for key, seconds in sorted(counts.items(), key=lambda row: -row[1]))
            )
        return out + [row.row() for row in self.rows()] if self.items else out[:1]


def _in_speech(item: Item) -> NDArray[np.bool_]:
    """Frames from the first sound to the last, bool [T]."""
    phones = item["phones"]
    said = phones[phones["label"] != ""]
    times: NDArray[np.float64] = np.arange(len(item["channels"])) / MOTION_RATE
    return (times >= float(said["start_s"][0])) & (times < float(said["end_s"][-1])) if len(said) else np.zeros(len(times), bool)


def _mean(values: Iterable[float]) -> float | None:
    found = list(values)
    return math.fsum(found) / len(found) if found else None


def _spread(values: list[float]) -> float | None:
    mean = _mean(values)
    return float(np.std(values)) / mean if mean and len(values) > 1 else None
