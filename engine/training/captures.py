"""Motion sets: a folder of videos of people who speak, captured into shards to train on, with a card that says how good they are.

The shards have the form of the stage's (`engine.training.stage.shards`), so whoever reads a corpus reads these, and hold beside it how sure each
frame is, the opening of the lips and whether they are shut. Every seventh video by name is held out: it is neither tracked nor written.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.avatars.capture import capture, track_of
from engine.avatars.closures import closures as closures_of
from engine.avatars.tracking.fit import Captured
from engine.avatars.tracking.models import models
from engine.avatars.tracking.pictures import open_video
from engine.avatars.tracking.settings import CaptureSettings
from engine.core.channels import CHANNELS, INDEX
from engine.core.emotion import EMOTIONS
from engine.core.errors import InvalidInput
from engine.core.jobs import SILENT, Job
from engine.core.output import writing
from engine.speech.closure_score import HOP_S, closed_frames, closure_counts, labels_of
from engine.speech.files import open_sound
from engine.speech.line import Line, analyse
from engine.training.recordings import HELD_EVERY, held_out
from engine.training.stage.manifest import write_text
from engine.training.stage.shards import MOTION_RATE, SOUND_RATE, SUFFIX, Item, Record, digest, pcm, read_shard, write_shard
from engine.training.stage.spoken import NEUTRAL

VERSION = 1
SHARD_ITEMS = 24
CARD, MANIFEST = "card.md", "manifest.json"
VIDEOS = (".mp4", ".mov", ".mkv", ".webm", ".avi", ".mpg", ".mpeg", ".m4v", ".ts")
# Of each captured frame at `MOTION_RATE`: how sure it is 0 to 1, the opening of the lips as a share of the eyes' distance, and 1 where they are shut.
MORE: dict[str, tuple[np.dtype[Any], int]] = {
    "confidence": (np.dtype("<f4"), 0), "gap": (np.dtype("<f4"), 0), "closed": (np.dtype("u1"), 0),
}  # fmt: skip
_LEAST_SEEN, _SURE = 0.9, 0.5  # share of the frames that must be this sure
_SHUT_EYE = 0.5


@dataclass(frozen=True)
class Clip:
    """One video of a set.

    Args:
        path: of the file.
        text: what is said, from the `.align` or `.txt` file beside it; "" where there is none.
    """

    path: Path
    text: str


@dataclass(frozen=True)
class Quality:
    """How good one clip's capture is.

    Args:
        name: of the clip.
        seconds: of motion.
        sure: share of the frames that are at least half sure.
        confidence: mean.
        bilabials: p, b and m that the aligned sound has.
        met: of them, those at which the lips are seen shut.
        closures: runs of shut lips in speech.
        right: of them, those at a p, b or m.
        blinks: of the left eye.
        left_out: why it is not in the set; "" where it is.
    """

    name: str
    seconds: float = 0.0
    sure: float = 0.0
    confidence: float = 0.0
    bilabials: int = 0
    met: int = 0
    closures: int = 0
    right: int = 0
    blinks: int = 0
    left_out: str = ""


@dataclass(frozen=True)
class Outcome:
    """What a run came to.

    Args:
        shards: names of the files.
        clips: quality of each clip, left out or not.
        held: names of the videos that were not looked at.
    """

    shards: tuple[str, ...]
    clips: tuple[Quality, ...]
    held: tuple[str, ...]

    @property
    def kept(self) -> list[Quality]:
        """Clips that are in the set."""
        return [clip for clip in self.clips if not clip.left_out]

    @property
    def seconds(self) -> float:
        """Of motion."""
        return sum(clip.seconds for clip in self.kept)

    @property
    def event_f1(self) -> float:
        """How well shut lips and the sound's p, b and m tell of each other, over the set."""
        met, bilabials = sum(c.met for c in self.kept), sum(c.bilabials for c in self.kept)
        right, closures = sum(c.right for c in self.kept), sum(c.closures for c in self.kept)
        recall, precision = met / max(bilabials, 1), right / max(closures, 1)
        return 2 * recall * precision / max(recall + precision, 1e-9)


def clips_of(folder: Path, every: int = HELD_EVERY) -> tuple[list[Clip], list[str]]:
    """The videos of a folder by name, and the names of those that are held out.

    Args:
        folder: with videos.
        every: which of them by name are held out; 0 for none.

    Raises:
        InvalidInput: there is no video.
    """
    paths = sorted(path for path in folder.iterdir() if path.suffix.lower() in VIDEOS) if folder.is_dir() else []
    if not paths:
        raise InvalidInput(f"{folder} holds no videos", "give a folder with files such as " + " ".join(VIDEOS[:4]))
    names = [path.stem for path in paths]
    held = held_out(names) if every == HELD_EVERY else set(names[every - 1 :: every]) if every else set()
    return [Clip(path, text_beside(path)) for path in paths if path.stem not in held], sorted(held)


def text_beside(path: Path) -> str:
    """What is said in a video, as GRID's `.align` or a `.txt` beside it has it; "" without."""
    align, text = path.with_suffix(".align"), path.with_suffix(".txt")
    if align.is_file():
        words = (row.split()[2] for row in align.read_text(encoding="utf-8", errors="replace").splitlines() if len(row.split()) == 3)
        return " ".join(word for word in words if word not in ("sil", "sp"))
    return text.read_text(encoding="utf-8", errors="replace").strip() if text.is_file() else ""


def make(videos: Path, folder: Path, every: int = HELD_EVERY, language: str = "en", resume: bool = False, job: Job = SILENT) -> Outcome:
    """Capture a folder of videos into a motion set.

    Args:
        videos: folder with them, and what is said in `.align` or `.txt` files beside them.
        folder: to write to; made where it is not there.
        every: every so many-th by name is held out; 0 for none.
        language: that is spoken.
        resume: go on with what is in the folder.
        job: progress and cancelling; finished shards stay.

    Raises:
        MissingAsset: the landmark models are not on this machine.
        InvalidInput: no videos, or the folder holds another set.
        OutputError: the folder cannot be written.
        Cancelled: the job was cancelled.
    """
    clips, held = clips_of(videos, every)
    key = _key(clips, language)
    with writing(folder):
        folder.mkdir(parents=True, exist_ok=True)
    if not resume and any(folder.glob(f"*{SUFFIX}")):
        raise InvalidInput(f"{folder} holds shards already", "go on with --resume, or choose another folder")
    made: list[Quality] = []
    names: list[str] = []
    for number, start in enumerate(range(0, len(clips), SHARD_ITEMS)):
        batch, path = clips[start : start + SHARD_ITEMS], folder / f"captured-{number:05d}{SUFFIX}"
        part = job.part(start / len(clips), min(1.0, (start + len(batch)) / len(clips)))
        found = _known(path, key) if path.exists() else None
        made += found if found is not None else _shard(path, key, batch, start, videos.name, language, part)
        names += [path.name] if path.exists() else []
    outcome = Outcome(tuple(names), tuple(made), tuple(held))
    write_text(folder / MANIFEST, _manifest(folder, key, videos.name, outcome))
    write_text(folder / CARD, card(videos.name, outcome, every))
    return outcome


def read_motion(folder: Path) -> Iterator[tuple[Item, dict[str, NDArray[Any]]]]:
    """Every item of a motion set, with its arrays of `MORE`.

    Raises:
        InvalidInput: there is none, or a shard is damaged.
    """
    paths = sorted(folder.glob(f"captured-*{SUFFIX}"))
    if not paths:
        raise InvalidInput(f"{folder} holds no motion set", f"make one: vivavoce motion-set VIDEOS {folder}")
    for path in paths:
        items = read_shard(path)
        with np.load(path, allow_pickle=False) as file:
            more = {name: (file[name], file[f"{name}.at"]) for name in MORE}
        for number, item in enumerate(items):
            yield item, {name: values[at[number] : at[number + 1]] for name, (values, at) in more.items()}


def _key(clips: Sequence[Clip], language: str) -> str:
    """What a set is made of."""
    parts = [VERSION, models().digest(), language, [[clip.path.stem, clip.path.stat().st_size, clip.text] for clip in clips], asdict(CaptureSettings())]
    return hashlib.sha256(json.dumps(parts, default=str).encode()).hexdigest()[:16]


def _known(path: Path, key: str) -> list[Quality] | None:
    """Quality of a finished shard's clips; None where it must be made again."""
    beside = path.with_suffix(".json")
    try:
        read_shard(path, key)
        return [Quality(**row) for row in json.loads(beside.read_text(encoding="utf-8"))]
    except (OSError, ValueError, TypeError):
        return None
    except InvalidInput as error:
        if "another corpus" in error.what:
            raise
        return None


def _shard(path: Path, key: str, clips: Sequence[Clip], first: int, source: str, language: str, job: Job) -> list[Quality]:
    """Capture some clips into a shard, and say how good they are."""
    items: list[Item] = []
    said: list[Quality] = []
    for number, clip in enumerate(clips):
        part = job.part(number / len(clips), (number + 1) / len(clips))
        part.report(0.0, 1.0, f"capturing {clip.path.stem}")
        try:
            item, quality = item_of(clip, first + number, source, language, part)
        except InvalidInput as error:
            said.append(Quality(clip.path.stem, left_out=error.what.replace(str(clip.path), clip.path.name)))
            continue
        said.append(quality)
        if not quality.left_out:
            items.append(item)
    write_text(path.with_suffix(".json"), json.dumps([asdict(quality) for quality in said], indent=1) + "\n")
    if items:
        write_shard(path, key, items, MORE)
    return said


def item_of(clip: Clip, index: int, source: str, language: str = "en", job: Job = SILENT) -> tuple[Item, Quality]:
    """One captured clip as an item of a corpus.

    Args:
        clip: the video.
        index: of the item.
        source: name of the set.
        language: that is spoken.
        job: progress and cancelling.

    Raises:
        InvalidInput: no face, no sound, or no speech in it.
    """
    found = capture(clip.path, None, job)
    sound = open_sound(clip.path)
    line = analyse(sound, clip.text or None, language)
    start_s = open_video(clip.path).origin_s - sound.origin_s
    count = max(1, int(sound.duration_s * MOTION_RATE + 1e-6))
    times = np.arange(count) / MOTION_RATE - start_s
    channels = found.clip.sample(times).astype(np.float32)
    nearest = np.clip(np.round(times * float(found.clip.rate)).astype(np.int64), 0, len(found.clip) - 1)
    more: dict[str, NDArray[Any]] = {"confidence": found.confidence[nearest], "gap": found.gap[nearest], "closed": found.closed[nearest].astype(np.uint8)}
    record = Record(
        index, source, f"{source}/{clip.path.stem}", clip.text or line.transcript, language, f"real:{source}", NEUTRAL, 0, "", (), "",
        "alignment" if line.method == "alignment" else "heard", "capture", {"kept": "train"},
    )  # fmt: skip
    closures = np.stack([line.closures["start_s"], line.closures["end_s"]], -1)
    arrays: dict[str, NDArray[Any]] = {
        "samples": pcm(sound.mono(SOUND_RATE)), "phones": line.phonemes, "words": line.words, "closures": closures, "pitch_hz": line.prosody.pitch_hz,
        "energy_db": line.prosody.energy_db, "channels": channels, "levels": np.zeros((count, len(EMOTIONS)), np.float32), "blinks": blinks(channels),
        "gazes": np.zeros((0, 3)), "partner": np.zeros((0, len(CHANNELS)), np.float32), **more,
    }  # fmt: skip
    seen = np.array([(each.start_s + start_s, each.end_s + start_s) for each in closures_of(track_of(clip.path))]).reshape(-1, 2)
    return Item(record, arrays), quality_of(clip.path.stem, found, line, closed_frames(seen, sound.duration_s))


def blinks(channels: NDArray[np.float32]) -> NDArray[np.float64]:
    """Time and length in seconds of each blink in channels [T, 63] at `MOTION_RATE`: float64 [N, 2]."""
    lid = channels[:, INDEX["eyeBlinkLeft"]]
    edges = np.flatnonzero(np.diff(np.concatenate([[0], (lid > _SHUT_EYE).astype(np.int8), [0]])))
    runs = list(zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True))
    rows = [(a + int(np.argmax(lid[a:b])), b - a) for a, b in runs]
    return np.array(rows, np.float64).reshape(-1, 2) / MOTION_RATE


def quality_of(name: str, found: Captured, line: Line, pressed: NDArray[np.bool_]) -> Quality:
    """How good a capture is, and what its lips say against the aligned sound.

    Args:
        name: of the clip.
        found: captured.
        line: what is said.
        pressed: bool [N] at the middles of 10 ms of the sound: a p, b or m is seen.
    """
    sure = float((found.confidence >= _SURE).mean())
    bilabials, met, closures, right = (int(n) for n in closure_counts(labels_of(line.phonemes), pressed)[:4])
    seconds = found.clip.duration_s
    why = f"the face is sure in {100 * sure:.0f} % of the frames only" if sure < _LEAST_SEEN else "" if any(line.phonemes["label"]) else "no speech is heard"
    at_rate = found.clip.resampled(Fraction(MOTION_RATE)).values
    return Quality(
        name, round(seconds, 3), round(sure, 4), round(float(found.confidence.mean()), 4), bilabials, met, closures, right, len(blinks(at_rate)), why
    )


def shut_frames(found: Captured, start_s: float, duration_s: float) -> NDArray[np.bool_]:
    """Whether the lips are seen shut, bool [N] at the middles of 10 ms.

    Args:
        found: captured.
        start_s: when its first frame is, seconds of the sound.
        duration_s: of the sound.
    """
    grid = (np.arange(int(duration_s / HOP_S) + 2) + 0.5) * HOP_S
    nearest = np.round((grid - start_s) * float(found.clip.rate)).astype(np.int64)
    inside = (nearest >= 0) & (nearest < len(found.clip))
    return found.closed[np.clip(nearest, 0, len(found.clip) - 1)] & inside


def _manifest(folder: Path, key: str, name: str, outcome: Outcome) -> str:
    body = {
        "format": VERSION, "key": key, "source": name, "shards": {shard: digest(folder / shard) for shard in outcome.shards},
        "seconds": round(outcome.seconds, 2), "event_f1": round(outcome.event_f1, 4), "held_out": list(outcome.held),
        "clips": [asdict(clip) for clip in outcome.clips],
    }  # fmt: skip
    return json.dumps(body, ensure_ascii=False, indent=1) + "\n"


def card(name: str, outcome: Outcome, every: int = HELD_EVERY) -> str:
    """The card of a motion set, Markdown."""
    kept, out = outcome.kept, [clip for clip in outcome.clips if clip.left_out]
    count = lambda what: sum(getattr(clip, what) for clip in kept)  # noqa: E731
    weakest = sorted(kept, key=lambda clip: clip.confidence)[:5]
    rows = {
        "what": f"{len(kept)} clips, {outcome.seconds / 60:.1f} minutes of captured motion, {MOTION_RATE} frames a second",
        "made by": "`vivavoce motion-set VIDEOS FOLDER`, from the videos' pictures alone; phones from the sound",
        "held out": f"every {every}th video by name, {len(outcome.held)} of them: not tracked, not in here" if every else "none",
        "frames at least half sure": f"{100 * np.average([c.sure for c in kept], weights=[c.seconds for c in kept]):.1f} %" if kept else "none",
        "lips against the sound's p, b, m": f"event F1 {outcome.event_f1:.3f} ({count('met')} of {count('bilabials')} met, "
        f"{count('right')} of {count('closures')} closures right)",
        "blinks": f"{count('blinks')}, {60 * count('blinks') / max(outcome.seconds, 1e-9):.0f} a minute",
        "left out": "; ".join(f"{clip.name} ({clip.left_out})" for clip in out) or "none",
        "least sure": ", ".join(f"{clip.name} {clip.confidence:.2f}" for clip in weakest),
        "limits": "tongue and breath are not seen and are zero; emotion, instruction and partner are empty; the licence is that of the videos",
    }
    lines = [f"# Motion set of {name}", "", "| | |", "|---|---|", *(f"| {label} | {text} |" for label, text in rows.items()), ""]
    return "\n".join(lines)
