#!/usr/bin/env python3
"""From a fresh clone to a talking head: sets up `.venv` and runs Viva Voce, or its tests.

    python3 bootstrap.py demo [SOUND] [--transcript T] [--no-window]    render a line to demo.mp4 and open the studio on it
    python3 bootstrap.py test [PYTEST ARGUMENT ...]                     run the tests, on a virtual display and sound sink
    python3 bootstrap.py setup                                          only set up
    python3 bootstrap.py clean                                          remove .venv and caches

Needs Python 3.11 and nothing else. On Debian and Ubuntu as root it installs the system libraries that are missing; elsewhere it names
them with the command that does. May be stopped and started again at any moment.
"""

import sys

if sys.version_info < (3, 11):  # noqa: UP036  (this file must still parse on 3.6 to say so)
    import shutil

    newer = [name for name in ("python3.14", "python3.13", "python3.12", "python3.11") if shutil.which(name)]
    remedy = f"run  {newer[0]} bootstrap.py" if newer else "install Python 3.11 or newer and run bootstrap.py with it"
    sys.stderr.write(f"Viva Voce needs Python 3.11 or newer and this is {sys.version.split()[0]}; {remedy}\n")
    sys.exit(2)

import argparse
import contextlib
import ctypes
import hashlib
import importlib
import importlib.util
import json
import os
import shlex
import shutil
import signal
import subprocess
import threading
import time
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = BIN / ("python.exe" if os.name == "nt" else "python")
STAMP = VENV / ".vivavoce-ready"
LOG = VENV / "bootstrap.log"
SAMPLE = ROOT / "assets" / "projects" / "sample"
CACHES = (".mypy_cache", ".ruff_cache", ".pytest_cache", ".import_linter_cache", "build", "dist")
DISK_GB = {"cpu": 3, "cuda": 9}
# Settings of the caller that would lead pip or the environment's Python astray.
ASTRAY = ("PYTHONPATH", "PYTHONHOME", "PIP_TARGET", "PIP_PREFIX", "PIP_USER", "PIP_REQUIRE_VIRTUALENV", "VIRTUAL_ENV", "__PYVENV_LAUNCHER__")
# Loaded once after an install; not those that need a system library which may still be missing.
IMPORTS = "engine studio numpy scipy torch av soxr onnxruntime pocketsphinx parselmouth espeakng_loader num2words PySide6"
CLEAR_LINE = "\r\033[K"


class Stop(Exception):
    """The end, with what is wrong, the remedy and the exit status."""

    def __init__(self, message: str, status: int = 2) -> None:
        super().__init__(message)
        self.status = status


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


def say(text: str) -> None:
    """One line to the person, on stderr like all progress."""
    print(text, file=sys.stderr, flush=True)


class Step:
    """One line of progress: what is being done, on a terminal what is under way, at the end the time it took."""

    def __init__(self, what: str) -> None:
        self.what, self.start, self.note, self.detail, self.end = what, time.monotonic(), "", "", "ok"
        self.live = sys.stderr.isatty()
        self.ended = threading.Event()
        self.ticker = threading.Thread(target=self._tick, daemon=True)

    def __enter__(self) -> "Step":
        if self.live:
            self.ticker.start()
        return self

    def _tick(self) -> None:
        while not self.ended.wait(0.5):
            width = shutil.get_terminal_size().columns - 12
            line = f"  {self.what} ... {self.detail}"[:width]
            sys.stderr.write(f"{CLEAR_LINE}{line}  {time.monotonic() - self.start:.0f} s")
            sys.stderr.flush()

    def __exit__(self, kind: object, error: object, trace: object) -> None:
        self.ended.set()
        if self.live:
            self.ticker.join()
            sys.stderr.write(CLEAR_LINE)
        end = self.end if kind is None else "stopped" if kind in (KeyboardInterrupt, SystemExit) else "FAILED"
        note = f" ({self.note})" if self.note else ""
        say(f"  {self.what} ... {end}{note}, {time.monotonic() - self.start:.1f} s")


# --- running -----------------------------------------------------------------------------------------------------------------------


def clean_env(**more: str) -> dict[str, str]:
    """The caller's environment without what leads pip and Python astray, in UTF-8 mode."""
    # UTF-8 mode: pip's editable install writes this folder's name into a file that Python reads in the locale's encoding.
    return {name: value for name, value in os.environ.items() if name not in ASTRAY} | {"PYTHONUTF8": "1"} | more


def logged(step: Step, command: list[str], env: dict[str, str]) -> tuple[int, list[str]]:
    """Run a command with its output in the log; its exit status and its last lines."""
    VENV.mkdir(exist_ok=True)
    tail: list[str] = []
    with LOG.open("a", encoding="utf-8", buffering=1) as log:
        log.write(f"\n$ {shlex.join(command)}   # {time.strftime('%F %T')}\n")
        child = subprocess.Popen(
            command, cwd=ROOT, env=env, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, encoding="utf-8",
            errors="replace",
        )  # fmt: skip
        assert child.stdout is not None
        try:
            for line in child.stdout:
                log.write(line)
                tail = [*tail[-99:], line.rstrip()]
                step.detail = line.strip()
            return child.wait(), tail
        except BaseException:
            # The child has had the same Ctrl-C: let it tidy up.
            with contextlib.suppress(subprocess.TimeoutExpired):
                child.wait(10)
            child.kill()
            raise


def run(command: list[str], env: dict[str, str] | None = None) -> int:
    """Run a command in the foreground with our terminal; its exit status. After Ctrl-C it is given time to end by itself."""
    with subprocess.Popen(command, env=env) as child:
        try:
            return child.wait()
        except (KeyboardInterrupt, SystemExit) as stop:
            if isinstance(stop, SystemExit):
                child.terminate()
            with contextlib.suppress(subprocess.TimeoutExpired):
                child.wait(30)
            child.kill()
            raise


# --- system libraries --------------------------------------------------------------------------------------------------------------


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


# --- the environment ---------------------------------------------------------------------------------------------------------------


def environment_version() -> str | None:
    """Python version of `.venv`, or None where it is not there, half-made or its Python has gone."""
    if not PYTHON.exists():
        return None
    try:
        found = subprocess.run([PYTHON, "-I", "-c", "import sys; print('%d.%d' % sys.version_info[:2])"], capture_output=True, text=True, timeout=60)
    except (OSError, subprocess.TimeoutExpired):
        return None
    return found.stdout.strip() or None if found.returncode == 0 else None


def key(version: str) -> str:
    """What the environment was made from: the project file, Python's version, the place of the checkout."""
    parts = ((ROOT / "pyproject.toml").read_bytes(), version.encode(), os.fsencode(ROOT), sys.platform.encode())
    return hashlib.sha256(b"\0".join(parts)).hexdigest()


def ready(extras: set[str]) -> bool:
    """True when the environment is whole and holds `extras`."""
    try:
        stamp = json.loads(STAMP.read_text(encoding="utf-8"))
        whole = stamp["key"] == key(environment_version() or "") and extras <= set(stamp["extras"])
    except (OSError, ValueError, KeyError, TypeError):
        return False
    return whole


def wipe() -> None:
    """Remove the environment but for the log."""
    if Path(sys.prefix).resolve() == VENV.resolve():
        raise Stop("this environment must be made anew and cannot do that to itself; run `deactivate`, then bootstrap.py again")
    if VENV.is_symlink():
        VENV.unlink()
        return
    for entry in VENV.iterdir() if VENV.is_dir() else ():
        if entry.is_dir() and not entry.is_symlink():
            shutil.rmtree(entry)
        elif entry != LOG:
            entry.unlink()


def make_environment() -> None:
    """`.venv` with pip; one that is half-made or broken is made anew."""
    if environment_version() and subprocess.run([PYTHON, "-I", "-c", "import pip"], capture_output=True).returncode == 0:
        return
    if not can_make_environments():
        raise Stop(f"this Python cannot make virtual environments; {install_command([VENV_NEED])}")
    with Step("Virtual environment .venv") as step:
        wipe()
        status, tail = logged(step, [sys.executable, "-m", "venv", str(VENV)], clean_env())
        if status:
            raise Stop("\n".join([*tail[-20:], f"python -m venv failed; the whole output is in {LOG}"]), 1)


def drop_half_installed() -> list[str]:
    """Undo packages whose install was cut off, which pip would take for whole: pip writes RECORD last. Returns their names."""
    names = []
    for site in (*VENV.glob("lib/python3*/site-packages"), *VENV.glob("Lib/site-packages")):
        halves = [folder for folder in site.glob("*.dist-info") if not (folder / "RECORD").exists()]
        for folder in [*halves, *site.glob("~*")]:
            shutil.rmtree(folder, ignore_errors=True)
        names += [folder.name.removesuffix(".dist-info") for folder in halves]
    return names


def pip(step: Step, arguments: list[str], may_fail: bool = False) -> int:
    """Run the environment's pip; its last lines are shown where it fails."""
    command = [str(PYTHON), "-m", "pip", "install", "--no-input", "--disable-pip-version-check", "--progress-bar=off", *arguments]
    status, tail = logged(step, command, clean_env(PYTHONUNBUFFERED="1"))
    if status and not may_fail:
        raise Stop("\n".join([*tail[-20:], f"pip could not install; the whole output is in {LOG}. Check the network, then run this again"]), 1)
    return status


def has_nvidia() -> bool:
    """Whether an NVIDIA driver with a GPU is there."""
    if Path("/proc/driver/nvidia/version").exists():
        return True
    program = shutil.which("nvidia-smi")
    if program is None:
        return False
    try:
        return subprocess.run([program, "-L"], capture_output=True, timeout=20).stdout.startswith(b"GPU")
    except (OSError, subprocess.TimeoutExpired):
        return False


def torch_pin() -> str:
    """The torch release in pyproject.toml."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return next(str(name).split("==")[1] for name in project["dependencies"] if name.startswith("torch=="))


def installed_torch(pin: str) -> str | None:
    """Full version of the torch in the environment if it is the pinned release."""
    found = [*VENV.glob(f"lib/python3*/site-packages/torch-{pin}*.dist-info"), *VENV.glob(f"Lib/site-packages/torch-{pin}*.dist-info")]
    return found[0].name.removeprefix("torch-").removesuffix(".dist-info") if found else None


def install_torch() -> None:
    """The pinned torch: its CPU build where there is no NVIDIA GPU and one is on offer, else the platform's usual build."""
    pin = torch_pin()
    if installed_torch(pin):
        return
    gpu = has_nvidia()
    linux = sys.platform.startswith("linux")
    if linux and not gpu:
        with Step(f"torch {pin}, CPU build (no NVIDIA GPU here)") as step:
            if pip(step, [f"torch=={pin}+cpu"], may_fail=True) == 0:
                return
            step.end = "not on offer"
        say("  The usual build for Linux brings CUDA, several GB. For the small one stop here, add PyTorch's CPU index to pip's settings, start again")
    check_space("cuda" if linux else "cpu")
    with Step(f"torch {pin}, the usual build{' with CUDA (NVIDIA GPU found)' if gpu else ''}") as step:
        # === names this very build: == would take a CPU build for the newer one.
        if pip(step, [f"torch==={pin}"], may_fail=True):
            pip(step, [f"torch=={pin}"])
        step.note = f"took {installed_torch(pin)}"


def check_space(build: str) -> None:
    """Refuse before a download that cannot fit."""
    free = shutil.disk_usage(ROOT).free / 1e9
    if free < DISK_GB[build]:
        raise Stop(f"setting up needs {DISK_GB[build]} GB and {ROOT} has {free:.1f} GB free; free some space and run this again")


def check_imports(extras: set[str]) -> str:
    """Import everything once in the environment; the last line of what goes wrong, or nothing."""
    names = IMPORTS + (" pytest mypy importlinter" if "dev" in extras else "")
    code = "import importlib, sys\nfor name in sys.argv[1:]: importlib.import_module(name)"
    found = subprocess.run([PYTHON, "-I", "-X", "utf8", "-c", code, *names.split()], cwd=VENV, env=clean_env(), capture_output=True, text=True)
    return "" if found.returncode == 0 else (found.stderr.strip().splitlines() or [f"exit status {found.returncode}"])[-1]


@contextlib.contextmanager
def alone() -> Iterator[None]:
    """Wait for another bootstrap of this checkout; the lock goes with the process."""
    try:
        import fcntl
    except ImportError:  # Windows
        yield
        return
    VENV.mkdir(exist_ok=True)
    with LOG.open("a") as lock:  # the one file that `wipe` leaves
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say("  Another bootstrap.py is setting up this checkout; waiting for it")
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def install(extras: set[str]) -> str:
    """Everything pip brings, checked, then the stamp; what does not load, or nothing."""
    make_environment()
    halves = drop_half_installed()
    if halves:
        say(f"  Cut off last time, installing again: {', '.join(halves)}")
    install_torch()
    wanted = f".[{','.join(sorted(extras))}]" if extras else "."
    with Step("Viva Voce and its packages") as step:
        pip(step, ["-e", wanted])
    with Step("Checking that all of it loads"):
        trouble = check_imports(extras)
    if trouble:
        return trouble
    temporary = STAMP.with_suffix(".part")
    temporary.write_text(json.dumps({"key": key(environment_version() or ""), "extras": sorted(extras)}), encoding="utf-8")
    temporary.replace(STAMP)
    return ""


def prepare(extras: set[str], tests: bool = False) -> None:
    """Bring the machine and the environment up to what is needed; next to nothing to do the second time."""
    system_libraries(tests)
    if ready(extras):
        return
    say(f"Setting up Viva Voce in {ROOT}")
    if not installed_torch(torch_pin()):
        check_space("cpu")
    with alone():
        if ready(extras):
            return
        with contextlib.suppress(OSError, ValueError, KeyError, TypeError):
            extras = extras | set(json.loads(STAMP.read_text(encoding="utf-8"))["extras"])
        STAMP.unlink(missing_ok=True)
        was_there = environment_version() is not None
        trouble = install(extras)
        if trouble and was_there:
            say(f"  The environment is damaged ({trouble}); making it anew")
            wipe()
            trouble = install(extras)
        if trouble:
            raise Stop(f"{trouble}\nthe packages do not load; the whole output is in {LOG}", 1)


# --- commands ----------------------------------------------------------------------------------------------------------------------


def has_display() -> bool:
    """Whether a window can be shown."""
    return not sys.platform.startswith("linux") or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def demo(sound: str | None, transcript: str | None, window: bool) -> int:
    """Render a line to demo.mp4 and demo.viva and open the studio on it."""
    line = Path(sound) if sound else SAMPLE / "line.flac"
    if not line.is_file():
        raise Stop(f"there is no sound file {line}; give the path of a recording, or none for the sample line")
    words = transcript if sound else transcript or str(SAMPLE / "line.txt")
    prepare(set())
    lacking = [need for need in missing_needs(False) if need.purpose == "pictures"]
    if lacking:
        raise Stop(f"without {', '.join(need.probe for need in lacking)} no picture can be drawn; {install_command(lacking)}")
    movie, project = ROOT / "demo.mp4", ROOT / "demo.viva"
    vivavoce = str(BIN / ("vivavoce.exe" if os.name == "nt" else "vivavoce"))
    command = [vivavoce, "animate", str(line.resolve()), "-o", str(movie), "-o", str(project)]
    status = run([*command, "--transcript", words] if words else command, clean_env())
    if status:
        return status
    say(f"Watch {movie}")
    if not window:
        return 0
    if not has_display():
        say(f"There is no display here. On a machine with one:  {shlex.join([vivavoce, str(project)])}")
        return 0
    say(f"Opening the studio on {project}")
    return run([vivavoce, str(project)], clean_env())


def test(arguments: list[str]) -> int:
    """Run pytest on the test stage; its status, its summary last."""
    prepare({"dev"}, tests=True)
    # PYTHONUTF8 is for the set-up only: a test must be able to see what a plain locale does.
    env = {name: value for name, value in os.environ.items() if name not in ASTRAY}
    os.chdir(ROOT)
    return run([str(PYTHON), str(ROOT / "tests" / "stage.py"), str(PYTHON), "-m", "pytest", *arguments], env)


def clean() -> int:
    """Remove the environment and caches; the person's own files and demo.* stay."""
    wipe()
    for folder in (VENV, *(ROOT / name for name in CACHES)):
        shutil.rmtree(folder, ignore_errors=True)
    say("Removed .venv and caches")
    return 0


def main(argv: list[str]) -> int:
    """Run one command; its exit status."""
    own, pytest_arguments = (argv[:1], argv[1:]) if argv[:1] == ["test"] else (argv, [])
    parser = argparse.ArgumentParser(prog="bootstrap.py", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(dest="command", required=True)
    parser_demo = commands.add_parser("demo", help="render a line to demo.mp4 and open the studio on it")
    parser_demo.add_argument("sound", nargs="?", metavar="SOUND", help="your own recording; the sample line without")
    parser_demo.add_argument("--transcript", metavar="T", help="what is said in it: the text, or a text file")
    parser_demo.add_argument("--no-window", action="store_true", help="do not open the studio")
    commands.add_parser("test", help="run the tests; further arguments go to pytest")
    commands.add_parser("setup", help="only set up")
    commands.add_parser("clean", help="remove .venv and caches")
    args = parser.parse_args(own)
    if args.command == "demo":
        return demo(args.sound, args.transcript, not args.no_window)
    if args.command == "test":
        return test(pytest_arguments)
    if args.command == "clean":
        return clean()
    prepare(set())
    say(f"Ready:  {shlex.join([str(BIN / 'vivavoce')])}")
    return 0


def terminated(number: int, frame: object) -> None:
    """End in order on SIGTERM: the child first."""
    raise SystemExit(128 + number)


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, terminated)
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="replace")  # type: ignore[union-attr]
    try:
        sys.exit(main(sys.argv[1:]))
    except Stop as stop:
        say(f"bootstrap.py: {stop}")
        sys.exit(stop.status)
    except KeyboardInterrupt:
        say("Stopped; run the same command to go on")
        sys.exit(130)
