"""Labelled speech packed for training: one file of samples and one of labels at 100 Hz per source, read by mapping.

Frame labels: phone and viseme class (255 where nobody knows), lips shut, and the pitch. A source is written whole or not at all.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import parselmouth

from engine.core.errors import InvalidInput
from engine.core.jobs import SILENT, Job
from engine.speech.closures import lip_closures
from engine.speech.files import sound_from_samples
from engine.speech.phonemes import VISEME_CLASSES, visemes_of
from engine.speech.sounds import PHONE_INDEX, phones_of
from engine.training.encoder_real import RATE, Clip

UNKNOWN = 255
HOP_S = 0.01
_PEAK = 0.7


@dataclass(frozen=True)
class Source:
    """Clips of one source.

    Args:
        name: "prompts-en".
        samples: int16 [S] at 16 kHz, clip after clip, each a whole number of frames.
        labels: uint8 [F, 3]: phone, viseme, lips shut (0 or 1), 255 unknown.
        pitch: float16 [F]: octaves above 100 Hz; not a number where unvoiced.
        starts: int64 [N + 1]: first frame of each clip.
        speakers: of each clip.
        names: of each clip.
    """

    name: str
    samples: np.ndarray
    labels: np.ndarray
    pitch: np.ndarray
    starts: np.ndarray
    speakers: tuple[str, ...]
    names: tuple[str, ...]

    @property
    def seconds(self) -> float:
        """How much speech there is."""
        return float(self.starts[-1]) * HOP_S

    def without(self, speakers: Iterable[str]) -> np.ndarray:
        """Indices of the clips of all other speakers."""
        left_out = set(speakers)
        return np.array([i for i, speaker in enumerate(self.speakers) if speaker not in left_out], int)


def frame_labels(clip: Clip) -> np.ndarray:
    """uint8 [F, 3] of a clip: phone, viseme, lips shut, at the middle of each 10 ms."""
    count = len(clip.samples) // (RATE // 100)
    middles = (np.arange(count) + 0.5) * HOP_S
    out = np.full((count, 3), UNKNOWN, np.uint8)
    for row, known in zip(clip.phones, clip.known, strict=True):
        if not known:
            continue
        inside = (middles >= row["start_s"]) & (middles < row["end_s"])
        label, place = str(row["label"]), (middles[inside] - row["start_s"]) / max(row["end_s"] - row["start_s"], 1e-6)
        for column, parts, index in ((0, phones_of(label), PHONE_INDEX.__getitem__), (1, visemes_of(label), VISEME_CLASSES.index)):
            shares = np.array([index(part) for part in parts], np.uint8)
            out[inside, column] = shares[np.minimum((place * len(parts)).astype(int), len(parts) - 1)]
        out[inside, 2] = 0
    for closure in lip_closures(clip.phones, sound_from_samples(clip.samples, RATE)):
        inside = (middles >= closure["start_s"]) & (middles < closure["end_s"])
        out[inside & (out[:, 2] != UNKNOWN), 2] = 1
    return out


def pitch_track(samples: np.ndarray, count: int) -> np.ndarray:
    """float16 [F]: octaves above 100 Hz at the middle of each frame, not a number where unvoiced."""
    if len(samples) < RATE // 10:
        return np.full(count, np.nan, np.float16)
    found = parselmouth.Sound(samples.astype(np.float64), RATE).to_pitch_ac(0.01, 60.0, pitch_ceiling=600.0)
    hertz = np.asarray(found.selected_array["frequency"])
    at = np.clip(np.round(((np.arange(count) + 0.5) * HOP_S - found.x1) / found.dx).astype(int), 0, max(len(hertz) - 1, 0))
    chosen = hertz[at] if len(hertz) else np.zeros(count)
    return np.where(chosen > 0, np.log2(np.maximum(chosen, 1.0) / 100.0), np.nan).astype(np.float16)


def write(folder: Path, name: str, clips: Iterable[Clip], job: Job = SILENT) -> Source:
    """Pack the clips of a source into `folder`/`name`.npz and .samples.npy.

    Args:
        folder: made when missing.
        name: of the source.
        clips: drawn one by one.
        job: cancelling.
    """
    samples, labels, pitch, speakers, names = [], [], [], [], []
    for clip in clips:
        job.check()
        count = len(clip.samples) // (RATE // 100)
        loudest = float(np.abs(clip.samples).max(initial=0.0))
        if count < 20 or loudest < 1e-4:
            continue
        kept = clip.samples[: count * (RATE // 100)] * (_PEAK / loudest)
        samples.append((kept * 32767).astype(np.int16))
        labels.append(frame_labels(clip))
        pitch.append(pitch_track(kept, count))
        speakers.append(clip.speaker)
        names.append(clip.name)
    if not samples:
        raise InvalidInput(f"the source {name} has no speech", "see that its recordings or voices are there")
    folder.mkdir(parents=True, exist_ok=True)
    starts = np.concatenate([[0], np.cumsum([len(x) for x in labels])])
    partial = folder / f"{name}.part.npy"
    np.save(partial, np.concatenate(samples))
    np.savez(folder / f"{name}.part.npz", labels=np.concatenate(labels), pitch=np.concatenate(pitch), starts=starts, speakers=speakers, names=names)
    partial.replace(folder / f"{name}.samples.npy")
    (folder / f"{name}.part.npz").replace(folder / f"{name}.npz")
    return read(folder, name)


def read(folder: Path, name: str) -> Source:
    """A source that was written; its samples stay on disk.

    Raises:
        InvalidInput: it is not there or damaged.
    """
    try:
        samples = np.load(folder / f"{name}.samples.npy", mmap_mode="r")
        with np.load(folder / f"{name}.npz", allow_pickle=False) as kept:
            source = Source(name, samples, kept["labels"], kept["pitch"], kept["starts"], tuple(map(str, kept["speakers"])), tuple(map(str, kept["names"])))
    except (OSError, ValueError, KeyError) as error:
        raise InvalidInput(f"the source {name} in {folder} cannot be read: {error}", "remove it and let the training make it again") from error
    if len(source.samples) != source.starts[-1] * (RATE // 100) or len(source.labels) != source.starts[-1]:
        raise InvalidInput(f"the source {name} in {folder} is cut short", "remove it and let the training make it again")
    return source
