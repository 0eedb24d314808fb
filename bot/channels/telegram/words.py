"""The words that only Telegram needs: its menu, its profile, and what stands around its buttons."""

from locales.text import say

NAME = say("Digituki")
DESCRIPTION = say(
    "Tell what you need help with and where you live. You get the helpers near you. This is an automatic "
    "service. Do not write your personal identity code, bank codes or passwords."
)
SHORT_DESCRIPTION = say("Finds help with phones, computers and online services, near you.")

COMMANDS = {
    "start": say("Begin"),
    "help": say("Help and settings"),
    "language": say("Change the language"),
    "place": say("Choose the place"),
    "human": say("Talk to a person"),
    "privacy": say("What is stored about me"),
    "delete": say("Delete my data"),
    "cancel": say("Start again"),
}
"""The menu of commands, in the order in which it is shown."""

SHARE_HERE = say("You can also share your location with the button below the message field.")
TYPE_PLACE = say("I will write the place")
THANK_YOU = say("Thank you.")

COPY = say("Copy the number {phone}")
MAP = say("Show on a map")
MAP_OF = say("Map: {number}")
PHONE = say("Phone")
ADDRESS = say("Address")
OPENING = say("Opening hours")
WEB = say("Web page")
