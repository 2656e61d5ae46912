"""The landmark models: taken out of a wheel, checked, and plainly missed where they are not."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from engine.avatars.tracking import models
from engine.core.errors import Cancelled, InvalidInput, MissingAsset


@pytest.fixture
def empty(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of models with nothing in it, a person's folder beside it, and a pip that finds nothing."""
    monkeypatch.setenv("VIVAVOCE_LANDMARKS", str(tmp_path / "landmarks"))
    monkeypatch.setenv("VIVAVOCE_MODELS", str(tmp_path / "own"))
    for name in [name for name in os.environ if name.startswith("PIP_")]:
        monkeypatch.delenv(name)
    for name, value in {"PIP_NO_INDEX": "1", "PIP_CONFIG_FILE": os.devnull}.items():
        monkeypatch.setenv(name, value)
    (tmp_path / "own").mkdir()
    return tmp_path / "landmarks"


@pytest.fixture
def known(monkeypatch: pytest.MonkeyPatch) -> dict[str, bytes]:
    """Small files in place of the models: their content by their place in the wheel."""
    content = {inside: name.encode() for name, (inside, _) in models._INSIDE.items()}
    hashes = {name: (inside, hashlib.sha256(name.encode()).hexdigest()) for name, (inside, _) in models._INSIDE.items()}
    monkeypatch.setattr(models, "_INSIDE", hashes)
    return content


def _wheel(folder: Path, content: dict[str, bytes]) -> Path:
    path = folder / f"mediapipe-{models.VERSION}-cp312-cp312-manylinux_2_28_x86_64.whl"
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in content.items():
            archive.writestr(name, data)
    return path


def test_absent_models_are_named_with_the_remedy(empty: Path) -> None:
    with pytest.raises(MissingAsset, match=r"face_landmark_with_attention\.tflite.* not in .*doctor --fix"):
        models.models()
    assert not empty.exists()


def test_pips_refusal_is_told_and_nothing_is_left(empty: Path) -> None:
    with pytest.raises(MissingAsset, match=r"No matching distribution.*; run vivavoce doctor --fix with a network; or lay mediapipe-0\.10\.21's wheel"):
        models.fetch()
    assert not empty.exists()


@pytest.mark.skipif(sys.platform == "win32", reason="a script for a shell stands in for pip")
def test_who_waits_may_end_pip(empty: Path, tmp_path: Path) -> None:
    slow = tmp_path / "slow"
    slow.write_text(f"#!/bin/sh\nsleep 4\ntouch '{tmp_path}/through'\n")
    slow.chmod(0o755)
    calls = []

    def check() -> None:
        calls.append(1)
        if len(calls) > 1:
            raise Cancelled

    with pytest.raises(Cancelled):
        models.fetch(python=str(slow), check=check)
    assert not (tmp_path / "through").exists() and not empty.exists()


def test_python_without_pip_is_no_traceback(empty: Path) -> None:
    with pytest.raises(MissingAsset, match="pip could not be started"):
        models.fetch(python=str(empty / "no python"))


def test_frozen_program_does_not_start_itself_for_pip(empty: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    with pytest.raises(MissingAsset, match=r"has no pip .*; lay mediapipe"):
        models.fetch()


def test_pip_brings_a_wheel_that_is_unpacked_with_its_licence(empty: Path, known: dict[str, bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Real pip, from a folder in place of an index."""
    shelf = tmp_path / "shelf"
    shelf.mkdir()
    info = f"mediapipe-{models.VERSION}.dist-info"
    about = {f"{info}/METADATA": f"Metadata-Version: 2.1\nName: mediapipe\nVersion: {models.VERSION}\n", f"{info}/WHEEL": "Wheel-Version: 1.0\n"}
    _wheel(shelf, known | {name: text.encode() for name, text in about.items()} | {f"{info}/RECORD": b""})
    monkeypatch.setenv("PIP_FIND_LINKS", str(shelf))
    found = models.fetch()
    assert sorted(path.name for path in empty.iterdir()) == sorted(models._INSIDE)
    assert found.mesh.read_bytes() == found.mesh.name.encode()
    assert models.LICENCE in models._INSIDE and not models.absent()


def test_wheel_laid_into_the_persons_folder_needs_no_pip(empty: Path, known: dict[str, bytes], tmp_path: Path) -> None:
    _wheel(tmp_path / "own", known)
    assert models.fetch(python="nobody") == models.models()


def test_another_model_in_the_wheel_is_refused_whole(empty: Path, known: dict[str, bytes], tmp_path: Path) -> None:
    _wheel(tmp_path / "own", known | {models._INSIDE[models.MESH][0]: b"another"})
    with pytest.raises(InvalidInput, match=r"face_landmark_with_attention\.tflite in .* is not the one we know"):
        models.fetch()
    assert not empty.exists()


def test_damaged_wheel_is_refused(empty: Path, known: dict[str, bytes], tmp_path: Path) -> None:
    wheel = _wheel(tmp_path / "own", known)
    wheel.write_bytes(wheel.read_bytes()[:100])
    with pytest.raises(InvalidInput, match="is no wheel of mediapipe"):
        models.fetch()


def test_damaged_model_is_missed_and_fetched_again(empty: Path, known: dict[str, bytes], tmp_path: Path) -> None:
    _wheel(tmp_path / "own", known)
    there = models.fetch().detector
    there.write_bytes(b"cut")
    assert models.absent() == (models.DETECTOR,)
    with pytest.raises(MissingAsset, match=r"face_detection_short_range\.tflite in .* damaged.*doctor --fix"):
        models.models()
    assert models.fetch().detector.read_bytes() == models.DETECTOR.encode()


def test_the_set_up_can_run_it_with_any_python(repository: Path) -> None:
    """`-S`: without site-packages, as the system's Python is."""
    code = "import sys; sys.path.insert(0, '.'); from engine.avatars.tracking import models; print(models.PACKAGE)"
    result = subprocess.run([sys.executable, "-I", "-S", "-c", code], cwd=repository, capture_output=True, text=True)
    assert result.stdout.strip() == "mediapipe", result.stderr
