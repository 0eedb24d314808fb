"""Which offers are looked at for a request: of every kind the nearest, and the surest without a place.

They are chosen by distance alone, or by sureness and date alone, so that an offer that improves can only
push others out. There is no radius: the nearest may be far.
"""

from referral.directory.index import Directory, Kind
from referral.directory.tree import Near
from referral.model import Form
from referral.seeker import Seeker

MOST = {
    Kind.IN_PERSON: 8,
    Kind.TRAINING: 3,
    Kind.REMOTE: 4,
    Kind.POINTER: 2,
    Kind.LIST: 2,
    Kind.CONTACT: 8,
}
"""How many of a kind are ranked, with and again without a place: enough for the pages that anybody reads."""

FORMS = {Kind.IN_PERSON: Form.IN_PERSON, Kind.REMOTE: Form.REMOTE, Kind.TRAINING: Form.TRAINING}
"""The kinds that are of one form; the others are searched whatever form was asked for."""

OWN = {Kind.IN_PERSON: 3, Kind.POINTER: 2}
"""How many of one's own municipality are ranked besides, where all the nearest lie beyond its border."""

SPEAKING = 2
"""How many of those without a place are ranked besides because they are known to serve in one's language."""

Candidates = dict[int, tuple[Kind, float | None]]
"""By row: its kind, and its product with the standpoint (None where it has no distance)."""


def candidates(who: Seeker, directory: Directory) -> Candidates:
    """The offers that may be shown to ``who``, in no order."""
    found: Candidates = {}
    for only_supporters in (False, True) if who.request.audience == "supporters" else (False,):
        for need in who.request.needs:
            _add(need, only_supporters, who, directory, found)
    return found


def _add(need: str, only_supporters: bool, who: Seeker, directory: Directory, found: Candidates) -> None:
    """Adds the candidates of one need: of every kind the nearest, and the surest without a place."""
    home, form, stand = who.home, who.request.form, who.stand
    near: dict[Kind, list[Near]] = {}
    listed: dict[Kind, list[int]] = {}
    spoken: dict[Kind, list[int]] = {}
    for scope in ("", f"r{home.region}", f"m{home.code}") if home else ("",):
        for kind, shelf in directory.shelves(need, (scope, only_supporters)):
            if form is None or FORMS.get(kind, form) is form:
                if stand and shelf.tree:
                    near.setdefault(kind, []).extend(shelf.tree.nearest(stand, MOST[kind], who.moment))
                if shelf.listed:
                    listed.setdefault(kind, []).extend(shelf.first(MOST[kind], who.moment))
                    for language in who.request.languages:
                        speaking = shelf.first(SPEAKING, who.moment, language)
                        spoken.setdefault(kind, []).extend(speaking)
    for surest in (listed, spoken):
        for kind, rows in surest.items():
            # Rows are numbered the surest first.
            for row in sorted(rows)[: MOST[kind] if surest is listed else SPEAKING]:
                found[row] = kind, None
    for kind, places in near.items():
        places.sort()
        del places[MOST[kind] :]
        if (
            kind in OWN
            and home
            and not any(directory.rows[row].municipality == home.code for _, row in places)
        ):
            places += _own(need, kind, only_supporters, who, directory)
        for along, row in places:
            found[row] = kind, -along


def _own(need: str, kind: Kind, only_supporters: bool, who: Seeker, directory: Directory) -> list[Near]:
    """The nearest places in one's own municipality."""
    if who.home is None or who.stand is None:
        return []
    for there, shelf in directory.shelves(need, (f"@{who.home.code}", only_supporters)):
        if there is kind and shelf.tree:
            return shelf.tree.nearest(who.stand, OWN[kind], who.moment)
    return []
