"""Which pages to ask a source for, decided without asking: the next page follows from the answers so far.

An itinerary is a value. ``ask`` is the page that it wants now; ``answered`` gives the itinerary that
follows from that page's bytes. It knows nothing of the network, of files, of time. The same answers
lead the same way, so a journey that was broken off is taken up again by reading the pages that it left.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Any, Protocol

from referral.directory.importers.record import Raw
from referral.directory.importers.rejected import Unfit

MOST_PAGES = 20_000
"""No source that we know has a tenth of this; one that says so is mistaken, and would never end."""

AGAIN = "Fetch it again."
NOTHING = b'{"items": []}'
"""A page without records, in the place of one that is gone."""


@dataclass(frozen=True, slots=True)
class Ask:
    """A page: what it is called, its address, and whether it holds records to import.

    Where it does not, it lists ids, and only shows the way to other pages. ``may_be_gone`` says that the
    page is of one record, which may have left the source since it was named: then it holds nothing.
    """

    name: str
    address: str
    has_records: bool = True
    may_be_gone: bool = False

    @property
    def file(self) -> str:
        """The name of the file that it becomes: of another question, though it have the same name, another."""
        return f"{self.name}-{sha256(self.address.encode()).hexdigest()[:8]}.json"


class Itinerary(Protocol):
    """The way through a source."""

    @property
    def ask(self) -> Ask | None:
        """The page to ask for now; None at the end."""

    @property
    def ahead(self) -> int:
        """How many pages are still to be asked for, as far as is known; 0 at the end."""

    def answered(self, content: bytes) -> "Itinerary":
        """What follows from the page that was asked for. Raises Unfit for one that cannot be read."""


@dataclass(frozen=True, slots=True)
class Paged:
    """A source whose pages are numbered from 1, and whose every page says how many there are.

    ``address`` gives the address of a page. ``last`` gives the number of the last page, as a page (its
    JSON and its number) tells it.
    """

    name: str
    address: Callable[[int], str]
    last: Callable[[Raw, int], int]
    number: int = 1
    end: int = 1

    @property
    def ask(self) -> Ask | None:
        if self.number > self.end:
            return None
        return Ask(f"{self.name}-{self.number:05}", self.address(self.number))

    @property
    def ahead(self) -> int:
        return max(self.end - self.number + 1, 0)

    def answered(self, content: bytes) -> "Paged":
        return replace(self, number=self.number + 1, end=within(self.last(page(content), self.number)))


def page(content: bytes) -> Raw:
    """The JSON object of a page. Raises Unfit for anything else; so does a page that was cut off."""
    found = parsed(content)
    if not isinstance(found, dict):
        raise Unfit("the page is not a JSON object", AGAIN)
    return found


def parsed(content: bytes) -> Any:
    """The JSON of a page. Raises Unfit."""
    try:
        return json.loads(content)
    except (UnicodeDecodeError, ValueError, RecursionError) as error:
        raise Unfit(f"the page is no JSON: {error}", AGAIN) from None


def whole(found: Mapping[str, Any], name: str) -> int:
    """The whole number under ``name``, 0 or more. Raises Unfit."""
    value = found.get(name)
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise Unfit(f"the page does not say {name}", AGAIN)
    return value


def count_of_pages(total: int, size: int) -> int:
    """How many pages of ``size`` hold ``total`` records: none for none."""
    return -(-total // size)


def within(pages: int) -> int:
    """The same number of pages, where a source can have so many. Raises Unfit."""
    if pages > MOST_PAGES:
        raise Unfit(f"the source says that it has {pages} pages", "Ask whoever keeps it.")
    return pages
