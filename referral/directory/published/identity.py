"""Identities that stay the same whenever and wherever the directory is published.

HSDS wants a UUID for everything. Ours are of version 5 (RFC 9562): made from a name, so that an import, a
new database or another machine gives the same one. The name is the kind of thing and the id that it has here.
"""

from functools import lru_cache
from hashlib import sha1

NAMESPACE = bytes.fromhex("6a0cbf1e6f5b4c0a9a4be0c7ad4d1f02")
"""Ours: it never changes, because every published identity hangs on it."""


@lru_cache(maxsize=20_000)
def identity(kind: str, id: str) -> str:
    """The UUID of what is called ``id`` among its ``kind`` ("service_at_location")."""
    digest = sha1(NAMESPACE + f"{kind}:{id}".encode(), usedforsecurity=False).digest()[:16]
    number = int.from_bytes(digest)
    number = number & ~(0xF000 << 64) | 5 << 76  # The version.
    number = number & ~(0xC000 << 48) | 0x8000 << 48  # The variant.
    text = f"{number:032x}"
    return f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"
