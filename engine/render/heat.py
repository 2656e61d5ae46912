"""How far two poses are apart, as colours on the head."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from vispy.gloo.gl import gl2 as gl

from engine.render.actor import Actor, Member, View, prepare
from engine.render.camera import Camera
from engine.render.frame import Frame
from engine.render.gl import Program, Triangles, VertexBuffer, leave
from engine.render.ground import Ground
from engine.render.levels import LEVELS, Level
from engine.render.offscreen import Offscreen
from engine.render.renderer import MOST_ATTRIBUTES, begin, members_of, view_of

HEAT_MM = 10.0  # where the scale ends
# Light enough to be told apart on a dark screen, and by people who see no red: the scale also gets darker.
_STOPS = (0.0, 0.02, 0.15, 0.4, 0.7, 1.0)
_COLOURS = ((0.60, 0.62, 0.65), (0.60, 0.62, 0.65), (0.98, 0.90, 0.55), (0.98, 0.66, 0.25), (0.88, 0.26, 0.24), (0.50, 0.05, 0.33))
_OUTSIDE, _INSIDE = ("skin", "scalp", "torso"), ("mouth", "teeth", "gums", "tongue")
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


def _eyes(actor: Actor) -> slice:
    """The head's vertices of both eyeballs."""
    return slice(actor.head.span("eye_left").start, actor.head.span("eye_right").stop)


def _points(frame: Frame, actor: Actor) -> NDArray[np.float32]:
    """Positions and normals of what is drawn, float32 [N, 6]: the body's render vertices, then the eyeballs'."""
    eyes, vertices = _eyes(actor), frame.pose.vertices
    halves = [vertices[actor.head.span(side)] for side in ("eye_left", "eye_right")]
    outward = np.concatenate([half - half.mean(0) for half in halves]) / actor.head.eye_radius_m
    return np.concatenate([frame.buffers["body"][:, :6], np.concatenate([vertices[eyes], outward], 1)], dtype=np.float32)


def _triangles(actor: Actor, level: Level) -> dict[str, NDArray[np.uint16]]:
    """Triangles of `_points` by what they show."""
    look, head, eyes = actor.look(level.fine), actor.head, _eyes(actor)
    own = head.faces[(head.faces >= eyes.start).all(1) & (head.faces < eyes.stop).all(1)] - eyes.start + len(look.source)
    return {**{m: look.triangles[m] for m in (*_OUTSIDE, *_INSIDE)}, "eyes": own.astype(np.uint16)}


@dataclass(frozen=True, eq=False)
class HeatFrame:
    """A frame with a colour for each of its vertices.

    Args:
        frame: how the head is held, and its buffers.
        actor: whose.
        colours: float32 [N, 3].
        camera: where from.
    """

    frame: Frame
    actor: Actor
    colours: NDArray[np.float32]
    camera: Camera


class HeatRenderer:
    """Draws one head in flat light with a colour for each vertex, without hair, lashes and cloth, which only follow the skin.

    Made, used and closed while its GL context is current.

    Args:
        level: how finely.
    """

    def __init__(self, level: Level = LEVELS["draft"]) -> None:
        self.level = level
        self._program = Program(_VERTEX, _FRAGMENT, ("position", "normal", "colour"))
        self._ground = Ground()
        self._actor: Actor | None = None
        self._points: VertexBuffer | None = None
        self._triangles: dict[str, Triangles] = {}

    def compare(self, one: Member, other: Member, view: View) -> tuple[HeatFrame, float]:
        """The frame of one pose in the colours of its distance from another of the same actor, and the largest distance in millimetres."""
        (_, frame), (_, beside) = (prepare([member], view, self.level).members[0] for member in (one, other))
        apart_mm = 1000.0 * np.linalg.norm(_points(frame, one.actor)[:, :3] - _points(beside, one.actor)[:, :3], axis=1)
        drawn = np.unique(np.concatenate([index.ravel() for index in _triangles(one.actor, self.level).values()]))
        return HeatFrame(frame, one.actor, heat_colours(apart_mm), view.camera), float(apart_mm[drawn].max())

    def _take(self, actor: Actor) -> VertexBuffer:
        """Buffers for this actor."""
        if self._points is None or self._actor is not actor:
            self._drop()
            count = len(actor.look(self.level.fine).source) + _eyes(actor).stop - _eyes(actor).start
            self._points = VertexBuffer(np.zeros((count, 9), np.float32), (3, 3, 3), dynamic=True)
            self._triangles = {name: Triangles(index) for name, index in _triangles(actor, self.level).items()}
            self._actor = actor
        return self._points

    def draw_prepared(self, picture: HeatFrame, size: tuple[int, int]) -> None:
        """Draw a frame of `compare` into the current framebuffer, its lower left corner at 0, 0."""
        points = self._take(picture.actor)
        begin(size)
        self._ground.draw(View(picture.camera), size, {})
        gl.glEnable(gl.GL_DEPTH_TEST)
        camera = picture.camera
        points.update(np.ascontiguousarray(np.concatenate([_points(picture.frame, picture.actor), picture.colours], 1), np.float32))
        points.bind(0)
        self._program.use(transform=camera.projection(size[0] / size[1]) @ camera.view(), eye=camera.eye)
        gl.glEnable(gl.GL_CULL_FACE)
        for name in _OUTSIDE:
            self._triangles[name].draw()
        gl.glDisable(gl.GL_CULL_FACE)
        for name in (*_INSIDE, "eyes"):
            self._triangles[name].draw()
        leave(MOST_ATTRIBUTES)

    def _drop(self) -> None:
        for owned in (*self._triangles.values(), *((self._points,) if self._points is not None else ())):
            owned.close()
        self._triangles, self._points = {}, None

    def close(self) -> None:
        """Give the GL resources back; the context must be current."""
        self._drop()
        self._program.close()
        self._ground.close()


def heat_offscreen(width: int, height: int) -> Offscreen:
    """An off-screen renderer for `render_heat`.

    Raises:
        InvalidInput: the size.
        EngineError: no GL here.
    """
    return Offscreen(width, height, "draft", make=HeatRenderer)


def render_heat(
    offscreen: Offscreen, one: Member | NDArray[np.float32], other: Member | NDArray[np.float32], view: View | Camera
) -> tuple[NDArray[np.uint8], float]:
    """A picture of one pose in the colours of its distance from another of the same actor.

    Args:
        offscreen: of `heat_offscreen`.
        one: the pose; or posed vertices of Ada, float32 [V, 3] metres.
        other: the pose to compare with.
        view: from where.

    Returns:
        The picture uint8 [H, W, 3], and the largest distance in millimetres.

    Raises:
        InvalidInput: not this head's vertices, or closed.
    """
    assert isinstance(offscreen.renderer, HeatRenderer)
    a, b = (member if isinstance(member, Member) else members_of(member)[0] for member in (one, other))
    frame, apart_mm = offscreen.renderer.compare(a, b, view_of(view))
    return offscreen.render_prepared(frame), apart_mm
