"""Which words led to what: the reasons that ``digituki understand --explain`` shows."""

from collections.abc import Iterator, Sequence

from knowledge.needs import FLOOR, Ranked
from knowledge.places import Found
from knowledge.rules import Fired
from knowledge.text import normal
from knowledge.whom import Likely


def reasons(
    text: str, fired: Sequence[Fired], whom: Likely, ranked: Sequence[Ranked], found: Sequence[Found]
) -> Iterator[tuple[str, str]]:
    """Each decision about ``text`` and the words that led to it: rules, for whom, needs, places."""
    for one in fired:
        yield one.means.replace(":", " "), one.words
    for trait in whom.why:
        yield "for whom", trait
    for need in ranked:
        if need.score >= FLOOR:
            yield f"need {need.id}", " ".join(need.words)
    whole = normal(text)
    for place in found:
        yield f"place {place.municipality or place.region}", whole[place.start : place.end].lower()
