"""What is kept until it is sent, over both databases."""

from dataclasses import replace
from datetime import timedelta

from bot.said import Said, SaidReply
from bot.service import Service
from referral.store.database import Database
from referral.store.schema import TURNS
from tests import tiny
from tests.bot.told import heard


async def test_what_is_to_be_sent_is_kept_until_it_is_sent(service: Service, database: Database) -> None:
    await service.hear(heard("a"), address="chat 7")
    await service.hear(heard("b"), address="chat 7")
    await service.hear(heard("c", conversation="c2"))
    (waiting,) = await service.unsent()
    assert (waiting.address, waiting.replies[0].text) == ("chat 7", "1: a")
    await service.sent(waiting.mark)
    await service.sent(waiting.mark)
    assert [turn.replies[0].text for turn in await service.unsent()] == ["2: b"]
    addresses = await database.read(lambda connection: connection.execute(TURNS.select()).all())
    assert sorted(row.address for row in addresses) == ["", "", "chat 7"]


async def test_an_address_with_much_to_be_sent_hides_no_other(service: Service) -> None:
    for turn in "abcde":
        await service.hear(heard(turn), address="chat 7")
    await service.hear(heard("f", conversation="c2"), address="chat 8")
    waiting = await service.unsent(limit=2)
    assert {(turn.address, turn.replies[0].text) for turn in waiting} == {
        ("chat 7", "1: a"),
        ("chat 8", "1: f"),
    }
    assert [turn.address for turn in await service.unsent(but=("chat 7",))] == ["chat 8"]


async def test_a_farewell_is_sent_before_what_comes_after_it(service: Service, clock: tiny.Clock) -> None:
    """Though the clock went back a day in between."""
    for turn in "abc":
        await service.hear(heard(turn), address="chat 7")
    await service.hear(heard("d", "forget"), address="chat 7")
    clock.now += timedelta(hours=1)
    for turn in "ef":
        await service.hear(heard(turn), address="chat 7")
        clock.now -= timedelta(days=1)
    sent = []
    while waiting := await service.unsent():
        sent += [reply.text for turn in waiting for reply in turn.replies]
        for turn in waiting:
            await service.sent(turn.mark, len(turn.replies))
    assert sent == ["4: d", "1: e", "2: f"]


async def test_an_answer_is_cut_into_what_is_sent_in_one_piece(service: Service) -> None:
    def arrange(said: Said) -> Said:
        return replace(said, replies=tuple(SaidReply(word) for word in said.replies[0].text.split()))

    await service.hear(heard("a"), address="chat 7", arrange=arrange)
    (waiting,) = await service.unsent()
    assert [reply.text for reply in waiting.replies] == ["1:", "a"]
    await service.sent(waiting.mark)
    (waiting,) = await service.unsent()
    assert [reply.text for reply in waiting.replies] == ["a"]
