"""Which offers may be told twice."""

from referral.directory.joinable import joinable
from referral.model import Form, Role
from tests.referral.supply import INARI, SODANKYLA, at, offer

MINE = at("ptv-a", SODANKYLA, names={"fi": "Sodankylän digipiste"})
LIKE = at("kirkanta-b", SODANKYLA, names={"fi": "Digipiste, Sodankylä"})
OTHER = at("kirkanta-c", SODANKYLA, names={"fi": "Kansalaisopisto"})
AWAY = at("kirkanta-d", INARI, names={"fi": "Sodankylän digipiste"}, street="Inarintie 1")
NOWHERE = offer("sheet-e", names={"fi": "Kiertävä digipiste"})
SORTS = (
    at("ptv-f", SODANKYLA, form=Form.REMOTE),
    at("ptv-g", SODANKYLA, role=Role.POINTER),
    at("ptv-h", SODANKYLA, audience=("supporters",)),
)
ALL = (OTHER, AWAY, NOWHERE, LIKE, MINE, *SORTS)


def test_those_in_its_municipality_come_first_and_the_likest_of_them() -> None:
    assert joinable(MINE, ALL) == (LIKE, OTHER, NOWHERE)


def test_with_words_it_is_looked_for_everywhere() -> None:
    assert joinable(MINE, ALL, "INARINTIE digipiste") == (AWAY,)
    assert joinable(MINE, ALL, "xyzzy") == ()


def test_what_has_no_place_may_be_told_anywhere() -> None:
    assert {one.id for one in joinable(NOWHERE, ALL)} == {one.id for one in (OTHER, AWAY, LIKE, MINE)}
