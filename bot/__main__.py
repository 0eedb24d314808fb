"""``python -m bot`` is the command ``digituki``."""

import sys

from bot.cli import main

sys.exit(main())
