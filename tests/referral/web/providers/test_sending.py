"""What providers send, in both databases: once each, signed, and undone together where something fails."""

from dataclasses import replace
from functools import partial

from sqlalchemy import Connection

from referral.directory.submission import Submission
from referral.store import offers, provider_links, submissions
from referral.store.database import Database
from referral.store.submissions import ACCEPTED
from referral.web import provider_link
from referral.web.provider_link import LINK_DAYS, PATH
from referral.web.providers import sending
from referral.web.providers.sending import Own
from tests.referral.supply import MONDAY, atlas
from tests.referral.web.providers.test_filled import sound

TODAY = MONDAY.date()


async def send(database: Database, submission: Submission) -> str:
    """The token of the link."""
    link = await database.write(partial(sending.send, submission=submission, atlas=atlas(), today=TODAY))
    return link.removeprefix(PATH)


async def own(database: Database, token: str) -> Own:
    found = await database.read(partial(sending.find, token=token))
    assert found
    return found


async def test_a_link_leads_to_what_was_sent(database: Database) -> None:
    token = await send(database, sound())
    found = await own(database, token)
    assert found.sent
    assert found.sent.submission == sound()
    assert found.offers == ()
    assert (found.link.expires - TODAY).days == LINK_DAYS
    assert found.link.is_good(TODAY)


async def test_the_same_is_sent_once(database: Database) -> None:
    tokens = {await send(database, sound()) for _ in range(3)}
    assert len(tokens) == 3
    assert len(await database.read(submissions.waiting)) == 1


async def test_only_the_whole_link_opens(database: Database) -> None:
    token = await send(database, sound())
    id, _, seal = token.rpartition(".")
    for wrong in (
        id,
        seal,
        f"{id}.",
        f".{seal}",
        f"{id}.{seal}0",
        f"{id}x.{seal}",
        "",
        ".",
        f"{id}.{'ä' * 32}",
    ):
        assert await database.read(partial(sending.find, token=wrong)) is None


async def test_before_the_first_link_no_link_opens(database: Database) -> None:
    assert await database.read(partial(sending.find, token=f"{'a' * 22}.{'0' * 32}")) is None


async def test_another_servers_links_do_not_open(database: Database) -> None:
    def foreign(connection: Connection) -> str:
        id = provider_links.make(connection, "offer", TODAY)
        return f"{id}.{'0' * 32}"

    token = await database.write(foreign)
    assert await database.read(partial(provider_link.id_of, token=token)) == ""


async def test_after_accepting_the_link_leads_to_the_offers(database: Database) -> None:
    token = await send(database, sound())
    (waits,) = await database.read(submissions.waiting)
    ids = await database.write(
        partial(submissions.decide, id=waits.id, state=ACCEPTED, by="c", reason="", day=TODAY)
    )
    found = await own(database, token)
    assert [stored.offer.id for stored in found.offers] == list(ids)
    assert found.offer_id == ids[0]
    assert await database.write(partial(sending.confirm, own=found, today=TODAY))
    assert await database.write(partial(sending.end, own=found, last=TODAY, today=TODAY))
    ended = await database.read(partial(offers.find, id=ids[0]))
    assert ended
    assert ended.offer.valid_until == TODAY


async def test_a_change_takes_the_place_of_the_one_that_waits(database: Database) -> None:
    token = await send(database, sound())
    for name in ("Yksi", "Kaksi"):
        told = replace(sound(), names={"fi": name})
        assert await database.write(
            partial(
                sending.change, own=await own(database, token), submission=told, atlas=atlas(), today=TODAY
            )
        )
    (waits,) = await database.read(submissions.waiting)
    assert waits.submission.names == {"fi": "Kaksi"}


async def test_nothing_can_be_done_to_what_is_not_there(database: Database) -> None:
    token = await send(database, sound())
    found = await own(database, token)
    assert not await database.write(partial(sending.confirm, own=found, today=TODAY))
    assert not await database.write(partial(sending.end, own=found, last=TODAY, today=TODAY))
