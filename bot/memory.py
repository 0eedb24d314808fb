"""What the store keeps, as text: a state and an answer to JSON and back.

Both are trees of frozen dataclasses, so their own types say how to read them. What was written by
another version of the program and no longer fits is not guessed at: reading gives None.
"""

import json
from dataclasses import fields, is_dataclass
from enum import StrEnum
from functools import cache
from types import NoneType, UnionType
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

from bot.said import Said
from bot.turn import State

_VERSION = 1
"""To be raised when an old state or answer must not be read any more, though it would fit."""

_Shape = TypeVar("_Shape", State, Said)


class _Misfit(Exception):
    """Something stored that is not of the type it should be."""


def write(value: State | Said) -> str:
    """``value`` as JSON, in ASCII: no character of it can be one that a database refuses."""
    return json.dumps({"v": _VERSION, "is": value}, separators=(",", ":"), default=_named)


def _named(value: Any) -> dict[str, Any]:
    """A dataclass as JSON takes it. (``asdict`` copies everything below it too, which costs more.)"""
    kind: Any = type(value)
    return {name: getattr(value, name) for name in _hints(kind)}


def read(shape: type[_Shape], written: str) -> _Shape | None:
    """The state or answer in ``written``; None when it is empty, broken, or from another version."""
    try:
        data = json.loads(written)
        if not isinstance(data, dict) or data.get("v") != _VERSION:
            return None
        value = _fit(shape, data.get("is"))
    except (ValueError, RecursionError, _Misfit):
        return None
    return value if isinstance(value, shape) else None


def _fit(kind: Any, data: Any) -> Any:
    """``data`` as ``kind``; raises _Misfit (or ValueError, from an enumeration) where it is not one."""
    origin = get_origin(kind)
    if origin in (Union, UnionType):
        return _fit_any(get_args(kind), data)
    if origin is tuple:
        return _fit_tuple(get_args(kind), data)
    if is_dataclass(kind):
        return _fit_dataclass(kind, data)
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        return kind(data)
    if kind is float and type(data) is int:
        return float(data)
    if type(data) is not kind:
        raise _Misfit
    return data


def _fit_any(kinds: tuple[Any, ...], data: Any) -> Any:
    if data is None and NoneType in kinds:
        return None
    for kind in kinds:
        try:
            return _fit(kind, data)
        except (ValueError, _Misfit):
            continue
    raise _Misfit


def _fit_tuple(kinds: tuple[Any, ...], data: Any) -> tuple[Any, ...]:
    if not isinstance(data, list):
        raise _Misfit
    if len(kinds) == 2 and kinds[1] is Ellipsis:
        return tuple(_fit(kinds[0], item) for item in data)
    if len(kinds) != len(data):
        raise _Misfit
    return tuple(_fit(kind, item) for kind, item in zip(kinds, data, strict=True))


def _fit_dataclass(kind: Any, data: Any) -> Any:
    hints = _hints(kind)
    if not isinstance(data, dict) or not data.keys() <= hints.keys():
        raise _Misfit
    try:
        return kind(**{name: _fit(hints[name], value) for name, value in data.items()})
    except TypeError:  # A field without a default is missing.
        raise _Misfit from None


@cache
def _hints(kind: Any) -> dict[str, Any]:
    hints = get_type_hints(kind)
    return {field.name: hints[field.name] for field in fields(kind)}
