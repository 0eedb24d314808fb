"""Looks at the bot as Telegram has it, and says what to fix. Changes nothing."""

from collections.abc import AsyncIterator
from dataclasses import dataclass

from telegram import Bot, User
from telegram.error import InvalidToken, TelegramError

from bot.channels.telegram import profile, webhook
from bot.channels.telegram.channel import Account
from bot.channels.telegram.network import Network
from locales.catalogue import Catalogues

SERVE = 'Start "digituki serve" once, which sets this.'


@dataclass(frozen=True, slots=True)
class Finding:
    """Something looked at: whether it is as it should be, and a sentence that says what it is like."""

    good: bool
    sentence: str


async def check(account: Account, catalogues: Catalogues) -> tuple[Finding, ...]:
    """Everything that was found; all of it is good where the bot is ready for people."""
    if not account.token:
        return (_no_token(),)
    async with Network() as network:
        bot = account.bot(network, network)
        try:
            return tuple([finding async for finding in _findings(bot, account, catalogues)])
        except InvalidToken:
            said = "Telegram refuses the token. Copy it anew from BotFather (/mybots, API Token)"
            return (Finding(False, f"{said} into DIGITUKI_TELEGRAM_TOKEN."),)
        except TelegramError as error:
            said = f"Telegram cannot be asked at {account.api} ({type(error).__name__})"
            return (Finding(False, f"{said}. Look at DIGITUKI_TELEGRAM_API and at the connection."),)


async def name(account: Account) -> str:
    """The bot's name, without @. Raises TelegramError."""
    async with Network() as network:
        user: User = await account.bot(network, network).get_me()
        return user.username or ""


def _no_token() -> Finding:
    said = "DIGITUKI_TELEGRAM_TOKEN is not set, so there is no Telegram. BotFather gives a token"
    return Finding(False, f"{said}: write /newbot to https://t.me/BotFather.")


async def _findings(bot: Bot, account: Account, catalogues: Catalogues) -> AsyncIterator[Finding]:
    user = await bot.get_me()
    yield Finding(True, f"The token is that of @{user.username}: https://t.me/{user.username}")
    async for finding in _webhook(bot, account):
        yield finding
    for code, language in profile.languages(catalogues):
        menu = await bot.get_my_commands(language_code=code)
        spoken = code or "all other languages"
        if menu == profile.commands(catalogues, language):
            yield Finding(True, f"The commands are set for {spoken}.")
        else:
            yield Finding(False, f"The commands for {spoken} are missing or old. {SERVE}")


async def _webhook(bot: Bot, account: Account) -> AsyncIterator[Finding]:
    info = await bot.get_webhook_info()
    wanted = webhook.public(account.webhook) if account.webhook else ""
    if info.url == wanted:
        yield Finding(True, f"Telegram calls {wanted}." if wanted else "Updates come by polling.")
    elif wanted:
        yield Finding(False, f"Telegram should call {wanted}, but calls {info.url or 'nobody'}. {SERVE}")
    else:
        said = f"Telegram calls {info.url}, but DIGITUKI_TELEGRAM_WEBHOOK is empty (polling)"
        yield Finding(False, f"{said}. {SERVE} Or set that address.")
    if wanted and info.last_error_message:
        said = f"The last call failed: {info.last_error_message}"
        yield Finding(False, f"{said}. Look at the proxy, its certificate and DIGITUKI_TELEGRAM_SECRET.")
    waiting = info.pending_update_count
    if waiting > 100:
        yield Finding(False, f'{waiting} messages wait to be answered. Is "digituki serve" running?')
