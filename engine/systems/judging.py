"""How good a take is, by simple measures that say what they are."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from engine.core.channels import HEAD
from engine.core.motion import MotionClip
from engine.project.parts import Blink
from engine.speech.line import Line
from engine.systems.articulation import SHUT_MM
from engine.systems.performer import gauge

BLINKS_A_MINUTE = 26.0  # in conversation (Bentivoglio et al. 1997)
HEAD_RAD_S = 0.08  # mean speed of a head that talks, on our own performances
_SHORT_S = 10.0  # shorter lines say little about how often something happens


def judge(clip: MotionClip, line: Line, blinks: tuple[Blink, ...]) -> float:
    """A score from 0 to 1: half of it lip closures that are met, half how near blinks and head movement are to those of people who talk.

    It compares takes of one line. It does not know whether a take is a good reading of it.

    Args:
        clip: the take.
        line: that it performs.
        blinks: in it.
    """
    met = 1.0
    if len(line.closures):
        starts: NDArray[np.float64] = line.closures["start_s"]
        ends: NDArray[np.float64] = line.closures["end_s"]
        middle: NDArray[np.float64] = (starts + ends) / 2
        gap = np.interp(middle, clip.times_s, gauge().mm(clip.values))
        met = float((gap < SHUT_MM).mean())
    usual = np.array([BLINKS_A_MINUTE, HEAD_RAD_S])
    minutes = max(clip.duration_s, _SHORT_S) / 60.0
    turned = np.linalg.norm(np.diff(clip.select(HEAD[:3]), axis=0), axis=1).sum() / clip.duration_s
    found = np.array([len(blinks) / minutes, turned])
    near = np.exp(-np.abs(np.log(np.maximum(found, 1e-3) / usual)))
    return round(0.5 * met + 0.5 * float(near.mean()), 3)
