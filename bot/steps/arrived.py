"""What arrives besides words and the buttons of a question: a picture, a group, a place to be pinned."""

from dataclasses import replace

from bot.steps.always import GO_ON
from bot.steps.buttons import ALWAYS
from bot.turn import Forget, Reply, State, Turn, World
from locales.text import say
from referral.lines import line


def unreadable(state: State, world: World) -> Turn:
    """A picture, a voice message, a contact card: what works instead. Nothing of it was looked at."""
    text = (
        say("I can only read text. I did not open what you sent, and I do not keep it."),
        say("Write with words what you need help with, or press a button."),
    )
    return Turn(state, (Reply(text, (GO_ON, *ALWAYS)),))


def privately(state: State, world: World) -> Turn:
    """One line for a group, of which nothing is remembered."""
    text = (
        say("I only talk in private, so that others do not see what you ask. Please write to me directly."),
    )
    return Turn(State(language=state.language, greeted=True), (Reply(text),), (Forget(),))


def where(state: State, value: str, world: World) -> Turn:
    """One offer again by itself, for a channel that can show it on a map."""
    found = line(world.directory, value, world.now)
    if found is None:
        gone = say("I no longer have that place. Nothing was changed.")
        return Turn(state, (Reply((gone,), (GO_ON, *ALWAYS)),))
    text = (say("Here is the place that you asked about."),)
    return Turn(state, (Reply(text, (GO_ON, *ALWAYS), (replace(found, reasons=()),)),))
