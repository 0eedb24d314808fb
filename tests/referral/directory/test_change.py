"""What an import would do, before it does anything."""

from dataclasses import replace
from datetime import date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from referral.directory.change import Change, applied, change
from referral.directory.importers.imported import Imported
from referral.directory.importers.rejected import Rejected
from referral.hours import HELSINKI
from referral.model import Form, Offer
from tests.referral.supply import offer, source

TODAY = date(2026, 11, 23)
TEN = tuple(offer(f"o{number}") for number in range(10))


def imported(*offers: Offer, rejections: tuple[Rejected, ...] = ()) -> Imported:
    return Imported(offers, rejections)


def ids(offers: tuple[Offer, ...]) -> list[str]:
    return [one.id for one in offers]


def test_a_first_import_is_all_new() -> None:
    done = change((), imported(*TEN), TODAY)
    assert ids(done.new) == ids(TEN)
    assert not done.refused
    assert not done.is_empty


def test_importing_twice_changes_nothing() -> None:
    after = applied((), change((), imported(*TEN), TODAY))
    again = change(after, imported(*TEN), TODAY)
    assert again.is_empty
    assert again.same == 10
    assert applied(after, again) == after


def test_what_differs_is_named() -> None:
    done = change(TEN, imported(replace(TEN[0], phone="016 1", hours="Mo 10:00-12:00"), *TEN[1:]), TODAY)
    (changed,) = done.changed
    assert changed.fields == ("phone", "hours")
    assert applied(TEN, done)[0].phone == "016 1"


def test_a_newer_day_of_checking_is_told_apart() -> None:
    done = change(TEN, imported(replace(TEN[0], source=source(TODAY)), *TEN[1:]), TODAY)
    assert (len(done.confirmed), done.changed, done.same) == (1, (), 9)
    assert applied(TEN, done)[0].source.checked == TODAY


def test_what_is_gone_is_closed_with_a_date_and_comes_back() -> None:
    done = change(TEN, imported(*TEN[1:]), TODAY)
    assert [(one.id, one.valid_until) for one in done.closed] == [("o0", date(2026, 11, 22))]
    after = applied(TEN, done)
    assert len(after) == 10
    # It is closed once, and not again with another date.
    assert change(after, imported(*TEN[1:]), date(2026, 12, 1)).is_empty
    back = change(after, imported(*TEN), date(2026, 12, 1))
    assert ids(back.opened) == ["o0"]
    assert applied(after, back) == TEN


@pytest.mark.parametrize(("left", "refused"), [(9, False), (8, False), (7, True), (0, True)])
def test_more_than_a_fifth_is_asked_about(left: int, refused: bool) -> None:
    done = change(TEN, imported(*TEN[:left]), TODAY)
    assert done.refused is refused
    if refused:
        with pytest.raises(ValueError, match="confirmed"):
            applied(TEN, done)
    assert not change(TEN, imported(*TEN[:left]), TODAY, force=True).refused


def test_a_part_of_a_source_closes_nothing() -> None:
    assert change(TEN, imported(TEN[0]), TODAY, partial=True).is_empty


@pytest.mark.parametrize(
    "rejected",
    [
        Rejected("sheet.csv", 2, "phone", "no", "reason", "fix", "o0"),
        Rejected("page.json", 2, "", "", "reason", "fix", "0"),
        Rejected("page.json", 0, "", "", "the file is no JSON", "fix"),
    ],
)
def test_what_is_badly_told_is_not_gone(rejected: Rejected) -> None:
    ten = tuple(replace(one, id=one.id if "sheet" in rejected.source else f"o-{one.id[1:]}") for one in TEN)
    done = change(ten, imported(*ten[1:], rejections=(rejected,)), TODAY)
    assert (done.closed, done.rejected) == ((), (rejected,))


def test_a_fault_in_a_detail_holds_nothing() -> None:
    rejected = Rejected("page.json", 2, "serviceHours", "", "reason", "fix", "o")
    assert ids(change(TEN, imported(*TEN[1:], rejections=(rejected,)), TODAY).closed) == ["o0"]


def test_a_course_that_is_over_is_not_closed_again() -> None:
    over = offer("course", form=Form.TRAINING, ends=datetime(2026, 11, 1, 12, 0, tzinfo=HELSINKI))
    assert change((*TEN, over), imported(*TEN), TODAY).is_empty


@settings(deadline=None)
@given(st.sets(st.integers(0, 9)), st.sets(st.integers(0, 9)))
def test_any_import_after_any_other(first: set[int], second: set[int]) -> None:
    """Nothing is lost, what is told is there, and doing it again changes nothing."""

    def step(before: tuple[Offer, ...], told: set[int], day: date) -> tuple[tuple[Offer, ...], Change]:
        done = change(before, imported(*(TEN[number] for number in sorted(told))), day, force=True)
        return applied(before, done), done

    one, _ = step((), first, TODAY)
    two, _ = step(one, second, date(2026, 11, 24))
    assert {offer.id for offer in two} == {f"o{number}" for number in first | second}
    assert {offer.id for offer in two if offer.valid_until is None} == {f"o{number}" for number in second}
    three, again = step(two, second, date(2026, 11, 24))
    assert again.is_empty
    assert three == two
