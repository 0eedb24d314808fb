"""The words of signing in and of using an invitation."""

from locales.text import say

SIGN_IN = say("Sign in to the coordinators' site")
EMAIL = say("E-mail address")
PASSWORD = say("Password")
CODE = say("Code")
CODE_HINT = say("The six digits that your app shows now, or one of your recovery codes.")
ENTER = say("Sign in")
OVER = say(
    "You were signed out because half an hour passed without a page, or the working day was over. Nothing that you had saved was lost."
)
WRONG = say(
    "The address, the password or the code is not right, or the code has been used already. Your app shows a new one every 30 seconds."
)
WAIT = say(
    "There were many attempts from your network or to this account. Please wait {seconds} seconds and try again. A device on which you have signed in before need not wait for others' attempts."
)
WAIT_MINUTES = say(
    "There were many attempts from your network or to this account. Please wait {minutes} minutes and try again. "
    "A device on which you have signed in before need not wait for others' attempts."
)
NO_ACCOUNT = say(
    "No account yet? You get one by invitation from whoever runs the service. They also help if you have lost your password or your phone."
)
ERROR = say("Error")
