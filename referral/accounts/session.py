"""How long somebody stays signed in. All times are seconds since 1970."""

IDLE = 30 * 60
"""Seconds without a page after which a session is over."""

ABSOLUTE = 8 * 60 * 60
"""Seconds after which a session is over in any case: one working day."""

NOTED = 60
"""Seconds for which a session that was seen is not noted again, so that reading does not always write."""


def is_over(started: int, seen: int, now: int) -> bool:
    """Whether a session that began at ``started`` and was last seen at ``seen`` has ended by ``now``."""
    return now - seen >= IDLE or now - started >= ABSOLUTE
