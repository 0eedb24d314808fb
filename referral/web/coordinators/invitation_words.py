"""The words of an invitation."""

from locales.text import say
from referral.accounts.password import Weakness

WELCOME = say("Welcome to the coordinators' site")
LEAD = say("Two things are needed, and they take a few minutes: a password, and an app that shows codes.")
OVER = say(
    "This invitation has been used, or its week is over. Ask whoever invited you for a new link. "
    "If you used it yourself, you can sign in."
)
STEP_PASSWORD = say("1. Choose a password")
EMAIL = say("Your e-mail address")
PASSWORD = say("New password")
PASSWORD_HINT = say(
    "At least {n} characters. Three or four words that you choose yourself are good. You may paste it from a password manager."
)
AGAIN = say("The same password again")
STEP_APP = say("2. Connect an app")
APP_HINT = say(
    "Install an authenticator app on your phone if you have none (for example Aegis, FreeOTP, Google Authenticator "
    "or Microsoft Authenticator; a password manager will do too). Let it read the picture, or type the secret."
)
QR = say("A picture for the app: it says the same as the secret below.")
SECRET = say("Secret")
OPEN_APP = say("Open the app on this device")
CODE = say("The six digits that the app shows now")
JOIN = say("Finish")
ERROR = say("Error")
DIFFERENT = say("The two passwords are not the same. Please write both again.")
WRONG_CODE = say(
    "The code is not the one that the app should show. Check that the app has the secret below, and that the clock "
    "of your phone is right; then write the code that it shows now."
)
WEAK = {
    Weakness.SHORT: say("The password is too short. Please take at least 12 characters."),
    Weakness.LONG: say("The password is too long. Please take at most 1,000 characters."),
    Weakness.GUESSED: say("The password would be among the first to be guessed. Please take other words."),
}
CODES = say("Keep these recovery codes")
CODES_HINT = say(
    "If you lose your phone, each of them opens once in place of the app's code. They are shown only now. "
    "Print them or save them in a password manager."
)
YOUR_CODES = say("Your recovery codes")
GO_ON = say("I have saved them, go on")
