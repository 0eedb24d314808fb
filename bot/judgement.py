"""What a message is, where rules and likelihood speak together: urgent, outside, small talk, or a need.

Rules catch what must not be missed and can say why; likelihood catches what no rule foresaw. Danger to
life and a scam that has happened are taken from either. What is only suspected, and what a repair shop
does, must not be contradicted by something likelier.
"""

from collections.abc import Collection, Mapping, Sequence
from enum import StrEnum

from knowledge.needs import NO_NEEDS, OFF_TOPIC, SURE, TALK
from knowledge.rules import Fired


class Urgency(StrEnum):
    """What cannot wait; "" stands for nothing urgent."""

    NONE = ""
    EMERGENCY = "emergency"
    SUICIDE = "suicide"
    VIOLENCE = "violence"
    SCAM_VICTIM = "scam_victim"
    SCAM_SUSPECT = "scam_suspect"
    ACCOUNT_HACKED = "account_hacked"
    LOST_PHONE = "lost_phone"


LIFE = (Urgency.SUICIDE, Urgency.EMERGENCY, Urgency.VIOLENCE)
"""Danger to life: 112 first. Of several, the first in this order, unless likelihood is clear."""

URGENT = (Urgency.SCAM_VICTIM, Urgency.ACCOUNT_HACKED, Urgency.LOST_PHONE, Urgency.SCAM_SUSPECT)
"""Of several, the first is answered."""

_CANNOT_WAIT = frozenset(map(str, LIFE + URGENT))

LIFE_LIKELY = 0.45
"""From this share on of the three together, a message is about danger to life without any rule."""

LIFE_CLEAR = 0.85
"""From this share on likelihood makes a danger graver than a rule does: of ``LIFE``, one that comes before."""

LIFE_AND_DIGITAL = 0.7
"""The same where the message speaks of phones, banks or the net, or of somebody who has died; or where a
rule says that it is about a scam, an account or a lost phone."""

UNLIKELY = 0.1
"""Below this share of what is alike (``LIFE``, ``URGENT``) together, a rule that hears one of them is not believed
where a need is likely (``SURE``): "the power button sank in". Of 662 messages that had met such a rule rightly three
were so unlikely, all about scams only suspected or accounts; of 74 ordinary ones sixteen were."""

VICTIM_LIKELY = 0.35
"""From this share on a scam has happened, without any rule: missing one costs more than asking."""

VICTIM_UNHARMED = 0.75
"""The same where a rule says that nothing has been given or paid yet, or that it is asked in general."""

URGENT_LIKELY = 0.4
"""From this share on of all urgent classes together, the likeliest class of all is taken if it is one."""

CLEAR = 0.6
"""A class with this share overrides what a mere suspicion or a repair rule says."""

SUSPECT_CLEAR = 0.9
"""The same for a rule that suspects a scam: "is this message from my bank real?" is mostly about a bank."""

OUTSIDE_LIKELY = 0.4
"""A repair or a purchase with this score, and none with more, is one."""

OFF_TOPIC_LIKELY = 0.3
"""``SURE`` where a place is named, or something that may be digital: a battery, a tablet, a library."""

TALK_WORDS = 12
"""A longer message is about something, however friendly."""

RULE_SCORE = 0.95
SOFT_SCORE = 0.7
"""What a need scores that a rule names; the second where the rule is only a hint."""

GENERAL = "generic_help"
YIELDS = 0.28
"""A need with this score goes before help in general: "help, I cannot log in to my bank" is about the bank."""

DATA_SECURITY = "data_security"

UNPARTICULAR = NO_NEEDS | {GENERAL, "emergency"}

REPAIR = "device_repair"

OUTSIDE = {REPAIR: "repair", "device_purchase": "purchase"}

Shares = Mapping[str, float]
"""Class -> its share of likelihood."""


def named(fired: Sequence[Fired], kind: str) -> tuple[str, ...]:
    """What the rules of one kind named, each once: "urgency:lost_phone" names "lost_phone"."""
    found = (one.means.partition(":") for one in fired)
    return tuple(dict.fromkeys(value for of, _, value in found if of == kind))


def urgency(fired: Sequence[Fired], whole: Shares, shares: Shares) -> Urgency:
    """What cannot wait in a message; ``Urgency.NONE`` where nothing is urgent.

    ``whole`` are the shares of the whole message: with life and with money lost, a clause torn out of it
    is not trusted. ``shares`` hold the best clause too.
    """
    met = {kind for value in named(fired, "urgency") if _is_believed(kind := Urgency(value), whole)}
    if not met and max(_cannot_wait(whole), _cannot_wait(shares)) < VICTIM_LIKELY:
        # Nothing below could be likely enough.
        return Urgency.NONE
    everyday = "digital" in named(fired, "about") or "dead" in named(fired, "behalf") or met.difference(LIFE)
    victim = VICTIM_UNHARMED if "unharmed" in named(fired, "about") else VICTIM_LIKELY
    found = _life(met, whole, LIFE_AND_DIGITAL if everyday else LIFE_LIKELY)
    found = found or _urgent(met, whole, shares, victim)
    if found is Urgency.SCAM_SUSPECT and found not in met and DATA_SECURITY in named(fired, "need"):
        # How does one tell a swindler? Nobody has called yet.
        return Urgency.NONE
    return found


def _cannot_wait(shares: Shares) -> float:
    """The share of everything urgent together."""
    return sum([share for class_, share in shares.items() if class_ in _CANNOT_WAIT])


def _is_believed(kind: Urgency, shares: Shares) -> bool:
    """Whether likelihood leaves room for what a rule has heard."""
    alike = LIFE if kind in LIFE else URGENT
    if sum(shares.get(one, 0.0) for one in alike) >= UNLIKELY:
        return True
    return all(share < SURE for class_, share in shares.items() if class_ not in NO_NEEDS)


def _life(met: Collection[Urgency], shares: Shares, enough: float) -> Urgency:
    likely = {kind: shares.get(kind, 0.0) for kind in LIFE}
    best = max(LIFE, key=lambda kind: likely[kind])
    by_rule = next((kind for kind in LIFE if kind in met), Urgency.NONE)
    if by_rule:
        graver = LIFE.index(best) < LIFE.index(by_rule) and likely[best] >= LIFE_CLEAR
        return best if graver else by_rule
    return best if sum(likely.values()) >= enough else Urgency.NONE


def _urgent(met: Collection[Urgency], whole: Shares, shares: Shares, victim: float) -> Urgency:
    for kind in URGENT[:3]:
        if kind in met:
            return kind
    likely = {kind: whole.get(kind, 0.0) for kind in URGENT}
    if likely[Urgency.SCAM_VICTIM] >= victim:
        return Urgency.SCAM_VICTIM
    best = max(URGENT, key=lambda kind: likely[kind])
    if best is Urgency.SCAM_VICTIM and victim > VICTIM_LIKELY and sum(likely.values()) >= URGENT_LIKELY:
        return Urgency.SCAM_SUSPECT
    if sum(likely.values()) >= URGENT_LIKELY and likely[best] == max(whole.values()):
        return best
    first = max(shares, key=lambda class_: shares[class_], default="")
    if first in URGENT[1:] and shares[first] >= SURE:
        return Urgency(first)
    # A window that speaks of viruses and wants money is no matter for a repair shop.
    contradicted = not _uncontradicted({Urgency.SCAM_SUSPECT, REPAIR}, whole, SUSPECT_CLEAR)
    general = whole.get(DATA_SECURITY, 0.0) >= CLEAR
    return (
        Urgency.NONE if Urgency.SCAM_SUSPECT not in met or contradicted or general else Urgency.SCAM_SUSPECT
    )


def _uncontradicted(classes: Collection[str], shares: Shares, clear: float = CLEAR) -> bool:
    """Whether no class but these is likely enough to override a rule."""
    return all(share < clear for other, share in shares.items() if other not in classes)


def unalarmed(shares: Shares) -> dict[str, float]:
    """The shares of a word or two, which may be a village or a thing that is only named ("my phone"): what is
    urgent counts half."""
    return {class_: share / 2 if class_ in _CANNOT_WAIT else share for class_, share in shares.items()}


def need_scores(fired: Sequence[Fired], urgent: Urgency, shares: Shares) -> dict[str, float]:
    """Each need's score, best first, with those that the rules name; "emergency" alone where life is in
    danger."""
    if urgent in LIFE:
        return {"emergency": 1.0}
    scores = dict(shares)
    for id_ in named(fired, "need"):
        # What is bought or mended may look like something off topic: outside either way.
        if _uncontradicted({id_, OFF_TOPIC} if id_ in OUTSIDE else {id_}, shares):
            scores[id_] = max(scores.get(id_, 0.0), SOFT_SCORE)
    particular = max((scores[id_] for id_ in scores.keys() - UNPARTICULAR), default=0.0)
    if particular >= YIELDS:
        scores[GENERAL] = min(scores.get(GENERAL, 0.0), particular / 2)
    if urgent:
        scores[urgent.value] = max(scores.get(urgent.value, 0.0), RULE_SCORE)
    return {id_: scores[id_] for id_ in sorted(scores, key=lambda id_: -scores[id_])}


def outside(
    fired: Sequence[Fired], scores: Shares, urgent: Urgency, answers: bool = False, placed: bool = False
) -> str:
    """ "repair", "purchase" or "off_topic" where we are sure that digital support does not do it, else "".

    ``answers`` says that the message may be an answer to a question, such as a place's name: then it is
    not off topic. ``placed`` says that a place is named in it, so that it must be clearly so.
    """
    if urgent or not scores:
        return ""
    best = next(iter(scores))
    digital = placed or "digital" in named(fired, "about")
    if best in OUTSIDE:
        if not (answers or digital) and OFF_TOPIC in named(fired, "outside"):
            # A washing machine that is broken, too.
            return OFF_TOPIC
        return OUTSIDE[best] if scores[best] >= OUTSIDE_LIKELY else ""
    if answers:
        return ""
    if best == OFF_TOPIC and scores[best] >= (SURE if digital else OFF_TOPIC_LIKELY):
        return OFF_TOPIC
    return OFF_TOPIC if OFF_TOPIC in named(fired, "outside") and scores[best] < CLEAR and not digital else ""


def talk(scores: Shares, words: int) -> str:
    """Which kind of small talk a short message is by likelihood, else ""."""
    best = next(iter(scores), "")
    return best if best in TALK and scores[best] >= SURE and words <= TALK_WORDS else ""
