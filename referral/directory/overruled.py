"""What coordinators have decided about single records of a register, put into what was imported.

Whether a record is taken at all is decided while it is read (``Means.overruled``). What a record that is
taken serves, and in which form, is put right here. An offer belongs to a record whose id is in its own.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from referral.directory.importers.area import Lookup
from referral.directory.importers.imported import Imported
from referral.directory.importers.offer import slug
from referral.directory.importers.rejected import Unfit
from referral.model import Form, Offer


@dataclass(frozen=True, slots=True)
class Correction:
    """What a record serves (ids of needs or groups, or "all"), and its form; "" for what stays as it is."""

    serves: str = ""
    form: str = ""


def corrected(imported: Imported, corrections: Mapping[str, Correction], names: Lookup) -> Imported:
    """``imported`` with ``corrections``, by the source's own id of the record.

    A need or a form that is not known any longer corrects nothing.
    """
    wanted = {f"-{slug(record)}-": one for record, one in corrections.items() if one.serves or one.form}
    if not wanted:
        return imported
    return replace(imported, offers=tuple(_corrected(offer, wanted, names) for offer in imported.offers))


def _corrected(offer: Offer, wanted: Mapping[str, Correction], names: Lookup) -> Offer:
    for part, correction in wanted.items():
        if part in f"{offer.id}-":
            needs = _served(correction.serves, offer, names)
            form = Form(correction.form) if correction.form in tuple(Form) else offer.form
            return replace(offer, needs=needs, form=form)
    return offer


def _served(serves: str, offer: Offer, names: Lookup) -> frozenset[str]:
    try:
        return names.served(serves, offer.role) if serves else offer.needs
    except Unfit:
        return offer.needs
