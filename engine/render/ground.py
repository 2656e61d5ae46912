"""What is behind all characters."""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from vispy.gloo.gl import gl2 as gl

from engine.project.stage import Background
from engine.render import surroundings
from engine.render.actor import View
from engine.render.gl import Program, Texture, VertexBuffer
from engine.render.library import source
from engine.render.pictures import read_picture

_SIDE = 2048  # most pixels of a background picture that are kept
_LEAST_BLUR = 0.02
_CHECK = 0.055  # of the picture's height: fields that stand for what is transparent
Rgb = tuple[float, float, float]


@lru_cache(maxsize=4)
def picture(path: str, sha256: str, blur: float) -> NDArray[np.uint8]:
    """A background picture, blurred by 0 to 1: uint8 [H, W, 3], first row at the bottom.

    Args:
        path: of the file.
        sha256: of its bytes, so that another file of the same name is read anew.
        blur: of its height, 1 for a tenth.

    Raises:
        InvalidInput: the file is not there or no picture.
    """
    pixels = read_picture(Path(path))
    step = max(1, math.ceil(max(pixels.shape[:2]) / _SIDE))
    rows, columns = pixels.shape[0] // step, pixels.shape[1] // step
    small = pixels[: rows * step, : columns * step].reshape(rows, step, columns, step, 3).mean((1, 3)).astype(np.uint8) if step > 1 else pixels
    if blur > _LEAST_BLUR:
        small = _blurred(small, 0.06 * blur * blur * small.shape[0])
    return np.ascontiguousarray(small[::-1])


def _blurred(pixels: NDArray[np.uint8], sigma: float) -> NDArray[np.uint8]:
    """A Gaussian blur in linear light, sigma in pixels."""
    reach = max(1, int(2.5 * sigma))
    kernel = np.exp(-0.5 * (np.arange(-reach, reach + 1) / max(sigma, 0.3)) ** 2).astype(np.float32)
    kernel /= kernel.sum()
    light = np.square(pixels.astype(np.float32) / 255)
    for axis in (0, 1):
        padded = np.pad(light, [(reach, reach) if k == axis else (0, 0) for k in range(3)], mode="edge")
        light = sum(w * np.take(padded, range(k, k + light.shape[axis]), axis) for k, w in enumerate(kernel))  # type: ignore[assignment]
    return np.round(255 * np.sqrt(np.clip(light, 0, 1))).astype(np.uint8)


class Ground:
    """Draws the background; belongs to the current GL context. Its shaders and pictures are made when they are first wanted."""

    def __init__(self) -> None:
        self._programs: dict[str, Program] = {}
        self._corners = VertexBuffer(np.array([[-1, -1], [3, -1], [-1, 3]], np.float32), (2,))
        self._picture: Texture | None = None
        self._pictured: object = None

    def draw(self, view: View, size: tuple[int, int], light: dict[str, Any], plain: Rgb | None = None) -> None:
        """Draw it over all of the picture.

        Args:
            view: from where, and what is behind.
            size: width and height in pixels.
            light: uniforms of light.glsl in the scene's space, the surroundings not turned with the camera.
            plain: one colour in its place where it is transparent, or None.
        """
        ground = view.stage.background
        aspect = size[0] / size[1]
        self._corners.bind(0)
        if ground.kind == "picture" and ground.picture is not None:
            texture = self._texture((ground.picture, ground.blur), lambda: self._read(ground))
            wide = aspect * texture.size[1] / texture.size[0]  # the picture fills the frame, what does not fit is cut off
            fit = (min(1.0, wide), min(1.0, 1 / wide))
            self._program("backdrop.frag").use(backdrop=texture.bind(0), fit=fit)
        elif ground.kind == "surroundings":
            name = view.stage.lighting.preset
            texture = self._texture((name, ground.blur), lambda: surroundings.backdrop(name, round(ground.blur, 2)))
            projection = view.camera.projection(aspect)
            axes = view.camera.axes.T * np.array([1 / projection[0, 0], 1 / projection[1, 1], 1.0], np.float32)
            factor = view.stage.lighting.surroundings
            self._program("around.frag").use(**light, backdrop=texture.bind(0), rays=axes, factor=factor, side=float(surroundings.BACKDROP_PX))
        else:
            self._program("background.frag").use(**_colours(ground, plain, view.checks), aspect=float(aspect), height=float(size[1]))
        gl.glDrawArrays(gl.GL_TRIANGLES, 0, 3)

    @staticmethod
    def _read(ground: Background) -> NDArray[np.uint8]:
        assert ground.picture is not None
        return picture(ground.picture.path, ground.picture.sha256, round(ground.blur, 2))

    def _program(self, name: str) -> Program:
        if name not in self._programs:
            shared = ("light.glsl",) if name == "around.frag" else ()
            self._programs[name] = Program(source("background.vert"), source(*shared, name), ("corner",))
        return self._programs[name]

    def _texture(self, of: object, make: Callable[[], NDArray[Any]]) -> Texture:
        if self._picture is None or self._pictured != of:
            pixels = make()
            if self._picture is not None:
                self._picture.close()
            self._picture, self._pictured = Texture(pixels, mipmaps=False), of
        return self._picture

    @property
    def texture_bytes(self) -> int:
        """Memory of its picture."""
        return self._picture.nbytes if self._picture is not None else 0

    def close(self) -> None:
        """Give the GL resources back."""
        for program in self._programs.values():
            program.close()
        self._corners.close()
        if self._picture is not None:
            self._picture.close()


def _colours(ground: Background, plain: Rgb | None, checks: bool) -> dict[str, Any]:
    """Uniforms of background.frag."""
    if ground.kind == "transparent":
        if plain is None and checks:
            return {"middle": (0.32, 0.32, 0.33), "edge": (0.40, 0.40, 0.41), "check": _CHECK, "grainy": 0.0}
        return {"middle": plain or (0.0, 0.0, 0.0), "edge": plain or (0.0, 0.0, 0.0), "check": 0.0, "grainy": 0.0}
    edge = ground.edge if ground.kind == "gradient" else ground.colour
    return {"middle": ground.colour, "edge": edge, "check": 0.0, "grainy": float(ground.kind == "gradient")}
