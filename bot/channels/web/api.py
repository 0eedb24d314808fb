"""The JSON interface: POST /api/chat, for the page's own script and for other programs."""

import asyncio
import json

from aiohttp import web

from bot.channels.web.site import CHANNEL, SITE, Site
from bot.channels.web.wire import Message, answer, read_message
from bot.said import Said
from bot.turn import Heard
from referral.web import languages
from referral.web.guard import NO_STORE
from referral.web.refusal import Refusal


async def chat(request: web.Request) -> web.Response:
    """One turn: what was said in, what is answered out. A repeated turn gets the same answer."""
    site = request.app[SITE]
    async with asyncio.timeout(site.shell.patience):
        body = await request.read()
    conversation, said = await hear(site, read_message(body))
    return _json(answer(conversation, said))


async def hear(site: Site, message: Message) -> tuple[str, Said]:
    """The conversation's token (a new one for a new conversation) and what is said."""
    conversation = message.conversation or await site.service.new_conversation(message.turn)
    heard = Heard(
        conversation=conversation,
        turn=message.turn,
        channel=CHANNEL,
        text=message.text,
        choice=message.choice,
        point=message.point,
        language_hint=languages.known(message.language, site.shell.catalogues.languages),
        greeted=message.greeted,
    )
    return conversation, await site.service.hear(heard)


def explain(refusal: Refusal) -> web.Response:
    """A refusal as a program reads it."""
    body: dict[str, object] = {"error": refusal.code, "message": refusal.detail or refusal.sentence.msgid}
    return _json(body, refusal.status)


def _json(body: dict[str, object], status: int = 200) -> web.Response:
    return web.json_response(text=json.dumps(body, ensure_ascii=False), status=status, headers=NO_STORE)
