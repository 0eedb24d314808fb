"""What digital support does not do: said kindly, with where to turn and what it can do instead."""

from dataclasses import replace

from bot.steps.buttons import ALWAYS, BACK, SHOW_ALL
from bot.turn import Choice, Reply, State, Step, Turn, World
from locales.text import Text, say
from referral.first_steps import FIRST_STEPS
from referral.lines import line

ADVICE_LINE = "advice-suomifi"

ANYWAY = Choice("need:generic_help", say("Find somebody who can advise me"))
COPIES = Choice("need:photos_files", say("Help with saving my photos and files"))
NEW_DEVICE = Choice("need:phone_setup", say("Help with setting up a new phone"))

REPAIR = FIRST_STEPS["device_repair"]
PURCHASE = FIRST_STEPS["device_purchase"]
OFF_TOPIC = (
    say("I can only help with digital matters: phones, computers, the internet and online services."),
    say("For other matters you can call the public services' advice line."),
)


def decline(state: State, kind: str, world: World, notes: tuple[Text, ...] = ()) -> Turn:
    """Why not here, and where instead. ``kind`` is "repair", "purchase" or "off_topic"."""
    after = replace(state, step=Step.NEED, needs=(), page=0, misses=0, offered=())
    if kind == "repair":
        return Turn(after, (_reply((*notes, *REPAIR), (COPIES, NEW_DEVICE, ANYWAY)),))
    if kind == "purchase":
        return Turn(after, (_reply((*notes, *PURCHASE), (ANYWAY, NEW_DEVICE)),))
    advice = line(world.directory, ADVICE_LINE, world.now)
    reply = _reply((*notes, *OFF_TOPIC), (SHOW_ALL,))
    return Turn(after, (replace(reply, offers=(advice,) if advice else ()),))


def _reply(text: tuple[Text, ...], choices: tuple[Choice, ...]) -> Reply:
    return Reply(text, (*choices, BACK, *ALWAYS))
