"""The records of a source as it gave them: those that offers are made of, and those nearly taken."""

import json
from collections.abc import Mapping, Sequence

from referral.directory.importers.imported import File
from referral.directory.importers.record import called, every

IDS = ("id", "contentId")
"""What registers call the id of a record."""


def raw_records(files: Sequence[File], wanted: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """By its own id the JSON of each record whose id is ``wanted``; {} of sheets, which have none.

    ``wanted`` says by that id which further records belong to it (by theirs): where the files hold any, the
    JSON is a list, the record first. A file is read again, one after another: a whole register at once
    would fill the memory.
    """
    ids = {*wanted, *(part for parts in wanted.values() for part in parts)}
    found: dict[str, str] = {}
    for file in files if ids else ():
        for _, raw in every(file.content, file.name, []):
            if (id := called(raw, *IDS)) in ids:
                found[id] = json.dumps(raw, ensure_ascii=True, separators=(",", ":"))
    return {
        id: _with(found[id], [found[part] for part in parts if part in found])
        for id, parts in wanted.items()
        if id in found
    }


def _with(record: str, parts: Sequence[str]) -> str:
    return f"[{','.join((record, *parts))}]" if parts else record
