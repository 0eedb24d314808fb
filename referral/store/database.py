"""The engines and the one way to a transaction."""


class StoreUnavailable(Exception):
    """The database cannot be reached, is locked by somebody else, or has no room left.

    Nothing of the transaction has happened; it may be tried again. The message is a sentence for people.
    """

    code = "store_unavailable"


class Database:
    """An open database."""
