"""Languages are told apart, also from a word or two, and a conversation does not flip on a name."""

from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.language import LATIN, Languages, _read_words
from knowledge.load import load_catalog

TOLD = {
    "fi": (
        "mun puhelin ei toimi",
        "whatsapp ei toimi",
        "minä tarvitsen apua",
        "en pääse verkkopankkiin",
        "moi",
    ),
    "sv": (
        "hjälp mig logga in",
        "kan int logga in på omakanta",
        "min dator startar inte",
        "jag bor i Ekenäs",
        "hej",
    ),
    "en": (
        "i need help with my phone",
        "whatsapp not working",
        "my suomi.fi messages",
        "print a form",
        "hello",
    ),
    "se": (
        "Gea sáhttá veahkehit",
        "Mus lea ođđa telefovdna",
        "Mun dárbbašan veahki",
        "in mahte geavahit dan",
    ),
    "et": (
        "internet ei tööta kodus",
        "parool on vale",
        "telefon ei tööta, palun abi",
        "pangakoodid ei tööta",
        "ma elan Helsingis ja vajan abi",
    ),
    "so": ("Waxaan u baahanahay caawimaad",),
    "ru": ("Не могу войти в банк", "помогите пожалуйста"),
    "uk": (
        "картка заблокована",
        "що таке Suomi.fi",
        "у мене новий телефон",
        "Не можу зайти в банк",
        "потрібна допомога",
        "Де можна користуватися комп'ютером",
    ),
    "ar": ("لا أستطيع الدخول", "أحتاج مساعدة"),
}


@pytest.fixture(scope="module")
def languages() -> Languages:
    needs = load_catalog().needs.values()
    said = {
        language: [text for need in needs for text in need.phrases[language] + need.examples[language]]
        for language in ("fi", "sv", "en", "se")
    }
    return Languages.of(said)


@pytest.mark.parametrize(
    ("language", "text"), [(code, text) for code, texts in TOLD.items() for text in texts]
)
def test_the_language_is_told(languages: Languages, language: str, text: str) -> None:
    assert languages.detect(text) == language


@pytest.mark.parametrize("text", ["", "99870", "?!", "😀", "112"])
def test_what_holds_no_word_keeps_the_language_of_the_conversation(languages: Languages, text: str) -> None:
    assert languages.detect(text) == ""
    assert languages.detect(text, "sv") == "sv"


@pytest.mark.parametrize("prior", ["fi", "sv", "en", "se"])
@pytest.mark.parametrize(
    "name", ["Facebook", "WhatsApp", "Kela", "Samsung Galaxy", "Netflix", "Zoom", "Inari"]
)
def test_a_name_does_not_change_the_language(languages: Languages, prior: str, name: str) -> None:
    assert languages.detect(name, prior) == prior


@pytest.mark.parametrize("text", ["Sámi museum", "café", "puhelin Áillohaš"])
def test_one_foreign_letter_is_not_sami(languages: Languages, text: str) -> None:
    assert languages.detect(text, "fi") != "se"


def test_persian_is_not_taken_for_arabic(languages: Languages) -> None:
    assert languages.detect("گوشی من کار نمی‌کند") == ""


def test_small_words_are_listed_once_a_language() -> None:
    lists = _read_words()
    assert set(lists) == {*LATIN, "uk"}
    for words in lists.values():
        assert all(word == word.casefold() for word in words)


@given(st.text(max_size=300), st.sampled_from(["", "fi", "sv", "en", "se", "ru", "xx"]))
def test_any_text_has_an_answer(languages: Languages, text: str, prior: str) -> None:
    assert languages.detect(text, prior) in {*LATIN, "ru", "uk", "ar", prior}


def test_the_committed_letter_sequences_are_what_the_source_gives() -> None:
    """The source is the model inside py3langid, which the lock names by its hash; 'make weights' mends."""
    from knowledge.learn.language import grams

    committed = files("knowledge").joinpath("data/language/grams.tsv").read_text(encoding="utf-8")
    assert committed == grams()
