"""Accounts, invitations, sessions, tokens, codes, the record and practices, on both databases."""

import asyncio
from datetime import date, timedelta

from referral.accounts.roles import Assignment, Role
from referral.store import accounts, api_tokens, audit, invitations, practices, recovery_codes, sessions
from referral.store.invitations import Invitation
from referral.store.practices import Practice

DAY = date(2026, 11, 22)
EMAIL = "lappi@example.org"


def joined(connection, email=EMAIL):
    id = accounts.add(connection, email)
    accounts.set_secrets(connection, id, "a hash", "a secret", 5)
    return id


async def test_an_account_opens_nothing_before_its_invitation_is_used(database):
    def work(connection):
        id = accounts.add(connection, f"  {EMAIL.upper()} ")
        before = accounts.find(connection, EMAIL)
        accounts.set_secrets(connection, id, "a hash", "a secret", 5)
        return before, accounts.by_id(connection, id), accounts.find(connection, "nobody@example.org")

    before, after, nobody = await database.write(work)
    assert (before.is_open, after.is_open, after.email, after.step, nobody) == (False, True, EMAIL, 5, None)


async def test_a_step_is_used_once_also_by_two_at_the_same_moment(database):
    id = await database.write(joined)
    tries = [database.write(lambda connection: accounts.use_step(connection, id, 6)) for _ in range(5)]
    assert sorted(await asyncio.gather(*tries)) == [False, False, False, False, True]
    assert not await database.write(lambda connection: accounts.use_step(connection, id, 5))


async def test_an_invitation_is_used_once_also_by_two_at_the_same_moment(database):
    def work(connection):
        invitations.invite(connection, "link", Invitation(EMAIL, "regional", "19", DAY))

    await database.write(work)
    tries = [database.write(lambda connection: invitations.use(connection, "link", DAY)) for _ in range(5)]
    assert sorted(await asyncio.gather(*tries)) == [False, False, False, False, True]
    used = await database.read(lambda connection: invitations.find(connection, "link"))
    assert used == Invitation(EMAIL, "regional", "19", DAY, DAY)
    assert not used.is_good(DAY)


async def test_a_new_invitation_ends_the_earlier_one_and_each_ends_with_its_last_day(database):
    def work(connection):
        for link in ("first", "second"):
            invitations.invite(connection, link, Invitation(EMAIL, "", "", DAY))
        first = invitations.find(connection, "first")
        late = invitations.use(connection, "second", DAY + timedelta(days=1))
        waiting = invitations.waiting(connection, EMAIL)
        invitations.forget_before(connection, DAY + timedelta(days=1))
        return first, late, waiting, invitations.find(connection, "second")

    assert await database.write(work) == (None, False, DAY, None)


async def test_sessions_begin_and_end(database):
    def work(connection):
        for token in ("one", "two", "three"):
            sessions.begin(connection, token, "aino", "form", 1000)
        sessions.seen(connection, "two", 2000)
        seen = sessions.find(connection, "two")
        sessions.end(connection, "one")
        left = sessions.count(connection, "aino")
        sessions.end_all(connection, "aino", but="two")
        sessions.forget_over(connection, 2000 + 1799)
        kept = sessions.find(connection, "two")
        sessions.forget_over(connection, 2000 + 1800)
        return (
            seen.seen,
            left,
            kept == seen,
            sessions.find(connection, "two"),
            sessions.find(connection, "three"),
        )

    assert await database.write(work) == (2000, 2, True, None, None)


async def test_closing_takes_everything_away(database):
    def work(connection):
        id = joined(connection)
        sessions.begin(connection, "cookie", id, "form", 1000)
        api_tokens.make(connection, "token", id, "report", "export:read", "", DAY, DAY)
        recovery_codes.replace_all(connection, id, ["digest"])
        invitations.invite(connection, "link", Invitation(EMAIL, "", "", DAY))
        accounts.assign(connection, id, Assignment(Role.REGIONAL, "19", DAY))
        accounts.close(connection, id, DAY)
        found = accounts.by_id(connection, id)
        left = (
            sessions.find(connection, "cookie"),
            api_tokens.find(connection, "token"),
            recovery_codes.left(connection, id),
            invitations.find(connection, "link"),
        )
        accounts.forget_closed_before(connection, DAY)
        kept = accounts.by_id(connection, id)
        accounts.forget_closed_before(connection, DAY + timedelta(days=1))
        return (
            found,
            left,
            kept == found,
            accounts.by_id(connection, id),
            accounts.assignments(connection, id),
        )

    found, left, kept, gone, tasks = await database.write(work)
    assert (found.password, found.totp, found.closed, found.is_open) == ("", "", DAY, False)
    assert left == (None, None, 0, None)
    assert (kept, gone, tasks) == (True, None, ())


async def test_new_secrets_end_what_the_old_ones_opened(database):
    def work(connection):
        id = joined(connection)
        sessions.begin(connection, "cookie", id, "form", 1000)
        api_tokens.make(connection, "token", id, "report", "export:read", "", DAY, DAY)
        accounts.set_secrets(connection, id, "other", "other", 9)
        return sessions.find(connection, "cookie"), api_tokens.find(connection, "token")

    assert await database.write(work) == (None, None)


async def test_assignments_are_given_ended_and_taken_back(database):
    later, last = DAY + timedelta(days=30), DAY + timedelta(days=10)

    def work(connection):
        id = joined(connection)
        accounts.assign(connection, id, Assignment(Role.REGIONAL, "19", DAY))
        accounts.assign(connection, id, Assignment(Role.REGIONAL, "19", DAY, later))
        accounts.assign(connection, id, Assignment(Role.REGIONAL, "19", later))
        accounts.assign(connection, id, Assignment(Role.REGIONAL, "04", DAY))
        ended = accounts.unassign(connection, id, Role.REGIONAL, "19", last)
        again = accounts.unassign(connection, id, Role.REGIONAL, "19", last)
        return ended, again, accounts.assignments(connection, id)

    ended, again, left = await database.write(work)
    assert ended > 0
    assert again == 0
    assert left == (Assignment(Role.REGIONAL, "04", DAY), Assignment(Role.REGIONAL, "19", DAY, last))


async def test_a_token_is_revoked_only_by_its_owner(database):
    def work(connection):
        id = api_tokens.make(connection, "token", "aino", "report", "export:read", "19", DAY, DAY)
        stranger = api_tokens.revoke(connection, "somebody", id, DAY)
        before = api_tokens.find(connection, "token")
        owner = api_tokens.revoke(connection, "aino", id, DAY)
        after = api_tokens.find(connection, "token")
        api_tokens.forget_before(connection, DAY + timedelta(days=1))
        return stranger, before, owner, after, api_tokens.find(connection, "token")

    stranger, before, owner, after, gone = await database.write(work)
    assert gone is None
    assert (stranger, owner) == (False, True)
    assert before.is_good(DAY)
    assert not before.is_good(DAY + timedelta(days=1))
    assert not after.is_good(DAY)


async def test_a_recovery_code_opens_once(database):
    def work(connection):
        recovery_codes.replace_all(connection, "aino", ["one", "two"])
        used = [recovery_codes.use(connection, "aino", digest) for digest in ("one", "one", "three")]
        stranger = recovery_codes.use(connection, "somebody", "two")
        return used, stranger, recovery_codes.left(connection, "aino")

    assert await database.write(work) == ([True, False, False], False, 1)


class Aino:
    coordinator_id = "aino"


async def test_the_record_is_read_newest_first_and_forgotten_in_time(database):
    def work(connection):
        id = joined(connection)
        for moment in (100, 200, 300):
            audit.write_audit(connection, Aino(), "exported", f"file {moment}", "19", "ab" * 32, moment)
        machine = type("Machine", (), {"coordinator_id": ""})()
        audit.write_audit(connection, machine, "invited", id, "", "", 400)
        everything = audit.audit(connection)
        page = audit.audit(connection, "aino", most=1, before=audit.audit(connection, "aino")[0].id)
        audit.forget_before(connection, 300)
        return everything, page, audit.audit(connection)

    everything, page, left = await database.write(work)
    assert [deed.moment for deed in everything] == [400, 300, 200, 100]
    assert (everything[0].subject, everything[0].email) == (EMAIL, "")
    assert [deed.subject for deed in page] == ["file 200"]
    assert [deed.moment for deed in left] == [400, 300]


async def test_practices_are_shared_changed_and_removed(database):
    words = "Kahvit \0 kylätalolla\nja 'puhelin' <b>mukaan</b> 🙂"

    def work(connection):
        first = practices.share(connection, Practice("19", "home", "Kylillä", words, "fi", "aino", DAY))
        second = practices.share(connection, Practice("04", "other", "Muuta", "x", "sv", "eero", DAY))
        kept = practices.find(connection, first)
        practices.change(connection, first, Practice("19", "remote", "Etänä", "y", "se", "stranger", DAY))
        changed = practices.find(connection, first)
        of_lapland = practices.practices(connection, "19")
        about_home = practices.practices(connection, topic="home")
        practices.remove(connection, second)
        return kept, changed, of_lapland, about_home, practices.practices(connection)

    kept, changed, of_lapland, about_home, left = await database.write(work)
    assert kept.body == words.replace("\0", "")
    assert (changed.title, changed.coordinator, changed.written_in) == ("Etänä", "aino", "se")
    assert (of_lapland, about_home, left) == ((changed,), (), (changed,))


async def test_lines_of_one_second_keep_their_order(database):
    def work(connection):
        for number in range(25):
            audit.write_audit(connection, Aino(), f"deed {number}", "", "", "", 100)
        pages, before = [], ""
        while page := audit.audit(connection, most=7, before=before):
            pages += page
            before = page[-1].id
        return [deed.action for deed in pages]

    assert await database.write(work) == [f"deed {number}" for number in reversed(range(25))]
