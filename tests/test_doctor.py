"""The doctor on this machine: what it says is looked at, not assumed."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import pytest

from engine import doctor
from engine.core.errors import Cancelled
from engine.core.jobs import Job
from engine.doctor import Check


@pytest.fixture(scope="module")
def checks() -> list[Check]:
    return doctor.inspect()


@pytest.fixture
def gl_known(checks: list[Check], monkeypatch: pytest.MonkeyPatch) -> None:
    """What a process of its own found by drawing is not found again."""
    known = _named(checks, "GL")
    monkeypatch.setattr(doctor, "_drawing", lambda contexts: known)


def _named(checks: list[Check], name: str) -> Check:
    return next(check for check in checks if check.name == name)


def test_each_entry_is_looked_at_once(checks: list[Check]) -> None:
    names = [check.name for check in checks]
    assert names == ["Python", "torch", "GL", "display", "sound", "codecs", "recogniser", "voices", "assets", "landmarks", "own models", "cache"]
    assert all(check.remedy for check in checks if check.status != "ok")


def test_what_the_tests_need_is_there(checks: list[Check]) -> None:
    lacking = {check.name: check.detail for check in checks if check.status == "missing"}
    assert not lacking


def test_gl_says_version_and_renderer(checks: list[Check]) -> None:
    detail = _named(checks, "GL").detail
    assert any(word in detail for word in ("llvmpipe", "softpipe", "Mesa", "NVIDIA", "Intel", "AMD", "Apple")), detail


def test_display_is_found_by_its_variable(monkeypatch: pytest.MonkeyPatch) -> None:
    if not sys.platform.startswith("linux"):
        pytest.skip("the variable counts on Linux alone")
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    monkeypatch.setenv("DISPLAY", ":7")
    assert doctor._display() == Check("display", "ok", "DISPLAY=:7")
    monkeypatch.delenv("DISPLAY")
    assert doctor._display().status == "warn"


def test_own_models_are_listed_and_an_empty_folder_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VIVAVOCE_MODELS", str(tmp_path))
    assert doctor._own_models().status == "ok" and str(tmp_path) in doctor._own_models().detail
    (tmp_path / "hubert").mkdir()
    (tmp_path / "hubert" / "model.safetensors").touch()
    assert doctor._own_models() == Check("own models", "ok", f"{tmp_path}: hubert")
    (tmp_path / "wav2vec").mkdir()
    found = doctor._own_models()
    assert found.status == "warn" and "wav2vec holds none of model.safetensors" in found.detail and "config.json" in found.remedy


def test_sound_agrees_with_the_stage(checks: list[Check], has_sound: bool) -> None:
    if not has_sound:
        pytest.skip("no sound sink on this stage")
    assert _named(checks, "sound").status == "ok"


def test_crash_of_the_driver_is_survived(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    if os.name != "posix":
        pytest.skip("signals as POSIX has them")
    crash = tmp_path / "python"
    crash.write_text("#!/bin/sh\nkill -SEGV $$\n")
    crash.chmod(0o755)
    monkeypatch.setattr(sys, "executable", str(crash))
    check = doctor._drawing("")
    assert (check.status, check.detail) == ("missing", "making a context crashed (signal 11)")


def test_fix_removes_what_is_broken_and_nothing_else(gl_known: None, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("VIVAVOCE_CACHE", str(tmp_path))
    with zipfile.ZipFile(tmp_path / "good.npz", "w") as archive:
        archive.writestr("a", "b")
    (tmp_path / "waves").mkdir()
    for name, content in {"cut.npz": b"PK\x03", "waves/.line.1a2b.part.npz": b"x", "empty.bin": b"", "complete": b"", "good.bin": b"x"}.items():
        (tmp_path / name).write_bytes(content)
    before = time.time() - 2 * doctor.LEFTOVER_S
    for path in tmp_path.rglob("*"):
        os.utime(path, (before, before))
    (tmp_path / ".now.part.npz").write_bytes(b"")
    assert doctor._cache().status == "warn"
    fixed = _named(doctor.inspect(fix=True), "cache")
    assert fixed.status == "ok" and "3 broken files removed" in fixed.detail
    assert sorted(path.name for path in tmp_path.rglob("*") if path.is_file()) == [".now.part.npz", "complete", "good.bin", "good.npz"]


def test_missing_asset_is_named_with_its_remedy(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(doctor.assets, "root", lambda: tmp_path)
    check = doctor._assets()
    assert check.status == "missing" and "heads/ada.npz" in check.detail and "pip" in check.remedy


def test_text_is_aligned_and_coloured_only_when_asked() -> None:
    checks = [Check("GL", "ok", "llvmpipe"), Check("display", "warn", "none", "log in"), Check("torch", "missing", "gone", "install")]
    assert doctor.to_text(checks).splitlines() == [
        "GL       ok       llvmpipe",
        "display  warn     none",
        "                  -> log in",
        "torch    MISSING  gone",
        "                  -> install",
    ]
    assert "\033[32mok" in doctor.to_text(checks, colour=True)


def test_command_writes_json_and_fails_only_for_what_is_missing(gl_known: None, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    said: list[str] = []
    assert doctor.main(said.append, as_json=True) == 0
    assert "\n" not in said[0] and [Check(**entry).name for entry in json.loads(said[0])][:3] == ["Python", "torch", "GL"]
    monkeypatch.setattr(doctor.assets, "root", lambda: tmp_path)
    assert doctor.main(said.append) == 1
    assert "\033" not in said[1]


def test_gl_is_asked_of_the_helper_that_is_named() -> None:
    check = doctor._drawing("engine.core.errors:nobody")
    assert check.status == "missing" and "nobody" in check.detail


def test_unknown_status_is_refused() -> None:
    with pytest.raises(ValueError, match="status 'fine' is not one of ok, warn, missing"):
        Check("GL", "fine", "")


def test_can_be_cancelled() -> None:
    job = Job()
    job.cancel()
    with pytest.raises(Cancelled):
        doctor.inspect(job=job)


def test_importing_the_doctor_is_light(repository: Path) -> None:
    code = "import sys, engine.doctor; print(sorted({'torch', 'av', 'vispy', 'scipy'} & set(sys.modules)))"
    result = subprocess.run([sys.executable, "-c", code], cwd=repository, capture_output=True, text=True, check=True)
    assert result.stdout.strip() == "[]"
