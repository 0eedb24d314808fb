"""The text size and colours that a page is shown in; sent with the form, kept nowhere on the server."""

from collections.abc import Mapping
from dataclasses import dataclass

from referral.web import words


@dataclass(frozen=True, slots=True)
class Display:
    """Keys of ``words.SIZES`` and ``words.SCHEMES``."""

    size: str = "normal"
    colours: str = "device"

    @classmethod
    def of(cls, fields: Mapping[str, object]) -> "Display":
        """What the form says; the usual where it says nothing that we know."""
        size, colours = fields.get("size"), fields.get("colours")
        return cls(
            size if isinstance(size, str) and size in words.SIZES else "normal",
            colours if isinstance(colours, str) and colours in words.SCHEMES else "device",
        )
