"""Everything that is read once, at start, and then only looked at; the directory alone is swapped."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from bot.labels import labels
from bot.turn import World
from bot.understand import Mind
from knowledge.load import load_atlas, load_catalog
from knowledge.model import Atlas, Catalog
from locales.catalogue import Catalogues
from locales.text import Text
from referral.directory.current import Current
from referral.directory.index import Directory
from referral.directory.starter import load_directory


@dataclass(frozen=True, slots=True)
class Known:
    """The needs, the places, the directory in use, the languages, and the mind that puts them to use."""

    catalog: Catalog
    atlas: Atlas
    current: Current
    catalogues: Catalogues
    mind: Mind

    @classmethod
    def load(cls, *, stored: bool = False) -> "Known":
        """Reads and checks the data files. Raises BadData.

        The directory is the one that ships with the program; an empty one where it is ``stored`` in a
        database, from which it is then read (``bot.stored``).
        """
        catalog, atlas = load_catalog(), load_atlas()
        return cls(
            catalog=catalog,
            atlas=atlas,
            current=Current.of(Directory.of((), atlas) if stored else load_directory(catalog, atlas)),
            catalogues=Catalogues.load(),
            mind=Mind.of(catalog, atlas),
        )

    @property
    def directory(self) -> Directory:
        """The directory that is in use now. Read it once for each question."""
        return self.current.directory

    def world(self, operator: Text) -> Callable[[datetime], World]:
        """The world at a moment, as the dialogue sees it."""
        names = tuple((code, self.catalogues.own_name(code)) for code in self.catalogues.languages)
        on_buttons = labels(self.catalogues, self.catalog)

        def at(now: datetime) -> World:
            return World(
                self.catalog, self.atlas, self.mind, self.directory, names, operator, now, on_buttons
            )

        return at
