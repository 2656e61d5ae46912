"""The encoder's training: labels per frame, batches that depend on their step alone, a loss that falls, sources kept or left out."""

from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
import torch

from engine.core.errors import InvalidInput
from engine.core.jobs import SILENT
from engine.speech.encoder import Encoder
from engine.speech.encoder_net import HEADS, EncoderConfig, NetConfig, both_ways
from engine.speech.files import sound_from_samples, write_wav
from engine.speech.phonemes import VISEME_CLASSES, track
from engine.speech.sounds import PHONE_INDEX
from engine.speech.voices import synthesise
from engine.training import encoder_real, encoder_sources, encoder_store, encoder_voices, loop, plans
from engine.training.encoder import RECIPE, EncoderTraining, accuracy, drawn
from engine.training.encoder_mix import Mix, batch
from engine.training.encoder_real import RATE, Clip
from engine.training.feeding import to_device
from tests.training.elsewhere import ELSEWHERE, Answering

TINY = NetConfig(12, (1, 2), (1, 0), 0.0)


def clip(text="Bob may buy a map.", speaker="a", voice="en-us"):
    said = synthesise(text, voice)
    return Clip(f"{speaker}/{text}", speaker, said.sound.mono(RATE), said.phonemes, np.ones(len(said.phonemes), bool))


@pytest.fixture(autouse=True, scope="module")
def one_thread():
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    folder = tmp_path_factory.mktemp("store")
    encoder_store.write(folder, "one", [clip(), clip("Put the money by me.", "b")])
    encoder_store.write(folder, "two", [clip("We know you.", "c")])
    return folder


@pytest.fixture(scope="module")
def config(store):
    return EncoderTraining(EncoderConfig(TINY, both_ways(TINY)), str(store), (("one", 2.0), ("two", 1.0)), watched=("one",), batch=3, frames=60)


def test_frames_are_labelled_at_their_middles_and_the_unknown_is_marked():
    phones = track([("", 0.0, 0.1), ("aɪ", 0.1, 0.3), ("m", 0.3, 0.4), ("s", 0.4, 0.5)], 0.5)
    labels = encoder_store.frame_labels(Clip("x", "x", np.zeros(RATE // 2, np.float32), phones, np.array([True, True, True, False])))
    assert (labels[:10, 0] == PHONE_INDEX[""]).all() and (labels[10:20, 0] == PHONE_INDEX["a"]).all() and (labels[20:30, 0] == PHONE_INDEX["ɪ"]).all()
    assert (labels[30:40, 1] == VISEME_CLASSES.index("PBM")).all() and (labels[30:40, 2] == 1).all() and (labels[:30, 2] == 0).all()
    assert (labels[40:] == encoder_store.UNKNOWN).all()


def test_a_packed_source_comes_back_and_a_damaged_one_is_refused(store, tmp_path):
    source = encoder_store.read(store, "one")
    assert source.speakers == ("a", "b") and len(source.samples) == source.starts[-1] * 160
    assert list(source.without(["a"])) == [1]
    voiced = np.isfinite(source.pitch)
    assert 0.3 < voiced.mean() < 0.95 and abs(np.nanmedian(source.pitch)) < 1
    encoder_store.write(tmp_path, "cut", [clip()])
    np.save(tmp_path / "cut.samples.npy", np.zeros(100, np.int16))
    with pytest.raises(InvalidInput, match="cut short"):
        encoder_store.read(tmp_path, "cut")
    (tmp_path / "cut.npz").write_bytes(b"nothing")
    with pytest.raises(InvalidInput, match="cannot be read"):
        encoder_store.read(tmp_path, "cut")


def test_a_batch_depends_on_its_step_alone_and_holds_what_it_says(config):
    from_two = next(iter(RECIPE.batches("train", config, 5, 2)))
    steps = RECIPE.batches("train", config, 5, 0)
    third = [next(steps) for _ in range(3)][2]
    assert all(np.array_equal(third[name], from_two[name], equal_nan=True) for name in third)
    assert third["causal"].shape == third["both"].shape == (3, 60, 64) and np.isfinite(third["causal"]).all()
    assert third["phones"].min() >= -100 and third["visemes"].max() < 12 and set(np.unique(third["closure"])) <= {0.0, 1.0}


def test_left_out_speakers_are_not_drawn(config):
    sources = drawn(replace(config, left_out=("a", "c")))
    assert set(sources) == {"one"} and list(sources["one"][1]) == [1]
    with pytest.raises(InvalidInput, match="nothing to train on"):
        drawn(replace(config, left_out=("a", "b", "c")))


def test_noise_covers_what_a_clean_batch_shows(config):
    sources = drawn(config)
    noisy = batch(sources, Mix(60, config.shares, 0.0, (-5.0, 0.0)), 8, np.random.default_rng(0))
    clean = batch(sources, Mix(60, config.shares, 1.0), 8, np.random.default_rng(0))
    assert noisy["both"].std(axis=1).mean() < 0.8 * clean["both"].std(axis=1).mean()


def test_it_learns_and_what_it_exports_is_what_the_product_loads(config, tmp_path):
    torch.manual_seed(0)
    model = RECIPE.model(config)
    optimizer = torch.optim.AdamW(model.parameters(), 2e-2)
    given = {name: torch.from_numpy(value) for name, value in next(iter(RECIPE.batches("train", config, 0, 0))).items()}
    losses = []
    for _ in range(15):
        loss, parts = RECIPE.loss(model, given)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(float(loss.detach()))
    assert losses[-1] < 0.8 * losses[0] and {"phone", "viseme", "closure", "pitch"} <= set(parts)
    with torch.no_grad():
        measures = RECIPE.evaluate(model.eval(), config, SILENT)
    assert 0 <= measures["one streaming"] <= 1 and 0 <= measures["one offline"] <= 1
    RECIPE.export(model, config, tmp_path)
    encoder = Encoder.load(folder=tmp_path)
    assert encoder.encode(clip().samples).phones.shape[1] == len(PHONE_INDEX)
    begun = RECIPE.model(replace(config, start=str(tmp_path / "encoder.safetensors")))
    torch.testing.assert_close(begun.offline.heads.weight, model.offline.heads.weight, atol=1e-3, rtol=1e-2)  # half precision


def test_a_step_keeps_to_the_device_of_the_network(config):
    """As on a GPU: nothing of the loss stays behind on the CPU."""
    net = RECIPE.model(config).to(ELSEWHERE)
    averaged, turn = loop._copied(net), loop._turn("model", net.parameters(), RECIPE.training("small"))
    loss, parts = RECIPE.loss(net, to_device(next(iter(RECIPE.batches("train", config, 0, 0))), ELSEWHERE))
    loss.backward()
    norm = torch.nn.utils.clip_grad_norm_(turn.parameters, 1.0)
    turn.optimizer.step()
    loop._average(averaged, net, 0.9)
    found = [loss, norm, *parts.values(), *net.parameters(), *averaged.parameters(), *(p.grad for p in net.parameters())]
    assert all(value.device == ELSEWHERE for value in found)


def test_a_network_elsewhere_is_measured_there(store):
    net = Answering()
    net.streaming, net.offline = Answering(1, -1, HEADS), Answering(1, -1, HEADS)
    source = encoder_store.read(store, "one")
    measures = accuracy(net, source, np.arange(2))
    silent = np.mean(source.labels[source.labels[:, 1] != encoder_store.UNKNOWN, 1] == 0)  # zeros are taken for the first class
    assert measures == {name: pytest.approx(silent, abs=0.002) for name in ("streaming", "offline")}  # an odd last frame is not heard


def test_the_loop_alone_decides_of_a_gpus_precision(config):
    """Its half precision is not every GPU's, and `training.mixed` may have been set to false."""
    batch_there = to_device(next(iter(RECIPE.batches("train", config, 0, 0))), ELSEWHERE)
    net, heard = RECIPE.model(config).to(ELSEWHERE), []
    net.streaming.heads.register_forward_hook(lambda _module, _given, out: heard.append(out.dtype))
    RECIPE.loss(net, batch_there)
    here = RECIPE.model(config)
    here.streaming.heads.register_forward_hook(lambda _module, _given, out: heard.append(out.dtype))
    RECIPE.loss(here, to_device(next(iter(RECIPE.batches("train", config, 0, 0))), torch.device("cpu")))
    assert heard == [torch.float32, torch.bfloat16]


def test_what_is_not_installed_is_left_out_with_a_warning(store, monkeypatch, caplog):
    monkeypatch.delenv("VIVAVOCE_DATA", raising=False)
    assert set(encoder_sources.ready(store, ["one", "readings", "nonsense"])) == {"one"}
    assert "readings is left out" in caplog.text and "nonsense is left out" in caplog.text


def test_lengths_of_a_neural_voice_become_phones():
    signs, seconds = list("^_ˈ_a_ɪ_ _m_ː_$"), np.full(15, 0.1)
    rows = encoder_voices._rows(signs, seconds, {})
    assert [row[0] for row in rows] == ["", "aɪ", "", "mː", ""]
    assert rows[0][1] == 0 and rows[-1][2] == pytest.approx(1.5)


def test_espeak_speaks_for_the_encoder_without_the_languages_kept_aside(monkeypatch):
    monkeypatch.setattr(encoder_voices, "_prose", lambda: ("The prose of a library takes long to find.",))
    clips = list(encoder_voices.spoken("espeak", 0.1))
    assert sum(len(c.samples) for c in clips) >= 6 * RATE
    assert not set(encoder_voices.UNHEARD) & {v.partition("-")[0] for v in (*encoder_voices._LANGUAGES, *encoder_voices._ENGLISH)}


def test_what_a_teacher_hears_counts_only_where_it_is_sure(tmp_path):
    folder = tmp_path / "emotion/claire_mark"
    folder.mkdir(parents=True)
    write_wav(folder / "Claire_x.wav", sound_from_samples(0.1 * np.sin(np.arange(RATE, dtype=np.float32) / 5), RATE))

    class Teacher:
        def encode(self, samples):
            phones = np.zeros((len(samples) // 160, len(PHONE_INDEX)), np.float32)
            phones[:50, PHONE_INDEX["m"]], phones[50:, PHONE_INDEX["a"]] = 0.9, 0.4
            return SimpleNamespace(phones=phones)

    (found,) = encoder_real.heard(encoder_real.unlabelled(tmp_path), Teacher())
    assert found.speaker == "claire_mark-Claire" and list(found.phones["label"]) == ["m", "a"] and list(found.known) == [True, False]
    labels = encoder_store.frame_labels(found)
    assert (labels[:50, 0] == PHONE_INDEX["m"]).all() and (labels[50:] == encoder_store.UNKNOWN).all()


def test_the_configs_that_made_the_shipped_weights_can_be_read_and_left_nothing_of_the_scored_in():
    paths = sorted((Path(__file__).resolve().parents[2] / "packaging/encoder").glob("*.json"))
    assert len(paths) == 3
    for path in paths:
        config = plans.plan_of(RECIPE, "small", plans.read(path)).config
        assert config.net.streaming.look_ahead_s <= 0.1 and set(dict(config.shares)) <= set(encoder_sources.MAKERS)
        assert not any("emur" in name or "prompts" in name for name, _ in config.shares)


class Performed(SimpleNamespace):
    """An item of the stage as far as the encoder looks at it."""

    def __getitem__(self, name):
        return {"phones": track([("a", 0.0, 0.5)], 0.5)}[name]


def test_the_stage_gives_its_training_part_but_not_the_languages_kept_out(tmp_path, monkeypatch, caplog):
    def corpus(folder, split):
        assert split == "train" and folder == tmp_path
        sound = 0.1 * np.ones(RATE // 2, np.float32)
        return [Performed(record=SimpleNamespace(language=tag, voice=f"espeak:{tag}"), samples=sound) for tag in ("de", "it")]

    monkeypatch.setattr(encoder_sources, "read_corpus", corpus)
    monkeypatch.delenv("VIVAVOCE_STAGE", raising=False)
    assert not encoder_sources.ready(tmp_path, ["stage"]) and "stage is left out" in caplog.text
    monkeypatch.setenv("VIVAVOCE_STAGE", str(tmp_path))
    assert encoder_sources.ready(tmp_path, ["stage"])["stage"].speakers == ("espeak:de",)
