"""What is written into the database when a provider sends, confirms, changes or ends what it offers.

Each is one transaction; nothing is public before a coordinator has accepted it, but that something is
still true, or is over, its provider alone can say.
"""

from dataclasses import dataclass, replace
from datetime import date, timedelta

from sqlalchemy import Connection

from knowledge.model import Atlas
from referral.directory.submission import Submission, region_of
from referral.store import checks, offers, provider_links, submissions
from referral.store.database import hold
from referral.store.offers import Stored
from referral.store.revision import raise_it
from referral.store.submissions import ACCEPTED, WAITING, Waiting, to_json
from referral.web import provider_link
from referral.web.provider_link import LINK_DAYS, SUBMISSION

MOST_WAITING = 1000
"""What waits in all; more would only bury the coordinators."""


@dataclass(frozen=True, slots=True)
class Own:
    """What a private link is for.

    ``sent`` is what was sent with it (None where a coordinator made the link for an offer), ``offers`` what
    is in the directory now, and ``waiting`` a change that a coordinator has not looked at yet.
    """

    link: provider_links.ProviderLink
    sent: Waiting | None
    offers: tuple[Stored, ...]
    waiting: Waiting | None

    @property
    def offer_id(self) -> str:
        """The offer that a change changes; "" where none has been accepted yet."""
        return self.offers[0].offer.id if self.offers else ""


def send(connection: Connection, submission: Submission, atlas: Atlas, today: date) -> str:
    """Keeps a submission for the coordinator of its region; gives the path of the provider's own link.

    Sending the same once more is sending it once: only the link is a new one. "" where too much waits.
    """
    hold(connection, ["submissions"])
    all_waiting = submissions.waiting(connection)
    same = next((one for one in all_waiting if _says(one, submission) and not one.offer), None)
    if same is None and len(all_waiting) >= MOST_WAITING:
        return ""
    id = (
        same.id
        if same
        else submissions.save_submission(connection, submission, region_of(submission, atlas), today)
    )
    link = provider_links.make(connection, SUBMISSION + id, today + timedelta(days=LINK_DAYS))
    return provider_link.address(connection, link)


def find(connection: Connection, token: str) -> Own | None:
    """What the link with this token is for, also where it may no longer be used; None where there is none."""
    link = provider_links.find(connection, provider_link.id_of(connection, token))
    if link is None:
        return None
    sent = None
    ids: tuple[str, ...] = (link.offer,)
    if link.offer.startswith(SUBMISSION):
        sent = submissions.find(connection, link.offer.removeprefix(SUBMISSION))
        ids = tuple(sent.offer.split()) if sent and sent.state == ACCEPTED else ()
    stored = tuple(one for id in ids if (one := offers.find(connection, id)) is not None)
    changes = (one for one in submissions.waiting(connection) if one.offer and one.offer in ids)
    return Own(link, sent, stored, next(changes, None))


def confirm(connection: Connection, own: Own, today: date) -> bool:
    """Notes that everything is still true; False where nothing is in the directory any more."""
    noted = 0
    for stored in own.offers:
        noted += checks.confirm(connection, stored.offer.id, today, checks.PROVIDER)
    return noted > 0


def change(connection: Connection, own: Own, submission: Submission, atlas: Atlas, today: date) -> bool:
    """Keeps what the provider tells anew for the coordinator; False where too much waits.

    What still waits is put in the place of what waited.
    """
    region = region_of(submission, atlas)
    hold(connection, ["submissions"])
    before = own.waiting or (own.sent if own.sent and own.sent.state == WAITING else None)
    if before is not None:
        submissions.change(connection, before.id, submission, region)
        return True
    if len(submissions.waiting(connection)) >= MOST_WAITING:
        return False
    submissions.save_submission(connection, submission, region, today, own.offer_id)
    return True


def end(connection: Connection, own: Own, last: date, today: date) -> bool:
    """Ends what is on offer with the day ``last``; False where there is nothing to end."""
    hold(connection, ["directory"])
    for stored in own.offers:
        offers.put(connection, [replace(stored.offer, valid_until=last)], stored.source, today)
        checks.note(connection, [stored.offer.id], today, checks.PROVIDER, checks.CLOSED)
    if own.offers:
        raise_it(connection)
    return bool(own.offers)


def reopen(connection: Connection, own: Own, today: date) -> bool:
    """Takes back that it was ended; False where nothing was."""
    hold(connection, ["directory"])
    ended = [one for one in own.offers if one.offer.valid_until is not None]
    for stored in ended:
        checks.take_ending_back(connection, stored.offer.id)
        offers.put(connection, [replace(stored.offer, valid_until=None)], stored.source, today)
        checks.note(connection, [stored.offer.id], today, checks.PROVIDER, checks.CHANGED)
    if ended:
        raise_it(connection)
    return bool(ended)


def _says(one: Waiting, submission: Submission) -> bool:
    return to_json(one.submission) == to_json(submission)
