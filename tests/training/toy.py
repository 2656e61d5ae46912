"""A recipe small enough for tests: a little network with dropout and batch norm that learns a wave. Run from the command line as
`toy:RECIPE`, with this folder on the path."""

from __future__ import annotations

import itertools
import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn

from engine.core.errors import InvalidInput
from engine.core.jobs import Job
from engine.training.recipes import FULL, Recipe, Said, Training


@dataclass(frozen=True)
class ToyConfig:
    width: int = 16
    depth: tuple[int, ...] = (1, 2)
    nan_from: int = -1
    nan_steps: int = 0
    pause_s: float = 0.0

    def __post_init__(self) -> None:
        if self.width < 1:
            raise InvalidInput(f"width is {self.width}", "give 1 or more")


class Toy(Recipe[ToyConfig]):
    name = "toy"
    about = "Learns a wave."

    def config(self, size: str) -> ToyConfig:
        return ToyConfig(width=32 if size == FULL else 16)

    def training(self, size: str) -> Training:
        return Training(steps=40, warmup_steps=4, learning_rate=1e-2, ema_decay=0.9, log_every=4, evaluate_every=15, checkpoint_every=6, bad_steps=3)

    def model(self, config: ToyConfig) -> nn.Module:
        return nn.Sequential(nn.Linear(1, config.width), nn.BatchNorm1d(config.width), nn.Tanh(), nn.Dropout(0.1), nn.Linear(config.width, 1))

    def batches(self, split: str, config: ToyConfig, seed: int, start_step: int) -> Iterator[Any]:
        for step in itertools.count(start_step):
            time.sleep(config.pause_s)
            rng = np.random.default_rng((seed, step))
            x = rng.uniform(-3, 3, (32, 1)).astype(np.float32)
            y = np.sin(x)
            if config.nan_from <= step < config.nan_from + config.nan_steps:
                y[3] = np.nan
            yield {"x": x, "y": y}

    def loss(self, model: nn.Module, batch: Any) -> tuple[Tensor, dict[str, Any]]:
        error = model(batch["x"]) - batch["y"]
        return error.square().mean(), {"largest": error.abs().max()}

    def evaluate(self, model: nn.Module, config: ToyConfig, job: Job) -> dict[str, float]:
        torch.rand(5)  # what is drawn here must not change the training
        job.report(0, 1, "evaluating")
        x = torch.linspace(-3, 3, 200)[:, None]
        return {"error": float((model(x) - torch.sin(x)).square().mean())}

    def said(self, config: ToyConfig) -> Said:
        return Said(what="two layers", inputs="[B, 1]", data="sine | wave", limits="everything else")


RECIPE = Toy()
