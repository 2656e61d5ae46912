"""System libraries and programs: what is missing, installing it by apt where that is ours to do, naming it elsewhere."""

from __future__ import annotations

import ctypes
import importlib
import importlib.util
import os
import shutil
import sys
from pathlib import Path
from typing import NamedTuple

from setting_up.console import STAMP, Step, clean_env, logged, say


class Need(NamedTuple):
    """A system library or program: how to see whether it is there, its packages, and what lacks without it."""

    probe: str  # a library's soname, a program, or an ALSA plug-in
    apt: str
    dnf: str
    pacman: str
    purpose: str


NEEDS = (
    Need("libEGL.so.1", "libegl1", "libglvnd-egl mesa-libEGL mesa-dri-drivers", "libglvnd mesa", "pictures"),
    Need("libGL.so.1", "libgl1", "libglvnd-glx mesa-libGL", "libglvnd mesa", "pictures"),
    Need("libglib-2.0.so.0", "libglib2.0-0", "glib2", "glib2", "the window"),
    Need("libfontconfig.so.1", "libfontconfig1", "fontconfig", "fontconfig", "the window"),
    Need("libxkbcommon.so.0", "libxkbcommon0", "libxkbcommon", "libxkbcommon", "the window"),
    Need("libdbus-1.so.3", "libdbus-1-3", "dbus-libs", "dbus", "the window"),
    Need("libxcb-cursor.so.0", "libxcb-cursor0", "xcb-util-cursor", "xcb-util-cursor", "the window on X11"),
    Need("libxcb-icccm.so.4", "libxcb-icccm4", "xcb-util-wm", "xcb-util-wm", "the window on X11"),
    Need("libxcb-keysyms.so.1", "libxcb-keysyms1", "xcb-util-keysyms", "xcb-util-keysyms", "the window on X11"),
    Need("libxcb-shape.so.0", "libxcb-shape0", "libxcb", "libxcb", "the window on X11"),
    Need("libxkbcommon-x11.so.0", "libxkbcommon-x11-0", "libxkbcommon-x11", "libxkbcommon-x11", "the window on X11"),
    Need("libportaudio.so.2", "libportaudio2", "portaudio", "portaudio", "sound"),
)
VENV_NEED = Need("ensurepip", f"python{sys.version_info.major}.{sys.version_info.minor}-venv", "python3-libs", "python", "the set-up")
TEST_NEEDS = (
    Need("Xvfb", "xvfb", "xorg-x11-server-Xvfb", "xorg-server-xvfb", "tests on a display"),
    Need("pulseaudio", "pulseaudio", "pulseaudio", "pulseaudio", "tests of sound"),
    Need("alsa-lib/libasound_module_pcm_pulse.so", "libasound2-plugins", "alsa-plugins-pulseaudio", "alsa-plugins", "tests of sound"),
    Need("ffmpeg", "ffmpeg", "ffmpeg-free", "ffmpeg", "tests of media files"),
)


def is_there(probe: str) -> bool:
    """Whether the library loads or the program is found."""
    if "/" in probe:
        return any(next(folder.glob(pattern), None) for folder in (Path("/usr/lib"), Path("/usr/lib64")) for pattern in (probe, f"*/{probe}"))
    if ".so" not in probe:
        return shutil.which(probe) is not None
    try:
        ctypes.CDLL(probe)
    except OSError:
        return False
    return True


def missing_needs(tests: bool) -> list[Need]:
    """What this Linux machine lacks; other systems carry all of it or get it with the wheels."""
    if not sys.platform.startswith("linux"):
        return []
    missing = [need for need in NEEDS + (TEST_NEEDS if tests else ()) if not is_there(need.probe)]
    return [*missing, VENV_NEED] if not STAMP.exists() and not can_make_environments() else missing


def can_make_environments() -> bool:
    """False on a Debian without its python3-venv package."""
    importlib.invalidate_caches()
    return importlib.util.find_spec("ensurepip") is not None


def may_use_apt() -> bool:
    """Root on Debian, Ubuntu or a relative."""
    return os.name == "posix" and os.geteuid() == 0 and bool(shutil.which("apt-get") and shutil.which("dpkg"))


def apt_install(step: Step, packages: list[str]) -> str:
    """Install by apt; what went wrong in a few words, or nothing."""
    env = clean_env(DEBIAN_FRONTEND="noninteractive", LC_ALL="C.UTF-8")
    # A lock held by another apt is waited for; half-configured packages of an interrupted run are put right first.
    install = ["apt-get", "-o", "DPkg::Lock::Timeout=60", "-o", "Acquire::Retries=2", "install", "-y", "-q", "--no-install-recommends"]
    status, output = logged(step, install + packages, env)
    if status and any("dpkg --configure -a" in line for line in output):
        logged(step, ["dpkg", "--configure", "-a"], env)
    if status:
        # Only now: the lists are often there and fresh, and an update takes longer than the install.
        logged(step, ["apt-get", "-o", "DPkg::Lock::Timeout=60", "update", "-q"], env)
        status, output = logged(step, install + packages, env)
    if status and not any("lock" in line for line in output):
        status = 0
        for package in packages:  # one that this release does not know must not keep the others away
            one, lines = logged(step, [*install, package], env)
            status, output = (one, lines) if one else (status, output)
    errors = [line[3:] for line in output if line.startswith("E: ")]
    return (errors[0] if errors else "see the log") if status else ""


def install_command(needs: list[Need]) -> str:
    """The command that installs `needs` on this system, for a person to type."""
    sudo = "" if os.name == "posix" and os.geteuid() == 0 else "sudo "
    managers = (("apt-get", "apt-get install --no-install-recommends", 1), ("dnf", "dnf install", 2), ("pacman", "pacman -S --needed", 3))
    for program, command, column in managers:
        if shutil.which(program):
            names = dict.fromkeys(name for need in needs for name in str(need[column]).split())
            return f"{sudo}{command} {' '.join(names)}"
    return "install with your package manager: " + ", ".join(need.probe for need in needs)


def system_libraries(tests: bool) -> None:
    """Install or name what is missing; nothing here is fatal, `demo` looks again for what a picture needs."""
    missing = missing_needs(tests)
    if missing and may_use_apt():
        packages = [need.apt for need in missing]
        with Step("System libraries: " + " ".join(packages)) as step:
            trouble = apt_install(step, packages)
            step.note, step.end = (f"apt: {trouble}", "not all") if trouble else ("by apt", "ok")
        missing = missing_needs(tests)
    if missing:
        lacking: dict[str, list[str]] = {}
        for need in missing:
            lacking.setdefault(need.purpose, []).append(need.probe)
        for purpose, probes in lacking.items():
            say(f"  Missing for {purpose}: {', '.join(probes)}")
        say(f"  Remedy: {install_command(missing)}")
