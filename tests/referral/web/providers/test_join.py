"""Joining the network: nothing typed is lost, every fault is told, nothing is public before it is accepted."""

import re
from functools import partial
from html import unescape

import pytest
from aiohttp import ClientSession

from referral.store import submissions
from referral.store.submissions import WAITING
from referral.web.providers import sending
from tests.referral.web.providers.conftest import Place

SOUND = {
    "organisation": "Järven martat ry",
    "kind": "association",
    "name_fi": "Digikahvila",
    "description_fi": 'Kahvia ja "apua" <b>puhelimen</b> kanssa.',
    "needs": ["kela", "phone_basics"],
    "forms": ["in_person", "remote"],
    "street": "Kirkkotie 1",
    "postcode": "99800",
    "municipality": "Inari",
    "coverage": "region",
    "languages": ["fi", "se"],
    "hours": "ti 10–12, la suljettu",
    "phone": "016 123 456",
    "price": "maksuton",
    "ethical_guidelines": "yes",
    "email": "martat@jarvi.example",
}
JOIN = "/fi/liity"


async def send(client: ClientSession, step: str, path: str = JOIN, **changes: object) -> tuple[int, str, str]:
    """Status, page and where it leads."""
    form = [
        (name, one)
        for name, value in {**SOUND, **changes, "step": step}.items()
        for one in (value if isinstance(value, list) else [value])
    ]
    async with client.post(path, data=form, allow_redirects=False) as answer:
        return answer.status, await answer.text(), answer.headers.get("Location", "")


def inputs(html: str) -> dict[str, set[str]]:
    """Every value that the form would send again, by field."""
    found: dict[str, set[str]] = {}
    for tag in re.findall(r"<input[^>]*>", html):
        fields = {key: unescape(value) for key, value in re.findall(r'([a-z-]+)="([^"]*)"', tag)}
        if fields.get("type") not in ("checkbox", "radio") or " checked" in tag:
            found.setdefault(fields.get("name", ""), set()).add(fields.get("value", ""))
    for name, text in re.findall(r'<textarea[^>]* name="(\w+)"[^>]*>(.*?)</textarea>', html, re.DOTALL):
        found.setdefault(name, set()).add(unescape(text))
    for name, options in re.findall(r'<select[^>]* name="(\w+)"[^>]*>(.*?)</select>', html, re.DOTALL):
        found.setdefault(name, set()).update(re.findall(r'value="(\w*)" selected', options))
    return found


def holds_all(html: str, **changes: object) -> bool:
    """Whether everything of the form would be sent again."""
    filled = inputs(html)
    return all(
        set(value if isinstance(value, list) else [value]) <= filled.get(name, set())
        for name, value in {**SOUND, **changes}.items()
    )


async def waiting(place: Place) -> tuple[submissions.Waiting, ...]:
    return await place.database.read(submissions.waiting)


@pytest.mark.parametrize("path", [JOIN, "/fi-simple/liity", "/sv/ga-med", "/en/join", "/se/searvva"])
async def test_the_form_is_there_in_every_language(place: Place, path: str) -> None:
    async with place.client.get(path, allow_redirects=False) as answer:
        html = await answer.text()
        assert answer.status == 200
        assert 'method="post"' in html
        assert f'action="{path}"' in html
    assert len(re.findall(r'name="needs"', html)) == 1 + 53


async def test_other_words_lead_to_the_form(place: Place) -> None:
    async with place.client.get("/sv/join", allow_redirects=False) as answer:
        assert answer.status == 301
        assert answer.headers["Location"] == "/sv/ga-med"


async def test_every_page_leads_to_the_form(place: Place) -> None:
    for path in ("/?language=sv", "/sv/hjalp/kemi"):
        async with place.client.get(path) as answer:
            html = await answer.text()
            assert '<a href="/sv/ga-med"' in html[html.index("<footer") :]


FAULTS = {
    "organisation": "",
    "needs": [],
    "forms": [],
    "municipality": "Ei Tällaista",
    "postcode": "123",
    "hours": "joskus",
    "phone": "soita",
    "email": "ei ole",
}


async def test_all_faults_are_told_at_the_top_and_beside_each_field(place: Place) -> None:
    status, html, _ = await send(place.client, "preview", **FAULTS)
    assert status == 422
    assert "<title>Virhe: " in html
    summary = html[html.index('role="alert"') : html.index("<form")]
    linked = re.findall(r'href="#(\w+)"', summary)
    assert linked == [name for name in linked if name in FAULTS]
    assert set(linked) == set(FAULTS)
    for name in linked:
        assert f'id="{name}-wrong"' in html
        assert re.search(rf'aria-describedby="[^"]*\b{name}-wrong"', html), name
        assert re.search(rf'id="{name}"', html), name
    assert holds_all(html, **FAULTS)


@pytest.mark.parametrize("field", FAULTS)
async def test_one_fault_is_one_fault(place: Place, field: str) -> None:
    status, html, _ = await send(place.client, "preview", **{field: FAULTS[field]})
    assert status == 422
    assert set(re.findall(r'id="(\w+)-wrong"', html)) == {field}


async def test_places_that_were_not_written_are_asked_for(place: Place) -> None:
    status, html, _ = await send(place.client, "preview", coverage="places", coverage_places="")
    assert status == 422
    assert 'id="coverage-wrong"' in html
    status, html, _ = await send(place.client, "preview", coverage="places", coverage_places="Inari, Lappi")
    assert status == 200


async def test_the_preview_shows_the_card_and_keeps_what_was_written(place: Place) -> None:
    status, html, _ = await send(place.client, "preview")
    assert status == 200
    assert html.count('<article class="card">') == 2
    for words in (
        "Digikahvila",
        "016 123 456",
        "Kirkkotie 1, 99800 Ivalo",
        "&lt;b&gt;puhelimen&lt;/b&gt;",
        "Lappi",
    ):
        assert words in html
    assert "martat@jarvi.example" not in html.replace('value="martat@jarvi.example"', "")
    assert holds_all(html)
    assert await waiting(place) == ()


async def test_one_may_go_back_and_change_it(place: Place) -> None:
    status, html, _ = await send(place.client, "edit", organisation="")
    assert status == 200
    assert "-wrong" not in html
    assert holds_all(html, organisation="")


async def test_what_is_sent_waits_for_the_coordinator_of_the_region(place: Place) -> None:
    status, _, link = await send(place.client, "send")
    assert status == 303
    (sent,) = await waiting(place)
    assert (sent.region, sent.state, sent.offer) == ("19", WAITING, "")
    assert sent.submission.organisation == "Järven martat ry"
    assert sent.submission.hours
    assert sent.submission.email == "martat@jarvi.example"
    async with place.client.get(link) as answer:
        html = await answer.text()
        assert answer.status == 200
    assert f"{place.address}{link.partition('?')[0]}" in html
    assert "Digikahvila" in html
    assert "martat@jarvi.example" not in html
    async with place.client.get("/fi/apua/inari") as answer:
        assert "Digikahvila" not in await answer.text()


async def test_sending_twice_is_sending_once(place: Place) -> None:
    links = [(await send(place.client, "send"))[2] for _ in range(2)]
    assert len(set(links)) == 2
    assert len(await waiting(place)) == 1
    await send(place.client, "send", name_fi="Toinen kahvila")
    assert len(await waiting(place)) == 2


async def test_nothing_is_sent_with_a_fault(place: Place) -> None:
    status, html, _ = await send(place.client, "send", hours="joskus")
    assert status == 422
    assert holds_all(html, hours="joskus")
    assert await waiting(place) == ()


async def test_no_person_is_asked_for(place: Place) -> None:
    status, _, _ = await send(place.client, "send", email="")
    assert status == 303
    (sent,) = await waiting(place)
    assert sent.submission.email == ""


async def test_programs_fall_into_the_trap_and_people_get_out(place: Place) -> None:
    async with place.client.get(JOIN) as answer:
        trap = re.search(r'<input id="(\w+)"[^>]* tabindex="-1"', await answer.text())
    assert trap
    status, html, _ = await send(place.client, "send", **{trap[1]: "http://spam.example"})
    assert status == 422
    assert await waiting(place) == ()
    assert f'href="#{trap[1]}"' in html
    assert 'aria-hidden="true"' not in html
    assert holds_all(html)
    assert (await send(place.client, "send"))[0] == 303


async def test_a_flood_is_slowed_down_and_nothing_is_lost(place: Place) -> None:
    flood = ClientSession(place.address, headers={"X-Forwarded-For": "203.0.113.7"})
    async with flood:
        answers = [await send(flood, "send", name_fi=f"Kahvila {number}") for number in range(8)]
        assert [status for status, _, _ in answers] == [303] * 6 + [429] * 2
        assert holds_all(answers[-1][1], name_fi="Kahvila 7")
        assert (await send(place.client, "send"))[0] == 303
        place.clock.later(minutes=2)
        assert (await send(flood, "send", name_fi="Kahvila 7"))[0] == 303


async def test_too_much_is_not_kept(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sending, "MOST_WAITING", 1)
    assert (await send(place.client, "send"))[0] == 303
    status, html, _ = await send(place.client, "send", name_fi="Toinen")
    assert status == 503
    assert holds_all(html, name_fi="Toinen")
    assert len(await waiting(place)) == 1


async def test_another_site_cannot_send(place: Place) -> None:
    async with place.client.post(JOIN, data=SOUND, headers={"Origin": "https://evil.example"}) as answer:
        assert answer.status == 403
    assert await waiting(place) == ()


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"step=send",
        b"step=send&organisation=%00%ff",
        b"step=send&needs=nothing&forms=nothing&kind=nothing&coverage=%00&ethical_guidelines=x",
        b"step=preview" + b"&needs=kela" * 2000,
        b"step=preview&organisation=" + b"a" * 30_000,
    ],
)
async def test_no_body_brings_the_form_down(place: Place, body: bytes) -> None:
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    async with place.client.post(JOIN, data=body, headers=headers) as answer:
        assert answer.status in (400, 413, 422)
    assert await waiting(place) == ()


async def test_a_huge_body_is_refused(place: Place) -> None:
    async with place.client.post(JOIN, data={"organisation": "a" * 100_000}) as answer:
        assert answer.status == 413


async def test_a_label_belongs_to_every_field(place: Place) -> None:
    async with place.client.get(JOIN) as answer:
        html = await answer.text()
    ids = re.findall(r'<(?:input|select|textarea)[^>]* id="([^"]+)"', html)
    assert len(ids) > 90
    assert len(set(ids)) == len(ids)
    labelled = set(re.findall(r'<label for="([^"]+)"', html))
    radio = {
        "size-normal",
        "size-large",
        "size-largest",
        "colours-device",
        "colours-light",
        "colours-dark",
        "colours-contrast",
    }
    assert set(ids) - labelled - radio == set()


async def test_a_store_that_is_away_is_told(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    from referral.store.database import StoreUnavailable

    async def away(work: partial[object]) -> object:
        raise StoreUnavailable("gone")

    monkeypatch.setattr(place.database, "write", away)
    assert (await send(place.client, "send"))[0] == 503
