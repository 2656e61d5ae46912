"""The card beside a model's weights: a Markdown file that says what it is, what made it and its SHA-256; and whether both still belong together.

A model is three files of one name: `NAME.safetensors` (weights), `NAME.json` (its config) and `NAME.md` (the card).
"""

from __future__ import annotations

import hashlib
import json
import pickle
import re
import struct
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from engine.core import assets
from engine.core.errors import InvalidInput, MissingAsset

SUFFIX = ".md"
_HASH = re.compile(r"^\|\s*SHA-256\s*\|\s*`([0-9a-f]{64})`\s*\|\s*$", re.MULTILINE)
_REMEDY = "install Viva Voce again; a model of your own: export it again with `vivavoce train`"
_BLOCK = 1 << 20
# What `torch.load(..., weights_only=True)` raises on a file that is damaged or none of torch's: found by changing bytes of good ones.
UNREADABLE = (
    OSError, RuntimeError, EOFError, LookupError, ValueError, AttributeError, TypeError, AssertionError, struct.error, pickle.UnpicklingError,
    zipfile.BadZipFile,
)  # fmt: skip
_SHOWN = 4  # differences between two architectures that are named


def sha256_of(path: Path) -> str:
    """The SHA-256 of a file's bytes, 64 hexadecimal digits.

    Raises:
        MissingAsset: it cannot be read.
    """
    digest = hashlib.sha256()
    try:
        with path.open("rb") as file:
            while block := file.read(_BLOCK):
                digest.update(block)
    except OSError as error:
        raise MissingAsset(f"the weights {path} cannot be read ({error.strerror})", _REMEDY) from error
    return digest.hexdigest()


def to_markdown(title: str, summary: str, rows: dict[str, str]) -> str:
    """The text of a card.

    Args:
        title: the weights' file name.
        summary: what the model does, in a sentence or two.
        rows: what is said in its table, in order; empty values are left out. Line ends and bars inside values are kept readable.
    """
    lines = [f"# {title}", "", summary, "", "| | |", "|---|---|"]
    for name, value in rows.items():
        if value:
            lines.append(f"| {name} | {'<br>'.join(value.split(chr(10))).replace('|', chr(92) + '|')} |")
    return "\n".join(lines) + "\n"


def check(weights: Path) -> str:
    """The SHA-256 of a model's weights, once it is known to be the one that its card states.

    Args:
        weights: the file; its card lies beside it.

    Raises:
        MissingAsset: the weights or the card are not there.
        InvalidInput: the card states no SHA-256, or another.
    """
    card = weights.with_suffix(SUFFIX)
    actual = sha256_of(weights)
    try:
        text = card.read_text("utf-8")
    except OSError as error:
        raise MissingAsset(f"the model {weights.name} has no card {card.name} beside it ({error.strerror})", _REMEDY) from error
    except UnicodeDecodeError as error:
        raise InvalidInput(f"the card {card} is not text", _REMEDY) from error
    stated = _HASH.search(text)
    if stated is None:
        raise InvalidInput(f"the card {card} states no SHA-256 of {weights.name}", _REMEDY)
    if stated[1] != actual:
        raise InvalidInput(f"the weights {weights} are not those of their card: SHA-256 {actual[:12]}..., the card says {stated[1][:12]}...", _REMEDY)
    return actual


def shipped(name: str) -> tuple[Path, dict[str, Any], str]:
    """A model that comes with Viva Voce: its weights' path, its config and the weights' SHA-256, checked against its card.

    Args:
        name: as in `assets/models/NAME.safetensors`.

    Raises:
        MissingAsset: a file of it is not there.
        InvalidInput: the card does not match the weights, or the config is damaged.
    """
    weights = assets.path(f"models/{name}.safetensors")
    digest = check(weights)
    return weights, config_of(weights), digest


def check_shapes(where: Path, wanted: Mapping[str, Sequence[int]], found: Mapping[str, Sequence[int]], remedy: str) -> None:
    """Refuse weights that are not of a network.

    Args:
        where: the weights' file.
        wanted: shapes of the network's own tensors, by name.
        found: of the file's.
        remedy: what to do where they differ.

    Raises:
        InvalidInput: names or shapes differ; says which.
    """
    wrong = [f"it lacks {name}" for name in wanted if name not in found]
    wrong += [f"{name} is unknown" for name in found if name not in wanted]
    both = [name for name in wanted if name in found]
    wrong += [f"{name} is {list(found[name])} instead of {list(wanted[name])}" for name in both if list(wanted[name]) != list(found[name])]
    if wrong:
        more = f" and {len(wrong) - _SHOWN} more" if len(wrong) > _SHOWN else ""
        raise InvalidInput(f"{where} is of another architecture: {', '.join(wrong[:_SHOWN])}{more}", remedy)


def config_of(weights: Path) -> dict[str, Any]:
    """What the JSON file beside a model's weights holds.

    Raises:
        MissingAsset: it is not there.
        InvalidInput: it is no JSON object.
    """
    path = weights.with_suffix(".json")
    try:
        config = json.loads(path.read_text("utf-8"))
    except OSError as error:
        raise MissingAsset(f"the model {weights.name} has no config {path.name} beside it ({error.strerror})", _REMEDY) from error
    except ValueError as error:
        raise InvalidInput(f"the config {path} is damaged ({error})", _REMEDY) from error
    if not isinstance(config, dict):
        raise InvalidInput(f"the config {path} is no JSON object", _REMEDY)
    return config
