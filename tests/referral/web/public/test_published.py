"""What may be kept is kept: tags, times, compression; and what search engines are told."""

import re

import pytest
from aiohttp import ClientSession

from referral.web.public import Public
from referral.web.public.organisations import helpers

PAGES = (
    "/fi/apua",
    "/fi/apua/kemi",
    "/fi/apua/kemi/kela",
    "/en/sources",
    "/en/helper/lapin-klikkaajat-ry",
    "/robots.txt",
)


@pytest.mark.parametrize("path", PAGES)
async def test_a_page_is_kept_and_asked_again_by_its_content(client: ClientSession, path: str) -> None:
    async with client.get(path) as answer:
        assert answer.status == 200
        assert re.fullmatch(r"public, max-age=\d+", answer.headers["Cache-Control"])
        assert answer.headers["Vary"] == "Accept-Encoding"
        assert "Set-Cookie" not in answer.headers
        tag, body = answer.headers["ETag"], await answer.read()
    assert body
    async with client.get(path, headers={"If-None-Match": tag}) as answer:
        assert answer.status == 304
        assert answer.headers["ETag"] == tag
        assert await answer.read() == b""
    async with client.get(path, headers={"If-None-Match": '"another"'}) as answer:
        assert answer.status == 200


async def test_pages_are_compressed(client: ClientSession) -> None:
    async with client.get("/fi/apua", headers={"Accept-Encoding": "gzip"}) as answer:
        assert answer.headers["Content-Encoding"] == "gzip"
        assert int(answer.headers.get("Content-Length", 0)) < 12_000
        assert len(await answer.read()) > 20_000


async def test_a_page_can_be_looked_at_without_its_body(client: ClientSession) -> None:
    async with client.head("/fi/apua/kemi") as answer:
        assert answer.status == 200
        assert await answer.read() == b""


async def test_a_refused_page_is_not_kept(client: ClientSession) -> None:
    async with client.get("/fi/apua/xyzzy") as answer:
        assert answer.status == 404
        assert answer.headers["Cache-Control"] == "no-store"


async def test_the_map_of_the_site_holds_every_page(
    client: ClientSession, shown: Public, address: str
) -> None:
    async with client.get("/sitemap.xml") as answer:
        files = re.findall("<loc>(.*?)</loc>", await answer.text())
        assert answer.content_type == "application/xml"
    assert len(files) == 5
    expected = 3 + 53 + 308 * 54 + len(helpers(shown.current.directory).by_id)
    for file in files:
        assert file.startswith(f"{address}/sitemap-")
        async with client.get(file.removeprefix(address)) as answer:
            found = re.findall("<loc>(.*?)</loc>", await answer.text())
        assert len(found) == len(set(found)) == expected
        assert all(url.startswith(address) for url in found)
        for url in (found[0], found[60], found[5000], found[-1]):
            async with client.get(url.removeprefix(address), allow_redirects=False) as answer:
                assert answer.status == 200, url


@pytest.mark.parametrize(
    "name", ["sitemap-de-1.xml", "sitemap-fi-0.xml", "sitemap-fi-2.xml", "sitemap-fi-999.xml"]
)
async def test_there_are_no_other_maps(client: ClientSession, name: str) -> None:
    async with client.get(f"/{name}") as answer:
        assert answer.status == 404


async def test_addresses_are_those_that_the_proxy_says(client: ClientSession) -> None:
    headers = {"Host": "tuki.example.fi", "X-Forwarded-Proto": "https"}
    async with client.get("/robots.txt", headers=headers) as answer:
        assert "Sitemap: https://tuki.example.fi/sitemap.xml" in await answer.text()
    async with client.get("/fi/apua/kemi", headers=headers) as answer:
        assert '<link rel="canonical" href="https://tuki.example.fi/fi/apua/kemi">' in await answer.text()
    async with client.get("/robots.txt", headers={"X-Forwarded-Proto": "javascript"}) as answer:
        assert "Sitemap: http://" in await answer.text()
