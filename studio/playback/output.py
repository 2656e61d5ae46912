"""The sound device: plays a feed and tells, by the device's own clock, what is heard now.

The position is the samples handed over before a callback, plus the time since the callback's samples were due at the speaker
(`stream.time - outputBufferDacTime`), as the median of the last callbacks tells it. Only differences of these times are used:
their zero differs between systems.
"""

from __future__ import annotations

import ctypes
import sys
import time
from collections import deque
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QCoreApplication

from engine.core.errors import EngineError
from studio.playback.clock import Loop
from studio.playback.feed import Feed
from studio.playback.tape import Tape

if TYPE_CHECKING:
    from engine.speech.files import Sound

LATENCY_S = 0.1  # of the device's buffer: the picture follows the clock, so a long one costs nothing but safety
SCRUB_S = 0.07  # heard at each place while scrubbing
_FADE = 256  # samples faded at both ends of what is heard while scrubbing
_FIRST_LOOK_S = 0.5  # after which the clock is compared with the system's
_STUCK_S = 1.5


class NoSound(EngineError):
    """There is no sound device to play on."""


@dataclass(frozen=True)
class _Run:
    """From sample `written` of the stream on, the line plays from sample `frame` at `speed`."""

    written: int
    frame: float
    speed: float = 1.0


class SoundClock:
    """Plays one line on the default output device; a `Clock`.

    Raises:
        NoSound: no library, no device, or it cannot be opened.
    """

    audible = True

    def __init__(self) -> None:
        _hush_alsa()
        try:
            import sounddevice
        except (ImportError, OSError) as error:  # OSError: PortAudio is not installed
            raise NoSound(f"no sound library ({_first_line(error)})", "Debian, Ubuntu: apt-get install libportaudio2") from error
        self._errors = sounddevice.PortAudioError
        try:
            device = sounddevice.query_devices(kind="output")
            self.rate = int(device["default_samplerate"])
            self.channels = min(2, int(device["max_output_channels"]))
            self._stream = sounddevice.OutputStream(
                samplerate=self.rate, channels=self.channels, dtype="float32", latency=LATENCY_S, callback=self._callback
            )  # fmt: skip
        except (self._errors, ValueError) as error:
            raise NoSound(
                QCoreApplication.translate("Clock", "no sound device"), QCoreApplication.translate("Clock", "connect or enable one, then start again")
            ) from error
        self.description = QCoreApplication.translate("Clock", "Sound: {device}").format(device=device["name"])
        self.trouble = ""
        self.underruns = 0  # samples that were not there in time
        self._feed: Feed | None = None
        self._loop: tuple[int, int] | None = None
        self._frame = 0  # next sample of the line to hand over
        self._written = 0
        self._origins: deque[float] = deque(maxlen=3)  # when sample 0 of the stream was due, as the last callbacks tell it
        self._origin: float | None = None
        self._runs: deque[_Run] = deque(maxlen=256)
        self._tape: Tape | None = None  # plays where the speed is not 1
        self._speed = 1.0
        self._gain, self._heard = 1.0, (0.0, float("inf"))
        self._scrub: NDArray[np.float32] | None = None
        self._playing = False
        self._heard_s = 0.0
        self._began = self._called = 0.0

    def set_sound(self, sound: Sound | None) -> None:
        """Play this from now on; stops what plays."""
        self.stop()
        old, self._feed = self._feed, Feed(sound, self.rate, self.channels) if sound is not None else None
        self._shape()
        if old is not None:
            old.close()

    def set_heard(self, gain: float, start_s: float, end_s: float) -> None:
        """Play it louder or softer by a factor, and nothing outside a range of the line; holds from the next samples handed over."""
        self._gain, self._heard = gain, (start_s, end_s)
        self._shape()

    def _shape(self) -> None:
        if self._feed is not None:
            first, end = (round(min(max(t, 0.0) * self.rate, self._feed.frames)) for t in self._heard)
            self._feed.gain = self._gain
            self._feed.heard = (first, end)

    def close(self) -> None:
        """Give the device back."""
        self.stop()
        self.set_sound(None)
        self._stream.close()

    def aim(self, position_s: float) -> None:
        """Have the sound at a position ready, so that playing from there starts at once."""
        if self._feed is not None and not self._playing:
            self._feed.aim(round(position_s * self.rate))

    def start(self, position_s: float, loop: Loop | None, speed: float = 1.0) -> None:
        """Play from a position at a speed; backwards is heard backwards. What goes wrong is found in `trouble`."""
        self._halt()
        self._frame, self._speed = round(position_s * self.rate), speed
        self._heard_s = position_s
        self._set_loop(loop)
        if self._feed is not None and speed == 1.0:
            self._feed.prepare(self._frame)
            self._feed.aim(self._frame, self._loop[0] if self._loop else None)
        elif self._feed is not None:
            self._tape = Tape(self._feed, self._frame, speed, self._loop)
            self._tape.prepare()
        self._written, self._origin, self._scrub = 0, None, None
        self._origins.clear()
        self._runs.clear()
        self._runs.append(_Run(0, self._frame, speed))
        self._began = self._called = time.monotonic()
        self._playing = True
        self._go()

    def set_loop(self, loop: Loop | None) -> None:
        """Change the loop while playing: it holds from the next samples handed over; at another speed than 1 there is a short gap."""
        if self._playing and self._tape is not None:
            self.start(self.position(), loop, self._speed)
        else:
            self._set_loop(loop)

    def stop(self) -> None:
        """Be silent at once."""
        self._heard_s = self.position()
        self._halt()

    def scrub(self, position_s: float) -> None:
        """Let a moment at a position be heard while nothing plays."""
        if self._playing or self._feed is None or self.trouble:
            return
        frame = round(position_s * self.rate)
        if not self._feed.prepare(frame, 0.03):
            return
        piece = np.zeros((round(SCRUB_S * self.rate), self.channels), np.float32)
        self._feed.take(frame, piece)
        ramp = np.linspace(0.0, 1.0, _FADE, dtype=np.float32)[:, None]
        piece[:_FADE] *= ramp
        piece[-_FADE:] *= ramp[::-1]
        self._scrub = piece
        if not self._stream.active:
            self._go()

    def end_scrub(self) -> None:
        """No more is heard while nothing plays."""
        if not self._playing:
            self._halt()

    def position(self) -> float:
        """Seconds of the line heard now."""
        origin = self._origin
        if not self._playing:
            return self._heard_s
        if origin is None:
            self._watch(0.0)
            return self._heard_s
        try:
            now = self._stream.time
        except self._errors as error:
            self.trouble = QCoreApplication.translate("Clock", "the sound device is gone ({why})").format(why=_first_line(error))
            return self._heard_s
        heard = (now - origin) * self.rate
        self._watch(heard)
        run = next((r for r in reversed(list(self._runs)) if r.written <= heard), None)
        if run is None:
            return self._heard_s  # the first sample is still on its way
        here = (run.frame + (heard - run.written) * run.speed) / self.rate
        if self._feed is None and self._loop is not None:
            here = Loop(*(f / self.rate for f in self._loop)).wrapped(here, run.speed < 0)
        # The device's times jitter by less than a millisecond: never back, but for a loop.
        if abs(here - self._heard_s) < 0.05:
            here = max(self._heard_s, here) if run.speed > 0 else min(self._heard_s, here)
        self._heard_s = here
        return here

    def _watch(self, heard: float) -> None:
        """Notice a device that keeps no time: one that swallows sound at once, or one that stopped."""
        now = time.monotonic()
        elapsed = now - self._began
        if elapsed > _FIRST_LOOK_S and heard / self.rate > 1.5 * elapsed:
            self.trouble = QCoreApplication.translate("Clock", "the sound device keeps no time")
        elif now - self._called > _STUCK_S:  # nobody asks for samples any more
            self.trouble = QCoreApplication.translate("Clock", "the sound device stopped")

    def _set_loop(self, loop: Loop | None) -> None:
        self._loop = (round(loop.start_s * self.rate), round(loop.end_s * self.rate)) if loop is not None else None

    def _go(self) -> None:
        try:
            self._stream.start()
        except self._errors as error:
            self.trouble = QCoreApplication.translate("Clock", "the sound device does not start ({why})").format(why=_first_line(error))

    def _halt(self) -> None:
        self._playing = False
        self._scrub = None
        try:
            if self._stream.active:
                self._stream.abort()
        except self._errors as error:
            self.trouble = QCoreApplication.translate("Clock", "the sound device is gone ({why})").format(why=_first_line(error))
        tape, self._tape = self._tape, None
        if tape is not None:
            tape.close()

    # On the device's thread.

    def _callback(self, out: NDArray[np.float32], frames: int, times: Any, status: Any) -> None:
        if not self._playing or self._feed is None:
            self._play_scrub(out)
            if self._playing:  # no sound, but a clock
                self._note_due(times.outputBufferDacTime, frames)
                self._written += frames
            return
        self._note_due(times.outputBufferDacTime, frames)
        tape = self._tape
        if tape is not None:
            places, missing = tape.take(out)
            self._runs.extend(_Run(self._written + at, frame, tape.speed) for at, frame in places)
            if missing:  # the line stands still until there is sound again
                self.underruns += missing
                self._runs.append(_Run(self._written + frames - missing, tape.frame, 0.0))
            self._written += frames
            return
        done = 0
        while done < frames:
            loop = self._loop
            if loop is not None and self._frame >= loop[1] > loop[0]:
                self._frame = loop[0]
                self._runs.append(_Run(self._written + done, self._frame))
            n = frames - done if loop is None else max(1, min(frames - done, loop[1] - self._frame))
            self.underruns += self._feed.take(self._frame, out[done : done + n])
            self._frame += n
            done += n
        self._written += frames
        loop = self._loop
        self._feed.aim(self._frame, loop[0] if loop else None)

    def _note_due(self, dac_time: float, frames: int) -> None:
        # Calls in a burst fill the device's buffer, at the start above all: the times they give are early by up to a buffer.
        before, self._called = self._called, time.monotonic()
        if self._called - before > 0.4 * frames / self.rate:
            self._origins.append(dac_time - self._written / self.rate)
            self._origin = sorted(self._origins)[len(self._origins) // 2]

    def _play_scrub(self, out: NDArray[np.float32]) -> None:
        piece = self._scrub
        out[:] = 0.0
        if piece is not None:
            n = min(len(out), len(piece))
            out[:n] = piece[:n]
            self._scrub = piece[n:] if n < len(piece) else None


@lru_cache(maxsize=1)
def _hush_alsa() -> object:
    """Keep ALSA from writing to the terminal which cards a machine does not have; what matters comes back as an error."""
    if not sys.platform.startswith("linux"):
        return None
    try:
        library = ctypes.CDLL("libasound.so.2")
    except OSError:
        return None
    kind = ctypes.CFUNCTYPE(None, ctypes.c_char_p, ctypes.c_int, ctypes.c_char_p, ctypes.c_int, ctypes.c_char_p)
    handler = kind(lambda *_: None)
    library.snd_lib_error_set_handler(handler)
    return handler  # kept: the library goes on calling it


def _first_line(error: BaseException) -> str:
    return (str(error).strip().splitlines() or [type(error).__name__])[0]
