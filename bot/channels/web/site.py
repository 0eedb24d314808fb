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
    """Made once, when the channel opens.

    ``attributions`` are the lines that the About page must show. ``patience`` is how many seconds the body
    of a request may take to come in. Only reading and sending are cut short: a turn that has been read is
    always finished.
    """

    service: Service
    catalogues: Catalogues
    metrics: Metrics
    operator: Operator
    attributions: tuple[str, ...]
    assets: dict[str, Asset]
    patience: float


SITE = web.AppKey("SITE", Site)
