from __future__ import annotations

import threading
from pathlib import Path

import numpy as np
import pytest

from engine.core.errors import Cancelled, InvalidInput
from engine.core.jobs import Job
from engine.speech.closures import KnownClosures, lip_closures
from engine.speech.files import open_sound, sound_from_samples
from engine.speech.line import Line, analyse, speak, with_phonemes
from engine.speech.phonemes import PHONEME_DTYPE, check_track, is_bilabial, track
from engine.speech.voices import synthesise

RATE = 16000


@pytest.fixture(scope="module")
def line(sample_line: Path) -> Line:
    return analyse(open_sound(sample_line), sample_line.with_name("line.txt").read_text())


@pytest.fixture(scope="module")
def spoken() -> Line:
    return speak("Bob made me pay for a happy apple.")


def test_a_line_with_its_transcript(line: Line) -> None:
    assert line.method == "alignment" and line.language == "en-us" and line.notices == ()
    check_track(line.phonemes, line.sound.duration_s)
    assert line.words["text"][0] == "Hello" and line.words["text"][-1] == "begin" and len(line.words) == 25
    assert line.phonemes["label"][0] == "" and line.phonemes["label"][-1] == ""
    assert len(line.prosody.phrases) >= 3 and len(line.prosody.accents) >= 5
    assert line.prosody.speaking_rate.max() > 1.0


def test_stress_follows_the_words(line: Line) -> None:
    def stressed(word: str) -> str:
        row = line.words[list(line.words["text"]).index(word)]
        inside = (line.phonemes["start_s"] >= row["start_s"] - 1e-6) & (line.phonemes["end_s"] <= row["end_s"] + 1e-6)
        return "".join(line.phonemes["label"][inside & (line.stress == 2)])

    assert stressed("laughter") == "æ" and stressed("surprise") == "aɪ" and stressed("begin") == "ɪ"
    assert "ə" in line.phonemes["label"] and "ɚ" in line.phonemes["label"]  # reduced where unstressed


def test_closures_lie_in_their_phonemes(line: Line) -> None:
    bilabials = [i for i, label in enumerate(line.phonemes["label"]) if is_bilabial(str(label))]
    assert list(line.closures["phoneme"]) == bilabials and len(bilabials) >= 8
    for closure in line.closures:
        phoneme = line.phonemes[closure["phoneme"]]
        after_pause = closure["phoneme"] > 0 and line.phonemes["label"][closure["phoneme"] - 1] == ""
        assert closure["end_s"] <= phoneme["end_s"] + 1e-9 and closure["end_s"] - closure["start_s"] > 0.01
        assert closure["start_s"] >= phoneme["start_s"] - (0.06 if after_pause else 1e-9)


def test_a_stop_opens_at_its_burst(spoken: Line) -> None:
    samples = spoken.sound.mono(RATE)
    stops = [c for c in spoken.closures if spoken.phonemes["label"][c["phoneme"]] == "p"]
    assert len(stops) == 3
    for closure in stops:
        at = int(closure["end_s"] * RATE)
        before, after = samples[at - 400 : at - 160], samples[at : at + 240]
        assert (after**2).mean() > 5 * (before**2).mean()
        assert closure["end_s"] < spoken.phonemes["end_s"][closure["phoneme"]]


def test_a_nasal_is_shut_throughout(spoken: Line) -> None:
    for closure in spoken.closures:
        phoneme = spoken.phonemes[closure["phoneme"]]
        if phoneme["label"] == "m":
            assert (closure["start_s"], closure["end_s"]) == (phoneme["start_s"], phoneme["end_s"])


def test_a_spoken_line(spoken: Line) -> None:
    assert spoken.method == "voice" and spoken.language == "en-us" and spoken.transcript == "Bob made me pay for a happy apple."
    assert list(spoken.words["text"]) == ["Bob", "made", "me", "pay", "for", "a", "happy", "apple"]
    assert spoken.stress.max() == 2
    with pytest.raises(InvalidInput, match="nothing to say"):
        speak(" ")
    with pytest.raises(InvalidInput, match="no voice 'nobody'"):
        speak("Hello.", "nobody")


def test_an_edited_track(spoken: Line) -> None:
    phonemes = spoken.phonemes.copy()
    index = int(spoken.closures["phoneme"][2])
    phonemes["start_s"][index] += 0.01
    phonemes["end_s"][index - 1] += 0.01
    edited = with_phonemes(spoken, phonemes)
    assert edited.method == "edited" and edited.words is spoken.words
    assert edited.closures["start_s"][2] == pytest.approx(phonemes["start_s"][index])
    untouched = np.delete(np.arange(len(spoken.closures)), 2)
    assert (edited.closures[untouched] == spoken.closures[untouched]).all()
    fresh = lip_closures(phonemes, spoken.sound)
    assert (lip_closures(phonemes, spoken.sound, KnownClosures(spoken.phonemes, spoken.closures)) == fresh).all()
    with pytest.raises(InvalidInput, match="gaps"):
        with_phonemes(spoken, phonemes[[0, 2, 3]])


def test_a_track_without_speech(spoken: Line) -> None:
    silent = with_phonemes(spoken, track([], spoken.sound.duration_s))
    assert silent.phonemes.dtype == PHONEME_DTYPE and len(silent.closures) == 0


@pytest.mark.parametrize("seconds", [0.1, 3.0])
@pytest.mark.parametrize("level", [0.0, 0.1])
@pytest.mark.parametrize("transcript", [None, "hello there"])
def test_silence_and_noise_give_one_pause(seconds: float, level: float, transcript: str | None) -> None:
    samples = np.random.default_rng(1).normal(0, 1, int(seconds * RATE)).astype(np.float32) * level
    line = analyse(sound_from_samples(samples, RATE), transcript)
    assert line.method == "silence" and line.phonemes.tolist() == [("", 0.0, pytest.approx(seconds))]
    assert "no speech was found in the sound" in line.notices and not len(line.closures)


def test_a_wrong_transcript_falls_back_and_says_so(sample_line: Path) -> None:
    sound = open_sound(sample_line)
    clip = sound_from_samples(sound.read(1.08, 3.65, RATE), RATE)
    line = analyse(clip, "Es war einmal ein kleines süßes Mädchen 😀")
    assert line.method == "recognition" and "voice and i'll give it a face" in line.transcript
    assert line.notices == ("emoji in the text were left out", "the transcript does not fit the sound: the speech was recognised instead")


def test_markup_alone_is_no_transcript(sample_line: Path) -> None:
    clip = sound_from_samples(open_sound(sample_line).read(1.08, 3.65, RATE), RATE)
    line = analyse(clip, "<p></p>")
    assert line.method == "recognition" and line.notices == ("markup in the text was left out",)


def test_loud_low_and_high_rates(sample_line: Path) -> None:
    sound, text = open_sound(sample_line), "Lend me your voice, and I'll give it a face"
    plain = analyse(sound_from_samples(sound.read(1.08, 3.65, RATE), RATE), text)
    for rate, gain in ((8000, 1.0), (48000, 1.0), (RATE, 8.0)):
        other = analyse(sound_from_samples(np.clip(sound.read(1.08, 3.65, rate) * gain, -1, 1), rate), text)
        assert other.method == "alignment" and len(other.words) == len(plain.words)
        assert np.median(np.abs(other.words["start_s"] - plain.words["start_s"])) < 0.02


def test_unknown_language_is_refused(spoken: Line) -> None:
    with pytest.raises(InvalidInput, match="no language 'xx-unknown'"):
        analyse(spoken.sound, "hello", "xx-unknown")


def test_progress_rises_and_cancelling_works(sample_line: Path) -> None:
    sound = open_sound(sample_line)
    seen: list[tuple[float, str]] = []
    analyse(sound, "wrong words entirely", job=Job(lambda done, total, label: seen.append((done / total, label))))
    shares = [share for share, _ in seen]
    assert shares == sorted(shares) and shares[0] >= 0.0 and shares[-1] <= 1.0
    assert {"listening for speech", "aligning the transcript", "recognising speech"} <= {label for _, label in seen}
    job = Job()
    threading.Timer(0.3, job.cancel).start()
    with pytest.raises(Cancelled):
        analyse(sound_from_samples(np.tile(sound.mono(RATE), 20), RATE), job=job)


def test_other_scripts(spoken: Line) -> None:
    chinese = synthesise("你好，我是北京人。", "zh")
    line = analyse(chinese.sound, "你好，我是北京人。", "zh")
    assert line.method == "alignment" and "".join(line.words["text"]) == "你好我是北京人"
    assert analyse(spoken.sound, "你好，我是北京人。", "en").method in ("recognition", "allphone", "encoder")
