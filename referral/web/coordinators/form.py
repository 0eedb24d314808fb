"""Reading what a form sent, and going on from there."""

import asyncio

from aiohttp import web

from referral.web.refusal import BadInput
from referral.web.shell import SHELL


async def fields(request: web.Request) -> dict[str, str]:
    """The fields of the form, without files; asking again costs nothing. Raises BadInput, TimeoutError."""
    try:
        async with asyncio.timeout(request.app[SHELL].patience):
            posted = await request.post()
    except (ValueError, LookupError):
        raise BadInput("bad_form", "The form could not be read.") from None
    return {name: value.replace("\0", "") for name, value in posted.items() if isinstance(value, str)}


def go_to(path: str) -> web.Response:
    """Leads the browser to another page of ours, which it then asks for (303 See Other)."""
    return web.Response(status=303, headers={"Location": path})
