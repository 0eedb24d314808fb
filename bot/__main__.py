"""The command ``digituki``, also as ``python -m bot``."""

import gc
import sys

# What a start makes is kept for good. Looking for garbage in it again and again would take a fifth of
# the time; the command line turns the search on once everything is loaded.
gc.disable()

from bot.cli import main  # noqa: E402

__all__ = ["main"]

if __name__ == "__main__":
    sys.exit(main())
