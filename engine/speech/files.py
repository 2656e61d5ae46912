"""Sound: one recording, read from any common sound or video file, streamed at any rate in bounded memory.

Sample 0 of a `Sound` is the first sample that was recorded: what encoders put in front is taken away, so that a click lands
where it was within a fraction of a millisecond, in every format.
"""

from __future__ import annotations

import hashlib
import wave
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np
import soxr
from numpy.typing import NDArray

from engine.core.errors import InvalidInput
from engine.core.jobs import SILENT, Job
from engine.core.output import replacing
from engine.speech import decoding
from engine.speech.containers import Promise, read_promise
from engine.speech.levels import Levels

MAX_MISSING = 0.05  # share of a file that may be missing at its end before it is refused
_LOOK_S = 60.0  # the start of a file that is decoded when it is opened
_CHUNK_S = 1.0  # decoded frames are joined to this length before resampling
_MARGIN_S = 0.1  # read before a range, so that the resampler's filter has settled
_RATES = (8000, 11025, 12000, 16000, 22050, 24000, 32000, 44100, 48000, 88200, 96000, 176400, 192000)


@dataclass(frozen=True, eq=False)
class Sound:
    """One recording. Make it with `open_sound` or `sound_from_samples`.

    Args:
        path: the file; None for samples in memory.
        sample_rate: samples per second as recorded.
        channels: channels as recorded.
        frames: samples of one channel.
        notices: one sentence for each thing a person should know of it.
        digest: SHA-256 of the file's bytes, or of the samples; hexadecimal.
        peak: largest absolute sample of its first minute, where 1 is full scale.
    """

    path: Path | None
    sample_rate: int
    channels: int
    frames: int
    notices: tuple[str, ...]
    digest: str
    peak: float
    _mix: NDArray[np.float32] = field(repr=False)  # [channels] weights to mono
    _gain: float = field(default=1.0, repr=False)
    _stream: decoding.Stream | None = field(default=None, repr=False)
    _samples: NDArray[np.float32] | None = field(default=None, repr=False)  # [frames, channels]

    @property
    def duration_s(self) -> float:
        """Length in seconds."""
        return self.frames / self.sample_rate

    @property
    def origin_s(self) -> float:
        """Where sample 0 lies on the clock of its file, by which a video's pictures have their times too: seconds; 0 for samples in memory."""
        return 0.0 if self._stream is None else self._stream.origin / self._stream.rate

    @property
    def name(self) -> str:
        """The file's name, or a word for samples in memory."""
        return self.path.name if self.path else "sound"

    def count(self, rate: int) -> int:
        """Samples of the whole recording at `rate`."""
        return max(1, (self.frames * rate + self.sample_rate // 2) // self.sample_rate)

    def blocks(self, rate: int | None = None, mono: bool = True, block_s: float = 10.0) -> Iterator[NDArray[np.float32]]:
        """The whole recording in consecutive blocks of `block_s` seconds, the last one shorter.

        Args:
            rate: samples per second; None for the recording's own.
            mono: mix the channels to one.
            block_s: length of a block.

        Yields:
            float32 [n] if `mono`, else [n, channels]; `count(rate)` samples together.

        Raises:
            InvalidInput: a sample is not a number, or the file cannot be read any more.
        """
        rate = _checked_rate(rate or self.sample_rate)
        size = max(1, round(block_s * rate))
        left = self.count(rate)
        for block in _regrouped(self._resampled(0, rate, mono), size):
            block = block[:left]
            left -= len(block)
            if len(block):
                yield block
        while left > 0:  # the resampler may end a sample early
            yield np.zeros((min(left, size), *(() if mono else (self.channels,))), np.float32)
            left -= min(left, size)

    def mono(self, rate: int) -> NDArray[np.float32]:
        """The whole recording as float32 [count(rate)]; holds it in memory (230 MB for an hour at 16 kHz)."""
        out = np.zeros(self.count(rate), np.float32)
        at = 0
        for block in self.blocks(rate):
            out[at : at + len(block)] = block
            at += len(block)
        return out

    def read(self, start_s: float, end_s: float, rate: int, mono: bool = True) -> NDArray[np.float32]:
        """The range `start_s` to `end_s`, the same samples that `blocks(rate)` gives there; silence outside the recording.

        Returns:
            float32 [n] if `mono`, else [n, channels], with n = round(end_s * rate) - round(start_s * rate).
        """
        rate = _checked_rate(rate)
        first, stop = round(start_s * rate), round(end_s * rate)
        out = np.zeros((max(0, stop - first), *(() if mono else (self.channels,))), np.float32)
        begin, end = max(0, first), min(stop, self.count(rate))
        if begin >= end:
            return out
        # Whole seconds lie on both rates' sample grids, so the output phase is that of a reading from the start.
        second = max(0, int(begin / rate - _MARGIN_S))
        at = second * rate
        for block in self._resampled(second * self.sample_rate, rate, mono):
            low, high = max(begin, at), min(end, at + len(block))
            if low < high:
                out[low - first : high - first] = block[low - at : high - at]
            at += len(block)
            if at >= end:
                break
        return out

    def _resampled(self, start: int, rate: int, mono: bool) -> Iterator[NDArray[np.float32]]:
        native = self._native(start, mono)
        if rate == self.sample_rate:
            yield from native
            return
        resampler = soxr.ResampleStream(self.sample_rate, rate, 1 if mono else self.channels, dtype="float32", quality="VHQ")
        shape = (0,) if mono else (0, self.channels)
        for block in native:
            yield resampler.resample_chunk(block)
        yield resampler.resample_chunk(np.zeros(shape, np.float32), last=True)

    def _native(self, start: int, mono: bool) -> Iterator[NDArray[np.float32]]:
        """Samples at the recording's own rate from sample `start`, mixed and checked, about a second at a time."""
        at = start
        for block in _regrouped(self._decoded(start), round(_CHUNK_S * self.sample_rate)):
            if self._gain != 1.0:
                block = block * np.float32(self._gain)
            out = block @ self._mix if mono else block
            # One sum is a quick look: a single NaN or infinity makes it one too.
            if not np.isfinite(out.sum(dtype=np.float64)):
                raise _not_a_number(self.name, block, at, self.sample_rate)
            yield np.ascontiguousarray(out, np.float32)
            at += len(block)

    def _decoded(self, start: int) -> Iterator[NDArray[np.float32]]:
        if self._samples is None:
            assert self._stream is not None
            yield from decoding.decode(self._stream, start)
        else:
            yield self._samples[start:]


def open_sound(path: str | Path) -> Sound:
    """Open a sound file, or the sound of a video file.

    The first minute is decoded to look at it; the rest of a long file is only counted.

    Raises:
        InvalidInput: missing, empty, cut off, not media, without sound, or holding samples that are not numbers.
    """
    path = Path(path)
    try:
        there = path.exists()
    except OSError as error:  # a name that is too long, a folder that may not be entered
        raise InvalidInput(f"{path} cannot be reached ({error.strerror})", "check the name and the rights to its folder") from error
    if not there:
        raise InvalidInput(f"{path} does not exist", "check the name and the folder")
    if not path.is_file():
        raise InvalidInput(f"{path} is {'a folder' if path.is_dir() else 'not a file'}", "give a sound or video file")
    try:
        promise = read_promise(path)
        with path.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise InvalidInput(f"{path} cannot be read ({error.strerror})", "check the disk and the rights to the file") from error
    promise.check(path)
    try:
        stream = decoding.probe(path)
    except InvalidInput:
        if promise.share < 1 - MAX_MISSING:
            what = f"{path} is cut off: {promise.there_bytes} of {promise.total_bytes} bytes are there"
            raise InvalidInput(what, "copy or export it again") from None
        raise
    levels, length, missing_s = _look(stream)
    stream = replace(stream, length=length)
    notices = [*_cut(stream, promise), *_origin(stream, missing_s), *levels.notices(stream.rate)]
    gain = 1.0
    if stream.codec.startswith("pcm_f") and levels.peak > 2.0:
        gain = 1.0 / levels.peak
        notices.append(f"samples reach {levels.peak:.4g} where 1 is full scale: they are scaled down to fit")
    mix, said = levels.mix(stream.names)
    peak = levels.peak * gain
    return Sound(path, stream.rate, stream.channels, length, (*notices, *said), digest, peak, _mix=mix, _gain=gain, _stream=stream)


def sound_from_samples(samples: NDArray[np.float32], rate: int) -> Sound:
    """A sound from samples in memory.

    Args:
        samples: float32 [S] or [S, C], 1 is full scale; S >= 1. Not copied.
        rate: samples per second.

    Raises:
        InvalidInput: empty, another shape or type, or not finite.
    """
    _checked_rate(rate)
    if samples.dtype != np.float32:
        raise InvalidInput(f"samples must be float32, got {samples.dtype}", "convert them with .astype(np.float32), full scale is 1")
    if samples.ndim not in (1, 2) or samples.shape[0] < 1 or samples.size == 0:
        raise InvalidInput(f"samples must be [S] or [S, C] with S >= 1, got {list(samples.shape)}", "give one column per channel")
    block = samples[:, None] if samples.ndim == 1 else samples
    levels = Levels(block.shape[1])
    for start in range(0, len(block), rate):
        part = block[start : start + rate]
        if not np.isfinite(part.sum(dtype=np.float64)):
            raise _not_a_number("the sound", part, start, rate)
        levels.add(part)
    mix, said = levels.mix(())
    digest = hashlib.sha256(f"{rate} {block.shape} ".encode())
    digest.update(np.ascontiguousarray(block).data)
    notices = (*levels.notices(rate), *said)
    return Sound(None, rate, block.shape[1], len(block), notices, digest.hexdigest(), levels.peak, _mix=mix, _samples=block)


def write_wav(path: Path, sound: Sound | Iterable[NDArray[np.float32]], rate: int | None = None, job: Job = SILENT) -> None:
    """Write 16-bit WAV; samples beyond full scale are limited to it.

    Args:
        path: appears when the whole file is written.
        sound: a Sound, or blocks float32 [n] or [n, C] in -1 to 1.
        rate: samples per second; needed for blocks, None for a Sound's own.
        job: reports seconds written.

    Raises:
        InvalidInput: no rate for blocks, no samples, or a sample that is not a number.
        OutputError: the folder cannot be written or the disk is full.
    """
    if isinstance(sound, Sound):
        rate = rate or sound.sample_rate
        total, blocks = sound.count(rate), sound.blocks(rate, mono=sound.channels == 1)
    elif rate is None:
        raise InvalidInput("blocks of samples have no rate of their own", "give rate, in samples per second")
    else:
        total, blocks = 0, iter(sound)
    first = next(blocks, None)
    if first is None:
        raise InvalidInput(f"there are no samples to write to {path}", "give at least one block")
    with replacing(path) as temporary, temporary.open("wb") as file, wave.open(file, "wb") as out:
        out.setnchannels(1 if first.ndim == 1 else first.shape[1])
        out.setsampwidth(2)
        out.setframerate(rate)
        done = 0
        block: NDArray[np.float32] | None = first
        while block is not None:
            out.writeframes(np.clip(np.rint(block * 32768.0), -32768, 32767).astype("<i2").tobytes())
            done += len(block)
            job.report(done / rate, total / rate, "writing sound")
            block = next(blocks, None)


def _look(stream: decoding.Stream) -> tuple[Levels, int, float]:
    """Levels of the first minute, length in samples, and seconds that are missing inside the first minute."""
    levels = Levels(stream.channels)
    at = missing = 0
    whole = True
    for position, block in decoding.placed(stream, None):
        missing += max(0, position - max(at, 0)) if at else 0
        at = position + len(block)
        if not np.isfinite(block.sum(dtype=np.float64)):
            raise _not_a_number(str(stream.path), block, position, stream.rate)
        levels.add(block[max(0, -position) :])
        if at > _LOOK_S * stream.rate:
            whole = False
            break
    length = at if whole else decoding.end(stream)
    if stream.promised_s is not None and stream.container.startswith("mov"):
        length = min(length, round(stream.promised_s * stream.rate) - stream.first)  # an edit list cuts the last frame's filling
    if length < 1:
        raise InvalidInput(f"{stream.path} holds no sound (0 samples)", "record or export it again")
    if whole and missing > 0.2 * length and not stream.clocked:
        raise InvalidInput(f"{stream.path} is damaged: {missing / stream.rate:.1f} of {length / stream.rate:.1f} s cannot be decoded", "export it again")
    return levels, length, missing / stream.rate


def _cut(stream: decoding.Stream, promise: Promise) -> list[str]:
    """Refuse a file that is cut off; a notice for one that ends a little early."""
    assert stream.length is not None
    there_s = stream.length / stream.rate
    wanted_s = max(there_s / max(promise.share, 1e-9), stream.promised_s or 0.0)
    if promise.cut and promise.total_bytes is not None and stream.container == "ogg":
        raise InvalidInput(f"{stream.path} is cut off: it stops in the middle of a page after {there_s:.2f} s", "copy or export it again")
    if there_s < (1 - MAX_MISSING) * wanted_s and wanted_s - there_s > 0.05:
        raise InvalidInput(f"{stream.path} is cut off: {there_s:.2f} of {wanted_s:.2f} s are there", "copy or export it again")
    if wanted_s - there_s > max(0.1, 0.002 * wanted_s):
        return [f"the file ends early: {there_s:.2f} of {wanted_s:.2f} s are there"]
    return []


def _origin(stream: decoding.Stream, missing_s: float) -> list[str]:
    assert stream.length is not None
    notices = []
    if stream.has_video:
        notices.append("the sound of a video file is used, not its picture")
    if stream.first < 0:
        notices.append(f"the sound starts {-stream.first / stream.rate:.2f} s after the picture: silence fills the start")
    if stream.tracks > 1:
        notices.append(f"the first of {stream.tracks} sound tracks is used")
    if missing_s > 0.05:
        notices.append(f"{missing_s:.2f} s inside the sound are missing or damaged: silence takes their place")
    if stream.rate < 16000:
        notices.append(f"sampled at {stream.rate} Hz: nothing above {stream.rate / 2000:g} kHz is there, which makes s, f and th hard to tell apart")
    elif stream.rate > 48000 or stream.rate not in _RATES:
        notices.append(f"sampled at {stream.rate} Hz: it is resampled for analysis and for export")
    if stream.length < 0.3 * stream.rate:
        notices.append(f"only {stream.length / stream.rate:.2f} s long: little can be told from it")
    return notices


def _regrouped(blocks: Iterable[NDArray[np.float32]], size: int) -> Iterator[NDArray[np.float32]]:
    """The same samples in blocks of `size`, the last one shorter."""
    held: list[NDArray[np.float32]] = []
    count = 0
    for block in blocks:
        while count + len(block) >= size:
            take = size - count
            held.append(block[:take])
            yield held[0] if len(held) == 1 else np.concatenate(held)
            block, held, count = block[take:], [], 0
        if len(block):
            held.append(block)
            count += len(block)
    if held:
        yield held[0] if len(held) == 1 else np.concatenate(held)


def _checked_rate(rate: int) -> int:
    if not 1000 <= rate <= 768000:
        raise InvalidInput(f"{rate} samples per second are outside 1000 to 768000", "give a rate such as 48000")
    return rate


def _not_a_number(name: str, block: NDArray[np.float32], at: int, rate: int) -> InvalidInput:
    where = int(np.argmin(np.isfinite(block).all(axis=1)))
    value = "a sample that is not a number (NaN)" if np.isnan(block[where]).any() else "an infinite sample"
    return InvalidInput(f"{name} holds {value} at {(at + where) / rate:.3f} s", "repair or export it again")
