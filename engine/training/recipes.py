"""What is trained: a `Recipe` names a model, its batches, its loss and its measures; `engine.training.loop` does the rest.

A new model is one module that ends in `RECIPE = MyRecipe()` and one row of `RECIPES` below. The loop owns everything that all models
share: seeds, devices, mixed precision, averaged weights, clipping, checkpoints, evaluation, the log, the card.

    class Wave(Recipe[WaveConfig]):
        name, about = "wave", "fits a wave"
        def config(self, size): return WaveConfig(width=16 if size == SMALL else 256)
        def model(self, config): return nn.Sequential(...)
        def batches(self, split, config, seed, start_step):
            for step in itertools.count(start_step):
                rng = np.random.default_rng((seed, step))      # nothing is carried from one batch to the next
                yield {"x": ..., "y": ...}
        def loss(self, model, batch): return F.mse_loss(model(batch["x"]), batch["y"]), {}
        def evaluate(self, model, config, job): return {"error": ...}
"""

from __future__ import annotations

import importlib
from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, Generic, TypeVar

from engine.core.errors import InvalidInput
from engine.core.jobs import Job

if TYPE_CHECKING:
    from torch import Tensor, nn

C = TypeVar("C")  # a recipe's config: a frozen dataclass of plain values, as `engine.project.codec` stores them
SMALL, FULL = "small", "full"
SIZES = (SMALL, FULL)
SCHEDULES = ("cosine", "constant")


@dataclass(frozen=True)
class Training:
    """How the loop trains; a recipe gives its own values, a config file changes them.

    Args:
        steps: how many batches in all.
        seed: of everything that is drawn: first weights, batches, dropout.
        learning_rate: at its highest.
        warmup_steps: it rises from zero so long.
        schedule: "cosine" falls to `final_share` of it at the last step; "constant" stays.
        final_share: see there, 0 to 1.
        weight_decay: of AdamW; biases and scales (parameters of one dimension) have none.
        betas: of AdamW.
        clip_norm: longest gradient, over all parameters of a turn; 0 for none.
        ema_decay: of the averaged weights that are evaluated and exported; 0 for none, then it is the weights themselves.
        mixed: half precision on CUDA (bfloat16 where the GPU has it); never on the CPU.
        prefetch: batches made ahead on a thread of their own; 0 makes them in between.
        log_every: steps from one row of the log to the next.
        evaluate_every: steps from one evaluation to the next; it is always done at the end. 0: only there.
        checkpoint_every: steps from one checkpoint to the next.
        bad_steps: batches in a row that may give a loss or gradient that is not finite; they are skipped. One more ends the training.
    """

    steps: int = 1000
    seed: int = 0
    learning_rate: float = 1e-3
    warmup_steps: int = 50
    schedule: str = "cosine"
    final_share: float = 0.01
    weight_decay: float = 0.01
    betas: tuple[float, float] = (0.9, 0.99)
    clip_norm: float = 1.0
    ema_decay: float = 0.999
    mixed: bool = True
    prefetch: int = 2
    log_every: int = 20
    evaluate_every: int = 500
    checkpoint_every: int = 200
    bad_steps: int = 5

    def __post_init__(self) -> None:
        if self.schedule not in SCHEDULES:
            raise InvalidInput(f"schedule {self.schedule!r} is not known", f"use {' or '.join(SCHEDULES)}")
        for name, low in {
            "steps": 1,
            "seed": 0,
            "warmup_steps": 0,
            "prefetch": 0,
            "log_every": 1,
            "evaluate_every": 0,
            "checkpoint_every": 1,
            "bad_steps": 0,
        }.items():
            if getattr(self, name) < low:
                raise InvalidInput(f"training.{name} is {getattr(self, name)}", f"give a whole number from {low} up")
        spans = {"learning_rate": (0.0, 10.0), "final_share": (0.0, 1.0), "weight_decay": (0.0, 10.0), "clip_norm": (0.0, 1e9), "ema_decay": (0.0, 0.999999)}
        for name, (low_, high) in spans.items():
            if not low_ <= getattr(self, name) <= high:
                raise InvalidInput(f"training.{name} is {getattr(self, name)}", f"give a number from {low_:g} to {high:g}")
        if not all(0.0 <= beta < 1.0 for beta in self.betas):
            raise InvalidInput(f"training.betas are {self.betas}", "give two numbers from 0 to below 1")


@dataclass(frozen=True)
class Said:
    """What a recipe says of its model in the card.

    Args:
        what: the network in a line.
        inputs: what it reads, with shapes, units and rates.
        outputs: what it gives.
        data: what it was trained on, with licences.
        licence: of the weights.
        limits: what it cannot do.
    """

    what: str = ""
    inputs: str = ""
    outputs: str = ""
    data: str = ""
    licence: str = "ours, Apache-2.0"
    limits: str = ""


class Recipe(ABC, Generic[C]):
    """How one model is trained. It holds no state: the same recipe trains twice, and may be called from another thread."""

    name: ClassVar[str]
    about: ClassVar[str]

    @abstractmethod
    def config(self, size: str) -> C:
        """The usual config: `size` "small" for a CPU, "full" for a GPU. A frozen dataclass, validated when it is made."""

    def training(self, size: str) -> Training:
        """How long and how it is usually trained."""
        return Training()

    @abstractmethod
    def model(self, config: C) -> nn.Module:
        """A new network on the CPU, its first weights drawn from torch's default generator, which the loop has seeded."""

    @abstractmethod
    def batches(self, split: str, config: C, seed: int, start_step: int) -> Iterator[Any]:
        """Endless batches of split "train", the first one for step `start_step`, counted from 0.

        The batch of step k depends on (config, seed, k) alone, or a resumed training is not the one that was broken off: draw from
        `numpy.random.default_rng((seed, k))`, never from global generators. Runs on a thread of its own where batches are prefetched.

        Yields:
            tensors or numpy arrays, in dicts, tuples, lists or dataclasses; the loop moves them to the device.

        Raises:
            EngineError: the data are missing or damaged.
        """

    @abstractmethod
    def loss(self, model: nn.Module, batch: Any) -> tuple[Tensor, dict[str, Any]]:
        """The loss of one batch, a scalar tensor, and what else to log: names and numbers or scalar tensors without gradient."""

    def evaluate(self, model: nn.Module, config: C, job: Job) -> dict[str, float]:
        """Measures of the averaged model on what is held out; the model is in evaluation mode and gradients are off. Report to `job`."""
        return {}

    def export(self, model: nn.Module, config: C, folder: Path) -> tuple[Path, ...]:
        """Write what the product loads, weights first; the loop writes the card beside them. Usually NAME.safetensors and NAME.json.

        Raises:
            OutputError: it cannot be written.
        """
        from engine.training.checkpoints import export

        return export(self.name, model, config, folder)

    def said(self, config: C) -> Said:
        """What the card says beside figures, seeds and commands."""
        return Said(what=self.about)

    def turns(self, model: nn.Module) -> Mapping[str, Iterable[nn.Parameter]]:
        """Whose parameters move in each turn of a step; a model with an adversary has two turns, each with an optimiser of its own."""
        return {"model": model.parameters()}

    def turn_loss(self, model: nn.Module, batch: Any, turn: str) -> tuple[Tensor, dict[str, Any]]:
        """`loss` of one turn, where there are several."""
        return self.loss(model, batch)


# name: (module:object, what it is), so that listing loads nothing.
RECIPES: dict[str, tuple[str, str]] = {
    "encoder": ("engine.training.encoder:RECIPE", "hears phones, visemes and closed lips in speech, streaming and offline"),
    "mood": ("engine.training.mood:RECIPE", "hears the emotion of a voice"),
}


def find(name: str) -> Recipe[Any]:
    """The recipe of a name in `RECIPES`, or of one's own as MODULE:OBJECT.

    Raises:
        InvalidInput: there is none of this name, or no such module.
    """
    where = RECIPES[name][0] if name in RECIPES else name
    module_name, colon, attribute = where.partition(":")
    if not colon:
        raise InvalidInput(f"there is no recipe {name!r}", f"use one of {', '.join(sorted(RECIPES)) or '(none)'}, or your own as MODULE:OBJECT")
    try:
        recipe = getattr(importlib.import_module(module_name), attribute)
    except ModuleNotFoundError as error:
        raise InvalidInput(f"recipe {name!r} needs the module {error.name}", "see its spelling, and that Python finds it") from error
    except AttributeError as error:
        raise InvalidInput(f"{module_name} has no {attribute!r}", "name the recipe object as MODULE:OBJECT") from error
    if not isinstance(recipe, Recipe):
        raise InvalidInput(f"{where} is a {type(recipe).__name__}", "name an object of a class that extends engine.training.recipes.Recipe")
    return recipe
