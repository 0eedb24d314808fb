"""A room of the site: a part with pages or an interface of its own."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from aiohttp import web

from referral.web.refusal import Explain
from referral.web.shell import Entrance


@dataclass(frozen=True, slots=True)
class Room:
    """``routes`` are mounted on the one server, behind its guard. ``explain`` says no below ``prefix``
    ("/hsds"); None where a page of the site does. ``files`` names the package whose folder ``static``
    holds what the room's pages load, "" where it has none. ``entrances`` are the pages that the foot of
    every page leads to. ``beside`` runs while the server does, and is cancelled with it; it handles its own
    faults."""

    prefix: str
    routes: tuple[web.RouteDef, ...]
    explain: Explain | None = None
    files: str = ""
    entrances: tuple[Entrance, ...] = ()
    beside: Callable[[], Awaitable[None]] | None = None
