"""Our taxonomies: needs and their groups, forms of help, what an offer is, and whom it is for.

A need's code is its id here, which is what our own importer reads back.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from knowledge.model import Catalog, Names
from locales.catalogue import Catalogues
from locales.text import Text, say
from referral.card import FORMS, REASONS
from referral.directory.importers.hsds import DELIVERY, ROLE_LINK
from referral.directory.published.identity import identity
from referral.directory.published.voice import Voice
from referral.model import Form, Offer, Reason, Role

Record = dict[str, Any]

NEEDS, FORM, ROLE, AUDIENCE = "needs", "forms", "roles", "audiences"

TAXONOMIES: Mapping[str, tuple[Text, Text]] = {
    NEEDS: (say("Needs"), say("What people need help with, in groups.")),
    FORM: (say("Forms of help"), say("How help is given.")),
    ROLE: (say("Kinds of help"), say("What an offer of help is.")),
    AUDIENCE: (say("Audiences"), say("Whom help is meant for, where it is not for everybody.")),
}
"""Name -> what it is called, and its description."""

ROLES: Mapping[Role, tuple[Text, Text]] = {
    Role.SUPPORT: (say("Says that it helps"), say("Says that it helps with this.")),
    Role.POINTER: (say("Ask here first"), say("Whether it gives digital support is not known: ask first.")),
    Role.AUTHORITY: (say("The authority's own advice"), say("Advises on its own online services.")),
    Role.URGENT: (say("Urgent"), say("Helps in emergencies and crises and with scams.")),
    Role.LIST: (say("A list of places"), say("A page that lists helpers.")),
}

FORM_DESCRIPTIONS: Mapping[Form, Text] = {
    Form.IN_PERSON: say("Help is given face to face."),
    Form.REMOTE: say("Help is given by phone or online."),
    Form.TRAINING: say("A course or an exercise: one learns, with others or alone."),
}

AUDIENCES: Mapping[str, tuple[Text, Text]] = {
    "seniors": (say("Older people"), REASONS[Reason.FOR_SENIORS]),
    "migrants": (say("People who have moved to Finland"), REASONS[Reason.FOR_MIGRANTS]),
    "deaf": (say("Deaf people"), REASONS[Reason.FOR_DEAF]),
    "deafblind": (say("Deafblind people"), REASONS[Reason.FOR_DEAFBLIND]),
    "visually_impaired": (say("People with impaired vision"), REASONS[Reason.FOR_VISUALLY_IMPAIRED]),
    "jobseekers": (say("Jobseekers"), REASONS[Reason.FOR_JOBSEEKERS]),
}

LINKED = {NEEDS: "service_type", FORM: DELIVERY, ROLE: ROLE_LINK, AUDIENCE: "eligibility"}
"""Taxonomy -> the ``link_type`` of attributes with its terms; two of them our own importer reads back."""


@dataclass(frozen=True, slots=True)
class Term:
    """A term by its taxonomy and code; ``parent`` is the code of the group that it is in, "" for none."""

    taxonomy: str
    code: str
    name: Names | Text
    description: Text
    parent: str = ""

    @property
    def id(self) -> str:
        """Its UUID."""
        return term_id(self.taxonomy, self.code)


def term_id(taxonomy: str, code: str) -> str:
    """The UUID of a term."""
    return identity("taxonomy_term", f"{taxonomy}/{code}")


def taxonomy_id(taxonomy: str) -> str:
    """The UUID of a taxonomy."""
    return identity("taxonomy", taxonomy)


def terms(catalog: Catalog) -> dict[str, Term]:
    """Every term by its UUID: the groups of needs, each with its needs, then the small taxonomies."""
    found = [*_needs(catalog)]
    found += [Term(FORM, form.value, FORMS[form], words) for form, words in FORM_DESCRIPTIONS.items()]
    found += [Term(ROLE, role.value, name, words) for role, (name, words) in ROLES.items()]
    found += [Term(AUDIENCE, code, name, words) for code, (name, words) in AUDIENCES.items()]
    return {one.id: one for one in found}


def _needs(catalog: Catalog) -> Iterable[Term]:
    for group in catalog.groups:
        about = say(
            "Needs of this group: {needs}", needs=tuple(catalog.needs[id].titles for id in group.needs)
        )
        yield Term(NEEDS, group.id, group.titles, about)
        for id in group.needs:
            titles = catalog.needs[id].titles
            yield Term(NEEDS, id, titles, say("Help with this: {need}", need=titles), group.id)


def taxonomy_record(name: str, voice: Voice) -> Record:
    """A taxonomy in HSDS."""
    title, about = TAXONOMIES[name]
    return {"id": taxonomy_id(name), "name": voice.say(title), "description": voice.say(about)}


def term_record(term: Term, voice: Voice) -> Record:
    """A term in HSDS, without what is nested in it."""
    found = {
        "id": term.id,
        "code": term.code,
        "name": voice.say(term.name) if isinstance(term.name, Text) else voice.named(term.name),
        "description": voice.say(term.description),
        "taxonomy": voice.say(TAXONOMIES[term.taxonomy][0]),
        "language": voice.code,
        "taxonomy_id": taxonomy_id(term.taxonomy),
    }
    return {**found, "parent_id": term_id(term.taxonomy, term.parent)} if term.parent else found


def told(offer: Offer) -> object:
    """What the terms of an offer follow from: where it is the same, they are."""
    return offer.needs, offer.form, offer.role, offer.audience


def of_offer(offer: Offer) -> list[str]:
    """The UUIDs of the terms that tell of ``offer``."""
    named = [(NEEDS, need) for need in sorted(offer.needs)]
    named += [(FORM, offer.form.value), (ROLE, offer.role.value)]
    named += [(AUDIENCE, code) for code in offer.audience if code in AUDIENCES]
    return [term_id(taxonomy, code) for taxonomy, code in named]


def texts(name: Names | Text, catalogues: Catalogues) -> list[str]:
    """What a term or a taxonomy is called, in every language."""
    if isinstance(name, Text):
        return [catalogues.say(name, language) for language in catalogues.languages]
    return list(name.values())
