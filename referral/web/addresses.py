"""The addresses of the public pages: words of the page's own language, made from the catalogues.

"/sv/hjalp/vasa/bankkoder": the language, what kind of page it is, and what it is about. The words of
other languages lead to the same page, so that an address still works when only its language is changed.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from knowledge.slugs import slug
from locales.catalogue import Catalogues
from locales.text import Text, say
from referral.web.languages import tag

HELP = say("help")
HELPER = say("helper")
JOIN = say("join")
SOURCES = say("sources")
"""The kinds of pages, by the word that stands in their addresses."""


@dataclass(frozen=True, slots=True)
class Addresses:
    """Makes addresses in every language of the catalogues."""

    catalogues: Catalogues

    def of(self, kind: Text, language: str, *parts: str) -> str:
        """The address of a page of ``kind``; ``parts`` are slugs, empty ones are left out."""
        word = slug(self.catalogues.say(kind, language))
        return "/".join(("", tag(language), word, *filter(None, parts)))

    def spellings(self, kind: Text) -> Iterator[tuple[str, str]]:
        """Each language with every path at which its page of ``kind`` may be asked for, the right one first."""
        languages = self.catalogues.languages
        for language in languages:
            words = (slug(self.catalogues.say(kind, one)) for one in (language, *languages))
            for word in dict.fromkeys(words):
                yield language, f"/{tag(language)}/{word}"
