"""The things that addresses of the site name, made in a region: a matrix walks over all of them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import count

from sqlalchemy import Connection

from knowledge.model import Atlas, Catalog
from locales.catalogue import Catalogues
from referral.demand.classes import Rule
from referral.demand.counters import Increment
from referral.demand.frame import COUNTED_CHANNELS, Frame
from referral.directory.importers.choosing import Short, Shortfall
from referral.directory.importers.left_out import LeftOut
from referral.directory.submission import Submission
from referral.model import Confidence, Coverage, Form, Offer, Organisation, Role, Source
from referral.store import (
    api_tokens,
    invitations,
    left_out,
    offers,
    practices,
    provider_links,
    records,
    sources,
)
from referral.store.demand import raise_counters
from referral.store.invitations import Invitation
from referral.store.practices import Practice
from referral.store.releases import close_months
from referral.store.submissions import save_submission

_NUMBERS = count()
PERIOD = "2026-10"
PLACES = {"19": "698", "04": "609"}
"""Rovaniemi in Lapland, Pori in Satakunta."""


@dataclass(frozen=True)
class Made:
    """What stands in the blanks of the path, and what the form says."""

    blanks: Mapping[str, str]
    fields: Mapping[str, str]


def submission(region: str, name: str = "Rovaniemen digitalkoot ry") -> Submission:
    return Submission(
        organisation=name,
        kind="association",
        names={},
        descriptions={"fi": "Neuvomme puhelimen käytössä."},
        needs=("phone_basics",),
        forms=(Form.IN_PERSON,),
        coverage=Coverage(False, (), (PLACES[region],)),
        street="Koskikatu 1",
        municipality=PLACES[region],
        phone="016 123 4567",
        email="talkoot@example.org",
    )


def offer(region: str, id: str = "", day: date = date(2025, 1, 1)) -> Offer:
    number = next(_NUMBERS)
    return Offer(
        id=id or f"ptv-record{number}-place",
        organisation=Organisation(f"org-{region}", {"fi": f"Yhdistys {region}"}, "association"),
        names={"fi": f"Neuvonta {region}"},
        descriptions={},
        role=Role.SUPPORT,
        form=Form.IN_PERSON,
        needs=frozenset({"phone_basics"}),
        coverage=Coverage(False, (), (PLACES[region],)),
        source=Source("ptv", day, Confidence.HIGH),
        street=f"Katu {number}",
        municipality=PLACES[region],
        phone="016 1234",
    )


def _submission(connection: Connection, region: str, who: str, day: date) -> Made:
    id = save_submission(connection, submission(region), region, day)
    fields = {"reason": "It is no digital support.", "organisation": "Talkoot ry", "needs": "phone_basics"}
    place = {"forms": "in_person", "municipality": PLACES[region], "phone": "016 123 4567"}
    return Made({"id": id}, {**fields, **place})


def _offer(connection: Connection, region: str, who: str, day: date) -> Made:
    made = offer(region)
    sources.note(connection, "ptv", "ptv", day)
    records.keep(connection, "ptv", [(made.id.split("-")[1], "{}")], day)
    offers.put(connection, [made], "ptv", day)
    link = provider_links.make(connection, made.id, day + timedelta(days=1))
    return Made({"id": made.id, "link": link}, {})


def _twins(connection: Connection, region: str, who: str, day: date) -> Made:
    pair = (offer(region), offer(region))
    offers.put(connection, pair, "ptv", day)
    return Made({}, {"one": pair[0].id, "other": pair[1].id, "what": "apart"})


def _imports(connection: Connection, region: str, who: str, day: date) -> Made:
    sources.note(connection, "ptv", "ptv", day)
    return Made({}, {"source": "ptv", "record": "abc", "what": "take"})


def _left_out(connection: Connection, region: str, who: str, day: date) -> Made:
    sources.note(connection, "ptv", "ptv", day)
    id = f"near{next(_NUMBERS)}"
    left_out.keep(connection, "ptv", [nearly_taken(region, id)], {id: "{}"}, day, ())
    return Made({}, {"source": "ptv", "record": id, "what": "take"})


def nearly_taken(region: str, id: str, name: str = "Digipaikka") -> LeftOut:
    """A record that serves one municipality of ``region`` and has a word that is worth a look."""
    short = Shortfall(Short.WORD, "", "name: digipaikka")
    return LeftOut(id, name, f"Kunta {region}", region, (PLACES[region],), short)


def _practice(connection: Connection, region: str, who: str, day: date) -> Made:
    post = Practice(region, "home", "Title", "Body", "fi", who, day)
    own = "19" if region == "19" else region
    fields = {"title": "New", "body": "Words", "topic": "home", "region": own, "written_in": "fi"}
    return Made({"id": practices.share(connection, post)}, fields)


def _token(connection: Connection, region: str, who: str, day: date) -> Made:
    token = f"token{next(_NUMBERS)}"
    id = api_tokens.make(connection, token, who, "report", "export:read", "", day, day)
    return Made({"id": id}, {"name": "report", "scope": "export:read", "days": "30", "region": region})


def _invitation(connection: Connection, region: str, who: str, day: date) -> Made:
    token = f"invitation{next(_NUMBERS)}"
    invitations.invite(connection, token, Invitation(f"{token}@example.org", "", "", day))
    return Made({"secret": token}, {})


def _situation(connection: Connection, region: str, who: str, day: date) -> Made:
    words = {"format": "csv", "view": "filtered", "body": "Findings", "period": PERIOD}
    return Made({"period": PERIOD}, words)


Maker = Callable[[Connection, str, str, date], Made]
MAKERS: Mapping[str, Maker] = {
    "/coordinators/directory/submissions": _submission,
    "/coordinators/directory/offers": _offer,
    "/coordinators/directory/twins": _twins,
    "/coordinators/directory/imports": _imports,
    "/coordinators/directory/left-out": _left_out,
    "/coordinators/practices": _practice,
    "/coordinators/account": _token,
    "/coordinators/invitation": _invitation,
    "/coordinators/situation": _situation,
    "/coordinators/api": _situation,
}
"""What makes the thing that an address below each of these is about; the longest beginning counts."""


def release(connection: Connection, catalog: Catalog, atlas: Atlas) -> None:
    """A month that has been released, with one request in Rovaniemi."""
    frame = Frame.of(catalog, atlas, Catalogues.load().languages, COUNTED_CHANNELS)
    counted = Increment("demand_by_municipality_need", PERIOD, (PLACES["19"], "phone_basics"))
    raise_counters(connection, [counted])
    close_months(connection, PERIOD, frame, Rule(5))


def make(connection: Connection, path: str, region: str, who: str, day: date) -> Made:
    """The thing that ``path`` is about, in ``region`` and of the account ``who``."""
    found = max((start for start in MAKERS if path.startswith(start)), key=len, default="")
    return MAKERS[found](connection, region, who, day) if found else Made({}, {})
