from dataclasses import fields
from fractions import Fraction

import numpy as np
import pytest

from engine.core.channels import HEAD, INDEX, LIP
from engine.core.curves import Curve, Key
from engine.core.emotion import EMOTIONS
from engine.core.errors import InvalidInput
from engine.core.kept import Kept
from engine.core.motion import MotionClip
from engine.head.rig import HeadRig, LipGauge
from engine.project.parts import Blink, Gaze
from engine.speech.line import speak, with_phonemes
from engine.speech.phonemes import track
from engine.systems import liveliness, visemes
from engine.systems.expressions import MANNERS, envelope
from engine.systems.inputs import Direction
from engine.systems.judging import judge
from engine.systems.liveliness import BLINK_STRETCH_S
from engine.systems.performer import Amounts, Performing, perform
from engine.systems.performer import speak as speak_mouth

RATE = Fraction(30)


@pytest.fixture(scope="module")
def line():
    return speak("Bob may pay the fee for five moving puppets. Who will show the way through?", "en-us")


@pytest.fixture(scope="module")
def gauge():
    return LipGauge()


def flat(level=1.0):
    return Curve((Key(0.0, level),))


def test_lips_are_shut_in_every_closure_and_open_between(line, gauge):
    for fps in (24, 25, 30, 60):
        clip = perform(line, Fraction(fps))
        gap = gauge.mm(clip.values)
        for closure in line.closures:
            middle = (closure["start_s"] + closure["end_s"]) / 2
            assert np.interp(middle, clip.times_s, gap) < 1.0, (fps, middle)
        fine = np.arange(0, line.sound.duration_s, 0.005)
        shut = np.interp(fine, clip.times_s, gap) < 1.0
        in_closure = np.zeros(len(fine), bool)
        for closure in line.closures:
            in_closure |= (fine >= closure["start_s"] - 0.04) & (fine <= closure["end_s"] + 0.04)
        speech = np.zeros(len(fine), bool)
        for phoneme in line.phonemes[line.phonemes["label"] != ""]:
            speech |= (fine >= phoneme["start_s"]) & (fine < phoneme["end_s"])
        assert (shut & speech & ~in_closure).sum() * 0.005 < 0.03


@pytest.mark.parametrize("name", EMOTIONS)
def test_no_expression_opens_a_closure(line, gauge, name):
    clip = perform(line, RATE, {name: flat()})
    gap = gauge.mm(clip.values)
    for closure in line.closures:
        assert np.interp((closure["start_s"] + closure["end_s"]) / 2, clip.times_s, gap) < 1.0


@pytest.mark.parametrize("name", EMOTIONS)
def test_each_emotion_changes_the_face_with_its_level(line, name):
    rig = HeadRig()
    rest = perform(line, RATE, amounts=Amounts(blink=0, gaze=0, brows=0, head=0, breath=0))
    low = perform(line, RATE, {name: flat(0.4)}, Amounts(blink=0, gaze=0, brows=0, head=0, breath=0))
    high = perform(line, RATE, {name: flat(1.0)}, Amounts(blink=0, gaze=0, brows=0, head=0, breath=0))
    still = rig.pose(rest.values[::10])
    moved = [float((rig.pose(c.values[::10]) - still).norm(dim=-1).amax()) for c in (low, high)]
    assert moved[1] > 1.5 * moved[0] > 0.002


def test_expression_rises_and_falls_with_its_curve(line):
    clip = perform(line, RATE, {"happy": Curve((Key(1.0, 0.0), Key(1.3, 1.0), Key(2.2, 1.0), Key(2.5, 0.0)))})
    smile = clip.channel("cheekSquintLeft")
    assert smile[int(0.8 * 30)] < 0.02 and smile[int(2.2 * 30)] > 0.5 and smile[-1] < 0.1


def test_same_seed_same_motion_other_seed_other_life(line):
    one, same, other = (perform(line, RATE, seed=s) for s in (7, 7, 8))
    assert np.array_equal(one.values, same.values)
    lips = [INDEX[n] for n in LIP]
    assert np.array_equal(one.values[:, lips], other.values[:, lips])  # the mouth follows speech alone
    head = [INDEX[n] for n in HEAD]
    assert np.abs(one.values[:, head] - other.values[:, head]).max() > 0.01


@pytest.mark.parametrize(
    ("part", "names"),
    [
        ("blink", ["eyeBlinkLeft"]),
        ("brows", ["browInnerUp"]),
        ("head", ["headRotX", "headRotY"]),
        ("breath", ["breath"]),
        ("jaw", ["jawOpen"]),
        ("gaze", ["eyeLookOutLeft", "eyeLookInLeft"]),
    ],
)
def test_an_amount_of_zero_stills_its_channels_and_two_moves_them_more(line, part, names):
    def activity(value):
        clip = perform(line, RATE, amounts=Amounts(**{part: value}))
        return float(clip.select(names).std(0).sum())

    assert activity(0.0) < 0.25 * activity(1.0)
    assert activity(2.0) > activity(1.0) * 1.1


def test_amounts_outside_0_to_2_are_refused():
    with pytest.raises(InvalidInput, match="blink = 3"):
        Amounts(blink=3)


def test_the_mouth_is_still_in_silence_while_the_eyes_live(line):
    quiet = with_phonemes(line, track([], line.sound.duration_s))
    clip = perform(quiet, RATE, {"sad": flat(0.5)})
    shape = HeadRig().shape(clip.values)
    rig = HeadRig()
    lips = rig.asset.seams["lips"].vertices[rig.asset.masks["lips"][rig.asset.seams["lips"].vertices] > 0.9]
    assert float(np.ptp(shape[:, lips].numpy(), axis=0).max()) < 0.5e-3
    assert clip.channel("eyeBlinkLeft").max() == 1.0 and np.ptp(clip.channel("breath")) > 0.1


def test_speech_pauses_bring_the_lips_to_rest():
    spoken = speak("Go.", "en-us")
    word = spoken.phonemes[spoken.phonemes["label"] != ""]
    end = float(word["end_s"][-1])
    clip = perform(with_phonemes(spoken, spoken.phonemes), RATE)
    if spoken.sound.duration_s - end > 0.3:
        rest = clip.select(LIP)[int((end + 0.2) * 30) :]
        assert np.ptp(rest, axis=0).max() < 1e-3


def test_targets_say_what_speech_demands():
    column, value = visemes.COLUMN, lambda label, name: visemes.target_of(label).value[visemes.COLUMN[name]]
    assert value("f", "tuck") > 0.9 and value("θ", "tip_forward") > 0.9
    assert all(value(c, "tip_up") > 0.8 for c in "tdnl")
    assert value("u", "round") > 0.8 and value("w", "round") > 0.9 and value("i", "round") < 0.1
    assert value("s", "jaw") < 0.05 < value("ɑ", "jaw")
    assert value("ɑ", "jaw") > value("ɛ", "jaw") > value("i", "jaw")
    assert set(column) == set(visemes.ARTICULATORS)


def test_fast_speech_undershoots(line):
    slow = track([("ɑ", 0.2, 0.6)], line.sound.duration_s)
    fast = track([("t", 0.2, 0.25), ("ɑ", 0.25, 0.3), ("t", 0.3, 0.35)], line.sound.duration_s)
    opened = [perform(with_phonemes(line, p), Fraction(100)).channel("jawOpen")[:70].max() for p in (slow, fast)]
    assert opened[1] < 0.75 * opened[0]


def test_values_stay_in_range(line):
    clip = perform(line, RATE, {n: flat() for n in EMOTIONS}, Amounts(2, 2, 2, 2, 2, 2, 2), seed=2**64 - 1)
    assert np.isfinite(clip.values).all()
    assert clip.values[:, :52].min() >= 0 and clip.values[:, :52].max() <= 1
    assert np.abs(clip.select(HEAD[:3])).max() < 0.9


# --- blocks, directions, tables ----------------------------------------------------------------------------------------------------


def performing(line, held=None, rate=RATE, strengths=None, table=None, **direction):
    speech = speak_mouth(line, rate, strengths, table)
    count = len(speech.times_s)
    given = {
        "levels": np.zeros((count, len(EMOTIONS)), np.float32),
        "amounts": {f.name: np.ones(count) for f in fields(Amounts)},
        "seed": 0,
        **direction,
    }
    return Performing(speech, liveliness.live(line, speech.times_s, given["seed"]), Direction(**given), held)


def test_the_first_block_asked_for_is_the_same_as_in_the_whole(line):
    rate = Fraction(100)
    whole = perform(line, rate, {"happy": flat(0.7)}, seed=3).values
    levels = np.zeros((len(whole), len(EMOTIONS)), np.float32)
    levels[:, EMOTIONS.index("happy")] = 0.7
    held = Kept(1000)
    for start, stop in ((130, 140), (0, 5), (len(whole) - 1, len(whole)), (100, 300)):
        part = performing(line, held, rate, levels=levels, seed=3)
        assert np.array_equal(part.frames(start, stop), whole[start:stop])
    assert np.array_equal(performing(line, rate=rate, levels=levels, seed=3).clip().values, whole)


def test_a_change_of_emotion_leaves_the_frames_it_does_not_reach(line):
    before = perform(line, RATE, {"happy": Curve((Key(1.0, 0.2), Key(2.0, 0.4)))}).values
    after = perform(line, RATE, {"happy": Curve((Key(1.0, 0.2), Key(2.0, 0.8)))}).values
    assert np.array_equal(before[:30], after[:30]) and np.abs(before[60] - after[60]).max() > 0.1


def test_an_emotion_that_is_over_is_over():
    spoken = speak("Well, here we wait. " * 12, "en-us")
    calm, moved = (perform(spoken, RATE, emotions) for emotions in ({}, {"angry": Curve((Key(0.0, 0.0), Key(0.5, 1.0), Key(1.0, 0.0)))}))
    after = round((BLINK_STRETCH_S + 0.6) * 30)
    assert len(calm) > after + 100 and np.array_equal(calm.values[after:], moved.values[after:])
    assert np.abs(calm.values[20] - moved.values[20]).max() > 0.3


def test_who_is_silent_blinks_as_often_as_people_do():
    times = np.arange(30 * 600) / 30
    quiet = with_phonemes(speak("No.", "en-us"), track([], speak("No.", "en-us").sound.duration_s))
    counts = [len(liveliness.blinks(quiet, times, seed, np.ones(len(times)), np.ones(len(times)))) / 10 for seed in range(5)]
    assert 14 < np.mean(counts) < 21  # a minute


def test_the_envelope_is_what_its_equations_say():
    random = np.random.default_rng(4)
    levels = np.repeat(random.uniform(0, 1, (12, len(EMOTIONS))), 20, 0).astype(np.float32)
    found = envelope(levels, 1 / 30)
    for i, name in enumerate(EMOTIONS):
        rise, fall = (min(1.0, 1.6 * (1 - np.exp(-1 / 30 / s))) for s in (MANNERS[name].onset_s, MANNERS[name].offset_s))
        slow = state = float(levels[0, i])
        for t, level in enumerate(levels[:, i]):
            slow += (rise if level > slow else fall) * (level - slow)
            state += (rise if slow > state else fall) * (slow - state)
            assert found[t, i] == pytest.approx(state, abs=2e-6)  # GONE, and float32


def test_blinks_and_gazes_are_exactly_those_asked_for(line):
    events = (Blink("a", 1.0), Blink("b", 2.0, 0.5), Blink("c", 3.0, 1.0, 0.6))
    clip = performing(line, blinks=events, gazes=(Gaze("g", 1.5, 0.3, -0.2),)).clip()
    lid = clip.channel("eyeBlinkLeft")
    assert lid[30] == pytest.approx(1.0) and lid[60] == pytest.approx(0.5) and lid[90] == pytest.approx(1.0)
    shut = np.flatnonzero(lid > 0.02) / 30
    assert all(np.abs(shut[:, None] - [1.0, 2.0, 3.0]).min(1) < 0.45) and (lid[86:98] > 0.02).all()
    out = clip.channel("eyeLookOutLeft")
    assert out[:44].max() < 0.2 < out[50:].min() and clip.channel("eyeLookUpLeft")[50:].min() > 0.3
    none = performing(line, blinks=(), gazes=()).clip()
    assert none.channel("eyeBlinkLeft").max() == 0.0


def test_automatic_events_set_down_give_the_same_performance(line):
    automatic = performing(line, seed=5)
    assert len(automatic.blinks) >= 1 and len(automatic.gazes) >= 2
    fixed = performing(line, seed=5, blinks=automatic.blinks, gazes=automatic.gazes)
    assert np.array_equal(automatic.clip().values, fixed.clip().values)


def test_amounts_may_change_along_the_line(line):
    count = len(perform(line, RATE))
    half = np.where(np.arange(count) < 64, 1.0, 0.0)
    steady = {f.name: np.ones(count) for f in fields(Amounts)}
    found = performing(line, amounts={**steady, "head": half, "breath": half, "jaw": half, "blink": half}, seed=2)
    whole = perform(line, RATE, seed=2)
    names = [*HEAD, "breath", "jawOpen"]
    assert np.allclose(found.clip().select(names)[:64], whole.select(names)[:64], atol=1e-6)
    assert np.abs(found.clip().select([*HEAD, "breath"])[64:]).max() == 0.0 and found.clip().channel("jawOpen")[64:].max() < 0.1
    assert all(b.time_s < 64 / 30 + 0.5 for b in found.blinks)


def test_strength_of_a_phoneme_scales_its_articulation_and_keeps_closures(line, gauge):
    vowel = int(np.argmax(line.phonemes["label"] == "ɑː")) or next(i for i, p in enumerate(line.phonemes) if str(p["label"])[:1] in ("ɑ", "a", "o", "e"))
    middle = float(line.phonemes["start_s"][vowel] + line.phonemes["end_s"][vowel]) / 2

    def jaw(strength):
        strengths = [1.0] * len(line.phonemes)
        strengths[vowel] = strength
        clip = performing(line, strengths=strengths).clip()
        return float(clip.sample(np.array([middle]))[0, INDEX["jawOpen"]])

    assert jaw(0.0) < 0.75 * jaw(1.0) < 0.75 * jaw(2.0) / 1.1
    for strength in (0.0, 2.0):
        gap = gauge.mm(performing(line, strengths=[strength] * len(line.phonemes)).clip().values)
        for closure in line.closures:
            assert np.interp((closure["start_s"] + closure["end_s"]) / 2, np.arange(len(gap)) / 30, gap) < 1.0


def test_a_viseme_of_ones_own_takes_the_place_of_ours(line):
    index = next(i for i, p in enumerate(line.phonemes) if str(p["label"]).startswith("f"))
    middle = float(line.phonemes["start_s"][index] + line.phonemes["end_s"][index]) / 2
    values = {}
    for name, table in (("ours", None), ("other", {"f": {"round": 1.0, "tuck": 0.0}}), ("same", {"f": {"tuck": 1.0}})):
        values[name] = performing(line, table=table).clip().sample(np.array([middle]))[0]
    assert values["other"][INDEX["mouthPucker"]] > values["ours"][INDEX["mouthPucker"]] + 0.3
    assert values["other"][INDEX["mouthRollLower"]] < 0.5 * values["ours"][INDEX["mouthRollLower"]]
    assert np.array_equal(values["same"], values["ours"])  # what the table says already changes nothing
    with pytest.raises(InvalidInput, match="moves 'ears', which is no articulator"):
        performing(line, table={"f": {"ears": 1.0}})


def test_a_viseme_of_a_diphthong_holds_for_both_its_parts():
    changed = {"aɪ": {"jaw": 0.9}}
    assert all(visemes.target_for(part, "aɪ", changed).value[visemes.COLUMN["jaw"]] == np.float32(0.9) for part in ("a", "ɪ"))
    assert visemes.target_for("a", "a", changed) is visemes.target_of("a")


def test_a_judge_prefers_met_closures_and_a_living_face(line):
    clip = perform(line, RATE, seed=1)
    blinks = performing(line, seed=1).blinks
    still = MotionClip(np.zeros_like(clip.values), RATE)
    gaping = clip.with_channels(["jawOpen", "mouthClose"], np.tile(np.float32([0.5, 0.0]), (len(clip), 1)))
    good, dead, open_mouth = judge(clip, line, blinks), judge(still, line, ()), judge(gaping, line, blinks)
    assert 0.0 <= dead < good <= 1.0 and open_mouth < good - 0.2
