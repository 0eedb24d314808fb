"""What the codes of releases and the directory are called, and how figures are written, in one language."""

from dataclasses import dataclass
from datetime import date

from babel import Locale
from babel.dates import format_date
from babel.numbers import format_decimal, format_percent

from knowledge.model import Atlas
from locales.text import Text, say
from referral.model import Offer
from referral.situation.picture import Count
from referral.web.coordinators.office import Office
from referral.web.coordinators.situation import words

_TABLES = {
    "language": words.LANGUAGE_NAMES,
    "spoken": words.LANGUAGE_NAMES,
    "outcome": words.OUTCOME_NAMES,
    "reason": words.REASON_NAMES,
    "channel": words.CHANNEL_NAMES,
    "helped": words.HELPED_NAMES,
    "asker": words.ASKER_NAMES,
    "kind": words.KIND_NAMES,
}
_LOCALES = {"en": "en_GB", "fi": "fi_FI", "sv": "sv_FI"}


@dataclass(frozen=True, slots=True)
class Naming:
    """Names and numbers as a coordinator reads them in ``language``."""

    office: Office
    language: str

    def say(self, text: Text) -> str:
        """``text`` in the language."""
        return self.office.catalogues.say(text, self.language)

    def name(self, column: str, code: str) -> str:
        """What ``code`` of ``column`` is called; the code itself where it has no name."""
        named = self.office.catalogues.named
        atlas, catalog = self.office.atlas, self.office.catalog
        if column == "region" and code in atlas.regions:
            return named(atlas.regions[code].names, self.language)
        if column == "municipality" and code in atlas.municipalities:
            return named(atlas.municipalities[code].names, self.language)
        if column in ("need", "topic") and code in catalog.needs:
            return named(catalog.needs[code].titles, self.language)
        if column in ("need_group", "topic"):
            titles = next((group.titles for group in catalog.groups if group.id == code), {})
            return named(titles, self.language) or code
        table = _TABLES.get(column, {})
        if code in table:
            return self.say(table[code])
        if column in ("language", "spoken"):
            return str(Locale.parse(_LOCALES[self.language]).languages.get(code, code))
        return code

    def named(self, offer: Offer) -> str:
        """An offer: its own name, else its organisation's."""
        named = self.office.catalogues.named
        return named(offer.names, self.language) or named(offer.organisation.names, self.language)

    def period(self, period: str) -> str:
        """A month, a quarter or a year in words: "marraskuu 2026"."""
        if len(period) == 4:
            return period
        year, part = period[:4], period[5:]
        if part.startswith("Q"):
            return self.say(say("Quarter {quarter} of {year}", quarter=part[1:], year=year))
        return format_date(date(int(year), int(part), 1), "LLLL yyyy", locale=_LOCALES[self.language])

    def short_period(self, period: str) -> str:
        """The same for the foot of a chart: "11/26", "Q4/26", "2026"."""
        return period if len(period) == 4 else f"{period[5:]}/{period[2:4]}"

    def number(self, value: float) -> str:
        """A number as the language writes it."""
        written: str = format_decimal(value, "#,##0.#", locale=_LOCALES[self.language])
        return written

    def rate(self, value: float) -> str:
        """A number with one decimal, so that several stand in line."""
        written: str = format_decimal(value, "#,##0.0", locale=_LOCALES[self.language])
        return written

    def percent(self, share: float) -> str:
        """A share (0..1) as a whole percentage."""
        written: str = format_percent(share, locale=_LOCALES[self.language])
        return written

    def km(self, km: float) -> str:
        """Kilometres: with a decimal where they are few."""
        return f"{self.number(round(km, 1) if km < 10 else round(km))}\N{NO-BREAK SPACE}km"

    def told(self, count: Count, k: int) -> str:
        """What is told: a number, or "<5"."""
        return self.number(count.number) if count.number else f"<{k}"

    def day(self, day: date) -> str:
        """A day in words."""
        return self.say(say("{date}", date=day))


def residents(atlas: Atlas, region: str) -> int:
    """How many people live in a region; in the whole country for ""."""
    return sum(one.population for one in atlas.municipalities.values() if region in ("", one.region))
