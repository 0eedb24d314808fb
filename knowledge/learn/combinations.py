"""Messages made of the need files' own words: two needs at once, and a need as people ask for it.

Which goes with which is a matter of counting, so that it is the same every time.
"""

from collections.abc import Collection, Iterator

from knowledge.model import Catalog

FRAMES = {
    "en": ("I need help with {}", "please help my neighbour with {}", "can somebody help me, {}"),
    "fi": ("tarvitsen apua, {}", "äitini tarvitsee apua, {}", "kuka auttaisi, {}", "{}, apua kaivataan"),
    "se": ("dárbbašan veahki, {}", "gii sáhttá veahkehit, {}"),
    "sv": ("jag behöver hjälp med {}", "min mor behöver hjälp, {}", "vem kan hjälpa mig, {}"),
}
"""What people say around a need, in turn."""

STRIDE = 7919
"""How far apart the examples stand that are paired."""

ALONE_EVERY = 5
"""How seldom a frame is said alone; it shares no factor with the number of frames, so that each is."""

GENERAL = "generic_help"
"""The need of whoever only says that help is needed."""

Made = tuple[str, tuple[str, ...]]
"""A text, and the needs that it speaks of."""


def asked_for(catalog: Catalog, apart: Collection[str]) -> Iterator[Made]:
    """Each phrase of a need, but of those ``apart``, as help is asked with it, and now and then help alone:
    whoever says "help" wants help in general only where nothing else is said."""
    for id_ in sorted(catalog.needs.keys() - set(apart)):
        for language, frames in FRAMES.items():
            for number, phrase in enumerate(catalog.needs[id_].phrases.get(language, ())):
                frame = frames[number % len(frames)]
                yield frame.format(phrase), (id_,)
                if number % ALONE_EVERY == 0:
                    yield frame.format(""), (GENERAL,)


def pairs(catalog: Catalog, apart: Collection[str]) -> Iterator[Made]:
    """An example of one need followed by one of another, in the same language; those ``apart`` are asked alone."""
    for language in FRAMES:
        told = [
            (id_, text)
            for id_ in sorted(catalog.needs)
            if id_ not in apart
            for text in catalog.needs[id_].examples[language]
        ]
        for at, (id_, text) in enumerate(told):
            other, more = told[(at * STRIDE + len(told) // 2) % len(told)]
            if other != id_:
                yield f"{text} {more}", (id_, other)
