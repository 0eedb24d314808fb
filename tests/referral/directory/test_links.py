"""What an answer says of an address, when it is called broken, and which numbers nobody can dial."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from referral.directory.links import (
    Finding,
    Heard,
    Outcome,
    broken_since,
    by_host,
    is_broken,
    judged,
    number_fault,
    says_enough,
    shown_addresses,
)
from tests.referral.supply import offer

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("heard", "outcome", "code"),
    [
        (Heard(200), Outcome.OK, "200"),
        (Heard(204), Outcome.OK, "204"),
        (Heard(304), Outcome.OK, "304"),
        (Heard(403), Outcome.OK, "403"),
        (Heard(405), Outcome.OK, "405"),
        (Heard(429), Outcome.OK, "429"),
        (Heard(404), Outcome.BROKEN, "404"),
        (Heard(410), Outcome.BROKEN, "410"),
        (Heard(400), Outcome.BROKEN, "400"),
        (Heard(500), Outcome.UNREACHABLE, "500"),
        (Heard(503), Outcome.UNREACHABLE, "503"),
        (Heard(0, "timeout"), Outcome.UNREACHABLE, "timeout"),
        (Heard(0), Outcome.UNREACHABLE, "silent"),
    ],
)
def test_what_an_answer_means(heard: Heard, outcome: Outcome, code: str) -> None:
    assert judged(heard) == Finding(outcome, code)
    assert judged(heard).has_failed == (outcome is not Outcome.OK)


@given(st.integers(0, 999))
def test_what_a_head_says_enough_about_is_well(status: int) -> None:
    if says_enough(Heard(status)):
        assert judged(Heard(status)).outcome is Outcome.OK


@pytest.mark.parametrize(
    ("days", "broken"),
    [
        ({}, False),
        ({0: True}, False),
        ({0: True, 1: True}, True),
        ({0: True, 30: True}, True),
        ({0: True, 1: False, 2: True}, False),
        ({0: False, 1: True, 2: True}, False),
        ({0: True, 1: True, 2: False}, True),
    ],
)
def test_one_day_alone_never_calls_an_address_broken(days: dict[int, bool], broken: bool) -> None:
    assert is_broken({TODAY - timedelta(days=ago): failed for ago, failed in days.items()}) is broken


def test_an_address_is_visited_once_for_all_who_show_it() -> None:
    offers = [
        offer("a", url="https://x.example/1"),
        offer("b"),
        offer("c", url="https://x.example/1"),
        offer("d", url="https://X.example/2"),
        offer("e", url="https://y.example:8443/"),
        offer("f", url="https://[/"),
    ]
    shown = shown_addresses(offers)
    assert shown["https://x.example/1"] == ("a", "c")
    assert by_host(shown) == {
        "x.example": ("https://x.example/1", "https://X.example/2"),
        "y.example": ("https://y.example:8443/",),
        "": ("https://[/",),
    }


@pytest.mark.parametrize(
    "number",
    [
        *("09 310 1111", "050 443 6903", "+358 44 794 3552", "+358447943552", "0295 020 500", "029 497 000"),
        *("116 117", "116 006", "112", "0800 123 456", "020 634 0200", "010 345 3000", "(08) 5584 7403"),
        *("016 123-4567", "+46 8 123 456 78"),
    ],
)
def test_numbers_that_can_be_dialled(number: str) -> None:
    assert number_fault(number) == ""


@pytest.mark.parametrize(
    "number", ["358504 320065", "09 12", "123", "000 000", "075 123 4567", "", "+999 123"]
)
def test_numbers_that_nobody_can_dial(number: str) -> None:
    assert number_fault(number)


@given(st.text(max_size=30))
def test_no_number_stops_it(number: str) -> None:
    assert isinstance(number_fault(number), str)


@pytest.mark.parametrize(
    ("failed", "confirmed", "since"),
    [
        ((True,), None, None),
        ((True, True), None, 0),
        ((True, False, True, True), None, 2),
        ((True, True, False), None, None),
        ((True, True), 0, None),
        ((True, True, True), 0, 1),
        ((True, True), 5, None),
        ((), None, None),
    ],
)
def test_since_when_an_address_is_broken(
    failed: tuple[bool, ...], confirmed: int | None, since: int | None
) -> None:
    days = [date(2026, 11, 1) + timedelta(days=number) for number in range(9)]
    said = None if confirmed is None else days[confirmed]
    found = broken_since(dict(zip(days, failed, strict=False)), said)
    assert found == (None if since is None else days[since])
