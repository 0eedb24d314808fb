"""The one language that a publication speaks: HSDS and its like hold a single language a feed."""

from dataclasses import dataclass

from knowledge.model import Names
from locales.catalogue import Catalogues
from locales.text import Text


@dataclass(frozen=True, slots=True)
class Voice:
    """``language`` is one of ``catalogues``; what has no words in it is said in Finnish."""

    language: str
    catalogues: Catalogues

    @property
    def code(self) -> str:
        """ISO 639-1, whatever the variant: "fi@simple" is "fi"."""
        return self.language.partition("@")[0]

    def named(self, names: Names) -> str:
        """The words for this language, "" where there are none in any."""
        return self.catalogues.named(names, self.language)

    def other(self, names: Names) -> str:
        """The Finnish words, where this language has others; "" where it has not."""
        finnish = names.get("fi", "")
        return finnish if finnish != self.named(names) else ""

    def say(self, text: Text) -> str:
        """A sentence of our own."""
        return self.catalogues.say(text, self.language)
