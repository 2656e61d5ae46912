"""Decoding one audio stream with PyAV: native rate, float32, every sample at its place in time.

Sample 0 is the first sample that was recorded: what an encoder put in front (priming) is taken away, by the container's own
word where it says (edit lists, LAME tags, Opus pre-skip: FFmpeg applies them) and by the codec's known delay where it does not.

Memory stays within a few packets, however long the file.
"""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
from av.audio.stream import AudioStream
from av.container import InputContainer
from numpy.typing import NDArray

from engine.core.errors import InvalidInput
from engine.speech.containers import has_mp3_length

# Samples in front of the first recorded one where the file does not say. AAC: one frame of overlap, the least any encoder
# has. MP3: LAME's 576 and the decoder's 529. MP2 and AC-3: the overlap of their filter banks, measured against FFmpeg's encoders.
_PRIMING = {"aac": 1024, "mp3": 1105, "mp3float": 1105, "mp2": 481, "mp2float": 481, "ac3": 256, "eac3": 256}
# Containers whose time stamps are a clock of their own, so that a hole in them is a hole in the sound.
_CLOCKED = ("mov,mp4,m4a,3gp,3g2,mj2", "matroska,webm", "mpegts", "ogg", "flac", "flv")
_SEEKABLE = ("wav", "w64", "flac", "aiff", "mp3", "ogg", "mov,mp4,m4a,3gp,3g2,mj2", "matroska,webm")
# Containers whose length is written in the file; elsewhere FFmpeg takes it from what is there, or guesses.
_PROMISING = ("wav", "w64", "flac", "aiff", "mp3", "mov,mp4,m4a,3gp,3g2,mj2", "matroska,webm", "asf", "caf", "au")
_CONSTANT_FRAMES = ("aac", "mp3", "mp3float", "opus", "ac3")
_PREROLL_S = 0.6  # decoded before a seek target: the MP3 bit reservoir, Opus' 80 ms of convergence
_HOLE_S = 0.05
_LEAD_S = 0.05
_DTYPES = {f"{name}{p}": kind for name, kind in (("u8", "u1"), ("s16", "i2"), ("s32", "i4"), ("s64", "i8"), ("flt", "f4"), ("dbl", "f8")) for p in ("", "p")}
_SCALE = {"s16": 2.0**-15, "s16p": 2.0**-15, "s32": 2.0**-31, "s32p": 2.0**-31, "s64": 2.0**-63, "s64p": 2.0**-63}
_CANNOT_READ = "give a sound or video file such as wav, flac, mp3, ogg, opus, m4a, webm or mp4"

_Frame = tuple[int | None, int, NDArray[np.float32]]


@dataclass(frozen=True)
class Stream:
    """Where one audio stream is and how its time stamps become sample positions.

    Args:
        path: the file.
        container: FFmpeg's name of its format.
        codec: FFmpeg's name of the decoder.
        rate: samples per second as decoded.
        channels: channels as decoded.
        names: channel names, such as FL, FR, LFE.
        origin: sample position that the time stamps give to recorded sample 0.
        first: decoded samples to drop at the start (priming the container does not announce); negative: silence to put in front.
        tick: samples to whose multiples coarse time stamps are rounded; 0 where they are exact, -1 where they are of no use.
        phase: sample position of the first multiple.
        floats: samples are stored as floating point.
        length: samples in the whole recording; None while not known.
        promised_s: length its header promises; None where it does not.
        tracks: audio streams in the file.
        has_video: there is a moving picture too.
    """

    path: Path
    container: str
    codec: str
    rate: int
    channels: int
    names: tuple[str, ...]
    origin: int
    first: int
    tick: int
    phase: int
    floats: bool
    length: int | None
    promised_s: float | None
    tracks: int
    has_video: bool

    @property
    def can_seek(self) -> bool:
        """Whether a position can be reached exactly without decoding all before it."""
        return self.container in _SEEKABLE and self.tick >= 0

    @property
    def clocked(self) -> bool:
        """Whether a hole in the time stamps is a hole in the sound."""
        return self.container in _CLOCKED

    def place(self, raw: int) -> int:
        """Sample position of a frame whose time stamp says `raw` samples."""
        at = raw - self.origin
        return round((at - self.phase) / self.tick) * self.tick + self.phase if self.tick > 0 else at


@contextmanager
def opened(path: Path, kind: str = "sound or video file", remedy: str = _CANNOT_READ) -> Iterator[InputContainer]:
    """The file opened by FFmpeg, local files only.

    Args:
        path: the file.
        kind: what it should be, for the message.
        remedy: what to give instead.

    Raises:
        InvalidInput: missing, or not something FFmpeg knows.
    """
    try:
        # "file:" keeps names with colons from being taken for a protocol; playlists cannot reach the network.
        container = av.open(f"file:{path}", metadata_errors="ignore", container_options={"protocol_whitelist": "file"})
    except FileNotFoundError:
        raise InvalidInput(f"{path} does not exist", "check the name and the folder") from None
    except PermissionError:
        raise InvalidInput(f"{path} may not be read", "give yourself the right to read it") from None
    except (av.error.FFmpegError, OSError, ValueError) as error:
        raise InvalidInput(f"{path} is not a {kind} that can be read ({_reason(error)})", remedy) from error
    with container:
        yield container


def probe(path: Path) -> Stream:
    """Look at the first frames of the first audio stream.

    Raises:
        InvalidInput: no audio, or nothing that can be decoded.
    """
    with opened(path) as container:
        stream = _audio(container, path)
        promised = _promised_s(container, stream, path)
        frames: list[av.AudioFrame] = []
        announced = False
        seen = 0
        for packet in _packets(container, stream):
            if seen == 0 and packet.size:
                announced = packet.has_sidedata("skip_samples") or (packet.pts or 0) < 0
            seen += 1
            frames += _frames(packet) or []
            if len(frames) >= 2 or seen > 200:
                break
        if not frames:
            what = "holds no sound (0 samples)" if seen <= 1 else "cannot be decoded"
            raise InvalidInput(f"{path} {what}", _CANNOT_READ)
        head = frames[0]
        codec = stream.codec_context.name
        first = 0 if announced else _PRIMING.get(codec, 0)
        first -= _lead(container, stream, head.sample_rate)
        raw = _raw(head, head.sample_rate)
        return Stream(
            path, container.format.name, codec, head.sample_rate, head.layout.nb_channels, tuple(c.name for c in head.layout.channels),
            origin=raw + first, first=first, tick=_tick(stream, codec, frames), phase=head.samples - first, floats=head.format.name.startswith(("flt", "dbl")),
            length=None, promised_s=promised, tracks=len(container.streams.audio), has_video=_has_video(container),
        )  # fmt: skip


def decode(source: Stream, start: int = 0) -> Iterator[NDArray[np.float32]]:
    """Samples from `start` on, float32 [n, channels] in blocks of a frame, without gaps or overlaps.

    Where `source.length` is known exactly so many are given: a missing tail is filled with silence, a longer one cut.

    Raises:
        InvalidInput: the file cannot be read any more, or changes its sample rate on the way.
    """
    blocks = _near(source, start) if source.can_seek and start > 2 * _PREROLL_S * source.rate else None
    at, stop = start, source.length
    for position, found in blocks if blocks is not None else placed(source, None):
        yield from _silence(position if stop is None else min(position, stop), at, source)
        at = max(at, position)
        block = found[at - position : None if stop is None else max(at, stop) - position]
        at += len(block)
        if len(block):
            yield block
        if stop is not None and at >= stop:
            return
    yield from _silence(stop or 0, at, source)


def _silence(stop: int, at: int, source: Stream) -> Iterator[NDArray[np.float32]]:
    for start in range(at, stop, source.rate):
        yield np.zeros((min(source.rate, stop - start), source.channels), np.float32)


def end(source: Stream) -> int:
    """Position one past the last sample, found by demuxing the whole stream (0.5 s for an hour) and decoding its tail."""
    last = 0
    with opened(source.path) as container:
        stream = _audio(container, source.path)
        base = stream.time_base or Fraction(1, source.rate)
        total = 0
        if source.container == "wav" and stream.duration:  # FFmpeg has it from the size of the file
            total = stream.duration
        else:
            for packet in _packets(container, stream):
                total += packet.duration or 0
                if packet.pts is not None:
                    last = max(last, round((packet.pts + (packet.duration or 0)) * base * source.rate))
        last = max(last, round(total * base * source.rate)) if not source.clocked else last
    estimate = max(0, last - source.origin)
    if not source.can_seek:
        return estimate
    tail = _near(replace(source, length=None), max(0, estimate - source.rate))
    ends = [position + len(block) for position, block in tail or ()]
    return ends[-1] if ends else estimate


def _audio(container: InputContainer, path: Path) -> AudioStream:
    if not container.streams.audio:
        if _has_video(container):
            raise InvalidInput(f"{path} is a video without sound", "give a file that has a sound track")
        raise InvalidInput(f"{path} holds no sound", _CANNOT_READ)
    stream = container.streams.audio[0]
    if stream.codec_context is None:
        raise InvalidInput(f"the sound of {path} is in a form that is not known here", "convert it to wav or flac")
    return stream


def _has_video(container: InputContainer) -> bool:
    """A moving picture; cover art does not count."""
    pictures = container.format.name.endswith("_pipe") or container.format.name in ("image2", "tty")
    return not pictures and any(not s.disposition & av.stream.Disposition.attached_pic for s in container.streams.video)


def _promised_s(container: InputContainer, stream: AudioStream, path: Path) -> float | None:
    if container.format.name not in _PROMISING or (container.format.name == "mp3" and not has_mp3_length(path)):
        return None
    if stream.duration is not None and stream.time_base is not None:
        return float(stream.duration * stream.time_base)
    # A container's own length is that of its longest stream, so it promises nothing of one among several.
    if container.duration is not None and len(container.streams) == 1:
        return container.duration / av.time_base
    return None


def _lead(container: InputContainer, stream: AudioStream, rate: int) -> int:
    """Samples of silence by which the sound of a video starts after its picture."""
    if not _has_video(container):
        return 0
    sound_s, picture_s = (
        float(s.start_time * s.time_base) if s.start_time is not None and s.time_base is not None else 0.0 for s in (stream, container.streams.video[0])
    )
    late = sound_s - picture_s
    return round(late * rate) if late > _LEAD_S else 0


def _tick(stream: AudioStream, codec: str, frames: list[av.AudioFrame]) -> int:
    if stream.time_base is None:
        return -1
    if stream.time_base * frames[0].sample_rate <= 1:
        return 0
    if codec not in _CONSTANT_FRAMES or len(frames) < 2:
        return -1
    return 120 if codec == "opus" else frames[1].samples


def _raw(frame: av.AudioFrame, rate: int) -> int:
    if frame.pts is None or frame.time_base is None:
        return 0
    return round(frame.pts * frame.time_base * rate)


def _packets(container: InputContainer, stream: AudioStream) -> Iterator[av.Packet]:
    """Packets until the end or until the container cannot be followed any further."""
    try:
        yield from container.demux(stream)
    except (av.error.InvalidDataError, av.error.EOFError, av.error.MemoryError):
        return  # memory: a damaged length asks for more than any machine has


def _frames(packet: av.Packet) -> list[av.AudioFrame] | None:
    """Frames of a packet; None for a damaged one."""
    try:
        return list(packet.decode())  # type: ignore[arg-type]
    except av.error.EOFError:
        return []
    except av.error.FFmpegError:
        return None


def placed(source: Stream, start: int | None) -> Iterator[tuple[int, NDArray[np.float32]]]:
    """(position, samples) of every frame, from the beginning or by a seek to shortly before sample `start`.

    Positions rise; where one is beyond the end of the last, sound is missing there (a damaged packet, a recorder that sent
    nothing in silence).
    """
    with opened(source.path) as container:
        stream = _audio(container, source.path)
        frames = _decoded(container, stream, source)
        at = -source.first
        if start is not None:
            target_s = max(0, source.origin + start - round(_PREROLL_S * source.rate)) / source.rate
            try:
                container.seek(int(target_s / (stream.time_base or Fraction(1))), stream=stream, backward=True)
            except av.error.FFmpegError:
                return
            at, frames = _settled(frames, source.rate)
        started = False
        for place, lost, block in frames:
            if started:
                at += lost
                if source.clocked and place is not None and place - at > _HOLE_S * source.rate:
                    at = place
            yield at, block
            at += len(block)
            started = True


def _decoded(container: InputContainer, stream: AudioStream, source: Stream) -> Iterator[_Frame]:
    """Every frame: its position by its time stamp (None without one), samples lost to damage before it, its samples."""
    lost = 0
    for packet in _packets(container, stream):
        frames = _frames(packet)
        if frames is None:
            lost += round((packet.duration or 0) * (stream.time_base or Fraction(0)) * source.rate)
        for frame in frames or ():
            yield None if frame.pts is None else source.place(_raw(frame, source.rate)), lost, _samples(frame, source)
            lost = 0


def _settled(frames: Iterator[_Frame], rate: int) -> tuple[int, Iterator[_Frame]]:
    """Position of the first frame after a seek, by the vote of the frames' time stamps over 0.3 s.

    One time stamp is not enough: Vorbis frames between long and short blocks carry a wrong one, and the first Opus frame after
    a seek has lost its start to the pre-skip.
    """
    held: list[_Frame] = []
    votes: list[int] = []
    count = 0
    for frame in frames:
        place, lost, block = frame
        count += lost if held else 0
        if place is not None:
            votes.append(place - count)
        held.append(frame)
        count += len(block)
        if count > 0.3 * rate:
            break
    if not votes:
        return 0, iter(())
    return Counter(votes[1:] or votes).most_common(1)[0][0], itertools.chain(held, frames)


def _near(source: Stream, start: int) -> Iterator[tuple[int, NDArray[np.float32]]] | None:
    """Frames from shortly before `start` on; None when the seek does not get there."""
    blocks = placed(source, start)
    head = next(blocks, None)
    return None if head is None or head[0] > start else itertools.chain([head], blocks)


def _samples(frame: av.AudioFrame, source: Stream) -> NDArray[np.float32]:
    """float32 [n, channels] in -1 to 1."""
    if frame.sample_rate != source.rate:
        raise InvalidInput(f"{source.path} changes its sample rate from {source.rate} to {frame.sample_rate} Hz on the way", "export it at one rate")
    kind, channels = frame.format.name, frame.layout.nb_channels
    # Not to_ndarray, which knows no s64 and counts planes up to a null pointer that FFmpeg sets only up to seven of them.
    if frame.format.is_planar:
        block = np.stack([np.frombuffer(plane, _DTYPES[kind], frame.samples) for plane in frame.planes[:channels]], axis=1)  # type: ignore[call-overload]
    else:
        block = np.frombuffer(frame.planes[0], _DTYPES[kind], frame.samples * channels).reshape(-1, channels)  # type: ignore[call-overload]
    if kind.startswith("u8"):
        out = (block.astype(np.float32) - 128.0) / 128.0
    else:
        out = np.ascontiguousarray(block, np.float32)
        if kind in _SCALE:
            out = out * np.float32(_SCALE[kind])
    if out.shape[1] != source.channels:
        out = np.repeat(out.mean(1, keepdims=True, dtype=np.float32), source.channels, axis=1)
    return out


def _reason(error: BaseException) -> str:
    text = getattr(error, "strerror", None) or str(error)
    return str(text).strip().lower().removesuffix(".")
