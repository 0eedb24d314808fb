"""The library directory, an HSDS feed and Linked Events over HTTP, of any size, from the saved samples."""

import json
from functools import cache
from pathlib import Path
from typing import Any

from aiohttp import web

SAMPLES = Path(__file__).parents[1] / "referral/directory/importers/samples"
MOST_HOURS = 5000
"""The library directory gives so many days of hours a page, and leaves out the rest without a word."""


def kirkanta(count: int) -> list[web.RouteDef]:
    """Version 4 of the library directory, below /v4: ten a page unless asked for more; hours for a while."""

    async def libraries(request: web.Request) -> web.Response:
        limit, skip = int(request.query.get("limit", "10")), int(request.query.get("skip", "0"))
        with_ = request.query.get("with", "").split(",")
        days = {"0d": 0, "4w": 35}[request.query.get("period.end", "0d")]
        if days * min(limit, count) > MOST_HOURS:
            raise web.HTTPBadRequest(text="Hours would be missing.")
        sample = _items("kirkanta/library.json", "items")[0]
        items = []
        for number in range(skip, min(skip + limit, count)):
            record = {**sample, "id": 900_000 + number, "name": f"Kirjasto {number}"}
            for block in ("services", "schedules", "phoneNumbers", "primaryContactInfo"):
                if block not in with_:
                    record.pop(block, None)
            items.append(record)
        return _json({"type": "library", "total": count, "items": items})

    return [web.get("/v4/library", libraries)]


def hsds(count: int, changed: int = 0) -> list[web.RouteDef]:
    """An HSDS 3 feed: the specification's Page. Of its services ``changed`` have changed lately."""

    async def services(request: web.Request) -> web.Response:
        number, size = int(request.query.get("page", "1")), int(request.query.get("per_page", "50"))
        total = changed if "modified_after" in request.query else count
        sample = json.loads((SAMPLES / "hsds/service_full.json").read_bytes())
        record = sample if request.query.get("full") == "true" else {"id": sample["id"]}
        contents = [
            {**record, "id": f"{one:08x}-ac77-4006-8d5a-0d0d0d0d0d0d"}
            for one in range((number - 1) * size, min(number * size, total))
        ]
        pages = -(-total // size)
        return _json(
            {
                "total_items": total,
                "total_pages": pages,
                "page_number": number,
                "size": len(contents),
                "first_page": number == 1,
                "last_page": number >= pages,
                "empty": not contents,
                "contents": contents,
            }
        )

    return [web.get("/services", services)]


def events(count: int) -> list[web.RouteDef]:
    """Linked Events, below /v1. A page past the end is not there."""

    async def listing(request: web.Request) -> web.Response:
        number, size = int(request.query.get("page", "1")), int(request.query.get("page_size", "20"))
        last = max(-(-count // size), 1)
        if number > last:
            raise web.HTTPNotFound(text='{"detail": "Invalid page."}')
        sample = _items("events/event.json", "data")[0]
        data = [
            {**sample, "id": f"test:{one}"} for one in range((number - 1) * size, min(number * size, count))
        ]
        # The address that is given leads elsewhere, as it does behind a badly set up proxy.
        following = f"http://internal.invalid/v1/event/?page={number + 1}" if number < last else None
        return _json({"meta": {"count": count, "next": following, "previous": None}, "data": data})

    return [web.get("/v1/event/", listing)]


@cache
def _items(name: str, field: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads((SAMPLES / name).read_bytes())[field]
    return found


def _json(found: Any) -> web.Response:
    return web.Response(body=json.dumps(found).encode(), content_type="application/json")
