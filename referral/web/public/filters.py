"""What a reader has narrowed a list to; it stands in the address, and says nothing about a person."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from referral.card import LANGUAGES
from referral.directory.index import Directory
from referral.model import Form, Match
from referral.reasons import speaks

FORMS = {form.value: form for form in Form}


@dataclass(frozen=True, slots=True)
class Filters:
    """``form`` None is any; ``served_in`` is a key of ``LANGUAGES``, "" for any."""

    form: Form | None = None
    served_in: str = ""
    open_now: bool = False

    @classmethod
    def of(cls, query: Mapping[str, str]) -> "Filters":
        """What the query of an address says; unknown words are passed over."""
        spoken = query.get("service", "")
        return cls(
            FORMS.get(query.get("form", "")),
            spoken if spoken in LANGUAGES else "",
            query.get("open") == "now",
        )

    @property
    def query(self) -> str:
        """The query that says so, with its question mark; "" where nothing is narrowed."""
        words = {
            "form": self.form.value if self.form else "",
            "service": self.served_in,
            "open": "now" if self.open_now else "",
        }
        said = urlencode({name: word for name, word in words.items() if word})
        return f"?{said}" if said else ""

    def passes(self, found: Match, directory: Directory) -> bool:
        """Whether the offer is in the list. Where nobody has said which languages are served, the official
        ones of the place are expected. The form is asked of the matching itself."""
        if self.open_now and found.opening.state != "open":
            return False
        return not self.served_in or speaks(found.offer, frozenset({self.served_in}), directory)
