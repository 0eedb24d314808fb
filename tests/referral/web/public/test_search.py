"""The search: any words lead to a page, and stand nowhere."""

import re

import pytest
from aiohttp import ClientSession
from hypothesis import given, settings
from hypothesis import strategies as st

from referral.web.public.sought import Guess, taken

FOUND = [
    ("", "Kemi", "/fi/apua/kemi"),
    ("", "asun kemissä", "/fi/apua/kemi"),
    ("", "99600", "/fi/apua/sodankyla"),
    ("", "Haukipudas", "/fi/apua/oulu"),
    ("", "Kainuu", "/fi/apua#region-18"),
    ("pankkitunnukset", "", "/fi/apua/pankkitunnukset"),
    ("äiti ei saa pankkitunnuksia toimimaan", "Rovaniemellä", "/fi/apua/rovaniemi/pankkitunnukset"),
    ("apua Kelan kanssa Inarissa", "", "/fi/apua/inari/kela"),
    ("minua huijattiin ja annoin pankkitunnukset", "Kemi", "/fi/apua/kemi/huijaus"),
    ("en jaksa enää elää", "Kemi", "/fi/apua/kemi/hatatilanne"),
]


@pytest.mark.parametrize(("what", "where", "page"), FOUND)
async def test_words_lead_to_a_page(client: ClientSession, what: str, where: str, page: str) -> None:
    async with client.post("/fi/apua", data={"what": what, "where": where}, allow_redirects=False) as answer:
        assert answer.status == 303
        assert answer.headers["Location"] == page
        assert answer.headers["Cache-Control"] == "no-store"


ASKED = [
    ("", "", "Kirjoita paikka, asia tai molemmat."),
    ("", "qwertyuiop", "En tunne tätä paikkaa."),
    ("pankkitunnukset", "qwertyuiop", "En tunne tätä paikkaa."),
    ("qwrtzxc", "", "En ymmärtänyt"),
    ("x" * 5000, "", "En ymmärtänyt"),
]


@pytest.mark.parametrize(("what", "where", "question"), ASKED)
async def test_what_is_not_understood_is_asked_again(
    client: ClientSession, what: str, where: str, question: str
) -> None:
    async with client.post("/fi/apua", data={"what": what, "where": where}) as answer:
        html = await answer.text()
        assert answer.status == 200
        assert answer.headers["Cache-Control"] == "no-store"
    assert question in html
    assert f'value="{what[:300]}"' in html
    assert f'value="{where}"' in html


async def test_of_several_places_one_chooses(client: ClientSession) -> None:
    async with client.post("/fi/apua", data={"what": "pankkitunnukset", "where": "Uusikylä"}) as answer:
        html = await answer.text()
    asked = html[html.index('class="asked"') : html.index('role="search"')]
    links = re.findall(r'href="(/fi/apua/[a-z-]+/pankkitunnukset)"', asked)
    assert len(links) > 1
    for link in links:
        async with client.get(link, allow_redirects=False) as page:
            assert page.status == 200


async def test_a_region_may_be_meant_or_a_village(client: ClientSession) -> None:
    async with client.post("/fi/apua", data={"what": "", "where": "Lappi"}) as answer:
        html = await answer.text()
    asked = html[html.index('class="asked"') : html.index('role="search"')]
    assert re.findall(r'href="(.*?)"', asked)[:2] == ["/fi/apua#region-19", "/fi/apua/rauma"]


async def test_personal_data_is_taken_by_nobody(client: ClientSession) -> None:
    secret = "010190-123A"
    async with client.post(
        "/fi/apua", data={"what": f"kela {secret}", "where": "Kemi"}, allow_redirects=False
    ) as answer:
        assert secret not in answer.headers["Location"]


async def test_another_site_cannot_search(client: ClientSession) -> None:
    async with client.post(
        "/fi/apua", data={"what": "kela"}, headers={"Origin": "https://evil.example"}
    ) as answer:
        assert answer.status == 403


@pytest.mark.parametrize("body", [b"", b"\xff\xfe", b"what=%ff%fe&where=%00", b"what=" + b"%F0%9F" * 99])
async def test_no_body_brings_the_search_down(client: ClientSession, body: bytes) -> None:
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    async with client.post("/fi/apua", data=body, headers=headers, allow_redirects=False) as answer:
        assert answer.status in (200, 303, 400)


@pytest.mark.parametrize(
    ("scores", "chosen"),
    [
        ((), ""),
        ((0.2,), ""),
        ((0.3,), "0"),
        ((0.6, 0.55), ""),
        ((0.6, 0.45), "0"),
        ((0.4, 0.25), "0"),
        ((0.4, 0.3), ""),
    ],
)
def test_what_is_sure_is_taken(scores: tuple[float, ...], chosen: str) -> None:
    assert taken([Guess(str(n), score) for n, score in enumerate(scores)]) == chosen


@settings(deadline=None)
@given(st.lists(st.floats(0, 1), max_size=5))
def test_only_the_best_is_ever_taken(scores: list[float]) -> None:
    ordered = sorted(scores, reverse=True)
    assert taken([Guess(str(n), score) for n, score in enumerate(ordered)]) in ("", "0")
