"""The three texts that every page links to: about the service, privacy, and accessibility.

They promise only what the code does. A change of what is stored, or for how long, changes a sentence
here in the same commit.
"""

from dataclasses import dataclass
from datetime import date

from locales.text import Text, as_written, say
from referral.web import words
from referral.web.shell import Operator

PREPARED = date(2026, 11, 22)
"""When the accessibility statement was written; a change of the pages brings a new date."""


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and what stands below it: paragraphs, then a list. Empty parts are left out."""

    heading: Text
    paragraphs: tuple[Text, ...] = ()
    items: tuple[Text, ...] = ()


@dataclass(frozen=True, slots=True)
class Statement:
    """A whole page of text."""

    title: Text
    sections: tuple[Section, ...]


def about(operator: Operator, attributions: tuple[str, ...]) -> Statement:
    """What the service is, what it is not, who runs it, and whose data it uses."""
    return Statement(
        words.ABOUT,
        (
            Section(
                say("What this is"),
                (
                    say("This is an automatic service: a computer program, not a person."),
                    say(
                        "It asks what you need help with and where you live, and tells who can help you. "
                        "It knows digital support in all of Finland: near you, by phone and online."
                    ),
                    say("You can also ask for somebody else, such as your mother or your neighbour."),
                ),
            ),
            Section(
                say("What it does not do"),
                (
                    say("It does not decide anything, and it does not know your affairs at any authority."),
                    say("It does not repair devices and does not sign in anywhere for you."),
                    say("In an emergency, call 112."),
                ),
            ),
            Section(
                say("How sure the information is"),
                (
                    say(
                        "Opening hours and phone numbers change. Every result says when its details were last "
                        "checked. Where a number has not been checked, it is not shown."
                    ),
                    say("Words are matched by rules and word lists. No message leaves this service."),
                ),
            ),
            Section(say("Who runs it"), _who(operator)),
            Section(
                say("Where the data comes from"),
                items=tuple(as_written(line) for line in attributions),
            ),
            Section(
                say("How it is made"),
                (
                    say("The program is open source, under the MIT licence."),
                    say(
                        "Its colours and spacing come from the Suomi.fi design tokens "
                        "(MIT licence, © 2019 Population Register Centre). This is not a Suomi.fi service."
                    ),
                ),
            ),
        ),
    )


def privacy(operator: Operator) -> Statement:
    """What is stored, why and for how long; and what cannot be promised."""
    return Statement(
        words.PRIVACY,
        (
            Section(
                say("In short"),
                (say("You need not say who you are. What you write is never stored."),),
            ),
            Section(say("What is not stored"), items=_NOT_STORED),
            Section(say("What is stored for a short time"), items=_STORED_SHORTLY),
            Section(say("What is counted"), _COUNTED),
            Section(say("What is in your own browser"), _BROWSER),
            Section(
                say("If you write something secret by mistake"),
                (
                    say(
                        "Personal identity codes, card numbers, bank account numbers, phone numbers and "
                        "e-mail addresses are covered before anything else is done with your message. "
                        "You are told when that happens."
                    ),
                    say(
                        "A detail written in an unusual way may be missed. It is not stored either, "
                        "but please do not write such details."
                    ),
                ),
            ),
            Section(
                say("Deleting your data"),
                (
                    say(
                        'Write "delete my data" in the conversation, or choose it under "Help and settings".'
                    ),
                    say(
                        "The monthly numbers stay: they cannot be traced to you, and so not taken back either."
                    ),
                ),
            ),
            Section(say("What cannot be promised"), items=_LIMITS),
            Section(
                say("Who is responsible"),
                (
                    *_who(operator),
                    say(
                        "If you think that your data is handled wrongly, you can turn to the "
                        "Data Protection Ombudsman (https://tietosuoja.fi)."
                    ),
                ),
            ),
        ),
    )


_NOT_STORED = (
    say("your messages"),
    say("your name, your phone number or your network address"),
    say("your exact location: if you share it, it is rounded to about a kilometre at once"),
)
_STORED_SHORTLY = (
    say(
        "What the conversation is about: the topic, the municipality or postcode, the language, and whether "
        "you ask for somebody else. Without it the service would forget what you just said. It is deleted "
        "24 hours after your last message, and after 7 days at the latest."
    ),
    say(
        "The answers that you were given, so that a broken connection does not lose them. "
        "They are deleted after 48 hours."
    ),
    say("Backup copies of the above, for at most 7 days."),
)
_COUNTED = (
    say(
        "Every month the service counts how many times each topic was asked about in each municipality, so that "
        "digital support can be arranged where it is needed. The language is counted only by region. One "
        "conversation adds at most three to these numbers."
    ),
    say(
        "By region it also counts how the requests ended, in which way they came, whether they were made for "
        "somebody else, and whether the answer helped. Messages that were not understood are counted by language."
    ),
    say(
        "The numbers say nothing about any one person. They are kept for 26 months. What is published is "
        'rounded to the nearest five, and small numbers are shown only as "fewer than 5".'
    ),
)
_BROWSER = (
    say("There are no cookies, and nobody follows what you do on other sites."),
    say(
        "Your own words are shown in this tab only. Your browser remembers them until you close the tab. "
        "If scripts are turned off, the words travel with the page each time you send something, "
        "so that they can be shown again. They are not stored then either."
    ),
    say("If you choose a text size or colours, your browser remembers the choice on this device."),
    say("On a shared computer, close the tab when you are done."),
)
_LIMITS = (
    say(
        "The company or office that runs the server may keep technical records of its own, "
        "such as network addresses. This service does not."
    ),
    say("If you use the service in Telegram, Telegram keeps your messages under its own rules."),
    say(
        "Somebody who sends many invented requests may be able to tell from the published numbers "
        "that at least one real request was made. They cannot tell who made it."
    ),
)


def accessibility(operator: Operator) -> Statement:
    """The accessibility statement: the law it answers to, how it was tested, gaps, and feedback."""
    return Statement(
        words.ACCESSIBILITY,
        (
            Section(
                say("About this statement"),
                (
                    say(
                        "This statement is about the conversation page of Digituki and the pages that it links to."
                    ),
                    say("It was written on {date}, after testing by the makers themselves.", date=PREPARED),
                    say(
                        "The Act on the Provision of Digital Services (306/2019) asks public services to meet "
                        "the WCAG criteria at levels A and AA. The pages are made to meet them (version 2.2)."
                    ),
                ),
            ),
            Section(say("How it was tested"), items=_TESTED),
            Section(say("What we know to be lacking"), items=_GAPS),
            Section(say("Other ways to get help"), (_OTHER_WAYS,)),
            Section(say("Tell us"), _feedback(operator)),
        ),
    )


_TESTED = (
    say("With an automatic checker (axe) on every page and in every state of the conversation."),
    say("With the keyboard alone, and with scripts turned off."),
    say("In a window 320 pixels wide, with forced colours, in dark mode and with reduced motion."),
)
_GAPS = (
    say("People who use a screen reader every day have not tested the pages yet, nor has an outside expert."),
    say("The names and descriptions of helpers may be in Finnish only, whichever language you have chosen."),
    say("There is no version in sign language."),
    say("In older browsers the choice of text size and colours works only with scripts turned on."),
)
_OTHER_WAYS = say(
    'You can write "talk to a person" at any time. Then you are given a phone number where a person answers.'
)


def _feedback(operator: Operator) -> tuple[Text, ...]:
    if not operator.contact:
        return (say("Whoever runs this service has not given an address for feedback yet."),)
    return (
        say("If something is hard to use, tell us: {contact}.", contact=operator.contact),
        say("You get an answer within 14 days."),
        say(
            "If the answer does not satisfy you, or none comes, you can turn to the authority that supervises "
            "accessibility (https://www.saavutettavuusvaatimukset.fi)."
        ),
    )


def _who(operator: Operator) -> tuple[Text, ...]:
    run_by = say("Run by: {operator}", operator=operator.name)
    if not operator.contact:
        return (run_by,)
    return (run_by, say("Contact: {contact}", contact=operator.contact))
