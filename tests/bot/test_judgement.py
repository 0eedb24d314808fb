"""Rules and likelihood together: danger is taken from either, a mere suspicion must not be contradicted."""

import pytest

from bot.behalf import on_behalf
from bot.judgement import Urgency, need_scores, outside, talk, unalarmed, urgency
from knowledge.rules import Fired


def fired(*means: str) -> tuple[Fired, ...]:
    return tuple(Fired(one, "") for one in means)


@pytest.mark.parametrize(
    ("rules", "whole", "expected"),
    [
        ((), {"kela": 0.9}, Urgency.NONE),
        (("urgency:emergency",), {"kela": 0.9}, Urgency.NONE),
        (("urgency:emergency",), {"kela": 0.8, "violence": 0.15}, Urgency.EMERGENCY),
        (("urgency:emergency",), {"kela": 0.4}, Urgency.EMERGENCY),
        (("urgency:emergency",), {"off_topic": 0.9}, Urgency.EMERGENCY),
        (("urgency:emergency",), {"violence": 0.9}, Urgency.EMERGENCY),
        (("urgency:violence",), {"emergency": 0.8}, Urgency.VIOLENCE),
        (("urgency:violence",), {"emergency": 0.9}, Urgency.EMERGENCY),
        (("urgency:emergency",), {"suicide": 0.9}, Urgency.SUICIDE),
        (("urgency:scam_victim", "urgency:suicide"), {}, Urgency.SUICIDE),
        ((), {"emergency": 0.3, "suicide": 0.25}, Urgency.EMERGENCY),
        ((), {"emergency": 0.2, "suicide": 0.2, "kela": 0.6}, Urgency.NONE),
        ((), {"online_banking": 0.5, "scam_victim": 0.4}, Urgency.SCAM_VICTIM),
        (("about:unharmed",), {"scam_suspect": 0.3, "scam_victim": 0.6}, Urgency.SCAM_SUSPECT),
        (("about:unharmed",), {"scam_suspect": 0.1, "scam_victim": 0.8}, Urgency.SCAM_VICTIM),
        ((), {"scam_suspect": 0.5}, Urgency.SCAM_SUSPECT),
        (("urgency:scam_suspect",), {"device_repair": 0.8}, Urgency.NONE),
        (("urgency:scam_suspect",), {"device_repair": 0.8, "scam_suspect": 0.1}, Urgency.SCAM_SUSPECT),
        ((), {"kela": 0.5, "lost_phone": 0.45}, Urgency.NONE),
        (("urgency:scam_suspect",), {"data_security": 0.8}, Urgency.NONE),
        (("urgency:scam_suspect",), {"tax": 0.4}, Urgency.SCAM_SUSPECT),
        (("urgency:lost_phone", "urgency:scam_suspect"), {}, Urgency.LOST_PHONE),
    ],
)
def test_what_cannot_wait(rules: tuple[str, ...], whole: dict[str, float], expected: Urgency) -> None:
    assert urgency(fired(*rules), whole, whole) is expected


def test_danger_to_life_leaves_no_other_need() -> None:
    assert need_scores((), Urgency.SUICIDE, {"kela": 0.9}) == {"emergency": 1.0}


def test_help_in_general_gives_way_to_what_it_is_about() -> None:
    general = {"generic_help": 0.65, "strong_id": 0.3}
    assert list(need_scores((), Urgency.NONE, general)) == ["strong_id", "generic_help"]
    assert next(iter(need_scores((), Urgency.NONE, {"generic_help": 0.5, "kela": 0.2}))) == "generic_help"


def test_a_named_need_comes_first_unless_another_is_clear() -> None:
    hint = fired("need:device_repair")
    assert next(iter(need_scores(hint, Urgency.NONE, {"phone_basics": 0.5}))) == "device_repair"
    assert next(iter(need_scores(hint, Urgency.NONE, {"phone_basics": 0.8}))) == "phone_basics"
    assert next(iter(need_scores((), Urgency.LOST_PHONE, {"phone_basics": 0.8}))) == "lost_phone"


@pytest.mark.parametrize(
    ("rules", "scores", "answers", "expected"),
    [
        ((), {"device_repair": 0.9}, False, "repair"),
        ((), {"device_repair": 0.5}, False, "repair"),
        ((), {"device_repair": 0.35}, False, ""),
        (("outside:off_topic",), {"device_repair": 0.9}, False, "off_topic"),
        (("outside:off_topic", "about:digital"), {"device_repair": 0.9}, False, "repair"),
        ((), {"device_purchase": 0.7}, False, "purchase"),
        ((), {"off_topic": 0.7}, False, "off_topic"),
        ((), {"off_topic": 0.7}, True, ""),
        (("about:digital",), {"off_topic": 0.7}, False, "off_topic"),
        (("about:digital",), {"off_topic": 0.4}, False, ""),
        (("outside:off_topic",), {"kela": 0.3}, False, "off_topic"),
        (("outside:off_topic",), {"kela": 0.7}, False, ""),
        ((), {}, False, ""),
    ],
)
def test_nobody_is_sent_away_in_doubt(
    rules: tuple[str, ...], scores: dict[str, float], answers: bool, expected: str
) -> None:
    assert outside(fired(*rules), scores, Urgency.NONE, answers) == expected
    assert outside(fired(*rules), scores, Urgency.SCAM_VICTIM, answers) == ""


def test_small_talk_is_short() -> None:
    assert talk({"thanks": 0.9}, 3) == "thanks"
    assert talk({"thanks": 0.9}, 30) == ""
    assert talk({"kela": 0.9}, 3) == ""


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        ({"client"}, True),
        ({"helped"}, True),
        ({"helped", "helper"}, False),
        ({"helped", "helper", "trouble"}, True),
        ({"helper_young", "trouble"}, False),
        ({"trouble"}, True),
        ({"towards", "helped"}, False),
        ({"told", "helped", "trouble"}, False),
        ({"dead", "helped", "client"}, False),
        ({"helped", "acts"}, False),
        ({"helped", "benefit", "acts"}, True),
        ({"for", "acts"}, True),
        ({"for", "towards"}, False),
        ({"trouble", "child"}, False),
        ({"helped", "trouble", "child"}, True),
        ({"oneself", "helped", "trouble"}, False),
        ({"oneself", "occupation"}, True),
        ({"oneself", "occupation", "acts"}, False),
        ({"other_sense", "helped"}, False),
        (set(), None),
    ],
)
def test_for_whom_by_who_is_named(parts: set[str], expected: bool | None) -> None:
    assert on_behalf(parts) is expected


def test_a_thing_that_is_only_named_is_no_alarm() -> None:
    assert unalarmed({"lost_phone": 0.5, "phone_basics": 0.3}) == {"lost_phone": 0.25, "phone_basics": 0.3}
