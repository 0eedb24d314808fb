"""The words of the frame that every page of the coordinators' site has, and of its refusals."""

from locales.text import say

TITLE = say("Coordinators")
SKIP = say("Skip to the content")
SECTIONS = say("Parts of the coordinators' site")
SITUATION = say("Situation")
DIRECTORY = say("Directory")
PRACTICES = say("Good practices")
ACCOUNT = say("Account")
AUDIT = say("What was done")
SIGN_OUT = say("Sign out")
SIGN_IN = say("Sign in")
SIGNED_IN_AS = say("Signed in: {email}")
WENT_WRONG = say("This did not work")
BACK = say("Back to the start")

NOT_YOURS = say(
    "This page is not part of your task. If it should be, ask whoever runs the service to change your assignment."
)
OLD_FORM = say(
    "The page was too old, and nothing was changed. Please open it again and send the form once more."
)
SIGNED_OUT = say(
    "You have been signed out, and nothing was changed. Sign in again and send the form once more."
)
BAD_TOKEN = say(
    "The token is not known, has expired or was revoked. You can make a new one on your account page."
)
CROWDED = say("Many people are signing in just now. Please try again in a minute.")

DONE = {
    "signed_out": say("You are signed out."),
    "password": say("Your password was changed. You were signed out everywhere else."),
    "revoked": say("The token was revoked."),
}
"""What a page says at its top after a form was done, by the value of ``done`` in the address."""
DAY = say("{date}")
