"""An answer in pages of three: short enough to read, and never without a remote option.

The first page gives one place to each authority whose own advice comes first, two at most. What room is
left shows somebody near and somebody to call, because in-person help may be far, full or closed.
"""

from collections.abc import Iterator, Sequence

from referral.model import Answer, Form, Match

PAGE_SIZE = 3
MOST_AUTHORITIES = 2


def pages(answer: Answer) -> Iterator[tuple[Match, ...]]:
    """The matches, authorities first, three to a page; none where nothing was found."""
    lead = _one_each(answer.first_contact)
    left = _without((*answer.matches, *answer.first_contact), lead)
    page = (*lead, *_with_remote(left, PAGE_SIZE - len(lead), lead))
    while page:
        yield page
        left = _without(left, page)
        page = _with_remote(left, PAGE_SIZE, ())


def _without(matches: Sequence[Match], taken: Sequence[Match]) -> list[Match]:
    gone = {match.offer.id for match in taken}
    return [match for match in matches if match.offer.id not in gone]


def _one_each(lines: Sequence[Match]) -> tuple[Match, ...]:
    """The best line of each authority."""
    best: dict[str, Match] = {}
    for match in lines:
        best.setdefault(match.offer.authority, match)
    return tuple(best.values())[:MOST_AUTHORITIES]


def _with_remote(matches: Sequence[Match], room: int, lead: tuple[Match, ...]) -> tuple[Match, ...]:
    """The best ``room`` of ``matches``; the last of them gives way to the best remote one if neither
    they nor ``lead`` have one, or if there is room for both near and remote."""
    taken = tuple(matches[:room])
    if any(_is_remote(match) for match in taken) or (room == 1 and any(map(_is_remote, lead))):
        return taken
    remote = next(filter(_is_remote, matches[room:]), None)
    return (*taken[: room - 1], remote) if remote else taken


def _is_remote(match: Match) -> bool:
    return match.offer.form is Form.REMOTE
