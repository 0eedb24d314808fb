"""The words of the pages by which providers join the network and look after what they offer."""

from datetime import date

from locales.text import Text, say
from referral.card import FORMS as FORMS  # The names of the ways of helping, as on a card.
from referral.card import LANGUAGES as LANGUAGES
from referral.web.public.words import FOLLOWS as FOLLOWS
from referral.web.public.words import FROM_TO as FROM_TO
from referral.web.public.words import GUIDELINES as NATIONAL_GUIDELINES  # noqa: F401
from referral.web.public.words import KINDS as KINDS
from referral.web.public.words import NEXT_TIMES as NEXT_TIMES
from referral.web.public.words import SKIP_TO_CONTENT as SKIP_TO_CONTENT

JOIN = say("Join the network of helpers")
JOIN_LEAD = say(
    "Does your library, association, company, authority or project help people with digital matters? "
    "Tell about it here, so that those who need help find you."
)
HOW = say(
    "It takes about five minutes. You see a preview before you send. The coordinator of your region looks "
    "at it, and then it is shown to everybody."
)
NO_PERSONS = say("Write about the organisation. Names of persons are not needed.")
DESCRIPTION = say("Libraries, associations, companies, authorities and projects can join the network here.")

# Faults
ERROR = say("Error")
FAULTS = say("Please correct these")
LOOKS_LIKE_A_PROGRAM = say("The field at the end was filled in, as programs do. Empty it and send again.")
PLEASE_WAIT = say(
    "Much was sent from your network in a short time. Nothing is lost: wait a minute and send again."
)
TOO_MANY_WAIT = say("Very many messages are waiting just now. Nothing is lost: please send again tomorrow.")

# Who
WHO = say("Who you are")
ORGANISATION = say("Name of the organisation")
ORGANISATION_HINT = say("For example: Kemin kaupunginkirjasto")
KIND = say("What kind of organisation it is")
OTHER_KIND = say("Something else")
NAME = say("Name of the service")
NAME_HINT = say("If it has a name of its own, for example: Digikahvila")
STORY = say("In a few words: whom you help, and how")
STORY_HINT = say("Plain words, at most 1,000 characters.")
OTHER_LANGUAGES = say("The same in other languages")

# What
WHAT = say("What you help with")
NEEDS_HINT = say("Tick at least one.")
ALL_NEEDS = say("All of these: general digital support")
FORMS_TITLE = say("Ways of helping")
HOME_VISITS = say("We also come to people's homes")

# Where
WHERE = say("Where the help is given")
STREET = say("Street address")
POSTCODE = say("Postcode")
MUNICIPALITY = say("Municipality")
COVERAGE = say("Who can get your help")
COVERS = {
    "": say("Those who live in our municipality"),
    "region": say("Those who live in our region"),
    "national": say("Everybody in Finland"),
    "places": say("Those who live in these municipalities or regions:"),
}
COVERAGE_PLACES = say("Names of the municipalities or regions, with commas between them")

# When and how
WHEN = say("When and how you can be reached")
HOURS = say("Opening hours")
HOURS_HINT = say("In everyday words, for example: Mon–Fri 9–15, Sat closed")
PHONE = say("Phone")
PHONE_HINT = say("Only the number, for example 09 123 4567")
WEB = say("Web page")
WEB_HINT = say("The whole address, for example https://www.example.org")
SERVED_IN = say("Languages of service")
PRICE = say("Price")
PRICE_HINT = say("For example: free. Leave empty if you cannot say.")

# A course or an event
COURSE = say("A course or an event")
COURSE_HINT = say(
    "Only if you arrange something on certain days. It is shown until it ends. The place is the street "
    "address above, or the web page if it is held online."
)
COURSE_OPEN = say("Tell the day and the time")
STARTS = say("First day")
STARTS_HINT = say("For example 3.12.2026")
STARTS_TIME = say("Begins at")
TIME_HINT = say("For example 13.00")
COURSE_ENDS = say("Last day (empty if it is the same day)")
ENDS_TIME = say("Ends at")
AGAIN = say("If it comes again: when it meets")
AGAIN_HINT = say("For example: every month 1st Tuesday 13–15, or: Tue 13–15. Then write the last day, too.")
ENROL_UNTIL = say("Enrolment until")
SEATS = say("Number of seats")
AUDIENCE = say("Whom it is for")
AUDIENCES = {"": say("Citizens"), "supporters": say("Those who give digital support")}
FOR_SUPPORTERS = say("This is for those who give digital support. Citizens are not sent there.")

# Trust
TRUST = say("Guidelines and contact")
GUIDELINES = say("Do you follow the national ethical guidelines for digital support?")
GUIDELINES_HINT = say(
    "For example: the customer signs in alone, and a helper never asks for codes or passwords."
)
ANSWERS = {"yes": say("Yes"), "no": say("No"), "": say("I do not know")}
EMAIL = say("E-mail address (not needed)")
EMAIL_HINT = say(
    "Only so that the coordinator can ask you something about this. It is never shown to anybody else, and "
    "it is deleted 30 days after the decision."
)
TRAP = say("Leave this field empty")

# Preview and sending
PREVIEW = say("See how it will look")
PREVIEW_TITLE = say("Citizens will see this")
PREVIEW_LEAD = say("Nothing has been sent yet. Look at it, then send it or change it.")
TOPICS = say("{n} topics")
WITH = say("You help with")
SERVED = say("For those who live here")
EVERY_WEEK = say("All opening hours")
SEND = say("Send to the coordinator")
CHANGE = say("Go back and change")

# The private page
OWN = say("Your own page")
SENT = say("Thank you. Your help has been sent to the coordinator.")
KEEP = say("Keep this link")
KEEP_WHY = say(
    "With it you can correct what you offer, say that all is still true, or end it. It is shown only now. "
    "Whoever has the link can do the same, so keep it like a key."
)
WAITS = say("The coordinator has not looked at this yet. It is not public.")
CHANGE_WAITS = say("Your change waits for the coordinator. Until then the page shows what was there before.")
REFUSED = say("The coordinator did not take this into the directory.")
REASON = say("The reason: {reason}")
PUBLIC = say("This is public now.")
ENDED = say("This is no longer shown. Its last day was {date}.")
ENDS = say("This is shown until {date}.")
STILL_TRUE = say("Everything is still true")
STILL_TRUE_WHY = say("One press is enough. People see the day on which you last said so.")
CONFIRMED = say("Thank you. Noted as true today.")
CHANGED = say("Thank you. The change has been sent to the coordinator.")
CLOSED = say("Noted. Thank you for telling.")
EDIT = say("Change what you offer")
END = say("End this help")
END_WHY = say("After this day nobody is sent to you any more.")
LAST_DAY = say("Last day")
LAST_DAY_HINT = say("Write it like this: 31.12.2026")
BAD_DAY = say("Write the last day like this: 31.12.2026. It cannot be in the past.")
END_BUTTON = say("End on this day")
REOPEN = say("Take the ending back")
REOPEN_WHY = say("Then people are sent to you again.")
REOPENED = say("Noted. People are sent to you again.")
GONE_TITLE = say("This link does not work any more")
GONE = say("It is too old, or it was ended. Ask the coordinator of your region for a new one.")
UNKNOWN_LINK = say("This link is not one of ours. Look whether the whole address was copied.")
TITLED = say("{title}")

LABELS = {
    "organisation": ORGANISATION,
    "kind": KIND,
    "name_fi": NAME,
    "description_fi": STORY,
    "needs": WHAT,
    "forms": FORMS_TITLE,
    "home_visits": HOME_VISITS,
    "street": STREET,
    "postcode": POSTCODE,
    "municipality": MUNICIPALITY,
    "coverage": COVERAGE,
    "coverage_places": COVERAGE_PLACES,
    "languages": SERVED_IN,
    "hours": HOURS,
    "phone": PHONE,
    "url": WEB,
    "price": PRICE,
    "starts": STARTS,
    "starts_time": STARTS_TIME,
    "ends": COURSE_ENDS,
    "ends_time": ENDS_TIME,
    "again": AGAIN,
    "enrol_until": ENROL_UNTIL,
    "seats": SEATS,
    "audience": AUDIENCE,
    "ethical_guidelines": GUIDELINES,
    "email": EMAIL,
}
"""What each field of the form is called; those in other languages than Finnish are made of these."""


def name_in(code: str) -> Text:
    """The label of the name in another language."""
    return say("Name of the service in this language: {language}", language=LANGUAGES[code])


def story_in(code: str) -> Text:
    """The label of the description in another language."""
    return say("In a few words in this language: {language}", language=LANGUAGES[code])


def good_until(last: date) -> Text:
    """How long a link works."""
    return say("The link works until {date}. A coordinator can give you a new one.", date=last)
