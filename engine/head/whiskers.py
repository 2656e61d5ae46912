"""Hair that follows the skin as it moves: brows and beards, hair by hair.

Baked by `packaging/groom_face.py` on Ada. Tufts keep their form in frames of their own, which two places of the skin and the skin's
normal at its root make; the places are bound to the triangles of whatever mesh of the skin is drawn.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from engine.core import assets
from engine.core.errors import InvalidInput, MissingAsset
from engine.core.person import BEARD_STYLES, BROW_STYLES
from engine.head import ada
from engine.head.groom import nearest_triangle
from engine.head.look import Look

FILE = "heads/whiskers.npz"
STEP_M, WIDTH_STEP_M = 1e-5, 1e-6  # of the stored places and widths
Floats = NDArray[np.float32]


@dataclass(frozen=True, eq=False)
class Whiskers:
    """One style on Ada: R tufts of H hairs with K stations each; the first tufts, and the first hairs of each, are an even choice of all.

    Args:
        style: its name.
        root: float32 [R, 3] metres, on the skin.
        ahead: float32 [R, 3] the skin a little further the way the tuft lies.
        local: float32 [R, H, K, 3] metres from the root, along the frame's axes: ahead, aside, out of the skin.
        width: float32 [R, H] metres; 0 where a tuft has fewer hairs.
        seed: float32 [R, H] 0 to 1.
        off: float32 [R] how far from the middle of its region a root lies: thicker brows reach further.
    """

    style: str
    root: Floats
    ahead: Floats
    local: Floats
    width: Floats
    seed: Floats
    off: Floats

    def pick(self, tufts: NDArray, hairs: int | None = None) -> Whiskers:
        """Some of the tufts, and the first hairs of each."""
        local, width, seed = (per_hair[tufts][:, :hairs] for per_hair in (self.local, self.width, self.seed))
        return Whiskers(self.style, self.root[tufts], self.ahead[tufts], local, width, seed, self.off[tufts])


@dataclass(frozen=True, eq=False)
class Bound:
    """Tufts bound to the points of a look.

    Args:
        places: sparse float32 [2 R, G]; the roots, then the places ahead of them.
        local: float32 [R, H K, 3].
        along: float32 [R, H K, 3] directions along the hairs, in the tufts' frames.
    """

    places: sparse.csr_matrix
    local: Floats
    along: Floats

    def __call__(self, points: Floats, normals: Floats) -> tuple[Floats, Floats, Floats]:
        """Where the hairs are.

        Args:
            points: float32 [G, 3] of the look, posed.
            normals: float32 [G, 3] of these.

        Returns:
            stations [R, H K, 3], the directions along the hairs there [R, H K, 3], and the skin's normals [R, 3].
        """
        count = len(self.local)
        place = self.places @ points
        out = self.places[:count] @ normals
        out /= np.linalg.norm(out, axis=1, keepdims=True) + 1e-12
        ahead = place[count:] - place[:count]
        ahead -= out * np.einsum("rk,rk->r", ahead, out)[:, None]
        ahead /= np.linalg.norm(ahead, axis=1, keepdims=True) + 1e-12
        frame = np.stack([ahead, np.cross(out, ahead), out], 1)  # rows are the axes
        return place[:count, None] + self.local @ frame, self.along @ frame, out


def bind(whiskers: Whiskers, look: Look) -> Bound:
    """Find the triangles of a look's skin, at Ada's rest, on which the strands stand."""
    rest = look.blend @ ada.load().vertices
    faces = look.source[look.triangles["skin"].astype(np.int64)]
    places = np.concatenate([whiskers.root, whiskers.ahead]).astype(np.float64)
    triangle, share, _ = nearest_triangle(places, rest.astype(np.float64), faces)
    rows = np.repeat(np.arange(len(places)), 3)
    matrix = sparse.csr_matrix((share.ravel().astype(np.float32), (rows, faces[triangle].ravel())), (len(places), len(rest)))
    count = len(whiskers.root)
    along = np.gradient(whiskers.local, axis=2)
    return Bound(matrix, whiskers.local.reshape(count, -1, 3), along.reshape(count, -1, 3).astype(np.float32))


@lru_cache(maxsize=1)
def _arrays() -> dict[str, NDArray]:
    file = assets.path(FILE)
    try:
        with np.load(file, allow_pickle=False) as archive:
            return {key: archive[key] for key in archive.files}
    except (OSError, ValueError) as error:
        raise MissingAsset(f"the brows and beards {file} cannot be read ({error})", "install Viva Voce again") from error


@lru_cache(maxsize=16)
def load(kind: str, style: str) -> Whiskers:
    """A style of brows or beard, cached.

    Args:
        kind: "brow" or "beard".
        style: of `person.BROW_STYLES` or `person.BEARD_STYLES`.

    Raises:
        InvalidInput: no such style, or "none".
        MissingAsset: the file is not there or damaged.
    """
    known = {"brow": BROW_STYLES, "beard": BEARD_STYLES}.get(kind, ())
    if style not in known or style == "none":
        raise InvalidInput(f"there are no hairs for the {kind} style {style!r}", "use one of " + ", ".join(s for s in known if s != "none"))
    a = {name.rpartition("/")[2]: value for name, value in _arrays().items() if name.startswith(f"{kind}/{style}/")}
    places = a["place"].astype(np.float32) * np.float32(STEP_M)
    half = len(places) // 2
    return Whiskers(
        style=style,
        root=places[:half],
        ahead=places[half:],
        local=a["local"].astype(np.float32) * np.float32(STEP_M),
        width=a["width"].astype(np.float32) * np.float32(WIDTH_STEP_M),
        seed=a["seed"].astype(np.float32) / np.float32(255),
        off=a["off"].astype(np.float32) / np.float32(100),
    )
