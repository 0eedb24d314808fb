"""A page of the coordinators' site: a template inside their frame, with their navigation.

A template extends ``frame.html`` and fills the block ``content``. Beside what every page has it finds

- ``seat``, ``may(right, region)`` and ``Right``; ``here``: the part of the site that it belongs to;
- ``secret_field``, which every form with method="post" must hold;
- ``number(value)``, a number as the language writes it, and ``region_name(code)``.

After a form is done, ``go_to("…?done=accepted")`` says so with the sentence of ``words.DONE``.
"""

from collections.abc import Mapping
from functools import partial
from types import ModuleType

from aiohttp import web
from babel.numbers import format_decimal
from markupsafe import Markup

from referral.accounts.roles import Right
from referral.web import languages
from referral.web.coordinators import words as frame
from referral.web.coordinators.office import Office
from referral.web.coordinators.seat import Seat, may
from referral.web.page import page


def show(
    office: Office,
    request: web.Request,
    seat: Seat,
    template: str,
    values: Mapping[str, object],
    *,
    words: ModuleType = frame,
    status: int = 200,
) -> web.Response:
    """The template with ``values`` as an answer in the seat's language. ``words`` is the module of the
    page's words; its package's ``templates`` are looked at before those beside this file."""

    def region_name(code: str) -> str:
        region = office.atlas.regions.get(code)
        return office.catalogues.named(region.names, seat.language) if region else ""

    def address_in(code: str) -> str:
        # After a form the same page cannot be asked for again.
        if request.method != "GET":
            return f"/coordinators?language={languages.tag(code)}"
        return str(request.rel_url.update_query(language=languages.tag(code)))

    shown = {
        "frame": frame,
        "seat": seat,
        "may": partial(may, seat),
        "Right": Right,
        "here": request.path.removeprefix("/coordinators").lstrip("/").partition("/")[0],
        "done": frame.DONE.get(request.query.get("done", "")),
        "secret_field": Markup('<input type="hidden" name="form_secret" value="{}">').format(
            seat.form_secret
        ),
        "number": partial(number, language=seat.language),
        "region_name": region_name,
        **values,
    }
    return page(
        request,
        words,
        template,
        seat.language,
        shown,
        status=status,
        catalogues=office.catalogues,
        address_in=address_in,
    )


def number(value: float, language: str) -> str:
    """A number as the language writes it: "12 345,6" in Finnish."""
    written: str = format_decimal(value, locale={"en": "en_GB"}.get(language, language))
    return written
