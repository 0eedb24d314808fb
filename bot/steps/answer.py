"""The answer: who can help, why they were chosen, and everything that can be changed about it.

What was asked is said first, with the municipality that was assumed, so that it can be corrected.
Then comes the authority where its own advice is due, then a page of matches. A request is counted
when its answer is first shown, at most once a need and ``MOST_COUNTED`` times a conversation.
"""

from dataclasses import replace
from itertools import islice

from bot.steps.buttons import ALWAYS, ANOTHER_PLACE, BACK, FOR_ANOTHER, RESTART
from bot.turn import Choice, Effect, Filled, RecordDemand, RecordHelped, Reply, State, Step, Turn, World
from knowledge.model import Handling, Municipality, Need
from locales.text import Text, say
from referral import authorities
from referral.findings import findings
from referral.match import match
from referral.model import Answer, DemandEntry, Form, Match, Outcome, Request, Role, Unmet
from referral.page import pages

MOST_COUNTED = 3

FORMS = {form.value: form for form in Form}
"""The forms of help by the value that a button or the understanding names them with."""

MORE = Choice("more", say("Show more"))
REMOTE = Choice("form:remote", say("Only by phone or online"))
COURSES = Choice("form:training", say("Courses"))
ANY_FORM = Choice("form:any", say("All kinds of help"))
CHANGE = Choice("need:change", say("Change what I asked"))
NEW = Choice("new", say("A new question"))
HELPED = (Choice("helped:yes", say("This helped")), Choice("helped:no", say("This did not help")))


def answer(state: State, world: World, notes: tuple[Text, ...] = ()) -> Turn:
    """The present page of the answer to what ``state`` asks."""
    found = match(request(state), world.directory, world.now)
    # One page more than is shown tells whether there is more to show.
    so_far = tuple(islice(pages(found), state.page + 2))
    number = max(min(state.page, len(so_far) - 1), 0)
    page = so_far[number] if so_far else ()
    text = (*notes, *_asked(state, world), *_first(state, world), *_found(found, page, world))
    choices = _choices(state, more=number + 1 < len(so_far))
    replies = [Reply(text, () if state.on_behalf and not number else choices, page)]
    if state.on_behalf and not number:
        replies.append(Reply((*_for_another(), _hand_over(state, page, world)), choices))
    entries = demand(state, found, world)
    counted = (*state.counted, *(entry.need for entry in entries))
    after = replace(state, step=Step.ANSWER, page=number, counted=counted, misses=0, offered=())
    return Turn(after, tuple(replies), (RecordDemand(entries),) if entries else ())


def request(state: State) -> Request:
    """What the matching is asked; the conversation's own language is the language preferred."""
    place = state.place
    language = state.language.partition("@")[0]
    return Request(
        needs=state.needs,
        municipality=place.municipality if place else "",
        point=place.point if place else None,
        form=state.form,
        languages=(language,) if language else (),
    )


def _asked(state: State, world: World) -> tuple[Text, ...]:
    """What was asked, in one line: the needs and the place."""
    titles = _titles(state, world)
    home = _home(state, world)
    if home is None:
        return (say("You asked about: {needs}.", needs=titles),)
    return (say("You asked about: {needs}. Place: {place}.", needs=titles, place=home.names),)


def _titles(state: State, world: World) -> Text:
    """The needs asked about, parted by semicolons, because many titles have an "and" of their own."""
    first, *others = (say("{title}", title=need.titles) for need in _needs(state, world))
    for title in others:
        first = say("{these}; {title}", these=first, title=title)
    return first


def _home(state: State, world: World) -> Municipality | None:
    return world.atlas.municipalities.get(state.place.municipality) if state.place else None


def _first(state: State, world: World) -> tuple[Text, ...]:
    """Which authorities advise on their own service, named even where no contact of theirs is known."""
    if state.page:
        return ()
    contacts = tuple(
        dict.fromkeys(
            need.first_contact
            for need in _needs(state, world)
            if need.handling is Handling.AUTHORITY_FIRST and need.first_contact
        )
    )
    if not contacts:
        return ()
    names = tuple(authorities.name(contact, _home(state, world)) for contact in contacts)
    return (
        say(
            "Ask first: {authorities}. They advise on their own services, free of charge.", authorities=names
        ),
    )


def _needs(state: State, world: World) -> tuple[Need, ...]:
    return tuple(world.catalog.needs[need] for need in state.needs)


def _found(found: Answer, page: tuple[Match, ...], world: World) -> tuple[Text, ...]:
    """What the search met, and whom to turn to where it met nothing."""
    lines = findings(found, world.atlas)
    return lines if page else (*lines, say("You can talk to a person by phone."))


def _for_another() -> tuple[Text, ...]:
    return (
        say("When you handle matters for somebody else:"),
        say(
            "Use a mandate in Suomi.fi. Then you sign in with your own codes. "
            "Never use the other person's bank codes, even if they ask you to."
        ),
        say("If the person can take part, let them press the buttons. You can sit beside them."),
    )


def _hand_over(state: State, page: tuple[Match, ...], world: World) -> Text:
    """A summary that a relative or a care worker can pass on: needs, place, and who to contact."""
    titles = _titles(state, world)
    contacts = tuple(_contact(found) for found in page)
    home = _home(state, world)
    if home is None:
        return say("To hand over: {needs}. Contacts: {contacts}.", needs=titles, contacts=contacts)
    return say(
        "To hand over: {needs}. Place: {place}. Contacts: {contacts}.",
        needs=titles,
        place=home.names,
        contacts=contacts,
    )


def _contact(found: Match) -> Text | dict[str, str]:
    offer = found.offer
    reach = offer.phone or offer.street or offer.url
    if not reach:
        return dict(offer.names)
    return say("{name} ({reach})", name=offer.names, reach=reach)


def _choices(state: State, more: bool) -> tuple[Choice, ...]:
    forms = (ANY_FORM,) if state.form else (REMOTE, COURSES)
    another = () if state.on_behalf else (FOR_ANOTHER,)
    helped = () if state.rated else HELPED
    return (
        *((MORE,) if more else ()),
        *forms,
        ANOTHER_PLACE,
        *another,
        CHANGE,
        NEW,
        *helped,
        BACK,
        *ALWAYS,
    )


def demand(state: State, found: Answer, world: World) -> tuple[DemandEntry, ...]:
    """What is counted of this answer: nothing without a place, no need twice, three in all.

    The channel is filled in by the service, which alone knows it."""
    if state.place is None or not state.place.municipality:
        return ()
    new = tuple(need for need in state.needs if need not in state.counted)
    return tuple(
        DemandEntry(
            need=need,
            municipality=state.place.municipality,
            form=state.form.value if state.form else "any",
            language=state.language,
            on_behalf=bool(state.on_behalf),
            channel="",
            outcome=outcome(found),
            unmet=found.unmet,
        )
        for need in new[: MOST_COUNTED - len(state.counted)]
    )


def outcome(found: Answer) -> Outcome:
    """How the request ended: the best kind of help that was shown."""
    if found.first_contact:
        return Outcome.AUTHORITY
    support = [m for m in found.matches if m.offer.role is Role.SUPPORT]
    if any(m.offer.form is Form.IN_PERSON for m in support):
        return Outcome.FAR if Unmet.TOO_FAR in found.unmet else Outcome.NEAR
    if any(m.offer.form is Form.REMOTE for m in found.matches):
        return Outcome.REMOTE
    if any(m.offer.form is Form.TRAINING for m in found.matches):
        return Outcome.TRAINING
    return Outcome.UNMET


def more(state: State, value: str, world: World) -> Filled:
    """The next page."""
    return Filled(replace(state, page=state.page + 1))


def of_form(state: State, value: str, world: World) -> Filled:
    """The same question, for one form of help or for all."""
    return Filled(replace(state, form=FORMS.get(value), page=0))


def rated(state: State, value: str, world: World) -> Turn:
    """Did this help? Counted once, as yes or no for the region."""
    helped = value == "yes"
    municipality = state.place.municipality if state.place else ""
    effects: tuple[Effect, ...] = ()
    if municipality and not state.rated:
        effects = (RecordHelped(municipality, helped),)
    if helped:
        text: tuple[Text, ...] = (say("Good to hear. Thank you for telling."),)
        choices: tuple[Choice, ...] = (NEW, *ALWAYS)
    else:
        text = (
            say("Thank you for telling. I am sorry that this did not help."),
            say("You can look at more choices, try another place, or talk to a person."),
        )
        choices = (MORE, ANOTHER_PLACE, CHANGE, NEW, RESTART, *ALWAYS)
    return Turn(replace(state, rated=True), (Reply(text, choices),), effects)
