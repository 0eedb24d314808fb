"""What coordinators decide about single records of a register."""

import pytest

from referral.directory.importers.area import lookup
from referral.directory.importers.imported import Imported
from referral.directory.overruled import Correction, corrected
from referral.model import Form
from tests.referral.supply import atlas, catalog, offer

NAMES = lookup(atlas(), catalog())
THREE = Imported((offer("ptv-a1-c1"), offer("ptv-a1-c2"), offer("ptv-a12-c1")), ())


def test_what_a_record_serves_is_put_right_in_all_its_offers() -> None:
    made = corrected(THREE, {"A1": Correction("tax, omakanta", "remote")}, NAMES)
    assert [(one.needs, one.form) for one in made.offers] == [
        (frozenset({"tax", "omakanta"}), Form.REMOTE),
        (frozenset({"tax", "omakanta"}), Form.REMOTE),
        (frozenset({"kela"}), Form.IN_PERSON),
    ]


def test_only_what_was_said_is_changed() -> None:
    (one, _, _) = corrected(THREE, {"a1": Correction(form="remote")}, NAMES).offers
    assert (one.needs, one.form) == (frozenset({"kela"}), Form.REMOTE)
    (one, _, _) = corrected(THREE, {"a1": Correction(serves="tax")}, NAMES).offers
    assert (one.needs, one.form) == (frozenset({"tax"}), Form.IN_PERSON)


@pytest.mark.parametrize("correction", [Correction(), Correction("a need of old", "by letter")])
def test_what_is_not_known_any_longer_corrects_nothing(correction: Correction) -> None:
    assert corrected(THREE, {"a1": correction}, NAMES).offers == THREE.offers
    assert corrected(THREE, {}, NAMES) is THREE
