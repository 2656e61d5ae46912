"""Random edits that fit the document they are made for: the same seed gives the same edits. Also run as a process to be killed."""

from __future__ import annotations

import itertools
import random
import sys
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

from engine.bench.random_parts import RandomParts
from engine.core.curves import TANGENTS, Curve, Key
from engine.core.emotion import EMOTIONS
from engine.project.document import AMOUNTS, Character, Document, LineDoc, Media, Settings, Typed, emotion_track
from engine.project.edits import (
    AddCharacter,
    AddLine,
    Composite,
    Edit,
    MergePhonemes,
    MoveBoundary,
    MoveKey,
    PutLine,
    RelabelPhoneme,
    RemoveCharacter,
    RemoveKey,
    RemoveLine,
    RenameLine,
    ReplaceSource,
    SetAmount,
    SetAnalysis,
    SetCharacter,
    SetCurve,
    SetKey,
    SetLineStart,
    SetSeed,
    SetSettings,
    SetTranscript,
    SpliceKeys,
    SpliceTrack,
    SplitPhoneme,
)  # fmt: skip
from engine.project.history import History
from engine.project.phoneme_edits import MIN_PHONEME_S
from engine.project.storage import ProjectFile
from engine.project.tracks import PhonemeTrack, TrackPart, Word

LABELS = ("", "p", "b", "m", "f", "s", "t", "k", "a", "iː", "ʃ", "ɹ")


def start_document() -> Document:
    """One character with one analysed line, the same every time."""
    maker = RandomEdits(0)
    line = LineDoc("line0", "first", maker.media(), 0.0, "hello", "en", (Word("hello", 0.1, 0.4),), maker.track(40), False, "alignment")
    return Document("document", Settings(), (Character("ada", "Ada", "ada", (line,)),))


class RandomEdits:
    """Makes edits of every kind.

    Args:
        seed: of the choices.
    """

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self._number = itertools.count(1)
        self._seed = seed
        self.kinds: tuple[Callable[[Document], Edit | None], ...] = (
            self._add_line, self._remove_line, self._line_fields, self._replace_source, self._analysis, self._boundary, self._boundary,
            self._relabel, self._split, self._merge, self._splice_track, self._set_key, self._set_key, self._move_key, self._remove_key,
            self._curve, self._amount, self._seed_edit, self._settings, self._characters, self._composite, self._put_line,
            *RandomParts(self.random, self.id, self).kinds(),
        )  # fmt: skip

    def next(self, document: Document) -> Edit:
        """An edit that can be made on `document`."""
        while True:
            edit = self.random.choice(self.kinds)(document)
            if edit is not None:
                return edit

    def id(self) -> str:
        """An id nobody has."""
        return f"s{self._seed}n{next(self._number)}"

    def media(self) -> Media:
        """A recording that is nowhere."""
        return Media(f"sounds/è {self.random.randrange(9)}.wav", f"{self.random.getrandbits(256):064x}", self.random.uniform(0.1, 60.0), 48000)

    def track(self, count: int) -> PhonemeTrack:
        """So many phonemes, with closures or without."""
        bounds = list(itertools.accumulate((self.random.uniform(0.01, 0.2) for _ in range(count)), initial=0.0))
        labels = tuple(self.random.choice(LABELS) for _ in range(count))
        closures = None
        if self.random.random() < 0.7:
            closures = tuple((a + 0.002, b) if label in "pbm" and label else None for label, (a, b) in zip(labels, itertools.pairwise(bounds), strict=True))
        return PhonemeTrack(labels, tuple(bounds), closures)

    def _line(self, document: Document, analysed: bool = False) -> LineDoc | None:
        lines = [line for line in document.lines() if line.phonemes is not None or not analysed]
        return self.random.choice(lines) if lines else None

    def _key(self, time_s: float | None = None) -> Key:
        when = self.random.uniform(0, 8) if time_s is None else time_s
        return Key(when, self.random.random(), self.random.choice(TANGENTS), self.random.uniform(-1, 1), self.random.uniform(-1, 1))

    def _add_line(self, document: Document) -> Edit | None:
        if not document.characters or sum(1 for _ in document.lines()) > 6:
            return None
        source = self.media() if self.random.random() < 0.5 else Typed("Grüße, “monde” 🎭", "fr")
        line = LineDoc(self.id(), "line", source, self.random.uniform(0, 9), seed=self.random.getrandbits(64))
        return AddLine(self.random.choice(document.characters).id, line, self.random.randrange(-1, 4))

    def _remove_line(self, document: Document) -> Edit | None:
        line = self._line(document)
        return RemoveLine(line.id) if line and self.random.random() < 0.3 else None

    def _line_fields(self, document: Document) -> Edit | None:
        line = self._line(document)
        if line is None:
            return None
        start_s, text = self.random.uniform(0, 50), str(self.random.random())
        told = SetTranscript(line.id, text), SetTranscript(line.id, text, "de", "encoder")
        return self.random.choice((RenameLine(line.id, text), SetLineStart(line.id, start_s), *told))

    def _replace_source(self, document: Document) -> Edit | None:
        line = self._line(document)
        return ReplaceSource(line.id, self.media()) if line and self.random.random() < 0.2 else None

    def _analysis(self, document: Document) -> Edit | None:
        line = self._line(document)
        if line is None:
            return None
        track = self.track(self.random.randrange(1, 40))
        words = tuple(Word("w", a, b) for a, b in itertools.pairwise(track.bounds_s[::3]))
        return SetAnalysis(line.id, words, track, "recognition", ("no transcript",))

    def _boundary(self, document: Document) -> Edit | None:
        line = self._line(document, analysed=True)
        if line is None or line.phonemes is None or len(line.phonemes) < 2:
            return None
        index = self.random.randrange(1, len(line.phonemes))
        time_s = line.phonemes.bounds_s[index] + self.random.uniform(-0.1, 0.1)
        return MoveBoundary(line.id, index, time_s, self.random.random() < 0.5)

    def _relabel(self, document: Document) -> Edit | None:
        line = self._line(document, analysed=True)
        return None if line is None or line.phonemes is None else RelabelPhoneme(line.id, self.random.randrange(len(line.phonemes)), self.random.choice(LABELS))

    def _split(self, document: Document) -> Edit | None:
        line = self._line(document, analysed=True)
        if line is None or line.phonemes is None:
            return None
        index = self.random.randrange(len(line.phonemes))
        a, b = line.phonemes.bounds_s[index : index + 2]
        if b - a < 3 * MIN_PHONEME_S:
            return None
        return SplitPhoneme(line.id, index, self.random.uniform(a + MIN_PHONEME_S, b - MIN_PHONEME_S), self.random.choice((None, "p", "a")))

    def _merge(self, document: Document) -> Edit | None:
        line = self._line(document, analysed=True)
        if line is None or line.phonemes is None or len(line.phonemes) < 3:
            return None
        count = self.random.randrange(2, min(4, len(line.phonemes)) + 1)
        return MergePhonemes(line.id, self.random.randrange(len(line.phonemes) - count + 1), count, self.random.choice((None, "m", "o")))

    def _splice_track(self, document: Document) -> Edit | None:
        line = self._line(document, analysed=True)
        if line is None or line.phonemes is None or self.random.random() < 0.5:
            return None
        a, b = line.phonemes.bounds_s[0:2]
        return SpliceTrack(line.id, 0, 1, TrackPart(("e", "f"), (a, (a + b) / 2, b)), edited=self.random.random() < 0.5)

    def _emotion(self, line: LineDoc) -> str:
        return emotion_track(self.random.choice(EMOTIONS[:3]))

    def _set_key(self, document: Document) -> Edit | None:
        line = self._line(document)
        if line is None:
            return None
        track = self._emotion(line)
        keys = line.curve(track).keys
        return SetKey(line.id, track, self._key(self.random.choice(keys).time_s if keys and self.random.random() < 0.3 else None))

    def _with_key(self, document: Document) -> tuple[LineDoc, str, Key] | None:
        found = [(line, emotion_track(name), key) for line in document.lines() for name, curve in line.emotions.items() for key in curve.keys]
        return self.random.choice(found) if found else None

    def _move_key(self, document: Document) -> Edit | None:
        found = self._with_key(document)
        if found is None:
            return None
        line, track, key = found
        onto = self.random.choice(line.curve(track).keys).time_s if self.random.random() < 0.3 else None
        return MoveKey(line.id, track, key.time_s, self._key(onto))

    def _remove_key(self, document: Document) -> Edit | None:
        found = self._with_key(document)
        if found is None:
            return None
        line, track, key = found
        if self.random.random() < 0.3:
            return SpliceKeys(line.id, track, (key.time_s,), (self._key(key.time_s),))
        return RemoveKey(line.id, track, key.time_s)

    def _curve(self, document: Document) -> Edit | None:
        line = self._line(document)
        keys = [self._key() for _ in range(self.random.randrange(0, 5))]
        return None if line is None else SetCurve(line.id, self._emotion(line), Curve.from_keys(keys))

    def _amount(self, document: Document) -> Edit | None:
        line = self._line(document)
        return None if line is None else SetAmount(line.id, self.random.choice(AMOUNTS), round(self.random.uniform(0, 2), 1))

    def _seed_edit(self, document: Document) -> Edit | None:
        line = self._line(document)
        return None if line is None else SetSeed(line.id, self.random.getrandbits(64))

    def _settings(self, document: Document) -> Edit | None:
        rate = self.random.choice((Fraction(30), Fraction(30000, 1001), Fraction(24)))
        return SetSettings(Settings(rate, self.random.randrange(16, 2000), 512, "ada", "de"))

    def _characters(self, document: Document) -> Edit | None:
        if len(document.characters) < 2:
            return AddCharacter(Character(self.id(), "Second"), self.random.randrange(-1, 2))
        other = self.random.choice(document.characters)
        return self.random.choice((RemoveCharacter(other.id), SetCharacter(other.id, str(self.random.random())), SetCharacter(other.id, None, "ben")))

    def _composite(self, document: Document) -> Edit | None:
        edits = []
        for _ in range(self.random.randrange(1, 4)):
            edits.append(self.next(document))
            document = edits[-1].apply(document).document
        return Composite(tuple(edits), self.random.choice(("", "Several")))

    def _put_line(self, document: Document) -> Edit | None:
        line = self._line(document)
        return None if line is None else PutLine(LineDoc(line.id, "put", Typed("text"), 1.0, phonemes=self.track(3), words=()))


def unmerged(document: Document, journal: object = None) -> History:
    """A history whose clock runs so fast that no two edits merge."""
    return History(document, journal, clock=itertools.count(step=100).__next__)  # type: ignore[arg-type]


def main(path: str, seed: int, count: int) -> None:
    """Edit a project, saying after each step how many the journal has acknowledged; then wait to be killed."""
    project = ProjectFile.open(Path(path))
    history, maker = unmerged(project.document, project), RandomEdits(seed)
    for _ in range(count):
        history.apply(maker.next(history.document))
        sys.stdout.write(f"{project.cursor}\n")
        sys.stdout.flush()
    sys.stdout.write("done\n")
    sys.stdout.flush()
    sys.stdin.read()


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
