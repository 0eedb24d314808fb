"""The two cookies: the session, and the mark of a device that has signed in before.

Both are ``__Host-`` cookies (RFC 6265bis): sent over https to this host only. The one exception is a
program on one's own machine without https (``make run``), where browsers would not take them.
"""

from aiohttp import web

SESSION = "digituki-session"
DEVICE = "digituki-device"
DEVICE_DAYS = 180


def get(request: web.Request, name: str) -> str:
    """The cookie's value; "" where there is none."""
    return request.cookies.get(_full(request, name), "")


def put(request: web.Request, response: web.Response, name: str, value: str, days: int = 0) -> None:
    """Sets a cookie: until the browser is closed, or for ``days``."""
    response.set_cookie(
        _full(request, name),
        value,
        max_age=days * 86400 if days else None,
        path="/",
        httponly=True,
        secure=not _on_this_machine(request),
        samesite="Lax",
    )


def drop(request: web.Request, response: web.Response, name: str) -> None:
    """Takes a cookie back."""
    secure = not _on_this_machine(request)
    response.del_cookie(_full(request, name), path="/", secure=secure, httponly=True, samesite="Lax")


def _full(request: web.Request, name: str) -> str:
    return name if _on_this_machine(request) else f"__Host-{name}"


def _on_this_machine(request: web.Request) -> bool:
    """Whether browser and server are one machine, with no proxy between: nobody is there to listen."""
    host = (request.url.host or "").lower()
    forwarded = any(name in request.headers for name in ("X-Forwarded-For", "X-Forwarded-Proto", "Forwarded"))
    here = ("127.0.0.1", "::1")
    return not forwarded and request.remote in here and host in (*here, "localhost")
