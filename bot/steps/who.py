"""For whom is the help? Asked only when buttons chose the need: words tell it themselves."""

from dataclasses import replace

from bot.steps.buttons import ALWAYS, BACK
from bot.turn import Choice, Filled, Reply, State, Step, Turn, World
from bot.understand import Command, Understanding
from locales.text import Text, say

CHOICES = (Choice("who:me", say("For me")), Choice("who:other", say("For somebody else")))


def ask(state: State, world: World, notes: tuple[Text, ...] = ()) -> Turn:
    """The question, with its two buttons."""
    reply = Reply((*notes, say("For whom is the help?")), (*CHOICES, BACK, *ALWAYS))
    return Turn(replace(state, step=Step.WHO), (reply,))


def fill(state: State, meant: Understanding, world: World) -> Filled:
    """Who was meant; the person themselves where the words do not tell."""
    for_another = meant.on_behalf or meant.command is Command.NO
    return Filled(replace(state, on_behalf=for_another))


def pressed(state: State, value: str, world: World) -> Filled:
    """ "me" or "other". The place belonged to the person meant before, so it is asked again."""
    for_another = value == "other"
    moved = state.on_behalf is not None and state.on_behalf != for_another
    return Filled(replace(state, on_behalf=for_another, place=None if moved else state.place, page=0))
