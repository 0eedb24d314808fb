"""``digituki directory export``: the published directory as a file, in the words of HSDS 3.0."""

import argparse
import sys
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

from bot import stored
from bot.settings import Settings
from knowledge.load import load_atlas, load_catalog
from locales.catalogue import Catalogues
from referral.directory.current import Edition
from referral.directory.published import package
from referral.directory.published.feed import Feed
from referral.directory.published.supply import supply
from referral.directory.published.voice import Voice
from referral.directory.starter import load_directory
from referral.web import languages

FORMATS: Mapping[str, Callable[[Feed], bytes]] = {
    "json": package.to_json,
    "csv": package.to_csv_package,
    "xlsx": package.to_workbook,
}


class BadExport(Exception):
    """The file that was asked for cannot be made; the message says why and what to do."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Adds what can be chosen to ``parser``."""
    parser.add_argument("--format", default="json", choices=list(FORMATS), help="csv is a zip file of tables")
    parser.add_argument("--output", default="", help="the file to write; standard output if left out")
    parser.add_argument(
        "--language", default="fi", help="the language of the feed: fi, fi-simple, sv, en or se"
    )


def export(settings: Settings, options: argparse.Namespace, today: date) -> None:
    """Writes what ``options`` say: the directory of the database, or what ships where there is none.

    Raises BadExport, BadData, StoreUnavailable.
    """
    catalog, atlas, catalogues = load_catalog(), load_atlas(), Catalogues.load()
    language = languages.known(options.language, catalogues.languages)
    if not language:
        spoken = ", ".join(map(languages.tag, catalogues.languages))
        raise BadExport(f"There is no language {options.language}. Choose one of {spoken}.")
    edition = stored.look(settings, atlas, today) or Edition(load_directory(catalog, atlas))
    found = supply(edition.directory.rows, edition.origins, catalog, atlas, today)
    try:
        content = FORMATS[options.format](Feed.of(found, Voice(language, catalogues)))
        _write(content, options.output)
    except package.TooLarge as error:
        raise BadExport(f"{error} Take --format csv instead.") from error
    except OSError as error:
        raise BadExport(
            f"{options.output} cannot be written ({error.strerror}). Choose another file."
        ) from error


def _write(content: bytes, output: str) -> None:
    if output:
        Path(output).write_bytes(content)
    else:
        sys.stdout.buffer.write(content)
        sys.stdout.flush()
