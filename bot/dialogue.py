"""The whole conversation as one pure function.

Whatever is heard fills slots (the need, for whom, the place); ``ask.proceed`` puts the first question
whose slot is still empty, and answers when none is. Three tables say everything: ``ask.QUESTIONS``
shows where a conversation stands, ``words.WORDS`` takes what was written there, ``presses.PRESSED``
takes a button.
"""

from dataclasses import replace

from bot.steps import place, presses, start, words
from bot.steps.ask import proceed, show
from bot.turn import BACK, Forget, Heard, RecordDemand, State, Step, Turn, World


def step(state: State, heard: Heard, world: World) -> Turn:
    """What to say and remember after ``heard``. Total, deterministic, never silent."""
    before = _speaking(state, heard, world)
    if heard.point is not None:
        result = place.shared(before, heard.point, world)
    elif heard.choice:
        result = presses.pressed(before, heard.choice, world)
    elif heard.text.strip():
        result = words.heard(before, heard.text, world)
    else:
        result = show(before, world) if before.greeted else start.greet(before, world)
    turn = result if isinstance(result, Turn) else proceed(result, world)
    return _finished(before, turn, heard, world)


def _speaking(state: State, heard: Heard, world: World) -> State:
    """The language known before a word is understood, and whether the greeting was shown."""
    if heard.greeted and not state.greeted:
        state = replace(state, greeted=True, step=Step.NEED, asked=1)
    if state.language:
        return state
    return replace(state, language=_spoken(heard.language_hint, world) or world.languages[0][0])


def _spoken(language: str, world: World) -> str:
    return language if language in dict(world.languages) else ""


def _finished(before: State, turn: Turn, heard: Heard, world: World) -> Turn:
    """The turn with the introduction where it is due, a way back, and its channel on what it counts."""
    replies = turn.replies if turn.state.greeted else (start.introduce(world), *turn.replies)
    if turn.replies[0].urgent:
        replies = turn.replies
    effects = tuple(
        RecordDemand(tuple(replace(entry, channel=heard.channel) for entry in effect.entries))
        if isinstance(effect, RecordDemand)
        else effect
        for effect in turn.effects
    )
    after = replace(turn.state, greeted=True, previous=_way_back(before, turn))
    return Turn(after, replies, effects)


def _way_back(before: State, turn: Turn) -> State | None:
    """Where "back" leads after this turn; a step that set it itself (by going back) knows best."""
    if any(isinstance(effect, Forget) for effect in turn.effects):
        return None
    if turn.state.previous is not before.previous or _same(before, turn.state):
        return turn.state.previous
    return _trimmed(before, BACK)


def _same(one: State, other: State) -> bool:
    """Whether "back" would lead from one to the other without anything to see."""
    return (one.step, one.needs, one.place, one.on_behalf, one.form, one.page) == (
        other.step,
        other.needs,
        other.place,
        other.on_behalf,
        other.form,
        other.page,
    )


def _trimmed(state: State, depth: int) -> State | None:
    """The state with at most ``depth`` states in its chain, itself counted."""
    if depth == 0:
        return None
    if state.previous is None:
        return state
    kept = _trimmed(state.previous, depth - 1)
    return state if kept is state.previous else replace(state, previous=kept)
