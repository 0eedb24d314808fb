"""How likely it is that help is asked for somebody else."""

import pytest

from knowledge.learn.whom import learn, lessons
from knowledge.people import People
from knowledge.whom import FLOOR, NOBODY, Whom, read_weights, traits_of
from knowledge.words import spoken


def test_where_nobody_else_is_spoken_of_there_is_nothing_to_weigh() -> None:
    words = spoken("en pääse verkkopankkiin")
    assert not traits_of(words, ("not1", "", ""), "fi", {"acts"}, {"not"})
    assert Whom(People.load(), {FLOOR: 90}).likely("hei", spoken("hei"), "fi", (), ()).score == NOBODY


def test_traits_name_who_is_spoken_of_and_what_stands_beside() -> None:
    traits = traits_of(
        spoken("äiti ei osaa"), ("elder", "not3", "want"), "fi", {"trouble"}, {"not", "device"}
    )
    assert {"rule trouble", "rules True", "said not", "said device"} <= traits
    assert {"elder", "not3", "want", "fi=osaa", "1 spoken of", "first elder", "elder and I0"} <= traits
    assert {"kin > not3", "kin > want", "kin >> not3", "elder >> not3"} <= traits


def test_the_sum_is_divided_by_the_root_of_how_many_weigh() -> None:
    whom = Whom(People.load(), {FLOOR: -100, "elder": 300, "not3": 200, "kin > not3": 100, "nothing": 50})
    words = spoken("äiti ei")
    likely = whom.likely("äiti ei", words, "fi", (), (), told=True)
    assert likely.score == pytest.approx(-1 + 6 / 3**0.5)
    assert likely.why == ("elder", "not3", "kin > not3")


@pytest.mark.timeout(300)
def test_the_committed_weights_are_what_the_sources_give() -> None:
    """Within the last bit of floating point, which differs between processors; run 'make weights' to mend."""
    committed, made = read_weights(), learn(lessons())
    assert abs(len(committed) - len(made)) < 20
    both = committed.keys() & made.keys()
    assert len(both) > len(made) - 20
    assert max(abs(committed[trait] - made[trait]) for trait in both) < 10
