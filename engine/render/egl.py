"""GL contexts without a window or a display, straight from EGL (Linux).

vispy's own EGL back-end would have to be the process's one application; these contexts stand beside whatever Qt does.
"""

from __future__ import annotations

import contextlib
import ctypes
import ctypes.util
import threading
from collections.abc import Iterator
from functools import lru_cache
from typing import Any, Protocol

from engine.core.errors import EngineError

_NONE, _TRUE = 0x3038, 1
_OPENGL_API, _OPENGL_BIT, _PBUFFER_BIT = 0x30A2, 0x0008, 0x0001
_RENDERABLE_TYPE, _SURFACE_TYPE = 0x3040, 0x3033
_RED, _GREEN, _BLUE, _ALPHA = 0x3024, 0x3023, 0x3022, 0x3021
_WIDTH, _HEIGHT = 0x3057, 0x3056
_DRAW, _READ, _EXTENSIONS = 0x3059, 0x305A, 0x3055
_PLATFORM_SURFACELESS, _PLATFORM_DEVICE = 0x31DD, 0x313F
_SIGNATURES: dict[str, tuple[Any, tuple[Any, ...]]] = {
    "eglGetProcAddress": (ctypes.c_void_p, (ctypes.c_char_p,)),
    "eglGetDisplay": (ctypes.c_void_p, (ctypes.c_void_p,)),
    "eglInitialize": (ctypes.c_uint, (ctypes.c_void_p, ctypes.c_void_p, ctypes.c_void_p)),
    "eglQueryString": (ctypes.c_char_p, (ctypes.c_void_p, ctypes.c_int)),
    "eglBindAPI": (ctypes.c_uint, (ctypes.c_uint,)),
    "eglQueryAPI": (ctypes.c_uint, ()),
    "eglChooseConfig": (ctypes.c_uint, (ctypes.c_void_p, ctypes.c_void_p, ctypes.c_void_p, ctypes.c_int, ctypes.c_void_p)),
    "eglCreateContext": (ctypes.c_void_p, (ctypes.c_void_p, ctypes.c_void_p, ctypes.c_void_p, ctypes.c_void_p)),
    "eglCreatePbufferSurface": (ctypes.c_void_p, (ctypes.c_void_p, ctypes.c_void_p, ctypes.c_void_p)),
    "eglMakeCurrent": (ctypes.c_uint, (ctypes.c_void_p,) * 4),
    "eglGetCurrentContext": (ctypes.c_void_p, ()),
    "eglGetCurrentDisplay": (ctypes.c_void_p, ()),
    "eglGetCurrentSurface": (ctypes.c_void_p, (ctypes.c_int,)),
    "eglDestroyContext": (ctypes.c_uint, (ctypes.c_void_p,) * 2),
    "eglDestroySurface": (ctypes.c_uint, (ctypes.c_void_p,) * 2),
    "eglGetError": (ctypes.c_int, ()),
}
_REMEDY = "install a graphics driver (Debian, Ubuntu: apt-get install libegl1 libgl1), then run `vivavoce doctor`"


class NoGL(EngineError):
    """This machine gives no GL context off screen."""

    def __init__(self, what: str) -> None:
        super().__init__(what, _REMEDY)


class Context(Protocol):
    """A GL context; `Offscreen` uses it from one thread."""

    def current(self) -> contextlib.AbstractContextManager[None]:
        """Current on the calling thread inside the `with`; what was current before comes back after it."""

    def close(self) -> None:
        """Give the context back; must not be current anywhere."""


@lru_cache(maxsize=1)
def _library() -> ctypes.CDLL:
    name = ctypes.util.find_library("EGL")
    if name is None:
        raise NoGL("the library EGL, which draws without a window, is not on this machine")
    try:
        library = ctypes.CDLL(name)
    except OSError as error:
        raise NoGL(f"the library EGL cannot be loaded ({error})") from error
    for call, (result, arguments) in _SIGNATURES.items():
        function = getattr(library, call)
        function.restype, function.argtypes = result, arguments
    return library


def _displays(egl: ctypes.CDLL) -> Iterator[int]:
    """Displays to try: Mesa's without a surface, then the graphics devices, then the default one."""
    clients = (egl.eglQueryString(None, _EXTENSIONS) or b"").decode()
    address = egl.eglGetProcAddress(b"eglGetPlatformDisplayEXT")
    if address:
        by_platform = ctypes.CFUNCTYPE(ctypes.c_void_p, ctypes.c_uint, ctypes.c_void_p, ctypes.c_void_p)(address)
        if "EGL_EXT_platform_device" in clients and (query := egl.eglGetProcAddress(b"eglQueryDevicesEXT")):
            devices, count = (ctypes.c_void_p * 16)(), ctypes.c_int()
            ctypes.CFUNCTYPE(ctypes.c_uint, ctypes.c_int, ctypes.c_void_p, ctypes.c_void_p)(query)(16, devices, ctypes.byref(count))
            hardware = [d for d in devices[: count.value] if d and not _is_software(egl, d)]
            yield from (shown for d in hardware if (shown := by_platform(_PLATFORM_DEVICE, d, None)))
        if "EGL_MESA_platform_surfaceless" in clients and (shown := by_platform(_PLATFORM_SURFACELESS, None, None)):
            yield shown
    if shown := egl.eglGetDisplay(None):
        yield shown


def _is_software(egl: ctypes.CDLL, device: int) -> bool:
    query = egl.eglGetProcAddress(b"eglQueryDeviceStringEXT")
    if not query:
        return False
    names = ctypes.CFUNCTYPE(ctypes.c_char_p, ctypes.c_void_p, ctypes.c_int)(query)(device, _EXTENSIONS) or b""
    return b"software" in names


_lock = threading.Lock()


@lru_cache(maxsize=1)
def _display() -> tuple[int, int]:
    """An initialised display and a configuration for GL; kept for the life of the process, as other users may share it."""
    egl = _library()
    wanted = [_SURFACE_TYPE, _PBUFFER_BIT, _RENDERABLE_TYPE, _OPENGL_BIT, _RED, 8, _GREEN, 8, _BLUE, 8, _ALPHA, 8, _NONE]
    for display in _displays(egl):
        if not egl.eglInitialize(display, None, None):
            continue
        config, count = ctypes.c_void_p(), ctypes.c_int()
        attributes = (ctypes.c_int * len(wanted))(*wanted)
        if egl.eglChooseConfig(display, attributes, ctypes.byref(config), 1, ctypes.byref(count)) and count.value and config.value:
            return display, config.value
    raise NoGL("EGL is here but no driver gives a GL context off screen")


class EglContext:
    """A GL 2.1 context with a surface of one pixel; one draws into framebuffers.

    Raises:
        NoGL: EGL or a driver is missing.
    """

    def __init__(self) -> None:
        self._egl = _library()
        with _lock:
            self._display, config = _display()
            before = self._egl.eglQueryAPI()
            self._egl.eglBindAPI(_OPENGL_API)
            self._context = self._egl.eglCreateContext(self._display, config, None, (ctypes.c_int * 1)(_NONE))
            if before:
                self._egl.eglBindAPI(before)
            size = (ctypes.c_int * 5)(_WIDTH, 1, _HEIGHT, 1, _NONE)
            self._surface = self._egl.eglCreatePbufferSurface(self._display, config, size)
        if not self._context or not self._surface:
            code = self._egl.eglGetError()
            self.close()
            raise NoGL(f"EGL refused a GL context (error 0x{code:04X})")

    @contextlib.contextmanager
    def current(self) -> Iterator[None]:
        """Current on the calling thread inside the `with`.

        Raises:
            NoGL: the context is current on another thread, or closed.
        """
        egl = self._egl
        if not self._context:
            raise NoGL("this GL context was closed")
        api = egl.eglQueryAPI()
        before = (egl.eglGetCurrentDisplay(), egl.eglGetCurrentSurface(_DRAW), egl.eglGetCurrentSurface(_READ), egl.eglGetCurrentContext())
        egl.eglBindAPI(_OPENGL_API)
        if not egl.eglMakeCurrent(self._display, self._surface, self._surface, self._context):
            code = egl.eglGetError()
            raise NoGL(f"the GL context cannot be used here: it is in use on another thread, or this thread draws with another (error 0x{code:04X})")
        try:
            yield
        finally:
            egl.eglMakeCurrent(self._display, None, None, None)
            if api:
                egl.eglBindAPI(api)
            if before[3]:
                egl.eglMakeCurrent(*before)

    def close(self) -> None:
        """Give the context back."""
        if self._surface:
            self._egl.eglDestroySurface(self._display, self._surface)
        if self._context:
            self._egl.eglDestroyContext(self._display, self._context)
        self._surface = self._context = None
