"""What search engines are told of the site: its addresses, one file a language, and what is not for them."""

from collections.abc import Iterator
from xml.sax.saxutils import escape

from aiohttp import web

from referral.web.addresses import HELPER, JOIN, SOURCES
from referral.web.languages import known, tag
from referral.web.origin import origin
from referral.web.public.organisations import helpers
from referral.web.public.public import Public
from referral.web.published import published

HOUR = 3600
MOST = 50_000
"""Addresses in one file (sitemaps.org); a part is the number of the file within its language."""

_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_SPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'

ROBOTS = """User-agent: *
Disallow: /api/
Disallow: /provider/
Sitemap: {site}/sitemap.xml
"""


async def robots(public: Public, request: web.Request) -> web.Response:
    """What programs are asked to leave alone."""
    return published(request, web.Response(text=ROBOTS.format(site=origin(request))), HOUR)


async def index(public: Public, request: web.Request) -> web.Response:
    """The list of the lists."""
    site, files = origin(request), -(-count(public) // MOST)
    lines = (
        f"<sitemap><loc>{escape(f'{site}/sitemap-{tag(language)}-{part}.xml')}</loc></sitemap>\n"
        for language in public.catalogues.languages
        for part in range(1, files + 1)
    )
    return _xml(request, f"{_HEAD}<sitemapindex {_SPACE}>\n{''.join(lines)}</sitemapindex>\n")


async def part(public: Public, request: web.Request) -> web.Response:
    """The addresses of one language. Raises HTTPNotFound for what the index does not name."""
    language = known(request.match_info["language"], public.catalogues.languages)
    number = int(request.match_info["part"])
    found = tuple(addresses(public, language))[MOST * (number - 1) : MOST * number] if language else ()
    if not found:
        raise web.HTTPNotFound
    site = origin(request)
    lines = "".join(f"<url><loc>{escape(site + address)}</loc></url>\n" for address in found)
    return _xml(request, f"{_HEAD}<urlset {_SPACE}>\n{lines}</urlset>\n")


def addresses(public: Public, language: str) -> Iterator[str]:
    """Every public page of a language."""
    start = public.help(language)
    towns = [public.slugs.municipality(code, language) for code in public.atlas.municipalities]
    needs = [public.slugs.need(id, language) for id in public.catalog.needs]
    yield start
    yield public.addresses.of(SOURCES, language)
    yield public.addresses.of(JOIN, language)
    yield from (f"{start}/{one}" for one in (*towns, *needs))
    yield from (f"{start}/{town}/{need}" for town in towns for need in needs)
    helper = public.addresses.of(HELPER, language)
    yield from (f"{helper}/{one.word}" for one in helpers(public.current.directory).by_id.values())


def count(public: Public) -> int:
    """How many pages each language has."""
    towns, needs = len(public.atlas.municipalities), len(public.catalog.needs)
    return 3 + towns + needs + towns * needs + len(helpers(public.current.directory).by_id)


def _xml(request: web.Request, text: str) -> web.Response:
    response = web.Response(text=text, content_type="application/xml")
    response.enable_compression()
    return published(request, response, HOUR)
