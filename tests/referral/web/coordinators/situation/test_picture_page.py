"""How a number stands to that of a year before, told only where rounding leaves something to tell."""

import pytest

from referral.situation.picture import Count, Picture, Point
from referral.situation.question import Question
from referral.web.coordinators.situation.picture_page import change


@pytest.mark.parametrize(
    ("now", "before", "told"),
    [
        (30, 20, ("up", 0.5)),
        (20, 40, ("down", 0.5)),
        (40, 40, ("same", 0.0)),
        (15, 40, ("", 0.0)),
        (40, 15, ("", 0.0)),
        (0, 40, ("", 0.0)),
        (40, 0, ("", 0.0)),
        (40, None, ("", 0.0)),
    ],
)
def test_a_share_is_told_of_numbers_that_are_large_enough(
    now: int, before: int | None, told: tuple[str, float]
) -> None:
    count = Count(now, now)
    course = (Point("2026-Q4", count, None if before is None else Count(before, before)),)
    seen = Picture(Question("quarter", "2026-Q4"), 5, count, course, ())
    assert change(seen) == told
