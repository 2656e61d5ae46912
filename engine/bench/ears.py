"""Who hears better without a transcript: pocketsphinx, the speech encoder, or both together, in lips and in viseme classes.

Scored on hand labels of English (emur_ae, heard by nobody in training) and acted German (EmoDB), on forced alignments of read English
(librivox), and on synthetic voices of languages that the encoder was never trained on. Lips are those of the performance, measured
on Ada's posed mouth as `lips` does; `alignment.closure_counts` says how they are scored.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from engine.bench import alignment
from engine.bench.figure import Figure, data_folder
from engine.head.rig import LipGauge
from engine.speech.files import Sound, open_sound
from engine.speech.line import Line, analyse
from engine.speech.phonemes import PAUSE, from_arpabet
from engine.systems.performer import perform

RATE = Fraction(30)
# Languages that nothing of the encoder has heard or read, each with a voice that it never heard either.
UNHEARD: dict[str, str] = {"ca": "festival:upc_ca_ona_hts", "te": "festival:telugu_NSK_diphone"}
EMODB_SPEAKERS = ("03", "08", "09", "10", "11")
# Every so many of EmoDB's recordings are scored: all of them take a quarter of an hour.
EMODB_STEP = 3


@dataclass(frozen=True)
class Example:
    """A recording and what people, or whoever is believed, found in it."""

    sound: Sound
    labels: alignment.Labels


@dataclass(frozen=True)
class Corpus:
    """Recordings that are scored together.

    Args:
        name: in the figures.
        language: tag.
        goals: of the event F1, frame F1 and frame accuracy of the ears that a person gets without choosing; "" for none.
        examples: yields the recordings; nothing where they are not here.
    """

    name: str
    language: str
    goals: tuple[str, str, str]
    examples: Callable[[], Iterable[Example]]


@dataclass
class Score:
    """Sums over a corpus."""

    counts: np.ndarray
    right: float = 0.0
    frames: int = 0
    files: int = 0

    def add(self, line: Line, labels: alignment.Labels) -> None:
        """Count one performed line."""
        clip = perform(line, RATE)
        gap = LipGauge().mm(clip.values)
        grid = (np.arange(int(clip.times_s[-1] / alignment.HOP_S) + 1) + 0.5) * alignment.HOP_S
        self.counts += alignment.closure_counts(labels, np.interp(grid, clip.times_s, gap) < 1.0)
        frames = int(labels.spans[-1, 1] / alignment.HOP_S)
        self.right += alignment.boundary_score(labels, line.phonemes).frame_accuracy * frames
        self.frames += frames
        self.files += 1


def emur() -> Iterator[Example]:
    """emuR's Australian English, hand-labelled."""
    data = data_folder()
    for path in sorted((data / "speech" / "emur_ae").glob("*.lab")) if data else ():
        yield Example(open_sound(path.with_suffix(".wav")), alignment.read_labels(path))


def emodb(speaker: str) -> Iterator[Example]:
    """EmoDB's acted German of one speaker, hand-labelled."""
    data = data_folder()
    for path in sorted((data / "emotion" / "emodb" / "wav").glob(f"{speaker}*.wav"))[::EMODB_STEP] if data else ():
        for lablaut in sorted((path.parents[1] / "lablaut").glob(path.stem + "*.lablaut"))[:1]:
            labels = alignment.read_labels(lablaut)
            if len(labels.spans) > 4:
                yield Example(open_sound(path), labels)


def librivox() -> Iterator[Example]:
    """Read American English with pocketsphinx's own alignment to the text."""
    data = data_folder()
    for path in sorted((data / "speech" / "pocketsphinx_librivox").glob("*.phone.json")) if data else ():
        words = json.loads(path.read_text(encoding="utf-8"))["w"]
        phones = [(from_arpabet(p["t"]) if not p["t"].startswith(("SIL", "+")) else PAUSE, p["b"], p["b"] + p["d"]) for w in words for p in w["w"]]
        names = tuple(name for name, _, _ in phones)
        labels = alignment.Labels(np.array([(a, b) for _, a, b in phones]), names, names)
        yield Example(open_sound(path.with_name(path.name.replace(".phone.json", ".wav"))), labels)


def score(examples: Iterable[Example], language: str, ears: str) -> Score:
    """What ears make of recordings."""
    total = Score(np.zeros(7, np.int64))
    for example in examples:
        total.add(analyse(example.sound, None, language, ears=ears), example.labels)
    return total


def figures(name: str, total: Score, goals: tuple[str, str, str], note: str = "") -> Iterator[Figure]:
    """Event F1, frame F1 and frame accuracy of a score."""
    event, frame = alignment.closure_figures(total.counts)
    note = f"{total.files} recordings, {total.counts[0]} bilabials{', ' if note else ''}{note}"
    yield Figure(f"{name}.event_f1", event, "", goals[0], note)
    yield Figure(f"{name}.frame_f1", frame, "", goals[1], note)
    yield Figure(f"{name}.accuracy", total.right / max(total.frames, 1), "", goals[2], "12 viseme classes, 10 ms")
