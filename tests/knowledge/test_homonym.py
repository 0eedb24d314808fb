"""Names that are also words, surnames or brands, each way that they can be told; and how that is explained."""

import pytest

from knowledge.model import Atlas
from knowledge.places import Places

FIRST, LAST = ("Matti", "anneli", "Rouva"), ("Salo", "lahti", "Kotka", "Somero", "Riihimäki", "kurikka")


def named(places: Places, text: str) -> set[str]:
    return {one.name for one in places.find(text, "fi")}


@pytest.mark.parametrize("first", FIRST)
@pytest.mark.parametrize("last", LAST)
@pytest.mark.parametrize(
    "text", ["{} {} neuvoi minua", "terveisin {} {}", "olen {} {} ja puhelin on jumissa"]
)
def test_a_surname_is_no_place(places: Places, first: str, last: str, text: str) -> None:
    assert not places.find(text.format(first, last), "fi")


@pytest.mark.parametrize("last", LAST)
def test_the_same_name_is_a_place_where_somebody_lives(places: Places, last: str) -> None:
    assert last.capitalize() in named(places, f"paikkakunta {last}, tarvitsen apua")
    assert last.capitalize() in named(places, f"Anneli, {last}. Puhelin on jumissa")


@pytest.mark.parametrize(
    ("yes", "no"),
    [
        ("missä nokialla voi tulostaa", "nokialla ei voi lähettää kuvia"),
        ("hei porista, kone on jumissa", "porista ei kukaan kuule, kone on jumissa"),
        ("salossa ei ole enää pankkia", "salossa kävellessä puhelin putosi"),
        ("äitini pellossa tarvitsee apua", "traktori on pellossa"),
        ("lahti, kone ei aukea", "lahti jäätyy"),
        ("Turun kirjasto", "Turun sinappi"),
        ("asun kolarissa", "kolarissa meni puhelin"),
        ("hjälp på Storå", "bilder på stora sidor"),
    ],
)
def test_what_stands_beside_it_tells(places: Places, yes: str, no: str) -> None:
    assert places.find(yes, "fi")
    assert not places.find(no, "fi")


def test_a_place_of_two_people_is_that_of_the_one_who_needs_help(places: Places, atlas: Atlas) -> None:
    for text, home in (
        ("äiti asuu Kemissä ja minä Oulussa", "Kemi"),
        ("äiti asuu Kemissä ja minä Oulussa, tarvitsen apua sähköpostiin", "Oulu"),
        ("tytär asuu Kemissä ja minä Oulussa", "Oulu"),
        ("tytär asuu Kemissä ja minä Oulussa, tytär tarvitsee apua", "Kemi"),
        ("täältä Oulusta en pääse auttamaan isää Kemissä", "Kemi"),
    ):
        found = places.find(text, "fi")
        assert atlas.municipalities[found[0].municipality].names["fi"] == home, text


def test_every_name_is_explained(places: Places) -> None:
    ((decision, words),) = places.explain("Asun Salossa", "fi")
    assert decision == "place Salo 0.95"
    assert words == "salossa; around, living, own: asun"
    assert places.explain("Matti Salo neuvoi", "fi") == (("no place", "salo; given: matti; telling: neuvoi"),)
    left, reached = places.explain("muutin Lahdesta Saloon", "fi")
    assert left == ("place Lahti 0.38", "lahdesta; left; living, moving: muutin")
    assert reached[0] == "place Salo 0.95"
    assert places.explain("puhelin on jumissa", "fi") == ()


def test_what_is_explained_is_what_is_found(places: Places) -> None:
    for text in (
        "asun Kemissä",
        "vanha nokian puhelin",
        "juna Turusta Kuopioon",
        "äiti Kemissä, minä Oulussa",
    ):
        best = {round(one.score, 2) for one in places.find(text, "fi")}
        told = {
            float(decision.rpartition(" ")[2])
            for decision, _ in places.explain(text, "fi")
            if "no" not in decision
        }
        assert told == best
