"""What one training is to be: a recipe with its config and settings, from a config file and single values, checked before any work."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, fields, is_dataclass
from pathlib import Path
from typing import Any

from engine.core.errors import InvalidInput
from engine.core.text import read_text
from engine.project import codec
from engine.training.checkpoints import write_bytes
from engine.training.recipes import SIZES, Recipe, Training

NAME = "config.json"
_KNOWN = ("recipe", "size", "config", "training")


@dataclass(frozen=True)
class Plan:
    """One training.

    Args:
        recipe: what is trained.
        size: whose usual values the others change, "small" or "full".
        config: of the model and its data.
        training: how.
        changed: the values that are not the usual ones, as `NAME=VALUE`.
    """

    recipe: Recipe[Any]
    size: str
    config: Any
    training: Training
    changed: tuple[str, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """What `read` reads, whole."""
        parts = {"config": codec.encode(self.config), "training": codec.encode(self.training)}
        return {"recipe": self.recipe.name, "size": self.size, **parts}

    def write(self, folder: Path) -> None:
        """Write it into a folder as `config.json`.

        Raises:
            OutputError: it cannot be written.
        """
        write_bytes(folder / NAME, (json.dumps(self.to_json(), indent=1, sort_keys=True, ensure_ascii=False) + "\n").encode())


def read(path: Path) -> dict[str, Any]:
    """A config file: a JSON object with any of "recipe", "size", "config" and "training".

    Raises:
        InvalidInput: the file is missing or no such object.
    """
    text, _ = read_text(path)
    try:
        found = json.loads(text)
    except ValueError as error:
        raise InvalidInput(f"{path} is not JSON ({error})", "see docs of `vivavoce train`, or begin with the config.json of a training") from error
    if not isinstance(found, dict) or not set(found) <= set(_KNOWN):
        raise InvalidInput(f"{path} is no config of a training", f"write a JSON object with any of {', '.join(_KNOWN)}")
    return found


def plan_of(recipe: Recipe[Any], size: str, given: dict[str, Any] | None = None, values: Iterable[str] = ()) -> Plan:
    """The plan of a recipe's usual values, a config file over them, single values over both.

    Args:
        recipe: what is trained.
        size: the usual values; a file that names a size has the last word.
        given: from `read`.
        values: `NAME=VALUE`, the name as in the config, or as `training.NAME`; the value as JSON or else as text.

    Raises:
        InvalidInput: a value or its name is wrong, or the file is of another recipe.
    """
    given = given or {}
    if given.get("recipe", recipe.name) != recipe.name:
        raise InvalidInput(f"the config is of recipe {given['recipe']!r}, not {recipe.name!r}", "give the config of this recipe")
    size = given.get("size", size)
    if size not in SIZES:
        raise InvalidInput(f"size {size!r} is not known", f"use {' or '.join(SIZES)}")
    usual = {"config": recipe.config(size), "training": recipe.training(size)}
    over: dict[str, dict[str, Any]] = {part: _object(part, given.get(part, {})) for part in usual}
    for pair in values:
        part, names, value = _meant(pair)
        _put(over[part], names, value, pair)
    now = {part: _over(part, default, over[part]) for part, default in usual.items()}
    changed = tuple(pair for part in usual for pair in _changes("" if part == "config" else f"{part}.", usual[part], now[part]))
    return Plan(recipe, size, now["config"], now["training"], changed)


def _object(part: str, found: Any) -> dict[str, Any]:
    if not isinstance(found, dict):
        raise InvalidInput(f"{part!r} in the config is {json.dumps(found)[:40]}", "write it as a JSON object")
    return json.loads(json.dumps(found))  # type: ignore[no-any-return]


def _meant(pair: str) -> tuple[str, list[str], Any]:
    name, equals, text = pair.partition("=")
    if not equals or not name.strip():
        raise InvalidInput(f"{pair!r} is not NAME=VALUE", "for example training.steps=2000")
    try:
        value = json.loads(text)
    except ValueError:
        value = text
    names = name.strip().split(".")
    return ("training", names[1:], value) if names[0] == "training" and len(names) > 1 else ("config", names, value)


def _put(into: dict[str, Any], names: list[str], value: Any, pair: str) -> None:
    for name in names[:-1]:
        into = into.setdefault(name, {})
        if not isinstance(into, dict):
            raise InvalidInput(f"in {pair!r}, {name!r} has no parts", "see the names in config.json")
    into[names[-1]] = value


def _over(part: str, default: Any, over: dict[str, Any]) -> Any:
    """The dataclass with values of a JSON object over its own."""
    kind, usual = type(default), codec.fields_to_json(default)
    names = [f.name for f in fields(default)]
    for name in over:
        if name not in names:
            raise InvalidInput(f"there is no {name!r} in the {part}", f"it has {', '.join(names)}")
    try:
        return codec.fields_from_json(kind, _merged(usual, over))
    except InvalidInput as error:
        if "stored" not in error.what:  # the config's own words
            raise
        for name, value in over.items():  # the codec says what is wrong, not where
            try:
                codec.fields_from_json(kind, _merged(usual, {name: value}))
            except InvalidInput:
                raise InvalidInput(f"{name} in the {part} cannot be {json.dumps(value)[:60]}", f"its usual value is {json.dumps(usual[name])}") from error
        raise


def _merged(base: dict[str, Any], over: dict[str, Any]) -> dict[str, Any]:
    out = dict(base)
    for name, value in over.items():
        out[name] = _merged(base[name], value) if isinstance(value, dict) and isinstance(base.get(name), dict) else value
    return out


def _changes(prefix: str, usual: Any, now: Any) -> list[str]:
    out = []
    for f in fields(usual):
        before, after = getattr(usual, f.name), getattr(now, f.name)
        if before == after:
            continue
        if is_dataclass(before) and type(before) is type(after):
            out += _changes(f"{prefix}{f.name}.", before, after)
        else:
            out.append(f"{prefix}{f.name}={after if isinstance(after, str) else json.dumps(codec.encode(after))}")
    return out
