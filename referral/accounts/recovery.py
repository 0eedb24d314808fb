"""Recovery codes: ten that open once each, for whoever has lost the phone with the app.

A code is ten letters and digits that cannot be mixed up (Crockford's base 32, 50 bits), written in two
groups: "7K3QH-M2XTE".
"""

import re

CODES = 10
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LETTERS = 10
_MISREAD = str.maketrans({"O": "0", "I": "1", "L": "1"})


def written(letters: str) -> str:
    """A code as it is shown."""
    return f"{letters[:5]}-{letters[5:]}"


def plain(typed: str) -> str:
    """The letters of a code as somebody typed it; "" for what cannot be one.

    Small letters, spaces and dashes do not matter, and O is read as 0, I and L as 1.
    """
    letters = re.sub(r"[\s\-–]", "", typed[:40]).upper().translate(_MISREAD)
    return letters if re.fullmatch(f"[{ALPHABET}]{{{LETTERS}}}", letters) else ""
