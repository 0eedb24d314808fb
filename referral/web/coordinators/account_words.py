"""The words of one's own account."""

from locales.text import say
from referral.accounts.roles import Role
from referral.web.coordinators import invitation_words

TITLE = say("Your account")
PASSWORDS = invitation_words
ERROR = say("Error")
TASKS = say("Your task")
TASK = say("{role}, {region}")
EVERYWHERE = say("all regions")
ROLES = {
    Role.REGIONAL: say("Regional coordinator"),
    Role.NATIONAL: say("National coordinator"),
    Role.OPERATOR: say("Operator of the service"),
}
FROM = say("from {date}")
UNTIL = say("until {date}")
NO_TASK = say(
    "You have no task at present, so there is nothing to see here. Whoever runs the service can give you one."
)
PAST = say("over")
COMING = say("not yet begun")
CHANGE_PASSWORD = say("Change the password")
PRESENT = say("Present password")
CHANGE = say("Change")
WRONG_PASSWORD = say("The present password is not right. After several attempts you have to wait a little.")
CODES = say("Recovery codes")
CODES_LEFT = say("Codes left: {n}")
NEW_CODES = say("Make new codes")
NEW_CODES_HINT = say("The old ones then open nothing any longer.")
TOKENS = say("Tokens for programs")
TOKENS_HINT = say(
    "With a token a program can fetch exports in your name, for example into a spreadsheet every month. It can do nothing else."
)
NO_TOKENS = say("You have no tokens.")
NAME = say("What it is for")
NAME_HINT = say("For example: monthly report")
NAME_NEEDED = say("Please say what the token is for, and for how long.")
REGION = say("Region")
ALL_MINE = say("All my regions")
DAYS = say("It ends after")
DAYS_N = say("{n} days")
MAKE_TOKEN = say("Make a token")
MADE = say("Your new token")
MADE_HINT = say(
    "It is shown only now. Copy it to where the program keeps its secrets. It goes into the header: Authorization: Bearer TOKEN"
)
MADE_ON = say("Made")
ENDS = say("Ends")
REVOKE = say("Revoke")
REVOKE_ONE = say("Revoke {name}")
DEVICES = say("Signed in")
DEVICES_N = say("Signed in on {n} devices or browsers.")
EVERYWHERE_OUT = say("Sign out everywhere")
SCOPE = say("What it may do")
SCOPES = {"export:read": say("Fetch exports")}
