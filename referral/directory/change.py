"""What an import would do to the directory, told before anything is done.

A source is compared with what it gave last time, and with nothing else: what other sources say is theirs.
What it no longer has is closed with a date, never deleted, and opens again when it comes back. An import
that would close more than a fifth of a source is more likely a broken source than a fifth of Finland
closing on one day, so it stops until a person says that it is meant.
"""

from collections.abc import Iterable
from dataclasses import dataclass, fields, replace
from datetime import date, timedelta

from referral.directory.importers.imported import Imported
from referral.directory.importers.offer import slug
from referral.directory.importers.rejected import Rejected
from referral.model import Offer

MOST_CLOSED = 0.2
"""The share of a source's open offers that an import may close without being asked again."""


@dataclass(frozen=True, slots=True)
class Changed:
    """An offer that is told differently now: as it was, as it will be, and the fields that differ."""

    before: Offer
    after: Offer
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """What an import does. ``confirmed`` offers only have a newer day of checking. ``closed`` offers hold their last day in ``valid_until``; ``opened`` ones
    were closed and have come back. ``refused`` says that so much would be closed that a person has to
    confirm it: then nothing may be done.
    """

    new: tuple[Offer, ...]
    changed: tuple[Changed, ...]
    confirmed: tuple[Changed, ...]
    opened: tuple[Offer, ...]
    closed: tuple[Offer, ...]
    same: int
    rejected: tuple[Rejected, ...]
    refused: bool

    @property
    def is_empty(self) -> bool:
        """Whether the directory stays as it is."""
        return not (self.new or self.changed or self.confirmed or self.opened or self.closed)


def change(
    before: Iterable[Offer], imported: Imported, day: date, *, force: bool = False, partial: bool = False
) -> Change:
    """What ``imported`` does to ``before``, the offers that this source gave earlier, closed ones too.

    ``day`` is the day of the import: what is gone was there until the day before. ``partial`` says that
    the source only told what has changed (a delta, one page of many): then nothing is closed. What was
    rejected is not gone, it is badly told: an offer whose row or record has a fault stays as it was, and
    where a whole file could not be read nothing is closed.
    """
    known = {offer.id: offer for offer in before}
    now = {offer.id: offer for offer in imported.offers}
    new = [offer for id, offer in now.items() if id not in known]
    opened = [offer for id, offer in now.items() if id in known and _is_closed(known[id], day, offer)]
    reopened = {offer.id for offer in opened}
    differing_ones = [
        Changed(known[id], offer, differing)
        for id, offer in now.items()
        if id in known and id not in reopened and (differing := _differing(known[id], offer))
    ]
    open_before = [offer for offer in known.values() if not _has_ended(offer, day)]
    gone = [one for one in open_before if one.id not in now and not _is_held(one.id, imported.rejections)]
    partial = partial or not is_read_whole(imported)
    closed = [] if partial else [replace(one, valid_until=day - timedelta(days=1)) for one in gone]
    too_many = len(closed) > MOST_CLOSED * len(open_before)
    return Change(
        tuple(new),
        tuple(one for one in differing_ones if one.fields != ("source",)),
        tuple(one for one in differing_ones if one.fields == ("source",)),
        tuple(opened),
        tuple(closed),
        len(now) - len(new) - len(opened) - len(differing_ones),
        imported.rejections,
        refused=too_many and not force,
    )


def is_read_whole(imported: Imported) -> bool:
    """Whether every file of the source could be read: faults of single records and cells do not matter."""
    return not any(not (one.record or one.field) and one.row <= 1 for one in imported.rejections)


def applied(before: Iterable[Offer], done: Change) -> tuple[Offer, ...]:
    """The offers of the source after ``done``, closed ones too. Raises ValueError for a refused change."""
    if done.refused:
        raise ValueError("a change that closes this much has to be confirmed")
    after: dict[str, Offer] = {offer.id: offer for offer in before}
    touched = (
        *done.new,
        *(one.after for one in (*done.changed, *done.confirmed)),
        *done.opened,
        *done.closed,
    )
    return tuple({**after, **{offer.id: offer for offer in touched}}.values())


def _has_ended(offer: Offer, day: date) -> bool:
    """Whether it is closed already, or was a course that is over."""
    is_over = offer.ends is not None and offer.ends.date() < day
    return is_over or (offer.valid_until is not None and offer.valid_until < day)


def _is_closed(known: Offer, day: date, now: Offer) -> bool:
    return known.valid_until is not None and known.valid_until < day and not _has_ended(now, day)


def _differing(before: Offer, after: Offer) -> tuple[str, ...]:
    """The fields that differ, in the order of the type."""
    if before == after:
        return ()
    return tuple(one.name for one in fields(Offer) if getattr(before, one.name) != getattr(after, one.name))


def _is_held(id: str, rejections: Iterable[Rejected]) -> bool:
    """Whether an offer comes from what was rejected as a whole: the id of a sheet's row, or a part of
    the offer's id where a record of a register could not be read."""
    return any(
        one.record == id or (not one.field and f"-{slug(one.record)}-" in f"{id}-")
        for one in rejections
        if one.record
    )
