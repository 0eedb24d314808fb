"""The pages without scripts: the form carries the whole conversation."""

import json
import re
from html import unescape

import pytest
from aiohttp import ClientSession, FormData

from bot.channels.web import Operator
from bot.channels.web.talk import MOST_OWN_BYTES, fitting, read_own
from locales.text import as_written
from referral.web import languages
from referral.web.page import paragraphs, telephone, web_address

LANGUAGES = ("fi", "fi@simple", "sv", "en", "se")


def hidden(page):
    """What the form would send again."""
    found = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page)
    return {name: unescape(value) for name, value in found}


def messages(page):
    """Who said what in the log, in order."""
    log = page.partition('role="log"')[2].partition("<form")[0]
    items = re.findall(r'<li class="(own|adviser)[^"]*"[^>]*>(.*?)</li>', log, re.DOTALL)
    return [(who, unescape(" ".join(re.sub(r"<[^>]+>", " ", words).split()))) for who, words in items]


def pressable(page):
    return re.findall(r'name="choice" value="([^"]*)"', page.partition("<form")[2].partition("<template")[0])


async def said(client, page, **fields):
    form = FormData({**hidden(page), **fields}, default_to_multipart=True)
    response = await client.post("/", data=form)
    assert response.status == 200
    return await response.text()


async def start(client, language="en"):
    return await (await client.get("/", params={"language": language})).text()


async def test_the_first_page_greets_and_stores_nothing(client, service):
    page = await start(client)
    assert messages(page)[1] == ("adviser", "Adviser: What do you need help with?")
    assert pressable(page) == ["group:0", "group:1", "group:2", "human", "help"]
    assert hidden(page)["conversation"] == ""
    assert hidden(page)["own"] == "[]"


async def test_a_whole_conversation_without_scripts(client, played):
    page = await said(client, await start(client), text="hello")
    page = await said(client, page, choice="group:1")
    page = await said(client, page, text="library")
    assert messages(page)[2:7] == [
        ("own", "You: hello"),
        ("adviser", "Adviser: You said: hello"),
        ("adviser", "Adviser: Is that right?"),
        ("own", "You: Phones"),
        ("adviser", "Adviser: You said: group:1"),
    ]
    assert page.count('id="latest"') == 1
    assert '<a class="phone" data-field="phone" href="tel:0160000000">016 000 0000</a>' in page
    heard = [heard for heard in played.heard if heard.text or heard.choice]
    assert [(one.text, one.choice, one.greeted) for one in heard] == [
        ("hello", "", True),
        ("", "group:1", True),
        ("library", "", True),
    ]
    assert len({one.conversation for one in heard}) == 1


async def test_a_page_sent_twice_is_answered_once(client, played):
    page = await start(client)
    first = await said(client, page, text="hello")
    second = await said(client, page, text="hello")
    assert messages(first) == messages(second)
    assert hidden(first)["conversation"] == hidden(second)["conversation"]
    assert len([heard for heard in played.heard if heard.text]) == 1


async def test_words_are_shown_as_words(client):
    page = await said(client, await start(client), text='<img src=x onerror="alert(1)">')
    assert "<img src=x" not in page
    assert messages(page)[2] == ("own", 'You: <img src=x onerror="alert(1)">')
    page = await said(client, page, text="library")
    assert "Esimerkkineuvonta &lt;b&gt;&amp;&lt;/b&gt;" in page
    assert "javascript:" not in page
    assert ">ask at the desk</span>" in page


async def test_what_was_written_but_not_sent_is_kept_when_a_button_is_pressed(client, played):
    page = await said(client, await start(client), text="my draft", choice="group:0")
    assert ">my draft</textarea>" in page
    assert not any(heard.text for heard in played.heard)


async def test_sending_nothing_changes_nothing(client, played):
    page = await said(client, await start(client), text="hello")
    heard = [heard for heard in played.heard if heard.turn]
    again = await said(client, page, text="   ")
    assert messages(again) == messages(page)
    assert [heard for heard in played.heard if heard.turn] == heard


async def test_changing_the_language_in_the_middle_keeps_the_conversation(client):
    page = await said(client, await start(client), text="hello")
    assert 'form="chat" name="choice" value="language:sv"' in page
    page = await said(client, page, choice="language:sv")
    assert '<html lang="sv">' in page
    assert [words for who, words in messages(page) if who == "own"][-1].endswith("Svenska")
    assert hidden(page)["language"] == "sv"


async def test_deleting_takes_the_words_along(client):
    page = await said(client, await start(client), text="my old words")
    page = await said(client, page, choice="delete")
    assert "my old words" not in page.partition('role="log"')[2].partition("<form")[0]


async def test_an_urgent_answer_stands_out_and_offers_a_way_out(client):
    page = await said(client, await start(client), text="violence")
    assert '<li class="adviser urgent"' in page
    leave = re.search(r'<nav class="leave"[^>]*>(.*?)</nav>', page, re.DOTALL)
    assert "hidden" not in leave.group(0).partition(">")[0]
    assert 'class="button exit" href="https://weather.example/" rel="noreferrer noopener"' in leave.group(1)
    page = await said(client, page, text="hello")
    assert 'href="https://weather.example/"' in page


async def test_sharing_a_location_is_offered_to_scripts_only(client):
    page = await said(client, await start(client), text="where")
    assert '<button type="submit" name="choice" value="share_location" class="scripted">' in page


async def test_the_display_chosen_survives_the_turn(client):
    page = await said(client, await start(client), text="hello", size="large", colours="dark")
    for chosen in ("size-large", "colours-dark"):
        assert re.search(rf'id="{chosen}"[^>]*checked', page)
    page = await said(client, page, text="hello", size="enormous", colours="<b>")
    assert re.search(r'id="size-normal"[^>]*checked', page)


FORMS = [
    b"",
    b"turn=",
    b"turn=a%20b&text=x",
    b"turn=" + b"a" * 300,
    b"turn=x&choice=%3Cscript%3E",
    b"turn=x&conversation=%2e%2e",
    b"turn=%ff%fe",
]


@pytest.mark.parametrize("body", FORMS)
async def test_a_form_that_is_not_ours_is_refused_with_a_page(client, body):
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    response = await client.post("/", data=body, headers=headers)
    assert response.status == 400
    assert "<h1>" in await response.text()


MULTIPARTS = [
    b"",
    b"--b",
    b'--b\r\nContent-Disposition: form-data; name="turn"\r\n\r\nx',
    b'--b\r\nContent-Disposition: form-data; name="turn"\r\nContent-Type: text/plain; charset=none\r\n\r\nx\r\n--b--',
    b'--b\r\nContent-Disposition: form-data; name="turn"\r\n\r\n\xff\xfe\r\n--b--\r\n',
    b"--b\r\nContent-Disposition: form-data\r\n\r\nx\r\n--b--\r\n",
    b"--b\r\nContent-Type: multipart/mixed; boundary=c\r\n\r\n--c\r\n\r\nx\r\n--c--\r\n--b--\r\n",
    b'--b\r\nContent-Disposition: form-data; name="turn"; filename="x"\r\n\r\nx\r\n--b--\r\n',
    b'--b\r\nContent-Disposition: form-data; name="turn"\r\nContent-Encoding: gzip\r\n\r\nx\r\n--b--\r\n',
]


@pytest.mark.parametrize("body", MULTIPARTS)
@pytest.mark.parametrize("boundary", ["; boundary=b", ""])
async def test_no_multipart_form_brings_the_page_down(client, body, boundary):
    response = await client.post("/", data=body, headers={"Content-Type": "multipart/form-data" + boundary})
    assert response.status in (200, 400)


@pytest.mark.parametrize(
    "own", ["", "{", "[" * 9000, '{"a": 1}', "[1, null, [2]]", '["\\ud800"]', '["a", "b", "c"]']
)
async def test_own_words_that_cannot_be_read_are_left_out(client, own):
    page = await start(client)
    page = await said(client, page, own=own, text="hello")
    assert [words for who, words in messages(page) if who == "own"] == ["You: hello"]


def test_own_words_are_read_back_as_they_were():
    assert read_own(json.dumps(["hei", "två\nrader"])) == ("hei", "två\nrader")


def test_the_oldest_own_words_go_first_when_there_is_no_room():
    words = tuple(f"{number} " + "ä" * 1900 for number in range(9))
    kept = fitting(words)
    assert words[-len(kept) :] == kept
    assert 0 < len(kept) < len(words)
    assert len(json.dumps(kept, ensure_ascii=False).encode()) <= MOST_OWN_BYTES


async def test_a_long_conversation_never_outgrows_the_form(client):
    page = await start(client)
    for number in range(8):
        page = await said(client, page, text=f"{number} " + "ж" * 9_000)
    assert "Your earliest messages are no longer shown here." in page
    assert messages(page)[-3][1].startswith("You: 7 жж")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("path", ["/", "/about", "/privacy", "/accessibility"])
async def test_every_page_is_in_every_language(client, path, language):
    response = await client.get(path, params={"language": languages.tag(language)})
    page = await response.text()
    assert response.headers["Content-Language"] == languages.tag(language)
    assert f'<html lang="{languages.tag(language)}">' in page
    assert page.count('aria-current="true"') == 1
    assert re.search(r"<h1[^>]*>\S", page)
    assert "{" not in re.sub(r'data-words="[^"]*"', "", page)
    assert "Testikunta" in page


async def test_the_texts_name_the_operator_and_the_sources(client):
    texts = {
        path: await (await client.get(f"{path}?language=en")).text() for path in ("/about", "/accessibility")
    }
    assert "Place names: a register, CC BY 4.0" in texts["/about"]
    assert "tuki@testikunta.example" in texts["/accessibility"]
    assert "within 14 days" in texts["/accessibility"]


async def test_no_answer_is_promised_where_nobody_can_be_asked(opened):
    async with (
        opened(operator=Operator(as_written("Testikunta"))) as address,
        ClientSession(address) as client,
    ):
        page = await (await client.get("/accessibility?language=en")).text()
    assert "14 days" not in page
    assert "has not given an address" in page


ACCEPTS = [
    ("", "", "fi"),
    ("", "sv-FI,sv;q=0.9,en;q=0.5", "sv"),
    ("", "ru,en;q=0.5", "en"),
    ("", "en;q=0.1, se;q=0.9", "se"),
    ("", "fi-FI", "fi"),
    ("", "*;q=0.5, ;;;, q=;q=x", "fi"),
    ("", "en;q=0", "fi"),
    ("fi-simple", "sv", "fi@simple"),
    ("fi@simple", "sv", "fi@simple"),
    ("SV", "", "sv"),
    ("xx", "en", "en"),
    ("../../etc", "", "fi"),
]


@pytest.mark.parametrize(("wanted", "accepts", "language"), ACCEPTS)
def test_the_language_of_a_page(wanted, accepts, language):
    assert languages.chosen(wanted, accepts, LANGUAGES) == language


PHONES = [
    ("0295 000", "tel:0295000"),
    ("+358 16 123 456", "tel:+35816123456"),
    ("(016) 123 456", "tel:016123456"),
    ("029 1234 (ma–pe 9–15)", "tel:0291234"),
    ("112", "tel:112"),
    ("040 123 4567, 040 765 4321", "tel:0401234567"),
    ("kysy tiskiltä", ""),
    ("", ""),
]


@pytest.mark.parametrize(("phone", "link"), PHONES)
def test_a_phone_number_as_a_link(phone, link):
    assert telephone(phone) == link


@pytest.mark.parametrize(
    ("url", "safe"),
    [
        ("https://a.fi", True),
        ("HTTP://a.fi", True),
        ("javascript:alert(1)", False),
        ("//a.fi", False),
        ("", False),
    ],
)
def test_only_web_addresses_become_links(url, safe):
    assert bool(web_address(url)) is safe


def test_paragraphs_are_parted_by_empty_lines():
    assert paragraphs("a\nb\n\n \nc\n") == ["a\nb", "c"]
