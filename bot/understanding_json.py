"""What messages mean, as plain values for JSON."""

from collections.abc import Iterable, Iterator

from bot.understand import Mind


def understand_lines(
    mind: Mind, lines: Iterable[str], language: str = "", explain: bool = False
) -> Iterator[dict[str, object]]:
    """What each line means, as objects for JSON: the keys are those of ``digituki understand``.

    ``language`` is the language that the conversation is in, "" if none. With ``explain`` each object
    also says which words led to what ("why"). An empty line has an object too.
    """
    for line in lines:
        meant = mind.understand(line.rstrip("\r\n"), language, explain=explain)
        found: dict[str, object] = {
            "text": meant.text,
            "language": meant.language,
            "needs": [{"id": need.id, "score": need.score} for need in meant.needs],
            "places": [
                {"municipality": place.municipality, "name": place.name, "score": place.score}
                for place in meant.places
            ],
            "on_behalf": bool(meant.on_behalf),
            "handling": meant.handling,
            "personal_data": list(meant.personal_data),
        }
        if explain:
            found["why"] = [list(reason) for reason in meant.why]
        yield found
