"""Dataclasses to plain JSON values and back, driven by their type hints.

A new field or a new edit is stored without code of its own: declare it in a frozen dataclass with types made of str, int,
float, bool, None, `Fraction`, tuples, dicts with string keys, dataclasses and unions of these. A class that has its own
`to_json` and `from_json` (curves, phoneme tracks) is left to them.
"""

from __future__ import annotations

import dataclasses
import json
import re
import secrets
import types
from collections.abc import Callable, Hashable
from fractions import Fraction
from functools import cache
from typing import Any, TypeVar, Union, cast, get_args, get_origin, get_type_hints

from engine.core.errors import InvalidInput

T = TypeVar("T")
_REMEDY = "the file is damaged or was made by another version of Viva Voce"


def encode(value: Any, own: Callable[[Any], Any] = lambda value: value.to_json()) -> Any:
    """`value` as JSON values; a dataclass becomes an object with its fields, one with a `to_json` what `own` makes of it."""
    if value is None or isinstance(value, (str, bool, int, float)):
        return value
    if isinstance(value, Fraction):
        return f"{value.numerator}/{value.denominator}"
    if hasattr(value, "to_json"):
        return own(value)
    if isinstance(value, (tuple, list)):
        return [encode(v, own) for v in value]
    if isinstance(value, dict):
        return {k: encode(v, own) for k, v in value.items()}
    if dataclasses.is_dataclass(value):
        return {f.name: encode(getattr(value, f.name), own) for f in dataclasses.fields(value)}
    raise TypeError(f"{type(value).__name__} cannot be stored in a document")


def fields_to_json(value: Any) -> dict[str, Any]:
    """The fields of one dataclass instance as a JSON object."""
    return {f.name: encode(getattr(value, f.name)) for f in dataclasses.fields(value)}


def fields_to_text(value: Any, **more: Any) -> str:
    """`dumps({**more, **fields_to_json(value)})`, quick for a document of which little has changed since the last time."""
    return text_of({**more, **{f.name: getattr(value, f.name) for f in dataclasses.fields(value)}})


def text_of(values: dict[str, Any]) -> str:
    """`dumps(encode(values))`. The text of each curve and phoneme track is kept with it: immutable, and the bulk of a document."""
    held: list[str] = []
    mark = secrets.token_hex(8)

    def hold(part: Any) -> Any:
        if not hasattr(part, "__dict__"):
            return part.to_json()
        text = part.__dict__.get("_json_text")
        if text is None:
            text = part.__dict__["_json_text"] = dumps(part.to_json())
        held.append(text)
        return f"{mark}{len(held) - 1}"

    text = dumps(encode(values, hold))
    return re.sub(f'"{mark}([0-9]+)"', lambda found: held[int(found[1])], text)


def fields_from_json(kind: type[T], data: Any) -> T:
    """A dataclass from a JSON object; a missing field takes its default.

    Raises:
        InvalidInput: a field is unknown, of the wrong type, or missing without a default.
    """
    if not isinstance(data, dict):
        raise InvalidInput(f"{kind.__name__} must be stored as an object, got {type(data).__name__}", _REMEDY)
    hints = _hints(cast(Hashable, kind))
    unknown = set(data) - set(hints)
    if unknown:
        raise InvalidInput(f"{kind.__name__} does not know {', '.join(sorted(unknown))}", _REMEDY)
    try:
        return kind(**{name: decode(hints[name], item) for name, item in data.items()})
    except TypeError as error:
        raise InvalidInput(f"{kind.__name__} is stored incompletely ({error})", _REMEDY) from error


def decode(hint: Any, data: Any) -> Any:
    """The inverse of `encode` for a value whose type hint is `hint`.

    Raises:
        InvalidInput: `data` does not fit the hint.
    """
    origin = get_origin(hint)
    if origin in (Union, types.UnionType):
        return _decode_union(get_args(hint), data)
    if origin is tuple and isinstance(data, list):
        items = get_args(hint)
        if len(items) == 2 and items[1] is Ellipsis:
            return tuple(decode(items[0], v) for v in data)
        if len(items) == len(data):
            return tuple(decode(h, v) for h, v in zip(items, data, strict=True))
    elif origin is dict and isinstance(data, dict):
        return {str(k): decode(get_args(hint)[1], v) for k, v in data.items()}
    elif hint is Fraction and isinstance(data, str):
        return _decode_fraction(data)
    elif hint is float and isinstance(data, (int, float)) and not isinstance(data, bool):
        return float(data)
    elif hint in (str, int, bool) and type(data) is hint:
        return data
    elif hint is type(None) and data is None:
        return None
    elif isinstance(hint, type) and hasattr(hint, "from_json"):
        return _decode_own(hint, data)
    elif isinstance(hint, type) and dataclasses.is_dataclass(hint):
        return fields_from_json(hint, data)
    raise InvalidInput(f"stored value {str(data)[:60]!r} is not a {getattr(hint, '__name__', hint)}", _REMEDY)


def dumps(value: Any) -> str:
    """Canonical JSON text of JSON values: the same value gives the same text, whatever the order its dicts were made in."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)


def loads(text: str) -> Any:
    """JSON values from text.

    Raises:
        InvalidInput: the text is not JSON.
    """
    try:
        return json.loads(text)
    except ValueError as error:
        raise InvalidInput(f"stored text is not JSON ({error})", _REMEDY) from error


@cache
def _hints(kind: Any) -> dict[str, Any]:
    fields = {f.name for f in dataclasses.fields(kind)}
    return {name: hint for name, hint in get_type_hints(kind).items() if name in fields}


def _decode_fraction(data: str) -> Fraction:
    try:
        return Fraction(data)
    except (ValueError, ZeroDivisionError) as error:
        raise InvalidInput(f"stored number {data!r} is not a fraction", _REMEDY) from error


def _decode_own(hint: Any, data: Any) -> Any:
    try:
        return hint.from_json(data)
    except (TypeError, ValueError, IndexError, KeyError, AttributeError) as error:
        raise InvalidInput(f"stored {hint.__name__} cannot be read ({error})", _REMEDY) from error


def _decode_union(hints: tuple[Any, ...], data: Any) -> Any:
    """The first member that fits; dataclasses in a union are told apart by their fields."""
    failure: InvalidInput | None = None
    for hint in hints:
        try:
            return decode(hint, data)
        except InvalidInput as error:
            failure = error
    raise InvalidInput(f"stored value {str(data)[:60]!r} fits none of its types ({failure})", _REMEDY)
