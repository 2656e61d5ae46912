"""Decoded sound, ready before the device asks for it: blocks read ahead on a thread, in bounded memory."""

from __future__ import annotations

import threading
from collections import OrderedDict
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from engine.core.errors import EngineError

if TYPE_CHECKING:
    from engine.speech.files import Sound

BLOCK_S = 2.0
AHEAD = 3  # blocks read before they are wanted
KEPT = 24  # blocks held: 48 s, 18 MB in stereo at 48 kHz


class Feed:
    """The samples of one sound at a device's rate.

    `take` never waits, so that the device's callback may call it; `prepare` does.

    Args:
        sound: what to play.
        rate: samples per second of the device.
        channels: 1 or 2.
    """

    def __init__(self, sound: Sound, rate: int, channels: int) -> None:
        self.rate = rate
        self.channels = channels
        self.frames = sound.count(rate)
        self.trouble = ""  # why the sound cannot be read any more
        self.gain = 1.0  # by which what is taken is multiplied
        self.heard: tuple[int, int] | None = None  # first sample and end of what is heard; None for all
        self._sound = sound
        self._size = round(BLOCK_S * rate)
        self._blocks: OrderedDict[int, NDArray[np.float32]] = OrderedDict()
        self._wanted: tuple[int, ...] = (0,)  # blocks the reader is to have, the most urgent first
        self._wake = threading.Event()
        self._arrived = threading.Condition()
        self._ended = False
        self._thread = threading.Thread(target=self._read, name="sound reader", daemon=True)
        self._thread.start()

    def close(self) -> None:
        """End the reader."""
        self._ended = True
        self._wake.set()
        self._thread.join()

    def aim(self, frame: int, also: int | None = None, back: bool = False) -> None:
        """Have the samples from `frame` on ready soon, and those from `also` (where a loop begins); with `back` those before them."""
        way = -1 if back else 1
        first = max(0, frame) // self._size
        ahead = range(first, first + way * (AHEAD + 1), way)
        extra = () if also is None else (also // self._size, also // self._size + way)
        self._wanted = tuple(b for b in (ahead[0], *extra[:1], *ahead[1:], *extra[1:]) if b >= 0 and b * self._size < self.frames)
        self._wake.set()

    def prepare(self, frame: int, timeout_s: float = 1.0) -> bool:
        """Wait until the samples at `frame` are there; False where that took too long."""
        block = frame // self._size
        if block * self._size >= self.frames:
            return True
        self.aim(frame)
        with self._arrived:
            return self._arrived.wait_for(lambda: block in self._blocks or bool(self.trouble), timeout_s)

    def take(self, frame: int, out: NDArray[np.float32]) -> int:
        """Write the samples from `frame` on into `out` [n, channels]; silence beyond the sound's end.

        Returns:
            How many samples of the sound were not there in time; silence stands for them.
        """
        done = missing = 0
        while done < len(out):
            block, inside = divmod(frame + done, self._size)
            n = min(len(out) - done, self._size - inside)
            data = self._blocks.get(block)
            if data is None:
                out[done : done + n] = 0.0
                missing += max(0, min(frame + done + n, self.frames) - (frame + done))
            else:
                part = data[inside : inside + n]
                out[done : done + len(part)] = part
                out[done + len(part) : done + n] = 0.0
            done += n
        self._shape(frame, out)
        return missing

    def _shape(self, frame: int, out: NDArray[np.float32]) -> None:
        """Gain, and silence outside what is heard."""
        if self.gain != 1.0:
            np.clip(out * np.float32(self.gain), -1.0, 1.0, out=out)
        if self.heard is not None:
            first, end = self.heard
            out[: max(0, first - frame)] = 0.0
            out[max(0, end - frame) :] = 0.0

    def _read(self) -> None:
        while not self._ended:
            self._wake.wait()
            self._wake.clear()
            block = self._next()
            while block is not None and not self._ended:
                try:
                    data = self._decode(block)
                except EngineError as error:
                    self.trouble = error.what
                    with self._arrived:
                        self._arrived.notify_all()
                    return
                with self._arrived:
                    self._blocks[block] = data
                    self._forget()
                    self._arrived.notify_all()
                block = self._next()

    def _next(self) -> int | None:
        return next((b for b in self._wanted if b not in self._blocks), None)

    def _forget(self) -> None:
        wanted = self._wanted
        for block in wanted:
            if block in self._blocks:
                self._blocks.move_to_end(block)
        while len(self._blocks) > KEPT:
            self._blocks.popitem(last=False)

    def _decode(self, block: int) -> NDArray[np.float32]:
        start, stop = block * self._size, min((block + 1) * self._size, self.frames)
        mono = self.channels == 1 or self._sound.channels != 2
        data = self._sound.read(start / self.rate, stop / self.rate, self.rate, mono=mono)
        if mono:
            data = np.repeat(data[:, None], self.channels, 1)
        return np.clip(data, -1.0, 1.0)
