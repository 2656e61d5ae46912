"""What the rig needs to keep teeth, lips, lids and eyes from passing through each other: the arches of the teeth, and who has to stay outside of what."""

from __future__ import annotations

import numpy as np
from ada_parts import Array, Topology
from numpy.typing import NDArray

# The front of the teeth as a table: depth from a centre behind them, by the direction x / depth and by height. Metres.
CENTRE_Z_M = -0.050
DIRECTIONS = np.linspace(-1.6, 1.6, 65)
STEP_Y_M = 0.0005
ABOVE_GUM_M, BEYOND_EDGE_M = 0.006, 0.004
THICK_M = 0.0004  # single teeth are drawn on the arch and stand out from it
KEPT_SHARE, MOST_KEPT_M, LEAST_KEPT_M = 0.40, 0.0040, 0.0003
LINING_M = 0.0010  # what lies this much behind the front of the teeth at rest belongs to the gums or to the mouth's inside
FARTHEST_M, HEIGHT_M, REACH_Y_M = 0.015, -0.066, 0.030


def linings(topology: Topology, skin: NDArray[np.int64], loops: dict[str, list[int]], points: Array) -> dict[str, NDArray[np.int64]]:
    """The skin inside the mouth and behind the lids, in vertices of the base mesh: what the loops of contact cut off from the face."""
    blocked = {v for loop in loops.values() for v in loop}
    start = int(skin[np.argmax(points[skin, 2])])
    seen, stack = {start}, [start]
    while stack:
        for j in topology.near[stack.pop()]:
            if j not in seen and j not in blocked:
                seen.add(j)
                stack.append(j)
    inside = np.array([v for v in skin if int(v) not in seen and int(v) not in blocked])
    high = points[inside, 1] > -0.03
    return {"mouth": inside[~high], "lids": inside[high]}


def arch(points: Array, triangles: NDArray[np.int64], jaw: str) -> tuple[NDArray[np.float32], float]:
    """The front of one row of teeth: depth [D, Y] over `DIRECTIONS` and heights from the returned one upward by `STEP_Y_M`."""
    grid = np.array([(a, b) for a in np.linspace(0, 1, 60) for b in np.linspace(0, 1, 60) if a + b <= 1])
    corners = points[triangles]
    dense = (corners[:, None, 0] + grid[:, :1] * (corners[:, None, 1] - corners[:, None, 0]) + grid[:, 1:] * (corners[:, None, 2] - corners[:, None, 0])).reshape(-1, 3)
    up = jaw == "upper"
    low = dense[:, 1].min() - (BEYOND_EDGE_M if up else ABOVE_GUM_M)
    high = dense[:, 1].max() + (ABOVE_GUM_M if up else BEYOND_EDGE_M)
    rows = int(np.ceil((high - low) / STEP_Y_M)) + 1
    depth = dense[:, 2] - CENTRE_Z_M
    column = np.round((dense[:, 0] / depth - DIRECTIONS[0]) / (DIRECTIONS[1] - DIRECTIONS[0])).astype(int)
    row = np.round((dense[:, 1] - low) / STEP_Y_M).astype(int)
    out = np.full((len(DIRECTIONS), rows), -np.inf)
    kept = (column >= 0) & (column < len(DIRECTIONS))
    np.maximum.at(out, (column[kept], row[kept]), depth[kept])
    used = np.flatnonzero(np.isfinite(out).any(1))
    for c in used:
        known = np.flatnonzero(np.isfinite(out[c]))
        out[c, known[0] : known[-1] + 1] = np.interp(np.arange(known[0], known[-1] + 1), known, out[c, known])
        edge, gum = (known[0], known[-1]) if up else (known[-1], known[0])
        away = np.arange(rows)
        beyond = np.maximum((edge - away) if up else (away - edge), 0) * STEP_Y_M
        behind = np.maximum((away - gum) if up else (gum - away), 0) * STEP_Y_M
        out[c] = np.where(beyond > 0, out[c, edge] - 1.2 * beyond - beyond**2 / 0.0006, np.where(behind > 0, out[c, gum] - 0.2 * behind - 6 * np.maximum(behind - 0.004, 0), out[c]))
    for c in range(len(DIRECTIONS)):  # past the last molars: away quickly
        nearest = used[np.argmin(np.abs(used - c))]
        if nearest != c:
            out[c] = out[nearest] - 0.003 * abs(nearest - c)
    return (out + THICK_M).astype(np.float32), float(low)


def kept_off(points: Array, table: NDArray[np.float32]) -> NDArray[np.float32]:
    """How far each of the points [N] has to stay in front of a row of teeth, metres; -1 for those that need not: a share of what it is at rest."""
    depth = points[:, 2] - CENTRE_Z_M
    ahead = depth > 0.01
    direction = np.where(ahead, points[:, 0] / np.maximum(depth, 1e-3), 9.0)
    column = np.clip(np.round((direction - DIRECTIONS[0]) / (DIRECTIONS[1] - DIRECTIONS[0])), 0, len(DIRECTIONS) - 1).astype(int)
    over = (depth - table.max(1)[column]) * np.sqrt(1 + direction**2)
    out = np.clip(KEPT_SHARE * over, LEAST_KEPT_M, MOST_KEPT_M)
    out = np.where(over < LEAST_KEPT_M, over, out)
    return np.where((over < -LINING_M) | (over > FARTHEST_M) | (np.abs(points[:, 1] - HEIGHT_M) > REACH_Y_M) | ~ahead | (np.abs(direction) > DIRECTIONS[-1]), -1.0, out).astype(np.float32)
