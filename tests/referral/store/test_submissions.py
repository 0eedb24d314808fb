"""What providers send waits for a coordinator; their links end when they should."""

from datetime import date, timedelta
from functools import partial

import pytest

from referral.directory.submission import Submission
from referral.model import Form
from referral.store import checks, offers, provider_links, sources, submissions
from referral.store.checks import Check
from referral.store.database import Database
from referral.store.revision import revision
from tests.referral.supply import INARI, at, covering, offer

DAY = date(2026, 11, 22)
SENT = Submission(
    organisation="Järven martat ry",
    kind="association",
    names={"fi": "Digikahvila"},
    descriptions={"sv": "Kaffe och hjälp"},
    needs=("kela",),
    forms=(Form.IN_PERSON, Form.REMOTE),
    coverage=covering(INARI),
    languages=("fi", "se"),
    municipality=INARI,
    phone="016 123 456",
    ethical_guidelines=False,
    email="martat@jarvi.example",
)


async def send(database: Database, sent: Submission = SENT, region: str = "19", offer: str = "") -> str:
    return await database.write(lambda c: submissions.save_submission(c, sent, region, DAY, offer))


async def decide(database: Database, id: str, state: str, day: date = DAY) -> tuple[str, ...]:
    return await database.write(lambda c: submissions.decide(c, id, state, "coordinator-1", "", day))


async def test_what_was_sent_waits_in_its_region(database: Database) -> None:
    id = await send(database)
    await send(database, region="01")
    (waiting,) = await database.read(partial(submissions.waiting, region="19"))
    assert (waiting.id, waiting.state, waiting.sent) == (id, submissions.WAITING, DAY)
    assert waiting.submission == SENT
    assert len(await database.read(submissions.waiting)) == 2
    assert await database.read(revision) == 0


async def test_what_is_accepted_is_in_the_directory(database: Database) -> None:
    id = await send(database)
    ids = await decide(database, id, submissions.ACCEPTED)
    assert len(ids) == 2
    for one in ids:
        stored = await database.read(partial(offers.find, id=one))
        assert stored
        assert (stored.source, stored.modified, stored.offer.source.checked) == ("provider", DAY, DAY)
        assert await database.read(partial(checks.history, offer=one)) == (
            Check(DAY, checks.PROVIDER, checks.CHANGED),
        )
    assert await database.read(revision) == 1
    assert await database.read(submissions.waiting) == ()
    assert [one.name for one in await database.read(sources.sources)] == ["provider"]
    found = await database.read(partial(submissions.find, id=id))
    assert found
    assert (found.state, found.by, found.offer.split(), found.decided) == (
        submissions.ACCEPTED,
        "coordinator-1",
        list(ids),
        DAY,
    )


async def test_what_is_refused_is_not(database: Database) -> None:
    id = await send(database)
    assert await decide(database, id, submissions.REFUSED) == ()
    assert await database.read(partial(offers.of_sources, sources=["provider"])) == ()
    assert await database.read(revision) == 0


async def test_nobody_decides_twice(database: Database) -> None:
    id = await send(database)
    await decide(database, id, submissions.REFUSED)
    for one in (id, "no such"):
        with pytest.raises(submissions.NotWaiting):
            await decide(database, one, submissions.ACCEPTED)


async def test_a_provider_changes_its_own_offer(database: Database) -> None:
    before = at("library-1", INARI, form=Form.IN_PERSON, audience=("seniors",))
    await database.write(lambda c: offers.put(c, [before], "starter", DAY - timedelta(days=9)))
    ids = await decide(database, await send(database, offer="library-1"), submissions.ACCEPTED)
    assert ids[0] == "library-1"
    stored = await database.read(partial(offers.find, id="library-1"))
    assert stored
    assert (stored.source, stored.offer.audience, stored.offer.phone) == (
        "provider",
        ("seniors",),
        "016 123 456",
    )


async def test_the_address_can_be_forgotten(database: Database) -> None:
    id = await send(database)
    await database.write(partial(submissions.forget_email, id=id))
    found = await database.read(partial(submissions.find, id=id))
    assert found
    assert found.submission.email == ""


async def test_addresses_are_forgotten_a_while_after_the_decision(database: Database) -> None:
    decided, waits = await send(database), await send(database)
    await decide(database, decided, submissions.REFUSED)

    async def emails(day: date) -> list[str]:
        await database.write(partial(submissions.expire, today=day))
        found = [await database.read(partial(submissions.find, id=id)) for id in (decided, waits)]
        return [one.submission.email for one in found if one]

    assert await emails(DAY + timedelta(days=29)) == [SENT.email, SENT.email]
    assert await emails(DAY + timedelta(days=30)) == ["", SENT.email]


async def test_still_true_makes_an_offer_fresh(database: Database) -> None:
    old = offer("x")
    await database.write(lambda c: offers.put(c, [old], "starter", DAY))
    later = DAY + timedelta(days=30)
    assert await database.write(lambda c: checks.confirm(c, "x", later, checks.PROVIDER))
    assert await database.write(lambda c: checks.confirm(c, "x", DAY, checks.COORDINATOR))
    assert not await database.write(lambda c: checks.confirm(c, "y", later, checks.PROVIDER))
    stored = await database.read(partial(offers.find, id="x"))
    assert stored
    assert stored.offer.source.checked == later
    assert await database.read(partial(checks.history, offer="x")) == (
        Check(later, checks.PROVIDER, checks.TRUE),
        Check(DAY, checks.COORDINATOR, checks.TRUE),
    )
    assert await database.read(revision) == 1  # The second day is older than the first, and changes nothing.


async def test_what_is_closed_is_not_confirmed(database: Database) -> None:
    closed = offer("x", valid_until=DAY - timedelta(days=1))
    await database.write(lambda c: offers.put(c, [closed], "starter", DAY))
    assert not await database.write(lambda c: checks.confirm(c, "x", DAY, checks.PROVIDER))
    assert await database.read(partial(checks.history, offer="x")) == ()


async def test_a_link_is_good_until_it_ends_or_is_revoked(database: Database) -> None:
    ids = [await database.write(lambda c: provider_links.make(c, "x", DAY)) for _ in range(2)]
    assert len(set(ids)) == 2
    link = await database.read(partial(provider_links.find, id=ids[0]))
    assert link
    assert link.is_good(DAY)
    assert not link.is_good(DAY + timedelta(days=1))
    assert await database.write(lambda c: provider_links.revoke(c, ids[0], DAY))
    assert not await database.write(lambda c: provider_links.revoke(c, ids[0], DAY))
    assert not await database.write(lambda c: provider_links.revoke(c, "no such", DAY))
    link = await database.read(partial(provider_links.find, id=ids[0]))
    assert link
    assert not link.is_good(DAY)
    assert await database.read(partial(provider_links.find, id="no such")) is None
    assert len(await database.read(partial(provider_links.of_offer, offer="x"))) == 2
