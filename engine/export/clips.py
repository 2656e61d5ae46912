"""Motion as files: `.npz` for numpy and `.csv` as Epic's Live Link Face app records it."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.spatial.transform import Rotation

from engine.core.channels import AUX, CHANNELS
from engine.core.errors import InvalidInput
from engine.core.motion import MotionClip
from engine.core.output import replacing
from engine.head.rig import LOOK_DOWN_RAD, LOOK_SIDE_RAD, LOOK_UP_RAD

# The app's column order, which is that of Unreal's EARFaceBlendShape. Source: recordings of the app and the headers that its
# importers for Unreal, Blender and Maya expect.
LIVE_LINK_SHAPES: tuple[str, ...] = (
    "EyeBlinkLeft", "EyeLookDownLeft", "EyeLookInLeft", "EyeLookOutLeft", "EyeLookUpLeft", "EyeSquintLeft", "EyeWideLeft",
    "EyeBlinkRight", "EyeLookDownRight", "EyeLookInRight", "EyeLookOutRight", "EyeLookUpRight", "EyeSquintRight", "EyeWideRight",
    "JawForward", "JawRight", "JawLeft", "JawOpen",
    "MouthClose", "MouthFunnel", "MouthPucker", "MouthRight", "MouthLeft", "MouthSmileLeft", "MouthSmileRight",
    "MouthFrownLeft", "MouthFrownRight", "MouthDimpleLeft", "MouthDimpleRight", "MouthStretchLeft", "MouthStretchRight",
    "MouthRollLower", "MouthRollUpper", "MouthShrugLower", "MouthShrugUpper", "MouthPressLeft", "MouthPressRight",
    "MouthLowerDownLeft", "MouthLowerDownRight", "MouthUpperUpLeft", "MouthUpperUpRight",
    "BrowDownLeft", "BrowDownRight", "BrowInnerUp", "BrowOuterUpLeft", "BrowOuterUpRight",
    "CheekPuff", "CheekSquintLeft", "CheekSquintRight", "NoseSneerLeft", "NoseSneerRight", "TongueOut",
)  # fmt: skip
LIVE_LINK_TURNS: tuple[str, ...] = (
    "HeadYaw", "HeadPitch", "HeadRoll", "LeftEyeYaw", "LeftEyePitch", "LeftEyeRoll", "RightEyeYaw", "RightEyePitch", "RightEyeRoll",
)  # fmt: skip


def write_npz(
    path: Path,
    clip: MotionClip,
    lip_gap_mm: NDArray[np.float32],
    phonemes: NDArray[np.void],
    seed: int,
    system: str,
    sample_rate: int,
) -> None:
    """Write motion and what belongs to it; loads with `numpy.load(path, allow_pickle=False)`. The same input gives the same bytes.

    Args:
        path: ends in .npz.
        clip: native channels; the auxiliary ones may be missing and are then written as zeros.
        lip_gap_mm: float32 [T], lip opening on the posed head.
        phonemes: `PHONEME_DTYPE` [L].
        seed: of the performance, -2**63 to 2**64 - 1.
        system: name of what made the motion.
        sample_rate: of the line's sound; 0 without sound.

    Raises:
        InvalidInput: a missing channel, or `lip_gap_mm` of another length.
        OutputError: the folder cannot be written or the disk is full.
    """
    if lip_gap_mm.shape != (len(clip),):
        raise InvalidInput(f"lip_gap_mm must be [{len(clip)}], got {list(lip_gap_mm.shape)}", "give one opening per frame")
    arrays = {
        "time_s": clip.times_s,
        "channels": _native(clip),
        "channel_names": np.array(CHANNELS),
        "fps_num": np.int64(clip.rate.numerator),
        "fps_den": np.int64(clip.rate.denominator),
        "lip_gap_mm": np.ascontiguousarray(lip_gap_mm, np.float32),
        "phonemes": phonemes,
        "seed": np.uint64(seed) if seed >= 2**63 else np.int64(seed),
        "system": np.array(system),
        "sample_rate": np.int64(sample_rate),
    }
    with replacing(path) as temporary, temporary.open("wb") as file:
        np.savez_compressed(file, **arrays)  # type: ignore[arg-type]


def write_csv(path: Path, clip: MotionClip) -> None:
    """Write a Live Link Face recording: timecode, the count 61, 52 coefficients, head and eye rotations.

    Rotations are Euler angles in radians about the head's own axes (+X the character's left, +Y up, +Z forward), turned in the
    order yaw, pitch, roll, positive as the right hand turns, as ARKit's face anchor has them:

    - yaw positive: towards the character's left
    - pitch positive: down (a nod)
    - roll positive: the crown towards the character's right shoulder

    The app's manual does not give its signs; an importer that expects a mirrored recording (the app's default when it streams)
    wants yaw and roll negated. Eye rotations repeat what the look coefficients say, at the angles our head gives them. Head
    position has no column and is left out.

    Args:
        path: ends in .csv.
        clip: with the 52 ARKit channels and head rotation.

    Raises:
        InvalidInput: a missing channel.
        OutputError: the folder cannot be written or the disk is full.
    """
    shapes = clip.select([name[0].lower() + name[1:] for name in LIVE_LINK_SHAPES])
    columns = np.concatenate([shapes, _turns(clip)], axis=1)
    count = len(LIVE_LINK_SHAPES) + len(LIVE_LINK_TURNS)
    rows = [",".join(("Timecode", "BlendShapeCount", *LIVE_LINK_SHAPES, *LIVE_LINK_TURNS))]
    for frame, values in enumerate(columns):
        rows.append(f"{_timecode(frame, clip.rate)},{count}," + ",".join(f"{v:.8f}" for v in values + 0.0))
    with replacing(path) as temporary:
        temporary.write_text("\n".join(rows) + "\n", encoding="ascii", newline="\n")


def _native(clip: MotionClip) -> NDArray[np.float32]:
    missing = np.zeros(len(clip), np.float32)
    columns = [missing if name in AUX and name not in clip.names else clip.channel(name) for name in CHANNELS]
    return np.stack(columns, axis=1).astype(np.float32)


def _turns(clip: MotionClip) -> NDArray[np.float32]:
    """Head and eye angles [T, 9] in the order of `LIVE_LINK_TURNS`."""
    vectors = clip.select(["headRotX", "headRotY", "headRotZ"]).astype(np.float64)
    head = Rotation.from_rotvec(vectors).as_euler("YXZ")  # [T, 3] yaw, pitch, roll
    out = [head]
    for side, outward in (("Left", 1.0), ("Right", -1.0)):
        down, inward, out_, up = (clip.channel(f"eyeLook{name}{side}").astype(np.float64) for name in ("Down", "In", "Out", "Up"))
        yaw = outward * (out_ - inward) * LOOK_SIDE_RAD
        pitch = down * LOOK_DOWN_RAD - up * LOOK_UP_RAD
        out.append(np.stack([yaw, pitch, np.zeros(len(clip))], axis=1))
    return np.concatenate(out, axis=1).astype(np.float32)


def _timecode(frame: int, rate: Fraction) -> str:
    """`HH:MM:SS:FF.mmm`: whole frames within the second, then thousandths of a frame.

    Importers read a row's time as the seconds plus FF.mmm / rate. At 30000/1001 a second holds no whole number of frames, so the
    first frame of a second starts at a fraction.
    """
    seconds, rest = divmod(Fraction(frame) / rate, 1)
    frames = rest * rate
    thousandths = round(frames * 1000)
    whole, part = divmod(thousandths, 1000)
    return f"{seconds // 3600:02d}:{seconds // 60 % 60:02d}:{seconds % 60:02d}:{whole:02d}.{part:03d}"
