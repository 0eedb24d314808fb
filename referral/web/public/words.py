"""The words of the public pages: help by place and by need, helpers, and sources."""

from locales.text import say
from referral.card import FORMS as FORMS  # The names of the ways of helping, as on a card.

SKIP_TO_CONTENT = say("Skip to the content")
TITLE = say("Help near you")
LEAD = say("Choose your municipality or what you need help with. You need not write anything about yourself.")
DESCRIPTION = say(
    "Who helps with phones, computers and online services: addresses, phone numbers and opening hours."
)

# Searching
SEARCH = say("Search")
WHERE = say("Municipality, village or postcode")
WHAT = say("What do you need help with?")
WHAT_HINT = say("For example: bank codes. Do not write anything secret.")
WHERE_HINT = say("For example: Kemi or 99600")
SEARCH_NOTE = say("What you write here is not kept, and it is not put into the address of the page.")
WHICH_PLACE = say("Which place do you mean?")
WHICH_NEED = say("Which of these is it about?")
NO_PLACE = say("I do not know this place. Write the name of the municipality or a postcode.")
NO_NEED = say("I did not understand what it is about. Write it in other words, or choose from the list.")
NOTHING_WRITTEN = say("Write a place, what you need help with, or both.")
MISSING = say("There is no page at this address")
MISSING_HINT = say("The address may be old or mistyped. Search here, or choose from the lists.")

# Lists
BY_PLACE = say("By municipality")
BY_NEED = say("By topic")
NEEDS_HERE = say("Topics: {place}")
NEIGHBOURS = say("Neighbouring municipalities")
PLACES_HERE = say("Other helpers: {place}")
ALL_PLACES = say("All municipalities and topics")
CHOOSE_PLACE = say("Choose a municipality to see the nearest helpers")

# A page of help
HELP_IN = say("Digital support: {place}")
NEED_IN = say("{need}: {place}")
ONLY_NEED = say("{title}")
ORDER = say("The nearest and surest come first.")
REMOTELY = say("Help by phone and online, for all of Finland")
FIRST = say("Do this first")
HELPERS = say("Helpers")
ASK_FIRST = say("Ask first: {authorities}. They advise on their own services, free of charge.")
NOBODY = say("Nobody was found here.")
NOBODY_ELSE = say("Look at the neighbouring municipalities below, or ask in the conversation.")
NARROW = say("Narrow the list")
FORM = say("Way of helping")
ANY = say("All")
SERVED_IN = say("Language of service")
OPEN_NOW = say("Open now")
SHOW = say("Show")
SHOW_ALL = say("Show all")
TALK = say("Ask in the conversation")
TALK_HINT = say("You can also tell in your own words what you need.")
HOURS_UNKNOWN = say("The opening hours are not known. Ask before you go.")
MAP_OF = say("Map of {name}")
WHERE_THEY_ARE = say("Where they are")
MAP_NOTE = say("The picture is approximate. Dots show where people live, numbers where the helpers are.")
SECRETS = say("Do not give your bank codes or passwords to anybody, not even to a helper.")
PRINTED = say("As it was on {date}. The page: {address}")

# A helper
OF_HELPER = say("More about {name}")
CALENDAR = say("Put the times into your calendar")
NEXT_TIMES = say("Next times")
EVERY_WEEK = say("All opening hours")
FROM_TO = say("{date}, {start}–{end}")
GUIDELINES = say("National ethical guidelines for digital support")
FOLLOWS = {True: say("Says that it follows them"), False: say("Does not follow them"), None: say("Not known")}
KINDS = {
    "authority": say("Authority"),
    "library": say("Library"),
    "association": say("Association"),
    "municipality": say("Municipality"),
    "company": say("Company"),
    "project": say("Project"),
}
OFFERS = say("Help on offer")
WHAT_THEY_DO = say("What they help with")
WHOM_THEY_SERVE = say("Area served")
ALL_FINLAND = say("all of Finland")
WRONG = say("Is something wrong? The helper can put it right with its own link.")

# Sources
SOURCES_TITLE = say("Where the information comes from")
SOURCES_LEAD = say("Every helper is shown with its source and the day on which it was last checked.")
LICENCES = say("Data and licences")
SOURCES_OF_HELPERS = say("Sources of the helpers")
SOURCE_NAME = say("Source")
SOURCES = {
    "Kirjastot.fi library directory": say("Kirjastot.fi library directory"),
    "Suomi.fi Finnish Service Catalogue (PTV)": say("Suomi.fi Finnish Service Catalogue (PTV)"),
    "Linked Events": say("Event calendars (Linked Events)"),
}
"""The sources that hold many helpers; the others are cited as whoever looked wrote them down."""

HOW_MANY = say("Helpers")
LAST_CHECKED = say("Last checked")
NEVER = say("not checked yet")
TRAIL = say("Where you are")
ON_DAY = say("{date}")
TOPICS = say("{n} topics")
ON_PAGE = say("On this page")
