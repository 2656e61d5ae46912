"""The landmark models: found in the user's cache, fetched there once out of a wheel that pip downloads and nobody installs.

They are data of the package `mediapipe` 0.10.21 (Apache-2.0), whose wheel wants other releases of what we depend on; so only its model files are
taken, each checked by its SHA-256, with the licence beside them. `bootstrap.py` does it at set-up, `vivavoce doctor --fix` later. Standard library
only: the set-up runs this with the system's Python.

Source: Bazarevsky et al., "BlazeFace" (2019); Grishchenko et al., "Attention Mesh" (2020).
"""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from engine.core import assets
from engine.core.errors import InvalidInput, MissingAsset, OutputError
from engine.core.output import replacing

PACKAGE, VERSION = "mediapipe", "0.10.21"
DETECTOR, MESH, LICENCE = "face_detection_short_range.tflite", "face_landmark_with_attention.tflite", "LICENSE.mediapipe"
REMEDY = "run vivavoce doctor --fix with a network"
FETCH_S = 300.0  # pip gets so long: the wheel has 36 MB
_LOOK_S = 0.2  # between two calls of who may end it
# Its files are the same in every wheel: one is named, so that a Python or system it was never built for gets them too.
_WHEEL = ("--platform", "manylinux_2_28_x86_64", "--python-version", "3.12", "--implementation", "cp", "--abi", "cp312")
_INSIDE = {
    DETECTOR: (
        "mediapipe/modules/face_detection/face_detection_short_range.tflite",
        "bbff11cebd1eb27a1e004cae0b0e63ec8c551cbf34a4451148b4908b8db3eca8",
    ),
    MESH: (
        "mediapipe/modules/face_landmark/face_landmark_with_attention.tflite",
        "e06a804e0144f9929eda782122916b35d60c697c3c9344013ca2bbe76a6ce2b4",
    ),
    LICENCE: (
        f"mediapipe-{VERSION}.dist-info/LICENSE",
        "8707eef0533987efc5b155d64761eeb6e20793f50b9bd1a68dad1cf4719d0ed8",
    ),
}


@dataclass(frozen=True)
class Models:
    """Where the models are.

    Args:
        detector: faces in a picture, with six points each.
        mesh: 468 points of one face, its lids and irises.
    """

    detector: Path
    mesh: Path

    def digest(self) -> str:
        """What the results depend on: a hexadecimal digest of all models."""
        return hashlib.sha256("".join(_INSIDE[path.name][1] for path in (self.detector, self.mesh)).encode()).hexdigest()


def folder() -> Path:
    """Where the models lie or will lie; `VIVAVOCE_LANDMARKS` names another place."""
    override = os.environ.get("VIVAVOCE_LANDMARKS")
    return Path(override) if override else assets.user_cache() / "landmarks"


def absent() -> tuple[str, ...]:
    """Names of the files that are not in their folder, or are not what they should be."""
    where = folder()
    return tuple(name for name in _INSIDE if _sha256(where / name) != _INSIDE[name][1])


def models() -> Models:
    """The models on this machine.

    Raises:
        MissingAsset: one is not there or is damaged.
    """
    lacking = absent()
    where = folder()
    if lacking:
        damaged = [name for name in lacking if (where / name).exists()]
        away = [name for name in lacking if name not in damaged]
        said = [f"{', '.join(away)} not in {where}"] * bool(away) + [f"{', '.join(damaged)} in {where} damaged"] * bool(damaged)
        raise MissingAsset(f"faces cannot be tracked: {'; '.join(said)}", REMEDY)
    return Models(where / DETECTOR, where / MESH)


def fetch(python: str = sys.executable, check: Callable[[], None] = lambda: None) -> Models:
    """Bring the models into their folder: out of a wheel the person has laid into their folder of models, or one that pip downloads.

    Args:
        python: a Python with pip.
        check: called now and then; what it raises ends pip and comes out.

    Raises:
        MissingAsset: pip is not there or could not get the wheel.
        InvalidInput: the wheel is damaged or another.
        OutputError: the folder cannot be written.
    """
    if not absent():
        return models()
    laid = sorted(assets.user_models().glob(f"{PACKAGE}-{VERSION}-*.whl"))
    if laid:
        return _unpacked(laid[0])
    with tempfile.TemporaryDirectory(prefix="vivavoce-") as temporary:
        return _unpacked(_downloaded(python, Path(temporary), check))


def _downloaded(python: str, into: Path, check: Callable[[], None]) -> Path:
    """The wheel, from wherever this machine's pip gets its packages."""
    command = [python, "-m", "pip", "download", "--no-deps", "--no-input", "--disable-pip-version-check", "--progress-bar=off", "--only-binary=:all:"]
    command += ["--retries", "1", "--timeout", "15", *_WHEEL, "--dest", str(into), f"{PACKAGE}=={VERSION}"]
    by_hand = f"{REMEDY}; or lay {PACKAGE}-{VERSION}'s wheel from another machine into {assets.user_models()} and run it"
    if getattr(sys, "frozen", False) and python == sys.executable:  # it is ourselves, not a Python
        raise MissingAsset("the frozen Viva Voce has no pip to fetch the landmark models with", by_hand.partition("; or ")[2])
    try:
        status, told = _watched(command, check)
    except subprocess.TimeoutExpired as late:
        raise MissingAsset(f"the landmark models did not arrive within {FETCH_S:.0f} s", by_hand) from late
    except OSError as error:
        raise MissingAsset(f"pip could not be started to fetch the landmark models ({error.strerror})", by_hand) from error
    wheels = sorted(into.glob("*.whl"))
    if status or not wheels:
        said = [line for line in told.splitlines() if line.startswith("ERROR")] or told.splitlines() or ["pip said nothing"]
        raise MissingAsset(f"the landmark models could not be fetched ({said[-1].removeprefix('ERROR: ').strip()})", by_hand)
    return wheels[0]


def _watched(command: list[str], check: Callable[[], None]) -> tuple[int, str]:
    """Exit status of a command and what it said on its error output; it is ended where `check` raises.

    Raises:
        subprocess.TimeoutExpired: it took longer than `FETCH_S`.
        OSError: it could not be started.
    """
    until_s = time.monotonic() + FETCH_S
    with subprocess.Popen(
        command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, encoding="utf-8", errors="replace"
    ) as child:
        try:
            while True:
                check()
                try:
                    told = child.communicate(timeout=_LOOK_S)[1]
                except subprocess.TimeoutExpired:
                    if time.monotonic() > until_s:
                        raise
                else:
                    return child.returncode, told
        except BaseException:
            child.kill()
            raise


def _unpacked(wheel: Path) -> Models:
    """Take the models out of a wheel, none before all are known to be right."""
    content = {}
    try:
        with zipfile.ZipFile(wheel) as archive:
            for name, (inside, wanted) in _INSIDE.items():
                content[name] = archive.read(inside)
                if hashlib.sha256(content[name]).hexdigest() != wanted:
                    raise InvalidInput(f"{inside} in {wheel.name} is not the one we know", "remove the wheel; " + REMEDY)
    except (OSError, KeyError, zipfile.BadZipFile) as error:
        raise InvalidInput(f"{wheel.name} is no wheel of {PACKAGE} {VERSION} ({error})", "remove it; " + REMEDY) from error
    where = folder()
    try:
        where.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OutputError(f"the folder {where} cannot be made ({error.strerror})", "set VIVAVOCE_CACHE to a folder you may write to") from error
    for name, data in content.items():
        with replacing(where / name) as temporary:
            temporary.write_bytes(data)
    return models()


def _sha256(path: Path) -> str:
    """Of a file; empty where it cannot be read."""
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError:
        return ""
