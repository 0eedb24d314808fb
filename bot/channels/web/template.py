"""The templates, and the few things that they may do to a value."""

import re
from collections.abc import Mapping
from functools import cache

import jinja2
from aiohttp import web

from bot.channels.web import languages, words
from bot.channels.web.display import Display
from bot.channels.web.guard import NO_STORE
from bot.channels.web.site import SITE
from locales.text import Blank, Text

_NUMBER = re.compile(r"\+?\d[\d\s\xa0()–-]*\d")

STATEMENTS = {"about": words.ABOUT, "privacy": words.PRIVACY, "accessibility": words.ACCESSIBILITY}
"""The three pages of text, by the path that each has."""


def page(
    request: web.Request,
    name: str,
    language: str,
    display: Display,
    values: Mapping[str, object],
    status: int = 200,
) -> web.Response:
    """The template ``name`` in ``language``, as a whole answer."""
    site = request.app[SITE]
    catalogues = site.catalogues

    def say(text: Text, **blanks: Blank) -> str:
        return catalogues.say(Text(text.msgid, tuple(blanks.items())) if blanks else text, language)

    html = (
        _environment()
        .get_template(name)
        .render(
            say=say,
            words=words,
            language=language,
            languages=catalogues.languages,
            own_name=catalogues.own_name,
            asset=lambda file: site.assets[file].url,
            path=request.path if request.path.strip("/") in STATEMENTS else "/",
            home=f"/?language={languages.tag(language)}",
            statements=STATEMENTS.items(),
            operator=site.operator,
            display_choice=display,
            **values,
        )
    )
    headers = {**NO_STORE, "Content-Language": languages.tag(language), "Vary": "Accept-Language"}
    response = web.Response(text=html, content_type="text/html", status=status, headers=headers)
    response.enable_compression()
    return response


@cache
def _environment() -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("bot.channels.web"),
        autoescape=True,
        undefined=jinja2.ChainableUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {"paragraphs": paragraphs, "telephone": telephone, "web_address": web_address}
    environment.globals["tag"] = languages.tag
    return environment


def paragraphs(text: str) -> list[str]:
    """The paragraphs of a reply, which are parted by empty lines."""
    return [part for part in re.split(r"\n\s*\n", text.strip()) if part]


def telephone(phone: str) -> str:
    """A link that calls the first number in ``phone`` ("029 1 (weekdays)" -> "tel:0291"), "" without one."""
    found = _NUMBER.search(phone or "")
    return "tel:" + re.sub(r"[^\d+]", "", found.group()) if found else ""


def web_address(url: str) -> str:
    """``url`` where it is one that a browser may be sent to, else ""; data may hold anything."""
    return url if re.match(r"https?://", url or "", re.IGNORECASE) else ""
