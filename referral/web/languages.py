"""Which language a page is in: as its address says, else as the browser prefers."""

from collections.abc import Sequence


def chosen(wanted: str, accepts: str, languages: Sequence[str]) -> str:
    """``wanted`` where it is one of ``languages``, else the best of an Accept-Language header, else the first.

    A tag ("fi-simple") and our own name for it ("fi@simple") mean the same.
    """
    by_tag = {tag(language).lower(): language for language in languages}
    for candidate in (wanted, *_preferred(accepts)):
        name = tag(candidate).lower()
        language = by_tag.get(name) or by_tag.get(name.partition("-")[0])
        if language:
            return language
    return languages[0]


def known(wanted: str, languages: Sequence[str]) -> str:
    """``wanted`` as one of ``languages``, "" where it is none of them."""
    return next((language for language in languages if tag(language).lower() == tag(wanted).lower()), "")


def tag(language: str) -> str:
    """The BCP 47 tag: "fi@simple" -> "fi-simple" (a registered variant: simplified form)."""
    return language.replace("@", "-")


def _preferred(accepts: str) -> list[str]:
    """The tags of an Accept-Language header, the most wanted first; what cannot be read is skipped."""
    weighed = []
    for part in accepts[:500].split(","):
        name, _, weight = part.strip().partition(";q=")
        try:
            weighed.append((float(weight or 1), name.strip()))
        except ValueError:
            continue
    return [name for weight, name in sorted(weighed, key=lambda pair: -pair[0]) if weight > 0]
