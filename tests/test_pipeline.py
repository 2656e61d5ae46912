"""From document to motion: what is computed again, what is not, and what is said when the sound is not what it was."""

from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from engine import pipeline
from engine.core.curves import Curve, Key
from engine.core.errors import Cancelled, InvalidInput
from engine.core.jobs import Job
from engine.export.outputs import Request, write_files
from engine.pipeline import LinePipeline, alone, analysed, recorded_line, typed_line
from engine.project.document import LineDoc, Media, Settings
from engine.project.storage import ProjectFile
from engine.speech.files import open_sound, sound_from_samples, write_wav

RATE = Fraction(25)
HAPPY = {"happy": Curve((Key(0.0, 0.8),))}


@pytest.fixture
def spoken() -> LineDoc:
    """A typed line with its phonemes."""
    line = typed_line("Papa, a map.")
    return analysed(LinePipeline(), alone(line), line.id).line(line.id)


@pytest.fixture
def recorded(syllables, tmp_path) -> LineDoc:
    """A recording of 1.4 s with its phonemes."""
    path = tmp_path / "line.wav"
    write_wav(path, sound_from_samples(*syllables))
    line = recorded_line(open_sound(path))
    return analysed(LinePipeline(), alone(line), line.id).line(line.id)


def test_an_emotion_changes_the_motion_and_nothing_before_it(spoken) -> None:
    work = LinePipeline()
    line, motion = work.line(spoken), work.motion(spoken, RATE)
    happy = replace(spoken, emotions=HAPPY)
    assert work.line(happy) is line and work.sound(happy) is line.sound
    changed = work.motion(happy, RATE)
    assert changed is not motion and changed.channel("mouthSmileLeft").max() > motion.channel("mouthSmileLeft").max() + 0.2
    assert work.motion(happy, RATE) is changed and work.motion(spoken, RATE) is motion


@pytest.mark.parametrize("change", [{"seed": 7}, {"amounts": {"head": 0.0}}, {"emotions": HAPPY}])
def test_what_the_performance_depends_on_keeps_the_line(change, spoken) -> None:
    work = LinePipeline()
    line, motion = work.line(spoken), work.motion(spoken, RATE)
    other = replace(spoken, **change)
    assert work.line(other) is line and work.motion(other, RATE) is not motion


@pytest.mark.parametrize("change", [{"name": "another"}, {"start_s": 3.0}, {"id": "elsewhere"}])
def test_what_nothing_depends_on_recomputes_nothing(change, spoken) -> None:
    work = LinePipeline()
    motion = work.motion(spoken, RATE)
    assert work.motion(replace(spoken, **change), RATE) is motion


def test_an_edited_phoneme_recomputes_the_line_but_not_the_sound(spoken) -> None:
    work = LinePipeline()
    line = work.line(spoken)
    bounds = list(spoken.phonemes.bounds_s)
    bounds[2] += 0.01
    edited = replace(spoken, phonemes=replace(spoken.phonemes, bounds_s=tuple(bounds)))
    assert work.line(edited) is not line and work.line(edited).sound is line.sound


def test_another_rate_is_another_motion_of_the_same_line(spoken) -> None:
    work = LinePipeline()
    slow, fast = work.motion(spoken, RATE), work.motion(spoken, 2 * RATE)
    assert len(fast) == pytest.approx(2 * len(slow), abs=1)
    assert work.motion(spoken, RATE) is slow


def test_a_line_without_phonemes_is_analysed_once() -> None:
    line = typed_line("Hello.")
    reports: list[str] = []
    work = LinePipeline()
    work.motion(line, RATE, Job(lambda done, total, label: reports.append(label)))
    assert reports.count("speaking") == 2  # its start and its end: spoken once for phonemes, sound and motion
    assert work.line(line).method == "voice" and (work.line(line).phonemes["label"] != "").sum() >= 4


def test_a_cancelled_computation_is_not_kept(spoken) -> None:
    work, job = LinePipeline(), Job()
    job.cancel()
    with pytest.raises(Cancelled):
        work.motion(spoken, RATE, job)
    assert len(work.motion(spoken, RATE)) > 10


def test_the_last_results_stay_and_no_more(spoken, monkeypatch) -> None:
    monkeypatch.setattr(pipeline, "KEPT", 2)
    work = LinePipeline()
    first = work.motion(spoken, RATE)
    second = work.motion(replace(spoken, seed=1), RATE)
    assert work.motion(spoken, RATE) is first  # used again: the other one is older now
    work.motion(replace(spoken, seed=2), RATE)
    assert work.motion(spoken, RATE) is first and work.motion(replace(spoken, seed=1), RATE) is not second


def test_the_same_document_gives_the_same_bytes_from_every_pipeline_and_from_its_file(spoken, tmp_path) -> None:
    document = alone(replace(spoken, emotions=HAPPY, seed=3), Settings(rate=RATE))
    written = []
    for number in range(2):
        write_files(Request(document, LinePipeline()), [tmp_path / f"{number}.npz", tmp_path / f"{number}.csv", tmp_path / f"{number}.TextGrid"])
        written.append([(tmp_path / f"{number}{s}").read_bytes() for s in (".npz", ".csv", ".TextGrid")])
    ProjectFile.create(tmp_path / "x.viva", document).close()
    with ProjectFile.open(tmp_path / "x.viva") as project:
        write_files(Request(project.document, LinePipeline(project.media)), [tmp_path / "2.npz"])
    assert written[0] == written[1] and (tmp_path / "2.npz").read_bytes() == written[0][0]


def test_typed_lines_speak_by_their_voice() -> None:
    german = typed_line("Guten Morgen, liebe Sorgen, seid ihr auch schon alle da?", "de")
    assert german.language == "de" and german.name == "Guten Morgen, liebe Sorgen, seid"
    work = LinePipeline()
    document = analysed(work, alone(german), german.id)
    line = document.line(german.id)
    assert line.duration_s == pytest.approx(work.sound(line).duration_s) and line.method == "voice"
    assert work.line(line).language == "de"
    with pytest.raises(InvalidInput, match="no voice"):
        typed_line("Hello", "nobody")
    with pytest.raises(InvalidInput, match="nothing to say"):
        work.analyse(typed_line("😀"))


def test_a_recording_keeps_its_motion_when_it_moves(recorded, tmp_path) -> None:
    work = LinePipeline(tmp_path)
    motion, sound = work.motion(recorded, RATE), work.line(recorded).sound
    (tmp_path / "sub").mkdir()
    Path(recorded.source.path).rename(tmp_path / "sub" / "line.wav")
    moved = replace(recorded, source=replace(recorded.source, path="sub/line.wav"))
    assert work.motion(moved, RATE) is motion
    assert work.line(moved).sound is not sound and len(work.line(moved).sound.mono(8000)) == 11200  # read from its new place


def test_missing_media_is_said_with_its_place(recorded, tmp_path) -> None:
    ProjectFile.create(tmp_path / "x.viva", alone(recorded)).close()
    Path(recorded.source.path).unlink()
    with ProjectFile.open(tmp_path / "x.viva") as project:
        line = project.document.line(recorded.id)
        for media in (project.media, tmp_path, None):
            with pytest.raises(InvalidInput, match=r"line\.wav is missing; put it back") as refused:
                LinePipeline(media).motion(line, RATE)
            assert refused.value.exit_status == 2


def _over(recorded: LineDoc, samples: np.ndarray, rate: int) -> None:
    write_wav(Path(recorded.source.path), sound_from_samples(samples, rate))


def test_a_changed_recording_of_the_same_length_goes_with_a_notice(recorded, syllables) -> None:
    samples, rate = syllables
    _over(recorded, 0.5 * samples, rate)
    line = LinePipeline().line(recorded)
    assert any("has changed since its phonemes were found" in notice for notice in line.notices)


def test_another_recording_under_the_name_is_refused(recorded, syllables) -> None:
    samples, rate = syllables
    for other in (samples[: rate // 2], np.tile(samples, 2)):
        _over(recorded, other, rate)
        with pytest.raises(InvalidInput, match=r"was replaced: it is \d\.\d\d s long and the line's phonemes 1\.40 s; put the earlier file back"):
            LinePipeline().line(recorded)


def test_a_changed_recording_without_phonemes_is_analysed_as_it_is(recorded, syllables) -> None:
    samples, rate = syllables
    _over(recorded, np.tile(samples, 2), rate)
    fresh = replace(recorded, phonemes=None, words=None, method="", notices=())
    line = LinePipeline().line(fresh)
    assert line.sound.duration_s == pytest.approx(2.8) and not any("changed" in notice for notice in line.notices)


def test_a_recording_needs_a_file(syllables) -> None:
    with pytest.raises(InvalidInput, match="has no file"):
        recorded_line(sound_from_samples(*syllables))


def test_stored_paths_are_of_the_project(recorded, tmp_path) -> None:
    sound = open_sound(Path(recorded.source.path))
    assert recorded_line(sound, folder=tmp_path).source == Media("line.wav", sound.digest, 1.4, 16000)
