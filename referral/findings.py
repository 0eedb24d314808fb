"""What a search met, in sentences: how far it had to go, and what is missing."""

from knowledge.model import Atlas
from locales.text import Text, say
from referral.model import Answer, Unmet, Width

UNMET = {
    Unmet.NO_SUPPLY: say("I know of nobody who helps with exactly this."),
    Unmet.TOO_FAR: say("The nearest help face to face is far away. Help by phone or online may be easier."),
    Unmet.LANGUAGE: say("I do not know of help in your language. Ask when you call: they may find a way."),
    Unmet.FORM: say("I did not find help of this kind. Here is other help."),
}


def findings(found: Answer, atlas: Atlas) -> tuple[Text, ...]:
    """What to say above the offers; () where everything is near."""
    lines = [UNMET[reason] for reason in found.unmet if reason is not Unmet.TOO_FAR or not found.widened]
    if found.widened and found.widened.width is not Width.MUNICIPALITY and found.request.municipality:
        lines.insert(0, _widened(found, atlas))
    return tuple(lines)


def _widened(found: Answer, atlas: Atlas) -> Text:
    """Said aloud when the nearest declared help lies outside the person's own municipality."""
    widened = found.widened
    here = atlas.municipalities[found.request.municipality]
    there = atlas.municipalities.get(widened.municipality) if widened else None
    if widened is None or there is None:
        return say("I do not know whether {here} has digital support.", here=here.names)
    if widened.km is None:
        return say(
            "I do not know whether {here} has digital support. The nearest that I know: {there}.",
            here=here.names,
            there=there.names,
        )
    return say(
        "I do not know whether {here} has digital support. The nearest that I know: {there}, about {km} km.",
        here=here.names,
        there=there.names,
        km=round(widened.km),
    )
