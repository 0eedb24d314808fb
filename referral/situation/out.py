"""Which periods are out (released), and which of them stand beside each other in a trend."""

from collections.abc import Iterable
from dataclasses import dataclass

KINDS = ("month", "quarter", "year")
_A_YEAR_OF = {"month": 12, "quarter": 4}
_YEARS = 5


@dataclass(frozen=True, slots=True)
class Out:
    """What coordinators may see: (kind, period) of every release, the newest first within its kind."""

    periods: tuple[tuple[str, str], ...] = ()

    @classmethod
    def of(cls, periods: Iterable[tuple[str, str]]) -> "Out":
        """Those of ``periods`` whose kind is one of KINDS."""
        found = sorted(periods, key=lambda one: one[1], reverse=True)
        return cls(tuple(one for kind in KINDS for one in found if one[0] == kind))

    def of_kind(self, kind: str) -> tuple[str, ...]:
        """The periods of ``kind``, the newest first."""
        return tuple(period for its, period in self.periods if its == kind)

    def find(self, period: str) -> tuple[str, str] | None:
        """(Kind, period) of a period that is out; None where it is not."""
        return next((one for one in self.periods if one[1] == period), None)

    @property
    def newest(self) -> tuple[str, str] | None:
        """The quarter that closed last, which tells most; the month where no quarter has; None without any."""
        for kind in ("quarter", "month", "year"):
            if periods := self.of_kind(kind):
                return kind, periods[0]
        return None


def looked_at(out: Out) -> tuple[tuple[str, str], ...]:
    """(Kind, period) of what pages look at most, the newest of each kind: two years of months and quarters, with
    what everybody may see of them, and five years."""
    months, quarters = out.of_kind("month")[: 2 * _A_YEAR_OF["month"]], out.of_kind("quarter")
    quarters = quarters[: 2 * _A_YEAR_OF["quarter"]]
    return (
        *(("quarter", one) for one in quarters),
        *(("year", one) for one in out.of_kind("year")[:_YEARS]),
        *(("public", one) for one in quarters),
        *(("month", one) for one in months),
    )


def course(kind: str, period: str) -> tuple[str, ...]:
    """A year's worth of periods that ends with ``period``, the oldest first; five years of years."""
    count = _A_YEAR_OF.get(kind, _YEARS)
    return tuple(_back(kind, period, by) for by in reversed(range(count)))


def before(kind: str, period: str) -> str:
    """The period of the same kind a year earlier."""
    return _back(kind, period, _A_YEAR_OF.get(kind, 1))


def quarters_in(kind: str, period: str) -> tuple[str, ...]:
    """The quarters that make up ``period``; () for a month."""
    if kind == "year":
        return tuple(f"{period}-Q{number}" for number in range(1, 5))
    return (period,) if kind == "quarter" else ()


def _back(kind: str, period: str, by: int) -> str:
    year = int(period[:4])
    if kind == "year":
        return f"{year - by:04}"
    a_year = _A_YEAR_OF[kind]
    number = year * a_year + int(period[-2:].lstrip("Q")) - 1 - by
    place = number % a_year + 1
    return f"{number // a_year:04}-" + (f"{place:02}" if kind == "month" else f"Q{place}")
