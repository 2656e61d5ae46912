"""What an installed Viva Voce carries: every package and every asset, each model with its config and its card."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.core import assets


@pytest.fixture(scope="module")
def carried(repository: Path) -> dict[str, Path]:
    """Where each file lies in the wheel, and which of the checkout it is, as the builder collects them."""
    wheel = pytest.importorskip("hatchling.builders.wheel", reason="hatchling builds the wheel; the extra dev has it")
    builder = wheel.WheelBuilder(str(repository))
    with builder.config.set_build_data({"artifacts": [], "force_include": {}, "build_hooks": ()}):
        return {file.distribution_path.replace("\\", "/"): Path(file.path) for file in builder.recurse_included_files()}


def test_every_asset_is_where_the_product_looks_for_it(carried: dict[str, Path]) -> None:
    wanted = {f"engine/_assets/{file.relative_to(assets.root()).as_posix()}" for file in assets.root().rglob("*") if file.is_file()}
    hidden = {name for name in wanted if Path(name).name.startswith(".") or "__pycache__" in name}
    assert wanted - hidden <= set(carried)


def test_each_model_comes_with_its_card_and_what_else_it_is_loaded_with(carried: dict[str, Path]) -> None:
    models = {name: path for name, path in carried.items() if name.startswith("engine/_assets/models/")}
    weights = [name for name in models if name.endswith((".safetensors", ".npz", ".onnx"))]
    assert len(weights) >= 6
    for name in weights:
        assert Path(name).with_suffix(".md").as_posix() in models, f"{name} has no card"
        if name.endswith(".safetensors"):
            assert Path(name).with_suffix(".json").as_posix() in models, f"{name} has no config"
    assert "engine/_assets/LICENSES.md" in carried


def test_the_packages_are_carried_and_nothing_else(carried: dict[str, Path]) -> None:
    assert {name.partition("/")[0] for name in carried} == {"engine", "studio"}
    assert {"engine/cli.py", "engine/training/stage/texts/en.toml", "studio/launch.py"} <= set(carried)
