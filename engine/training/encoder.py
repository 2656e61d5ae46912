"""`vivavoce train encoder`: the recipe of the speech encoder, both networks side by side on the same batches."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional

from engine.core import assets
from engine.core.errors import InvalidInput
from engine.core.jobs import Job
from engine.speech.encoder_net import BANDS, EncoderConfig, EncoderNet, NetConfig, both_ways
from engine.speech.phonemes import VISEME_CLASSES
from engine.speech.phonemes import features as articulation
from engine.speech.sounds import PHONES, jaw_of
from engine.training import checkpoints, encoder_sources
from engine.training.encoder_mix import Mix, batch, plain
from engine.training.encoder_store import UNKNOWN, Source
from engine.training.recipes import FULL, Recipe, Said, Training

# How often a batch draws from each source; what is not there is left out and the rest keep their proportions.
SHARES = (
    ("readings", 0.08), ("grid_s1", 0.07), ("autovot", 0.04), ("ema_de", 0.006), ("emodb", 0.14), ("heard", 0.05), ("hibari", 0.10), ("accents", 0.13),
    ("piper", 0.11), ("flite", 0.07), ("festival", 0.11), ("espeak", 0.08), ("stage", 0.06),
)  # fmt: skip
_VISEME, _PHONE = 1.0, 1.0  # weights in the loss
_WEIGHTS = {"closure": 1.0, "voiced": 0.3, "rounding": 0.3, "jaw": 1.0, "pitch": 0.3, "level": 0.1}
_SMOOTHING = 0.08
_N, _V = len(PHONES), len(VISEME_CLASSES)


@dataclass(frozen=True)
class EncoderTraining:
    """What is trained on what.

    Args:
        net: both networks.
        store: folder of the packed sources, made where it is missing; empty for the user's cache.
        shares: how often each source is drawn.
        left_out: speakers that are not trained on, such as "emodb03".
        watched: sources whose clips are measured while training.
        start: weights to begin from instead of random ones; empty for none.
        batch: stretches in one batch.
        frames: of one stretch.
        blanks: how often bands and moments of a stretch are blanked.
    """

    net: EncoderConfig = field(default_factory=EncoderConfig)
    store: str = ""
    shares: tuple[tuple[str, float], ...] = SHARES
    left_out: tuple[str, ...] = ()
    watched: tuple[str, ...] = ("readings", "emodb")
    start: str = ""
    batch: int = 24
    frames: int = 320
    blanks: int = 1

    def __post_init__(self) -> None:
        if self.batch < 1 or self.frames < 20 or self.frames % 2:
            raise InvalidInput(f"a batch of {self.batch} stretches of {self.frames} frames", "give at least one, and an even number of frames from 20")
        if not self.shares or any(share < 0 for _, share in self.shares) or not any(share for _, share in self.shares):
            raise InvalidInput("no source has a share", "give the shares of some sources, above 0")

    @property
    def folder(self) -> Path:
        """Where the packed sources are."""
        return Path(self.store) if self.store else assets.user_cache() / "encoder"


@lru_cache(maxsize=8)
def _tables(device: torch.device) -> tuple[Tensor, Tensor, Tensor]:
    """Voiced, rounding and jaw of each phone, float32 [P], on a device."""
    phones = [articulation(phone) for phone in PHONES]
    rows = ([p.voiced for p in phones], [p.rounding for p in phones], [jaw_of(name) for name in PHONES])
    return tuple(torch.tensor(row, dtype=torch.float32, device=device) for row in rows)  # type: ignore[return-value]


def _known(loss: Tensor, known: Tensor) -> Tensor:
    """Mean of a loss [B, F] where `known`."""
    return (loss * known).sum() / known.sum().clamp(min=1)


def net_loss(logits: Tensor, wanted: dict[str, Tensor]) -> tuple[Tensor, dict[str, Tensor]]:
    """Loss of one network.

    Args:
        logits: [B, F, HEADS].
        wanted: from `encoder_mix.batch`.

    Returns:
        The weighted sum, and its parts.
    """
    phones, visemes = logits[..., :_N], logits[..., _N : _N + _V]
    closure, voiced, rounding, jaw, pitch, level = logits[..., _N + _V :].unbind(-1)
    known = (wanted["phones"] >= 0).float()
    of = wanted["phones"].clamp(min=0)
    tables = [table[of] for table in _tables(of.device)]
    shut = torch.nan_to_num(wanted["closure"])
    sounding = torch.isfinite(wanted["pitch"]).float()
    parts = {
        "phone": functional.cross_entropy(phones.flatten(0, 1), wanted["phones"].flatten(), ignore_index=-100, label_smoothing=_SMOOTHING),
        "viseme": functional.cross_entropy(visemes.flatten(0, 1), wanted["visemes"].flatten(), ignore_index=-100, label_smoothing=_SMOOTHING),
        "closure": _known(functional.binary_cross_entropy_with_logits(closure, shut, reduction="none"), torch.isfinite(wanted["closure"]).float()),
        "voiced": _known(functional.binary_cross_entropy_with_logits(voiced, tables[0], reduction="none"), known),
        "rounding": _known(functional.binary_cross_entropy_with_logits(rounding, tables[1], reduction="none"), known),
        "jaw": _known((torch.sigmoid(jaw) - tables[2]).square(), known),
        "pitch": _known((pitch - torch.nan_to_num(wanted["pitch"])).abs().clamp(max=2), sounding),
        "level": functional.smooth_l1_loss(level, wanted["level"]),
    }
    total = _PHONE * parts["phone"] + _VISEME * parts["viseme"] + sum(weight * parts[name] for name, weight in _WEIGHTS.items())
    return total, parts


def drawn(config: EncoderTraining) -> dict[str, tuple[Source, np.ndarray]]:
    """The sources that training draws from, each with the clips it may use.

    Raises:
        InvalidInput: none is there.
    """
    sources = encoder_sources.ready(config.folder, [name for name, share in config.shares if share])
    found = {name: (source, source.without(config.left_out)) for name, source in sources.items()}
    found = {name: (source, clips) for name, (source, clips) in found.items() if len(clips)}
    if not found:
        raise InvalidInput(f"there is nothing to train on in {config.folder}", "set VIVAVOCE_DATA, or install flite, festival or eSpeak NG's voices")
    return found


def accuracy(net: EncoderNet, source: Source, clips: np.ndarray) -> dict[str, float]:
    """Share of labelled frames with the right viseme class, by each network, over whole clips."""
    right = {"streaming": 0, "offline": 0}
    total = 0
    device = next(net.parameters()).device
    for clip in clips:
        first, last = int(source.starts[clip]), int(source.starts[clip + 1])
        causal, both = plain(source.samples[first * 160 : last * 160].astype(np.float32) / 32768.0)
        wanted = source.labels[first : first + len(causal), 1]
        known = wanted != UNKNOWN
        total += int(known.sum())
        for name, part, mel in (("streaming", net.streaming, causal), ("offline", net.offline, both)):
            logits = part(torch.from_numpy(mel).to(device)[None])[0, :, _N : _N + _V]
            best = logits.argmax(1).cpu().numpy()
            right[name] += int((best == wanted)[known].sum())
    return {name: count / max(total, 1) for name, count in right.items()}


class EncoderRecipe(Recipe[EncoderTraining]):
    """The speech encoder."""

    name = "encoder"
    about = "speech encoder: phones, visemes, lip closure and prosody from sound, streaming and offline"

    def config(self, size: str) -> EncoderTraining:
        """Small: 0.6 M weights a network; full: 2.4 M."""
        if size == FULL:
            net = NetConfig(288, (1, 1, 2, 4, 8, 1, 2, 4, 8), (1, 1, 0, 0, 0, 0, 0, 0, 0))
            return EncoderTraining(EncoderConfig(net, both_ways(net)), batch=64)
        return EncoderTraining()

    def training(self, size: str) -> Training:
        """Small fits an hour on two cores."""
        steps = 40000 if size == FULL else 4000
        return Training(steps=steps, learning_rate=2e-3, warmup_steps=100, weight_decay=0.02, ema_decay=0.998, evaluate_every=500, checkpoint_every=250)

    def model(self, config: EncoderTraining) -> nn.Module:
        """New weights, or those of `start`."""
        net = EncoderNet(config.net)
        if config.start:
            checkpoints.check_architecture(Path(config.start), net.state_dict(), load_file(config.start))
            net.load_state_dict({name: value.float() for name, value in load_file(config.start).items()})
        return net

    def batches(self, split: str, config: EncoderTraining, seed: int, start_step: int) -> Iterator[Any]:
        """Augmented stretches; see `encoder_mix`."""
        sources, mix, step = drawn(config), Mix(config.frames, config.shares, blanks=config.blanks), start_step
        while True:
            yield batch(sources, mix, config.batch, np.random.default_rng((seed, step)))
            step += 1

    def loss(self, model: nn.Module, batch: Any) -> tuple[Tensor, dict[str, Any]]:
        """The sum of both networks' losses."""
        assert isinstance(model, EncoderNet)
        # bfloat16 is two to three times as fast on CPUs that have it; of a GPU's precision the loop has decided.
        with torch.autocast("cpu", torch.bfloat16, enabled=batch["causal"].device.type == "cpu"):
            causal, both = model.streaming(batch["causal"]), model.offline(batch["both"])
        streaming, parts = net_loss(causal.float(), batch)
        offline, ahead = net_loss(both.float(), batch)
        return streaming + offline, {**parts, "offline viseme": ahead["viseme"], "offline phone": ahead["phone"]}

    def evaluate(self, model: nn.Module, config: EncoderTraining, job: Job) -> dict[str, float]:
        """Frame accuracy over the viseme classes on the watched sources."""
        assert isinstance(model, EncoderNet)
        measures = {}
        for name, source in encoder_sources.ready(config.folder, config.watched).items():
            job.check()
            clips = np.arange(len(source.names))[:: max(1, len(source.names) // 60)]
            if config.left_out and any(speaker in config.left_out for speaker in source.speakers):
                clips = np.array([i for i, speaker in enumerate(source.speakers) if speaker in config.left_out])
            for part, value in accuracy(model, source, clips).items():
                measures[f"{name} {part}"] = value
        return measures

    def export(self, model: nn.Module, config: EncoderTraining, folder: Path) -> tuple[Path, ...]:
        """Weights in half precision and the networks' config."""
        half = {name: value.half() for name, value in model.state_dict().items()}
        return checkpoints.export(self.name, model, config.net, folder, half)

    def said(self, config: EncoderTraining) -> Said:
        """For the card."""
        return Said(
            what="two dilated convolution networks over log-mel frames, one that looks 87.5 ms ahead and one that looks both ways",
            inputs=f"log-mel [F, {BANDS}] at 100 Hz of 16 kHz sound, a running mean taken off (`engine.speech.melframes`)",
            outputs=f"per 10 ms: {_N} phones, {_V} visemes, lips shut, voiced, rounding, jaw, pitch, level (`engine.speech.encoder.Tokens`)",
            data=encoder_sources.said(config.folder, [name for name, share in config.shares if share], config.left_out),
            limits="trained on few people; Italian and Finnish were never heard in training; acted and noisy speech is understood less well",
        )


RECIPE = EncoderRecipe()
