"""One conversation, as long and as changeable as it likes, moves no counter table by more than three.

This is the real dialogue with the real needs and places, on a real database; ``test_counted`` tries the limits
themselves with a dialogue that wants to count all the time.
"""

from collections import Counter
from random import Random

from bot.dialogue import step
from bot.metrics import Metrics
from bot.render import renderer
from bot.service import Service
from bot.turn import Heard
from referral.store.database import Database
from referral.store.demand import demand_rows
from tests import tiny
from tests.world import MONDAY, OPERATOR, known

NEEDS = (
    "Kelan hakemus",
    "sähköposti ei toimi",
    "verokortti netissä",
    "puhelin on jumissa",
    "nettiyhteys",
    "qwerty asdf",
    "",
)
PLACES = ("Sodankylä", "Rovaniemi", "Helsinki", "Inari", "99600", "jossain", "")
OTHERS = ("äidilleni", "", "", "", "på svenska", "kiitos", "ei", "kyllä")
ENDS = ("forget", "delete")
"""Whoever has their data deleted begins anew; see "what remains" in PRIVACY.md."""


async def test_a_thousand_turns_of_one_conversation(sqlite_database: Database) -> None:
    world = known()
    service = Service(
        sqlite_database,
        step,
        renderer(world.atlas, world.catalogues),
        world.world(OPERATOR),
        tiny.Clock(MONDAY),
        Metrics(),
    )
    chance, buttons, heard = Random(4), [""], []
    for number in range(1000):
        choice = chance.choice(buttons) if chance.random() < 0.6 else ""
        text = "" if choice else " ".join(map(chance.choice, (NEEDS, PLACES, OTHERS)))
        turn = Heard("one", f"t{number}", "web", text.strip(), choice)
        if heard and chance.random() < 0.2:  # The channel delivers an older one again.
            turn = chance.choice(heard)
        heard.append(turn)
        said = await service.hear(turn)
        pressed = [one.key for reply in said.replies for one in reply.choices if not one.url]
        buttons = [one for one in pressed if not one.startswith(ENDS)] or buttons
    totals: Counter[str] = Counter()
    for row in await sqlite_database.read(demand_rows):
        totals[row.table] += row.count
    assert totals["demand_by_municipality_need"] == 3
    assert totals["misses_by_language"] > 0
    assert max(totals.values()) == 3
