"""The table of forms: case, marks, tails, names of several words, lists of other names."""

import shutil
from importlib.resources import files
from pathlib import Path

import pytest

from knowledge.gazetteer import Gazetteer
from knowledge.inflection import Case
from knowledge.misspelling import Misspellings
from knowledge.model import Atlas, BadData
from knowledge.names import Kind, correctable_forms, inflected_names
from knowledge.text import fold

DATA = Path(__file__).parents[2] / "knowledge" / "data"


@pytest.fixture(scope="module")
def gazetteer(atlas: Atlas) -> Gazetteer:
    return Gazetteer(inflected_names(atlas, files("knowledge") / "data"))


@pytest.mark.parametrize(
    ("words", "name", "case"),
    [
        ("sodankylässä", "Sodankylä", Case.IN),
        ("sodankylassa", "Sodankylä", Case.IN),
        ("jyvaskylä", "Jyväskylä", Case.BASE),
        ("turussakaan", "Turku", Case.IN),
        ("kuopiossakohan", "Kuopio", Case.IN),
        ("helsinkimme", "Helsinki", Case.BASE),
        ("ouluunkin", "Oulu", Case.TO),
        ("mänttä vilppulaan", "Mänttä-Vilppula", Case.TO),
        ("koskella tl", "Koski Tl", Case.IN),
        ("pedersöressä", "Pedersöre", Case.IN),
        ("sankt karins", "Sankt Karins", Case.BASE),
        ("åbos", "Åbo", Case.GENITIVE),
        ("ohcejohkii", "Ohcejohka", Case.TO),
        ("soadegilis", "Soađegilli", Case.IN),
        ("в", None, None),
        ("лаппеенранте", "Лаппеенранта", Case.BASE),
        ("helsingisse", "Helsingi", Case.TO),
        ("jklssä", "Jkl", Case.IN),
        ("tamperelaisen", "Tampere", Case.FROM),
    ],
)
def test_what_a_form_stands_for(
    gazetteer: Gazetteer, words: str, name: str | None, case: Case | None
) -> None:
    found = {(reading.name.shown, reading.case) for reading in gazetteer.look_up(words)}
    if name is None:
        assert not found
    else:
        assert (name, case) in found


def test_marks_may_be_left_out_but_not_added(gazetteer: Gazetteer) -> None:
    assert gazetteer.look_up("lahti")
    assert not gazetteer.look_up("lähti")
    assert not gazetteer.look_up("törniö")


def test_every_form_is_found_with_and_without_marks(gazetteer: Gazetteer) -> None:
    every = gazetteer.forms()
    assert len(every) > 50_000
    for form in every:
        assert gazetteer.look_up(form)
        assert gazetteer.look_up(fold(form))


def test_a_name_of_several_villages_has_them_all(gazetteer: Gazetteer) -> None:
    (reading,) = gazetteer.look_up("peltola")
    codes = [target.municipality for target in reading.name.targets]
    assert len(codes) == len(set(codes)) == 4


def test_a_municipality_comes_before_its_namesakes(gazetteer: Gazetteer) -> None:
    (reading,) = {reading.name for reading in gazetteer.look_up("pyhäjärvellä")}
    assert [target.kind for target in reading.targets][:2] == [Kind.MUNICIPALITY, Kind.VILLAGE]


def test_every_municipality_is_found_by_each_of_its_names(gazetteer: Gazetteer, atlas: Atlas) -> None:
    for code, municipality in atlas.municipalities.items():
        for name in municipality.names.values():
            readings = gazetteer.look_up(name.lower().replace("-", " "))
            assert code in {target.municipality for one in readings for target in one.name.targets}, name


@pytest.mark.parametrize(
    ("file", "line", "reason"),
    [
        ("nicknames.csv", "Nowhere,999,finnish", "there is no place '999'"),
        ("nicknames.csv", "Stadi,091,odd", "no way to inflect"),
        ("districts.csv", "Nowhere,999", "there is no place '999'"),
        ("foreign_names.csv", "xx,091,Helsinki", "'xx' is missing"),
        ("foreign_names.csv", "ru,999,Нигде", "there is no place '999'"),
        ("sami_names.csv", "se,999,X,,,,", "there is no place '999'"),
        ("sami_names.csv", "se,148", "is shorter"),
    ],
)
def test_a_broken_list_of_names_is_named(
    atlas: Atlas, tmp_path: Path, file: str, line: str, reason: str
) -> None:
    for name in ("nicknames.csv", "districts.csv", "foreign_names.csv", "sami_names.csv"):
        shutil.copy(DATA / name, tmp_path)
    rows = (tmp_path / file).read_text(encoding="utf-8").splitlines()
    (tmp_path / file).write_text("\n".join([*rows, line]) + "\n", encoding="utf-8")
    with pytest.raises(BadData) as caught:
        list(inflected_names(atlas, tmp_path))
    assert (caught.value.source, caught.value.row) == (file, len(rows) + 1)
    assert reason in caught.value.reason


def test_every_ordinary_word_is_listed_for_a_reason(gazetteer: Gazetteer, atlas: Atlas) -> None:
    """A listed word is a form of some place, or one slip from a form that would be corrected to."""
    near = Misspellings({fold(form) for form in correctable_forms(atlas)})
    words = (DATA / "ordinary" / "words.txt").read_text(encoding="utf-8").splitlines()
    assert len(words) > 9_000
    assert words == sorted(set(words))
    needless = [word for word in words if not gazetteer.look_up(word) and not near.near(fold(word))]
    assert needless == []


def test_every_borne_name_is_a_place(gazetteer: Gazetteer) -> None:
    names = (DATA / "ordinary" / "names.txt").read_text(encoding="utf-8").splitlines()
    assert len(names) > 400
    assert names == sorted(set(names))
    shown = {reading.name.shown for form in gazetteer.forms() for reading in gazetteer.look_up(form)}
    assert [name for name in names if name not in shown] == []
