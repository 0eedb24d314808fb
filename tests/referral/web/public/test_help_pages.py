"""Help by municipality and topic: one address a page, the conversation's own ranking, nothing for supporters."""

import json
import re
from itertools import chain

import pytest
from aiohttp import ClientSession

from referral.match import match
from referral.model import Request, Role
from referral.page import pages
from referral.web.public import Public
from referral.web.public.listing import AT_ONCE
from tests.referral.supply import MONDAY

STARTS = {
    "fi": "/fi/apua",
    "fi-simple": "/fi-simple/apua",
    "sv": "/sv/hjalp",
    "en": "/en/help",
    "se": "/se/veahkki",
}
TOWN = "/fi/apua/rovaniemi"


async def read(client: ClientSession, path: str, status: int = 200) -> str:
    async with client.get(path, allow_redirects=False) as answer:
        text = await answer.text()
        assert answer.status == status, (path, answer.status, text[:500])
        return text


def names(html: str) -> list[str]:
    """The helpers in the order in which they are listed."""
    return re.findall(
        r'<h3 data-field="name"><span class="number">\d+<span class="unseen">\.</span></span> (.*?)</h3>',
        html,
    )


@pytest.mark.parametrize("language", STARTS)
async def test_the_start_page_lists_everything(client: ClientSession, language: str) -> None:
    html = await read(client, STARTS[language])
    assert f'<html lang="{language}">' in html
    towns = set(re.findall(rf'href="({STARTS[language]}/[a-z0-9-]+)"', html))
    assert len(towns) == 308 + 53
    assert len(re.findall(r'id="region-\d\d"', html)) == 19


@pytest.mark.parametrize("language", STARTS)
async def test_every_kind_of_page_is_there_in_every_language(client: ClientSession, language: str) -> None:
    start = await read(client, STARTS[language])
    town = re.search(rf'href="({STARTS[language]}/vaa?sa)"', start)
    assert town
    html = await read(client, town[1])
    topics = re.findall(rf'href="({town[1]}/[a-z0-9-]+)"', html)
    assert len(topics) == 53
    assert len(names(await read(client, topics[7]))) > 3


@pytest.mark.parametrize(
    ("asked", "right"),
    [
        ("/fi/apua/", "/fi/apua"),
        ("/fi/help", "/fi/apua"),
        ("/sv/apua/vaasa", "/sv/hjalp/vasa"),
        ("/sv/hjalp/vaasa/pankkitunnukset", "/sv/hjalp/vasa/bankkoder"),
        ("/en/help/vasa/bankkoder", "/en/help/vaasa/bank-codes"),
        ("/fi/apua/haukipudas", "/fi/apua/oulu"),
        ("/fi/apua/Rovaniemi", "/fi/apua/rovaniemi"),
        ("/fi/apua/pankkitunnukset/rovaniemi", "/fi/apua/rovaniemi/pankkitunnukset"),
        (
            "/fi/apua/rovaniemi/vahva-tunnistautuminen-ja-pankkitunnukset",
            "/fi/apua/rovaniemi/pankkitunnukset",
        ),
        ("/fi/apua/rovaniemella", "/fi/apua/rovaniemi"),
        ("/se/veahkki/roavvenj%C3%A1rga", "/se/veahkki/rovaniemi"),
    ],
)
async def test_every_other_name_leads_to_the_one_address(
    client: ClientSession, asked: str, right: str
) -> None:
    async with client.get(asked, allow_redirects=False) as answer:
        assert answer.status == 301
        assert answer.headers["Location"] == right
    await read(client, right)


async def test_a_moved_page_keeps_what_was_chosen(client: ClientSession) -> None:
    async with client.get("/sv/hjalp/vaasa?form=remote&open=now", allow_redirects=False) as answer:
        assert answer.headers["Location"] == "/sv/hjalp/vasa?form=remote&open=now"


@pytest.mark.parametrize(
    "path",
    [
        "/fi/apua/xyzzy",
        "/fi/apua/rovaniemi/xyzzy",
        "/fi/apua/rovaniemi/kemi",
        "/en/help/kela/tax",
        "/fi/auttaja/xyzzy",
    ],
)
async def test_nothing_is_there_but_the_search_and_the_lists(client: ClientSession, path: str) -> None:
    html = await read(client, path, 404)
    assert 'role="search"' in html
    assert "/kemi" in html


@pytest.mark.parametrize(("path", "status"), [("/de/help", 404), ("/fi/apua/kemi/kela/x", 404)])
async def test_other_addresses_are_not_ours(client: ClientSession, path: str, status: int) -> None:
    await read(client, path, status)


@pytest.mark.parametrize("path", ["/sv", "/sv/"])
async def test_a_language_alone_leads_to_the_conversation(client: ClientSession, path: str) -> None:
    async with client.get(path, allow_redirects=False) as answer:
        assert answer.status == 302
        assert answer.headers["Location"] == "/?language=sv"


async def test_each_page_names_itself_in_every_language(client: ClientSession, address: str) -> None:
    html = await read(client, "/sv/hjalp/vasa/bankkoder?form=remote")
    assert f'<link rel="canonical" href="{address}/sv/hjalp/vasa/bankkoder">' in html
    found = dict(re.findall(r'<link rel="alternate" hreflang="([a-z-]+)" href="(.*?)">', html))
    assert set(found) == {*STARTS, "x-default"}
    for language, url in found.items():
        assert url.startswith(address)
        page = await read(client, url.removeprefix(address))
        assert f'<link rel="canonical" href="{url}">' in page
        assert language == "x-default" or f'<html lang="{language}">' in page


@pytest.mark.parametrize(
    ("path", "request_"),
    [
        (TOWN, Request(("generic_help",), "698", languages=("fi",))),
        (f"{TOWN}/pankkitunnukset", Request(("strong_id",), "698", languages=("fi",))),
        ("/sv/hjalp/helsingfors/fpa", Request(("kela",), "091", languages=("sv",))),
        ("/en/help/inari/scam", Request(("scam_victim",), "148", languages=("en",))),
        ("/fi/apua/kela", Request(("kela",), languages=("fi",))),
    ],
)
async def test_the_order_is_that_of_the_conversation(
    client: ClientSession, shown: Public, path: str, request_: Request
) -> None:
    found = match(request_, shown.current.directory, MONDAY)
    language = path.split("/")[1]
    # Here nobody says whom to call first, so all urgent lines come before the others.
    urgent = [one for one in found.first_contact if one.offer.role is Role.URGENT]
    others = [one for one in chain.from_iterable(pages(found)) if one.offer.role is not Role.URGENT]
    expected = [shown.catalogues.named(one.offer.names, language) for one in (*urgent, *others)]
    assert bool(urgent) == path.endswith("scam")
    html = await read(client, path)
    assert len(expected) > 3
    assert [name.replace("&lt;", "<").replace("&gt;", ">") for name in names(html)] == expected


async def test_an_offer_says_what_one_needs_to_know(client: ClientSession) -> None:
    html = await read(client, f"{TOWN}/pankkitunnukset")
    card = html[html.index("Klikkaajien neuvontapiste") : html.index("</article>")]
    for words in (
        "avoinna tänään",
        "Testikatu 1, 96100 Rovaniemi",
        'href="tel:016000000"',
        "Tiedot tarkistettu",
    ):
        assert words in card
    for link in (
        "https://klikkaajat.example/neuvonta",
        "https://www.openstreetmap.org/?mlat=66.",
        "/fi/auttaja/lapin-klikkaajat-ry",
    ):
        assert link in card
    assert "Paikka on samassa kunnassa." in card


async def test_hours_that_nobody_knows_are_not_passed_over(client: ClientSession) -> None:
    html = await read(client, "/en/help/rovaniemi")
    cards = html.split('<article class="card">')[1:]
    with_hours = next(card for card in cards if "open today until 15:00" in card)
    without = next(card for card in cards if "Rovaniemen pääkirjasto" in card)
    by_phone = next(card for card in cards if "Etälinja" in card)
    assert "opening hours are not known" not in with_hours + by_phone
    assert "opening hours are not known" in without


async def test_what_is_old_says_to_ask_first(client: ClientSession) -> None:
    html = await read(client, TOWN)
    card = html[html.index("Vanha neuvontapiste &lt;") :]
    assert "ennen kuin" in card[: card.index("</article>")]


async def test_supporters_meetings_are_not_for_citizens(client: ClientSession) -> None:
    for path in (TOWN, f"{TOWN}/digikurssit", "/fi/apua/digikurssit", "/fi/lahteet"):
        assert "Tukijoiden" not in await read(client, path)
    assert "tukijoille" not in await read(client, "/sitemap-fi-1.xml")
    await read(client, "/fi/auttaja/tukijoille-ry", 404)
    await read(client, "/calendar/tukijoille.ics", 404)


FILTERS = {
    "form=remote": ("Etälinja", "Klikkaajien neuvontapiste"),
    "form=training": ("Älypuhelin tutuksi", "Klikkaajien neuvontapiste"),
    "service=se": ("Klikkaajien neuvontapiste", "Etälinja"),
    "open=now": ("Klikkaajien neuvontapiste", "Älypuhelin tutuksi"),
}


@pytest.mark.parametrize("query", FILTERS)
async def test_a_list_can_be_narrowed_in_its_address(client: ClientSession, query: str) -> None:
    kept, left = FILTERS[query]
    found = names(await read(client, f"{TOWN}?{query}"))
    assert kept in found
    assert left not in found


async def test_what_is_left_out_is_counted_and_can_be_brought_back(client: ClientSession) -> None:
    html = await read(client, f"{TOWN}?open=now&service=se")
    assert names(html) == ["Klikkaajien neuvontapiste"]
    assert re.search(rf'\d+ auttajaa ei vastaa valintojasi. <a href="{TOWN}">', html)
    assert '<details class="narrow" open>' in html


async def test_an_empty_list_says_where_else_to_look(client: ClientSession) -> None:
    html = await read(client, "/fi/apua/savukoski?open=now&service=ar&form=training")
    assert names(html) == []
    assert "naapurikuntia" in html
    assert "/fi/apua/sodankyla" in html
    assert "/?language=fi&amp;start=m-742" in html
    remotely = re.search(r'href="(/fi/apua/savukoski\?form=remote)"', html)
    assert remotely
    assert names(await read(client, remotely[1]))


@pytest.mark.parametrize(
    "query", ["form=nothing", "service=xx", "open=never", "form=%00&x=%ff", "q=" + "a" * 2000]
)
async def test_unknown_choices_change_nothing(client: ClientSession, query: str) -> None:
    assert names(await read(client, f"{TOWN}?{query}")) == names(await read(client, TOWN))


async def test_machines_read_the_same_offers(client: ClientSession) -> None:
    html = await read(client, TOWN)
    scripts = re.findall(r'<script type="application/ld\+json">(.*?)</script>', html)
    assert len(scripts) == 1
    told = json.loads(scripts[0])
    assert told["@type"] == "ItemList"
    assert [item["position"] for item in told["itemListElement"]] == list(range(1, len(names(html)) + 1))
    assert "Vanha neuvontapiste </script><b>" in [item["item"]["name"] for item in told["itemListElement"]]


async def test_a_helpers_words_stay_words(client: ClientSession) -> None:
    for path in (TOWN, "/en/help/rovaniemi", "/fi/auttaja/vanha-script-b-oy"):
        html = await read(client, path)
        assert "</script><b>" not in html
        assert "<phones>" not in html


async def test_urgent_needs_say_what_to_do_first(client: ClientSession) -> None:
    html = await read(client, "/en/help/kemi/scam")
    assert html.index("1. Call your own bank.") < html.index('id="helpers"')
    assert len(names(html)) > 3
    emergency = await read(client, "/en/help/emergency")
    assert "Call 112 now." in emergency
    assert names(emergency)[0]


async def test_an_authority_is_named_before_others(client: ClientSession) -> None:
    assert "Ask first: Kela." in await read(client, "/en/help/kemi/kela")


async def test_the_conversation_begins_with_what_was_looked_at(client: ClientSession) -> None:
    html = await read(client, "/fi/apua/kemi/pankkitunnukset")
    link = re.search(r'href="(/\?language=fi&amp;start=[a-z0-9_-]+)"', html)
    assert link
    chat = await read(client, link[1].replace("&amp;", "&"))
    assert 'value="open:m-240_n-strong-id"' in chat
    assert "open:" not in await read(client, "/?start=%3Cscript%3E")


async def test_a_picture_shows_where_they_are(client: ClientSession) -> None:
    html = await read(client, TOWN)
    assert html.index('id="helpers"') < html.index('class="picture"')
    assert "suuntaa antava" in html
    pins = set(re.findall(r'text-anchor="middle">(\d+)</text>', html))
    assert pins
    assert int(max(pins, key=int)) <= len(names(html))


async def test_every_page_leads_to_the_help_pages(client: ClientSession) -> None:
    for path in ("/?language=sv", "/about?language=sv", TOWN.replace("/fi/apua", "/sv/hjalp")):
        html = await read(client, path)
        assert '<a href="/sv/hjalp"' in html[html.index("<footer") :]
        assert '<a href="/sv/kallor"' in html[html.index("<footer") :]


async def test_a_few_helpers_are_shown_and_the_rest_on_asking(client: ClientSession) -> None:
    html = await read(client, TOWN)
    shown, rest = html.split('<details class="fold rest">')
    count = shown.count('<article class="card">')
    more = rest.count('<article class="card">')
    assert (count, more > 0) == (AT_ONCE, True)
    assert f"Näytä vielä {more} auttajaa" in rest
    assert f'<ol class="cards" start="{AT_ONCE + 1}">' in rest
    urgent = await read(client, "/fi/apua/rovaniemi/hatatilanne")
    lines = urgent.split('<details class="fold rest">')[0]
    # Nobody in danger has to ask for more.
    assert lines.count('<article class="card">') == urgent.count(">Kiireellinen<") > AT_ONCE


async def test_links_out_stay_in_this_tab_and_sources_speak_the_language(client: ClientSession) -> None:
    for path in (TOWN, "/fi/auttaja/rovaniemen-paakirjasto", "/fi/lahteet"):
        assert "_blank" not in await read(client, path)
    assert "Kirjastot.fin kirjastohakemisto" in await read(client, "/fi/auttaja/rovaniemen-paakirjasto")
    assert "Bibliotekskatalogen Kirjastot.fi" in await read(client, "/sv/kallor")
    assert '<span lang="en">' in await read(client, "/sv/kallor")
