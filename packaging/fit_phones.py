"""Train the network of `engine.speech.posteriors` and write `assets/models/phones.npz`.

    python packaging/fit_phones.py EMODB_FOLDER

Speech: four voices of flite 2.2 (Debian's `flite`; slt, rms, awb, kal16: built from people's recordings) saying random words of
pocketsphinx's dictionary, each line with its own speed, pitch, tilt, room and noise, and with the phone times flite prints; and
EmoDB (CC0), hand-labelled. Takes about ten minutes on two cores. Prints the frame accuracy on EmoDB's first speaker before the last
fit, which includes everyone.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import scipy.signal
import soxr
import torch
from torch import nn

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from pocketsphinx import get_model_path

from engine.speech.files import open_sound
from engine.speech.labels import Labels, read_emodb
from engine.speech.phonemes import from_arpabet, to_arpabet
from engine.speech.posteriors import DILATIONS, EVIDENCE_COUNT, INDEX, SYMBOLS, evidence, read_costs
from engine.speech.sphinx_worker import Decoders

RATE = 16000
LINES = {"slt": 200, "rms": 200, "awb": 160, "kal16": 160}
HIDDEN, TAPS, EPOCHS, BATCH, LENGTH = 96, 5, 4, 32, 150
NOT_ARPABET = {"pau": "", "h#": "", "ssil": "", "brth": "", "ax": "ə", "axr": "ɚ"}


@dataclass(frozen=True)
class Example:
    """One recording: who speaks, evidence [T, EVIDENCE_COUNT], and the symbol of each frame, -1 where there is none."""

    speaker: str
    evidence: np.ndarray
    symbol: np.ndarray


class Listener:
    """Evidence as the product computes it."""

    def __init__(self, scratch: Path) -> None:
        self._scratch = scratch
        self._decoders = Decoders(scratch)

    def __call__(self, samples: np.ndarray) -> np.ndarray:
        """Evidence [T, EVIDENCE_COUNT] of float32 [S] at 16 kHz."""
        decoder = self._decoders._decoder("allphone")
        pcm = (np.clip(samples, -1, 1) * 32767).astype("<i2")
        self._decoders._pass(decoder, pcm.tobytes())
        log = max(self._scratch.glob("*.sen"))
        costs = read_costs(log)
        log.unlink()
        return evidence(costs, pcm.astype(np.float32) / 32767, self._decoders._phones(decoder))


def frame_symbols(labels: list[tuple[str, float, float]], count: int) -> np.ndarray:
    """Index into SYMBOLS at each frame's middle; a label of several symbols is divided evenly, "+" continues."""
    middles = (np.arange(count) + 0.5) * 0.01
    out, last = np.full(count, -1), 0
    for label, start, end in labels:
        names = ("SIL",) if label == "" else to_arpabet(label) if label != "+" else (SYMBOLS[last],)
        edges = np.linspace(start, end, len(names) + 1)
        for name, a, b in zip(names, edges[:-1], edges[1:], strict=True):
            last = INDEX[name]
            out[(middles >= a) & (middles < b)] = last
    return out


def varied(samples: np.ndarray, speed: float, random: np.random.Generator) -> np.ndarray:
    """Another speaker, another room, another microphone."""
    out = soxr.resample(samples / max(np.abs(samples).max(), 1e-3) * random.uniform(0.1, 0.9), RATE, int(RATE * speed))
    out = scipy.signal.lfilter([1, random.uniform(-0.5, 0.5)], [1], out)
    if random.random() < 0.4:
        echo = np.zeros(RATE // 4)
        echo[0] = 1
        at = random.integers(160, len(echo), 60)
        echo[at] += random.normal(0, 0.12, 60) * np.exp(-at / 1500)
        out = scipy.signal.fftconvolve(out, echo)[: len(out)]
    out = out + random.normal(0, 10 ** random.uniform(-4.5, -2.0), len(out))
    return (out / max(1, np.abs(out).max())).astype(np.float32)


def synthetic(listen: Listener, folder: Path) -> Iterator[Example]:
    """Lines of random words by flite's voices."""
    with Path(get_model_path("en-us/cmudict-en-us.dict")).open(encoding="utf-8") as file:
        words = [w for w in (line.split()[0] for line in file) if w.isascii() and w.isalpha() and 2 <= len(w) <= 10]
    for seed, (voice, lines) in enumerate(LINES.items()):
        random = np.random.default_rng(seed)
        for _ in range(lines):
            text = " ".join(random.choice(words, random.integers(5, 11)))
            path, speed = folder / "line.wav", random.uniform(0.88, 1.14)
            command = ["flite", "-voice", voice, "-psdur", "--setf", f"duration_stretch={random.uniform(0.75, 1.2):.2f}", "-t", text + ".", "-o", str(path)]
            said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
            ends = [(name, float(end) * speed) for name, _, end in (item.rpartition(":") for item in said.split())]
            names = [NOT_ARPABET[name] if name in NOT_ARPABET else from_arpabet(name) for name, _ in ends]
            times = [0.0, *(end for _, end in ends)]
            found = listen(varied(open_sound(path).mono(RATE), speed, random))
            yield Example(voice, found, frame_symbols(list(zip(names, times[:-1], times[1:], strict=True)), len(found)))


def acted(listen: Listener, folder: Path) -> Iterator[Example]:
    """EmoDB's recordings."""
    for path in sorted((folder / "wav").glob("*.wav")):
        for lablaut in sorted((folder / "lablaut").glob(path.stem + "*.lablaut"))[:1]:
            labels: Labels = read_emodb(lablaut)
            if len(labels.spans) < 5:
                continue
            found = listen(open_sound(path).mono(RATE))
            rows = [(label, float(a), float(b)) for label, (a, b) in zip(labels.ipa, labels.spans, strict=True)]
            yield Example("emodb" + path.stem[:2], found, frame_symbols(rows, len(found)))


class Network(nn.Module):
    """The network of `engine.speech.posteriors` with dropout."""

    def __init__(self) -> None:
        super().__init__()
        self.first = nn.Conv1d(EVIDENCE_COUNT, HIDDEN, 1)
        self.context = nn.ModuleList(nn.Conv1d(HIDDEN, HIDDEN, TAPS, padding=TAPS // 2 * d, dilation=d) for d in DILATIONS)
        self.last = nn.Conv1d(HIDDEN, len(SYMBOLS), 1)
        self.dropout = nn.Dropout(0.2)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """[B, EVIDENCE_COUNT, T] -> logits [B, 40, T]."""
        x = self.dropout(torch.relu(self.first(x)))
        for layer in self.context:
            x = x + self.dropout(torch.relu(layer(x)))
        return self.last(x)


def scale(found: list[Example]) -> tuple[np.ndarray, np.ndarray]:
    """Mean and spread of the evidence; the chosen phones keep their 0 and 1, made larger."""
    every = np.concatenate([e.evidence for e in found])
    mean, spread = every.mean(0), every.std(0) + 1e-3
    mean[-len(SYMBOLS) :], spread[-len(SYMBOLS) :] = 0, 0.3
    return mean.astype(np.float32), spread.astype(np.float32)


def fit(found: list[Example], mean: np.ndarray, spread: np.ndarray) -> Network:
    """Train on stretches of a second and a half, with noise, and without the chosen phones in 3 of 10."""
    torch.manual_seed(0)
    random = np.random.default_rng(0)
    pieces = [((e.evidence[a : a + LENGTH] - mean) / spread, e.symbol[a : a + LENGTH]) for e in found for a in range(0, len(e.evidence), LENGTH)]
    network = Network()
    optimiser = torch.optim.AdamW(network.parameters(), 2e-3, weight_decay=1e-2)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, 4e-3, total_steps=EPOCHS * (len(pieces) // BATCH) + 1)
    for _ in range(EPOCHS):
        order = random.permutation(len(pieces))
        for first in range(0, len(pieces) - BATCH + 1, BATCH):
            x, y = np.zeros((BATCH, LENGTH, EVIDENCE_COUNT), np.float32), np.full((BATCH, LENGTH), -1)
            for row, index in enumerate(order[first : first + BATCH]):
                piece, symbol = pieces[index]
                x[row, : len(piece)] = piece + random.normal(0, 0.1, piece.shape)
                y[row, : len(symbol)] = symbol
                if random.random() < 0.3:
                    x[row, :, -len(SYMBOLS) :] = 0
            logits = network(torch.tensor(x).transpose(1, 2))
            loss = nn.functional.cross_entropy(logits, torch.tensor(y), ignore_index=-1, label_smoothing=0.05)
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
            schedule.step()
    return network.eval()


def accuracy(network: Network, found: list[Example], mean: np.ndarray, spread: np.ndarray) -> float:
    """Share of frames with the right symbol of 40."""
    right = total = 0
    for e in found:
        with torch.no_grad():
            best = network(torch.tensor((e.evidence - mean) / spread).T[None])[0].argmax(0).numpy()
        right += int((best == e.symbol)[e.symbol >= 0].sum())
        total += int((e.symbol >= 0).sum())
    return right / max(total, 1)


def main() -> None:
    """Listen, fit, report, write."""
    torch.set_num_threads(2)
    with tempfile.TemporaryDirectory() as scratch, tempfile.TemporaryDirectory() as folder:
        listen = Listener(Path(scratch))
        made = list(synthetic(listen, Path(folder)))
        real = list(acted(listen, Path(sys.argv[1])))
    mean, spread = scale(made)
    held = [e for e in real if e.speaker == "emodb03"]
    print(f"{sum(len(e.evidence) for e in made) / 100:.0f} s synthetic, {sum(len(e.evidence) for e in real) / 100:.0f} s acted")
    partial = fit(made + 2 * [e for e in real if e.speaker != "emodb03"], mean, spread)
    print(f"frames right, 40 symbols, the speaker kept out: {accuracy(partial, held, mean, spread):.3f}")
    network = fit(made + 2 * real, mean, spread)
    weights = {name: value.detach().numpy() for name, value in network.state_dict().items()}
    arrays = {"mean": mean, "spread": spread, "in": weights["first.weight"][:, :, 0], "in_bias": weights["first.bias"]}
    arrays |= {"out": weights["last.weight"][:, :, 0], "out_bias": weights["last.bias"]}
    for i in range(len(DILATIONS)):
        arrays |= {f"conv{i}": weights[f"context.{i}.weight"], f"conv{i}_bias": weights[f"context.{i}.bias"]}
    target = Path(__file__).resolve().parents[1] / "assets" / "models" / "phones.npz"
    np.savez_compressed(target, **{name: value.astype(np.float16) for name, value in arrays.items()})
    print(f"{sum(v.size for v in arrays.values())} weights, {target.stat().st_size / 1024:.0f} kB")


if __name__ == "__main__":
    main()
