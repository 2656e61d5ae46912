"""Sound heard as it comes in: in pieces or whole the same, and never more than 100 ms behind."""

from __future__ import annotations

from dataclasses import asdict

import numpy as np
import pytest
import torch

from engine.core.errors import InvalidInput
from engine.speech.encoder import Encoder
from engine.speech.encoder_net import EncoderConfig, EncoderNet, NetConfig, both_ways
from engine.speech.heard import Evidence, HeardConfig, weighed
from engine.speech.heard_live import LiveConfig, LiveEars, LiveFrames
from engine.speech.phonemes import VISEME_CLASSES
from engine.speech.sounds import PHONES

TRACKS = ("phones", "visemes", "shut", "jaw", "rounding", "level")


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    torch.manual_seed(0)
    small = NetConfig(8, (1, 2), (1, 0), 0.0)
    config = EncoderConfig(small, both_ways(small))
    weights = {name: 3 * value.numpy() for name, value in EncoderNet(config).state_dict().items()}
    return Encoder(weights, asdict(config), digest="tiny")


def sound(seconds: float, rate: int = 16000, seed: int = 0) -> np.ndarray:
    return (0.1 * np.random.default_rng(seed).standard_normal(int(seconds * rate))).astype(np.float32)


def heard(ears: LiveEars, samples: np.ndarray, block: int) -> tuple[list[LiveFrames], dict[str, np.ndarray]]:
    parts = [*(ears.push(samples[i : i + block]) for i in range(0, len(samples), block)), ears.finish()]
    return parts, {name: np.concatenate([getattr(part, name) for part in parts]) for name in TRACKS}


@pytest.mark.parametrize("block", [100, 320, 5000])
def test_pieces_are_the_whole(encoder: Encoder, block: int) -> None:
    samples = sound(0.9)
    parts, pieces = heard(LiveEars(encoder=encoder), samples, block)
    _, whole = heard(LiveEars(encoder=encoder), samples, len(samples))
    for name in TRACKS:
        np.testing.assert_allclose(pieces[name], whole[name], atol=2e-4, err_msg=name)  # float32 sums in another order
    assert pieces["phones"].shape == (90, len(PHONES)) and pieces["visemes"].shape == (90, len(VISEME_CLASSES))
    at = 0
    for part in parts:
        assert part.start_frame == at
        at += len(part.phones)
    np.testing.assert_allclose(pieces["phones"].sum(1), 1.0, atol=1e-5)


def test_frames_are_those_of_the_streaming_network(encoder: Encoder) -> None:
    samples = sound(0.8)
    tokens = encoder.encode(samples, ahead=False)
    config = HeardConfig(closure=0.3)
    _, live = heard(LiveEars(encoder=encoder, config=LiveConfig(config, memory=0.0)), samples, 777)
    np.testing.assert_allclose(live["phones"], weighed(Evidence(tokens.phones, tokens.visemes, tokens.closure), config), atol=1e-5)
    np.testing.assert_allclose(live["jaw"], tokens.jaw, atol=1e-5)


@pytest.mark.parametrize("rate", [16000, 48000])
def test_what_is_ready_is_at_most_100_ms_behind(encoder: Encoder, rate: int) -> None:
    ears, samples, done = LiveEars(rate, encoder), sound(1.0, rate), 0
    for i in range(0, len(samples), rate // 50):
        done += len(ears.push(samples[i : i + rate // 50]).phones)
        behind_s = (i + rate // 50) / rate - done / 100
        assert behind_s <= 0.1 + 0.03  # a block and a token are not cut


def test_the_past_steadies_the_present(encoder: Encoder) -> None:
    samples = sound(2.0)
    counts = []
    for memory in (0.0, 1.0):
        _, live = heard(LiveEars(encoder=encoder, config=LiveConfig(memory=memory)), samples, 4000)
        counts.append(int((np.diff(live["phones"].argmax(1)) != 0).sum()))
    assert counts[1] < counts[0]


def test_labels_and_times(encoder: Encoder) -> None:
    found = LiveEars(encoder=encoder).push(sound(0.5))
    assert len(found.labels) == len(found.times_s) == len(found.phones) and found.times_s[0] == pytest.approx(0.005)
    assert set(found.labels) <= set(PHONES)


def test_what_cannot_be_is_refused(encoder: Encoder) -> None:
    with pytest.raises(InvalidInput, match="microphone's rate"):
        LiveEars(0, encoder)
    with pytest.raises(InvalidInput, match="off <= on"):
        LiveConfig(shut_on=0.2, shut_off=0.6)
