"""A corpus: the same bytes whoever makes which part of it, gone on with after anything, and told of in a manifest."""

import hashlib
import json
import multiprocessing
from dataclasses import replace
from pathlib import Path

import pytest

from engine.core.errors import Cancelled, InvalidInput, OutOfMemory
from engine.core.jobs import Job
from engine.training.stage import corpus, making, voices, workers
from engine.training.stage.corpus import Wanted
from engine.training.stage.manifest import read_plan
from engine.training.stage.shards import read_corpus, read_shard

WANTED = Wanted(11, 0.3, ("en-us",), rooms=0.3, scenes=0.5, shard_s=6.0)


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("whole")
    corpus.make(folder, WANTED)
    return folder


def digests(folder: Path) -> dict[str, str]:
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(folder.iterdir())}


def test_a_corpus_holds_what_was_asked_for(whole: Path):
    items = list(read_corpus(whole))
    assert sum(i.seconds for i in items) >= 18.0
    assert {i.record.language for i in items} == {"en-us"}
    assert len({i.record.index for i in items}) == len(items)
    assert any(len(i["partner"]) for i in items) and any(not len(i["partner"]) for i in items)
    assert any(i.record.room for i in items) and any(not i.record.room for i in items)
    for i in items:
        assert abs(len(i["channels"]) / 30 - i.seconds) < 0.05
        assert i["phones"]["end_s"][-1] == pytest.approx(i.seconds, abs=1e-6)
        assert i.record.instruction and len(set(i.record.paraphrases)) == len(i.record.paraphrases)


def test_the_manifest_tells_of_it(whole: Path):
    told = json.loads((whole / "manifest.json").read_text(encoding="utf-8"))
    assert told["key"] == read_plan(whole).key
    assert [s["name"] for s in told["shards"]] == ["stage-00000.npz", "stage-00001.npz", "stage-00002.npz"]
    assert all(s["sha256"] == hashlib.sha256((whole / s["name"]).read_bytes()).hexdigest() for s in told["shards"])
    assert told["statistics"]["items"] == sum(told["splits"]["items"].values()) == sum(s["items"] for s in told["shards"])
    assert told["statistics"]["behaviour"]["blinks.speaking"] > 0


def test_two_runs_that_split_the_work_give_the_same_shards(whole: Path, tmp_path: Path):
    second = corpus.make(tmp_path / "c", WANTED, (2, 2))
    assert second.missing == ("stage-00000.npz", "stage-00002.npz")
    assert not (tmp_path / "c" / "manifest.json").exists()
    corpus.make(tmp_path / "c", WANTED, (1, 2), resume=True)
    assert digests(tmp_path / "c") == digests(whole)


def test_several_processes_give_the_same_shards(whole: Path, tmp_path: Path):
    corpus.make(tmp_path / "c", WANTED, workers=2)
    assert digests(tmp_path / "c") == digests(whole)


def test_it_is_gone_on_with_after_it_was_stopped(whole: Path, tmp_path: Path):
    job = Job(lambda done, total, label: job.cancel() if done == 1 else None)
    with pytest.raises(Cancelled):
        corpus.make(tmp_path / "c", WANTED, job=job)
    assert len(list((tmp_path / "c").glob("*.npz"))) == 1
    with pytest.raises(InvalidInput, match="--resume"):
        corpus.make(tmp_path / "c", WANTED)
    done = corpus.make(tmp_path / "c", WANTED, resume=True)
    assert len(done.new) == 2
    assert digests(tmp_path / "c") == digests(whole)


def test_a_damaged_shard_is_made_again(whole: Path, tmp_path: Path):
    folder = tmp_path / "c"
    folder.mkdir()
    for path in whole.iterdir():
        (folder / path.name).write_bytes(path.read_bytes())
    hurt = folder / "stage-00001.npz"
    hurt.write_bytes(hurt.read_bytes()[:-500])
    done = corpus.make(folder, WANTED, resume=True)
    assert done.new == ("stage-00001.npz",)
    assert any("damaged" in notice and "made again" in notice for notice in done.notices)
    assert digests(folder) == digests(whole)


def test_another_corpus_is_not_written_into_this_one(whole: Path):
    with pytest.raises(InvalidInput, match=r"another corpus \(other seed\)"):
        corpus.make(whole, Wanted(12, 0.3, ("en-us",), rooms=0.3, scenes=0.5, shard_s=6.0), resume=True)


def test_a_language_that_nobody_speaks_is_said(tmp_path: Path):
    with pytest.raises(InvalidInput, match="no voice here speaks 'tlh'"):
        corpus.make(tmp_path, Wanted(languages=("tlh",)))


def test_a_fault_of_a_worker_comes_to_the_one_who_asked(tmp_path: Path):
    here, there = multiprocessing.Pipe()
    there.send(workers._attempt(making.Place(tmp_path), replace(corpus.plan_of(WANTED), real=("emodb/none",)), "real-00000.npz"))
    with pytest.raises(InvalidInput, match=r"emodb/none .* is not here"):
        workers._receive(here, "real-00000.npz")
    there.close()
    with pytest.raises(OutOfMemory, match="a worker ended while it made real-00001"):
        workers._receive(here, "real-00001.npz")
    assert list(tmp_path.iterdir()) == []


def test_voices_that_are_not_installed_are_left_out_and_listed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    here = voices.available()
    only = voices.Available(tuple(e for e in here.entries if e.engine == "espeak"), (("flite:slt", "flite is not installed"),))
    monkeypatch.setattr(voices, "available", lambda: only)
    done = corpus.make(tmp_path, Wanted(3, 0.05, ("en",)))
    assert all(label.startswith("espeak:") for label in done.plan.voices)
    assert "the voice flite:slt is left out: flite is not installed" in done.notices
    assert ["flite:slt", "flite is not installed"] in json.loads((tmp_path / "manifest.json").read_text())["left_out"]
    assert read_shard(tmp_path / "stage-00000.npz", done.plan.key)


def test_a_voice_that_is_gone_is_said_when_the_corpus_is_gone_on_with(whole: Path, monkeypatch: pytest.MonkeyPatch):
    others = tuple(e for e in voices.available().entries if e.label != "espeak:en-us")
    monkeypatch.setattr(voices, "available", lambda: voices.Available((*others, voices.VoiceEntry("espeak", "new", "en-us")), (("espeak:en-us", "broken"),)))
    with pytest.raises(InvalidInput, match=r"voices that are not here: espeak:en-us \(broken\).*install them"):
        corpus.make(whole, WANTED, resume=True)
