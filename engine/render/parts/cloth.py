"""What is worn."""

from __future__ import annotations

from collections.abc import Hashable

import numpy as np
from numpy.typing import NDArray
from vispy.gloo.gl import gl2 as gl

from engine.core.person import PATTERNS, Colour
from engine.head import garments
from engine.head.garments import Worn
from engine.render.actor import Actor
from engine.render.body import BODY_ATTRIBUTES
from engine.render.frame import Frame, Maker, Pose
from engine.render.gl import Triangles, VertexBuffer
from engine.render.levels import Level
from engine.render.parts.base import Common, Part, Shared
from engine.render.shading import harmonics

ATTRIBUTES = ("position", "normal", "light", "uv", "info")
DYNAMIC, STATIC = (3, 3, 4), (2, 3)
_SHADED, _SHADE_LIFT_M = 0.97, 0.0003  # where the skin is darkened, and how far off it that is drawn
_GRAIN = 512  # pixels
_AS_SEEN = 0.85
_WEAVES = ("jersey", "fine knit", "heavy knit", "woven", "fleece", "twill")
_WEAVE_OF = {"none": "jersey", "crew": "jersey", "vneck": "fine knit", "turtleneck": "fine knit", "shirt": "woven", "hoodie": "fleece", "jacket": "twill"}


class ClothMaker:
    """Makes the buffer `cloth`, float32 [P, 10]: position, normal, light.

    Args:
        worn: the garment on its head.
    """

    def __init__(self, worn: Worn) -> None:
        self._worn = worn

    def __call__(self, pose: Pose) -> NDArray[np.float32]:
        """The buffer of a pose."""
        points, normals = self._worn.posed(pose.vertices)
        light = self._worn.garment.light
        shadow = light[:, :9] @ harmonics(pose.lights).T.astype(np.float32)
        return np.concatenate([points, normals, shadow, light[:, 9:]], 1, dtype=np.float32)


class Cloth(Part):
    """A garment on the bust; its lower end fades away below what is framed."""

    blended = True
    casts = True

    def __init__(self, actor: Actor, level: Level, shared: Shared) -> None:
        super().__init__(actor, level, shared)
        garment = garments.load(actor.person.clothing.style)
        self._program = shared.program("cloth.frag", "cloth.vert", ATTRIBUTES)
        self._grain = shared.texture("grain", grain, repeat=True)
        static = np.concatenate([garment.uv, np.stack([garment.kind, garment.edge, garment.low], 1)], 1)
        self._static = VertexBuffer(static.astype(np.float32), STATIC)
        self._dynamic = VertexBuffer(np.zeros((len(static), sum(DYNAMIC)), np.float32), DYNAMIC, dynamic=True)
        self._triangles = Triangles(garment.triangles)
        self._loaded: NDArray[np.float32] | None = None
        look = actor.look(level.fine)
        shade = (look.blend @ garment.shade)[look.source]
        skin = np.concatenate(list(garments.bare(look, garment.style).values()))
        self._darker = Triangles(skin[(shade[skin] < _SHADED).any(1)])
        self._shade = VertexBuffer(shade[:, None].astype(np.float32), (1,))
        self._shade_program = shared.program("hair_shade.frag", "hair_shade.vert", (*BODY_ATTRIBUTES, "shade"))

    @classmethod
    def makers(cls, actor: Actor, level: Level) -> dict[str, Maker]:
        """The garment's own."""
        style = actor.person.clothing.style
        worn = actor.figure.once(("worn", style), lambda: garments.load(style).on(actor.head))
        return {"cloth": ClothMaker(worn)}

    @classmethod
    def needs(cls, actor: Actor, level: Level) -> Hashable:
        """The style: colours and pattern are told with every frame."""
        return actor.person.clothing.style

    @property
    def triangles(self) -> int:
        """How many it draws."""
        return self._triangles.count // 3

    def _load(self, frame: Frame) -> None:
        made = frame.buffers["cloth"]
        if made is not self._loaded:
            self._dynamic.update(made)
            self._loaded = made
        self._static.bind(self._dynamic.bind(0))

    def draw(self, frame: Frame, common: Common) -> None:
        """Draw it."""
        worn = self.actor.person.clothing
        self._darken(common)
        self._load(frame)
        common.use(
            self._program,
            dye=_dye(worn.colour),
            second=_dye(worn.second),
            pattern=float(PATTERNS.index(worn.pattern)),
            weave=float(_WEAVES.index(_WEAVE_OF[worn.style])),
            grain_picture=self._grain.bind(0),
        )
        self._triangles.draw()

    def _darken(self, common: Common) -> None:
        """What the cloth takes of the light on the skin beside it: over the skin, which was lit as if bare."""
        if not self._darker.count:
            return
        self.shared.body.bind()
        self._shade.bind(len(BODY_ATTRIBUTES))
        gl.glDepthMask(False)
        gl.glColorMask(True, True, True, False)
        gl.glBlendFunc(gl.GL_ZERO, gl.GL_SRC_COLOR)
        common.use(self._shade_program, lift=_SHADE_LIFT_M)
        self._darker.draw()
        gl.glBlendFuncSeparate(gl.GL_SRC_ALPHA, gl.GL_ONE_MINUS_SRC_ALPHA, gl.GL_SRC_ALPHA, gl.GL_ONE_MINUS_SRC_ALPHA)
        gl.glColorMask(True, True, True, True)
        gl.glDepthMask(True)
        gl.glDisableVertexAttribArray(len(BODY_ATTRIBUTES))

    def cast(self, frame: Frame, common: Common) -> None:
        """All of its triangles."""
        self._load(frame)
        common.use(self.shared.program("depth.frag", "cloth.vert", ATTRIBUTES))
        self._triangles.draw()

    def close(self) -> None:
        """Give the buffers back."""
        for owned in (self._static, self._dynamic, self._triangles, self._darker, self._shade):
            owned.close()


def grain() -> NDArray[np.uint8]:
    """Unevenness of cloth that repeats: creases of two sizes and grains, uint8 [N, N, 3]."""
    rng = np.random.default_rng(17)
    planes = []
    for cells in (32, 92, 256):
        nodes = np.fft.fft2(rng.standard_normal((_GRAIN, _GRAIN)))
        away = np.hypot(*np.meshgrid(np.fft.fftfreq(_GRAIN), np.fft.fftfreq(_GRAIN))) * _GRAIN
        smooth = np.fft.ifft2(nodes * np.exp(-((away / (0.42 * cells)) ** 2))).real
        planes.append(np.clip(0.5 + 0.2 * smooth / smooth.std(), 0, 1))
    return np.rint(255 * np.stack(planes, -1)).astype(np.uint8)


def _dye(colour: Colour) -> tuple[float, float, float]:
    """Share of light sent back by cloth that looks so in a picture: a lamp at its usual strength is brighter than white."""
    r, g, b = (_AS_SEEN * c * (c * (c * 0.305306011 + 0.682171111) + 0.012522878) for c in colour)
    return r, g, b
