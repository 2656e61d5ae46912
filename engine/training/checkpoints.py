"""Checkpoints and exported weights: written whole or not at all, read without running anything, refused where they do not fit.

A checkpoint holds all that a training is: weights, averaged weights, optimisers, the step. What is drawn by chance depends on the seed
and the step alone, so no generator's state is kept.
"""

from __future__ import annotations

import io
import json
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

import torch
from safetensors.torch import save as to_safetensors
from torch import Tensor, nn

from engine.core import cards
from engine.core.errors import InvalidInput
from engine.core.output import replacing
from engine.project import codec

NAME = "checkpoint.pt"
FORMAT = 1
_REMEDY = "train into another folder, or remove it there"


@dataclass
class State:
    """A training after `step` batches.

    Args:
        recipe: its name.
        config, training: as canonical JSON, from `codec.dumps`.
        step: batches that are done.
        skipped: of them, those whose loss or gradient was not finite.
        seconds: spent so far.
        model: weights and buffers by name.
        averaged: the averaged ones, by the same names; empty where there are none.
        optimizers: state by turn.
        scaler: of the gradient scaler; empty without.
        measures: the last evaluation's.
        measured_step: when that was; -1 never.
        sums: what is to be logged as a mean: sum and count by name.
    """

    recipe: str
    config: str
    training: str
    step: int = 0
    skipped: int = 0
    seconds: float = 0.0
    model: dict[str, Tensor] = field(default_factory=dict)
    averaged: dict[str, Tensor] = field(default_factory=dict)
    optimizers: dict[str, Any] = field(default_factory=dict)
    scaler: dict[str, Any] = field(default_factory=dict)
    measures: dict[str, float] = field(default_factory=dict)
    measured_step: int = -1
    sums: dict[str, tuple[float, int]] = field(default_factory=dict)


def save(folder: Path, state: State) -> Path:
    """Replace the folder's checkpoint; killed half-way, the one before is still there.

    Raises:
        OutputError: the disk is full, or the folder cannot be written.
    """
    content = {"format": FORMAT, **{f.name: getattr(state, f.name) for f in fields(state)}}
    data = io.BytesIO()
    torch.save(content, data)  # into memory: a full disk is then an OSError like everywhere else
    write_bytes(folder / NAME, data.getbuffer())
    return folder / NAME


def write_bytes(path: Path, data: bytes | memoryview) -> None:
    """A file with these bytes, under its name when it is complete.

    Raises:
        OutputError: the disk is full, or the folder cannot be written.
    """
    with replacing(path) as temporary, temporary.open("wb") as file:
        file.write(data)


def load(folder: Path) -> State | None:
    """The folder's checkpoint; None where there is none.

    Raises:
        InvalidInput: the file is damaged, holds more than tensors and plain values, or is of another version.
    """
    path = folder / NAME
    try:
        content = torch.load(path, map_location="cpu", weights_only=True)
    except FileNotFoundError:
        return None
    except cards.UNREADABLE as error:
        raise InvalidInput(f"the checkpoint {path} cannot be read ({type(error).__name__})", _REMEDY) from error
    names = {f.name for f in fields(State)}
    if not isinstance(content, dict) or content.pop("format", None) != FORMAT or set(content) != names:
        raise InvalidInput(f"{path} is no checkpoint of this version of Viva Voce", _REMEDY)
    return State(**content)


def check_architecture(path: Path, wanted: dict[str, Tensor], found: dict[str, Tensor]) -> None:
    """Refuse weights that are not of this network.

    Args:
        path: where they come from.
        wanted: the network's own state.
        found: the weights.

    Raises:
        InvalidInput: names or shapes differ; says which.
    """
    own, other = ({name: tuple(value.shape) for name, value in state.items()} for state in (wanted, found))
    cards.check_shapes(path, own, other, "use the config that it was trained with")


def export(name: str, model: nn.Module, config: Any, folder: Path, tensors: dict[str, Tensor] | None = None) -> tuple[Path, Path]:
    """Write `NAME.safetensors` and its config `NAME.json`.

    Args:
        name: of both files.
        model: the network.
        config: a dataclass as `engine.project.codec` stores it.
        folder: which is there.
        tensors: other weights than the network's own, such as at half precision.

    Returns:
        The paths of weights and config.

    Raises:
        OutputError: the disk is full, or the folder cannot be written.
    """
    state = model.state_dict() if tensors is None else tensors
    own = {key: value.detach().cpu().contiguous().clone() for key, value in state.items()}  # safetensors holds no tensor twice
    weights, written = folder / f"{name}.safetensors", folder / f"{name}.json"
    write_bytes(weights, to_safetensors(own, {"format": "pt"}))
    write_bytes(written, (json.dumps(codec.encode(config), indent=1, sort_keys=True) + "\n").encode())
    return weights, written
