"""What the coordinators' pages work with; made once, when the server opens."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from knowledge.model import Atlas, Catalog
from locales.catalogue import Catalogues
from referral.directory.current import Current
from referral.store.database import Database
from referral.web.coordinators.door import Door


@dataclass(frozen=True, slots=True)
class Office:
    """``catalogues`` are those of citizens and coordinators together; ``clock`` gives this moment in
    Helsinki; ``door`` is what looks at passwords."""

    database: Database
    current: Current
    catalog: Catalog
    atlas: Atlas
    catalogues: Catalogues
    clock: Callable[[], datetime]
    door: Door

    def today(self) -> date:
        """This day in Helsinki."""
        return self.clock().date()

    def now(self) -> int:
        """Whole seconds since 1970."""
        return int(self.clock().timestamp())
