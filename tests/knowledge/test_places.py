"""Places in people's own words: whole messages, all municipalities in all cases, slips, and no places."""

import csv
import random
from itertools import product
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.inflection import Case, forms
from knowledge.model import Atlas
from knowledge.places import LEAST, Places
from knowledge.text import fold, normal

HERE = Path(__file__).parent
SPOKEN_CASES = (Case.BASE, Case.GENITIVE, Case.IN, Case.FROM, Case.TO)


def first(places: Places, text: str, **more: bool) -> str:
    """The municipality found first, "region 19" for a region, "" for nothing."""
    found = places.find(text, **more)
    return (found[0].municipality or f"region {found[0].region}") if found else ""


def mentions() -> list[tuple[str, str]]:
    with (HERE / "mentions.csv").open(encoding="utf-8", newline="") as file:
        return [(row["text"], row["place"]) for row in csv.DictReader(file)]


@pytest.mark.parametrize(("text", "place"), mentions())
def test_a_message(places: Places, atlas: Atlas, text: str, place: str) -> None:
    codes = {one.names["fi"]: one.code for one in atlas.municipalities.values()}
    assert first(places, text) == codes.get(place, place)


def test_the_messages_are_there() -> None:
    assert len(mentions()) > 400


def test_every_municipality_in_every_case(places: Places, atlas: Atlas) -> None:
    """Nominative, genitive and six local cases, in lower case, with and without marks, with a tail."""
    wrong, asked = [], 0
    for code, municipality in atlas.municipalities.items():
        for form, case in forms(municipality.names["fi"].removesuffix(" Tl")):
            if case in SPOKEN_CASES and not form.endswith("ksi"):
                for word, tail in product({form, fold(form)}, ("", "kin")):
                    asked += 1
                    if first(places, word + tail) != code:
                        wrong.append(word + tail)
    assert asked > 8_000
    assert set(wrong) <= {"iikin"}  # Too short a name for a tail: "iikin" may be anything.


def test_every_checked_form(places: Places, atlas: Atlas) -> None:
    codes = {one.names["fi"].removesuffix(" Tl"): one.code for one in atlas.municipalities.values()}
    codes |= {"Pedersöre": "599", "Pertunmaa": "507"}  # Pertunmaa is a part of Mäntyharju since 2025.
    with (HERE / "place_forms.tsv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file, delimiter="\t"))
    assert [row for row in rows if first(places, row["form"].lower()) != codes[row["lemma"]]] == []
    assert [row for row in rows if first(places, f"asun {row['form']}") != codes[row["lemma"]]] == []


def slip(word: str, chance: random.Random) -> str:
    """The word with one letter changed, dropped, added or swapped with the next."""
    at, letter = chance.randrange(len(word)), chance.choice("aeiouyäöhjklmnprstv")
    return chance.choice(
        (
            word[:at] + letter + word[at + 1 :],
            word[:at] + word[at + 1 :],
            word[:at] + letter + word[at:],
            word[:at] + word[at + 1 : at + 2] + word[at : at + 1] + word[at + 2 :],
        )
    )


def test_one_slip(places: Places, atlas: Atlas) -> None:
    chance = random.Random(2026)
    tried = right = 0
    for code, municipality in atlas.municipalities.items():
        for form, case in forms(municipality.names["fi"].removesuffix(" Tl")):
            if case in SPOKEN_CASES and not form.endswith("ksi") and chance.random() < 0.5:
                tried += 1
                right += first(places, slip(form, chance)) == code
    assert tried > 1_500
    assert right / tried > 0.95


def test_a_corrected_spelling_says_so(places: Places) -> None:
    (found,) = places.find("asun Kemijärvelä", "fi")
    assert found.corrected
    assert found.name == "Kemijärvi"
    (found,) = places.find("asun Kemijärvellä", "fi")
    assert not found.corrected


@pytest.mark.parametrize(
    ("word", "place"),
    [("Lapeenrannta", "405"), ("Seinnäjkoi", "743"), ("hämenlina", "109"), ("Rovanniemmi", "698")],
)
def test_an_answer_may_hold_two_slips(places: Places, word: str, place: str) -> None:
    assert first(places, word, asked=True) == place
    assert not places.find(word)


@pytest.mark.parametrize(
    "answer",
    [
        *("en halua kertoa", "ei väliä", "ihan sama", "missä tahansa", "en tiedä", "mökillä järven rannalla"),
        *("jag vill inte säga", "var som helst", "anywhere", "none of your business", "in dáhto muitalit"),
        *("haluan puhua ihmisen kanssa", "takaisin", "peruuta", "täällä maalla", "Ruotsissa", "Tukholmassa"),
    ],
)
def test_an_answer_that_names_no_place(places: Places, answer: str) -> None:
    assert not places.find(answer, asked=True)


def test_other_languages_are_not_corrected(places: Places) -> None:
    assert places.find("Rovaniemela", "fi")
    assert not places.find("Rovaniemela", "so")


@pytest.mark.parametrize(
    "word", ["koska", "vantaan-tyyppinen", "vaihto", "loppui", "koulun", "miksikään", "siskoni", "biilla"]
)
def test_an_ordinary_word_is_not_corrected(places: Places, word: str) -> None:
    assert not any(one.corrected for one in places.find(word, "fi"))


def test_further_vocabulary_is_not_corrected(atlas: Atlas) -> None:
    assert Places.of(atlas).find("sodankyl", "fi")
    assert not Places.of(atlas, ["sodankyl"]).find("sodankyl", "fi")


@pytest.mark.parametrize("word", ["aura", "malmi", "rauhassa", "eno", "kallio", "pohja", "turu"])
def test_an_answer_is_a_place_when_one_was_asked_for(places: Places, word: str) -> None:
    assert places.find(word, asked=True)


@pytest.mark.parametrize(
    ("text", "on_behalf", "place"),
    [
        ("hän asuu Turussa, minä Oulussa", None, "853"),
        ("hän asuu Turussa, minä Oulussa", True, "853"),
        ("hän asuu Turussa, minä Oulussa", False, "564"),
        ("minä asun Oulussa, siskoni asuu Turussa", False, "564"),
    ],
)
def test_whose_place_is_meant(places: Places, text: str, on_behalf: bool | None, place: str) -> None:
    found = places.find(text, on_behalf=on_behalf)
    assert {one.municipality for one in found} == {"853", "564"}
    assert found[0].municipality == place


def test_a_postcode_has_its_point(places: Places, atlas: Atlas) -> None:
    (found,) = places.find("00100")
    assert (found.municipality, found.postcode, found.name) == ("091", "00100", "Helsinki")
    assert found.point == atlas.postcodes["00100"].point
    (found,) = places.find("00101")
    assert (found.postcode, found.point) == ("00101", None)


@pytest.mark.parametrize(
    "text", ["12345678", "99999999", "laskussa 00100,50", "11115", "050-00100", "00100 €"]
)
def test_other_numbers_are_no_postcodes(places: Places, text: str) -> None:
    assert not places.find(text)


def test_a_village_with_its_municipality_is_that_village(places: Places) -> None:
    alone = places.find("Peltola", asked=True)
    assert len(alone) == 4
    assert alone[0].score - alone[-1].score < 0.1
    (found,) = places.find("Peltola, Turku", asked=True)
    assert found.municipality == "853"
    assert found.point is not None


def test_a_region_has_no_municipality(places: Places) -> None:
    found = places.find("asun Lapissa")
    assert (found[0].municipality, found[0].region) == ("", "19")
    assert "684" in {one.municipality for one in found}


def test_each_place_comes_once(places: Places) -> None:
    found = places.find("Turku Turussa Turkuun Åbo 20100 Turku")
    assert [one.municipality for one in found] == ["853"]
    assert found[0].postcode == "20100"


def test_of_equals_the_first_named_comes_first(places: Places) -> None:
    assert [one.municipality for one in places.find("Vantaalla tai Espoossa")] == ["092", "049"]


@given(st.text())
@settings(max_examples=300)
def test_any_text_is_read(places: Places, text: str) -> None:
    found = places.find(text)
    assert found == places.find(text)
    length = len(normal(text))
    for one in found:
        assert LEAST <= one.score <= 1
        assert 0 <= one.start < one.end <= length
        assert bool(one.municipality) != bool(one.region)


@given(
    st.sampled_from(["En osaa maksaa laskuja.", "puhelin on jumissa", "Jag har glömt lösenordet."]),
    st.sampled_from(["Sodankylässä", "Lahdessa", "Kotkassa", "Iissä", "Nokialla", "Salossa", "Vaasassa"]),
)
def test_a_home_added_is_found(places: Places, need: str, home: str) -> None:
    alone = places.find(f"asun {home}")
    assert [one.municipality for one in places.find(f"{need} asun {home}")] == [
        one.municipality for one in alone
    ]


@given(st.sampled_from(["asun Sodankylässä", "bor i Åbo", "I live in Kuopio", "Äiti asuu Oulussa"]))
def test_capitals_and_full_stops_change_nothing(places: Places, text: str) -> None:
    home = first(places, text)
    assert home
    assert {first(places, text.upper()), first(places, text.lower()), first(places, text + " .")} == {home}


def test_a_long_message_is_read(places: Places) -> None:
    text = ("äitini asuu jossakin kaukana ja hän ei osaa käyttää konetta. " * 160) + "Hän asuu Sodankylässä."
    assert [one.municipality for one in places.find(text)] == ["758"]


@pytest.mark.parametrize("text", ["Imatran ajot livenä netistä", "sää näyttää Sodankylää, miten vaihdan"])
def test_what_only_carries_a_towns_name_is_no_home(places: Places, text: str) -> None:
    assert places.find(text, "fi") == ()


@pytest.mark.parametrize(
    "text", ["Imatran digituki", "Imatran Vuoksenniskalla neuvoja", "asun Imatran suunnalla"]
)
def test_what_a_town_has_says_where(places: Places, text: str) -> None:
    assert [one.municipality for one in places.find(text, "fi")][:1] == ["153"]


def test_whom_one_should_visit_needs_the_help(places: Places) -> None:
    text = "my mother lives in Savonlinna, I live in Espoo, who can visit her"
    assert places.find(text, "en", on_behalf=True)[0].municipality == "740"
