"""How probable each English phone is in each frame: a small network beside pocketsphinx's own models.

It reads what the models score for every frame (the costs of all context-independent states, which pocketsphinx writes to a file
when asked), the spectrum, and the phones that the search chose, and judges them anew with 170 ms of context. Weights and their
making: `assets/models/phones.md`, `packaging/fit_phones.py`.

Source: the tandem arrangement of Hermansky, Ellis and Sharma, ICASSP 2000, turned round: a network after the mixtures.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np

from engine.core import assets

SYMBOLS: tuple[str, ...] = tuple(
    "SIL AA AE AH AO AW AY B CH D DH EH ER EY F G HH IH IY JH K L M N NG OW OY P R S SH T TH UH UW V W Y Z ZH".split()  # noqa: SIM905
)
INDEX = {name: i for i, name in enumerate(SYMBOLS)}
# 42 phones and fillers of the model with three states each come first among its states.
_STATES = 126
_BANDS = 24
EVIDENCE_COUNT = _STATES + _BANDS + len(SYMBOLS)
DILATIONS = (1, 1, 2)
_RATE, _HOP, _WINDOW, _FFT = 16000, 160, 400, 512
_COST_SCALE = 40.0


def read_costs(path: Path) -> np.ndarray:
    """The costs of the context-independent states from a senone log of pocketsphinx.

    Args:
        path: the file it wrote for one utterance.

    Returns:
        float32 [T, 126]; 0 is the best state of its frame. A state that was not scored gets its frame's highest cost.
    """
    data = path.read_bytes()
    at = data.index(b"endhdr\n") + len(b"endhdr\n") + 4
    rows = []
    while at + 2 <= len(data):
        count = int.from_bytes(data[at : at + 2], "little")
        states = np.cumsum(np.frombuffer(data, np.uint8, count, at + 2))
        costs = np.frombuffer(data, "<i2", count, at + 2 + count)
        at += 2 + 3 * count
        row = np.full(_STATES, costs.max() if count else 0, np.float32)
        known = states < _STATES
        row[states[known]] = costs[known]
        rows.append(row)
    return np.array(rows, np.float32).reshape(-1, _STATES)


def _bands(samples: np.ndarray, frames: int) -> np.ndarray:
    """Log energies of 24 mel bands, each with the stretch's mean and spread taken off, [frames, 24]."""
    padded = np.pad(samples.astype(np.float64), (_WINDOW // 2 - _HOP // 2, _WINDOW))
    windows = np.lib.stride_tricks.sliding_window_view(padded, _WINDOW)[::_HOP][:frames]
    power = np.abs(np.fft.rfft(windows * np.hanning(_WINDOW), _FFT)) ** 2

    def mel(hertz: np.ndarray) -> np.ndarray:
        return 2595 * np.log10(1 + hertz / 700)

    centres = np.linspace(mel(np.array(100.0)), mel(np.array(7000.0)), _BANDS + 2)
    distance = np.abs(mel(np.fft.rfftfreq(_FFT, 1 / _RATE))[:, None] - centres[None, 1:-1])
    levels = np.log10(power @ np.maximum(0, 1 - distance / (centres[1] - centres[0])) + 1e-6)
    return (levels - levels.mean(0)) / (levels.std(0) + 0.3)


def evidence(costs: np.ndarray, samples: np.ndarray, phones: Sequence[Sequence[Any]]) -> np.ndarray:
    """What the network reads, float32 [T, EVIDENCE_COUNT].

    Args:
        costs: from `read_costs`.
        samples: float32 [S] at 16 kHz, what was decoded.
        phones: (symbol, first frame, frames, score) that the search chose.
    """
    count = min(len(costs), len(samples) // _HOP)
    chosen = np.zeros((count, len(SYMBOLS)), np.float32)
    for symbol, start, frames, _ in phones:
        chosen[start : start + frames, INDEX.get(symbol, 0)] = 1
    return np.concatenate([-costs[:count] / _COST_SCALE, _bands(samples, count), chosen], axis=1).astype(np.float32)


@lru_cache(maxsize=1)
def _weights() -> dict[str, np.ndarray]:
    with np.load(assets.path("models/phones.npz"), allow_pickle=False) as stored:
        return {name: stored[name].astype(np.float32) for name in stored.files}


def _convolved(x: np.ndarray, kernel: np.ndarray, dilation: int) -> np.ndarray:
    """x [T, H] with kernel [H out, H in, taps], the ends padded with zeros."""
    taps = kernel.shape[2]
    reach = taps // 2 * dilation
    padded = np.pad(x, ((reach, reach), (0, 0)))
    return sum((padded[k * dilation : k * dilation + len(x)] @ kernel[:, :, k].T for k in range(taps)), np.zeros((len(x), len(kernel)), np.float32))


def posteriors(found: np.ndarray) -> np.ndarray:
    """Probability of each symbol in each frame, float32 [T, 40].

    Args:
        found: from `evidence`.
    """
    w = _weights()
    x = (found - w["mean"]) / w["spread"]
    x = np.maximum(x @ w["in"].T + w["in_bias"], 0)
    for i, dilation in enumerate(DILATIONS):
        x = x + np.maximum(_convolved(x, w[f"conv{i}"], dilation) + w[f"conv{i}_bias"], 0)
    x = x @ w["out"].T + w["out_bias"]
    share = np.exp(x - x.max(axis=1, keepdims=True))
    return (share / share.sum(axis=1, keepdims=True)).astype(np.float32)
