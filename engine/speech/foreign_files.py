"""Files of wav2vec 2.0 and HuBERT, in the layout of Hugging Face's transformers or of fairseq, read without running what is in them.

A model is a folder with `config.json` and `model.safetensors` or `pytorch_model.bin`, or one file of fairseq (`wav2vec_small.pt`,
`hubert_base_ls960.pt`). Torch files go through its restricted reader, which builds tensors and plain values; objects of other classes, which
fairseq keeps beside the weights, become `_Unread`, which holds nothing and does nothing.
"""

from __future__ import annotations

import ast
import json
import pickle
import re
from argparse import Namespace
from pathlib import Path
from typing import Any

import torch
from safetensors import SafetensorError, safe_open
from torch import Tensor

from engine.core.cards import UNREADABLE
from engine.core.errors import InvalidInput, MissingAsset
from engine.speech.foreign_net import GROUP, LAYER, ForeignConfig

WEIGHTS = ("model.safetensors", "pytorch_model.bin")
KINDS = ("wav2vec2", "hubert")
_REMEDY = "put a folder with config.json and model.safetensors there, as the model's authors offer it, or fairseq's .pt file"
_MOST_CLASSES = 64
_LONGEST = 1000  # characters of fairseq's text for the convolutions
_REFUSED = re.compile(r"GLOBAL (\S+) was not an allowed global")
_HEAD = 64  # channels of an attention head in every released model, where no config says so
_PREFIXES = ("", "wav2vec2.", "hubert.", "w2v_encoder.w2v_model.", "w2v_model.", "encoder.w2v_model.")
_FAIRSEQ = (
    (r"^feature_extractor\.conv_layers\.(\d+)\.0\.", r"feature_extractor.conv_layers.\1.conv."),
    (r"^feature_extractor\.conv_layers\.(\d+)\.2(?:\.1)?\.", r"feature_extractor.conv_layers.\1.layer_norm."),
    (r"^layer_norm\.", "feature_projection.layer_norm."),
    (r"^post_extract_proj\.", "feature_projection.projection."),
    (r"^encoder\.pos_conv\.0\.", "encoder.pos_conv_embed.conv."),
    (r"^(encoder\.layers\.\d+)\.self_attn_layer_norm\.", r"\1.layer_norm."),
    (r"^(encoder\.layers\.\d+)\.self_attn\.", r"\1.attention."),
    (r"^(encoder\.layers\.\d+)\.fc1\.", r"\1.feed_forward.intermediate_dense."),
    (r"^(encoder\.layers\.\d+)\.fc2\.", r"\1.feed_forward.output_dense."),
)
_OURS = ("feature_extractor.", "feature_projection.", "encoder.")
# What networks have that are alike and not the same.
_OTHERS = {"rel_attn_embed": "WavLM", "gru_rel_pos": "WavLM", "conv_module": "a conformer", "adapter_layer": "a network with adapters in its layers"}


class _Unread:
    """Stands for an object of a class that is not ours to make."""

    def __init__(self, *_: Any, **__: Any) -> None:
        pass

    def __setstate__(self, _: Any) -> None:
        pass


def read(path: Path) -> tuple[ForeignConfig, dict[str, Tensor]]:
    """The sizes and weights of a model.

    Args:
        path: a folder, a safetensors file with its config.json beside it, or a torch file.

    Returns:
        The config, and float32 weights by the names of `ForeignNet`.

    Raises:
        MissingAsset: there is no such file.
        InvalidInput: it is damaged, or of another network.
    """
    file = weights_file(path)
    said = _json(file.parent / "config.json")
    if said.get("model_type", KINDS[0]) not in KINDS:
        raise InvalidInput(f"{file.parent} is a model of type {said['model_type']!r}", f"use one of type {' or '.join(KINDS)}")
    tensors, settings = (_safetensors(file), {}) if file.suffix == ".safetensors" else _torch(file)
    weights = _named(tensors, file)
    if said:
        whole = _json(file.parent / "preprocessor_config.json").get("do_normalize", True)
        return _from_transformers(said, bool(whole), weights, file), weights
    return _from_weights(settings, weights, file), weights


def weights_file(path: Path) -> Path:
    """The file with the weights.

    Raises:
        MissingAsset: there is none.
    """
    if path.is_dir():
        found = [path / name for name in WEIGHTS if (path / name).is_file()] or sorted(path.glob("*.pt"))
        if not found:
            split = "; its weights are split over several files: join them" if any(path.glob("*.index.json")) else ""
            raise MissingAsset(f"{path} holds none of {', '.join(WEIGHTS)}{split}", _REMEDY)
        return found[0]
    if not path.is_file():
        raise MissingAsset(f"there is no model {path}", _REMEDY)
    return path


# --- reading -----------------------------------------------------------------------------------------------------------------------


def _json(path: Path) -> dict[str, Any]:
    if not path.is_file():
        return {}
    try:
        found = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise InvalidInput(f"{path} cannot be read ({error})", "download the model again") from error
    if not isinstance(found, dict):
        raise InvalidInput(f"{path} is no JSON object", "download the model again")
    return found


def _safetensors(file: Path) -> dict[str, Tensor]:
    try:
        with safe_open(str(file), "pt") as stored:
            return {name: stored.get_tensor(name) for name in stored.keys()}  # noqa: SIM118  it is no dict
    except (SafetensorError, OSError) as error:
        raise InvalidInput(f"{file} is no whole safetensors file ({error})", "download the model again") from error


def _torch(file: Path) -> tuple[dict[str, Tensor], dict[str, Any]]:
    """Weights and settings of a torch file: a plain dict of tensors, or fairseq's with "model" and "cfg" or "args"."""
    content = _restricted(file)
    if not isinstance(content, dict):
        raise InvalidInput(f"{file} holds no weights", _REMEDY)
    model = content.get("model", content)
    if not isinstance(model, dict):
        raise InvalidInput(f"{file} holds no weights", _REMEDY)
    tensors = {str(name): value for name, value in model.items() if isinstance(value, Tensor)}
    old = content.get("args")
    if isinstance(old, Namespace):
        return tensors, {"model": vars(old), "task": vars(old)}
    return tensors, _dict(content.get("cfg"))


def _restricted(file: Path) -> Any:
    stands: list[Any] = [Namespace]  # plain values by name, as older files of fairseq keep their settings
    for _ in range(_MOST_CLASSES):
        try:
            with torch.serialization.safe_globals(stands):
                return torch.load(file, map_location="cpu", weights_only=True)
        except pickle.UnpicklingError as error:
            refused = _REFUSED.search(str(error))
            if refused is None:
                what = f"{file} is no whole torch file, or holds more than weights and settings"
                raise InvalidInput(what, "download the model again, or its safetensors file") from error
            name = refused[1] if "." in refused[1] else f"builtins.{refused[1]}"  # the message leaves that module out
            stands.append((type(name.rpartition(".")[2], (_Unread,), {}), name))
        except UNREADABLE as error:
            raise InvalidInput(f"{file} is no whole torch file ({type(error).__name__})", "download the model again") from error
    raise InvalidInput(f"{file} holds objects of more than {_MOST_CLASSES} classes", _REMEDY)


def _named(tensors: dict[str, Tensor], file: Path) -> dict[str, Tensor]:
    """Weights by our names, float32, weight normalisation worked in; heads and what else is beside the encoder left out."""
    for mark, what in _OTHERS.items():
        if any(mark in name for name in tensors):
            raise InvalidInput(f"{file} is {what}", f"use a model of type {' or '.join(KINDS)}")
    prefix = next((p for p in _PREFIXES if any(name.startswith(f"{p}feature_extractor.conv_layers.0.") for name in tensors)), None)
    if prefix is None:
        raise InvalidInput(f"{file} is of another architecture: it has no feature_extractor.conv_layers", f"use a model of type {' or '.join(KINDS)}")
    out: dict[str, Tensor] = {}
    for name, value in tensors.items():
        if not name.startswith(prefix):
            continue
        own = name[len(prefix) :]
        for pattern, replacement in _FAIRSEQ:
            own = re.sub(pattern, replacement, own)
        if own.startswith(_OURS):
            out[own] = value.float()
    return _folded(out)


def _folded(weights: dict[str, Tensor]) -> dict[str, Tensor]:
    """The weight of the positions' convolution from its direction and its length for each tap of the kernel.

    Source: Salimans and Kingma, "Weight normalization", NIPS 2016, equation 2, over all dimensions but the last.
    """
    stem = "encoder.pos_conv_embed.conv."
    for length_name, direction_name in (("weight_g", "weight_v"), ("parametrizations.weight.original0", "parametrizations.weight.original1")):
        if stem + length_name in weights and stem + direction_name in weights:
            length, direction = weights.pop(stem + length_name), weights.pop(stem + direction_name)  # [1, 1, K], [D, D / groups, K]
            weights[stem + "weight"] = length * direction / direction.norm(dim=(0, 1), keepdim=True)
    return weights


# --- sizes -------------------------------------------------------------------------------------------------------------------------


def _from_transformers(said: dict[str, Any], whole: bool, weights: dict[str, Tensor], file: Path) -> ForeignConfig:
    for name in ("hidden_act", "feat_extract_activation"):
        if said.get(name, "gelu") != "gelu":
            raise InvalidInput(f"{file.parent} has the activation {said[name]!r}", "only gelu is known, which all released models have")
    usual = ForeignConfig()
    try:
        return ForeignConfig(
            kind=str(said.get("model_type", KINDS[0])),
            channels=tuple(int(v) for v in said.get("conv_dim", usual.channels)),
            kernels=tuple(int(v) for v in said.get("conv_kernel", usual.kernels)),
            strides=tuple(int(v) for v in said.get("conv_stride", usual.strides)),
            bias=bool(said.get("conv_bias", False)),
            norm=str(said.get("feat_extract_norm", GROUP)),
            width=int(said.get("hidden_size", usual.width)),
            layers=int(said.get("num_hidden_layers", usual.layers)),
            heads=int(said.get("num_attention_heads", usual.heads)),
            inner=int(said.get("intermediate_size", usual.inner)),
            position_kernel=int(said.get("num_conv_pos_embeddings", usual.position_kernel)),
            position_groups=int(said.get("num_conv_pos_embedding_groups", usual.position_groups)),
            position_norm=bool(said.get("conv_pos_batch_norm", False)),
            first=bool(said.get("do_stable_layer_norm", False)),
            projected="feature_projection.projection.weight" in weights,
            projected_norm=bool(said.get("feat_proj_layer_norm", True)),
            whole=whole,
            epsilon=float(said.get("layer_norm_eps", usual.epsilon)),
        )
    except (TypeError, ValueError) as error:
        raise InvalidInput(f"{file.parent / 'config.json'} is damaged ({error})", "download the model again") from error


def _from_weights(settings: dict[str, Any], weights: dict[str, Tensor], file: Path) -> ForeignConfig:
    """The sizes of a fairseq file: from its settings where they are plain values, else from the weights' shapes and what released models have in common."""
    try:
        model, task = _dict(settings.get("model")), _dict(settings.get("task"))
        model = {**model, **_dict(_dict(_dict(model.get("w2v_args")).get("model")))}  # a finetuned one keeps what it began with
        convolutions = _convolutions(weights)
        layers = 1 + max(int(name.split(".")[2]) for name in weights if name.startswith("encoder.layers."))
        positions = weights["encoder.pos_conv_embed.conv.weight"]
        width = positions.shape[0]
        per_frame = "feature_extractor.conv_layers.1.layer_norm.weight" in weights
        strides = _strides(model.get("conv_feature_layers"), [kernel for _, kernel in convolutions], file)
        return ForeignConfig(
            kind="hubert" if "hubert" in str(model.get("_name", file.stem)).lower() else "wav2vec2",
            channels=tuple(channels for channels, _ in convolutions),
            kernels=tuple(kernel for _, kernel in convolutions),
            strides=strides,
            bias="feature_extractor.conv_layers.0.conv.bias" in weights,
            norm=LAYER if per_frame else GROUP,
            width=width,
            layers=layers,
            heads=int(model.get("encoder_attention_heads", max(1, width // _HEAD))),
            inner=weights["encoder.layers.0.feed_forward.intermediate_dense.weight"].shape[0],
            position_kernel=positions.shape[2],
            position_groups=width // positions.shape[1],
            first=bool(model.get("layer_norm_first", per_frame)),
            projected="feature_projection.projection.weight" in weights,
            whole=bool(task.get("normalize", per_frame)),
        )
    except (KeyError, IndexError, ValueError, TypeError, SyntaxError, RecursionError) as error:
        raise InvalidInput(f"{file} is of another architecture ({type(error).__name__}: {error})", f"use a model of type {' or '.join(KINDS)}") from error


def _dict(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _convolutions(weights: dict[str, Tensor]) -> list[tuple[int, int]]:
    """Channels and kernel of each convolution over the waveform."""
    count = sum(1 for name in weights if re.fullmatch(r"feature_extractor\.conv_layers\.\d+\.conv\.weight", name))
    shapes = [weights[f"feature_extractor.conv_layers.{i}.conv.weight"].shape for i in range(count)]
    return [(shape[0], shape[2]) for shape in shapes]


def _strides(said: Any, kernels: list[int], file: Path) -> tuple[int, ...]:
    """Steps of the convolutions: of fairseq's text `[(512, 10, 5)] + [(512, 3, 2)] * 4 + ...`, or those that go with the usual kernels."""
    if isinstance(said, str) and len(said) <= _LONGEST:
        rows = _rows(ast.parse(said, mode="eval").body)
        if [row[1] for row in rows] == kernels:
            return tuple(row[2] for row in rows)
    usual = ForeignConfig()
    if tuple(kernels) == usual.kernels:
        return usual.strides
    raise InvalidInput(f"{file} does not say the strides of its convolutions with kernels {kernels}", "use the same model with a config.json")


def _rows(node: ast.expr) -> list[tuple[int, int, int]]:
    """The list that an expression of lists, `+` and `*` stands for; nothing else is worked out."""
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        return _rows(node.left) + _rows(node.right)
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mult):
        times = ast.literal_eval(node.right)
        return _rows(node.left) * min(int(times), _MOST_CLASSES)
    return [(int(a), int(b), int(c)) for a, b, c in ast.literal_eval(node)]
