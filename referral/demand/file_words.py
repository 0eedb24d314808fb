"""The words of a released workbook: its sheets, its columns, and the rules for those who read the tables."""

from locales.text import Text, say

ABOUT = say("How to read this")
"""The title of the sheet that explains the others."""

SHEETS = {
    "needs": say("Needs"),
    "groups": say("Groups of needs"),
    "regions": say("Whole regions"),
    "municipalities": say("Municipalities"),
    "languages": say("Languages"),
    "outcomes": say("How it ended"),
    "reasons": say("Why nobody could help"),
    "askers": say("Asked for somebody else"),
    "helped": say("Whether it helped"),
    "misses": say("Not understood"),
}
"""The title of each table's sheet: 31 characters at most, none of them one of []:*?/\\."""

HEADINGS = {
    "period": say("Period"),
    "region": say("Region"),
    "municipality": say("Municipality"),
    "need_group": say("Group"),
    "need": say("Need"),
    "language": say("Language"),
    "outcome": say("How it ended"),
    "reason": say("Reason"),
    "asker": say("Who asked"),
    "channel": say("Channel"),
    "helped": say("Answer"),
    "kind": say("What was not understood"),
    "number": say("Requests"),
    "at_least": say("At the least"),
}
CODE_OF = say("{what}, code")

COLUMNS = {
    "region": say("The region (maakunta) of the home of the person who is helped, with its two digits."),
    "municipality": say("The municipality of that home, with its three digits."),
    "need_group": say("The group of needs."),
    "need": say("What was asked for, as the service understood it."),
    "language": say("The language of the conversation."),
    "outcome": say("How the request ended: remote help, training, or the authority’s own advice."),
    "reason": say("What was missing: nobody helps with this, or nobody near."),
    "asker": say("Whether a person asked for themselves or for another. Only the latter is told."),
    "channel": say("Where the conversation took place."),
    "helped": say("The answer to “Did this help?”."),
    "kind": say("What was not understood: the need or the place."),
    "number": say("How many, to the nearest five of every part that it is the sum of; see the rules."),
    "at_least": say("How many there were at the least."),
}
"""What each column holds; the sheet of explanations shows those that a release has."""

RULES = (
    say("A number below {k} is told as <{k}. It may be zero, and it may be that nobody asked at all."),
    say("Every row that there could be is in the table, so that a missing row says nothing."),
    say(
        "Needs are told by month where a month, region and need have at least {k}. What the months of a quarter leave "
        "is added to its groups, and what is then left to its regions. So the needs of a group need not add up to the "
        "group, nor its groups to the region."
    ),
    say(
        "Of some shares nothing is told, so that nobody can subtract: of each region the two municipalities with the "
        "fewest inhabitants, its main language and plain Finnish, help found in person and help not found, the form "
        "that was asked for, those who asked for themselves, and those who did not say whether it helped."
    ),
    say(
        "Municipalities and the other divisions are told as far as the numbers of the needs allow, the larger first. A "
        "number may therefore be lower than what was counted, never higher than to the nearest five."
    ),
    say("A request that came in after its month had closed is counted in the next month."),
    say("A release is never made anew. The sha256 of its JSON tells whether this is the same one."),
    say("Anyone may use the service: invented requests cannot be told from real ones."),
)
"""The rules of release, in words for those who read the tables."""

PERIOD = say("Period")
SMALLEST = say("The smallest number that is told (k)")
SHA256 = say("sha256 of these tables as JSON")
RULE = say("Rule {number}")


def in_english(text: Text) -> str:
    """``text`` as it stands in code."""
    return text.msgid.format_map(dict(text.blanks))
