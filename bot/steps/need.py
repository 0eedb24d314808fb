"""What do you need help with?

Words are taken when we are sure of them; where we are not, the person chooses among the best three;
below a floor we say that we did not understand and show the groups.
"""

from dataclasses import replace

from bot.judgement import GENERAL, OUTSIDE
from bot.steps.buttons import ALWAYS, BACK, NEED_LIST, titled
from bot.turn import Choice, Filled, RecordMiss, Reply, State, Step, Turn, World
from bot.understand import Understanding
from knowledge.model import Catalog
from knowledge.needs import SURE
from locales.text import Text, say

LIKELY, CLEARLY = 0.3, 1.5
"""A need that scores less than sure is taken too where it is likely and the next is far behind: on the
fresh part of the evaluation this asks 7 of 100 back, and 97 of 100 taken are right."""

LIFE = "emergency"
"""Never guessed at and never a choice: rules alone tell an emergency."""

WORTH_ASKING = 0.12
"""Below this the best need is hardly ever right; nonsense stays below 0.1 on the open half."""

CANDIDATE, FAR_BEHIND = 0.05, 4
"""A need that scores this may stand among the three to choose from, unless the best scores so many times more."""

MOST_NEEDS = 3
"""The needs taken from one message: more would be a guess about what matters."""

SOMETHING_ELSE = Choice("need:list", say("Something else"))
OTHER_GROUPS = Choice("need:list", say("Show the other groups"))


def ask(state: State, world: World, notes: tuple[Text, ...] = ()) -> Turn:
    """The question in its short form, with the list one press away."""
    text = (*notes, say("What do you need help with? Write in your own words, or choose from a list."))
    return Turn(replace(state, step=Step.NEED, offered=()), (Reply(text, (NEED_LIST, BACK, *ALWAYS)),))


def groups(state: State, world: World, notes: tuple[Text, ...] = ()) -> Turn:
    """The shelves of needs."""
    text = (*notes, say("Choose what is closest."))
    reply = Reply(text, (*shelves(world.catalog), BACK, *ALWAYS))
    return Turn(replace(state, step=Step.NEED, offered=()), (reply,))


def shelves(catalog: Catalog) -> tuple[Choice, ...]:
    """A button for each shelf."""
    return tuple(Choice(f"group:{group.id}", say("{title}", title=group.titles)) for group in catalog.groups)


def of_group(state: State, group_id: str, world: World) -> Turn:
    """The needs of one shelf; the shelves again where there is no such group."""
    for group in world.catalog.groups:
        if group.id == group_id:
            choices = tuple(titled(world.catalog.needs[need]) for need in group.needs)
            text = (say("{group}: what do you need?", group=group.titles),)
            reply = Reply(text, (*choices, OTHER_GROUPS, BACK, *ALWAYS))
            return Turn(replace(state, step=Step.NEED, offered=()), (reply,))
    return groups(state, world)


def fill(state: State, meant: Understanding, world: World) -> Filled | Turn:
    """The needs of the words taken, or asked back, or not understood."""
    taken = sure(meant)
    if taken == (GENERAL,) and state.needs and state.step in (Step.WHO, Step.PLACE):
        # "I cannot turn it on" between two questions says nothing new.
        return Filled(state)
    if taken:
        return Filled(replace(state, needs=taken, page=0, rated=False, misses=0))
    best = max((found.score for found in meant.needs), default=0.0)
    least = max(CANDIDATE, best / FAR_BEHIND)
    likely = tuple(found.id for found in meant.needs if found.score >= least and found.id != LIFE)
    if likely and best >= WORTH_ASKING:
        return which(state, likely[:MOST_NEEDS], world)
    return missed(state, world)


def sure(meant: Understanding) -> tuple[str, ...]:
    """The needs to take without asking; () where the person had better choose."""
    found = tuple(need for need in meant.needs if need.id != LIFE and need.id not in OUTSIDE)
    certain = tuple(need.id for need in found if need.score >= SURE)
    if certain or not found:
        return certain[:MOST_NEEDS]
    first, *others = found
    clear = all(first.score >= CLEARLY * other.score for other in others)
    return (first.id,) if first.score >= LIKELY and clear else ()


def also(state: State, meant: Understanding) -> State:
    """The needs that words besides an answer are sure of, with those already known; help in general gives
    way to what it turns out to be about."""
    more = tuple(found.id for found in meant.needs if found.score >= SURE and found.id not in (LIFE, GENERAL))
    known = tuple(id_ for id_ in state.needs if not more or id_ != GENERAL)
    return replace(state, needs=tuple(dict.fromkeys((*known, *more)))[:MOST_NEEDS])


def which(state: State, candidates: tuple[str, ...], world: World) -> Turn:
    """The best candidates to choose from, and something else."""
    choices = tuple(titled(world.catalog.needs[need]) for need in candidates)
    reply = Reply((say("Which of these do you mean?"),), (*choices, SOMETHING_ELSE, BACK, *ALWAYS))
    return Turn(replace(state, step=Step.NEED, offered=candidates, misses=0), (reply,))


def missed(state: State, world: World) -> Turn:
    """Not understood: said plainly, with the groups and a person to talk to."""
    notes = (
        say("I am sorry, I did not understand that."),
        say("I can find help with phones, computers, the internet and online services."),
    )
    turn = groups(replace(state, misses=state.misses + 1), world, notes)
    return replace(turn, effects=(RecordMiss(state.language, "need"),))
