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
SPEEDS: tuple[float, ...] = (0.25, 0.5, 1.0, 2.0)  # a person chooses one of these
FASTEST_SHUTTLE = 4.0
SLOW = 0.25  # of J or L while K is held


class Player(QObject):
    """Plays one line, at any speed, forwards and backwards.

    Signals:
        moved(position_s): at every tick while playing, and at every seek.
        playing_changed(playing): it began or stopped.
        course_changed(): while playing it goes on differently: another speed, range or loop.
        looping_changed(looping): the loop was switched.
        speed_changed(speed): seconds of the line per second, of what plays or would; negative is backwards.
        range_changed(): another range between in and out.
        clock_changed(): another clock keeps the time.
    """

    moved = Signal(float)
    playing_changed = Signal(bool)
    course_changed = Signal()
    looping_changed = Signal(bool)
    speed_changed = Signal(float)
    range_changed = Signal()
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
        self._speed = 1.0  # of Play
        self._shuttle: float | None = None  # of what plays, where J, K or L set it
        self._range: tuple[float | None, float | None] = (None, None)
        self._heard = (1.0, 0.0, math.inf)  # gain as a factor, trimmed start and end
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
            clock.set_heard(*self._heard)
            clock.set_sound(self._sound)
        if playing:
            clock.start(here, self._loop(), self.speed)
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

    def set_heard(self, gain_db: float, start_s: float | None = None, end_s: float | None = None) -> None:
        """Play the sound louder or softer, and nothing outside a trimmed range of the line; holds at once.

        Args:
            gain_db: decibels.
            start_s: where the line begins to be heard; None for its start.
            end_s: where it ends; None for its end.
        """
        heard = (10.0 ** (gain_db / 20.0), start_s or 0.0, math.inf if end_s is None else end_s)
        if heard != self._heard:
            self._heard = heard
            if isinstance(self._clock, SoundClock):
                self._clock.set_heard(*heard)

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
        """True if what plays begins again at its end."""
        return self._looping

    @property
    def speed(self) -> float:
        """Seconds of the line per second, of what plays, or of what Play would; negative is backwards."""
        return self._speed if self._shuttle is None else self._shuttle

    @property
    def direction(self) -> int:
        """1 forwards, -1 backwards."""
        return 1 if self.speed > 0 else -1

    @property
    def stride(self) -> int:
        """Of so many frames one is shown: at double speed every second."""
        return max(1, math.ceil(abs(self.speed) - 1e-6))

    @property
    def in_s(self) -> float | None:
        """The in point; None where there is none."""
        return self._range[0]

    @property
    def out_s(self) -> float | None:
        """The out point; None where there is none."""
        return self._range[1]

    @property
    def loop_frames(self) -> tuple[int, int] | None:
        """First frame and end of what repeats; None where nothing does."""
        loop = self._loop()
        if loop is None:
            return None
        first = self.frame_of(loop.start_s)
        return first, max(first + 1, min(math.ceil(loop.end_s * float(self._rate) - 1e-6), self.frame_count))

    @property
    def position_s(self) -> float:
        """Seconds of the line heard now."""
        return min(max(self._clock.position(), 0.0), self._duration_s) if self._playing else self._position_s

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
        there = here + delay_s * self.speed
        loop = self._loop()
        return loop.wrapped(there, self.speed < 0) if loop is not None else min(max(there, 0.0), self._duration_s)

    # What moves it.

    def play(self) -> None:
        """Play from the position at the chosen speed; from the start where it is at the end, and in a loop from the in point."""
        self._span, self._shuttle = None, None
        self._start(self._beginning())

    def _beginning(self) -> float:
        """Where to begin, going the way we go: the position, or the range's near end where it lies outside."""
        loop, here, near = self._loop(), self._position_s, 0.5 / float(self._rate)
        low, high = (loop.start_s, loop.end_s) if loop is not None else (0.0, self._duration_s)
        if self.speed > 0:
            return low if here >= high - near or (loop is not None and here < low) else here
        return high if here <= low + near or (loop is not None and here > high) else here

    def play_span(self, start_s: float, end_s: float) -> None:
        """Play a range once."""
        self.stop()
        self._span = Loop(start_s, end_s)
        self._start(start_s)

    def _start(self, position_s: float) -> None:
        if self._playing or self._duration_s <= 0:
            return
        self._position_s = position_s
        self._log.begin(self.frame_of(position_s), self.direction, self.stride)
        self._played_s = 0.0
        self._underruns_before = self._underruns()
        self._clock.start(position_s, self._loop(), self.speed)
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
        self._log.note_end(self.frame_of(self._position_s))
        self._playing = False
        self._span = None
        self._set_shuttle(None)
        self.playing_changed.emit(False)
        self.moved.emit(self._position_s)

    def toggle(self) -> None:
        """Play, or stop."""
        if self._playing:
            self.stop()
        else:
            self.play()

    # How fast.

    def set_speed(self, speed: float) -> None:
        """Play at this speed from now on, its pitch kept; what plays does at once.

        Args:
            speed: seconds of the line per second, 0.1 to 4.
        """
        self._speed = min(max(speed, 0.1), FASTEST_SHUTTLE)
        if self._playing and self._shuttle is not None:
            self._shuttle = None
            self._go_on()
        elif self._playing:
            self._go_on()
        self.speed_changed.emit(self.speed)

    def shuttle(self, direction: int) -> None:
        """Play that way; if it does already, twice as fast, up to four times.

        Args:
            direction: 1 forwards, -1 backwards.
        """
        now = self.speed
        faster = self._playing and now * direction > 0
        self._play_at(direction * (min(max(abs(now) * 2, 1.0), FASTEST_SHUTTLE) if faster else 1.0))

    def creep(self, direction: int) -> None:
        """Play that way at a quarter of the speed."""
        self._play_at(direction * SLOW)

    def _play_at(self, speed: float) -> None:
        self._span = None
        before = self.speed if self._playing else None
        self._set_shuttle(speed)
        if not self._playing:
            self._start(self._beginning())
        elif before != speed:
            self._go_on()

    def _set_shuttle(self, speed: float | None) -> None:
        before, self._shuttle = self.speed, speed
        if self.speed != before:
            self.speed_changed.emit(self.speed)

    def _go_on(self) -> None:
        """Play on from here with what has changed."""
        here = self._clock.position()
        self._position_s = min(max(here, 0.0), self._duration_s)
        self._clock.start(self._beginning(), self._loop(), self.speed)
        self._log.turn(self.frame, self.direction, self.stride)
        self.course_changed.emit()

    # Where to.

    def seek(self, time_s: float) -> None:
        """Go to a time; what plays goes on from there."""
        playing, shuttle = self._playing, self._shuttle
        self.stop()
        self._position_s = min(max(time_s, 0.0), self._duration_s)
        if isinstance(self._clock, SoundClock):
            self._clock.aim(self._position_s)
        if playing:
            self._set_shuttle(shuttle)
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
        self._reloop()
        self.looping_changed.emit(looping)

    def set_range(self, in_s: float | None, out_s: float | None) -> None:
        """Loop between these points; None for the line's start or end."""
        if (in_s, out_s) == self._range:
            return
        self._range = (in_s, out_s)
        self._reloop()
        self.range_changed.emit()

    def _reloop(self) -> None:
        if not self._playing:
            return
        loop = self._loop()
        if loop is not None and not loop.start_s <= self.position_s < loop.end_s:
            self._go_on()
        else:
            self._clock.set_loop(loop)
            self.course_changed.emit()

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
        if not self._looping or self._span is not None or self._duration_s <= 0:
            return None
        start_s = min(max(self._range[0] or 0.0, 0.0), self._duration_s)
        end_s = self._duration_s if self._range[1] is None else min(self._range[1], self._duration_s)
        # A range that lies outside the line, or is shorter than a frame, repeats nothing.
        return Loop(start_s, end_s) if end_s - start_s >= 1.0 / float(self._rate) else Loop(0.0, self._duration_s)

    def _tick(self) -> None:
        before = self._position_s
        if self._clock.trouble:
            self.set_clock(SilentClock(self._clock.trouble))
        here = self.position_s
        self._position_s = here
        loop = self._loop()
        gone = self.direction * (here - before)
        # Far back is the loop begun again, a little back the device's clock put right.
        self._played_s += gone + (loop.length_s if loop is not None and gone < -loop.length_s / 2 else 0.0)
        if loop is None and self._at_end(here):
            self.stop()
            return
        self.moved.emit(here)

    def _at_end(self, here: float) -> bool:
        if self.speed < 0:
            return here <= (self._span.start_s if self._span is not None else 0.0)
        return here >= (self._span.end_s if self._span is not None else self._duration_s)

    # How it went.

    def note_shown(self, frame: int) -> None:
        """A frame has come on screen; counts only while playing."""
        if not self._playing:
            return
        # Backwards, a frame is due from its end on.
        due_s = frame_time(frame if self.speed > 0 else frame + 1, self._rate)
        offset_s = (self._clock.position() - due_s) / self.speed
        loop = self._loop()
        if loop is not None:  # the last frame may come on screen when the sound has begun again
            offset_s = math.remainder(offset_s, loop.length_s / abs(self.speed))
        first, end = self.loop_frames or (0, max(1, self.frame_count))
        self._log.note_shown(frame, offset_s, first, end - 1)

    @property
    def dropped(self) -> int:
        """Frames of this playback, or the last one, that were due and never shown."""
        return self._log.dropped

    def statistics(self) -> PlaybackStatistics:
        """This playback, or the last one, in numbers."""
        return self._log.summary(self._played_s, self._underruns() - self._underruns_before, self._clock.description)

    def _underruns(self) -> int:
        return self._clock.underruns if isinstance(self._clock, SoundClock) else 0
