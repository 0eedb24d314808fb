"""Suomi.fi's service register (Palvelutietovaranto, PTV), versions 11 and 12 of its interface.

Files hold services, channels and (in version 12) connections and organisations, in any order; which is
which is told by the fields that a record has. Of the services only those are taken that the rules of
``choosing`` (or a coordinator) call digital support; each of their connections makes an offer.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from referral.directory.importers.choosing import NAMED, NO_RULE, OVERRULED, Choice
from referral.directory.importers.imported import File, Imported, Means
from referral.directory.importers.ptv import v11, v12
from referral.directory.importers.ptv.model import Channel, Connection, Service
from referral.directory.importers.ptv.offers import FORMS, Chosen, offer, words
from referral.directory.importers.ptv.reach import Finland
from referral.directory.importers.record import Faults, Raw, called, every, text
from referral.directory.importers.rejected import Rejected, Unfit
from referral.model import Offer, Role

PUBLISHED = "Published"


@dataclass(slots=True)
class _Register:
    """Everything that the files hold, by id, with the place where it stands for its faults."""

    services: dict[str, Service] = field(default_factory=dict)
    channels: dict[str, Channel] = field(default_factory=dict)
    connections: dict[tuple[str, str], Connection] = field(default_factory=dict)
    organisations: dict[str, Mapping[str, str]] = field(default_factory=dict)
    places: dict[str, tuple[str, int]] = field(default_factory=dict)


def ptv(files: Sequence[File], means: Means) -> Imported:
    """The digital support in these files of the register.

    ``choices`` has one entry for every published service. What has another status is passed over: it is
    not public (draft, modified) or gone (deleted), and an import closes what is gone.
    """
    register = _Register()
    rejections: list[Rejected] = []
    for file in files:
        for number, raw in every(file.content, file.name, rejections):
            faults = Faults(file.name, number, called(raw, "id", "contentId"))
            try:
                _read(raw, register, (file.name, number))
            except Unfit as unfit:
                faults.note("", "", unfit.reason, unfit.fix)
            rejections += faults.rejections
    finland = Finland(means.names.atlas)
    offers: list[Offer] = []
    choices: list[Choice] = []
    for service in register.services.values():
        if service.status != PUBLISHED:
            continue
        choice, chosen = _chosen(service, means)
        choices.append(choice)
        if chosen:
            faults = Faults(*register.places[service.id], service.id)
            offers += _connected(chosen, register, means, finland, faults)
            rejections += faults.rejections
    return Imported(tuple(offers), tuple(rejections), tuple(choices))


def _read(raw: Raw, register: _Register, place: tuple[str, int]) -> None:
    version = v12 if "contentId" in raw or "serviceContentId" in raw else v11
    if version is v12 and v12.is_connection(raw):
        _connect(register, [v12.connection(raw)])
    elif version is v12 and v12.is_organisation(raw):
        register.organisations[text(raw, "contentId")] = v12.names(raw)
    elif "serviceChannelType" in raw or "channelType" in raw:
        channel = version.channel(raw)
        register.channels[_id(channel.id)] = channel
        _connect(register, channel.connections)
    elif "serviceNames" in raw or "languageVersions" in raw:
        service = version.service(raw)
        register.services[_id(service.id)] = service
        register.places[service.id] = place
        _connect(register, service.connections)
    else:
        raise Unfit("this is neither a service nor a channel", "Leave this file out.")


def _id(id: str) -> str:
    if not id:
        raise Unfit("the record has no id", "Fetch it again.")
    return id


def _connect(register: _Register, connections: Iterable[Connection]) -> None:
    """A connection stands on both sides; the side that was changed last has it right."""
    for one in connections:
        key = (one.service, one.channel)
        known = register.connections.get(key)
        if known is None or (one.modified and (not known.modified or one.modified > known.modified)):
            register.connections[key] = one


def _chosen(service: Service, means: Means) -> tuple[Choice, Chosen | None]:
    said = words(service)
    name = service.names.get("fi") or next(iter(service.names.values()), "")
    rule, because = means.supply.choose(said)
    taken, reason = bool(rule and rule.take), rule.id if rule else NO_RULE
    if service.id in means.overruled:
        taken, reason = means.overruled[service.id], OVERRULED
    if not taken:
        return Choice(service.id, name, False, reason, because), None
    serves = rule.serves if rule and rule.take else NAMED
    if serves == NAMED:
        needs = means.supply.named(said) or means.names.served("all", Role.SUPPORT)
    else:
        needs = means.names.served(serves, Role.SUPPORT)
    form = rule.form if rule and rule.take else None
    return Choice(service.id, name, True, reason, because), Chosen(service, needs, form)


def _connected(
    chosen: Chosen, register: _Register, means: Means, finland: Finland, faults: Faults
) -> Iterable[Offer]:
    service = chosen.service
    if service.organisation in register.organisations and not service.organisation_names:
        service = replace(service, organisation_names=register.organisations[service.organisation])
        chosen = replace(chosen, service=service)
    connected = [one for (of, _), one in register.connections.items() if of == service.id]
    if not connected:
        faults.note("serviceChannels", "", "nobody could get in touch: the service has no channel")
    for connection in connected:
        channel = register.channels.get(connection.channel)
        if channel is None:
            faults.note(
                "serviceChannels",
                connection.channel,
                "the channel is not among the files",
                "Fetch the service channels too.",
            )
        elif channel.status == PUBLISHED and channel.kind in FORMS:
            made = offer(chosen, channel, connection, means, finland, faults)
            if made:
                yield made
