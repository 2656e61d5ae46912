from fractions import Fraction

import numpy as np
import pytest

from engine.core.channels import HEAD, INDEX, LIP
from engine.core.curves import Curve, Key
from engine.core.emotion import EMOTIONS
from engine.core.errors import InvalidInput
from engine.head.rig import HeadRig, LipGauge
from engine.speech.line import speak, with_phonemes
from engine.speech.phonemes import track
from engine.systems import visemes
from engine.systems.performer import Amounts, perform

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
