"""Who hears better without a transcript: pocketsphinx, the speech encoder, or both together, in lips and in viseme classes.

Scored on hand labels of English (emur_ae, heard by nobody in training) and acted German (EmoDB), on forced alignments of read English
(librivox), and on synthetic voices of languages that the encoder was never trained on. Lips are those of the performance, measured
on Ada's posed mouth as `lips` does; `alignment.closure_counts` says how they are scored.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import numpy as np

from engine.bench import alignment
from engine.bench.figure import Figure, data_folder
from engine.core.ears import AUTO, EARS, POCKETSPHINX
from engine.head.rig import LipGauge
from engine.speech.closures import lip_closures
from engine.speech.encoder import Encoder
from engine.speech.files import Sound, open_sound
from engine.speech.labels import Labels, read_labels
from engine.speech.line import Line, analyse
from engine.speech.phonemes import PAUSE, from_arpabet
from engine.systems.performer import perform
from engine.training.stage import voices, words
from engine.training.stage.spoken import Spoken

RATE = Fraction(30)
# Languages that nothing of the encoder has heard or read, each with a voice that it never heard either.
UNHEARD: dict[str, str] = {"it": "festival:pc_diphone", "fi": "festival:hy_fi_mv_diphone"}
SENTENCES = 12
# Event F1, frame F1 and frame accuracy asked for.
ENGLISH, GERMAN, ELSEWHERE = (">= 0.93", ">= 0.75", ">= 0.8"), (">= 0.72", ">= 0.6", ">= 0.6"), (">= 0.85", "", "")
EMODB_SPEAKERS = ("03", "08", "09", "10", "11")
EMODB_STEP = 3  # every third of EmoDB's recordings is scored: all of them take a quarter of an hour
_CHOSEN_ON = "settings partly chosen on these"  # of the search and the mending: `heard`, `recognizer`


@dataclass(frozen=True)
class Example:
    """A recording and what people, or whoever is believed, found in it."""

    sound: Sound
    labels: Labels


@dataclass
class Score:
    """Sums over a corpus."""

    counts: np.ndarray
    right: float = 0.0
    frames: int = 0
    files: int = 0

    def add(self, line: Line, labels: Labels) -> None:
        """Count one performed line."""
        clip = perform(line, RATE)
        gap = LipGauge().mm(clip.values)
        grid = (np.arange(int(clip.times_s[-1] / alignment.HOP_S) + 1) + 0.5) * alignment.HOP_S
        self.counts += alignment.closure_counts(labels, np.interp(grid, clip.times_s, gap) < 1.0)
        frames = int(labels.spans[-1, 1] / alignment.HOP_S)
        self.right += alignment.boundary_score(labels, line.phonemes).frame_accuracy * frames
        self.frames += frames
        self.files += 1

    def joined(self, other: Score) -> Score:
        """The sums of both."""
        return Score(self.counts + other.counts, self.right + other.right, self.frames + other.frames, self.files + other.files)


def emur() -> Iterator[Example]:
    """emuR's Australian English, hand-labelled."""
    data = data_folder()
    for path in sorted((data / "speech" / "emur_ae").glob("*.lab")) if data else ():
        yield Example(open_sound(path.with_suffix(".wav")), read_labels(path))


def emodb(speaker: str) -> Iterator[Example]:
    """EmoDB's acted German of one speaker, hand-labelled."""
    data = data_folder()
    for path in sorted((data / "emotion" / "emodb" / "wav").glob(f"{speaker}*.wav"))[::EMODB_STEP] if data else ():
        for lablaut in sorted((path.parents[1] / "lablaut").glob(path.stem + "*.lablaut"))[:1]:
            labels = read_labels(lablaut)
            if len(labels.spans) > 4:
                yield Example(open_sound(path), labels)


def folds() -> dict[str, Encoder]:
    """The encoders that left one speaker of EmoDB out, by speaker; none where `VIVAVOCE_FOLDS` names no folder.

    Raises:
        InvalidInput: one of them is not in the folder.
    """
    folder = os.environ.get("VIVAVOCE_FOLDS", "")
    return {speaker: Encoder.load(folder=Path(folder) / f"emodb{speaker}") for speaker in EMODB_SPEAKERS} if folder else {}


def librivox() -> Iterator[Example]:
    """Read American English with pocketsphinx's own alignment to the text."""
    data = data_folder()
    for path in sorted((data / "speech" / "pocketsphinx_librivox").glob("*.phone.json")) if data else ():
        words = json.loads(path.read_text(encoding="utf-8"))["w"]
        phones = [(from_arpabet(p["t"]) if not p["t"].startswith(("SIL", "+")) else PAUSE, p["b"], p["b"] + p["d"]) for w in words for p in w["w"]]
        names = tuple(name for name, _, _ in phones)
        labels = Labels(np.array([(a, b) for _, a, b in phones]), names, names)
        yield Example(open_sound(path.with_name(path.name.replace(".phone.json", ".wav"))), labels)


def unheard(language: str, sentences: int = SENTENCES) -> Iterator[Example]:
    """Sentences of a language by the voice of `UNHEARD`, with that voice's own times; nothing where it is not installed."""
    entry = next((e for e in voices.available().entries if e.label == UNHEARD[language]), None)
    for seed in range(sentences if entry is not None else 0):
        assert entry is not None
        random = np.random.default_rng((20261121, seed))
        spoken = voices.speak(entry, words.sentence(language, random), random)
        yield Example(spoken.sound, labels_of(spoken))


def labels_of(spoken: Spoken) -> Labels:
    """The voice's own times as labels; what follows a stop's burst is none of its closure."""
    shut = {int(row["phoneme"]): (float(row["start_s"]), float(row["end_s"])) for row in lip_closures(spoken.phones, spoken.sound)}
    rows: list[tuple[str, str, float, float]] = []
    for i, (label, start, end) in enumerate(spoken.phones.tolist()):
        if i not in shut:
            rows.append((label or "_", label, start, end))
            continue
        closed, parted = shut[i]
        if rows and closed < rows[-1][3]:
            rows[-1] = (*rows[-1][:3], closed)
        rows += [("b", label, closed, parted), ("burst", "+", parted, end)]
    rows = [row for row in rows if row[3] > row[2]]
    names, ipa, _, _ = zip(*rows, strict=True)
    return Labels(np.array([row[2:] for row in rows], np.float64), names, ipa)


def score(examples: Iterable[Example], language: str, ears: str, encoder: Encoder | None = None) -> Score:
    """What ears make of recordings.

    Args:
        examples: the recordings.
        language: tag.
        ears: one of `EARS`.
        encoder: None for ours.
    """
    total = Score(np.zeros(7, np.int64))
    for example in examples:
        total.add(analyse(example.sound, None, language, ears=ears, encoder=encoder), example.labels)
    return total


def figures(name: str, total: Score, goals: tuple[str, str, str], note: str = "") -> Iterator[Figure]:
    """Event F1, frame F1 and frame accuracy of a score; where nothing was scored, that, and `note` says why."""
    event, frame = alignment.closure_figures(total.counts)
    if not total.files:
        yield Figure(f"{name}.event_f1", None, "", goals[0], note)
        return
    note = f"{total.files} recordings, {total.counts[0]} bilabials{', ' if note else ''}{note}"
    yield Figure(f"{name}.event_f1", event, "", goals[0], note)
    yield Figure(f"{name}.frame_f1", frame, "", goals[1], note)
    yield Figure(f"{name}.accuracy", total.right / max(total.frames, 1), "", goals[2], "12 viseme classes, 10 ms")


def ears() -> Iterator[Figure]:
    """Every corpus by everybody who listens. The goals are of what a person gets without choosing."""
    left_out = folds()
    corpora: list[tuple[str, str, Iterable[Example], tuple[str, str, str]]] = [("emur", "en", emur(), ENGLISH), ("librivox", "en", librivox(), ("", "", ""))]
    corpora += [(f"unheard_{tag}", tag, unheard(tag), ELSEWHERE) for tag in UNHEARD]
    for corpus, language, examples, goals in corpora:
        found = list(examples)
        for who in EARS:
            note = (_CHOSEN_ON if corpus == "emur" else "the encoder was trained on these" if corpus == "librivox" else "") if who != POCKETSPHINX else ""
            missing = "no recordings: set VIVAVOCE_DATA" if corpus in ("emur", "librivox") else f"the voice {UNHEARD[language]} is not installed"
            yield from figures(f"ears.{corpus}.{who}", score(found, language, who), goals if who == AUTO else ("", "", ""), note if found else missing)
    yield from _acted(left_out)


def _acted(left_out: Mapping[str, Encoder]) -> Iterator[Figure]:
    """EmoDB: the encoder by weights that left the speaker out, where there are any."""
    for who in EARS:
        total, each = Score(np.zeros(7, np.int64)), []
        for speaker in EMODB_SPEAKERS if who == POCKETSPHINX else left_out:
            one = score(emodb(speaker), "de", who, left_out.get(speaker))
            each.append("{} {:.2f}/{:.2f}".format(speaker, *alignment.closure_figures(one.counts)))
            total = total.joined(one)
        note = "its helper network was trained on these speakers" if who == POCKETSPHINX else "each speaker by weights that left them out"
        missing = "no recordings" if who == POCKETSPHINX or left_out else "no weights that left a speaker out: set VIVAVOCE_FOLDS"
        note = f"every third, {note}: {', '.join(each)}" if total.files else missing
        yield from figures(f"ears.emodb.{who}", total, GERMAN if who == AUTO else ("", "", ""), note)
