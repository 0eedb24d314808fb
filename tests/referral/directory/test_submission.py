"""What providers send: every field read, every fault told, and offers made of it."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from referral.directory.submission import FIELDS, Fault, Submission, checked, fields_of, region_of
from referral.directory.submission_offers import offers_of, submission_of
from referral.model import Coverage, Form, Organisation, Role
from tests.referral.supply import INARI, at, atlas, catalog, covering, offer

DAY = date(2026, 11, 22)

SOUND = {
    "organisation": "Järven  martat ry",
    "kind": "association",
    "name_fi": "Digikahvila",
    "name_sv": "Digikafé",
    "description_fi": "Kahvia ja apua puhelimen kanssa.",
    "needs": "kela, phone_basics",
    "forms": "in_person, remote",
    "street": "Kirkkotie 1",
    "postcode": "99800",
    "municipality": "Inari",
    "coverage": "region",
    "languages": "suomi, se",
    "hours": "ti 10–12, la suljettu",
    "phone": "016 123 456",
    "url": "https://jarvi.example/digi",
    "price": "maksuton",
    "home_visits": "yes",
    "ethical_guidelines": "unknown",
    "email": "martat@jarvi.example",
}


def sound(**changes: str) -> Submission:
    made = checked({**SOUND, **changes}, catalog(), atlas())
    assert isinstance(made, Submission)
    return made


def faults(**changes: str) -> tuple[Fault, ...]:
    made = checked({**SOUND, **changes}, catalog(), atlas())
    assert isinstance(made, tuple)
    return made


def test_every_field_is_read() -> None:
    assert set(SOUND) <= set(FIELDS)
    assert sound() == Submission(
        organisation="Järven martat ry",
        kind="association",
        names={"fi": "Digikahvila", "sv": "Digikafé"},
        descriptions={"fi": "Kahvia ja apua puhelimen kanssa."},
        needs=("kela", "phone_basics"),
        forms=(Form.IN_PERSON, Form.REMOTE),
        coverage=Coverage(False, ("19",)),
        languages=("fi", "se"),
        street="Kirkkotie 1",
        postcode="99800",
        locality="Ivalo",
        municipality=INARI,
        hours="Tu 10:00-12:00; Sa off",
        phone="016 123 456",
        url="https://jarvi.example/digi",
        price="free",
        home_visits=True,
        ethical_guidelines=None,
        email="martat@jarvi.example",
    )


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("organisation", "  "),
        ("organisation", "x" * 201),
        ("kind", "kerho"),
        ("needs", ""),
        ("needs", "taikuus"),
        ("forms", "kirjeitse"),
        ("postcode", "00001"),
        ("municipality", "Atlantis"),
        ("coverage", "Atlantis"),
        ("languages", "klingon"),
        ("hours", "parittomina viikkoina"),
        ("phone", "soita Maijalle"),
        ("url", "jarvi.example"),
        ("email", "martat"),
        ("ethical_guidelines", "ehkä"),
        ("description_fi", "x" * 1001),
    ],
)
def test_a_fault_names_its_field(field: str, value: str) -> None:
    (fault,) = faults(**{field: value})
    assert fault.field == field
    assert fault.sentence.msgid


def test_all_faults_are_told_at_once_in_the_order_of_the_form() -> None:
    told = checked({}, catalog(), atlas())
    assert isinstance(told, tuple)
    assert [fault.field for fault in told] == ["organisation", "needs", "forms", "municipality", "phone"]


def test_somebody_must_be_reachable() -> None:
    (fault,) = faults(phone="", url="", street="")
    assert fault.field == "phone"
    assert sound(phone="", url="").street


def test_one_offer_for_each_form() -> None:
    here, far = offers_of(sound(), DAY)
    assert (here.id, here.form) == (
        "provider-jarven-martat-ry-digikahvila-kirkkotie-1-148-in-person",
        Form.IN_PERSON,
    )
    assert (far.id, far.form) == ("provider-jarven-martat-ry-digikahvila-148-remote", Form.REMOTE)
    assert here.organisation == Organisation("jarven-martat-ry", {"fi": "Järven martat ry"}, "association")
    assert here.source.checked == DAY
    assert here.needs == {"kela", "phone_basics"}


def test_names_in_other_letters_have_ids_too() -> None:
    one, two = (offers_of(sound(organisation=name, name_fi=""))[0] for name in ("Клуб", "Дом"))
    assert one.id != two.id
    assert one.organisation.id != two.organisation.id


def test_an_offer_told_anew_keeps_what_was_not_asked() -> None:
    before = at(
        "library-1", INARI, role=Role.POINTER, audience=("seniors",), street="Kirkkotie 1", postcode="99800"
    )
    far, here = offers_of(sound(forms="remote, in_person"), DAY, before)[::-1]
    assert (here.id, here.role, here.audience, here.point) == (
        "library-1",
        Role.POINTER,
        ("seniors",),
        before.point,
    )
    assert far.id.startswith("provider-")
    assert offers_of(sound(street="Muu tie 2"), DAY, before)[0].point is None
    (only,) = offers_of(sound(forms="remote"), DAY, before)
    assert only.id == "library-1"


def test_whose_coordinator_decides() -> None:
    assert region_of(sound(), atlas()) == "19"
    assert region_of(sound(forms="remote", postcode="", municipality="", coverage="Uusimaa"), atlas()) == "01"
    assert region_of(sound(forms="remote", postcode="", municipality="", coverage="national"), atlas()) == ""
    assert (
        region_of(sound(forms="remote", postcode="", municipality="", coverage="Inari, Espoo"), atlas()) == ""
    )


def test_an_offer_can_be_told_anew_from_its_own_words() -> None:
    before = offer("x", coverage=covering(INARI), municipality=INARI, hours="Mo 10:00-12:00", phone="016 123")
    assert checked(fields_of(submission_of(before)), catalog(), atlas()) == submission_of(before)


WORDS = st.text(max_size=30)


@settings(deadline=None, max_examples=60)
@given(st.fixed_dictionaries({}, optional={field: WORDS | st.just(SOUND.get(field, "")) for field in FIELDS}))
def test_whatever_is_sent_is_read_or_told_and_read_again_the_same(fields: dict[str, str]) -> None:
    made = checked({**SOUND, **fields}, catalog(), atlas())
    if isinstance(made, Submission):
        assert checked(fields_of(made), catalog(), atlas()) == made
        assert offers_of(made, DAY)
    else:
        assert made
        assert {fault.field for fault in made} <= set(FIELDS)
