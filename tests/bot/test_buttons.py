"""What stands on a button may also be written: some people copy the words instead of pressing."""

import pytest

from bot.steps import buttons
from bot.turn import Choice
from bot.understand import Command
from tests.world import known

COMMANDS = {
    buttons.BACK: Command.BACK,
    buttons.HELP: Command.HELP,
    buttons.HUMAN: Command.HUMAN,
    buttons.ANOTHER_PLACE: Command.PLACE,
    buttons.RESTART: Command.RESTART,
    buttons.LANGUAGE: Command.LANGUAGE,
    buttons.STORED: Command.STORED,
    buttons.DELETE: Command.DELETE,
}


@pytest.mark.parametrize("button", COMMANDS, ids=lambda button: button.key)
@pytest.mark.parametrize("language", ["fi", "fi@simple", "sv", "en", "se"])
def test_the_words_of_a_button_do_what_it_does(button: Choice, language: str) -> None:
    words = known().catalogues.say(button.label, language)
    for written in (words, words.lower(), f"{words}."):
        assert known().mind.understand(written, prior=language).command is COMMANDS[button], written
