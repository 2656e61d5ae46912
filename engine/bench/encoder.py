"""How well our encoder hears: viseme classes in 10 ms frames against hand labels, clean and in noise, and what it costs.

Scored on emur_ae, which nothing was trained on, and on EmoDB by weights that left the scored speaker out (`VIVAVOCE_FOLDS`: a folder with
emodb03, emodb08, ..., each from `vivavoce train encoder`, see the card). Streaming has at most 100 ms to look ahead.

How sure these figures are: emur_ae is seven sentences, it was looked at a few times while the encoder was trained, and the settings by which
phones are searched for and misheard words mended (`heard.HeardConfig`, `recognizer`) were partly chosen on it, because there is no other
English labelled by hand. `auto` uses those settings; `streaming` and `offline` are each frame's likeliest class and use none.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Mapping

import numpy as np

from engine.bench import ears
from engine.bench.alignment import HOP_S, frame_classes, viseme_runs
from engine.bench.figure import Figure, data_folder
from engine.core.ears import AUTO
from engine.core.errors import MissingAsset
from engine.speech.encoder import Encoder, joined
from engine.speech.files import open_sound
from engine.speech.labels import Labels, read_labels

RATE = 16000
NOISE_DB = 10.0
_NOISE_SEED = 10
_COST_S, _COST_TIMES = 5, 10
_NO_DATA = "no labelled recordings: set VIVAVOCE_DATA to a folder with speech/emur_ae"
_NO_FOLDS = "needs weights that left each speaker out: train them as the card says, then set VIVAVOCE_FOLDS"
Labelled = tuple[np.ndarray, Labels]


def english() -> list[Labelled]:
    """emur_ae: float32 [S] at 16 kHz and labels."""
    data = data_folder()
    paths = sorted((data / "speech" / "emur_ae").glob("*.lab")) if data else []
    return [(open_sound(path.with_suffix(".wav")).mono(RATE), read_labels(path)) for path in paths]


def german(speaker: str) -> list[Labelled]:
    """EmoDB's recordings of one speaker."""
    data = data_folder()
    found = []
    for path in sorted((data / "emotion" / "emodb" / "wav").glob(f"{speaker}*.wav")) if data else []:
        for lablaut in sorted((path.parents[1] / "lablaut").glob(path.stem + "*.lablaut"))[:1]:
            labels = read_labels(lablaut)
            if len(labels.spans) > 4:
                found.append((open_sound(path).mono(RATE), labels))
    return found


def with_pink_noise(samples: np.ndarray, snr_db: float = NOISE_DB) -> np.ndarray:
    """Samples with noise that falls by 3 dB an octave at a level below the speech, over the whole recording; always the same noise."""
    spectrum = np.fft.rfft(np.random.default_rng(_NOISE_SEED).standard_normal(len(samples)))
    spectrum /= np.sqrt(np.maximum(np.arange(len(spectrum)), 20 * len(samples) / RATE))
    noise = np.fft.irfft(spectrum, len(samples))
    noise *= np.sqrt(np.mean(samples**2)) / np.sqrt(np.mean(noise**2)) * 10 ** (-snr_db / 20)
    return np.asarray(samples + noise, np.float32)


def right(encoder: Encoder, examples: Iterable[Labelled], ahead: bool) -> tuple[int, int]:
    """Frames with the right viseme class, and labelled frames.

    Args:
        encoder: who hears.
        examples: recordings with labels.
        ahead: by the network that looks both ways; else by the streaming one.
    """
    hits = total = 0
    for samples, labels in examples:
        grid = (np.arange(int(labels.spans[-1, 1] / HOP_S)) + 0.5) * HOP_S
        wanted = frame_classes(viseme_runs(labels.ipa, labels.spans), grid)
        heard = encoder.encode(samples, ahead).classes
        hits += int((heard[: len(wanted)] == wanted[: len(heard)]).sum())
        total += len(wanted)
    return hits, total


def encoder() -> Iterator[Figure]:
    """Every figure of the encoder."""
    left_out = ears.folds()
    try:
        ours = Encoder.load()
    except MissingAsset as error:
        yield Figure("encoder.streaming.accuracy", None, "", ">= 0.75", str(error))
        return
    clean = english()
    noisy = [(with_pink_noise(samples), labels) for samples, labels in clean]
    for name, examples, ahead, goal in (
        ("streaming", clean, False, ">= 0.75"),
        ("offline", clean, True, ">= 0.8"),
        ("noise.streaming", noisy, False, ">= 0.65"),
        ("noise.offline", noisy, True, ">= 0.65"),
    ):
        hits, total = right(ours, examples, ahead)
        how = ", 10 dB pink noise" if examples is noisy else "" if name == "streaming" else ", the encoder alone"
        note = f"{len(clean)} sentences of emur_ae, 12 classes{how}" if total else _NO_DATA
        yield Figure(f"encoder.{name}.accuracy", hits / total if total else None, "", goal, note)
        if name == "offline":
            yield _auto(goal)
    yield from _left_out(left_out)
    yield from _cost(ours)


def _auto(goal: str) -> Figure:
    """What a person gets of English without a transcript and without choosing."""
    total = ears.score(ears.emur(), "en", AUTO)
    note = f"{total.files} sentences of emur_ae: words by pocketsphinx, mended by the encoder; settings partly chosen on these sentences"
    return Figure("encoder.auto.accuracy", total.right / total.frames if total.frames else None, "", goal, note if total.frames else _NO_DATA)


def _left_out(encoders: Mapping[str, Encoder]) -> Iterator[Figure]:
    """EmoDB, each speaker by weights that never heard them."""
    for name, ahead in (("streaming", False), ("offline", True)):
        hits = total = 0
        by_speaker = []
        for speaker, one_out in encoders.items():
            one, of = right(one_out, german(speaker), ahead)
            hits, total = hits + one, total + of
            by_speaker.append(f"{speaker} {one / max(of, 1):.3f}")
        value = hits / total if total else None
        yield Figure(f"encoder.emodb.{name}.accuracy", value, "", ">= 0.6", ", ".join(by_speaker) if total else _NO_FOLDS)


def _cost(ours: Encoder) -> Iterator[Figure]:
    """Processor seconds per second of sound, on one core: whole, and pushed in pieces of 20 ms."""
    sound = (0.1 * np.random.default_rng(0).standard_normal(RATE * _COST_S)).astype(np.float32)

    def streamed() -> None:
        stream = ours.stream()
        joined([*(stream.push(sound[at : at + 320]) for at in range(0, len(sound), 320)), stream.finish()])

    for name, work in (("offline", lambda: ours.encode(sound)), ("streaming", streamed)):
        work()
        taken = []
        for _ in range(_COST_TIMES):
            start = time.process_time()
            work()
            taken.append(time.process_time() - start)
        best, worst = min(taken) / _COST_S, max(taken) / _COST_S
        note = f"processor time of all threads, the best of {_COST_TIMES}; the worst {worst:.4f}"
        yield Figure(f"encoder.{name}.real_time_factor", best, "", "<= 0.02", note)
