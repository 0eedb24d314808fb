"""Personal data in text: what is masked, and what must stay."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.personal import MARK, Masked, mask

CENTURIES = "-+ABCDEFUVWXY"


@pytest.mark.parametrize("mark", CENTURIES)
@pytest.mark.parametrize("spaces", ["{}{}{}", "{} {} {}", "{}{} {}", "{} {}{}"])
@pytest.mark.parametrize("check", "T0")
def test_every_identity_code(mark: str, spaces: str, check: str) -> None:
    code = spaces.format("131052", mark, f"308{check}")
    for written in (code, code.lower()):
        assert mask(f"tunnus {written}, kiitos") == Masked(f"tunnus {MARK}, kiitos", ("hetu",))


@pytest.mark.parametrize("dash", "-‐‑‒–—−")
def test_any_dash_marks_a_century(dash: str) -> None:
    assert mask(f"131052{dash}308T").kinds == ("hetu",)


@pytest.mark.parametrize(
    ("text", "masked", "kinds"),
    [
        ("13.10.52-308T", "[…]", ("hetu",)),
        ("13 10 52 A 308 T", "[…]", ("hetu",)),
        ("tili FI21 1234 5600 0007 85.", "tili […].", ("iban",)),
        ("fi2112345600000785", "[…]", ("iban",)),
        ("FI21-1234-5600-0007-85", "[…]", ("iban",)),
        ("FI21 1234 5600 0007 86", "[…]", ("iban",)),
        ("SE35 5000 0000 0549 1000 0003", "[…]", ("iban",)),
        ("DE89370400440532013000", "[…]", ("iban",)),
        ("matti.meikalainen@gmail.com", "[…]", ("email",)),
        ("osoite on a-b_c+d@posti.esimerkki.fi, vastaa", "osoite on […], vastaa", ("email",)),
        ("Maija @ gmail.com", "[…]", ("email",)),
        ("maija(at)posti.fi", "[…]", ("email",)),
        ("soita 040 123 4567", "soita […]", ("phone",)),
        ("0401234567 0501234567", "[…] […]", ("phone",)),
        ("+358 40 1234567", "[…]", ("phone",)),
        ("numero +358(0)40 123 4567", "numero […]", ("phone",)),
        ("09 123 4567", "[…]", ("phone",)),
        ("050-1234567.", "[…].", ("phone",)),
        ("+46 70 123 45 67", "[…]", ("phone",)),
        ("asiakas 0401234567", "asiakas […]", ("phone",)),
        ("kortti 4920 1234 5678 9012", "kortti […]", ("card",)),
        ("4920123456789012", "[…]", ("card",)),
        ("3782 822463 10005", "[…]", ("card",)),
        ("4920-1234-5678-9012", "[…]", ("card",)),
        ("asun Mannerheimintie 12 A 5, 00100 Helsinki", "asun […], 00100 Helsinki", ("address",)),
        ("Kauppakadulla 5", "[…]", ("address",)),
        ("kotiosoite kivipolku 3 as 4", "kotiosoite […]", ("address",)),
        ("kauppakatu 5 00100", "[…] 00100", ("address",)),
        ("Iso Roobertinkatu 12 b 4", "[…]", ("address",)),
        ("Storgatan 5 B 12", "[…]", ("address",)),
        ("Kyrkovägen 7", "[…]", ("address",)),
        ("Lasarettluodda 5", "[…]", ("address",)),
        ("131052-308T ja 040 1234567", "[…] ja […]", ("hetu", "phone")),
        ("a@b.fi FI2112345600000785", "[…] […]", ("iban", "email")),
    ],
)
def test_what_is_masked(text: str, masked: str, kinds: tuple[str, ...]) -> None:
    found = mask(text)
    assert (found.text, found.kinds) == (masked, kinds)


@pytest.mark.parametrize(
    "text",
    [
        "00100 Helsinki",
        "asun 99600 Sodankylässä",
        "viite 1234567890123",
        "viitenumero 12345 67890",
        "viitenumero: 1300 9876 5432 1",
        "referensnummer 1234 5678 9012 3456",
        "laskunumero 0401234567",
        "asiakasnumero on 1234567890123456",
        "RF18 5390 0754 7034",
        "RF18 0000 0000 0539 0075 4703 4",
        "12.3.2025 klo 14.30",
        "2025-11-21 10:45",
        "1.1.2026-31.12.2026",
        "maksoi 1 234,50 euroa",
        "12 500 €",
        "soitan 112",
        "y-tunnus 1234567-8",
        "Windows 10 ja 11",
        "iPhone 13 mini",
        "SM-A515F",
        "132456-123",
        "en tiiä tie 5",
        "kadulla 5 ihmistä",
        "minulla on 3 salasanaa",
        "kanava 4 ei näy",
        "@kayttaja",
        "klo 10-12",
        "",
    ],
)
def test_what_stays(text: str) -> None:
    assert mask(text) == Masked(text)


PIECES = st.one_of(
    st.text(max_size=12),
    st.text("0123456789 -.+()/", max_size=24),
    st.from_regex(r"\d{6}[-+A-FU-Y]\d{3}[0-9A-Z]", fullmatch=True),
    st.from_regex(r"(katu|tie|gatan) \d{1,4} [A-Z]", fullmatch=True),
    st.sampled_from(
        [" ", "@", "FI", "viite ", "fi21", "0401234567", "[…]", "katu 5", "\n", "4920 1234 5678 9012"]
    ),
)


@given(st.lists(PIECES, max_size=8).map("".join))
def test_masking_again_changes_nothing(text: str) -> None:
    once = mask(text)
    assert mask(once.text) == Masked(once.text)


@given(st.text(max_size=10), st.from_regex(r"\d{6}[-+A-FU-Y]\d{3}[0-9A-FHJ-NPR-Y]", fullmatch=True))
def test_a_code_is_found_in_any_text(before: str, code: str) -> None:
    assert code not in mask(f"{before} {code} loppu").text


@pytest.mark.parametrize(
    "piece",
    ["1", "1 ", "a", "a.", "1-", "(", "katu ", "FI", "AB12 ", "iso ", "tie 12 ", "a@", "040 123 4567 "],
)
def test_ten_thousand_characters_are_read(piece: str) -> None:
    text = piece * (10_000 // len(piece))
    assert not re.search(r"\d{6}[-+A]\d{3}\w", mask(text).text)
