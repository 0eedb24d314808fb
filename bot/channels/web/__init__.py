"""The web chat: a whole page that works without scripts and better with them, and a JSON interface."""

from bot.channels.web.app import open
from referral.web.shell import Operator

__all__ = ["Operator", "open"]
