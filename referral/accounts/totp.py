"""The six digits of an authenticator app (TOTP, RFC 6238), each of which opens once.

A step is 30 seconds, counted from 1970. The code of the step before and after is taken too, because
clocks differ and typing takes time. Whoever stores the step that was used refuses it and all before.
"""

import hmac
import re

from pyotp import TOTP

STEP = 30
_NEIGHBOURS = (0, -1, 1)
SECRET = re.compile(r"[A-Z2-7]{32}")
"""A secret as we make it: 160 bits in base32 (RFC 4226 asks for at least 128)."""


def accepted(secret: str, typed: str, now: int, last: int) -> int | None:
    """The step that ``typed`` is the code of, if it may still be used; None for a wrong or a used code.

    ``now`` is seconds since 1970, ``last`` the newest step that was used, 0 where none was. Spaces in
    ``typed`` do not matter.
    """
    code = "".join(typed.split())
    if not re.fullmatch(r"[0-9]{6}", code):
        return None
    app = TOTP(secret)
    steps = [max(0, now // STEP + neighbour) for neighbour in _NEIGHBOURS]
    # Every code is compared, so that the time taken does not tell which one was near.
    found = [step for step in steps if hmac.compare_digest(app.generate_otp(step), code)]
    return next((step for step in found if step > last), None)


def address(secret: str, email: str, issuer: str) -> str:
    """What the QR code says: the otpauth address that apps read."""
    return TOTP(secret).provisioning_uri(name=email, issuer_name=issuer)


def in_groups(secret: str) -> str:
    """The secret as it can be typed: four characters at a time."""
    return " ".join(secret[start : start + 4] for start in range(0, len(secret), 4))
