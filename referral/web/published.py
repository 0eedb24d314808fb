"""Pages that are the same for everybody: kept by browsers and proxies for a short time, by their content."""

from hashlib import sha256

from aiohttp import web

SECONDS = 300
"""How long a page is kept without asking again: what it says of being open may be so much too old."""


def published(request: web.Request, response: web.Response, seconds: int = SECONDS) -> web.Response:
    """``response`` with what lets it be kept; an empty answer (304) where the reader has the same already.

    The tag is weak, because a compressed page has other bytes.
    """
    body = response.body
    digest = sha256(body if isinstance(body, bytes) else b"").hexdigest()[:20]
    headers = {
        "ETag": f'W/"{digest}"',
        "Cache-Control": f"public, max-age={seconds}",
        "Vary": "Accept-Encoding",
    }
    if any(tag.value == digest or tag.value == "*" for tag in request.if_none_match or ()):
        return web.Response(status=304, headers=headers)
    response.headers.update(headers)
    return response
