"""Cards: what made the weights, and that they are still those weights."""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
import torch

from engine.core import assets, cards
from engine.core.errors import InvalidInput, MissingAsset
from engine.training import cards as written
from engine.training import checkpoints, plans, recipes
from engine.training.checkpoints import State

sys.path.insert(0, str(Path(__file__).parent))
from toy import Toy, ToyConfig


@dataclass(frozen=True)
class _Config(ToyConfig):
    data: str = ""


class _Recipe(Toy):
    def config(self, size: str) -> _Config:
        return _Config()


def _model(folder: Path, **state: float) -> Path:
    recipe = _Recipe()
    plan = plans.plan_of(recipe, recipes.SMALL, None, [f"data={folder / 'corpus'}", "training.seed=9"])
    weights, _ = checkpoints.export("toy", recipe.model(plan.config), plan.config, folder)
    now = replace(State("toy", "", "", step=1200, seconds=6000, measures={"error": 0.123456}, model={"a": torch.zeros(3)}), **state)
    written.write(plan, now, weights, torch.device("cpu"))
    return weights


def test_it_says_command_seed_time_measures_and_no_place_on_this_machine(tmp_path: Path) -> None:
    text = _model(tmp_path, skipped=2).with_suffix(".md").read_text()
    assert "`vivavoce train toy --size small --set data=.../corpus --set training.seed=9 --device cpu -o FOLDER`" in text
    for words in ("| seed | 9 |", "1.7 h for 1,200 steps, of which 2 were skipped", "| measured | error 0.1235 |", "| trained on | sine \\| wave |"):
        assert words in text
    assert str(tmp_path) not in text
    settings = text.partition("```json\n")[2].partition("```")[0]
    assert json.loads(settings)["training"]["seed"] == 9 and '  "depth": [1, 2],\n' in settings
    given = {**json.loads(settings), "config": {"data": "elsewhere"}}
    assert plans.plan_of(_Recipe(), recipes.SMALL, given).training.seed == 9


def test_weights_config_or_card_of_another_model_are_noticed(tmp_path: Path) -> None:
    weights = _model(tmp_path)
    assert cards.check(weights) == cards.sha256_of(weights) and cards.config_of(weights)["width"] == 16
    card, data = weights.with_suffix(".md").read_text(), weights.read_bytes()
    weights.write_bytes(data[:-1] + bytes([data[-1] ^ 1]))
    with pytest.raises(InvalidInput, match=r"are not those of their card: SHA-256 \w{12}\.\.\., the card says"):
        cards.check(weights)
    weights.write_bytes(data)
    weights.with_suffix(".md").write_text(card.replace("SHA-256", "sum"))
    with pytest.raises(InvalidInput, match="states no SHA-256"):
        cards.check(weights)
    weights.with_suffix(".md").write_bytes(b"\xff\xfe\xff")
    with pytest.raises(InvalidInput, match="is not text"):
        cards.check(weights)
    weights.with_suffix(".md").unlink()
    with pytest.raises(MissingAsset, match=r"has no card toy\.md"):
        cards.check(weights)
    weights.with_suffix(".json").write_text("[1]")
    with pytest.raises(InvalidInput, match="no JSON object"):
        cards.config_of(weights)
    weights.with_suffix(".json").write_text("{")
    with pytest.raises(InvalidInput, match="is damaged"):
        cards.config_of(weights)
    weights.unlink()
    with pytest.raises(MissingAsset, match="cannot be read"):
        cards.check(weights)


def test_every_model_we_ship_is_that_of_its_card() -> None:
    for weights in sorted((assets.root() / "models").glob("*.safetensors")):
        assert cards.shipped(weights.stem)[2] in weights.with_suffix(".md").read_text()
