"""Subtitles and plain text become lines."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.core.errors import InvalidInput
from engine.imports.text import MOST_LINES, Cue, read_script

SRT = """1
00:00:01,500 --> 00:00:03,000
<i>Hello</i>,
there!

2
00:00:03,500 --> 00:00:05,000 X1:10
{\\an8}- Who's
- that?

3
00:01:00,25 --> 01:02:03,004
Late
"""
VTT = """WEBVTT - a title

STYLE
::cue { color: red }

NOTE nobody reads this

intro
00:01.000 --> 00:02.500 align:start position:10%
<v Ada>Tom &amp; Jerry</v>

01:00:00.000 --> 01:00:01.000
Much later
"""


def script(folder: Path, text: str | bytes, name: str = "a.srt"):
    (folder / name).write_bytes(text if isinstance(text, bytes) else text.encode())
    return read_script(folder / name)


@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
def test_srt(ends: str, tmp_path: Path):
    found = script(tmp_path, "\ufeff" + SRT.replace("\n", ends))
    assert found.cues == (Cue("Hello, there!", 1.5, 3.0), Cue("Who's that?", 3.5, 5.0), Cue("Late", 60.25, 3723.004)) and found.notices == ()


def test_vtt(tmp_path: Path):
    assert script(tmp_path, VTT, "a.vtt").cues == (Cue("Tom & Jerry", 1.0, 2.5), Cue("Much later", 3600.0, 3601.0))


def test_plain_text(tmp_path: Path):
    assert script(tmp_path, "One\n\nTwo\nthree  four\n \n\nFive", "a.txt").cues == (Cue("One"), Cue("Two three four"), Cue("Five"))
    assert script(tmp_path, "One\nTwo\n", "a.txt").cues == (Cue("One"), Cue("Two"))


def test_what_was_done_is_told(tmp_path: Path):
    text = "1\n00:00:05,000 --> 00:00:04,000\nback\n\n2\n00:00:03,000 --> 00:00:09,000\n<b></b>\n\n"
    text += "3\n00:00:03,000 --> 00:00:05,000\nb\n\n4\n00:00:01,000 --> 00:00:04,000\na"
    found = script(tmp_path, text)
    assert [c.text for c in found.cues] == ["a", "b"], "in order of time"
    assert [n.split(" ")[0] for n in found.notices] == ["1", "1", "1"] and "overlaps" in found.notices[2]
    assert "Windows-1252" in script(tmp_path, "d\xe9j\xe0 vu".encode("cp1252"), "a.txt").notices[0]


@pytest.mark.parametrize(
    ("text", "name", "says"),
    [
        ("", "a.txt", "says nothing"), ("  \n\n ", "a.srt", "says nothing"), ("WEBVTT\n\n", "a.vtt", "says nothing"), ("just words", "a.srt", "has no times"),
        ("1\n00:00:xx --> 00:00:03,000\nhm", "a.srt", "cannot be read"), (b"\x89PNG\0\0\0\0", "a.txt", "not a text file"),
        ('File type = "ooTextFile"', "a.txt", "is a TextGrid"), ("a\n\n" * (MOST_LINES + 1), "a.txt", "lines, more than"),
        ("a" * 30_001, "a.txt", "characters"), ("x" * 2_000_001, "a.txt", "more than"), ("<" * 50_000 + "\n\n" + "{\\" * 40_000, "a.txt", "characters"),
    ],
)  # fmt: skip
def test_hostile_texts_are_refused_in_words(text: str | bytes, name: str, says: str, tmp_path: Path):
    with pytest.raises(InvalidInput, match=says):
        script(tmp_path, text, name)


def test_a_file_that_is_not_there(tmp_path: Path):
    with pytest.raises(InvalidInput, match="cannot be read"):
        read_script(tmp_path / "no.srt")
