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
    "accepted": say("Accepted. People find it in the directory within a few seconds."),
    "refused": say("Refused. Nobody else sees it."),
    "changed": say("Saved. It still waits for your decision."),
    "checked": say("Thank you. It counts as checked today."),
    "closed": say("It has closed meanwhile, so there is nothing to check."),
    "left": say("It is closed, and left out of every import from now on."),
    "reopened": say("It is open again. People find it within a few seconds."),
    "link_revoked": say("The link opens nothing any longer."),
    "apart": say("They are told apart. People see both within a few seconds."),
    "together": say("They are shown as one within a few seconds."),
    "take": say("The record is taken with the next import."),
    "taken_now": say("It is taken. People find it in the directory within a few seconds."),
    "taken_later": say(
        "It is taken, and comes with the next fetch: what is kept of it is not enough to show it."
    ),
    "left_alone": say("It stays left out, and no longer stands on this list."),
    "rules": say("The rules decide again with the next import."),
    "shared": say("Shared with all regions."),
    "saved": say("Saved."),
    "removed": say("Removed."),
}
"""What a page says at its top after a form was done, by the value of ``done`` in the address."""
DAY = say("{date}")
NAMED = say("{name}")
