from __future__ import annotations

import threading
import time
from pathlib import Path

import numpy as np
import pytest

from engine.core.errors import Cancelled, InvalidInput
from engine.core.jobs import Job
from engine.speech import espeak
from engine.speech.markup import plain_text
from engine.speech.phonemes import check_track
from engine.speech.voices import VoiceStyle, find_language, find_voice, list_voices, say, synthesise


def test_phonemes_words_and_sound_agree() -> None:
    spoken = synthesise("Hello world, it's 5 o'clock.")
    assert spoken.sound.sample_rate == 22050
    check_track(spoken.phonemes, spoken.sound.duration_s)
    assert "".join(spoken.phonemes["label"]).startswith("həloʊwɜːld")
    assert list(spoken.words["text"]) == ["Hello", "world", "it's", "5", "o'clock"]
    assert (spoken.words["end_s"] > spoken.words["start_s"]).all() and (np.diff(spoken.words["start_s"]) > 0).all()
    assert spoken.stress[list(spoken.phonemes["label"]).index("oʊ")] == 2
    assert len(spoken.stress) == len(spoken.phonemes)


def test_the_pause_is_where_the_sound_is_silent() -> None:
    sound, phonemes, _ = say("Yes, no.")
    samples = sound.mono(22050)
    pauses = [p for p in phonemes if p["label"] == "" and p["end_s"] - p["start_s"] > 0.05]
    assert pauses
    for pause in pauses:
        inside = samples[int((pause["start_s"] + 0.02) * 22050) : int((pause["end_s"] - 0.02) * 22050)]
        assert np.abs(inside).max() < 0.01


def test_a_stop_holds_its_silent_closure() -> None:
    sound, phonemes, _ = say("Happy people.")
    samples = sound.mono(22050)
    stop = phonemes[list(phonemes["label"]).index("p")]
    first = int(stop["start_s"] * 22050)
    assert stop["end_s"] - stop["start_s"] > 0.06
    assert np.abs(samples[first + 50 : first + 600]).max() < 0.001
    assert np.abs(samples[first - 400 : first]).max() > 0.01


@pytest.mark.parametrize(
    ("name", "identifier"),
    [
        ("en-gb", "gmw/en"), ("EN_GB", "gmw/en"), ("en", "gmw/en-US"), ("en-us", "gmw/en-US"), ("English (America)", "gmw/en-US"), ("fr", "roa/fr"),
        ("zh", "sit/cmn"), ("en-us+f3", "gmw/en-US+f3"), ("gmw/de", "gmw/de"),
    ],
)  # fmt: skip
def test_names_people_type(name: str, identifier: str) -> None:
    assert find_voice(name).identifier == identifier


def test_unknown_names_get_a_suggestion() -> None:
    with pytest.raises(InvalidInput, match="no voice 'germn'; did you mean German"):
        find_voice("germn")
    with pytest.raises(InvalidInput, match="no language 'qqq'"):
        find_language("qqq")
    assert find_language("de-AT") == "de"


def test_every_voice_listed_can_be_loaded() -> None:
    assert len(list_voices()) > 120
    for voice in list_voices()[::9]:
        assert espeak.text_to_ipa("a", voice.identifier) is not None


def test_style_changes_rate_and_is_checked() -> None:
    slow, fast = synthesise("One two three four.", style=VoiceStyle(rate_wpm=100)), synthesise("One two three four.", style=VoiceStyle(rate_wpm=300))
    assert slow.sound.duration_s > 1.5 * fast.sound.duration_s
    with pytest.raises(InvalidInput, match="rate_wpm of the voice is 20; give a number from 80 to 450"):
        VoiceStyle(rate_wpm=20)


def test_markup_and_emoji_are_left_out_with_a_notice() -> None:
    spoken = synthesise("<speak>Hi <b>you</b></speak> 😀 :)")
    assert list(spoken.words["text"]) == ["Hi", "you"]
    assert spoken.notices == ("markup in the text was left out", "emoji in the text were left out")
    for nothing in ("", "  \n", "😀", "<b></b>"):
        with pytest.raises(InvalidInput, match="nothing to say"):
            synthesise(nothing)


def test_plain_text_keeps_what_only_looks_like_markup() -> None:
    assert plain_text("a < b and 5 > 3, snake_case, 2 * 3 * 4, at 10:30") == ("a < b and 5 > 3, snake_case, 2 * 3 * 4, at 10:30", ())
    assert plain_text("**bold** _it_ [link](http://x.y) &amp; so")[0] == "bold it link & so"


def test_scripts_without_spaces() -> None:
    _, phonemes, words = say("你好，世界", "zh")
    assert "".join(words["text"]) == "你好世界"
    assert {"n", "i", "ɑu", "tɕ"} <= set(phonemes["label"])


def test_cancelling_a_long_text_is_quick() -> None:
    job = Job()
    threading.Timer(0.2, job.cancel).start()
    with pytest.raises(Cancelled):
        synthesise("The quick brown fox jumps over the lazy dog. " * 20000, job=job)
    start = time.monotonic()
    assert synthesise("Free again.").sound.duration_s > 0.3
    assert time.monotonic() - start < 2.0  # the lock was given back


def test_two_threads_at_once() -> None:
    texts = ["One two three.", "Vier fünf sechs."]
    alone = [synthesise(t, v).sound.digest for t, v in zip(texts, ("en-us", "de"), strict=True)]
    found: dict[int, str] = {}

    def work(index: int) -> None:
        for _ in range(5):
            found[index] = synthesise(texts[index], ("en-us", "de")[index]).sound.digest

    threads = [threading.Thread(target=work, args=(i,)) for i in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [found[0], found[1]] == alone


def test_a_long_data_path_is_copied_to_a_short_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    deep = tmp_path / ("x" * 80) / ("y" * 80) / "espeak-ng-data"
    deep.mkdir(parents=True)
    (deep / "phontab").write_bytes(b"table")
    monkeypatch.setenv("VIVAVOCE_CACHE", str(tmp_path / "cache"))
    short = espeak._short_path(deep)
    assert len(str(short)) <= 140 and (short / "phontab").read_bytes() == b"table"
    assert espeak._short_path(short) == short
