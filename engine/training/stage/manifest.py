"""The plan of a corpus, which decides every byte of it, the manifest of what was made, and who is held out."""

from __future__ import annotations

import hashlib
import json
import math
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any

from engine.core.errors import InvalidInput
from engine.core.output import check_target, replacing
from engine.training.stage.shards import SUFFIX, Item, Record, digest, read_shard

VERSION = 1
SHARD_S = 60.0
ITEMS_A_SHARD = 1000  # numbers that a shard's items may take
REAL_A_SHARD = 12  # recordings
PLAN, MANIFEST = "plan.json", "manifest.json"
MAX_MINUTES = 100_000.0
# Share of sentences, voices, and pairs of a voice and an emotion that are held out.
HELD = {"sentence": (0.05, 0.03), "voice": (0.06, 0.0), "emotion": (0.05, 0.0)}  # test, valid


@dataclass(frozen=True)
class Plan:
    """What a corpus is made of. The same plan gives the same bytes, whoever makes which part of it.

    Args:
        seed: 64-bit.
        minutes: of the stage's own performances.
        languages: short names or tags, "en", "de".
        voices: labels of those that speak.
        rooms: share of performances with a room, noise or microphone.
        scenes: share with a partner who listens.
        real: names of real recordings that are performed too.
        shard_s: seconds of sound in a shard, about.
        version: of the stage.
    """

    seed: int
    minutes: float
    languages: tuple[str, ...]
    voices: tuple[str, ...]
    rooms: float = 0.0
    scenes: float = 0.25
    real: tuple[str, ...] = ()
    shard_s: float = SHARD_S
    version: int = VERSION

    def __post_init__(self) -> None:
        if not 0.0 <= self.minutes <= MAX_MINUTES or not (self.minutes or self.real):
            raise InvalidInput(f"a corpus cannot have {self.minutes:g} minutes", f"give up to {MAX_MINUTES:g}")
        if not (self.languages and self.voices) and self.minutes:
            raise InvalidInput("nobody speaks any language in this corpus", "give at least one language that a voice here speaks")
        if not 1.0 <= self.shard_s <= 600.0:
            raise InvalidInput(f"shards of {self.shard_s:g} s are none", "give 1 to 600 seconds")
        for name in ("rooms", "scenes"):
            if not 0.0 <= getattr(self, name) <= 1.0:
                raise InvalidInput(f"{name} = {getattr(self, name):g} is no share", "give 0 to 1")

    @property
    def key(self) -> str:
        """A hash of it, which its shards carry."""
        return hashlib.sha256(self.text().encode()).hexdigest()[:16]

    def text(self) -> str:
        """As JSON."""
        return json.dumps(asdict(self), ensure_ascii=False, indent=1, sort_keys=True) + "\n"

    @property
    def shards(self) -> tuple[str, ...]:
        """Names of its shards, the stage's own first."""
        own = math.ceil(self.minutes * 60.0 / self.shard_s - 1e-9)
        real = math.ceil(len(self.real) / REAL_A_SHARD)
        return (*(f"stage-{i:05d}{SUFFIX}" for i in range(own)), *(f"real-{i:05d}{SUFFIX}" for i in range(real)))

    def seconds_of(self, shard: int) -> float:
        """Seconds that one of the stage's own shards holds at least."""
        return min(self.shard_s, self.minutes * 60.0 - shard * self.shard_s)


def read_plan(folder: Path) -> Plan | None:
    """The plan of the corpus in a folder; None where there is none.

    Raises:
        InvalidInput: it cannot be read.
    """
    path = folder / PLAN
    if not path.exists():
        return None
    try:
        row = json.loads(path.read_text(encoding="utf-8"))
        known: dict[str, Any] = {f.name: row[f.name] for f in fields(Plan)}
        values: dict[str, Any] = {n: tuple(v) if isinstance(v, list) else v for n, v in known.items()}
        return Plan(**values)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise InvalidInput(f"the plan {path} cannot be read ({error})", "delete it, or choose another folder") from error


def write_text(path: Path, text: str) -> None:
    """Write a small file, whole or not at all.

    Raises:
        OutputError: it cannot be written.
    """
    check_target(path)
    with replacing(path) as unfinished:
        unfinished.write_text(text, encoding="utf-8")


def splits_of(text: str, voice: str, emotion: str) -> dict[str, str]:
    """Where an item belongs, by its sentence, its voice, and the pair of its voice and emotion.

    It follows from the names alone, so that the same sentence is held out in every corpus, whatever its seed.
    """
    keys = {"sentence": " ".join(text.lower().split()), "voice": speaker_of(voice), "emotion": f"{speaker_of(voice)} {emotion}"}
    return {by: _drawn(by, key) for by, key in keys.items()}


def speaker_of(voice: str) -> str:
    """Who speaks: one speaker of eSpeak's is the same in every language."""
    engine, _, name = voice.partition(":")
    return f"{engine}:{name.rpartition('+')[2]}" if engine == "espeak" else voice


def _drawn(by: str, key: str) -> str:
    share = int.from_bytes(hashlib.sha256(f"{by}/{key}".encode()).digest()[:6], "big") / 2**48
    test, valid = HELD[by]
    return "test" if share < test else "valid" if share < test + valid else "train"


@dataclass(frozen=True)
class Made:
    """A shard that is there."""

    name: str
    sha256: str
    items: int
    seconds: float


def manifest(plan: Plan, made: Sequence[Made], records: Sequence[Record], statistics: dict[str, Any], left_out: Sequence[tuple[str, str]]) -> str:
    """The manifest as JSON: plan, shards with their hashes, splits, statistics, and the voices that were left out."""
    held = {by: sorted({_name(by, r) for r in records if r.splits[by] == "test"}) for by in ("voice", "emotion")}
    sentences = {split: len({r.text for r in records if r.splits["sentence"] == split}) for split in ("train", "valid", "test")}
    body = {
        "format": VERSION, "key": plan.key, "plan": asdict(plan), "shards": [asdict(m) for m in made],
        "splits": {"items": dict(sorted(Counter(r.split for r in records).items())), "sentences": sentences, "test": held},
        "left_out": [list(row) for row in left_out], "statistics": statistics,
    }  # fmt: skip
    return json.dumps(body, ensure_ascii=False, indent=1) + "\n"


def _name(by: str, record: Record) -> str:
    return speaker_of(record.voice) if by == "voice" else f"{speaker_of(record.voice)} {record.emotion}"


def read_made(folder: Path, plan: Plan, names: Sequence[str]) -> Iterator[tuple[Made, tuple[Item, ...]]]:
    """The shards that are there, in order, each with its items.

    Raises:
        InvalidInput: one is damaged or of another corpus.
    """
    for name in names:
        path = folder / name
        if path.exists():
            items = read_shard(path, plan.key)
            yield Made(name, digest(path), len(items), round(sum(item.seconds for item in items), 3)), items
