"""The words of demand against supply."""

from locales.text import say

LEAD = say(
    "How far people live from support in person, and what was asked for where nobody gives it. The worst served come "
    "first."
)
SUPPLY_OF = say("Demand against supply: {place}")
MEASURED_TO = say("Support with")
ANYTHING = say("Whatever comes up")
OVERVIEW = say("At a glance")
PEOPLE_BEYOND = say("of the people have more than 30 km to support in person")
CHECKED = say("of the offers were checked within six months")
GUIDED = say("of the offers say that they follow the national ethical guidelines")
ASK_FIRST = say(
    "{n} libraries and other places may be asked first. They are not counted as support, because they do not say that "
    "they give it."
)
OFFERS = say("offers of support that lie in the region or are for it, by {helpers} helpers")
BY_FORM = say("Support by form and language")
FORM = say("Form")
FORMS = {
    "in_person": say("In person"),
    "remote": say("By phone or video"),
    "training": say("Courses"),
}
NUMBER_OF_OFFERS = say("Offers")
HELPERS = say("Helpers")
SERVED_IN = say("Served in")
NOT_KNOWN = say("nobody has said in which language")
NATIONAL_LINES = say("National phone lines are for everybody and are not counted here.")

GAPS = say("Asked for, and far away")
GAPS_LEAD = say(
    "Needs with at least 10 requests in {period} where half of the region’s people, or of a municipality’s, have more "
    "than 30 km to support in person with them."
)
MORE_GAPS = say("The worst are shown; there are {n} more. Choose a region to see its own.")
MORE_PLACES = say(
    "The worst served are shown; there are {n} more. A region shows its own, and the export has all."
)
NO_GAPS = say("Nothing that was asked for at least 10 times is far away from most people.")
NO_RELEASE = say("Demand is shown beside supply once a month has been released.")
NEED = say("Need")
WHERE = say("Where")
WHOLE_REGION = say("{region}, the whole region")
REQUESTS = say("Requests")
BEYOND = say("More than 30 km away")
MEDIAN = say("Half have at most")
WHAT_TO_DO = say("What could be done")
WHAT_TO_DO_HINT = say(
    "What could be done: invite helpers of the municipality to join, look at the nearest support in other municipalities, "
    "and see what people there are shown."
)
INVITE = say("Invite helpers")
NEIGHBOUR = say("{place}, {km}")
PUBLIC = say("What people there see")
NONE_AT_ALL = say("none at all")

PLACES = say("Municipalities, the worst served first")
EXPORT = say("Export this list")
BY_YEAR = say("Requests by municipality are published by year only.")
SEE_YEAR = say("See the year {year}")
RESIDENTS = say("Residents")
POINTS = say("Offers there")
LACKING = say("Lacking near")
BY_PHONE = say("{language} (by phone: yes)")
VISITS = say("comes to people’s homes")
MAP = say("Map of the regions: far from support")
MAP_TITLE = say("People with more than 30 km to support in person, by region")
MAP_SHOWS = say(
    "An approximate map: one tile for each of the 19 regions. The darker and closer hatched a tile, the larger the share "
    "of people with more than 30 km to support in person. The table below has the figures of the municipalities."
)
HOW_MEASURED = say("How this is measured")
MEASURED = (
    say(
        "Distances are straight lines from the postcodes where people live to the nearest offer of declared support in "
        "person that serves them. Roads are longer."
    ),
    say(
        "An offer without coordinates stands at the centre of its municipality. Libraries that may only be asked are not "
        "counted."
    ),
    say(
        "Official languages other than Finnish are lacking where no support within 30 km is known to be given in them. "
        "Often nobody has said; asking the helpers is the first thing to do."
    ),
    say("Supply is today’s directory. Demand is what was released of the period."),
)
WORST = say("Worst served: {place}. {share} of its people have more than 30 km to support in person.")
EMPTY = say("No municipality can be shown.")
