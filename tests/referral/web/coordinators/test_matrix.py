"""Who may do what: every route, with every role, in one's own and another region, with every kind of session.

Generated from the table of routes: one that is not in it cannot be mounted, and one that is in it is walked.
"""

from dataclasses import dataclass
from functools import partial
from itertools import product

from aiohttp import ClientSession, DummyCookieJar
from sqlalchemy import Connection

from referral.accounts.roles import Right, Role
from referral.accounts.session import IDLE
from referral.store import accounts, sessions
from referral.web.coordinators import room
from referral.web.coordinators.entries import ENTRIES, Entry, Scope
from tests.referral.web.coordinators.conftest import LAPLAND, SATAKUNTA, Clock, assigned
from tests.referral.web.coordinators.things import Made, make, release

EVERYBODYS = {Right.OWN_ACCOUNT}
COORDINATORS = EVERYBODYS | {
    *(Right.SEE_SITUATION, Right.EXPORT, Right.WRITE_REPORT, Right.WORK_ON_DIRECTORY, Right.SHARE_PRACTICES)
}
MAY = {
    (Role.REGIONAL, LAPLAND): COORDINATORS,
    (Role.NATIONAL, ""): COORDINATORS,
    (Role.OPERATOR, ""): EVERYBODYS
    | {Right.SEE_SITUATION, Right.EXPORT, Right.WORK_ON_DIRECTORY, Right.MANAGE_ACCOUNTS},
    None: EVERYBODYS,
}
"""What each may do, written down once more: roles.RIGHTS must not be what proves itself."""

OPEN = {
    ("GET", "/coordinators/sign-in"),
    ("POST", "/coordinators/sign-in"),
    ("GET", "/coordinators/invitation/{secret}"),
    ("POST", "/coordinators/invitation/{secret}"),
}
WHOLE_COUNTRY_ONLY = {("POST", "/coordinators/directory/imports")}
"""Only for those who have all regions, whichever the thing is in."""

SESSIONS = ("none", "valid", "expired", "forged", "another's form")


def expected(entry: Entry, who: tuple[Role, str] | None, region: str, session: str) -> set[int]:
    """The statuses that may come."""
    if session != "valid" and not (session == "another's form" and entry.method == "GET"):
        if session == "another's form":
            return {403}
        return {303} if entry.method == "GET" else {403}
    if entry.right not in MAY[who]:
        return {403}
    everywhere = who is not None and who[0] is not Role.REGIONAL
    own = everywhere or region == LAPLAND or entry.scope is Scope.NOWHERE
    if not own or ((entry.method, entry.path) in WHOLE_COUNTRY_ONLY and not everywhere):
        return {404}
    return {200, 303, 422}  # 422: let in, and told that the form lacks something.


def test_every_route_has_an_entry(sqlite_database, current, catalog, atlas, clock):
    made = room(sqlite_database, current, catalog, atlas, clock)
    mounted = {(route.method, route.path) for route in made.routes}
    listed = {(entry.method, entry.path) for entry in ENTRIES}
    assert len(mounted) > 30
    assert mounted == listed
    assert len(listed) == len(ENTRIES)
    assert {(entry.method, entry.path) for entry in ENTRIES if entry.right is None} == OPEN
    assert all(entry.scope is not Scope.NOWHERE for entry in ENTRIES if entry.path.endswith("{id}/change"))


@dataclass(frozen=True)
class Case:
    """Somebody asks for an entry about a thing in a region, with a session."""

    entry: Entry
    who: tuple[Role, str] | None
    region: str
    session: str
    token: str
    made: Made


WALKED = [one for one in ENTRIES if one.right]


def prepared(connection: Connection, clock: Clock) -> list[Case]:
    """Every case, each with an account, a session and a thing of its own: none changes what another meets."""
    cases = []
    day, now = clock().date(), int(clock.moment.timestamp())
    for number, case in enumerate(product(WALKED, MAY, (LAPLAND, SATAKUNTA), SESSIONS)):
        entry, who, region, session = case
        id = accounts.add(connection, f"somebody{number}@example.org")
        accounts.set_secrets(connection, id, "a hash", "a secret", 0)
        if who:
            accounts.assign(connection, id, assigned(*who, clock))
        began = now - (IDLE if session == "expired" else 10)
        sessions.begin(connection, f"session{number}", id, "form", began)
        made = make(connection, entry.path, region, id, day)
        cases.append(Case(*case, token=f"session{number}", made=made))
    return cases


async def ask(client: ClientSession, site: str, case: Case) -> tuple[int, str]:
    """The status of the answer, and where it leads."""
    entry = case.entry
    cookie = {"none": "", "forged": "forged"}.get(case.session, case.token)
    headers = {"Cookie": f"digituki-session={cookie}"} if cookie else {}
    about = {"region": case.region} if entry.scope is Scope.ASKED else {}
    secret = "other" if case.session == "another's form" else "form"
    form = {**about, **case.made.fields, "form_secret": secret}
    sent = {"data": form} if entry.method == "POST" else {"params": about}
    path = entry.path.format(**case.made.blanks)
    asking = client.request(entry.method, site + path, headers=headers, allow_redirects=False, **sent)
    async with asking as answer:
        return answer.status, answer.headers.get("Location", "")


async def test_the_matrix(site, sqlite_database, catalog, atlas, clock):
    await sqlite_database.write(partial(release, catalog=catalog, atlas=atlas))
    cases = await sqlite_database.write(partial(prepared, clock=clock))
    assert len(cases) == len(WALKED) * len(MAY) * 2 * len(SESSIONS)
    wrong = []
    async with ClientSession(cookie_jar=DummyCookieJar()) as client:
        for case in cases:
            status, place = await ask(client, site, case)
            wanted = expected(case.entry, case.who, case.region, case.session)
            left = case.entry.path.startswith("/coordinators/sign-out") and status == 303
            to_sign_in = place.startswith("/coordinators/sign-in")
            if status not in wanted or to_sign_in != (wanted == {303} or left):
                told = f"{case.entry.method} {case.entry.path} {case.who} {case.region} {case.session}"
                wrong.append(f"{told}: {status} {place}, not {wanted}")
    assert not wrong, "\n".join(wrong)
