"""Shall everything about this conversation be deleted? Asked once more, because it cannot be taken back."""

from dataclasses import replace

from bot.steps.buttons import RESTART
from bot.turn import Choice, Forget, Reply, State, Step, Turn, World
from locales.text import Text, say

YES = Choice("delete:yes", say("Yes, delete"))
NO = Choice("back", say("No, keep it"))


def ask(state: State, world: World, notes: tuple[Text, ...] = ()) -> Turn:
    """Asked once more before anything goes."""
    text = (*notes, say("Do you want me to delete everything about this conversation?"))
    return Turn(replace(state, step=Step.DELETE), (Reply(text, (YES, NO)),))


def done(state: State) -> Turn:
    """Everything of the conversation is gone; the language alone serves the goodbye."""
    text = (
        say("Everything about this conversation is deleted."),
        say("The monthly numbers stay. They cannot be traced to you."),
    )
    after = State(language=state.language, language_chosen=state.language_chosen)
    return Turn(replace(after, greeted=True), (Reply(text, (RESTART,)),), (Forget(),))
