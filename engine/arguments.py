"""What people type after an option, checked and turned into values before any work is done."""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from engine.core.errors import InvalidInput
from engine.core.output import check_target
from engine.core.text import cleaned, read_text

LONGEST_SAID = 30_000  # characters: half an hour, spoken
MAX_TAKES = 99
_TEXT_SUFFIXES = (".txt", ".lab", ".srt", ".text", ".md")
_SIZE = re.compile(r"^(\d{2,5})(?:[xX](\d{2,5}))?$")
_RANGE = re.compile(r"^(\d{1,9}(?:\.\d+)?)-(\d{1,9}(?:\.\d+)?)$")
_SUBTITLE_TIMES = re.compile(r"^(?:WEBVTT.*|(?:\d+[ \t]*\r?\n)?[\d:.,]+[ \t]+-->.*)$", re.MULTILINE)
_WHOLE = re.compile(r"^[+-]?\d{1,30}$")


@dataclass(frozen=True)
class Text:
    """A text that was given as itself or in a file.

    Args:
        text: what it says.
        path: the file; None for the text itself.
        notices: what was done to read it.
    """

    text: str
    path: Path | None = None
    notices: tuple[str, ...] = ()


def text_of(given: str) -> Text:
    """A text given as itself or as the name of a file that holds it.

    Raises:
        InvalidInput: a file that is missing, too large or not text, or a folder.
    """
    path = Path(given)
    try:
        there = bool(given) and "\n" not in given and path.exists()
    except OSError:  # no file has such a name
        there = False
    if there and not path.is_dir():
        return _read(path)
    if there and os.sep in given:
        raise InvalidInput(f"{given} is a folder", "give a text file or the text itself in quotes")
    looks_like_file = path.suffix.lower() in _TEXT_SUFFIXES
    if looks_like_file and (len(given.split()) == 1 or os.sep in given):
        raise InvalidInput(f"the text file {given} does not exist", "check its name, or give the text itself in quotes")
    kind = "is a folder" if there else "is no file" if looks_like_file else ""
    text, notices = cleaned(given)
    return Text(text, None, (f"{given!r} {kind}: it is taken as the text itself", *notices) if kind else notices)


def _read(path: Path) -> Text:
    text, notices = read_text(path)
    if "ooTextFile" in text[:200]:
        raise InvalidInput(f"{path} is a TextGrid", "give what is said as plain text")
    if "-->" in text and path.suffix.lower() in (".srt", ".vtt"):
        text = _SUBTITLE_TIMES.sub("", text)
        notices += ("the times of the subtitles were left out",)
    text, lost = cleaned(text)
    return Text(text, path, notices + lost)


def said_of(given: str) -> Text:
    """A text to be spoken, as `text_of`.

    Raises:
        InvalidInput: as there, or longer than may be spoken at once.
    """
    text = text_of(given)
    if len(text.text) > LONGEST_SAID:
        raise InvalidInput(f"the text has {len(text.text):,} characters, more than {LONGEST_SAID:,}", "cut it into parts and say one after the other")
    return text


def size_of(text: str) -> tuple[int, int]:
    """Picture size (width, height) from `512` or `1920x1080`.

    Raises:
        InvalidInput: malformed, odd, or outside 64 to 4096.
    """
    found = _SIZE.match(text.strip())
    width, height = (int(found[1]), int(found[2] or found[1])) if found else (0, 0)
    if not (64 <= width <= 4096 and 64 <= height <= 4096) or width % 2 or height % 2:
        raise InvalidInput(f"size {text!r} is not even numbers from 64 to 4096", "give it as 512 or 1920x1080")
    return width, height


def range_of(text: str | None) -> tuple[float, float] | None:
    """A range of seconds from `IN-OUT`.

    Raises:
        InvalidInput: malformed or empty.
    """
    if text is None:
        return None
    found = _RANGE.match(text.strip())
    if not found or float(found[1]) >= float(found[2]):
        raise InvalidInput(f"range {text!r} is not IN-OUT in seconds with IN before OUT", "give it as 1.5-4")
    return float(found[1]), float(found[2])


def whole_of(option: str, text: str, least: int, most: int) -> int:
    """A whole number from `least` to `most`.

    Raises:
        InvalidInput: it is not.
    """
    number = int(text) if _WHOLE.match(text.strip()) else None
    if number is None or not least <= number <= most:
        raise InvalidInput(f"{option} {text!r} is not a whole number from {least} to {most}", f"give one such as {max(least, min(most, 3))}")
    return number


def amounts_of(specs: Sequence[str]) -> dict[str, float]:
    """Amounts from `PART:0-2` specs.

    Raises:
        InvalidInput: malformed, an unknown part, or outside 0 to 2.
    """
    from engine.project.document import check_amount

    out = {}
    for spec in specs:
        name, _, value = spec.partition(":")
        try:
            out[name] = float(value)
        except ValueError:
            raise InvalidInput(f"amount {spec!r} is not PART:NUMBER", "for example head:0.5") from None
        check_amount(name, out[name])
    return out


def instructions_of(specs: Sequence[str]) -> list[tuple[str, float, float | None]]:
    """Instructions from `TEXT` or `TEXT@START-END` specs: (text, start_s, end_s); an end of None is the line's.

    Raises:
        InvalidInput: no text, or an empty range.
    """
    out: list[tuple[str, float, float | None]] = []
    for spec in specs:
        text, at, span = spec.rpartition("@")
        # An at sign may belong to the text: only what looks like a range is one.
        if not at or not re.match(r"^[\s\d.-]*$", span):
            text, span = spec, ""
        if not text.strip():
            raise InvalidInput(f"the instruction {spec!r} has no text", "for example 'smile, then look away@1.5-4'")
        start_s, end_s = range_of(span) or (0.0, None) if span else (0.0, None)
        out.append((cleaned(text)[0].strip(), start_s, end_s))
    return out


def outputs_of(names: Sequence[str], allowed: Sequence[str], takes: int = 1) -> list[Path]:
    """The files to write, checked before any work is done.

    Raises:
        InvalidInput: an unknown suffix, or the same file twice.
        OutputError: a folder that is missing or read-only, or another place that cannot be written.
    """
    known = {suffix.lower(): suffix for suffix in allowed}
    paths: list[Path] = []
    seen: set[str] = set()
    for name in names:
        path = Path(name)
        if path.suffix.lower() not in known:
            raise InvalidInput(f"cannot write {name!r}: the suffix {path.suffix!r} is not known here", "use one of " + " ".join(allowed))
        for take in range(1, takes + 1):
            target = take_path(path, take, takes)
            # Of a numbered sequence the first picture stands for all.
            check_target(target.with_name(f"{target.stem}.00000{target.suffix}") if path.suffix.lower() == ".png" else target)
        place = os.path.normcase(os.path.realpath(path))
        if place in seen:
            raise InvalidInput(f"{name} is named twice", "name each output once")
        seen.add(place)
        paths.append(path)
    return paths


def take_path(path: Path, take: int, takes: int) -> Path:
    """The file of one take: its number goes before the suffix when there are several."""
    return path if takes == 1 else path.with_name(f"{path.stem}.take{take:02d}{path.suffix}")
