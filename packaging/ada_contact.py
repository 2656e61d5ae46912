"""What the rig needs to keep teeth, lips, lids and eyes from passing through each other: the arches of the teeth, and who has to stay outside of what."""

from __future__ import annotations

import numpy as np
from ada_parts import Array, Topology, smoothstep
from numpy.typing import NDArray

# The front of the teeth as a table: depth from a centre behind them, by the direction x / depth and by height. Metres.
CENTRE_Z_M = -0.050
DIRECTIONS = np.linspace(-1.6, 1.6, 65)
STEP_Y_M = 0.0005
PAST_GUM_M, BEYOND_EDGE_M = {"upper": 0.006, "lower": 0.008}, 0.004  # the bone goes on past the gums
GUM_SLOPE = {"upper": 0.1, "lower": 0.6}  # the jaw is narrower than the teeth
THICK_M = 0.0004  # single teeth are drawn on the arch and stand out from it
KEPT_SHARE, MOST_KEPT_M, LEAST_KEPT_M = 0.45, 0.0045, 0.0004
LINING_M = 0.0010  # what lies this much behind the front of the teeth at rest belongs to the gums or to the mouth's inside
# Skin this far from the line of the lips stays in front also just beyond the edge of the teeth: it only gets there stretched over them.
STRETCHED_M, SLACK_M = (0.008, 0.013), 0.010
FARTHEST_M, HEIGHT_M, REACH_Y_M = 0.015, -0.072, 0.038


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
    dense = (
        corners[:, None, 0] + grid[:, :1] * (corners[:, None, 1] - corners[:, None, 0]) + grid[:, 1:] * (corners[:, None, 2] - corners[:, None, 0])
    ).reshape(-1, 3)
    up = jaw == "upper"
    low = dense[:, 1].min() - (BEYOND_EDGE_M if up else PAST_GUM_M[jaw])
    high = dense[:, 1].max() + (PAST_GUM_M[jaw] if up else BEYOND_EDGE_M)
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
        out[c] = np.where(
            beyond > 0,
            out[c, edge] - 1.2 * beyond - beyond**2 / 0.0006,
            np.where(behind > 0, out[c, gum] - GUM_SLOPE[jaw] * behind - 6 * np.maximum(behind - PAST_GUM_M[jaw] + 0.003, 0), out[c]),
        )
    for c in range(len(DIRECTIONS)):  # past the last molars: away quickly
        nearest = used[np.argmin(np.abs(used - c))]
        if nearest != c:
            out[c] = out[nearest] - 0.003 * abs(nearest - c)
    out[:, [0, -1]] = -1.0  # nothing is held above and below
    return (out + THICK_M).astype(np.float32), float(low)


def kept_off(points: Array, table: NDArray[np.float32], lining: NDArray[np.bool_]) -> NDArray[np.float32]:
    """How far each of the points [N] has to stay in front of a row of teeth, metres; -1 for those that need not: a share of what it is at rest."""
    depth = points[:, 2] - CENTRE_Z_M
    ahead = depth > 0.01
    direction = np.where(ahead, points[:, 0] / np.maximum(depth, 1e-3), 9.0)
    column = np.clip(np.round((direction - DIRECTIONS[0]) / (DIRECTIONS[1] - DIRECTIONS[0])), 0, len(DIRECTIONS) - 1).astype(int)
    over = (depth - table.max(1)[column]) * np.sqrt(1 + direction**2)
    # Below the chin the face is narrower than the teeth; where it is stretched up over them it has to stay in front none the less.
    least = np.where(lining, np.minimum(over, LEAST_KEPT_M), LEAST_KEPT_M)
    far = (over > FARTHEST_M) | ~ahead | (np.abs(direction) > DIRECTIONS[-1]) | (np.abs(points[:, 1] - HEIGHT_M) > REACH_Y_M)
    out = np.clip(KEPT_SHARE * over, least, MOST_KEPT_M)
    return np.where((lining & (over < -LINING_M)) | (over < -FARTHEST_M) | far, -1.0, out).astype(np.float32)


def edge_heights(points: Array, table: NDArray[np.float32], low: float, jaw: str) -> NDArray[np.float32]:
    """Height of the edge of a row of teeth in front of which each of the points [N] lies at rest, metres."""
    direction = points[:, 0] / np.maximum(points[:, 2] - CENTRE_Z_M, 1e-3)
    column = np.clip(np.round((direction - DIRECTIONS[0]) / (DIRECTIONS[1] - DIRECTIONS[0])), 0, len(DIRECTIONS) - 1).astype(int)
    heights = low + STEP_Y_M * np.arange(table.shape[1])
    whole = table > table.max(1, keepdims=True) - 0.003
    edge = np.where(whole, heights, np.inf).min(1) if jaw == "upper" else np.where(whole, heights, -np.inf).max(1)
    return edge[column].astype(np.float32)


def slack(topology: Topology, points: Array, lips: list[int], vertices: NDArray[np.int64]) -> NDArray[np.float32]:
    """How far beyond the teeth's edge each vertex of the base mesh still stays in front of them, metres, by its way along the skin from the lips."""
    away = topology.distance(points, lips, 2 * STRETCHED_M[1])[vertices]
    return (SLACK_M * smoothstep(np.where(np.isinf(away), 1.0, away), *STRETCHED_M)).astype(np.float32)
