"""Edits follow their phonemes to another reading of the line."""

from __future__ import annotations

import random
from dataclasses import replace
from itertools import pairwise

import pytest

from engine.core.curves import Curve, Key
from engine.project.carry import aligned, carried, time_map, with_strengths
from engine.project.document import LineDoc, Media
from engine.project.parts import Blink, Gaze, Instruction, Layer, Marker, Pin, TakeClip
from engine.project.tracks import PhonemeTrack

HELLO = ("", "h", "ə", "l", "oʊ", "", "w", "ɜ", "l", "d", "")
VERY = ("v", "ɛ", "ɹ", "i")


def track(labels: tuple[str, ...], each_s: float = 0.1, start_s: float = 0.0) -> PhonemeTrack:
    bounds = [0.0]
    for _ in labels:
        bounds.append(bounds[-1] + each_s)
    return PhonemeTrack(labels, tuple(bounds))


OLD = track(HELLO)


def line_of(phonemes: PhonemeTrack = OLD) -> LineDoc:
    curve = Curve((Key(0.15, 0.2), Key(0.75, 0.9, "free", 2.0, 2.0)))
    return LineDoc(
        "line", "Line", Media("a.wav", "0" * 64, phonemes.duration_s, 48000), phonemes=phonemes, emotions={"happy": curve}, intensity=curve,
        blinks=(Blink("b", 0.25),), gazes=(Gaze("g", 0.65, 0.2),), instructions=(Instruction("i", "smile", 0.1, 0.5),),
        pins=(Pin("p", 0.65, {"jawOpen": 0.4}),),
        take_clips=(TakeClip("c", "", 0.6, 1.0),), markers=(Marker("m", 0.7),), in_s=0.1, out_s=0.5, trim_start_s=0.05, trim_end_s=1.05,
        layers=(Layer("l", "L", start_s=0.1, end_s=0.5, curves={"jawOpen": curve}), Layer("whole", "W", curves={"jawOpen": curve})),
    )  # fmt: skip


def rising(old: PhonemeTrack, new: PhonemeTrack) -> bool:
    to = time_map(old, new)
    times = [to(k * old.duration_s / 997) for k in range(998)]
    return all(a < b for a, b in pairwise(times)) and times[0] >= 0.0 and times[-1] == pytest.approx(new.duration_s)


def test_the_same_sentence_spoken_slower():
    new = track(HELLO, 0.2)
    to = time_map(OLD, new)
    assert all(to(a) == b for a, b in zip(OLD.bounds_s, new.bounds_s, strict=True)) and to(0.25) == pytest.approx(0.5) and rising(OLD, new)
    moved = carried(line_of(), new)
    happy = moved.emotions["happy"].keys
    assert [k.time_s for k in happy] == pytest.approx([0.3, 1.5]) and happy[1].in_slope == pytest.approx(1.0, rel=1e-3), "the curve keeps its shape"
    assert moved.intensity == moved.emotions["happy"] == moved.layers[0].curves["jawOpen"]
    assert (moved.blinks[0].time_s, moved.gazes[0].time_s, moved.pins[0].time_s, moved.markers[0].time_s) == pytest.approx((0.5, 1.3, 1.3, 1.4))
    assert (moved.instructions[0].start_s, moved.instructions[0].end_s) == pytest.approx((0.2, 1.0))
    assert (moved.take_clips[0].start_s, moved.take_clips[0].end_s) == pytest.approx((1.2, 2.0))
    assert (moved.layers[0].start_s, moved.layers[0].end_s, moved.layers[1].start_s, moved.layers[1].end_s) == (
        pytest.approx(0.2),
        pytest.approx(1.0),
        0.0,
        None,
    )
    assert (moved.in_s, moved.out_s, moved.trim_start_s, moved.trim_end_s) == pytest.approx((0.2, 1.0, 0.1, 2.1))
    assert moved.phonemes == OLD and moved.pins[0].values == {"jawOpen": 0.4}


def test_a_word_inserted():
    new = track((*HELLO[:6], *VERY, *HELLO[6:]))
    to = time_map(OLD, new)
    assert to(0.59) == pytest.approx(0.59) and to(0.65) == pytest.approx(1.05) and rising(OLD, new)
    assert to(0.6) == pytest.approx(1.0) and to.before(0.6) == pytest.approx(0.6), "what begins at the gap goes behind it, what ends there stays"
    moved = carried(replace(line_of(), instructions=(Instruction("i", "smile", 0.1, 0.6), Instruction("j", "frown", 0.6, 0.9))), new)
    assert [(i.start_s, i.end_s) for i in moved.instructions] == [pytest.approx((0.1, 0.6)), pytest.approx((1.0, 1.3))]
    assert moved.markers[0].time_s == pytest.approx(1.1) and moved.out_s == pytest.approx(0.5)


def test_a_word_left_out_lets_nothing_fall_together():
    old = track((*HELLO[:6], *VERY, *HELLO[6:]))
    to = time_map(old, OLD)
    assert to(0.25) == pytest.approx(0.25) and to(1.15) == pytest.approx(0.75) and rising(old, OLD)
    keys = Curve(tuple(Key(0.6 + 0.05 * k, k / 10) for k in range(9)))
    assert len(carried(replace(line_of(old), emotions={"sad": keys}), OLD).emotions["sad"].keys) == 9


def test_nothing_in_common_goes_by_the_length_of_the_speech():
    new = track(("", "", "s", "t", "ɹ", "iː", "t", "s", ""), 0.5)
    to = time_map(track(("", "m", "ɑ", "m", "ɑ", "")), new)
    assert (to(0.0), to(0.1), to(0.3), to(0.5), to(0.6)) == pytest.approx((0.0, 1.0, 2.5, 4.0, 4.5))
    assert rising(OLD, new)


def test_other_sounds_at_the_same_place_correspond():
    new = ("", "h", "ɛ", "l", "oː", "", "w", "ɒ", "l", "t", "")
    assert aligned(HELLO, new) == [(i, i) for i in range(11)]
    assert aligned(HELLO, ()) == [] and aligned((), HELLO) == []


def test_the_same_reading_changes_nothing():
    line = line_of()
    assert carried(line, OLD) is line and carried(replace(line, phonemes=None), OLD).phonemes is None
    to = time_map(OLD, OLD)
    assert all(to(t) == t for t in (-0.5, 0.0, 0.123, 0.7, 1.1, 2.0))


def test_times_past_the_ends_keep_their_distance():
    to = time_map(OLD, track(HELLO, 0.2))
    assert to(OLD.duration_s + 1.0) == pytest.approx(3.2) and to(-0.5) == -0.5


def test_strengths_follow_their_phonemes():
    old = replace(OLD, strengths=tuple(1.5 if label == "w" else 1.0 for label in HELLO))
    new = track((*HELLO[:6], *VERY, *HELLO[6:]))
    out = with_strengths(new, old)
    assert [out.strength(i) for i, label in enumerate(out.labels) if label == "w"] == [1.5] and sum(s != 1.0 for s in out.strengths or ()) == 1
    assert with_strengths(new, OLD) is new


@pytest.mark.parametrize("seed", range(30))
def test_every_pair_of_readings_gives_a_rising_map(seed: int):
    rng = random.Random(seed)
    inventory = ("", "p", "t", "k", "a", "i", "u", "m", "tʰ", "aː")

    def reading() -> PhonemeTrack:
        bounds = [0.0]
        for _ in range(rng.randint(1, 30)):
            bounds.append(bounds[-1] + rng.uniform(0.001, 0.4))
        return PhonemeTrack(tuple(rng.choice(inventory) for _ in bounds[1:]), tuple(bounds))

    old, new = reading(), reading()
    assert rising(old, new), f"seed {seed}"
    if old.duration_s > 1.1:
        moved = carried(replace(line_of(), phonemes=old, trim_end_s=None), new)
        assert len(moved.emotions["happy"].keys) == 2 and moved.in_s < moved.out_s


def test_two_hours_of_speech_are_carried_in_little_memory():
    words = [("p", "a"), ("t", "i", "m"), ("k", "u"), ("", "l", "ɛ")]
    rng = random.Random(3)
    old = tuple(label for _ in range(6000) for label in rng.choice(words))
    new = tuple(label for k, label in enumerate(old) if k % 97)  # every now and then one is swallowed
    pairs = aligned(old, new)
    assert sum(old[i] == new[j] for i, j in pairs) > 0.98 * len(new)
