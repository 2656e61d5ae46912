from __future__ import annotations

from pathlib import Path

import numpy as np
import parselmouth
import pytest
from parselmouth.praat import call

from engine.core.errors import InvalidInput, OutputError
from engine.speech.phonemes import PHONEME_DTYPE, WORD_DTYPE, track
from engine.speech.textgrid import TextGrid, Tier, grid_of, read_textgrid, track_of, write_textgrid

GRID = TextGrid(
    1.5,
    (
        Tier("words", ((0.0, 0.5, ""), (0.5, 1.0, 'she said "no"'), (1.0, 1.5, "naïve – 日本"))),
        Tier("phones", ((0.0, 0.5, ""), (0.5, 0.75, "ʃ"), (0.75, 1.5, "iː"))),
    ),
)


def _praat(path: Path) -> parselmouth.Data:
    return parselmouth.Data.read(str(path))


def test_what_is_written_is_read_again(tmp_path: Path) -> None:
    write_textgrid(tmp_path / "a.TextGrid", GRID)
    assert read_textgrid(tmp_path / "a.TextGrid") == GRID


def test_praat_reads_what_we_write(tmp_path: Path) -> None:
    write_textgrid(tmp_path / "a.TextGrid", GRID)
    grid = _praat(tmp_path / "a.TextGrid")
    assert call(grid, "Get number of tiers") == 2
    assert call(grid, "Get label of interval", 1, 2) == 'she said "no"'
    assert call(grid, "Get start time of interval", 2, 3) == 0.75
    assert call(grid, "Get end time") == 1.5


@pytest.mark.parametrize("form", ["Save as text file", "Save as short text file"])
@pytest.mark.parametrize("encoding", ["UTF-8", "UTF-16"])
def test_we_read_what_praat_writes(form: str, encoding: str, tmp_path: Path) -> None:
    write_textgrid(tmp_path / "a.TextGrid", GRID)
    grid = _praat(tmp_path / "a.TextGrid")
    call(grid, "Insert point tier", 1, "bursts")
    call(grid, "Insert point", 1, 0.6, 'a "burst"')
    call("Text writing preferences...", encoding)
    try:
        call(grid, form, str(tmp_path / "b.TextGrid"))
    finally:
        call("Text writing preferences...", "try ASCII, then UTF-16")
    assert (tmp_path / "b.TextGrid").read_bytes().startswith((b"\xfe\xff", b"\xff\xfe")) == (encoding == "UTF-16")
    assert read_textgrid(tmp_path / "b.TextGrid") == GRID  # the point tier is left out


@pytest.mark.parametrize("raw", [b"\xef\xbb\xbf", b""])
def test_windows_line_ends_and_marks(raw: bytes, tmp_path: Path) -> None:
    write_textgrid(tmp_path / "a.TextGrid", GRID)
    text = (tmp_path / "a.TextGrid").read_bytes().replace(b"\n", b"\r\n")
    (tmp_path / "a.TextGrid").write_bytes(raw + text)
    assert read_textgrid(tmp_path / "a.TextGrid") == GRID


def test_latin_1_from_long_ago(tmp_path: Path) -> None:
    grid = TextGrid(1.0, (Tier("words", ((0.0, 1.0, "für"),)),))
    write_textgrid(tmp_path / "a.TextGrid", grid)
    (tmp_path / "a.TextGrid").write_bytes((tmp_path / "a.TextGrid").read_text(encoding="utf-8").encode("latin-1"))
    assert read_textgrid(tmp_path / "a.TextGrid") == grid


def test_times_count_from_the_start_of_the_grid(tmp_path: Path) -> None:
    """Praat keeps the times of the whole when a part is extracted."""
    short = '"ooTextFile"\n"TextGrid"\n10\n11.5\n<exists>\n1\n"IntervalTier"\n"phones"\n10\n11.5\n2\n10\n10.5\n"a"\n10.5\n11.5\n""\n'
    (tmp_path / "a.TextGrid").write_text(short)
    assert read_textgrid(tmp_path / "a.TextGrid") == TextGrid(1.5, (Tier("phones", ((0.0, 0.5, "a"), (0.5, 1.5, ""))),))


def _broken(tmp_path: Path, old: str, new: str) -> Path:
    path = tmp_path / "broken.TextGrid"
    write_textgrid(path, GRID)
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("xmax = 0.5", "xmax = half", r"line 18: the end of interval 1 of tier 1 should be a number, it is ''"),
        ("intervals: size = 3", "intervals: size = 9", r"line \d+: the start of interval 4 of tier 1 should be a number, it is 'IntervalTier'"),
        ("intervals: size = 3", "intervals: size = -1", r"line 14: the size of tier 1 is -1"),
        ('class = "IntervalTier"', 'class = "Spectrum"', r"line 10: the class of tier 1 is 'Spectrum'"),
        ("xmax = 0.5", "xmax = -2", r"line 17: interval 1 of tier 1 \(0 to -2\) runs backwards"),
        ("size = 2", "size = 3", r"line \d+: the file ends where the class of tier 3 should be"),
        ('Object class = "TextGrid"', 'Object class = "PitchTier"', "is not a TextGrid"),
    ],
)
def test_a_broken_file_names_the_line(old: str, new: str, said: str, tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match=said) as caught:
        read_textgrid(_broken(tmp_path, old, new))
    assert "save it again from Praat" in caught.value.remedy


def test_other_files_are_refused(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match="does not exist"):
        read_textgrid(tmp_path / "none.TextGrid")
    (tmp_path / "a.TextGrid").write_bytes(b"ooBinaryFile\x08TextGrid\0\0")
    with pytest.raises(InvalidInput, match="binary TextGrid; save it again"):
        read_textgrid(tmp_path / "a.TextGrid")
    (tmp_path / "b.TextGrid").write_bytes(np.random.default_rng(0).bytes(5000))
    with pytest.raises(InvalidInput):
        read_textgrid(tmp_path / "b.TextGrid")
    with pytest.raises(InvalidInput, match="cannot be read"):
        read_textgrid(tmp_path)
    with pytest.raises(OutputError, match="does not exist"):
        write_textgrid(tmp_path / "none" / "a.TextGrid", GRID)


def test_a_line_goes_there_and_back(tmp_path: Path) -> None:
    phonemes = track([("h", 0.1, 0.2), ("ə", 0.2, 0.3), ("l", 0.3, 0.41), ("oʊ", 0.41, 0.7)], 1.0)
    words = np.array([("hello", 0.1, 0.7)], WORD_DTYPE)
    write_textgrid(tmp_path / "a.TextGrid", grid_of(phonemes, words, 1.0))
    back = track_of(read_textgrid(tmp_path / "a.TextGrid"), 1.0)
    assert (back.phonemes == phonemes).all() and back.phonemes.dtype == PHONEME_DTYPE
    assert (back.words == words).all()
    assert back.notices == ()


def test_arpabet_and_sampa_become_ipa() -> None:
    arpabet = TextGrid(1.0, (Tier("ada - phones", ((0.0, 0.2, "sil"), (0.2, 0.4, "HH"), (0.4, 0.6, "AH0"), (0.6, 0.9, "OW1"), (0.9, 1.0, "spn"))),))
    assert list(track_of(arpabet, 1.0).phonemes["label"]) == ["", "h", "ə", "oʊ", ""]
    sampa = TextGrid(1.0, (Tier("Phonetic", ((0.0, 0.5, "{"), (0.5, 1.0, "@"))),))
    assert list(track_of(sampa, 1.0).phonemes["label"]) == ["æ", "ə"]


def test_labels_of_several_phonemes_are_divided_and_unknown_ones_said() -> None:
    grid = TextGrid(1.0, (Tier("phones", ((0.0, 0.4, "st"), (0.4, 1.0, "%%"))),))
    found = track_of(grid, 1.2)
    assert list(found.phonemes["label"]) == ["s", "t", ""]
    assert np.allclose(found.phonemes["end_s"], [0.2, 0.4, 1.2])
    assert "%%" in found.notices[0] and "1.00 s long and the sound 1.20 s" in found.notices[1]


def test_a_grid_without_phonemes_is_refused() -> None:
    with pytest.raises(InvalidInput, match=r"no tier of phonemes \(its interval tiers: words\); name the tier phones"):
        track_of(TextGrid(1.0, (Tier("words", ((0.0, 1.0, "no"),)),)), 1.0)


def test_real_textgrids(shared_data: Path) -> None:
    files = sorted((shared_data / "speech").rglob("*.TextGrid"))
    assert len(files) >= 7
    for file in files:
        grid = read_textgrid(file)
        praat = _praat(file)
        assert grid.duration_s == pytest.approx(call(praat, "Get end time"))
        counts = [call(praat, "Get number of intervals", i + 1) for i in range(call(praat, "Get number of tiers")) if call(praat, "Is interval tier", i + 1)]
        assert counts == [len(t.intervals) for t in grid.tiers]
        assert (track_of(grid, grid.duration_s).phonemes["label"] != "").sum() > 10


def test_overlapping_intervals_are_named(tmp_path: Path) -> None:
    grid = TextGrid(1.0, (Tier("phones", ((0.0, 0.5, "a"), (0.5, 1.0, "m"))),))
    write_textgrid(tmp_path / "a.TextGrid", grid)
    text = (tmp_path / "a.TextGrid").read_text().replace("xmin = 0.5", "xmin = 0.25")
    (tmp_path / "a.TextGrid").write_text(text)
    with pytest.raises(InvalidInput, match=r"line \d+: interval 2 of tier 1 \(0.25 to 1\) overlaps the one before it, which ends at 0.5"):
        read_textgrid(tmp_path / "a.TextGrid")
    (tmp_path / "a.TextGrid").write_text(text.replace("xmax = 1.0\n            text", "xmax = 0.1\n            text"))
    with pytest.raises(InvalidInput, match="runs backwards"):
        read_textgrid(tmp_path / "a.TextGrid")


def test_labels_that_are_all_foreign_are_refused_and_some_are_told() -> None:
    foreign = TextGrid(1.0, (Tier("phones", ((0.0, 0.5, "$1"), (0.5, 1.0, "%%"))),))
    with pytest.raises(InvalidInput, match=r"no label of the tier 'phones' is a phoneme \(\$1 %%\)"):
        track_of(foreign, 1.0)
    some = TextGrid(1.0, (Tier("phones", ((0.0, 0.5, "$1"), (0.5, 1.0, "m"))),))
    assert "not known are taken as pauses: $1" in track_of(some, 1.0).notices[0]
    silent = TextGrid(1.0, (Tier("phones", ((0.0, 1.0, "sil"),)),))
    assert list(track_of(silent, 1.0).phonemes["label"]) == [""]


def test_a_huge_file_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from engine.speech import textgrid

    write_textgrid(tmp_path / "a.TextGrid", GRID)
    monkeypatch.setattr(textgrid, "LARGEST", 100)
    with pytest.raises(InvalidInput, match="has more than"):
        read_textgrid(tmp_path / "a.TextGrid")
