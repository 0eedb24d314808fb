"""One record of a source that a coordinator takes against the rules, from what is kept of it."""

from dataclasses import replace

from referral.directory.importers import IMPORTERS
from referral.directory.importers.imported import File, Imported, Means


def taken_singly(kind: str, record: str, content: str, means: Means) -> Imported:
    """What the importer ``kind`` makes of ``content`` where the record with this id is to be taken.

    No offers where what is kept is not enough: a service without its places and phone lines, say. They come
    with the next fetch, which follows what was taken.
    """
    if not content:
        return Imported((), ())
    file = File(record, content.encode())
    return IMPORTERS[kind]([file], replace(means, overruled={record: True}))
