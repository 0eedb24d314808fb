"""Version 11 of the service register over HTTP: pages of ids, and records by at most a hundred of them."""

import json
from collections.abc import Iterable
from typing import Any

from aiohttp import web

from tests.registers.finland import LINE, PLACE, Register, channel_id, service_id

IDS_A_PAGE = 1000
MOST_IDS = 100


def routes(register: Register) -> list[web.RouteDef]:
    """What it answers, below /api/v11."""

    async def listing(request: web.Request) -> web.Response:
        kind, since = request.match_info["kind"], request.query.get("date", "")
        ids = _services(register, since) if kind == "Service" else _channels(register, since)
        number = int(request.query.get("page", "1"))
        items = [{"id": id, "name": "x"} for id in ids[(number - 1) * IDS_A_PAGE : number * IDS_A_PAGE]]
        return _json(
            {
                "pageNumber": number,
                "pageSize": IDS_A_PAGE,
                "pageCount": -(-len(ids) // IDS_A_PAGE),
                "itemList": items,
            }
        )

    async def by_ids(request: web.Request) -> web.Response:
        ids = request.query["guids"].split(",")
        if len(ids) > MOST_IDS:
            return _json({"guids": ["Too many."]}, 400)
        kind = request.match_info["kind"]
        return _json([found for id in ids if (found := _record(register, kind, id))])

    kinds = "{kind:Service|ServiceChannel|Organization}"
    return [
        web.get(f"/api/v11/{kinds}", listing),
        web.get(f"/api/v11/{kinds}/list", by_ids),
    ]


def _services(register: Register, since: str) -> list[str]:
    numbers: Iterable[int] = range(register.count)
    if since:
        numbers = [number for number, when in register.changed.items() if when >= since]
    return [service_id(number) for number in numbers]


def _channels(register: Register, since: str) -> list[str]:
    if since:
        return [id for id, when in register.moved.items() if when >= since]
    return [channel_id(number, kind) for number in range(register.count) for kind in (PLACE, LINE)]


def _record(register: Register, kind: str, id: str) -> dict[str, Any] | None:
    if kind == "Service":
        return register.service(int(id[:8], 16))
    return register.channel(id) if kind == "ServiceChannel" else register.organisation(id)


def _json(found: Any, status: int = 200) -> web.Response:
    return web.Response(
        body=json.dumps(found, ensure_ascii=False).encode(), status=status, content_type="application/json"
    )
