"""A link from a poster or from a relative: what is known before a word is said.

The words of a link ("m-698_l-sv_n-kela") are codes of ours, parted by ``_``; Telegram takes at most 64
characters of A-Z, a-z, 0-9, ``_`` and ``-``. ``m`` is a municipality, ``r`` a region, ``l`` a language,
``n`` a need, ``o`` whom it is for (``me`` or ``other``). What is not known is passed over: an old poster
must never lead nowhere.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.turn import PlaceChoice, State, Step, World

MOST_CHARACTERS = 64
WHOM = {"me": False, "other": True}


@dataclass(frozen=True, slots=True)
class Link:
    """What a link says; "" and None where it does not say. Codes and ids, unchecked."""

    municipality: str = ""
    region: str = ""
    language: str = ""
    need: str = ""
    on_behalf: bool | None = None


def payload(link: Link) -> str:
    """The words of the link, ``read``'s opposite. Raises ValueError where they would be too long."""
    whom = {on_behalf: word for word, on_behalf in WHOM.items()}
    parts = {
        "m": link.municipality,
        "r": link.region,
        "l": link.language.replace("@", "-"),
        "n": link.need.replace("_", "-"),
        "o": whom[link.on_behalf] if link.on_behalf is not None else "",
    }
    words = "_".join(f"{letter}-{value}" for letter, value in parts.items() if value)
    if len(words) > MOST_CHARACTERS:
        raise ValueError(f"the link would have {len(words)} characters, {MOST_CHARACTERS} are possible")
    return words


def read(words: str) -> Link:
    """What ``words`` say; of what cannot be read nothing."""
    parts: Mapping[str, str] = {part[:1]: part[2:] for part in words.split("_") if part[1:2] == "-"}
    return Link(
        municipality=parts.get("m", ""),
        region=parts.get("r", ""),
        language=parts.get("l", "").replace("-", "@"),
        need=parts.get("n", "").replace("-", "_"),
        on_behalf=WHOM.get(parts.get("o", "")),
    )


def begun(state: State, link: Link, world: World) -> State:
    """The conversation begun anew, with what the link says of the language, the place and for whom."""
    spoken = link.language in dict(world.languages)
    known = link.municipality in world.atlas.municipalities
    return State(
        step=Step.NEED,
        language=link.language if spoken else state.language,
        language_chosen=state.language_chosen or spoken,
        counted=state.counted,
        place=PlaceChoice(link.municipality) if known else None,
        region=link.region if link.region in world.atlas.regions and not known else "",
        on_behalf=link.on_behalf,
        asked=1,
    )
