"""Which addresses are asked: https, or http to this machine; and onward only within the same host."""

import unicodedata
from ipaddress import ip_address
from urllib.parse import SplitResult, urljoin, urlsplit

SCHEMES = ("https", "http")
_PORTS = {"https": 443, "http": 80}


def base_of(address: str) -> str:
    """The address to which pages are added, without a slash at its end. Raises ValueError, with a sentence,
    for one that is not asked."""
    parts = _split(address)
    if parts is None or parts.query or parts.fragment or parts.username is not None:
        raise ValueError("That is not the address of an interface. Give one like https://host/path.")
    if parts.scheme == "http" and not is_here(parts.hostname or ""):
        raise ValueError("The address must begin with https://, so that nobody changes what comes from it.")
    return address.rstrip("/")


def onward(address: str, location: str) -> str | None:
    """Where a redirect from ``address`` leads; None where that is another host, or less safe."""
    try:
        target = urljoin(address, location)
    except ValueError:
        return None
    before, after = _split(address), _split(target)
    if before is None or after is None or after.username is not None:
        return None
    is_same = (before.hostname, _port(before)) == (after.hostname, _port(after))
    is_upgrade = (before.scheme, after.scheme) == ("http", "https") and before.hostname == after.hostname
    if (is_same and before.scheme == after.scheme) or is_upgrade:
        return target
    return None


def is_here(host: str) -> bool:
    """Whether a host is this machine, by its name."""
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def is_public(host: str) -> bool:
    """Whether an IP address is one of the open internet; a name is not looked up, and passes."""
    try:
        return ip_address(host).is_global
    except ValueError:
        return True


def agent(version: str, operator: str, contact: str) -> str:
    """How we introduce ourselves: the service, who runs it and how to reach them, in plain letters."""
    told = "; ".join(_plain(part) for part in (operator, contact) if _plain(part))
    return f"digituki/{version} ({told or 'digital support directory; no contact given'})"


def _split(address: str) -> SplitResult | None:
    try:
        parts = urlsplit(address)
        parts.port  # noqa: B018 -- It raises ValueError for a port that is none.
    except ValueError:
        return None
    return parts if parts.scheme in SCHEMES and parts.hostname else None


def _port(parts: SplitResult) -> int:
    return parts.port or _PORTS[parts.scheme]


def _plain(words: str) -> str:
    """Headers carry ASCII; brackets would end the comment."""
    letters = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode()
    return " ".join(
        "".join(letter for letter in letters if letter.isprintable() and letter not in "();").split()
    )
