"""The one list of real recordings: what is read off a folder, what is held out, and that whoever trains draws from the same."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from engine.speech.files import sound_from_samples, write_wav
from engine.training import encoder_real, encoder_store, mood_data, recordings
from engine.training.stage import real

RATE = 16000
_GRID = """File type = "ooTextFile"
Object class = "TextGrid"

0 1 <exists> 1
"IntervalTier" "phones" 0 1 3
0 0.2 "sil" 0.2 0.5 " M" 0.5 1 "AY1"
"""


def _sound(path: Path, seconds: float = 1.0) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    samples = 0.1 * np.sin(np.arange(round(seconds * RATE), dtype=np.float32) / 5)
    write_wav(path, sound_from_samples(samples.astype(np.float32), RATE))


def _written(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A folder laid out as the real one."""
    for stem in ("08a01Wa", "03a01Fa", "03a02Lb"):
        _sound(tmp_path / f"emotion/emodb/wav/{stem}.wav")
    marks = "".join(f"{0.1 * n:.1f} 0 {name}\n" for n, name in enumerate(["_", "d", "!d", "@", "m", "a", "n", "_"]))  # each begins there
    _written(tmp_path / "emotion/emodb/lablaut/03a01Faxx.lablaut", "signal x\n#\n" + marks)
    for n in range(8):
        _written(tmp_path / f"video/grid_s1/c{n}.align", "0 100 sil\n100 200 bin\n200 300 blue\n300 400 sp\n")
        _sound(tmp_path / f"video/grid_s1/c{n}.mpg", 0.3)
    _sound(tmp_path / "speech/jfk/jfk.wav")
    _written(tmp_path / "speech/jfk/jfk.txt", "And so.\n")
    _sound(tmp_path / "speech/autovot_hand_vot/x/talk1.wav")
    _written(tmp_path / "speech/autovot_hand_vot/x/talk1.TextGrid", _GRID)
    _sound(tmp_path / "speech/emur_ae/msajc003.wav")
    _sound(tmp_path / "emotion/claire_mark/Claire_joy_mandarin.wav")
    _sound(tmp_path / "emotion/claire_mark/Mark_outofbreath.wav")
    _sound(tmp_path / "motion/facegood/1114_2_01.wav", 10.5)
    return tmp_path


def _all(data: Path) -> list[recordings.Entry]:
    return [entry for source in recordings.SOURCES for entry in source(data)]


def test_each_file_is_listed_once_in_order_with_what_its_name_says(data: Path):
    found = {entry.stem: entry for entry in _all(data)}
    assert [entry.stem for entry in recordings.emodb(data)] == ["03a01Fa", "03a02Lb", "08a01Wa"]
    assert len({entry.path for entry in _all(data)}) == len(_all(data)) == len(found)
    assert (found["03a01Fa"].speaker, found["03a01Fa"].act, found["03a01Fa"].language) == ("03", "F", "de")
    assert found["c0"].text == "bin blue" and found["jfk"].text.strip() == "And so."
    assert (found["Claire_joy_mandarin"].speaker, found["Claire_joy_mandarin"].act, found["Claire_joy_mandarin"].language) == ("Claire", "joy", "cmn")


def test_what_only_scores_is_not_listed_and_every_seventh_clip_is_held_out(data: Path):
    assert not any("emur" in str(entry.path) for entry in _all(data))
    assert [entry.stem for entry in recordings.grid(data) if entry.held_out] == ["c6"]
    assert recordings.held_out([f"{i:03d}" for i in range(20)]) == {"006", "013"}


def test_labels_become_rows_and_a_burst_belongs_to_its_stop(data: Path):
    acted, spoken = recordings.labelled_rows(next(recordings.emodb(data))), recordings.labelled_rows(next(recordings.conversation(data)))
    assert [label for label, _, _ in acted] == ["", "d", "ə", "m", "a", "n"]
    assert acted[1][1:] == pytest.approx((0.1, 0.3))
    assert spoken == [("", 0, 0.2), ("m", 0.2, 0.5), ("aɪ", 0.5, 1)]
    assert recordings.labelled_rows(next(recordings.captures(data))) == []


def test_whoever_trains_draws_from_the_list(data: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(encoder_real, "_aligned", lambda name, speaker, sound, text, language="en": iter([(name, speaker, text)]))
    listed = {entry.path for entry in _all(data)}
    assert [clip[0] for clip in encoder_real.grid(data)] == [f"grid_s1/c{n}" for n in (0, 1, 2, 3, 4, 5, 7)]
    assert list(encoder_real.readings(data)) == [("jfk/jfk", "jfk", "And so.\n")]
    assert [clip.name for clip in (*encoder_real.acted(data), *encoder_real.conversation(data))] == ["emodb/03a01Fa", "autovot/talk1"]
    assert {path for _, path in encoder_real.unlabelled(data)} <= listed
    real.recordings.cache_clear()
    performed = real.recordings(data)
    assert {recording.path for recording in performed.values()} <= listed
    assert [name for name, recording in performed.items() if recording.split] == ["grid_s1/c6"]
    assert "emodb/03a02Lb" not in performed and "claire_mark/Mark_outofbreath" not in performed and "facegood/1114_2_01/00" in performed
    assert [clip[0] for clip in mood_data._emodb(data)] == ["03a01Fa", "03a02Lb", "08a01Wa"]


def test_what_follows_the_last_sound_of_the_articulograph_is_unknown(tmp_path: Path):
    """Its last label runs on into silence, in each of two recordings that end at other moments."""
    for stem, until_s in (("a", 0.62), ("b", 0.81)):
        noise = np.random.default_rng(1).normal(0, 0.002, RATE)  # 34 dB below, as the real ones
        samples = noise + np.where(np.arange(RATE) < until_s * RATE, 0.15 * np.sin(np.arange(RATE) / 3), 0)
        _written(tmp_path / f"speech/ema_de/{stem}_segments.csv", "start,end,label\n0.0,0.3,m\n0.3,0.5,I\n0.5,0.95,n\n0.95,1.0,&p:\n")
        write_wav(tmp_path / f"speech/ema_de/{stem}.wav", sound_from_samples(samples.astype(np.float32), RATE))
    for clip, until_s in zip(encoder_real.articulography(tmp_path), (0.62, 0.81), strict=True):
        assert list(clip.phones["label"]) == ["m", "ɪ", "n", ""] and list(clip.known) == [True, True, True, False]
        assert clip.phones["end_s"][2] == pytest.approx(until_s, abs=0.01)
        phones = encoder_store.frame_labels(clip)[:, 0]
        assert (phones[: round(until_s * 100) - 1] != encoder_store.UNKNOWN).all() and (phones[round(until_s * 100) + 1 :] == encoder_store.UNKNOWN).all()


def test_what_is_silent_does_not_sound_and_what_never_stops_sounds_to_its_end():
    assert encoder_real.sounding_until_s(np.zeros(0, np.float32)) == 0.0
    assert encoder_real.sounding_until_s(np.zeros(RATE, np.float32)) == 0.0
    tone = (0.1 * np.sin(np.arange(RATE) / 3) * np.linspace(0.9, 1, RATE)).astype(np.float32)
    assert encoder_real.sounding_until_s(tone) == pytest.approx(1.0, abs=0.02)
