"""Opening hours as people write them."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from referral.directory.importers.everyday import everyday
from referral.hours import fault


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("ma–pe 9–15, la suljettu", "Mo-Fr 09:00-15:00; Sa off"),
        ("mån–fre 9–15", "Mo-Fr 09:00-15:00"),
        ("Mon-Fri 9-15", "Mo-Fr 09:00-15:00"),
        ("Ma-To klo 9.00 - 15.30", "Mo-Th 09:00-15:30"),
        ("ma, ke ja pe 10-12", "Mo,We,Fr 10:00-12:00"),
        ("ma-to 10-19, pe 10-17, la-su 10-15", "Mo-Th 10:00-19:00; Fr 10:00-17:00; Sa-Su 10:00-15:00"),
        ("maanantaisin 9-12 ja 13-16", "Mo 09:00-12:00,13:00-16:00"),
        ("ti klo 12–14\nto klo 16–18", "Tu 12:00-14:00; Th 16:00-18:00"),
        ("tiistai ja torstai: 12-14", "Tu,Th 12:00-14:00"),
        ("tisdagar och torsdagar kl. 12–14", "Tu,Th 12:00-14:00"),
        ("arkisin 8-16, viikonloppuisin kiinni", "Mo-Fr 08:00-16:00; Sa-Su off"),
        ("vardagar 8-16", "Mo-Fr 08:00-16:00"),
        ("joka päivä 10-18", "10:00-18:00"),
        ("weekdays 9 to 17, weekends closed", "Mo-Fr 09:00-17:00; Sa-Su off"),
        ("la-ma 10-12", "Mo,Sa-Su 10:00-12:00"),
        ("avoinna ma-pe 9-24", "Mo-Fr 09:00-24:00"),
        ("24 h", "24/7"),
        ("Dygnet runt", "24/7"),
        ("Thursdays 13:00-15:00", "Th 13:00-15:00"),
        ("keskiviikkoisin klo 17-19", "We 17:00-19:00"),
        ("lördag 10-14, söndag stängt", "Sa 10:00-14:00; Su off"),
    ],
)
def test_what_people_write(written: str, read: str) -> None:
    assert everyday(written) == read
    assert fault(read) == ""


@pytest.mark.parametrize(
    "written",
    [
        *("", "9-15", "ma", "ma-pe", "sopimuksen mukaan", "ma-pe 9", "parittomina viikkoina ma 9-15"),
        *(
            "ma-pe 15-9",
            "ma-pe 9-25",
            "ma 9-15, ma 10-12",
            "ma- 9-15",
            "kesällä ma-pe 9-15",
            "ma-pe 9-15 paitsi ke",
        ),
        *(
            "joka toinen ma 9-12",
            "1.6.-31.8. ma-pe 9-15",
            "suljettu",
            "ma 9-15 tai ti 9-15",
            "ma-pe 9-15 x" * 200,
        ),
    ],
)
def test_what_is_not_understood_is_not_guessed(written: str) -> None:
    assert everyday(written) is None


@settings(deadline=None)
@given(st.text(alphabet="matikeopelsu0123456789-–., ;:\njklo", max_size=40))
def test_whatever_is_read_can_be_read_back(written: str) -> None:
    read = everyday(written)
    assert read is None or fault(read) == ""
