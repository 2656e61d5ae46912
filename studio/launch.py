"""The door: no arguments, a project or a sound open the window; anything else is a command, done without Qt."""

from __future__ import annotations

import ctypes
import importlib.util
import os
import sys
from collections.abc import Sequence
from pathlib import Path

PROJECT = ".viva"
SOUNDS = frozenset(
    (".wav", ".flac", ".mp3", ".ogg", ".oga", ".opus", ".m4a", ".aac", ".aif", ".aiff", ".wma", ".webm", ".mp4", ".m4v", ".mov", ".mkv", ".avi")
)  # fmt: skip
BAD_INPUT = 2
_REMEDY = "log in to a desktop, or start it under xvfb-run; `vivavoce --help` shows what works without a display"


def main(argv: Sequence[str] | None = None) -> int:
    """Open the window or run a command; the exit status."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    if not arguments:
        return open_window([])
    if len(arguments) == 1 and Path(arguments[0]).suffix.lower() in SOUNDS | {PROJECT}:
        return open_window([Path(arguments[0])])
    from engine import cli

    if not sys.platform.startswith("linux"):
        _lend_contexts()
    return cli.main(arguments)


def main_window() -> int:
    """Open the window, for the desktop's launcher."""
    return open_window([Path(a) for a in sys.argv[1:] if not a.startswith("-")])


def open_window(files: list[Path]) -> int:
    """Open the window on some files; the exit status."""
    for file in files:
        if not file.is_file():
            return _refuse(f"{file} is a folder" if file.is_dir() else f"there is no file {file}", "check the name and the folder")
    trouble = display_trouble()
    if trouble:
        return _refuse(*trouble)
    from studio.app import run

    return run(files)


def _refuse(what: str, remedy: str) -> int:
    sys.stderr.write(f"vivavoce: {what}; {remedy}\n")
    return BAD_INPUT


def _lend_contexts() -> None:
    """Where there is no EGL, pictures need a GL context made by Qt; it is made when a command first draws."""
    from engine.render import offscreen

    def make():  # type: ignore[no-untyped-def]
        from studio import gl_contexts

        gl_contexts.register(force=True)
        return gl_contexts.QtContext()

    offscreen.use_contexts(make)


def display_trouble() -> tuple[str, str] | None:
    """Why no window can be opened, and the remedy; None where one can. Qt itself would abort the process."""
    if not sys.platform.startswith("linux"):
        return None
    platform = os.environ.get("QT_QPA_PLATFORM", "").split(":")[0].split(";")[0]
    if platform and platform not in ("xcb", "wayland"):
        return None
    if os.environ.get("WAYLAND_DISPLAY") and platform != "xcb":
        return _plugin_trouble("qwayland") if _wayland_answers() else _no_display(f"WAYLAND_DISPLAY={os.environ['WAYLAND_DISPLAY']} does not answer")
    if not os.environ.get("DISPLAY"):
        return _no_display("there is no display")
    return _plugin_trouble("qxcb") or _x_trouble()


def _no_display(what: str) -> tuple[str, str]:
    return what, _REMEDY


def _wayland_answers() -> bool:
    import socket

    name = Path(os.environ["WAYLAND_DISPLAY"])
    path = name if name.is_absolute() else Path(os.environ.get("XDG_RUNTIME_DIR", "/run/user")) / name
    with socket.socket(socket.AF_UNIX) as client:
        try:
            client.connect(str(path))
        except OSError:
            return False
    return True


def _plugin_trouble(name: str) -> tuple[str, str] | None:
    """A system library that Qt's part for this display lacks."""
    found = importlib.util.find_spec("PySide6")
    if found is None or not found.submodule_search_locations:
        return "Qt for Python (PySide6) is not installed", "run python3 bootstrap.py setup, or install vivavoce again with pip"
    plugin = Path(found.submodule_search_locations[0]) / "Qt" / "plugins" / "platforms" / f"lib{name}.so"
    if not plugin.is_file():
        return None
    try:
        ctypes.CDLL(str(plugin))
    except OSError as error:
        missing = str(error).split(":", 1)[0]
        return f"Qt cannot open a window: the system library {missing} is missing", "python3 bootstrap.py setup installs or names what is missing"
    return None


def _x_trouble() -> tuple[str, str] | None:
    """An X server that does not let us in."""
    try:
        xcb = ctypes.CDLL("libxcb.so.1")
    except OSError:
        return None
    xcb.xcb_connect.restype = ctypes.c_void_p
    xcb.xcb_connection_has_error.argtypes = xcb.xcb_disconnect.argtypes = [ctypes.c_void_p]
    connection = xcb.xcb_connect(None, None)
    refused = bool(xcb.xcb_connection_has_error(connection))
    xcb.xcb_disconnect(connection)
    return _no_display(f"the display {os.environ['DISPLAY']} cannot be opened") if refused else None


if __name__ == "__main__":
    sys.exit(main())
