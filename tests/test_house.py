"""The house keeps its own rules: one way of imports, lint, types, nothing of this machine, nothing too large, light where it must be."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

FILE_LIMIT = 5_000_000
TOTAL_LIMIT = 45_000_000
# Written in pieces, or this file would be found by its own search.
MACHINE_PATH = re.compile(r"(?<![\w./~$}-])/(?:wo" + r"rk|ro" + r"ot|tmp/bu" + r"ild|opt/(?:wheels|pypi))(?:/|\b)")
SOMEBODYS_HOME = re.compile(r"(?<![\w./~$}-])/(?:ho" + r"me|Us" + r"ers)/\w+|\b[A-Z]:\\+Us" + r"ers\\")  # tests may make one up
REGISTRY_HOST = re.compile(
    r"\b(?:py"
    + r"pi\.org|python"
    + r"hosted\.org|download\.py"
    + r"torch\.org|(?:deb|security)\.deb"
    + r"ian\.org|registry\.np"
    + r"mjs\.org|hugging"
    + r"face\.co)"
)


def _module(repository: Path, *arguments: str) -> None:
    result = subprocess.run([sys.executable, "-m", *arguments], cwd=repository, capture_output=True, text=True, timeout=300)
    assert result.returncode == 0, f"{' '.join(arguments)}\n{result.stdout}{result.stderr}"


@pytest.fixture(scope="module")
def tracked(repository: Path) -> list[Path]:
    """Every file git would clone."""
    if shutil.which("git") is None or not (repository / ".git").exists():
        pytest.skip("not a git checkout")
    listing = subprocess.run(["git", "ls-files", "-z"], cwd=repository, capture_output=True, check=True).stdout.decode()
    files = [repository / name for name in listing.split("\0") if name]
    return [file for file in files if file.is_file()]


def test_imports_go_one_way(repository: Path) -> None:
    code = "import sys; from importlinter.cli import lint_imports; sys.exit(lint_imports(no_cache=True))"
    result = subprocess.run([sys.executable, "-c", code], cwd=repository, capture_output=True, text=True, timeout=100)
    assert result.returncode == 0, result.stdout + result.stderr


def test_ruff_finds_nothing(repository: Path) -> None:
    _module(repository, "ruff", "check", ".")


def test_ruff_would_format_nothing(repository: Path) -> None:
    _module(repository, "ruff", "format", "--check", ".")


@pytest.mark.timeout(300)
def test_types_hold(repository: Path) -> None:
    _module(repository, "mypy")


def test_no_file_names_a_machine_or_a_registry(tracked: list[Path], repository: Path) -> None:
    found = []
    for file in tracked:
        name = file.relative_to(repository)
        rules = (MACHINE_PATH, REGISTRY_HOST) if name.parts[0] == "tests" else (MACHINE_PATH, REGISTRY_HOST, SOMEBODYS_HOME)
        content = file.read_bytes()
        if b"\0" in content:
            continue
        for number, line in enumerate(content.decode("utf-8", errors="replace").splitlines(), 1):
            found += [f"{name}:{number}: {hit[0]}" for rule in rules if (hit := rule.search(line))]
    assert not found, "\n".join(found)


@pytest.mark.parametrize("text", ["see /wo" + "rk/main/x", 'Path("/ho' + 'me/ada/x.wav")', "C:\\Us" + "ers\\ada", "https://py" + "pi.org/simple"])
def test_the_search_knows_them(text: str) -> None:
    assert MACHINE_PATH.search(text) or REGISTRY_HOST.search(text) or SOMEBODYS_HOME.search(text)


@pytest.mark.parametrize("text", ["the frame/work/load", "../shared/data", "~/work/film", "a network of nodes"])
def test_the_search_lets_others_pass(text: str) -> None:
    assert not (MACHINE_PATH.search(text) or REGISTRY_HOST.search(text) or SOMEBODYS_HOME.search(text))


def test_nothing_is_too_large(tracked: list[Path], repository: Path) -> None:
    sizes = {str(file.relative_to(repository)): file.stat().st_size for file in tracked}
    large = {name: size for name, size in sizes.items() if size > FILE_LIMIT}
    assert not large, f"over {FILE_LIMIT} bytes: {large}"
    assert sum(sizes.values()) < TOTAL_LIMIT


LOADED = """
import importlib, pkgutil, sys
for name in sys.argv[1].split(","):
    package = importlib.import_module(name)
    for module in pkgutil.walk_packages(getattr(package, "__path__", []), name + "."):
        importlib.import_module(module.name)
print(sorted(set(sys.argv[2].split(",")) & set(sys.modules)))
"""


@pytest.mark.parametrize(
    ("packages", "kept_out"),
    [
        ("engine.core,engine.project", "torch,scipy,av,vispy,PySide6,pyqtgraph,onnxruntime,sounddevice"),
        ("engine", "PySide6,pyqtgraph"),
        ("studio", "torch"),
    ],
)
def test_importing_stays_light(packages: str, kept_out: str, repository: Path) -> None:
    """Seen from the modules that are really loaded, where the contract reads the sources."""
    result = subprocess.run([sys.executable, "-c", LOADED, packages, kept_out], cwd=repository, capture_output=True, text=True, timeout=100)
    assert result.returncode == 0, result.stderr
    assert result.stdout.strip() == "[]", f"importing {packages} loads {result.stdout}"


@pytest.mark.parametrize("module", ["engine.cli", "studio.app"])
def test_numpy_is_told_of_its_threads_before_it_is_loaded(module: str, repository: Path) -> None:
    """Afterwards it no longer asks."""
    look = f"import {module}, os, sys; names = list(sys.modules); print(names.index('engine') < names.index('numpy'), os.environ['OPENBLAS_NUM_THREADS'])"
    without = {name: value for name, value in os.environ.items() if name != "OPENBLAS_NUM_THREADS"}
    result = subprocess.run([sys.executable, "-c", look], cwd=repository, env=without, capture_output=True, text=True, timeout=100)
    assert result.stdout.split() == ["True", "1"], result.stderr
