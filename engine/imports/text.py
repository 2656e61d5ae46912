"""Lines out of text files: one for each subtitle of SRT and WebVTT at its time, one for each paragraph of plain text."""

from __future__ import annotations

import html
import itertools
import re
from dataclasses import dataclass
from pathlib import Path

from engine.core.errors import InvalidInput
from engine.core.text import cleaned, read_text

MOST_LINES = 2_000
LONGEST_LINE = 30_000  # characters: half an hour, spoken
SUFFIXES: tuple[str, ...] = (".srt", ".vtt", ".txt")
_TIME = r"(?:(\d{1,3}):)?(\d{1,2}):(\d{1,2})[.,](\d{1,3})"
_TIMES = re.compile(rf"^\s*{_TIME}\s*-->\s*{_TIME}(?:\s.*)?$")
_TAGS = re.compile(r"<[^<>\n]{0,200}>|\{\\[^{}\n]{0,200}\}")
_SKIPPED = ("WEBVTT", "NOTE", "STYLE", "REGION")


@dataclass(frozen=True)
class Cue:
    """What is to be said.

    Args:
        text: of one line.
        start_s: when; None where the file gives no times.
        end_s: until when; None where the file gives no times.
    """

    text: str
    start_s: float | None = None
    end_s: float | None = None


@dataclass(frozen=True)
class Script:
    """A text file's lines.

    Args:
        cues: in their order of time.
        notices: what was done to read it.
    """

    cues: tuple[Cue, ...]
    notices: tuple[str, ...] = ()


def read_script(path: Path) -> Script:
    """Read subtitles (`.srt`, `.vtt`) or plain text.

    Plain text is divided at empty lines; where it has none, every line of it is one.

    Raises:
        InvalidInput: not a text, without words, too long, or subtitles without times.
    """
    text, notices = read_text(path)
    if "ooTextFile" in text[:200]:
        raise InvalidInput(f"the file {path.name} is a TextGrid", "import it as one: File, Import, TextGrid")
    text, lost = cleaned(text.replace("\r\n", "\n").replace("\r", "\n"))
    timed = path.suffix.lower() in (".srt", ".vtt")
    cues, told = _subtitles(path, text) if timed else (_paragraphs(text), ())
    if not cues:
        raise InvalidInput(f"the file {path.name} says nothing", "give a text with words in it")
    if len(cues) > MOST_LINES:
        raise InvalidInput(f"the file {path.name} has {len(cues):,} lines, more than {MOST_LINES:,}", "cut it into parts")
    long = next((c for c in cues if len(c.text) > LONGEST_LINE), None)
    if long is not None:
        raise InvalidInput(f"a line of {path.name} ({long.text[:40]!r} ...) has {len(long.text):,} characters", "divide it by empty lines")
    return Script(tuple(cues), (*notices, *lost, *told))


def _paragraphs(text: str) -> list[Cue]:
    parts = re.split(r"\n[ \t]*\n", text.strip())
    if len(parts) == 1:
        parts = text.split("\n")
    return [Cue(" ".join(part.split())) for part in parts if part.split()]


def _subtitles(path: Path, text: str) -> tuple[list[Cue], tuple[str, ...]]:
    """Cues in order of time, and notices. Numbers, notes, styles and tags are left out."""
    cues: list[Cue] = []
    empty = backwards = 0
    for block in re.split(r"\n[ \t]*\n", text):
        rows = block.strip("\n").split("\n")
        at = next((i for i, row in enumerate(rows[:3]) if _TIMES.match(row)), None)
        if at is None:
            if any("-->" in row for row in rows):
                raise InvalidInput(
                    f"{path.name}: the times {next(r for r in rows if '-->' in r).strip()[:60]!r} cannot be read", "write 00:00:01,500 --> 00:00:04,000"
                )
            continue
        found = _TIMES.match(rows[at])
        assert found is not None
        start_s, end_s = _seconds(found.groups()[:4]), _seconds(found.groups()[4:])
        said = _said(rows[at + 1 :])
        if not said:
            empty += 1
        elif end_s <= start_s:
            backwards += 1
        else:
            cues.append(Cue(said, start_s, end_s))
    if not cues and not empty and not backwards and text.strip() and not text.lstrip().startswith(_SKIPPED):
        raise InvalidInput(f"the file {path.name} has no times", "give subtitles, or name the file .txt to take its paragraphs as lines")
    cues.sort(key=lambda c: c.start_s or 0.0)
    overlaps = sum(1 for a, b in itertools.pairwise(cues) if (a.end_s or 0.0) > (b.start_s or 0.0) + 1e-6)
    notices = []
    for count, what in ((empty, "without words"), (backwards, "that end before they begin")):
        if count:
            notices.append(f"{count} subtitle{'s' if count > 1 else ''} {what} {'were' if count > 1 else 'was'} left out")
    if overlaps:
        notices.append(f"{overlaps} subtitle{'s overlap their' if overlaps > 1 else ' overlaps its'} next")
    return cues, tuple(notices)


def _seconds(parts: tuple[str | None, ...]) -> float:
    hours, minutes, seconds, fraction = parts
    return int(hours or 0) * 3600 + int(minutes or 0) * 60 + int(seconds or 0) + int((fraction or "0").ljust(3, "0")) / 1000


def _said(rows: list[str]) -> str:
    text = html.unescape(_TAGS.sub("", " ".join(rows)))
    text = re.sub(r"(?:^|\s)[-–—]\s+", " ", text)  # dashes before speakers
    return " ".join(text.split())
