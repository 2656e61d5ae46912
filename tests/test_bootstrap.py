"""bootstrap.py and the test stage, run for real in a copy of the checkout's top whose path has a space and accents."""

from __future__ import annotations

import ast
import importlib
import importlib.util
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType

import pytest

posix = pytest.mark.skipif(os.name != "posix", reason="signals and process groups as POSIX has them")


@pytest.fixture
def checkout(tmp_path: Path, repository: Path) -> Path:
    """What bootstrap.py needs of a clone, in a folder with a difficult name."""
    folder = tmp_path / "un clone à part"
    folder.mkdir()
    for name in ("bootstrap.py", "pyproject.toml"):
        shutil.copy(repository / name, folder)
    shutil.copytree(repository / "packaging" / "setting_up", folder / "packaging" / "setting_up")
    return folder


@pytest.fixture
def environment(checkout: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[ModuleType]:
    """The copy's part that makes the environment, as a module."""
    monkeypatch.syspath_prepend(checkout / "packaging")
    yield importlib.import_module("setting_up.environment")
    for name in [name for name in sys.modules if name.partition(".")[0] == "setting_up"]:
        del sys.modules[name]


@pytest.fixture
def system(environment: ModuleType) -> ModuleType:
    """The part that looks for system libraries."""
    return sys.modules["setting_up.system"]


@pytest.fixture
def with_environment(checkout: Path) -> Path:
    """The copy with its `.venv` made: what goes on from there, without the seconds that it takes."""
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(checkout / ".venv")], check=True)
    pip = importlib.util.find_spec("pip")
    (site,) = (*checkout.glob(".venv/lib/python3*/site-packages"), *checkout.glob(".venv/Lib/site-packages"))
    if pip is not None and pip.origin is not None:
        shutil.copytree(Path(pip.origin).parent, site / "pip", ignore=shutil.ignore_patterns("__pycache__"))
    return checkout


def _environment(**more: str) -> dict[str, str]:
    """No package index but the one given, whatever the machine's pip is set up with."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PIP_")}
    return kept | {"PIP_CONFIG_FILE": os.devnull, "PIP_RETRIES": "0"} | more


def _run(checkout: Path, *arguments: str, **env: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(checkout / "bootstrap.py"), *arguments]
    return subprocess.run(command, env=_environment(**env), cwd=checkout.parent, capture_output=True, text=True, encoding="utf-8", timeout=100)


def _until(condition: Callable[[], bool], what: str, seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, f"waited {seconds} s for {what}"
        time.sleep(0.05)


def test_parses_on_old_pythons_to_tell_them(repository: Path) -> None:
    ast.parse((repository / "bootstrap.py").read_text(encoding="utf-8"), feature_version=(3, 6))


def test_unknown_command_is_refused(checkout: Path) -> None:
    result = _run(checkout, "dance")
    assert result.returncode == 2
    assert "invalid choice: 'dance'" in result.stderr


def test_demo_refuses_a_missing_sound_before_any_work(checkout: Path) -> None:
    result = _run(checkout, "demo", "nicht da.wav")
    assert result.returncode == 2
    assert "there is no sound file nicht da.wav" in result.stderr
    assert not (checkout / ".venv").exists()


def test_failed_install_shows_pips_words_and_keeps_the_log(with_environment: Path) -> None:
    checkout = with_environment
    result = _run(checkout, "setup", PIP_NO_INDEX="1")
    assert result.returncode == 1
    assert "No matching distribution found for torch" in result.stderr
    assert "Check the network" in result.stderr and "Traceback" not in result.stderr
    assert "No matching distribution" in (checkout / ".venv" / "bootstrap.log").read_text(encoding="utf-8")
    assert not (checkout / ".venv" / ".vivavoce-ready").exists()


@posix
def test_ctrl_c_during_pip_ends_with_one_line(with_environment: Path) -> None:
    checkout = with_environment
    with socket.socket() as index:  # takes connections and never answers
        index.bind(("127.0.0.1", 0))
        index.listen()
        env = _environment(PIP_INDEX_URL=f"http://127.0.0.1:{index.getsockname()[1]}/simple")
        command = [sys.executable, str(checkout / "bootstrap.py"), "setup"]
        process = subprocess.Popen(command, env=env, stderr=subprocess.PIPE, text=True, encoding="utf-8", start_new_session=True)
        index.settimeout(60)
        index.accept()
        os.killpg(process.pid, signal.SIGINT)
        _, errors = process.communicate(timeout=30)
    assert process.returncode == 130
    assert errors.splitlines()[-1] == "Stopped; run the same command to go on"
    assert "Traceback" not in errors
    assert not (checkout / ".venv" / ".vivavoce-ready").exists()
    _until(lambda: not _members(process.pid), "pip to end")


def _members(group: int) -> bool:
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    return True


def test_half_made_environment_is_made_anew(environment: ModuleType) -> None:
    environment.BIN.mkdir(parents=True)
    (environment.VENV / "lib" / "old").mkdir(parents=True)
    environment.PYTHON.symlink_to(environment.ROOT / "gone")
    assert environment.environment_version() is None
    environment.make_environment()
    assert environment.environment_version() == f"{sys.version_info.major}.{sys.version_info.minor}"
    assert not (environment.VENV / "lib" / "old").exists()
    subprocess.run([environment.PYTHON, "-m", "pip", "--version"], check=True, stdout=subprocess.DEVNULL)


def test_packages_cut_off_in_their_install_are_dropped(environment: ModuleType) -> None:
    site = environment.VENV / "lib" / "python3.11" / "site-packages"
    for name in ("whole-1.dist-info", "half-2.dist-info", "~orch"):
        (site / name).mkdir(parents=True)
    (site / "whole-1.dist-info" / "RECORD").touch()
    assert environment.drop_half_installed() == ["half-2"]
    assert [folder.name for folder in site.iterdir()] == ["whole-1.dist-info"]


def test_ready_only_with_a_matching_stamp(environment: ModuleType) -> None:
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(environment.VENV)], check=True)
    assert not environment.ready(set())
    stamp = {"key": environment.key(environment.environment_version()), "extras": ["dev"]}
    environment.STAMP.write_text(json.dumps(stamp), encoding="utf-8")
    assert environment.ready(set()) and environment.ready({"dev"})
    assert not environment.ready({"usd"})
    with (environment.ROOT / "pyproject.toml").open("a", encoding="utf-8") as project:
        project.write("# changed\n")
    assert not environment.ready({"dev"})


def test_clean_leaves_the_persons_files(checkout: Path) -> None:
    for folder in (checkout / ".venv" / "lib", checkout / ".ruff_cache"):
        folder.mkdir(parents=True)
    (checkout / "demo.viva").write_bytes(b"work")
    assert _run(checkout, "clean").returncode == 0
    assert {entry.name for entry in checkout.iterdir()} == {"bootstrap.py", "demo.viva", "packaging", "pyproject.toml"}


def test_torch_pin_is_the_one_installed(environment: ModuleType) -> None:
    import torch

    assert torch.__version__.split("+")[0] == environment.torch_pin()


@pytest.mark.skipif(sys.platform != "linux", reason="system libraries are looked for on Linux alone")
def test_system_libraries_are_found_by_loading_them(system: ModuleType) -> None:
    assert system.is_there("libc.so.6") and system.is_there("sh")
    assert not system.is_there("libnot-there.so.9") and not system.is_there("alsa-lib/libnot_there.so")


def test_remedy_names_each_package_once(system: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "dnf").touch(mode=0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    command = system.install_command([need for need in system.NEEDS if need.purpose == "pictures"])
    assert command.removeprefix("sudo ") == "dnf install libglvnd-egl mesa-libEGL mesa-dri-drivers libglvnd-glx mesa-libGL"


linux = pytest.mark.skipif(sys.platform != "linux", reason="the stage has servers on Linux alone")
ON_STAGE = "import os; print(os.environ['QT_QPA_PLATFORM'], os.environ.get('DISPLAY'), os.environ.get('ALSA_CONFIG_PATH'))"


def _stage(repository: Path, code: str) -> list[str]:
    return [sys.executable, str(repository / "tests" / "stage.py"), sys.executable, "-c", code]


@linux
def test_stage_returns_the_status_and_leaves_nothing(repository: Path) -> None:
    result = subprocess.run(_stage(repository, ON_STAGE + "; raise SystemExit(7)"), capture_output=True, text=True, timeout=60)
    platform, display, asound = result.stdout.split()
    assert result.returncode == 7
    assert (platform == "xcb") == (display != "None") == bool(shutil.which("Xvfb"))
    if display != "None":
        assert not Path(f"/tmp/.X11-unix/X{display[1:]}").exists()
    assert not Path(asound).parent.exists()


@linux
@pytest.mark.skipif(not shutil.which("Xvfb"), reason="Xvfb is not installed")
@pytest.mark.parametrize(("number", "status"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_stage_comes_down_when_stopped(repository: Path, number: signal.Signals, status: int) -> None:
    code = "import os, time; print(os.environ['DISPLAY'], flush=True); time.sleep(60)"
    stage = subprocess.Popen(_stage(repository, code), stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, start_new_session=True)
    assert stage.stdout is not None
    display = stage.stdout.readline().strip()
    assert Path(f"/tmp/.X11-unix/X{display[1:]}").exists()
    if number is signal.SIGINT:
        os.killpg(stage.pid, number)  # a terminal sends it to the whole group
    else:
        stage.send_signal(number)
    assert stage.wait(20) == status
    stage.stdout.close()
    assert not Path(f"/tmp/.X11-unix/X{display[1:]}").exists()
