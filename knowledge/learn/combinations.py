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

Made = tuple[str, tuple[str, ...]]
"""A text, and the needs that it speaks of."""


def asked_for(catalog: Catalog, apart: Collection[str]) -> Iterator[Made]:
    """Each phrase of a need, but of those ``apart``, as help is asked with it: whoever says "help" does not yet
    want help in general."""
    for id_ in sorted(catalog.needs.keys() - set(apart)):
        for language, frames in FRAMES.items():
            for number, phrase in enumerate(catalog.needs[id_].phrases.get(language, ())):
                yield frames[number % len(frames)].format(phrase), (id_,)


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
