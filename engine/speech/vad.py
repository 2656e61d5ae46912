"""Where somebody speaks: Silero's voice activity network over the whole recording, in bounded memory.

The network (MIT, `assets/models/silero_vad.onnx`, the sequence form of version 6.2) takes 16 kHz sound in windows of 512 samples,
each with the 64 samples before it, and carries an LSTM's state from one block of windows to the next.

Source: Silero Team, "Silero VAD", github.com/snakers4/silero-vad.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from engine.core import assets
from engine.core.errors import InvalidInput
from engine.core.jobs import SILENT, Job

if TYPE_CHECKING:
    import onnxruntime

    from engine.speech.files import Sound

MODEL = "models/silero_vad.onnx"
RATE = 16000
WINDOW = 512  # samples, 32 ms
_CONTEXT = 64
_BLOCK_S = WINDOW * 512 / RATE  # 16.4 s in one call


@dataclass(frozen=True)
class VadConfig:
    """How probabilities become spans.

    Args:
        onset: probability at which speech starts.
        offset: probability below which it may end; below `onset`, so that a span does not flicker.
        min_speech_s: shorter spans are dropped.
        min_silence_s: shorter gaps are closed.
        pad_s: added on both sides of a span, as the network answers to voices sooner than to breathy edges.
        quiet_peak: a recording whose peak is lower is raised to it before the network hears it.
    """

    onset: float = 0.5
    offset: float = 0.35
    min_speech_s: float = 0.1
    min_silence_s: float = 0.2
    pad_s: float = 0.05
    quiet_peak: float = 0.1

    def __post_init__(self) -> None:
        if not 0.0 < self.offset <= self.onset < 1.0:
            raise InvalidInput(f"offset {self.offset:g} and onset {self.onset:g} must be in order between 0 and 1", "give offset <= onset")
        if min(self.min_speech_s, self.min_silence_s, self.pad_s, self.quiet_peak) < 0:
            raise InvalidInput("durations and levels of voice activity must not be negative", "give 0 or more")


def speech_spans(sound: Sound, job: Job = SILENT, config: VadConfig | None = None) -> NDArray[np.float64]:
    """Spans of speech.

    Args:
        sound: of any length.
        job: reports seconds heard.
        config: thresholds and durations.

    Returns:
        float64 [N, 2], start and end in seconds, rising and apart.

    Raises:
        MissingAsset: the network is not there.
        Cancelled: the job was cancelled.
    """
    config = config or VadConfig()
    return spans_of(speech_probability(sound, job, config), sound.duration_s, config)


def speech_probability(sound: Sound, job: Job = SILENT, config: VadConfig | None = None) -> NDArray[np.float32]:
    """Probability of speech, float32 [W] in 0 to 1, one per window of 32 ms."""
    config = config or VadConfig()
    session = _session()
    gain = np.float32(config.quiet_peak / sound.peak if 0 < sound.peak < config.quiet_peak else 1.0)
    hidden = cell = np.zeros((1, 1, 128), np.float32)
    context = np.zeros(_CONTEXT, np.float32)
    found: list[NDArray[np.float32]] = []
    for block in sound.blocks(RATE, block_s=_BLOCK_S):
        count = -(-len(block) // WINDOW)
        windows = np.zeros((count, _CONTEXT + WINDOW), np.float32)
        windows[:, _CONTEXT:].flat[: len(block)] = block * gain
        windows[0, :_CONTEXT] = context
        windows[1:, :_CONTEXT] = windows[:-1, -_CONTEXT:]
        context = windows[-1, -_CONTEXT:].copy()
        probability, hidden, cell = session.run(["speech_probs", "hn", "cn"], {"input": windows, "h": hidden, "c": cell})
        found.append(probability.reshape(-1))
        done = sum(len(p) for p in found) * WINDOW / RATE
        job.report(min(done, sound.duration_s), sound.duration_s, "listening for speech")
    return np.concatenate(found)


def spans_of(probability: NDArray[np.float32], duration_s: float, config: VadConfig) -> NDArray[np.float64]:
    """Spans from window probabilities, with hysteresis.

    Args:
        probability: [W], one per window.
        duration_s: length of the recording; spans end there.
        config: thresholds and durations.

    Returns:
        float64 [N, 2], seconds.
    """
    step = WINDOW / RATE
    raw: list[list[float]] = []
    speaking = False
    for i, p in enumerate(probability):
        if not speaking and p >= config.onset:
            raw.append([i * step, (i + 1) * step])
            speaking = True
        elif speaking and p >= config.offset:
            raw[-1][1] = (i + 1) * step
        elif speaking:
            speaking = False
    merged: list[list[float]] = []
    for start, end in raw:
        if merged and start - merged[-1][1] < config.min_silence_s:
            merged[-1][1] = end
        else:
            merged.append([start, end])
    kept = np.array([s for s in merged if s[1] - s[0] >= config.min_speech_s], np.float64).reshape(-1, 2)
    if len(kept):
        room = (kept[1:, 0] - kept[:-1, 1]) / 2  # two pads may meet but not cross
        kept[:, 0] -= np.minimum(config.pad_s, np.concatenate([[np.inf], room]))
        kept[:, 1] += np.minimum(config.pad_s, np.concatenate([room, [np.inf]]))
    spans: NDArray[np.float64] = np.clip(kept, 0.0, duration_s)
    return spans[spans[:, 1] > spans[:, 0]]


@lru_cache(maxsize=1)
def _session() -> onnxruntime.InferenceSession:
    # The library's official builds report to their maker; this is its full opt-out: nothing is sent, nothing stored.
    os.environ["ORT_DISABLE_TELEMETRY"] = "1"
    import onnxruntime  # takes 0.2 s, which a window that only opens a document should not pay

    onnxruntime.disable_telemetry_events()
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1  # the network is too small to share
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(str(assets.path(MODEL)), options, providers=["CPUExecutionProvider"])
