"""The words of the work on the directory."""

from locales.text import say
from referral.model import Form

TITLE = say("Directory")
PARTS = say("Parts of the directory work")
SUBMISSIONS = say("Waiting")
OFFERS = say("Check and look after")
TWINS = say("Twins")
IMPORTS = say("Imports")
LEFT_OUT = say("Nearly taken")
REGION = say("Region")
ALL_MINE = say("All my regions")
WHOLE_COUNTRY = say("Whole country")
SHOW = say("Show")
ERROR = say("Error")

WAITING_TITLE = say("Waiting for your decision")
WAITING_LEAD = say("Providers have sent these. Nobody else sees them before you decide.")
NOTHING_WAITS = say("Nothing is waiting. When a provider of your region sends something, it appears here.")
INVITE_PROVIDERS = say("To invite providers, send them the address of the page for joining:")
SENT = say("Sent {date}")
CHANGES = say("Changes an offer that is in the directory")
NEW = say("New")
FROM_WHOM = say("Provider")
WHEN = say("Sent")
KIND_OF = say("What it is")

SUBMISSION_TITLE = say("{name}: a submission")
AS_SEEN = say("As people will see it")
AS_NOW = say("As people see it now")
HELPS_WITH = say("Helps with")
CONTACT = say("E-mail of the sender (never shown to others)")
ACCEPT = say("Accept")
ACCEPT_HINT = say("It is in the directory within a few seconds.")
REFUSE = say("Refuse")
REASON = say("Why is it refused?")
REASON_HINT = say(
    "The reason is kept with the submission. Write to the sender yourself if an address was given."
)
REASON_NEEDED = say("Please write a reason.")
PUT_RIGHT = say("Put something right first")
WAS_ACCEPTED = say("Accepted on {date}.")
WAS_REFUSED = say("Refused on {date}: {reason}")
DECIDED = say("Somebody has decided this already. Look at the list again.")
LOOK_AT = say("Look at it in the directory")
BACK_TO_LIST = say("Back to the list")

CHANGE_TITLE = say("Put right: {name}")
SAVE = say("Save")
CANCEL = say("Cancel")
FAULTS = say("Something is still to be put right:")
ELSEWHERE = say("This place is in a region that is not yours. Its coordinator can put this in.")
FIELDS = {
    "organisation": say("Organisation"),
    "kind": say("Kind of organisation"),
    "name_fi": say("Name in Finnish"),
    "name_sv": say("Name in Swedish"),
    "name_en": say("Name in English"),
    "name_se": say("Name in Northern Sámi"),
    "description_fi": say("Description in Finnish"),
    "description_sv": say("Description in Swedish"),
    "description_en": say("Description in English"),
    "description_se": say("Description in Northern Sámi"),
    "street": say("Street address"),
    "postcode": say("Postcode"),
    "municipality": say("Municipality"),
    "coverage": say("Where people may come from"),
    "languages": say("Languages of service"),
    "hours": say("Opening hours"),
    "phone": say("Phone"),
    "url": say("Web address"),
    "price": say("Price"),
    "starts": say("Course: first day"),
    "starts_time": say("Course: begins at"),
    "ends": say("Course: last day"),
    "ends_time": say("Course: ends at"),
    "again": say("Course: when it meets, if it comes again"),
    "enrol_until": say("Course: enrolment until"),
    "seats": say("Course: number of seats"),
    "audience": say("Course: for whom"),
}
"""The fields of lines of text, in the order of the form."""

HINTS = {
    "coverage": say('Empty: its own municipality. "region", "national", or names parted by commas.'),
    "languages": say("Parted by commas: Finnish, Swedish, Northern Sámi."),
    "hours": say("For example: Mon–Fri 9–15, Sat closed."),
    "price": say('"free", or in words.'),
    "again": say("For example: every month 1st Tuesday 13–15."),
    "audience": say('"citizens", or "supporters" for those who give support.'),
}
LONG = ("description_fi", "description_sv", "description_en", "description_se")
NEEDS = say("What it helps with")
FORMS = say("How help is given")
FORM_NAMES = {
    Form.IN_PERSON: say("Face to face"),
    Form.REMOTE: say("By phone or online"),
    Form.TRAINING: say("Course"),
}
KINDS = {
    "authority": say("Authority"),
    "library": say("Library"),
    "association": say("Association"),
    "municipality": say("Municipality"),
    "company": say("Company"),
    "project": say("Project"),
}
YES_NO = {"": say("Not known"), "yes": say("Yes"), "no": say("No")}
HOME_VISITS = say("Comes to people's homes")
ETHICAL = say("Follows the ethical guidelines of digital support")
NOT_KNOWN = say("Not known")

OFFERS_TITLE = say("Due for checking")
ALL_TITLE = say("Everything in your regions")
DUE_LEAD = say(
    "What nobody has checked for a long time, the oldest first. Call or look at their page, then press the button."
)
NOTHING_DUE = say("Nothing is due. Everything in your regions has been checked lately.")
NOTHING_FOUND = say("Nothing in your regions has these words in its name.")
BROKEN_TITLE = say("Broken web addresses")
BROKEN_LEAD = say(
    "These addresses led nowhere on the last two days on which they were visited. Find the right address, or "
    "press the button if it works after all."
)
BROKEN_SINCE = say("Broken since")
ONLY_DUE = say("Due for checking")
EVERYTHING = say("Everything")
WHICH = say("Which offers")
SEARCH = say("A word of the name")
COUNT = say("Found: {n}")
FIRST = say("The first {n} are shown.")
NAME = say("Name")
WHERE = say("Where")
CHECKED = say("Last checked")
NEVER = say("never")
CHECKED_NOW = say("Checked today")
CHECKED_ONE = say("Checked today: {name}")
SOURCE = say("Source")

CARD = say("As people see it")
IS_CLOSED = say("It has closed, and nobody sees it any longer.")
IS_ENDED = say("The provider has ended it. Imports leave it so.")
OPEN_AGAIN = say("Open it again")
IS_TWIN = say("Another source tells the same, and people see that one.")
IS_DUE = say("It is due for checking.")
CHECK = say("Checking")
CHECK_HINT = say("Is the place, the phone and the opening hours still right? Then say so.")
HISTORY = say("History")
NO_HISTORY = say("Nobody has checked it yet.")
BY = {
    "source": say("its source"),
    "provider": say("the provider"),
    "coordinator": say("a coordinator"),
    "links": say("the link checker"),
}
OUTCOMES = {
    "true": say("everything is true"),
    "changed": say("something was changed"),
    "broken": say("a link is broken"),
    "closed": say("it has closed"),
}
LINE = say("{date}: {outcome}, says {who}.")
LINKS = say("The provider's private link")
LINKS_HINT = say(
    "With it the provider can tell changes or confirm that all is right, without an account. Send it only to them."
)
MAKE_LINK = say("Make a link")
MADE = say("The new link, shown only now")
LINK_ENDS = say("A link that ends on {date}")
REVOKE = say("Revoke")
REVOKE_ONE = say("Revoke the link that ends on {date}")
NO_LINKS = say("There is no link at present.")
LEAVE = say("This is no digital support")
LEAVE_HINT = say(
    "The import took this from the register {source} (record {record}). If it is no digital support, it is closed now and left out of every import from now on."
)
LEAVE_NOW = say("Close it and leave it out")
NOT_ONLY_YOURS = say(
    "The same record has offers in regions that are not yours. A national coordinator can leave it out."
)

TWINS_TITLE = say("Told by two sources, shown as one")
TWINS_LEAD = say(
    "If two of these are different places, tell them apart: people then see both. If two offers are the same place "
    "and do not stand here, open one of them and choose “It is told twice”."
)
TWICE = say("It is told twice")
TWICE_HINT = say("Does another offer tell of the same place or line? Then people should see one of them.")
FIND_TWIN = say("Find the other")
SAME_TITLE = say("Which one tells the same as {name}?")
SAME_LEAD = say(
    "These help in the same form and in the same way; those nearest in place and name come first. People then see "
    "the one whose source is nearest to those who help, with what it lacks filled in from the other. You can take "
    "it back among the twins."
)
SAME_NONE = say("No other offer of your regions has these words and helps in the same way.")
SAME_WORDS = say("Words of its name")
SAME_ONE = say("They are the same: {one} and {other}")
NO_TWINS = say("No two sources tell the same in your regions.")
SHOWN = say("Shown")
NOT_SHOWN = say("Not shown")
TELL_APART = say("They are two")
APART_TITLE = say("Told apart")
TELL_TOGETHER = say("They are the same")
BOTH = say("{one} and {other}")

IMPORTS_TITLE = say("Imports")
IMPORTS_LEAD = say(
    "Where the directory comes from, and what coordinators know better than the rules of the import."
)
SOURCES = say("Sources")
LAST = say("Last import")
DECISIONS = say("Overruled")
NO_DECISIONS = say(
    "Nobody has overruled the rules. An offer that is no digital support can be left out on its own page."
)
RECORD = say("Record")
DECISION = say("Decision")
TAKE_IT = say("taken")
LEAVE_IT = say("left out")
DAY = say("Day")
RULES_AGAIN = say("Let the rules decide again")
RULES_ONE = say("Let the rules decide again about {record}")
TAKE = say("Take a record that the rules leave out")
TAKE_HINT = say(
    "For a record that is not among those nearly taken. Its id is in the register. It comes with the next fetch."
)
TAKE_NOW = say("Take it")
RECORD_ID = say("Id of the record")
NO_RECORD = say("Please choose a source and write the id of a record.")
