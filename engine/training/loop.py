"""The one loop that trains every model: `train(plan, folder)`.

After any number of steps the training is a `State`, and what follows depends on it alone: batch k is drawn from (seed, k), torch's generator is
seeded anew from (seed, k) before step k, the learning rate is a function of k. So a training that was killed and resumed ends, on a CPU with as
many threads, in the same bits as one that was not. On CUDA the order of sums is the GPU's, and the same seed gives nearly the same.

Source: averaged weights: Polyak and Juditsky, SIAM J. Control Optim. 30(4), 1992, exponential, with the shorter memory at the beginning of
TensorFlow's ExponentialMovingAverage; AdamW: Loshchilov and Hutter, ICLR 2019; cosine: Loshchilov and Hutter, ICLR 2017; clipping: Pascanu et al.,
ICML 2013; mixed precision: Micikevicius et al., ICLR 2018.
"""

from __future__ import annotations

import copy
import logging
import math
import time
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn

from engine.core.errors import Cancelled, InvalidInput, OutOfMemory
from engine.core.jobs import SILENT, Job
from engine.core.output import writing
from engine.project import codec, lock
from engine.training import cards, checkpoints
from engine.training.checkpoints import State
from engine.training.devices import device_of
from engine.training.feeding import Feed, to_device
from engine.training.log import HELD_OUT, TRAIN, Log
from engine.training.plans import Plan
from engine.training.recipes import Recipe, Training

_EVALUATED = 0.3  # of the progress bar's step that an evaluation takes; it has no length of its own
_LEAST_SCALE = 1e-3  # of the gradient scaler: a gradient that overflows with less is not finite for another reason
_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Trained:
    """What a training gave.

    Args:
        folder: where all of it lies.
        files: exported weights, config and card.
        measures: of the last evaluation.
        steps: batches.
        skipped: of them, those that were not finite.
        seconds: spent, over all parts of a training that was broken off.
    """

    folder: Path
    files: tuple[Path, ...]
    measures: dict[str, float]
    steps: int
    skipped: int
    seconds: float


def train(plan: Plan, folder: Path, device: str = "", resume: bool = False, job: Job = SILENT) -> Trained:
    """Train to the end, evaluate, export and write the card.

    Args:
        plan: what and how.
        folder: gets config.json, checkpoint.pt, log.csv, and at the end the weights with their config and card; made where it is missing.
        device: "cpu", "cuda", "cuda:1", "mps"; empty for CUDA where there is a GPU, else the CPU.
        resume: go on from the folder's checkpoint; begin where there is none.
        job: reports after each step; cancelled, it leaves a checkpoint and raises.

    Raises:
        Cancelled: somebody asked to stop.
        InvalidInput: the device is not there; the folder holds a training and `resume` is not set, or another process trains into it; the
            checkpoint is damaged, of another recipe, config or architecture; the losses are not finite.
        OutputError: the disk is full, or the folder cannot be written.
        OutOfMemory: the GPU has too little memory.
    """
    where = device_of(device)
    with writing(folder):
        folder.mkdir(parents=True, exist_ok=True)
    with _alone(folder):
        found = checkpoints.load(folder)
        if found is not None and not resume:
            raise InvalidInput(f"{folder} holds a training of {found.recipe!r} at step {found.step}", "go on with --resume, or choose another folder")
        if found is None and resume:
            _log.warning("there is no checkpoint in %s yet: the training begins", folder)
        try:
            with torch.random.fork_rng(devices=[where.index] if where.type == "cuda" else []):
                return _Training(plan, folder, where, found).run(job)
        except torch.cuda.OutOfMemoryError as error:
            raise OutOfMemory(f"{where} has too little memory for this training", "make the batch or the model smaller in the config") from error


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """The folder's only training, while the block runs; a lock of a process that was killed is none.

    Raises:
        InvalidInput: another training writes there.
    """
    held = lock.acquire(folder.resolve() / checkpoints.NAME)
    if isinstance(held, lock.Refusal) and held.holder is not None:
        raise InvalidInput(f"{folder} is being trained into: {held.reason}", "wait until it is done, or choose another folder")
    try:
        yield
    finally:
        if isinstance(held, lock.ProjectLock):  # not where the drive knows no locks
            held.release()


@dataclass
class _Turn:
    """One optimiser and the parameters that it moves."""

    name: str
    parameters: list[nn.Parameter]
    optimizer: torch.optim.Optimizer


@dataclass
class _Sums:
    """What is logged as a mean over the steps since the last row; kept on the device, so that a step waits for nothing."""

    values: dict[str, Tensor] = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=dict)

    def add(self, name: str, value: Any) -> None:
        number = value.detach() if isinstance(value, Tensor) else torch.tensor(value, dtype=torch.float64)
        number = (number.cpu() if number.is_mps else number).double()  # a Mac's GPU has no float64
        self.values[name] = self.values[name] + number if name in self.values else number
        self.counts[name] = self.counts.get(name, 0) + 1

    def means(self) -> dict[str, float]:
        return {name: float(value) / self.counts[name] for name, value in self.values.items()}


class _Training:
    """A training in progress."""

    def __init__(self, plan: Plan, folder: Path, device: torch.device, found: State | None) -> None:
        self.recipe: Recipe[Any] = plan.recipe
        self.plan, self.folder, self.device = plan, folder, device
        self.settings: Training = plan.training
        _seed(self.settings.seed, 0)
        self.model = self.recipe.model(plan.config).to(device).train()
        self.averaged = _copied(self.model) if self.settings.ema_decay else self.model
        self.turns = [_turn(name, parameters, self.settings) for name, parameters in self.recipe.turns(self.model).items()]
        self.half = _half(device) if self.settings.mixed else None
        self.scaler = torch.amp.GradScaler(device.type, enabled=self.half == torch.float16)
        self.state = State(plan.recipe.name, codec.dumps(codec.encode(plan.config)), codec.dumps(codec.encode(plan.training)))
        self.sums, self.bad, self.since, self.last = _Sums(), 0, time.monotonic(), ""
        if found is not None:
            self._restore(found)

    # --- the whole ---------------------------------------------------------------------------------------------------------------

    def run(self, job: Job) -> Trained:
        """All steps that are left, then evaluation, export and card."""
        settings, state = self.settings, self.state
        self.plan.write(self.folder)

        def batches() -> Any:
            return self.recipe.batches("train", self.plan.config, settings.seed, state.step)

        with Log(self.folder, state.step, state.measured_step) as log, Feed(batches, settings.prefetch if state.step < settings.steps else 0, job) as feed:
            try:
                while True:
                    self._between(log, job)
                    if state.step >= settings.steps:
                        break
                    job.report(state.step, settings.steps, f"step {state.step}{self.last}")
                    self._step(_next(feed, self.recipe))
                    self._log_row(log)
            except Cancelled:
                if not self.bad:
                    self._save()
                    _log.warning("stopped after step %d, which %s keeps; go on with --resume", state.step, self.folder)
                raise
        files = self.recipe.export(self._shown(), self.plan.config, self.folder)
        card = cards.write(self.plan, self._snapshot(), files[0], self.device)
        job.report(settings.steps, settings.steps, "done")
        return Trained(self.folder, (*files, card), dict(state.measures), state.step, state.skipped, self._seconds())

    def _between(self, log: Log, job: Job) -> None:
        """What is due after a step and before the next: evaluation and checkpoint."""
        state, settings = self.state, self.settings
        last = state.step >= settings.steps
        due = state.step > 0 and (last or (settings.evaluate_every > 0 and state.step % settings.evaluate_every == 0))
        if due and state.measured_step != state.step:
            part = job.part(state.step / settings.steps, min(1.0, (state.step + _EVALUATED) / settings.steps))
            with torch.no_grad():
                state.measures = {name: float(value) for name, value in self.recipe.evaluate(self._shown(), self.plan.config, part).items()}
            state.measured_step = state.step
            self.model.train()
            log.write(state.step, HELD_OUT, state.measures)
        if state.step and not self.bad and (last or state.step % settings.checkpoint_every == 0):
            self._save()

    # --- one step ----------------------------------------------------------------------------------------------------------------

    def _step(self, batch: Any) -> None:
        """One batch: each turn's loss, gradient and optimiser, then the averaged weights."""
        state = self.state
        _seed(self.settings.seed, state.step + 1)
        batch = to_device(batch, self.device)
        good = True
        for turn in self.turns:
            good = self._turn(turn, batch) and good
        if good and self.settings.ema_decay:
            _average(self.averaged, self.model, min(self.settings.ema_decay, (1 + state.step) / (10 + state.step)))
        state.step += 1
        self.bad = 0 if good else self.bad + 1
        if not good:
            state.skipped += 1
            self._doubt()

    def _turn(self, turn: _Turn, batch: Any) -> bool:
        """One turn; False where it was skipped because its loss or gradient is not finite."""
        self.model.zero_grad(set_to_none=True)
        with self._precision():
            loss, more = self.recipe.turn_loss(self.model, batch, turn.name)
        if loss.ndim:
            raise InvalidInput(f"the loss of {self.recipe.name!r} is of shape {list(loss.shape)}", "let the recipe give a scalar")
        if not bool(torch.isfinite(loss)):
            return False
        self.scaler.scale(loss).backward()  # type: ignore[no-untyped-call]
        self.scaler.unscale_(turn.optimizer)
        norm = nn.utils.clip_grad_norm_(turn.parameters, self.settings.clip_norm or math.inf)
        rate = _rate(self.settings, self.state.step)
        for group in turn.optimizer.param_groups:
            group["lr"] = rate
        finite = bool(torch.isfinite(norm))
        if finite or self.scaler.is_enabled():  # the scaler itself leaves out a step whose gradient overflowed, and scales less from then on
            self.scaler.step(turn.optimizer)
            self.scaler.update()
        if finite:
            prefix = "" if len(self.turns) == 1 else f"{turn.name} "
            for name, value in {"loss": loss, **more, "gradient": norm, "learning rate": rate}.items():
                self.sums.add(prefix + name, value)
        return finite or (self.scaler.is_enabled() and self.scaler.get_scale() > _LEAST_SCALE)

    def _doubt(self) -> None:
        """Say that a batch was skipped; give up after too many."""
        state, allowed = self.state, self.settings.bad_steps
        if self.bad <= allowed:
            _log.warning("step %d was skipped: its loss or gradient is not finite (%d in a row, %d are allowed)", state.step, self.bad, allowed)
            return
        kept = checkpoints.load(self.folder)
        there = f"the checkpoint of step {kept.step} stays in {self.folder}" if kept is not None else "there is no checkpoint yet"
        remedy = "look at the data of these steps, or train with a smaller training.learning_rate or training.clip_norm"
        raise InvalidInput(f"the loss of {self.recipe.name!r} is not finite at step {state.step}, {self.bad} in a row; {there}", remedy)

    def _precision(self) -> AbstractContextManager[Any]:
        return torch.autocast(self.device.type, self.half or torch.bfloat16, enabled=self.half is not None)

    def _log_row(self, log: Log) -> None:
        if self.state.step % self.settings.log_every == 0 or self.state.step == self.settings.steps:
            means = self.sums.means()
            log.write(self.state.step, TRAIN, {**means, "skipped": float(self.state.skipped)})
            self.last = "".join(f", {name} {means[name]:.4g}" for name in means if name.endswith("loss"))
            self.sums = _Sums()

    # --- what is kept ------------------------------------------------------------------------------------------------------------

    def _shown(self) -> nn.Module:
        return self.averaged.eval()

    def _seconds(self) -> float:
        return self.state.seconds + time.monotonic() - self.since

    def _snapshot(self) -> State:
        state = copy.copy(self.state)
        state.seconds = self._seconds()
        state.model = self.model.state_dict()
        state.averaged = self.averaged.state_dict() if self.settings.ema_decay else {}
        state.optimizers = {turn.name: turn.optimizer.state_dict() for turn in self.turns}
        state.scaler = self.scaler.state_dict()
        state.sums = {name: (float(value), self.sums.counts[name]) for name, value in self.sums.values.items()}
        return state

    def _save(self) -> None:
        checkpoints.save(self.folder, self._snapshot())

    def _restore(self, found: State) -> None:
        """Go on where a checkpoint ends.

        Raises:
            InvalidInput: it is of another recipe, config or architecture.
        """
        path, state = self.folder / checkpoints.NAME, self.state
        if found.recipe != state.recipe:
            raise InvalidInput(f"{path} is of recipe {found.recipe!r}, not {state.recipe!r}", "choose another folder")
        checkpoints.check_architecture(path, self.model.state_dict(), found.model)
        if found.config != state.config:
            raise InvalidInput(f"{path} was trained with another config", "leave --config and --set out to go on with its own, or choose another folder")
        if set(found.optimizers) != {turn.name for turn in self.turns}:
            raise InvalidInput(f"{path} has the turns {', '.join(found.optimizers)}", "it is of another version of this recipe: choose another folder")
        if found.training != state.training:
            _log.warning("the settings of the training have changed since step %d: the rest goes by the new ones", found.step)
        self.model.load_state_dict(found.model)
        if self.settings.ema_decay:
            self.averaged.load_state_dict(found.averaged or found.model)
        for turn in self.turns:
            turn.optimizer.load_state_dict(found.optimizers[turn.name])
        if found.scaler and self.scaler.is_enabled():
            self.scaler.load_state_dict(found.scaler)
        self.sums = _Sums({n: torch.tensor(v, dtype=torch.float64) for n, (v, _) in found.sums.items()}, {n: c for n, (_, c) in found.sums.items()})
        self.state = copy.copy(found)
        self.state.config, self.state.training = state.config, state.training


# --- parts -------------------------------------------------------------------------------------------------------------------------


def _seed(seed: int, step: int) -> None:
    """Seed torch's generators for one step; 0 is the first weights."""
    torch.manual_seed(int(np.random.SeedSequence((seed, step)).generate_state(1, np.uint64)[0] >> np.uint64(1)))


def _rate(settings: Training, step: int) -> float:
    """Learning rate of the batch of a step."""
    rise = min(1.0, (step + 1) / (settings.warmup_steps + 1))
    if settings.schedule == "constant":
        return settings.learning_rate * rise
    along = min(1.0, max(0, step - settings.warmup_steps) / max(1, settings.steps - settings.warmup_steps))
    fall = settings.final_share + (1 - settings.final_share) * 0.5 * (1 + math.cos(math.pi * along))
    return settings.learning_rate * rise * fall


def _turn(name: str, parameters: Iterable[nn.Parameter], settings: Training) -> _Turn:
    own = [p for p in parameters if p.requires_grad]
    groups = [
        {"params": [p for p in own if p.ndim > 1], "weight_decay": settings.weight_decay},
        {"params": [p for p in own if p.ndim <= 1], "weight_decay": 0.0},
    ]
    return _Turn(name, own, torch.optim.AdamW([g for g in groups if g["params"]], lr=settings.learning_rate, betas=settings.betas))


def _copied(model: nn.Module) -> nn.Module:
    """A copy that gradients do not reach."""
    return copy.deepcopy(model).requires_grad_(False).eval()


@torch.no_grad()
def _average(averaged: nn.Module, model: nn.Module, decay: float) -> None:
    """averaged <- decay averaged + (1 - decay) model; buffers are taken over."""
    torch._foreach_lerp_(list(averaged.parameters()), list(model.parameters()), 1 - decay)
    for kept, now in zip(averaged.buffers(), model.buffers(), strict=True):
        kept.copy_(now)


def _half(device: torch.device) -> torch.dtype | None:
    """The half precision that a device is good at."""
    if device.type != "cuda":
        return None
    with torch.cuda.device(device):  # another GPU of the machine may be older
        return torch.bfloat16 if torch.cuda.is_bf16_supported(including_emulation=False) else torch.float16


def _next(feed: Feed, recipe: Recipe[Any]) -> Any:
    try:
        return feed.next()
    except StopIteration:
        raise InvalidInput(f"the batches of {recipe.name!r} have come to an end", "let the recipe's batches begin again") from None
