"""What providers have sent and a coordinator decides on; nothing of it is public before that.

- ``save_submission(connection, submission, region, day, offer="") -> str``: its id; its state is WAITING.
  ``offer`` is the id of the offer that it changes, "" for a new one. ``region`` is that of ``region_of``.
- ``waiting(connection, region="") -> tuple[Waiting, ...]``: of one region, or of all; the oldest first.
- ``find(connection, id) -> Waiting | None``: in whatever state.
- ``decide(connection, id, state, by, reason, day) -> tuple[str, ...]``: ACCEPTED puts its offers into the
  directory (source "provider") and raises the revision, all in the caller's transaction; gives their ids.
  REFUSED gives (). Raises ``NotWaiting`` where there is no such submission or it has been decided.
- ``change(connection, id, submission, region)``: a coordinator puts right what waits. Raises ``NotWaiting``.
- ``forget_emails(connection, day)``: takes away the addresses of what was decided before ``day``.
- ``forget_email(connection, id)``: takes away the address that was given.
- ``expire(connection, today)``: takes away the addresses of what was decided a while ago.
"""

import json
import secrets
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Row, select, update

from referral.directory.course import Course
from referral.directory.submission import Submission
from referral.directory.submission_offers import offers_of
from referral.hours import HELSINKI
from referral.model import Coverage, Form
from referral.store import checks, offers, sources
from referral.store.database import hold
from referral.store.offers import day_of, whole_day
from referral.store.revision import raise_it
from referral.store.schema import SUBMISSIONS

WAITING, ACCEPTED, REFUSED = "waiting", "accepted", "refused"
PROVIDER = "provider"
"""The source to which offers belong that their providers tell of themselves."""


EMAIL_DAYS = 30
"""How long after the decision somebody may still have to be written to about it."""


class NotWaiting(Exception):
    """A submission that cannot be decided: there is none of this id, or somebody has decided already."""

    code = "not_waiting"

    def __init__(self) -> None:
        super().__init__(
            "This has been decided already, or it is not there any more. Look at the list again."
        )


@dataclass(frozen=True, slots=True)
class Waiting:
    """A submission with its state. ``offer`` is the id of the offer that it changes (or, accepted, the ids
    of those it became, parted by spaces); ``by``, ``reason`` and ``decided`` are empty while it waits."""

    id: str
    region: str
    state: str
    submission: Submission
    offer: str
    sent: date
    by: str = ""
    reason: str = ""
    decided: date | None = None


def save_submission(
    connection: Connection, submission: Submission, region: str, day: date, offer: str = ""
) -> str:
    """Keeps what was sent until somebody decides; gives its id."""
    id = secrets.token_urlsafe(12)
    row = {
        "id": id,
        "region": region,
        "state": WAITING,
        "content": to_json(submission),
        "email": submission.email,
        "offer": offer,
        "by": "",
        "reason": "",
        "sent": whole_day(day),
        "decided": 0,
    }
    connection.execute(SUBMISSIONS.insert(), row)
    return id


def waiting(connection: Connection, region: str = "") -> tuple[Waiting, ...]:
    """What waits for a decision, the oldest first; () where nothing does."""
    query = select(SUBMISSIONS).where(SUBMISSIONS.c.state == WAITING)
    if region:
        query = query.where(SUBMISSIONS.c.region == region)
    ordered = query.order_by(SUBMISSIONS.c.sent, SUBMISSIONS.c.id)
    return tuple(_read(row) for row in connection.execute(ordered))


def find(connection: Connection, id: str) -> Waiting | None:
    """The submission with this id; None where there is none."""
    found = connection.execute(select(SUBMISSIONS).where(SUBMISSIONS.c.id == id)).one_or_none()
    return None if found is None else _read(found)


def decide(connection: Connection, id: str, state: str, by: str, reason: str, day: date) -> tuple[str, ...]:
    """Accepts or refuses a submission, once; ``by`` is the id of the coordinator, ``reason`` may be ""."""
    if state not in (ACCEPTED, REFUSED):
        raise ValueError(state)
    hold(connection, ["directory"])
    found = find(connection, id)
    if found is None or found.state != WAITING:
        raise NotWaiting
    ids = _accept(connection, found, day) if state == ACCEPTED else ()
    decision = {"state": state, "by": by, "reason": reason, "decided": whole_day(day)}
    if ids:
        decision["offer"] = " ".join(ids)
    connection.execute(update(SUBMISSIONS).where(SUBMISSIONS.c.id == id).values(decision))
    return ids


def change(connection: Connection, id: str, submission: Submission, region: str) -> None:
    """Puts what a coordinator has corrected in the place of what was sent; its address stays as it is."""
    hold(connection, ["directory"])
    found = find(connection, id)
    if found is None or found.state != WAITING:
        raise NotWaiting
    corrected = {"content": to_json(submission), "region": region}
    connection.execute(update(SUBMISSIONS).where(SUBMISSIONS.c.id == id).values(corrected))


def forget_emails(connection: Connection, day: date) -> None:
    """Takes away the e-mail addresses of submissions that were decided before ``day``."""
    old = (SUBMISSIONS.c.decided > 0) & (SUBMISSIONS.c.decided < whole_day(day)) & (SUBMISSIONS.c.email != "")
    connection.execute(update(SUBMISSIONS).where(old).values(email=""))


def forget_email(connection: Connection, id: str) -> None:
    """Takes away the e-mail address of a submission."""
    connection.execute(update(SUBMISSIONS).where(SUBMISSIONS.c.id == id).values(email=""))


def expire(connection: Connection, today: date) -> None:
    """Takes away the e-mail addresses of what was decided ``EMAIL_DAYS`` ago or earlier."""
    old = (SUBMISSIONS.c.state != WAITING) & (SUBMISSIONS.c.decided <= whole_day(today) - EMAIL_DAYS)
    connection.execute(update(SUBMISSIONS).where(old, SUBMISSIONS.c.email != "").values(email=""))


def to_json(submission: Submission) -> str:
    """What was sent as JSON, without the e-mail address, which has a column of its own."""
    told = {name: value for name, value in asdict(submission).items() if name != "email"}
    return json.dumps(told, default=datetime.isoformat)


def from_json(content: str, email: str) -> Submission:
    """What ``to_json`` wrote. Raises ValueError, KeyError or TypeError for anything else."""
    told: Mapping[str, Any] = json.loads(content)
    listed = {name: tuple(told[name]) for name in ("needs", "languages")}
    coverage = told["coverage"]
    covered = Coverage(coverage["national"], tuple(coverage["regions"]), tuple(coverage["municipalities"]))
    forms = tuple(Form(one) for one in told["forms"])
    course = _course(told["course"]) if told.get("course") else None
    read = {"coverage": covered, "forms": forms, "email": email, "course": course}
    return Submission(**{**told, **listed, **read})


def _course(told: Mapping[str, Any]) -> Course:
    moments = {
        name: datetime.fromisoformat(told[name]).astimezone(HELSINKI) if told[name] else None
        for name in ("starts", "ends", "enrol_until")
    }
    return Course(**{**told, **moments})


def _accept(connection: Connection, found: Waiting, day: date) -> tuple[str, ...]:
    before = offers.find(connection, found.offer) if found.offer else None
    made = offers_of(found.submission, day, before.offer if before else None)
    ids = tuple(one.id for one in made)
    sources.note(connection, PROVIDER, PROVIDER, day)
    offers.put(connection, made, PROVIDER, day)
    for one in ids:
        checks.take_ending_back(connection, one)
    checks.note(connection, ids, day, checks.PROVIDER, checks.CHANGED)
    raise_it(connection)
    return ids


def _read(row: Row[Any]) -> Waiting:
    return Waiting(
        id=row.id,
        region=row.region,
        state=row.state,
        submission=from_json(row.content, row.email),
        offer=row.offer,
        sent=day_of(row.sent),
        by=row.by,
        reason=row.reason,
        decided=day_of(row.decided) if row.decided else None,
    )
