"""Which addresses are asked, where redirects may lead, and how we introduce ourselves."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from referral.directory.importers.fetch.address import agent, base_of, is_here, is_public, onward


@pytest.mark.parametrize(
    ("address", "base"),
    [
        ("https://api.example/v4/", "https://api.example/v4"),
        ("https://api.example:8443/v4", "https://api.example:8443/v4"),
        ("http://127.0.0.1:8080/api", "http://127.0.0.1:8080/api"),
        ("http://localhost/api", "http://localhost/api"),
        ("http://[::1]:80/api", "http://[::1]:80/api"),
    ],
)
def test_an_address_that_is_asked(address: str, base: str) -> None:
    assert base_of(address) == base


@pytest.mark.parametrize(
    "address",
    [
        "http://api.example/v4",
        "http://localhost.example/",
        "http://10.0.0.1/",
        "ftp://api.example/",
        "api.example/v4",
        "https://",
        "https://name:word@api.example/",
        "https://api.example/?page=1",
        "https://api.example/#top",
        "https://api.example:99999/",
        "https://[::1/",
        "",
    ],
)
def test_an_address_that_is_not(address: str) -> None:
    with pytest.raises(ValueError, match=r"\.$"):
        base_of(address)


@pytest.mark.parametrize(
    ("location", "target"),
    [
        ("/v5/service", "https://api.example/v5/service"),
        ("?page=2", "https://api.example/v4?page=2"),
        ("https://api.example:443/v5", "https://api.example:443/v5"),
        ("https://other.example/v4", None),
        ("https://api.example:8443/v4", None),
        ("http://api.example/v4", None),
        ("//other.example/v4", None),
        ("https://name@api.example/", None),
        ("javascript:alert(1)", None),
        ("https://[", None),
    ],
)
def test_redirects_stay_where_they_are(location: str, target: str | None) -> None:
    assert onward("https://api.example/v4", location) == target


def test_a_redirect_may_lead_to_https() -> None:
    assert onward("http://www.example/a", "https://www.example/a") == "https://www.example/a"


@given(st.text(max_size=30))
def test_hosts_are_told_apart_whatever_they_say(host: str) -> None:
    assert not (is_here(host) and is_public(host) and host != "localhost")


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "10.1.2.3", "192.168.0.1", "169.254.169.254", "::1", "fe80::1", "0.0.0.0"]
)
def test_addresses_that_are_not_of_the_open_internet(host: str) -> None:
    assert not is_public(host)


def test_we_say_who_we_are_in_plain_letters() -> None:
    assert agent("1.0", "Sodankylän kunta", "digi@sodankyla.example") == (
        "digituki/1.0 (Sodankylan kunta; digi@sodankyla.example)"
    )
    assert agent("1.0", "", "") == "digituki/1.0 (digital support directory; no contact given)"


@given(st.text(), st.text())
def test_no_name_breaks_the_header(operator: str, contact: str) -> None:
    said = agent("1.0", operator, contact)
    assert said.isascii()
    assert said.isprintable()
    assert (said.count("("), said.count(")")) == (1, 1)
