"""What is kept of the register while it is read: the services that are taken, and what those name.

The register holds 22,000 services and more channels; held at once they take over a gigabyte and a half,
and one service in fifty is digital support. So the files are gone through once for every kind of record:
services first, then the connections and organisations, and last the channels, of which only those are kept
that a taken service has. A file is gone through again only for the kinds that it was seen to hold.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import Enum
from functools import partial

from knowledge.model import Names
from referral.directory.importers.choosing import Choice
from referral.directory.importers.imported import File, Means
from referral.directory.importers.ptv import v11, v12
from referral.directory.importers.ptv.chosen import chosen
from referral.directory.importers.ptv.model import Channel, Code, Connection, Service
from referral.directory.importers.ptv.offers import Chosen
from referral.directory.importers.record import Faults, Raw, called, every, text
from referral.directory.importers.rejected import Rejected, Unfit

PUBLISHED = "Published"


class Kind(Enum):
    """What a record of the register is."""

    SERVICE = "service"
    CHANNEL = "channel"
    CONNECTION = "connection"
    ORGANISATION = "organisation"
    CODE = "code"


@dataclass(slots=True)
class Register:
    """The taken services by id, with the place where each stands for its faults, and what they name.

    ``choices`` has an entry for every published service; of those that were nearly taken ``passed`` has what
    tells whose they are. ``connections`` are by service, then channel;
    ``named`` are the ids of their channels. ``groups`` are the
    names of target groups by code, ``counties`` the codes of a county's municipalities by its own.
    """

    choices: dict[str, Choice] = field(default_factory=dict)
    services: dict[str, Chosen] = field(default_factory=dict)
    passed: dict[str, Service] = field(default_factory=dict)
    places: dict[str, tuple[str, int]] = field(default_factory=dict)
    connections: dict[str, dict[str, Connection]] = field(default_factory=dict)
    named: set[str] = field(default_factory=set)
    channels: dict[str, Channel] = field(default_factory=dict)
    organisations: dict[str, Names] = field(default_factory=dict)
    groups: dict[str, Names] = field(default_factory=dict)
    counties: dict[str, tuple[str, ...]] = field(default_factory=dict)


def register_of(files: Sequence[File], means: Means) -> tuple[Register, list[Rejected]]:
    """What the files hold that is needed, and what of it cannot be read.

    ``files`` may read from a disk while they are gone through; no more than one is held at a time.
    """
    register = Register()
    rejections: list[Rejected] = []
    held: list[set[Kind | None]] = []
    for file in files:
        kinds: set[Kind | None] = set()
        for number, raw in every(file.content, file.name, rejections):
            kind = kind_of(raw)
            kinds.add(kind)
            if kind in (Kind.SERVICE, None):
                place = file.name, number
                rejections += _read(partial(_read_service, raw, register, means, place), raw, place)
        held.append(kinds)
    for wanted, reader in _READERS.items():
        for file in (files[number] for number, kinds in enumerate(held) if wanted in kinds):
            for number, raw in every(file.content, file.name, []):
                if kind_of(raw) is wanted:
                    rejections += _read(partial(reader, raw, register), raw, (file.name, number))
    return register, rejections


def kind_of(raw: Raw) -> Kind | None:
    """What the record is, by the fields that it has; None for what is none of ours."""
    if is_version_12(raw):
        if v12.is_connection(raw):
            return Kind.CONNECTION
        if v12.is_organisation(raw):
            return Kind.ORGANISATION
    elif v12.is_code(raw):
        return Kind.CODE
    if "serviceChannelType" in raw or "channelType" in raw:
        return Kind.CHANNEL
    if "serviceNames" in raw or "languageVersions" in raw:
        return Kind.SERVICE
    return Kind.ORGANISATION if "organizationNames" in raw else None


def is_version_12(raw: Raw) -> bool:
    """Whether the record is of version 12 of the interface; else it is of version 11."""
    return "contentId" in raw or "serviceContentId" in raw


def service_of(raw: Raw) -> Service:
    """A service of either version. Raises Unfit for a record of another shape, or without an id."""
    service = v12.service(raw) if is_version_12(raw) else v11.service(raw)
    if not service.id:
        raise Unfit("the record has no id", "Fetch it again.")
    return service


def _read(reader: Callable[[], None], raw: Raw, place: tuple[str, int]) -> Sequence[Rejected]:
    faults = Faults(*place, called(raw, "id", "contentId"))
    try:
        reader()
    except Unfit as unfit:
        faults.note("", "", unfit.reason, unfit.fix)
    return faults.rejections


def _read_service(raw: Raw, register: Register, means: Means, place: tuple[str, int]) -> None:
    if kind_of(raw) is None:
        raise Unfit("this is neither a service nor a channel", "Leave this file out.")
    service = service_of(raw)
    # A record that comes twice counts as it came last.
    register.services.pop(service.id, None)
    register.passed.pop(service.id, None)
    if service.status != PUBLISHED:
        register.choices.pop(service.id, None)
        return
    register.choices[service.id], taken = chosen(service, means)
    if register.choices[service.id].short:
        register.passed[service.id] = _briefly(service)
    if taken:
        register.services[service.id] = taken
        register.places[service.id] = place
        _connect(register, service.connections)


def _briefly(service: Service) -> Service:
    """Without its words, which nobody asks for of what is not taken; of its connections only their channels."""
    nothing: tuple[Code, ...] = ()
    return replace(
        service,
        summaries={},
        descriptions={},
        keywords=(),
        classes=nothing,
        terms=nothing,
        groups=nothing,
        connections=tuple(Connection(service.id, one.channel) for one in service.connections),
    )


def _read_connection(raw: Raw, register: Register) -> None:
    _connect(register, [v12.connection(raw)])


def _read_organisation(raw: Raw, register: Register) -> None:
    if is_version_12(raw):
        register.organisations[text(raw, "contentId")] = v12.names(raw)
    else:
        register.organisations[text(raw, "id")] = v11.organisation_names(raw)


def _read_channel(raw: Raw, register: Register) -> None:
    channel = v12.channel(raw) if is_version_12(raw) else v11.channel(raw)
    if not channel.id:
        raise Unfit("the record has no id", "Fetch it again.")
    _connect(register, channel.connections)
    if channel.id in register.named:
        register.channels[channel.id] = channel


def _connect(register: Register, connections: Iterable[Connection]) -> None:
    """A connection stands on both sides; the side that was changed last has it right."""
    for one in connections:
        if one.service not in register.services:
            continue
        known = register.connections.setdefault(one.service, {})
        before = known.get(one.channel)
        if before is None or (one.modified and (not before.modified or one.modified > before.modified)):
            known[one.channel] = one
            register.named.add(one.channel)


def _read_code(raw: Raw, register: Register) -> None:
    code, found = text(raw, "code"), v12.municipalities(raw)
    if found:
        register.counties[code] = found
    else:
        register.groups[code] = v12.code_names(raw)


_READERS: Mapping[Kind, Callable[[Raw, Register], None]] = {
    Kind.CODE: _read_code,
    Kind.CONNECTION: _read_connection,
    Kind.ORGANISATION: _read_organisation,
    Kind.CHANNEL: _read_channel,
}
"""Connections come before channels, because in version 12 only they say which channels are needed."""
