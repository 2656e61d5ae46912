"""The hair of the head: ribbons and single hairs that turn with it, over the dark between their roots."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any

import numpy as np
from numpy.typing import NDArray
from vispy.gloo.gl import gl2 as gl

from engine.core import person
from engine.head import groom
from engine.head.groom import EDGED, SOFT, Fitted, Groom
from engine.render.actor import Actor
from engine.render.body import BODY_ATTRIBUTES
from engine.render.frame import Frame, Maker
from engine.render.gl import Program, Texture, Triangles, VertexBuffer, leave
from engine.render.levels import Level
from engine.render.parts.base import Common, Part, Shared
from engine.render.shading import Normals

WIDTHS = (3, 3, 3, 2, 4)
ATTRIBUTES = ("position", "along", "normal", "uv", "extra")
SHELL_WIDTHS, SHELL_ATTRIBUTES = (3, 3, 2), ("position", "normal", "uv")
COLUMNS = 8  # of the strand picture
TRIANGLES = 40_000  # of the opaque and of single hairs at most, where all strands are drawn; other shares of strands have less than their share
MOST_TRIANGLES = 42_000  # with what is drawn again for its soft edges
THINNING, COARSE_UP_TO = 2.0, 0.5
WIDENING = (0.45, 0.60, 0.30)  # by what power of their share fewer ribbons are wider: outside, inside; single hairs
_WIDEST = 1.7  # wider ones stand out of the outline
_LEFT, _LEFT_SHORT = (0.88, 0.40, 0.40), (1.0, 1.0, 0.5)  # of those that standard would draw: likewise; of hair that is short
_LEAST_COARSE, _SHORT, _INNER_LAST, _INNER = 4, 5, 0.35, 0.6
_ROOT_M = (0.014, 0.008, 0.003)  # from a ribbon's root, over which its hairs begin one after the other; by kind
_MOST_ROOT = 0.12  # of a ribbon's length that this may take
_INSET = 0.004  # of a column's edges, so that neighbours do not show
SHADED, SHADE_BELOW, SHADE_LIFT_M = ("skin", "scalp", "torso"), 0.97, 0.0003  # where the hair darkens the skin
COIL_SHEEN = 0.4  # wound hair gleams every which way, so less in any one
GREY, LUMINANCE = (0.66, 0.65, 0.63), (0.2126, 0.7152, 0.0722)


def linear(colour: person.Colour) -> NDArray[np.float32]:
    """An sRGB colour as light."""
    c = np.array(colour, np.float64)
    return np.where(c <= 0.04045, c / 12.92, ((c + 0.055) / 1.055) ** 2.4).astype(np.float32)


def colours(looks: person.Hair, colour: person.Colour | None = None) -> dict[str, Any]:
    """Uniforms of hair_light.glsl for the looks of the hair, or for brows and beard of a colour of their own."""
    base = linear(colour or looks.colour)
    base = 0.88 * base + 0.12 * float(base @ LUMINANCE) + 0.002  # what a fibre's surface sends back has no colour
    lighter = base**0.8 * 1.12 + 0.01
    return {"base": base, "light_base": lighter, "grey_base": linear(GREY), "grey": looks.grey, "lights": looks.lights, "gloss": 0.35 + 1.3 * looks.gloss}


def _begin(style: Groom) -> NDArray[np.float32]:
    """Share of each ribbon's stations over which its hairs begin, [R]."""
    first, count = style.start[:-1], np.diff(style.start)
    step = np.linalg.norm(np.diff(style.centre, axis=0, append=style.centre[-1:]), axis=1)
    gone = np.concatenate([[0.0], np.cumsum(step)])
    reached = np.interp(gone[first] + np.array(_ROOT_M)[style.kind], gone, np.arange(len(gone)))
    return np.minimum((reached - first) / np.maximum(count - 1, 1), _MOST_ROOT).astype(np.float32)


class Strands:
    """Which ribbons of a groom a level draws, at which of their stations, and their triangles.

    Args:
        style: of the hair.
        share: of the strands that the level draws, 0 to 1; up to `COARSE_UP_TO` ribbons keep every other station only, below 1 those that lie inside.
    """

    def __init__(self, style: Groom, share: float) -> None:
        self.groom = style
        self._begin = _begin(style)
        every, coarse = len(style.start) - 1, share <= COARSE_UP_TO
        steps = np.diff(style.start) - 1
        drawn = 2 * np.where(coarse & (steps >= _LEAST_COARSE), (steps + 1) // 2, steps).sum()
        count = max(1, round(min(share**0.5, share**THINNING * TRIANGLES / drawn) * every))
        # What lies outside is seen most; single hairs and ribbons alike are in an even order.
        rank = np.arange(every) / every + _INNER_LAST * (1.0 - style.layer)
        chosen = np.sort(np.argsort(rank, kind="stable")[:count])
        inside, single_hair = style.layer < _INNER, (style.width > 0) & ~style.coil
        group = np.where(single_hair, 2, inside.astype(int))
        if COARSE_UP_TO < share < 1.0:  # few wide ribbons hide what is under the outer ones as well as many
            chosen = np.concatenate(
                [
                    chosen[group[chosen] == k][: max(1, round(left * (group[chosen] == k).sum()))]
                    for k, left in enumerate(_LEFT_SHORT if np.median(steps) < _SHORT else _LEFT)
                ]
            )
            chosen.sort()
            count = len(chosen)
        kept_of = np.bincount(group[chosen], minlength=3) / np.maximum(np.bincount(group, minlength=3), 1)
        self.wider = np.minimum(np.maximum(kept_of, 1e-3) ** -np.array(WIDENING), _WIDEST)[group].astype(np.float32)  # [R]
        length = np.diff(style.start)[chosen]
        ends = np.concatenate([[0], np.cumsum(length)])
        first = np.repeat(style.start[chosen], length)
        last = first + np.repeat(length, length) - 1
        at = first + np.arange(ends[-1]) - np.repeat(ends[:-1], length)
        # Every other station goes, but for those next to root and tip.
        inner = (share < 1.0) & (style.layer[chosen] < _INNER) & (length > _SHORT + 1)
        thin = np.repeat((inner | coarse) & (length > _LEAST_COARSE), length)
        kept = ~thin | (((at - first) % 2 == 0) & (at != last - 1)) | (at == last)
        self.rows = at[kept]
        own = np.repeat(np.arange(count), length)[kept]
        self.ribbon = chosen[own]
        self.t = ((at - first) / np.maximum(last - first, 1)).astype(np.float32)[kept]
        self.before, self.after = np.maximum(at - 1, first)[kept], np.minimum(at + 1, last)[kept]
        starts = np.searchsorted(own, np.arange(count + 1))
        outer_first = np.argsort(-style.layer[chosen], kind="stable")
        kind, single = style.kind[chosen], single_hair[chosen]
        self.solid = self._index(starts, outer_first[kind[outer_first] != SOFT])
        self.shadow = self.solid if share == 1.0 else self.solid[: (len(self.solid) + 1) // 2]  # what lies outside casts it
        inner_first = outer_first[::-1]
        soft = (kind == SOFT) | ((kind == EDGED) & self._edges(length, style.layer[chosen], share))
        self.soft = self._index(starts, np.concatenate([inner_first[(soft & ~single)[inner_first]], np.flatnonzero(single)]))

    @staticmethod
    def _edges(length: NDArray[np.int64], layer: NDArray[np.float32], share: float) -> NDArray[np.bool_]:
        """Which ribbons may be drawn once more for soft edges [R]: those of short hair; of all the outermost that there is room for."""
        if share < 1.0:
            return length <= _SHORT
        room = MOST_TRIANGLES - 2 * int((length - 1).sum())
        outer_first = np.argsort(-layer, kind="stable")
        out = np.zeros(len(length), bool)
        out[outer_first] = np.cumsum(2 * (length[outer_first] - 1)) <= room
        return out

    @staticmethod
    def _index(ends: NDArray[np.int64], ribbons: NDArray[np.int64]) -> NDArray[np.uint16]:
        """Triangles [M, 3] of ribbons, in this order; station k is vertices 2 k and 2 k + 1."""
        count = np.diff(ends)[ribbons] - 1
        steps = np.arange(count.sum()) - np.repeat(np.cumsum(count) - count, count)
        a = 2 * (np.repeat(ends[ribbons], count) + steps)
        return np.stack([a, a + 1, a + 3, a, a + 3, a + 2], -1).reshape(-1, 3).astype(np.uint16)

    def vertices(self, fitted: Fitted) -> NDArray[np.float32]:
        """The vertex buffer, float32 [2 S, 15]."""
        g, rows = self.groom, self.rows
        centre, half = fitted.centre[rows], fitted.half[rows] * self.wider[self.ribbon, None]
        along = fitted.centre[self.after] - fitted.centre[self.before]
        along /= np.linalg.norm(along, axis=1, keepdims=True) + 1e-12
        width = np.where(g.width > 0, g.width, -self._begin - (g.kind == SOFT))[self.ribbon]
        width = np.where(width > 0, width * self.wider[self.ribbon], width)
        coil = g.coil[self.ribbon]
        half = np.where(coil[:, None], 0.0, half)
        out = np.empty((len(rows), 2, sum(WIDTHS)), np.float32)
        for k, sign in enumerate((-1.0, 1.0)):
            column = (g.column[self.ribbon] + 0.5 + sign * (0.5 - COLUMNS * _INSET)) / COLUMNS
            out[:, k, :3] = centre + sign * half
            out[:, k, 3:6], out[:, k, 6:9] = along, g.normal[rows]
            out[:, k, 9], out[:, k, 10] = np.where((width > 0) & ~coil, sign, column), self.t
            out[:, k, 11], out[:, k, 12], out[:, k, 13], out[:, k, 14] = g.seed[self.ribbon], g.opened[rows], g.torso[rows], coil + width
        return out.reshape(2 * len(rows), -1)


class Hair(Part):
    """Hair in whichever style."""

    blended = True
    casts = True

    def __init__(self, actor: Actor, level: Level, shared: Shared) -> None:
        super().__init__(actor, level, shared)
        self._owned: list[Any] = []
        if actor.person.hair.style == "none":
            return
        style = groom.load(actor.person.hair.style)
        self._strands = Strands(style, level.strands)
        self._sheen = COIL_SHEEN if style.coil.any() else 1.0
        fast = level.passes == 1  # the light worked out at the vertices
        lit = "light.glsl+hair_light.glsl+hair_coil.glsl+hair_fast.vert"
        pairs = (("hair_solid.frag", lit), ("hair_soft.frag", lit)) if fast else (("hair_light.glsl+hair.frag", "hair_coil.glsl+hair.vert"),) * 2
        self._programs: list[Program] = [shared.program(*pair, ATTRIBUTES) for pair in pairs]  # of what is opaque, of what is fine
        self._shell_program: Program = shared.program("hair_light.glsl+hair_shell.frag", "hair_shell.vert", SHELL_ATTRIBUTES)
        self._cast_program: Program = shared.program("depth.frag", "hair_coil.glsl+hair.vert", ATTRIBUTES)
        self._picture = shared.texture(f"hair_{style.picture}", lambda: groom.strand_picture(style.picture))
        cover = np.concatenate([style.shell_map, np.zeros_like(style.shell_map[..., :1])], -1)
        self._scalp = Texture(cover)
        fitted = style.on(actor.head, actor.person.hair.volume)
        self._buffer = VertexBuffer(self._strands.vertices(fitted), WIDTHS)
        self._solid, self._soft, self._shadow = (Triangles(t) for t in (self._strands.solid, self._strands.soft, self._strands.shadow))
        self._shell_normals = Normals(style.shell_triangles, len(style.shell_vertex))
        self._shell_buffer = VertexBuffer(self._shell(fitted), SHELL_WIDTHS)
        self._shell_triangles = Triangles(style.shell_triangles.astype(np.uint16))
        look = actor.look(level.fine)
        shade = (look.blend @ style.shade)[look.source]
        darker = np.concatenate([look.triangles[m] for m in SHADED if m in look.triangles])
        self._darker = Triangles(darker[(shade[darker] < SHADE_BELOW).any(1)])
        self._shade = VertexBuffer(shade[:, None].astype(np.float32), (1,))
        self._shade_program: Program = shared.program("hair_shade.frag", "hair_shade.vert", (*BODY_ATTRIBUTES, "shade"))
        self._owned = [self._darker, self._shade, self._scalp, self._buffer, self._solid, self._soft, self._shadow, self._shell_buffer, self._shell_triangles]

    def _shell(self, fitted: Fitted) -> NDArray[np.float32]:
        return np.concatenate([fitted.shell, self._shell_normals(fitted.shell), self._strands.groom.shell_uv], 1).astype(np.float32)

    @classmethod
    def makers(cls, actor: Actor, level: Level) -> dict[str, Maker]:
        """None: it turns with the head in the vertex shader."""
        return {}

    @classmethod
    def needs(cls, actor: Actor, level: Level) -> Hashable:
        """Another style has other ribbons; another shape or volume only moves them."""
        return actor.person.hair.style

    def update(self, actor: Actor) -> bool:
        """Move the hair to another head."""
        before = self.actor
        if not super().update(actor):
            return False
        if self._owned and (before.head is not actor.head or before.person.hair.volume != actor.person.hair.volume):
            fitted = self._strands.groom.on(actor.head, actor.person.hair.volume)
            self._buffer.update(self._strands.vertices(fitted))
            self._shell_buffer.update(self._shell(fitted))
        return True

    @property
    def triangles(self) -> int:
        """How many it draws."""
        return (self._solid.count + self._soft.count + self._shell_triangles.count) // 3 if self._owned else 0

    @property
    def texture_bytes(self) -> int:
        """Of the scalp's map."""
        return self._scalp.nbytes if self._owned else 0

    def draw(self, frame: Frame, common: Common) -> None:
        """All that is opaque; past it the skin's shade and the dark between the roots; over that what is fine."""
        if not self._owned:
            return
        own = {**colours(self.actor.person.hair), "offset": frame.pose.offset}
        own["gloss"] *= self._sheen
        gl.glDisable(gl.GL_CULL_FACE)
        self._buffer.bind(0)
        common.use(self._programs[0], **own, strands_picture=self._picture.bind(0), solid=1.0)
        self._solid.draw()
        leave(len(ATTRIBUTES))
        gl.glEnable(gl.GL_CULL_FACE)
        gl.glDepthMask(False)
        gl.glColorMask(True, True, True, False)
        self._darken(common)
        self._shell_buffer.bind(0)
        common.use(self._shell_program, **own, scalp_picture=self._scalp.bind(0), cover=1.0)
        self._shell_triangles.draw()
        gl.glDisable(gl.GL_CULL_FACE)
        self._buffer.bind(0)
        common.use(self._programs[1], **own, strands_picture=self._picture.bind(0), solid=0.0)
        self._soft.draw()
        gl.glColorMask(True, True, True, True)
        gl.glDepthMask(True)
        gl.glEnable(gl.GL_CULL_FACE)

    def _darken(self, common: Common) -> None:
        """What the hair takes of the light on the skin beside and below it: over the skin, which was lit as if there were no hair."""
        self.shared.body.bind()
        self._shade.bind(len(BODY_ATTRIBUTES))
        gl.glBlendFunc(gl.GL_ZERO, gl.GL_SRC_COLOR)
        common.use(self._shade_program, lift=SHADE_LIFT_M)
        self._darker.draw()
        gl.glBlendFuncSeparate(gl.GL_SRC_ALPHA, gl.GL_ONE_MINUS_SRC_ALPHA, gl.GL_SRC_ALPHA, gl.GL_ONE_MINUS_SRC_ALPHA)
        leave(len(BODY_ATTRIBUTES) + 1)

    def cast(self, frame: Frame, common: Common) -> None:
        """The ribbons, as if they were opaque all over."""
        if not self._owned:
            return
        self._buffer.bind(0)
        gl.glDisable(gl.GL_CULL_FACE)
        common.use(self._cast_program, offset=frame.pose.offset)
        self._shadow.draw()
        gl.glEnable(gl.GL_CULL_FACE)

    def close(self) -> None:
        """Give the GL resources of its own back."""
        for resource in self._owned:
            resource.close()
        self._owned = []
