"""For whom help is asked: the rules, the likelihood and the short answer together, and whole messages."""

import pytest

from bot.behalf import on_behalf
from bot.understand import Mind
from knowledge.load import load_atlas, load_catalog


@pytest.mark.parametrize(
    ("parts", "likely", "expected"),
    [
        ({"helped"}, 0.4, True),
        ({"helped", "trouble"}, -0.4, False),
        (set(), 0.4, True),
        (set(), -0.4, None),
        ({"acts"}, -0.4, None),
        ({"other_sense", "helped"}, 0.4, False),
        ({"told_by_worker"}, 0.4, False),
        ({"dead", "helped", "trouble"}, 0.4, False),
        ({"dead", "widowed", "trouble"}, 0.4, True),
    ],
)
def test_likelihood_decides_but_where_the_rules_are_certain(
    parts: set[str], likely: float, expected: bool | None
) -> None:
    assert on_behalf(parts, likely=likely) is expected


@pytest.mark.parametrize(
    ("parts", "words", "expected"),
    [
        (set(), ("minulle",), False),
        (set(), ("toiselle",), True),
        (set(), ("turku",), None),
        ({"helped", "for"}, ("äidille",), True),
    ],
)
def test_a_short_answer_is_read_without_likelihood(
    parts: set[str], words: tuple[str, ...], expected: bool | None
) -> None:
    assert on_behalf(parts, words, asked=True, likely=-0.5) is expected


@pytest.fixture(scope="module")
def mind() -> Mind:
    return Mind.of(load_catalog(), load_atlas())


@pytest.mark.parametrize(
    "text",
    [
        "Anoppini ei osaa maksaa laskuja netissä",
        "Mun siippa tarvitsee apua verokortin kanssa, hän ei pääse OmaVeroon",
        "Asukkaamme ei muista pankkitunnuksiaan, kuka voisi auttaa häntä",
        "Kuntoutujamme tarvitsee opastusta puhelimen käyttöön",
        "svärmor kommer inte in i sin e-post, hon har glömt lösenordet",
        "Vår kund på mottagningsenheten behöver hjälp med FPA-ansökan",
        "min man kan inte använda nätbanken, han vågar inte",
        "my neighbour can't read his prescriptions online, he needs somebody to show him",
        "Our client has no bank codes and wants to apply for a pension",
        "áhkku ii máhte geavahit telefovnna, son dárbbaša veahki",
    ],
)
def test_somebody_else_is_heard(mind: Mind, text: str) -> None:
    assert mind.understand(text).on_behalf is True


@pytest.mark.parametrize(
    "text",
    [
        "Tyttäreni asensi minulle sovelluksen mutta en osaa käyttää sitä",
        "Naapuri kehui sovellusta, miten saan sen itselleni",
        "Olen eläkeläinen ja tarvitsen apua tabletin kanssa",
        "min son skickade en länk men jag kan inte öppna den",
        "my brother called and told me to change my password, how do I do it",
        "mieheni kuoli ja minun pitäisi sulkea hänen tilinsä",
        "skolan vill att jag anmäler barnet i Wilma, jag har glömt lösenordet",
        "verkkopankki ei aukea",
        "apua puhelimen kanssa Posiolla",
        "apua nettiin, asun Pertunmaalla",
        "väärin meni, salasana ei kelpaa",
    ],
)
def test_the_writer_s_own_errand_is_left_theirs(mind: Mind, text: str) -> None:
    assert not mind.understand(text).on_behalf


def test_what_weighed_is_told(mind: Mind) -> None:
    told = mind.understand("Anoppini ei osaa maksaa laskuja netissä", explain=True)
    assert ("for whom", "rule helped") in told.why
