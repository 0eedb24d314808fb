"""The rules of signing in, by tables and by properties."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyotp import TOTP

from referral.accounts import recovery, roles, session, slowing, totp
from referral.accounts.password import Weakness, weakness
from referral.accounts.roles import RIGHTS, Assignment, Right, Role
from referral.accounts.slowing import Count

RFC = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
"""The secret of RFC 6238, appendix B."""


@pytest.mark.parametrize(
    ("moment", "code"),
    [
        (59, "287082"),
        (1111111109, "081804"),
        (1111111111, "050471"),
        (1234567890, "005924"),
        (2000000000, "279037"),
        (20000000000, "353130"),
    ],
)
def test_the_codes_of_the_rfc_open(moment, code):
    step = moment // 30
    assert totp.accepted(RFC, code, moment, 0) == step
    assert totp.accepted(RFC, f" {code[:3]} {code[3:]} ", moment, step - 1) == step
    assert totp.accepted(RFC, code, moment, step) is None
    assert totp.accepted(RFC, code, moment + 30, 0) == step
    assert totp.accepted(RFC, code, moment - 30, 0) == step
    assert totp.accepted(RFC, code, moment + 60, 0) is None


@pytest.mark.parametrize(
    "typed", ["", "12345", "1234567", "abcdef", "１２３４５６", "-12345", "0x1234", "٠١٢٣٤٥"]
)
def test_what_is_no_code_opens_nothing(typed):
    assert totp.accepted(RFC, typed, 59, 0) is None


@given(st.text(max_size=12), st.integers(0, 4_000_000_000))
def test_only_three_codes_open_at_any_moment(typed, now):
    step = totp.accepted(RFC, typed, now, 0)
    codes = {TOTP(RFC).generate_otp(max(0, now // 30 + near)) for near in (-1, 0, 1)}
    assert step is None or "".join(typed.split()) in codes


@given(st.lists(st.sampled_from(recovery.ALPHABET), min_size=10, max_size=10).map("".join))
def test_recovery_codes_are_read_as_they_are_shown(letters):
    shown = recovery.written(letters)
    assert recovery.plain(shown) == letters
    assert recovery.plain(f"  {shown.lower()} ".replace("0", "o").replace("1", "l")) == letters


@given(st.text(max_size=60))
def test_what_is_no_recovery_code_is_none(typed):
    read = recovery.plain(typed)
    assert read == "" or (len(read) == 10 and set(read) <= set(recovery.ALPHABET))


@pytest.mark.parametrize(
    ("password", "weak"),
    [
        ("", Weakness.SHORT),
        ("elevenchars", Weakness.SHORT),
        ("x" * 1001, Weakness.LONG),
        ("password1234", Weakness.GUESSED),
        ("Salasana2026!", Weakness.GUESSED),
        ("111111111111", Weakness.GUESSED),
        ("123456789012", Weakness.GUESSED),
        ("210987654321", Weakness.GUESSED),
        ("abcdefghijklm", Weakness.GUESSED),
        ("qwertyuiop12", Weakness.GUESSED),
        ("aino.virtanen", Weakness.GUESSED),
        ("Aino.Virtanen1", Weakness.GUESSED),
        ("koordinaattori", Weakness.GUESSED),
        ("poro hiihtää suksilla", None),
        ("correct horse battery staple", None),
        ("Tr0ub4dor&3xyz", None),
        ("ääkkösiäkin saa olla", None),
        ("密码很长也可以用啊真的可以", None),
    ],
)
def test_passwords(password, weak):
    assert weakness(password, "aino.virtanen@lappi.example") == weak


def test_a_session_ends_after_half_an_hour_or_a_working_day():
    assert not session.is_over(0, 0, 30 * 60 - 1)
    assert session.is_over(0, 0, 30 * 60)
    assert not session.is_over(0, 8 * 3600 - 10, 8 * 3600 - 1)
    assert session.is_over(0, 8 * 3600 - 10, 8 * 3600)


def test_waits_grow_and_are_forgotten():
    waits = [slowing.wait(Count(failed, 0.0), 5, 0.0) for failed in range(30)]
    assert waits[:8] == [0, 0, 0, 0, 0, 1, 2, 4]
    assert waits == sorted(waits)
    assert waits[-1] == slowing.MOST_SECONDS
    assert slowing.wait(Count(30, 0.0), 5, slowing.MOST_SECONDS) == 0
    assert slowing.one_more(Count(30, 0.0), slowing.FORGOTTEN).failed == 1


@given(st.lists(st.floats(0, 3600), min_size=1, max_size=300))
def test_no_pace_of_attempts_gets_more_than_the_rule_gives(gaps):
    now, count, tried = 0.0, None, 0
    for gap in gaps:
        now += gap
        if not slowing.wait(count, 5, now):
            count, tried = slowing.one_more(count, now), tried + 1
    # Five for nothing, ten whose waits double, and then four an hour; forgetting costs an hour of peace.
    assert tried <= 5 + 11 + now / slowing.MOST_SECONDS + 16 * now / slowing.FORGOTTEN


def test_a_known_device_shares_no_count_with_strangers():
    known = {key.name for key in slowing.keys("device", "192.0.2.1", "lappi@example.org")}
    strange = {key.name for key in slowing.keys("", "192.0.2.1", "lappi@example.org")}
    assert known
    assert strange
    assert not known & strange


DAY = date(2026, 11, 22)


@given(
    st.sampled_from(Role),
    st.sampled_from(["", "19", "04"]),
    st.sampled_from(Right),
    st.sampled_from([None, "", "19", "04"]),
)
def test_rights_are_given_only_where_an_assignment_is(role, region, right, asked):
    held = [Assignment(role, region, DAY)]
    given_ = roles.allowed(held, right, asked)
    if right is Right.OWN_ACCOUNT:
        assert given_
    elif right not in RIGHTS[role]:
        assert not given_
    else:
        assert given_ == (asked is None or region == "" or region == asked)
    assert not roles.allowed([], right, asked) or right is Right.OWN_ACCOUNT


def test_assignments_hold_from_their_first_to_their_last_day():
    one = Assignment(Role.REGIONAL, "19", date(2026, 1, 1), date(2026, 12, 31))
    days = [date(2025, 12, 31), date(2026, 1, 1), date(2026, 12, 31), date(2027, 1, 1)]
    assert [one.holds(day) for day in days] == [False, True, True, False]
    assert roles.in_force([one], days[3]) == ()


@given(st.sampled_from(Role), st.sampled_from(["", "19", "04"]), st.sampled_from(["", "19", "04"]))
def test_a_token_never_reaches_further_than_its_owner(role, region, narrow):
    held = [Assignment(role, region, DAY)]
    reach = roles.narrowed(held, narrow)
    for right in Right:
        for asked in (None, "", "19", "04"):
            if right is not Right.OWN_ACCOUNT and roles.allowed(reach, right, asked):
                assert roles.allowed(held, right, asked)
                assert narrow in ("", asked) or asked is None
