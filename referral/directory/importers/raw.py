"""The records that a source's offers are made of, as the source gave them."""

import json
from collections.abc import Iterable, Sequence

from referral.directory.importers.choosing import Choice
from referral.directory.importers.imported import File
from referral.directory.importers.record import called, every

IDS = ("id", "contentId")
"""What registers call the id of a record."""


def raw_records(files: Sequence[File], choices: Iterable[Choice]) -> dict[str, str]:
    """By its own id the JSON of each record that was taken; {} of sheets, which have none.

    A file is read again, one after another: a whole register at once would fill the memory.
    """
    taken = {choice.record for choice in choices if choice.taken}
    found: dict[str, str] = {}
    for file in files if taken else ():
        for _, raw in every(file.content, file.name, []):
            if (id := called(raw, *IDS)) in taken:
                found[id] = json.dumps(raw, ensure_ascii=True, separators=(",", ":"))
    return found
