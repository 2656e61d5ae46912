"""How far two poses are apart, as colours on the head."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any

import numpy as np
from numpy.typing import NDArray
from vispy.gloo.gl import gl2 as gl

from engine.head.look import Look
from engine.render.camera import Camera
from engine.render.frame import Frame
from engine.render.gl import Program, VertexBuffer
from engine.render.offscreen import Offscreen
from engine.render.renderer import Renderer

HEAT_MM = 10.0  # where the scale ends
# Light enough to be told apart on a dark screen, and by people who see no red: the scale also gets darker.
_STOPS = (0.0, 0.02, 0.15, 0.4, 0.7, 1.0)
_COLOURS = ((0.60, 0.62, 0.65), (0.60, 0.62, 0.65), (0.98, 0.90, 0.55), (0.98, 0.66, 0.25), (0.88, 0.26, 0.24), (0.50, 0.05, 0.33))
_MATERIALS = ("skin", "eyes", "mouth", "teeth", "tongue")
_VERTEX = """#version 120
attribute vec3 position; attribute vec3 normal; attribute vec3 colour;
uniform mat4 transform; uniform vec3 eye;
varying vec3 tint; varying vec3 out_of; varying vec3 towards;
void main() { tint = colour; out_of = normal; towards = eye - position; gl_Position = transform * vec4(position, 1.0); }
"""
_FRAGMENT = """#version 120
varying vec3 tint; varying vec3 out_of; varying vec3 towards;
void main() {
  float facing = max(dot(normalize(out_of), normalize(towards)), 0.0);
  gl_FragColor = vec4(tint * (0.42 + 0.58 * facing), 1.0);
}
"""


def heat_colours(apart_mm: NDArray[np.floating[Any]], end_mm: float = HEAT_MM) -> NDArray[np.float32]:
    """Colours of the scale, sRGB 0 to 1.

    Args:
        apart_mm: millimetres [N].
        end_mm: where the scale ends.

    Returns:
        float32 [N, 3].
    """
    share = np.clip(np.asarray(apart_mm) / end_mm, 0.0, 1.0)
    return np.stack([np.interp(share, _STOPS, [c[k] for c in _COLOURS]) for k in range(3)], -1).astype(np.float32)


@dataclass(frozen=True, eq=False)
class HeatFrame(Frame):
    """A frame with a colour for each of its vertices, float32 [N, 3]."""

    colours: NDArray[np.float32]


class HeatRenderer(Renderer):
    """Draws the head in flat light with a colour for each vertex, without hair, lashes and cloth, which only follow the skin."""

    def __init__(self, appearance: Look | None = None) -> None:
        super().__init__(appearance)
        self._heat = Program(_VERTEX, _FRAGMENT, ("position", "normal", "colour"))
        self._points = VertexBuffer(np.zeros((self._dynamic.shape[0], 9), np.float32), (3, 3, 3), dynamic=True)

    def compare(self, vertices: NDArray[np.float32], other: NDArray[np.float32], camera: Camera) -> tuple[HeatFrame, float]:
        """The frame of one pose in the colours of its distance from another, and the largest distance in millimetres."""
        frame, beside = self.prepare(vertices, camera), self.prepare(other, camera)
        apart_mm = 1000.0 * np.linalg.norm(frame.vertices[:, :3] - beside.vertices[:, :3], axis=1)
        drawn = np.unique(np.concatenate([self.look.triangles[m].ravel() for m in _MATERIALS]))
        made = HeatFrame(**{f.name: getattr(frame, f.name) for f in fields(Frame)}, colours=heat_colours(apart_mm))
        return made, float(apart_mm[drawn].max())

    def _draw_head(self, frame: Frame, size: tuple[int, int]) -> None:
        assert isinstance(frame, HeatFrame)
        camera = frame.camera
        self._points.update(np.ascontiguousarray(np.concatenate([frame.vertices[:, :6], frame.colours], 1), np.float32))
        self._points.bind(0)
        self._heat.use(transform=camera.projection(size[0] / size[1]) @ camera.view(), eye=camera.eye)
        gl.glEnable(gl.GL_CULL_FACE)
        self._triangles["skin"].draw()
        gl.glDisable(gl.GL_CULL_FACE)
        for triangles in (*self._eyes, *(self._triangles[m] for m in _MATERIALS[2:])):
            triangles.draw()

    def close(self) -> None:
        """Give the GL resources back; the context must be current."""
        self._heat.close()
        self._points.close()
        super().close()


def heat_offscreen(width: int, height: int) -> Offscreen:
    """An off-screen renderer for `render_heat`.

    Raises:
        InvalidInput: the size.
        EngineError: no GL here.
    """
    return Offscreen(width, height, make=HeatRenderer)


def render_heat(offscreen: Offscreen, vertices: NDArray[np.float32], other: NDArray[np.float32], camera: Camera) -> tuple[NDArray[np.uint8], float]:
    """A picture of one pose in the colours of its distance from another.

    Args:
        offscreen: of `heat_offscreen`.
        vertices: posed head, float32 [V, 3] metres.
        other: the pose to compare with.
        camera: where from.

    Returns:
        The picture uint8 [H, W, 3], and the largest distance in millimetres.

    Raises:
        InvalidInput: not this head's vertices, or closed.
    """
    assert isinstance(offscreen.renderer, HeatRenderer)
    frame, apart_mm = offscreen.renderer.compare(vertices, other, camera)
    return offscreen.render_prepared(frame), apart_mm
