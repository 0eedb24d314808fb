"""Good practices, shared between regions: everybody reads all, and changes what is their own."""

from aiohttp import web

from referral.web.coordinators.enter import route
from referral.web.coordinators.office import Office
from referral.web.coordinators.practices.posts import Posts

_PREFIX = "/coordinators/practices"


def routes(office: Office) -> tuple[web.RouteDef, ...]:
    """The pages below /coordinators/practices."""
    posts = Posts(office)
    handlers = (
        ("GET", "", posts.listed),
        ("POST", "", posts.share),
        ("GET", "/new", posts.ask),
        ("GET", "/{id}", posts.one),
        ("GET", "/{id}/change", posts.ask_change),
        ("POST", "/{id}/change", posts.change),
        ("POST", "/{id}/remove", posts.remove),
    )
    return tuple(route(office, method, f"{_PREFIX}{path}", handler) for method, path, handler in handlers)
