"""The ways through the sources that give their records page by page: libraries, HSDS feeds, events."""

from datetime import datetime
from urllib.parse import urlencode

from referral.directory.importers.fetch.itinerary import Paged, count_of_pages, whole
from referral.directory.importers.record import Raw

LIBRARIES_A_PAGE = 100
LAST_OF_HOURS = "4w"
"""Hours are asked for until the end of the fourth week from now: a rhythm and its exceptions show in that.
The interface gives 5,000 days of hours a page at most; a hundred libraries have 3,500 in five weeks."""

SERVICES_A_PAGE = 100
EVENTS_A_PAGE = 100


def kirkanta(base: str) -> Paged:
    """Kirjastot.fi's library directory, version 4: all libraries with services, contacts and hours.

    Source: the interface's documentation (github.com/libraries-fi/kirkanta-api, doc/documentation.md):
    ``limit`` and ``skip`` page, ``with`` adds parts to a record, ``period.start`` and ``period.end`` bound
    the schedules. ``total`` is known to be told too small at times, so a full page always leads on.
    """

    def address(number: int) -> str:
        return f"{base}/library?" + urlencode(
            {
                "with": "services,schedules,phoneNumbers,primaryContactInfo",
                "period.start": "0d",
                "period.end": LAST_OF_HOURS,
                "limit": LIBRARIES_A_PAGE,
                "skip": (number - 1) * LIBRARIES_A_PAGE,
            }
        )

    return Paged("library", address, _last_of_libraries)


def _last_of_libraries(found: Raw, number: int) -> int:
    told = count_of_pages(whole(found, "total"), LIBRARIES_A_PAGE)
    items = found.get("items")
    is_full = isinstance(items, list) and len(items) >= LIBRARIES_A_PAGE
    return max(told, number + 1) if is_full else told


def hsds(base: str, since: datetime | None = None) -> Paged:
    """A feed of HSDS 3: whole services page by page; only those changed after ``since``, where it is given.

    Source: the specification's API reference (``/services`` with ``full``, ``modified_after`` and the
    Page envelope).
    """

    def address(number: int) -> str:
        changed = {"modified_after": since.strftime("%Y-%m-%dT%H:%M:%SZ")} if since else {}
        return f"{base}/services?" + urlencode(
            {"full": "true", "page": number, "per_page": SERVICES_A_PAGE, **changed}
        )

    return Paged("services", address, lambda found, _: whole(found, "total_pages"))


def events(base: str) -> Paged:
    """Linked Events: what is public and not over, with places and keywords.

    The page itself is asked for by its number; ``meta.next`` only says whether there is one, because an
    address that a server gives may lead anywhere.
    """

    def address(number: int) -> str:
        return f"{base}/event/?" + urlencode(
            {
                "start": "today",
                "include": "location,keywords",
                "sort": "start_time",
                "page_size": EVENTS_A_PAGE,
                "page": number,
            }
        )

    return Paged("event", address, _last_of_events)


def _last_of_events(found: Raw, number: int) -> int:
    meta = found.get("meta")
    meta = meta if isinstance(meta, dict) else {}
    if not meta.get("next"):
        return number
    return max(number + 1, count_of_pages(whole(meta, "count"), EVENTS_A_PAGE))
