"""Taking a record against the rules, at once where what is kept of it is enough.

``take(connection, decision, imported) -> tuple[Offer, ...]`` keeps the decision, and puts what was made of
the record into the directory; () where nothing could be, and it comes when the source is fetched again.
"""

import json

from sqlalchemy import Connection

from referral.directory.importers.imported import Imported
from referral.directory.importers.record import Raw
from referral.model import Offer
from referral.store import left_out, sources
from referral.store.imports import Delivery, take_in
from referral.store.overrules import Overrule, overrule


def take(connection: Connection, decision: Overrule, imported: Imported) -> tuple[Offer, ...]:
    """``imported`` is what ``taken_singly`` made of the record. The day is that of the source's last import,
    because that is how old what is kept may be."""
    overrule(connection, decision)
    source = next((one for one in sources.sources(connection) if one.name == decision.source), None)
    kept = left_out.find(connection, decision.source, decision.record)
    if not imported.offers or source is None or kept is None:
        return ()
    delivery = Delivery(
        source.name,
        source.kind,
        imported,
        source.imported,
        whole=False,
        records={decision.record: _alone(kept[1])},
    )
    done = take_in(connection, delivery).change
    return (*done.new, *(one.after for one in done.changed), *done.opened)


def _alone(content: str) -> str:
    """The record without those that are kept with it."""
    found: Raw | list[Raw] = json.loads(content)
    return json.dumps(found[0] if isinstance(found, list) else found, separators=(",", ":"))
