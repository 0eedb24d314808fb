"""What a heard thing leads to, before anything is stored: the dialogue's answer, and what to keep.

Nothing here touches the database, and nothing here raises: whatever goes wrong in the dialogue, the
person gets a kind sentence, what was remembered stays, and a line in the log says where it was.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

import structlog

from bot.counting import Counted, count
from bot.memory import read, write
from bot.said import Said, SaidReply
from bot.steps.buttons import HUMAN, RESTART
from bot.turn import Effect, Forget, Heard, Reply, State, Turn, World
from knowledge.model import Atlas, Catalog
from locales.text import say
from referral.demand.counters import Codes, Increment
from referral.fault import where
from referral.store.conversations import Conversation

StepFunction = Callable[[State, Heard, World], Turn]
RenderFunction = Callable[[tuple[Reply, ...], str, datetime], Said]

FIRST_LANGUAGE = "fi"
"""The language of an answer when nothing is known of the person's."""

APOLOGY = Reply(
    (
        say("Something went wrong here, and I could not answer. It was not your fault."),
        say("Please write it again. If that does not help, start again or talk to a person."),
    ),
    (RESTART, HUMAN),
)

_LOG = structlog.get_logger("digituki.dialogue")


@dataclass(frozen=True, slots=True)
class Reaction:
    """What to say, what to remember and what to count. ``outcome`` is a word for the metrics:
    "answered", "forgotten" (then nothing is remembered) or "fault"."""

    outcome: str
    said: Said
    after: Conversation
    increments: tuple[Increment, ...] = ()


class Dialogue:
    """The pure parts of a conversation, put together: step, render, and the world at a moment."""

    def __init__(
        self, step: StepFunction, render: RenderFunction, world: Callable[[datetime], World]
    ) -> None:
        self._step = step
        self._render = render
        self._world = world
        self._made: tuple[Catalog, Atlas, Codes] | None = None

    def react(self, heard: Heard, before: Conversation, now: datetime) -> Reaction:
        """What ``heard`` leads to in the conversation as it was ``before``. Never raises."""
        state = read(State, before.state) or State()
        after = replace(before, turns=before.turns + 1)
        try:
            world = self._world(now)
            turn = self._step(state, heard, world)
            said = self._say(turn.replies, turn.state.language or heard.language_hint, now)
            increments, counted = _count(turn.effects, before, world, self._codes(world))
        except Exception as error:
            # Whatever the fault, the person is answered and keeps what was remembered.
            _LOG.error("fault in the dialogue", channel=heard.channel, **where(error))
            return Reaction(
                "fault", self.apology(state.language or heard.language_hint, now), _after_fault(after, state)
            )
        return Reaction(
            "forgotten" if any(isinstance(effect, Forget) for effect in turn.effects) else "answered",
            said,
            replace(
                after,
                state=write(replace(turn.state, counted=counted.needs)),
                counted=counted.needs,
                helped=counted.helped,
                misses=counted.misses,
                faults=0,
            ),
            increments,
        )

    def apology(self, language: str, now: datetime) -> Said:
        """A kind sentence for when there is no answer. Never raises."""
        for tried in (language, FIRST_LANGUAGE):
            try:
                return self._say((APOLOGY,), tried, now)
            except Exception as error:
                # Even the words of the apology may be what is broken.
                _LOG.error("fault in the apology", **where(error))
        return Said("en", (SaidReply("\n\n".join(text.msgid for text in APOLOGY.text)),))

    def _codes(self, world: World) -> Codes:
        """Made once and not for every answer: there are 308 municipalities."""
        made = self._made
        if made is None or made[0] is not world.catalog or made[1] is not world.atlas:
            codes = Codes(
                group_of={need.id: need.group for need in world.catalog.needs.values()},
                region_of={place.code: place.region for place in world.atlas.municipalities.values()},
            )
            made = self._made = (world.catalog, world.atlas, codes)
        return made[2]

    def _say(self, replies: tuple[Reply, ...], language: str, now: datetime) -> Said:
        said = self._render(replies, language or FIRST_LANGUAGE, now)
        if not said.replies:
            raise LookupError("nothing was said")
        return said


def _count(
    effects: tuple[Effect, ...], before: Conversation, world: World, codes: Codes
) -> tuple[tuple[Increment, ...], Counted]:
    already = Counted(before.counted, before.helped, before.misses)
    if not effects:
        return (), already
    return count(effects, already, world.now.date(), codes)


def _after_fault(after: Conversation, state: State) -> Conversation:
    """The conversation stays as it was; a second fault in a row begins it anew, because the same state
    would lead to the same fault for ever."""
    if after.faults == 0:
        return replace(after, faults=1)
    return replace(after, state=write(State(language=state.language)), faults=0)
