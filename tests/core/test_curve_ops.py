from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest

from engine.core import curve_ops as ops
from engine.core.curves import TANGENTS, Curve, Key
from engine.core.errors import InvalidInput

RATE = Fraction(30000, 1001)


def random_curve(seed: int, count: int = 25, tangents: tuple[str, ...] = TANGENTS) -> Curve:
    rng = np.random.default_rng(seed)
    times = np.cumsum(rng.uniform(0.05, 0.5, count))
    return Curve(tuple(Key(float(t), float(rng.uniform(0, 1)), tangents[rng.integers(len(tangents))], *rng.uniform(-2, 2, 2).tolist()) for t in times))


def motion(kind: str, seed: int = 0) -> tuple[np.ndarray, np.ndarray]:
    """Sampled motion of the sorts that come from capture: float64 [T] times and values."""
    rng = np.random.default_rng(seed)
    t = np.arange(600) / 30.0
    smooth = 0.5 + 0.3 * np.sin(t) + 0.15 * np.sin(2.7 * t + 1)
    return t, {
        "smooth": smooth,
        "noise": smooth + rng.normal(0, 0.02, len(t)),
        "steps": np.floor(smooth * 5) / 5,
        "spikes": np.where(np.arange(len(t)) % 90 == 45, 1.0, 0.0),
        "blinks": np.exp(-(((t % 3) - 1.5) ** 2) / 0.005),
        "wild": rng.random(len(t)),
    }[kind]


# Simplifying.


@pytest.mark.parametrize("tolerance", [0.001, 0.01, 0.1])
@pytest.mark.parametrize("kind", ["smooth", "noise", "steps", "spikes", "blinks", "wild"])
def test_a_simplified_motion_keeps_its_tolerance(kind: str, tolerance: float):
    times, values = motion(kind)
    curve = ops.simplify(times, values, tolerance)
    # 1e-12: the curve's polynomials are rounded.
    assert np.abs(curve.evaluate(times) - values).max() <= tolerance + 1e-12
    assert all(k.tangent == "free" and k.in_slope == k.out_slope for k in curve.keys)
    assert np.isin(curve.times_s, times).all()


def test_smooth_motion_needs_few_keys():
    times, values = motion("smooth")
    assert len(ops.simplify(times, values, 0.01).keys) <= 30  # 20 s with 14 turns
    assert len(ops.simplify(times, values, 0.1).keys) < len(ops.simplify(times, values, 0.01).keys) < len(ops.simplify(times, values, 0.0005).keys)
    times, values = motion("blinks")
    assert len(ops.simplify(times, values, 0.02).keys) <= 7 * 7  # seven of them


def test_keys_lie_where_the_motion_turns():
    times, values = motion("smooth")
    turns = times[1:-1][np.diff(np.sign(np.diff(values))) != 0]
    kept = ops.simplify(times, values, 0.02).times_s
    high = [t for t in turns if np.ptp(values[np.abs(times - t) < 0.4]) > 0.05]
    assert len(high) >= 5 and all(np.abs(kept - t).min() < 0.11 for t in high)


@pytest.mark.parametrize("kind", ["steps", "spikes", "blinks"])
def test_a_simplified_motion_does_not_swing_beyond_its_samples(kind: str):
    times, values = motion(kind)
    between = ops.simplify(times, values, 0.01).evaluate(np.linspace(0, times[-1], 20_000))
    assert between.min() > values.min() - 0.05 and between.max() < values.max() + 0.05


def test_a_still_motion_is_one_key():
    assert ops.simplify([1.0, 2.0, 3.0], [0.5, 0.5, 0.5], 0.01).keys == (Key(1.0, 0.5),)
    assert ops.simplify([1.0], [0.5], 0.01).keys == (Key(1.0, 0.5),)
    assert len(ops.simplify([1.0, 2.0], [0.5, 1.0], 0.01).keys) == 2


def test_simplify_refuses_what_is_no_motion():
    with pytest.raises(InvalidInput, match="rise"):
        ops.simplify([1.0, 0.0], [0.0, 0.0], 0.1)
    with pytest.raises(InvalidInput, match="not finite"):
        ops.simplify([0.0, 1.0], [0.0, np.nan], 0.1)
    with pytest.raises(InvalidInput, match=r"\[2\] and \[1\]"):
        ops.simplify([0.0, 1.0], [0.0], 0.1)
    for bad in (0.0, -1.0, np.nan):
        with pytest.raises(InvalidInput, match="tolerance"):
            ops.simplify([0.0, 1.0], [0.0, 1.0], bad)


@pytest.mark.parametrize("tolerance", [0.005, 0.05])
@pytest.mark.parametrize("seed", range(8))
def test_a_simplified_curve_keeps_its_tolerance_whatever_its_tangents(seed: int, tolerance: float):
    tangents = TANGENTS if seed % 2 else ("auto",)
    curve = ops.bake(random_curve(seed, 20, tangents), Fraction(60), 0.0, 8.0)
    got = ops.simplified(curve, tolerance)
    times = np.linspace(-1, 9, 7001)
    # Measured at 8 places between two keys; where the curve leaps within a frame it is a little more between those.
    assert np.abs(got.evaluate(times) - curve.evaluate(times)).max() <= tolerance * 1.06
    assert len(got.keys) < len(curve.keys) / 2


def test_steps_and_kinks_survive_simplifying():
    curve = Curve((Key(0, 0, "linear"), Key(0.5, 0.5, "linear"), Key(1, 1, "linear"), Key(2, 0, "stepped"), Key(3, 1, "stepped"), Key(4, 0.2)))
    got = ops.simplified(curve, 0.01)
    times = np.linspace(-1, 5, 2001)
    assert np.abs(got.evaluate(times) - curve.evaluate(times)).max() <= 0.0101
    assert {0.0, 1.0, 2.0, 3.0, 4.0} <= set(got.times_s.tolist()) and len(got.keys) <= 6


def test_only_the_range_is_simplified():
    times, values = motion("smooth")
    curve = Curve(tuple(Key(float(t), float(v)) for t, v in zip(times, values, strict=True)))
    got = ops.simplified(curve, 0.01, 5.0, 10.0)
    outside = np.concatenate([np.linspace(0, 5, 500), np.linspace(10, 20, 500)])
    assert np.array_equal(got.evaluate(outside), curve.evaluate(outside)) or np.abs(got.evaluate(outside) - curve.evaluate(outside)).max() < 1e-12
    assert len(got.keys) < len(curve.keys) - 100
    assert [k for k in got.keys if k.time_s < 4.9] == [k for k in curve.keys if k.time_s < 4.9]


def test_a_curve_that_is_simple_stays_the_same():
    curve = Curve((Key(0, 0), Key(1, 1), Key(2, 0)))
    assert ops.simplified(curve, 1e-6) == curve and ops.simplified(Curve(), 0.1) == Curve()


# Moving and scaling.


@pytest.mark.parametrize("seed", range(6))
def test_turning_twice_gives_the_same(seed: int):
    curve = random_curve(seed, tangents=("auto", "flat", "linear", "free", "broken"))
    for change in (lambda c: ops.reverse(c, None), lambda c: ops.mirror(c, None, 0.3), lambda c: ops.offset(c, None, 1.0, 0.5)):
        once = change(curve)
        assert once != curve
    back = ops.reverse(ops.reverse(curve, None), None)
    times = np.linspace(0, 12, 500)
    assert back.evaluate(times) == pytest.approx(curve.evaluate(times), abs=1e-9)
    assert ops.mirror(ops.mirror(curve, None, 0.3), None, 0.3).evaluate(times) == pytest.approx(curve.evaluate(times), abs=1e-9)


@pytest.mark.parametrize("seed", range(6))
def test_a_reversed_curve_is_the_curve_run_backwards(seed: int):
    curve = random_curve(seed, tangents=("auto", "flat", "linear", "free", "broken"))
    first, last = curve.times_s[[0, -1]]
    times = np.linspace(first, last, 400)
    assert ops.reverse(curve, None).evaluate(times) == pytest.approx(curve.evaluate(first + last - times), abs=1e-9)


def test_a_held_stretch_is_still_held_when_reversed():
    curve = Curve((Key(0, 0.0), Key(1, 1.0, "stepped"), Key(2, 0.5), Key(3, 0.2)))
    assert [(k.time_s, k.value, k.tangent) for k in ops.reverse(curve, None).keys] == [
        (0, 0.2, "auto"), (1, 0.5, "stepped"), (2, 1.0, "auto"), (3, 0.0, "auto"),
    ]  # fmt: skip


@pytest.mark.parametrize("seed", range(6))
def test_a_scaled_curve_has_the_same_shape(seed: int):
    curve = random_curve(seed)
    got = ops.scale(curve, None, (2.0, 0.5), (1.7, -0.4))
    times = np.linspace(-1, 12, 500)
    wanted = 0.5 + (curve.evaluate(times) - 0.5) * -0.4
    assert got.evaluate(2.0 + (times - 2.0) * 1.7) == pytest.approx(wanted, abs=1e-9)
    with pytest.raises(InvalidInput, match="scaled"):
        ops.scale(curve, None, (0.0, 0.0), (0.0, 1.0))


def test_only_the_keys_named_move_and_others_give_way():
    curve = Curve((Key(0, 0.1), Key(1, 0.2), Key(2, 0.3), Key(3, 0.4)))
    got = ops.offset(curve, [1.0], 1.0, 0.5)
    assert [(k.time_s, k.value) for k in got.keys] == [(0, 0.1), (2, pytest.approx(0.7)), (3, 0.4)]
    assert ops.offset(curve, [9.0], 1.0) == curve


def test_keys_are_spread_over_another_span():
    curve = Curve((Key(0, 0.1), Key(1, 0.2), Key(2, 0.3, "broken", 1.0, 2.0), Key(9, 0.4)))
    got = ops.retime(curve, [0.0, 1.0, 2.0], 4.0, 8.0)
    assert got.times_s.tolist() == [4.0, 6.0, 8.0, 9.0] and got.keys[2].out_slope == pytest.approx(1.0)
    assert ops.retime(curve, [0.0, 2.0], 3.0, 5.0).times_s.tolist() == [1.0, 3.0, 5.0, 9.0]
    with pytest.raises(InvalidInput, match="spread"):
        ops.retime(curve, [0.0], 0.0, 1.0)
    with pytest.raises(InvalidInput, match="spread"):
        ops.retime(curve, None, 1.0, 1.0)


def test_left_and_right_are_exchanged():
    a, b, turn = Curve((Key(0, 0.2),)), Curve((Key(0, 0.7),)), Curve((Key(0, 0.3), Key(1, 0.1, "free", 2.0, 2.0)))
    got = ops.mirror_layer({"mouthSmileLeft": a, "jawOpen": b, "headRotY": turn, "headRotX": turn, "emotions/happy": b})
    assert set(got) == {"mouthSmileRight", "jawOpen", "headRotY", "headRotX", "emotions/happy"}
    assert got["mouthSmileRight"] == a and got["jawOpen"] == b and got["headRotX"] == turn
    assert got["headRotY"].values.tolist() == [-0.3, -0.1] and got["headRotY"].keys[1].in_slope == -2.0
    assert ops.mirror_layer(got) == {"mouthSmileLeft": a, "jawOpen": b, "headRotY": turn, "headRotX": turn, "emotions/happy": b}


# Values.


@pytest.mark.parametrize("seed", range(4))
def test_baked_frames_have_the_values_there_were(seed: int):
    curve = random_curve(seed)
    got = ops.bake(curve, RATE, 1.0, 4.0)
    frames = np.arange(30, 119 + 1) * 1001 / 30000
    assert got.evaluate(frames) == pytest.approx(curve.evaluate(frames), abs=1e-12)
    inside = [k.time_s for k in got.keys if 1.0 <= k.time_s <= 4.0]
    assert len(inside) == 90 and inside == pytest.approx(frames.tolist()), "first frame after 1 s is 30, last before 4 s is 119"
    assert [k for k in got.keys if not 1 <= k.time_s <= 4] == [k for k in curve.keys if not 1 <= k.time_s <= 4]
    with pytest.raises(InvalidInput, match="no frame"):
        ops.bake(curve, RATE, 1.01, 1.02)
    assert ops.bake(Curve(), RATE, 0.0, 1.0) == Curve()


def test_smoothing_draws_to_the_line_between_neighbours():
    curve = Curve((Key(0, 0.0), Key(1, 1.0), Key(4, 0.0)))
    assert ops.smooth(curve, None, 0.5).values.tolist() == [0.0, 0.75, 0.0]
    assert ops.smooth(curve, [0.0, 4.0], 1.0) == curve, "the ends stay"
    noisy = Curve(tuple(Key(float(t), float(v)) for t, v in zip(*motion("noise"), strict=True)))
    assert np.abs(np.diff(ops.smooth(noisy, None, 1.0).values, 2)).mean() < 0.5 * np.abs(np.diff(noisy.values, 2)).mean()
    with pytest.raises(InvalidInput, match="strength"):
        ops.smooth(curve, None, 1.5)


@pytest.mark.parametrize("seed", range(5))
def test_a_key_more_leaves_the_shape(seed: int):
    curve = random_curve(seed)
    times = np.linspace(-1, 12, 900)
    rng = np.random.default_rng(seed)
    got = curve
    for t in rng.uniform(-1, curve.keys[-1].time_s + 1, 6):
        got = ops.inserted(got, float(t))
    assert got.evaluate(times) == pytest.approx(curve.evaluate(times), abs=1e-9)
    assert len(got.keys) == len(curve.keys) + 6
    assert ops.inserted(got, got.keys[3].time_s) is got and ops.inserted(Curve(), 1.0) == Curve()


def test_keys_put_on_a_curve_replace_those_there():
    curve = Curve((Key(0, 0.0), Key(1, 1.0)))
    assert ops.put(curve, [Key(1.0, 0.3), Key(0.5, 0.2)]).to_json() == [[0, 0.0, "auto", 0.0, 0.0], [0.5, 0.2, "auto", 0.0, 0.0], [1.0, 0.3, "auto", 0.0, 0.0]]


def test_keys_are_found_by_their_times():
    curve = Curve((Key(0, 0.0), Key(1, 1.0), Key(2, 1.0)))
    assert ops.chosen(curve, [2.0, 1.0 + 5e-7, 1.0 - 5e-7, 0.5, 9.0]) == [1, 2]
    assert ops.chosen(curve, []) == [] and ops.chosen(Curve(), [1.0]) == [] and ops.chosen(curve, None) == [0, 1, 2]


def test_keys_snap_to_frames_and_the_nearest_stays():
    curve = Curve((Key(0.010, 0.1), Key(0.032, 0.2), Key(0.045, 0.3), Key(0.1, 0.4)))
    got = ops.snap_to_frames(curve, Fraction(30))
    assert [(round(k.time_s * 30, 9), k.value) for k in got.keys] == [(0, 0.1), (1, 0.2), (3, 0.4)]
    assert ops.snap_to_frames(got, Fraction(30)) == got
    assert len(ops.snap_to_frames(curve, Fraction(30), [0.1]).keys) == 4


def test_values_are_held_within_limits():
    curve = Curve((Key(0, -0.5), Key(1, 0.5), Key(2, 1.5)))
    assert ops.clamped(curve, 0.0, 1.0).values.tolist() == [0.0, 0.5, 1.0]
    inside = ops.clamped(curve, 0.0, 1.0)
    assert ops.clamped(inside, 0.0, 1.0) is inside and ops.clamped(Curve(), 0, 1) == Curve()


# Tangents.


@pytest.mark.parametrize("kind", TANGENTS)
def test_tangents_are_set_on_the_keys_named(kind: str):
    curve = random_curve(3, tangents=("auto", "linear"))
    times = curve.times_s[[2, 4]].tolist()
    got = ops.set_tangents(curve, times, kind)
    assert [got.keys[i].tangent for i in (2, 4)] == [kind, kind]
    assert [k for i, k in enumerate(got.keys) if i not in (2, 4)] == [k for i, k in enumerate(curve.keys) if i not in (2, 4)]


def test_breaking_a_tangent_changes_nothing_to_see():
    curve = random_curve(5, tangents=("auto", "linear", "flat", "free"))
    times = np.linspace(0, 12, 700)
    assert ops.set_tangents(curve, None, "broken").evaluate(times) == pytest.approx(curve.evaluate(times), abs=1e-9)
    free = ops.set_tangents(curve, None, "free")
    assert all(k.in_slope == k.out_slope for k in free.keys)
    with pytest.raises(InvalidInput, match="curly"):
        ops.set_tangents(curve, None, "curly")


@pytest.mark.parametrize(("preset", "middle"), [("ease in", 0.25), ("ease out", 0.75), ("ease in-out", 0.5), ("linear", 0.5), ("hold", 0.0)])
def test_eases_shape_the_way_between_two_keys(preset: str, middle: float):
    curve = Curve((Key(0, 0.0), Key(1, 0.0), Key(3, 1.0), Key(4, 0.5)))
    got = ops.ease(curve, [1.0, 3.0], preset)
    assert got.evaluate(2.0) == pytest.approx(middle)
    assert got.evaluate([1.0, 3.0]) == pytest.approx([0, 1])
    outside = np.concatenate([np.linspace(0, 1, 50), np.linspace(3, 4, 50)])
    assert got.evaluate(outside) == pytest.approx(curve.evaluate(outside), abs=1e-9), "what lies beside it keeps its shape"
    assert ops.ease(curve, [1.0], preset).evaluate(2.0) == pytest.approx(middle), "one key shapes what follows"


def test_overshoot_goes_beyond_and_comes_back():
    curve = Curve((Key(0, 0.0), Key(1, 1.0)))
    over = ops.ease(curve, None, "overshoot").evaluate(np.linspace(0, 1, 101))
    under = ops.ease(curve, None, "anticipate").evaluate(np.linspace(0, 1, 101))
    assert over.max() == pytest.approx(1.12) and over[-1] == 1.0 and over.min() >= 0
    assert under.min() == pytest.approx(-0.12) and under[0] == 0.0 and under.max() <= 1
    assert len(ops.ease(curve, None, "overshoot").keys) == 3


def test_a_row_of_keys_is_eased_between_each_two():
    curve = Curve((Key(0, 0.0), Key(1, 1.0), Key(2, 0.0), Key(3, 1.0)))
    got = ops.ease(curve, [0.0, 1.0, 2.0], "ease in")
    assert got.evaluate([0.5, 1.5]) == pytest.approx([0.25, 0.75])
    assert got.keys[3] == curve.keys[3]
    assert ops.ease(curve, [3.0], "ease in") == curve, "nothing comes after the last"
    with pytest.raises(InvalidInput, match="bounce"):
        ops.ease(curve, None, "bounce")
