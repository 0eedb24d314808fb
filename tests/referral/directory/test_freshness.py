"""When an offer is to be checked again, and what its age does to it."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from referral.directory.freshness import (
    DUE_DAYS,
    FALLEN,
    LIMIT_DAYS,
    PAST,
    Freshness,
    due,
    due_date,
    freshness,
    freshness_at,
    regions_of,
    share_left,
)
from referral.model import Coverage, Form, Offer, Role
from tests.referral.supply import HELSINKI, INARI, MONDAY, at, atlas, covering, offer, source

TODAY = MONDAY.date()
EVENT: dict[str, Any] = {
    "form": Form.TRAINING,
    "starts": MONDAY + timedelta(days=9),
    "ends": MONDAY + timedelta(days=10),
}


def aged(id: str, days: int | None, **changes: Any) -> Offer:
    return offer(id, source=source(None if days is None else TODAY - timedelta(days=days)), **changes)


def test_every_kind_has_a_due_date_before_the_limit() -> None:
    for role in Role:
        for form in Form:
            assert 0 < DUE_DAYS[role][form] < LIMIT_DAYS


@pytest.mark.parametrize(
    ("made", "how"),
    [
        (aged("a", 183), Freshness.FRESH),
        (aged("a", 184), Freshness.DUE),
        (aged("a", 730), Freshness.DUE),
        (aged("a", 731), Freshness.OLD),
        (aged("a", None), Freshness.OLD),
        (aged("a", 184, role=Role.AUTHORITY), Freshness.FRESH),
        (aged("a", 366, role=Role.AUTHORITY), Freshness.DUE),
        (aged("a", 900, **EVENT), Freshness.FRESH),
        (aged("a", None, **EVENT), Freshness.FRESH),
    ],
)
def test_how_old(made: Offer, how: Freshness) -> None:
    assert freshness(made, TODAY) is how


def test_an_event_has_no_due_date() -> None:
    assert due_date(aged("a", 900, **EVENT)) is None
    assert due_date(aged("a", 0)) == TODAY + timedelta(days=183)


def left(offer: Offer, age: int) -> float:
    return share_left(offer, age, freshness_at(offer, age))


def test_what_is_left() -> None:
    made = aged("a", 0)
    assert left(made, 183) == 1.0
    assert left(made, LIMIT_DAYS) == pytest.approx(FALLEN)
    assert left(made, LIMIT_DAYS + 1) == PAST


@given(st.sampled_from(list(Role)), st.sampled_from(list(Form)), st.integers(0, 2000), st.integers(0, 500))
def test_older_is_never_worth_more(role: Role, form: Form, age: int, more: int) -> None:
    made = aged("a", 0, role=role, form=form)
    assert 0 < left(made, age + more) <= left(made, age) <= 1
    order = list(Freshness)
    assert order.index(freshness_at(made, age)) <= order.index(freshness_at(made, age + more))


def test_the_worst_come_first() -> None:
    over = {"form": Form.TRAINING, "ends": MONDAY - timedelta(days=9)}
    supply = [
        aged("late", 200),
        aged("later", 800),
        aged("fresh", 10),
        aged("never", None),
        aged("closed", 800, valid_until=TODAY - timedelta(days=1)),
        aged("over", 800, **over),
        aged("event", 800, **EVENT),
    ]
    found = due(supply, TODAY, atlas())
    assert [(one.offer.id, one.late, one.freshness) for one in found] == [
        ("never", 0, Freshness.OLD),
        ("later", 800 - 183, Freshness.OLD),
        ("late", 17, Freshness.DUE),
    ]
    assert found[0].since is None
    assert due([aged("fresh", 10)], TODAY, atlas()) == ()


def test_a_region_has_what_lies_in_it_and_what_is_meant_for_it() -> None:
    old = source(None)
    supply = [
        at("there", INARI, source=old),
        at("elsewhere", HELSINKI, source=old),
        offer("line", form=Form.REMOTE, coverage=Coverage(False, ("19",)), source=old),
        offer("town", form=Form.REMOTE, coverage=covering(INARI), source=old),
        offer("national", form=Form.REMOTE, source=old),
    ]
    assert [one.offer.id for one in due(supply, TODAY, atlas(), "19")] == ["line", "there", "town"]
    assert len(due(supply, TODAY, atlas())) == 5
    assert regions_of(supply[-1], atlas()) == frozenset()


def test_dates_are_whole_days() -> None:
    assert due_date(offer("a", source=source(date(2026, 1, 1)))) == date(2026, 7, 3)
