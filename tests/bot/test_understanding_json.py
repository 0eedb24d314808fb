"""What messages mean, as other programs read it."""

import json

from bot.understanding_json import understand_lines
from tests.world import known

MIND = known().mind


def test_lines_become_objects_for_json() -> None:
    found = list(understand_lines(MIND, ["Tulostus Oulussa\n", ""], "fi", explain=True))
    assert list(found[0]) == [
        *("text", "language", "needs", "places", "on_behalf", "handling", "personal_data", "why"),
    ]
    assert found[0]["needs"][0]["id"] == "printing_scanning"
    assert found[0]["places"][0]["municipality"] == "564"
    assert found[0]["on_behalf"] is False
    assert found[1]["handling"] == "unknown"
    assert json.loads(json.dumps(found)) == found
    assert "why" not in next(understand_lines(MIND, ["hei"]))
