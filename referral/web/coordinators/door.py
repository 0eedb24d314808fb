"""What stands at the door: who compares passwords, who slows down those who guess, and the server's key."""

from dataclasses import dataclass

from referral.web.coordinators.gate import Gate
from referral.web.coordinators.hashing import Hashing
from referral.web.coordinators.secret import Secret


@dataclass(frozen=True, slots=True)
class Door:
    """One for each process."""

    hashing: Hashing
    gate: Gate
    secret: Secret
