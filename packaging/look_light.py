"""How much of the surroundings each point of the head sees: soft shadows as spherical harmonics, by drawing depth maps."""

from __future__ import annotations

import numpy as np
from ada_parts import Array
from numpy.typing import NDArray
from vispy.gloo.gl import gl2 as gl

from engine.render.egl import EglContext
from engine.render.gl import Program, Target, Triangles, VertexBuffer
from engine.render.shading import Normals, harmonics

DIRECTIONS, PIXELS = 320, 768
EXTENT_M, CENTRE = 0.56, np.array([0.0, -0.06, -0.06])
BIAS_M, LIFT_M = 0.0011, 0.0009
_VERTEX = "#version 120\nattribute vec3 p; uniform mat4 m; varying float d; void main() { gl_Position = m * vec4(p, 1.0); d = gl_Position.z * 0.5 + 0.5; }"
_FRAGMENT = """#version 120
varying float d;
void main() { vec3 e = fract(d * vec3(1.0, 255.0, 65025.0)); gl_FragColor = vec4(e - vec3(e.yz / 255.0, 0.0), 1.0); }"""


def sphere(count: int) -> Array:
    """Even directions, [count, 3] (golden spiral)."""
    z = 1 - (2 * np.arange(count) + 1) / count
    around = np.pi * (1 + 5**0.5) * np.arange(count)
    r = np.sqrt(1 - z * z)
    return np.stack([r * np.cos(around), r * np.sin(around), z], -1)


def seen_light(points: Array, occluders: NDArray[np.int64], all_points: Array, normals: Array) -> NDArray[np.float32]:
    """Nine coefficients of the visibility at each point and its share of ambient light, float32 [P, 10].

    Args:
        points: where, metres [P, 3].
        occluders: triangles [F, 3] into `all_points`.
        all_points: metres [G, 3].
        normals: of the points, [P, 3].
    """
    directions = sphere(DIRECTIONS)
    visible = np.empty((len(points), DIRECTIONS), np.float32)
    lifted = points + LIFT_M * normals
    context = EglContext()
    with context.current():
        program = Program(_VERTEX, _FRAGMENT, ("p",))
        buffer = VertexBuffer(np.float32(all_points), (3,))
        triangles = Triangles(occluders.astype(np.uint16))
        target = Target(PIXELS, PIXELS)
        for k, d in enumerate(directions):
            side = np.cross([0.0, 1.0, 0.0] if abs(d[1]) < 0.9 else [1.0, 0.0, 0.0], d)
            side /= np.linalg.norm(side)
            turn = np.stack([side, np.cross(d, side), d])
            matrix = np.eye(4, dtype=np.float32)
            matrix[:3, :3] = turn * np.array([2, 2, -2])[:, None] / EXTENT_M
            matrix[:3, 3] = -matrix[:3, :3] @ CENTRE
            target.bind()
            gl.glEnable(gl.GL_DEPTH_TEST)
            gl.glDisable(gl.GL_CULL_FACE)
            gl.glClearColor(1.0, 1.0, 1.0, 1.0)
            gl.glClear(gl.GL_COLOR_BUFFER_BIT | gl.GL_DEPTH_BUFFER_BIT)
            program.use(m=matrix)
            buffer.bind(0)
            triangles.draw()
            picture = target.read()[..., :3].astype(np.float64) / 255
            depth = picture @ [1.0, 1 / 255, 1 / 65025]
            at = lifted @ matrix[:3, :3].T + matrix[:3, 3]
            visible[:, k] = _lookup(depth, at)
        for owned in (program, buffer, triangles, target):
            owned.close()
    context.close()
    return _fit(visible, directions, normals)


def _lookup(depth: Array, at: Array) -> Array:
    """Share of four neighbouring pixels that do not hide a point."""
    x, y = (at[:, 0] * 0.5 + 0.5) * PIXELS - 0.5, (at[:, 1] * 0.5 + 0.5) * PIXELS - 0.5
    mine = at[:, 2] * 0.5 + 0.5 - BIAS_M / EXTENT_M
    out = np.zeros(len(at))
    for dx in (0, 1):
        for dy in (0, 1):
            column, row = np.clip(np.floor(x).astype(int) + dx, 0, PIXELS - 1), np.clip(np.floor(y).astype(int) + dy, 0, PIXELS - 1)
            out += (mine <= depth[row, column]) * np.abs(1 - dx - (x - np.floor(x))) * np.abs(1 - dy - (y - np.floor(y)))
    return out


def _fit(visible: Array, directions: Array, normals: Array) -> NDArray[np.float32]:
    """Least squares over the hemisphere; behind it the surface counts as lit, so that the shading's own cosine decides there."""
    facing = normals @ directions.T  # [P, D]
    weight = np.clip(facing, 0, None) + 0.06
    wanted = np.where(facing > 0.02, visible, 1.0)
    basis = harmonics(directions)  # [D, 9]
    ridge = 0.35 * np.diag([0.0] + [1.0] * 3 + [2.0] * 5)
    left = np.einsum("pd,di,dj->pij", weight, basis, basis, optimize=True) + ridge
    right = np.einsum("pd,di->pi", weight * wanted, basis, optimize=True)
    coefficients = np.linalg.solve(left, right[..., None])[..., 0]
    cosine = np.clip(facing, 0, None)
    ambient = (cosine * visible).sum(1) / cosine.sum(1)
    return np.float32(np.concatenate([coefficients, ambient[:, None]], 1))


def smooth_normals(points: Array, triangles: NDArray[np.int64]) -> Array:
    """Unit normals [P, 3]."""
    return Normals(triangles, len(points))(np.float32(points)).astype(np.float64)
