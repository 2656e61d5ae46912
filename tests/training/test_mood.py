"""The mood recipe: batches that depend on the step alone, a speaker left out for good, classes drawn alike; and what is done to a voice."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch

from engine.core.errors import InvalidInput
from engine.speech.mood import CLASSES, HEARD
from engine.training import mood, mood_data
from engine.training.mood import RECIPE, MoodConfig, calibrated, confusion, crossed, recalls, unweighted_recall
from engine.training.mood_data import Clips
from engine.training.recipes import SMALL
from tests.training.elsewhere import ELSEWHERE, Answering

FEATURES = 10
TINY = MoodConfig(members=2, hidden=4, batch=32, variants=2)


@pytest.fixture(autouse=True)
def acted(monkeypatch: pytest.MonkeyPatch) -> Clips:
    """Clips of three speakers and a reader, told apart by their first features; the speaker's number is the eighth."""
    rng = np.random.default_rng(5)
    speakers = np.repeat(["emodb03", "emodb08", "emodb09", "reader"], 21)
    labels = np.where(speakers == "reader", HEARD.index("neutral"), np.tile(np.arange(len(CLASSES)), 12)).astype(np.int64)
    features = rng.normal(0.0, 0.3, (84, 3, FEATURES)).astype(np.float32)
    features[np.arange(84), :, labels] += 2.0
    features[:, :, 8] = np.repeat(np.arange(4), 21)[:, None]
    made = Clips(features, labels, speakers, np.char.startswith(speakers, "emodb"))
    monkeypatch.setattr(mood, "clips", lambda *_: made)
    monkeypatch.setattr(mood, "data_folder", lambda _: Path())
    return made


def test_a_batch_depends_on_seed_and_step_alone() -> None:
    first = RECIPE.batches("train", TINY, 7, 0)
    skipped = [next(first) for _ in range(3)][2]
    resumed, other = next(RECIPE.batches("train", TINY, 7, 2)), next(RECIPE.batches("train", TINY, 8, 2))
    assert all(np.array_equal(skipped[name], resumed[name]) for name in skipped)
    assert not np.array_equal(skipped["features"], other["features"])
    assert skipped["features"].shape == (2, 32, FEATURES) and skipped["targets"].shape == (2, 32, len(CLASSES))


def test_who_is_left_out_is_never_heard_and_classes_come_alike() -> None:
    batches = RECIPE.batches("train", replace(TINY, left_out="emodb08", batch=200), 0, 0)
    drawn = [next(batches) for _ in range(5)]
    heard = np.concatenate([batch["features"][..., 8].ravel() for batch in drawn])
    assert set(np.round(heard)) == {0.0, 2.0, 3.0}
    share = np.mean([np.bincount(batch["targets"].argmax(-1).ravel(), minlength=7) / 400 for batch in drawn], axis=0)
    assert share == pytest.approx(np.full(7, 1 / 7), abs=0.04), "within four deviations of 2000 draws"
    with pytest.raises(InvalidInput, match="nobody is called 'emodb99'"):
        RECIPE.model(replace(TINY, left_out="emodb99"))


def test_speakers_left_out_are_told_and_counted(acted: Clips) -> None:
    labels, scores = crossed(TINY, replace(RECIPE.training(SMALL), steps=60, warmup_steps=5, learning_rate=2e-2))
    assert len(labels) == int((acted.scored & (acted.labels < len(HEARD))).sum()), "neither boredom nor the reader"
    table = confusion(labels, scores)
    assert table.sum() == len(labels) and unweighted_recall(table) > 0.9
    assert recalls(np.diag([1, 2, 3, 0, 5, 6]) + np.eye(6, k=1, dtype=np.int64)) == pytest.approx([1 / 2, 2 / 3, 3 / 4, 0, 5 / 6, 1])


def test_temperature_is_higher_where_the_scores_say_less() -> None:
    rng = np.random.default_rng(0)
    labels = rng.integers(0, 6, 300)
    clear = np.eye(7, dtype=np.float32)[labels] + rng.normal(0, 0.1, (300, 7)).astype(np.float32)
    muddy = np.eye(7, dtype=np.float32)[labels] + rng.normal(0, 0.8, (300, 7)).astype(np.float32)
    assert calibrated(labels, clear) < 0.3 < calibrated(labels, muddy)


def test_the_same_clip_varied_is_another_voice_and_the_same_each_time() -> None:
    time_s = np.arange(24000) / 16000
    samples = sum(np.sin(2 * np.pi * 130 * n * time_s) / n for n in range(1, 20)).astype(np.float32) * np.float32(0.1)
    one, again, other = (mood_data.vary(samples, np.random.default_rng(seed)) for seed in (3, 3, 4))
    assert np.array_equal(one, again) and one.dtype == np.float32
    assert len(one) != len(other) or not np.allclose(one, other, atol=0.01)
    assert np.isfinite(other).all() and 0.05 < np.abs(other).max() <= 1.0


def test_without_recordings_it_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("VIVAVOCE_DATA", raising=False)
    with pytest.raises(InvalidInput, match="set VIVAVOCE_DATA"):
        mood_data.data_folder("")
    with pytest.raises(InvalidInput, match="no emotion/emodb/wav"):
        mood_data.data_folder(str(tmp_path))


def test_a_config_that_makes_no_sense_is_refused() -> None:
    with pytest.raises(InvalidInput, match="hidden_dropout is 1"):
        MoodConfig(hidden_dropout=1.0)
    with pytest.raises(InvalidInput, match="variants 0 or more"):
        MoodConfig(variants=-1)


def test_loss_is_least_at_the_targets() -> None:
    net = RECIPE.model(TINY)
    batch = {name: torch.from_numpy(value) for name, value in next(RECIPE.batches("train", TINY, 0, 0)).items()}
    loss, said = RECIPE.loss(net, batch)
    (gradient,) = torch.autograd.grad(loss, [net.outer_bias])
    with torch.no_grad():
        net.outer_bias -= 0.05 * gradient
    assert RECIPE.loss(net.train(), batch)[0] < loss and 0.0 <= float(said["right"]) <= 1.0


def test_a_network_elsewhere_is_measured_there() -> None:
    class Net(Answering):
        mean = torch.zeros(1, device=ELSEWHERE)

        def scores(self, features: torch.Tensor) -> torch.Tensor:
            return self(features[None])

    labels, scores = mood._left_out(Net(-1, len(CLASSES)), replace(TINY, left_out="emodb03"))  # type: ignore[arg-type]
    assert len(labels) == len(scores) == 18 and not scores.any()
