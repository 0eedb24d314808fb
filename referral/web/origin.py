"""Under which name this site is known outside: for addresses that must be whole."""

from aiohttp import web


def origin(request: web.Request) -> str:
    """ "https://tuki.example.fi", as the reader's browser or the proxy on this machine says."""
    scheme = request.scheme
    if request.remote in ("127.0.0.1", "::1", "", None):
        said = request.headers.get("X-Forwarded-Proto", "").partition(",")[0].strip().lower()
        scheme = said if said in ("http", "https") else scheme
    return f"{scheme}://{request.host}"
