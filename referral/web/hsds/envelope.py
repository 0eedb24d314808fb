"""The page that every list comes in, as the specification wants it."""

from collections.abc import Sequence
from typing import Any, TypeVar

Record = dict[str, Any]
_One = TypeVar("_One")


def cut(found: Sequence[_One], page: int, per_page: int) -> Sequence[_One]:
    """What is on the page, counted from 1; empty beyond the last."""
    return found[(page - 1) * per_page : page * per_page]


def envelope(contents: Sequence[Record], total: int, page: int, per_page: int) -> Record:
    """``contents`` with where they stand among the ``total``."""
    pages = -(-total // per_page)
    return {
        "total_items": total,
        "total_pages": pages,
        "page_number": page,
        "size": len(contents),
        "first_page": page == 1,
        "last_page": page >= pages,
        "empty": not contents,
        "contents": list(contents),
    }
