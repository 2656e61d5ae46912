"""Bake the landmarker's points on our head into `assets/heads/tracking.npz`.

    python packaging/bake_tracking.py [SEEN.npz]

Run it after `bake_ada.py` and when people's looks have changed much; needs GL and the landmark models, and takes some ten minutes. With a file
name what was seen is kept there, and taken from there the next time. Source of all numbers: pictures of our own people, drawn here.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

import numpy as np
import tracking_learn as learn
from numpy.typing import NDArray
from tracking_seen import kept

from engine.head import ada

OUT = Path(__file__).resolve().parents[1] / "assets" / "heads" / "tracking.npz"
EYES_M = 0.0855  # between the outer corners, on average of our people
# Edges of the lips, outer then inner, and of the lids and brows of the right eye and the left: where the landmarker is finest.
LIPS = (
    61, 146, 91, 181, 84, 17, 314, 405, 321, 375, 291, 185, 40, 39, 37, 0, 267, 269, 270, 409,
    78, 95, 88, 178, 87, 14, 317, 402, 318, 324, 308, 191, 80, 81, 82, 13, 312, 311, 310, 415,
)  # fmt: skip
LIDS = (
    33, 7, 163, 144, 145, 153, 154, 155, 133, 246, 161, 160, 159, 158, 157, 173, 263, 249, 390, 373, 374, 380, 381, 382, 362, 466, 388, 387, 386, 385, 384, 398,
)  # fmt: skip
BROWS = (35, 124, 46, 53, 52, 65, 156, 70, 63, 105, 66, 107, 55, 193, 265, 353, 276, 283, 282, 295, 383, 300, 293, 334, 296, 336, 285, 417)
# The rest of what the landmarker refines lies close to those.
NEAR = (
    76, 77, 90, 180, 85, 16, 315, 404, 320, 307, 306, 184, 74, 73, 72, 11, 302, 303, 304, 408, 62, 96, 89, 179, 86, 15, 316, 403, 319, 325, 292, 183, 42, 41,
    38, 12, 268, 271, 272, 407, 130, 25, 110, 24, 23, 22, 26, 112, 243, 247, 30, 29, 27, 28, 56, 190, 226, 31, 228, 229, 230, 231, 232, 233, 244, 113, 225,
    224, 223, 222, 221, 189, 143, 111, 117, 118, 119, 120, 121, 128, 245, 359, 255, 339, 254, 253, 252, 256, 341, 463, 467, 260, 259, 257, 258, 286, 414, 446,
    261, 448, 449, 450, 451, 452, 453, 464, 342, 445, 444, 443, 442, 441, 413, 372, 340, 346, 347, 348, 349, 350, 357, 465,
)  # fmt: skip
MORE, EXACT = 57, 0.02  # pairs of other points, and how exact they have to be, in eye distances


def used(at: NDArray[np.float64], sigma: NDArray[np.float64], other: NDArray[np.int64], sure: NDArray[np.bool_]) -> NDArray[np.int64]:
    """Points of the mesh to use: those on edges, and others spread evenly over the face, in pairs."""
    edges = {*LIPS, *LIDS, *BROWS}
    left = [p for p in range(len(at)) if p not in edges and p not in NEAR and sigma[p] < EXACT and sure[p] and at[p, 0] >= -1e-4]
    away = np.full(len(left), np.inf)
    chosen: list[int] = []
    for _ in range(min(MORE, len(left))):
        chosen.append(left[int(away.argmax())])
        away = np.minimum(away, ((at[left] - at[chosen[-1]]) ** 2).sum(1))
    return np.array(sorted(edges | set(chosen) | {int(other[p]) for p in chosen}))


def main(path: Path) -> None:
    """Look, learn and write."""
    seen = kept(path)
    vertex, share = learn.places(seen, seen.skin())
    learnt = learn.responses(seen, vertex, share)
    at = np.einsum("lk,lkd->ld", share, ada.load().vertices[vertex]) + learnt.shift
    other, sure = learn.pairs(at)
    response, shift = learn.mirrored(learnt, other, sure)
    apart = np.median(np.linalg.norm(seen.points[:, learn.CORNERS[0]] - seen.points[:, learn.CORNERS[1]], axis=1))
    sigma = np.sqrt((np.minimum(np.linalg.norm(learnt.left, axis=-1), 8.0) ** 2).mean(0) / 2) / apart
    mesh = used(at, sigma, other, sure)
    rows = {int(point): row for row, point in enumerate(mesh)}
    within = np.array([rows.get(int(other[point]), rows[int(point)]) for point in mesh])
    slip, alone = learn.slips(seen, learnt.left[:, mesh], at[mesh], within)
    names, axis = learn.axes(vertex[mesh], share[mesh])
    np.savez_compressed(
        OUT, mesh=mesh.astype(np.int16), vertex=vertex[mesh].astype(np.int16), share=share[mesh], shift=shift[mesh].astype(np.float16),
        sigma=(alone / EYES_M).astype(np.float32), names=np.array(learn.NAMES), response=response[:, mesh].astype(np.float16),
        slip=slip.astype(np.float16), axes=np.array(names), axis=axis.astype(np.float16),
    )  # fmt: skip
    print(f"{OUT.name}: {len(mesh)} points, {OUT.stat().st_size / 1000:.0f} kB")


if __name__ == "__main__":
    if len(sys.argv) > 1:
        main(Path(sys.argv[1]))
    else:
        with tempfile.TemporaryDirectory() as temporary:
            main(Path(temporary) / "seen.npz")
