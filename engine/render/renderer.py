"""The one renderer: draws a posed head into whatever GL context and framebuffer are current."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from vispy.gloo.gl import gl2 as gl

from engine.core.errors import InvalidInput
from engine.head import ada, look
from engine.head.look import Look
from engine.render.camera import Camera
from engine.render.gl import Program, Triangles, VertexBuffer, check
from engine.render.shading import Normals

_FOLDER = Path(__file__).parent / "shaders"
_COLOURS = [(0.8, 0.62, 0.54), (0.95,) * 3, (0.95,) * 3, (0.05, 0.04, 0.03), (0.95, 0.93, 0.88), (0.95, 0.93, 0.88), (0.75, 0.3, 0.3), (0.12, 0.08, 0.06)]


@lru_cache(maxsize=32)
def _source(name: str) -> str:
    return "#version 120\n" + (_FOLDER / name).read_text(encoding="utf-8")


class Renderer:
    """Draws one head. Made, used and closed while its GL context is current.

    Args:
        appearance: what to draw; Ada's look when None.

    Raises:
        GLError: the driver refused a shader or a buffer.
    """

    def __init__(self, appearance: Look | None = None) -> None:
        self.look = appearance or look.load()
        self._normals = Normals(self.look.head.faces, len(self.look.head.vertices))
        self._background = Program(_source("background.vert"), _source("background.frag"), ("corner",))
        self._part = Program(_source("part.vert"), _source("part.frag"), ("position", "normal", "colour"))
        self._corners = VertexBuffer(np.array([[-1, -1], [3, -1], [-1, 3]], np.float32), (2,))
        colour = np.array(_COLOURS, np.float32)[np.searchsorted(self.look.head.part_start, self.look.source, side="right") - 1]
        self._static = VertexBuffer(colour, (3,))
        self._dynamic = VertexBuffer(np.zeros((len(self.look.source), 6), np.float32), (3, 3), dynamic=True)
        self._triangles = {part: Triangles(index) for part, index in self.look.triangles.items()}
        check("making the renderer")

    def prepare(self, vertices: NDArray[np.float32]) -> NDArray[np.float32]:
        """The part of a frame that needs no GL; may run on another thread.

        Args:
            vertices: posed head, float32 [V, 3] metres.

        Returns:
            float32 [N, K] for `draw_prepared`.

        Raises:
            InvalidInput: not this head's vertices.
        """
        wanted = self.look.head.vertices.shape
        array = np.ascontiguousarray(vertices, np.float32)
        if array.shape != wanted:
            raise InvalidInput(f"vertices must be {list(wanted)}, got {list(array.shape)}", "pose them with the rig of the renderer's head")
        frame = np.concatenate([array, self._normals(array)], 1)
        return frame[self.look.source]

    def draw(self, vertices: NDArray[np.float32], camera: Camera, size: tuple[int, int]) -> None:
        """Draw a frame into the current framebuffer, its lower left corner at 0, 0.

        Args:
            vertices: posed head, float32 [V, 3] metres.
            camera: where from.
            size: width and height in pixels.

        Raises:
            InvalidInput: not this head's vertices.
        """
        self.draw_prepared(self.prepare(vertices), camera, size)

    def draw_prepared(self, frame: NDArray[np.float32], camera: Camera, size: tuple[int, int]) -> None:
        """As `draw`, of what `prepare` gave."""
        width, height = size
        gl.glViewport(0, 0, width, height)
        gl.glDisable(gl.GL_SCISSOR_TEST)
        gl.glDisable(gl.GL_CULL_FACE)
        gl.glDisable(gl.GL_BLEND)
        gl.glDepthMask(True)
        gl.glClear(gl.GL_DEPTH_BUFFER_BIT)
        gl.glDisable(gl.GL_DEPTH_TEST)
        self._background.use(middle=(0.42, 0.43, 0.45), edge=(0.16, 0.17, 0.19), aspect=float(width / height))
        self._corners.bind(0)
        gl.glDrawArrays(gl.GL_TRIANGLES, 0, 3)
        gl.glEnable(gl.GL_DEPTH_TEST)
        gl.glDepthFunc(gl.GL_LESS)
        self._part.use(transform=camera.projection(width / height) @ camera.view())
        self._dynamic.update(frame)
        last = self._static.bind(self._dynamic.bind(0))
        for part in ada.PARTS:
            self._triangles[part].draw()
        for location in range(last):
            gl.glDisableVertexAttribArray(location)
        gl.glUseProgram(0)
        gl.glBindBuffer(gl.GL_ARRAY_BUFFER, 0)
        gl.glBindBuffer(gl.GL_ELEMENT_ARRAY_BUFFER, 0)

    def close(self) -> None:
        """Give the GL resources back; the context must be current."""
        for owned in (self._background, self._part, self._corners, self._static, self._dynamic, *self._triangles.values()):
            owned.close()
