"""What may be told of an error in a log."""

import traceback
from pathlib import Path


def where(error: BaseException) -> dict[str, str]:
    """What may be told of ``error``: its type, and the last places in the program that it came through.

    Its message is not told, because it may quote what a person wrote.
    """
    frames = traceback.extract_tb(error.__traceback__)[-4:]
    places = (f"{_short(frame.filename)}:{frame.lineno} {frame.name}" for frame in reversed(frames))
    return {"error": type(error).__name__, "at": " < ".join(places)}


def _short(filename: str) -> str:
    return "/".join(Path(filename).parts[-2:])
