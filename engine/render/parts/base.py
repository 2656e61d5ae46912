"""What all parts have in common: what they are handed, and what they must do."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.render.actor import Actor
from engine.render.body import BODY_WIDTHS, STATIC_WIDTHS
from engine.render.frame import Frame, Maker
from engine.render.gl import Program, Texture, Triangles, VertexBuffer
from engine.render.levels import Level
from engine.render.library import Library


@dataclass(frozen=True, eq=False)
class Common:
    """What all parts of one character are drawn with.

    Args:
        uniforms: of light.glsl, and `transform` (the character's own space to clip space), `eye` (the camera there), `up` and `head` (of its
            head), `pixel` (a pixel's size at one metre, metres).
        axes: float32 [3, 3], rows: the picture's right, up and towards the viewer in the character's own space.
        size: width and height of the picture, pixels.
    """

    uniforms: dict[str, Any]
    axes: NDArray[np.float32]
    size: tuple[int, int]

    def use(self, program: Program, **own: Any) -> None:
        """Make a program current with these uniforms and a part's own, which come before."""
        program.use(**{**self.uniforms, **own})


class Body:
    """The vertex buffers that most parts of one character are drawn from (`body.BODY_ATTRIBUTES`); needs a current GL context.

    Args:
        actor: whose.
        level: how finely.
    """

    def __init__(self, actor: Actor, level: Level) -> None:
        self._look = actor.look(level.fine)
        static = np.concatenate([self._look.uv, self._look.extra[self._look.source]], 1)
        self._static = VertexBuffer(static.astype(np.float32), STATIC_WIDTHS)
        self._dynamic = VertexBuffer(np.zeros((len(static), sum(BODY_WIDTHS)), np.float32), BODY_WIDTHS, dynamic=True)
        self._loaded: NDArray[np.float32] | None = None

    def load(self, vertices: NDArray[np.float32]) -> None:
        """Hand over the buffer `body` of a frame."""
        if vertices is not self._loaded:
            self._dynamic.update(vertices)
            self._loaded = vertices

    def update(self, actor: Actor, level: Level) -> None:
        """Take another actor of the same topology."""
        look = actor.look(level.fine)
        if look.extra is not self._look.extra or look.uv is not self._look.uv:
            self._static.update(np.concatenate([look.uv, look.extra[look.source]], 1).astype(np.float32))
        self._look = look

    def bind(self) -> None:
        """Feed the attributes, in the order of `BODY_ATTRIBUTES`."""
        self._static.bind(self._dynamic.bind(0))

    def close(self) -> None:
        """Give the buffers back."""
        self._static.close()
        self._dynamic.close()


class Shared:
    """What the parts of one character use together.

    Args:
        library: programs and textures that all characters share.
        body: the character's own vertex buffers.
    """

    def __init__(self, library: Library, body: Body) -> None:
        self.library, self.body = library, body

    def program(self, fragment: str, vertex: str = "surface.vert", attributes: tuple[str, ...] | None = None) -> Program:
        """The program of two shader files, light.glsl before the fragment's; kept by the library.

        Raises:
            GLError: it does not compile.
        """
        return self.library.program(fragment, vertex, attributes)

    def texture(self, name: str, make: Callable[[], NDArray[np.uint8]], repeat: bool = False) -> Texture:
        """A picture that does not depend on the person, kept by the library; `make` gives uint8 [H, W, 3], first row at v = 0."""
        return self.library.texture(name, make, repeat)


class Part:
    """One part of one character, in one GL context, which is current in all calls but those of the class.

    Before `draw` the depth test and culling of back faces are on and blending is as `blended` says; what a part changes it puts back.

    Args:
        actor: whose.
        level: how finely.
        shared: what it shares.
    """

    blended = False  # drawn after all that is opaque, the furthest character first
    casts = False  # drawn into the shadow map

    def __init__(self, actor: Actor, level: Level, shared: Shared) -> None:
        self.actor, self.level, self.shared = actor, level, shared
        self.made_for = self.needs(actor, level)

    @classmethod
    def makers(cls, actor: Actor, level: Level) -> dict[str, Maker]:
        """Makers of the vertex buffers it draws from, by name; parts that share a buffer name the same maker."""
        return {"body": actor.body(level.fine)}

    @classmethod
    def needs(cls, actor: Actor, level: Level) -> Hashable:
        """What of the person its GL resources depend on: while that is equal, they are kept for another person. Shape alone changes none of
        what the look's topology says. A part that can change its resources cheaply leaves out what it changes and overrides `update`."""
        return actor.person

    def update(self, actor: Actor) -> bool:
        """Draw another actor from now on; False where the part must be made anew."""
        if self.needs(actor, self.level) != self.made_for:
            return False
        self.actor = actor
        return True

    @property
    def triangles(self) -> int:
        """How many it draws."""
        return 0

    @property
    def texture_bytes(self) -> int:
        """Memory of the textures that are its own."""
        return 0

    def draw(self, frame: Frame, common: Common) -> None:
        """Draw it."""
        raise NotImplementedError

    def cast(self, frame: Frame, common: Common) -> None:
        """Draw it into the shadow map, with the program that `shared.program("depth.frag")` gives or one of its own; of parts with `casts`."""

    def close(self) -> None:
        """Give the GL resources of its own back."""


class BodyPart(Part):
    """A part drawn from the body buffer with triangles of the look.

    `materials` are the look's it draws.
    """

    materials: tuple[str, ...] = ()

    def __init__(self, actor: Actor, level: Level, shared: Shared) -> None:
        super().__init__(actor, level, shared)
        look = actor.look(level.fine)
        self._triangles = {material: Triangles(look.triangles[material]) for material in self.materials if material in look.triangles}

    @property
    def triangles(self) -> int:
        """How many it draws."""
        return sum(t.count for t in self._triangles.values()) // 3

    def cast(self, frame: Frame, common: Common) -> None:
        """All of its triangles."""
        self.shared.body.bind()
        common.use(self.shared.program("depth.frag"))
        for triangles in self._triangles.values():
            triangles.draw()

    def close(self) -> None:
        """Give the triangles back."""
        for triangles in self._triangles.values():
            triangles.close()
