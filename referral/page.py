"""An answer in pages of three: short enough to read, and never without a remote option.

The first page gives room to the authority whose own advice comes first. Every page keeps one place
for remote help while some is left, because in-person help may be far, full or closed.
"""

from referral.model import Answer, Form, Match

PAGE_SIZE = 3
MOST_AUTHORITIES = 2


def pages(answer: Answer) -> tuple[tuple[Match, ...], ...]:
    """The matches, authority first, three to a page; () where nothing was found."""
    first = answer.first_contact[:MOST_AUTHORITIES]
    left = [match for match in answer.matches if match not in first]
    result = []
    while left or first:
        room = PAGE_SIZE - len(first)
        taken = _with_remote(left, room)
        result.append((*first, *taken))
        left = [match for match in left if match not in taken]
        first = ()
    return tuple(result)


def _with_remote(matches: list[Match], room: int) -> tuple[Match, ...]:
    """The best ``room`` of ``matches``; the last gives way to the best remote one if none is among them."""
    taken = matches[:room]
    if any(match.offer.form is Form.REMOTE for match in taken):
        return tuple(taken)
    remote = next((match for match in matches[room:] if match.offer.form is Form.REMOTE), None)
    return (*taken[: room - 1], remote) if remote and taken else tuple(taken)
