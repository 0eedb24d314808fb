"""For whom is help asked? The rules of ``data/rules/6_people.toml`` say who is named, and in what part; how
likely it is somebody else is weighed with everything else that is said (``knowledge.whom``)."""

from collections.abc import Collection, Sequence

from knowledge.whom import rules_say

ME = frozenset(
    {
        *(
            "mina",
            "mie",
            "mulle",
            "minulle",
            "itse",
            "itselle",
            "itselleni",
            "ite",
            "itelle",
            "itelleni",
            "omaan",
        ),
        *("minua", "mua", "oma", "meille", "mig", "jag", "sjalv", "egen", "me", "myself", "mine"),
        *("munnje", "mun", "iezan", "alccesan"),
    }
)
OTHER = frozenset(
    {
        *("toiselle", "toisen", "muulle", "jollekin", "jollekulle", "annan", "another", "other"),
        *("somebody", "someone", "else", "eara", "nubbai"),
    }
)

CERTAIN = frozenset({"other_sense", "told_by_worker"})
"""Where the rules are not outweighed: "mother tongue" is nobody's mother."""

LEFT = frozenset({"widowed", "client"})
"""Who may be helped after a death; any other bereaved person's errand is their own."""

WHO_WORDS = 4
"""A longer answer to "for whom?" is read like any other message."""


def on_behalf(
    parts: Collection[str], words: Sequence[str] = (), asked: bool = False, likely: float | None = None
) -> bool | None:
    """True for another person, False for oneself, None where the words do not tell.

    ``parts`` are the rules met ("client", "helped", "trouble", "helper", …). ``asked`` says that the
    question was just put: then "me" alone is an answer. ``likely`` is above zero where it is likelier
    another person than not; without it the rules speak alone.
    """
    if "stands_in" in parts:
        return True
    named = rules_say(frozenset(parts))
    if asked and len(words) <= WHO_WORDS:
        return _answered(words) if named is None else named
    if likely is None or not CERTAIN.isdisjoint(parts) or ("dead" in parts and LEFT.isdisjoint(parts)):
        return named
    return True if likely > 0 else None if named is None else False


def _answered(words: Sequence[str]) -> bool | None:
    if not OTHER.isdisjoint(words):
        return True
    return None if ME.isdisjoint(words) else False
