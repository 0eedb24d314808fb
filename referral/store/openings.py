"""Points of support that opened or closed in a period, as far as their dates are in the database."""

from datetime import date

from sqlalchemy import Connection, or_

from referral.model import Form, Offer, Role
from referral.store.offers import each, query
from referral.store.schema import OFFERS


def opened_or_closed(connection: Connection, first: date, last: date) -> tuple[Offer, ...]:
    """The declared support in person whose first or last day lies from ``first`` to ``last``, closed offers
    too; () where no such date is known."""
    days = (first.isoformat(), last.isoformat())
    wanted = query().where(
        OFFERS.c.role == Role.SUPPORT.value,
        OFFERS.c.form == Form.IN_PERSON.value,
        or_(OFFERS.c.valid_from.between(*days), OFFERS.c.valid_until.between(*days)),
    )
    return tuple(one.offer for one in each(connection, wanted))
