"""What every page shares: the catalogues, the files that pages load, and who runs the service."""

from collections.abc import Mapping
from dataclasses import dataclass

from aiohttp import web

from locales.catalogue import Catalogues
from locales.text import Text
from referral.web.assets import Asset


@dataclass(frozen=True, slots=True)
class Operator:
    """Who runs this service; ``contact`` is an e-mail address, a phone number or "", as people read it."""

    name: Text
    contact: str = ""


@dataclass(frozen=True, slots=True)
class Entrance:
    """A page that every page leads to: what it is called, and its kind (a word of ``addresses``)."""

    title: Text
    kind: Text


@dataclass(frozen=True, slots=True)
class Shell:
    """Made once, when the server opens. ``attributions`` are the lines that the About page must show.
    ``patience`` is how many seconds the body of a request may take to come in."""

    catalogues: Catalogues
    operator: Operator
    attributions: tuple[str, ...]
    assets: Mapping[str, Asset]
    patience: float
    entrances: tuple[Entrance, ...] = ()


SHELL = web.AppKey("SHELL", Shell)
