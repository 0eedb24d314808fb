"""Keeps the catalogues true to the code: run by ``make check`` (and ``make catalogues`` to update them).

It collects every sentence that the code can say, and tells which catalogue lacks one, has one that
nobody says, names a blank that does not exist, or lacks a plural form. ``msgfmt --check`` looks once
more where gettext is installed. English needs no words of its own: the sentences are English.
"""

import argparse
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

LOCALES = Path(__file__).parent
PROJECT = LOCALES.parent
PACKAGES = ("bot", "referral", "knowledge", "locales")
COORDINATORS = ("referral/web/coordinators/", "referral/demand/", "referral/situation/")
"""Where only coordinators are spoken to: their pages, and the files that they take along."""

DOMAINS = ("digituki", "coordinators")
"""What citizens read, and what only coordinators do: each with its own template and catalogues."""

KEYWORDS = {"say": (1,), "say_many": (1, 2)}
WRITTEN = datetime(2026, 11, 22, tzinfo=UTC)
BLANK = re.compile(r"\{(\w+)\}")
OWN_WORDS = ("English", "99, the place of this language among the choices")
"""Messages that every catalogue fills itself, English and plain Finnish too."""


def spoken(domain: str) -> Catalog:
    """Every sentence of ``domain`` that the code can say."""
    catalog = Catalog(project="digituki", charset="utf-8")
    for package in PACKAGES:
        found = extract_from_dir(PROJECT / package, [("**.py", "python")], keywords=KEYWORDS)
        for file, line, message, _, _ in found:
            where = f"{package}/{file}"
            if where.startswith(COORDINATORS) == (domain == "coordinators"):
                catalog.add(message, locations=[(where, line)])
    return catalog


def catalogues(domain: str) -> Iterator[tuple[str, Path]]:
    """Each language that has ``domain``, and its file."""
    for path in sorted(LOCALES.glob(f"*/LC_MESSAGES/{domain}.po")):
        yield path.parent.parent.name, path


def faults(language: str, path: Path, template: Catalog) -> Iterator[str]:
    """What is wrong with one catalogue, a sentence each."""
    with path.open("rb") as file:
        catalog = read_po(file)
    wanted = {_id(message) for message in template if message.id}
    for message in catalog:
        if not message.id:
            continue
        if _id(message) not in wanted:
            yield f"{language}: nobody says any longer: {_id(message)!r}"
        if message.fuzzy:
            yield f"{language}: marked fuzzy, so it is not used: {_id(message)!r}"
        yield from (f"{language}: {fault} in {_id(message)!r}" for fault in _blank_faults(message))
    for wanted_id in sorted(wanted):
        known = catalog.get(wanted_id)
        if needs_words(language, wanted_id) and (known is None or not _words(known)[0]):
            yield f"{language}: no words for {wanted_id!r}"
        elif known is not None and known.pluralizable and not all(_words(known)):
            yield f"{language}: a plural form is missing for {wanted_id!r}"


def needs_words(language: str, msgid: str) -> bool:
    """Whether the catalogue itself must have words: English speaks for itself, plain Finnish may
    fall back on Finnish."""
    return msgid in OWN_WORDS or (language != "en" and "@" not in language)


def _id(message: Message) -> str:
    return str(message.id if isinstance(message.id, str) else message.id[0])


def _words(message: Message) -> tuple[str, ...]:
    return tuple(message.string) if isinstance(message.string, list | tuple) else (str(message.string or ""),)


def _blank_faults(message: Message) -> Iterator[str]:
    ids = (message.id,) if isinstance(message.id, str) else tuple(message.id)
    blanks = set().union(*(BLANK.findall(msgid) for msgid in ids))
    for words in filter(None, _words(message)):
        strangers = set(BLANK.findall(words)) - blanks
        if strangers:
            yield f"a blank that does not exist, {', '.join(sorted(strangers))},"
        lost = set(BLANK.findall(words)) ^ blanks if len(ids) == 1 else set()
        if lost - strangers:
            yield f"a blank that is not filled, {', '.join(sorted(lost - strangers))},"


def update(domain: str, template: Catalog) -> None:
    """Writes the template; brings new sentences into every catalogue, and takes out those nobody says."""
    with (LOCALES / f"{domain}.pot").open("wb") as file:
        write_po(file, template, no_location=True, omit_header=True, sort_output=True, width=100)
    for language, path in catalogues(domain):
        with path.open("rb") as source:
            catalog = read_po(source)
        for message in template:
            if message.id and catalog.get(_id(message)) is None:
                catalog.add(message.id)
        wanted = {_id(message) for message in template}
        for message in [message for message in catalog if message.id]:
            spare = not needs_words(language, _id(message)) and not _words(message)[0]
            if spare or _id(message) not in wanted:
                catalog.delete(_id(message))
        _head(catalog)
        with path.open("wb") as target:
            write_po(target, catalog, no_location=True, ignore_obsolete=True, sort_output=True, width=100)


def _head(catalog: Catalog) -> None:
    """A header that says what it can and does not change from one day to the next."""
    catalog.project, catalog.version = "digituki", "1"
    catalog.msgid_bugs_address = "the project's issues"
    catalog.last_translator = catalog.language_team = "the digituki contributors"
    catalog.creation_date = catalog.revision_date = WRITTEN


def compiled(path: Path) -> str:
    """What gettext's own checker complains of; "" where it is content or not installed."""
    msgfmt = shutil.which("msgfmt")
    if msgfmt is None:
        return ""
    run = subprocess.run([msgfmt, "--check", "-o", "-", path], capture_output=True, check=False)
    return run.stderr.decode() if run.returncode else ""


def main() -> int:
    """Exit status 1 where a catalogue has a fault."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--update", action="store_true", help="bring new sentences into the catalogues")
    asked = parser.parse_args()
    found: list[str] = []
    for domain in DOMAINS:
        template = spoken(domain)
        if asked.update:
            update(domain, template)
        for language, path in catalogues(domain):
            found += faults(language, path, template)
            if fault := compiled(path):
                found.append(fault)
    sys.stdout.writelines(f"{fault}\n" for fault in found)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
