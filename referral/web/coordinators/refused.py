"""How the coordinators' site says no: a page for people, JSON for programs."""

from aiohttp import web

from locales.text import Text
from referral.web import languages
from referral.web.coordinators import words
from referral.web.coordinators.office import Office
from referral.web.page import asked_language, page
from referral.web.refusal import Refusal

_CODES = {401: "bad_token", 403: "not_allowed", 409: "changed_meanwhile", 429: "too_fast", 503: "busy"}


def refused(
    office: Office, request: web.Request, status: int, sentence: Text, onward: Text = words.BACK
) -> web.Response:
    """A refusal of our own; ``onward`` are the words of the way on."""
    return explain(office, request, Refusal(status, _CODES.get(status, "refused"), sentence), onward)


def explain(
    office: Office, request: web.Request, refusal: Refusal, onward: Text = words.BACK
) -> web.Response:
    """Any refusal, also the guard's."""
    if "Authorization" in request.headers:
        said = refusal.detail or office.catalogues.say(refusal.sentence, "en")
        return web.json_response({"code": refusal.code, "error": said}, status=refusal.status)
    values = {"sentence": refusal.sentence, "onward": onward}
    return page(
        request,
        words,
        "refused.html",
        asked_language(request, office.catalogues),
        values,
        status=refusal.status,
        catalogues=office.catalogues,
        address_in=lambda code: f"/coordinators?language={languages.tag(code)}",
    )
