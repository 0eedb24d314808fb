"""Which services of the register are digital support: the rules' choice, or a coordinator's."""

from referral.directory.importers.choosing import NAMED, NO_RULE, OVERRULED, Choice
from referral.directory.importers.imported import Means
from referral.directory.importers.ptv.model import Service
from referral.directory.importers.ptv.offers import Chosen, words
from referral.model import Role


def chosen(service: Service, means: Means) -> tuple[Choice, Chosen | None]:
    """Whether ``service`` is taken and why; with the needs that it serves where it is."""
    said = words(service)
    name = service.names.get("fi") or next(iter(service.names.values()), "")
    rule, because = means.supply.choose(said)
    taken, reason = bool(rule and rule.take), rule.id if rule else NO_RULE
    if service.id in means.overruled:
        taken, reason = means.overruled[service.id], OVERRULED
    if not taken:
        return Choice(service.id, name, False, reason, because, means.supply.shortfall(said)), None
    serves = rule.serves if rule and rule.take else NAMED
    if serves == NAMED:
        needs = means.supply.named(said) or means.names.served("all", Role.SUPPORT)
    else:
        needs = means.names.served(serves, Role.SUPPORT)
    form = rule.form if rule and rule.take else None
    return Choice(service.id, name, True, reason, because), Chosen(service, needs, form)
