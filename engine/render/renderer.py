"""The one renderer: draws a posed head into whatever GL context and framebuffer are current."""

from __future__ import annotations

import math
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from vispy.gloo.gl import gl2 as gl

from engine.head import look
from engine.head.look import TEXTURES, Look
from engine.render.camera import Camera
from engine.render.frame import CATCH_FROM, Frame, FrameMaker
from engine.render.gl import Program, Texture, Triangles, VertexBuffer, check

_FOLDER = Path(__file__).parent / "shaders"
_ATTRIBUTES = ("position", "normal", "light", "uv", "extra")
BACKGROUND: tuple[tuple[float, float, float], tuple[float, float, float]] = ((0.46, 0.47, 0.48), (0.17, 0.18, 0.20))  # middle, edge; sRGB
CLOTH_LIFT_M = 0.0028
MOUTH_FLESH, TONGUE_FLESH = (0.26, 0.062, 0.055), (0.44, 0.165, 0.150)


@lru_cache(maxsize=32)
def _source(*names: str) -> str:
    return "#version 120\n" + "\n".join((_FOLDER / name).read_text(encoding="utf-8") for name in names)


class Renderer:
    """Draws one head. Made, used and closed while its GL context is current; shares nothing with other contexts.

    Args:
        appearance: what to draw; Ada's look when None.

    Raises:
        GLError: the driver refused a shader or a buffer.
    """

    def __init__(self, appearance: Look | None = None) -> None:
        self.look = appearance or look.load()
        self._make = FrameMaker(self.look)
        self._background = Program(_source("background.vert"), _source("background.frag"), ("corner",))
        self._programs = {
            name: Program(_source("surface.vert"), _source("light.glsl", f"{name}.frag"), _ATTRIBUTES)
            for name in ("skin", "cloth", "eye", "mouth", "teeth", "hair")
        }
        self._programs["lash"] = Program(_source("lash.vert"), _source("lash.frag"), _ATTRIBUTES)
        self._corners = VertexBuffer(np.array([[-1, -1], [3, -1], [-1, 3]], np.float32), (2,))
        static = np.concatenate([self.look.uv, self.look.extra[self.look.source]], 1)
        self._static = VertexBuffer(static.astype(np.float32), (2, 4))
        self._dynamic = VertexBuffer(np.zeros((len(static), 10), np.float32), (3, 3, 4), dynamic=True)
        self._triangles = {material: Triangles(index) for material, index in self.look.triangles.items() if material != "eyes"}
        side = self.look.extra[self.look.source[self.look.triangles["eyes"][:, 0]], 3]
        self._eyes = tuple(Triangles(self.look.triangles["eyes"][side * sign > 0]) for sign in (1, -1))
        self._textures = {name: Texture(look.picture(name), repeat=name == "strands") for name in TEXTURES}
        check("making the renderer")

    def prepare(self, vertices: NDArray[np.float32], camera: Camera) -> Frame:
        """The part of a frame that needs no GL; may run on another thread.

        Args:
            vertices: posed head, float32 [V, 3] metres.
            camera: where from.

        Raises:
            InvalidInput: not this head's vertices.
        """
        return self._make(vertices, camera)

    def draw(self, vertices: NDArray[np.float32], camera: Camera, size: tuple[int, int]) -> None:
        """Draw a frame into the current framebuffer, its lower left corner at 0, 0.

        Args:
            vertices: posed head, float32 [V, 3] metres.
            camera: where from.
            size: width and height in pixels.

        Raises:
            InvalidInput: not this head's vertices.
        """
        self.draw_prepared(self.prepare(vertices, camera), size)
        # Opaque: a window's compositor would look through what alpha is used for here.
        gl.glColorMask(False, False, False, True)
        gl.glClearColor(0.0, 0.0, 0.0, 1.0)
        gl.glClear(gl.GL_COLOR_BUFFER_BIT)
        gl.glColorMask(True, True, True, True)

    def draw_prepared(self, frame: Frame, size: tuple[int, int]) -> None:
        """As `draw`, of what `prepare` gave; alpha holds the kind of thing each pixel shows (`edges.smooth_edges`)."""
        width, height = size
        gl.glViewport(0, 0, width, height)
        for switch in (gl.GL_SCISSOR_TEST, gl.GL_CULL_FACE, gl.GL_BLEND, gl.GL_DEPTH_TEST, gl.GL_STENCIL_TEST):
            gl.glDisable(switch)
        gl.glColorMask(True, True, True, True)
        gl.glDepthMask(True)
        gl.glClear(gl.GL_DEPTH_BUFFER_BIT)
        self._background.use(middle=BACKGROUND[0], edge=BACKGROUND[1], aspect=float(width / height))
        self._corners.bind(0)
        gl.glDrawArrays(gl.GL_TRIANGLES, 0, 3)
        gl.glEnable(gl.GL_DEPTH_TEST)
        gl.glDepthFunc(gl.GL_LESS)
        gl.glFrontFace(gl.GL_CCW)
        gl.glCullFace(gl.GL_BACK)
        gl.glBlendFuncSeparate(gl.GL_SRC_ALPHA, gl.GL_ONE_MINUS_SRC_ALPHA, gl.GL_SRC_ALPHA, gl.GL_ONE_MINUS_SRC_ALPHA)
        self._dynamic.update(frame.vertices)
        last = self._static.bind(self._dynamic.bind(0))
        self._draw_head(frame, size)
        gl.glDisable(gl.GL_CULL_FACE)
        gl.glDisable(gl.GL_BLEND)
        _leave(last)

    def _draw_head(self, frame: Frame, size: tuple[int, int]) -> None:
        camera, head = frame.camera, frame.head
        transform = camera.projection(size[0] / size[1]) @ camera.view()
        key, fill, rim = frame.lights
        common: dict[str, Any] = {"transform": transform, "eye": camera.eye, "key_from": key, "fill_from": fill, "rim_from": rim, "lift": 0.0, "up": head[:, 1]}
        units = {name: texture.bind(unit) for unit, (name, texture) in enumerate(self._textures.items())}
        gl.glEnable(gl.GL_CULL_FACE)
        self._programs["skin"].use(**common, skin_picture=units["skin"], relief_picture=units["relief"])
        self._triangles["skin"].draw()
        catch = np.array(CATCH_FROM, np.float32) @ camera.axes
        for turn, triangles in zip(frame.eyes, self._eyes, strict=True):
            self._programs["eye"].use(**common, eye_picture=units["eye"], frame=turn.T, catch_from=catch / np.linalg.norm(catch))
            triangles.draw()
        if frame.parted:
            self._programs["mouth"].use(**common, flesh=MOUTH_FLESH, bumps=0.0)
            self._triangles["mouth"].draw()
            self._programs["mouth"].use(flesh=TONGUE_FLESH, bumps=0.07)
            self._triangles["tongue"].draw()
            gl.glDisable(gl.GL_CULL_FACE)
            self._programs["teeth"].use(**common)
            self._triangles["teeth"].draw()
            gl.glEnable(gl.GL_CULL_FACE)
        gl.glEnable(gl.GL_BLEND)
        self._programs["cloth"].use(**{**common, "lift": CLOTH_LIFT_M})
        self._triangles["cloth"].draw()
        self._programs["hair"].use(**common, strands_picture=units["strands"], head=head)
        self._triangles["hair"].draw()
        gl.glDisable(gl.GL_CULL_FACE)
        gl.glDepthMask(False)
        gl.glColorMask(True, True, True, False)
        self._programs["lash"].use(transform=transform, eye=camera.eye, pixel=2 * math.tan(camera.fov_rad / 2) / size[1])
        self._triangles["lashes"].draw()
        self._triangles["wisps"].draw()
        gl.glColorMask(True, True, True, True)
        gl.glDepthMask(True)

    def close(self) -> None:
        """Give the GL resources back; the context must be current."""
        owned: list[Any] = [self._background, *self._programs.values(), self._corners, self._static, self._dynamic]
        owned += [*self._triangles.values(), *self._eyes, *self._textures.values()]
        for resource in owned:
            resource.close()


def _leave(attributes: int) -> None:
    """Put back what another user of the context would trip over."""
    for location in range(attributes):
        gl.glDisableVertexAttribArray(location)
    gl.glUseProgram(0)
    gl.glActiveTexture(gl.GL_TEXTURE0)
    gl.glBindBuffer(gl.GL_ARRAY_BUFFER, 0)
    gl.glBindBuffer(gl.GL_ELEMENT_ARRAY_BUFFER, 0)
