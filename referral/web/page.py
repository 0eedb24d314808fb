"""A page: a template said in one language, inside the shell that every page has.

Each room keeps its templates in its own package; they extend ``page.html`` of this one. Its words are
in the templates under ``words``, those of the shell under ``shell``.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from types import ModuleType

import jinja2
from aiohttp import web

from locales.catalogue import Catalogues
from locales.text import Blank, Text
from referral.web import languages
from referral.web import words as shell_words
from referral.web.addresses import Addresses
from referral.web.display import Display
from referral.web.guard import NO_STORE
from referral.web.refusal import Refusal
from referral.web.shell import SHELL

_SITE = "referral.web"
_NUMBER = re.compile(r"\+?\d[\d\s\xa0()–-]*\d")

STATEMENTS = {
    "about": shell_words.ABOUT,
    "privacy": shell_words.PRIVACY,
    "accessibility": shell_words.ACCESSIBILITY,
}
"""The three pages of text, by the path that each has."""

AddressIn = Callable[[str], str]
"""The address of the same page in another language."""


def page(
    request: web.Request,
    room: ModuleType | None,
    name: str,
    language: str,
    values: Mapping[str, object],
    *,
    display: Display | None = None,
    status: int = 200,
    catalogues: Catalogues | None = None,
    address_in: AddressIn | None = None,
) -> web.Response:
    """The template ``name`` of the room whose words are in the module ``room``, as a whole answer.

    ``catalogues`` are the shell's where None is given; ``address_in`` leads to the same path with
    ``?language=``, or to the start page where that path cannot be asked for again.
    """
    shell = request.app[SHELL]
    spoken = catalogues or shell.catalogues

    def say(text: Text, **blanks: Blank) -> str:
        return spoken.say(Text(text.msgid, tuple(blanks.items())) if blanks else text, language)

    path = request.path if status == 200 and request.method == "GET" else "/"
    html = (
        _environment(room.__package__ or "" if room else "")
        .get_template(name)
        .render(
            say=say,
            shell=shell_words,
            words=room,
            language=language,
            languages=spoken.languages,
            own_name=spoken.own_name,
            asset=lambda file: shell.assets[file].url,
            path=path,
            address_in=address_in or (lambda code: f"{path}?language={languages.tag(code)}"),
            home=f"/?language={languages.tag(language)}",
            statements=STATEMENTS.items(),
            entrances=[
                (Addresses(shell.catalogues).of(one.kind, language), one.title) for one in shell.entrances
            ],
            operator=shell.operator,
            display_choice=display or Display(),
            **values,
        )
    )
    headers = {**NO_STORE, "Content-Language": languages.tag(language), "Vary": "Accept-Language"}
    response = web.Response(text=html, content_type="text/html", status=status, headers=headers)
    response.enable_compression()
    return response


def refused(request: web.Request, refusal: Refusal) -> web.Response:
    """A refusal as a person reads it."""
    values = {"sentence": refusal.sentence}
    return page(request, None, "refusal.html", asked_language(request), values, status=refusal.status)


def asked_language(request: web.Request, catalogues: Catalogues | None = None) -> str:
    """The language of a page: as its address says, else as the browser prefers."""
    wanted = request.query.get("language", "")
    accepts = request.headers.get("Accept-Language", "")
    spoken = catalogues or request.app[SHELL].catalogues
    return languages.chosen(wanted, accepts, spoken.languages)


def compile_templates(packages: Iterable[str]) -> None:
    """Compiles every template of the rooms in ``packages``: not while somebody waits for a page."""
    for package in packages:
        environment = _environment(package)
        for name in environment.list_templates(("html",)):
            environment.get_template(name)


@cache
def _environment(package: str) -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.ChoiceLoader([jinja2.PackageLoader(name) for name in _with_templates(package)]),
        autoescape=True,
        undefined=jinja2.ChainableUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {"paragraphs": paragraphs, "telephone": telephone, "web_address": web_address}
    environment.globals["tag"] = languages.tag
    return environment


def _with_templates(package: str) -> list[str]:
    """Where templates are looked for: in ``package``, then in those of the site that it lies in."""
    shelves = [package] if package else []
    while package.startswith(f"{_SITE}."):
        package = package.rpartition(".")[0]
        shelves.append(package)
    return shelves if package == _SITE else [*shelves, _SITE]


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
