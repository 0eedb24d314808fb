"""The private link: nobody can make one up, it ends, and what it does is done at once or waits."""

import re
from datetime import date, timedelta
from functools import partial

import pytest
from sqlalchemy import Connection

from referral.model import Offer
from referral.store import checks, offers, provider_links, sources, submissions
from referral.store.directory import read_edition
from referral.store.submissions import ACCEPTED, REFUSED, WAITING
from referral.web import provider_link
from tests.referral.supply import INARI, MONDAY, at, atlas
from tests.referral.web.providers.conftest import Place
from tests.referral.web.providers.test_join import JOIN, holds_all, inputs, send, waiting

TODAY = MONDAY.date()


async def joined(place: Place) -> str:
    """The path of the link after joining."""
    link = (await send(place.client, "send"))[2]
    return link.partition("?")[0]


async def decided(place: Place, state: str, reason: str = "") -> tuple[str, ...]:
    (sent,) = await waiting(place)
    return await place.database.write(
        partial(submissions.decide, id=sent.id, state=state, by="c", reason=reason, day=TODAY)
    )


async def link_to(place: Place, offer: Offer, expires: date) -> str:
    """The path of a link that a coordinator makes for an offer of the directory."""

    def work(connection: Connection) -> str:
        sources.note(connection, "sheet", "sheet", TODAY)
        offers.put(connection, [offer], "sheet", TODAY)
        return provider_link.address(connection, provider_links.make(connection, offer.id, expires))

    return await place.database.write(work)


async def page(place: Place, path: str, status: int = 200) -> str:
    async with place.client.get(path, allow_redirects=False) as answer:
        assert answer.status == status, path
        assert answer.headers["Cache-Control"] == "no-store"
        assert answer.headers["X-Robots-Tag"] == "noindex, nofollow"
        assert answer.headers["Referrer-Policy"] == "no-referrer"
        return await answer.text()


async def stored(place: Place, id: str) -> Offer:
    found = await place.database.read(partial(offers.find, id=id))
    assert found
    return found.offer


async def test_what_waits_is_shown_to_its_provider_only(place: Place) -> None:
    html = await page(place, await joined(place))
    assert "Koordinaattori ei ole vielä katsonut" in html
    assert "Digikahvila" in html
    assert "/true" not in html


async def test_what_was_accepted_is_public_and_can_be_confirmed(place: Place) -> None:
    link = await joined(place)
    ids = await decided(place, ACCEPTED)
    html = await page(place, link)
    assert html.count('<article class="card">') == len(ids) == 2
    place.clock.later(days=100)
    async with place.client.post(f"{link}/true", allow_redirects=False) as answer:
        assert answer.status == 303
        after = answer.headers["Location"]
    assert "Tiedot on merkitty tänään tarkistetuiksi" in await page(place, after)
    for id in ids:
        assert (await stored(place, id)).source.checked == TODAY + timedelta(days=100)
        (newest, *_) = await place.database.read(partial(checks.history, offer=id))
        assert (newest.by, newest.outcome) == (checks.PROVIDER, checks.TRUE)


async def test_what_was_accepted_stands_on_the_pages_of_help(place: Place) -> None:
    await joined(place)
    await decided(place, ACCEPTED)
    place.held.swap(await place.database.read(partial(read_edition, atlas=atlas(), today=TODAY)))
    async with place.client.get("/fi/apua/inari/kela") as answer:
        html = await answer.text()
    assert "Digikahvila" in html
    assert "martat@jarvi.example" not in html
    async with place.client.get("/fi/auttaja/jarven-martat-ry") as answer:
        html = await answer.text()
        assert answer.status == 200
    assert "Kertoo noudattavansa" in html
    async with place.client.get("/fi/apua/kemi/passi") as answer:
        assert "Digikahvila" not in await answer.text()


async def test_what_was_refused_says_why(place: Place) -> None:
    link = await joined(place)
    await decided(place, REFUSED, "Tämä on kauppa.")
    html = await page(place, link)
    assert "Tämä on kauppa." in html
    assert "/true" not in html
    assert holds_all(await page(place, f"{link}/edit"), email="", coverage="region", price="free") is False
    assert "Järven martat ry" in inputs(await page(place, f"{link}/edit"))["organisation"]


async def test_what_still_waits_is_changed_in_its_place(place: Place) -> None:
    link = await joined(place)
    status, _, _ = await send(place.client, "send", f"{link}/edit", name_fi="Uusi nimi")
    assert status == 303
    (sent,) = await waiting(place)
    assert sent.submission.names["fi"] == "Uusi nimi"
    assert sent.offer == ""
    assert "Uusi nimi" in await page(place, link)


async def test_a_change_of_what_is_public_waits(place: Place) -> None:
    link = await joined(place)
    ids = await decided(place, ACCEPTED)
    filled = inputs(await page(place, f"{link}/edit"))
    assert filled["hours"] == {"ti 10–12"}
    assert filled["municipality"] == {"Inari"}
    assert filled["coverage"] == {"region"}
    assert filled["needs"] == {"kela", "phone_basics"}
    assert "email" not in filled
    for name in ("Uusi nimi", "Vielä uudempi"):
        status, _, after = await send(place.client, "send", f"{link}/edit", name_fi=name)
        assert status == 303
        assert "odottaa koordinaattoria" in await page(place, after)
    (change,) = await waiting(place)
    assert (change.state, change.offer) == (WAITING, ids[0])
    assert change.submission.names["fi"] == "Vielä uudempi"
    assert (await stored(place, ids[0])).names["fi"] == "Digikahvila"
    await decided(place, ACCEPTED)
    assert (await stored(place, ids[0])).names["fi"] == "Vielä uudempi"


async def test_a_change_is_previewed_and_checked_like_the_first(place: Place) -> None:
    link = await joined(place)
    status, html, _ = await send(place.client, "preview", f"{link}/edit", name_fi="Uusi nimi")
    assert status == 200
    assert "Uusi nimi" in html
    status, html, _ = await send(place.client, "send", f"{link}/edit", hours="joskus")
    assert status == 422
    assert holds_all(html, hours="joskus", email="martat@jarvi.example") is False
    assert "joskus" in inputs(html)["hours"]
    status, html, _ = await send(place.client, "edit", f"{link}/edit", organisation="")
    assert status == 200


async def test_help_can_be_ended_with_a_day(place: Place) -> None:
    link = await joined(place)
    ids = await decided(place, ACCEPTED)
    async with place.client.post(f"{link}/end", data={"last": "31.12.2026"}, allow_redirects=False) as answer:
        assert answer.status == 303
        after = answer.headers["Location"]
    assert "31.12.2026" in await page(place, after)
    for id in ids:
        assert (await stored(place, id)).valid_until == date(2026, 12, 31)
        (newest, *_) = await place.database.read(partial(checks.history, offer=id))
        assert newest.outcome == checks.CLOSED
    place.clock.later(days=60)
    assert "Viimeinen päivä oli" in await page(place, link)


@pytest.mark.parametrize("last", ["", "huomenna", "1.1.2020", "31.2.2027", "<script>"])
async def test_a_day_that_cannot_be_is_asked_again(place: Place, last: str) -> None:
    link = await joined(place)
    ids = await decided(place, ACCEPTED)
    async with place.client.post(f"{link}/end", data={"last": last}, allow_redirects=False) as answer:
        html = await answer.text()
        assert answer.status == 422
    assert 'href="#last"' in html
    assert "<script>" not in html.replace("<script src", "")
    assert (await stored(place, ids[0])).valid_until is None


async def test_a_coordinators_link_is_for_one_offer(place: Place) -> None:
    link = await link_to(place, at("piste", INARI, phone="016 111 222"), TODAY + timedelta(days=30))
    assert "016 111 222" in await page(place, link)
    async with place.client.post(f"{link}/true", allow_redirects=False) as answer:
        assert answer.status == 303
    assert (await stored(place, "piste")).source.checked == TODAY
    status, _, _ = await send(place.client, "send", f"{link}/edit", phone="016 333 444")
    assert status == 303
    (change,) = await waiting(place)
    assert change.offer == "piste"


async def test_nobody_can_make_up_a_link(place: Place) -> None:
    link = await joined(place)
    await decided(place, ACCEPTED)
    id, _, seal = link.removeprefix(provider_link.PATH).partition(".")
    other = "0" if seal[0] != "0" else "1"
    for token in (f"{id}.{other}{seal[1:]}", f"{id[:-1]}_.{seal}", f"{'a' * 22}.{seal}"):
        assert "ei ole meidän" in await page(place, provider_link.PATH + token, 404)
        for act in ("true", "end", "edit"):
            async with place.client.post(
                f"{provider_link.PATH}{token}/{act}", data={"last": "31.12.2026"}
            ) as answer:
                assert answer.status == 404
    for token in ("", "x", id, f"{id}.", f"{id}.{seal}x"):
        async with place.client.get(provider_link.PATH + token) as answer:
            assert answer.status == 404
    assert await waiting(place) == ()


async def test_an_old_or_ended_link_does_nothing(place: Place) -> None:
    link = await link_to(place, at("piste", INARI), TODAY + timedelta(days=30))
    place.clock.later(days=30)
    await page(place, link)
    place.clock.later(days=1)
    for path, method in (
        (link, "get"),
        (f"{link}/edit", "get"),
        (f"{link}/true", "post"),
        (f"{link}/edit", "post"),
        (f"{link}/end", "post"),
    ):
        async with place.client.request(
            method, path, data={"last": "31.12.2027"} if method == "post" else None
        ) as answer:
            assert answer.status == 410
            assert "ei enää toimi" in await answer.text()
    assert (await stored(place, "piste")).source.checked != place.clock().date()
    other = await link_to(place, at("toinen", INARI), place.clock().date() + timedelta(days=30))
    (made,) = await place.database.read(partial(provider_links.of_offer, offer="toinen"))
    await place.database.write(partial(provider_links.revoke, id=made.id, day=place.clock().date()))
    await page(place, other, 410)


async def test_another_site_cannot_confirm(place: Place) -> None:
    link = await joined(place)
    for act in ("true", "end", "edit"):
        async with place.client.post(f"{link}/{act}", headers={"Sec-Fetch-Site": "cross-site"}) as answer:
            assert answer.status == 403


async def test_a_link_is_not_led_to_by_any_page(place: Place) -> None:
    link = await joined(place)
    await decided(place, ACCEPTED)
    for path in ("/", JOIN, "/fi/apua/inari", "/robots.txt", "/sitemap-fi-1.xml"):
        async with place.client.get(path) as answer:
            assert link not in await answer.text()


async def test_the_page_speaks_every_language(place: Place) -> None:
    link = await joined(place)
    for language in ("fi", "fi-simple", "sv", "en", "se"):
        html = await page(place, f"{link}?language={language}")
        assert f'<html lang="{language}">' in html
        assert re.search(rf'href="{re.escape(link)}\?language=sv"', html)
