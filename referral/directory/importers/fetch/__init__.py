"""Fetching: the pages of a source, asked for over HTTP and kept as files for the import to read.

It is three things, and they are kept apart. Which page is asked for next follows from the answers so far
(``itinerary``, and one way through each source: ``feeds``, ``ptv``). What to do without an answer follows
from the failure (``patience``). Both are values and plain functions; ``network`` asks, ``folder`` keeps.

A broken journey is taken up again by walking it again: pages that are in the folder are read instead of
asked for, and where they end the asking begins.
"""

from referral.directory.importers.fetch.folder import BadFolder, Manifest, Pages, manifest_of, pages_of

__all__ = ["BadFolder", "Manifest", "Pages", "manifest_of", "pages_of"]
