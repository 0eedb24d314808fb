"""The conversation in a terminal: plain lines, numbers for buttons, nothing kept."""

import io
from datetime import UTC, datetime
from types import SimpleNamespace

import pytest

from bot.channels import terminal
from bot.said import Said, SaidReply
from tests.bot.channels.played import Played


class PlayedInTerminal(Played):
    """Plays the fixed conversation, and says the terminal's own sentences as they are."""

    def render(self, replies, language, *now):
        own = [reply for reply in replies if hasattr(reply, "text") and isinstance(reply.text, tuple)]
        if own:
            return Said(language, tuple(SaidReply(text.msgid) for reply in own for text in reply.text))
        return super().render(replies, language, *now)


def talk(typed, language=""):
    """What is written to somebody who types these lines, and what the dialogue heard."""
    played, out = PlayedInTerminal(), io.StringIO()
    world = SimpleNamespace(languages=(("fi", "Suomi"), ("sv", "Svenska")))
    terminal.talk(
        played.step,
        played.render,
        lambda now: world,
        lambda: datetime(2026, 11, 21, tzinfo=UTC),
        language,
        io.StringIO(typed),
        out,
    )
    return out.getvalue(), played.heard


def test_it_greets_and_ends_when_the_lines_end():
    written, heard = talk("")
    assert written.startswith("\nHello. I am an automatic service.\n")
    assert "1. fi\n2. sv\n3. Signing in\n" in written
    assert written.endswith("\nGoodbye. Nothing of this conversation was kept.\n")
    assert [one.turn for one in heard] == ["0"]


def test_a_number_presses_a_button():
    _, heard = talk("4\n  3 \n")
    assert [(one.text, one.choice) for one in heard[1:]] == [("", "group:1"), ("", "group:2")]
    assert len({one.turn for one in heard}) == 3
    assert {one.channel for one in heard} == {"terminal"}


def test_a_number_that_is_not_there_is_told():
    written, heard = talk("0\n99\n")
    assert written.count("There is no choice with that number.") == 2
    assert len(heard) == 1


@pytest.mark.parametrize("words", ["99600", "100", "my phone", "1.", "1 a", "१", "²", "-1", "١"])
def test_other_words_are_words(words):
    _, heard = talk(f"{words}\n")
    assert (heard[1].text, heard[1].choice) == (words, "")


def test_a_number_is_words_where_there_is_nothing_to_choose():
    _, heard = talk("nothing to press\n1\n")
    assert heard[2].text == "1"


@pytest.mark.parametrize("word", ["quit", "QUIT", " Quit "])
def test_a_word_ends_it(word):
    written, heard = talk(f"hello\n{word}\nnever\n")
    assert [one.text for one in heard] == ["", "hello"]
    assert written.endswith("Goodbye. Nothing of this conversation was kept.\n")


def test_an_offer_is_a_name_and_a_line_for_each_thing_known():
    written, _ = talk("library\n")
    library = written.partition("Sodankylän kirjasto\n")[2].partition("\n\n")[0]
    assert library.splitlines() == [
        "  Digital support at the library. Ask at the counter, no appointment is needed.",
        "  Face to face, About 3 km away, Free of charge",
        "  Opening hours: Open today until 18",
        "  Phone: 016 000 0000",
        "  Address: Jäämerentie 1, 99600 Sodankylä",
        "  Web page: https://library.example/sodankyla",
        "  It is the nearest.",
        "  They say that they give digital support.",
        "  Service in: Finnish and Northern Sámi",
        "  Details checked 1 November 2026.",
    ]
    assert "  Phone: The phone number has not been checked. Look at their own page.\n" in written


def test_links_are_written_out_and_what_needs_a_browser_is_left_out():
    written, _ = talk("violence\nwhere\n")
    assert "Leave this page at once: https://weather.example/\n" in written
    assert "Share my location" not in written
    assert "Where do you live?\n\n1. Talk to a person\n2. Help and settings\n" in written


def test_empty_lines_say_nothing():
    _, heard = talk("\n  \nhello\n")
    assert [one.text for one in heard[1:]] == ["hello"]


def test_it_begins_in_the_language_asked_for():
    _, heard = talk("", "sv")
    assert heard[0].language_hint == "sv"


def test_bytes_that_are_not_utf8_do_not_end_it(monkeypatch):
    stdin = io.TextIOWrapper(io.BytesIO("väärä \n".encode("latin-1") + "oikeä\n".encode()), encoding="ascii")
    stdout = io.TextIOWrapper(io.BytesIO(), encoding="ascii")
    monkeypatch.setattr("sys.stdin", stdin)
    monkeypatch.setattr("sys.stdout", stdout)
    played = PlayedInTerminal()
    world = SimpleNamespace(languages=(("fi", "Suomi"),))
    terminal.talk(played.step, played.render, lambda now: world, lambda: datetime.now(UTC))
    assert [one.text for one in played.heard[1:]] == ["v�\ufffdr�", "oikeä"]
    assert "oikeä" in stdout.buffer.getvalue().decode()
