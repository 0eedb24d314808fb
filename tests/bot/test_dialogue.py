"""What holds for every conversation, whatever is said in it."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.dialogue import step
from bot.steps import ask, words
from bot.steps.answer import MOST_COUNTED
from bot.steps.presses import PRESSED
from bot.turn import BACK, Forget, Heard, RecordDemand, RecordHelped, State, Step, Turn
from referral.model import Form
from tests.world import world

MOST_KEY_BYTES = 60
PAGE = 3

TEXTS = st.one_of(
    st.text(max_size=200),
    st.sampled_from(
        [
            "äitini ei pääse Kelaan pankkitunnuksilla, hän asuu Sodankylässä",
            "apua",
            "Rovaniemi",
            "99800",
            "jag behöver hjälp med nätbanken i Vasa",
            "my phone was stolen",
            "Inarissa",
            "kiitos",
            "ei",
            "joo",
            "takaisin",
            "poista tietoni",
            "help",
            "mun hetu on 131052-308T",
            "😀😀😀",
            "x" * 10_000,
        ]
    ),
)
IN_A_GROUP = "privately"
"""What a group is told has no buttons: there is no conversation to go on with."""

KEYS = st.one_of(
    st.sampled_from(
        [
            *(f"{name}:" for name in PRESSED if name != IN_A_GROUP),
            *(name for name in PRESSED if name != IN_A_GROUP),
            "need:kela",
            "need:device_repair",
            "need:emergency",
            "need:scam_victim",
            "need:list",
            "need:change",
            "group:devices",
            "who:me",
            "who:other",
            "place:declined",
            "place:list",
            "place:change",
            "region:19",
            "municipality:758",
            "municipality:999",
            "form:remote",
            "form:training",
            "form:any",
            "language:sv",
            "language:fi@simple",
            "language:xx",
            "helped:yes",
            "helped:no",
            "delete:yes",
            "urgent:help",
            "exit",
        ]
    ),
    st.text(max_size=30),
)
POINTS = st.tuples(st.floats(-90, 90), st.floats(-180, 180))
HEARD = st.one_of(
    st.builds(lambda text: Heard("c", "t", "web", text=text), TEXTS),
    st.builds(lambda key: Heard("c", "t", "web", choice=key), KEYS),
    st.builds(lambda point: Heard("c", "t", "web", point=point), POINTS),
)
CONVERSATIONS = st.lists(HEARD, max_size=12)


def held(conversation: list[Heard]) -> list[Turn]:
    """The turns of a whole conversation."""
    state, turns = State(), []
    for heard in conversation:
        turns.append(step(state, heard, world()))
        state = turns[-1].state
    return turns


def test_every_step_can_be_asked_and_heard() -> None:
    assert set(ask.QUESTIONS) == set(Step) == set(words.WORDS)


@settings(max_examples=150, deadline=None)
@given(CONVERSATIONS)
def test_never_silent_and_never_different(conversation: list[Heard]) -> None:
    turns = held(conversation)
    assert turns == held(conversation)
    for turn in turns:
        assert turn.replies
        assert all(reply.text for reply in turn.replies)
        assert any(reply.choices for reply in turn.replies)


@settings(max_examples=150, deadline=None)
@given(CONVERSATIONS)
def test_a_page_has_three_offers_at_most(conversation: list[Heard]) -> None:
    for turn in held(conversation):
        assert sum(len(reply.offers) for reply in turn.replies) <= PAGE


@settings(max_examples=150, deadline=None)
@given(CONVERSATIONS)
def test_every_button_works_and_is_short(conversation: list[Heard]) -> None:
    for turn in held(conversation):
        for choice in (choice for reply in turn.replies for choice in reply.choices):
            assert len(choice.key.encode()) <= MOST_KEY_BYTES
            assert choice.url or choice.key == "share_location" or choice.key.partition(":")[0] in PRESSED


@settings(max_examples=150, deadline=None)
@given(CONVERSATIONS)
def test_what_is_counted_has_a_need_and_a_place_and_is_counted_once(conversation: list[Heard]) -> None:
    effects = [effect for turn in held(conversation) for effect in turn.effects]
    if any(isinstance(effect, Forget) for effect in effects):
        return
    entries = [entry for effect in effects if isinstance(effect, RecordDemand) for entry in effect.entries]
    assert all(entry.need and entry.municipality and entry.channel == "web" for entry in entries)
    assert len({entry.need for entry in entries}) == len(entries) <= MOST_COUNTED


@settings(max_examples=100, deadline=None)
@given(CONVERSATIONS, st.from_regex(r"[a-zåäö]{12,20}zq", fullmatch=True))
def test_nothing_that_was_written_is_remembered(conversation: list[Heard], secret: str) -> None:
    turns = held([*conversation, Heard("c", "t", "web", text=f"olen {secret} ja asun Salossa")])
    for turn in turns:
        assert secret not in repr((turn.state, turn.effects))


@settings(max_examples=100, deadline=None)
@given(CONVERSATIONS)
def test_the_way_back_is_short(conversation: list[Heard]) -> None:
    for turn in held(conversation):
        depth, state = 0, turn.state
        while state.previous is not None:
            depth, state = depth + 1, state.previous
        assert depth <= BACK


@pytest.mark.parametrize("place", ["kumlinge", "Sottungassa", "Savukoskella", "Helsingissä", "Utsjoki"])
def test_an_answer_has_a_remote_option(place: str) -> None:
    [*_, last] = held([Heard("c", "1", "web", text=f"apua sähköpostin kanssa, asun {place}")])
    offers = [found.offer for reply in last.replies for found in reply.offers]
    assert any(offer.form is Form.REMOTE for offer in offers), offers


def test_questions_are_at_most_three_and_numbered() -> None:
    state = step(State(), Heard("c", "0", "web"), world()).state
    seen = []
    for key in ("need:kela", "who:other"):
        turn = step(state, Heard("c", key, "web", choice=key), world())
        state = turn.state
        seen += [dict(text.blanks) for text in turn.replies[0].text if text.msgid.startswith("Question")]
    assert seen == [{"number": 2, "total": 3}, {"number": 3, "total": 3}]
    turn = step(state, Heard("c", "2", "web", text="Sodankylä"), world())
    assert turn.state.step is Step.ANSWER


def test_rating_counts_once() -> None:
    asked = Heard("c", "1", "web", text="apua sähköpostin kanssa, asun Rovaniemellä")
    yes = Heard("c", "2", "web", choice="helped:yes")
    turns = held([asked, yes, replace(yes, turn="3"), replace(yes, turn="4", choice="helped:no")])
    assert [effect for turn in turns for effect in turn.effects if isinstance(effect, RecordHelped)] == [
        RecordHelped("698", True)
    ]
