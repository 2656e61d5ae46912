"""`vivavoce train`: what it says, its exit status, being stopped."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from engine import cli
from engine.training.recipes import RECIPES

TOY = Path(__file__).parent / "training"


@pytest.fixture(autouse=True)
def _toy_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(TOY))


def _command(*arguments: str) -> tuple[list[str], dict[str, str]]:
    path = os.pathsep.join([str(Path(__file__).parents[1]), str(TOY)])
    return [sys.executable, "-m", "engine.cli", "train", *arguments], {**os.environ, "PYTHONPATH": path, "OMP_NUM_THREADS": "1"}


def test_a_training_from_beginning_to_end(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "new" / "folder"
    assert cli.main(["train", "toy:RECIPE", "--set", "training.steps=8", "-o", str(folder), "--json"]) == 0
    said = json.loads(capsys.readouterr().out)
    assert said["steps"] == 8 and "error" in said["measures"]
    assert said["written"] == [str(folder / name) for name in ("toy.safetensors", "toy.json", "toy.md")]
    assert "`vivavoce train toy --size small --set training.steps=8 --device cpu -o FOLDER`" in (folder / "toy.md").read_text()


@pytest.mark.skipif(sys.platform == "win32", reason="Ctrl-C cannot be sent to one process there")
def test_ctrl_c_keeps_a_checkpoint_and_resume_goes_on_with_its_settings(tmp_path: Path) -> None:
    command, environment = _command("toy:RECIPE", "--set", "pause_s=0.05", "--set", "training.steps=400", "-o", str(tmp_path))
    process = subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, text=True)
    deadline = time.monotonic() + 80
    while time.monotonic() < deadline and not ((tmp_path / "log.csv").exists() and "loss" in (tmp_path / "log.csv").read_text()):
        time.sleep(0.02)
    process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=60)
    assert process.returncode == 130, said
    assert "stopped after step" in said and "--resume" in said and said.strip().endswith("nothing was left half-written")
    assert cli.main(["train", "toy:RECIPE", "--set", "training.steps=12", "-o", str(tmp_path), "--resume"]) == 0
    assert json.loads((tmp_path / "config.json").read_text())["config"]["pause_s"] == 0.05


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ((), "there is nothing to train"),
        (("nobody",), "there is no recipe 'nobody'"),
        (("toy:RECIPE", "--device", "cuda:77"), "is not there"),
        (("toy:RECIPE", "--config", "nowhere.json"), "cannot be read"),
        (("toy:RECIPE", "--set", "nan_from=2", "--set", "nan_steps=99", "-o", "OUT"), "is not finite at step 6"),
    ],
)
def test_bad_input_is_said_in_a_line(tmp_path: Path, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], words: str) -> None:
    assert cli.main(["train", *(str(tmp_path / "new") if argument == "OUT" else argument for argument in arguments)]) == 2
    said = capsys.readouterr()
    assert words in said.err and not said.out


def test_the_list_says_what_can_be_trained(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["train", "--list", "--json"]) == 0
    assert [row["name"] for row in json.loads(capsys.readouterr().out)] == sorted(RECIPES)
