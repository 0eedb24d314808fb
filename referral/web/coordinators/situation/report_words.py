"""The words of the report."""

from locales.text import say

TITLE = say("Report: {place}, {period}")
LEAD = say(
    "The numbers of the period with your own findings. Print it or save it as a PDF from the browser (Ctrl+P)."
)
MADE = say("Made on {date} from the release of {period}, sha256 {sha256}.")
MADE_WITHOUT = say("Made on {date}. Nothing has been released of the period.")
REQUESTS = say("What was asked for")
TOTAL = say("Requests in all")
ENDED = say("Helped in another way than in person")
UNMET = say("Not matched, and why")
LANGUAGES = say("By language")
HELPED = say("Did this help?")
SATISFACTION = say(
    "Whether people could do it alone next time is not asked in the service. Ask those who give support, and write it "
    "into your findings."
)
SUPPLY = say("Supply, as of {date}")
MEDIAN = say("Half of the people have to the nearest support in person at most")
BEYOND = say("People who have more than 30 km to it")
OFFERS = say("Offers of support, and helpers")
CHECKED = say("Offers checked within six months")
GUIDED = say("Offers that follow the national ethical guidelines")
OPENED = say("Points of support that opened")
CLOSED = say("Points of support that closed")
OPENINGS = say("Points that opened or closed in the period, as far as their dates are known")
NO_OPENINGS = say("No opening or closing is known.")
WORST = say("The municipalities that are served worst")
FINDINGS = say("The coordinator’s own findings")
FINDINGS_HINT = say(
    "Your words are kept for this region and period and printed here. Do not write about people who could be recognised."
)
SAVE = say("Save the findings")
SAVED = say("Saved on {date}.")
NOT_WRITTEN = say("Nothing has been written yet.")
TEMPLATE = (
    say("Events and communication"),
    say("Members of the network"),
    say("Visitors, sessions and resources"),
    say("Satisfaction; could do it alone next time"),
    say("What was found, and what comes next"),
)
TOO_LONG = say("The findings were longer than {most} characters; nothing was saved. Please shorten them.")
FIELD = say("Figure")
VALUE = say("Value")
NONE_TOLD = say("Nothing is told of this in a month. Quarters and years tell it.")
