"""A public page with what search engines read of it: its one address, and the same page in other languages."""

from collections.abc import Mapping

from aiohttp import web

from referral.web.languages import tag
from referral.web.origin import origin
from referral.web.page import AddressIn, page
from referral.web.public import words
from referral.web.public.public import Public

DAY = 86400


def show(
    public: Public,
    request: web.Request,
    template: str,
    language: str,
    values: Mapping[str, object],
    address_in: AddressIn,
    status: int = 200,
) -> web.Response:
    """The template ``template`` as a whole answer; ``address_in`` gives the page's address in a language."""
    site = origin(request)
    head = {
        "canonical": site + address_in(language).partition("?")[0],
        "alternates": [
            (tag(code), site + address_in(code).partition("?")[0]) for code in public.catalogues.languages
        ],
    }
    return page(request, words, template, language, {**head, **values}, status=status, address_in=address_in)


def moved(request: web.Request, address: str) -> web.HTTPMovedPermanently:
    """Where the page is for good; what the reader has chosen on it (the query) goes along."""
    query = f"?{request.query_string}" if request.query_string else ""
    return web.HTTPMovedPermanently(
        address + query, headers={"Cache-Control": f"public, max-age={DAY}", "Vary": "Accept-Encoding"}
    )
