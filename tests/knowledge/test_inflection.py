"""Finnish case forms.

``place_forms.tsv`` is half of the municipalities in the cases that they are really used in, from the
public test data of the pykko project (MIT licence). The other half is held against the rules below.
"""

import csv
from pathlib import Path

import pytest

from knowledge.inflection import Case, forms, residents

CHECKED = Path(__file__).parent / "place_forms.tsv"
CASES = {
    **{"GEN": Case.GENITIVE, "INE": Case.IN, "ADE": Case.IN, "ELA": Case.FROM, "ABL": Case.FROM},
    **{"ILL": Case.TO, "ALL": Case.TO},
}


def checked() -> list[tuple[str, str, Case]]:
    with CHECKED.open(encoding="utf-8") as file:
        rows = csv.DictReader(file, delimiter="\t")
        return [(row["lemma"], row["form"], CASES[row["case"].partition(".")[2]]) for row in rows]


def test_all_checked_forms_are_made() -> None:
    rows = checked()
    assert len(rows) == 639
    made = {lemma: set(forms(lemma, lenient=True)) for lemma, _, _ in rows}
    assert [(form, case) for lemma, form, case in rows if (form.lower(), case) not in made[lemma]] == []


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Helsinki", "helsingin helsingissä helsingistä helsinkiin helsinkiä"),
        ("Turku", "turun turussa turusta turkuun turkua"),
        ("Tampere", "tampereen tampereella tampereelta tampereelle tamperetta"),
        ("Ii", "iin iissä iistä iihin iitä"),
        ("Lahti", "lahden lahdessa lahdesta lahteen lahtea"),
        ("Haapavesi", "haapaveden haapavedellä haapavedeltä haapavedelle haapavettä"),
        ("Seinäjoki", "seinäjoen seinäjoella seinäjoelta seinäjoelle seinäjokea"),
        ("Rovaniemi", "rovaniemen rovaniemellä rovaniemeltä rovaniemelle rovaniemeä"),
        ("Kauniainen", "kauniaisten kauniaisissa kauniaisista kauniaisiin kauniaisia"),
        ("Kaustinen", "kaustisen kaustisella kaustiselta kaustiselle kaustista"),
        ("Varkaus", "varkauden varkaudessa varkaudesta varkauteen varkautta"),
        ("Kannus", "kannuksen kannuksessa kannuksesta kannukseen kannusta"),
        ("Pihtipudas", "pihtiputaan pihtiputaalla pihtiputaalta pihtiputaalle pihtipudasta"),
        ("Punkalaidun", "punkalaitumen punkalaitumella punkalaitumelta punkalaitumelle"),
        ("Virrat", "virtain virroilla virroilta virroille virtoja"),
        ("Leppävirta", "leppävirran leppävirralla leppävirroilla leppävirroille"),
        ("Loppi", "lopen lopella lopelta lopelle"),
        ("Juuka", "juuan juuassa juuasta juukaan juukaa"),
        ("Porvoo", "porvoon porvoossa porvoosta porvooseen porvoota"),
        ("Kankaanpää", "kankaanpään kankaanpäässä kankaanpäästä kankaanpäähän"),
        ("Joensuu", "joensuun joensuussa joensuusta joensuuhun"),
        ("Kruunupyy", "kruunupyyn kruunupyyssä kruunupyyhyn"),
        ("Uusikaupunki", "uudenkaupungin uudessakaupungissa uudestakaupungista uuteenkaupunkiin"),
        ("Uusikaarlepyy", "uudenkaarlepyyn uudessakaarlepyyssä uuteenkaarlepyyhyn"),
        ("Isokyrö", "isonkyrön isossakyrössä isostakyröstä isoonkyröön"),
        ("Pyhäranta", "pyhänrannan pyhässärannassa pyhästärannasta pyhäänrantaan pyhärannassa"),
        ("Rautalampi", "rautalammin rautalammilla rautalammilta rautalammille"),
        ("Muurame", "muuramen muuramessa muuramesta muurameen"),
        ("Raahe", "raahen raahessa raahesta raaheen"),
        ("Savitaipale", "savitaipaleen savitaipaleella savitaipaleelta savitaipaleelle"),
        ("Outokumpu", "outokummun outokummussa outokummusta outokumpuun"),
        ("Hailuoto", "hailuodon hailuodossa hailuodosta hailuotoon"),
        ("Mänttä-Vilppula", "mänttä-vilppulan mänttä-vilppulassa mänttä-vilppulaan"),
        ("Uusimaa", "uudenmaan uudellamaalla uudeltamaalta uudellemaalle uuttamaata"),
        ("Varsinais-Suomi", "varsinais-suomen varsinais-suomessa varsinais-suomeen"),
        ("Kangasala", "kangasalan kangasalla kangasalta kangasalle kangasalassa kangasalaa"),
        ("Korsnäs", "korsnäsin korsnäsissä korsnäsistä korsnäsiin"),
    ],
)
def test_how_names_are_inflected(name: str, expected: str) -> None:
    made = {form for form, _ in forms(name)}
    assert [form for form in expected.split() if form not in made] == []


def test_what_learners_and_speakers_say() -> None:
    lenient = dict(forms("Helsinki", lenient=True))
    assert lenient["helsinkissä"] is Case.IN
    assert lenient["helsingis"] is Case.IN
    assert lenient["helsinkii"] is Case.TO
    assert "helsinkissä" not in dict(forms("Helsinki"))


@pytest.mark.parametrize(
    ("name", "resident"),
    [
        ("Helsinki", "helsinkiläinen"),
        ("Tampere", "tamperelainen"),
        ("Rovaniemi", "rovaniemeläinen"),
        ("Lahti", "lahtelainen"),
        ("Kauniainen", "kauniaislainen"),
    ],
)
def test_who_lives_there(name: str, resident: str) -> None:
    assert resident in set(residents(name))
