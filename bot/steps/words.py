"""What a person wrote, at each step of the conversation.

What cannot wait goes before everything else; what they ask of the conversation itself goes before its
next question; what they say besides the matter (for whom, where, in which form) is taken with it.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace

from bot.steps import always, answer, delete, need, outside, place, presses, urgent, who
from bot.turn import Filled, Label, State, Step, Turn, World
from bot.understand import Command, Talk, Understanding, Urgency
from knowledge.needs import FLOOR
from knowledge.words import words_of
from locales.text import Text, say

Hears = Callable[[State, Understanding, World], Filled | Turn]


def heard(state: State, text: str, world: World) -> Filled | Turn:
    """What these words fill or lead to; ``state`` comes back in the language that they are in."""
    label = _label(state, text, world)
    if label is not None:
        spoken = state.language if state.language in label.languages else label.languages[0]
        return presses.pressed(in_language(state, spoken, world), label.key, world)
    meant = world.mind.understand(text, prior=state.language, asked=ASKED.get(state.step, ""))
    state = in_language(state, meant.language, world)
    notes = _masked(meant)
    if meant.urgency is not Urgency.NONE:
        return urgent.advise(_aside(state, meant), meant.urgency, world, notes)
    if meant.wants_language:
        return _noted(presses.pressed(state, f"language:{meant.wants_language}", world), notes)
    if meant.command in COMMANDS:
        return _noted(COMMANDS[meant.command](state, world), notes)
    if meant.outside:
        return outside.decline(_aside(state, meant), meant.outside, world, notes)
    if _not_ours(meant, world) and (_first_words(state) or not (meant.places or _sure(meant))):
        return _noted(_other_language(state, meant, world), notes)
    if meant.talk is not Talk.NONE and not _sure(meant):
        return always.small_talk(state, meant.talk, notes)
    return _noted(WORDS[state.step](_aside(state, meant), meant, world), notes)


def _label(state: State, text: str, world: World) -> Label | None:
    """The button whose words these are, where it could stand at this step."""
    if len(text) > LONGEST_LABEL:
        return None
    for label in world.labels.get(words_of(text), ()):
        steps = STEPS_OF.get(label.key, STEPS_OF.get(label.key.partition(":")[0], (state.step,)))
        if state.step in steps:
            return label
    return None


def _other_language(state: State, meant: Understanding, world: World) -> Turn:
    """Which languages we speak, for somebody who writes in another; what was understood is kept."""
    found = _about_need(_aside(state, meant), meant, world)
    kept = found.state if isinstance(found, Filled) else state
    return always.other_language(replace(kept, misses=state.misses + 1), meant.language, world)


def _first_words(state: State) -> bool:
    return state.step in (Step.START, Step.NEED) and not state.needs and not state.misses


def _aside(state: State, meant: Understanding) -> State:
    """What a message says besides its main matter: for whom, and in which form."""
    form = answer.FORMS.get(meant.wants_form, state.form)
    if meant.on_behalf is None:
        return replace(state, form=form)
    moved = state.on_behalf is not None and state.on_behalf != meant.on_behalf
    return replace(state, form=form, on_behalf=meant.on_behalf, place=None if moved else state.place)


def _about_need(state: State, meant: Understanding, world: World) -> Filled | Turn:
    """Words where a need is expected; a place in them is taken too, and words tell for whom."""
    if _place_stands_out(meant) and (not meant.needs or meant.needs[0].score < FLOOR):
        return _place_alone(state, meant, world)
    if meant.on_behalf is not None and not (meant.needs or meant.places):
        return need.ask(state, world)
    found = need.fill(state, meant, world)
    if isinstance(found, Turn):
        return _placed_too(found, meant, world)
    on_behalf = False if found.state.on_behalf is None else found.state.on_behalf
    return _located(replace(found, state=replace(found.state, on_behalf=on_behalf)), meant, world)


def _place_alone(state: State, meant: Understanding, world: World) -> Filled | Turn:
    """A place and no need yet: said again, so that it is seen to have been heard. What was offered to choose
    from is offered again."""
    found = place.fill(state, meant, world)
    if isinstance(found, Turn) or found.state.place is None or found.state.needs:
        return found
    notes = (*found.notes, _said_again(found.state.place.municipality, world))
    if state.step is Step.NEED and state.offered:
        return _replied(need.which(found.state, state.offered, world), notes)
    return replace(found, notes=notes)


def _said_again(municipality: str, world: World) -> Text:
    return say("The place: {place}.", place=world.atlas.municipalities[municipality].names)


def _located(filled: Filled, meant: Understanding, world: World) -> Filled | Turn:
    """The place of the same message, where it names one."""
    return place.fill(filled.state, meant, world) if _place_stands_out(meant) else filled


def _placed_too(turn: Turn, meant: Understanding, world: World) -> Turn:
    """The place kept, and said again, although the need has to be asked back."""
    if not _place_stands_out(meant) or not meant.places[0].municipality:
        return turn
    found = meant.places[0]
    kept = replace(turn, state=replace(place.at(turn.state, found), offered=turn.state.offered))
    return _replied(kept, (_said_again(found.municipality, world),))


def _about_place(state: State, meant: Understanding, world: World) -> Filled | Turn:
    """Words where a place is expected; a sure need without any place is a change of mind, beside a place
    it is one need more. "Ii" is a municipality before it is a Sámi "no"."""
    if meant.places:
        return place.fill(need.also(state, meant), meant, world)
    if _sure(meant):
        return _about_need(state, meant, world)
    if meant.command is Command.NO:
        return place.pressed(state, "declined", world)
    return place.fill(state, meant, world)


def _about_who(state: State, meant: Understanding, world: World) -> Filled | Turn:
    return _located(who.fill(state, meant, world), meant, world)


def _about_answer(state: State, meant: Understanding, world: World) -> Filled | Turn:
    """Words under an answer: yes or no, a new question, another place, another form, another person."""
    if meant.command in (Command.YES, Command.NO):
        return answer.rated(state, meant.command.value, world)
    if _sure(meant) or (_likely(meant) and not (meant.places or meant.wants_form)):
        return _about_need(state if meant.wants_form else replace(state, form=None), meant, world)
    if meant.places or meant.on_behalf is not None or meant.wants_form:
        return _located(Filled(replace(state, page=0)), meant, world)
    return need.missed(state, world)


def _about_delete(state: State, meant: Understanding, world: World) -> Filled | Turn:
    """Yes deletes, no keeps; anything else is taken where it would have been."""
    if meant.command is Command.YES:
        return delete.done(state)
    if meant.command is Command.NO or state.previous is None:
        return presses.back(state, "", world)
    step = state.previous.step
    return WORDS[step](replace(state, step=step), meant, world)


def _sure(meant: Understanding) -> bool:
    return bool(need.sure(meant))


def _likely(meant: Understanding) -> bool:
    return bool(meant.needs) and meant.needs[0].score >= need.WORTH_ASKING


def _place_stands_out(meant: Understanding) -> bool:
    return bool(meant.places) and meant.places[0].score >= place.SURE


def _not_ours(meant: Understanding, world: World) -> bool:
    spoken = {code.partition("@")[0] for code, _ in world.languages}
    return bool(meant.language) and meant.language.partition("@")[0] not in spoken


def _masked(meant: Understanding) -> tuple[Text, ...]:
    if not meant.personal_data:
        return ()
    kinds = tuple(PERSONAL_DATA[kind] for kind in meant.personal_data)
    return (
        say("Your message had {kinds} in it. I covered it at once and did not store it.", kinds=kinds),
        say("Please do not write such things here. You do not need them."),
    )


def in_language(state: State, language: str, world: World) -> State:
    """The language of the words, unless the person chose one; plain Finnish stays plain."""
    same = state.language.partition("@")[0] == language
    if same or state.language_chosen or language not in dict(world.languages):
        return state
    return replace(state, language=language)


def _noted(result: Filled | Turn, notes: tuple[Text, ...]) -> Filled | Turn:
    if isinstance(result, Filled):
        return replace(result, notes=(*notes, *result.notes))
    return _replied(result, notes)


def _replied(turn: Turn, notes: tuple[Text, ...]) -> Turn:
    first, *rest = turn.replies
    return replace(turn, replies=(replace(first, text=(*notes, *first.text)), *rest))


WORDS: Mapping[Step, Hears] = {
    Step.START: _about_need,
    Step.NEED: _about_need,
    Step.WHO: _about_who,
    Step.PLACE: _about_place,
    Step.ANSWER: _about_answer,
    Step.URGENT: _about_answer,
    Step.DELETE: _about_delete,
}

LONGEST_LABEL = 80
"""Characters: no button says more."""

_ANSWERED = (Step.ANSWER, Step.URGENT)
STEPS_OF: Mapping[str, tuple[Step, ...]] = {
    "delete:yes": (Step.DELETE,),
    "form": _ANSWERED,
    "helped": _ANSWERED,
    "more": _ANSWERED,
    "place": (Step.PLACE,),
    "urgent": (Step.URGENT,),
}
"""Buttons whose words mean them only at these steps: "courses" is a need before it is a filter."""

ASKED = {Step.NEED: "need", Step.WHO: "who", Step.PLACE: "place"}

COMMANDS: Mapping[Command, Callable[[State, World], Filled | Turn]] = {
    Command.HELP: always.helped,
    Command.BACK: lambda state, world: presses.back(state, "", world),
    Command.MORE: lambda state, world: answer.more(state, "", world),
    Command.RESTART: lambda state, world: presses.restart(state, "", world),
    Command.LANGUAGE: always.language,
    Command.PLACE: lambda state, world: place.ask(replace(state, place=None, misses=0), world),
    Command.HUMAN: always.human,
    Command.STORED: always.stored,
    Command.DELETE: delete.ask,
}

PERSONAL_DATA = {
    "address": say("a street address"),
    "card": say("a card number"),
    "email": say("an email address"),
    "hetu": say("a personal identity code"),
    "iban": say("an account number"),
    "phone": say("a phone number"),
}
