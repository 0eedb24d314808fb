"""What cannot wait: what to do right now comes first, then who helps.

An emergency says 112 and nothing that distracts. Numbers come from the directory's own urgent lines,
never from here; a bank's number is never given, because only the card and the bank's own page can be
trusted with it. The order for scam victims (bank, police, support) is the police's advice.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from bot.steps.buttons import ALWAYS, BACK, HUMAN
from bot.turn import Choice, Reply, State, Step, Turn, World
from bot.understand import Urgency
from locales.text import Text, say
from referral.first_steps import FIRST_STEPS
from referral.lines import line

EXIT = Choice("exit", say("Leave this page now"), url="https://www.ilmatieteenlaitos.fi/")
"""A weather page: nothing about it tells what was read before."""

ALREADY = Choice("need:scam_victim", say("I have already given my codes or money"))
NO_EMERGENCY = Choice("back", say("This is not an emergency"))
NEAR_ME = Choice("urgent:help", say("Find help near me"))

CRISIS_LINE = "urgent-crisis-{language}"


@dataclass(frozen=True, slots=True)
class Advice:
    """What is said, the urgent lines that are shown (ids of the directory), and the buttons."""

    text: tuple[Text, ...]
    lines: tuple[str, ...]
    choices: tuple[Choice, ...]


ADVICE: Mapping[Urgency, Advice] = {
    Urgency.EMERGENCY: Advice(
        FIRST_STEPS["emergency"],
        ("urgent-112",),
        (NO_EMERGENCY, HUMAN),
    ),
    Urgency.SUICIDE: Advice(
        (
            say("If you or somebody else is in danger now, call 112."),
            say(
                "You do not have to be alone with this. The crisis line listens. You need not give your name."
            ),
        ),
        ("urgent-112", CRISIS_LINE),
        (NO_EMERGENCY, HUMAN),
    ),
    Urgency.VIOLENCE: Advice(
        (
            say("If you are in danger now, call 112."),
            say("Nollalinja helps people who meet violence or control at home. It is free, day and night."),
            say("The other person may see that you have visited this page. You can leave it at once."),
        ),
        ("urgent-112", "urgent-violence"),
        (EXIT, NO_EMERGENCY, HUMAN),
    ),
    Urgency.SCAM_VICTIM: Advice(
        FIRST_STEPS["scam_victim"],
        ("urgent-bank", "urgent-police", "urgent-victims"),
        (NEAR_ME, BACK, *ALWAYS),
    ),
    Urgency.SCAM_SUSPECT: Advice(
        (
            *FIRST_STEPS["scam_suspect"],
            say("If you have already given your codes or money, press the button below."),
        ),
        ("urgent-bank", "urgent-police"),
        (ALREADY, NEAR_ME, BACK, *ALWAYS),
    ),
    Urgency.ACCOUNT_HACKED: Advice(
        FIRST_STEPS["account_hacked"],
        ("urgent-bank", "urgent-police", "urgent-victims"),
        (NEAR_ME, BACK, *ALWAYS),
    ),
    Urgency.LOST_PHONE: Advice(
        FIRST_STEPS["lost_phone"],
        ("urgent-bank", "urgent-police"),
        (NEAR_ME, BACK, *ALWAYS),
    ),
}

OF_NEED = {
    "emergency": Urgency.EMERGENCY,
    "scam_victim": Urgency.SCAM_VICTIM,
    "scam_suspect": Urgency.SCAM_SUSPECT,
    "account_hacked": Urgency.ACCOUNT_HACKED,
    "lost_phone": Urgency.LOST_PHONE,
}
"""The urgent needs that can be chosen by a button."""


def advise(state: State, urgency: Urgency, world: World, notes: tuple[Text, ...] = ()) -> Turn:
    """What to do now, and the lines that help."""
    advice = ADVICE[urgency]
    found = (line(world.directory, _line_id(key, state), world.now) for key in advice.lines)
    offers = tuple(match for match in found if match is not None)
    reply = Reply((*advice.text, *notes), advice.choices, offers, urgent=True)
    needs = tuple(need for need, kind in OF_NEED.items() if kind is urgency and need != "emergency")
    after = replace(state, step=Step.URGENT, needs=needs or state.needs, page=0, misses=0, offered=())
    return Turn(after, (reply,))


def _line_id(key: str, state: State) -> str:
    """The crisis line of the person's language; the Finnish one where there is none."""
    language = state.language.partition("@")[0]
    return key.format(language=language if language in ("fi", "sv", "en") else "fi")
