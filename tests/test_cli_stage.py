"""`vivavoce stage` from the command line: a corpus, its statistics, and what is refused."""

import json
from pathlib import Path

import pytest

from engine import cli
from engine.training.stage.shards import read_corpus


def test_a_corpus_is_made_and_told_of(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    folder = tmp_path / "corpus"
    assert cli.main(["stage", str(folder), "--minutes", "0.05", "--languages", "en-us", "--seed", "4", "--workers", "1", "--quiet"]) == 0
    said = capsys.readouterr().out
    assert said.startswith(f"wrote 1 shards to {folder}, 1 of 1 are there\n")
    assert "Bentivoglio" in said
    assert {i.record.language for i in read_corpus(folder)} == {"en-us"}
    assert cli.main(["stage", str(folder), "--minutes", "0.05", "--languages", "en-us", "--seed", "4", "--resume", "--json"]) == 0
    result = json.loads(capsys.readouterr().out)
    assert result["written"] == []
    assert result["minutes"] > 0.04


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--minutes", "soon"], "--minutes 'soon'"),
        (["--minutes", "0"], "0 minutes"),
        (["--languages", "tlh"], "no voice here speaks 'tlh'"),
        (["--part", "3/2"], "--part"),
        (["--part", "half"], "is not I/N"),
        (["--rooms", "2"], "--rooms '2'"),
        (["--real", "/nowhere"], "no real recordings"),
        (["--workers", "0"], "--workers"),
        (["--seed", "-1"], "--seed"),
    ],
)
def test_what_cannot_be_is_refused_before_anything_is_written(tmp_path: Path, capsys: pytest.CaptureFixture[str], options: list[str], said: str):
    assert cli.main(["stage", str(tmp_path / "corpus"), *options]) == 2
    assert said in capsys.readouterr().err
    assert not (tmp_path / "corpus").exists()
