"""Telegram: the library's types and calls, with our own receiving and sending."""

from bot.channels.telegram.channel import Account, Speed, open

__all__ = ["Account", "Speed", "open"]
