"""Emotion curves to facial expression: action-unit patterns with onset, apex and offset, and each emotion's manner.

Patterns follow EMFACS (Ekman and Friesen 1978) for the six basic emotions and contempt's one-sided dimpler; channels stand for action units
as Apple's coefficients do. Dynamics: onsets are quicker than offsets (Cohn and Schmidt 2004); the speed of surprise and the
slowness of sadness are choices of ours.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from engine.core.channels import CHANNELS, INDEX, LIP
from engine.core.emotion import EMOTIONS


def _both(**channels: float) -> dict[str, float]:
    return {name + side: value for name, value in channels.items() for side in ("Left", "Right")}


@dataclass(frozen=True)
class Manner:
    """What an emotion does beside its pattern.

    Args:
        pattern: channel values at intensity 1.
        onset_s: seconds to rise to about two thirds.
        offset_s: seconds to fall to about a third.
        head: rotation added at 1, radians, about X (down positive), Y, Z.
        head_back_mm: how far the head draws back.
        gaze_down: eyeLookDown added at 1.
        blink_rate: factor on the rate of blinks at 1.
        movement: factor on head movement at 1.
        brow_accent: factor on brow movement with stress at 1.
        jaw: factor on jaw opening in speech at 1.
    """

    pattern: dict[str, float] = field(default_factory=dict)
    onset_s: float = 0.22
    offset_s: float = 0.45
    head: tuple[float, float, float] = (0.0, 0.0, 0.0)
    head_back_mm: float = 0.0
    gaze_down: float = 0.0
    blink_rate: float = 1.0
    movement: float = 1.0
    brow_accent: float = 1.0
    jaw: float = 1.0


MANNERS: dict[str, Manner] = {
    # AU 4 + 5 + 7 + 23/24
    "angry": Manner(
        {**_both(browDown=0.95, eyeSquint=0.45, eyeWide=0.28, noseSneer=0.38, mouthPress=0.35, mouthFrown=0.22, mouthUpperUp=0.12, mouthLowerDown=0.1),
         "jawForward": 0.18, "mouthShrugLower": 0.15},
        onset_s=0.16, offset_s=0.5, head=(0.07, 0.0, 0.0), head_back_mm=-9.0, blink_rate=0.55, movement=1.3, brow_accent=0.5, jaw=1.18,
    ),
    # AU 12 + 14, one side, with a raised chin
    "contempt": Manner(
        {"mouthSmileLeft": 0.12, "mouthDimpleLeft": 0.85, "mouthUpperUpLeft": 0.22, "mouthPressRight": 0.3,
         "browOuterUpLeft": 0.38, "browDownRight": 0.25,
         "cheekSquintLeft": 0.3, "noseSneerLeft": 0.22, "mouthLeft": 0.16, **_both(eyeSquint=0.32, eyeBlink=0.08)},
        onset_s=0.3, offset_s=0.6, head=(-0.09, -0.06, 0.06), gaze_down=0.16, blink_rate=0.8, movement=0.75, jaw=0.9,
    ),
    # AU 9 + 10 + 15/16
    "disgusted": Manner(
        {**_both(noseSneer=0.95, mouthUpperUp=0.5, browDown=0.55, cheekSquint=0.45, eyeSquint=0.5, mouthFrown=0.38, mouthLowerDown=0.12),
         "mouthShrugLower": 0.35},
        onset_s=0.2, offset_s=0.5, head=(-0.03, 0.07, 0.03), head_back_mm=10.0, blink_rate=1.15, movement=0.85, jaw=0.88,
    ),
    # AU 1 + 2 + 4 + 5 + 20
    "fear": Manner(
        {**_both(eyeWide=0.95, browOuterUp=0.35, browDown=0.3, mouthStretch=0.8, mouthFrown=0.2, mouthLowerDown=0.25), "browInnerUp": 1.0, "jawOpen": 0.08},
        onset_s=0.13, offset_s=0.55, head=(-0.03, 0.0, 0.02), head_back_mm=13.0, blink_rate=1.3, movement=0.9, brow_accent=0.4, jaw=0.95,
    ),
    # AU 6 + 12
    "happy": Manner(
        {**_both(mouthSmile=0.86, cheekSquint=0.85, eyeSquint=0.36, mouthDimple=0.2, mouthUpperUp=0.3, mouthLowerDown=0.08, browOuterUp=0.1),
         "browInnerUp": 0.1, "jawOpen": 0.03},
        onset_s=0.28, offset_s=0.6, head=(-0.025, 0.0, 0.03), head_back_mm=-2.0, blink_rate=1.1, movement=1.25, brow_accent=1.2, jaw=1.05,
    ),
    # AU 1 + 4 + 15 + 17
    "sad": Manner(
        {**_both(mouthFrown=0.7, browDown=0.22, eyeSquint=0.16, eyeBlink=0.14, cheekSquint=0.1, mouthLowerDown=0.06),
         "browInnerUp": 0.95, "mouthShrugLower": 0.32},
        onset_s=0.5, offset_s=0.9, head=(0.13, 0.0, 0.035), gaze_down=0.3, blink_rate=1.25, movement=0.6, brow_accent=0.5, jaw=0.82,
    ),
    # AU 1 + 2 + 5 + 26
    "surprised": Manner(
        {**_both(eyeWide=0.85, browOuterUp=0.9), "browInnerUp": 0.95, "jawOpen": 0.26, "mouthFunnel": 0.1},
        onset_s=0.1, offset_s=0.4, head=(-0.06, 0.0, 0.0), head_back_mm=8.0, blink_rate=0.4, movement=1.1, brow_accent=0.5, jaw=1.1,
    ),
}  # fmt: skip
SPEECH_SHARE = 0.55  # of an expression's lip channels that stays while the mouth speaks
GONE = 1e-6  # intensity below which an emotion has ended: what fades for ever would change every frame after it
_SHARED_WITH_SPEECH = frozenset(LIP)


def envelope(levels: NDArray[np.float32], step_s: float) -> NDArray[np.float32]:
    """Intensity as the face follows it: each emotion rises with its onset and falls with its offset time.

    Args:
        levels: emotion vectors [T, 7].
        step_s: seconds per frame.

    Returns:
        float32 [T, 7]; it starts settled at the first level.
    """
    return np.stack([follow(levels[:, i], name, step_s) for i, name in enumerate(EMOTIONS)], -1)


def follow(levels: NDArray[np.float32], name: str, step_s: float) -> NDArray[np.float32]:
    """One emotion's intensity as the face follows it: float32 [T] from its levels [T]."""
    if not levels.any():
        return np.zeros(len(levels), np.float32)
    rise, fall = (min(1.0, 1.6 * (1.0 - float(np.exp(-step_s / s)))) for s in (MANNERS[name].onset_s, MANNERS[name].offset_s))
    wanted = levels.tolist()
    # Each step needs the one before; plain numbers are several times quicker here than short arrays.
    out, state = [], wanted[0]
    slow = state
    for level in wanted:  # two stages, so that the onset itself starts softly
        missing = level - slow
        slow += (rise if missing > 0.0 else fall) * missing
        missing = slow - state
        state += (rise if missing > 0.0 else fall) * missing
        out.append(state)
    followed = np.array(out, np.float32)
    followed[followed < GONE] = 0.0
    return followed


def pattern_channels(intensity: NDArray[np.float32]) -> NDArray[np.float32]:
    """Channel values of blended expressions: float32 [T, 63] from intensities [T, 7].

    Where several emotions act, each channel takes the strongest plus a third of the rest, so that a blend stays in range.
    """
    each = np.zeros((len(EMOTIONS), len(CHANNELS)), np.float32)
    for i, name in enumerate(EMOTIONS):
        for channel, value in MANNERS[name].pattern.items():
            each[i, INDEX[channel]] = value
    parts = intensity[:, :, None] * each  # [T, 7, 63]
    strongest = parts.max(1)
    out: NDArray[np.float32] = np.clip(strongest + (parts.sum(1) - strongest) / 3.0, 0.0, 1.0).astype(np.float32)
    return out


def factor(intensity: NDArray[np.float32], name: str) -> NDArray[np.float32]:
    """A manner's factor (`blink_rate`, `movement`, `brow_accent`, `jaw`) per frame, float32 [T]; 1 when neutral."""
    gains = np.array([getattr(MANNERS[n], name) - 1.0 for n in EMOTIONS], np.float32)
    out: NDArray[np.float32] = np.clip(1.0 + intensity @ gains, 0.2, 2.0)
    return out


def posture(intensity: NDArray[np.float32]) -> NDArray[np.float32]:
    """Head rotation (radians), head position (millimetres) and gaze down that emotions add: float32 [T, 7]."""
    rows = np.array([[*MANNERS[n].head, 0.0, 0.0, -MANNERS[n].head_back_mm, MANNERS[n].gaze_down] for n in EMOTIONS], np.float32)
    out: NDArray[np.float32] = intensity @ rows
    return out


def blend_with_speech(
    speech: NDArray[np.float32], expression: NDArray[np.float32], activity: NDArray[np.float32], jaw: NDArray[np.float32]
) -> NDArray[np.float32]:
    """Speech and expression on one face, float32 [T, 63].

    Args:
        speech: channels of the articulation [T, 63].
        expression: channels of the expression [T, 63].
        activity: how far the mouth speaks, 0 to 1 [T].
        jaw: factor on the jaw [T].
    """
    share = np.ones((len(speech), len(CHANNELS)), np.float32)
    lips = [INDEX[n] for n in _SHARED_WITH_SPEECH]
    share[:, lips] = 1.0 - (1.0 - SPEECH_SHARE) * activity[:, None]
    out = speech + expression * share
    k = INDEX["jawOpen"]
    # A jaw that hangs open in surprise adds to speech only where speech leaves it shut.
    out[:, k] = np.maximum(speech[:, k] * jaw, expression[:, k] * share[:, k])
    # A smile widens: what rounds the lips gives way to it a little, and the other way round.
    smile = np.maximum(expression[:, INDEX["mouthSmileLeft"]], expression[:, INDEX["mouthSmileRight"]])
    rounded = speech[:, INDEX["mouthPucker"]]
    out[:, INDEX["mouthPucker"]] *= 1.0 - 0.3 * smile
    for name in ("mouthSmileLeft", "mouthSmileRight", "mouthDimpleLeft", "mouthStretchLeft", "mouthStretchRight"):
        out[:, INDEX[name]] *= 1.0 - 0.45 * rounded
    blended: NDArray[np.float32] = np.clip(out, 0.0, 1.0).astype(np.float32)
    return blended
