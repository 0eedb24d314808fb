"""Suomi.fi's service register (Palvelutietovaranto, PTV), versions 11 and 12 of its interface.

Files hold services, channels, organisations and (in version 12) connections and lists of codes, in any
order; which is which is told by the fields that a record has. Of the services only those are taken that the rules of
``choosing`` (or a coordinator) call digital support; each of their connections makes an offer.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from referral.directory.caretaker import served_region
from referral.directory.importers.choosing import Choice
from referral.directory.importers.imported import File, Imported, Means
from referral.directory.importers.left_out import LeftOut, nearest, nearly_taken
from referral.directory.importers.ptv.model import Area, Service
from referral.directory.importers.ptv.offers import FORMS, Chosen, offer
from referral.directory.importers.ptv.reach import Finland
from referral.directory.importers.ptv.register import PUBLISHED, Register, register_of
from referral.directory.importers.record import Faults
from referral.model import Coverage, Offer


def ptv(files: Sequence[File], means: Means) -> Imported:
    """The digital support in these files of the register.

    ``choices`` has one entry for every published service. What has another status is passed over: it is
    not public (draft, modified) or gone (deleted), and an import closes what is gone. The files are gone
    through more than once and one at a time: give a sequence that reads them, and they are never all held.
    """
    register, rejections = register_of(files, means)
    finland = Finland(means.names.atlas)
    offers: list[Offer] = []
    for chosen in register.services.values():
        faults = Faults(*register.places[chosen.service.id], chosen.service.id)
        offers += _connected(chosen, register, means, finland, faults)
        rejections += faults.rejections
    choices = tuple(register.choices.values())
    return Imported(tuple(offers), tuple(rejections), choices, _left_out(choices, register, finland))


def _left_out(choices: Iterable[Choice], register: Register, finland: Finland) -> tuple[LeftOut, ...]:
    found = []
    for choice, short in nearly_taken(choices):
        service = _spelled_out(register.passed[choice.record], register)
        coverage = finland.coverage(service.area)[0] or Coverage(national=False)
        whose = next(iter(service.organisation_names.values()), "")
        found.append(
            LeftOut(
                choice.record,
                choice.name,
                service.organisation_names.get("fi", whose),
                served_region(coverage, finland.atlas),
                coverage.municipalities,
                short,
                (service.organisation, *(one.channel for one in service.connections)),
            )
        )
    return nearest(found)


def _connected(
    chosen: Chosen, register: Register, means: Means, finland: Finland, faults: Faults
) -> Iterator[Offer]:
    service = _spelled_out(chosen.service, register)
    chosen = replace(chosen, service=service)
    connected = register.connections.get(service.id, {})
    if not connected:
        faults.note("serviceChannels", "", "nobody could get in touch: the service has no channel")
    for connection in connected.values():
        channel = register.channels.get(connection.channel)
        if channel is None:
            faults.note(
                "serviceChannels",
                connection.channel,
                "the channel is not among the files",
                "Fetch the service channels too.",
            )
        elif channel.status == PUBLISHED and channel.kind in FORMS:
            channel = replace(channel, area=_area(channel.area, register))
            made = offer(chosen, channel, connection, means, finland, faults)
            if made:
                yield made


def _spelled_out(service: Service, register: Register) -> Service:
    """The service with what version 12 gives as codes and ids, in words."""
    names = register.organisations.get(service.organisation, {})
    groups = tuple(
        replace(one, names={**register.groups.get(one.code, {}), **one.names}) for one in service.groups
    )
    return replace(
        service,
        organisation_names={**service.organisation_names, **names},
        groups=groups,
        area=_area(service.area, register),
    )


def _area(area: Area, register: Register) -> Area:
    """The area with counties by code as their municipalities."""
    found = [code for county in area.counties for code in register.counties.get(county, ())]
    unknown = tuple(county for county in area.counties if county not in register.counties)
    return replace(
        area, municipalities=(*area.municipalities, *((code, {}) for code in found)), counties=unknown
    )
