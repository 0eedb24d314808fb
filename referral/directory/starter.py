"""The directory that ships with the program: real, and sourced row by row."""

from importlib.resources import files

from knowledge.model import Atlas, BadData, Catalog
from knowledge.rows import blame, toml
from referral.directory.importers.offer import Services
from referral.directory.importers.sheet import read_sheet
from referral.directory.index import Directory

STARTER = "providers.csv"


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


def load_services() -> Services:
    """The descriptions that rows of a sheet may name, by their key, in every language."""
    return toml(files("knowledge") / "data", "services.toml")
