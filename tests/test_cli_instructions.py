"""Instructions on the command line."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from engine import cli
from engine.arguments import instructions_of
from engine.core.channels import INDEX
from engine.core.errors import InvalidInput
from engine.project.storage import ProjectFile

TEXT = "Hello there, how are you today?"


def say(folder: Path, capsys: pytest.CaptureFixture[str], *options: str) -> tuple[np.ndarray, list[str]]:
    status = cli.main(["say", TEXT, "-o", str(folder / "a.npz"), "-o", str(folder / "a.viva"), "--json", *options])
    said = json.loads(capsys.readouterr().out)
    assert status == 0
    return np.load(folder / "a.npz")["channels"], said["notices"]


def test_an_instruction_is_played_and_kept_and_unknown_words_are_told(tmp_path: Path, capsys):
    plain, _ = say(tmp_path, capsys)
    played, notices = say(tmp_path, capsys, "--instruction", "very happy, nod twice", "--instruction", "wide eyes with gusto@0.5-1.5")
    smile, wide = INDEX["mouthSmileLeft"], INDEX["eyeWideLeft"]
    assert played[:, smile].mean() > plain[:, smile].mean() + 0.2
    assert played[20:40, wide].max() > plain[20:40, wide].max() + 0.3 and played[:10, wide].max() < 0.2
    assert [n for n in notices if "instruction" in n] == ["of the instruction 'wide eyes with gusto' this was not understood: gusto"]
    with ProjectFile.open(tmp_path / "a.viva", to_write=False) as project:
        line = next(project.document.lines())
    assert [(i.text, i.start_s) for i in line.instructions] == [("very happy, nod twice", 0.0), ("wide eyes with gusto", 0.5)]
    assert [layer.source for layer in line.layers] == [f"instruction:{i.id}" for i in line.instructions]


def test_what_cannot_be_played_is_told(tmp_path: Path, capsys):
    _, notices = say(tmp_path, capsys, "--instruction", "smile@90-95", "--instruction", "zebra")
    assert any("begins after the line's end" in n for n in notices) and "nothing of the instruction 'zebra' was understood" in notices


def test_ranges_of_instructions():
    assert instructions_of(["smile", " nod @1-2.5", "look @ me", "write to a@b.c"]) == [
        ("smile", 0.0, None), ("nod", 1.0, 2.5), ("look @ me", 0.0, None), ("write to a@b.c", 0.0, None),
    ]  # fmt: skip


@pytest.mark.parametrize("spec", ["", "  ", "@1-2", "smile@2-1", "smile@1", "smile@1-1"])
def test_bad_instructions_are_refused(spec: str, capsys):
    with pytest.raises(InvalidInput):
        instructions_of([spec])
    assert cli.main(["say", TEXT, "-o", "a.npz", "--instruction", spec]) == 2
