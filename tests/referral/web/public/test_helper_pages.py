"""A helper's page: all that it offers, with source, date and guidelines; its courses as calendar files; sources."""

import json
import re
from pathlib import Path

import pytest
from aiohttp import ClientSession

from referral.directory.current import Edition
from referral.model import Organisation
from referral.web import public
from tests.referral.web.site import MADE_UP, current, public_of, site

PAGES = {
    "fi": "/fi/auttaja/lapin-klikkaajat-ry",
    "fi-simple": "/fi-simple/auttaja/lapin-klikkaajat-ry",
    "sv": "/sv/hjalpare/lapin-klikkaajat-ry",
    "en": "/en/helper/lapin-klikkaajat-ry",
    "se": "/se/veahkeheaddji/lapin-klikkaajat-ry",
}


async def read(client: ClientSession, path: str) -> str:
    async with client.get(path, allow_redirects=False) as answer:
        assert answer.status == 200, path
        return await answer.text()


@pytest.mark.parametrize("language", PAGES)
async def test_a_helper_has_a_page_in_every_language(client: ClientSession, language: str) -> None:
    html = await read(client, PAGES[language])
    assert f'<html lang="{language}">' in html
    assert html.count('<article class="card">') == 2


async def test_a_helper_is_told_with_source_date_and_guidelines(client: ClientSession) -> None:
    html = await read(client, PAGES["en"])
    for words in (
        "Says that it follows them",
        "made up",
        "Details checked 1 November 2026",
        "all of Finland",
        "53 topics",
    ):
        assert words in html
    assert "Not known" in await read(client, "/en/helper/nollalinja")


@pytest.mark.parametrize(
    "asked",
    [
        "/fi/helper/lapin-klikkaajat-ry",
        "/fi/auttaja/lapplands-klickare-rf",
        "/fi/auttaja/Lapin-Klikkaajat-ry",
    ],
)
async def test_other_names_lead_to_the_page(client: ClientSession, asked: str) -> None:
    async with client.get(asked, allow_redirects=False) as answer:
        assert answer.status == 301
        assert answer.headers["Location"] == PAGES["fi"]


async def test_machines_read_the_helper(client: ClientSession) -> None:
    html = await read(client, PAGES["fi"])
    told = json.loads(re.findall(r'<script type="application/ld\+json">(.*?)</script>', html)[0])
    assert {one["@type"] for one in told["@graph"]} == {"Service", "EducationEvent"}


async def test_a_course_shows_its_times_and_gives_them_as_a_file(client: ClientSession) -> None:
    html = await read(client, PAGES["en"])
    assert html.count("13:00–15:00") == 5  # The next one stands on the card, too.
    link = re.search(r'href="(/calendar/kurssi\.ics\?language=en)"', html)
    assert link
    async with client.get(link[1]) as answer:
        text = await answer.text()
        assert answer.status == 200
        assert answer.content_type == "text/calendar"
        assert "attachment" in answer.headers["Content-Disposition"]
        assert "max-age" in answer.headers["Cache-Control"]
    assert text.count("BEGIN:VEVENT") == 4
    assert "DTSTART;TZID=Europe/Helsinki:20261125T130000" in text


@pytest.mark.parametrize("id", ["klikkaajat", "tukijoille", "xyzzy", "%2e%2e%2fetc", "a" * 400])
async def test_what_is_no_course_for_citizens_has_no_file(client: ClientSession, id: str) -> None:
    async with client.get(f"/calendar/{id}.ics") as answer:
        assert answer.status == 404


async def test_sources_are_told_with_licences_and_dates(client: ClientSession) -> None:
    html = await read(client, "/en/sources")
    assert "A source" in html
    row = next(row for row in html.split("<tr>") if "Kirjastot.fi library directory" in row)
    assert re.search(r">1130<.*>22 August 2026<", row)


async def test_what_is_shown_as_one_leads_to_what_is_shown(tmp_path: Path) -> None:
    hidden = {
        "ptv-1": Organisation("city", {"fi": "Rovaniemen digipalvelut"}, ""),
        "ptv-2": Organisation("gone", {"fi": "Kukaan"}, ""),
    }
    held = current(*MADE_UP)
    twins = {"ptv-1": "klikkaajat", "ptv-kurssi": "kurssi"}
    held.swap(Edition(held.directory, {}, twins, 1, hidden))
    rooms = (public.room(public_of(held)),)
    async with site(tmp_path, lambda _: rooms) as address, ClientSession(address) as client:
        for asked, shown in (
            ("/sv/hjalpare/rovaniemen-digipalvelut", PAGES["sv"]),
            ("/calendar/ptv-kurssi.ics?language=sv", "/calendar/kurssi.ics?language=sv"),
        ):
            async with client.get(asked, allow_redirects=False) as answer:
                assert (answer.status, answer.headers["Location"]) == (301, shown)
        for nowhere in ("/fi/auttaja/kukaan", "/fi/auttaja/ei-kukaan", "/calendar/ptv-1-x.ics"):
            async with client.get(nowhere) as answer:
                assert answer.status == 404


async def test_the_hours_of_the_whole_week_are_told(client: ClientSession) -> None:
    for language, said in (("fi", "ma–pe 9–15"), ("sv", "mån–fre 9–15"), ("se", "vuos–bear 9–15")):
        assert f"<dd>{said}</dd>" in await read(client, PAGES[language])
