"""Paints a person's skin on the GPU, from the maps that all persons share, into a texture of its own."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from vispy.gloo.gl import gl2 as gl

from engine.core.person import Person
from engine.head import skin
from engine.render.gl import GLError, VertexBuffer, bound_framebuffer, leave
from engine.render.library import Library

_CORNERS = np.array([[-1, -1], [3, -1], [-1, 3]], np.float32)


class Plane:
    """A texture of four planes, with mipmaps and going round from left to right; unlike `gl.Texture` it may be drawn into.

    Args:
        side: pixels.
        pixels: uint8 [side, side, 4], first row at v = 0; None for a texture that will be drawn into.
        exact: for a texture that is only painted from: no mipmaps, and where the paint has as many pixels, these themselves.
        painted: side of that paint, pixels.
    """

    def __init__(self, side: int, pixels: NDArray[np.uint8] | None = None, exact: bool = False, painted: int = 0) -> None:
        self.side, self.nbytes = side, side * side * (12 if exact else 16) // 3
        self.handle = gl.glCreateTexture()
        gl.glBindTexture(gl.GL_TEXTURE_2D, self.handle)
        gl.glPixelStorei(gl.GL_UNPACK_ALIGNMENT, 1)
        near = gl.GL_LINEAR if side < painted else gl.GL_NEAREST
        gl.glTexParameteri(gl.GL_TEXTURE_2D, gl.GL_TEXTURE_MIN_FILTER, near if exact else gl.GL_LINEAR_MIPMAP_NEAREST)
        gl.glTexParameteri(gl.GL_TEXTURE_2D, gl.GL_TEXTURE_MAG_FILTER, near if exact else gl.GL_LINEAR)
        gl.glTexParameteri(gl.GL_TEXTURE_2D, gl.GL_TEXTURE_WRAP_S, gl.GL_REPEAT)
        gl.glTexParameteri(gl.GL_TEXTURE_2D, gl.GL_TEXTURE_WRAP_T, gl.GL_REPEAT if exact else gl.GL_CLAMP_TO_EDGE)
        content = (side, side) if pixels is None else np.ascontiguousarray(pixels)
        gl.glTexImage2D(gl.GL_TEXTURE_2D, 0, gl.GL_RGBA, gl.GL_RGBA, gl.GL_UNSIGNED_BYTE, content)
        if not exact:
            gl.glGenerateMipmap(gl.GL_TEXTURE_2D)

    def bind(self, unit: int) -> int:
        """Bind to a texture unit, which is returned."""
        gl.glActiveTexture(gl.GL_TEXTURE0 + unit)
        gl.glBindTexture(gl.GL_TEXTURE_2D, self.handle)
        return unit

    def close(self) -> None:
        """Give the texture back."""
        gl.glDeleteTexture(self.handle)


class Maps:
    """What all persons' skin is painted from.

    Args:
        side: of the paint, pixels.
    """

    def __init__(self, side: int) -> None:
        self.planes = {
            f"{name}_map": Plane(len(pixels), pixels, exact=True, painted=side if name != "follicle" else 0) for name, pixels in skin.paint_maps(side).items()
        }

    @property
    def nbytes(self) -> int:
        """Memory of the textures."""
        return sum(plane.nbytes for plane in self.planes.values())

    def bind(self, first: int) -> dict[str, int]:
        """Bind to texture units from `first` on; the samplers' units."""
        return {name: plane.bind(first + k) for k, (name, plane) in enumerate(self.planes.items())}

    def close(self) -> None:
        """Give the textures back."""
        for plane in self.planes.values():
            plane.close()


class SkinPaint:
    """The painted skin of one character; needs the GL context of its library.

    Args:
        library: keeps what all characters' paint is made of.
        side: of the texture, pixels.

    Raises:
        GLError: the driver cannot draw into a texture.
    """

    def __init__(self, library: Library, side: int) -> None:
        self._library = library
        self.plane = Plane(side)
        self._hair: Plane | None = None
        self._styles: tuple[str, str] | None = None
        self._corners = VertexBuffer(_CORNERS, (2,))
        before = bound_framebuffer()
        self._frame = gl.glCreateFramebuffer()
        gl.glBindFramebuffer(gl.GL_FRAMEBUFFER, self._frame)
        gl.glFramebufferTexture2D(gl.GL_FRAMEBUFFER, gl.GL_COLOR_ATTACHMENT0, gl.GL_TEXTURE_2D, self.plane.handle, 0)
        status = gl.glCheckFramebufferStatus(gl.GL_FRAMEBUFFER)
        gl.glBindFramebuffer(gl.GL_FRAMEBUFFER, before)
        if status != gl.GL_FRAMEBUFFER_COMPLETE:
            self.close()
            raise GLError(f"a texture of {side} x {side} pixels cannot be drawn into (status 0x{status:04X})")

    @property
    def nbytes(self) -> int:
        """Memory of its own textures."""
        return self.plane.nbytes + (self._hair.nbytes if self._hair else 0)

    def paint(self, person: Person) -> None:
        """Paint a person; leaves the framebuffer bound that was, and no state but the viewport changed that a renderer sets anyway."""
        side, library = self.plane.side, self._library
        styles = (person.brows.style, person.beard.style)
        if self._hair is None or styles != self._styles:
            if self._hair is not None:
                self._hair.close()
            small = min(side, skin.SOFT_SIDE)
            self._hair, self._styles = Plane(small, skin.hair_shades(*styles, small), exact=True, painted=side), styles
        maps = library.once(("skin maps", side), lambda: Maps(side))
        before = bound_framebuffer()
        gl.glBindFramebuffer(gl.GL_FRAMEBUFFER, self._frame)
        gl.glViewport(0, 0, side, side)
        for switch in (gl.GL_SCISSOR_TEST, gl.GL_CULL_FACE, gl.GL_BLEND, gl.GL_DEPTH_TEST, gl.GL_STENCIL_TEST):
            gl.glDisable(switch)
        gl.glColorMask(True, True, True, True)
        units = {**maps.bind(0), "hair_map": self._hair.bind(len(maps.planes))}
        library.program("paint.frag", "paint.vert", ("corner",)).use(**skin.paint_uniforms(person), **units, tiles=side / maps.planes["follicle_map"].side)
        self._corners.bind(0)
        gl.glDrawArrays(gl.GL_TRIANGLES, 0, 3)
        gl.glBindFramebuffer(gl.GL_FRAMEBUFFER, before)
        self.plane.bind(0)
        gl.glGenerateMipmap(gl.GL_TEXTURE_2D)
        leave(1)

    @staticmethod
    def finish() -> None:
        """Wait until all is painted, for measuring."""
        gl.glFinish()

    def close(self) -> None:
        """Give everything back."""
        gl.glDeleteFramebuffer(self._frame)
        self.plane.close()
        self._corners.close()
        if self._hair is not None:
            self._hair.close()
