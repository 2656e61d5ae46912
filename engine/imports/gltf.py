"""Morph-target animation out of binary glTF 2.0 files (`.glb`): names from `extras.targetNames`, weights over time.

Source: Khronos, glTF 2.0 specification, sections 3.6 (accessors), 3.11 (animations), 4.4 (GLB) and appendix C (interpolation).
"""

from __future__ import annotations

import json
import struct
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.core.errors import InvalidInput
from engine.core.jobs import Job

LARGEST_JSON = 64 << 20  # bytes
MOST_VALUES = 64_000_000  # of one track
MOST_TARGETS = 2_000
_MAGIC, _JSON, _BIN = 0x46546C67, 0x4E4F534A, 0x004E4942
_DTYPES: dict[Any, np.dtype[Any]] = {
    5120: np.dtype("<i1"),
    5121: np.dtype("<u1"),
    5122: np.dtype("<i2"),
    5123: np.dtype("<u2"),
    5125: np.dtype("<u4"),
    5126: np.dtype("<f4"),
}
_SCALES = {5120: 127.0, 5121: 255.0, 5122: 32767.0, 5123: 65535.0}
_EXPORT = "export it again as GLB (glTF 2.0) with shape keys and their animation"
Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class _Track:
    """Weights of one mesh over time.

    Args:
        names: of its N targets.
        times_s: float64 [T], rising.
        values: float64 [T, N]; [T, 3, N] in-tangent, value, out-tangent for CUBICSPLINE.
        interpolation: LINEAR, STEP or CUBICSPLINE.
    """

    names: tuple[str, ...]
    times_s: Floats
    values: Floats
    interpolation: str

    def at(self, times_s: Floats) -> Floats:
        """Values at any times, held outside: [M, N]."""
        keys = self.times_s
        if len(keys) == 1:
            return np.repeat(self.values[:1, 1] if self.values.ndim == 3 else self.values[:1], len(times_s), axis=0)
        low = np.clip(np.searchsorted(keys, times_s, side="right") - 1, 0, len(keys) - 2)
        span = (keys[low + 1] - keys[low])[:, None]
        u = np.clip((times_s[:, None] - keys[low][:, None]) / span, 0.0, 1.0)
        if self.interpolation == "STEP":
            return np.where(u < 1.0, self.values[low], self.values[low + 1])
        if self.interpolation == "LINEAR":
            return (1 - u) * self.values[low] + u * self.values[low + 1]
        start, leave, arrive, end = self.values[low, 1], self.values[low, 2], self.values[low + 1, 0], self.values[low + 1, 1]
        u2, u3 = u * u, u * u * u
        out: Floats = (2 * u3 - 3 * u2 + 1) * start + span * (u3 - 2 * u2 + u) * leave + (3 * u2 - 2 * u3) * end + span * (u3 - u2) * arrive
        return out


@dataclass(frozen=True, eq=False)
class Morphs:
    """The face's animation of a file.

    Args:
        names: of all targets, several meshes one after the other.
        times_s: of all keys, rising.
        sample: gives values [M, N] at times [M].
        notices: what was left out.
    """

    names: tuple[str, ...]
    times_s: Floats
    sample: Callable[[Floats], Floats]
    notices: tuple[str, ...]


def read_morphs(path: Path, most_frames: int, job: Job) -> Morphs:
    """Read the animation of morph targets with the most of them.

    Raises:
        InvalidInput: no GLB of version 2, damaged, or without animated and named morph targets.
        Cancelled: the job was cancelled.
    """
    data = _Glb(path)
    animations = data.items("animations")
    found: list[tuple[str, list[_Track], int]] = []
    for number, animation in enumerate(animations):
        job.report(number, len(animations), f"reading {path.name}")
        tracks, others = data.tracks(animation)
        if tracks:
            found.append((str(animation.get("name", number + 1)), tracks, others))
    if not found:
        raise InvalidInput(f"the file {path.name} animates no morph targets (it has {len(animations)} animations)", _EXPORT)
    name, tracks, others = max(found, key=lambda f: sum(len(t.names) * len(t.times_s) for t in f[1]))
    notices = [f"of {len(found)} animations {name!r} was taken"] if len(found) > 1 else []
    if others:
        notices.append("movements of bones and nodes were left out")
    times = np.unique(np.concatenate([t.times_s for t in tracks]))
    if len(times) > most_frames:
        raise InvalidInput(f"the file {path.name} has {len(times):,} keys on one target", f"cut it to at most {most_frames:,}")
    names = tuple(n for t in tracks for n in t.names)
    return Morphs(names, times, lambda at: np.concatenate([t.at(at) for t in tracks], axis=1), tuple(notices))


class _Glb:
    """A file's JSON and binary chunk; everything that is asked of it is checked against their sizes."""

    def __init__(self, path: Path) -> None:
        self._path = path
        with path.open("rb") as file:
            head = file.read(12)
            magic, version, length = struct.unpack("<III", head) if len(head) == 12 else (0, 0, 0)
            if magic != _MAGIC:
                raise self._broken("it is no binary glTF file")
            if version != 2:
                raise self._broken(f"it is glTF of version {version}")
            if length > path.stat().st_size:
                raise self._broken(f"it ends after {path.stat().st_size:,} of {length:,} bytes")
            chunks = self._chunks(file, length)
        self.binary = chunks.get(_BIN, b"")
        try:
            self.json = json.loads(chunks.get(_JSON, b""))
        except (ValueError, RecursionError) as error:
            raise self._broken(f"its description cannot be read ({error})") from error
        if not isinstance(self.json, dict):
            raise self._broken("its description is no object")

    def _broken(self, what: str) -> InvalidInput:
        return InvalidInput(f"the file {self._path.name} cannot be used: {what}", _EXPORT)

    def _chunks(self, file: Any, length: int) -> dict[int, bytes]:
        out: dict[int, bytes] = {}
        at = 12
        while at + 8 <= length:
            size, kind = struct.unpack("<II", file.read(8))
            if at + 8 + size > length or (kind == _JSON and size > LARGEST_JSON):
                raise self._broken(f"a part of it claims {size:,} bytes")
            data = file.read(size)
            out.setdefault(kind, data)
            at += 8 + size
        return out

    def items(self, name: str) -> list[dict[str, Any]]:
        """A list of objects at the top of the description."""
        found = self.json.get(name, [])
        if not isinstance(found, list) or not all(isinstance(f, dict) for f in found):
            raise self._broken(f"its {name} are no list of objects")
        return found

    def item(self, name: str, index: Any) -> dict[str, Any]:
        """One of them."""
        found = self.items(name)
        if not isinstance(index, int) or isinstance(index, bool) or not 0 <= index < len(found):
            raise self._broken(f"it refers to {name[:-1]} {index!r} of {len(found)}")
        return found[index]

    def tracks(self, animation: dict[str, Any]) -> tuple[list[_Track], int]:
        """The morph tracks of an animation, and how many others it has."""
        channels, samplers = animation.get("channels", []), animation.get("samplers", [])
        if not isinstance(channels, list) or not isinstance(samplers, list):
            raise self._broken("an animation has no channels")
        tracks, others = [], 0
        for channel in channels:
            target = channel.get("target", {}) if isinstance(channel, dict) else {}
            if not isinstance(target, dict) or target.get("path") != "weights":
                others += 1
                continue
            number = channel.get("sampler")
            if not isinstance(number, int) or not 0 <= number < len(samplers) or not isinstance(samplers[number], dict):
                raise self._broken(f"it refers to sampler {number!r} of {len(samplers)}")
            tracks.append(self._track(self.item("nodes", target.get("node")), samplers[number]))
        return [t for t in tracks if t.names], others

    def _track(self, node: dict[str, Any], sampler: dict[str, Any]) -> _Track:
        names = self._names(self.item("meshes", node.get("mesh")))
        times = self.accessor(sampler.get("input")).ravel()
        if not len(times) or not np.isfinite(times).all() or times[0] < 0 or (np.diff(times) <= 0).any():
            raise self._broken("the times of an animation do not rise")
        kind = sampler.get("interpolation", "LINEAR")
        if kind not in ("LINEAR", "STEP", "CUBICSPLINE"):
            raise self._broken(f"its interpolation is {str(kind)[:40]!r}")
        values = self.accessor(sampler.get("output")).ravel()
        per_key = 3 if kind == "CUBICSPLINE" else 1
        if len(values) != len(times) * per_key * len(names):
            raise self._broken(f"{len(times)} keys of {len(names)} morph targets have {len(values)} values")
        shape = (len(times), 3, len(names)) if per_key == 3 else (len(times), len(names))
        return _Track(names, times, values.reshape(shape), kind)

    def _names(self, mesh: dict[str, Any]) -> tuple[str, ...]:
        primitives = mesh.get("primitives") or [{}]
        first = primitives[0] if isinstance(primitives, list) and isinstance(primitives[0], dict) else {}
        for owner in (mesh, first):
            extras = owner.get("extras")
            names = extras.get("targetNames") if isinstance(extras, dict) else None
            if isinstance(names, list) and len(names) <= MOST_TARGETS:
                return tuple(str(n)[:200] for n in names)
        targets = first.get("targets") or []
        raise self._broken(f"its {len(targets) if isinstance(targets, list) else 0} morph targets have no names (extras.targetNames)")

    def accessor(self, index: Any) -> Floats:
        """The numbers of an accessor of scalars, float64 [count]."""
        accessor = self.item("accessors", index)
        code: Any = accessor.get("componentType")
        count: Any = accessor.get("count")
        offset: Any = accessor.get("byteOffset", 0)
        if not isinstance(code, int) or code not in _DTYPES or accessor.get("type") != "SCALAR" or "sparse" in accessor:
            raise self._broken(f"accessor {index} is {accessor.get('type')!r} of {code!r}, which an animation of weights cannot be")
        view = self.item("bufferViews", accessor.get("bufferView"))
        start: Any = view.get("byteOffset", 0)
        size: Any = view.get("byteLength")
        stride: Any = view.get("byteStride", 0)
        if not all(isinstance(n, int) and n >= 0 for n in (count, offset, start, size, stride)) or count > MOST_VALUES:
            raise self._broken(f"accessor {index} claims {count!r} numbers")
        buffer = self.item("buffers", view.get("buffer", 0))
        if view.get("buffer", 0) != 0 or "uri" in buffer:
            raise self._broken("its numbers are in another file")
        dtype = _DTYPES[code]
        step = stride or dtype.itemsize
        if step < dtype.itemsize or start + size > len(self.binary) or (count and offset + step * (count - 1) + dtype.itemsize > size):
            raise self._broken(f"accessor {index} reaches past its {len(self.binary):,} bytes")
        raw = np.ndarray((count,), dtype, self.binary, start + offset, (step,))
        scale = _SCALES.get(code, 1.0) if accessor.get("normalized") else 1.0
        out: Floats = np.maximum(raw.astype(np.float64) / scale, -1.0) if scale != 1.0 else raw.astype(np.float64)
        return out
