"""Wav2vec 2.0 and HuBERT: the same numbers as the library that their files are made for; files that are not theirs refused.

`foreign/` holds four tiny networks with random weights, written by transformers 5.23 (`save_pretrained`), and what it gives for noise of
`samples`: `layer0`, `layer1` and `last` of its hidden states.
"""

from __future__ import annotations

import json
import pickle
import re
import shutil
import sys
import types
from argparse import Namespace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from safetensors.torch import load_file

from engine.core import assets
from engine.core.errors import Cancelled, InvalidInput, MissingAsset
from engine.core.jobs import Job
from engine.speech import foreign, foreign_files
from engine.speech.foreign import ForeignEncoder
from engine.speech.foreign_net import ForeignConfig, ForeignNet

HERE = Path(__file__).parent / "foreign"
NAMES = ("hubert_batch", "hubert_group", "wav2vec2_group", "wav2vec2_layer")
# Float32 sums in another order: 4e-6 was seen, on values up to 3.3.
CLOSE = 2e-5
_TO_FAIRSEQ = (
    (r"^feature_extractor\.conv_layers\.(\d+)\.conv\.", r"feature_extractor.conv_layers.\1.0."),
    (r"^feature_projection\.layer_norm\.", "layer_norm."),
    (r"^feature_projection\.projection\.", "post_extract_proj."),
    (r"^encoder\.pos_conv_embed\.conv\.parametrizations\.weight\.original0", "encoder.pos_conv.0.weight_g"),
    (r"^encoder\.pos_conv_embed\.conv\.parametrizations\.weight\.original1", "encoder.pos_conv.0.weight_v"),
    (r"^encoder\.pos_conv_embed\.conv\.", "encoder.pos_conv.0."),
    (r"\.attention\.", ".self_attn."),
    (r"^(encoder\.layers\.\d+)\.layer_norm\.", r"\1.self_attn_layer_norm."),
    (r"\.feed_forward\.intermediate_dense\.", ".fc1."),
    (r"\.feed_forward\.output_dense\.", ".fc2."),
)


def _wanted(name: str) -> dict[str, np.ndarray]:
    with np.load(HERE / name / "expected.npz") as stored:
        return dict(stored)


def _assert_right(encoder: ForeignEncoder, name: str) -> None:
    wanted = _wanted(name)
    samples = torch.from_numpy(encoder._levelled(wanted["samples"]))[None]
    for key, layer in (("layer0", 0), ("layer1", 1), ("last", None)):
        found = encoder._net(samples, layer)[0].numpy()
        assert np.abs(found - wanted[key]).max() < CLOSE, key


def _fairseq(name: str) -> dict[str, torch.Tensor]:
    """The weights as fairseq calls them."""
    out = {}
    for key, value in load_file(HERE / name / "model.safetensors").items():
        key = re.sub(r"^(?:wav2vec2|hubert)\.", "", key)
        per_frame = "layer" in name
        key = re.sub(r"^(feature_extractor\.conv_layers\.\d+)\.layer_norm\.", r"\1.2.1." if per_frame else r"\1.2.", key)
        for pattern, replacement in _TO_FAIRSEQ:
            key = re.sub(pattern, replacement, key)
        out[key] = value
    return {**out, "mask_emb": torch.zeros(16), "quantizer.vars": torch.zeros(2)}


def _settings(name: str) -> dict[str, Any]:
    first = "layer" in name
    text = "[(8, 10, 5)] + [(8, 3, 2)] * 4 + [(8,2,2)] * 2"
    model = {"_name": "hubert" if "hubert" in name else "wav2vec2", "encoder_attention_heads": 2, "conv_feature_layers": text, "layer_norm_first": first}
    return {"model": model, "task": {"normalize": "hubert" not in name}}


@pytest.mark.parametrize("name", NAMES)
def test_safetensors_give_the_reference_numbers(name: str) -> None:
    _assert_right(ForeignEncoder.load(str(HERE / name)), name)


@pytest.mark.parametrize("name", NAMES)
def test_torch_files_do_too(name: str, tmp_path: Path) -> None:
    shutil.copytree(HERE / name, tmp_path / name)
    weights = load_file(tmp_path / name / "model.safetensors")
    (tmp_path / name / "model.safetensors").unlink()
    torch.save(weights, tmp_path / name / "pytorch_model.bin")
    _assert_right(ForeignEncoder.load(str(tmp_path / name)), name)


@pytest.mark.parametrize("zipped", [True, False])
@pytest.mark.parametrize("name", [name for name in NAMES if name != "hubert_batch"])
def test_fairseqs_files_do_too(name: str, zipped: bool, tmp_path: Path) -> None:
    settings = _settings(name)
    content: dict[str, Any] = {"cfg": settings} if zipped else {"args": Namespace(**settings["model"], **settings["task"])}
    torch.save({**content, "model": _fairseq(name)}, tmp_path / "net.pt", _use_new_zipfile_serialization=zipped)
    encoder = ForeignEncoder.load(str(tmp_path / "net.pt"))
    _assert_right(encoder, name)
    assert encoder._net.config.kind == ("hubert" if "hubert" in name else "wav2vec2")


def test_half_precision_and_finetuned_names(tmp_path: Path) -> None:
    half = {f"w2v_encoder.w2v_model.{key}": value.half() for key, value in _fairseq("wav2vec2_layer").items()}
    torch.save({"cfg": _settings("wav2vec2_layer"), "model": {**half, "w2v_encoder.proj.weight": torch.zeros(2, 2)}}, tmp_path / "net.pt")
    wanted = _wanted("wav2vec2_layer")
    encoder = ForeignEncoder.load(str(tmp_path / "net.pt"))
    found = encoder._net(torch.from_numpy(encoder._levelled(wanted["samples"]))[None])[0].numpy()
    assert 0 < np.abs(found - wanted["last"]).max() < 0.05  # weights of 11 bits


def test_objects_beside_the_weights_are_not_made_and_nothing_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    module = types.ModuleType("no_such_package.settings")
    exec("class Settings:\n    def __setstate__(self, state): raise SystemExit('it ran')", module.__dict__)
    monkeypatch.setitem(sys.modules, "no_such_package", types.ModuleType("no_such_package"))
    monkeypatch.setitem(sys.modules, module.__name__, module)
    module.Settings.__module__ = module.__name__
    settings = module.Settings()
    settings.inner = module.Settings()

    class Copy:
        def __reduce__(self) -> Any:
            return (shutil.copy, (__file__, str(tmp_path / "ran")))

    class Touch:
        def __reduce__(self) -> Any:
            return (Path.touch, (tmp_path / "ran",))

    torch.save({"cfg": settings, "callbacks": [Copy()], "model": _fairseq("hubert_group")}, tmp_path / "net.pt")
    torch.save({"callbacks": [Touch()], "model": _fairseq("hubert_group")}, tmp_path / "bad.pt")
    for name in ("no_such_package", module.__name__):
        monkeypatch.delitem(sys.modules, name)
    config, weights = foreign_files.read(tmp_path / "net.pt")
    assert config.layers == 3 and config.strides == ForeignConfig().strides and not config.first  # all from the weights' shapes
    assert weights
    with pytest.raises(InvalidInput, match="holds more than weights"):  # what a stand-in gives is not called
        foreign_files.read(tmp_path / "bad.pt")
    assert not (tmp_path / "ran").exists()


def test_tokens_are_at_50_hz_on_the_clock_of_the_sound() -> None:
    encoder = ForeignEncoder.load(str(HERE / "wav2vec2_layer"))
    for count in (0, 1, 319, 320, 321, 5000):
        assert encoder.encode(np.zeros(count, np.float32)).values.shape == (-(-count // 320), 16)
    samples = np.zeros(32000, np.float32)
    samples[16000:16160] = np.random.default_rng(0).normal(0, 1, 160)
    # Seen by the convolutions alone: the frame that the burst lies in, and no frame far from it.
    features = encoder._net.feature_extractor
    padded = torch.nn.functional.pad(torch.from_numpy(samples), (40, 40))[None]
    moved = (features(padded) - features(torch.zeros_like(padded))).abs().sum(2)[0]
    assert set(moved.nonzero().flatten().tolist()) <= {49, 50, 51} and int(moved.argmax()) == 50


def test_long_sound_is_heard_in_pieces_that_fit_together(monkeypatch: pytest.MonkeyPatch) -> None:
    encoder = ForeignEncoder.load(str(HERE / "wav2vec2_layer"))
    samples = np.random.default_rng(1).normal(0, 0.1, 16000 * 6).astype(np.float32)
    whole = encoder.encode(samples, layer=0).values
    monkeypatch.setattr(foreign, "PIECE_S", 1.0)
    monkeypatch.setattr(foreign, "AROUND_S", 0.5)
    reports: list[float] = []
    pieces = encoder.encode(samples, layer=0, job=Job(lambda done, total, label: reports.append(done))).values
    assert len(reports) == 6 and len(pieces) == 300
    # Before the first layer a token sees 0.15 s each way, less than the half second around a piece.
    assert np.abs(pieces - whole).max() < CLOSE


def test_layers_and_names() -> None:
    encoder = ForeignEncoder.load(str(HERE / "hubert_group"))
    samples = _wanted("hubert_group")["samples"]
    first, last = encoder.encode(samples, layer=1), encoder.encode(samples)
    assert last.name == "hubert_group" and (first.hash, last.hash) == (f"{encoder.digest}/1", encoder.digest)
    assert not np.allclose(first.values, last.values)
    assert np.array_equal(last.values, encoder.encode(samples, layer=3).values)
    with pytest.raises(InvalidInput, match="no layer 4; this network has layers 0 to 3"):
        encoder.encode(samples, layer=4)
    with pytest.raises(InvalidInput, match=r"samples must be \[S\]"):
        encoder.encode(samples[None])


def test_models_are_found_in_the_persons_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VIVAVOCE_MODELS", str(tmp_path))
    assert assets.user_models() == tmp_path and foreign.found() == ()
    shutil.copytree(HERE / "hubert_group", tmp_path / "mine")
    (tmp_path / "empty").mkdir()
    assert ForeignEncoder.load("mine").name == "mine"
    assert [path.name for path in foreign.found()] == ["empty", "mine"]
    with pytest.raises(MissingAsset, match=r"no model 'yours'; put its files into .*there is empty, mine"):
        ForeignEncoder.load("yours")
    with pytest.raises(MissingAsset, match=r"holds none of model.safetensors"):
        ForeignEncoder.load("empty")


def test_a_sound_can_be_stopped() -> None:
    job = Job()
    job.cancel()
    with pytest.raises(Cancelled):
        ForeignEncoder.load(str(HERE / "hubert_group")).encode(np.zeros(16000, np.float32), job=job)


def _copy(tmp_path: Path, name: str = "wav2vec2_group", **config: Any) -> Path:
    folder = tmp_path / name
    shutil.copytree(HERE / name, folder)
    said = json.loads((folder / "config.json").read_text())
    (folder / "config.json").write_text(json.dumps({**said, **config}))
    return folder


@pytest.mark.parametrize(
    ("config", "words"),
    [
        ({"model_type": "wavlm"}, "of type 'wavlm'; use one of type wav2vec2 or hubert"),
        ({"num_hidden_layers": 4}, "another architecture: it lacks encoder.layers.3"),
        ({"num_hidden_layers": 2}, "is unknown"),
        ({"hidden_size": 32}, r"is \[16\] instead of \[32\]"),
        ({"hidden_size": 10**9}, "a size of"),
        ({"hidden_size": "wide"}, "is damaged"),
        ({"num_attention_heads": 3}, "width 16 for 3 heads"),
        ({"conv_stride": [5, 2, 2, 2, 2, 2, 1]}, "a frame for 160 samples"),
        ({"conv_stride": [5, 2]}, "7 kernels and 2 strides"),
        ({"feat_extract_norm": "none"}, "it is group or layer"),
        ({"hidden_act": "relu"}, "only gelu"),
    ],
)
def test_configs_that_do_not_fit(tmp_path: Path, config: dict[str, Any], words: str) -> None:
    with pytest.raises(InvalidInput, match=words):
        ForeignEncoder.load(str(_copy(tmp_path, **config)))


def test_files_that_are_not_whole(tmp_path: Path) -> None:
    folder = _copy(tmp_path)
    weights = (folder / "model.safetensors").read_bytes()
    (folder / "model.safetensors").write_bytes(weights[:-100])
    with pytest.raises(InvalidInput, match=r"no whole safetensors file.*download"):
        ForeignEncoder.load(str(folder))
    (folder / "config.json").write_text("{")
    with pytest.raises(InvalidInput, match=r"config\.json cannot be read"):
        ForeignEncoder.load(str(folder))
    torch.save({"model": _fairseq("hubert_group")}, tmp_path / "net.pt")
    whole = (tmp_path / "net.pt").read_bytes()
    for broken in (whole[: len(whole) // 2], b"", b"no model at all", pickle.dumps([1], protocol=2)):
        (tmp_path / "net.pt").write_bytes(broken)
        with pytest.raises(InvalidInput, match=r"no whole torch file|holds no weights"):
            ForeignEncoder.load(str(tmp_path / "net.pt"))
    with pytest.raises(MissingAsset, match=r"no model 'nowhere\.pt'"):
        ForeignEncoder.load("nowhere.pt")


def test_networks_that_are_alike_are_not_taken_for_them(tmp_path: Path) -> None:
    weights = _fairseq("hubert_group")
    torch.save({"model": {**weights, "encoder.layers.0.self_attn.rel_attn_embed.weight": torch.zeros(1)}}, tmp_path / "a.pt")
    torch.save({"model": {"layer.weight": torch.zeros(1)}}, tmp_path / "b.pt")
    torch.save({"model": {k: v for k, v in weights.items() if "pos_conv" not in k}}, tmp_path / "c.pt")
    odd = {
        "model": {**weights, "feature_extractor.conv_layers.6.0.weight": torch.zeros(8, 8, 5)},
        "cfg": {"model": {"conv_feature_layers": "__import__('os')"}},
    }
    torch.save(odd, tmp_path / "d.pt")
    for name, words in {"a": "is WavLM", "b": "no feature_extractor", "c": "another architecture", "d": "another architecture|strides"}.items():
        with pytest.raises(InvalidInput, match=words):
            ForeignEncoder.load(str(tmp_path / f"{name}.pt"))


def test_a_network_of_full_size_has_the_released_number_of_weights() -> None:
    with torch.device("meta"):
        base = ForeignNet(ForeignConfig())
        large = ForeignNet(ForeignConfig(bias=True, norm="layer", width=1024, layers=24, heads=16, inner=4096, first=True))
    # Without mask, quantiser and the 128 lengths of the weight normalisation: 94 371 712 and 315 438 720 of wav2vec2-base and -large-lv60.
    assert sum(p.numel() for p in base.parameters()) == 94_371_712 - 768 - 128
    assert sum(p.numel() for p in large.parameters()) == 315_438_720 - 1024 - 128
