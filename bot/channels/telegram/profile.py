"""What Telegram shows of the bot before and beside the conversation: name, descriptions, commands.

They are told once for everybody (in English, for the languages that we do not speak) and once for each
of our languages that Telegram knows by two letters. Telegram lets a name be changed only now and then,
so what is already as it should be is left alone.
"""

from collections.abc import Awaitable, Callable

import structlog
from telegram import Bot, BotCommand
from telegram.error import BadRequest

from bot.channels.telegram import words
from bot.channels.telegram.hearing import CHANNEL, OTHER_LANGUAGE
from locales.catalogue import Catalogues

_LOG = structlog.get_logger("digituki.telegram")


def languages(catalogues: Catalogues) -> tuple[tuple[str, str], ...]:
    """Telegram's code ("" for everybody else) and our language for it."""
    known = tuple(language for language in catalogues.languages if len(language) == 2)
    return (("", OTHER_LANGUAGE), *((language, language) for language in known))


def commands(catalogues: Catalogues, language: str) -> tuple[BotCommand, ...]:
    """The menu in ``language``."""
    return tuple(
        BotCommand(name, catalogues.say(text, language)[:256]) for name, text in words.COMMANDS.items()
    )


async def publish(bot: Bot, catalogues: Catalogues) -> int:
    """Brings everything up to date; gives how many things were changed.

    A language that Telegram refuses is left out, and the log says so. Raises TelegramError for the rest.
    """
    changed = 0
    for code, language in languages(catalogues):
        try:
            changed += await _publish(bot, catalogues, code, language)
        except BadRequest:
            _LOG.warning("Telegram refuses a language of the profile", channel=CHANNEL, code=code)
    return changed


async def _publish(bot: Bot, catalogues: Catalogues, code: str, language: str) -> int:
    changed = 0
    menu = commands(catalogues, language)
    if await bot.get_my_commands(language_code=code) != menu:
        await bot.set_my_commands(menu, language_code=code)
        changed += 1
    named = catalogues.say(words.NAME, language)
    described = catalogues.say(words.DESCRIPTION, language)[:512]
    shortly = catalogues.say(words.SHORT_DESCRIPTION, language)[:120]
    texts: tuple[tuple[Callable[[], Awaitable[str]], Callable[[], Awaitable[bool]], str], ...] = (
        (lambda: _name(bot, code), lambda: bot.set_my_name(named, language_code=code), named),
        (
            lambda: _description(bot, code),
            lambda: bot.set_my_description(described, language_code=code),
            described,
        ),
        (
            lambda: _short(bot, code),
            lambda: bot.set_my_short_description(shortly, language_code=code),
            shortly,
        ),
    )
    for present, publish_it, wanted in texts:
        if await present() != wanted:
            await publish_it()
            changed += 1
    return changed


async def _name(bot: Bot, code: str) -> str:
    return (await bot.get_my_name(language_code=code)).name


async def _description(bot: Bot, code: str) -> str:
    return (await bot.get_my_description(language_code=code)).description


async def _short(bot: Bot, code: str) -> str:
    return (await bot.get_my_short_description(language_code=code)).short_description
