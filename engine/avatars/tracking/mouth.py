"""Whether lips are closed, and how far open: measured in the picture, and played by the rig."""

from __future__ import annotations

import numpy as np
import torch
from numpy.typing import NDArray

from engine.avatars.tracking import points
from engine.avatars.tracking.actor import Actor
from engine.core.channels import CHANNELS, INDEX, limits
from engine.head.barriers import one_thread
from engine.head.rig import LEAST_JAW, LipGauge
from engine.head.shape import head_of

_MOST_CLOSED = 0.012  # of the eyes' distance: a gap that can still be closed lips
_ABOVE = 0.009  # above an actor's closed lips, at which they part
_APART = 0.004  # and further, before they count as parted again
_JAW, _CLOSE = INDEX["jawOpen"], INDEX["mouthClose"]
_HALVINGS, _FEW_HALVINGS = 7, 3  # of the search for a gap: of many frames, and of one that is waited for
_PER_MM = 1.08  # gaps are seen that much wider than they are (on pictures of our own people)
_NARROW_MM = 0.8  # between lips that look closed in a w or an r: what `_ABOVE` is on a face
_SURELY_MM = 2.0  # the jaw is opened further only for lips that would be less apart than this


def gaps(seen: NDArray[np.floating]) -> NDArray[np.float64]:
    """Opening between the lips in the middle half of the mouth, as a share of the distance between the outer corners of the eyes.

    Args:
        seen: [T, 468, 3] points.

    Returns:
        float64 [T]; negative where the edges pass each other.
    """
    p = np.asarray(seen, np.float64)[..., :2]
    across = p[:, points.CORNERS["left"][0]] - p[:, points.CORNERS["right"][0]]
    distance = np.maximum(np.linalg.norm(across, axis=1), 1e-6)
    mouth = p[:, points.LIP_CORNERS[1]] - p[:, points.LIP_CORNERS[0]]
    down = np.stack([-mouth[:, 1], mouth[:, 0]], 1) / np.maximum(np.linalg.norm(mouth, axis=1), 1e-6)[:, None]
    columns = [((p[:, low] - p[:, up]) * down).sum(1) for up, low in points.LIP_COLUMNS]
    return np.asarray(np.sort(np.stack(columns), 0)[1:].mean(0) / distance)


def closed_level(gap: NDArray[np.floating]) -> float:
    """The gap at which an actor's lips are closed, as it is measured: the least that often occurs."""
    known = np.asarray(gap)[np.isfinite(gap)]
    return float(np.clip(np.percentile(known, 3), -_MOST_CLOSED, _MOST_CLOSED)) if len(known) else 0.0


def closed(gap: NDArray[np.floating], level: float, seen: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Frames that show closed lips, bool [T]."""
    return np.asarray((np.nan_to_num(gap, nan=1.0) < level + _ABOVE) & seen)


def limited(values: NDArray[np.floating]) -> NDArray[np.float32]:
    """Values [T, 63] within the rig's limits, lips never further shut than the jaw is open."""
    low, high = np.array([limits(name) for name in CHANNELS], np.float32).T
    return np.asarray(np.clip(values, low, high), np.float32)


def snapped(
    values: NDArray[np.floating], gap: NDArray[np.floating], shut: NDArray[np.bool_], actor: Actor, gauge: LipGauge | None = None,
    narrow: NDArray[np.bool_] | None = None,
) -> NDArray[np.float32]:  # fmt: skip
    """Lips that are closed where they are held shut, and elsewhere as far open as they were seen.

    Args:
        values: [T, 63].
        gap: [T] of `gaps`.
        shut: bool [T] frames in which they are held shut.
        actor: whose lips.
        gauge: of their lips, where it is at hand.
        narrow: bool [T] frames in which they look closed and are not pressed: a camera does not see so small an opening.

    Returns:
        float32 [T, 63] with other values of `mouthClose` and, where lips are too narrow, `jawOpen`.
    """
    out = limited(values)
    eyes_m = float(np.linalg.norm(np.subtract(*(actor.rest[points.load().at((points.CORNERS[s][0],))[0]] for s in ("left", "right")))))
    wanted = torch.from_numpy(np.clip(np.nan_to_num(gap) - actor.lips, 0.0, None).astype(np.float32) * np.float32(eyes_m * 1000.0 / _PER_MM))
    if narrow is not None:
        wanted[torch.from_numpy(narrow)] = wanted[torch.from_numpy(narrow)].clamp_min(_NARROW_MM)
    wanted[torch.from_numpy(shut)] = 0.0
    return fitted_gap(out, wanted, gauge or LipGauge(head_of(actor.person)))


def fitted_gap(values: NDArray[np.float32], wanted_mm: torch.Tensor, gauge: LipGauge) -> NDArray[np.float32]:
    """Values [T, 63] whose lips are as far open as wanted [T], as near as mouthClose and jawOpen can."""
    v = torch.from_numpy(values.copy())
    halvings = _HALVINGS if len(v) > 1 else _FEW_HALVINGS
    if bool((wanted_mm <= 0).all()):
        v[:, _CLOSE] = v[:, _JAW].clamp_min(LEAST_JAW)
        return v.numpy()
    with torch.no_grad(), one_thread():
        open_now = v.clone()
        open_now[:, _CLOSE] = 0.0
        least = wanted_mm.clamp_max(_SURELY_MM)
        short = least - gauge(open_now)
        need = short > 0
        # Too narrow even with nothing closing them: the jaw opens further.
        low, high = v[:, _JAW].clone(), torch.where(need, (v[:, _JAW] + 0.3).clamp_max(1.0), v[:, _JAW])
        for _ in range(halvings if bool(need.any()) else 0):
            middle = (low + high) / 2
            open_now[:, _JAW] = middle
            narrow = gauge(open_now) < least
            low, high = torch.where(narrow, middle, low), torch.where(narrow, high, middle)
        v[:, _JAW] = torch.where(need, (low + high) / 2, v[:, _JAW])
        shut_low, shut_high = torch.zeros(len(v)), torch.maximum(v[:, _JAW], torch.tensor(LEAST_JAW))
        for _ in range(halvings):
            middle = (shut_low + shut_high) / 2
            v[:, _CLOSE] = middle
            wide = gauge(v) > wanted_mm
            shut_low, shut_high = torch.where(wide, middle, shut_low), torch.where(wide, shut_high, middle)
        v[:, _CLOSE] = torch.where(wanted_mm <= 0, torch.maximum(v[:, _JAW], torch.tensor(LEAST_JAW)), torch.where(need, 0.0, (shut_low + shut_high) / 2))
    return v.numpy()
