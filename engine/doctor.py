"""What this machine has and lacks: GPU, GL, display, sound, codecs, models, voices, space; each with its remedy.

Every check looks by doing: a codec is opened, a context is made, a library is loaded. What may crash runs in a process of its own.
"""

from __future__ import annotations

import importlib
import json
import os
import platform
import shutil
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from fractions import Fraction
from pathlib import Path

from engine.core import assets
from engine.core.errors import EngineError
from engine.core.jobs import SILENT, Job

STATUSES = ("ok", "warn", "missing")
SETUP = "run python3 bootstrap.py setup, or install vivavoce again with pip"
PROBE_S = 60.0
# Where there is no EGL the studio makes the contexts; asked for by name, as nothing in the engine imports it.
QT_CONTEXTS = "studio.gl_contexts:register"
FREE_WANTED_GB = 2.0
LEFTOVER_S = 3600.0  # an unfinished file this old has nobody writing it any more
_MARKS = {"ok": ("ok", "32"), "warn": ("warn", "33"), "missing": ("MISSING", "31")}


@dataclass(frozen=True)
class Check:
    """What was looked at and what was found.

    Args:
        name: what was looked at, in a word or two.
        status: "ok"; "warn" where something is lacking that much can be done without; "missing" where the main job fails without it.
        detail: what is there, or what is wrong.
        remedy: what the person can do; empty where all is well.
    """

    name: str
    status: str
    detail: str
    remedy: str = ""

    def __post_init__(self) -> None:
        if self.status not in STATUSES:
            raise ValueError(f"status {self.status!r} is not one of {', '.join(STATUSES)}")


def main(say: Callable[[str], None], fix: bool = False, as_json: bool = False, contexts: str = "") -> int:
    """The command `vivavoce doctor`: look, hand what was found to `say`, return the exit status (0, or 1 where the main job would fail)."""
    found = inspect(fix, contexts)
    say(to_json(found) if as_json else to_text(found, sys.stdout.isatty() and "NO_COLOR" not in os.environ))
    return int(any(check.status == "missing" for check in found))


def inspect(fix: bool = False, contexts: str = "", job: Job = SILENT) -> list[Check]:
    """Look at everything, in a fixed order.

    Args:
        fix: first put right what can be: broken and left-over files in the cache, and landmark models that are not there, by the network.
        contexts: `module:function` to call before making a GL context, where the system has no EGL (macOS, Windows): the studio's helper.
        job: reports each check; may be cancelled.

    Returns:
        One check for each of Python, torch, GL, display, sound, codecs, recogniser, voices, assets, landmarks, own models, cache.
    """
    fixed = clear_broken(assets.user_cache()) if fix else 0
    looks = {
        "Python": _python, "torch": _torch, "GL": lambda: _drawing(contexts), "display": _display, "sound": _sound, "codecs": _codecs,
        "recogniser": _recogniser, "voices": _voices, "assets": _assets, "landmarks": lambda: _landmarks(fix), "own models": _own_models, "cache": _cache,
    }  # fmt: skip
    found = []
    for done, (name, look) in enumerate(looks.items()):
        job.report(done, len(looks), name)
        found.append(look())
    job.report(len(looks), len(looks), "done")
    if fixed:
        found = [Check(c.name, c.status, f"{c.detail}; {fixed} broken files removed", c.remedy) if c.name == "cache" else c for c in found]
    return found


def to_text(checks: list[Check], colour: bool = False) -> str:
    """An aligned table with the remedies under what needs them.

    Args:
        checks: what `inspect` found.
        colour: mark the statuses in colour (ANSI); for a terminal only.
    """
    width = max((len(check.name) for check in checks), default=0)
    indent = " " * (width + 11)
    lines = []
    for check in checks:
        word, code = _MARKS[check.status]
        mark = f"\033[{code}m{word:<7}\033[0m" if colour else f"{word:<7}"
        lines.append(f"{check.name:<{width}}  {mark}  {check.detail}".rstrip())
        if check.remedy:
            lines.append(f"{indent}-> {check.remedy}")
    return "\n".join(lines)


def to_json(checks: list[Check]) -> str:
    """The checks as one line of JSON: a list of objects with name, status, detail and remedy."""
    return json.dumps([asdict(check) for check in checks])


# --- the checks --------------------------------------------------------------------------------------------------------------------


def _python() -> Check:
    return Check("Python", "ok", f"{platform.python_version()} on {platform.system()} {platform.machine()}, {os.cpu_count()} CPU cores")


def _torch() -> Check:
    try:
        import torch
    except (ImportError, OSError) as error:
        return Check("torch", "missing", _first_line(error), SETUP)
    if torch.cuda.is_available():
        gpu = torch.cuda.get_device_properties(0)
        return Check("torch", "ok", f"{torch.__version__}, GPU {gpu.name} with {gpu.total_memory / 2**30:.0f} GB")
    detail = f"{torch.__version__} on the CPU, {torch.get_num_threads()} threads"
    if _has_nvidia_driver():
        remedy = "for the GPU run python3 bootstrap.py clean, then setup; where that finds none, bring the NVIDIA driver up to date"
        return Check("torch", "warn", f"{detail}; there is an NVIDIA driver that this build does not use", remedy)
    return Check("torch", "ok", detail)


def _drawing(contexts: str) -> Check:
    """A GL context off screen and what it is; in a child, because a bad driver takes the process with it."""
    root = str(Path(__file__).resolve().parents[1])
    code = f"import sys; sys.path.insert(0, {root!r}); from engine.doctor import probe_gl; probe_gl({contexts!r})"
    remedy = "Debian, Ubuntu: apt-get install libegl1 libgl1; Fedora: dnf install mesa-libEGL mesa-libGL mesa-dri-drivers; else a graphics driver"
    try:
        child = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, encoding="utf-8", errors="replace", timeout=PROBE_S)
    except subprocess.TimeoutExpired:
        return Check("GL", "missing", f"no context within {PROBE_S:.0f} s", remedy)
    if child.returncode < 0:
        return Check("GL", "missing", f"making a context crashed (signal {-child.returncode})", remedy)
    if child.returncode:
        return Check("GL", "missing", (child.stderr.strip().splitlines() or ["no context"])[-1], remedy)
    return Check("GL", "ok", child.stdout.strip())


def _display() -> Check:
    if not sys.platform.startswith("linux"):
        return Check("display", "ok", "the system's own")
    for name in ("WAYLAND_DISPLAY", "DISPLAY"):
        if os.environ.get(name):
            return Check("display", "ok", f"{name}={os.environ[name]}")
    remedy = "the studio needs one: log in to a desktop, or start it under xvfb-run; the command line does without"
    return Check("display", "warn", "none", remedy)


def _sound() -> Check:
    try:
        import sounddevice
    except (ImportError, OSError) as error:
        # OSError: the wheel carries PortAudio for macOS and Windows only.
        return Check("sound", "warn", _first_line(error), "Debian, Ubuntu: apt-get install libportaudio2; Fedora: dnf install portaudio")
    try:
        device = sounddevice.query_devices(kind="output")
    except (sounddevice.PortAudioError, ValueError):
        detail = "no output device; the studio plays silently on its own clock"
        return Check("sound", "warn", detail, "connect or enable a sound device, then start again")
    return Check("sound", "ok", f"{device['name']}, {device['default_samplerate']:.0f} Hz")


def _codecs() -> Check:
    try:
        import av
    except (ImportError, OSError) as error:
        return Check("codecs", "missing", _first_line(error), SETUP)
    try:
        picture = av.VideoCodecContext.create("libx264", "w")
        picture.width, picture.height, picture.pix_fmt, picture.time_base = 64, 64, "yuv420p", Fraction(1, 30)
        picture.open()
        voice = av.AudioCodecContext.create("aac", "w")
        voice.sample_rate, voice.layout, voice.format = 48000, "mono", "fltp"
        voice.open()
    except (av.FFmpegError, ValueError) as error:
        return Check("codecs", "missing", f"H.264 or AAC cannot be opened ({_first_line(error)})", "pip install --force-reinstall av")
    return Check("codecs", "ok", f"H.264 and AAC by PyAV {av.__version__}")


def _recogniser() -> Check:
    try:
        import pocketsphinx
    except (ImportError, OSError) as error:
        return Check("recogniser", "missing", _first_line(error), SETUP)
    absent = [name for name in ("en-us/en-us", "en-us/en-us.lm.bin", "en-us/cmudict-en-us.dict") if not Path(pocketsphinx.get_model_path(name)).exists()]
    if absent:
        return Check("recogniser", "missing", f"the model lacks {', '.join(absent)}", "pip install --force-reinstall pocketsphinx")
    return Check("recogniser", "ok", "pocketsphinx with its English model")


def _voices() -> Check:
    from engine.speech import espeak

    try:
        count = len(espeak.voices())
    except EngineError as error:
        return Check("voices", "missing", error.what, error.remedy)
    return Check("voices", "ok", f"eSpeak NG, {count} voices")


def _assets() -> Check:
    sizes = []
    for name in ("heads/ada.npz", "models/silero_vad.onnx", "projects/sample/line.flac"):
        try:
            sizes.append(assets.path(name).stat().st_size)
        except EngineError as error:
            return Check("assets", "missing", error.what, error.remedy)
    return Check("assets", "ok", f"Ada, the voice detector and the sample line, {sum(sizes) / 1e6:.1f} MB")


def _landmarks(fix: bool) -> Check:
    """What tracking a face needs; everything else does without."""
    from engine.avatars.tracking import models

    try:
        found = models.fetch() if fix else models.models()
    except EngineError as error:
        return Check("landmarks", "warn", error.what, error.remedy)
    try:
        importlib.import_module("ai_edge_litert.interpreter")
    except (ImportError, OSError) as error:
        return Check("landmarks", "warn", f"faces cannot be tracked without ai-edge-litert ({_first_line(error)})", SETUP)
    return Check("landmarks", "ok", f"face detector and mesh in {found.mesh.parent}")


def _own_models() -> Check:
    """What a person brought along: speech encoders that we may not ship."""
    from engine.speech import foreign, foreign_files

    folder = assets.user_models()
    there = foreign.found()
    if not there:
        return Check("own models", "ok", f"none in {folder}; wav2vec 2.0 and HuBERT would lie there")
    wrong = []
    for path in there:
        try:
            foreign_files.weights_file(path)
        except EngineError as error:
            wrong.append(error)
    detail = f"{folder}: {', '.join(path.name for path in there)}"
    if wrong:
        return Check("own models", "warn", f"{detail}; {wrong[0].what}", wrong[0].remedy)
    return Check("own models", "ok", detail)


def _cache() -> Check:
    try:
        folder = assets.user_cache()
    except OSError as error:
        return Check("cache", "warn", f"cannot be made ({error})", "set VIVAVOCE_CACHE to a folder you may write to")
    if not os.access(folder, os.W_OK):
        return Check("cache", "warn", f"{folder} cannot be written", "give yourself the right to, or set VIVAVOCE_CACHE to another folder")
    files = [path for path in folder.rglob("*") if path.is_file()]
    used, free = sum(path.stat().st_size for path in files) / 1e6, shutil.disk_usage(folder).free / 1e9
    detail = f"{folder}, {used:.0f} MB used, {free:.0f} GB free"
    broken = sum(1 for _ in broken_files(folder))
    if broken:
        return Check("cache", "warn", f"{detail}; {broken} broken files", "run vivavoce doctor --fix")
    if free < FREE_WANTED_GB:
        return Check("cache", "warn", detail, f"free some space: a long film needs {FREE_WANTED_GB:.0f} GB")
    return Check("cache", "ok", detail)


# --- parts -------------------------------------------------------------------------------------------------------------------------


def probe_gl(contexts: str = "") -> None:
    """Make a context, draw nothing, write what it is to stdout; run in a process of its own by the check."""
    from engine.render.offscreen import Offscreen

    if contexts:
        module, _, function = contexts.partition(":")
        getattr(importlib.import_module(module), function)()
    with Offscreen(64, 64) as offscreen:
        sys.stdout.write(offscreen.description)


def broken_files(folder: Path) -> Iterator[Path]:
    """Files of the cache that are of no use: empty, cut off, or left by a writer that was killed."""
    for path in sorted(folder.rglob("*")):
        if path.is_symlink() or not path.is_file() or path.name == "complete":
            continue
        status = path.stat()
        if time.time() - status.st_mtime < LEFTOVER_S:
            continue  # somebody may be writing it
        leftover = path.name.startswith(".") and (".part" in path.suffixes or path.suffix == ".probe")
        cut_off = path.suffix in (".npz", ".zip") and not zipfile.is_zipfile(path)
        if leftover or cut_off or status.st_size == 0:
            yield path


def clear_broken(folder: Path) -> int:
    """Remove what `broken_files` finds; how many."""
    broken = list(broken_files(folder))
    for path in broken:
        path.unlink(missing_ok=True)
    return len(broken)


def _has_nvidia_driver() -> bool:
    return Path("/proc/driver/nvidia/version").exists() or shutil.which("nvidia-smi") is not None


def _first_line(error: BaseException) -> str:
    return (str(error).strip().splitlines() or [type(error).__name__])[0]
