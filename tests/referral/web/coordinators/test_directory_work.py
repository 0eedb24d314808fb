"""Deciding about submissions, checking, leaving out, twins, links, and practices."""

import asyncio
import re
from dataclasses import replace
from datetime import timedelta

import pytest

from referral.accounts.roles import Role
from referral.directory.current import Edition
from referral.directory.index import Directory
from referral.model import Form
from referral.store import checks, offers, overrules, provider_links, records, sources, submissions
from referral.store.audit import audit
from referral.store.overrules import Overrule
from referral.web import provider_link
from referral.web.coordinators.directory.offers import PAGE
from tests.referral.web.coordinators.conftest import LAPLAND, SATAKUNTA
from tests.referral.web.coordinators.test_account import ask, send
from tests.referral.web.coordinators.test_signing_in import of, secret_of
from tests.referral.web.coordinators.things import PLACES, offer, submission


@pytest.fixture
async def lapland(site, enter):
    client = await enter(Role.REGIONAL, LAPLAND)
    return client, f"{site}/coordinators", await secret_of(client, site)


@pytest.fixture
def sent(sqlite_database, clock):
    async def save(region, name="Rovaniemen digitalkoot ry", changes=""):
        def work(connection):
            told = submission(region, name)
            return submissions.save_submission(connection, told, region, clock().date(), changes)

        return await sqlite_database.write(work)

    return save


async def actions(database):
    return [deed.action for deed in await database.read(audit)]


async def test_a_submission_is_refused_with_a_reason(lapland, sent, sqlite_database):
    client, site, form = lapland
    id = await sent(LAPLAND)
    page = f"{site}/directory/submissions/{id}"
    assert (await send(client, f"{page}/refuse", form_secret=form, reason="  "))[0] == 422
    assert (await send(client, f"{page}/refuse", form_secret=form, reason="It sells <b>things</b>"))[0] == 303
    status, shown = await ask(client, page)
    assert status == 200
    assert "It sells &lt;b&gt;things&lt;/b&gt;" in shown
    assert "/accept" not in shown
    found = await sqlite_database.read(lambda connection: submissions.find(connection, id))
    assert found.state == submissions.REFUSED
    assert "refused" in await actions(sqlite_database)
    assert (await send(client, f"{page}/accept", form_secret=form))[0] == 409


async def test_of_two_who_decide_at_once_one_does(lapland, sent, enter, site, sqlite_database):
    client, base, form = lapland
    other = await enter(Role.NATIONAL, "")
    page, id = f"{base}/directory/submissions", await sent(LAPLAND)
    theirs = await secret_of(other, site)
    answers = await asyncio.gather(
        send(client, f"{page}/{id}/accept", form_secret=form),
        send(other, f"{page}/{id}/refuse", form_secret=theirs, reason="No"),
    )
    assert sorted(status for status, _ in answers) == [303, 409]
    assert len({"accepted", "refused"} & set(await actions(sqlite_database))) == 1


async def test_a_submission_is_put_right_and_waits_on(lapland, sent, sqlite_database):
    client, site, form = lapland
    id = await sent(LAPLAND)
    page = f"{site}/directory/submissions/{id}/change"
    status, shown = await ask(client, page)
    assert status == 200
    assert 'value="Rovaniemen digitalkoot ry"' in shown
    fields = {
        "organisation": "Talkoot",
        "needs": "phone_basics",
        "forms": "remote",
        "municipality": PLACES["19"],
    }
    for wrong in ({"organisation": ""}, {"phone": "call me"}, {"needs": "nonsense"}, {"hours": "whenever"}):
        given = {**fields, "phone": "016 123 4567", **wrong, "form_secret": form}
        assert (await send(client, page, **given))[0] == 422
    elsewhere = {**fields, "phone": "016 123 4567", "municipality": "Pori", "form_secret": form}
    assert (await send(client, page, **elsewhere))[0] == 422
    assert (
        await send(client, page, **fields, phone="016 123 4567", email="evil@x.example", form_secret=form)
    )[0] == 303
    found = await sqlite_database.read(lambda connection: submissions.find(connection, id))
    assert (found.state, found.submission.organisation) == (submissions.WAITING, "Talkoot")
    assert found.submission.email == "talkoot@example.org"
    assert await actions(sqlite_database) == ["changed", "signed_in"]  # The newest first.


async def test_an_accepted_change_shows_before_and_after(lapland, sent, sqlite_database, clock):
    client, site, form = lapland
    before = offer(LAPLAND, "provider-old-in_person")
    await sqlite_database.write(
        lambda connection: offers.put(connection, [before], "provider", clock().date())
    )
    id = await sent(LAPLAND, changes=before.id)
    _, shown = await ask(client, f"{site}/directory/submissions/{id}")
    assert "As people see it now" in shown
    assert before.phone in shown
    assert (await send(client, f"{site}/directory/submissions/{id}/accept", form_secret=form))[0] == 303
    stored = await sqlite_database.read(lambda connection: offers.find(connection, before.id))
    assert stored.offer.phone == "016 123 4567"


async def test_lists_hold_what_is_ones_own(lapland, sent, enter, site):
    client, base, _ = lapland
    await sent(LAPLAND, "Lapin oma")
    await sent(SATAKUNTA, "Satakunnan oma")
    assert re.findall(r"(\w+) oma</a>", (await ask(client, f"{base}/directory"))[1]) == ["Lapin"]
    assert (await ask(client, f"{base}/directory?region={SATAKUNTA}"))[0] == 404
    national = await enter(Role.NATIONAL, "")
    assert set(re.findall(r"(\w+) oma</a>", (await ask(national, f"{base}/directory"))[1])) == {
        "Lapin",
        "Satakunnan",
    }
    one = (await ask(national, f"{base}/directory?region={SATAKUNTA}"))[1]
    assert re.findall(r"(\w+) oma</a>", one) == ["Satakunnan"]


async def test_what_was_checked_is_no_longer_due(lapland, sqlite_database, clock):
    client, site, form = lapland
    old = offer(LAPLAND)
    await sqlite_database.write(lambda connection: offers.put(connection, [old], "ptv", clock().date()))
    page = f"{site}/directory/offers/{old.id}"
    assert "It is due for checking." in (await ask(client, page))[1]
    assert (await send(client, f"{page}/checked", form_secret=form))[0] == 303
    shown = (await ask(client, f"{page}?done=checked"))[1]
    assert "It is due for checking." not in shown
    assert "says a coordinator" in shown
    stored = await sqlite_database.read(lambda connection: offers.find(connection, old.id))
    assert stored.offer.source.checked == clock().date()


async def test_broken_addresses_are_listed_until_somebody_confirms(lapland, current, sqlite_database, clock):
    client, site, form = lapland
    day, mine = clock().date(), [replace(offer(LAPLAND), url="https://lost.example/")]
    theirs = [replace(offer(SATAKUNTA), url="https://elsewhere.example/")]

    def work(connection):
        offers.put(connection, [*mine, *theirs], "ptv", day)
        for ago in (2, 1):
            lost = [one.id for one in (*mine, *theirs)]
            checks.note(connection, lost, day - timedelta(days=ago), checks.LINKS, checks.BROKEN)

    await sqlite_database.write(work)
    current.swap(Edition(Directory.of([*mine, *theirs], current.directory.atlas)))
    page = f"{site}/directory/offers"
    shown = (await ask(client, page))[1]
    assert "Broken web addresses" in shown
    assert "https://lost.example/" in shown
    assert "elsewhere.example" not in shown
    assert (await send(client, f"{page}/{mine[0].id}/checked", form_secret=form))[0] == 303
    assert "Broken web addresses" not in (await ask(client, page))[1]


async def test_what_its_provider_has_ended_is_opened_again(lapland, sqlite_database, clock):
    client, site, form = lapland
    day, ended = clock().date(), replace(offer(LAPLAND), valid_until=clock().date() - timedelta(days=1))

    def work(connection):
        offers.put(connection, [ended], "ptv", day)
        checks.note(connection, [ended.id], day, checks.PROVIDER, checks.CLOSED)

    await sqlite_database.write(work)
    page = f"{site}/directory/offers/{ended.id}"
    assert "The provider has ended it." in (await ask(client, page))[1]
    assert (await send(client, f"{page}/reopen", form_secret=form))[0] == 303
    assert "The provider has ended it." not in (await ask(client, page))[1]
    stored = await sqlite_database.read(lambda connection: offers.find(connection, ended.id))
    assert stored.offer.valid_until is None
    assert "changed" in await actions(sqlite_database)


async def test_one_goes_down_the_list_of_what_is_due(lapland, current, sqlite_database, clock):
    client, site, form = lapland
    old = [offer(LAPLAND), offer(LAPLAND)]
    await sqlite_database.write(lambda connection: offers.put(connection, old, "ptv", clock().date()))
    current.swap(Edition(Directory.of(old, current.directory.atlas)))
    page = f"{site}/directory/offers?region={LAPLAND}"
    shown = (await ask(client, page))[1]
    assert all(one.id in shown for one in old)
    back = of(shown, "back")
    for given, place in (
        (back, f"{back}&done=checked"),
        ("https://evil.example/", f"{PAGE}/{old[0].id}?done=checked"),
    ):
        sent = {"form_secret": form, "back": given.replace("&amp;", "&")}
        url = f"{site}/directory/offers/{old[0].id}/checked"
        async with client.post(url, data=sent, allow_redirects=False) as answer:
            assert (answer.status, answer.headers["Location"]) == (303, place)
    shown = (await ask(client, page))[1]
    assert (old[0].id in shown, old[1].id in shown) == (False, True)


async def test_a_record_that_is_no_support_is_closed_and_left_out(lapland, sqlite_database, clock):
    client, site, form = lapland
    day = clock().date()
    mine = [offer(LAPLAND, "ptv-Ab-1"), offer(LAPLAND, "ptv-Ab-2"), offer(LAPLAND, "ptv-Abc-1")]
    mixed = [offer(LAPLAND, "ptv-xyz-1"), offer(SATAKUNTA, "ptv-xyz-2")]

    def work(connection):
        sources.note(connection, "ptv", "ptv", day)
        records.keep(connection, "ptv", [(id, "{}") for id in ("Ab", "Abc", "xyz")], day)
        offers.put(connection, [*mine, *mixed], "ptv", day)

    await sqlite_database.write(work)
    assert (await send(client, f"{site}/directory/offers/ptv-xyz-1/leave", form_secret=form))[0] == 422
    assert (await send(client, f"{site}/directory/offers/ptv-Ab-1/leave", form_secret=form))[0] == 303

    def look(connection):
        closed = {one.offer.id for one in offers.of_sources(connection, ["ptv"]) if one.offer.valid_until}
        return closed, overrules.overrules(connection), checks.history(connection, "ptv-Ab-2")

    closed, decisions, history = await sqlite_database.read(look)
    assert closed == {"ptv-Ab-1", "ptv-Ab-2"}
    assert [(one.record, one.take, one.day) for one in decisions] == [("Ab", False, day)]
    assert [one.outcome for one in history] == [checks.CLOSED]
    assert (await send(client, f"{site}/directory/offers/ptv-Ab-1/checked", form_secret=form))[0] == 303
    assert "It has closed" in (await ask(client, f"{site}/directory/offers/ptv-Ab-1"))[1]
    assert "Ab" in (await ask(client, f"{site}/directory/imports"))[1]


async def test_who_has_all_regions_overrules_the_import(site, enter, sqlite_database, clock):
    day = clock().date()
    await sqlite_database.write(lambda connection: sources.note(connection, "ptv", "ptv", day))
    client = await enter(Role.NATIONAL, "")
    form, page = await secret_of(client, site), f"{site}/coordinators/directory/imports"
    for wrong in ({"record": " "}, {"source": "nobody"}, {"what": "rules"}):
        given = {"source": "ptv", "record": "abc", "what": "take", **wrong, "form_secret": form}
        assert (await send(client, page, **given))[0] == 422
    taken = {"source": "ptv", "record": " abc ", "what": "take", "form_secret": form}
    assert (await send(client, page, **taken))[0] == 303
    (decision,) = await sqlite_database.read(overrules.overrules)
    assert decision == Overrule("ptv", "abc", True, decision.by, day)
    assert decision.by
    again = {"source": "ptv", "record": "abc", "what": "rules", "form_secret": form}
    assert (await send(client, page, **again))[0] == 303
    assert await sqlite_database.read(overrules.overrules) == ()


async def test_twins_are_told_apart_and_together(lapland, sqlite_database, clock):
    client, site, form = lapland
    one, other = offer(LAPLAND, "ptv-t1"), offer(LAPLAND, "kirkanta-t2")
    from dataclasses import replace

    other = replace(other, street=one.street, phone=one.phone)

    def work(connection):
        for source, told in (("ptv", one), ("kirkanta", other)):
            sources.note(connection, source, source, clock().date())
            offers.put(connection, [told], source, clock().date())

    await sqlite_database.write(work)
    page = f"{site}/directory/twins"
    assert "They are two" in (await ask(client, page))[1]
    pair = {"one": one.id, "other": other.id, "form_secret": form}
    assert (await send(client, page, **pair, what="apart"))[0] == 303
    shown = (await ask(client, page))[1]
    assert "No two sources tell the same" in shown
    assert "They are the same" in shown
    assert (await send(client, page, **pair, what="together"))[0] == 303
    assert "They are two" in (await ask(client, page))[1]
    for wrong in ({"what": "married"}, {"other": "nobody"}, {"other": one.id}):
        assert (await send(client, page, **{**pair, "what": "apart", **wrong}))[0] == 404


async def test_two_that_nobody_found_are_joined_and_told_apart_again(
    lapland, current, sqlite_database, clock
):
    client, site, form = lapland
    one, other = offer(LAPLAND, "ptv-j1"), offer(LAPLAND, "ptv-j2")
    course, away = replace(offer(LAPLAND, "ptv-j3"), form=Form.TRAINING), offer(SATAKUNTA, "ptv-j4")
    every = [one, other, course, away]

    def work(connection):
        sources.note(connection, "ptv", "ptv", clock().date())
        offers.put(connection, every, "ptv", clock().date())

    await sqlite_database.write(work)
    current.swap(Edition(Directory.of(every, current.directory.atlas)))
    page = f"{site}/directory/twins"
    assert "It is told twice" in (await ask(client, f"{site}/directory/offers/ptv-j1"))[1]
    status, shown = await ask(client, f"{page}?of=ptv-j1")
    assert status == 200
    assert [id in shown for id in ("ptv-j2", "ptv-j3", "ptv-j4")] == [True, False, False]
    assert "has these words" in (await ask(client, f"{page}?of=ptv-j1&q=kirjasto"))[1]
    for hidden in ("ptv-j4", "nobody"):
        assert (await ask(client, f"{page}?of={hidden}"))[0] == 404
    pair = {"one": "ptv-j1", "other": "ptv-j2", "form_secret": form}
    assert (await send(client, page, **pair, what="together"))[0] == 303
    assert "They are two" in (await ask(client, page))[1]
    for wrong in ("ptv-j3", "ptv-j4"):
        assert (await send(client, page, **{**pair, "other": wrong}, what="together"))[0] == 404
    assert (await send(client, page, **pair, what="apart"))[0] == 303
    assert "No two sources tell the same" in (await ask(client, page))[1]


async def test_a_providers_link_is_made_once_shown_and_revoked(lapland, sqlite_database, clock):
    client, site, form = lapland
    await sqlite_database.write(
        lambda connection: offers.put(connection, [offer(LAPLAND, "sheet-a")], "s", clock().date())
    )
    page = f"{site}/directory/offers/sheet-a"
    _, shown = await send(client, f"{page}/links", form_secret=form)
    token = re.search(r"/provider/([\w-]+\.[0-9a-f]{32})<", shown).group(1)
    id = await sqlite_database.write(lambda connection: provider_link.id_of(connection, token))
    found = await sqlite_database.read(lambda connection: provider_links.find(connection, id))
    assert (found.offer, found.is_good(clock().date())) == ("sheet-a", True)
    assert token not in (await ask(client, page))[1]
    assert (await send(client, f"{page}/links/unknown/revoke", form_secret=form))[0] == 404
    assert (await send(client, f"{page}/links/{id}/revoke", form_secret=form))[0] == 303
    found = await sqlite_database.read(lambda connection: provider_links.find(connection, id))
    assert not found.is_good(clock().date() + timedelta(days=1))


async def test_practices_are_everybodys_to_read_and_their_authors_to_change(lapland, site, enter):
    client, base, form = lapland
    page = f"{base}/practices"
    post = {"title": "Kahvit <script>", "body": "<img src=x>\n\nToinen", "topic": "home", "written_in": "fi"}
    async with client.post(
        page, data={**post, "region": LAPLAND, "form_secret": form}, allow_redirects=False
    ) as answer:
        assert answer.status == 303
        own = f"{site}{answer.headers['Location'].partition('?')[0]}"
    for wrong in ({"title": ""}, {"body": " "}, {"topic": "x"}, {"region": ""}, {"body": "x" * 2001}):
        given = {**post, "region": LAPLAND, "form_secret": form, **wrong}
        assert (await send(client, page, **given))[0] == 422
    other = await enter(Role.REGIONAL, SATAKUNTA)
    theirs = await secret_of(other, site)
    status, shown = await ask(other, own)
    assert status == 200
    assert "&lt;img src=x&gt;" in shown
    assert "<script>" not in shown.replace("<script src=", "")
    assert "/remove" not in shown
    assert "Kahvit" in (await ask(other, f"{page}?of={LAPLAND}&topic=home"))[1]
    assert "Kahvit" not in (await ask(other, f"{page}?of={SATAKUNTA}"))[1]
    for deed in ("change", "remove"):
        assert (await send(other, f"{own}/{deed}", **post, region=SATAKUNTA, form_secret=theirs))[0] == 404
    assert (
        await send(client, f"{own}/change", **{**post, "title": "Teet"}, region=LAPLAND, form_secret=form)
    )[0] == 303
    assert "Teet" in (await ask(other, own))[1]
    assert (await send(client, f"{own}/remove", form_secret=form))[0] == 303
    assert (await ask(other, own))[0] == 404
