"""What people ask every day is understood whole: the need first, the place, and for whom."""

import pytest

from bot.understand import Mind
from knowledge.load import load_atlas, load_catalog

MIND = Mind.of(load_catalog(), load_atlas())


@pytest.mark.parametrize(
    ("text", "need", "municipality", "other"),
    [
        ("äitini ei pääse Kelaan pankkitunnuksilla, hän asuu Sodankylässä", "kela", "758", True),
        ("isäni asuu Lieksassa, minä Helsingissä, hän ei osaa maksaa laskuja netissä", "online_banking", "422", True),
        ("moi äiti asuu sodankylässä ja sillä on ongelmia kelan kanssa, kuka auttaa", "kela", "758", True),
        ("tyttäreni asuu Espoossa eikä ehdi auttaa, olen Kuhmosta ja verkkopankki ei aukea", "online_banking", "290", False),
        ("pankkitunnukset eivät toimi puhelimessa, asun Sodankylässä", "strong_id", "758", False),
        ("asiakkaani tarvitsee apua Omakannan kanssa, Rovaniemi", "omakanta", "698", True),
        ("muutan Porista Turkuun, miten teen muuttoilmoituksen", "dvv_moving", "853", False),
        ("mummo Kouvolassa ei saa whatsappia toimimaan, olen itse Oulussa", "messaging_videocall", "286", True),
        ("lapsenlapsi lähetti kuvia enkä saa niitä auki, asun Salossa", "photos_files", "734", False),
        ("mieheni kuoli, miten suljen hänen verkkopankkinsa, asun Raahessa", "digital_estate", "678", False),
        ("postinumero 99800, tabletti ei lataudu sivuille", "internet_connection", "148", False),
        ("tarvitsen apua, asun Kihniössä", "generic_help", "250", False),
        ("min mor i Närpes kan inte betala räkningar, jag bor i Vasa", "online_banking", "545", True),
        ("vi flyttar från Åbo till Raseborg, hur anmäler man det", "dvv_moving", "710", False),
        ("jag behöver hjälp med bankkoder, bor i Ekenäs", "strong_id", "710", False),
        ("my client in Vantaa needs help to fill Kela form", "kela", "092", True),
        ("I moved to Oulu from Kemi, how do I register my address", "dvv_moving", "564", False),
        ("please help my neighbour in Joensuu with printing", "printing_scanning", "167", True),
        ("mu áhkku ii máhte geavahit telefovnna, son orru Ohcejogas", "phone_basics", "890", True),
    ],
)  # fmt: skip
def test_an_everyday_request(text: str, need: str, municipality: str, other: bool) -> None:
    meant = MIND.understand(text)
    assert (meant.urgency, meant.outside) == ("", "")
    assert (meant.needs[0].id, meant.places[0].municipality) == (need, municipality)
    assert bool(meant.on_behalf) is other
