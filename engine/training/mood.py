"""The mood network's recipe, and its score: one EmoDB speaker left out at a time, with nothing known of that speaker.

The loss is the squared error of scores against the class, which with as few clips of disgust as there are generalises to other speakers better
than cross-entropy (0.68 against 0.65 on the same features). Classes are drawn equally often, clips and their variants alike.

Source: squared error for classification: Rifkin and Klautau, "In Defense of One-Vs-All Classification", JMLR 5, 2004; unweighted average recall and
leaving speakers out: Schuller et al., "The INTERSPEECH 2009 Emotion Challenge", Interspeech 2009.
"""

from __future__ import annotations

import itertools
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, cast

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from engine.core.errors import InvalidInput
from engine.core.jobs import SILENT, Job
from engine.speech.mood import CLASSES, HEARD
from engine.speech.mood_net import MoodNet
from engine.training import loop, plans
from engine.training.mood_data import Clips, clips, data_folder
from engine.training.recipes import SMALL, Recipe, Said, Training


@dataclass(frozen=True)
class MoodConfig:
    """The network and its data.

    Args:
        members: networks whose scores are averaged.
        hidden: units of each.
        hidden_dropout: share of the hidden units left out.
        input_dropout: share of the features left out.
        noise: added to the normalised features, in deviations.
        batch: clips for each member.
        varied: share of them that are variants.
        variants: made of each clip.
        left_out: a speaker that is not trained on, such as "emodb03".
        temperature: of the probabilities, see `calibrated`.
        data: folder of the recordings; "" for `VIVAVOCE_DATA`.
    """

    members: int = 8
    hidden: int = 64
    hidden_dropout: float = 0.4
    input_dropout: float = 0.2
    noise: float = 0.2
    batch: int = 128
    varied: float = 0.25
    variants: int = 4
    left_out: str = ""
    temperature: float = 0.3
    data: str = ""

    def __post_init__(self) -> None:
        if min(self.members, self.hidden, self.batch) < 1 or self.variants < 0:
            raise InvalidInput("members, hidden and batch must be 1 or more, variants 0 or more", "see MoodConfig")
        for name in ("hidden_dropout", "input_dropout", "varied"):
            if not 0.0 <= getattr(self, name) < 1.0:
                raise InvalidInput(f"{name} is {getattr(self, name)}", "give a share from 0 to below 1")
        if self.temperature <= 0 or self.noise < 0:
            raise InvalidInput(f"temperature is {self.temperature}, noise {self.noise}", "give more than 0, and 0 or more")


class Mood(Recipe[MoodConfig]):
    """How the network of `engine.speech.mood` is trained."""

    name = "mood"
    about = "hears the emotion of a voice"

    def config(self, size: str) -> MoodConfig:
        """The same for both sizes: there is little to hear."""
        return MoodConfig()

    def training(self, size: str) -> Training:
        """A few hundred steps; more learn the speakers."""
        return Training(steps=250, learning_rate=3e-3, warmup_steps=60, weight_decay=0.5, clip_norm=5.0, ema_decay=0.0, evaluate_every=0, prefetch=0)

    def model(self, config: MoodConfig) -> nn.Module:
        """A new network that holds mean and deviation of the features it will be trained on."""
        known = _known(config)
        net = MoodNet(known.features.shape[-1], config.members, config.hidden, config.hidden_dropout, config.input_dropout)
        rows = known.features[:, 0]  # as they are: a scale by the variants would drown what the clips differ by
        net.mean.copy_(torch.from_numpy(rows.mean(axis=0)))
        net.scale.copy_(torch.from_numpy(rows.std(axis=0) + 1e-4))
        return net

    def batches(self, split: str, config: MoodConfig, seed: int, start_step: int) -> Iterator[dict[str, NDArray[Any]]]:
        """Features [M, B, F], targets [M, B, classes]."""
        known = _known(config)
        count, variants = known.features.shape[:2]
        of_class = [np.flatnonzero(known.labels == c) for c in range(len(CLASSES))]
        present = np.array([c for c, members in enumerate(of_class) if len(members)])
        usual = np.bincount(known.labels, minlength=len(CLASSES)) / count
        targets = (2.0 * (np.eye(len(CLASSES)) - usual)).astype(np.float32)
        shape = (config.members, config.batch)
        for step in itertools.count(start_step):
            rng = np.random.default_rng((seed, step))
            labels = present[rng.integers(0, len(present), shape)]
            which = rng.random(shape)
            clip = np.array([of_class[c][int(u * len(of_class[c]))] for c, u in zip(labels.flat, which.flat, strict=True)]).reshape(shape)
            variant = np.where(rng.random(shape) < config.varied, rng.integers(0, variants, shape), 0)
            noise = rng.normal(0.0, config.noise, (*shape, known.features.shape[-1])).astype(np.float32)
            yield {"features": known.features[clip, variant], "noise": noise, "targets": targets[labels]}

    def loss(self, model: nn.Module, batch: dict[str, Tensor]) -> tuple[Tensor, dict[str, Any]]:
        """Squared error, summed over classes and members, so that each member learns as if it were alone."""
        net = cast(MoodNet, model)
        scores = net(net.normalised(batch["features"]) + batch["noise"])
        right = (scores.argmax(-1) == batch["targets"].argmax(-1)).float().mean()
        return (scores - batch["targets"]).square().sum(dim=-1).mean(dim=1).sum(), {"right": right}

    def evaluate(self, model: nn.Module, config: MoodConfig, job: Job) -> dict[str, float]:
        """Of the speaker left out; where none is, of networks trained without each one in turn."""
        if config.left_out:
            labels, scores = _left_out(cast(MoodNet, model), config)
        else:
            labels, scores = crossed(config, job=job)
        table = confusion(labels, scores)
        return {"uar": unweighted_recall(table), **{f"recall.{name}": float(r) for name, r in zip(HEARD, recalls(table), strict=True)}}

    def said(self, config: MoodConfig) -> Said:
        """For the card."""
        return Said(
            what=f"{config.members} networks of {config.hidden} hidden units side by side, each with a linear way past them; scores are averaged",
            inputs="150 numbers that sum up 2 s of speech (engine/speech/mood_cues.py), float32 [B, 150]",
            outputs="scores of " + ", ".join(CLASSES) + ", float32 [B, 7]",
            data="EmoDB (CC0), five speakers, the first 2 s of each clip; Claire and Mark of NVIDIA's Audio2Face-3D samples (Apache-2.0); read speech as "
            "neutral: librosa's LibriSpeech clips (CC BY 4.0) and GRID speaker 1 (CC BY 4.0) without every seventh clip",
            limits="acted German above all: natural speech is less clear. `uar` is of EmoDB, one speaker left out at a time. Disgust has 12 clips, 8 of "
            "them by one speaker: its recall says little. Anger and joy are taken for each other: both are loud and high. Contempt and surprise are not "
            "known.",
        )


RECIPE = Mood()


def crossed(config: MoodConfig, training: Training | None = None, job: Job = SILENT) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
    """Labels [N] and scores [N, classes] of every EmoDB clip of the six classes, each by a network that never heard its speaker.

    Raises:
        Cancelled: the job was cancelled.
        InvalidInput: the recordings are not there.
    """
    every = clips(data_folder(config.data), config.variants)
    speakers = sorted(set(every.speakers[every.scored].tolist()))
    found = []
    for n, speaker in enumerate(speakers):
        left = replace(config, left_out=speaker)
        with tempfile.TemporaryDirectory() as folder:
            plan = plans.Plan(RECIPE, SMALL, left, training or RECIPE.training(SMALL))
            with torch.inference_mode(False), torch.enable_grad():  # an evaluation may ask for this
                loop.train(plan, Path(folder), "cpu", job=job.part(n / len(speakers), (n + 1) / len(speakers)))
            net = cast(MoodNet, RECIPE.model(left))
            net.load_state_dict(_weights(Path(folder)))
        found.append(_left_out(net, left))
    return np.concatenate([labels for labels, _ in found]), np.concatenate([scores for _, scores in found])


def confusion(labels: NDArray[np.int64], scores: NDArray[np.float32]) -> NDArray[np.int64]:
    """How often each class of `HEARD` (rows) was taken for each (columns)."""
    table = np.zeros((len(HEARD), len(HEARD)), np.int64)
    np.add.at(table, (labels, scores[:, : len(HEARD)].argmax(axis=1)), 1)
    return table


def recalls(table: NDArray[np.int64]) -> NDArray[np.float64]:
    """Share of each class that was heard as itself."""
    out: NDArray[np.float64] = np.diag(table) / np.maximum(table.sum(axis=1), 1)
    return out


def unweighted_recall(table: NDArray[np.int64]) -> float:
    """The mean of the classes' recalls."""
    return float(recalls(table).mean())


def calibrated(labels: NDArray[np.int64], scores: NDArray[np.float32]) -> float:
    """The temperature that makes left-out clips most probable, all classes counting alike, to two figures.

    Args:
        labels: int64 [N], of `HEARD`.
        scores: float32 [N, classes], by networks that never heard the speakers.
    """
    known = scores[:, : len(HEARD)].astype(np.float64)
    weights = 1.0 / np.bincount(labels, minlength=len(HEARD))[labels]

    def cost(temperature: float) -> float:
        z = known / temperature
        z -= z.max(axis=1, keepdims=True)
        return float(np.average(np.log(np.exp(z).sum(axis=1)) - z[np.arange(len(z)), labels], weights=weights))

    return min((round(0.05 * n, 2) for n in range(1, 60)), key=cost)


def _weights(folder: Path) -> dict[str, Tensor]:
    from safetensors.torch import load_file

    return load_file(folder / "mood.safetensors")


def _known(config: MoodConfig) -> Clips:
    """What may be trained on."""
    every = clips(data_folder(config.data), config.variants)
    if config.left_out and config.left_out not in every.speakers:
        raise InvalidInput(f"nobody is called {config.left_out!r}", "use one of " + ", ".join(sorted(set(every.speakers.tolist()))))
    return every.taken(every.speakers != config.left_out)


def _left_out(net: MoodNet, config: MoodConfig) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
    """Labels and scores of the clips, as they are, of the speaker who is not trained on."""
    every = clips(data_folder(config.data), config.variants)
    those = every.taken((every.speakers == config.left_out) & (every.labels < len(HEARD)))
    net.eval()
    with torch.no_grad():
        scores = net.scores(torch.from_numpy(those.features[:, 0]).to(net.mean.device)).cpu().numpy()
    return those.labels, scores
