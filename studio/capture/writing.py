"""Takes on disk: the camera's pictures with their own times, and the microphone's sound beside them, in one film.

The film is Matroska, which is readable up to its last second whatever happens to the one who writes it.
"""

from __future__ import annotations

import logging
import queue
import threading
import time
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QCoreApplication

from engine.core.errors import EngineError, OutputError
from studio.capture.door import Rgb

log = logging.getLogger(__name__)
_MS = Fraction(1, 1000)
_WAITING = 90  # pictures that may wait to be written: three seconds
_BLOCK = 1024  # samples of the microphone
_SOUND_LATENCY_S = 0.05
_KEPT = "free the drive, or save the project elsewhere; what was recorded until then is kept"


class Microphone:
    """The default input, heard while it is open.

    Raises:
        EngineError: there is none, or it cannot be had.
    """

    def __init__(self) -> None:
        nobody = QCoreApplication.translate("Microphone", "there is no microphone that can be opened")
        remedy = QCoreApplication.translate("Microphone", "connect or enable one, or record without it")
        try:
            import sounddevice
        except (ImportError, OSError) as error:  # OSError: PortAudio is not installed
            raise EngineError(nobody, remedy) from error
        self.level = 0.0  # peak of the last block, 0 to 1
        self._lock = threading.Lock()
        self._blocks: list[tuple[NDArray[np.int16], float]] = []
        self._kept = False
        try:
            device = sounddevice.query_devices(kind="input")
            self.rate = int(device["default_samplerate"])
            self.name = str(device["name"])
            self._stream = sounddevice.InputStream(
                samplerate=self.rate, channels=1, dtype="int16", blocksize=_BLOCK, latency=_SOUND_LATENCY_S, callback=self._callback
            )
            self._stream.start()
        except (sounddevice.PortAudioError, ValueError) as error:
            raise EngineError(nobody, remedy) from error

    @property
    def active(self) -> bool:
        """False once the device went away."""
        return bool(self._stream.active)

    def keep(self, on: bool) -> None:
        """Let what is heard wait to be taken, from now on or no longer."""
        with self._lock:
            self._kept = on
            self._blocks.clear()

    def take(self) -> list[tuple[NDArray[np.int16], float]]:
        """Blocks heard since the last time, and when the first sample of each was, by the monotonic clock."""
        with self._lock:
            blocks, self._blocks = self._blocks, []
            return blocks

    def close(self) -> None:
        """Give the device back."""
        self._stream.abort()
        self._stream.close()

    def _callback(self, samples: NDArray[np.int16], _frames: int, times: Any, _status: object) -> None:
        age_s = max(0.0, float(times.currentTime) - float(times.inputBufferAdcTime))
        self.level = float(np.abs(samples.astype(np.int32)).max()) / 32768.0 if len(samples) else 0.0
        with self._lock:
            if self._kept:
                self._blocks.append((samples[:, 0].copy(), time.monotonic() - (age_s if age_s < 1.0 else 0.0)))


class TakeWriter:
    """Writes one take on a thread of its own.

    Args:
        path: of the film; it appears soon, and is complete after `close`.
        size: of the pictures.
        microphone: open; None for none. It stays the caller's.

    Attributes:
        error: why it could not be written, or not on; None while all is well.
    """

    def __init__(self, path: Path, size: tuple[int, int], microphone: Microphone | None = None) -> None:
        self.path, self.frames, self.lost = path, 0, 0
        self.first_s: float | None = None  # when the first picture was taken
        self.error: EngineError | None = None
        self._size, self._microphone = size, microphone
        self._last_ms = -1
        self._heard = 0  # samples written
        self._out: Any = None
        self._picture: Any = None
        self._sound: Any = None
        if microphone is not None:
            microphone.keep(True)
        self._queue: queue.Queue[tuple[Rgb, float] | None] = queue.Queue(_WAITING)
        self._thread = threading.Thread(target=self._run, name="take", daemon=True)
        self._thread.start()

    @property
    def length_s(self) -> float:
        """What is written."""
        return max(0, self._last_ms) / 1000

    @property
    def heard(self) -> bool:
        """True where there is sound in it."""
        return self._heard > 0

    def put(self, rgb: Rgb, time_s: float) -> None:
        """One picture more, and when it was taken; where the drive cannot follow, it is counted as lost."""
        try:
            self._queue.put_nowait((rgb, time_s))
        except queue.Full:
            self.lost += 1

    def close(self) -> None:
        """Write what waits and complete the file."""
        if self._thread.is_alive():
            self._queue.put(None)
            self._thread.join()

    def _run(self) -> None:
        ended = False
        try:
            self._open()
            while (item := self._queue.get()) is not None:
                self._write(*item)
            ended = True
            self._finish()
        except OSError as error:  # PyAV's errors among them
            self.error = OutputError(f"the take {self.path.name} could not be written ({error.strerror or error})", _KEPT)
            log.warning("a take broke off", exc_info=True)
        except ValueError as error:
            self.error = EngineError(f"the take {self.path.name} could not be written ({error})", _KEPT)
            log.warning("a take broke off", exc_info=True)
        if self._microphone is not None:
            self._microphone.keep(False)
        while not ended and self._queue.get() is not None:  # nobody who gives pictures must wait
            self.lost += 1

    def _open(self) -> None:
        import av

        self._out = av.open(str(self.path), "w", format="matroska")
        self._picture = self._out.add_stream("libx264", rate=30, options={"preset": "ultrafast", "crf": "17", "tune": "zerolatency"})
        self._picture.width, self._picture.height = self._size[0] - self._size[0] % 2, self._size[1] - self._size[1] % 2
        self._picture.pix_fmt, self._picture.time_base = "yuv420p", _MS
        self._picture.codec_context.time_base = _MS
        if self._microphone is not None:
            self._sound = self._out.add_stream("pcm_s16le", rate=self._microphone.rate, layout="mono")

    def _write(self, rgb: Rgb, time_s: float) -> None:
        import av

        if self.first_s is None:
            self.first_s = time_s
        stamp = round((time_s - self.first_s) * 1000)
        if stamp > self._last_ms:
            frame = av.VideoFrame.from_ndarray(np.ascontiguousarray(rgb[: self._picture.height, : self._picture.width]), format="rgb24")
            frame.pts, frame.time_base = stamp, _MS
            self._out.mux(self._picture.encode(frame))
            self._last_ms = stamp
            self.frames += 1
        self._write_sound()

    def _write_sound(self) -> None:
        """What the microphone heard since the first picture; silence where it was late."""
        if self._microphone is None or self.first_s is None:
            return
        rate = self._microphone.rate
        for samples, begun_s in self._microphone.take():
            at = round((begun_s - self.first_s) * rate)
            if self._heard == 0 and at > 0:
                self._encode(np.zeros(at, np.int16))
            elif self._heard == 0 and at < 0:
                samples = samples[-at:]
            if len(samples):
                self._encode(samples)

    def _encode(self, samples: NDArray[np.int16]) -> None:
        import av

        assert self._microphone is not None
        frame = av.AudioFrame.from_ndarray(np.ascontiguousarray(samples[None]), format="s16", layout="mono")
        frame.sample_rate, frame.pts, frame.time_base = self._microphone.rate, self._heard, Fraction(1, self._microphone.rate)
        self._heard += len(samples)
        self._out.mux(self._sound.encode(frame))

    def _finish(self) -> None:
        self._write_sound()
        if self.frames:
            self._out.mux(self._picture.encode(None))
        if self._sound is not None and self._heard:
            self._out.mux(self._sound.encode(None))
        self._out.close()


class Take:
    """A take that is over, and where it belongs.

    Args:
        writer: wrote it.
        microphone: to be given back; None for none.
        project: the number of the project that was open.
        line_id: the line it is for; None where it becomes one of its own.
        start_s: when its first picture is, seconds of the line.
    """

    def __init__(self, writer: TakeWriter, microphone: Microphone | None, project: int, line_id: str | None, start_s: float) -> None:
        self.writer, self.project, self.line_id, self.start_s = writer, project, line_id, start_s
        self._microphone = microphone
        self._closing = threading.Lock()

    def close(self) -> None:
        """Complete the file and give the microphone back; not on the window's thread but at its end, for both may wait for their device."""
        with self._closing:
            microphone, self._microphone = self._microphone, None
            self.writer.close()
            if microphone is not None:
                microphone.close()
