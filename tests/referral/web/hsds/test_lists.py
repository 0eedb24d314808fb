"""What filters leave and how it is cut into pages, against the plainest way to say it."""

from dataclasses import replace
from datetime import date
from functools import cache

from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.nearest import kilometres
from referral.directory.published import taxonomy
from referral.directory.published.identity import identity
from referral.directory.published.supply import Service
from referral.web.hsds.envelope import cut, envelope
from referral.web.hsds.lists import LISTS, connections, services
from referral.web.hsds.view import View, view
from referral.web.hsds.wanted import Wanted
from tests.referral.supply import atlas, catalog
from tests.referral.web.hsds.served import DAY, MADE_UP, catalogues, edition, starter


@cache
def small() -> View:
    return view(edition(*starter()[::15], *MADE_UP), catalog(), atlas(), catalogues(), DAY)


TERMS = list(taxonomy.terms(catalog()))
ORGANISATIONS = sorted({one.organisation.id for one in (*MADE_UP, *starter()[:90:15])})

WANTED = st.builds(
    Wanted,
    language=st.just("fi"),
    search=st.sampled_from(["", "", "kirjasto", "kela", "Sodankylässä", "pidon", "zzzz"]),
    taxonomy_term_id=st.sampled_from(["", "", *TERMS, "x"]),
    taxonomy_id=st.sampled_from(["", "", *map(taxonomy.taxonomy_id, taxonomy.TAXONOMIES)]),
    organization_id=st.sampled_from(["", "", "", *(identity("organization", id) for id in ORGANISATIONS)]),
    modified_after=st.none() | st.dates(date(2024, 1, 1), date(2026, 12, 1)),
    postcode=st.sampled_from(["", "99600", "00100", "20100"]),
)


def holds(service: Service, wanted: Wanted) -> bool:
    """Whether the filters (but words and places) leave a service."""
    terms = set(taxonomy.of_offer(service.first))
    of_taxonomy = {
        id
        for id, one in taxonomy.terms(catalog()).items()
        if taxonomy.taxonomy_id(one.taxonomy) == wanted.taxonomy_id
    }
    return (
        (not wanted.taxonomy_term_id or wanted.taxonomy_term_id in terms)
        and (not wanted.taxonomy_id or bool(terms & of_taxonomy))
        and wanted.organization_id in ("", identity("organization", service.first.organisation.id))
        and (
            wanted.modified_after is None
            or service.modified is None
            or service.modified >= wanted.modified_after
        )
    )


@settings(deadline=None)  # The directory is prepared in the first call.
@given(WANTED)
def test_services_are_what_every_filter_leaves(wanted: Wanted) -> None:
    found = small().search.find(wanted.search) if wanted.search else None
    rows = small().rows
    spoken = None if found is None else {rows.connections[row][0].id for row in found}
    expected = [one for one in rows.services if holds(one, wanted) and (spoken is None or one.id in spoken)]
    assert services(small(), wanted) == expected


@settings(deadline=None)  # The directory is prepared in the first call.
@given(WANTED, st.none() | st.integers(0, 500_000))
def test_connections_are_near_and_in_order(wanted: Wanted, metres: int | None) -> None:
    asked = wanted if metres is None or not wanted.postcode else _within(wanted, metres)
    found = connections(small(), asked)
    assert all(holds(service, asked) for service, _ in found)
    assert {offer.id for _, offer in found} <= {offer.id for _, offer in connections(small(), wanted)}
    if asked.proximity is not None:
        centre = atlas().postcodes[asked.postcode].point
        assert centre is not None
        away = [1000 * kilometres(centre, offer.point) for _, offer in found if offer.point]
        assert len(away) == len(found)
        assert away == sorted(away)
        assert all(one <= asked.proximity for one in away)


def _within(wanted: Wanted, metres: int) -> Wanted:
    return replace(wanted, proximity=float(metres))


@given(st.integers(0, 300), st.integers(1, 120))
def test_pages_are_the_whole_and_nothing_twice(total: int, per_page: int) -> None:
    whole = [{"id": number} for number in range(total)]
    last = max(-(-total // per_page), 1)
    pages = [envelope(cut(whole, page, per_page), total, page, per_page) for page in range(1, last + 1)]
    assert [one for page in pages for one in page["contents"]] == whole
    assert [page["first_page"] for page in pages] == [True, *[False] * (last - 1)]
    assert [page["last_page"] for page in pages] == [*[False] * (last - 1), True]
    assert all(page["size"] == len(page["contents"]) for page in pages)
    beyond = envelope(cut(whole, last + 1, per_page), total, last + 1, per_page)
    assert (beyond["empty"], beyond["size"], beyond["last_page"], beyond["total_items"]) == (
        True,
        0,
        True,
        total,
    )


def test_every_key_is_found_by_its_id() -> None:
    for one in LISTS.values():
        keys = one.choose(small(), Wanted("fi"))
        feed = small().feed("fi")
        ids = [one.tell(feed, key, Wanted("fi"))["id"] for key in keys]
        assert len(ids) == len(set(ids)) > 0
        assert [one.find(small(), id) for id in ids] == list(keys)
        assert one.find(small(), "x") is None
