"""A public page, from the request to its bytes: every municipality once, with all that is worked out anew.

CPU time in one process; the network, and the compression that follows, are not in it.
"""

import asyncio
from collections.abc import Iterable
from datetime import datetime
from statistics import median
from time import process_time

from aiohttp import web
from aiohttp.test_utils import make_mocked_request

from bot.known import Known
from bot.seeking import seek_with
from locales.text import as_written
from referral.directory.current import Current
from referral.directory.index import Directory
from referral.hours import HELSINKI
from referral.web import assets, public
from referral.web.public import help
from referral.web.public.organisations import helpers
from referral.web.shell import SHELL, Operator, Shell
from tests.bench.synthetic import offers
from tests.bench.table import Row

MOMENT = datetime(2026, 11, 23, 10, 0, tzinfo=HELSINKI)
FULL = 22_000


def rows() -> Iterable[Row]:
    """A page with what ships, and with a directory of full size."""
    known = Known.load()
    sizes = (known.directory, Directory.of(offers(FULL, known.catalog, known.atlas), known.atlas))
    for directory in sizes:
        shown = public.Public.of(
            known.catalog,
            known.atlas,
            known.catalogues,
            Current.of(directory),
            seek_with(known.mind),
            lambda: MOMENT,
        )
        began = process_time()
        helpers(directory)  # Made once for a directory, in a thread of its own before it is used.
        beside = f"{(process_time() - began) * 1000:.0f} ms"
        yield Row(f"the table of helpers, beside the loop, {len(directory.rows)} offers", beside, "", "", "")
        for need, what in (("", "a municipality"), ("strong_id", "a municipality and a topic")):
            times = asyncio.run(_times(shown, need))
            named = f"{what}, {len(directory.rows)} offers"
            yield Row(named, f"{median(times):.1f} ms", "", "", "under 20 ms")
            yield Row(f"{named}, slowest", f"{max(times):.1f} ms", "", "", "")


async def _times(shown: public.Public, need: str) -> list[float]:
    app = web.Application()
    files = assets.load("referral.web.public")
    app[SHELL] = Shell(shown.catalogues, Operator(as_written("Bench")), (), files, 1.0)
    times = []
    for code in ("091", *shown.atlas.municipalities):  # The first one reads the templates.
        path = shown.help("fi", code, need)
        words = dict(zip(("first", "second"), path.split("/")[3:], strict=False))
        request = make_mocked_request("GET", path, app=app, match_info=words)
        began = process_time()
        await help.found(shown, "fi", request)
        times.append((process_time() - began) * 1000)
    return times[1:]


if __name__ == "__main__":
    from tests.bench.table import show

    show(__doc__ or "", rows())
