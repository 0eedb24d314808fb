"""The directory of a running program: begun with what ships, and kept up with what is imported meanwhile."""

import asyncio
import json
from argparse import ArgumentParser
from datetime import date, timedelta
from functools import partial
from io import StringIO
from pathlib import Path

import pytest
from sqlalchemy import update

from bot import directory, intake, stored
from bot.cli import main
from bot.known import Known
from bot.settings import Settings
from referral.directory.current import Current
from referral.directory.index import Directory
from referral.directory.starter import load_directory
from referral.migrations import upgrade
from referral.store import checks
from referral.store.database import Database, open_database
from referral.store.offers import of_sources
from referral.store.records import find
from referral.store.revision import revision
from referral.store.schema import OFFERS
from tests.world import known as world

DAY = date(2026, 11, 23)
ETALUKIO = "3668d250-cd80-45c4-abcc-9b2d3a2b3e42"
REAL = ("etalukio_service.json", "otava_service_channel.json")
SHIPPED = load_directory(world().catalog, world().atlas).rows
SAMPLES = Path(__file__).parents[1] / "referral" / "directory" / "importers" / "samples"
SHEET = (
    "id,organisation,form,needs,coverage,web\njarvi,Järvi ry,in_person,kela,Inari,https://jarvi.example/\n"
)


def empty() -> Known:
    whole = world()
    return Known(
        whole.catalog,
        whole.atlas,
        Current.of(Directory.of((), whole.atlas)),
        whole.catalogues,
        whole.mind,
    )


def settings(url: str) -> Settings:
    return Settings.from_env({"DIGITUKI_DATABASE_URL": url})


async def run_import(url: str, *arguments: str | Path) -> list[str]:
    parser, lines = ArgumentParser(), list[str]()
    intake.add_arguments(parser)
    options = parser.parse_args([str(one) for one in arguments])
    await intake.run(settings(url), intake.asked(options, DAY), lines.append)
    return lines


async def run_directory(url: str, *arguments: str) -> list[str]:
    parser, lines = ArgumentParser(), list[str]()
    directory.add_commands(parser)
    await directory.run(settings(url), parser.parse_args(arguments), DAY, lines.append)
    return lines


async def until_shown(known: Known, id: str) -> None:
    async with asyncio.timeout(30):
        while id not in known.directory.offers:
            await asyncio.sleep(0.05)


async def test_an_empty_database_is_answered_from_what_ships_and_then_holds_it(
    database: Database, database_url: str
) -> None:
    known = empty()
    shipped = load_directory(known.catalog, known.atlas).offers
    async with stored.opened(database, database_url, known, lambda: DAY):
        assert known.directory.offers == shipped
        async with asyncio.timeout(60):
            while known.current.edition.revision != 1:
                await asyncio.sleep(0.05)
        assert known.directory.offers == shipped
        assert known.current.edition.origins["library-84787"].kind == "starter"
    again = empty()
    async with stored.opened(database, database_url, again, lambda: DAY):
        assert again.directory.offers == shipped
    assert await database.read(revision) == 1


async def test_a_service_that_runs_swaps_after_an_import(sqlite_database: Database, tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'test.sqlite3'}"
    known, sheet = empty(), tmp_path / "lappi.csv"
    sheet.write_text(SHEET, "utf-8")
    await stored.begun(sqlite_database, DAY, SHIPPED)
    async with stored.opened(sqlite_database, url, known, lambda: DAY):
        assert "jarvi" not in known.directory.offers
        await run_import(url, sheet)
        await until_shown(known, "jarvi")


async def test_what_this_version_cannot_read_leaves_what_ships(
    sqlite_database: Database, tmp_path: Path, log: StringIO
) -> None:
    known = empty()
    await stored.begun(sqlite_database, DAY, SHIPPED[:9])
    await sqlite_database.write(lambda c: c.execute(update(OFFERS).values(form="by letter")) and None)
    async with stored.opened(sqlite_database, f"sqlite:///{tmp_path / 'test.sqlite3'}", known, lambda: DAY):
        assert len(known.directory.rows) == len(SHIPPED)
    assert "what ships answers" in log.getvalue()


async def test_single_commands_look_into_the_database_only_where_there_is_one(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'none.sqlite3'}"
    atlas = world().atlas
    assert await asyncio.to_thread(partial(stored.look, settings(url), atlas, DAY)) is None
    assert not (tmp_path / "none.sqlite3").exists()
    async with open_database(url) as database:
        await upgrade(database)
    assert await asyncio.to_thread(partial(stored.look, settings(url), atlas, DAY)) is None
    sheet = tmp_path / "lappi.csv"
    sheet.write_text(SHEET, "utf-8")
    await run_import(url, sheet)
    found = await asyncio.to_thread(partial(stored.look, settings(url), atlas, DAY))
    assert found
    assert "jarvi" in found.directory.offers


async def test_what_is_due_is_listed_until_it_is_checked(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'x.sqlite3'}"
    sheet = tmp_path / "lappi.csv"
    old = SHEET.replace("web\n", "web,checked\n").replace("example/\n", "example/,2022-01-01\n")
    sheet.write_text(old, "utf-8")
    await run_import(url, sheet)
    (line, count) = await run_directory(url, "due", "--region", "Lappi")
    assert line == "jarvi\tdue 2022-07-03, only named in answers\tJärvi ry\thttps://jarvi.example/"
    assert count == "1 to be checked on 2026-11-23."
    assert await run_directory(url, "check", "jarvi") == ["jarvi was checked on 2026-11-23."]
    assert await run_directory(url, "due", "--region", "19") == ["Nothing is due."]
    sources = await run_directory(url, "sources")
    assert [line.split("\t")[0] for line in sources] == ["sheet lappi.csv", "starter"]
    async with open_database(url) as database:
        for days, outcome in ((1, checks.BROKEN), (2, checks.BROKEN), (3, checks.TRUE)):
            day = date(2026, 11, 23) + timedelta(days=days)
            note = partial(checks.note, offers=["jarvi"], day=day, by=checks.LINKS, outcome=outcome)
            await database.write(note)
            found = await run_directory(url, "due", "--region", "Lappi")
            line = "jarvi\tlink broken since 2026-11-24\tJärvi ry\thttps://jarvi.example/"
            assert (line in found) == (days == 2)
            if days == 2:
                assert line not in await run_directory(url, "due", "--region", "Satakunta")


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("due", "--region", "Atlantis"), "There is no region Atlantis"),
        (("check", "nobody"), "There is no open offer nobody"),
        (("apart", "library-84787", "nobody"), "There is no offer nobody"),
        (("together", "library-84787", "library-84787"), "two different offers"),
        (("together", "library-84787", "advice-suomifi"), "cannot be one card"),
        (("rules", "ptv", "abc"), "Nobody has decided about abc of ptv"),
        (("rules",), "Name a source and a record, or add --left-out"),
        (("rules", "--left-out", "--region", "Atlantis"), "There is no region Atlantis"),
    ],
)
def test_what_cannot_be_done_is_said(
    arguments: tuple[str, ...],
    says: str,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("DIGITUKI_DATA_DIR", str(tmp_path))
    assert main(["directory", *arguments]) == 2
    assert says in capsys.readouterr().err


async def test_a_coordinator_takes_what_the_rules_leave(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'x.sqlite3'}"
    files = ("--kind", "ptv", *(SAMPLES / "ptv" / name for name in REAL))
    assert (await run_import(url, *files))[-1].startswith("0 offers: ")
    (found, count) = await run_directory(url, "rules", "--left-out", "--search", "Nettilukio Otavia")
    assert found.split("\t")[:3] == ["ptv", ETALUKIO, "Nettilukio aikuisille"]
    assert "no rule, but a word (name: nettilukio); not_digital_support leaves it" in found
    assert count.startswith("1 were nearly taken. To take one: ")
    assert await run_directory(url, "rules", "--left-out", "--search", "kirjasto") == [
        "Nothing was nearly taken."
    ]
    assert await run_directory(url, "rules", "--left-out", "--region", "Lappi") == [
        "Nothing was nearly taken."
    ]
    (said,) = await run_directory(url, "take", "ptv", ETALUKIO, "--serves", "kela")
    assert said.startswith(f"{ETALUKIO} of ptv is taken, and in the directory: ptv-{ETALUKIO}-")
    assert await run_directory(url, "rules", "--left-out") == ["Nothing was nearly taken."]
    lines = await run_import(url, *files, "--explain")
    assert any(line.startswith(f"taken {ETALUKIO} ") and ": coordinator" in line for line in lines)
    async with open_database(url) as database:
        (kept,) = await database.read(partial(of_sources, sources=["ptv"]))
        assert kept.offer.needs == {"kela"}
        record = await database.read(partial(find, source="ptv", id=ETALUKIO))
        assert record
        assert json.loads(record.content)["id"] == ETALUKIO
    await run_directory(url, "rules", "ptv", ETALUKIO)
    assert any(line.startswith("closed ") for line in await run_import(url, *files, "--force"))


async def test_a_person_tells_twins_apart(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'x.sqlite3'}"
    sheet = tmp_path / "lappi.csv"
    columns = "id,organisation,form,needs,municipality,street,postcode\n"
    sheet.write_text(f"{columns}oma,Entressen kirjasto,in_person,kela,Espoo,Siltakatu 11,02770\n", "utf-8")
    await run_import(url, sheet)
    shown = await run_directory(url, "twins")
    pair = [line.split("\t") for line in shown if line.startswith("oma ")]
    assert shown[-1].endswith("digituki directory apart ONE OTHER")
    for shown_id, _, other, why in pair:
        other_id = other.split()[0]
        assert (shown_id.split()[0], why.startswith("same address, ")) == ("oma", True)
        assert await run_directory(url, "apart", "oma", other_id) == [f"oma and {other_id} are told apart."]
        assert not [line for line in await run_directory(url, "twins") if other_id in line]
        assert (await run_directory(url, "together", "oma", other_id))[0].startswith(
            f"oma and {other_id} are one"
        )
    assert pair


async def test_a_person_says_that_two_are_one(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'x.sqlite3'}"
    sheet = tmp_path / "lappi.csv"
    columns = "id,organisation,form,needs,municipality,street,postcode\n"
    rows = "oma,Lukusali,in_person,kela,Espoo,Siltakatu 11,02770\ntoinen,Digipiste,in_person,kela,Espoo,Piispansilta 9,02230\n"
    sheet.write_text(columns + rows, "utf-8")
    await run_import(url, sheet)
    assert await run_directory(url, "together", "oma", "toinen") == [
        "oma and toinen are one card from now on."
    ]
    assert await run_directory(url, "together", "toinen", "oma") == [
        "toinen and oma were told to be one already."
    ]
    (line,) = [one for one in await run_directory(url, "twins") if "toinen" in one]
    assert line.startswith("oma Lukusali\tshown for\ttoinen Digipiste\ta person says so, ")
    assert await run_directory(url, "apart", "oma", "toinen") == ["oma and toinen are told apart."]
    assert not [one for one in await run_directory(url, "twins") if "toinen" in one]
