"""What was captured, beside the layer made of it: kept so that regions, neutral, gain and range can be changed later. No Qt."""

from __future__ import annotations

import io
import logging
import zipfile
from fractions import Fraction
from pathlib import Path

import numpy as np

from engine.core import assets
from engine.core.channels import CHANNELS
from engine.core.errors import EngineError
from engine.core.motion import MotionClip
from engine.core.output import replacing
from studio.capture.door import Performed

log = logging.getLogger(__name__)
_MOST = 200  # captures kept in the cache; the oldest go
_LARGEST = 1 << 30  # bytes of one


def _folder() -> Path:
    folder = assets.user_cache() / "captures"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def keep(layer_id: str, performed: Performed) -> None:
    """Keep a capture in the cache; where it cannot be written it is only known until the studio ends."""
    rate = performed.raw.rate
    packed = io.BytesIO()
    np.savez_compressed(
        packed, values=performed.raw.values, rate=np.array([rate.numerator, rate.denominator]), times_s=performed.times_s,
        points=performed.points.astype(np.float32), confidence=performed.confidence,
    )  # fmt: skip
    try:
        folder = _folder()
        with replacing(folder / f"{layer_id}.npz") as temporary:
            temporary.write_bytes(packed.getvalue())
        for old in sorted(folder.glob("*.npz"), key=lambda p: p.stat().st_mtime)[:-_MOST]:
            old.unlink(missing_ok=True)
    except (EngineError, OSError):
        log.warning("a capture could not be kept", exc_info=True)


def kept(layer_id: str) -> Performed | None:
    """A capture out of the cache; None where it is not there any more, or damaged."""
    path = _folder() / f"{layer_id}.npz"
    if not path.is_file() or path.stat().st_size > _LARGEST:
        return None
    try:
        with np.load(path, allow_pickle=False) as found:
            rate = Fraction(int(found["rate"][0]), int(found["rate"][1]))
            raw = MotionClip(found["values"].astype(np.float32), rate, CHANNELS)
            return Performed(raw, found["times_s"], found["points"], found["confidence"])
    except (OSError, ValueError, KeyError, IndexError, ZeroDivisionError, zipfile.BadZipFile, EngineError):
        log.warning("the kept capture %s cannot be read", path.name, exc_info=True)
        return None
