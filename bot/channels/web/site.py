"""What the handlers of the web chat share."""

from dataclasses import dataclass

from aiohttp import web

from bot.metrics import Metrics
from bot.service import Service
from referral.web.shell import Shell

CHANNEL = "web"


@dataclass(frozen=True, slots=True)
class Site:
    """Made once, when the channel opens. Only reading and sending are cut short: a turn that has been
    read is always finished."""

    service: Service
    metrics: Metrics
    shell: Shell


SITE = web.AppKey("SITE", Site)
