from __future__ import annotations

import pickle

import numpy as np
import pytest

from engine.core.curves import TANGENTS, Curve, Key
from engine.core.errors import InvalidInput


def random_curve(rng: np.random.Generator, count: int, tangents: tuple[str, ...] = TANGENTS) -> Curve:
    times = np.cumsum(rng.uniform(0.01, 0.5, count))
    return Curve(tuple(Key(float(t), float(rng.uniform(-1, 1)), tangents[rng.integers(len(tangents))], *rng.uniform(-3, 3, 2).tolist()) for t in times))


def plain_slopes(curve: Curve) -> tuple[list[float], list[float]]:
    """The definition, key by key, to compare the arrays with."""
    keys, slope_in, slope_out = curve.keys, [], []
    for i, key in enumerate(keys):
        left = (key.value - keys[i - 1].value) / (key.time_s - keys[i - 1].time_s) if i else 0.0
        right = (keys[i + 1].value - key.value) / (keys[i + 1].time_s - key.time_s) if i + 1 < len(keys) else 0.0
        smooth = 2 * left * right / (left + right) if left * right > 0 else 0.0
        pair = {"linear": (left, right), "auto": (smooth, smooth), "free": (key.in_slope, key.out_slope), "broken": (key.in_slope, key.out_slope)}
        a, b = pair.get(key.tangent, (0.0, 0.0))
        slope_in.append(a)
        slope_out.append(b)
    return slope_in, slope_out


def plain_value(curve: Curve, t: float) -> float:
    keys = curve.keys
    if t <= keys[0].time_s:
        return keys[0].value
    if t >= keys[-1].time_s:
        return keys[-1].value
    slope_in, slope_out = plain_slopes(curve)
    i = max(j for j, k in enumerate(keys) if k.time_s <= t)
    a, b = keys[i], keys[i + 1]
    if a.tangent == "stepped":
        return a.value
    h = b.time_s - a.time_s
    u = (t - a.time_s) / h
    return (
        (1 + 2 * u) * (1 - u) ** 2 * a.value + u * (1 - u) ** 2 * h * slope_out[i]
        + u * u * (3 - 2 * u) * b.value + u * u * (u - 1) * h * slope_in[i + 1]
    )  # fmt: skip


@pytest.mark.parametrize("seed", range(5))
def test_arrays_say_what_the_definition_says(seed: int):
    rng = np.random.default_rng(seed)
    curve = random_curve(rng, 30)
    for got, wanted in zip(curve.slopes(), plain_slopes(curve), strict=True):
        assert got == pytest.approx(wanted, abs=1e-12)
    times = np.concatenate([rng.uniform(-1, curve.keys[-1].time_s + 1, 300), curve.times_s])
    assert curve.evaluate(times) == pytest.approx([plain_value(curve, t) for t in times], abs=1e-12)


def test_keys_are_met_to_the_bit_and_ends_are_held():
    curve = random_curve(np.random.default_rng(3), 50)
    assert np.array_equal(curve.evaluate(curve.times_s), curve.values)
    assert curve.evaluate([-9.0, 999.0]).tolist() == [curve.keys[0].value, curve.keys[-1].value]
    assert curve.evaluate(0.5).shape == () and curve.evaluate(np.zeros((2, 3))).shape == (2, 3)


def test_curves_without_keys_and_with_one():
    assert Curve().evaluate([0.0, 1.0]).tolist() == [0.0, 0.0]
    assert Curve((Key(1.0, 0.4),)).evaluate([0.0, 1.0, 2.0]).tolist() == [0.4] * 3
    assert Curve().times_s.shape == (0,) and Curve().slopes()[0].shape == (0,)


def test_a_broken_tangent_has_two_slopes():
    curve = Curve((Key(0.0, 0.0, "flat"), Key(1.0, 1.0, "broken", 2.0, -3.0), Key(2.0, 0.0, "flat")))
    step = 1e-6
    before, here, after = curve.evaluate([1 - step, 1.0, 1 + step])
    assert (here - before) / step == pytest.approx(2.0, abs=1e-4)
    assert (after - here) / step == pytest.approx(-3.0, abs=1e-4)


def test_the_stored_form_is_rows_of_five():
    curve = random_curve(np.random.default_rng(4), 12)
    rows = curve.to_json()
    assert all(len(row) == 5 for row in rows) and Curve.from_json(rows) == curve
    assert pickle.loads(pickle.dumps(curve)) == curve


@pytest.mark.parametrize("seed", range(20))
def test_a_splice_is_what_building_it_anew_gives(seed: int):
    rng = np.random.default_rng(seed)
    curve = random_curve(rng, int(rng.integers(1, 40)))
    curve.evaluate(0.0)  # what is worked out must not be carried over
    gone = [k.time_s for k in curve.keys if rng.random() < 0.3]
    add = [Key(float(t), float(rng.random())) for t in rng.uniform(-1, 12, rng.integers(0, 6))]
    wanted = Curve.from_keys([*(k for k in curve.keys if k.time_s not in gone), *add])
    got = curve.spliced(gone, add)
    assert got == wanted and np.array_equal(got.times_s, wanted.times_s)
    times = np.linspace(-2, 14, 200)
    assert np.array_equal(got.evaluate(times), wanted.evaluate(times))


def test_a_splice_refuses_what_is_not_there_and_what_is_there_already():
    curve = Curve((Key(0.0, 0.0), Key(1.0, 1.0)))
    with pytest.raises(InvalidInput, match="not where they should be"):
        curve.spliced([0.5], [])
    with pytest.raises(InvalidInput, match="not where they should be"):
        Curve().spliced([0.5], [])
    with pytest.raises(InvalidInput, match="rise in time"):
        curve.spliced([], [Key(1.0, 0.0)])
    assert curve.spliced([1.0], [Key(1.0, 0.0)]).keys[1].value == 0.0
    assert curve.spliced([0.0, 1.0], []) == Curve()


def test_setting_and_taking_single_keys():
    curve = Curve((Key(0.0, 0.0), Key(1.0, 1.0)))
    assert curve.with_key(Key(1.0 + 5e-7, 0.5)).keys == (Key(0.0, 0.0), Key(1.0 + 5e-7, 0.5))
    assert curve.with_key(Key(0.5, 0.5)).times_s.tolist() == [0.0, 0.5, 1.0]
    assert curve.without_key(1.0).keys == (Key(0.0, 0.0),) and curve.without_key(0.5) is curve
    assert curve.moved(1.0).times_s.tolist() == [1.0, 2.0]


def test_finding_keys():
    curve = Curve((Key(0.0, 0.0), Key(1.0, 1.0), Key(2.0, 1.0)))
    assert curve.index_near(1.0 + 5e-7) == 1 and curve.index_near(1.5) == -1 and curve.index_near(1.6, 0.5) == 2
    assert Curve().index_near(0.0) == -1
    assert list(curve.indices_between(1.0, 2.0)) == [1, 2] and not curve.indices_between(0.1, 0.9)


def test_what_is_worked_out_cannot_be_written_to():
    curve = Curve((Key(0.0, 0.0), Key(1.0, 1.0)))
    for array in (curve.times_s, curve.values, *curve.slopes()):
        with pytest.raises(ValueError, match="read-only"):
            array[0] = 9.0


@pytest.mark.parametrize("bad", [float("nan"), float("inf")])
def test_a_key_is_finite_and_has_a_known_tangent(bad: float):
    with pytest.raises(InvalidInput, match="finite"):
        Key(0.0, bad)
    with pytest.raises(InvalidInput, match="finite"):
        Key(0.0, 0.0, "broken", 0.0, bad)
    with pytest.raises(InvalidInput, match="broken"):
        Key(0.0, 0.0, "wavy")
    assert Key(0.0, 1.6e308, in_slope=1.6e308).value == 1.6e308
