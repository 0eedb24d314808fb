"""The work on the directory: what providers send, what is due for checking, twins, what imports nearly took, and the imports."""

from aiohttp import web

from referral.web.coordinators.directory.imports import Imports
from referral.web.coordinators.directory.left_out import NearlyTaken
from referral.web.coordinators.directory.offers import Offers
from referral.web.coordinators.directory.submissions import Submissions
from referral.web.coordinators.directory.twins import LookAlikes
from referral.web.coordinators.enter import route
from referral.web.coordinators.office import Office

_PREFIX = "/coordinators/directory"


def routes(office: Office) -> tuple[web.RouteDef, ...]:
    """The pages below /coordinators/directory."""
    sent, offers = Submissions(office), Offers(office)
    twins, imports, near = LookAlikes(office), Imports(office), NearlyTaken(office)
    handlers = (
        ("GET", "", sent.waiting),
        ("GET", "/submissions/{id}", sent.one),
        ("POST", "/submissions/{id}/accept", sent.accept),
        ("POST", "/submissions/{id}/refuse", sent.refuse),
        ("GET", "/submissions/{id}/change", sent.ask_change),
        ("POST", "/submissions/{id}/change", sent.change),
        ("GET", "/offers", offers.listed),
        ("GET", "/offers/{id}", offers.one),
        ("POST", "/offers/{id}/checked", offers.confirm),
        ("POST", "/offers/{id}/leave", offers.leave),
        ("POST", "/offers/{id}/reopen", offers.reopen),
        ("POST", "/offers/{id}/links", offers.make_link),
        ("POST", "/offers/{id}/links/{link}/revoke", offers.revoke_link),
        ("GET", "/twins", twins.show),
        ("POST", "/twins", twins.decide),
        ("GET", "/left-out", near.show),
        ("POST", "/left-out", near.decide),
        ("GET", "/imports", imports.show),
        ("POST", "/imports", imports.decide),
    )
    return tuple(route(office, method, f"{_PREFIX}{path}", handler) for method, path, handler in handlers)
