"""From a source's bytes to offers, and rejections with their reasons. ``IMPORTERS`` is all there are."""

from collections.abc import Mapping

from referral.directory.importers.events import events
from referral.directory.importers.hsds import hsds
from referral.directory.importers.imported import Importer
from referral.directory.importers.kirkanta import kirkanta
from referral.directory.importers.ptv import ptv
from referral.directory.importers.sheet import sheet

IMPORTERS: Mapping[str, Importer] = {
    "ptv": ptv,
    "kirkanta": kirkanta,
    "hsds": hsds,
    "sheet": sheet,
    "events": events,
}
"""What a source is called on the command line -> what reads it."""
