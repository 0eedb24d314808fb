"""Which question comes next: the first slot that is still empty, or the answer when none is."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from bot.steps import answer, delete, need, place, start, urgent, who
from bot.turn import Filled, State, Step, Turn, World
from locales.text import Text, say


def proceed(filled: Filled, world: World) -> Turn:
    """The next question whose answer is missing, numbered; the answer when none is."""
    state = filled.state
    missing = _missing(state)
    if not missing:
        return answer.answer(state, world, filled.notes)
    asked = state.asked if state.step is missing[0] else state.asked + 1
    total = max(asked, 1) + len(missing) - 1
    number = (say("Question {number} of {total}.", number=max(asked, 1), total=total),) if total > 1 else ()
    turn = QUESTIONS[missing[0]](replace(state, asked=asked), world, (*filled.notes, *number))
    if not filled.remedies:
        return turn
    *before, last = turn.replies
    return replace(turn, replies=(*before, replace(last, choices=(*filled.remedies, *last.choices))))


def _missing(state: State) -> tuple[Step, ...]:
    slots = {
        Step.NEED: not state.needs,
        Step.WHO: state.on_behalf is None,
        Step.PLACE: state.place is None,
    }
    return tuple(slot for slot, empty in slots.items() if empty)


def show(state: State, world: World, notes: tuple[Text, ...] = ()) -> Turn:
    """Where the conversation stands, said again after ``notes``."""
    return QUESTIONS[state.step](state, world, notes)


def _begin(state: State, world: World, notes: tuple[Text, ...] = ()) -> Turn:
    return start.greet(state, world)


def _urgent_again(state: State, world: World, notes: tuple[Text, ...] = ()) -> Turn:
    urgency = next((urgent.OF_NEED[found] for found in state.needs if found in urgent.OF_NEED), None)
    return urgent.advise(state, urgency, world, notes) if urgency else need.ask(state, world, notes)


QUESTIONS: Mapping[Step, Callable[[State, World, tuple[Text, ...]], Turn]] = {
    Step.START: _begin,
    Step.NEED: need.ask,
    Step.WHO: who.ask,
    Step.PLACE: place.ask,
    Step.ANSWER: answer.answer,
    Step.URGENT: _urgent_again,
    Step.DELETE: delete.ask,
}
