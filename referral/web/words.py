"""The words of what every page has: its head and foot, and its kind errors."""

from locales.text import say

NAME = say("Digituki")
DESCRIPTION = say("Tell what you need help with and where you live. You get the helpers near you.")
SKIP = say("Skip to the conversation")
LANGUAGES = say("Language")
TOO_FAST = say("There were many messages in a short time. Please wait a minute and try again.")
NEW_TAB = say("opens in a new tab")
DISPLAY = say("Text size and colours")
TEXT_SIZE = say("Text size")
SIZES = {"normal": say("Normal"), "large": say("Large"), "largest": say("Largest")}
COLOURS = say("Colours")
SCHEMES = {
    "device": say("As on my device"),
    "light": say("Light"),
    "dark": say("Dark"),
    "contrast": say("Strong contrast"),
}
PRINT = say("Print this page")
ABOUT_SERVICE = say("About this service")
ABOUT = say("About the service")
PRIVACY = say("Privacy")
ACCESSIBILITY = say("Accessibility")
BACK_TO_CHAT = say("Back to the conversation")
RUN_BY = say("Run by: {operator}")
ERROR = say("Something went wrong")
NOT_FOUND = say("This page does not exist. The address may be old or mistyped.")
NOT_ALLOWED = say("This page cannot be used in that way.")
FOREIGN = say("The message came from another site and was not taken. Please write on this page instead.")
TOO_LARGE = say("The message is too long. Please write it in fewer words.")
UNREADABLE = say("The message could not be read. Please go back and send it again.")
TOO_SLOW = say("The connection was too slow and was closed. Please try again.")
BUSY = say("The service cannot save anything right now. Nothing was lost. Please try again in a minute.")
FAULT = say("The fault is ours, and nothing that you wrote was stored. Please try again in a minute.")
OPENING = say("Opening hours")
ADDRESS = say("Address")
PHONE = say("Phone")
WEB_OF = say("Web page of {name}")
WHY = say("Why this is shown")
