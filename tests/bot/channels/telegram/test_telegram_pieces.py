"""How an answer is cut and shown: nothing lost, nothing too long, nothing that is markup by accident."""

import json
from contextlib import suppress
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.telegram.hearing import BadUpdate, Reader, language_of
from bot.channels.telegram.message import message
from bot.channels.telegram.offers import saying, units
from bot.channels.telegram.pace import Pace
from bot.channels.telegram.pieces import divided, paragraphs_of, pieces
from bot.said import Said, SaidChoice, SaidReply
from bot.steps.link import Link, payload, read
from bot.turn import Heard
from knowledge.load import load_atlas, load_catalog
from locales.catalogue import Catalogues
from tests.bot.channels.played import LIBRARY, LINE
from tests.botapi import rules

CATALOGUES = Catalogues.load()
HEARD = Heard("7", "1", "telegram", text="a")
SAY = saying("en", CATALOGUES)
TRICKY = st.text(alphabet=st.sampled_from("aä <>&\"'\n.?😀\u0301/"), max_size=300)


def sent(reply: SaidReply) -> dict[str, str]:
    """The reply as the fields of a call."""
    shown = message(reply, "en", CATALOGUES)
    fields: dict[str, str] = {**shown.fields, "reply_markup": json.dumps(shown.fields["reply_markup"])}
    return fields


@given(st.text(max_size=3000), st.integers(2, 400))
def test_a_text_is_cut_without_losing_a_word(text: str, most: int) -> None:
    parts = divided(text, most)
    assert all(0 < units(part) <= most for part in parts)
    assert "".join("".join(parts).split()) == "".join(text.split())


def test_a_long_text_is_cut_between_paragraphs() -> None:
    paragraph = "A sentence of some length. " * 60
    parts = divided("\n\n".join([paragraph.strip()] * 5))
    assert [part.count("\n\n") for part in parts] == [1, 1, 0]


@given(TRICKY, TRICKY, st.booleans())
def test_whatever_is_said_telegram_takes(text: str, name: str, urgent: bool) -> None:
    card = replace(LIBRARY, name=name, what=text * 12, why=(text,) * 9, address=name)
    choices = (
        SaidChoice("need:kela", name.strip() or "x"),
        SaidChoice("exit", "x", "https://weather.example/"),
    )
    reply = SaidReply(text * 30, choices, (card, LINE), urgent)
    for piece in pieces(Said("en", (reply,)), HEARD, CATALOGUES).replies:
        fields = sent(piece)
        if text.strip() or piece.offers:
            rules.text_of(fields)
        rules.markup_of(fields)


def test_every_button_is_under_the_last_piece_of_its_reply() -> None:
    choices = tuple(SaidChoice(f"region:{n}", f"Region {n}") for n in range(40))
    said = pieces(Said("en", (SaidReply("a " * 5000, choices, (LIBRARY,)),)), HEARD, CATALOGUES)
    assert [(len(reply.offers), len(reply.choices)) for reply in said.replies] == [(0, 0), (0, 0), (1, 40)]
    markup = json.loads(sent(said.replies[-1])["reply_markup"])
    labels = [button["text"] for row in markup["inline_keyboard"] for button in row]
    assert labels[-40:] == [choice.label for choice in choices]


@given(st.lists(st.builds(SaidReply, TRICKY, offers=st.lists(st.just(LINE), max_size=9).map(tuple))))
def test_nothing_is_left_out_or_moved(replies: list[SaidReply]) -> None:
    found = pieces(Said("en", tuple(replies)), HEARD, CATALOGUES).replies
    assert [card for reply in found for card in reply.offers] == [c for r in replies for c in r.offers]
    words = "".join(reply.text for reply in found)
    assert "".join(words.split()) == "".join("".join(reply.text for reply in replies).split())
    assert all(units("\n\n".join(paragraphs_of(reply, SAY))) <= 4096 for reply in found)


ANSWER = SaidReply("Place: Sodankylä.", (SaidChoice("more", "More"),), (LIBRARY, LINE))
GREETING = SaidReply("Hello.", (SaidChoice("language:fi", "Suomi"),))
QUESTION = SaidReply(
    "Where do you live?", (SaidChoice("share_location", "Share"), SaidChoice("back", "Back"))
)
WARNING = SaidReply("Call 112.", urgent=True)


@pytest.mark.parametrize(
    ("replies", "expected"),
    [
        ((GREETING, QUESTION), [["language:fi", "share_location", "back"]]),
        ((GREETING, ANSWER), [["language:fi"], ["more"]]),
        ((ANSWER, QUESTION), [["more"], ["share_location", "back"]]),
        ((WARNING, QUESTION), [[], ["share_location", "back"]]),
        ((QUESTION, QUESTION), [["share_location", "back"]]),
    ],
)
def test_what_goes_into_one_message(replies: tuple[SaidReply, ...], expected: list[list[str]]) -> None:
    found = pieces(Said("en", replies), HEARD, CATALOGUES).replies
    assert [[choice.key for choice in reply.choices] for reply in found] == expected


def test_the_keyboard_is_all_that_is_shown_to_whoever_asks_for_it() -> None:
    pressed = replace(HEARD, text="", choice="share_location")
    (only,) = pieces(Said("en", (QUESTION,)), pressed, CATALOGUES).replies
    keyboard = json.loads(sent(only)["reply_markup"])["keyboard"]
    assert keyboard[0] == [{"text": "Share", "request_location": True}]


def test_several_offers_are_numbered_and_so_are_their_buttons() -> None:
    fields = sent(replace(ANSWER, choices=()))
    assert "<b>1. Sodankylän kirjasto</b>" in fields["text"]
    assert "<b>2. Esimerkkineuvonta &lt;b&gt;&amp;&lt;/b&gt;</b>" in fields["text"]
    rows = json.loads(fields["reply_markup"])["inline_keyboard"]
    assert [[button["text"] for button in row] for row in rows] == [
        ["1. Copy the number 016 000 0000"],
        ["Map: 1"],
    ]


@pytest.mark.parametrize("key", ["x" * 65, "ä" * 33, ""])
def test_a_key_that_is_too_long_makes_no_button(key: str) -> None:
    markup = json.loads(sent(SaidReply("a", (SaidChoice(key, "A"), SaidChoice("help", "B"))))["reply_markup"])
    assert markup == {"inline_keyboard": [[{"text": "B", "callback_data": "help"}]]}


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(),
        lambda inner: (
            st.lists(inner)
            | st.dictionaries(
                st.sampled_from(
                    (
                        "update_id",
                        "message",
                        "chat",
                        "id",
                        "from",
                        "text",
                        "callback_query",
                        "date",
                        "type",
                        "data",
                    )
                ),
                inner,
            )
        ),
        max_leaves=12,
    )
)
def test_reading_an_update_never_fails_otherwise(update: object) -> None:
    with suppress(BadUpdate):
        Reader(CATALOGUES).read(update)


@pytest.mark.parametrize(
    ("code", "language"),
    [
        ("fi", "fi"),
        ("fi-FI", "fi"),
        ("SV", "sv"),
        ("en_GB", "en"),
        ("se", "se"),
        ("uk", "en"),
        ("", ""),
        (None, ""),
        (5, ""),
    ],
)
def test_the_first_language_is_that_of_telegram(code: object, language: str) -> None:
    assert language_of(code, CATALOGUES.languages) == language


def test_every_link_fits_and_says_what_it_was_made_of() -> None:
    atlas, needs = load_atlas(), load_catalog().needs
    assert needs
    for need in needs:
        for language in CATALOGUES.languages:
            for on_behalf in (None, True, False):
                link = Link(next(iter(atlas.municipalities)), "", language, need, on_behalf)
                assert read(payload(link)) == link
                assert len(payload(link)) <= 64
    assert read(payload(Link(region="19"))) == Link(region="19")
    with pytest.raises(ValueError, match="characters"):
        payload(Link(need="x" * 64))


class Moment:
    now = 100.0

    def __call__(self) -> float:
        return self.now


def test_a_chat_rests_alone_and_everybody_shares_the_rest() -> None:
    moment = Moment()
    pace = Pace(moment)
    assert pace.slot() == 0
    assert pace.slot() == pytest.approx(1 / 25)
    assert pace.slot() == pytest.approx(2 / 25)
    pace.sent("1")
    pace.sent("-5")
    pace.rest("2", 7)
    assert set(pace.resting()) == {"1", "-5", "2"}
    assert pace.wait() == pytest.approx(1)
    moment.now += 1.01
    assert set(pace.resting()) == {"-5", "2"}
    moment.now += 2
    assert pace.resting() == ("2",)


def test_a_chat_that_fails_waits_longer_each_time_and_at_most_a_minute() -> None:
    moment = Moment()
    pace = Pace(moment)
    waits = []
    for _ in range(9):
        pace.failed("1")
        waits.append(pace.wait())
        moment.now += pace.wait() + 0.01
        assert pace.resting() == ()
    assert waits[:3] == pytest.approx([0.5, 1, 2])
    assert waits[-1] == pytest.approx(60)
