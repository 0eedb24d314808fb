"""The words of the record of what was done."""

from locales.text import say

TITLE = say("What was done")
OWN_LEAD = say(
    "Everything that was done with your account. Tell whoever runs the service if something here was not you."
)
ALL_LEAD = say("Everything that was done with all accounts, and by the operator at the machine.")
KEPT = say("The record is kept for 26 months.")
EMPTY = say("Nothing yet.")
WHEN = say("When")
WHO = say("Who")
WHAT = say("What")
ABOUT = say("About")
REGION = say("Region")
CHECKSUM = say("Checksum (sha256)")
OLDER = say("Older")
MACHINE = say("the operator, or a deleted account")
MOMENT = say("{date}, {time}")

ACTIONS = {
    "invited": say("Invited"),
    "reset": say("Invited anew, to replace a lost password or phone"),
    "closed": say("Account closed"),
    "assigned": say("Task given"),
    "unassigned": say("Task ended"),
    "joined": say("Used the invitation"),
    "signed_in": say("Signed in"),
    "signed_in_by_recovery": say("Signed in with a recovery code"),
    "signed_out": say("Signed out"),
    "signed_out_everywhere": say("Signed out everywhere"),
    "password_changed": say("Password changed"),
    "codes_made": say("New recovery codes"),
    "token_made": say("Token made"),
    "token_revoked": say("Token revoked"),
    "exported": say("Exported"),
    "findings_written": say("Findings written"),
    "accepted": say("Submission accepted"),
    "changed": say("Submission changed"),
    "refused": say("Submission refused"),
    "checked": say("Checked"),
    "overruled": say("Import overruled"),
    "told_apart": say("Told apart"),
    "told_together": say("Told to be the same"),
    "link_made": say("Provider's link made"),
    "link_revoked": say("Provider's link revoked"),
    "practice_shared": say("Practice shared"),
    "practice_changed": say("Practice changed"),
    "practice_removed": say("Practice removed"),
}
