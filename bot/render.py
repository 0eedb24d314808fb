"""From replies to words in one language. Channels show what comes out as it is."""

from collections.abc import Callable
from datetime import datetime

from bot.said import Said, SaidChoice, SaidReply
from bot.turn import Reply
from knowledge.model import Atlas
from locales.catalogue import Catalogues
from referral.card import card

Render = Callable[[tuple[Reply, ...], str, datetime], Said]


def renderer(atlas: Atlas, catalogues: Catalogues) -> Render:
    """A function that says replies in a language, seen from a moment."""

    def render(replies: tuple[Reply, ...], language: str, now: datetime) -> Said:
        return Said(language, tuple(_reply(reply, language, now, atlas, catalogues) for reply in replies))

    return render


def _reply(reply: Reply, language: str, now: datetime, atlas: Atlas, catalogues: Catalogues) -> SaidReply:
    return SaidReply(
        text="\n\n".join(catalogues.say(paragraph, language) for paragraph in reply.text),
        choices=tuple(
            SaidChoice(choice.key, catalogues.say(choice.label, language), choice.url)
            for choice in reply.choices
        ),
        offers=tuple(card(found, language, now, atlas, catalogues) for found in reply.offers),
        urgent=reply.urgent,
    )
