"""A course or an event: told on the form, previewed, accepted, found until it ends, and told anew by its provider."""

import re
from datetime import date, datetime
from functools import partial
from typing import Any

import pytest

from referral.hours import HELSINKI
from referral.model import Form
from referral.store.directory import read_edition
from referral.store.submissions import ACCEPTED
from tests.referral.supply import MONDAY, atlas
from tests.referral.web.providers.conftest import Place
from tests.referral.web.providers.test_join import holds_all, inputs, send
from tests.referral.web.providers.test_own import decided, joined, page, stored

ONCE: dict[str, Any] = {"forms": [], "starts": "3.12. klo 13–15", "seats": "12", "enrol_until": "1.12.2026"}
MONTHLY: dict[str, Any] = {
    "forms": ["training"],
    "starts": "2026-12-01",
    "ends": "2027-05-25",
    "again": "joka kuun 1. tiistai klo 13–15",
}


async def accepted(place: Place, **told: Any) -> tuple[str, str]:
    """The provider's link, and the id of the course."""
    _, _, link = await send(place.client, "send", **told)
    (id,) = await decided(place, ACCEPTED)
    place.held.swap(
        await place.database.read(partial(read_edition, atlas=atlas(), today=place.clock().date()))
    )
    return link.partition("?")[0], id


async def test_a_course_is_previewed_as_citizens_will_see_it(place: Place) -> None:
    status, html, _ = await send(place.client, "preview", **ONCE)
    assert status == 200
    assert html.count('<article class="card">') == 1
    assert "3.12.2026 klo 13–15" in html
    assert holds_all(html, **ONCE)
    status, html, _ = await send(place.client, "preview", **MONTHLY)
    assert [day for day in ("1.12.2026", "5.1.2027", "2.2.2027") if day not in html] == []


async def test_a_course_is_found_until_it_ends(place: Place) -> None:
    _, id = await accepted(place, **ONCE)
    one = await stored(place, id)
    assert (one.form, one.seats, one.audience) == (Form.TRAINING, 12, ())
    assert one.starts == datetime(2026, 12, 3, 13, tzinfo=HELSINKI)
    assert one.ends == datetime(2026, 12, 3, 15, tzinfo=HELSINKI)
    async with place.client.get("/fi/apua/inari/kela") as answer:
        html = await answer.text()
    assert "3.12.2026 klo 13–15" in html
    link = re.search(r'href="(/calendar/[^"]+)"', html)
    assert link
    async with place.client.get(link[1]) as answer:
        assert "DTSTART;TZID=Europe/Helsinki:20261203T130000" in await answer.text()
    place.clock.moment = datetime(2026, 12, 3, 15, 1, tzinfo=HELSINKI)
    async with place.client.get("/fi/apua/inari/kela") as answer:
        assert "Digikahvila" not in await answer.text()
    async with place.client.get(link[1]) as answer:
        assert answer.status == 404


async def test_a_monthly_session_is_one_row_with_every_time(place: Place) -> None:
    _, id = await accepted(place, **MONTHLY)
    assert (await stored(place, id)).hours == "Tu[1] 13:00-15:00"
    async with place.client.get(f"/calendar/{id}.ics") as answer:
        text = await answer.text()
    assert re.findall(r"DTSTART;TZID=Europe/Helsinki:(\d{8})T130000", text) == [
        *("20261201", "20270105", "20270202", "20270302", "20270406", "20270504"),
    ]


async def test_citizens_are_not_sent_to_what_is_for_supporters(place: Place) -> None:
    _, html, _ = await send(place.client, "preview", **ONCE, audience="supporters")
    assert "Asukkaita ei ohjata sinne" in html
    _, id = await accepted(place, **ONCE, audience="supporters")
    assert (await stored(place, id)).audience == ("supporters",)
    async with place.client.get("/fi/apua/inari/kela") as answer:
        assert "Digikahvila" not in await answer.text()
    async with place.client.get(f"/calendar/{id}.ics") as answer:
        assert answer.status == 404


async def test_its_provider_moves_it_to_another_day(place: Place) -> None:
    link, id = await accepted(place, **MONTHLY)
    filled = inputs(await page(place, f"{link}/edit"))
    assert filled["again"] == {"joka kuun 1. tiistai klo 13–15"}
    assert (filled["starts"], filled["ends"]) == ({"2026-12-01"}, {"2027-05-25"})
    status, _, _ = await send(place.client, "send", f"{link}/edit", **{**MONTHLY, "ends": "2027-03-31"})
    assert status == 303
    assert await decided(place, ACCEPTED) == (id,)
    moved = await stored(place, id)
    assert moved.ends
    assert (moved.ends.date(), moved.hours) == (date(2027, 3, 31), "Tu[1] 13:00-15:00")


@pytest.mark.parametrize(
    ("field", "told"),
    [
        ("starts", {"starts": "joulukuussa"}),
        ("starts", {"starts": "1.11.2026 klo 13–15"}),
        ("ends_time", {"starts": "2026-12-03", "starts_time": "13:00"}),
        ("again", {**MONTHLY, "again": "parillisten viikkojen tiistaisin"}),
        ("seats", {**ONCE, "seats": "monta"}),
        ("starts", {"audience": "supporters"}),
    ],
)
async def test_a_fault_stands_beside_its_field_and_nothing_is_lost(
    place: Place, field: str, told: dict[str, Any]
) -> None:
    status, html, _ = await send(place.client, "preview", **told)
    assert status == 422
    assert set(re.findall(r'id="(\w+)-wrong"', html)) == {field}
    assert re.search(r"<details open><summary>Kertokaa päivä", html)
    assert holds_all(html, **told)


async def test_browsers_own_calendars_hold_their_own_form_only(place: Place) -> None:
    for value, kind in (("", "date"), ("2026-12-03", "date"), ("3.12. klo 13", "text")):
        _, html, _ = await send(place.client, "edit", starts=value)
        assert re.search(rf'<input id="starts" name="starts" type="{kind}" value="{value}"', html)


async def test_an_ending_is_taken_back(place: Place) -> None:
    link = await joined(place)
    (id, _) = await decided(place, ACCEPTED)
    assert f"{link}/reopen" not in await page(place, link)
    async with place.client.post(f"{link}/end", data={"last": "23.11.2026"}, allow_redirects=False) as answer:
        assert answer.status == 303
    assert (await stored(place, id)).valid_until == MONDAY.date()
    assert f"{link}/reopen" in await page(place, link)
    async with place.client.post(f"{link}/reopen", allow_redirects=False) as answer:
        assert answer.status == 303
        assert "Ihmisiä ohjataan teille taas" in await page(place, answer.headers["Location"])
    assert (await stored(place, id)).valid_until is None
