"""The axes along which a head's rest shape changes: who somebody is by sex, age, build and ancestry, and every feature by itself.

Sex, age, weight, muscle and ancestry are mixed as MakeHuman mixes its macro targets: each target counts by the product of its variables.
Source: MakeHuman's `macro.json` (`racegenderage`, `genderagemuscleweight`); proportions and height, which do not act on a head, are left out.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from engine.core.errors import InvalidInput
from engine.head import ada
from engine.head.ada import HeadAsset

ANCESTRIES: tuple[str, ...] = ("african", "asian", "caucasian")
MACRO: tuple[str, ...] = ("sex", "age", "weight", "muscle", *ANCESTRIES)
_EYES = ("eye_left", "eye_right")
_DIRECT = ("skin", "lashes", "teeth_upper", "teeth_lower", "tongue")  # whose vertices have displacements of their own


@dataclass(frozen=True, eq=False)
class Moves:
    """How a shape moves a head from Ada's.

    Args:
        vertices: float32 [V, 3] displacement, metres.
        joints: displacement [3] by name.
        growth: of each eyeball's radius, as a share, by side.
    """

    vertices: NDArray[np.float32]
    joints: dict[str, NDArray[np.float32]]
    growth: dict[str, float]


@dataclass(frozen=True, eq=False)
class IdentityAxes:
    """The identity axes of a head.

    Args:
        names: of the N axes, each once.
        groups: where a person looks for each: Person, Face, Forehead, Brows, Eyes, Nose, Mouth, Cheeks, Chin, Ears, Neck, Asymmetry.
        titles: in plain English, to be read under the group's.
        mirror: the name of the same axis of the other side, "" where there is none.
        low: float32 [N] smallest value: -1, or 0 where an axis has one side.
        high: float32 [N] largest value.
        default: float32 [N] Ada's value: 0 but for her ancestry.
        arrays: as baked.
    """

    names: tuple[str, ...]
    groups: tuple[str, ...]
    titles: tuple[str, ...]
    mirror: tuple[str, ...]
    low: NDArray[np.float32]
    high: NDArray[np.float32]
    default: NDArray[np.float32]
    arrays: dict[str, NDArray] = field(repr=False)

    def index(self, name: str) -> int:
        """Where an axis stands.

        Raises:
            InvalidInput: no such axis.
        """
        try:
            return self.names.index(name)
        except ValueError:
            raise InvalidInput(f"identity axis {name!r} is not known", "list them with `vivavoce avatar show`") from None

    def check(self, values: dict[str, float]) -> None:
        """Refuse values that no head can have.

        Raises:
            InvalidInput: an unknown axis or a value outside its range.
        """
        for name, value in values.items():
            low = float(self.low[self.index(name)])
            if not low <= value <= 1.0:
                raise InvalidInput(f"identity axis {name} at {value:g} is outside {low:g} to 1", "give a value in that range")

    def offset(self, values: dict[str, float]) -> NDArray[np.float32]:
        """Displacement of the rest shape for these axis values, float32 [V, 3].

        Raises:
            InvalidInput: an unknown axis or a value outside its range.
        """
        return self.moves(values).vertices

    def moves(self, values: dict[str, float]) -> Moves:
        """How a shape moves the head from Ada's.

        Raises:
            InvalidInput: an unknown axis or a value outside its range.
        """
        self.check(values)
        a = self.arrays
        change = self.macro_weights(values) - self.macro_weights({})
        out = ((change @ a["macro_mix"]) @ a["macro_parts"]).reshape(3, -1).T if change.any() else np.zeros((a["macro_parts"].shape[1] // 3, 3), np.float32)
        out = np.ascontiguousarray(out)
        for name, value in values.items():
            if value and name not in MACRO:
                row = 2 * (self.index(name) - len(MACRO)) + (value > 0)
                part = slice(a["delta_start"][row], a["delta_start"][row + 1])
                out[a["delta_vertex"][part]] += a["delta_value"][part] * np.float32(abs(value) * a["delta_scale"][row])
        return _expanded(out, ada.load(), a)

    def macro_weights(self, values: dict[str, float]) -> NDArray[np.float32]:
        """How much each macro target counts, float32 [72], in the order they were baked in."""
        shares = self.ancestry(values)
        sex = values.get("sex", 0.0)
        ages, muscles, weights = (_three(values.get(name, 0.0)) for name in ("age", "muscle", "weight"))
        out = []
        for gender, age in itertools.product((1.0 - sex, sex), ages):
            out += [gender * age * share for share in shares]
            out += [gender * age * muscle * weight for muscle, weight in itertools.product(muscles, weights)]
        return np.array(out, np.float32)

    def ancestry(self, values: dict[str, float]) -> tuple[float, float, float]:
        """Shares of `ANCESTRIES`, which sum to 1: those given by their proportion, Ada's where none is."""
        given = [values.get(name, 0.0) for name in ANCESTRIES]
        if sum(given) <= 0.0:
            given = [float(self.default[self.index(name)]) for name in ANCESTRIES]
        return tuple(share / sum(given) for share in given)  # type: ignore[return-value]


def _three(value: float) -> tuple[float, float, float]:
    """Shares of the least, the middle and the most at a value from -1 to 1."""
    return max(0.0, -value), 1.0 - abs(value), max(0.0, value)


def _expanded(compact: NDArray[np.float32], head: HeadAsset, a: dict[str, NDArray]) -> Moves:
    """Displacements of all of the head's vertices from those that were baked (`bake_ada.carry_compact`)."""
    out = np.empty_like(head.vertices)
    at = 0
    for part in _DIRECT:
        span = head.span(part)
        count = span.stop - span.start
        out[span] = compact[at : at + count]
        at += count
    joints, growth = {}, {}
    for side in _EYES:
        shift, grown = compact[at], float(compact[at + 1, 0]) / head.eye_radius_m
        span = head.span(side)
        out[span] = shift + np.float32(grown) * (head.vertices[span] - head.joints[side])
        joints[side], growth[side] = shift, grown
        at += 2
    joints |= {str(name): compact[at + i] for i, name in enumerate(a["joint_names"])}
    return Moves(out, joints, growth)


@lru_cache(maxsize=1)
def load() -> IdentityAxes:
    """The identity axes of the built-in head, cached; loaded only when somebody shapes a head.

    Raises:
        MissingAsset: the file is not there or damaged.
    """
    a = ada.read_arrays("heads/ada_identity.npz")
    a["macro_parts"] = a.pop("macro_value").reshape(a["macro_mix"].shape[1], -1).astype(np.float32)
    words = {key: tuple(str(n) for n in a.pop(key)) for key in ("names", "groups", "titles", "mirror")}
    low = a.pop("low")
    return IdentityAxes(**words, low=low, high=np.ones_like(low), default=a.pop("default"), arrays=a)
