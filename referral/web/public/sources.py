"""Where everything comes from: the licences of the data, and the sources of the helpers."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from aiohttp import web

from referral.directory.index import FOR_SUPPORTERS, Directory
from referral.web.addresses import SOURCES
from referral.web.public.public import Public
from referral.web.public.show import moved, show
from referral.web.published import published
from referral.web.shell import SHELL


@dataclass(frozen=True, slots=True)
class Cited:
    """A source as it is named, how many offers come from it, and the day of the last check (None: never)."""

    name: str
    offers: int
    checked: date | None


async def sources(public: Public, language: str, request: web.Request) -> web.Response:
    """The page of sources."""
    address = public.addresses.of(SOURCES, language)
    if request.path != address:
        raise moved(request, address)
    values = {
        "attributions": request.app[SHELL].attributions,
        "cited": cited(public.current.directory),
        "search": public.help(language),
    }
    made = show(
        public, request, "sources.html", language, values, lambda code: public.addresses.of(SOURCES, code)
    )
    return published(request, made)


def cited(directory: Directory) -> tuple[Cited, ...]:
    """The sources that offers for citizens name, those of most offers first."""
    counts: Counter[str] = Counter()
    checked: dict[str, date] = {}
    for offer in directory.rows:
        source = offer.source
        if FOR_SUPPORTERS not in offer.audience:
            counts[source.name] += 1
            if source.checked:
                checked[source.name] = max(source.checked, checked.get(source.name, source.checked))
    return tuple(
        Cited(name, count, checked.get(name))
        for name, count in sorted(counts.items(), key=lambda one: (-one[1], one[0]))
    )
