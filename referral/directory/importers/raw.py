"""The records of a source as it gave them: those that offers are made of, and those nearly taken."""

import json
from collections.abc import Collection, Sequence

from referral.directory.importers.imported import File
from referral.directory.importers.record import called, every

IDS = ("id", "contentId")
"""What registers call the id of a record."""


def raw_records(files: Sequence[File], wanted: Collection[str]) -> dict[str, str]:
    """By its own id the JSON of each record whose id is ``wanted``; {} of sheets, which have none.

    A file is read again, one after another: a whole register at once would fill the memory.
    """
    found: dict[str, str] = {}
    for file in files if wanted else ():
        for _, raw in every(file.content, file.name, []):
            if (id := called(raw, *IDS)) in wanted:
                found[id] = json.dumps(raw, ensure_ascii=True, separators=(",", ":"))
    return found
