"""Whatever a message leads to, its writer is told that personal data in it was covered."""

import pytest

from bot.dialogue import step
from bot.turn import Heard, State
from tests.world import world

COVERED = "Your message had {kinds} in it. I covered it at once and did not store it."


@pytest.mark.parametrize(
    "text",
    [
        "131052-308T",
        "apua 131052-308T",
        "poista tietoni 131052-308T",
        "moi, hetuni on 131052-308T",
        "здравствуйте, мне нужна помощь с телефоном, 131052-308T",
        "puhelimen näyttö meni rikki, hetu 131052-308T",
        "annoin pankkitunnukset huijarille, hetu 131052-308T",
        "en pääse omakantaan, hetu 131052-308T, asun Oulussa",
    ],
)
def test_the_writer_is_told(text: str) -> None:
    turn = step(State(greeted=True, language="fi"), Heard("c", "1", "web", text=text), world())
    said = [paragraph.msgid for reply in turn.replies for paragraph in reply.text]
    assert COVERED in said
    assert "131052" not in repr(turn)
