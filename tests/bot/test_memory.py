"""What is written down is read back the same; what does not fit is not guessed at."""

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.memory import read, write
from bot.said import Card, Said, SaidChoice, SaidReply
from bot.turn import PlaceChoice, State, Step
from referral.model import Form

finite = st.floats(allow_nan=False, allow_infinity=False)
points = st.none() | st.tuples(finite, finite)
words = st.text(max_size=20)

cards = st.builds(
    Card, **{name: words for name in Card.__slots__ if name not in ("why", "point")}, point=points
)
replies = st.builds(
    SaidReply,
    text=words,
    choices=st.lists(st.builds(SaidChoice, words, words, words), max_size=3).map(tuple),
    offers=st.lists(cards.map(lambda card: replace(card, why=("a", "b"))), max_size=3).map(tuple),
    urgent=st.booleans(),
)
saids = st.builds(Said, words, st.lists(replies, max_size=3).map(tuple))
plain_states = st.builds(
    State,
    step=st.sampled_from(Step),
    language=words,
    needs=st.lists(words, max_size=3).map(tuple),
    place=st.none() | st.builds(PlaceChoice, words, words, points, st.booleans()),
    on_behalf=st.none() | st.booleans(),
    form=st.none() | st.sampled_from(Form),
    page=st.integers(),
    offered=st.lists(words, max_size=3).map(tuple),
)
states = st.recursive(
    plain_states, lambda older: st.builds(lambda now, then: replace(now, previous=then), plain_states, older)
)


@given(saids)
def test_an_answer_is_read_as_it_was_written(said: Said) -> None:
    assert read(Said, write(said)) == said


@given(states)
def test_a_state_is_read_as_it_was_written(state: State) -> None:
    assert read(State, write(state)) == state


def test_a_field_that_is_new_has_its_default() -> None:
    assert read(State, '{"v":1,"is":{"language":"sv"}}') == State(language="sv")


@pytest.mark.parametrize(
    "written",
    [
        "",
        "{",
        "[]",
        "null",
        '{"v":0,"is":{}}',
        '{"is":{}}',
        '{"v":1}',
        '{"v":1,"is":[]}',
        '{"v":1,"is":{"language":5}}',
        '{"v":1,"is":{"step":"dancing"}}',
        '{"v":1,"is":{"page":true}}',
        '{"v":1,"is":{"page":1.5}}',
        '{"v":1,"is":{"needs":"kela"}}',
        '{"v":1,"is":{"needs":[1]}}',
        '{"v":1,"is":{"place":{"point":[1,2,3]}}}',
        '{"v":1,"is":{"place":"758"}}',
        '{"v":1,"is":{"no_such_field":1}}',
        '{"v":1,"is":{"previous":' * 2000,
        '{"v":1,"is":' + '{"previous":' * 5000 + "null" + "}" * 5001,
    ],
)
def test_what_does_not_fit_is_not_guessed_at(written: str) -> None:
    assert read(State, written) is None


def test_an_answer_with_something_missing_does_not_fit() -> None:
    assert read(Said, '{"v":1,"is":{"language":"fi"}}') is None


@given(
    st.recursive(
        st.none() | st.booleans() | finite | words,
        lambda inner: st.lists(inner) | st.dictionaries(words, inner),
    )
)
def test_reading_never_raises(anything: object) -> None:
    for shape in (State, Said):
        value = read(shape, json.dumps({"v": 1, "is": anything}))
        assert value is None or isinstance(value, shape)
