"""``digituki telegram check`` and ``digituki link``: what they find, and what they say to fix."""

from pathlib import Path

import pytest

from bot.channels.telegram import Account, profile
from bot.channels.telegram.check import Finding, check, name
from bot.channels.telegram.commands import linked
from bot.channels.telegram.network import Network
from bot.channels.telegram.webhook import register
from bot.settings import Settings
from locales.catalogue import Catalogues
from referral.answer_json import BadRequest
from tests.botapi.server import TOKEN, USERNAME, BotServer, Fault

HOOK, SECRET = "https://tuki.example/hook", "s" * 32


def bad(found: tuple[Finding, ...]) -> list[str]:
    return [finding.sentence for finding in found if not finding.good]


async def publish(account: Account, catalogues: Catalogues) -> int:
    async with Network() as network:
        bot = account.bot(network, network)
        if account.webhook:
            await register(bot, account.webhook, account.secret)
        return await profile.publish(bot, catalogues)


async def test_a_bot_that_is_ready_has_nothing_to_fix(server: BotServer, catalogues: Catalogues) -> None:
    for account in (Account(TOKEN, server.url), Account(TOKEN, server.url, HOOK, SECRET)):
        await publish(account, catalogues)
        found = await check(account, catalogues)
        assert not bad(found)
        assert len(found) == 7
        assert USERNAME in found[0].sentence
    assert await name(account) == USERNAME


async def test_what_is_as_it_should_be_is_left_alone(server: BotServer, catalogues: Catalogues) -> None:
    account = Account(TOKEN, server.url)
    assert await publish(account, catalogues) > 10
    assert await publish(account, catalogues) == 0


async def test_a_language_that_telegram_refuses_is_left_out(
    server: BotServer, catalogues: Catalogues
) -> None:
    server.faults.append(Fault("setMyCommands", 400, times=1))
    await publish(Account(TOKEN, server.url), catalogues)
    assert set(server.commands) == {"fi", "sv", "en", "se"}


async def test_it_says_what_to_fix(server: BotServer, catalogues: Catalogues) -> None:
    polling, hooked = Account(TOKEN, server.url), Account(TOKEN, server.url, HOOK, SECRET)
    assert len(bad(await check(polling, catalogues))) == 5, "the commands of five languages"
    assert "nobody" in bad(await check(hooked, catalogues))[0]
    await publish(hooked, catalogues)
    server.webhook["last_error_message"] = "Wrong response from the webhook: 502 Bad Gateway"
    server.webhook["last_error_date"] = 1795000000
    server.webhook["pending_update_count"] = 500
    assert ["502" in said or "500 messages" in said for said in bad(await check(hooked, catalogues))] == [
        True,
        True,
    ]
    assert "but DIGITUKI_TELEGRAM_WEBHOOK is empty" in bad(await check(polling, catalogues))[0]


async def test_a_token_that_is_missing_or_wrong_and_a_server_that_is_not_there(
    server: BotServer, catalogues: Catalogues
) -> None:
    cases = {
        "is not set": Account(""),
        "refuses the token": Account("1:canary", server.url),
        "cannot be asked": Account(TOKEN, "http://127.0.0.1:9"),
    }
    for words, account in cases.items():
        (sentence,) = bad(await check(account, catalogues))
        assert words in sentence
        assert "canary" not in sentence


SETTINGS = Settings.from_env({})


def link(bot: str = "a_bot", qr: str = "", **words: str) -> list[str]:
    written: list[str] = []
    assert linked(SETTINGS, bot, words, qr, written.append) == 0
    return written


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ({"place": "698", "language": "sv", "need": "kela"}, "m-698_l-sv_n-kela"),
        ({"place": "Rovaniemi", "whom": "other"}, "m-698_o-other"),
        ({"place": "Enare", "whom": "me"}, "m-148_o-me"),
        ({"place": "Lappi", "language": "fi@simple"}, "r-19_l-fi-simple"),
        ({"need": "internet_connection"}, "n-internet-connection"),
    ],
)
def test_a_link_is_made_of_codes_and_names(words: dict[str, str], expected: str) -> None:
    assert link(**words) == [f"https://t.me/a_bot?start={expected}"]


def test_a_link_that_says_nothing_and_a_bot_with_its_sign() -> None:
    assert link("@a_bot") == ["https://t.me/a_bot"]


@pytest.mark.parametrize(
    "words",
    [
        {"place": "nowhere"},
        {"language": "xx"},
        {"need": "nothing"},
        {"bot": ""},
        {"qr": "a.bmp"},
        {"qr": "/-/a.svg"},
    ],
)
def test_a_link_that_cannot_be_made_says_why(words: dict[str, str]) -> None:
    with pytest.raises(BadRequest):
        link(**words)


@pytest.mark.parametrize(("ending", "begins"), [("svg", b"<?xml"), ("png", b"\x89PNG"), ("pdf", b"%PDF")])
def test_the_qr_code_is_drawn(tmp_path: Path, ending: str, begins: bytes) -> None:
    file = tmp_path / f"poster.{ending}"
    link(place="698", qr=str(file))
    assert file.read_bytes().startswith(begins)


def test_a_name_that_cannot_be_asked_for_is_said_so() -> None:
    settings = Settings.from_env(
        {"DIGITUKI_TELEGRAM_TOKEN": TOKEN, "DIGITUKI_TELEGRAM_API": "http://127.0.0.1:9"}
    )
    with pytest.raises(BadRequest, match="--bot"):
        linked(settings, "", {}, "", str)
