"""Whole conversations of people with the real dialogue, over the Bot API's own calls."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from bot.dialogue import step
from bot.metrics import Metrics
from bot.render import renderer
from bot.service import Service
from bot.steps import place
from locales.text import say
from referral.store.database import Database
from tests.bot.channels.telegram.conftest import Channel, Run
from tests.botapi.person import Person
from tests.world import MONDAY, OPERATOR, known

LANGUAGES = {
    "fi": ("fi", "en pääse omakelaan"),
    "fi@simple": ("fi", "en pääse omakelaan"),
    "sv": ("sv", "jag kan inte logga in på FPA"),
    "en": ("en-GB", "I cannot log in to Kela"),
    "se": ("se", "in beasa sisa Kelai"),
}
"""Our languages: Telegram's code for each, and a way of asking about Kela."""

ANSWERING = {"answerCallbackQuery", "sendMessage", "editMessageText", "deleteMessage", "sendVenue"}
"""The calls that a person sees; the bot's own name, commands and polling run beside them at any time."""

LAPLAND = ("Anár", "Ohcejohka", "Rovaniemi")
RUN_BY = "Esimerkkikunta"


def real(database: Database, metrics: Metrics) -> Service:
    """The service as the program runs it, on a Monday morning."""
    render = renderer(known().atlas, known().catalogues)
    return Service(database, step, render, known().world(OPERATOR), lambda: MONDAY, metrics)


def words(text: str, language: str) -> str:
    return known().catalogues.say(say(text), language)


@pytest.fixture
async def channel(run: Run) -> AsyncIterator[Channel]:
    async with run(real) as opened:
        yield opened


async def said(channel: Channel, person: Person, *lines: str) -> list[str]:
    """Writes each line (a line in brackets presses the button of these words); gives what was said last."""
    before = 0
    for line in lines:
        before = len(person.read)
        if line.startswith("["):
            await person.press(line[1:-1])
        else:
            await person.write(line)
        await channel.settled()
    return person.read[before:]


def buttons(channel: Channel, chat: int = 7) -> list[str]:
    """The words of the buttons under the latest message."""
    markup = channel.server.to(chat)[-1].markup
    rows = markup.get("inline_keyboard", markup.get("keyboard", []))
    return [button["text"] for row in rows for button in row]


def keys(channel: Channel, chat: int = 7) -> list[str]:
    """What the buttons under the latest message send."""
    rows = channel.server.to(chat)[-1].markup["inline_keyboard"]
    return [button["callback_data"] for row in rows for button in row if "callback_data" in button]


@pytest.mark.parametrize("language", LANGUAGES)
async def test_from_start_to_a_helper_in_every_language(channel: Channel, language: str) -> None:
    code, asked = LANGUAGES[language]
    maija = channel.person(language=code)
    greeting = await said(channel, maija, "/start")
    assert RUN_BY in greeting[0]
    if "@" in language:
        await said(channel, maija, "[Selkosuomi]")
    answer = await said(channel, maija, asked, "99600")
    assert ("Soađegilli" if language == "se" else "Sodankylä") in answer[0]
    assert len(answer) == 1, "three who help, in one message"
    assert [f"\n{number}. " in answer[0] for number in (1, 2, 3, 4)] == [True, True, True, False]
    assert any("0295 000" in text for text in answer)
    assert words("Talk to a person", language) in buttons(channel)


@pytest.mark.parametrize("language", LANGUAGES)
async def test_a_whole_conversation_in_every_language(channel: Channel, language: str) -> None:
    """From a poster's link through buttons and a shared location to a pin, and away again."""
    maija = channel.person(language="uk")

    async def press(text: str) -> list[str]:
        return await said(channel, maija, f"[{words(text, language)}]")

    greeting = await said(channel, maija, f"/start l-{language.replace('@', '-')}")
    assert RUN_BY in greeting[0]
    for key in ("need:list", "group:public_services", "need:kela", "who:me"):
        await maija.press_key(key)
        await channel.settled()
    assert words("Where do you live?", language) in maija.read[-1]
    (keyboard,) = await press("Share my location")
    assert keyboard == words(
        "You can also share your location with the button below the message field.", language
    )
    before = len(maija.read)
    await maija.share(67.4149, 26.5898)
    await channel.settled()
    thanks, answer = maija.read[before:]
    assert thanks == words("Thank you.", language)
    assert ("Soađegilli" if language == "se" else "Sodankylä") in answer
    await maija.press_key(next(key for key in keys(channel) if key.startswith("where:")))
    await channel.settled()
    assert channel.server.to(7)[-1].venue
    assert await press("Show more")
    await said(channel, maija, "/delete")
    (farewell,) = await press("Yes, delete")
    assert words("Everything about this conversation is deleted.", language) in farewell
    assert await channel.service.said_before("telegram", "7") == ()
    assert channel.counted("digituki_updates_set_aside_total") == 0


async def test_a_press_is_acknowledged_before_it_is_answered(channel: Channel) -> None:
    maija = channel.person(language="sv")
    await said(channel, maija, "/start")
    for key in ("need:list", "group:public_services", "need:kela", "who:me", "place:list", "region:19"):
        before = len(channel.server.calls)
        await maija.press_key(key)
        await channel.settled()
        methods = [call.method for call in channel.server.calls[before:] if call.method in ANSWERING]
        assert methods == ["answerCallbackQuery", "sendMessage"], key
    await maija.press_key("municipality:698")
    await channel.settled()
    assert "Rovaniemi" in maija.read[-1]
    assert len(channel.server.acknowledged) == 7


SHARE = known().catalogues.say(place.SHARE.label, "fi")


async def test_the_location_keyboard_is_shown_to_whoever_asks_for_it(channel: Channel) -> None:
    maija = channel.person()
    (question,) = await said(channel, maija, "/start", "en pääse omakelaan")
    assert question.endswith(words(place.WRITE.msgid, "fi"))
    assert "inline_keyboard" in channel.server.to(7)[-1].markup
    await said(channel, maija, f"[{SHARE}]")
    (here,), (typed,) = channel.server.to(7)[-1].markup["keyboard"]
    assert here == {"text": SHARE, "request_location": True}
    assert typed["text"] == words("I will write the place", "fi")
    before = len(maija.read)
    await maija.share(68.9065, 27.0288)
    await channel.settled()
    thanks, answer = channel.server.to(7)[before:]
    assert thanks.markup == {"remove_keyboard": True}
    assert "Inari" in answer.text
    assert not any("keyboard" in sent.markup for sent in channel.server.to(7)[before:])


async def test_the_location_button_of_an_old_question_shows_no_keyboard(channel: Channel) -> None:
    maija = channel.person()
    await said(channel, maija, "/start", "en pääse omakelaan", "Inari")
    answer = await said(channel, maija, f"[{SHARE}]")
    assert answer
    assert not any("keyboard" in sent.markup for sent in channel.server.to(7))


async def test_who_will_not_share_a_location_writes_it(channel: Channel) -> None:
    maija = channel.person()
    await said(channel, maija, "/start", "en pääse omakelaan", f"[{SHARE}]")
    thanks, question = await said(channel, maija, f"[{words('I will write the place', 'fi')}]")
    assert thanks == words("Thank you.", "fi")
    assert channel.server.to(7)[-2].markup == {"remove_keyboard": True}
    assert question == words(place.WRITE.msgid, "fi")
    answer = await said(channel, maija, "Inari")
    assert "Inari" in answer[0]


async def test_a_phone_number_is_copied_and_a_place_is_pinned(channel: Channel) -> None:
    maija = channel.person()
    await said(channel, maija, "/start", "en pääse omakelaan, asun Sodankylässä")
    answer = channel.server.to(7)[-1]
    rows = answer.markup["inline_keyboard"]
    copies = [row for row in rows if "copy_text" in row[0]]
    assert len(copies) > 1
    for (copy,) in copies:
        number, _, label = copy["text"].partition(". ")
        offer = answer.text.split("\n\n")[-4 + int(number)]
        assert offer.startswith(f"{number}. ")
        assert copy["copy_text"]["text"] in offer
        assert label.endswith(copy["copy_text"]["text"])
    (of_library,) = rows[len(copies)]
    await maija.press(of_library["text"])
    await channel.settled()
    pin = channel.server.to(7)[-1]
    assert float(pin.venue["latitude"]) == pytest.approx(67.4, abs=0.2)
    assert float(pin.venue["longitude"]) == pytest.approx(26.6, abs=0.2)
    assert "99600 Sodankylä" in pin.venue["address"]


async def test_every_command_is_answered_in_its_language(channel: Channel) -> None:
    elsa = channel.person(language="se")
    for command in (
        "/start",
        "/help",
        "/settings",
        "/language",
        "/place",
        "/human",
        "/privacy",
        "/cancel",
        "/what",
    ):
        before = len(elsa.read)
        await elsa.write(command)
        await channel.settled()
        assert len(elsa.read) > before, command
    assert words("Choose the language.", "se") in elsa.read


async def test_the_language_can_be_changed_at_any_time(channel: Channel) -> None:
    maija = channel.person(language="fi")
    await said(channel, maija, "/start", "en pääse omakelaan, asun Sodankylässä", "/language")
    answer = await said(channel, maija, "[English]")
    assert answer[0].startswith("The language is now English.")


async def test_an_unknown_language_of_telegram_begins_in_english(channel: Channel) -> None:
    greeting = await said(channel, channel.person(language="uk"), "/start")
    assert greeting[0].startswith("Hello.")


async def test_delete_forgets_everything(channel: Channel) -> None:
    maija = channel.person()
    await said(channel, maija, "/start", "en pääse omakelaan, asun Sodankylässä", "/delete")
    assert await channel.service.said_before("telegram", "7")
    farewell = await said(channel, maija, f"[{words('Yes, delete', 'fi')}]")
    assert words("Everything about this conversation is deleted.", "fi") in farewell[0]
    assert await channel.service.said_before("telegram", "7") == ()
    # The buttons above the farewell still stand there.
    before = len(maija.read)
    await maija.press_key("delete:yes")
    await channel.settled()
    assert len(maija.read) == before + 1


async def test_delete_stops_the_rest_of_an_answer(run: Run) -> None:
    """The answer for somebody else is two messages, and the second has to wait for its turn."""
    async with run(real, chat=2.0) as channel:
        maija = channel.person()
        await maija.write("äitini ei pääse Kelaan pankkitunnuksilla, hän asuu Sodankylässä")
        async with asyncio.timeout(30):
            while not any("Sodankylä" in text for text in maija.read):
                await asyncio.sleep(0.005)
        before = len(maija.read)
        await maija.press_data("delete:yes")
        await channel.settled()
        farewell = maija.read[before:]
    assert len(farewell) == 1
    assert words("Everything about this conversation is deleted.", "fi") in farewell[0]


@pytest.mark.parametrize(
    ("payload", "language", "expected"),
    [
        ("m-698_l-sv_n-kela_o-me", "sv", "Rovaniemi"),
        ("m-698_n-kela_o-other", "fi", "Rovaniemi"),
        ("n-scam-victim", "fi", "1."),
    ],
)
async def test_a_link_fills_what_it_says(
    channel: Channel, payload: str, language: str, expected: str
) -> None:
    maija = channel.person(language="fi")
    await said(channel, maija, f"/start {payload}")
    assert any(expected in text for text in maija.read)
    state = await channel.service.said_before("telegram", "7")
    assert state[-1].language == language


async def test_a_link_to_a_region_asks_for_the_municipality_within_it(channel: Channel) -> None:
    maija = channel.person(language="fi")
    await said(channel, maija, "/start r-19_l-se")
    answer = await said(channel, maija, "in beasa sisa Kelai")
    assert answer
    assert len([label for label in buttons(channel) if label in LAPLAND]) == len(LAPLAND)


@pytest.mark.parametrize(
    "payload", ["nonsense", "m-999_n-nothing_l-xx_o-x_r-99", "_", "-" * 64, "m-698 extra"]
)
async def test_a_link_that_cannot_be_read_still_greets(channel: Channel, payload: str) -> None:
    greeting = await said(channel, channel.person(), f"/start {payload}")
    assert RUN_BY in greeting[0]


@pytest.mark.parametrize(
    "content",
    [
        {"photo": [{"file_id": "f", "file_unique_id": "u", "width": 1, "height": 1}], "caption": "katso"},
        {"voice": {"file_id": "f", "file_unique_id": "u", "duration": 3}},
        {
            "sticker": {
                **{"file_id": "f", "file_unique_id": "u", "type": "regular", "width": 1, "height": 1},
                **{"is_animated": False, "is_video": False},
            }
        },
        {"contact": {"phone_number": "0401234567", "first_name": "Maija"}},
        {"document": {"file_id": "f", "file_unique_id": "u"}},
    ],
)
async def test_what_is_not_text_gets_a_kind_sentence(channel: Channel, content: dict[str, object]) -> None:
    maija = channel.person()
    await maija.send(content)
    await channel.settled()
    assert (
        words("I can only read text. I did not open what you sent, and I do not keep it.", "fi")
        in maija.read[-1]
    )


async def test_a_group_is_told_once_to_write_privately(channel: Channel) -> None:
    maija = channel.person()
    group = {"chat": {"id": -100, "type": "supergroup", "title": "Kylä"}}
    for text in ("/start", "apua kelaan"):
        message = {**maija.message({"text": text}), **group}
        channel.server.add({"message": message})
    await channel.settled()
    (only,) = channel.server.to(-100)
    assert (
        words(
            "I only talk in private, so that others do not see what you ask. Please write to me directly.",
            "fi",
        )
        == only.text
    )
    assert await channel.service.said_before("telegram", "-100") == ()


async def test_an_edited_message_changes_nothing(channel: Channel) -> None:
    maija = channel.person()
    await said(channel, maija, "/start")
    before = len(maija.read)
    channel.server.add({"edited_message": {**maija.message({"text": "kela"}), "edit_date": 1795500001}})
    await channel.settled()
    assert len(maija.read) == before
    assert channel.counted('digituki_updates_set_aside_total{reason="passed_over"}') == 1


@pytest.mark.parametrize(
    "data", ["need:nothing", "municipality:000", "x" * 64, "where:nobody", "ö:ä", "back"]
)
async def test_old_and_invented_buttons_are_harmless(channel: Channel, data: str) -> None:
    maija = channel.person()
    await said(channel, maija, "/start")
    before = len(maija.read)
    await maija.press_data(data)
    await channel.settled()
    assert len(maija.read) > before
    assert channel.counted("digituki_updates_set_aside_total") == 0


async def test_a_press_twice_and_a_press_too_late_are_answered(channel: Channel) -> None:
    maija = channel.person()
    await said(channel, maija, "/start")
    await maija.press_key("need:list")
    await maija.press_key("need:list")
    await channel.settled()
    channel.server.queries.clear()
    before = len(maija.read)
    button, sent = maija.button(lambda one: one.get("callback_data") == "group:public_services", "group")
    await maija.press_data(button["callback_data"], sent)
    channel.server.queries.clear()
    await channel.settled()
    assert len(maija.read) > before


async def test_who_blocks_the_bot_is_forgotten(channel: Channel) -> None:
    maija = channel.person()
    await said(channel, maija, "/start", "en pääse omakelaan, asun Sodankylässä")
    user = {"id": 7, "is_bot": False, "first_name": "Maija"}
    bot = {"id": 4242, "is_bot": True, "first_name": "Digituki"}
    before = {"user": bot, "status": "member"}
    after = {"user": bot, "status": "kicked", "until_date": 0}
    chat = {"id": 7, "type": "private"}
    change = {"chat": chat, "from": user, "date": 1, "old_chat_member": before, "new_chat_member": after}
    sent = len(maija.read)
    channel.server.add({"my_chat_member": change})
    await channel.settled()
    assert await channel.service.said_before("telegram", "7") == ()
    assert len(maija.read) == sent


async def test_a_very_long_message_and_only_signs_are_answered(channel: Channel) -> None:
    maija = channel.person()
    for text in ("kela " * 800, "😀" * 300, "???", "<b>&", "\x00"):
        assert await said(channel, maija, text), text


async def test_the_menu_speaks_every_language_that_telegram_knows(channel: Channel) -> None:
    server = channel.server
    while set(server.commands) != {"", "fi", "sv", "en", "se"}:
        await channel.settled()
    names = [command["command"] for command in server.commands["fi"]]
    assert names == ["start", "help", "language", "place", "human", "privacy", "delete", "cancel"]
    assert {command["description"] for command in server.commands["sv"]} != {
        command["description"] for command in server.commands["fi"]
    }
    while ("short_description", "se") not in server.texts:
        await channel.settled()
    assert server.texts["description", "sv"] != server.texts["description", "fi"]
