"""Signing in as people and attackers do it."""

import re

import pytest

from referral.accounts.roles import Role
from referral.store import accounts
from referral.store.audit import audit
from tests.referral.web.coordinators.conftest import APP, LAPLAND, PASSWORD, assigned, sign_in

EMAIL = "lappi@example.org"


@pytest.fixture
async def aino(member, clock):
    return await member(EMAIL, assigned(Role.REGIONAL, LAPLAND, clock))


def of(page: str, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', page)
    assert found, name
    return found.group(1)


async def secret_of(client, site):
    async with client.get(f"{site}/coordinators/account") as answer:
        assert answer.status == 200
        return of(await answer.text(), "form_secret")


async def signed_in(client, site):
    async with client.get(f"{site}/coordinators/account", allow_redirects=False) as answer:
        return answer.status == 200


async def test_password_and_code_open(site, clients, clock, aino, sqlite_database):
    client = clients()
    answer = await sign_in(client, site, clock, "  Lappi@Example.org ")
    assert (answer.status, answer.headers["Location"]) == (303, "/coordinators")
    assert await signed_in(client, site)
    assert not await signed_in(clients(), site)
    lines = await sqlite_database.read(lambda connection: audit(connection, aino))
    assert [line.action for line in lines] == ["signed_in"]


@pytest.mark.parametrize(
    ("email", "password", "code"),
    [
        (EMAIL, "wrong password here", ""),
        (EMAIL, PASSWORD, "000000"),
        (EMAIL, PASSWORD, ""),
        (EMAIL, "", ""),
        ("nobody@example.org", PASSWORD, ""),
        ("", "", ""),
        ("a" * 5000, "b" * 5000, "c" * 5000),
        (EMAIL, PASSWORD, "AAAAA-AAAAA"),
        ("\x00'\"<script>", "\ud7ff", "１２３４５６"),
    ],
)
async def test_everything_else_is_answered_alike(site, clients, clock, aino, email, password, code):
    if (email, password, code) == (EMAIL, PASSWORD, ""):
        code = " "
    answer = await sign_in(clients(), site, clock, email, password, code)
    page = await answer.text()
    assert answer.status == 401
    assert "is not right" in page
    assert not answer.cookies


async def test_a_code_opens_once(site, clients, clock, aino):
    code = clock.code()
    assert (await sign_in(clients(), site, clock, EMAIL, code=code)).status == 303
    assert (await sign_in(clients(), site, clock, EMAIL, code=code)).status == 401
    assert (await sign_in(clients(), site, clock, EMAIL)).status == 303


async def test_an_older_code_than_the_last_one_used_opens_nothing(site, clients, clock, aino):
    older = clock.code()
    assert (await sign_in(clients(), site, clock, EMAIL)).status == 303
    assert (await sign_in(clients(), site, clock, EMAIL, code=older)).status == 401


async def test_idle_for_half_an_hour_is_signed_out(site, clients, clock, aino):
    client = clients()
    await sign_in(client, site, clock, EMAIL)
    for _ in range(3):
        clock.later(minutes=29)
        assert await signed_in(client, site)
    clock.later(minutes=30)
    assert not await signed_in(client, site)


async def test_eight_hours_are_the_end_however_busy(site, clients, clock, aino):
    client = clients()
    await sign_in(client, site, clock, EMAIL)
    for _ in range(23):
        clock.later(minutes=20)
        assert await signed_in(client, site)
    clock.later(minutes=20)
    assert not await signed_in(client, site)


async def test_signing_out_ends_this_session_and_everywhere_ends_all(site, clients, clock, aino):
    one, two, three = clients(), clients(), clients()
    for client in (one, two, three):
        assert (await sign_in(client, site, clock, EMAIL)).status == 303
    await one.post(f"{site}/coordinators/sign-out", data={"form_secret": await secret_of(one, site)})
    assert [await signed_in(client, site) for client in (one, two, three)] == [False, True, True]
    everywhere = f"{site}/coordinators/sign-out-everywhere"
    await two.post(everywhere, data={"form_secret": await secret_of(two, site)})
    assert [await signed_in(client, site) for client in (one, two, three)] == [False, False, False]


async def test_a_closed_account_is_out_at_once(site, clients, clock, aino, sqlite_database):
    client = clients()
    await sign_in(client, site, clock, EMAIL)
    await sqlite_database.write(lambda connection: accounts.close(connection, aino, clock().date()))
    assert not await signed_in(client, site)
    assert (await sign_in(clients(), site, clock, EMAIL)).status == 401


async def test_who_guesses_waits_and_a_known_device_does_not(site, clients, clock, aino):
    known = clients()
    assert (await sign_in(known, site, clock, EMAIL)).status == 303
    strangers = [await sign_in(clients(), site, clock, EMAIL, "a wrong password") for _ in range(8)]
    assert [answer.status for answer in strangers][:5] == [401] * 5
    assert 429 in [answer.status for answer in strangers]
    waits = await sign_in(clients(), site, clock, EMAIL)
    assert waits.status == 429
    assert int(waits.headers["Retry-After"]) > 0
    assert "Please wait" in await waits.text()
    assert (await sign_in(known, site, clock, EMAIL)).status == 303


async def test_the_mark_of_a_device_is_no_key_to_another_account(site, clients, clock, aino, member):
    await member("other@example.org", assigned(Role.REGIONAL, LAPLAND, clock))
    known = clients()
    await sign_in(known, site, clock, EMAIL)
    for _ in range(8):
        await sign_in(clients(), site, clock, "other@example.org", "a wrong password")
    assert (await sign_in(known, site, clock, "other@example.org")).status == 429


async def test_the_cookie_is_tied_to_the_host_wherever_others_could_listen(site, clients, clock, aino):
    async def cookies(**headers):
        fields = {"email": EMAIL, "password": PASSWORD, "code": clock.code()}
        url = f"{site}/coordinators/sign-in"
        answer = await clients().post(url, data=fields, headers=headers, allow_redirects=False)
        assert answer.status == 303
        return answer.headers.getall("Set-Cookie")

    here = await cookies()
    assert all("__Host-" not in one and "Secure" not in one and "HttpOnly" in one for one in here)
    for away in ({"Host": "tuki.example.fi"}, {"X-Forwarded-For": "192.0.2.7"}):
        sent = await cookies(**away)
        assert len(sent) == 2
        for one in sent:
            assert one.startswith("__Host-digituki-")
            assert {"Secure", "HttpOnly", "Path=/", "SameSite=Lax"} <= {
                part.strip() for part in one.split(";")
            }
            assert "Domain" not in one


async def test_it_leads_only_to_pages_of_its_own(site, clients, clock, aino):
    for wanted, place in (
        ("/coordinators/audit?before=5", "/coordinators/audit?before=5"),
        ("https://evil.example/coordinators", "/coordinators"),
        ("//evil.example/coordinators/", "/coordinators"),
        ("/coordinators/../../evil", "/coordinators"),
        ("/coordinators\\@evil.example", "/coordinators"),
        ("/coordinatorsevil", "/coordinators"),
        ("/coordinators/\r\nSet-Cookie: a=b", "/coordinators"),
    ):
        fields = {"email": EMAIL, "password": PASSWORD, "code": clock.code(), "next": wanted}
        url = f"{site}/coordinators/sign-in"
        async with clients().post(url, data=fields, allow_redirects=False) as answer:
            assert (answer.status, answer.headers["Location"]) == (303, place)


async def test_another_site_cannot_sign_anybody_in_or_out(site, clients, clock, aino):
    client = clients()
    await sign_in(client, site, clock, EMAIL)
    headers = {"Origin": "https://evil.example"}
    for path in ("sign-in", "sign-out"):
        async with client.post(f"{site}/coordinators/{path}", data={}, headers=headers) as answer:
            assert answer.status == 403
    assert await signed_in(client, site)


async def test_an_ended_assignment_is_over_at_midnight_and_not_with_the_session(site, clients, clock, member):
    from dataclasses import replace

    task = replace(assigned(Role.REGIONAL, LAPLAND, clock), until=clock().date())
    clock.moment = clock.moment.replace(hour=23, minute=50)
    await member(EMAIL, task)
    client = clients()
    await sign_in(client, site, clock, EMAIL)
    assert (await client.get(f"{site}/coordinators/directory")).status == 200
    clock.later(minutes=15)
    assert (await client.get(f"{site}/coordinators/directory")).status == 403
    assert await signed_in(client, site)


async def test_nothing_of_the_secrets_is_in_the_database(site, clients, clock, aino, tmp_path):
    client = clients()
    answer = await sign_in(client, site, clock, EMAIL)
    token = answer.cookies["digituki-session"].value
    stored = b"".join(path.read_bytes() for path in tmp_path.glob("test.sqlite3*"))
    assert EMAIL.encode() in stored
    assert token.encode() not in stored
    assert PASSWORD.encode() not in stored
    assert APP.encode() in stored  # The server must know the app's secret to reckon its codes.
