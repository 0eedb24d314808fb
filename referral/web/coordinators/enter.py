"""The one way in: a route is mounted here, and its handler is reached only by who may use it.

``route(office, method, path, handler)`` looks the right up in ``entries``. Without a seat a page leads
to signing in and comes back; without the right it answers 403; for a region that is not one's own 404,
as if it were not there. A form must say the secret of its session (the guard looks at Origin before).
"""

import hmac
from collections.abc import Awaitable, Callable
from functools import partial
from urllib.parse import urlencode

from aiohttp import web
from sqlalchemy import Connection

from referral.accounts.roles import SCOPES, in_force, narrowed
from referral.accounts.session import NOTED, is_over
from referral.store import accounts, api_tokens, sessions
from referral.store.sessions import Session
from referral.web import languages
from referral.web.coordinators import cookies, words
from referral.web.coordinators.entries import BY_ADDRESS, Entry, Scope
from referral.web.coordinators.form import fields, go_to
from referral.web.coordinators.office import Office
from referral.web.coordinators.refused import refused
from referral.web.coordinators.seat import Seat, may

SIGN_IN = "/coordinators/sign-in"

Handler = Callable[[web.Request, Seat], Awaitable[web.StreamResponse]]
OpenHandler = Callable[[web.Request], Awaitable[web.StreamResponse]]


def route(office: Office, method: str, path: str, handler: Handler) -> web.RouteDef:
    """A route for those who are signed in. KeyError for an address that is not among ``entries``."""
    entry = BY_ADDRESS[method, path]
    return _mounted(entry, partial(_admit, office, entry, handler))


def open_route(method: str, path: str, handler: OpenHandler) -> web.RouteDef:
    """A route for those who are not signed in. KeyError for an address that is not among ``entries``."""
    entry = BY_ADDRESS[method, path]
    if entry.right is not None:
        raise KeyError(f"{path} is not open.")
    return _mounted(entry, handler)


def _mounted(entry: Entry, handler: OpenHandler) -> web.RouteDef:
    return {"GET": web.get, "POST": web.post}[entry.method](entry.path, handler)


async def _admit(office: Office, entry: Entry, handler: Handler, request: web.Request) -> web.StreamResponse:
    assert entry.right is not None  # What is open is mounted by ``open_route``.
    seat = await seat_of(office, request, entry)
    if seat is None:
        return _nobody(office, request)
    if not may(seat, entry.right):
        return refused(office, request, 403, words.NOT_YOURS)
    sent = await fields(request) if entry.method == "POST" else {}
    if entry.method == "POST" and not _own_form(seat, sent):
        return refused(office, request, 403, words.OLD_FORM)
    region = sent.get("region", request.query.get("region", ""))
    if entry.scope is Scope.ASKED and region and not may(seat, entry.right, region):
        raise web.HTTPNotFound
    return await handler(request, seat)


def _own_form(seat: Seat, sent: dict[str, str]) -> bool:
    said = sent.get("form_secret", "")
    return bool(seat.form_secret) and hmac.compare_digest(said.encode(), seat.form_secret.encode())


async def seat_of(office: Office, request: web.Request, entry: Entry) -> Seat | None:
    """Whoever asks: by session or, where the route takes them, by token. None where nobody is known."""
    if entry.tokens and "Authorization" in request.headers:
        return await bearer(office, request)
    token = cookies.get(request, cookies.SESSION)
    if not token:
        return None
    now = office.now()
    found = await office.database.read(partial(_session, office=office, token=token))
    if found is None:
        return None
    session, seat = found
    if now - session.seen >= NOTED:
        await office.database.write(partial(sessions.seen, token=token, now=now))
    return await _in_language(office, request, seat)


async def bearer(office: Office, request: web.Request) -> Seat | None:
    """What the token of a program may do (``Authorization: Bearer …``); None where it opens nothing."""
    kind, _, token = request.headers.get("Authorization", "").partition(" ")
    if kind.lower() != "bearer" or not token.strip():
        return None
    return await office.database.read(partial(_program, office=office, token=token.strip()))


def _session(connection: Connection, office: Office, token: str) -> tuple[Session, Seat] | None:
    session = sessions.find(connection, token)
    if session is None or is_over(session.started, session.seen, office.now()):
        return None
    account = accounts.by_id(connection, session.coordinator)
    if account is None or not account.is_open:
        return None
    held = in_force(accounts.assignments(connection, account.id), office.today())
    return session, Seat(account.id, account.email, held, account.language, session.form_secret)


def _program(connection: Connection, office: Office, token: str) -> Seat | None:
    found = api_tokens.find(connection, token)
    if found is None or not found.is_good(office.today()):
        return None
    account = accounts.by_id(connection, found.coordinator)
    if account is None or not account.is_open:
        return None
    held = in_force(accounts.assignments(connection, account.id), office.today())
    reach, rights = narrowed(held, found.region), SCOPES.get(found.scope, frozenset())
    language = languages.chosen(account.language, "", office.catalogues.languages)
    return Seat(account.id, account.email, reach, language, "", rights)


async def _in_language(office: Office, request: web.Request, seat: Seat) -> Seat:
    """The seat in the language that the address asks for, which is remembered; else in the one known."""
    spoken = office.catalogues.languages
    asked = languages.known(request.query.get("language", ""), spoken)
    language = asked or languages.chosen(seat.language, request.headers.get("Accept-Language", ""), spoken)
    if asked and asked != seat.language:
        change = partial(accounts.set_language, id=seat.coordinator_id, language=asked)
        await office.database.write(change)
    return Seat(seat.coordinator_id, seat.email, seat.assignments, language, seat.form_secret, seat.rights)


def _nobody(office: Office, request: web.Request) -> web.StreamResponse:
    if "Authorization" in request.headers:
        answer = refused(office, request, 401, words.BAD_TOKEN)
        answer.headers["WWW-Authenticate"] = "Bearer"
        return answer
    if request.method == "POST":
        return refused(office, request, 403, words.SIGNED_OUT)
    asked = {"next": request.path_qs} if request.path != "/coordinators" else {}
    if cookies.get(request, cookies.SESSION):
        asked["over"] = "1"
    return go_to(f"{SIGN_IN}?{urlencode(asked)}" if asked else SIGN_IN)
