"""Shards: files of about a minute of performances each, which are written whole or not at all, and whose bytes follow from their content.

A shard is a NumPy archive (`np.load` opens it, `allow_pickle=False`): every array of all its items joined along the first axis, with the
rows where each item begins in `ARRAY.at`, and what else is known of the items as JSON in `records`.
"""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from types import MappingProxyType
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.core.channels import CHANNELS
from engine.core.emotion import EMOTIONS
from engine.core.errors import InvalidInput
from engine.core.output import check_target, replacing
from engine.speech.phonemes import PHONEME_DTYPE, WORD_DTYPE

FORMAT = 1
SUFFIX = ".npz"
SOUND_RATE, MOTION_RATE, PROSODY_RATE = 16000, 30, 100
# Name -> (dtype, columns; 0 for one value a row).
ARRAYS: dict[str, tuple[np.dtype[Any], int]] = {
    "samples": (np.dtype("<i2"), 0),
    "phones": (PHONEME_DTYPE, 0),
    "words": (WORD_DTYPE, 0),
    "closures": (np.dtype("<f8"), 2),
    "pitch_hz": (np.dtype("<f4"), 0),
    "energy_db": (np.dtype("<f4"), 0),
    "channels": (np.dtype("<f4"), len(CHANNELS)),
    "levels": (np.dtype("<f4"), len(EMOTIONS)),
    "blinks": (np.dtype("<f8"), 2),
    "gazes": (np.dtype("<f8"), 3),
    "partner": (np.dtype("<f4"), len(CHANNELS)),
}
_DAMAGED = (zipfile.BadZipFile, zlib.error, ValueError, KeyError, TypeError, EOFError, OSError)


@dataclass(frozen=True)
class Record:
    """What is known of an item besides its arrays.

    Args:
        index: unique in the corpus; its random stream is (seed, index).
        source: "stage", or what real material it comes from, such as "emodb".
        name: of real material, such as "emodb/03a01Fa"; "" for the stage's own.
        text: what is said.
        language: tag.
        voice: engine and voice, or "real:SPEAKER".
        emotion: of the voice, "neutral" or one of `EMOTIONS`.
        level: of the emotion, 0 to 3.
        instruction: text that the performance follows.
        paraphrases: other texts of the same meaning.
        room: what happened to the sound, "" for nothing.
        times: how the phones were found: "exact", "hand" or "alignment".
        mouth: whose the mouth's motion is: "performer" or "capture".
        splits: by what, and into which: `train`, `valid` or `test`.
    """

    index: int
    source: str
    name: str
    text: str
    language: str
    voice: str
    emotion: str
    level: int
    instruction: str
    paraphrases: tuple[str, ...]
    room: str
    times: str
    mouth: str
    splits: dict[str, str]

    @property
    def split(self) -> str:
        """`test` if it is held out in any way, `valid` likewise, else `train`."""
        return next((s for s in ("test", "valid") if s in self.splits.values()), "train")


@dataclass(frozen=True, eq=False)
class Item:
    """One performance.

    Args:
        record: what is known of it.
        arrays: by name, as in `ARRAYS`: `samples` int16 [S] at 16 kHz; `phones` and `words`; `closures` seconds [C, 2] in which the lips are
            shut; `pitch_hz` (0 unvoiced) and `energy_db` [N] at 100 a second; `channels` [T, 63] and `levels` [T, 7] at 30 a second; `blinks`
            (time, length) and `gazes` (time, yaw, pitch in radians) of the eyes; `partner` [T, 63], who listens, or no rows.
    """

    record: Record
    arrays: dict[str, NDArray[Any]]

    @property
    def samples(self) -> NDArray[np.float32]:
        """The sound, float32 [S] at 16 kHz, full scale 1."""
        return self.arrays["samples"].astype(np.float32) / np.float32(32767.0)

    @property
    def seconds(self) -> float:
        """Length of the sound."""
        return len(self.arrays["samples"]) / SOUND_RATE

    def __getitem__(self, name: str) -> NDArray[Any]:
        return self.arrays[name]


def pcm(samples: NDArray[np.float32]) -> NDArray[np.int16]:
    """Samples as they are stored."""
    return np.round(np.clip(samples, -1.0, 1.0) * 32767.0).astype("<i2")


def pack(key: str, items: Sequence[Item], more: Mapping[str, tuple[np.dtype[Any], int]] = MappingProxyType({})) -> bytes:
    """A shard's bytes: the same items give the same.

    Args:
        key: of the plan it belongs to.
        items: at least one.
        more: arrays that these items have beyond `ARRAYS`, in its form; who reads a shard as any other does not see them.
    """
    arrays: dict[str, NDArray[Any]] = {}
    for name, (dtype, columns) in {**ARRAYS, **more}.items():
        shape = (-1, columns) if columns else (-1,)
        parts = [np.ascontiguousarray(item[name], dtype).reshape(shape) for item in items]
        arrays[name] = np.concatenate(parts)
        arrays[f"{name}.at"] = np.cumsum([0, *(len(p) for p in parts)]).astype("<i8")
    header = {"format": FORMAT, "plan": key, "items": [asdict(item.record) for item in items]}
    arrays["records"] = np.frombuffer(json.dumps(header, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode(), np.uint8)
    out = io.BytesIO()
    np.savez(out, **arrays)  # type: ignore[arg-type]
    return out.getvalue()


def write_shard(path: Path, key: str, items: Sequence[Item], more: Mapping[str, tuple[np.dtype[Any], int]] = MappingProxyType({})) -> None:
    """Write a shard; under its name it is whole.

    Raises:
        OutputError: the disk is full, or the folder cannot be written.
    """
    check_target(path)
    with replacing(path) as unfinished:
        unfinished.write_bytes(pack(key, items, more))


def read_shard(path: Path, key: str | None = None) -> tuple[Item, ...]:
    """The items of a shard.

    Args:
        path: the file.
        key: of the plan it must belong to; None for any.

    Raises:
        InvalidInput: it is missing, damaged, of another format or of another plan.
    """
    remedy = "delete it and run `vivavoce stage` with --resume: it is made again"
    try:
        with np.load(path, allow_pickle=False) as file:
            arrays = {name: file[name] for name in (*ARRAYS, *(f"{name}.at" for name in ARRAYS))}
            header = json.loads(file["records"].tobytes())
        records = tuple(_record(row) for row in header["items"])
        found = header["format"], header["plan"]
        items = tuple(Item(record, {n: arrays[n][arrays[f"{n}.at"][i] : arrays[f"{n}.at"][i + 1]] for n in ARRAYS}) for i, record in enumerate(records))
        wrong = [n for n in ARRAYS if arrays[n].dtype != ARRAYS[n][0] or arrays[f"{n}.at"][-1] != len(arrays[n])]
    except FileNotFoundError as error:
        raise InvalidInput(f"the shard {path} is missing", "run `vivavoce stage` with --resume: it is made again") from error
    except _DAMAGED as error:
        raise InvalidInput(f"the shard {path} is damaged ({type(error).__name__}: {error})", remedy) from error
    if wrong or found[0] != FORMAT:
        raise InvalidInput(f"the shard {path} has format {found[0]}, and {FORMAT} is read here", remedy)
    if key is not None and found[1] != key:
        raise InvalidInput(f"the shard {path} belongs to another corpus", "keep each corpus in a folder of its own")
    return items


def _record(row: dict[str, Any]) -> Record:
    if set(row) != {f.name for f in fields(Record)}:
        raise ValueError("its records have other fields")
    return Record(**{**row, "paraphrases": tuple(row["paraphrases"])})


def digest(path: Path) -> str:
    """SHA-256 of a file, hexadecimal.

    Raises:
        InvalidInput: it cannot be read.
    """
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise InvalidInput(f"{path} cannot be read ({error.strerror})", "see that it is there") from error


def read_corpus(folder: Path, split: str | None = None) -> Iterator[Item]:
    """Every item of a corpus, shard by shard in order.

    Args:
        folder: that `vivavoce stage` wrote.
        split: only these, `train`, `valid` or `test`; None for all.

    Raises:
        InvalidInput: there is none, or a shard is damaged.
    """
    paths = sorted(folder.glob(f"*{SUFFIX}"))
    if not paths:
        raise InvalidInput(f"{folder} holds no corpus", f"make one: vivavoce stage {folder} --minutes 60")
    for path in paths:
        for item in read_shard(path):
            if split is None or item.record.split == split:
                yield item
