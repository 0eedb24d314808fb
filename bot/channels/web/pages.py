"""The pages as a person reads them: the conversation as a plain form, three texts, and kind errors."""

import asyncio

from aiohttp import web

from bot.channels.web import languages, statements, talk
from bot.channels.web.display import Display
from bot.channels.web.guard import Refusal
from bot.channels.web.site import SITE
from bot.channels.web.statements import Statement
from bot.channels.web.template import page
from bot.channels.web.wire import MOST_TEXT, BadInput, read_fields

SHARE = "share_location"
STATIC_CACHE = "public, max-age=31536000, immutable"


async def start(request: web.Request) -> web.Response:
    """The greeting, and room to write. Nothing is stored."""
    return _chat(request, talk.new(request.app[SITE], _language(request)), Display())


async def turn(request: web.Request) -> web.Response:
    """One turn of the form: the whole page again, with everything said so far. Raises BadInput."""
    fields = await _form(request)
    message = read_fields({**fields, "greeted": True})
    site = request.app[SITE]
    language = languages.known(message.language, site.catalogues.languages) or _language(request)
    going_on = await talk.go_on(site, message, fields.get("own", ""), language)
    return _chat(request, going_on, Display.of(fields))


async def about(request: web.Request) -> web.Response:
    """What the service is."""
    site = request.app[SITE]
    return _statement(request, statements.about(site.operator, site.attributions))


async def privacy(request: web.Request) -> web.Response:
    """What is stored."""
    return _statement(request, statements.privacy(request.app[SITE].operator))


async def accessibility(request: web.Request) -> web.Response:
    """The accessibility statement."""
    return _statement(request, statements.accessibility(request.app[SITE].operator))


async def static(request: web.Request) -> web.Response:
    """A file of the pages, kept by browsers until its address changes."""
    asset = request.app[SITE].assets.get(request.match_info["name"])
    if asset is None:
        raise web.HTTPNotFound
    headers = {"Cache-Control": STATIC_CACHE}
    response = web.Response(
        body=asset.body, content_type=asset.content_type, charset="utf-8", headers=headers
    )
    response.enable_compression()
    return response


def explain(request: web.Request, refusal: Refusal) -> web.Response:
    """A refusal as a person reads it."""
    values = {"sentence": refusal.sentence}
    return page(request, "refusal.html", _language(request), Display(), values, refusal.status)


def _chat(request: web.Request, shown: talk.Talk, display: Display) -> web.Response:
    values = {"talk": shown, "form_id": "chat", "share": SHARE, "exit_key": talk.EXIT, "most_text": MOST_TEXT}
    return page(request, "chat.html", shown.greeting.language, display, values)


def _statement(request: web.Request, statement: Statement) -> web.Response:
    return page(request, "statement.html", _language(request), Display(), {"statement": statement})


def _language(request: web.Request) -> str:
    wanted = request.query.get("language", "")
    accepts = request.headers.get("Accept-Language", "")
    return languages.chosen(wanted, accepts, request.app[SITE].catalogues.languages)


async def _form(request: web.Request) -> dict[str, str]:
    """The fields of the form. Raises BadInput where there is none that can be read."""
    try:
        async with asyncio.timeout(request.app[SITE].patience):
            posted = await request.post()
    except (ValueError, LookupError):
        raise BadInput("bad_form", "The form could not be read.") from None
    return {name: value for name, value in posted.items() if isinstance(value, str)}
