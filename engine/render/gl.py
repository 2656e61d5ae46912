"""A thin layer over the GL 2.1 / ES 2 calls of `vispy.gloo.gl`: programs, buffers, textures, framebuffers.

`vispy.gloo`'s own objects keep one current canvas for the whole process, so two threads with a context each would draw into one
another's; these objects keep nothing but GL names and belong to the context that was current when they were made.
"""

from __future__ import annotations

import ctypes
from typing import Any

import numpy as np
from numpy.typing import NDArray
from vispy.gloo.gl import gl2 as gl

from engine.core.errors import EngineError

REMEDY = "run `vivavoce doctor` to see what this machine's GL lacks"
GL_MULTISAMPLE, GL_MAX_SAMPLES, GL_READ_FRAMEBUFFER, GL_DRAW_FRAMEBUFFER = 0x809D, 0x8D57, 0x8CA8, 0x8CA9
GL_RGBA8, GL_RGB16, GL_DEPTH16, GL_DEPTH24, GL_FLOAT_SIZE = 0x8058, 0x8054, 0x81A5, 0x81A6, 4
GL_TEXTURE_COMPARE_MODE, GL_TEXTURE_COMPARE_FUNC, GL_COMPARE_R_TO_TEXTURE = 0x884C, 0x884D, 0x884E


class GLError(EngineError):
    """The graphics driver refused something."""

    def __init__(self, what: str) -> None:
        super().__init__(what, REMEDY)


def check(when: str) -> None:
    """Raise what GL complains about since the last check.

    Raises:
        GLError: naming `when` and the code.
    """
    code = gl.glGetError()
    if code:
        raise GLError(f"GL error 0x{code:04X} while {when}")


def _shader(kind: int, source: str) -> int:
    handle = gl.glCreateShader(kind)
    gl.glShaderSource(handle, source)
    gl.glCompileShader(handle)
    if not gl.glGetShaderParameter(handle, gl.GL_COMPILE_STATUS):
        log = gl.glGetShaderInfoLog(handle)
        gl.glDeleteShader(handle)
        raise GLError(f"a shader did not compile: {log}")
    return handle


class Program:
    """A linked vertex and fragment shader.

    Args:
        vertex: GLSL 1.20 source.
        fragment: GLSL 1.20 source.
        attributes: names in the order of their locations.

    Raises:
        GLError: it does not compile or link.
    """

    def __init__(self, vertex: str, fragment: str, attributes: tuple[str, ...]) -> None:
        shaders = [_shader(gl.GL_VERTEX_SHADER, vertex), _shader(gl.GL_FRAGMENT_SHADER, fragment)]
        self.handle = gl.glCreateProgram()
        for shader in shaders:
            gl.glAttachShader(self.handle, shader)
        for location, name in enumerate(attributes):
            gl.glBindAttribLocation(self.handle, location, name)
        gl.glLinkProgram(self.handle)
        for shader in shaders:
            gl.glDetachShader(self.handle, shader)
            gl.glDeleteShader(shader)
        if not gl.glGetProgramParameter(self.handle, gl.GL_LINK_STATUS):
            log = gl.glGetProgramInfoLog(self.handle)
            self.close()
            raise GLError(f"a shader program did not link: {log}")
        self._where: dict[str, int] = {}
        self._told: dict[int, int | bytes] = {}  # by location; a program keeps what it was told

    def use(self, **uniforms: Any) -> None:
        """Make it the current program and set uniforms: numbers, vectors, 3x3 and 4x4 matrices (column vectors), ints for samplers."""
        gl.glUseProgram(self.handle)
        for name, value in uniforms.items():
            where = self._where.get(name)
            if where is None:
                where = self._where[name] = gl.glGetUniformLocation(self.handle, name)
            if where < 0:
                continue  # the driver dropped what the shader does not use
            if not isinstance(value, (int, np.integer)):
                value = np.ascontiguousarray(value, np.float32)
            told = value.tobytes() if isinstance(value, np.ndarray) else int(value)
            if self._told.get(where) != told:
                _set_uniform(where, value)
                self._told[where] = told

    def close(self) -> None:
        """Give the program back."""
        gl.glDeleteProgram(self.handle)


def _set_uniform(where: int, array: int | NDArray[np.float32]) -> None:
    if not isinstance(array, np.ndarray):
        gl.glUniform1i(where, int(array))
        return
    if array.ndim == 2 and array.shape[0] == array.shape[1]:
        setter = gl.glUniformMatrix4fv if len(array) == 4 else gl.glUniformMatrix3fv
        setter(where, 1, False, np.ascontiguousarray(array.T))
    else:
        width = array.shape[-1] if array.ndim else 1
        setters = (gl.glUniform1fv, gl.glUniform2fv, gl.glUniform3fv, gl.glUniform4fv)
        setters[width - 1](where, array.size // width, array.ravel())


class VertexBuffer:
    """Interleaved float32 attributes, [N, K].

    Args:
        data: first contents.
        widths: how many floats each attribute takes, in order; they sum to K.
        dynamic: rewritten every frame.
    """

    def __init__(self, data: NDArray[np.float32], widths: tuple[int, ...], dynamic: bool = False) -> None:
        self.shape, self.widths = data.shape, widths
        self.handle = gl.glCreateBuffer()
        gl.glBindBuffer(gl.GL_ARRAY_BUFFER, self.handle)
        gl.glBufferData(gl.GL_ARRAY_BUFFER, np.ascontiguousarray(data), gl.GL_DYNAMIC_DRAW if dynamic else gl.GL_STATIC_DRAW)

    def update(self, data: NDArray[np.float32]) -> None:
        """Rewrite the contents, float32 [N, K]."""
        gl.glBindBuffer(gl.GL_ARRAY_BUFFER, self.handle)
        gl.glBufferSubData(gl.GL_ARRAY_BUFFER, 0, data)

    def bind(self, first: int) -> int:
        """Feed the attributes from location `first` on; the next free location."""
        gl.glBindBuffer(gl.GL_ARRAY_BUFFER, self.handle)
        offset = 0
        for k, width in enumerate(self.widths):
            gl.glEnableVertexAttribArray(first + k)
            gl.glVertexAttribPointer(first + k, width, gl.GL_FLOAT, False, self.shape[1] * GL_FLOAT_SIZE, offset * GL_FLOAT_SIZE)
            offset += width
        return first + len(self.widths)

    def close(self) -> None:
        """Give the buffer back."""
        gl.glDeleteBuffer(self.handle)


class Triangles:
    """Indices of triangles, uint16 [M]."""

    calls = 0  # of all `draw`, for measuring

    def __init__(self, index: NDArray[np.uint16]) -> None:
        self.count = index.size
        self.handle = gl.glCreateBuffer()
        gl.glBindBuffer(gl.GL_ELEMENT_ARRAY_BUFFER, self.handle)
        gl.glBufferData(gl.GL_ELEMENT_ARRAY_BUFFER, np.ascontiguousarray(index), gl.GL_STATIC_DRAW)

    def draw(self) -> None:
        """Draw with the current program and attributes."""
        gl.glBindBuffer(gl.GL_ELEMENT_ARRAY_BUFFER, self.handle)
        gl.glDrawElements(gl.GL_TRIANGLES, self.count, gl.GL_UNSIGNED_SHORT, None)
        Triangles.calls += 1

    def close(self) -> None:
        """Give the buffer back."""
        gl.glDeleteBuffer(self.handle)


class Texture:
    """A picture.

    Args:
        pixels: uint8 or uint16 [H, W, 3], first row at v = 0.
        repeat: tiles in both directions.
        mipmaps: made from it.
    """

    def __init__(self, pixels: NDArray[np.uint8] | NDArray[np.uint16], repeat: bool = False, mipmaps: bool = True) -> None:
        self._mipmaps = mipmaps
        self.size = (pixels.shape[1], pixels.shape[0])
        self.nbytes = pixels.shape[0] * pixels.shape[1] * 4 * (4 if mipmaps else 3) // 3 * pixels.itemsize  # a driver keeps four parts for a pixel
        self.handle = gl.glCreateTexture()
        gl.glBindTexture(gl.GL_TEXTURE_2D, self.handle)
        # Between two mipmaps would cost a software driver a tenth of the frame and shows nothing.
        gl.glTexParameteri(gl.GL_TEXTURE_2D, gl.GL_TEXTURE_MIN_FILTER, gl.GL_LINEAR_MIPMAP_NEAREST if mipmaps else gl.GL_LINEAR)
        gl.glTexParameteri(gl.GL_TEXTURE_2D, gl.GL_TEXTURE_MAG_FILTER, gl.GL_LINEAR)
        for side in (gl.GL_TEXTURE_WRAP_S, gl.GL_TEXTURE_WRAP_T):
            gl.glTexParameteri(gl.GL_TEXTURE_2D, side, gl.GL_REPEAT if repeat else gl.GL_CLAMP_TO_EDGE)
        self.update(pixels)

    def update(self, pixels: NDArray[np.uint8] | NDArray[np.uint16]) -> None:
        """Take another picture of the same size."""
        gl.glBindTexture(gl.GL_TEXTURE_2D, self.handle)
        gl.glPixelStorei(gl.GL_UNPACK_ALIGNMENT, 1)
        form, kind = (GL_RGB16, gl.GL_UNSIGNED_SHORT) if pixels.dtype == np.uint16 else (gl.GL_RGB, gl.GL_UNSIGNED_BYTE)
        gl.glTexImage2D(gl.GL_TEXTURE_2D, 0, form, gl.GL_RGB, kind, np.ascontiguousarray(pixels))
        if self._mipmaps:
            gl.glGenerateMipmap(gl.GL_TEXTURE_2D)

    def bind(self, unit: int) -> int:
        """Bind to a texture unit, which is returned."""
        gl.glActiveTexture(gl.GL_TEXTURE0 + unit)
        gl.glBindTexture(gl.GL_TEXTURE_2D, self.handle)
        return unit

    def close(self) -> None:
        """Give the texture back."""
        gl.glDeleteTexture(self.handle)


def leave(attributes: int) -> None:
    """Put back what the next part, or another user of the context, would trip over.

    Args:
        attributes: locations 0 to this, without it, may have been fed.
    """
    for location in range(attributes):
        gl.glDisableVertexAttribArray(location)
    gl.glUseProgram(0)
    gl.glActiveTexture(gl.GL_TEXTURE0)
    gl.glBindBuffer(gl.GL_ARRAY_BUFFER, 0)
    gl.glBindBuffer(gl.GL_ELEMENT_ARRAY_BUFFER, 0)


def bound_framebuffer() -> int:
    """The framebuffer drawn into now; a widget's is not 0."""
    return int(gl.glGetParameter(gl.GL_FRAMEBUFFER_BINDING))


def describe() -> str:
    """Version and renderer of the current context."""
    return f"{gl.glGetParameter(gl.GL_VERSION)}, {gl.glGetParameter(gl.GL_RENDERER)}"


class Target:
    """A framebuffer to draw into and read back, several samples per pixel where the driver can.

    Args:
        width: pixels.
        height: pixels.
        samples: wanted samples per pixel; fewer where the driver has fewer, 0 or 1 for none.

    Raises:
        GLError: the driver cannot make it.
    """

    def __init__(self, width: int, height: int, samples: int = 0) -> None:
        self.size = (width, height)
        self._renderbuffers: list[int] = []
        self._plain = self._framebuffer(0, depth=True) if samples <= 1 else self._framebuffer(0, depth=False)
        self._sampled: int | None = None
        if samples > 1:
            self._sampled = self._multisampled(samples)
        self.samples = samples if self._sampled is not None else 1

    def _storage(self, form: int, samples: int) -> int:
        handle = gl.glCreateRenderbuffer()
        self._renderbuffers.append(handle)
        gl.glBindRenderbuffer(gl.GL_RENDERBUFFER, handle)
        if samples:
            call = gl._get_gl_func("glRenderbufferStorageMultisample", None, (ctypes.c_uint, ctypes.c_int, ctypes.c_uint, ctypes.c_int, ctypes.c_int))
            call(gl.GL_RENDERBUFFER, samples, form, *self.size)
        else:
            gl.glRenderbufferStorage(gl.GL_RENDERBUFFER, form, *self.size)
        return handle

    def _framebuffer(self, samples: int, depth: bool) -> int:
        handle = gl.glCreateFramebuffer()
        before = bound_framebuffer()
        gl.glBindFramebuffer(gl.GL_FRAMEBUFFER, handle)
        colour = self._storage(GL_RGBA8, samples)
        gl.glFramebufferRenderbuffer(gl.GL_FRAMEBUFFER, gl.GL_COLOR_ATTACHMENT0, gl.GL_RENDERBUFFER, colour)
        if depth:
            gl.glFramebufferRenderbuffer(gl.GL_FRAMEBUFFER, gl.GL_DEPTH_ATTACHMENT, gl.GL_RENDERBUFFER, self._storage(GL_DEPTH24, samples))
        status = gl.glCheckFramebufferStatus(gl.GL_FRAMEBUFFER)
        gl.glBindFramebuffer(gl.GL_FRAMEBUFFER, before)
        if status != gl.GL_FRAMEBUFFER_COMPLETE:
            gl.glDeleteFramebuffer(handle)
            raise GLError(f"a framebuffer of {self.size[0]} x {self.size[1]} pixels cannot be made (status 0x{status:04X})")
        return handle

    def _multisampled(self, samples: int) -> int | None:
        try:
            most = int(gl.glGetParameter(GL_MAX_SAMPLES))
            gl.glGetError()  # a driver without the extension does not know the name
            self._blit = gl._get_gl_func("glBlitFramebuffer", None, (ctypes.c_int,) * 8 + (ctypes.c_uint, ctypes.c_uint))
            return self._framebuffer(min(samples, most), depth=True) if most > 1 else None
        except (RuntimeError, GLError):  # no such call, or refused: edges stay hard, the picture is the same
            gl.glGetError()
            return None

    def bind(self) -> None:
        """Draw into it from now on."""
        gl.glBindFramebuffer(gl.GL_FRAMEBUFFER, self._plain if self._sampled is None else self._sampled)
        gl.glViewport(0, 0, *self.size)

    def read(self) -> NDArray[np.uint8]:
        """What was drawn, uint8 [H, W, 4], bottom row first."""
        width, height = self.size
        if self._sampled is not None:
            gl.glBindFramebuffer(GL_READ_FRAMEBUFFER, self._sampled)
            gl.glBindFramebuffer(GL_DRAW_FRAMEBUFFER, self._plain)
            self._blit(0, 0, width, height, 0, 0, width, height, gl.GL_COLOR_BUFFER_BIT, gl.GL_NEAREST)
        gl.glBindFramebuffer(gl.GL_FRAMEBUFFER, self._plain)
        gl.glPixelStorei(gl.GL_PACK_ALIGNMENT, 1)
        pixels = np.empty((height, width, 4), np.uint8)
        call = gl._get_gl_func("glReadPixels", None, (ctypes.c_int,) * 4 + (ctypes.c_uint, ctypes.c_uint, ctypes.c_void_p))
        call(0, 0, width, height, gl.GL_RGBA, gl.GL_UNSIGNED_BYTE, pixels.ctypes.data)
        return pixels

    def close(self) -> None:
        """Give everything back."""
        for handle in (self._plain, self._sampled):
            if handle is not None:
                gl.glDeleteFramebuffer(handle)
        for handle in self._renderbuffers:
            gl.glDeleteRenderbuffer(handle)
        self._renderbuffers = []


class DepthTarget:
    """A square depth texture to draw into, looked up with a comparison (`shadow2D`).

    Args:
        side: pixels.

    Raises:
        GLError: the driver cannot make it.
    """

    def __init__(self, side: int) -> None:
        self.side, self.nbytes = side, 2 * side * side
        self._texture = gl.glCreateTexture()
        gl.glBindTexture(gl.GL_TEXTURE_2D, self._texture)
        settings = (
            (gl.GL_TEXTURE_MIN_FILTER, gl.GL_LINEAR), (gl.GL_TEXTURE_MAG_FILTER, gl.GL_LINEAR),
            (gl.GL_TEXTURE_WRAP_S, gl.GL_CLAMP_TO_EDGE), (gl.GL_TEXTURE_WRAP_T, gl.GL_CLAMP_TO_EDGE),
            (GL_TEXTURE_COMPARE_MODE, GL_COMPARE_R_TO_TEXTURE), (GL_TEXTURE_COMPARE_FUNC, gl.GL_LEQUAL),
        )  # fmt: skip
        for name, value in settings:
            gl.glTexParameteri(gl.GL_TEXTURE_2D, name, value)
        # vispy's own call takes no picture without pixels in this format.
        call = gl._get_gl_func("glTexImage2D", None, (ctypes.c_uint,) + (ctypes.c_int,) * 5 + (ctypes.c_uint, ctypes.c_uint, ctypes.c_void_p))
        call(gl.GL_TEXTURE_2D, 0, GL_DEPTH16, side, side, 0, gl.GL_DEPTH_COMPONENT, gl.GL_UNSIGNED_SHORT, None)
        self._framebuffer = gl.glCreateFramebuffer()
        before = bound_framebuffer()
        gl.glBindFramebuffer(gl.GL_FRAMEBUFFER, self._framebuffer)
        # Some drivers want a colour beside the depth.
        self._colour = gl.glCreateRenderbuffer()
        gl.glBindRenderbuffer(gl.GL_RENDERBUFFER, self._colour)
        gl.glRenderbufferStorage(gl.GL_RENDERBUFFER, GL_RGBA8, side, side)
        gl.glFramebufferRenderbuffer(gl.GL_FRAMEBUFFER, gl.GL_COLOR_ATTACHMENT0, gl.GL_RENDERBUFFER, self._colour)
        gl.glFramebufferTexture2D(gl.GL_FRAMEBUFFER, gl.GL_DEPTH_ATTACHMENT, gl.GL_TEXTURE_2D, self._texture, 0)
        status = gl.glCheckFramebufferStatus(gl.GL_FRAMEBUFFER)
        gl.glBindFramebuffer(gl.GL_FRAMEBUFFER, before)
        if status != gl.GL_FRAMEBUFFER_COMPLETE:
            self.close()
            raise GLError(f"a depth texture of {side} pixels cannot be drawn into (status 0x{status:04X})")

    def bind(self) -> None:
        """Draw into it from now on."""
        gl.glBindFramebuffer(gl.GL_FRAMEBUFFER, self._framebuffer)
        gl.glViewport(0, 0, self.side, self.side)

    def bind_texture(self, unit: int) -> int:
        """Bind to a texture unit, which is returned."""
        gl.glActiveTexture(gl.GL_TEXTURE0 + unit)
        gl.glBindTexture(gl.GL_TEXTURE_2D, self._texture)
        return unit

    def close(self) -> None:
        """Give everything back."""
        gl.glDeleteFramebuffer(self._framebuffer)
        gl.glDeleteRenderbuffer(self._colour)
        gl.glDeleteTexture(self._texture)
