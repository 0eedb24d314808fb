"""Coordinators' accounts at the command line."""

import re
from datetime import UTC, datetime

import pytest

from bot.cli import main
from bot.coordinators import sweep
from referral.store import accounts, invitations
from referral.store.audit import audit
from referral.store.database import open_database


@pytest.fixture(autouse=True)
def _folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DIGITUKI_DATA_DIR", str(tmp_path))


@pytest.fixture
def run(capsys):
    def run_(*words):
        status = main(["coordinators", *words])
        said = capsys.readouterr()
        return status, said.out + said.err

    return run_


def test_somebody_is_invited_assigned_and_closed(run):
    status, said = run(
        "invite", "--email", " Lappi@Example.org", "--region", "lappi", "--address", "https://a.example/"
    )
    assert status == 0
    assert re.match(r"https://a\.example/coordinators/invitation/[\w-]{43}\n", said)
    assert "lappi@example.org" in said
    assert "invited until" in run("list")[1]
    assert "Satakunta" in run("assign", "lappi@example.org", "--region", "04", "--until", "2099-12-31")[1]
    assert "2099-12-31" in run("list")[1]
    assert "all regions" in run("assign", "lappi@example.org", "--role", "operator")[1]
    status, said = run("unassign", "lappi@example.org", "--region", "19", "--last", "2099-01-01")
    assert "Lappi" in said
    assert "2099-01-01" in said
    assert "/coordinators/invitation/" in run("reset", "lappi@example.org")[1]
    assert run("close", "lappi@example.org")[0] == 0
    assert "closed 2" in run("list")[1]
    assert run("reset", "lappi@example.org")[0] == 2
    assert run("invite", "--email", "lappi@example.org", "--role", "national")[0] == 0


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["invite", "--email", "aino", "--region", "19"], "not an e-mail address"),
        (["invite", "--email", "a b@c.fi", "--region", "19"], "not an e-mail address"),
        (["invite", "--email", "a@b.fi"], "Which region"),
        (["invite", "--email", "a@b.fi", "--region", "Narnia"], "19 Lappi"),
        (["invite", "--email", "a@b.fi", "--role", "national", "--region", "19"], "all regions"),
        (["invite", "--email", "a@b.fi", "--region", "19", "--until", "soon"], "2026-12-31"),
        (
            [
                "invite",
                "--email",
                "a@b.fi",
                "--region",
                "19",
                "--since",
                "2027-01-02",
                "--until",
                "2027-01-01",
            ],
            "ends|end",
        ),
        (["close", "nobody@example.org"], "coordinators list"),
        (["assign", "nobody@example.org", "--region", "19"], "no account"),
        (["reset", "nobody@example.org"], "no account"),
    ],
)
def test_what_cannot_be_done_is_said(run, words, told):
    status, said = run(*words)
    assert status == 2
    assert re.search(told, said)
    assert "Traceback" not in said
    assert "no accounts yet" in run("list")[1]


def test_an_open_account_is_not_invited_over(run):
    import asyncio

    run("invite", "--email", "lappi@example.org", "--region", "19")

    async def join():
        async with open_database("sqlite:///digituki.sqlite3") as database:

            def work(connection):
                id = accounts.find(connection, "lappi@example.org").id
                accounts.set_secrets(connection, id, "hash", "secret", 1)
                return [deed.action for deed in audit(connection)]

            return await database.write(work)

    assert asyncio.run(join()) == ["invited"]
    status, said = run("invite", "--email", "lappi@example.org", "--region", "04")
    assert status == 2
    assert "assign" in said
    assert "open" in run("list")[1]


def test_the_sweep_deletes_what_is_over(run):
    import asyncio

    run("invite", "--email", "lappi@example.org", "--region", "19")

    async def swept():
        async with open_database("sqlite:///digituki.sqlite3") as database:
            later = datetime(2099, 1, 1, tzinfo=UTC)

            def work(connection):
                sweep(connection, later.date(), int(later.timestamp()))
                return audit(connection), invitations.waiting(connection, "lappi@example.org")

            return await database.write(work)

    assert asyncio.run(swept()) == ((), None)
