"""The published schemas of HSDS 3.0 as validators that allow no field that is not in them."""

import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator, FormatChecker

SCHEMAS = Path(__file__).parents[5] / "shared" / "hsds" / "3.0"

needs_schemas = pytest.mark.skipif(
    not SCHEMAS.is_dir(), reason=f"the published schemas of HSDS 3.0 are not in {SCHEMAS}"
)


@cache
def validator(name: str) -> Draft202012Validator:
    """The validator of "compiled/service", "taxonomy_term" and so on. What a schema refers to lies beside it."""
    schema = _closed(_resolved(_read(name)))
    return Draft202012Validator(schema, format_checker=FormatChecker())


def faults(name: str, record: Any) -> list[str]:
    """What is wrong with ``record``, a line each."""
    return [
        f"{'/'.join(map(str, error.absolute_path))}: {error.message[:200]}"
        for error in validator(name).iter_errors(record)
    ]


def required_fields(record: Any, name: str) -> Iterator[tuple[str, Any]]:
    """The fields that the schema requires, wherever they are in ``record``, with their values."""
    yield from _required(record, validator(name).schema, name)


def _required(record: Any, schema: Any, path: str) -> Iterator[tuple[str, Any]]:
    if isinstance(record, list):
        for one in record:
            yield from _required(one, schema.get("items", {}), f"{path}[]")
    elif isinstance(record, dict):
        for name in schema.get("required", ()):
            yield f"{path}.{name}", record.get(name)
        for name, value in record.items():
            yield from _required(value, schema.get("properties", {}).get(name, {}), f"{path}.{name}")


def _read(name: str) -> Any:
    return json.loads((SCHEMAS / f"{name}.json").read_text("utf-8"))


def _resolved(schema: Any, depth: int = 0) -> Any:
    """The schema with the files that it refers to in their places."""
    if isinstance(schema, list):
        return [_resolved(one, depth) for one in schema]
    if not isinstance(schema, dict):
        return schema
    if isinstance(schema.get("$ref"), str) and schema["$ref"].endswith(".json"):
        return _resolved(_read(schema["$ref"].removesuffix(".json")), depth + 1) if depth < 4 else {}
    return {name: _resolved(value, depth) for name, value in schema.items()}


def _closed(schema: Any) -> Any:
    """The schema with nothing allowed beside its properties."""
    if isinstance(schema, list):
        return [_closed(one) for one in schema]
    if not isinstance(schema, dict):
        return schema
    closed = {name: _closed(value) for name, value in schema.items()}
    if isinstance(closed.get("properties"), dict) and closed.get("type", "object") == "object":
        closed["additionalProperties"] = False
    return closed
