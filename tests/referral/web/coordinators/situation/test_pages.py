"""The situation picture over HTTP: who sees what, what is never together, and what a file leaves behind."""

import ast
import json
from collections.abc import Callable
from csv import reader
from datetime import date, timedelta
from hashlib import sha256
from html import unescape
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

import pytest
from aiohttp import ClientSession
from openpyxl import load_workbook
from sqlalchemy import text

from referral.accounts.roles import Role
from referral.demand import file_words
from referral.demand.export import to_json
from referral.model import Form, Offer
from referral.store import api_tokens, offers
from referral.store.audit import audit
from referral.store.database import Database
from referral.store.findings import LONGEST, find_findings, write_findings
from referral.store.openings import opened_or_closed
from tests.referral.situation.year import frame, releases
from tests.referral.supply import at
from tests.referral.web.coordinators.conftest import LAPLAND, SATAKUNTA, Clock
from tests.referral.web.coordinators.situation.stored import store

PROJECT = Path(__file__).parents[5]
PICTURE = "/coordinators/situation"
PAGES = (PICTURE, f"{PICTURE}/supply", f"{PICTURE}/export", f"{PICTURE}/report")
YEAR = next(one for one in releases() if (one.kind, one.period) == ("year", "2026"))

Enter = Callable[..., Any]


@pytest.fixture
async def full(sqlite_database: Database) -> Database:
    """A database with two years of releases."""
    await store(sqlite_database, releases())
    return sqlite_database


async def page(client: ClientSession, address: str) -> str:
    answer = await client.get(address)
    assert answer.status == 200, address
    return unescape(await answer.text())


async def secret(client: ClientSession, site: str) -> str:
    shown = await page(client, f"{site}{PICTURE}/export")
    return shown.split('name="form_secret" value="')[1].split('"')[0]


def rows(content: bytes, delimiter: str = ",") -> list[dict[str, str]]:
    heading, *found = list(reader(StringIO(content.decode("utf-8-sig"), newline=""), delimiter=delimiter))
    return [dict(zip(heading, row, strict=True)) for row in found]


async def test_before_the_first_release_the_page_says_when_it_comes(site: str, enter: Enter) -> None:
    client = await enter(Role.REGIONAL, LAPLAND)
    shown = await page(client, site + PICTURE)
    assert "Nothing has been released yet" in shown
    assert "5 December 2026" in shown
    assert "5 January 2027" in shown
    for address in PAGES[1:]:
        assert await page(client, site + address)


async def test_a_region_sees_itself(site: str, enter: Enter, full: Database) -> None:
    client = await enter(Role.REGIONAL, LAPLAND)
    shown = await page(client, f"{site}{PICTURE}?period=2026")
    told = next(one for one in YEAR.table("regions").figures if one.codes == ("19",))
    assert f"<strong>{told.number}</strong>" in shown
    assert "Situation picture: Lapland, 2026" in shown
    assert "<5 means that there were from 0 to 4 requests" in shown
    assert "invented requests" in shown
    assert "do not know the service yet" in shown
    for address in PAGES:
        assert (await client.get(f"{site}{address}?region={SATAKUNTA}")).status == 404
        assert (await client.get(f"{site}{address}?region=19")).status == 200
    assert 'name="region"' not in shown  # There is nothing to choose.


async def test_the_whole_country_sees_every_region(site: str, enter: Enter, full: Database) -> None:
    client = await enter(Role.NATIONAL, "")
    shown = await page(client, f"{site}{PICTURE}?period=2026")
    assert "Situation picture: The whole country, 2026" in shown
    total = sum(one.number for one in YEAR.table("regions").figures)
    assert f"<strong>{total:,}</strong>" in shown
    assert "as everybody may see them" not in shown
    assert "region=04" in shown


async def test_numbers_are_written_as_each_language_does(site: str, enter: Enter, full: Database) -> None:
    client = await enter(Role.NATIONAL, "")
    total = sum(one.number for one in YEAR.table("regions").figures)
    assert total > 10_000
    assert f"<strong>{total:,}</strong>".replace(",", "\xa0") in await page(
        client, f"{site}{PICTURE}?period=2026&language=fi"
    )


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("spoken=se&topic=kela", "never published together with a need or a municipality"),
        ("municipality=148", "published by year only"),
        ("period=2026&municipality=" + frame().municipalities["19"][-1], "the two smallest municipalities"),
        ("period=2026-11&spoken=se", "by quarter and by year"),
        ("period=2031", "there is nothing of that name"),
    ],
)
async def test_what_is_left_out_is_explained(
    site: str, enter: Enter, full: Database, query: str, sentence: str
) -> None:
    client = await enter(Role.REGIONAL, LAPLAND)
    assert sentence in await page(client, f"{site}{PICTURE}?{query}")


async def test_a_row_leads_to_a_narrower_picture(site: str, enter: Enter, full: Database) -> None:
    client = await enter(Role.REGIONAL, LAPLAND)
    shown = await page(client, f"{site}{PICTURE}?period=2026")
    assert f"{PICTURE}?period=2026&region=19&topic=devices" in shown
    narrowed = await page(client, f"{site}{PICTURE}?period=2026&region=19&topic=devices")
    assert "Remove: Phone, computer and internet" in narrowed
    assert "published for whole regions only" in narrowed


async def test_supply_leads_to_what_could_be_done(site: str, enter: Enter, full: Database) -> None:
    client = await enter(Role.REGIONAL, LAPLAND)
    shown = await page(client, f"{site}{PICTURE}/supply?period=2026")
    assert "Worst served: Utsjoki" in shown
    assert 'href="/en/join"' in shown
    assert 'href="/en/help/utsjoki"' in shown
    assert "Northern Sami" in shown
    assert shown.index(">Utsjoki</th>") < shown.index(">Kemi</th>")


async def sent(client: ClientSession, site: str, **fields: str) -> Any:
    form = {"form_secret": await secret(client, site), "view": "all", "format": "json", **fields}
    return await client.post(f"{site}{PICTURE}/export", data=form)


async def test_a_month_leads_to_its_quarter(site: str, enter: Enter, full: Database) -> None:
    client = await enter(Role.REGIONAL, LAPLAND)
    shown = await page(client, f"{site}{PICTURE}?period=2026-11&topic=kela")
    assert "published by quarter and by year" in shown
    assert "period=2026-Q4&region=19&topic=kela" in shown
    assert "need not add up to their group" not in shown
    assert "published by quarter and by year" not in await page(client, f"{site}{PICTURE}?period=2026-Q4")


async def test_supply_leads_to_the_year_that_tells_of_municipalities(
    site: str, enter: Enter, full: Database
) -> None:
    client = await enter(Role.REGIONAL, LAPLAND)
    quarter = await page(client, f"{site}{PICTURE}/supply?period=2026-Q4")
    assert "See the year 2026" in quarter
    assert 'value="2026-Q4" selected' in quarter
    year = await page(client, f"{site}{PICTURE}/supply?period=2026")
    assert "See the year" not in year
    assert 'value="2026" selected' in year


async def test_the_form_of_help_is_a_filter_as_far_as_it_is_told(
    site: str, enter: Enter, full: Database
) -> None:
    client = await enter(Role.REGIONAL, LAPLAND)
    remote = await page(client, f"{site}{PICTURE}?period=2026&form=remote")
    assert "Lapland, 2026, Remote support" in remote
    near = await page(client, f"{site}{PICTURE}?period=2026&form=in_person")
    assert "Form: help found in person is never published" in near
    assert "Form or outcome" in near
    assert "would limit how a request can have ended" in near


async def test_an_export_is_recorded_with_its_checksum(
    site: str, enter: Enter, full: Database, clock: Clock
) -> None:
    client = await enter(Role.REGIONAL, LAPLAND)
    for format in ("json", "csv", "csv-semicolon", "xlsx"):
        clock.later(seconds=1)
        answer = await sent(client, site, period="2026", format=format)
        content = await answer.read()
        assert answer.status == 200
        deed = (await full.read(audit))[0]
        assert deed.action == "exported"
        assert deed.email == "regional19@example.org"
        assert deed.region == "19"
        assert deed.sha256 == sha256(content).hexdigest() == answer.headers["X-Content-SHA256"]
        assert f'filename="{deed.subject}"' in answer.headers["Content-Disposition"]


async def test_an_export_that_cannot_be_recorded_does_not_leave(
    site: str, enter: Enter, full: Database
) -> None:
    client = await enter(Role.REGIONAL, LAPLAND)
    form = {"form_secret": await secret(client, site), "period": "2026", "view": "all", "format": "csv"}
    await full.write(lambda connection: connection.execute(text("ALTER TABLE audit RENAME TO elsewhere")))
    answer = await client.post(f"{site}{PICTURE}/export", data=form)
    assert answer.status == 503
    assert "could not be recorded" in await answer.text()
    assert "Content-Disposition" not in answer.headers


async def test_a_file_made_from_another_release_does_not_leave(
    site: str, enter: Enter, full: Database
) -> None:
    """The release is looked at again in the transaction that records: what is kept in memory may be older."""
    client = await enter(Role.REGIONAL, LAPLAND)
    form = {"form_secret": await secret(client, site), "period": "2026", "view": "all", "format": "csv"}
    assert (await client.post(f"{site}{PICTURE}/export", data=form)).status == 200
    await full.write(lambda connection: connection.execute(text("DELETE FROM releases")))
    assert (await client.post(f"{site}{PICTURE}/export", data=form)).status == 404


async def test_the_whole_release_has_the_region_s_rows_and_no_others(
    site: str, enter: Enter, full: Database
) -> None:
    client = await enter(Role.REGIONAL, LAPLAND)
    found = rows(await (await sent(client, site, period="2026", format="csv-semicolon")).read(), ";")
    assert {row["region"] for row in found} == {"19", ""}
    assert {row["table"] for row in found if not row["region"]} == {"misses"}
    assert {row["table"] for row in found} == {table.name for table in YEAR.tables}
    assert {row["number"] for row in found} & {"<5"}
    assert {"need_name", "municipality_name"} <= found[0].keys()


async def test_a_filtered_file_has_what_was_chosen(site: str, enter: Enter, full: Database) -> None:
    client = await enter(Role.REGIONAL, LAPLAND)
    chosen = {"period": "2026", "topic": "kela", "view": "filtered"}
    found = rows(await (await sent(client, site, **chosen, format="csv")).read())
    assert {row["need"] for row in found} == {"kela"}
    assert {row["table"] for row in found} == {"needs", "municipalities"}
    book = load_workbook(BytesIO(await (await sent(client, site, **chosen, format="xlsx")).read()))
    about = {row[0].value: row[1].value for row in book["How to read this"].rows}
    assert about["What"] == "Lapland, 2026, Kela services"
    assert about["sha256 of the stored release"] == sha256(to_json(YEAR)).hexdigest()
    assert {"Region", "Need", "Requests", "At the least", "Rule 1"} <= about.keys()


@pytest.mark.parametrize(
    ("language", "sheet", "heading", "need", "rule"),
    [
        ("fi", "Tarpeet", "Tarve", "Kelan asiointi", "Sääntö 1"),
        ("sv", "Behov", "Behov", "Ärenden hos FPA", "Regel 1"),
    ],
)
async def test_a_workbook_speaks_the_language_of_the_page(
    site: str, enter: Enter, full: Database, language: str, sheet: str, heading: str, need: str, rule: str
) -> None:
    client = await enter(Role.REGIONAL, LAPLAND)
    await page(client, f"{site}{PICTURE}?language={language}")
    chosen = {"period": "2026", "topic": "kela", "view": "filtered"}
    book = load_workbook(BytesIO(await (await sent(client, site, **chosen, format="xlsx")).read()))
    named, *found = book[sheet].iter_rows(values_only=True)
    assert heading in named
    assert {row[named.index(heading)] for row in found} == {need}
    labels, explained = zip(*book.worksheets[0].iter_rows(values_only=True), strict=True)
    assert rule in labels
    english = [text.msgid for text in (*file_words.RULES, *file_words.COLUMNS.values())]
    assert not set(explained) & set(english)
    supply = load_workbook(BytesIO(await (await sent(client, site, view="supply", format="xlsx")).read()))
    assert supply.sheetnames[0] == book.sheetnames[0]
    assert "Demand against supply" not in supply.sheetnames


async def test_the_supply_can_be_taken_along(site: str, enter: Enter, full: Database) -> None:
    client = await enter(Role.REGIONAL, LAPLAND)
    found = rows(await (await sent(client, site, view="supply", period="2026", format="csv")).read())
    assert len(found) == 21
    assert found[0]["name"] == "Utsjoki"
    told = json.loads(await (await sent(client, site, view="supply", format="json")).read())
    assert told["about"]["regions"] == "19"
    assert len(told["rows"]) == 21


async def test_a_form_of_another_site_exports_nothing(site: str, enter: Enter, full: Database) -> None:
    client = await enter(Role.REGIONAL, LAPLAND)
    answer = await client.post(
        f"{site}{PICTURE}/export", data={"view": "all", "format": "csv", "period": "2026"}
    )
    assert answer.status == 403
    unknown = await sent(client, site, period="2026", format="exe")
    assert unknown.status == 404


async def token_for(database: Database, clock: Clock, email: str, region: str = "") -> dict[str, str]:
    def work(connection: Any) -> None:
        query = text("SELECT id FROM coordinators WHERE email = :email")
        id = connection.execute(query, {"email": email}).scalar_one()
        until = clock().date() + timedelta(days=30)
        api_tokens.make(
            connection, f"secret{region}", id, "test", "export:read", region, clock().date(), until
        )

    await database.write(work)
    return {"Authorization": f"Bearer secret{region}"}


async def test_a_program_gets_the_stored_release_byte_for_byte(
    site: str, enter: Enter, full: Database, clock: Clock, clients: Callable[[], ClientSession]
) -> None:
    await enter(Role.NATIONAL, "", "dvv@example.org")
    headers = await token_for(full, clock, "dvv@example.org")
    listed = await (await clients().get(f"{site}/coordinators/api/releases", headers=headers)).json()
    assert listed["releases"]["year"][0]["address"] == "/coordinators/api/releases/2026"
    answer = await clients().get(site + listed["releases"]["year"][0]["address"], headers=headers)
    assert await answer.read() == to_json(YEAR)
    deed = (await full.read(audit))[0]
    assert (deed.action, deed.sha256) == ("exported", sha256(to_json(YEAR)).hexdigest())


async def test_a_program_s_token_reaches_no_further_than_its_region(
    site: str, enter: Enter, full: Database, clock: Clock, clients: Callable[[], ClientSession]
) -> None:
    await enter(Role.NATIONAL, "", "dvv@example.org")
    headers = await token_for(full, clock, "dvv@example.org", LAPLAND)
    address = f"{site}/coordinators/api/releases/2026"
    found = json.loads(await (await clients().get(address, headers=headers)).read())
    assert {row[0] for row in found["tables"]["needs"]["rows"]} == {"19"}
    assert (await clients().get(f"{address}?region={SATAKUNTA}", headers=headers)).status == 404
    assert (await clients().get(address, headers={"Authorization": "Bearer no"})).status == 401
    assert (await clients().get(f"{site}{PICTURE}", headers=headers, allow_redirects=False)).status != 200


@pytest.mark.parametrize("query", ["spoken=se&topic=kela", "topic=nothing", "municipality=148&spoken=sv"])
async def test_a_program_is_refused_what_is_never_told_together(
    site: str, enter: Enter, full: Database, clock: Clock, clients: Callable[[], ClientSession], query: str
) -> None:
    await enter(Role.NATIONAL, "", "dvv@example.org")
    headers = await token_for(full, clock, "dvv@example.org")
    answer = await clients().get(f"{site}/coordinators/api/releases/2026?{query}", headers=headers)
    assert answer.status == 404
    assert "not published" in (await answer.json())["error"]
    assert (await clients().get(f"{site}/coordinators/api/releases/2031", headers=headers)).status == 404


async def test_findings_are_kept_for_the_region_and_the_period(
    site: str, enter: Enter, full: Database, clock: Clock
) -> None:
    client = await enter(Role.REGIONAL, LAPLAND)
    clock.later(seconds=1)
    form = {"form_secret": await secret(client, site), "period": "2026", "region": LAPLAND}
    words = "Utsjoki needs help at home.\r\n\r\n<b>In Sámi.</b>"
    answer = await client.post(f"{site}{PICTURE}/report", data={**form, "body": words})
    assert answer.status == 200
    shown = await answer.text()
    assert "&lt;b&gt;In Sámi.&lt;/b&gt;" in shown
    assert "Saved on 22 November 2026" in shown
    kept = await full.read(lambda connection: find_findings(connection, LAPLAND, "2026"))
    assert kept is not None
    assert kept.body == "Utsjoki needs help at home.\n\n<b>In Sámi.</b>"
    assert (await full.read(audit))[0].action == "findings_written"
    other = await client.post(f"{site}{PICTURE}/report", data={**form, "region": SATAKUNTA, "body": "x"})
    assert other.status == 404
    nowhere = await client.post(f"{site}{PICTURE}/report", data={**form, "region": "", "body": "for all"})
    assert nowhere.status == 200  # One's own region, since there is only one.
    long = await client.post(f"{site}{PICTURE}/report", data={**form, "body": "y" * (LONGEST + 1)})
    assert long.status == 400
    assert "nothing was saved" in await long.text()
    kept = await full.read(lambda connection: find_findings(connection, LAPLAND, "2026"))
    assert kept is not None
    assert kept.body == "for all"


async def test_the_operator_reads_reports_and_does_not_write_them(
    site: str, enter: Enter, full: Database
) -> None:
    client = await enter(Role.OPERATOR, "")
    shown = await page(client, f"{site}{PICTURE}/report?period=2026&region=19")
    assert "<textarea" not in shown
    form = {"form_secret": await secret(client, site), "period": "2026", "region": LAPLAND, "body": "x"}
    assert (await client.post(f"{site}{PICTURE}/report", data=form)).status == 403


async def test_what_opened_and_closed_is_in_the_report(site: str, enter: Enter, full: Database) -> None:
    dated = at("uusi", "698", names={"fi": "Uusi piste"}, valid_from=date(2026, 10, 1))
    gone = at("vanha", "698", names={"fi": "Vanha piste"}, valid_until=date(2026, 11, 1))
    course = at("kurssi", "698", form=Form.TRAINING, valid_from=date(2026, 10, 1))
    added: tuple[Offer, ...] = (dated, gone, course)
    await full.write(lambda connection: offers.put(connection, added, "sheet", date(2026, 11, 2)))
    found = await full.read(
        lambda connection: opened_or_closed(connection, date(2026, 10, 1), date(2026, 12, 31))
    )
    assert {one.id for one in found} == {"uusi", "vanha"}
    client = await enter(Role.REGIONAL, LAPLAND)
    shown = await page(client, f"{site}{PICTURE}/report?period=2026-Q4")
    assert "Uusi piste" in shown
    assert "Vanha piste" in shown
    assert "Uusi piste" not in await page(client, f"{site}{PICTURE}/report?period=2026-Q3")


async def test_findings_can_be_taken_back(database: Database) -> None:
    day = date(2026, 11, 22)
    for body in ("first", "second"):
        await database.write(
            lambda connection, body=body: write_findings(connection, "19", "2026", body, "me", day)
        )
    kept = await database.read(lambda connection: find_findings(connection, "19", "2026"))
    assert kept is not None
    assert kept.body == "second"
    await database.write(lambda connection: write_findings(connection, "19", "2026", " \n", "me", day))
    assert await database.read(lambda connection: find_findings(connection, "19", "2026")) is None


def test_raw_counters_are_out_of_reach() -> None:
    """Nothing of the situation picture imports what reads the counters."""
    folders = ("referral/situation", "referral/web/coordinators/situation", "referral/web/charts")
    files = [path for folder in folders for path in (PROJECT / folder).glob("*.py")]
    assert len(files) > 20
    for path in files:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.ImportFrom):
                assert node.module not in ("referral.store.demand", "referral.demand.counters"), path
                assert not {alias.name for alias in node.names} & {"COUNTERS", "METADATA"}, path
