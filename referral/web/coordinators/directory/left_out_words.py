"""The words of the list of what imports nearly took."""

from locales.text import Text, as_written, say
from referral.directory.importers.choosing import Short, Shortfall

TITLE = say("Nearly taken")
LEAD = say(
    "The import takes digital support from large registers by rules. These records met a part of a rule, or have a "
    "word that is worth a look, and were left out. Is one of them digital support? Then take it."
)
WHEN = say(
    "What you take is in the directory within a few seconds if enough of the record is kept; else it comes with "
    "the next fetch. What you leave out no longer stands on this list."
)
OPEN, DECIDED = say("Undecided"), say("Decided")
SEARCH = say("Words of the name, the organisation or the reason")
NOTHING = say("Nothing in your regions was nearly taken. The list is made anew with every import.")
NOTHING_FOUND = say("No record with these words was nearly taken in your regions.")
RECORD_OF = say("Record {record} of {source}, like this since {date}")
MORE_PLACES = say("and {n} more municipalities")
TAKE = say("Take it")
TAKE_ONE = say("Take it: {name}")
LEAVE = say("Leave it out")
LEAVE_ONE = say("Leave it out: {name}")
WAS_TAKEN = say("A coordinator has taken it. It comes with the next fetch.")
WAS_LEFT = say("A coordinator has left it out.")
PAGES = say("Pages of the list")
PAGE_OF = say("Page {n} of {count}")
EARLIER = say("Previous")
LATER = say("Next")

RULES = {
    "not_for_citizens": say("only for companies or authorities"),
    "not_digital_support": say("digital in its name only"),
    "training_by_name": say("a course, by its name"),
    "support_by_name": say("digital support, by its name"),
    "support_by_keyword": say("digital support, by its keywords"),
    "customer_computer": say("a computer for customers"),
    "skills_by_class_and_words": say("digital skills, by its class and its words"),
    "help_in_description": say("help with digital matters, by its description"),
}
"""The rules of ``knowledge/data/supply.toml`` by their ids."""

FIELDS = {
    "name": say("name"),
    "keyword": say("keyword"),
    "term": say("subject term"),
    "class": say("class of service"),
    "group": say("target group"),
    "text": say("description"),
}


def why(short: Shortfall) -> tuple[Text, ...]:
    """The sentences that say how a record was nearly taken, and what left it out."""
    how = {
        Short.RULED_OUT: say(
            "It would be taken as “{rule}” ({because}).",
            rule=_rule(short.rule),
            because=_words(short.because),
        ),
        Short.HALF: say(
            "It meets half of the rule “{rule}” ({because}).",
            rule=_rule(short.rule),
            because=_words(short.because),
        ),
        Short.WORD: say(
            "It meets no rule, but has a word that is worth a look ({because}).",
            because=_words(short.because),
        ),
    }[short.how]
    if not short.against:
        return (how,)
    return how, say(
        "It was left out as “{rule}” ({because}).", rule=_rule(short.against), because=_words(short.but)
    )


def _rule(id: str) -> Text:
    return RULES.get(id) or as_written(id)


def _words(because: str) -> tuple[Text, ...]:
    """What stands in which field: of "name: digituki + class: p6.10"."""
    parts = (part.partition(": ") for part in because.split(" + "))
    return tuple(
        say("{field}: {words}", field=FIELDS.get(field) or as_written(field), words=said)
        for field, _, said in parts
    )
