"""The two commands about Telegram: look at the bot, and make a link to it."""

import asyncio
from collections.abc import Callable
from pathlib import Path

from telegram.error import TelegramError

from bot.channels.telegram import check, poster
from bot.channels.telegram.channel import Account
from bot.settings import Settings
from knowledge.load import load_atlas, load_catalog
from locales.catalogue import Catalogues
from referral.answer_json import BadRequest

Write = Callable[[str], None]


def checked(settings: Settings, write: Write) -> int:
    """Writes a line for everything that was looked at; 0 when nothing is to be fixed, else 1."""
    found = asyncio.run(check.check(Account.of(settings), Catalogues.load()))
    for finding in found:
        write(f"{'good' if finding.good else 'FIX '}  {finding.sentence}")
    return 0 if all(finding.good for finding in found) else 1


def linked(settings: Settings, bot: str, words: dict[str, str], qr: str, write: Write) -> int:
    """Writes the address of a link, and draws its QR code where ``qr`` names a file.

    ``bot`` is its name, "" to ask Telegram; ``words`` are the arguments of ``poster.link``.
    Raises BadRequest.
    """
    begins = poster.link(load_atlas(), load_catalog(), Catalogues.load().languages, **words)
    address = poster.address(bot or _name(settings), begins)
    if qr:
        try:
            poster.save_qr(address, Path(qr))
        except OSError as error:
            raise BadRequest(f'"{qr}" cannot be written ({error.strerror}).') from None
    write(address)
    return 0


def _name(settings: Settings) -> str:
    unknown = 'The name of the bot is not known. Give --bot NAME, or see "digituki telegram check".'
    if not settings.telegram_token:
        raise BadRequest(unknown)
    try:
        return asyncio.run(check.name(Account.of(settings)))
    except TelegramError:
        raise BadRequest(unknown) from None
