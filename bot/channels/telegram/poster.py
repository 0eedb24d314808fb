"""Links that begin a conversation with something known, and their QR codes for posters."""

from collections.abc import Mapping
from pathlib import Path

import segno

from bot.steps.link import Link, payload
from knowledge.model import Atlas, Catalog
from referral.answer_json import BadRequest

QUIET_ZONE = 4
"""Light modules around a QR code; the standard asks for four."""

SCALE = 8


def link(
    atlas: Atlas,
    catalog: Catalog,
    languages: tuple[str, ...],
    place: str = "",
    language: str = "",
    need: str = "",
    whom: str = "",
) -> Link:
    """The link of these words, "" for what it does not say. ``place`` is a municipality or a region, by
    code or name; ``whom`` is "me" or "other". Raises BadRequest."""
    if language and language not in languages:
        raise BadRequest(f'There is no language "{language}". Give one of {", ".join(languages)}.')
    if need and need not in catalog.needs:
        raise BadRequest(f'There is no need "{need}". Give one of {", ".join(sorted(catalog.needs))}.')
    municipality = _code({code: one.names for code, one in atlas.municipalities.items()}, place)
    region = _code({code: one.names for code, one in atlas.regions.items()}, place)
    if place and not municipality and not region:
        raise BadRequest(f'There is no municipality or region "{place}". Give its code or its name.')
    return Link(
        municipality=municipality,
        region="" if municipality else region,
        language=language,
        need=need,
        on_behalf={"me": False, "other": True}.get(whom),
    )


def address(bot: str, begins: Link) -> str:
    """The address that opens the conversation with ``bot`` (its name, with or without @).

    Raises BadRequest where the link would be too long.
    """
    try:
        words = payload(begins)
    except ValueError as error:
        raise BadRequest(f"The link says too much: {error}. Leave something out.") from None
    return f"https://t.me/{bot.removeprefix('@')}" + (f"?start={words}" if words else "")


def save_qr(of: str, file: Path) -> None:
    """Draws the QR code of an address; the file's ending says how (.svg, .png, .pdf). Raises BadRequest
    for another ending, OSError where the file cannot be written."""
    if file.suffix not in (".svg", ".png", ".pdf"):
        raise BadRequest(f'A QR code can be .svg, .png or .pdf, not "{file.suffix}".')
    # Level M still reads with a sixth of it covered, as on a poster out of doors.
    segno.make(of, error="m", micro=False).save(str(file), scale=SCALE, border=QUIET_ZONE)


def _code(names: Mapping[str, Mapping[str, str]], place: str) -> str:
    """The code of what is called ``place`` in any language, "" where nothing is."""
    wanted = place.strip().casefold()
    for code, called in names.items():
        if wanted and wanted in (code, *(name.casefold() for name in called.values())):
            return code
    return ""
