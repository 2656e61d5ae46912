from __future__ import annotations

import itertools
import threading
import time
from pathlib import Path

import numpy as np
import pytest

from engine.bench.alignment import boundary_score, closed_frames, closure_counts, closure_figures
from engine.core.errors import Cancelled
from engine.core.jobs import Job
from engine.speech.aligner import WHOLE_S, align, align_piece, prepare
from engine.speech.boundaries import refine
from engine.speech.files import Sound, open_sound, sound_from_samples
from engine.speech.found import Found, Segment, joined
from engine.speech.labels import read_labels
from engine.speech.line import analyse
from engine.speech.matching import match_words
from engine.speech.normalise import normalise_text
from engine.speech.pieces import cut
from engine.speech.sphinx import Request, run
from engine.speech.sphinx_worker import word_pair_model
from engine.speech.vad import speech_spans
from engine.speech.voices import synthesise

RATE = 16000
WRONG = "Completely different words are written in this text and nothing of it is ever said."


@pytest.fixture(scope="module")
def sound(sample_line: Path) -> Sound:
    return open_sound(sample_line)


@pytest.fixture(scope="module")
def text(sample_line: Path) -> str:
    return sample_line.with_name("line.txt").read_text()


@pytest.fixture(scope="module")
def found(sound: Sound, text: str) -> Found:
    piece = align_piece(sound.mono(RATE), prepare(normalise_text(text), "en"))
    assert piece is not None
    return piece


def test_every_word_is_found_in_order(found: Found, text: str) -> None:
    assert found.words == normalise_text(text).tokens
    assert [s.word for s in found.segments] == sorted(s.word for s in found.segments)
    starts, ends = [s.start_s for s in found.segments], [s.end_s for s in found.segments]
    assert all(a < b for a, b in zip(starts, ends, strict=True))
    assert all(end <= start + 1e-9 for end, start in zip(ends[:-1], starts[1:], strict=True))
    assert "".join(s.label for s in found.segments[:4]) == "hɛloʊ"


def test_a_fricative_is_where_the_hiss_is(found: Found, sound: Sound) -> None:
    samples = sound.mono(RATE)
    for s in (s for s in found.segments if s.label in ("s", "ʃ")):
        inside = samples[int(s.start_s * RATE) : int(s.end_s * RATE)]
        power = np.abs(np.fft.rfft(inside * np.hanning(len(inside)))) ** 2
        assert power[len(power) * 3 // 8 :].sum() > power[: len(power) * 3 // 8].sum(), (s, "most energy above 3 kHz")


def test_the_same_twice(found: Found, sound: Sound, text: str) -> None:
    assert align_piece(sound.mono(RATE), prepare(normalise_text(text), "en")) == found


def test_unknown_words_are_sounded_out(sound: Sound, text: str) -> None:
    script = prepare(normalise_text("Hello, I'm Aidah. Lehnd me your voyce"), "en")
    assert {"aidah", "lehnd", "voyce"} <= set(script.pronunciations)
    assert script.pronunciations["voyce"] == ["V OY S"]
    piece = align_piece(sound.mono(RATE)[: int(2.6 * RATE)], script)
    assert piece is not None and piece.words == ("Hello", "I'm", "Aidah", "Lehnd", "me", "your", "voyce")


def test_a_wrong_transcript_does_not_fit(sound: Sound) -> None:
    spans = speech_spans(sound)
    assert align(sound, spans, prepare(normalise_text(WRONG), "en")) is None
    german = "Es war einmal ein kleines süßes Mädchen, das hatte jedermann lieb, der es nur ansah."
    assert align(sound, spans, prepare(normalise_text(german), "en")) is None


def test_numbers_take_the_reading_that_is_heard(sound: Sound) -> None:
    entries = prepare(normalise_text("It is 1962"), "en")
    name = entries.entries[-1].name
    ways = entries.pronunciations[name]
    assert ways[0].startswith("N AY N T IY N") and any(way.startswith("W AH N TH AW Z") for way in ways)
    spoken = synthesise("In the year nineteen hundred and sixty two he came to the big blue mountain.", "en-us+f3").sound
    piece = align_piece(spoken.mono(RATE), prepare(normalise_text("In the year 1962 he came to the big blue mountain."), "en"))
    assert piece is not None
    number = "".join(s.label for s in piece.segments if piece.words[s.word] == "1962")
    assert "hʌn" in number


def _long(sound: Sound, times: int) -> Sound:
    return sound_from_samples(np.tile(sound.mono(RATE), times), RATE)


def test_a_long_line_is_aligned_in_pieces(sound: Sound, text: str, found: Found) -> None:
    sentences = text.split(". ")
    longer = _long(sound, 4)
    assert longer.duration_s > WHOLE_S
    aligned = align(longer, speech_spans(longer), prepare(normalise_text(" ".join([text] * 4)), "en"))
    assert aligned is not None and not aligned.uncovered and not aligned.unheard
    assert aligned.found.words == found.words * 4 and len(sentences) > 1
    whole = np.array([s.start_s for s in found.segments])
    last = np.array([s.start_s for s in aligned.found.segments[-len(whole) :]]) - 3 * sound.duration_s
    # The cepstral mean differs from piece to piece, so a boundary may move by frames, not by phonemes.
    assert np.median(np.abs(whole - last)) < 0.01 and np.quantile(np.abs(whole - last), 0.9) < 0.05


def test_sentences_missing_from_the_sound_or_the_text(sound: Sound, text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("engine.speech.aligner.WHOLE_S", 15.0)  # in pieces, though it is not so very long
    longer = _long(sound, 2)
    assert longer.duration_s > 15.0
    spans = speech_spans(longer)
    extra = align(longer, spans, prepare(normalise_text(" ".join([text, WRONG, text])), "en"))
    assert extra is not None and len(WRONG.split()) - 3 <= extra.unheard <= len(WRONG.split()) + 3
    lacking = align(longer, spans, prepare(normalise_text(" ".join([text, text.split(":")[1]])), "en"))
    assert lacking is not None and lacking.found.words[-1] == "begin"


def test_another_language_gets_its_own_labels(shared_data: Path) -> None:
    # German, by hand: a sentence of 4 s whose labels come with it.
    sound = open_sound(shared_data / "speech" / "ema_de" / "dfgspp_mo1_prosody_0020.wav")
    line = analyse(sound, "Sie arbeitete in einer Kneipe als Kellnerin.", "de")
    assert line.method == "alignment" and next(iter(line.words["text"])) == "Sie"
    p = line.phonemes[list(line.phonemes["label"]).index("p")]
    assert abs(p["start_s"] - 1.46) < 0.03 and abs(p["end_s"] - 1.49) < 0.03
    assert set("ɪə") & set(line.phonemes["label"]) and "z" in line.phonemes["label"]


def test_hand_labels_of_real_english(shared_data: Path) -> None:
    errors, counts = [], np.zeros(7, int)
    for path in sorted((shared_data / "speech" / "emur_ae").glob("*.wav")):
        line = analyse(open_sound(path), path.with_suffix(".txt").read_text())
        labels = read_labels(path.with_suffix(".lab"))
        errors.append(boundary_score(labels, line.phonemes).errors_s)
        closed = np.stack([line.closures["start_s"], line.closures["end_s"]], axis=1)
        counts += closure_counts(labels, closed_frames(closed, line.sound.duration_s))
    size = np.abs(np.concatenate(errors))
    events, frames = closure_figures(counts)
    # The goals of the first issue.
    assert np.median(size) <= 0.012 and np.quantile(size, 0.9) <= 0.032
    assert events >= 0.985 and frames >= 0.78


def test_cancelling_is_quick(sound: Sound) -> None:
    job = Job()
    longer = _long(sound, 2).mono(RATE)
    start = time.monotonic()
    threading.Timer(0.3, job.cancel).start()
    with pytest.raises(Cancelled):
        list(run((Request("recognise", longer) for _ in range(50)), job))
    assert time.monotonic() - start < 2.0
    reply = list(run([Request("lookup", options={"words": ["hello", "xqzt"]})]))
    assert reply[0]["pronunciations"] == {"hello": "HH AH L OW", "xqzt": None}  # a fresh process answers


def test_replies_come_in_order_and_faults_stay_in_the_process(sound: Sound) -> None:
    words = ["one", "two", "three", "four", "five"]
    requests = [Request("lookup", options={"words": [word]}) for word in words]
    assert [next(iter(reply["pronunciations"])) for reply in run(requests)] == words
    reply = next(run([Request("align", sound.mono(RATE)[:1600], {"words": ["notawordatall"]})]))
    assert "failed" in reply


def test_refining_keeps_order_and_survives_short_sound() -> None:
    rows = [("a", 0.01, 0.03), ("b", 0.03, 0.035), ("s", 0.035, 0.09)]
    moved = refine(rows, np.random.default_rng(1).normal(0, 0.1, 1600).astype(np.float32))
    assert [r[0] for r in moved] == ["a", "b", "s"]
    assert all(end - start >= 0.012 - 1e-9 for _, start, end in moved)
    assert all(a[2] <= b[1] + 1e-9 for a, b in itertools.pairwise(moved))
    assert refine(rows, np.zeros(10, np.float32)) == rows and refine([], np.zeros(1600, np.float32)) == []


def test_a_boundary_moves_to_where_the_sound_changes() -> None:
    t = np.arange(RATE) / RATE
    vowel = 0.3 * sum(np.sin(2 * np.pi * f * t) / k for k, f in enumerate((150, 300, 600, 1200, 2400), 1))
    hiss = np.random.default_rng(1).normal(0, 0.1, RATE)
    samples = np.where(t < 0.5, vowel, np.diff(hiss, prepend=0.0)).astype(np.float32)
    for wrong in (-0.02, 0.0, 0.02):
        moved = refine([("a", 0.1, 0.5 + wrong), ("s", 0.5 + wrong, 0.9)], samples)
        assert abs(moved[1][1] - 0.5) < 0.006


def test_matching_words() -> None:
    said, heard = ["a", "b", "c", "d", "e", "f", "g", "h"], ["x", "b", "c", "e", "f", "f", "h"]
    pairs = match_words(said, heard)
    assert all(said[i] == heard[j] for i, j in pairs) and len(pairs) == 5
    assert match_words([], ["a"]) == [] and match_words(["a"], []) == []
    random = np.random.default_rng(1)
    words = [f"w{n}" for n in random.zipf(1.3, 8000) % 2000]
    spoilt = [w if keep else "?" for w, keep in zip(words, random.random(8000) > 0.1, strict=True)]
    start = time.monotonic()
    assert len(match_words(words, spoilt)) > 0.85 * len(words)
    assert time.monotonic() - start < 3.0


def test_pieces_hold_all_speech_and_are_short() -> None:
    samples = np.random.default_rng(1).normal(0, 0.1, 60 * RATE).astype(np.float32)
    spans = np.array([[0.5, 3.0], [3.4, 6.0], [7.0, 9.5], [12.0, 55.0]])
    pieces = cut(sound_from_samples(samples, RATE), spans, wanted_s=4.0, longest_s=10.0)
    assert all(p.duration_s <= 10.6 for p in pieces) and all(a.end_s <= b.start_s + 1e-9 for a, b in itertools.pairwise(pieces))
    grid = np.arange(0, 60, 0.01)
    speech = np.any([(grid >= a) & (grid < b) for a, b in spans], axis=0)
    inside = np.any([(grid >= p.start_s) & (grid < p.end_s) for p in pieces], axis=0)
    assert (inside | ~speech).all()


def test_stretches_join_in_order_of_time() -> None:
    first = Found((Segment("a", 0.0, 0.1, 0), Segment("b", 2.0, 2.1, 1)), ("x", "y"))
    second = Found((Segment("c", 1.0, 1.1, 0), Segment("d", 1.1, 1.2, -1)), ("z",))
    both = joined([first, second])
    assert [s.label for s in both.segments] == list("acdb") and both.words == ("x", "z", "y")
    assert [s.word for s in both.segments] == [0, 1, -1, 2]


def test_the_word_pair_model_is_a_distribution() -> None:
    lines = word_pair_model(["a", "b", "a", "b", "c"]).splitlines()
    singles = lines[lines.index("\\1-grams:") + 1 : lines.index("\\2-grams:") - 1]
    assert sum(10 ** float(line.split()[0]) for line in singles if "<s>" not in line) == pytest.approx(1.0, abs=1e-3)
    assert any(line.split()[1:] == ["a", "b"] for line in lines)
