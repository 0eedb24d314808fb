"""Invitations, and one's own account: password, recovery codes, tokens, the record."""

import re

import pytest
from pyotp import TOTP

from referral.accounts.roles import Role
from referral.store import accounts, invitations
from referral.store.invitations import Invitation
from tests.referral.web.coordinators.conftest import LAPLAND, PASSWORD, SATAKUNTA, assigned, sign_in
from tests.referral.web.coordinators.test_signing_in import of, secret_of, signed_in
from tests.referral.web.coordinators.things import release

EMAIL = "uusi@example.org"
NEW = "uusi pitkä salasana täällä"


@pytest.fixture
async def link(site, sqlite_database, clock):
    def work(connection):
        id = accounts.add(connection, EMAIL)
        accounts.assign(connection, id, assigned(Role.REGIONAL, LAPLAND, clock))
        invitations.invite(connection, "link", Invitation(EMAIL, "regional", LAPLAND, clock().date()))

    await sqlite_database.write(work)
    return f"{site}/coordinators/invitation/link"


async def ask(client, address):
    async with client.get(address, allow_redirects=False) as answer:
        return answer.status, await answer.text()


async def send(client, address, **fields):
    async with client.post(address, data=fields, allow_redirects=False) as answer:
        return answer.status, await answer.text()


async def join(client, link, clock, **different):
    secret = of((await ask(client, link))[1], "totp")
    clock.later(seconds=30)
    code = TOTP(secret).at(int(clock.moment.timestamp()))
    fields = {"totp": secret, "password": NEW, "again": NEW, "code": code, **different}
    return *await send(client, link, **fields), secret


async def test_an_invitation_opens_once(site, clients, clock, link):
    client = clients()
    status, page, secret = await join(client, link, clock)
    assert status == 200
    codes = re.findall(r"<code>([0-9A-Z]{5}-[0-9A-Z]{5})</code>", page)
    assert len(set(codes)) == 10
    assert await signed_in(client, site)
    assert (await ask(client, link))[0] == 404
    assert (await send(clients(), link, totp=secret, password=NEW, again=NEW, code="123456"))[0] == 404
    clock.later(seconds=30)
    code = TOTP(secret).at(int(clock.moment.timestamp()))
    assert (await sign_in(clients(), site, clock, EMAIL, NEW, code)).status == 303
    for code, status in ((codes[0], 303), (codes[0], 401), (codes[1].lower().replace("-", ""), 303)):
        assert (await sign_in(clients(), site, clock, EMAIL, NEW, code)).status == status


@pytest.mark.parametrize(
    "wrong",
    [
        {"password": "short", "again": "short"},
        {"password": "salasana1234", "again": "salasana1234"},
        {"again": "something else here"},
        {"code": "000000"},
        {"code": ""},
        {"totp": "A"},
        {"totp": "<script>"},
        {"totp": "A" * 31 + "1"},
    ],
)
async def test_a_fault_in_the_form_costs_nothing(site, clients, clock, link, wrong):
    client = clients()
    status, page, secret = await join(client, link, clock, **wrong)
    assert status == 422
    assert 'role="alert"' in page
    assert "<script>alert" not in page
    assert ("totp" in wrong) != (f'value="{secret}"' in page)
    assert not await signed_in(client, site)
    assert (await join(client, link, clock))[0] == 200


async def test_an_invitation_ends_after_its_last_day(clients, clock, link, site):
    clock.later(days=1)
    assert (await ask(clients(), link))[0] == 404
    assert (await ask(clients(), f"{site}/coordinators/invitation/unknown"))[0] == 404


async def test_every_look_at_an_invitation_shows_another_secret(clients, link):
    secrets = {of((await ask(clients(), link))[1], "totp") for _ in range(3)}
    assert len(secrets) == 3


async def test_the_account_says_what_one_may_do(site, enter):
    client = await enter(Role.REGIONAL, LAPLAND)
    status, page = await ask(client, f"{site}/coordinators/account")
    assert status == 200
    assert "Regional coordinator, Lapland" in page


async def test_a_new_password_ends_the_other_sessions(site, clients, clock, member):
    email = "lappi@example.org"
    await member(email, assigned(Role.REGIONAL, LAPLAND, clock))
    here, there = clients(), clients()
    for client in (here, there):
        assert (await sign_in(client, site, clock, email)).status == 303
    form, page = await secret_of(here, site), f"{site}/coordinators/account/password"
    for wrong in ({"present": "not this one"}, {"password": "short"}, {"again": "different, this one"}):
        fields = {"present": PASSWORD, "password": NEW, "again": NEW, **wrong}
        assert (await send(here, page, form_secret=form, **fields))[0] == 422
    assert await signed_in(there, site)
    assert (await send(here, page, form_secret=form, present=PASSWORD, password=NEW, again=NEW))[0] == 303
    assert [await signed_in(client, site) for client in (here, there)] == [True, False]
    assert (await sign_in(clients(), site, clock, email)).status == 401
    assert (await sign_in(clients(), site, clock, email, NEW)).status == 303


async def test_new_codes_replace_the_old_ones(site, enter, clients, clock):
    client = await enter(Role.REGIONAL, LAPLAND, "lappi@example.org")
    form, page = await secret_of(client, site), f"{site}/coordinators/account/codes"
    assert (await send(client, page, form_secret=form, present="wrong"))[0] == 422
    shown = [(await send(client, page, form_secret=form, present=PASSWORD))[1] for _ in range(2)]
    old, new = (re.findall(r"<code>([0-9A-Z-]{11})</code>", one) for one in shown)
    assert len(old) == len(new) == 10
    assert (await sign_in(clients(), site, clock, "lappi@example.org", PASSWORD, old[0])).status == 401
    assert (await sign_in(clients(), site, clock, "lappi@example.org", PASSWORD, new[0])).status == 303


async def token_of(client, site, **different):
    form = await secret_of(client, site)
    fields = {"name": "report", "scope": "export:read", "days": "30", "region": "", **different}
    status, page = await send(client, f"{site}/coordinators/account/tokens", form_secret=form, **fields)
    found = re.search(r"<code class=\"secret\">(digituki_[\w-]+)</code>", page)
    return status, found.group(1) if found else ""


async def fetched(client, address, token):
    async with client.get(address, headers={"Authorization": f"Bearer {token}"}) as answer:
        return answer.status, answer.content_type


async def test_a_token_opens_exports_and_nothing_else(
    site, enter, clients, clock, sqlite_database, catalog, atlas
):
    await sqlite_database.write(lambda connection: release(connection, catalog, atlas))
    client, program = await enter(Role.REGIONAL, LAPLAND), clients()
    status, token = await token_of(client, site)
    assert (status, len(token)) == (200, 52)
    releases = f"{site}/coordinators/api/releases"
    assert await fetched(program, releases, token) == (200, "application/json")
    assert (await fetched(program, f"{releases}/2026-10?region={LAPLAND}", token))[0] == 200
    assert await fetched(program, f"{releases}/2026-10?region={SATAKUNTA}", token) == (
        404,
        "application/json",
    )
    for wrong in ("", "digituki_x", token[:-1], f"{token}x", "ä" * 52):
        assert await fetched(program, releases, wrong) == (401, "application/json")
    async with program.get(
        f"{site}/coordinators/account", headers={"Authorization": f"Bearer {token}"}, allow_redirects=False
    ) as answer:
        assert answer.status == 401
    clock.later(days=30)
    assert (await fetched(program, releases, token))[0] == 200
    clock.later(days=1)
    assert (await fetched(program, releases, token))[0] == 401


async def test_a_token_is_no_wider_than_asked_and_ends_when_it_is_revoked(site, enter, clients):
    client, program = await enter(Role.NATIONAL, ""), clients()
    assert (await token_of(client, site, region=SATAKUNTA))[0] == 200
    _, token = await token_of(client, site, region=LAPLAND, name="<b>Lappi</b>")
    releases = f"{site}/coordinators/api/releases"
    assert (await fetched(program, f"{releases}/2026-10?region={SATAKUNTA}", token))[0] == 404
    page = (await ask(client, f"{site}/coordinators/account"))[1]
    assert "&lt;b&gt;Lappi&lt;/b&gt;" in page
    assert token not in page
    form = await secret_of(client, site)
    ids = re.findall(r"tokens/([0-9a-f]+)/revoke", page)
    assert len(ids) == 2
    for id in ids:
        assert (await send(client, f"{site}/coordinators/account/tokens/{id}/revoke", form_secret=form))[
            0
        ] == 303
    assert (await fetched(program, releases, token))[0] == 401


@pytest.mark.parametrize(
    "wrong",
    [{"name": "  "}, {"scope": "everything"}, {"days": "100000"}, {"days": ""}, {"region": SATAKUNTA}],
)
async def test_a_token_that_cannot_be_is_not_made(site, enter, wrong):
    client = await enter(Role.REGIONAL, LAPLAND)
    assert (await token_of(client, site, **wrong)) in [(422, ""), (404, "")]


async def test_the_record_shows_ones_own_deeds_and_the_operator_all(site, enter):
    regional = await enter(Role.REGIONAL, LAPLAND)
    await token_of(regional, site)
    operator = await enter(Role.OPERATOR, "")
    own = (await ask(regional, f"{site}/coordinators/audit"))[1]
    every = (await ask(operator, f"{site}/coordinators/audit"))[1]
    assert "Token made" in own
    assert "operator@example.org" not in own
    assert own.count("<tr>") == 3
    assert {"regional19@example.org", "operator@example.org"} <= set(re.findall(r"[\w]+@example\.org", every))
    for odd in ("before=x", "before=-1", "before=%00%ED%9F%BF%27"):
        assert (await ask(operator, f"{site}/coordinators/audit?{odd}"))[0] == 200
