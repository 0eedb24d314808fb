"""What the pages for providers are made from, and the form that they share."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from aiohttp import web

from locales.text import Text
from referral.card import Card, card
from referral.directory import course
from referral.directory.index import FOR_SUPPORTERS
from referral.directory.published.week import week_in_words
from referral.directory.submission import SPOKEN, Fault, Submission, checked
from referral.directory.submission_offers import offers_of
from referral.directory.training import sessions
from referral.hours import opening
from referral.model import Match, Offer
from referral.store.database import Database
from referral.web.pace import Pace
from referral.web.page import AddressIn, page
from referral.web.providers import words
from referral.web.providers.filled import TRAP, Filled, inputs, tells_course, to_check
from referral.web.public.public import Public

OTHERS = SPOKEN[1:]
"""The languages besides Finnish in which a provider may tell of itself."""

MOST_TIMES = 6
"""Of a course that comes again, so many of the next times are shown."""


@dataclass(frozen=True, slots=True)
class Desk:
    """Made once, when the server opens. ``pace`` limits how often one address may send."""

    public: Public
    database: Database
    pace: Pace

    def today(self) -> date:
        """The day in Finland."""
        return self.public.now().date()

    def checked(self, filled: Filled) -> Submission | tuple[Fault, ...]:
        """What the form says, or every fault in it."""
        return checked(to_check(filled), self.public.catalog, self.public.atlas, self.today())

    def page(
        self,
        request: web.Request,
        template: str,
        language: str,
        values: Mapping[str, object],
        address_in: AddressIn,
        status: int = 200,
    ) -> web.Response:
        """A page that nobody but its reader keeps."""
        return page(request, words, template, language, values, status=status, address_in=address_in)

    def form(
        self, filled: Filled, faults: tuple[Fault, ...], action: str, language: str
    ) -> dict[str, object]:
        """The values of the form: what was filled in, and what is wrong, at the top and beside each field."""
        catalog = self.public.catalog
        told = [name for code in OTHERS for name in (f"name_{code}", f"description_{code}")]
        return {
            "label_of": self._labels(language),
            "form_choices": self._said(words.FORMS, language),
            "coverage_choices": self._said(words.COVERS, language),
            "language_choices": self._said(words.LANGUAGES, language),
            "audience_choices": self._said(words.AUDIENCES, language),
            "course_open": tells_course(filled) or any(fault.field in course.FIELDS for fault in faults),
            "input_of": inputs(filled),
            "answer_choices": self._said(words.ANSWERS, language),
            "others": OTHERS,
            "others_open": any("".join(filled.get(name, ())) for name in told),
            "filled": filled,
            "faults": faults,
            "fault_of": {fault.field: fault.sentence for fault in faults},
            "action": action,
            "trap": TRAP,
            "groups": [(group, [catalog.needs[id] for id in group.needs]) for group in catalog.groups],
        }

    def _labels(self, language: str) -> dict[str, str]:
        say = self.public.say
        labels = {name: say(label, language) for name, label in words.LABELS.items()}
        for code in OTHERS:
            labels[f"name_{code}"] = say(words.name_in(code), language)
            labels[f"description_{code}"] = say(words.story_in(code), language)
        return {**labels, TRAP: say(words.TRAP, language)}

    def _said(self, choices: Mapping[Any, Text], language: str) -> list[tuple[str, str]]:
        return [(str(key), self.public.say(label, language)) for key, label in choices.items()]

    def preview(
        self, submission: Submission, language: str, changes: Offer | None = None
    ) -> dict[str, object]:
        """The cards of what ``submission`` would show, and what they do not say."""
        public, atlas = self.public, self.public.atlas
        made = offers_of(submission, self.today(), changes)
        covered = submission.coverage
        places = [atlas.regions[code].names for code in covered.regions]
        places += [atlas.municipalities[code].names for code in covered.municipalities]
        times = [time for offer in made for time in sessions(offer, public.now(), MOST_TIMES)]
        return {
            "times": times,
            "week": "" if times else week_in_words(submission.hours, language),
            "is_for_supporters": any(FOR_SUPPORTERS in offer.audience for offer in made),
            "cards": [self.card(offer, language) for offer in made],
            "titles": tuple(
                need.titles for id, need in public.catalog.needs.items() if id in submission.needs
            ),
            "guidelines": words.FOLLOWS[submission.ethical_guidelines],
            "area": words.COVERS["national"] if covered.national else tuple(places),
        }

    def card(self, offer: Offer, language: str) -> Card:
        """The offer as citizens see it at this moment."""
        public, now = self.public, self.public.now()
        found = Match(offer, 1.0, None, (), opening(offer.hours, now))
        return card(found, language, now, public.atlas, public.catalogues)
