"""The accounts of coordinators, looked after on the machine: invite, list, assign, close, reset.

What is done here is written into the same record as what coordinators do themselves.
"""

import argparse
import secrets
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from urllib.parse import quote

from sqlalchemy import Connection

from bot.settings import Settings
from knowledge.load import load_atlas
from knowledge.model import Atlas
from referral.accounts.action import Action
from referral.accounts.roles import Assignment, Role
from referral.migrations import upgrade
from referral.store import accounts, api_tokens, attempts, invitations, sessions, submissions
from referral.store.accounts import Account
from referral.store.audit import KEPT_DAYS, forget_before, write_audit
from referral.store.database import open_database
from referral.store.invitations import GOOD_DAYS, Invitation

ADDRESS_DAYS = 30
"""How long the e-mail address of a decided submission is kept, so that its sender can be told."""

_DAY = 86400


class BadCoordinator(Exception):
    """What was asked of the accounts cannot be done; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class Machine:
    """Whoever works at the machine itself; there is no account for that."""

    coordinator_id: str = ""


@dataclass(frozen=True, slots=True)
class Desk:
    """What a command works with. ``moment`` is seconds since 1970, ``today`` the day in Helsinki."""

    atlas: Atlas
    today: date
    moment: int
    address: str

    def note(self, connection: Connection, action: Action, id: str, region: str = "") -> None:
        """Writes a line into the record."""
        write_audit(connection, Machine(), action, id, region, "", self.moment)


def add_commands(parser: argparse.ArgumentParser) -> None:
    """Adds invite, list, assign, unassign, close and reset to ``parser``; the chosen one is ``options.what``."""
    commands = parser.add_subparsers(required=True, metavar="what", dest="what")
    invite = commands.add_parser("invite", help="makes an account, and a link that opens it once")
    invite.add_argument("--email", required=True, help="the address by which somebody signs in")
    _task(invite)
    commands.add_parser("list", help="prints every account and its tasks")
    assign = commands.add_parser("assign", help="gives an account one more task")
    assign.add_argument("email")
    _task(assign)
    unassign = commands.add_parser("unassign", help="ends a task")
    unassign.add_argument("email")
    _task(unassign, dates=False)
    unassign.add_argument("--last", default="", help="its last day, 2026-12-31; yesterday if left out")
    close = commands.add_parser("close", help="closes an account at once; nobody is signed in with it")
    close.add_argument("email")
    reset = commands.add_parser("reset", help="makes a new link for who lost the password or the phone")
    reset.add_argument("email")
    for one in (invite, reset):
        one.add_argument("--address", default="", help="the site's address as people see it: https://…")


def _task(parser: argparse.ArgumentParser, dates: bool = True) -> None:
    parser.add_argument("--role", default=Role.REGIONAL.value, choices=[role.value for role in Role])
    parser.add_argument("--region", default="", help="a region's code or name; needed for a regional role")
    if dates:
        parser.add_argument("--since", default="", help="the first day, 2026-12-01; today if left out")
        parser.add_argument("--until", default="", help="the last day; no end if left out")


async def run(settings: Settings, options: argparse.Namespace, now: datetime) -> tuple[str, ...]:
    """Does what ``options`` say; gives the lines to be printed. Raises BadCoordinator, StoreUnavailable."""
    site = getattr(options, "address", "")
    if not site and hasattr(options, "address") and not settings.port:
        raise BadCoordinator(
            "The port is not fixed (DIGITUKI_PORT is 0). Say --address, as people see the site."
        )
    site = site or f"http://{settings.host}:{settings.port}"
    desk = Desk(load_atlas(), now.date(), int(now.timestamp()), site.rstrip("/"))
    async with open_database(settings.database_url) as database:
        await upgrade(database)
        return await database.write(lambda connection: _WORKS[options.what](connection, options, desk))


def invite(connection: Connection, options: argparse.Namespace, desk: Desk) -> tuple[str, ...]:
    """An account with its first task, and the link that opens it."""
    email = accounts.as_compared(options.email)
    name, _, domain = email.partition("@")
    if not name or "." not in domain or not email.isprintable() or len(email) > 254 or " " in email:
        raise BadCoordinator(f'"{options.email}" is not an e-mail address. Write it as name@example.org.')
    task = _assignment(options, desk)
    known = accounts.find(connection, email)
    if known and known.is_open:
        raise BadCoordinator(
            f"{email} has an account already. See: digituki coordinators assign, or reset for a new link."
        )
    id = accounts.add(connection, email)
    accounts.assign(connection, id, task)
    desk.note(connection, Action.INVITED, id, task.region)
    return _link(connection, Invitation(email, task.role.value, task.region, _expiry(desk)), desk)


def reset(connection: Connection, options: argparse.Namespace, desk: Desk) -> tuple[str, ...]:
    """A new link; the present password and app work until it is used."""
    account = _account(connection, options.email)
    if account.closed:
        raise BadCoordinator(f"{account.email} is closed. Invite the address again.")
    desk.note(connection, Action.RESET, account.id)
    return _link(connection, Invitation(account.email, "", "", _expiry(desk)), desk)


def listed(connection: Connection, options: argparse.Namespace, desk: Desk) -> tuple[str, ...]:
    """A line for each account and task, parted by tabs."""
    lines = tuple(
        line for account in accounts.every(connection) for line in _lines(connection, account, desk)
    )
    return lines or ("There are no accounts yet. See: digituki coordinators invite --help",)


def assign(connection: Connection, options: argparse.Namespace, desk: Desk) -> tuple[str, ...]:
    """One more task."""
    account, task = _account(connection, options.email), _assignment(options, desk)
    accounts.assign(connection, account.id, task)
    desk.note(connection, Action.ASSIGNED, account.id, task.region)
    return tuple(_lines(connection, account, desk))


def unassign(connection: Connection, options: argparse.Namespace, desk: Desk) -> tuple[str, ...]:
    """One task less."""
    account, role = _account(connection, options.email), Role(options.role)
    region = _region(options, desk, role)
    last = _day(options.last) or desk.today - timedelta(days=1)
    if not accounts.unassign(connection, account.id, role, region, last):
        raise BadCoordinator(
            f"{account.email} has no such task that goes on. See: digituki coordinators list"
        )
    desk.note(connection, Action.UNASSIGNED, account.id, region)
    return tuple(_lines(connection, account, desk))


def close(connection: Connection, options: argparse.Namespace, desk: Desk) -> tuple[str, ...]:
    """Nobody signs in with it any longer; its address is kept as long as the record of what it did."""
    account = _account(connection, options.email)
    accounts.close(connection, account.id, desk.today)
    desk.note(connection, Action.CLOSED, account.id)
    return (f"{account.email} is closed.",)


_Work = Callable[[Connection, argparse.Namespace, Desk], tuple[str, ...]]
_WORKS: Mapping[str, _Work] = {
    "invite": invite,
    "list": listed,
    "assign": assign,
    "unassign": unassign,
    "close": close,
    "reset": reset,
}


def sweep(connection: Connection, today: date, moment: int) -> None:
    """Deletes sessions, failed attempts, invitations and tokens that are over, what the record has kept long
    enough, and the addresses of those whose submissions were decided a month ago."""
    sessions.forget_over(connection, moment)
    attempts.forget_over(connection, moment)
    invitations.forget_before(connection, today)
    forget_before(connection, moment - KEPT_DAYS * _DAY)
    accounts.forget_closed_before(connection, today - timedelta(days=KEPT_DAYS))
    api_tokens.forget_before(connection, today)
    submissions.forget_emails(connection, today - timedelta(days=ADDRESS_DAYS))


def _link(connection: Connection, invitation: Invitation, desk: Desk) -> tuple[str, ...]:
    token = secrets.token_urlsafe(32)
    invitations.invite(connection, token, invitation)
    return (
        f"{desk.address}/coordinators/invitation/{quote(token)}",
        f"For {invitation.email}. It opens once, until {invitation.expires.isoformat()}. Send it so that "
        "nobody else reads it.",
    )


def _expiry(desk: Desk) -> date:
    return desk.today + timedelta(days=GOOD_DAYS)


def _account(connection: Connection, email: str) -> Account:
    account = accounts.find(connection, email)
    if account is None:
        raise BadCoordinator(f'There is no account "{email}". See: digituki coordinators list')
    return account


def _assignment(options: argparse.Namespace, desk: Desk) -> Assignment:
    role = Role(options.role)
    since, until = _day(options.since) or desk.today, _day(options.until)
    if until and until < since:
        raise BadCoordinator(f"The task would end ({until}) before it begins ({since}).")
    return Assignment(role, _region(options, desk, role), since, until)


def _region(options: argparse.Namespace, desk: Desk, role: Role) -> str:
    asked = options.region.strip().casefold()
    if role is not Role.REGIONAL:
        if asked:
            raise BadCoordinator(f"A {role} coordinator has all regions. Leave --region out.")
        return ""
    for region in desk.atlas.regions.values():
        if asked in (region.code, *(name.casefold() for name in region.names.values())):
            return region.code
    known = ", ".join(f"{region.code} {region.names['fi']}" for region in desk.atlas.regions.values())
    raise BadCoordinator(f"Which region? Give --region and one of: {known}.")


def _day(written: str) -> date | None:
    """The day that was written; None where none was."""
    try:
        return date.fromisoformat(written) if written else None
    except ValueError:
        raise BadCoordinator(f'"{written}" is not a day. Write it as 2026-12-31.') from None


def _lines(connection: Connection, account: Account, desk: Desk) -> Iterator[str]:
    state = _state(connection, account, desk)
    tasks = accounts.assignments(connection, account.id)
    for task in tasks:
        region = desk.atlas.regions.get(task.region)
        where = region.names["fi"] if region else "all regions"
        days = f"{task.since}…{task.until or ''}"
        over = "" if task.holds(desk.today) else "\t(not today)"
        yield f"{account.email}\t{state}\t{task.role.value}\t{where}\t{days}{over}"
    if not tasks:
        yield f"{account.email}\t{state}\tno task"


def _state(connection: Connection, account: Account, desk: Desk) -> str:
    if account.closed:
        return f"closed {account.closed}"
    last = invitations.waiting(connection, account.email)
    if account.is_open:
        return "open" if last is None or last < desk.today else f"open, new link until {last}"
    return f"invited until {last}" if last and last >= desk.today else "invitation over"
