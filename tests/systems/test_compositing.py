"""Takes, pins and layers over a made-up performance: who plays where, what is met exactly, and that a range is a piece of the whole."""

from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest

from engine.core.channels import CHANNELS, INDEX, REGIONS, limits
from engine.core.curves import Curve, Key
from engine.core.motion import MotionClip
from engine.project.document import LineDoc, Media
from engine.project.parts import Layer, Pin, Take, TakeClip, TrackState
from engine.systems.compositing import Composer, composite, composite_key

RATE, COUNT = Fraction(25), 100
LIPS, BROWS, JAW, SMILE, BROW = (REGIONS["lips"], REGIONS["brows"], "jawOpen", "mouthSmileLeft", "browInnerUp")


def flat(value: float) -> MotionClip:
    return MotionClip(np.full((COUNT, len(CHANNELS)), value, np.float32), RATE)


@pytest.fixture
def base() -> MotionClip:
    random = np.random.default_rng(1)
    return MotionClip(random.uniform(0.2, 0.4, (COUNT, len(CHANNELS))).astype(np.float32), RATE)


def line(**parts) -> LineDoc:
    return LineDoc("line", "line", Media("x.wav", "0" * 64, 4.0, 16000), **parts)


def clip(take_id, start_s, end_s, regions=(), fade_s=0.2, clip_id=None) -> TakeClip:
    return TakeClip(clip_id or f"{take_id}{start_s}", take_id, start_s, end_s, regions, fade_s)


def at(motion, time_s, name):
    return float(motion.sample(np.array([time_s]))[0, INDEX[name]])


def test_nothing_on_top_is_the_performance_itself(base) -> None:
    assert np.array_equal(composite(base, line(), RATE, {}).values, base.values)
    assert Composer(line(), RATE, COUNT, {}, lambda a, b: base.values[a:b]).plain


# --- takes -------------------------------------------------------------------------------------------------------------------------


def test_a_take_plays_in_its_stretch_and_region_and_fades_around_its_ends(base) -> None:
    doc = line(takes=(Take("a", "A", "performer"),), take_clips=(clip("a", 1.0, 2.0, ("lips",)),))
    found = composite(base, doc, RATE, {"a": flat(0.9)}).values
    lips = [INDEX[n] for n in LIPS]
    others = [i for i in range(len(CHANNELS)) if i not in lips]
    assert np.array_equal(found[:, others], base.values[:, others])
    assert np.array_equal(found[:22], base.values[:22]) and np.array_equal(found[53:], base.values[53:])
    assert np.allclose(found[28:48, lips], 0.9) and np.allclose(found[25, lips], (0.9 + base.values[25, lips]) / 2, atol=1e-6)


def test_the_later_clip_wins_and_an_empty_one_cuts_a_hole(base) -> None:
    takes = {"a": flat(0.6), "b": flat(0.8)}
    doc = line(take_clips=(clip("a", 0.0, 4.0), clip("b", 1.0, 2.0), clip("", 2.6, 3.2)))
    found = composite(base, doc, RATE, takes).values
    assert np.allclose(found[:22], 0.6) and np.allclose(found[28:48], 0.8) and np.allclose(found[53:61], 0.6)
    assert np.array_equal(found[69:76], base.values[69:76]) and np.allclose(found[84:], 0.6)  # no fade at the line's own ends
    around = found[22:28, 0]
    assert (np.diff(around) >= -1e-6).all() and around.min() >= 0.6 - 1e-6 and around.max() <= 0.8 + 1e-6  # from take to take, the performance never between


def test_clips_that_touch_pass_from_one_take_to_the_next_without_the_performance_between(base) -> None:
    doc = line(take_clips=(clip("a", 0.0, 2.0), clip("b", 2.0, 4.0)))
    found = composite(base, doc, RATE, {"a": flat(0.7), "b": flat(0.7)}).values
    assert np.allclose(found, 0.7)
    same = line(take_clips=(clip("a", 0.0, 2.0), clip("a", 2.0, 4.0)))
    assert np.allclose(composite(base, same, RATE, {"a": flat(0.7)}).values, 0.7)


def test_long_fades_stay_between_their_neighbours(base) -> None:
    doc = line(take_clips=(clip("a", 1.0, 1.2, fade_s=5.0),))
    found = composite(base, doc, RATE, {"a": flat(1.0)}).values
    assert np.array_equal(found[:22], base.values[:22]) and np.array_equal(found[34:], base.values[34:])
    assert found[27:29].min() > 0.85


def test_takes_of_another_rate_and_fewer_channels_play_as_they_can(base) -> None:
    ramp = np.linspace(0, 1, 201, dtype=np.float32)[:, None]
    other = MotionClip(ramp, Fraction(50), ("jawOpen",))
    found = composite(base, line(take_clips=(clip("a", 0.0, 4.0),)), RATE, {"a": other}).values
    assert np.allclose(found[:, INDEX[JAW]], np.arange(COUNT) / 100, atol=1e-5)
    assert np.array_equal(np.delete(found, INDEX[JAW], 1), np.delete(base.values, INDEX[JAW], 1))
    short = MotionClip(np.full((10, len(CHANNELS)), 0.5, np.float32), RATE)
    assert np.allclose(composite(base, line(take_clips=(clip("a", 0.0, 4.0),)), RATE, {"a": short}).values, 0.5)  # its last frame is held


def test_a_missing_take_leaves_the_performance_and_what_lies_below(base) -> None:
    doc = line(take_clips=(clip("a", 0.0, 4.0), clip("gone", 1.0, 2.0)))
    assert np.allclose(composite(base, doc, RATE, {"a": flat(0.6)}).values, 0.6)
    assert np.array_equal(composite(base, line(take_clips=(clip("gone", 1.0, 2.0),)), RATE, {}).values, base.values)


# --- pins --------------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("times", [(1.0,), (1.013,), (1.0, 1.1), (1.0, 1.2, 1.33), (0.0, 3.96), (1.0, 1.04, 1.08), (0.5, 0.62, 0.74, 3.0)])
@pytest.mark.parametrize("reach_s", [0.0, 0.05, 0.25, 3.0])
def test_motion_passes_exactly_through_every_pin(base, times, reach_s) -> None:
    pins = tuple(Pin(f"p{i}", t, {JAW: 0.1 + 0.7 * (i % 2), SMILE: 0.9}, reach_s) for i, t in enumerate(times))
    found = composite(base, line(pins=pins), RATE, {})
    for pin in pins:
        for name, value in pin.values.items():
            assert at(found, pin.time_s, name) == pytest.approx(value, abs=1e-5)
    free = [i for i, n in enumerate(CHANNELS) if n not in (JAW, SMILE)]
    assert np.array_equal(found.values[:, free], base.values[:, free])


def test_a_pin_fades_smoothly_and_ends_at_its_reach() -> None:
    found = composite(flat(0.2), line(pins=(Pin("p", 2.0, {JAW: 0.8}, 0.4),)), RATE, {}).channel(JAW)
    assert found.argmax() in (49, 50, 51) and np.allclose(found[:40], 0.2) and np.allclose(found[60:], 0.2)
    assert (np.diff(found[40:50]) >= -1e-6).all() and np.abs(np.diff(found)).max() < 0.15


def test_between_near_pins_motion_passes_from_the_one_to_the_other() -> None:
    pins = (Pin("a", 1.0, {JAW: 0.8}, 1.0), Pin("b", 1.4, {JAW: 0.6}, 1.0))
    between = composite(flat(0.2), line(pins=pins), RATE, {}).channel(JAW)[25:36]
    assert (np.diff(between) <= 1e-6).all() and between.min() >= 0.6 - 1e-5


def test_of_pins_on_one_frame_the_last_counts() -> None:
    pins = (Pin("a", 1.001, {JAW: 0.8}), Pin("b", 1.002, {JAW: 0.4}))
    assert composite(flat(0.2), line(pins=pins), RATE, {}).values[25, INDEX[JAW]] == pytest.approx(0.4, abs=1e-5)


def test_pins_outside_the_line_do_nothing(base) -> None:
    pins = (Pin("a", -0.5, {JAW: 0.8}, 2.0), Pin("b", 4.5, {JAW: 0.4}, 2.0))
    assert np.array_equal(composite(base, line(pins=pins), RATE, {}).values, base.values)


def test_pins_bend_what_the_takes_play() -> None:
    doc = line(take_clips=(clip("a", 0.0, 4.0),), pins=(Pin("p", 2.0, {JAW: 0.3}),))
    found = composite(flat(0.2), doc, RATE, {"a": flat(0.9)}).channel(JAW)
    assert found[50] == pytest.approx(0.3, abs=1e-6) and found[40] == pytest.approx(0.9)


# --- layers ------------------------------------------------------------------------------------------------------------------------


def held(value: float) -> Curve:
    return Curve((Key(0.0, value),))


def test_layers_add_and_override_from_the_bottom_up() -> None:
    layers = (
        Layer("one", "one", curves={JAW: held(0.3), BROW: held(0.3)}),
        Layer("two", "two", "override", weight=0.5, curves={JAW: held(0.9)}),
        Layer("three", "three", curves={JAW: held(-0.1)}),
    )
    found = composite(flat(0.2), line(layers=layers), RATE, {})
    assert np.allclose(found.channel(JAW), 0.5 * 0.5 + 0.5 * 0.9 - 0.1) and np.allclose(found.channel(BROW), 0.5)
    turned = composite(flat(0.2), line(layers=layers[::-1]), RATE, {})
    assert np.allclose(turned.channel(JAW), 0.5 * 0.1 + 0.45 + 0.3)


def test_a_layer_comes_and_goes_inside_its_span() -> None:
    layer = Layer("a", "a", start_s=1.0, end_s=3.0, fade_s=0.4, curves={JAW: held(0.5)})
    found = composite(flat(0.2), line(layers=(layer,)), RATE, {}).channel(JAW)
    assert np.allclose(found[:26], 0.2) and np.allclose(found[35:65], 0.7) and np.allclose(found[75:], 0.2) and found[30] == pytest.approx(0.45)
    whole = composite(flat(0.2), line(layers=(replace(layer, start_s=0.0, end_s=None),)), RATE, {}).channel(JAW)
    assert np.allclose(whole, 0.7)


@pytest.mark.parametrize(
    "silenced",
    [
        {"layers": (Layer("a", "a", mute=True, curves={JAW: held(0.5)}),)},
        {"layers": (Layer("a", "a", curves={JAW: held(0.5)}), Layer("b", "b", solo=True, curves={BROW: held(0.0)}))},
        {"layers": (Layer("a", "a", curves={JAW: held(0.5)}),), "track_states": {"layers": TrackState(mute=True)}},
        {"layers": (Layer("a", "a", curves={JAW: held(0.5)}),), "track_states": {"layers/a/jawOpen": TrackState(mute=True)}},
        {"layers": (Layer("a", "a", curves={JAW: held(0.5), BROW: held(0.0)}),), "track_states": {"layers/a/browInnerUp": TrackState(solo=True)}},
        {"layers": (Layer("a", "a", weight=0.0, curves={JAW: held(0.5)}),)},
        {"pins": (Pin("p", 1.0, {JAW: 0.9}),), "track_states": {"pins": TrackState(mute=True)}},
        {"take_clips": (clip("a", 0.0, 4.0),), "track_states": {"takes": TrackState(mute=True)}},
    ],
)
def test_what_is_muted_or_not_soloed_does_nothing(silenced) -> None:
    found = composite(flat(0.2), line(**silenced), RATE, {"a": flat(0.9)})
    assert np.allclose(found.channel(JAW), 0.2)


def test_results_stay_inside_the_limits() -> None:
    layers = tuple(Layer(n, n, curves={n: held(limits(n)[1])}) for n in ("jawOpen", "headRotX", "headPosY"))
    layers += tuple(Layer(n, n, weight=1.0, curves={n: held(-1.0)}) for n in ("mouthClose",))
    found = composite(flat(0.9), line(layers=layers), RATE, {})
    for name in CHANNELS:
        low, high = limits(name)
        assert low <= found.channel(name).min() and found.channel(name).max() <= high


# --- time --------------------------------------------------------------------------------------------------------------------------


def test_the_sync_offset_moves_everything_later_or_earlier(base) -> None:
    later = composite(base, line(sync_offset_s=0.12), RATE, {}).values
    assert np.array_equal(later[3:], base.values[:-3]) and np.array_equal(later[0], base.values[0])
    earlier = composite(base, line(sync_offset_s=-0.08), RATE, {}).values
    assert np.array_equal(earlier[:-2], base.values[2:])
    half = composite(base, line(sync_offset_s=0.02), RATE, {}).values
    assert np.allclose(half[1:], (base.values[1:] + base.values[:-1]) / 2, atol=1e-6)


def test_what_is_trimmed_away_holds_still(base) -> None:
    found = composite(base, line(trim_start_s=1.0, trim_end_s=2.0), RATE, {}).values
    assert np.array_equal(found[25:50], base.values[25:50])
    assert (found[:25] == base.values[25]).all() and (found[50:] == base.values[49]).all()


BUSY = {
    "take_clips": (clip("a", 0.5, 1.7, ("lips", "eyes"), 0.3), clip("b", 1.5, 3.0, (), 0.5), clip("", 2.0, 2.3, ("head",), 0.1)),
    "pins": (Pin("p", 1.013, {JAW: 0.9, BROW: 0.1}, 0.6), Pin("q", 2.2, {JAW: 0.1}, 1.5), Pin("r", 2.24, {JAW: 0.5}, 1.5)),
    "layers": (
        Layer("l", "l", start_s=0.7, end_s=3.1, curves={JAW: Curve((Key(0.5, 0.1), Key(2.0, 0.4)))}),
        Layer("m", "m", "override", 0.7, curves={SMILE: held(0.3)}),
    ),
    "sync_offset_s": 0.05,
    "trim_start_s": 0.3,
}


def test_a_range_is_a_piece_of_the_whole_to_the_bit(base) -> None:
    takes = {"a": flat(0.7), "b": MotionClip(np.random.default_rng(2).uniform(0, 1, (210, len(CHANNELS))).astype(np.float32), Fraction(50))}

    def composer() -> Composer:
        return Composer(line(**BUSY), RATE, COUNT, takes, lambda a, b: base.values[a:b])

    final, below = composer().frames(0, COUNT)
    assert not np.array_equal(final, below)
    random = np.random.default_rng(5)
    for _ in range(60):
        start, stop = sorted(random.integers(0, COUNT + 1, 2))
        if start < stop:
            piece = composer().frames(int(start), int(stop))
            assert np.array_equal(piece[0], final[start:stop]) and np.array_equal(piece[1], below[start:stop])


@pytest.mark.parametrize("seed", range(40))
def test_any_parts_on_any_line_give_sound_motion(seed) -> None:
    random = np.random.default_rng(seed)
    count = int(random.choice([1, 2, 3, 30, 100]))
    live = random.uniform(0, 1, (count, len(CHANNELS))).astype(np.float32)
    span = lambda: sorted(random.uniform(-1, 5, 2))  # noqa: E731
    regions = list(REGIONS)
    clips = tuple(
        TakeClip(
            f"c{i}",
            str(random.choice(["", "a", "b", "gone"])),
            *span(),
            tuple(random.choice(regions, random.integers(3), replace=False)),
            float(random.uniform(0, 2)),
        )
        for i in range(random.integers(6))
    )
    names = random.choice(CHANNELS[:52], 3)
    pins = tuple(
        Pin(f"p{i}", float(random.uniform(-1, 6)), {str(n): float(random.uniform(0, 1)) for n in names}, float(random.uniform(0, 2)))
        for i in range(random.integers(9))
    )
    layers = tuple(
        Layer(
            f"l{i}",
            "l",
            str(random.choice(["additive", "override"])),
            start_s=float(random.uniform(-1, 3)),
            fade_s=float(random.uniform(0, 3)),
            curves={str(n): held(0.4) for n in names},
        )
        for i in range(random.integers(3))
    )
    doc = line(take_clips=clips, pins=pins, layers=layers, sync_offset_s=float(random.uniform(-5, 5)), trim_start_s=float(random.uniform(0, 3)))
    takes = {"a": flat(0.7), "b": MotionClip(live[:1], Fraction(24))}
    whole = Composer(doc, RATE, count, takes, lambda a, b: live[a:b]).frames(0, count)
    assert np.isfinite(whole[0]).all() and whole[0].min() >= 0.0 and whole[0][:, :52].max() <= 1.0
    at = int(random.integers(count))
    one = Composer(doc, RATE, count, takes, lambda a, b: live[a:b]).frames(at, at + 1)
    assert np.array_equal(one[0], whole[0][at : at + 1]) and np.array_equal(one[1], whole[1][at : at + 1])


def test_the_key_knows_what_counts() -> None:
    doc = line(takes=(Take("a", "A", "performer", motion="1" * 64),), **BUSY)
    same = [
        replace(doc, name="other"),
        replace(doc, start_s=4.0, seed=9, gain_db=3.0),
        replace(doc, takes=(replace(doc.takes[0], comment="good", colour="#ff0000"),)),
        replace(doc, layers=tuple(replace(x, name="n", lock=True) for x in doc.layers)),
        replace(doc, layers=(*doc.layers, Layer("e", "e", curves={"emotions/happy": held(1.0)}), Layer("f", "f", mute=True, curves={JAW: held(1.0)}))),
    ]
    assert {composite_key(item) for item in same} == {composite_key(doc)}
    other = [
        replace(doc, pins=doc.pins[:2]),
        replace(doc, takes=(replace(doc.takes[0], motion="2" * 64),)),
        replace(doc, take_clips=doc.take_clips[::-1]),
        replace(doc, layers=doc.layers[::-1]),
        replace(doc, layers=(replace(doc.layers[0], curves={JAW: Curve((Key(0.5, 0.1, "stepped"), Key(2.0, 0.4)))}), doc.layers[1])),
        replace(doc, sync_offset_s=0.1),
        replace(doc, trim_end_s=3.0),
        replace(doc, track_states={"pins": TrackState(mute=True)}),
    ]
    assert len({composite_key(item) for item in [doc, *other]}) == len(other) + 1
