"""The words of the situation picture."""

from locales.text import say

TITLE = say("Situation picture")
PARTS = say("Parts of the situation picture")
DEMAND = say("What was asked for")
SUPPLY = say("Demand against supply")
EXPORT = say("Export")
REPORT = say("Report")

CHOOSE = say("Choose what is shown")
PERIOD = say("Period")
REGION = say("Region")
MUNICIPALITY = say("Municipality")
TOPIC = say("What was asked for")
LANGUAGE = say("Language")
OUTCOME = say("How it ended")
FORM = say("Form")
FORM_OR_OUTCOME = say("Form or outcome")
REASON = say("Why nobody could help")
EVERYTHING = say("All")
WHOLE_COUNTRY = say("The whole country")
SHOW = say("Show")
START_AGAIN = say("Remove all choices")
REMOVE = say("Remove: {what}")
CHOSEN = say("Chosen")
KINDS = {"month": say("Months"), "quarter": say("Quarters"), "year": say("Years")}
QUARTER = say("Quarter {quarter} of {year}")

LEFT_OUT = {
    "unknown": say("{filter}: there is nothing of that name to be shown, so it was left out."),
    "by_year": say(
        "Municipality: published by year only, because shorter periods would point at people. Choose a year."
    ),
    "by_quarter": say(
        "{filter}: published by quarter and by year, not by month. Choose a quarter or a year."
    ),
    "never_told": say(
        "Municipality: nothing is ever published of the two smallest municipalities of a region, so that nobody "
        "can work out the others by subtraction."
    ),
    "form_never": say(
        "Form: help found in person is never published, nor the form that was asked for. Remote help and courses are."
    ),
    "not_together": say(
        "{filter}: never published together with a need or a municipality, so it was left out."
    ),
}

NUMBER = say("Requests")
UNIT = say("requests")
TOO_FEW = say("Fewer than {k}, perhaps none. In a sum of several parts: fewer than {k} in each part.")
AT_LEAST = say("At least {least} for certain.")
CHANGE_UP = say("{percent} more than a year before.")
CHANGE_DOWN = say("{percent} fewer than a year before.")
CHANGE_NONE = say("As many as a year before.")

COURSE = say("Over time")
COURSE_TITLE = say("Requests over time: {what}")
COURSE_SHOWS = say(
    "A line of {count} periods up to {period}; the dashed line is the same periods a year before. Hollow marks on "
    "the ground line are periods with fewer than {k}. The table beside it has every number."
)
COURSE_SHOWS_YEARS = say(
    "A line of {count} years up to {period}. Hollow marks on the ground line are years with fewer than {k}. The table "
    "beside it has every number."
)
NOW_LINE = say("these periods")
BEFORE_LINE = say("a year before (dashed)")
BEFORE_COLUMN = say("A year before")
NOT_RELEASED = say("not released")
SHARE = say("Per cent")
PER_1000 = say("per 1,000 residents")

DIVISIONS = {
    "groups": say("By group of needs"),
    "needs": say("By need"),
    "regions": say("By region"),
    "municipalities": say("By municipality"),
    "languages": say("By language of the conversation"),
    "outcomes": say("Helped in another way than in person"),
    "reasons": say("Why nobody could help near"),
    "askers": say("Asked for somebody else, by channel"),
    "helped": say("Answers to “Did this help?”"),
    "misses": say("Messages that were not understood, in the whole country"),
}
COLUMNS = {
    "need_group": say("Group"),
    "need": say("Need"),
    "region": say("Region"),
    "municipality": say("Municipality"),
    "language": say("Language"),
    "outcome": say("How it ended"),
    "reason": say("Reason"),
    "channel": say("Channel"),
    "helped": say("Answer"),
}
NOTES = {
    "municipalities": say(
        "Published as far as the numbers of the needs allow, so it can be lower than what was counted. Of the two "
        "smallest municipalities nothing is published."
    ),
    "languages": say("The region’s main language and plain Finnish are never published."),
    "outcomes": say(
        "Help found in person is never published, so these do not add up to all. Nor is the form that was asked for: it "
        "would limit how a request can have ended, and so tell too much."
    ),
    "reasons": say("A missing language or form is never published, because it would point at few people."),
    "askers": say("Those who ask for themselves are never published."),
    "needs": say(
        "Needs of a quarter need not add up to their group: what is small is told in the group only."
    ),
}
ONLY_WHOLE = say(
    "Language, how it ended and the other divisions are published for whole regions only, never for one need."
)

LANGUAGE_NAMES = {"fi@simple": say("plain Finnish"), "fse": say("Finnish Sign Language")}
"""Those that the Unicode names of languages lack."""

OUTCOME_NAMES = {
    "remote": say("Remote support"),
    "training": say("A course"),
    "authority": say("The authority’s own advice"),
}
REASON_NAMES = {"no_supply": say("Nobody helps with this"), "too_far": say("Nobody near")}
ASKER_NAMES = {"self": say("For themselves"), "other": say("For somebody else")}
KIND_NAMES = {"need": say("The need"), "place": say("The place")}
CHANNEL_NAMES = {"web": say("Web chat"), "telegram": say("Telegram")}
HELPED_NAMES = {"yes": say("Yes"), "no": say("No")}

MAP = say("Map of the regions")
MAP_TITLE = say("Requests by region per 1,000 residents, {period}")
MAP_SHOWS = say(
    "An approximate map: one tile for each of the 19 regions, Lapland at the top, Åland at the lower left. The "
    "darker and closer hatched a tile, the more requests per 1,000 residents. The table has every number."
)
MAP_APPROXIMATE = say(
    "The map is approximate: the tiles show about where a region lies, not how large it is."
)
MAP_PUBLIC = say(
    "Other regions are shown as everybody may see them: by quarter, from 10 requests a group of needs."
)

HOW_TO_READ = say("How to read the numbers")
READ_SMALL = say(
    "<{k} means that there were from 0 to {small} requests. Nobody can tell which, and we do not tell zero apart, so "
    "that nobody can be found. In a sum of several parts it means fewer than {k} in each part."
)
READ_ROUNDED = say(
    "All other numbers are rounded to the nearest five of every part that they are the sum of. Percentages, lines "
    "and maps are drawn from the published numbers only."
)
READ_FEW = say(
    "Few requests can also mean that people do not know the service yet. They do not show that nobody needs help."
)
READ_RISK = say(
    "Anyone may use the service, so somebody can send invented requests. Who does, and then sees a number, can learn "
    "that at least one real request was made; not by whom."
)
READ_ONCE = say(
    "A release is written once and never changes. What comes in late is counted in the next month."
)

BY_QUARTER = say(
    "Groups, languages, how it ended and the other divisions are published by quarter and by year."
)
SEE_QUARTER = say("See {period}")
EMPTY = say("Nothing has been released yet")
EMPTY_WHEN = say(
    "A month closes on the 5th of the next one. {month} closes on {date}, and its numbers appear here by themselves."
)
EMPTY_MEANWHILE = say(
    "Meanwhile you can see how far people have to help in your region, and who has not been checked lately."
)
EMPTY_QUARTER = say(
    "Groups, languages and outcomes are published by quarter. The next quarter closes on {date}."
)
SMALL_ROWS = say("Fewer than {k} each: {n}")
NONE_TOLD = say("Nothing here reached {k}.")
