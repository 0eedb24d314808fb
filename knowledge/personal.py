"""Finds personal data in text by its shape, and masks it.

Shape and not check digits: people mistype, and a mistyped identity code is still theirs. The order
matters: each kind is taken out before the next is looked for, so that the digits of an account number
are not read as a telephone number. Postcodes, dates, prices and reference numbers stay.

What this does not know: names. No light tool finds them reliably, so none is claimed.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from phonenumbers import Leniency, PhoneNumberMatcher

MARK = "[…]"
"""Stands where personal data stood; the same in every language, and no word for a classifier."""

_Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Masked:
    """A text without the personal data that was found, and the kinds that were.

    ``kinds`` are of "iban", "hetu", "email", "phone", "card" and "address", in this order, each at most
    once; empty where nothing was found.
    """

    text: str
    kinds: tuple[str, ...] = ()


def mask(text: str) -> Masked:
    """The text with ``[…]`` in the place of everything that has the shape of personal data.

    Masking what is masked already changes nothing.
    """
    kinds: set[str] = set()
    before = ""
    while text != before and _MAYBE_ANY.search(text):
        before = text
        for kind, find in _KINDS:
            masked = _replace(text, find(text))
            if masked != text:
                kinds.add(kind)
                text = masked
    return Masked(text, tuple(kind for kind, _ in _KINDS if kind in kinds))


def _replace(text: str, spans: Iterator[_Span]) -> str:
    parts: list[str] = []
    at = 0
    for start, end in spans:
        if start >= at:
            parts += (text[at:start], MARK)
            at = end
    return "".join(parts) + text[at:]


_MAYBE_ANY = re.compile(r"\d|@|[(\[]at[)\]]", re.IGNORECASE)
_MAYBE_PHONE = re.compile(r"\d(?:[^\d\n]{0,3}\d){5}")

_DASH = "-‐‑‒–—−"
_FINNISH_IBAN = re.compile(r"(?<![^\W_])FI[\s-]{0,2}\d{2}(?:[\s-]{0,2}\d){11,16}(?![^\W_])", re.IGNORECASE)
_FOREIGN_IBAN = re.compile(
    r"(?<![^\W_])(?!RF)[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?(?![^\W_])"
)
_IDENTITY_CODE = re.compile(
    r"(?<!\d)(?:\d{6}|(?:0[1-9]|[12]\d|3[01])[\s.](?:0[1-9]|1[0-2])[\s.]\d{2})"
    rf"\s?[+A-FU-Y{_DASH}]\s?\d{{3}}\s?[0-9A-FHJ-NPR-Y](?![^\W_])",
    re.IGNORECASE,
)
"""Six digits of a date, one of the 13 century marks (any dash counts as one), three digits and a check
character. A date with spaces or full stops in it must be one that exists."""

_EMAIL = re.compile(r"(?<![\w.+%'-])[\w.+%'-]+ ?(?:@|[(\[]at[)\]]) ?[^\W_][\w-]*(?:\.[\w-]+)*", re.IGNORECASE)
_MOBILE = re.compile(r"(?<![\w.,])(?:\+358[ -]?|0)(?:4\d|50)(?:[ -]?\d){5,8}(?!\w|[.,]\d)")
_CARD = re.compile(
    r"(?<![\w.,+-])(?:\d{4}([ -])\d{4}\1\d{4}\1\d{1,4}(?:\1\d{1,3})?|\d{4}[ -]\d{6}[ -]\d{5}|\d{13,19})(?!\w|[.,-]\d)"
)
_REFERENCE = re.compile(
    r"(?:\b(?:viite|viittee|referens|reference)\w*|\b(?:laskun?|tilaus|asiakas|lähetys|seuranta|sopimus|diaari|"
    r"faktura|order|kund|invoice|customer|tracking)[- ]?(?:numero|nro|nr|nummer|number|no|tunnus|id|koodi)\w*)"
    r"[\s:.#-]*(?:numero\w*|nro|nr|nummer|number|no|on|är|is)?[\s:.#-]*\Z|\bRF\d\d[\d ]*\Z",
    re.IGNORECASE,
)
"""The words before a number that is not a person's own."""

_STREET = (
    "katu|kadun|kadulla|kadulta|kadulle|kadussa|tie|tien|tiellä|tieltä|tielle|kuja|kujan|kujalla|kujalta|kujalle|"
    "polku|polun|polulla|polulta|polulle|raitti|raitin|raitilla|rinne|rinteellä|kaari|kaaren|kaarella|"
    "aukio|aukion|aukiolla|bulevardi|bulevardilla|väylä|väylällä|puistikko|esplanadi|esplanadilla|penger|"
    "penkereellä|laituri|laiturilla|ranta|rannalla|taival|taipaleella|gatan|gata|vägen|väg|gränden|gränd|stigen|"
    "torget|esplanaden|allén|backen|stranden|bågen|kajen|luodda|geaidnu|bálggis"
)
_ADDRESS = re.compile(
    r"(?<![\w-])(?:(?:iso|pieni|vanha|uusi|länt\w+|itäi\w+|pohjoi\w+|eteläi\w+|stora|lilla|norra|södra|östra|"
    rf"västra)\s)?[^\W\d_][\w:'-]+?(?:{_STREET})\s{{1,2}}\d{{1,4}}(?!\d)"
    rf"(?:[{_DASH}]\d{{1,4}}(?!\d))?(?:(?-i:\s?[A-Z]|[a-z])(?![^\W_])|\s[a-h](?=\s?\d))?"
    r"(?:\s?(?:as\.?|bost\.?|lgh\.?|bostad|huoneisto)?\s?\d{1,3}(?!\d|[.,:]\d|\s?(?:€|e\b|eur|min|klo|km|kpl)))?",
    re.IGNORECASE,
)
"""A street with its number, and the staircase and flat where they follow; never the postcode after them."""


def _each(pattern: re.Pattern[str]) -> Callable[[str], Iterator[_Span]]:
    return lambda text: (match.span() for match in pattern.finditer(text))


def _ibans(text: str) -> Iterator[_Span]:
    spans = [match.span() for match in _FINNISH_IBAN.finditer(text)]
    for match in _FOREIGN_IBAN.finditer(text):
        if sum(letter.isdigit() for letter in match[0]) > 9:
            spans.append(match.span())
    return iter(sorted(spans))


def _phones(text: str) -> Iterator[_Span]:
    if not _MAYBE_PHONE.search(text):
        return
    spans = {(match.start, match.end) for match in PhoneNumberMatcher(text, "FI", leniency=Leniency.VALID)}
    spans |= {match.span() for match in _MOBILE.finditer(text)}
    yield from (span for span in sorted(spans) if not _is_reference(text, span[0]))


def _cards(text: str) -> Iterator[_Span]:
    for match in _CARD.finditer(text):
        if not _is_reference(text, match.start()):
            yield match.span()


def _is_reference(text: str, start: int) -> bool:
    """Whether the words before this position say that a reference, order or customer number follows."""
    return _REFERENCE.search(text[max(0, start - 40) : start]) is not None


_KINDS: tuple[tuple[str, Callable[[str], Iterator[_Span]]], ...] = (
    ("iban", _ibans),
    ("hetu", _each(_IDENTITY_CODE)),
    ("email", _each(_EMAIL)),
    ("phone", _phones),
    ("card", _cards),
    ("address", _each(_ADDRESS)),
)
