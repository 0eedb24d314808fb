"""Answers that are kept: never more than there is room for, the oldest first to go."""

import gzip

from hypothesis import given
from hypothesis import strategies as st

from referral.web.hsds.kept import MOST_ANSWERS, Answer, Kept


def test_an_answer_is_packed_where_it_is_worth_it() -> None:
    small, large = Answer.of(b"{}"), Answer.of(b"[" + b"1," * 2000 + b"1]")
    assert small.packed == b""
    assert gzip.decompress(large.packed) == large.body
    assert Answer.of(large.body) == large
    assert small.tag != large.tag


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 60)), max_size=60))
def test_there_is_always_room(asked: list[tuple[int, int]]) -> None:
    kept = Kept(most_bytes=100)
    for key, size in asked:
        kept.put(key, Answer.of(b"x" * size))
        held = [found for one in range(10) if (found := kept.get(one))]
        assert sum(len(one.body) for one in held) <= 100
        assert (kept.get(key) is not None) or size > 25


def test_small_answers_take_room_too() -> None:
    kept = Kept()
    for number in range(MOST_ANSWERS + 1):
        kept.put(number, Answer(b"{}", b"", ""))
    assert kept.get(0) is None
    assert kept.get(1) is not None


def test_the_one_not_asked_for_makes_room() -> None:
    kept = Kept(most_bytes=50)
    for key in "ab":
        kept.put(key, Answer.of(b"x" * 12))
    kept.put("c", Answer.of(b"x" * 12))
    assert kept.get("a") is not None
    for key in "de":
        kept.put(key, Answer.of(b"x" * 12))
    assert kept.get("a") is not None
    assert kept.get("b") is None
