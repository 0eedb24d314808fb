"""What follows when a source does not answer."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from referral.directory.importers.fetch.patience import (
    LONGEST_WAIT,
    MOST_TRIES,
    Failure,
    GiveUp,
    Trouble,
    Wait,
    seconds_asked,
    verdict,
)

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
BUSY = Failure(Trouble.STATUS, 429)


@pytest.mark.parametrize(
    "failure",
    [
        BUSY,
        *(Failure(Trouble.STATUS, status) for status in (408, 500, 502, 503, 504)),
        *map(Failure, (Trouble.TIMEOUT, Trouble.CUT, Trouble.UNREADABLE, Trouble.UNREACHABLE)),
    ],
)
def test_what_passes_is_waited_for_longer_each_time_and_not_for_ever(failure: Failure) -> None:
    waits = [verdict(failure, tries) for tries in range(1, MOST_TRIES)]
    assert waits == [Wait(seconds) for seconds in (1, 2, 4, 8, 16, 30)]
    last = verdict(failure, MOST_TRIES)
    assert isinstance(last, GiveUp)
    assert last.code == "no_answer"
    assert "kept" in last.sentence


@pytest.mark.parametrize(
    ("failure", "code", "words"),
    [
        (Failure(Trouble.STATUS, 401), "key", "key"),
        (Failure(Trouble.STATUS, 403), "key", "403"),
        (Failure(Trouble.STATUS, 404), "not_there", "address"),
        (Failure(Trouble.STATUS, 400), "refused", "400"),
        (Failure(Trouble.STATUS, 501), "refused", "501"),
        (Failure(Trouble.TOO_LARGE), "too_large", "larger"),
        (Failure(Trouble.CERTIFICATE), "certificate", "clock"),
        (Failure(Trouble.ELSEWHERE, 302, detail="https://else.example/"), "elsewhere", "else.example"),
        (Failure(Trouble.STATUS, 429, after=3600), "busy", "60 minutes"),
    ],
)
def test_what_asking_again_cannot_mend_ends_at_once(failure: Failure, code: str, words: str) -> None:
    found = verdict(failure, 1)
    assert isinstance(found, GiveUp)
    assert found.code == code
    assert words in found.sentence


def test_a_busy_source_says_when_to_come_back() -> None:
    assert verdict(Failure(Trouble.STATUS, 429, after=45), 1) == Wait(45)
    assert verdict(Failure(Trouble.STATUS, 503, after=0), 3) == Wait(4)


@given(
    st.builds(
        Failure,
        st.sampled_from(Trouble),
        st.integers(0, 999),
        st.none() | st.floats(0, 1e6),
        st.text(max_size=5),
    ),
    st.integers(1, 50),
)
def test_every_failure_ends(failure: Failure, tries: int) -> None:
    found = verdict(failure, tries)
    if isinstance(found, Wait):
        assert tries < MOST_TRIES
        assert 0 < found.seconds <= max(failure.after or 0, LONGEST_WAIT)
    else:
        assert found.code
        assert found.sentence.endswith((".", "?"))


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        ("120", 120),
        (" 0 ", 0),
        ("Sun, 22 Nov 2026 12:01:30 GMT", 90),
        ("Sun, 22 Nov 2026 11:00:00 GMT", 0),
        ("", None),
        ("soon", None),
        ("-5", None),
        ("1.5", None),
        ("٣", None),
        ("9" * 400, 999_999_999),
    ],
)
def test_how_long_a_header_asks_us_to_wait(header: str, seconds: float | None) -> None:
    assert seconds_asked(header, NOW) == seconds


@given(st.text(max_size=40))
def test_no_header_stops_it(header: str) -> None:
    found = seconds_asked(header, NOW)
    assert found is None or found >= 0
