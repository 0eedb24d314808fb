"""What a form sent, and going on from there."""

from aiohttp import web

from referral.web import form

START = "/coordinators"


async def fields(request: web.Request) -> dict[str, str]:
    """The first value of each field; asking again costs nothing. Raises BadInput, TimeoutError."""
    return {name: values[0].replace("\0", "") for name, values in (await form.fields(request)).items()}


async def chosen(request: web.Request, name: str) -> tuple[str, ...]:
    """Every value of a field that may be ticked more than once; () for none."""
    return (await form.fields(request)).get(name, ())


def go_to(path: str) -> web.Response:
    """Leads the browser to another page of ours, which it then asks for (303 See Other)."""
    return web.Response(status=303, headers={"Location": path})


def safe(path: str) -> str:
    """``path`` if it leads to a page of the coordinators' site, else ""."""
    inside = path == START or path.startswith((f"{START}/", f"{START}?"))
    return path if inside and path.isprintable() and "\\" not in path and ".." not in path else ""
