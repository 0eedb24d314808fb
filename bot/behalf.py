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
    if not {"dead", "told_by_worker"}.isdisjoint(parts):
        # A bereaved person's errand is their own, and so is what a doctor has told one to do.
        return False
    named = _somebody_named(frozenset(parts))
    if named is not None:
        return named
    if asked and len(words) <= WHO_WORDS:
        return _answered(words)
    return None


def _somebody_named(parts: frozenset[str]) -> bool | None:
    """What the naming of somebody tells: the first of these that is met, the surest first."""
    acts = "acts" in parts
    helper = not {"helper", "helper_young"}.isdisjoint(parts)
    if "oneself" in parts and not ("occupation" in parts and not acts):
        return False
    if "client" in parts:
        return True
    if not {"told", "other_sense"}.isdisjoint(parts):
        return False
    if "child" in parts and "helped" not in parts:
        # Day care and school are a parent's own errands.
        return False
    if "benefit" in parts:
        return True
    if "trouble" in parts:
        return not helper or ("helped" in parts and not acts)
    if helper or "towards" in parts:
        return False
    if "for" in parts:
        return True
    if not {"helped", "occupation"}.isdisjoint(parts):
        return not acts
    return None


def _answered(words: Sequence[str]) -> bool | None:
    if not OTHER.isdisjoint(words):
        return True
    return None if ME.isdisjoint(words) else False
