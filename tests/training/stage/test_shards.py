"""Shards: what is written is read, equal items give equal bytes, and what is damaged is said."""

import errno
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from engine.core.errors import InvalidInput, OutputError
from engine.speech.phonemes import PHONEME_DTYPE, WORD_DTYPE
from engine.training.stage.manifest import Plan, read_plan, splits_of
from engine.training.stage.shards import ARRAYS, Item, Record, pack, pcm, read_corpus, read_shard, write_shard

RECORD = Record(
    7, "stage", "", "größer, привет", "de", "espeak:de+f1", "happy", 2, "Look happy.", ("Be glad.",), "", "exact", "performer",
    {"sentence": "train", "voice": "train", "emotion": "train"},
)  # fmt: skip


def item(index: int, seconds: float = 0.5, **changes) -> Item:
    rng = np.random.default_rng(index)
    count, frames = int(16000 * seconds), int(30 * seconds)
    arrays = {
        "samples": pcm(rng.normal(0, 0.1, count).astype(np.float32)),
        "phones": np.array([("", 0.0, 0.1), ("aɪ", 0.1, seconds)], PHONEME_DTYPE), "words": np.array([("I", 0.1, seconds)], WORD_DTYPE),
        "closures": np.zeros((0, 2)), "pitch_hz": np.zeros(int(100 * seconds), np.float32), "energy_db": np.zeros(int(100 * seconds), np.float32),
        "channels": rng.random((frames, 63), np.float32), "levels": np.zeros((frames, 7), np.float32), "blinks": np.array([[0.2, 0.25]]),
        "gazes": np.zeros((index % 3, 3)), "partner": np.zeros((0 if index % 2 else frames, 63), np.float32),
    }  # fmt: skip
    return Item(replace(RECORD, index=index, **changes), arrays)


def test_what_is_written_is_read(tmp_path: Path):
    items = [item(i, 0.3 + 0.1 * i) for i in range(4)]
    write_shard(tmp_path / "stage-00000.npz", "key", items)
    found = read_shard(tmp_path / "stage-00000.npz", "key")
    assert [f.record for f in found] == [i.record for i in items]
    for made, back in zip(items, found, strict=True):
        for name in ARRAYS:
            assert back[name].dtype == ARRAYS[name][0]
            assert back[name].tobytes() == np.ascontiguousarray(made[name], ARRAYS[name][0]).tobytes()
            assert len(back[name]) == len(made[name])


def test_a_shard_opens_without_us(tmp_path: Path):
    write_shard(tmp_path / "a.npz", "key", [item(1), item(2)])
    with np.load(tmp_path / "a.npz", allow_pickle=False) as file:
        assert file["channels"].shape == (30, 63)
        assert file["channels.at"].tolist() == [0, 15, 30]


def test_the_same_items_give_the_same_bytes():
    assert pack("key", [item(1), item(2)]) == pack("key", [item(1), item(2)])
    assert pack("key", [item(1), item(2)]) != pack("key", [item(2), item(1)])


@pytest.mark.parametrize("hurt", ["flipped", "cut", "empty", "text"])
def test_a_damaged_shard_is_said_to_be(tmp_path: Path, hurt: str):
    path = tmp_path / "stage-00003.npz"
    write_shard(path, "key", [item(1)])
    data = bytearray(path.read_bytes())
    data[len(data) // 3] ^= 0x40
    path.write_bytes({"flipped": bytes(data), "cut": bytes(data[: len(data) // 2]), "empty": b"", "text": b"no shard"}[hurt])
    with pytest.raises(InvalidInput, match=r"stage-00003\.npz is damaged.*--resume"):
        read_shard(path)


def test_a_missing_shard_and_one_of_another_corpus_are_said(tmp_path: Path):
    with pytest.raises(InvalidInput, match="is missing"):
        read_shard(tmp_path / "a.npz")
    write_shard(tmp_path / "a.npz", "key", [item(1)])
    with pytest.raises(InvalidInput, match="another corpus"):
        read_shard(tmp_path / "a.npz", "other")


def test_a_full_disk_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    def full(self: Path, data: bytes) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(OutputError, match="the disk is full"):
        write_shard(tmp_path / "a.npz", "key", [item(1)])
    assert list(tmp_path.iterdir()) == []


def test_a_corpus_is_read_by_split(tmp_path: Path):
    held = {**RECORD.splits, "voice": "test"}
    write_shard(tmp_path / "stage-00000.npz", "key", [item(1), item(2, splits=held)])
    assert [i.record.index for i in read_corpus(tmp_path)] == [1, 2]
    assert [i.record.index for i in read_corpus(tmp_path, "test")] == [2]
    with pytest.raises(InvalidInput, match="holds no corpus"):
        list(read_corpus(tmp_path / "nowhere"))


def test_splits_hold_out_sentences_voices_and_pairs():
    many = [splits_of(f"sentence {i}", f"espeak:en+v{i % 200}", "happy") for i in range(4000)]
    share = lambda by: np.mean([s[by] == "test" for s in many])  # noqa: E731
    assert share("sentence") == pytest.approx(0.05, abs=0.015)
    assert 0.01 < share("voice") < 0.12
    assert 0.01 < share("emotion") < 0.10
    # One speaker of eSpeak's is held out in all languages, and a sentence whoever says it.
    assert splits_of("a", "espeak:de+f3", "sad")["voice"] == splits_of("b", "espeak:fr+f3", "sad")["voice"]
    assert splits_of("Hello  There", "flite:slt", "sad")["sentence"] == splits_of("hello there", "flite:rms", "sad")["sentence"]


def test_a_plan_is_read_back_and_its_key_tells_plans_apart(tmp_path: Path):
    plan = Plan(5, 3.0, ("en", "de"), ("espeak:en-us",))
    (tmp_path / "plan.json").write_text(plan.text(), encoding="utf-8")
    assert read_plan(tmp_path) == plan
    assert read_plan(tmp_path / "nowhere") is None
    assert Plan(6, 3.0, ("en", "de"), ("espeak:en-us",)).key != plan.key
    (tmp_path / "plan.json").write_text("{", encoding="utf-8")
    with pytest.raises(InvalidInput, match="cannot be read"):
        read_plan(tmp_path)


@pytest.mark.parametrize(("wrong", "said"), [({"minutes": -1.0}, "-1 minutes"), ({"languages": ()}, "nobody speaks"), ({"rooms": 1.5}, "rooms = 1.5")])
def test_a_plan_that_cannot_be_is_refused(wrong: dict, said: str):
    with pytest.raises(InvalidInput, match=said):
        Plan(**{"seed": 1, "minutes": 1.0, "languages": ("en",), "voices": ("espeak:en-us",), **wrong})
