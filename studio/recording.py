"""Recording a performance: while the line plays, the values a person moves a slider or a handle to become keys.

What is sampled lies at the time that is heard: the player's position is the sound device's own clock, its latency taken off, and a
caller that knows how old an event is says so. When playing stops, or the recording is switched off meanwhile, the samples are
thinned to few keys and replace those of the stretch, with smooth joins to what lies around it, as one step. No widgets.
"""

from __future__ import annotations

import itertools
import math
import time
from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QCoreApplication, QObject, Signal

from engine.core.curve_fitting import simplify
from engine.core.curve_ops import SAME_KEY_S, inserted, put, with_slopes
from engine.core.curves import Curve, Key
from engine.core.errors import EngineError
from engine.project.change import Composite
from engine.project.document import LineDoc, value_limits
from engine.project.edits import SetCurve
from engine.project.parts import INTENSITY_TRACK, LAYER_TRACK
from studio.playback.player import Player
from studio.session import Session

JOIN_S = 0.12  # over which a recorded stretch passes into what lies around it
TOLERANCE = 0.012  # share of a track's span by which the keys may miss a sample
_PER_S = 100  # samples kept of each second
_MOVE_S = 0.06  # a hand's moves come in steps; what lies closer together is one
_GAP_S = 0.25  # without samples, from which on two stretches are meant
_SHOW_S = 0.2  # between two looks at what has been recorded so far, in the picture
_AHEAD_S = 0.6  # for which the value now holds on there: what is drawn next shows it

Floats = NDArray[np.float64]


@dataclass
class _Take:
    """What one track was given: samples by their place in time; what is played again replaces what was there."""

    before: Curve
    held: float | None = None  # the value while a hand is on it
    last_s: float = -math.inf  # up to where there are samples
    given_s: float = -math.inf  # when the hand moved last
    samples: dict[int, float] = field(default_factory=dict)

    def give(self, time_s: float, value: float) -> None:
        """The hand moved: from its last move on the value went there evenly, after a rest in a short moment."""
        since, before = max(self.given_s, time_s - _MOVE_S), self.held
        self.put(time_s, value)
        if before is not None and since < time_s:
            for at in range(round(since * _PER_S) + 1, round(time_s * _PER_S)):
                share = (at / _PER_S - since) / (time_s - since)
                self.samples[at] = before + min(max(share, 0.0), 1.0) * (value - before)
        self.given_s = time_s

    def put(self, time_s: float, value: float) -> None:
        """A value at a time; between this and the last one, shortly before, it was the last one's."""
        here, there = round(time_s * _PER_S), round(self.last_s * _PER_S) if math.isfinite(self.last_s) else None
        if there is not None and self.held is not None and 1 < abs(here - there) <= _GAP_S * _PER_S:
            way = 1 if here > there else -1
            for at in range(there + way, here, way):
                self.samples[at] = self.held
        self.samples[here] = value
        self.held, self.last_s = value, time_s

    def stretches(self) -> list[tuple[Floats, Floats]]:
        """Times and values of each stretch without a gap."""
        places = sorted(self.samples)
        cuts = [i for i, (a, b) in enumerate(itertools.pairwise(places), 1) if b - a > _GAP_S * _PER_S]
        out = []
        for first, end in itertools.pairwise([0, *cuts, len(places)]):
            part = places[first:end]
            out.append((np.array(part, np.float64) / _PER_S, np.array([self.samples[p] for p in part], np.float64)))
        return out


class Recorder(QObject):
    """Records tracks of the current line while it plays.

    Args:
        session: gets the keys.
        player: says when, and when it is over.

    Signals:
        armed_changed(armed): recording was switched on or off.
        recording_changed(tracks): these addresses are being recorded now; none when it is over.
        recorded(tracks): they have got keys, as one step.
    """

    armed_changed = Signal(bool)
    recording_changed = Signal(tuple)
    recorded = Signal(tuple)

    def __init__(self, session: Session, player: Player, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session, self._player = session, player
        self._armed: frozenset[str] | None = None  # empty: whatever is touched
        self._takes: dict[str, _Take] = {}
        self._begun = False
        self._line_id = ""
        self._shown_s = 0.0
        player.moved.connect(self._on_moved)
        player.playing_changed.connect(lambda playing: None if playing else self.finish())
        session.line_changed.connect(self.finish)

    @property
    def armed(self) -> bool:
        """True if what is moved while playing is recorded."""
        return self._armed is not None

    @property
    def tracks(self) -> tuple[str, ...]:
        """Addresses that are being recorded."""
        return tuple(sorted(self._takes))

    @property
    def active(self) -> bool:
        """True while values are taken: armed, and the line plays."""
        return self.armed and self._player.playing and self._session.line is not None and not self._session.read_only

    def arm(self, tracks: Iterable[str] | None = ()) -> None:
        """Record these tracks while playing; none of them for whatever is touched. While it plays this punches in."""
        before = self.armed
        self._armed = frozenset(tracks or ())
        if not before:
            self.armed_changed.emit(True)

    def disarm(self) -> None:
        """Record no more; while it plays this punches out."""
        if self._armed is not None:
            self._armed = None
            self.finish()
            self.armed_changed.emit(False)

    def takes(self, track: str) -> bool:
        """True if a value of this track would be recorded now."""
        line = self._session.line
        if not self.active or line is None or not (not self._armed or track in self._armed):
            return False
        if track.startswith(LAYER_TRACK):
            layer_id = track.split("/")[1]
            return line.has_part("layers", layer_id) and not line.layer(layer_id).lock
        return not line.track_state(track).lock and not line.track_state(track.split("/")[0]).lock

    def feed(self, track: str, value: float, age_s: float = 0.0) -> bool:
        """A person gave a track a value.

        Args:
            track: its address.
            value: given.
            age_s: how long ago, if the caller knows.

        Returns:
            True if it is recorded; False if it is to be keyed as usual.
        """
        line = self._session.line
        if line is None or not self.takes(track):
            return False
        self.begin()
        if track not in self._takes:
            self._takes[track] = _Take(line.curve(track))
            self.recording_changed.emit(self.tracks)
        low, high = value_limits(line, track)
        self._takes[track].give(self._player.position_s - age_s * self._player.speed, min(max(value, low), high))
        return True

    def begin(self) -> None:
        """What is edited from here on belongs to the step of the recording; a value that is fed begins it too."""
        line = self._session.line
        if line is not None and self.active and not self._begun:
            self._begun, self._line_id = True, line.id
            self._session.begin_drag(self.tr("Record performance"))

    def let_go(self, track: str | None = None) -> None:
        """The hand is off a track, or all: what it was is what it is from here on."""
        for name, take in self._takes.items():
            if track in (None, name):
                take.held, take.last_s, take.given_s = None, -math.inf, -math.inf

    def finish(self) -> None:
        """Make what was recorded keys, as one step."""
        if not self._begun:
            return
        self._begun = False
        takes, self._takes = self._takes, {}
        line = self._session.line
        kept = line is not None and line.id == self._line_id
        if kept and takes and line is not None:
            self._session.apply(self._edit(line, takes, ahead_s=0.0))
        self._session.end_drag(keep=True)
        self.recording_changed.emit(())
        if kept and takes:
            self.recorded.emit(tuple(sorted(takes)))

    def _on_moved(self, time_s: float) -> None:
        if not self._takes or not self._player.playing:
            return
        if not self._session.history.dragging:  # undone meanwhile: the step is over, and so is what was recorded
            self._takes, self._begun = {}, False
            self.recording_changed.emit(())
            return
        for take in self._takes.values():
            if take.held is not None:
                take.put(time_s, take.held)
        now_s = time.monotonic()
        line = self._session.line
        if now_s - self._shown_s >= _SHOW_S and line is not None and line.id == self._line_id:
            self._shown_s = now_s
            self._session.apply(self._edit(line, self._takes, _AHEAD_S))

    def _edit(self, line: LineDoc, takes: dict[str, _Take], ahead_s: float) -> Composite:
        """All curves with what was recorded; one such edit replaces the one before it in the step."""
        edits = []
        for track, take in sorted(takes.items()):
            low, high = value_limits(line, track)
            curve = take.before
            stretches = take.stretches()
            for k, (times_s, values) in enumerate(stretches):
                if ahead_s and k == len(stretches) - 1 and take.held is not None:
                    times_s, values = np.append(times_s, times_s[-1] + ahead_s), np.append(values, values[-1])
                rest = 1.0 if track == INTENSITY_TRACK else 0.0
                curve = recorded(curve, times_s, values, (high - low) * TOLERANCE, rest, self._player.duration_s)
            keys = tuple(Key(k.time_s, min(max(k.value, low), high), k.tangent, k.in_slope, k.out_slope) for k in curve.keys)
            edits.append(SetCurve(line.id, track, Curve(keys)))
        return Composite(tuple(edits), self.tr("Record performance"), "recording")


def recorded(curve: Curve, times_s: Floats, values: Floats, tolerance: float, rest: float = 0.0, end_s: float = math.inf) -> Curve:
    """A curve with a recorded stretch in the place of what was there.

    Args:
        curve: as it was.
        times_s: of the samples, rising, float64 [N], N >= 1.
        values: float64 [N].
        tolerance: by which the keys may miss a sample.
        rest: the value of a curve without keys.
        end_s: of the line; the join ends there at the latest.

    Raises:
        EngineError: the samples make no curve.
    """
    if not len(times_s):
        what = QCoreApplication.translate("Recorder", "nothing was recorded")
        raise EngineError(what, QCoreApplication.translate("Recorder", "move a slider while the line plays"))
    first_s, last_s = float(times_s[0]), float(times_s[-1])
    from_s = max(0.0, first_s - JOIN_S)
    to_s = max(last_s, min(last_s + JOIN_S, end_s))
    base = curve if curve.keys else Curve((Key(from_s, rest),))
    for edge_s in (from_s, to_s):
        base = inserted(base, edge_s)
    into = np.arange(from_s, first_s - 0.5 / _PER_S, 1 / _PER_S)
    out = np.arange(to_s, last_s + 0.5 / _PER_S, -1 / _PER_S)[::-1]
    rising = _joined(base, into, (into - from_s) / max(first_s - from_s, 1e-9), float(values[0]))
    falling = _joined(base, out, (to_s - out) / max(to_s - last_s, 1e-9), float(values[-1]))
    fitted = simplify(np.concatenate([into, times_s, out]), np.concatenate([rising, values, falling]), tolerance)
    outside = Curve(tuple(k for k in base.keys if k.time_s < from_s - SAME_KEY_S or k.time_s > to_s + SAME_KEY_S))
    return put(outside, _kept_at_edges(base, fitted.keys))


def _kept_at_edges(base: Curve, keys: tuple[Key, ...]) -> list[Key]:
    """Keys whose first and last go on outwards as the curve did that they lie in."""
    slope_in, slope_out = base.slopes()
    out = list(keys)
    for at, outer in ((0, slope_in), (-1, slope_out)):
        key, there = out[at], base.index_near(out[at].time_s, SAME_KEY_S)
        if there >= 0 and len(keys) > 1:
            slopes = (float(outer[there]), key.out_slope) if at == 0 else (key.in_slope, float(outer[there]))
            out[at] = with_slopes(key, *slopes)
    return out


def _joined(base: Curve, times_s: Floats, share: Floats, value: float) -> Floats:
    """From what was there, at a share of 0, to a value, at 1; without a corner at either end."""
    if not len(times_s):
        return np.empty(0)
    smooth = np.clip(share, 0.0, 1.0)
    smooth = smooth * smooth * (3.0 - 2.0 * smooth)
    before = np.asarray(base.evaluate(times_s), np.float64)
    return before + smooth * (value - before)
