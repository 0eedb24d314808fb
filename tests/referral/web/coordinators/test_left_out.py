"""The list of what imports nearly took: found, taken at once or with the next fetch, left, and undone."""

import json

import pytest

from referral.accounts.roles import Role
from referral.directory.importers.choosing import Short, Shortfall, Supply
from referral.directory.importers.left_out import LeftOut
from referral.store import left_out, offers, overrules, sources
from referral.store.audit import audit
from referral.web.coordinators.directory.left_out import ON_A_PAGE
from referral.web.coordinators.directory.left_out_words import FIELDS, RULES, why
from tests.referral.supply import catalog
from tests.referral.web.coordinators.conftest import LAPLAND, SATAKUNTA
from tests.referral.web.coordinators.test_account import ask
from tests.referral.web.coordinators.test_signing_in import secret_of
from tests.referral.web.coordinators.things import nearly_taken

FEED = {
    "id": "svc",
    "name": "Digipaikka",
    "status": "active",
    "organization": {"id": "org", "name": "Rovaniemen kaupunki"},
    "phones": [{"number": "016 123 4567"}],
    "service_areas": [{"name": "Rovaniemi"}],
}


async def send(client, page, **fields):
    """The status, and where it leads."""
    async with client.post(page, data=fields, allow_redirects=False) as answer:
        return answer.status, answer.headers.get("Location", "")


@pytest.fixture
async def lapland(site, enter):
    client = await enter(Role.REGIONAL, LAPLAND)
    return client, f"{site}/coordinators/directory/left-out", await secret_of(client, site)


@pytest.fixture
def kept(sqlite_database, clock):
    async def keep(*found, content="", kind="ptv"):
        def work(connection):
            sources.note(connection, kind, kind, clock().date())
            said = {one.record: content for one in found}
            left_out.keep(connection, kind, found, said, clock().date(), ())

        await sqlite_database.write(work)

    return keep


async def test_each_region_sees_its_own(lapland, kept, enter, site):
    client, page, _ = lapland
    await kept(
        nearly_taken(LAPLAND, "r1", "Digipaikka <b>Rovaniemi</b>"),
        nearly_taken(SATAKUNTA, "r2", "Porin digipaikka"),
        LeftOut(
            "r3", "Etäneuvo", "", "", (), Shortfall(Short.HALF, "help_in_description", "text: digitukea")
        ),
    )
    shown = (await ask(client, page))[1]
    assert "Digipaikka &lt;b&gt;Rovaniemi&lt;/b&gt;" in shown
    assert "has a word that is worth a look (name: digipaikka)" in shown
    assert "Porin digipaikka" not in shown
    assert "Etäneuvo" not in shown
    assert (await ask(client, f"{page}?region={SATAKUNTA}"))[0] == 404
    national = await enter(Role.NATIONAL, "")
    shown = (await ask(national, page))[1]
    assert "Porin digipaikka" in shown
    assert (
        "half of the rule “help with digital matters, by its description” (description: digitukea)" in shown
    )
    shown = (await ask(national, f"{page}?region={SATAKUNTA}"))[1]
    assert ("Porin digipaikka" in shown, "Etäneuvo" in shown) == (True, False)
    assert "with these words" in (await ask(national, f"{page}?q=kirjasto"))[1]


async def test_long_lists_have_pages(lapland, kept):
    client, page, _ = lapland
    await kept(
        *(
            nearly_taken(LAPLAND, f"r{number:03}", f"Paikka {number:03}")
            for number in range(ON_A_PAGE * 2 + 1)
        )
    )
    first, last = (await ask(client, page))[1], (await ask(client, f"{page}?page=3&q=paikka"))[1]
    assert "Page 1 of 3" in first
    assert ("Paikka 024" in first, "Paikka 025" in first) == (True, False)
    assert ("Paikka 050" in last, "Paikka 049" in last) == (True, False)
    assert "page=2&amp;q=paikka" in last or "q=paikka&amp;page=2" in last
    for odd in ("99", "x", "-1", "0", "²"):
        assert (await ask(client, f"{page}?page={odd}"))[0] == 200


async def test_it_is_taken_at_once_where_enough_is_kept(lapland, kept, sqlite_database):
    client, page, form = lapland
    await kept(nearly_taken(LAPLAND, "svc"), content=json.dumps(FEED), kind="hsds")
    status, place = await send(client, page, source="hsds", record="svc", what="take", form_secret=form)
    assert (status, place) == (303, "/coordinators/directory/left-out?done=taken_now")
    (made,) = await sqlite_database.read(lambda connection: offers.of_sources(connection, ["hsds"]))
    assert (made.offer.id, made.offer.coverage.municipalities) == ("hsds-svc", ("698",))
    (decision,) = await sqlite_database.read(overrules.overrules)
    assert (decision.record, decision.take) == ("svc", True)
    assert (await sqlite_database.read(audit))[0].action == "overruled"
    assert "Digipaikka" not in (await ask(client, page))[1]
    # It can be left again where it stands now: on its own page.
    assert (await send(client, page, source="hsds", record="svc", what="leave", form_secret=form))[0] == 404


async def test_what_is_not_kept_whole_comes_with_the_next_fetch(lapland, kept):
    client, page, form = lapland
    await kept(nearly_taken(LAPLAND, "r1"))
    sent = {"source": "ptv", "record": "r1", "form_secret": form}
    assert (await send(client, page, **sent, what="take"))[1].endswith("done=taken_later")
    shown = (await ask(client, f"{page}?done=taken_later"))[1]
    assert "comes with the next fetch" in shown
    assert "Record r1" not in shown
    shown = (await ask(client, f"{page}?show=decided"))[1]
    assert "A coordinator has taken it" in shown
    back = "/coordinators/directory/left-out?show=decided"
    assert await send(client, page, **sent, what="rules", back=back) == (303, f"{back}&done=rules")
    assert (await send(client, page, **sent, what="rules", back="https://bad.example/"))[1].startswith(
        "/coord"
    )
    assert "Record r1" in (await ask(client, page))[1]


async def test_what_is_left_is_off_the_list(lapland, kept, sqlite_database):
    client, page, form = lapland
    await kept(nearly_taken(LAPLAND, "r1"), nearly_taken(SATAKUNTA, "r2"))
    sent = {"source": "ptv", "record": "r1", "form_secret": form}
    assert (await send(client, page, **sent, what="leave"))[1].endswith("done=left_alone")
    assert "Record r1" not in (await ask(client, page))[1]
    assert "A coordinator has left it out" in (await ask(client, f"{page}?show=decided"))[1]
    imports = page.replace("left-out", "imports")
    assert "Digipaikka" in (await ask(client, imports))[1]
    for wrong in ({"record": "r2"}, {"record": "x"}, {"source": "x"}, {"what": "eat"}):
        assert (await send(client, page, **{**sent, "what": "leave", **wrong}))[0] == 404
    assert [one.record for one in await sqlite_database.read(overrules.overrules)] == ["r1"]


def test_every_rule_has_words():
    supply = Supply.load(catalog())
    assert {rule.id for rule in supply.rules} == RULES.keys()
    fields = {field for rule in supply.rules for half in (rule.where, rule.also) if half for field in half[0]}
    assert fields
    assert fields <= FIELDS.keys()
    (sentence,) = why(Shortfall(Short.HALF, "a rule of old", "nose: long + name: digi"))
    assert dict(sentence.blanks)["rule"].msgid == "a rule of old"
