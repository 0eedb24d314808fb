"""Every reason, form, role and language that the directory knows has words on the card."""

from referral.card import FORMS, LANGUAGES, REASONS, SAID_ALREADY
from referral.findings import UNMET
from referral.model import Form, Reason, Unmet
from tests.world import known


def test_every_reason_is_told() -> None:
    assert set(REASONS) | SAID_ALREADY == set(Reason)
    assert set(FORMS) == set(Form)
    assert set(UNMET) == set(Unmet)


def test_every_language_that_is_served_has_a_name() -> None:
    served = {code for offer in known().directory.offers.values() for code in offer.languages}
    assert served
    assert served <= set(LANGUAGES)
