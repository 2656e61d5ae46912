"""Several lines as one scene: their places, the gaps between them, ranges, and what is heard."""

from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest

from engine import scene as scenes
from engine.core.channels import CHANNELS, INDEX, LIP
from engine.core.curves import Curve, Key
from engine.core.errors import InvalidInput
from engine.export.outputs import Request, write_files
from engine.head.rig import LipGauge
from engine.pipeline import LinePipeline, analysed, typed_line, with_line
from engine.project.document import Character, Document, LineDoc, Settings, new_document, new_id
from engine.project.parts import TrackState
from engine.scene import scene
from engine.speech.files import open_sound

RATE = Fraction(25)
IS_LIP = np.isin(CHANNELS, LIP)
HAPPY = {"happy": Curve((Key(0.0, 0.8),))}


@pytest.fixture(scope="module")
def lines() -> tuple[LineDoc, LineDoc]:
    """Two typed lines with their phonemes, about a second each."""
    work = LinePipeline()
    out = []
    for text in ("Papa, a map.", "Mama, a pub."):
        line = typed_line(text)
        out.append(analysed(work, with_line(new_document(), line), line.id).line(line.id))
    return out[0], out[1]


def document(*lines: LineDoc) -> Document:
    out = new_document(Settings(rate=RATE))
    for line in lines:
        out = with_line(out, replace(line, id=new_id()))
    return out


def test_one_line_is_the_scene(lines) -> None:
    work = LinePipeline()
    found = scene(document(lines[0]), work)
    assert found.motion is work.motion(lines[0], RATE) and found.sound is work.line(lines[0]).sound
    assert found.notices == work.line(lines[0]).notices


def test_lines_stand_at_their_places_and_the_gap_is_alive(lines) -> None:
    first, second = lines
    work = LinePipeline()
    found = scene(document(replace(second, start_s=5.0), first), work)  # the order of the list is not that of time
    a, b = work.motion(first, RATE).values, work.motion(second, RATE).values
    end = first.duration_s
    assert found.motion.duration_s == pytest.approx(5.0 + second.duration_s, abs=0.04)
    assert np.abs(found.motion.values[: len(a) - 1] - a[:-1]).max() < 1e-6
    assert np.abs(found.motion.values[125 : 125 + len(b)] - b).max() < 1e-6
    gap = found.motion.values[round((end + 0.4) * 25) : round(4.6 * 25)]
    assert np.ptp(gap[:, INDEX["breath"]]) > 0.02 and np.ptp(gap[:, INDEX["headRotX"]]) > 1e-4  # somebody waits, no mask
    assert LipGauge().mm(gap).max() < 0.5
    assert found.phonemes["end_s"][-1] == pytest.approx(5.0 + second.duration_s)
    assert np.abs(found.phonemes["start_s"][1:] - found.phonemes["end_s"][:-1]).max() == 0.0
    pause = found.phonemes[(found.phonemes["start_s"] < 4.0) & (found.phonemes["end_s"] > 4.0)]
    assert [str(p["label"]) for p in pause] == [""]
    assert [str(w["text"]) for w in found.words] == ["Papa", "a", "map", "Mama", "a", "pub"] and (np.diff(found.words["start_s"]) > 0).all()


@pytest.mark.parametrize("gap_s", [0.0, 0.1, 0.3, 0.5, 1.0])
def test_a_smile_through_two_lines_stays_within_bounds(gap_s, lines) -> None:
    first, second = (replace(line, emotions=HAPPY) for line in lines)
    work = LinePipeline()
    start = round((first.duration_s + gap_s) * 25) / 25
    values = scene(document(first, replace(second, start_s=start)), work).motion.values
    alone = np.maximum(work.motion(first, RATE).values.max(0), work.motion(second, RATE).values.max(0))
    assert (values[:, IS_LIP] <= alone[IS_LIP] + 1e-5).all() and (values[:, :52] >= 0).all() and (values[:, :52] <= 1).all()
    assert (values[:, INDEX["cheekSquintLeft"]] <= alone[INDEX["cheekSquintLeft"]] + 1e-5).all()
    around = values[round(first.duration_s * 25) - 5 : round(start * 25) + 5]
    steps = np.abs(np.diff(around[:, ~IS_LIP][:, :20], axis=0)).max()
    inside = max(np.abs(np.diff(work.motion(line, RATE).values[:, ~IS_LIP][:, :20], axis=0)).max() for line in (first, second))
    assert steps <= inside + 0.15, "brows and eyes must not jump where lines meet"


def test_lines_that_touch_keep_their_lips_to_the_last_frame(lines) -> None:
    first, second = lines
    work = LinePipeline()
    at = round(first.duration_s * 25)
    found = scene(document(first, replace(second, start_s=at / 25)), work).motion.values
    assert np.abs(found[: at - 1, IS_LIP] - work.motion(first, RATE).values[: at - 1, IS_LIP]).max() < 1e-6
    assert np.abs(found[at + 1 :, IS_LIP] - work.motion(second, RATE).values[1:, IS_LIP][: len(found) - at - 1]).max() < 1e-6


def test_where_lines_overlap_the_later_one_takes_over(lines) -> None:
    first, second = lines
    work = LinePipeline()
    found = scene(document(first, replace(second, start_s=0.6)), work)
    assert np.abs(found.motion.values[17:40, IS_LIP] - work.motion(second, RATE).values[2:25, IS_LIP]).max() < 1e-6
    both = found.sound.read(0.6, 0.9, 48000)
    alone = [work.line(line).sound.read(a, a + 0.3, 48000) for line, a in ((first, 0.6), (second, 0.0))]
    assert np.abs(both - np.clip(alone[0] + alone[1], -1, 1)).max() < 1e-3  # both are heard
    assert np.abs(found.phonemes["start_s"][1:] - found.phonemes["end_s"][:-1]).max() == 0.0


def test_a_line_that_starts_late_is_waited_for(lines) -> None:
    found = scene(document(replace(lines[0], start_s=3.0)), LinePipeline())
    waiting = found.motion.values[:65]
    assert np.ptp(waiting[:, INDEX["breath"]]) > 0.02 and LipGauge().mm(waiting).max() < 0.5
    assert str(found.phonemes["label"][0]) == "" and found.phonemes["end_s"][0] >= 3.0
    assert np.abs(found.sound.read(0.0, 2.9, 8000)).max() == 0.0


@pytest.mark.parametrize("span", [(0.2, 0.8), (0.0, 0.04), (0.4, 3.0), (2.0, 2.4), (2.84, 3.2)])
def test_a_range_is_a_piece_of_the_whole(span, lines) -> None:
    project = document(lines[0], replace(lines[1], start_s=2.6))
    whole, part = scene(project, LinePipeline()), scene(project, LinePipeline(), span)
    first, last = round(span[0] * 25), round(span[1] * 25)
    assert len(part.motion) == last - first
    assert np.abs(part.motion.values - whole.motion.values[first:last]).max() < 1e-5
    assert part.sound.duration_s == pytest.approx(span[1] - span[0], abs=1e-4)
    assert np.abs(part.sound.mono(48000) - whole.sound.read(*span, 48000)).max() < 1e-3
    assert part.phonemes["end_s"][-1] == pytest.approx(span[1] - span[0]) and (part.words["start_s"] >= 0).all()
    middle = np.linspace(span[0] + 0.001, span[1] - 0.001, 50)
    for t in middle:
        here = whole.phonemes[np.searchsorted(whole.phonemes["end_s"], t, "right")]["label"]
        assert part.phonemes[np.searchsorted(part.phonemes["end_s"], t - span[0], "right")]["label"] == here


def test_a_range_beyond_the_end_is_cut_or_refused(lines) -> None:
    project = document(lines[0])
    found = scene(project, LinePipeline(), (0.5, 100.0))
    assert found.sound.duration_s == pytest.approx(lines[0].duration_s - 0.5, abs=1e-3)
    assert any("was cut to the scene's end at" in notice for notice in found.notices)
    with pytest.raises(InvalidInput, match="lies after the scene's end"):
        scene(project, LinePipeline(), (50.0, 60.0))
    with pytest.raises(InvalidInput, match="no lines"):
        scene(new_document(), LinePipeline())


def test_a_long_stretch_is_streamed_to_the_same_samples(lines, monkeypatch) -> None:
    project = document(lines[0], replace(lines[1], start_s=2.0))
    at_once = scene(project, LinePipeline(), (0.3, 2.7)).sound.mono(48000)
    monkeypatch.setattr(scenes, "_AT_ONCE_S", 0.0)
    assert np.abs(scene(project, LinePipeline(), (0.3, 2.7)).sound.mono(48000) - at_once).max() < 1e-6


# --- trim, level, sync -------------------------------------------------------------------------------------------------------------


def test_what_is_trimmed_is_neither_heard_nor_performed(lines) -> None:
    line = replace(lines[0], trim_start_s=0.3, trim_end_s=0.8)
    work = LinePipeline()
    found = scene(document(replace(line, start_s=1.0)), work)
    assert found.sound.duration_s == pytest.approx(1.8, abs=1e-3)
    heard, whole = found.sound.mono(48000), work.line(lines[0]).sound.read(0.0, 0.8, 48000)
    assert np.abs(heard[: round(1.3 * 48000)]).max() == 0.0
    inside = slice(round(0.31 * 48000), round(0.79 * 48000))
    assert np.abs(heard[48000:][inside] - whole[inside]).max() < 1e-3
    assert np.abs(heard[round(1.3 * 48000)]) < 1e-3 and np.abs(heard[-1]) < 1e-3  # it does not click
    spoken = [p for p in found.phonemes if str(p["label"])]
    assert spoken[0]["start_s"] >= 1.3 - 1e-9 and spoken[-1]["end_s"] <= 1.8 + 1e-9
    motion = work.motion(lines[0], RATE).values
    assert np.abs(found.motion.values[34:43, IS_LIP] - motion[9:18, IS_LIP]).max() < 1e-5
    alone = scene(document(replace(line, start_s=0.0)), work)
    assert alone.motion.duration_s == pytest.approx(0.8, abs=0.04)


def test_gain_is_in_decibels_and_the_mix_does_not_overflow(lines) -> None:
    work = LinePipeline()
    plain = work.line(lines[0]).sound.read(0.0, 0.5, 48000)
    quiet = scene(document(replace(lines[0], gain_db=-20.0)), work).sound.read(0.0, 0.5, 48000)
    assert np.abs(quiet - 0.1 * plain).max() < 1e-3
    assert np.abs(scene(document(replace(lines[0], gain_db=24.0)), work).sound.mono(48000)).max() <= 1.0


def test_a_muted_or_not_soloed_sound_is_not_heard_but_seen(lines) -> None:
    work = LinePipeline()
    muted = replace(lines[0], track_states={"sound": TrackState(mute=True)})
    found = scene(document(muted), work)
    assert found.sound is None and np.array_equal(found.motion.values, work.motion(lines[0], RATE).values)
    both = scene(document(lines[0], replace(lines[1], start_s=2.0, track_states={"sound": TrackState(solo=True)})), work)
    assert np.abs(both.sound.read(0.0, 1.9, 8000)).max() == 0.0 < np.abs(both.sound.read(2.0, 3.0, 8000)).max()


def test_the_sync_offset_moves_lips_and_not_the_sound(lines) -> None:
    work = LinePipeline()
    plain, later = (scene(document(replace(lines[0], sync_offset_s=s)), work) for s in (0.0, 0.08))
    assert np.array_equal(later.motion.values[2:], plain.motion.values[:-2]) and later.sound is plain.sound
    assert np.array_equal(later.phonemes, plain.phonemes)


# --- several characters ------------------------------------------------------------------------------------------------------------


def two_characters(lines) -> Document:
    first, second = lines
    project = document(first)
    other = Character(new_id(), "Bo", lines=(replace(second, id=new_id(), start_s=2.0, seed=4),), visemes={"b": {"press": 0.2}})
    return replace(project, characters=(*project.characters, other))


def test_everybody_has_motion_and_all_are_heard(lines) -> None:
    project = two_characters(lines)
    work = LinePipeline()
    found = scene(project, work)
    ada, bo = (found.motions[c.id].values for c in project.characters)
    assert found.motion is found.motions[project.characters[0].id] and len(ada) == len(bo)
    own = work.motion(project.characters[1].lines[0], RATE, visemes=project.characters[1].visemes).values
    assert np.abs(bo[50 : 50 + len(own)] - own).max() < 1e-5
    assert [str(w["text"]) for w in found.words] == ["Papa", "a", "map"] and found.phonemes["end_s"][-1] == pytest.approx(found.sound.duration_s)
    assert np.abs(found.sound.read(2.0, 2.8, 8000)).max() > 0.05
    waiting, listening = bo[:40], ada[round((lines[0].duration_s + 0.4) * 25) :]
    for still in (waiting, listening):
        assert np.ptp(still[:, INDEX["breath"]]) > 0.02 and LipGauge().mm(still).max() < 0.5


def test_a_range_of_a_dialogue_is_a_piece_of_it(lines) -> None:
    project = two_characters(lines)
    whole, part = scene(project, LinePipeline()), scene(project, LinePipeline(), (1.0, 2.6))
    for who in whole.motions:
        assert np.abs(part.motions[who].values - whole.motions[who].values[25:65]).max() < 1e-5


def test_who_is_silent_waits_and_who_speaks_leads(lines) -> None:
    project = two_characters(lines)
    silent = replace(project, characters=(replace(project.characters[0], lines=()), project.characters[1]))
    found = scene(silent, LinePipeline())
    waits, speaks = (found.motions[c.id] for c in silent.characters)
    assert found.motion is speaks and found.seed == 4 and len(waits) == len(speaks)
    assert np.ptp(waits.values[:, INDEX["breath"]]) > 0.02 and LipGauge().mm(waits.values).max() < 0.5
    part = scene(silent, LinePipeline(), (1.0, 2.4))
    assert part.start_s == 1.0
    assert np.abs(part.motions[silent.characters[0].id].values - waits.values[25:60]).max() < 1e-5


def test_two_who_wait_do_not_blink_together(lines) -> None:
    project = document(lines[0])
    project = replace(project, characters=(*project.characters, Character(new_id(), "Bo"), Character(new_id(), "Cy")))
    motions = scene(project, LinePipeline()).motions
    bo, cy = (motions[c.id].values for c in project.characters[1:])
    assert np.abs(bo - cy).max() > 0.1


def test_notices_name_their_line(lines) -> None:
    first, second = (replace(line, notices=("markup in the text was left out",)) for line in lines)
    found = scene(document(first, replace(second, start_s=2.0)), LinePipeline())
    assert found.notices == ("Papa, a map.: markup in the text was left out", "Mama, a pub.: markup in the text was left out")


def test_a_scene_of_several_lines_is_written(lines, tmp_path) -> None:
    project = document(lines[0], replace(lines[1], start_s=2.0))
    outs = [tmp_path / f"x{suffix}" for suffix in (".npz", ".wav", ".TextGrid", ".csv")]
    done = write_files(Request(project, LinePipeline()), outs)
    assert done.files == tuple(outs) and done.duration_s == pytest.approx(2.0 + lines[1].duration_s, abs=0.04)
    assert open_sound(outs[1]).duration_s == pytest.approx(2.0 + lines[1].duration_s, abs=1e-3)
    with np.load(outs[0], allow_pickle=False) as npz:
        assert int(npz["sample_rate"]) == 48000 and len(npz["lip_gap_mm"]) == len(npz["channels"])


def test_lines_are_never_seen_more_than_whole() -> None:
    times = np.arange(0.0, 2.5, 0.01)
    for least in (0.0, scenes.JOIN_S):
        weights = scenes._weights(times, [(0.0, 1.0), (1.0, 1.1), (1.15, 2.0)], least)  # one shorter than the passing over
        assert weights.min() >= 0 and weights.sum(0).max() <= 1 + 1e-9 and weights.sum(0)[times < 1.9].min() > 0.7
