"""The files that a page loads: read once, served from memory, named by their content.

The address of a file carries a digest of it, so that a browser may keep it for ever and still gets the
new one with the next release.
"""

from dataclasses import dataclass
from hashlib import sha256
from importlib.resources import files

_TYPES = {"css": "text/css", "js": "text/javascript", "svg": "image/svg+xml"}


@dataclass(frozen=True, slots=True)
class Asset:
    """A file's bytes, its type, and the address that pages give."""

    body: bytes
    content_type: str
    url: str


def load(*packages: str) -> dict[str, Asset]:
    """Every file of the static folders of ``packages`` and of this one, by its name."""
    return {
        path.name: _asset(path.name, path.read_bytes())
        for package in (__package__, *packages)
        for path in files(package).joinpath("static").iterdir()
    }


def _asset(name: str, body: bytes) -> Asset:
    digest = sha256(body).hexdigest()[:12]
    return Asset(body, _TYPES[name.rpartition(".")[2]], f"/static/{name}?v={digest}")
