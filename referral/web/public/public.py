"""What the public pages are made from."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from knowledge.model import Atlas, Catalog
from knowledge.slugs import Slugs
from locales.catalogue import Catalogues
from locales.text import Text
from referral.directory.current import Current
from referral.web.addresses import HELP, HELPER, Addresses
from referral.web.languages import tag
from referral.web.public.sought import Seek


@dataclass(frozen=True, slots=True)
class Public:
    """Made once, when the server opens. ``seek`` understands what people write; ``now`` is the clock."""

    catalog: Catalog
    atlas: Atlas
    catalogues: Catalogues
    current: Current
    slugs: Slugs
    addresses: Addresses
    seek: Seek
    now: Callable[[], datetime]

    @classmethod
    def of(
        cls,
        catalog: Catalog,
        atlas: Atlas,
        catalogues: Catalogues,
        current: Current,
        seek: Seek,
        now: Callable[[], datetime],
    ) -> "Public":
        """The same, with the addresses that follow from it."""
        slugs = Slugs(atlas, catalog, catalogues.languages)
        return cls(catalog, atlas, catalogues, current, slugs, Addresses(catalogues), seek, now)

    def help(self, language: str, municipality: str = "", need: str = "") -> str:
        """The address of the help in a municipality, with a need, with both, or of the lists of all."""
        return self.addresses.of(
            HELP,
            language,
            self.slugs.municipality(municipality, language) if municipality else "",
            self.slugs.need(need, language) if need else "",
        )

    def helper(self, language: str, word: str) -> str:
        """The address of a helper's page."""
        return self.addresses.of(HELPER, language, word)

    def talk(self, language: str, municipality: str = "", need: str = "") -> str:
        """The address of the conversation, begun with what is known."""
        parts = (f"m-{municipality}" if municipality else "", f"n-{need.replace('_', '-')}" if need else "")
        start = "_".join(filter(None, parts))
        return f"/?language={tag(language)}" + (f"&start={start}" if start else "")

    def say(self, text: Text, language: str) -> str:
        """``text`` in ``language``."""
        return self.catalogues.say(text, language)
