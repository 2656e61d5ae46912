"""Our encoder: sound to tokens (phones, visemes, articulation, prosody), whole or as it comes in; numpy only.

    encoder = Encoder.load()
    tokens = encoder.encode(samples)             # the network that looks both ways
    stream = encoder.stream()                    # at most 100 ms ahead
    for block in microphone:
        tokens = stream.push(block)
    tokens = stream.finish()

The networks are `engine.speech.encoder_net`; pushed in any pieces or whole, the streaming one gives the same numbers.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
from safetensors import SafetensorError
from safetensors.numpy import load_file

from engine.core import cards
from engine.core.errors import InvalidInput
from engine.speech.melframes import BANDS, HOP, LEAD, RATE, WINDOW, RunningMean, framed, log_mel, normalised
from engine.speech.phonemes import VISEME_CLASSES, viseme_of
from engine.speech.sounds import PHONES

OURS = "ours"
TOKEN_RATE, FRAME_RATE = 50, 100
ARTICULATION = ("closure", "voiced", "rounding", "jaw", "pitch", "level")
VALUE_NAMES = (*(f"phone {p or 'pause'}" for p in PHONES), *(f"viseme {v}" for v in VISEME_CLASSES), *ARTICULATION)
STACK, STRIDE, BEFORE = 6, 2, 2
_HEADS = len(VALUE_NAMES)
_STRETCH = 3000  # frames encoded at once: 30 s
# A whole recording is heard by both networks, and by the one that looks both ways as from three lengths of vocal tract; their logits are averaged.
_TRACTS = (0.93, 1.0, 1.08)
_STREAMING_SHARE = 0.4
_CLASSES = slice(len(PHONES), len(PHONES) + len(VISEME_CLASSES))


@dataclass(frozen=True)
class Tokens:
    """What was heard. Frame n of the 100 Hz tracks is centred at (n + 0.5) * 10 ms, token k covers frames 2 k and 2 k + 1.

    Args:
        values: float32 [T, D] at 50 Hz, columns as in `names`: the tracks below, each token the mean of its two frames.
        phones: float32 [F, P] at 100 Hz, probability of each of `sounds.PHONES`.
        visemes: float32 [F, 12], probability of each of `VISEME_CLASSES`.
        closure: float32 [F], probability that the lips are shut.
        voiced: float32 [F], probability that the vocal folds vibrate.
        rounding: float32 [F], of the lips, 0 to 1.
        jaw: float32 [F], openness, 0 to 1.
        pitch: float32 [F], octaves above 100 Hz; means something where voiced.
        level: float32 [F], loudness, in tenths of a decibel of full scale, negative: -2.6 is -26 dB.
        name: which encoder.
        hash: of its weights.
        start_frame: where these frames stand in a stream.
    """

    values: np.ndarray
    phones: np.ndarray
    visemes: np.ndarray
    closure: np.ndarray
    voiced: np.ndarray
    rounding: np.ndarray
    jaw: np.ndarray
    pitch: np.ndarray
    level: np.ndarray
    name: str
    hash: str
    start_frame: int = 0

    @property
    def names(self) -> tuple[str, ...]:
        """What each column of `values` is."""
        return VALUE_NAMES

    @property
    def classes(self) -> np.ndarray:
        """Index into `VISEME_CLASSES` of each frame, int64 [F]: what the viseme output and the phones of each class together hold likeliest."""
        return np.asarray(np.argmax(np.log(self.visemes + 1e-6) + np.log(self.phones @ _of_class() + 1e-6), axis=1))


@lru_cache(maxsize=1)
def _of_class() -> np.ndarray:
    """Which phone is of which viseme class, float32 [P, 12]."""
    return np.array([[viseme_of(phone) == name for name in VISEME_CLASSES] for phone in PHONES], np.float32)


def _sigmoid(x: np.ndarray) -> np.ndarray:
    return 1.0 / (1.0 + np.exp(-np.clip(x, -30.0, 30.0)))


def _softmax(x: np.ndarray) -> np.ndarray:
    share = np.exp(x - x.max(axis=-1, keepdims=True))
    return share / share.sum(axis=-1, keepdims=True)


def _tokens(logits: np.ndarray, name: str, digest: str, start_frame: int) -> Tokens:
    """Tokens of logits [F, HEADS]."""
    tracks = np.empty_like(logits)
    tracks[:, : len(PHONES)] = _softmax(logits[:, : len(PHONES)])
    tracks[:, _CLASSES] = _softmax(logits[:, _CLASSES])
    tracks[:, _CLASSES.stop : -2] = _sigmoid(logits[:, _CLASSES.stop : -2])
    tracks[:, -2:] = logits[:, -2:]
    values = tracks.reshape(-1, STRIDE, _HEADS).mean(1)
    closure, voiced, rounding, jaw, pitch, level = tracks[:, _CLASSES.stop :].T
    phones, visemes = tracks[:, : len(PHONES)], tracks[:, _CLASSES]
    return Tokens(values, phones, visemes, closure, voiced, rounding, jaw, pitch, level, name, digest, start_frame)


class _Layer:
    """One residual layer that takes its input in pieces; see `encoder_net.Layer`."""

    def __init__(self, weights: dict[str, np.ndarray], prefix: str, dilation: int, ahead: int) -> None:
        self._w = {name: weights[f"{prefix}.{name}"] for name in ("norm.weight", "norm.bias", "taps.weight", "taps.bias", "out.weight", "out.bias")}
        self._dilation, self._ahead = dilation, ahead
        self._taps, self._out = self._w["taps.weight"].T, self._w["out.weight"].T
        width = len(self._w["norm.bias"])
        self._normed = np.zeros((2 * dilation - ahead, width), np.float32)
        self._waiting = np.zeros((0, width), np.float32)

    def push(self, x: np.ndarray, last: bool) -> np.ndarray:
        """Outputs [N', W] that inputs [N, W] make possible."""
        w, d, width = self._w, self._dilation, x.shape[1]
        kept, new = len(self._normed), len(x)
        normed = np.empty((kept + new + (self._ahead if last else 0), width), np.float32)
        normed[:kept] = self._normed
        normed[kept : kept + new] = _normed(x, w["norm.weight"], w["norm.bias"])
        normed[kept + new :] = 0.0
        waiting = np.concatenate([self._waiting, x]) if len(self._waiting) else x
        count = max(0, len(normed) - 2 * d)
        gathered = np.empty((count, 3 * width), np.float32)
        for k in range(3):
            gathered[:, k * width : (k + 1) * width] = normed[k * d : k * d + count]
        hidden = gathered @ self._taps
        hidden += w["taps.bias"]
        np.maximum(hidden, 0.0, out=hidden)
        out = hidden @ self._out
        out += w["out.bias"]
        out += waiting[:count]
        self._normed, self._waiting = normed[count:], waiting[count:]
        return out


def _normed(x: np.ndarray, weight: np.ndarray, bias: np.ndarray) -> np.ndarray:
    """Layer normalisation over channels, [N, W]. Sums as products: numpy's own mean costs more than the rest for the few rows of a stream."""
    width = x.shape[1]
    centred = x - (x @ _mean_of(width))[:, None]
    spread = np.einsum("ij,ij->i", centred, centred)
    centred *= (1.0 / np.sqrt(spread / width + 1e-5)).astype(np.float32)[:, None]
    centred *= weight
    centred += bias
    return centred


@lru_cache(maxsize=8)
def _mean_of(width: int) -> np.ndarray:
    return np.full(width, 1.0 / width, np.float32)


class _Pass:
    """One run of one network over frames that come in pieces."""

    def __init__(self, weights: dict[str, np.ndarray], prefix: str, config: dict[str, list[int]]) -> None:
        self._w, self._prefix = weights, prefix
        pairs = zip(config["dilations"], config["ahead"], strict=True)
        self._layers = [_Layer(weights, f"{prefix}.layers.{i}", d, r) for i, (d, r) in enumerate(pairs)]
        self._frames = np.zeros((BEFORE, BANDS), np.float32)

    def push(self, mel: np.ndarray, last: bool = False) -> np.ndarray:
        """Logits [F', HEADS] that frames [F, BANDS] make possible; in the last piece all frames, whose number must be even in all."""
        w, at = self._w, self._prefix
        end = np.zeros((STACK - STRIDE - BEFORE if last else 0, BANDS), np.float32)
        frames = np.concatenate([self._frames, mel, end])
        count = max(0, (len(frames) - STACK) // STRIDE + 1)
        stacked = np.empty((count, STACK, BANDS), np.float32)
        for k in range(STACK):
            stacked[:, k] = frames[k : k + STRIDE * count : STRIDE][:count]
        self._frames = frames[count * STRIDE :]
        x = np.maximum(stacked.reshape(count, STACK * BANDS) @ w[f"{at}.first.weight"].T + w[f"{at}.first.bias"], 0.0)
        for layer in self._layers:
            x = layer.push(x, last)
        x = _normed(x, w[f"{at}.norm.weight"], w[f"{at}.norm.bias"])
        return np.asarray((x @ w[f"{at}.heads.weight"].T + w[f"{at}.heads.bias"]).reshape(-1, _HEADS))


class Encoder:
    """A trained encoder.

    Args:
        weights: arrays by the names of `encoder_net.EncoderNet`'s state.
        config: `encoder_net.EncoderConfig` as plain values.
        name: goes into the tokens.
        digest: of the weights.

    Raises:
        InvalidInput: the weights are not those of the config.
    """

    def __init__(self, weights: dict[str, np.ndarray], config: dict[str, dict[str, list[int]]], name: str = OURS, digest: str = "") -> None:
        self._weights = {key: np.asarray(value, np.float32) for key, value in weights.items()}
        self._config, self.name, self.hash = config, name, digest
        for part in ("streaming", "offline"):
            self._check(part)

    @classmethod
    def load(cls, name: str = OURS, folder: Path | None = None) -> Encoder:
        """The encoder of a name: "ours", the one we ship.

        Args:
            name: which.
            folder: where `encoder.safetensors` and `encoder.json` lie, instead of our assets.

        Raises:
            InvalidInput: no such encoder, or damaged files.
            MissingAsset: the files are not there.
        """
        if name != OURS:
            raise InvalidInput(f"there is no encoder {name!r}", f"use {OURS!r}")
        if folder is None:
            return _shipped()
        return _read(folder / "encoder.safetensors", folder / "encoder.json")

    def encode(self, samples: np.ndarray, ahead: bool = True) -> Tokens:
        """Tokens of a whole recording.

        Args:
            samples: float32 [S] at 16 kHz, mono; one token per 20 ms, the last padded with silence.
            ahead: with the network that looks both ways and several lengths of vocal tract; without, the streaming network's answer.

        Raises:
            InvalidInput: not mono float sound.
        """
        _check_samples(samples)
        if not ahead:
            stream = self.stream()
            return joined([stream.push(samples), stream.finish()])
        count = -(-len(samples) // (STRIDE * HOP)) * STRIDE
        padded = np.pad(samples.astype(np.float32), (0, count * HOP - len(samples)))
        logits = _STREAMING_SHARE * self._logits("streaming", RunningMean()(_levels(padded, 1.0)))
        for factor in _TRACTS:
            logits += (1 - _STREAMING_SHARE) / len(_TRACTS) * self._logits("offline", normalised(_levels(padded, factor)))
        return _tokens(logits, self.name, self.hash, 0)

    def _logits(self, part: str, mel: np.ndarray) -> np.ndarray:
        """[F, HEADS] of one network over all frames."""
        run = _Pass(self._weights, part, self._config[part])
        last = max(len(mel), 1)
        return np.concatenate([run.push(mel[at : at + _STRETCH], at + _STRETCH >= len(mel)) for at in range(0, last, _STRETCH)])

    def stream(self) -> Stream:
        """A run over sound that comes in pieces."""
        return Stream(_Pass(self._weights, "streaming", self._config["streaming"]), self.name, self.hash)

    def _check(self, part: str) -> None:
        width = int(np.asarray(self._config[part]["width"]))
        shapes = {f"{part}.first.weight": (width, STACK * BANDS), f"{part}.heads.weight": (STRIDE * _HEADS, width)}
        shapes |= {f"{part}.layers.{i}.taps.weight": (width, 3 * width) for i in range(len(self._config[part]["dilations"]))}
        for name, shape in shapes.items():
            found = self._weights.get(name, np.zeros(0)).shape
            if found != shape:
                raise InvalidInput(f"the encoder's {name} is {list(found)}, its config wants {list(shape)}", "take weights and config of one training")


class Stream:
    """A run of the streaming network; see `Encoder.stream`."""

    def __init__(self, run: _Pass, name: str, digest: str) -> None:
        self._run, self._name, self._hash = run, name, digest
        self._mean = RunningMean()
        self._samples = np.zeros(LEAD, np.float32)
        self._pushed = self._given = 0

    def push(self, samples: np.ndarray) -> Tokens:
        """Tokens that are ready: those of sound up to 100 ms ago.

        Args:
            samples: float32 [S] at 16 kHz, any number of them.
        """
        _check_samples(samples)
        self._pushed += len(samples)
        return self._advance(samples, False)

    def finish(self) -> Tokens:
        """The tokens that are left; the stream ends here."""
        count = -(-self._pushed // (STRIDE * HOP)) * STRIDE
        return self._advance(np.zeros(count * HOP - self._pushed + LEAD, np.float32), True)

    def _advance(self, samples: np.ndarray, last: bool) -> Tokens:
        self._samples = np.concatenate([self._samples, samples.astype(np.float32)])
        count = max(0, (len(self._samples) - WINDOW) // HOP + 1)
        levels = log_mel(framed(self._samples, count))
        self._samples = self._samples[count * HOP :]
        logits = self._run.push(self._mean(levels), last)
        start, self._given = self._given, self._given + len(logits)
        return _tokens(logits, self._name, self._hash, start)


def joined(parts: Iterable[Tokens]) -> Tokens:
    """Tokens of a stream's pieces as one.

    Raises:
        InvalidInput: there are none.
    """
    found = list(parts)
    if not found:
        raise InvalidInput("there are no tokens to join", "push some sound first")
    tracks = ("values", "phones", "visemes", *ARTICULATION)
    arrays = {name: np.concatenate([getattr(part, name) for part in found]) for name in tracks}
    return Tokens(**arrays, name=found[0].name, hash=found[0].hash, start_frame=found[0].start_frame)


def _levels(samples: np.ndarray, factor: float) -> np.ndarray:
    """Log-mel [F, BANDS] of a recording of any length, stretch by stretch."""
    count = len(samples) // HOP
    padded = np.concatenate([np.zeros(LEAD, np.float32), samples, np.zeros(LEAD, np.float32)])
    pieces = [log_mel(framed(padded[at * HOP :], min(_STRETCH, count - at)), factor) for at in range(0, count, _STRETCH)]
    return np.concatenate(pieces) if pieces else np.zeros((0, BANDS), np.float32)


def _check_samples(samples: np.ndarray) -> None:
    if samples.ndim != 1 or samples.dtype.kind != "f":
        raise InvalidInput(f"samples must be float [S] at {RATE} Hz, got {samples.dtype} {list(samples.shape)}", "mix to mono and scale to 1")


def _read(weights: Path, config: Path) -> Encoder:
    try:
        arrays = load_file(weights)
        settings = json.loads(config.read_text(encoding="utf-8"))
        digest = hashlib.sha256(weights.read_bytes()).hexdigest()[:16]
        return Encoder(arrays, settings.get("config", settings), OURS, digest)
    except (OSError, ValueError, KeyError, TypeError, SafetensorError) as error:
        raise InvalidInput(f"the encoder in {weights.parent} cannot be read: {error}", "put back both files as they were trained") from error


@lru_cache(maxsize=1)
def _shipped() -> Encoder:
    weights, _, _ = cards.shipped("encoder")  # which refuses weights that are not those of their card
    return _read(weights, weights.with_suffix(".json"))
