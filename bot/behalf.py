"""For whom is help asked? The rules of ``data/rules/6_people.toml`` say who is named, and in what part."""

from collections.abc import Collection, Sequence

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

WHO_WORDS = 4
"""A longer answer to "for whom?" is read like any other message."""


def on_behalf(parts: Collection[str], words: Sequence[str] = (), asked: bool = False) -> bool | None:
    """True for another person, False for oneself, None where the words do not tell.

    ``parts`` are the rules met ("client", "helped", "trouble", "helper", …). ``asked`` says that the
    question was just put: then "me" alone is an answer.
    """
    if "dead" in parts:
        # A bereaved person's errand is their own.
        return False
    if "told_by_worker" in parts:
        return False
    if "client" in parts:
        return True
    if "told" in parts:
        return False
    helper = not {"helper", "helper_young"}.isdisjoint(parts)
    if "trouble" in parts:
        return "helped" in parts or not helper
    if helper or "towards" in parts:
        return False
    if "helped" in parts:
        return True
    if asked and len(words) <= WHO_WORDS:
        return _answered(words)
    return None


def _answered(words: Sequence[str]) -> bool | None:
    if not OTHER.isdisjoint(words):
        return True
    return None if ME.isdisjoint(words) else False
