"""The player: where in the line we are, and what moves it. It knows no widgets and no pictures.

The sound leads: while playing, the position is the clock's, and whoever shows frames asks for the position and reports
each frame it has put on screen, so that dropped frames are counted and the offset of picture and sound is measured.
"""

from __future__ import annotations

import math
from fractions import Fraction
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from engine.core.timing import DEFAULT_RATE, frame_at, frame_count, frame_time, nearest_frame
from studio.playback.clock import Clock, Loop, SilentClock
from studio.playback.output import SoundClock
from studio.playback.statistics import FrameLog, PlaybackStatistics

if TYPE_CHECKING:
    from engine.speech.files import Sound

TICK_MS = 5  # between two looks at the clock: a quarter of the shortest frame at 50 per second


class Player(QObject):
    """Plays one line.

    Signals:
        moved(position_s): at every tick while playing, and at every seek.
        playing_changed(playing): it began or stopped.
        looping_changed(looping): the loop was switched.
        clock_changed(): another clock keeps the time.
    """

    moved = Signal(float)
    playing_changed = Signal(bool)
    looping_changed = Signal(bool)
    clock_changed = Signal()

    def __init__(self, parent: QObject | None = None, clock: Clock | None = None) -> None:
        super().__init__(parent)
        self._clock: Clock = clock or SilentClock()
        self._sound: Sound | None = None
        self._rate: Fraction = DEFAULT_RATE
        self._duration_s = 0.0
        self._position_s = 0.0
        self._playing = False
        self._looping = False
        self._span: Loop | None = None  # plays once and stops at its end
        self._resume = False
        self._log = FrameLog()
        self._played_s = 0.0
        self._underruns_before = 0
        self.scrub_audible = True
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(TICK_MS)
        self._timer.timeout.connect(self._tick)

    # What plays.

    @property
    def clock(self) -> Clock:
        """What keeps the time."""
        return self._clock

    @property
    def rate(self) -> Fraction:
        """Frames per second."""
        return self._rate

    @property
    def duration_s(self) -> float:
        """Length of the line; 0 where there is none."""
        return self._duration_s

    @property
    def frame_count(self) -> int:
        """Frames of the line; 0 where there is none."""
        return frame_count(self._duration_s, self._rate) if self._duration_s > 0 else 0

    def set_clock(self, clock: Clock) -> None:
        """Keep the time by another clock; what plays goes on."""
        here, playing = self.position_s, self._playing
        old, self._clock = self._clock, clock
        old.stop()
        if isinstance(old, SoundClock):
            old.close()
        if isinstance(clock, SoundClock):
            clock.set_sound(self._sound)
        if playing:
            clock.start(here, self._loop())
        self.clock_changed.emit()

    def set_line(self, duration_s: float, rate: Fraction, sound: Sound | None) -> None:
        """Play another line from now on, or the same one anew; stops."""
        self.stop()
        same = sound is self._sound
        if (duration_s, rate) != (self._duration_s, self._rate):
            self._log = FrameLog()
        self._duration_s, self._rate, self._sound = duration_s, rate, sound
        if isinstance(self._clock, SoundClock) and not same:
            self._clock.set_sound(sound)
        self.seek(min(self._position_s, duration_s))

    def close(self) -> None:
        """Stop, and give the sound device back."""
        self.stop()
        self._sound = None
        if isinstance(self._clock, SoundClock):
            self._clock.close()
        self._clock = SilentClock()

    # Where we are.

    @property
    def playing(self) -> bool:
        """True while the position moves by itself."""
        return self._playing

    @property
    def looping(self) -> bool:
        """True if the line begins again at its end."""
        return self._looping

    @property
    def position_s(self) -> float:
        """Seconds of the line heard now."""
        return min(self._clock.position(), self._duration_s) if self._playing else self._position_s

    @property
    def frame(self) -> int:
        """The frame that belongs on screen now."""
        return self.frame_of(self.position_s)

    def frame_of(self, time_s: float) -> int:
        """The frame on screen at a time of the line."""
        return min(max(frame_at(time_s, self._rate), 0), max(0, self.frame_count - 1))

    def position_after(self, delay_s: float) -> float:
        """Where the line will be in `delay_s` seconds if nobody interferes."""
        here = self.position_s
        if not self._playing:
            return here
        loop = self._loop()
        return loop.wrapped(here + delay_s) if loop is not None else min(here + delay_s, self._duration_s)

    # What moves it.

    def play(self) -> None:
        """Play from the position, or from the start where it is at the end."""
        self._span = None
        at_end = self._position_s >= self._duration_s - 0.5 / float(self._rate)
        self._start(0.0 if at_end else self._position_s)

    def play_span(self, start_s: float, end_s: float) -> None:
        """Play a range once."""
        self.stop()
        self._span = Loop(start_s, end_s)
        self._start(start_s)

    def _start(self, position_s: float) -> None:
        if self._playing or self._duration_s <= 0:
            return
        self._position_s = position_s
        self._log.begin(self.frame_of(position_s))
        self._played_s = 0.0
        self._underruns_before = self._underruns()
        self._clock.start(position_s, self._loop())
        self._playing = True
        self._timer.start()
        self.playing_changed.emit(True)

    def stop(self) -> None:
        """Stand still where we are."""
        if not self._playing:
            return
        self._position_s = self.position_s
        self._clock.stop()
        self._timer.stop()
        self._playing = False
        self._span = None
        self._log.note_end(self.frame_of(self._position_s))
        self.playing_changed.emit(False)
        self.moved.emit(self._position_s)

    def toggle(self) -> None:
        """Play, or stop."""
        if self._playing:
            self.stop()
        else:
            self.play()

    def seek(self, time_s: float) -> None:
        """Go to a time; what plays goes on from there."""
        playing = self._playing
        self.stop()
        self._position_s = min(max(time_s, 0.0), self._duration_s)
        if isinstance(self._clock, SoundClock):
            self._clock.aim(self._position_s)
        if playing:
            self._start(self._position_s)
        self.moved.emit(self._position_s)

    def step(self, frames: int) -> None:
        """Stop and go on or back by whole frames, to a frame's own time."""
        self.stop()
        frame = nearest_frame(self._position_s, self._rate) + frames
        self.seek(frame_time(min(max(frame, 0), max(0, self.frame_count - 1)), self._rate))

    def go_home(self) -> None:
        """To the first frame."""
        self.seek(0.0)

    def go_end(self) -> None:
        """To the last frame."""
        self.stop()
        self.seek(frame_time(max(0, self.frame_count - 1), self._rate))

    def set_looping(self, looping: bool) -> None:
        """Begin again at the end, or stop there."""
        if looping == self._looping:
            return
        self._looping = looping
        if self._playing:
            self._clock.set_loop(self._loop())
        self.looping_changed.emit(looping)

    def begin_scrub(self) -> None:
        """The pointer takes the position over."""
        self._resume = self._playing
        self.stop()

    def scrub(self, time_s: float) -> None:
        """The pointer is at a time; a moment of sound is heard."""
        self.seek(time_s)
        if self.scrub_audible and isinstance(self._clock, SoundClock):
            self._clock.scrub(self._position_s)

    def end_scrub(self) -> None:
        """The pointer lets go; what played goes on."""
        if isinstance(self._clock, SoundClock):
            self._clock.end_scrub()
        if self._resume:
            self.play()
        self._resume = False

    def _loop(self) -> Loop | None:
        return Loop(0.0, self._duration_s) if self._looping and self._span is None else None

    def _tick(self) -> None:
        before = self._position_s
        if self._clock.trouble:
            self.set_clock(SilentClock(self._clock.trouble))
        here = self.position_s
        self._position_s = here
        # Far back is the loop begun again, a little back the device's clock put right.
        self._played_s += here - before + (self._duration_s if before - here > self._duration_s / 2 else 0.0)
        end_s = self._span.end_s if self._span is not None else self._duration_s
        if here >= end_s and self._loop() is None:
            self.stop()
            return
        self.moved.emit(here)

    # How it went.

    def note_shown(self, frame: int) -> None:
        """A frame has come on screen; counts only while playing."""
        if self._playing:
            offset_s = self._clock.position() - frame_time(frame, self._rate)
            if self._loop() is not None:  # the last frame may come on screen when the sound has begun again
                offset_s = math.remainder(offset_s, self._duration_s)
            self._log.note_shown(frame, offset_s, 0, max(0, self.frame_count - 1))

    @property
    def dropped(self) -> int:
        """Frames of this playback, or the last one, that were due and never shown."""
        return self._log.dropped

    def statistics(self) -> PlaybackStatistics:
        """This playback, or the last one, in numbers."""
        return self._log.summary(self._played_s, self._underruns() - self._underruns_before, self._clock.description)

    def _underruns(self) -> int:
        return self._clock.underruns if isinstance(self._clock, SoundClock) else 0
