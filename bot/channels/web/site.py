"""What the handlers of the web chat share: the service, the words, and who runs it."""

from dataclasses import dataclass

from aiohttp import web

from bot.channels.web.assets import Asset
from bot.channels.web.statements import Operator
from bot.metrics import Metrics
from bot.service import Service
from locales.catalogue import Catalogues

CHANNEL = "web"


@dataclass(frozen=True, slots=True)
class Site:
    """Made once, when the channel opens. ``attributions`` are the lines that the About page must show."""

    service: Service
    catalogues: Catalogues
    metrics: Metrics
    operator: Operator
    attributions: tuple[str, ...]
    assets: dict[str, Asset]


SITE = web.AppKey("SITE", Site)
