"""The encoder: streams equal whole runs, numpy equals torch, nothing is seen beyond the look-ahead, wrong files are refused."""

import json
from dataclasses import asdict, replace

import numpy as np
import pytest
import torch
from safetensors.numpy import save_file

from engine.core.errors import InvalidInput
from engine.speech.encoder import Encoder, joined
from engine.speech.encoder_net import HEADS, EncoderConfig, EncoderNet, NetConfig, both_ways
from engine.speech.melframes import RunningMean, log_mel, normalised, power
from engine.speech.phonemes import VISEME_CLASSES, visemes_of
from engine.speech.sounds import PHONES, phones_of

TINY = NetConfig(8, (1, 2), (1, 0), 0.0)
CONFIG = EncoderConfig(TINY, both_ways(TINY))


@pytest.fixture(scope="module")
def net():
    torch.manual_seed(0)
    return EncoderNet(CONFIG).eval()


@pytest.fixture(scope="module")
def encoder(net):
    return Encoder({name: value.numpy() for name, value in net.state_dict().items()}, asdict(CONFIG), digest="tiny")


def sound(seconds, seed=0):
    return (0.1 * np.random.default_rng(seed).standard_normal(int(seconds * 16000))).astype(np.float32)


def test_shapes_and_ranges(encoder):
    tokens = encoder.encode(sound(0.73))
    assert tokens.values.shape == (37, HEADS) and tokens.phones.shape == (74, len(PHONES)) and tokens.visemes.shape == (74, 12)
    np.testing.assert_allclose(tokens.phones.sum(1), 1, atol=1e-5)
    np.testing.assert_allclose(tokens.visemes.sum(1), 1, atol=1e-5)
    assert (tokens.closure > 0).all() and (tokens.closure < 1).all() and tokens.closure.shape == tokens.jaw.shape == (74,)
    assert len(tokens.names) == HEADS


@pytest.mark.parametrize("block", [1, 159, 320, 4000])
def test_pushed_in_pieces_equals_whole(encoder, block):
    samples = sound(0.6)
    stream = encoder.stream()
    pieces = joined([*(stream.push(samples[i : i + block]) for i in range(0, len(samples), block)), stream.finish()])
    whole = encoder.encode(samples, ahead=False)
    assert pieces.values.shape == whole.values.shape == (30, HEADS)
    np.testing.assert_allclose(pieces.values, whole.values, atol=2e-5)  # sums in another order


def test_streaming_gives_each_token_within_a_tenth_of_a_second(encoder):
    stream, samples = encoder.stream(), sound(1.0)
    given = 0
    for i in range(0, len(samples), 160):
        given += len(stream.push(samples[i : i + 160]).phones)
        assert given * 0.01 >= (i + 160) / 16000 - 0.1 - 0.02  # tokens come in twos


def test_nothing_beyond_the_look_ahead_changes_a_streamed_frame(encoder):
    samples, other = sound(1.0), sound(1.0)
    other[8000:] = sound(0.5, seed=1)
    a, b = encoder.encode(samples, ahead=False), encoder.encode(other, ahead=False)
    same = int((0.5 - 0.1) * 100) // 2 * 2
    np.testing.assert_array_equal(a.phones[:same], b.phones[:same])
    assert not np.allclose(a.phones[50:], b.phones[50:])
    assert CONFIG.streaming.look_ahead_s <= EncoderConfig().streaming.look_ahead_s <= 0.1


def test_numpy_equals_torch(encoder, net):
    samples = sound(0.8)
    spectra = power(samples)
    with torch.no_grad():
        streaming = net.streaming(torch.from_numpy(RunningMean()(log_mel(spectra)))[None])[0].numpy()
        tracts = [net.offline(torch.from_numpy(normalised(log_mel(spectra, factor)))[None])[0].numpy() for factor in (0.93, 1.0, 1.08)]
    whole = 0.4 * streaming + 0.6 * np.mean(tracts, axis=0)
    n = len(PHONES)
    np.testing.assert_allclose(encoder.encode(samples).phones, np.exp(whole[:, :n]) / np.exp(whole[:, :n]).sum(1, keepdims=True), atol=1e-5)
    np.testing.assert_allclose(encoder.encode(samples, ahead=False).pitch, streaming[:, -2], atol=1e-4)


def test_long_sound_is_heard_in_stretches_as_if_at_once(encoder, monkeypatch):
    samples = sound(1.4)
    whole = encoder.encode(samples)
    monkeypatch.setattr("engine.speech.encoder._STRETCH", 36)
    np.testing.assert_allclose(encoder.encode(samples).values, whole.values, atol=2e-5)


def test_a_warped_axis_moves_a_tone_to_another_band():
    tone = np.sin(2 * np.pi * 2000 * np.arange(1600) / 16000).astype(np.float32)
    lower, plain, higher = (int(log_mel(power(tone), factor)[5].argmax()) for factor in (0.85, 1.0, 1.15))
    assert lower != plain != higher and (lower - plain) * (higher - plain) < 0


def test_running_means_side_by_side_equal_one_by_one():
    levels = np.random.default_rng(0).normal(-5, 2, (3, 40, 64)).astype(np.float32)
    both = RunningMean(3)(levels)
    np.testing.assert_allclose(both[1], RunningMean()(levels[1]), atol=1e-6)


def test_phones_keep_the_viseme_of_every_label():
    labels = "p pf ts tɕ dʑ ʂ ç ʎ ɻ ɒ ɜː ʉ q β ɸ χ ɬ n̩ ɑ̃ tʰ ɓ c ɥ ɝ aɪ aʊ ɔɪ əʊ"
    for label in labels.split(" "):
        assert [visemes_of(p)[0] for p in phones_of(label)] == list(visemes_of(label)), label


def test_load_refuses_what_does_not_fit(tmp_path, net):
    weights = {name: value.numpy().astype(np.float16) for name, value in net.state_dict().items()}
    save_file(weights, tmp_path / "encoder.safetensors")
    (tmp_path / "encoder.json").write_text(json.dumps(asdict(CONFIG)))
    assert Encoder.load(folder=tmp_path).hash
    (tmp_path / "encoder.json").write_text(json.dumps(asdict(EncoderConfig())))
    with pytest.raises(InvalidInput, match="config wants"):
        Encoder.load(folder=tmp_path)
    (tmp_path / "encoder.safetensors").write_bytes(b"no weights")
    with pytest.raises(InvalidInput, match="cannot be read"):
        Encoder.load(folder=tmp_path)
    with pytest.raises(InvalidInput, match="no encoder"):
        Encoder.load("theirs")


def test_no_sound_has_no_tokens(encoder):
    nothing = np.zeros(0, np.float32)
    assert encoder.encode(nothing).values.shape == (0, HEADS) == encoder.encode(nothing, ahead=False).values.shape
    assert encoder.stream().finish().phones.shape == (0, len(PHONES))


def test_classes_follow_what_both_outputs_hold_likeliest(encoder):
    tokens = encoder.encode(sound(0.4))
    phones, visemes = np.zeros((2, len(PHONES)), np.float32), np.full((2, 12), 0.01, np.float32)
    phones[:, PHONES.index("m")] = 1
    visemes[0, VISEME_CLASSES.index("PBM")] = 0.8
    visemes[1, VISEME_CLASSES.index("DTNL")] = 0.8
    found = replace(tokens, phones=phones, visemes=visemes).classes
    assert list(found) == [VISEME_CLASSES.index("PBM")] * 2  # the phones leave nothing to DTNL


def test_other_sound_is_refused(encoder):
    with pytest.raises(InvalidInput, match="float"):
        encoder.encode(np.zeros((2, 100), np.float32))


def test_look_ahead_is_kept():
    with pytest.raises(InvalidInput, match="ahead"):
        EncoderConfig(NetConfig(8, (4,), (4,)))
