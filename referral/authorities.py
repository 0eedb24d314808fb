"""What the authorities are called whose own advice comes first (``Need.first_contact``)."""

from knowledge.model import Municipality
from locales.text import Text, say

NAMES = {
    "112": say("the emergency number 112"),
    "dvv": say("the Digital and Population Data Services Agency (DVV)"),
    "employment_area": say("the employment services of your own area"),
    "kanta": say("Kanta Services"),
    "kela": say("Kela"),
    "migri": say("the Finnish Immigration Service (Migri)"),
    "municipality": say("your own municipality"),
    "pension": say("the pension provider that handles your pension"),
    "police": say("the police"),
    "traficom": say("the Transport and Communications Agency (Traficom)"),
    "vero": say("the Tax Administration"),
    "wellbeing_county": say("your own wellbeing services county"),
}


def name(first_contact: str, home: Municipality | None) -> Text:
    """The authority's name; the county's or municipality's own where ``home`` is known."""
    if home and first_contact == "municipality":
        return say("the municipality ({municipality})", municipality=home.names)
    if home and home.wellbeing_county and first_contact == "wellbeing_county":
        return say("your wellbeing services county ({county})", county=home.wellbeing_county)
    return NAMES[first_contact]
