"""What providers have sent: looked at as citizens will see it, accepted, put right, or refused."""

from dataclasses import dataclass, replace
from functools import partial

from aiohttp import web
from sqlalchemy import Connection

from knowledge.model import Names
from referral.accounts.action import Action
from referral.accounts.roles import Right
from referral.directory.importers.columns import KINDS, LANGUAGES
from referral.directory.submission import Fault, Submission, checked, fields_of, region_of
from referral.directory.submission_offers import offers_of
from referral.model import Coverage, Form, Offer
from referral.store import offers, submissions
from referral.store.audit import write_audit
from referral.store.submissions import ACCEPTED, REFUSED, WAITING, NotWaiting, Waiting
from referral.web.addresses import JOIN, Addresses
from referral.web.coordinators.directory import words
from referral.web.coordinators.directory.preview import preview
from referral.web.coordinators.form import chosen, fields, go_to
from referral.web.coordinators.office import Office
from referral.web.coordinators.refused import refused
from referral.web.coordinators.seat import Seat, may
from referral.web.coordinators.show import show
from referral.web.origin import origin

PAGE = "/coordinators/directory"
MOST_REASON = 500
_RIGHT = Right.WORK_ON_DIRECTORY


@dataclass(frozen=True, slots=True)
class Submissions:
    """The handlers."""

    office: Office

    async def waiting(self, request: web.Request, seat: Seat) -> web.Response:
        """What waits in the seat's regions, the oldest first."""
        asked = request.query.get("region", "")
        found = await self.office.database.read(partial(submissions.waiting, region=asked))
        values = {
            "waiting": [one for one in found if may(seat, _RIGHT, one.region)],
            "regions": seat.regions(_RIGHT, self.office.atlas.regions),
            "asked": asked,
            "join": origin(request) + Addresses(self.office.catalogues).of(JOIN, seat.language),
        }
        return show(self.office, request, seat, "waiting.html", values, words=words)

    async def one(self, request: web.Request, seat: Seat) -> web.Response:
        """One submission with its preview."""
        found, before = await self._found(request, seat)
        return self._page(request, seat, found, before)

    async def accept(self, request: web.Request, seat: Seat) -> web.Response:
        """Puts it into the directory."""
        found, _ = await self._found(request, seat)
        return await self._decide(request, seat, found, ACCEPTED, "", Action.ACCEPTED)

    async def refuse(self, request: web.Request, seat: Seat) -> web.Response:
        """Refuses it, with a reason."""
        found, before = await self._found(request, seat)
        reason = " ".join((await fields(request)).get("reason", "").split())[:MOST_REASON]
        if not reason:
            return self._page(request, seat, found, before, words.REASON_NEEDED)
        return await self._decide(request, seat, found, REFUSED, reason, Action.REFUSED)

    async def ask_change(self, request: web.Request, seat: Seat) -> web.Response:
        """The form with what was sent."""
        found, _ = await self._found(request, seat, decided=False)
        return self._form(request, seat, found, dict(fields_of(found.submission)))

    async def change(self, request: web.Request, seat: Seat) -> web.Response:
        """Puts right what was sent; it waits on."""
        office = self.office
        found, _ = await self._found(request, seat, decided=False)
        sent = await fields(request)
        lists = {name: ", ".join(await chosen(request, name)) for name in ("needs", "forms")}
        given = {**sent, **lists, "email": found.submission.email}
        right = checked(given, office.catalog, office.atlas, office.today())
        if not isinstance(right, Submission):
            return self._form(request, seat, found, given, right)
        region = region_of(right, office.atlas)
        if not may(seat, _RIGHT, region):
            # Moved to another region by mistake or not: somebody else decides there.
            return self._form(request, seat, found, given, (Fault("municipality", words.ELSEWHERE),))

        def work(connection: Connection) -> None:
            submissions.change(connection, found.id, right, region)
            write_audit(connection, seat, Action.CHANGED, found.id, region, "", office.now())

        try:
            await office.database.write(work)
        except NotWaiting:
            return refused(office, request, 409, words.DECIDED)
        return go_to(f"{PAGE}/submissions/{found.id}?done=changed")

    async def _found(
        self, request: web.Request, seat: Seat, decided: bool = True
    ) -> tuple[Waiting, Offer | None]:
        """The submission that the address names, and the offer that it changes. 404 where it is not the
        seat's to see, or has been decided and ``decided`` is False."""

        def work(connection: Connection) -> tuple[Waiting, Offer | None] | None:
            found = submissions.find(connection, request.match_info["id"])
            if found is None:
                return None
            before = offers.find(connection, found.offer) if found.offer else None
            return found, before.offer if before else None

        pair = await self.office.database.read(work)
        if pair is None or not may(seat, _RIGHT, pair[0].region):
            raise web.HTTPNotFound
        if pair[0].state != WAITING and not decided:
            raise web.HTTPNotFound
        return pair

    async def _decide(
        self, request: web.Request, seat: Seat, found: Waiting, state: str, reason: str, action: Action
    ) -> web.Response:
        office = self.office

        def work(connection: Connection) -> tuple[str, ...]:
            by = seat.coordinator_id
            ids = submissions.decide(connection, found.id, state, by, reason, office.today())
            write_audit(connection, seat, action, found.id, found.region, "", office.now())
            return ids

        try:
            await office.database.write(work)
        except NotWaiting:
            return refused(office, request, 409, words.DECIDED)
        return go_to(f"{PAGE}/submissions/{found.id}?done={state}")

    def _page(
        self, request: web.Request, seat: Seat, found: Waiting, before: Offer | None, fault: object = None
    ) -> web.Response:
        office = self.office
        day = found.decided or office.today()
        made = offers_of(replace(found.submission, email=""), day, before if found.state == WAITING else None)
        values = {
            "found": found,
            "is_waiting": found.state == WAITING,
            "cards": [preview(office, seat, one) for one in made],
            "before": preview(office, seat, before) if before and found.state == WAITING else None,
            "needs": [
                office.catalogues.named(office.catalog.needs[id].titles, seat.language)
                for id in found.submission.needs
                if id in office.catalog.needs
            ],
            "covers": self._covered(found.submission.coverage),
            "offer_ids": found.offer.split() if found.state == ACCEPTED else [],
            "most_reason": MOST_REASON,
            "fault": fault,
        }
        status = 422 if fault else 200
        return show(office, request, seat, "submission.html", values, words=words, status=status)

    def _covered(self, coverage: Coverage) -> tuple[Names, ...]:
        """The places whose people it is for; () for the whole country."""
        atlas = self.office.atlas
        regions = (atlas.regions[code].names for code in coverage.regions if code in atlas.regions)
        known = (code for code in coverage.municipalities if code in atlas.municipalities)
        return () if coverage.national else (*regions, *(atlas.municipalities[code].names for code in known))

    def _form(
        self,
        request: web.Request,
        seat: Seat,
        found: Waiting,
        given: dict[str, str],
        faults: tuple[Fault, ...] = (),
    ) -> web.Response:
        office = self.office
        named = partial(office.catalogues.named, language=seat.language)
        groups = [
            (named(group.titles), [(id, named(office.catalog.needs[id].titles)) for id in group.needs])
            for group in office.catalog.groups
        ]
        values = {
            "found": found,
            "given": given,
            "faults": {fault.field: fault.sentence for fault in faults},
            "kinds": tuple(KINDS),
            "forms": tuple(Form),
            "languages_known": tuple(LANGUAGES),
            "groups": groups,
            "chosen": {
                part.strip() for name in ("needs", "forms") for part in given.get(name, "").split(",")
            },
        }
        status = 422 if faults else 200
        return show(office, request, seat, "change.html", values, words=words, status=status)
