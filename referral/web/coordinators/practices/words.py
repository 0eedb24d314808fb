"""The words of the good practices."""

from locales.text import say

TITLE = say("Good practices")
LEAD = say("What has worked in one region may work in another. Everybody here reads everything.")
NONE = say("Nobody has shared anything about this yet. Be the first: what has worked in your region?")
WRITE = say("Share a practice")
CHANGE = say("Change")
REMOVE = say("Remove")
OF_REGION = say("Region")
ANY_REGION = say("All regions")
WHOLE_COUNTRY = say("Whole country")
TOPIC = say("Topic")
ANY_TOPIC = say("All topics")
SHOW = say("Show")
HEADLINE = say("Title")
BODY = say("What was done, and what came of it")
BODY_HINT = say(
    "At most {n} characters. Please name nobody: neither people who were helped nor single helpers."
)
WRITTEN_IN = say("Language of the text")
SHARE = say("Save")
ABOUT = say("{topic}. {region}. {date}.")
BACK = say("All practices")
ERROR = say("Error")
EMPTY_FIELDS = say("Please write a title and a text.")
TOO_LONG = say("The title or the text is too long. Please shorten it.")
CHOOSE = say("Please choose a topic and a region of your own.")

TOPICS = {
    "network": say("Building the network"),
    "findable": say("Helping people to find support"),
    "volunteers": say("Volunteers and peer support"),
    "home": say("Support brought home"),
    "remote": say("Remote support"),
    "languages": say("Support in many languages"),
    "seniors": say("Older people"),
    "training": say("Courses and training"),
    "quality": say("Quality and ethics"),
    "other": say("Something else"),
}
"""What a practice may be about, by the code that is stored."""
