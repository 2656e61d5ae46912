"""The card of a trained model: what it is, what made it, what it measures, and the SHA-256 of its weights."""

from __future__ import annotations

import json
import shlex
from pathlib import Path
from typing import Any

import torch

from engine.core import cards
from engine.training.checkpoints import State, write_bytes
from engine.training.devices import described
from engine.training.plans import Plan


def command_of(plan: Plan, device: torch.device) -> str:
    """The command that repeats a training."""
    pairs = (pair.partition("=") for pair in plan.changed)
    values = " ".join(f"--set {shlex.quote(name + equals + _portable(value))}" for name, equals, value in pairs)
    return f"vivavoce train {plan.recipe.name} --size {plan.size} {values + ' ' if values else ''}--device {device.type} -o FOLDER"


def write(plan: Plan, state: State, weights: Path, device: torch.device) -> Path:
    """Write the card of exported weights beside them.

    Args:
        plan: what was trained and how.
        state: at the end, with the time it took and the last measures.
        weights: the exported file.
        device: where.

    Returns:
        The card's path.

    Raises:
        OutputError: it cannot be written.
    """
    said = plan.recipe.said(plan.config)
    tensors = state.averaged or state.model
    skipped = f", of which {state.skipped} were skipped because they were not finite" if state.skipped else ""
    rows = {
        "what": said.what,
        "size": f"{sum(t.numel() for t in tensors.values()):,} numbers, {weights.stat().st_size / 1e6:.2f} MB",
        "input": said.inputs,
        "output": said.outputs,
        "trained on": said.data,
        "licence": said.licence,
        "made by": f"`{command_of(plan, device)}`",
        "seed": str(plan.training.seed),
        "time": f"{_spoken(state.seconds)} for {state.step:,} steps{skipped}, {described(device)}, torch {torch.__version__}",
        "measured": ", ".join(f"{name} {value:.4g}" for name, value in state.measures.items()),
        "limits": said.limits,
        "SHA-256": f"`{cards.sha256_of(weights)}`",
    }
    settings = _laid_out(_portable(plan.to_json()))
    text = cards.to_markdown(weights.name, plan.recipe.about, rows) + f"\nAll settings (`--config`):\n\n```json\n{settings}\n```\n"
    path = weights.with_suffix(cards.SUFFIX)
    write_bytes(path, text.encode())
    return path


def _laid_out(settings: dict[str, Any]) -> str:
    """JSON text with a line for each setting, however long its value."""

    def text(value: Any) -> str:
        return json.dumps(value, sort_keys=True, ensure_ascii=False)

    parts = []
    for name, value in sorted(settings.items()):
        inner = ",\n".join(f"  {text(key)}: {text(item)}" for key, item in sorted(value.items())) if isinstance(value, dict) else ""
        parts.append(f" {text(name)}: {{\n{inner}\n }}" if inner else f" {text(name)}: {text(value)}")
    return "{\n" + ",\n".join(parts) + "\n}"


def _portable(value: Any) -> Any:
    """JSON values without the places of files on this machine: of an absolute path only its last part stays."""
    if isinstance(value, str):
        return f".../{Path(value).name}" if Path(value).is_absolute() else value
    if isinstance(value, list):
        return [_portable(item) for item in value]
    return {name: _portable(item) for name, item in value.items()} if isinstance(value, dict) else value


def _spoken(seconds: float) -> str:
    if seconds < 90:
        return f"{seconds:.0f} s"
    return f"{seconds / 60:.0f} min" if seconds < 5400 else f"{seconds / 3600:.1f} h"
