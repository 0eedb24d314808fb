"""The pages as a person reads them: the conversation as a plain form, and three texts."""

import asyncio
import re

from aiohttp import web

from bot.channels.web import statements, talk, words
from bot.channels.web.site import SITE
from bot.channels.web.statements import Statement
from bot.channels.web.wire import MOST_TEXT, read_fields
from referral.web import languages
from referral.web.display import Display
from referral.web.page import asked_language, page
from referral.web.refusal import BadInput
from referral.web.shell import SHELL

SHARE = "share_location"
_BEGIN = re.compile(r"[A-Za-z0-9_-]{1,50}")
STATIC_CACHE = "public, max-age=31536000, immutable"


async def start(request: web.Request) -> web.Response:
    """The greeting, and room to write. Nothing is stored: where the address says with what to begin ("start",
    the words of a link), a button does it."""
    begin = request.query.get("start", "")
    started = talk.new(request.app[SITE], asked_language(request), begin if _BEGIN.fullmatch(begin) else "")
    return _chat(request, started, Display())


async def turn(request: web.Request) -> web.Response:
    """One turn of the form: the whole page again, with everything said so far. Raises BadInput."""
    fields = await _form(request)
    message = read_fields({**fields, "greeted": True})
    site = request.app[SITE]
    language = languages.known(message.language, site.shell.catalogues.languages) or asked_language(request)
    going_on = await talk.go_on(site, message, fields.get("own", ""), language)
    return _chat(request, going_on, Display.of(fields))


async def about(request: web.Request) -> web.Response:
    """What the service is."""
    shell = request.app[SHELL]
    return _statement(request, statements.about(shell.operator, shell.attributions))


async def privacy(request: web.Request) -> web.Response:
    """What is stored."""
    return _statement(request, statements.privacy(request.app[SHELL].operator))


async def accessibility(request: web.Request) -> web.Response:
    """The accessibility statement."""
    return _statement(request, statements.accessibility(request.app[SHELL].operator))


async def static(request: web.Request) -> web.Response:
    """A file of the pages, kept by browsers until its address changes."""
    asset = request.app[SHELL].assets.get(request.match_info["name"])
    if asset is None:
        raise web.HTTPNotFound
    headers = {"Cache-Control": STATIC_CACHE}
    response = web.Response(
        body=asset.body, content_type=asset.content_type, charset="utf-8", headers=headers
    )
    response.enable_compression()
    return response


def _chat(request: web.Request, shown: talk.Talk, display: Display) -> web.Response:
    values = {"talk": shown, "form_id": "chat", "share": SHARE, "exit_key": talk.EXIT, "most_text": MOST_TEXT}
    return page(request, words, "chat.html", shown.greeting.language, values, display=display)


def _statement(request: web.Request, statement: Statement) -> web.Response:
    return page(request, words, "statement.html", asked_language(request), {"statement": statement})


async def _form(request: web.Request) -> dict[str, str]:
    """The fields of the form. Raises BadInput where there is none that can be read."""
    try:
        async with asyncio.timeout(request.app[SHELL].patience):
            posted = await request.post()
    except (ValueError, LookupError):
        raise BadInput("bad_form", "The form could not be read.") from None
    return {name: value for name, value in posted.items() if isinstance(value, str)}
