"""What a training is to be, from files and single values."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from engine.core.errors import InvalidInput
from engine.training import plans, recipes

sys.path.insert(0, str(Path(__file__).parent))
from toy import RECIPE


def test_single_values_win_over_the_file_and_that_over_the_usual_ones() -> None:
    given = {"config": {"width": 5, "depth": [7]}, "training": {"seed": 3, "learning_rate": 1}}
    plan = plans.plan_of(RECIPE, recipes.FULL, given, ["width=6", "training.steps=9"])
    assert (plan.config.width, plan.config.depth, plan.training.seed, plan.training.steps) == (6, (7,), 3, 9)
    assert plan.training.learning_rate == 1.0 and plan.training.warmup_steps == 4
    assert plan.changed == ("width=6", "depth=[7]", "training.steps=9", "training.seed=3", "training.learning_rate=1.0")


def test_what_it_changed_makes_the_same_plan_again() -> None:
    plan = plans.plan_of(RECIPE, recipes.SMALL, None, ["width=6", "training.betas=[0.5, 0.9]", "training.schedule=constant"])
    assert plans.plan_of(RECIPE, recipes.SMALL, None, plan.changed) == plan


def test_written_and_read_it_is_the_same(tmp_path: Path) -> None:
    plan = plans.plan_of(RECIPE, recipes.SMALL, None, ["depth=[4, 5]"])
    plan.write(tmp_path)
    assert plans.plan_of(RECIPE, recipes.FULL, plans.read(tmp_path / plans.NAME)) == plan


@pytest.mark.parametrize(
    ("values", "words"),
    [
        (["widht=3"], r"no 'widht' in the config; it has width, depth"),
        (["width=wide"], r"width in the config cannot be \"wide\"; its usual value is 16"),
        (["width=0"], "width is 0; give 1 or more"),
        (["training.steps=1.5"], "steps in the training cannot be 1.5"),
        (["training.steps=0"], "training.steps is 0"),
        (["training.learning_rate=NaN"], "training.learning_rate is nan"),
        (["training.betas=[0.9, 1]"], "below 1"),
        (["training.schedule=sine"], "use cosine or constant"),
        (["width"], "is not NAME=VALUE"),
        (["width=1", "width.x=3"], "has no parts"),
    ],
)
def test_values_that_cannot_be(values: list[str], words: str) -> None:
    with pytest.raises(InvalidInput, match=words):
        plans.plan_of(RECIPE, recipes.SMALL, None, values)


@pytest.mark.parametrize(("text", "words"), [("{", "is not JSON"), ("[1]", "no config of a training"), ('{"model": {}}', "no config of a training")])
def test_files_that_are_no_config(tmp_path: Path, text: str, words: str) -> None:
    (tmp_path / "a.json").write_text(text)
    with pytest.raises(InvalidInput, match=words):
        plans.read(tmp_path / "a.json")


def test_configs_of_something_else() -> None:
    with pytest.raises(InvalidInput, match="of recipe 'other', not 'toy'"):
        plans.plan_of(RECIPE, recipes.SMALL, {"recipe": "other"})
    with pytest.raises(InvalidInput, match="size 'huge'"):
        plans.plan_of(RECIPE, recipes.SMALL, {"size": "huge"})
    with pytest.raises(InvalidInput, match="JSON object"):
        plans.plan_of(RECIPE, recipes.SMALL, {"training": [1]})


@pytest.mark.parametrize(
    ("name", "words"),
    [("nobody", "no recipe 'nobody'"), ("no_such_module:RECIPE", "needs the module no_such_module"), ("toy:NONE", "has no 'NONE'"), ("toy:np", "is a module")],
)
def test_recipes_that_are_not_there(name: str, words: str) -> None:
    with pytest.raises(InvalidInput, match=words):
        recipes.find(name)


def test_every_recipe_that_is_listed_loads_and_has_a_plan_of_each_size() -> None:
    for name in recipes.RECIPES:
        recipe = recipes.find(name)
        assert recipe.name == name
        for size in recipes.SIZES:
            plan = plans.plan_of(recipe, size)
            assert plans.plan_of(recipe, size, json.loads(json.dumps(plan.to_json()))) == plan
