"""Emotion in the voice: cues that do not depend on the microphone's distance, the network in numpy and in torch, and few keys at the end."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from numpy.typing import NDArray

from engine.core.emotion import EMOTIONS
from engine.core.errors import Cancelled, InvalidInput
from engine.core.jobs import Job
from engine.project.document import LineDoc, Typed, new_document, new_id
from engine.project.edits import AddLine, SetCurve
from engine.speech import mood, mood_curves
from engine.speech.files import Sound, sound_from_samples
from engine.speech.mood import CLASSES, HEARD, MoodModel, MoodTrack
from engine.speech.mood_cues import CUES, cues, features, summary
from engine.speech.mood_net import MoodNet

RATE = 16000


def voice(pitch_hz: NDArray[np.float64], tilt: float = 1.0, seed: int = 0) -> NDArray[np.float32]:
    """A buzz with this pitch [S], syllables of a fifth of a second, a little noise."""
    phase = 2 * np.pi * np.cumsum(pitch_hz) / RATE
    time_s = np.arange(len(pitch_hz)) / RATE
    buzz = sum(np.sin(n * phase) / n**tilt for n in range(1, 25))
    syllables = 0.55 - 0.45 * np.cos(2 * np.pi * 5 * time_s)
    noise = np.random.default_rng(seed).normal(0, 0.002, len(phase))
    return (0.1 * buzz * syllables + noise).astype(np.float32)


def sound(samples: NDArray[np.float32]) -> Sound:
    return sound_from_samples(samples, RATE)


def steady(seconds: float = 2.0, hz: float = 120.0) -> NDArray[np.float64]:
    return np.full(round(seconds * RATE), hz)


def test_cues_follow_pitch_range_and_tilt() -> None:
    time_s = np.arange(2 * RATE) / RATE
    dull, lively, bright = (
        summary(cues(sound(each))) for each in (voice(steady(), 2.0), voice(120 * 2 ** (0.4 * np.sin(2 * np.pi * time_s)), 2.0), voice(steady(hz=240.0), 1.0))
    )
    assert lively["pitch.range"] > dull["pitch.range"] + 6, "0.8 octaves of movement"
    assert bright["pitch.50"] - dull["pitch.50"] == pytest.approx(12.0, abs=0.3)
    assert bright["alpha.mean"] > dull["alpha.mean"] + 5


def test_the_distance_of_the_microphone_does_not_count() -> None:
    samples = voice(steady())
    near, far = features(cues(sound(samples))), features(cues(sound(samples * np.float32(0.1))))
    names = list(summary(cues(sound(samples))))
    # Cepstra have a floor 100 dB down, and the path through pitch candidates may turn by a hair.
    worst = np.argmax(np.abs(near - far))
    assert np.abs(near - far).max() < 0.15, names[worst]


@pytest.mark.parametrize("kind", ["silence", "noise", "short", "click"])
def test_whatever_is_heard_sums_up_in_finite_numbers(kind: str) -> None:
    noise = np.random.default_rng(1).normal(0, 0.1, RATE).astype(np.float32)
    samples = {"silence": np.zeros(RATE, np.float32), "noise": noise, "short": noise[:1600], "click": np.eye(1, RATE, 800, dtype=np.float32)[0]}[kind]
    measured = cues(sound(samples))
    assert measured.values.shape == (-(-len(samples) // 160), len(CUES))
    found = summary(measured)
    assert np.isfinite(list(found.values())).all()
    assert list(found) == list(summary(cues(sound(voice(steady())))))


def test_a_long_recording_is_measured_as_its_parts_are() -> None:
    samples = np.concatenate([voice(steady(hz=hz), seed=n) for n, hz in enumerate((110, 140, 180, 120, 200))])
    whole = cues(sound(samples))
    part = cues(sound(samples[2 * RATE : 4 * RATE]))
    inside = slice(40, 160)  # away from the cuts, where a part has silence
    assert np.allclose(whole["alpha"][200:400][inside], part["alpha"][inside], atol=1e-3)
    assert np.allclose(whole["formant1"][200:400][inside], part["formant1"][inside], atol=0.5, equal_nan=True)


def test_numpy_computes_what_torch_does() -> None:
    torch.manual_seed(3)
    net = MoodNet(12, 3, 5, 0.5, 0.5).eval()
    with torch.no_grad():
        for parameter in net.parameters():
            parameter.copy_(torch.randn_like(parameter))
        net.mean.copy_(torch.randn(12))
        net.scale.copy_(torch.rand(12) + 0.5)
        rows = 3 * torch.randn(4, 12)
        wanted = net.scores(rows).numpy()
    same = MoodModel({name: value.numpy() for name, value in net.state_dict().items()}, 1.0)
    assert np.allclose(same.scores(rows.numpy()), wanted, atol=1e-4)
    with pytest.raises(InvalidInput, match=r"\[B, 12\], got \[4, 11\]"):
        same.scores(rows.numpy()[:, :11])


def test_windows_cover_a_line_to_its_end() -> None:
    assert mood.windows(150) == [(0, 150)]
    assert mood.windows(200) == [(0, 200)]
    found = mood.windows(333)
    assert found[0] == (0, 200) and found[-1] == (133, 333)
    assert all(b - a == 200 for a, b in found) and all(0 < d <= 50 for d in np.diff([a for a, _ in found]))


class Fixed(MoodModel):
    """Gives the scores it was asked for: of each row, its first numbers."""

    def scores(self, features: NDArray[np.float32]) -> NDArray[np.float32]:
        return features[:, : len(CLASSES)]


def judged(rows: list[list[float]], spoken_s: list[float]) -> MoodTrack:
    return mood.judged(Fixed({}, 0.5), np.array(rows, np.float32), 1.0 + 0.5 * np.arange(len(rows)), np.array(spoken_s))


def scores_of(name: str, height: float = 2.0) -> list[float]:
    return [height if each == name else 0.0 for each in CLASSES]


def test_a_track_has_meads_vector_and_feelings() -> None:
    track = judged([scores_of("happy"), scores_of("sad"), scores_of("angry"), scores_of("neutral"), scores_of("bored")], [1.0] * 5)
    assert track.probabilities.shape == (5, len(EMOTIONS))
    assert not track.probabilities[:, [EMOTIONS.index("contempt"), EMOTIONS.index("surprised")]].any()
    assert track.probabilities.sum(axis=1) == pytest.approx(track.intensity)
    assert [EMOTIONS[i] for i in track.probabilities[:3].argmax(axis=1)] == ["happy", "sad", "angry"]
    assert track.valence[0] > 0.5 and (track.valence[1:3] < -0.3).all()
    assert track.arousal[2] > 0.4 and track.arousal[1] < 0 and track.arousal[4] < track.arousal[1]
    assert track.intensity[3] < 0.15 < 0.8 < track.intensity[0]


def test_what_holds_little_speech_is_less_sure_and_none_is_nothing() -> None:
    track = judged([scores_of("happy")] * 3, [1.5, 0.5, 0.1])
    assert track.confidence[0] > track.confidence[1] > track.confidence[2] == 0.0
    assert not track.probabilities[2].any() and track.valence[2] == track.arousal[2] == 0.0
    assert track.strongest()[0] == "happy" and track.means()["confidence"] == pytest.approx(track.confidence[:2].mean())
    nothing = judged([scores_of("happy")], [0.0])
    assert not nothing.heard and nothing.strongest() == ("neutral", 0.0) and mood_curves.propose(nothing) == {}


def test_silence_and_cancelling() -> None:
    assert not mood.listen(sound(np.zeros(3 * RATE, np.float32))).heard
    job = Job()
    job.cancel()
    with pytest.raises(Cancelled):
        mood.listen(sound(voice(steady())), job)


def test_listening_twice_gives_the_same() -> None:
    samples = sound(voice(steady(3.0)))
    one, two = mood.listen(samples), mood.listen(samples)
    assert one.heard and np.array_equal(one.probabilities, two.probabilities) and np.array_equal(one.arousal, two.arousal)
    assert one.probabilities.sum(axis=1).max() <= 1.0 + 1e-6 and len(one.times_s) == len(mood.windows(300))


# What is proposed.


def test_a_change_of_mood_becomes_a_few_keys() -> None:
    track = judged([scores_of("happy")] * 8 + [scores_of("sad")] * 8, [1.5] * 16)
    curves = mood_curves.propose(track)
    assert set(curves) == {"happy", "sad"} and all(2 <= len(curve.keys) <= 5 for curve in curves.values())
    happy, sad = curves["happy"], curves["sad"]
    assert happy.evaluate(0.0) > 0.6 > 0.1 > happy.evaluate(8.0) and sad.evaluate(8.0) > 0.6 > 0.1 > sad.evaluate(1.0)
    assert all(0.0 <= key.value <= 1.0 for curve in curves.values() for key in curve.keys)
    assert mood_curves.propose(judged([scores_of("neutral")] * 6, [1.5] * 6)) == {}
    passing = [scores_of("neutral")] * 8 + [scores_of("fear", 0.3)] + [scores_of("neutral")] * 8
    assert mood_curves.propose(judged(passing, [1.5] * 17)) == {}, "a doubt that passes is not played"


def test_the_face_rests_in_a_long_pause_and_holds_through_a_short_one() -> None:
    spoken = [1.5] * 4 + [0.0] * 12 + [1.5] * 4
    happy = mood_curves.propose(judged([scores_of("happy")] * 20, spoken))["happy"]
    assert happy.evaluate(1.5) > 0.6 and happy.evaluate(5.5) < 0.15 and happy.evaluate(10.0) > 0.6
    short = mood_curves.propose(judged([scores_of("happy")] * 9, [1.5] * 4 + [0.0] + [1.5] * 4))["happy"]
    assert short.evaluate(3.0) > 0.6


def test_the_proposal_is_one_step_and_takes_the_place_of_what_was_there() -> None:
    line = LineDoc(new_id(), "one", Typed("Hello."))
    empty = new_document()
    document = AddLine(empty.characters[0].id, line).apply(empty).document
    curves = mood_curves.propose(judged([scores_of("happy")] * 4, [1.5] * 4))
    before = SetCurve(line.id, "emotions/fear", curves["happy"]).apply(document).document
    done = mood_curves.proposal(line.id, curves).apply(before)
    assert done.document.line(line.id).emotions == curves
    assert done.inverse.apply(done.document).document == before


def test_what_is_told_is_plain() -> None:
    track = judged([scores_of("sad")] * 4, [1.5] * 4)
    said = mood_curves.told(track, mood_curves.propose(track))
    assert said["strongest"] == "sad" and 0.5 < said["probability"] <= 1 and said["valence"] < -0.3
    assert said["keys"]["sad"][0][0] == 0.0
    assert HEARD[-1] == "neutral"
