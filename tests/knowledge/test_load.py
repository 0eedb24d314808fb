"""The data files are whole, and every way in which a row can be broken stops the start with its name."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from knowledge.load import COUNTS, TITLE_LANGUAGES, WRITTEN_LANGUAGES, load_atlas, load_catalog
from knowledge.model import Atlas, BadData

DATA = Path(__file__).parents[2] / "knowledge" / "data"
TABLES = ("*.csv", "SOURCES.md")


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of the data that a test may break."""
    for pattern in TABLES:
        for file in DATA.glob(pattern):
            shutil.copy(file, tmp_path)
    shutil.copy(DATA / "groups.toml", tmp_path)
    shutil.copytree(DATA / "needs", tmp_path / "needs")
    return tmp_path


def edit(file: Path, change: Callable[[list[str]], list[str]]) -> None:
    lines = file.read_text(encoding="utf-8").splitlines()
    file.write_text("\n".join(change(lines)) + "\n", encoding="utf-8")


def replaced(line: int, old: str, new: str) -> Callable[[list[str]], list[str]]:
    """A change of one line, counted from 1 as an editor does."""

    def change(lines: list[str]) -> list[str]:
        assert old in lines[line - 1]
        return [*lines[: line - 1], lines[line - 1].replace(old, new, 1), *lines[line:]]

    return change


def test_everything_is_there(atlas: Atlas) -> None:
    assert len(atlas.municipalities) == COUNTS["municipalities.csv"] == 308
    assert len(atlas.regions) == COUNTS["regions.csv"] == 19
    assert len(atlas.postcodes) == COUNTS["postcodes.csv"] == 3614
    assert len(atlas.places) == COUNTS["places.csv"] + COUNTS["aliases.csv"] == 2782 + 245
    assert sum(len(one.neighbours) for one in atlas.municipalities.values()) == 2 * COUNTS["neighbours.csv"]
    assert len(atlas.attributions) >= 5


def test_neighbours_are_mutual(atlas: Atlas) -> None:
    for code, municipality in atlas.municipalities.items():
        assert set(municipality.over_water) <= set(municipality.neighbours)
        for other in municipality.neighbours:
            assert code in atlas.municipalities[other].neighbours


def test_homes_are_where_people_live(atlas: Atlas) -> None:
    sodankyla = atlas.municipalities["758"]
    assert len(sodankyla.homes) > 20
    assert all(home.people > 0 for home in sodankyla.homes)
    assert sum(home.people for home in sodankyla.homes) <= sodankyla.population
    assert all(one.homes for one in atlas.municipalities.values())


def test_a_municipality_without_homes_is_measured_from_its_seat(copy: Path) -> None:
    edit(
        copy / "postcodes.csv",
        lambda lines: [line.rsplit(",", 1)[0] + "," if ",758,ordinary," in line else line for line in lines],
    )
    sodankyla = load_atlas(copy).municipalities["758"]
    assert [(home.lat, home.lon) for home in sodankyla.homes] == [sodankyla.seat]
    assert sodankyla.homes[0].people == sodankyla.population


def test_languages_come_majority_first_and_sami_last(atlas: Atlas) -> None:
    assert atlas.municipalities["148"].languages == ("fi", "se", "smn", "sms")
    assert atlas.municipalities["598"].languages == ("sv", "fi")


@pytest.mark.parametrize(
    ("file", "change", "row", "reason"),
    [
        ("municipalities.csv", replaced(2, "005", "05"), 2, "not a code of 3 digits"),
        ("municipalities.csv", replaced(3, "009", "005"), 3, "'005' is there twice"),
        ("municipalities.csv", replaced(2, ",14,", ",99,"), 2, "there is no '99'"),
        ("municipalities.csv", replaced(2, ",fi,", ",xx,"), 2, "not the codes of official languages"),
        ("municipalities.csv", replaced(2, "62.99956,23.82298", ","), 2, "the seat has no point"),
        ("municipalities.csv", replaced(2, "62.99956", "12.0"), 2, "outside Finland"),
        ("municipalities.csv", replaced(2, ",9183,", ",many,"), 2, "invalid literal"),
        ("municipalities.csv", replaced(2, "Alajärvi,", ","), 2, "the Finnish name is missing"),
        ("municipalities.csv", lambda lines: lines[:-1], "all", "307 rows, and 308 were expected"),
        ("municipalities.csv", replaced(1, "population", "people"), 2, "'population' is missing"),
        ("regions.csv", replaced(2, "01,", "1,"), 2, "not a code of 2 digits"),
        ("postcodes.csv", replaced(2, "00100", "0100"), 2, "not a code of 5 digits"),
        ("postcodes.csv", replaced(2, ",091,", ",999,"), 2, "there is no '999'"),
        ("postcodes.csv", replaced(2, "ordinary", "odd"), 2, "no kind of postcode"),
        (
            "postcodes.csv",
            replaced(
                3,
                ",",
                "",
            ),
            3,
            "zip() argument 2 is shorter",
        ),
        ("places.csv", replaced(5, ",005,", ",006,"), 5, "there is no '006'"),
        ("places.csv", replaced(5, "postal_area", "planet"), 5, "no place of the kind 'planet'"),
        ("aliases.csv", replaced(2, ",609,", ",610,"), 2, "there is no '610'"),
        ("aliases.csv", replaced(2, "former_municipality", "x"), 2, "no former name of the kind 'x'"),
        ("neighbours.csv", replaced(2, "005,010", "005,005"), 2, "its own neighbour"),
        ("neighbours.csv", replaced(2, "land", "moat"), 2, "no kind of border"),
        ("neighbours.csv", replaced(2, "005,010", "005,011"), None, "there is no '011'"),
        ("SOURCES.md", lambda lines: ["# Nothing"], "all", "missing or empty"),
    ],
)
def test_a_broken_table_is_named(
    copy: Path, file: str, change: Callable[[list[str]], list[str]], row: int | str | None, reason: str
) -> None:
    edit(copy / file, change)
    with pytest.raises(BadData) as caught:
        load_atlas(copy)
    assert caught.value.source == file
    assert reason in caught.value.reason
    if row is not None:
        assert caught.value.row == row
    assert caught.value.code == "bad_data"


def test_a_missing_table_is_named(copy: Path) -> None:
    (copy / "regions.csv").unlink()
    with pytest.raises(BadData, match=r"regions\.csv"):
        load_atlas(copy)


def test_a_table_that_is_no_text_is_named(copy: Path) -> None:
    (copy / "regions.csv").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(BadData, match=r"regions\.csv"):
        load_atlas(copy)


def test_every_need_is_complete() -> None:
    catalog = load_catalog()
    assert len(catalog.needs) == 53
    for need in catalog.needs.values():
        assert set(TITLE_LANGUAGES) <= set(need.titles)
        for language in WRITTEN_LANGUAGES:
            assert need.phrases[language]
            assert need.examples[language]
    assert [need for group in catalog.groups for need in group.needs] == list(catalog.needs)


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ('id = "password"', 'id = "pass"', "the file holds the need 'pass'"),
        ('group = "identity"', 'group = "nowhere"', "there is no group 'nowhere'"),
        ('handling = "support"', 'handling = "maybe"', "'maybe' is not a valid Handling"),
        ('"fi@simple" = ', '"fi@other" = ', "the title in 'fi@simple' is missing"),
        ("first_contact = ", "contact = ", "'first_contact' is missing"),
        ("[phrases]", "[phrase]", "'phrases' is missing"),
        ("[examples]", "[examples]\nxx = 1\n[other]", "the examples in 'fi' are missing"),
        ("[titles]", "[titles", "Expected"),
    ],
)
def test_a_broken_need_is_named(copy: Path, old: str, new: str, reason: str) -> None:
    file = copy / "needs" / "password.toml"
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(BadData) as caught:
        load_catalog(copy)
    assert "password.toml" in caught.value.source
    assert reason in caught.value.reason


def test_a_need_without_words_in_a_language_is_named(copy: Path) -> None:
    file = copy / "needs" / "password.toml"
    file.write_text(file.read_text(encoding="utf-8").replace("se = [", "smn = ["), encoding="utf-8")
    with pytest.raises(BadData, match="phrases in 'se' are missing"):
        load_catalog(copy)


def test_a_group_without_needs_is_named(copy: Path) -> None:
    with (copy / "groups.toml").open("a", encoding="utf-8") as file:
        file.write('\n[[groups]]\nid = "empty"\n[groups.titles]\n')
        file.writelines(f'"{language}" = "x"\n' for language in TITLE_LANGUAGES)
    with pytest.raises(BadData, match="no need is in the group 'empty'"):
        load_catalog(copy)


def test_a_group_twice_is_named(copy: Path) -> None:
    file = copy / "groups.toml"
    file.write_text(file.read_text(encoding="utf-8") * 2, encoding="utf-8")
    with pytest.raises(BadData, match="is there twice"):
        load_catalog(copy)
