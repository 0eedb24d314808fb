"""Buttons that more than one step shows. A key says everything that it does, so that an old button
means the same whenever it is pressed."""

from bot.turn import Choice
from knowledge.model import Need
from locales.text import as_written, say

BACK = Choice("back", say("Back"))
HELP = Choice("help", say("Help and settings"))
HUMAN = Choice("human", say("Talk to a person"))
RESTART = Choice("restart", say("Start again"))
LANGUAGE = Choice("language", say("Change the language"))
STORED = Choice("stored", say("What is stored about me"))
DELETE = Choice("delete", say("Delete my data"))
NEED_LIST = Choice("need:list", say("Choose from a list"))
SHOW_ALL = Choice("need:list", say("Show what you can help with"))
ANOTHER_PLACE = Choice("place:change", say("Another place"))
FOR_ANOTHER = Choice("who:other", say("I am asking for somebody else"))

ALWAYS = (HUMAN, HELP)
"""What every message ends with: a way to a person, and a way to everything else."""


def titled(need: Need) -> Choice:
    """The button that chooses ``need``."""
    return Choice(f"need:{need.id}", say("{title}", title=need.titles))


def named(key: str, name: str) -> Choice:
    """A button whose words are a name, the same in every language."""
    return Choice(key, as_written(name))
