"""Taking in what a source gave: all of it, in the caller's one transaction, or nothing.

Every offer belongs to one source. Where a source gives an offer under an id that another one has, the
one that is trusted more (``twins.PRECEDENCE``) has it; two of one kind (two sheets) cannot both, and
the second is told so. What shipped with the program gives way to everybody, and to the library directory
altogether. A closed offer is anybody's who says that it is open, but for one that its provider has ended:
that stays ended until the provider or a coordinator takes it back.

- ``compared(connection, delivery) -> Comparison``: what would be done; reads only.
- ``take_in(connection, delivery, found=None) -> Comparison``: does it, unless it is refused. ``found`` is
  what was compared before, outside the transaction that writes, so that nobody waits for the comparing;
  where the directory has changed since, it is compared again.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import BindParameter, Connection, bindparam, select, update

from referral.directory.change import Change, change, is_read_whole
from referral.directory.importers.imported import Imported
from referral.directory.importers.rejected import Rejected
from referral.directory.twins import PRECEDENCE
from referral.model import Offer
from referral.store import checks, left_out, records, sources
from referral.store import offers as stored_offers
from referral.store.database import hold, run_many
from referral.store.directory import trusted_as
from referral.store.offers import as_stored, of_sources, put
from referral.store.revision import raise_it, revision
from referral.store.schema import OFFERS

STARTER = "starter"
"""The source, and the kind, of what ships with the program."""

REPLACES = {"kirkanta": "library-"}
"""Kind -> the beginning of the ids of those starter rows that it takes the place of."""

VOUCHED_FOR = ("sheet",)
"""Kinds whose offers were looked at by the person who hands them in."""

_SOURCE = ("source", "cited", "checked", "confidence")


@dataclass(frozen=True, slots=True)
class Delivery:
    """What a source gave on ``day``. ``whole`` says that it told everything it has: what is missing closes.

    ``records`` are what it said word for word, by its own ids: of what was taken, and of what was left and
    is kept. ``force`` confirms that much may close.
    """

    source: str
    kind: str
    imported: Imported
    day: date
    whole: bool = True
    force: bool = False
    records: Mapping[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Comparison:
    """What a delivery does: the change, which of its offers it only takes over from another source, and how
    many it leaves to one that is trusted more. ``revision`` is that of the directory it was compared with."""

    change: Change
    taken_over: tuple[Offer, ...]
    left: int
    revision: int


def compared(connection: Connection, delivery: Delivery) -> Comparison:
    """What ``delivery`` would do. Nothing is written."""
    number = revision(connection)
    kinds = sources.kinds(connection)
    before = {one.offer.id: one.offer for one in of_sources(connection, [delivery.source])}
    given, others, rejected = _divided(connection, delivery, before, kinds)
    beginning = REPLACES.get(delivery.kind)
    if beginning and delivery.source != STARTER:
        started = (one.offer for one in of_sources(connection, [STARTER]))
        others |= {one.id: one for one in started if one.id.startswith(beginning)}
    compared_with = {**before, **others}
    stored = (as_stored(one) for one in given)
    ended = checks.endings(connection, compared_with)
    stored = (_ended(one, compared_with[one.id]) if one.id in ended else one for one in stored)
    now = tuple(_checked(one, compared_with.get(one.id), delivery) for one in stored)
    imported = replace(delivery.imported, offers=now, rejections=(*delivery.imported.rejections, *rejected))
    done = change(
        compared_with.values(), imported, delivery.day, force=delivery.force, partial=not delivery.whole
    )
    written = {one.id for one in _written(done)}
    taken = tuple(one for one in now if one.id in others and one.id not in written)
    left = len(delivery.imported.offers) - len(given) - len(rejected)
    return Comparison(done, taken, left, number)


def take_in(connection: Connection, delivery: Delivery, found: Comparison | None = None) -> Comparison:
    """Does what ``compared`` says, unless ``change.refused``: then nothing is written."""
    hold(connection, ["directory"])
    is_so_still = found is not None and found.revision == revision(connection)
    comparison = found if found and is_so_still else compared(connection, delivery)
    done = comparison.change
    if done.refused:
        return comparison
    day, source = delivery.day, delivery.source
    is_whole = delivery.whole and is_read_whole(delivery.imported)
    sources.note(connection, source, delivery.kind, day, whole=is_whole)
    put(connection, _written(done), source, day)
    _mark_checked(connection, [*(one.after for one in done.confirmed), *comparison.taken_over], source)
    _note_checks(connection, done, source, day)
    _keep_records(connection, delivery, is_whole=is_whole)
    if not done.is_empty or comparison.taken_over:
        raise_it(connection)
    return comparison


def _keep_records(connection: Connection, delivery: Delivery, *, is_whole: bool) -> None:
    """Keeps what the source said of what was taken, and of what was nearly taken."""
    imported, said = delivery.imported, delivery.records or {}
    left = {one.record for one in imported.left_out}
    theirs = ((id, content) for id, content in said.items() if id not in left)
    records.keep(connection, delivery.source, theirs, delivery.day)
    looked_at = None if is_whole else {one.record for one in imported.choices}
    left_out.keep(connection, delivery.source, imported.left_out, said, delivery.day, looked_at)


def _divided(
    connection: Connection, delivery: Delivery, before: Mapping[str, Offer], kinds: Mapping[str, str]
) -> tuple[list[Offer], dict[str, Offer], list[Rejected]]:
    """The offers that the source may give, those of others that it takes over, and what it may not give."""
    owners = _owners(connection, delivery, before)
    replaced = _replaced(connection, delivery.kind)
    given: list[Offer] = []
    rejected: list[Rejected] = []
    taken: dict[str, str] = {}
    for offer in delivery.imported.offers:
        owner, is_open = owners.get(offer.id, ("", True))
        if offer.id.startswith(replaced):
            continue
        if not owner:
            given.append(offer)
            continue
        rank, other = _rank(delivery.kind), _rank(kinds.get(owner, owner))
        if rank < other or (not is_open and delivery.kind != STARTER):
            given.append(offer)
            taken[offer.id] = owner
        elif rank == other:
            fix = f"Give it an id of its own, or import with --source {owner!r}."
            reason = f"{owner!r} has an offer with this id"
            rejected.append(Rejected(delivery.source, 0, "id", offer.id, reason, fix, offer.id))
    theirs = of_sources(connection, sorted(set(taken.values())))
    return given, {one.offer.id: one.offer for one in theirs if one.offer.id in taken}, rejected


def _owners(
    connection: Connection, delivery: Delivery, before: Mapping[str, Offer]
) -> dict[str, tuple[str, bool]]:
    """By id the source of each offer that another source has, and whether it is open."""
    query = select(OFFERS.c.id, OFFERS.c.source, OFFERS.c.valid_until).where(
        OFFERS.c.source != delivery.source
    )
    day = delivery.day.isoformat()
    return {
        row.id: (row.source, not row.valid_until or row.valid_until >= day)
        for row in connection.execute(query)
    }


def _replaced(connection: Connection, kind: str) -> tuple[str, ...]:
    """The beginnings of ids that the starter no longer has a say about, because a register has told all."""
    if kind != STARTER:
        return ()
    loaded = {one.kind for one in sources.sources(connection) if one.loaded}
    return tuple(beginning for register, beginning in REPLACES.items() if register in loaded)


def _rank(kind: str) -> int:
    name = trusted_as(kind)
    return PRECEDENCE.index(name) if name in PRECEDENCE else len(PRECEDENCE)


def _checked(offer: Offer, before: Offer | None, delivery: Delivery) -> Offer:
    """With the day on which a person last confirmed it, where the source's own is older or missing.

    Whoever hands in a sheet says that its rows are true: a row that does not say when it was checked was,
    on the day on which it is new or told anew.
    """
    checked, known = offer.source.checked, before and before.source.checked
    if checked is None and delivery.kind in VOUCHED_FOR and not (known and before and _same(offer, before)):
        checked = delivery.day
    elif known and (checked is None or checked < known):
        checked = known
    if checked == offer.source.checked:
        return offer
    return replace(offer, source=replace(offer.source, checked=checked))


def _ended(offer: Offer, before: Offer) -> Offer:
    """With the last day that its provider has told, unless the source tells an earlier one."""
    days = [day for day in (offer.valid_until, before.valid_until) if day]
    return replace(offer, valid_until=min(days, default=None))


def _same(offer: Offer, before: Offer) -> bool:
    """Whether nothing differs but the day of the check."""
    return replace(before, source=offer.source, valid_until=offer.valid_until) == offer


def _written(done: Change) -> tuple[Offer, ...]:
    return (*done.new, *(one.after for one in done.changed), *done.opened, *done.closed)


def _mark_checked(connection: Connection, confirmed: Iterable[Offer], source: str) -> None:
    """Writes where the facts come from, and since when, of offers that are otherwise as they were."""
    rows = [
        {"of": row["id"], **{f"new_{name}": row[name] for name in _SOURCE}}
        for row in (stored_offers.row_of(one, source, date(1970, 1, 1)) for one in confirmed)
    ]
    told: dict[str, BindParameter[str]] = {name: bindparam(f"new_{name}") for name in _SOURCE}
    run_many(connection, update(OFFERS).where(OFFERS.c.id == bindparam("of")).values(**told), rows)


def _note_checks(connection: Connection, done: Change, source: str, day: date) -> None:
    seen = [*(one.id for one in done.new), *(one.after.id for one in done.confirmed)]
    checks.forget_older(connection, seen, day)
    checks.note(connection, seen, day, checks.SOURCE, checks.TRUE)
    differing = [*(one.after.id for one in done.changed), *(one.id for one in done.opened)]
    checks.note(connection, differing, day, checks.SOURCE, checks.CHANGED)
    checks.note(connection, [one.id for one in done.closed], day, checks.SOURCE, checks.CLOSED)
