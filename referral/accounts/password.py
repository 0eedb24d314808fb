"""Which passwords are taken: long ones that are not the first to be guessed.

Length is what counts (NIST SP 800-63B, OWASP ASVS 5.0 chapter 6): no rules about capitals and digits,
no expiry, pasting welcome. The app's code stands beside it in any case.
"""

from enum import StrEnum

FEWEST = 12
"""Characters that a password has at least."""

MOST = 1000

_GUESSED = (
    *("password", "salasana", "lösenord", "losenord", "qwertyuiop", "asdfghjkl", "zxcvbnm", "qwerty", "asdf"),
    *("letmein", "welcome", "tervetuloa", "välkommen", "iloveyou", "digituki", "digistöd", "digistod"),
    *("koordinaattori", "coordinator", "koordinator", "administrator", "admin", "kesä", "talvi", "suomi"),
    *("perkele", "finland", "summer", "winter", "sommar", "vinter", "secret", "salainen", "changeme"),
)
"""What guessers begin with; a password must have something beside one of these and digits."""

_RUNS = ("0123456789012345678901234567890", "abcdefghijklmnopqrstuvwxyzåäöabcdef")
_ENOUGH = 8
"""Different from what is guessed, this many characters must be left."""


class Weakness(StrEnum):
    """Why a password is not taken."""

    SHORT = "short"
    LONG = "long"
    GUESSED = "guessed"


def weakness(password: str, email: str) -> Weakness | None:
    """What is wrong with ``password`` for the account of ``email``; None where nothing is."""
    if len(password) < FEWEST:
        return Weakness.SHORT
    if len(password) > MOST:
        return Weakness.LONG
    rest = password.casefold()
    own = [part for part in email.casefold().replace("@", ".").split(".") if len(part) > 2]
    for known in sorted((*_GUESSED, *own), key=len, reverse=True):
        rest = rest.replace(known, "")
    if len(rest) < _ENOUGH and len(rest.strip("0123456789!?.,-_ ")) < _ENOUGH // 2:
        return Weakness.GUESSED
    one_run = any(rest in run or rest[::-1] in run for run in _RUNS)
    return Weakness.GUESSED if len(set(rest)) < 5 or one_run else None
