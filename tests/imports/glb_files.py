"""Binary glTF files for the tests: a face with morph targets and their animation."""

from __future__ import annotations

import json
import struct
from pathlib import Path
from typing import Any

import numpy as np

NAMES = ("jawOpen", "eyeBlink_L", "EyeBlinkRight", "brow_inner_up", "wobble")


def write_glb(path: Path, times: np.ndarray, values: np.ndarray, names: tuple[str, ...] = NAMES, **options: Any) -> Path:
    """A GLB with one animation of weights.

    Args:
        path: where.
        times: [T].
        values: [T, N], or [T, 3, N] for CUBICSPLINE.
        names: of the N targets.
        options: `interpolation`, `dtype` of the values with `normalized`, `change` (called with the description before it is written).
    """
    dtype = np.dtype(options.get("dtype", "<f4"))
    code = {"f4": 5126, "u1": 5121, "u2": 5123, "i1": 5120, "i2": 5122}[dtype.str[1:]]
    first = np.asarray(times, "<f4").tobytes()
    second = np.ascontiguousarray(values, dtype).tobytes()
    binary = first + second
    binary += b"\0" * (-len(binary) % 4)
    description: dict[str, Any] = {
        "asset": {"version": "2.0"},
        "nodes": [{"mesh": 0, "name": "head"}],
        "meshes": [{"primitives": [{"attributes": {}, "targets": [{}] * len(names)}], "extras": {"targetNames": list(names)}}],
        "buffers": [{"byteLength": len(binary)}],
        "bufferViews": [{"buffer": 0, "byteOffset": 0, "byteLength": len(first)}, {"buffer": 0, "byteOffset": len(first), "byteLength": len(second)}],
        "accessors": [
            {"bufferView": 0, "componentType": 5126, "count": len(times), "type": "SCALAR"},
            {"bufferView": 1, "componentType": code, "count": int(np.size(values)), "type": "SCALAR", "normalized": bool(options.get("normalized", False))},
        ],
        "animations": [
            {
                "name": "talk",
                "samplers": [{"input": 0, "output": 1, "interpolation": options.get("interpolation", "LINEAR")}],
                "channels": [{"sampler": 0, "target": {"node": 0, "path": "weights"}}],
            }
        ],
    }
    if "change" in options:
        options["change"](description)
    text = json.dumps(description).encode()
    text += b" " * (-len(text) % 4)
    total = 12 + 8 + len(text) + 8 + len(binary)
    path.write_bytes(
        struct.pack("<III", 0x46546C67, 2, total)
        + struct.pack("<II", len(text), 0x4E4F534A) + text
        + struct.pack("<II", len(binary), 0x004E4942) + binary
    )  # fmt: skip
    return path
