"""The fields of a form as a browser sends them."""

import asyncio

from aiohttp import web

from referral.web.refusal import BadInput
from referral.web.shell import SHELL


async def fields(request: web.Request) -> dict[str, tuple[str, ...]]:
    """Every field with all of its values; files are left out. Raises BadInput, and TimeoutError where the
    body does not come in."""
    try:
        async with asyncio.timeout(request.app[SHELL].patience):
            posted = await request.post()
    except (ValueError, LookupError):
        raise BadInput("bad_form", "The form could not be read.") from None
    found: dict[str, tuple[str, ...]] = {}
    for name, value in posted.items():
        if isinstance(value, str):
            found[name] = (*found.get(name, ()), value)
    return found


def line(given: dict[str, tuple[str, ...]], name: str, most: int = 1000) -> str:
    """The first value of a field, without what no line has, at most ``most`` characters; "" without one."""
    value = given.get(name, ("",))[0][: most * 4]
    clean = "".join(letter for letter in value if letter in "\n\t" or letter.isprintable())
    return clean.strip()[:most]
