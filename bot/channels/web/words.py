"""The words of the page around the conversation; the long texts are in ``statements``."""

from locales.text import say

TAGLINE = say("Help with phones, computers and online services")
CONVERSATION = say("Conversation")
YOU = say("You:")
ADVISER = say("Adviser:")
YOUR_MESSAGE = say("Your message")
SAFETY = say("Do not write your personal identity code, bank codes or passwords.")
SEND = say("Send")
CHOOSE = say("Choose one, or write in your own words")
SHARE_FAILED = say("Your location could not be read. Please write the municipality or the postcode instead.")
MOMENT = say("One moment, please.")
NOT_SENT = say("Your message did not go through. Check your internet connection and try again.")
TRY_AGAIN = say("Try again")
LEAVE_PAGE = say("Leave this page at once")
EARLIER_WORDS_LEFT_OUT = say("Your earliest messages are no longer shown here.")
START_AGAIN = say("Start again")
BEGIN = say("Go on with what you were looking at")
