"""Fit the weights of `engine/avatars/closures.py`: which shut lips are a p, b or m, by what the aligned sound says.

    .venv/bin/python packaging/fit_capture_closures.py VIDEOS

VIDEOS is a folder such as `video/grid_s1`, with what is said beside each video. Every seventh by name is left out, for they are what is scored.
Prints the constants, and how right they are on clips that they were not fitted on (one clip in ten left out at a time).
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
from scipy.optimize import minimize

from engine.avatars import closures
from engine.avatars.capture import track_of
from engine.avatars.tracking.pictures import open_video
from engine.speech.files import open_sound
from engine.speech.line import Line, analyse
from engine.training.captures import clips_of

NEAR_S, RIDGE, PARTS = 0.04, 0.3, 10


def examples(folder: Path) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Features [N, D] of shut lips in speech, whether each is at a p, b or m, and its clip."""
    rows, right, clip_of = [], [], []
    for number, clip in enumerate(clips_of(folder)[0]):
        track, sound = track_of(clip.path), open_sound(clip.path)
        line, start_s = analyse(sound, clip.text), open_video(clip.path).origin_s - sound.origin_s
        begin, end = spoken(line)
        for each in closures.shut_lips(track):
            first, last = each.start_s + start_s, each.end_s + start_s
            if last > begin and first < end:
                rows.append(each.features)
                right.append(any(first < e + NEAR_S and last > s - NEAR_S for s, e in bilabials(line)))
                clip_of.append(number)
    return np.array(rows), np.array(right), np.array(clip_of)


def spoken(line: Line) -> tuple[float, float]:
    """From where to where something is said, seconds."""
    said = line.phonemes[line.phonemes["label"] != ""]
    return (float(said["start_s"][0]), float(said["end_s"][-1])) if len(said) else (0.0, 0.0)


def bilabials(line: Line) -> list[tuple[float, float]]:
    """Start and end of every p, b and m, seconds."""
    return [(float(p["start_s"]), float(p["end_s"])) for p in line.phonemes if str(p["label"]) in ("p", "b", "m")]


def fitted(features: np.ndarray, right: np.ndarray) -> np.ndarray:
    """Bias and weights of a logistic regression with a ridge."""

    def loss(w: np.ndarray) -> float:
        sure = (features @ w[1:] + w[0]) * (2.0 * right - 1.0)
        return float(np.logaddexp(0.0, -sure).sum() + RIDGE * (w[1:] ** 2).sum())

    return np.asarray(minimize(loss, np.zeros(features.shape[1] + 1)).x)


def f1(kept: np.ndarray, right: np.ndarray) -> float:
    """Of those kept against those that are right."""
    return 2.0 * float((kept & right).sum()) / max(float(kept.sum() + right.sum()), 1.0)


def main() -> None:
    """Fit, check, print."""
    features, right, clip_of = examples(Path(sys.argv[1]))
    mean, spread = features.mean(0), features.std(0)
    scaled = (features - mean) / spread
    sure = np.zeros(len(right))
    for part in range(PARTS):
        out = clip_of % PARTS == part
        w = fitted(scaled[~out], right[~out])
        sure[out] = scaled[out] @ w[1:] + w[0]
    best = max(np.linspace(-1.5, 1.5, 61), key=lambda least: f1(sure > least, right))
    print(
        f"{len(right)} times shut, {right.sum()} at a p, b or m; left out in turn: F1 {f1(sure > 0, right):.3f}, {f1(sure > best, right):.3f} above {best:.2f}"
    )
    w = fitted(scaled, right)
    w[0] -= best
    for name, values in (("MEAN", mean), ("SPREAD", spread), ("WEIGHTS", w[1:])):
        print(f"{name} = ({', '.join(f'{v:.4f}' for v in values)})")
    print(f"BIAS = {w[0]:.4f}")


if __name__ == "__main__":
    main()
