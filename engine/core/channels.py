"""The native rig's channel table: 52 ARKit coefficients, head rotation and position, then auxiliary channels.

The order here is the order of `MotionClip.values` and of `channels` in every npz. Left and right are the character's.
"""

from __future__ import annotations

# Apple's ARFaceAnchor.BlendShapeLocation names, alphabetical.
ARKIT: tuple[str, ...] = (
    "browDownLeft", "browDownRight", "browInnerUp", "browOuterUpLeft", "browOuterUpRight",
    "cheekPuff", "cheekSquintLeft", "cheekSquintRight",
    "eyeBlinkLeft", "eyeBlinkRight", "eyeLookDownLeft", "eyeLookDownRight", "eyeLookInLeft", "eyeLookInRight",
    "eyeLookOutLeft", "eyeLookOutRight", "eyeLookUpLeft", "eyeLookUpRight", "eyeSquintLeft", "eyeSquintRight",
    "eyeWideLeft", "eyeWideRight",
    "jawForward", "jawLeft", "jawOpen", "jawRight",
    "mouthClose", "mouthDimpleLeft", "mouthDimpleRight", "mouthFrownLeft", "mouthFrownRight", "mouthFunnel",
    "mouthLeft", "mouthLowerDownLeft", "mouthLowerDownRight", "mouthPressLeft", "mouthPressRight", "mouthPucker",
    "mouthRight", "mouthRollLower", "mouthRollUpper", "mouthShrugLower", "mouthShrugUpper",
    "mouthSmileLeft", "mouthSmileRight", "mouthStretchLeft", "mouthStretchRight", "mouthUpperUpLeft", "mouthUpperUpRight",
    "noseSneerLeft", "noseSneerRight", "tongueOut",
)  # fmt: skip
HEAD: tuple[str, ...] = ("headRotX", "headRotY", "headRotZ", "headPosX", "headPosY", "headPosZ")
AUX: tuple[str, ...] = ("tongueTipUp", "tongueTipForward", "tongueBodyUp", "tongueBodyBack", "breath")

NATIVE: tuple[str, ...] = ARKIT + HEAD  # 58
CHANNELS: tuple[str, ...] = NATIVE + AUX  # 63
INDEX: dict[str, int] = {name: i for i, name in enumerate(CHANNELS)}


def limits(name: str) -> tuple[float, float]:
    """Smallest and largest value of a channel: coefficients 0 to 1, radians and millimetres for the head."""
    if name.startswith("headRot"):
        return (-1.2, 1.2)
    if name.startswith("headPos"):
        return (-150.0, 150.0)
    return (0.0, 1.0)


def mirror(name: str) -> str:
    """The channel of the other side; the same name where there is none."""
    if name.endswith("Left"):
        return name[:-4] + "Right"
    if name.endswith("Right"):
        return name[:-5] + "Left"
    return name


def mirror_sign(name: str) -> float:
    """-1 for the channels whose value changes sign when a pose is mirrored, else 1."""
    return -1.0 if name in ("headRotY", "headRotZ", "headPosX") else 1.0


def indices(names: tuple[str, ...]) -> list[int]:
    """Positions of `names` in the native table, in the order given."""
    return [INDEX[name] for name in names]


_MOUTH = tuple(n for n in ARKIT if n.startswith(("mouth", "jaw", "tongue")))
REGIONS: dict[str, tuple[str, ...]] = {
    "lips": (*_MOUTH, *AUX[:4]),
    "brows": tuple(n for n in ARKIT if n.startswith("brow")),
    "eyes": tuple(n for n in ARKIT if n.startswith("eye")),
    "cheeks and nose": tuple(n for n in ARKIT if n.startswith(("cheek", "nose"))),
    "head": (*HEAD, "breath"),
}
LIP: tuple[str, ...] = REGIONS["lips"]
NON_LIP: tuple[str, ...] = tuple(n for n in CHANNELS if n not in LIP)
