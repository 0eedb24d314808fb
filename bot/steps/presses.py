"""What a person pressed. A button's key says all that it does, so it means the same at every step,
however old it is."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from bot.steps import always, answer, arrived, delete, link, need, outside, place, start, urgent, who
from bot.steps.ask import show
from bot.turn import Filled, State, Step, Turn, World
from knowledge.model import Handling
from locales.text import say

Presses = Callable[[State, str, World], Filled | Turn]


def pressed(state: State, key: str, world: World) -> Filled | Turn:
    """What the button with this key fills or leads to; an unknown one changes nothing."""
    name, _, value = key.partition(":")
    press = PRESSED.get(name)
    if press is None:
        return show(state, world, (say("That button does not work here. Nothing was changed."),))
    return press(state, value, world)


def _need_pressed(state: State, value: str, world: World) -> Filled | Turn:
    chosen = world.catalog.needs.get(value)
    if chosen is None:
        return need.ask(replace(state, needs=()), world) if value == "change" else need.groups(state, world)
    state = replace(state, needs=(value,), page=0, rated=False, misses=0, offered=())
    if chosen.handling is Handling.OUTSIDE:
        return outside.decline(state, OUTSIDE_NEEDS.get(value, "off_topic"), world)
    if value in urgent.OF_NEED:
        return urgent.advise(state, urgent.OF_NEED[value], world)
    return Filled(state)


def _language_pressed(state: State, value: str, world: World) -> Filled | Turn:
    if value not in dict(world.languages):
        return always.language(state, world)
    state = replace(state, language=value, language_chosen=True)
    beginning = state.step in (Step.START, Step.NEED)
    note = say("The language is now {language}.", language=dict(world.languages)[value])
    if beginning and state.needs:
        return Filled(state, (note,))
    if beginning and state.place is None:
        return start.greet(state, world)
    return show(state, world, (note,))


def _urgent_help(state: State, value: str, world: World) -> Filled:
    needs = state.needs or ("data_security",)
    return Filled(replace(state, needs=needs, on_behalf=bool(state.on_behalf), page=0))


def _new(state: State, value: str, world: World) -> Turn:
    """A new question; the place stays, because the answer names it and it can be changed."""
    own = state.place if not state.on_behalf else None
    fresh = replace(state, needs=(), on_behalf=None, place=own, form=None, page=0, rated=False, asked=1)
    return need.ask(fresh, world)


def restart(state: State, value: str, world: World) -> Turn:
    kept = State(language=state.language, language_chosen=state.language_chosen, counted=state.counted)
    return start.greet(kept, world)


def back(state: State, value: str, world: World) -> Turn:
    """One step back; what was counted and the language stay as they are now."""
    if state.previous is None:
        return restart(state, value, world)
    there = replace(
        state.previous,
        language=state.language,
        language_chosen=state.language_chosen,
        counted=state.counted,
        rated=state.rated,
        greeted=True,
    )
    return show(there, world)


def _deleted(state: State, value: str, world: World) -> Turn:
    return delete.done(state) if value == "yes" else delete.ask(state, world)


def _opened(state: State, value: str, world: World) -> Filled | Turn:
    """A link from a poster or from a relative: only what it does not say is asked."""
    said = link.read(value)
    begun = link.begun(state, said, world)
    if said.need not in world.catalog.needs:
        return start.greet(begun, world)
    return _need_pressed(begun, said.need, world)


def _simple(say_it: Callable[[State, World], Turn]) -> Presses:
    return lambda state, value, world: say_it(state, world)


PRESSED: Mapping[str, Presses] = {
    "back": back,
    "continue": _simple(show),
    "delete": _deleted,
    "form": answer.of_form,
    "group": need.of_group,
    "help": _simple(always.helped),
    "helped": answer.rated,
    "human": _simple(always.human),
    "language": _language_pressed,
    "more": answer.more,
    "municipality": place.chosen,
    "need": _need_pressed,
    "new": _new,
    "open": _opened,
    "place": place.pressed,
    "privately": _simple(arrived.privately),
    "region": place.of_region,
    "restart": restart,
    "stored": _simple(always.stored),
    "unreadable": _simple(arrived.unreadable),
    "urgent": _urgent_help,
    "where": arrived.where,
    "who": who.pressed,
}

OUTSIDE_NEEDS = {"device_repair": "repair", "device_purchase": "purchase"}
