"""Programs and textures that all characters of one GL context share."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from functools import lru_cache
from pathlib import Path
from typing import Protocol, TypeVar

import numpy as np
from numpy.typing import NDArray

from engine.render.body import BODY_ATTRIBUTES
from engine.render.gl import Program, Texture
from engine.render.levels import Level

_FOLDER = Path(__file__).parent / "shaders"
_LIT = "light.glsl"


@lru_cache(maxsize=64)
def source(*names: str, defines: tuple[str, ...] = ()) -> str:
    """GLSL 1.20 of shader files, one after another."""
    lines = ["#version 120", *(f"#define {name}" for name in defines)]
    return "\n".join(lines + [(_FOLDER / name).read_text(encoding="utf-8") for name in names])


class Kept(Protocol):
    """GL resources that a library keeps."""

    @property
    def nbytes(self) -> int:
        """Memory of its textures."""

    def close(self) -> None:
        """Give them back."""


_K = TypeVar("_K", bound=Kept)


class Library:
    """Belongs to the GL context that was current when it was made.

    Args:
        level: what the shaders are compiled for.
    """

    def __init__(self, level: Level) -> None:
        self.level = level
        self._programs: dict[tuple[str, str], Program] = {}
        self._textures: dict[str, Texture] = {}
        self._kept: dict[Hashable, Kept] = {}

    def program(self, fragment: str, vertex: str = "surface.vert", attributes: tuple[str, ...] | None = None) -> Program:
        """The program of two files in `shaders`, compiled at the first call; light.glsl comes before the fragment's.

        Args:
            fragment: file name, or several with a plus between.
            vertex: likewise.
            attributes: of the vertex shader, in the order of their locations; the body buffer's when None.

        Raises:
            GLError: it does not compile.
        """
        key = (fragment, vertex)
        if key not in self._programs:
            before, after = source(*vertex.split("+"), defines=(*self.defines, "IN_VERTEX")), source(_LIT, *fragment.split("+"), defines=self.defines)
            self._programs[key] = Program(before, after, attributes or BODY_ATTRIBUTES)
        return self._programs[key]

    @property
    def defines(self) -> tuple[str, ...]:
        """What the shaders are told of the level: `FINE`, `SHADOWS`."""
        return (("FINE",) if self.level.fine else ()) + (("SHADOWS",) if self.level.shadow_px else ())

    def texture(self, name: str, make: Callable[[], NDArray[np.uint8]], repeat: bool = False) -> Texture:
        """A texture made at the first call with this name.

        Args:
            name: of the picture.
            make: gives uint8 [H, W, 3], first row at v = 0.
            repeat: tiles in both directions.
        """
        if name not in self._textures:
            self._textures[name] = Texture(make(), repeat=repeat)
        return self._textures[name]

    def once(self, key: Hashable, make: Callable[[], _K]) -> _K:
        """What `make` gives, made at the first call with this key and kept as long as the library."""
        if key not in self._kept:
            self._kept[key] = make()
        return self._kept[key]  # type: ignore[return-value]

    @property
    def texture_bytes(self) -> int:
        """Memory of the textures."""
        return sum(owned.nbytes for owned in (*self._textures.values(), *self._kept.values()))

    def close(self) -> None:
        """Give everything back; the context must be current."""
        for program in self._programs.values():
            program.close()
        for owned in (*self._textures.values(), *self._kept.values()):
            owned.close()
        self._programs, self._textures, self._kept = {}, {}, {}
