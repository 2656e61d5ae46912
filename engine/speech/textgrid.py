"""Praat TextGrid files: read both text forms, write the long one, and change them to and from a line's phonemes and words.

Source: Praat manual, "TextGrid file formats": of a text file only free-standing numbers, quoted strings and <flags> count, all
else is for the reader's eye, which makes the long and the short form one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from engine.core.errors import InvalidInput
from engine.core.output import replacing
from engine.speech.phonemes import PAUSE, WORD_DTYPE, from_arpabet, split_label, track

LARGEST = 64 << 20  # bytes: many hours
PHONE_TIERS = ("phones", "phonemes", "phone", "phoneme", "phonetic", "segments", "mau")
WORD_TIERS = ("words", "word", "ort-mau", "ort", "orthography")
_PAUSES = frozenset(("", "sil", "sp", "spn", "pau", "pause", "h#", "#", "_", "<p:>", "<p>", "<sil>", "<eps>", "..."))
_SAMPA = str.maketrans({"@": "ə", "{": "æ", "}": "ʉ", "3": "ɜ"})  # signs of X-SAMPA that no IPA label holds
_TOKEN = re.compile(r'"((?:[^"]|"")*)"|<(\w+)>|(![^\n]*)|([^\s"]+)')
_SAVE_AGAIN = 'save it again from Praat with "Save as text file..."'

Interval = tuple[float, float, str]  # start_s, end_s, text


@dataclass(frozen=True)
class Tier:
    """One interval tier: a name and its intervals, rising in time, seconds from the sound's first sample."""

    name: str
    intervals: tuple[Interval, ...]


@dataclass(frozen=True)
class TextGrid:
    """What a TextGrid file says; its point tiers are left out.

    Args:
        duration_s: length.
        tiers: the interval tiers in the file's order.
    """

    duration_s: float
    tiers: tuple[Tier, ...]

    def tier(self, names: Sequence[str]) -> Tier | None:
        """The first tier with one of `names`, which are tried in order; capitals and a speaker before " - " do not count."""
        for name in names:
            for tier in self.tiers:
                if tier.name.strip().lower().rpartition(" - ")[2] == name:
                    return tier
        return None


@dataclass(frozen=True, eq=False)
class Track:
    """Phonemes and words out of a TextGrid.

    Args:
        phonemes: `PHONEME_DTYPE`, covering the line.
        words: `WORD_DTYPE`.
        notices: what was done to the labels.
    """

    phonemes: NDArray[np.void]
    words: NDArray[np.void]
    notices: tuple[str, ...]


def read_textgrid(path: str | Path) -> TextGrid:
    """Read a TextGrid in the long or the short text form, UTF-8, UTF-16 or Latin-1.

    Raises:
        InvalidInput: missing, not a TextGrid, or broken at a line that is named.
    """
    path = Path(path)
    try:
        with path.open("rb") as file:
            raw = file.read(LARGEST + 1)
    except FileNotFoundError:
        raise InvalidInput(f"{path} does not exist", "check the name and the folder") from None
    except OSError as error:
        raise InvalidInput(f"{path} cannot be read ({error.strerror})", "give a TextGrid file") from error
    if len(raw) > LARGEST:
        raise InvalidInput(f"{path} has more than {LARGEST >> 20} MB", "give the TextGrid of one line")
    if raw.startswith(b"ooBinaryFile"):
        raise InvalidInput(f"{path} is a binary TextGrid", _SAVE_AGAIN)
    return _Reader(path, _decoded(raw)).grid()


def write_textgrid(path: Path, grid: TextGrid) -> None:
    """Write the long text form in UTF-8. Gaps between intervals become empty intervals, as Praat wants them.

    Raises:
        OutputError: the folder cannot be written or the disk is full.
    """
    lines = ['File type = "ooTextFile"', 'Object class = "TextGrid"', "", "xmin = 0", f"xmax = {grid.duration_s!r}", "tiers? <exists>"]
    lines += [f"size = {len(grid.tiers)}", "item []:"]
    for number, tier in enumerate(grid.tiers, 1):
        rows = list(_filled(tier.intervals, grid.duration_s))
        lines += [f"    item [{number}]:", '        class = "IntervalTier"', f"        name = {_quoted(tier.name)}"]
        lines += ["        xmin = 0", f"        xmax = {grid.duration_s!r}", f"        intervals: size = {len(rows)}"]
        for i, (start, end, text) in enumerate(rows, 1):
            lines += [f"        intervals [{i}]:", f"            xmin = {start!r}", f"            xmax = {end!r}", f"            text = {_quoted(text)}"]
    with replacing(path) as temporary:
        temporary.write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")


def grid_of(phonemes: NDArray[np.void], words: NDArray[np.void], duration_s: float) -> TextGrid:
    """A TextGrid with the tiers `words` and `phones` (IPA).

    Args:
        phonemes: `PHONEME_DTYPE`.
        words: `WORD_DTYPE`.
        duration_s: length of the line.
    """
    word_rows = tuple((float(w["start_s"]), float(w["end_s"]), str(w["text"])) for w in words)
    phone_rows = tuple((float(p["start_s"]), float(p["end_s"]), str(p["label"])) for p in phonemes)
    return TextGrid(float(duration_s), (Tier("words", word_rows), Tier("phones", phone_rows)))


def track_of(grid: TextGrid, duration_s: float) -> Track:
    """Phonemes and words of a TextGrid, cut or filled to the length of the line.

    ARPAbet labels (as the Montreal Forced Aligner writes them) and X-SAMPA become IPA; a label of several phonemes is divided evenly.

    Args:
        grid: with a tier named as one of `PHONE_TIERS`; one of `WORD_TIERS` is used where there is one.
        duration_s: length of the line's sound.

    Raises:
        InvalidInput: no tier of phonemes, or none of its labels is one.
    """
    phones = grid.tier(PHONE_TIERS)
    if phones is None:
        has = ", ".join(t.name for t in grid.tiers) or "none"
        raise InvalidInput(f"the TextGrid has no tier of phonemes (its interval tiers: {has})", "name the tier phones")
    labels = {text.strip() for _, _, text in phones.intervals} - {""}
    arpabet = all(_is_arpabet(label) for label in labels if label.lower() not in _PAUSES)
    rows: list[tuple[str, float, float]] = []
    unknown: set[str] = set()
    for start, end, text in phones.intervals:
        label = text.strip()
        parts = () if label.lower() in _PAUSES else (from_arpabet(label),) if arpabet else split_label(label.translate(_SAMPA))
        if not parts and label.lower() not in _PAUSES:
            unknown.add(label)
        step = (end - start) / max(1, len(parts))
        rows += [(part, start + i * step, start + (i + 1) * step) for i, part in enumerate(parts or (PAUSE,))]
    spoken = {label for label in labels if label.lower() not in _PAUSES}
    if spoken and unknown >= spoken:
        shown = " ".join(sorted(unknown)[:8]) + (" ..." if len(unknown) > 8 else "")
        raise InvalidInput(f"no label of the tier {phones.name!r} is a phoneme ({shown})", "write them in IPA, ARPAbet or X-SAMPA")
    word_tier = grid.tier(WORD_TIERS)
    words = [
        (t.strip(), a, min(b, duration_s)) for a, b, t in (word_tier.intervals if word_tier else ()) if t.strip().lower() not in _PAUSES and a < duration_s
    ]
    notices = [f"labels that are not known are taken as pauses: {' '.join(sorted(unknown))}"] if unknown else []
    if abs(grid.duration_s - duration_s) > 0.05:
        notices.append(f"the TextGrid is {grid.duration_s:.2f} s long and the sound {duration_s:.2f} s")
    return Track(track(rows, duration_s), np.array(words, WORD_DTYPE), tuple(notices))


class _Reader:
    """Numbers, strings and flags of a text one after the other."""

    def __init__(self, path: Path, text: str) -> None:
        self._path, self._text = path, text
        self._tokens = self._scan()
        self._at = 0

    def grid(self) -> TextGrid:
        kind = self._string("the file type")
        what = self._string("the object class")
        if not kind.startswith("ooTextFile") or what != "TextGrid":
            raise InvalidInput(f"{self._path} is not a TextGrid (it says {kind[:40]!r}, {what[:40]!r})", _SAVE_AGAIN)
        first, last = self._number("the start"), self._number("the end")
        if self._flag() != "exists":
            return TextGrid(last - first, ())
        tiers = []
        for number in range(1, self._count("the number of tiers") + 1):
            tier = self._tier(f"tier {number}", first)
            if tier is not None:
                tiers.append(tier)
        return TextGrid(last - first, tuple(tiers))

    def _tier(self, where: str, origin: float) -> Tier | None:
        kind = self._string(f"the class of {where}")
        if kind not in ("IntervalTier", "TextTier"):
            raise self._broken(f"the class of {where} is {kind!r}, not IntervalTier or TextTier")
        name = self._string(f"the name of {where}")
        self._number(f"the start of {where}")
        self._number(f"the end of {where}")
        rows: list[Interval] = []
        for i in range(1, self._count(f"the size of {where}") + 1):
            start = self._number(f"the start of interval {i} of {where}")
            end = self._number(f"the end of interval {i} of {where}") if kind == "IntervalTier" else start
            if end < start:
                raise self._broken(f"interval {i} of {where} ({start:g} to {end:g}) runs backwards")
            if rows and start < rows[-1][1] + origin - 1e-6:
                raise self._broken(f"interval {i} of {where} ({start:g} to {end:g}) overlaps the one before it, which ends at {rows[-1][1] + origin:g}")
            rows.append((start - origin, end - origin, self._string(f"the text of interval {i} of {where}")))
        return Tier(name, tuple(rows)) if kind == "IntervalTier" else None

    def _scan(self) -> Iterator[tuple[int, str, str]]:
        """(offset, kind, value) of what counts."""
        for found in _TOKEN.finditer(self._text):
            string, flag, _, word = found.groups()
            self._at = found.start()
            if string is not None:
                yield found.start(), "string", string.replace('""', '"')
            elif flag is not None:
                yield found.start(), "flag", flag
            elif word is not None and _is_number(word):
                yield found.start(), "number", word

    def _next(self, kind: str, what: str) -> str:
        token = next(self._tokens, None)
        if token is None:
            self._at = len(self._text)
            raise self._broken(f"the file ends where {what} should be")
        self._at = token[0]
        if token[1] != kind:
            raise self._broken(f"{what} should be a {kind}, it is {token[2][:40]!r}")
        return token[2]

    def _string(self, what: str) -> str:
        return self._next("string", what)

    def _number(self, what: str) -> float:
        return float(self._next("number", what))

    def _count(self, what: str) -> int:
        value = self._number(what)
        if value != int(value) or value < 0:
            raise self._broken(f"{what} is {value:g}")
        return int(value)

    def _flag(self) -> str:
        return self._next("flag", "<exists>")

    def _broken(self, what: str) -> InvalidInput:
        line = self._text.count("\n", 0, self._at) + 1
        return InvalidInput(f"{self._path}, line {line}: {what}", _SAVE_AGAIN)


def _decoded(raw: bytes) -> str:
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return raw.decode("utf-16", errors="replace").replace("\r\n", "\n")
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = raw.decode("latin-1")  # what Praat wrote before it wrote Unicode
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _is_number(word: str) -> bool:
    try:
        return float(word) - float(word) == 0.0
    except ValueError:
        return False


def _is_arpabet(label: str) -> bool:
    try:
        from_arpabet(label)
    except InvalidInput:
        return False
    return label == label.upper()


def _filled(intervals: Iterable[Interval], duration_s: float) -> Iterator[Interval]:
    """Intervals without gaps or overlaps from 0 to `duration_s`; empty ones are dropped, a tier without any gets one."""
    at = 0.0
    for start, end, text in intervals:
        start, end = max(start, at), min(end, duration_s)
        if end - start < 1e-9:
            continue
        if start - at > 1e-9:
            yield at, start, ""
        else:
            start = at
        yield start, end, text
        at = end
    if duration_s - at > 1e-9 or at == 0.0:
        yield at, duration_s, ""


def _quoted(text: str) -> str:
    doubled = text.replace('"', '""')
    return f'"{doubled}"'
