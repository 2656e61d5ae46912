"""`vivavoce tokens`: what an encoder hears, in a file that says which encoder it was."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import numpy as np
import pytest

from engine import cli
from engine.core import assets
from engine.speech import tokens
from engine.speech.encoder import Encoder
from engine.speech.files import open_sound, sound_from_samples, write_wav

FOREIGN = Path(__file__).parent / "speech" / "foreign"


@pytest.fixture
def sound(tmp_path: Path) -> Path:
    """One second of the sample line."""
    path = tmp_path / "a line.wav"
    write_wav(path, sound_from_samples(open_sound(assets.path("projects/sample") / "line.flac").read(0.5, 1.5, 16000), 16000), 16000)
    return path


def _written(*arguments: object) -> dict[str, np.ndarray]:
    out = next(Path(str(a)) for a in arguments if str(a).endswith(".npz"))
    assert cli.main(["tokens", *map(str, arguments)]) == 0
    with np.load(out, allow_pickle=False) as kept:
        return dict(kept)


def test_ours_are_written_with_their_columns_and_whose_they_are(sound: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    kept = _written(sound, "-o", tmp_path / "t.npz", "--json")
    heard = Encoder.load().encode(open_sound(sound).mono(16000))
    assert kept["values"].dtype == np.float32 and np.array_equal(kept["values"], heard.values)
    assert tuple(kept["columns"]) == heard.names and (str(kept["encoder"]), str(kept["hash"])) == (heard.name, heard.hash)
    assert int(kept["tokens_per_s"]) == 50
    said = json.loads(capsys.readouterr().out)
    assert (said["tokens"], said["width"], said["hash"], said["written"]) == (50, kept["values"].shape[1], heard.hash, [str(tmp_path / "t.npz")])


def test_what_is_heard_live_is_not_taken_for_what_is_heard_of_the_whole(sound: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    live, whole = (_written(sound, "-o", tmp_path / "t.npz", *way) for way in (["--streaming"], []))
    assert np.array_equal(live["values"], Encoder.load().encode(open_sound(sound).mono(16000), ahead=False).values)
    assert live["values"].shape == whole["values"].shape and not np.array_equal(live["values"], whole["values"])
    assert str(live["hash"]) == f"{whole['hash']}/streaming"
    assert "50 tokens of" in capsys.readouterr().out


@pytest.mark.parametrize("by", ["name", "folder"])
def test_ones_own_encoder(sound: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], by: str) -> None:
    monkeypatch.setenv("VIVAVOCE_MODELS", str(tmp_path / "models"))
    shutil.copytree(FOREIGN / "wav2vec2_group", tmp_path / "models/mine")
    name = "mine" if by == "name" else str(tmp_path / "models/mine")
    last, first = (_written(sound, "-o", tmp_path / "t.npz", "--encoder", name, *layer) for layer in ([], ["--layer", "1"]))
    wanted = tokens.frame_tokens(open_sound(sound).mono(16000), name)
    assert np.array_equal(last["values"], wanted.values) and str(last["encoder"]) == "mine" and str(last["hash"]) == wanted.hash
    assert not len(last["columns"]) and str(first["hash"]) == f"{wanted.hash}/1"
    assert f"by mine ({wanted.hash[:12]}, 1)" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("nowhere.wav", "-o", "OUT"), "nowhere.wav"),
        (("SOUND", "-o", "tokens.csv"), "is not known here"),
        (("SOUND", "-o", "OUT", "-o", "OUT"), "named twice"),
        (("SOUND", "-o", "nowhere/t.npz"), "does not exist"),
        (("SOUND", "-o", "OUT", "--encoder", "nobody"), "there is no model 'nobody'"),
        (("SOUND", "-o", "OUT", "--layer", "2"), "our encoder has no layer 2"),
        (("SOUND", "-o", "OUT", "--layer", "x"), "--layer 'x' is not a whole number"),
        (("SOUND", "-o", "OUT", "--encoder", "MODEL", "--layer", "99"), "layer 99"),
        (("SOUND", "-o", "OUT", "--encoder", "MODEL", "--streaming"), "--streaming is of our encoder alone"),
        (("SOUND", "-o", "OUT", "--encoder", "SOUND"), "is no whole torch file"),
    ],
)
def test_what_cannot_be_is_said_and_nothing_written(
    sound: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], words: str
) -> None:
    places = {"SOUND": str(sound), "OUT": str(tmp_path / "t.npz"), "MODEL": str(FOREIGN / "hubert_group")}
    assert cli.main(["tokens", *(places.get(argument, argument) for argument in arguments)]) == 2
    said = capsys.readouterr()
    assert words in said.err and not said.out and not (tmp_path / "t.npz").exists()
