"""The first words: who is speaking, what it can do, what not to write, and in which language."""

from dataclasses import replace

from bot.steps.buttons import FOR_ANOTHER, HUMAN, NEED_LIST, named
from bot.turn import Choice, Reply, State, Step, Turn, World
from locales.text import Text, say

INTRODUCTION = say("Hello. I am an automatic service. I find people who help with digital matters, near you.")
NO_SECRETS = say("Please do not write your personal identity code, bank codes or passwords here.")
QUESTION = say("What do you need help with?")


def greet(state: State, world: World) -> Turn:
    """The whole greeting, with the languages and the first question."""
    greeting = Reply(
        (INTRODUCTION, _run_by(world), NO_SECRETS),
        languages(world),
    )
    question = Reply(
        (
            QUESTION,
            say("Write in your own words, and say where you live. Or choose from a list."),
            say("For example: the bank codes do not work on my phone, I live in Sodankylä."),
        ),
        (NEED_LIST, FOR_ANOTHER, HUMAN, Choice("help", say("Help and settings"))),
    )
    return Turn(replace(state, step=Step.NEED, greeted=True, asked=1), (greeting, question))


def introduce(world: World) -> Reply:
    """The same in short, for a person who has begun by saying what they need."""
    return Reply((say("I am an automatic service."), _run_by(world), NO_SECRETS), languages(world))


def _run_by(world: World) -> Text:
    return say("Run by: {operator}", operator=world.operator)


def languages(world: World) -> tuple[Choice, ...]:
    """A button for each language, by its own name."""
    return tuple(named(f"language:{code}", name) for code, name in world.languages)
