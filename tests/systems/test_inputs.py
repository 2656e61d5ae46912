"""What a performance depends on, and what of the document directs the performer."""

from dataclasses import replace

import numpy as np
import pytest

from engine.core.curves import Curve, Key
from engine.core.emotion import EMOTIONS
from engine.project.document import LineDoc, Media
from engine.project.parts import AMOUNTS, Blink, Gaze, Layer, Marker, Pin, Take, TrackState
from engine.project.tracks import PhonemeTrack, Word
from engine.systems import inputs

TIMES = np.arange(101) / 25.0


def flat(value: float) -> Curve:
    return Curve((Key(0.0, value),))


@pytest.fixture
def line() -> LineDoc:
    """A line of four seconds with a bit of everything."""
    return LineDoc(
        "id", "name", Media("x.wav", "0" * 64, 4.0, 16000), words=(Word("pa", 0.5, 1.0),), method="alignment",
        phonemes=PhonemeTrack(("", "p", "ɑ", ""), (0.0, 0.5, 0.7, 1.0, 4.0)),
        emotions={"happy": flat(0.8), "sad": flat(0.4)}, intensity=flat(0.5), blinks=(Blink("b", 1.0),),
        layers=(Layer("l", "l", curves={"emotions/sad": flat(0.2), "amounts/head": flat(-0.5), "jawOpen": flat(0.1)}),),
    )  # fmt: skip


def levels(line: LineDoc) -> dict[str, float]:
    """The level of each emotion in the middle of the line."""
    return dict(zip(EMOTIONS, inputs.levels(line, TIMES, lambda c: c.evaluate(TIMES))[50].tolist(), strict=True))


def amounts(line: LineDoc) -> dict[str, float]:
    return {name: float(v[50]) for name, v in inputs.amounts(line, TIMES, lambda c: c.evaluate(TIMES)).items()}


def test_levels_are_curves_plus_layers_times_intensity(line) -> None:
    assert levels(line) == pytest.approx({**dict.fromkeys(EMOTIONS, 0.0), "happy": 0.4, "sad": 0.3})
    assert levels(replace(line, intensity=Curve()))["happy"] == pytest.approx(0.8)
    assert levels(replace(line, intensity=flat(2.0)))["happy"] == 1.0


@pytest.mark.parametrize(
    ("states", "wanted"),
    [
        ({"emotions/happy": TrackState(mute=True)}, {"happy": 0.0, "sad": 0.3}),
        ({"emotions/happy": TrackState(solo=True)}, {"happy": 0.4, "sad": 0.0}),
        ({"emotions/happy": TrackState(solo=True), "emotions/sad": TrackState(solo=True)}, {"happy": 0.4, "sad": 0.3}),
        ({"emotions/happy": TrackState(mute=True, solo=True)}, {"happy": 0.0, "sad": 0.0}),
        ({"emotions/happy": TrackState(lock=True)}, {"happy": 0.4, "sad": 0.3}),
        ({"intensity": TrackState(mute=True)}, {"happy": 0.8, "sad": 0.6}),
        ({"layers": TrackState(mute=True)}, {"happy": 0.4, "sad": 0.2}),
        ({"layers/l/emotions/sad": TrackState(mute=True)}, {"happy": 0.4, "sad": 0.2}),
    ],
)
def test_switches(line, states, wanted) -> None:
    found = levels(replace(line, track_states=states))
    assert {name: found[name] for name in wanted} == pytest.approx(wanted)


def test_amounts_are_the_lines_own_plus_layers_within_bounds(line) -> None:
    assert amounts(line) == pytest.approx({**dict.fromkeys(AMOUNTS, 1.0), "head": 0.5})
    line = replace(line, amounts={"head": 0.2, "lips": 1.5})
    assert amounts(line)["head"] == 0.0 and amounts(line)["lips"] == 1.5
    assert amounts(replace(line, track_states={"phonemes": TrackState(mute=True)}))["lips"] == 0.0


def test_an_override_layer_adds_to_the_performers_inputs_too(line) -> None:
    over = replace(line, layers=tuple(replace(layer, mode="override") for layer in line.layers))
    assert levels(over) == levels(line)


def test_muted_events_are_none(line) -> None:
    direction = inputs.direction(replace(line, track_states={"events": TrackState(mute=True)}), TIMES, lambda c: c.evaluate(TIMES))
    assert direction.blinks == () and direction.gazes == ()
    direction = inputs.direction(line, TIMES, lambda c: c.evaluate(TIMES))
    assert direction.blinks == line.blinks and direction.gazes is None


def test_a_layers_weight_comes_and_goes_inside_its_span() -> None:
    layer = Layer("l", "l", weight=0.5, start_s=1.0, end_s=3.0, fade_s=0.4, curves={"jawOpen": flat(1.0)})
    weight = inputs.layer_weight(layer, TIMES)
    assert (weight[:26] == 0).all() and np.allclose(weight[35:65], 0.5) and (weight[75:] == 0).all()
    assert np.allclose(inputs.layer_weight(replace(layer, start_s=0.0, end_s=9.0), TIMES), 0.5)
    short = inputs.layer_weight(replace(layer, end_s=1.2), TIMES)
    assert short.max() > 0.4 and (short[30:] == 0).all()


def test_the_key_changes_with_what_the_performance_depends_on(line) -> None:
    track = line.phonemes
    other = [
        replace(line, seed=1),
        replace(line, source=replace(line.source, sha256="1" * 64)),
        replace(line, transcript="pa"),
        replace(line, words=()),
        replace(line, phonemes=replace(track, strengths=(1.0, 1.0, 0.5, 1.0))),
        replace(line, phonemes=replace(track, bounds_s=(0.0, 0.5, 0.71, 1.0, 4.0))),
        replace(line, phonemes=replace(track, closures=(None, (0.5, 0.6), None, None))),
        replace(line, emotions={"happy": flat(0.8)}),
        replace(line, emotions={**line.emotions, "sad": Curve((Key(0.0, 0.4), Key(2.0, 0.4, "broken", 1.0, 0.0)))}),
        replace(line, intensity=flat(0.6)),
        replace(line, amounts={"head": 0.5}),
        replace(line, blinks=None),
        replace(line, blinks=(Blink("b", 1.0, 0.5),)),
        replace(line, gazes=()),
        replace(line, gazes=(Gaze("g", 1.0),)),
        replace(line, layers=()),
        replace(line, layers=(replace(line.layers[0], weight=0.4),)),
        replace(line, layers=(replace(line.layers[0], curves={**line.layers[0].curves, "amounts/head": flat(-0.4)}),)),
        replace(line, track_states={"emotions/happy": TrackState(mute=True)}),
        replace(line, track_states={"events": TrackState(mute=True)}),
    ]
    assert len({inputs.performance_key(item) for item in [line, *other]}) == len(other) + 1


def test_the_key_stays_with_everything_else(line) -> None:
    same = [
        replace(line, name="x", id="y", start_s=3.0, notices=(), phonemes_edited=True, gain_db=-6.0, sync_offset_s=0.1, trim_start_s=0.5, in_s=1.0),
        replace(line, source=replace(line.source, path="elsewhere.wav")),
        replace(line, pins=(Pin("p", 1.0, {"jawOpen": 0.5}),), markers=(Marker("m", 1.0),), takes=(Take("t", "t", "performer"),)),
        replace(line, blinks=(Blink("another", 1.0),)),
        replace(line, phonemes=replace(line.phonemes, strengths=(1.0,) * 4)),
        replace(line, layers=(replace(line.layers[0], name="x", curves={**line.layers[0].curves, "jawOpen": flat(0.9)}),)),
        replace(line, track_states={"emotions/happy": TrackState(lock=True), "pins": TrackState(mute=True)}),
    ]
    assert {inputs.performance_key(item) for item in same} == {inputs.performance_key(line)}


def test_equal_values_have_equal_digests_whoever_made_them() -> None:
    keys = tuple(Key(float(i), 0.1 * (i % 7), ("auto", "linear", "stepped")[i % 3]) for i in range(200))
    assert inputs.digest(Curve(keys)) == inputs.digest(Curve.from_keys(reversed(keys)))
    assert inputs.digest(Curve(keys)) != inputs.digest(Curve(keys[:-1]))
    assert inputs.digest(tuple(range(100))) == inputs.digest(tuple(range(100))) != inputs.digest(tuple(range(101)))


def test_a_take_is_stale_once_its_inputs_changed(line) -> None:
    take = Take("t", "t", "performer", 5, inputs=inputs.take_inputs(line))
    assert not inputs.stale(line, take) and not inputs.stale(replace(line, seed=9, name="x"), take)
    assert inputs.stale(replace(line, emotions={}), take) and not inputs.stale(line, Take("t", "t", "imported"))
