"""`vivavoce animate --listen-emotion`: what is heard is played and told."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from engine import cli
from engine.core.channels import CHANNELS
from engine.core.emotion import EMOTIONS
from engine.project.storage import ProjectFile
from engine.speech import mood
from engine.speech.files import open_sound, write_wav
from engine.speech.mood import MoodTrack


@pytest.fixture(scope="module")
def short(sample_line: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The first two seconds of the sample line."""
    path = tmp_path_factory.mktemp("sound") / "line.wav"
    write_wav(path, [open_sound(sample_line).read(0.0, 2.0, 16000)], 16000)
    return path


def animate(short: Path, out: Path, *options: str) -> int:
    return cli.main(["animate", str(short), "--transcript", "Hello, I'm Ada.", "--json", "-o", str(out), *options])


def test_what_is_heard_is_played_and_told(short: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    ones = np.ones(1, np.float32)
    happy = np.array([[0.8 if name == "happy" else 0.0 for name in EMOTIONS]], np.float32)
    monkeypatch.setattr(mood, "listen", lambda _sound, _job: MoodTrack(np.array([1.0]), happy, 0.8 * ones, 0.6 * ones, 0.4 * ones, 0.8 * ones))
    smiles = {}
    for name, options in {"off": (), "on": ("--listen-emotion",), "instead": ("--listen-emotion", "--emotion", "happy:0")}.items():
        assert animate(short, tmp_path / f"{name}.npz", *options) == 0
        said = json.loads(capsys.readouterr().out)
        assert ("heard" in said) == (name != "off")
        with np.load(tmp_path / f"{name}.npz", allow_pickle=False) as npz:
            smiles[name] = float(npz["channels"][:, CHANNELS.index("mouthSmileLeft")].mean())
    assert said["heard"]["strongest"] == "happy" and said["heard"]["valence"] == pytest.approx(0.6)
    assert smiles["on"] > smiles["off"] + 0.1, "it smiles"
    assert smiles["instead"] == pytest.approx(smiles["off"], abs=1e-6), "what a person gives takes its place"


def test_the_real_model_listens_and_its_keys_are_in_the_project(short: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert animate(short, tmp_path / "a.viva", "--listen-emotion") == 0
    heard = json.loads(capsys.readouterr().out)["heard"]
    assert set(heard) == {"strongest", "probability", "intensity", "valence", "arousal", "confidence", "keys"}
    assert heard["strongest"] in (*EMOTIONS, "neutral") and 0.0 < heard["confidence"] <= 1.0
    with ProjectFile.open(tmp_path / "a.viva", to_write=False) as file:
        (line,) = file.document.lines()
        assert {name: [[key.time_s, key.value] for key in curve.keys] for name, curve in line.emotions.items()} == heard["keys"]
