"""What the store keeps, as text: a state and an answer to JSON and back.

Both are trees of frozen dataclasses, so their own types say how to read them. What was written by
another version of the program and no longer fits is not guessed at: reading gives None.
"""

import json
from collections.abc import Callable
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
        kind: Any = shape
        value = _fit(kind)(data.get("is"))
    except (ValueError, RecursionError, _Misfit):
        return None
    return value if isinstance(value, shape) else None


@cache
def _fit(kind: Any) -> Callable[[Any], Any]:
    """What makes JSON into a ``kind``; it raises _Misfit (or ValueError, from an enumeration) where the
    JSON is not one. Made once a type: an answer is read for every message that is sent."""
    origin = get_origin(kind)
    if origin in (Union, UnionType):
        return _fit_any(get_args(kind))
    if origin is tuple:
        return _fit_tuple(get_args(kind))
    if is_dataclass(kind):
        return _fit_dataclass(kind)
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        return kind
    return _fit_plain(kind)


def _fit_plain(kind: type) -> Callable[[Any], Any]:
    def fit(data: Any) -> Any:
        if kind is float and type(data) is int:
            return float(data)
        if type(data) is not kind:
            raise _Misfit
        return data

    return fit


def _fit_any(kinds: tuple[Any, ...]) -> Callable[[Any], Any]:
    nothing = NoneType in kinds
    fits = [_fit(kind) for kind in kinds if kind is not NoneType]

    def fit(data: Any) -> Any:
        if data is None and nothing:
            return None
        for one in fits:
            try:
                return one(data)
            except (ValueError, _Misfit):
                continue
        raise _Misfit

    return fit


def _fit_tuple(kinds: tuple[Any, ...]) -> Callable[[Any], Any]:
    endless = len(kinds) == 2 and kinds[1] is Ellipsis
    fits = [_fit(kind) for kind in kinds if kind is not Ellipsis]

    def fit(data: Any) -> Any:
        if not isinstance(data, list) or (not endless and len(fits) != len(data)):
            raise _Misfit
        if endless:
            return tuple(map(fits[0], data))
        return tuple(one(item) for one, item in zip(fits, data, strict=True))

    return fit


def _fit_dataclass(kind: Any) -> Callable[[Any], Any]:
    fits: dict[str, Callable[[Any], Any]] = {}

    def fit(data: Any) -> Any:
        if not fits:
            # Not before: a state holds the state before it, so its own type is among its fields'.
            fits.update({name: _fit(hint) for name, hint in _hints(kind).items()})
        if not isinstance(data, dict) or not data.keys() <= fits.keys():
            raise _Misfit
        try:
            return kind(**{name: fits[name](value) for name, value in data.items()})
        except TypeError:  # A field without a default is missing.
            raise _Misfit from None

    return fit


@cache
def _hints(kind: Any) -> dict[str, Any]:
    hints = get_type_hints(kind)
    return {field.name: hints[field.name] for field in fields(kind)}
