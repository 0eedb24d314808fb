"""A made-up service register of any size, the same each time, in the shapes of the real records.

Two services in fifty are digital support; the others are the samples' own words with another name. Each
service has a place and a phone line. Records are made when they are asked for, so that the register may be
larger than the memory.
"""

import json
from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from knowledge.model import Postcode
from tests.referral.supply import atlas

SAMPLES = Path(__file__).parents[1] / "referral/directory/importers/samples/ptv"
MODIFIED = "2026-11-01T10:00:00.000000"
TAKEN_OF_FIFTY = 2
ORGANISATIONS = 1500
PLACE, LINE = 1, 2


@dataclass(slots=True)
class Register:
    """The register; ``changed`` holds services (by number) with the moment when they were changed, and
    ``moved`` channels (by id) likewise."""

    count: int
    changed: dict[int, str] = field(default_factory=dict)
    moved: dict[str, str] = field(default_factory=dict)

    def service(self, number: int) -> dict[str, Any]:
        """A service of version 11."""
        raw = _service_sample()
        taken = is_taken(number)
        area = _area(number)
        name = f"Digituki, {area.names['fi']}" if number % 50 == 0 else f"Palvelu {number}"
        organisation = {"id": organisation_id(number), "name": f"Organisaatio {number % ORGANISATIONS}"}
        return {
            **raw,
            "id": service_id(number),
            "serviceNames": [{"language": "fi", "value": name, "type": "Name"}],
            "keywords": [{"language": "fi", "value": "digituki" if taken else "lukio"}],
            "serviceChannels": [
                {**raw["serviceChannels"][0], "serviceChannel": {"id": channel_id(number, kind), "name": "x"}}
                for kind in (PLACE, LINE)
            ],
            "organizations": [
                {**raw["organizations"][0], "organization": organisation, "roleType": "Responsible"}
            ],
            "modified": self.changed.get(number, MODIFIED),
        }

    def channel(self, id: str) -> dict[str, Any] | None:
        """A channel of version 11; None where there is none of this id."""
        number, kind = _numbers(id)
        if kind not in (PLACE, LINE) or number >= self.count:
            return None
        raw = _place_sample() if kind == PLACE else _line_sample()
        services = [
            {
                **_place_sample()["services"][0],
                "service": {"id": service_id(number), "name": f"Palvelu {number}"},
            }
        ]
        changes = {"id": id, "services": services, "modified": self.moved.get(id, MODIFIED)}
        return {
            **raw,
            **changes,
            "publishingStatus": "Published",
            **(_there(number) if kind == PLACE else {}),
        }

    def organisation(self, id: str) -> dict[str, Any]:
        """An organisation of version 11."""
        number = _numbers(id)[0]
        names = [
            {"language": "fi", "value": f"Organisaatio {number}", "type": "Name"},
            {"language": "sv", "value": f"Organisation {number}", "type": "Name"},
        ]
        return {"id": id, "organizationType": "Municipality", "organizationNames": names}

    @property
    def taken(self) -> int:
        """How many services are digital support."""
        return sum(is_taken(number) for number in range(self.count))


def is_taken(number: int) -> bool:
    """Whether the service is digital support."""
    return number % 50 < TAKEN_OF_FIFTY


def service_id(number: int) -> str:
    """The id of a service."""
    return f"{number:08x}-0000-4000-8000-000000000000"


def channel_id(number: int, kind: int) -> str:
    """The id of a service's place or line."""
    return f"{number:08x}-0000-4000-8000-00000000000{kind}"


def organisation_id(number: int) -> str:
    """The id of a service's organisation."""
    return f"{number % ORGANISATIONS:08x}-0000-4000-8000-00000000000f"


def _numbers(id: str) -> tuple[int, int]:
    return int(id[:8], 16), int(id[-1], 16)


@cache
def _areas() -> tuple[Postcode, ...]:
    return tuple(one for one in atlas().postcodes.values() if one.point)


def _area(number: int) -> Postcode:
    return _areas()[number * 7 % len(_areas())]


def _there(number: int) -> Mapping[str, Any]:
    area = _area(number)
    raw = _place_sample()["addresses"][0]
    street = {
        **raw["streetAddress"],
        "street": [{"language": "fi", "value": "Keskuskatu"}],
        "streetNumber": str(number % 90 + 1),
        "postalCode": area.code,
        "postOffice": [{"language": "fi", "value": area.names["fi"]}],
        "municipality": {"code": area.municipality, "name": []},
    }
    name = [{"language": "fi", "value": f"Piste {number}", "type": "Name"}]
    return {"addresses": [{**raw, "streetAddress": street}], "serviceChannelNames": name}


@cache
def _read(name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((SAMPLES / name).read_text("utf-8"))
    return found


def _service_sample() -> dict[str, Any]:
    return _read("etalukio_service.json")


def _place_sample() -> dict[str, Any]:
    return _read("otava_service_channel.json")


@cache
def _line_sample() -> dict[str, Any]:
    raw = deepcopy(_read("official/V11VmOpenApiPhoneChannel.json"))
    number = {"type": "Phone", "prefixNumber": "+358", "number": "447943552", "language": "fi"}
    return {
        **raw,
        "serviceChannelType": "Phone",
        "areaType": "Nationwide",
        "phoneNumbers": [number],
        "webPages": [],
    }
