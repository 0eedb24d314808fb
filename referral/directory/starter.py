"""The directory that ships with the program: real, and sourced row by row."""

from hashlib import sha256
from importlib.resources import files

from knowledge.model import Atlas, BadData, Catalog
from knowledge.rows import blame, toml
from referral.directory.importers.offer import Services
from referral.directory.importers.sheet import read_sheet
from referral.directory.index import Directory

STARTER = "providers.csv"
SERVICES = "services.toml"

READ_AS = "1"
"""To be raised when the same sheet makes other offers than before."""


def load_directory(catalog: Catalog, atlas: Atlas, content: bytes | None = None) -> Directory:
    """The directory of the sheet ``content``, or of the starter sheet where None is given.

    Raises BadData for the first row that cannot be used: our own sheet has to be sound as a whole.
    """
    data = files("knowledge") / "data"
    if content is None:
        with blame(STARTER, "all"):
            content = (data / STARTER).read_bytes()
    sheet = read_sheet(content, STARTER, catalog, atlas, load_services())
    for wrong in sheet.rejections:
        raise BadData(wrong.source, wrong.row, f"{wrong.field or 'row'}: {wrong.reason}")
    return Directory.of(sheet.offers, atlas)


def starter_digest() -> str:
    """Tells one version of what ships from another: the sheet, the descriptions, and how they are read."""
    data = files("knowledge") / "data"
    with blame(STARTER, "all"):
        contents = (READ_AS.encode(), (data / STARTER).read_bytes(), (data / SERVICES).read_bytes())
    return sha256(b"\0".join(contents)).hexdigest()


def load_services() -> Services:
    """The descriptions that rows of a sheet may name, by their key, in every language."""
    return toml(files("knowledge") / "data", SERVICES)
