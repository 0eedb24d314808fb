"""What to do first in a need that cannot wait, or that digital support does not serve.

The order for scam victims (bank, police, support) is the police's advice. A bank's number is never given:
only the card and the bank's own page can be trusted with it.
"""

from collections.abc import Mapping

from locales.text import Text, say

FIRST_STEPS: Mapping[str, tuple[Text, ...]] = {
    "emergency": (say("Call 112 now. Say what has happened and where you are. Do as they tell you."),),
    "scam_victim": (
        say("Do this now, in this order."),
        say(
            "1. Call your own bank. Take the number from your bank card or from the bank's own page. "
            "Ask them to block your bank codes and card."
        ),
        say("2. Then report it to the police."),
        say("3. Victim Support helps you after that, free of charge."),
        say("Do not answer the sender any more. Anyone can be deceived. It is not your fault."),
    ),
    "scam_suspect": (
        say("Do not press the link, do not answer, and do not give any codes."),
        say("A bank or an authority never asks for your bank codes by message or by phone."),
        say("If you want to be sure, call the bank or the authority yourself. Look up the number yourself."),
    ),
    "account_hacked": (
        say("Do this now, in this order."),
        say("1. Change the password of the account. If you can, do it on another device."),
        say("2. Sign out everywhere: look in the security settings of the account."),
        say("3. If somebody may have your bank codes or card, call your own bank at once."),
        say("4. Tell your friends not to open messages that come in your name."),
        say("If money or your identity was misused, report it to the police."),
    ),
    "lost_phone": (
        say("Do this now, in this order."),
        say("1. Call your own phone from another phone. It may be near."),
        say("2. Ask your operator to close the connection (SIM card)."),
        say("3. If your bank codes or payments were in the phone, call your own bank at once."),
        say("4. You can look for the phone and lock it on the page of your Google or Apple account."),
        say("5. If it was stolen, report it to the police."),
    ),
    "device_repair": (
        say("Digital support does not repair devices."),
        say(
            "Turn to the shop where the device was bought, or to a repair shop. Ask about the guarantee first."
        ),
        say("Digital support can still help you to save your photos, or to start with a new device."),
    ),
    "device_purchase": (
        say("Digital support does not sell devices and does not recommend a shop."),
        say("Ask in two shops and compare. Tell them what you want to do with the device."),
        say("Digital support can tell you what to think about before you buy, and help with the new device."),
    ),
}
"""By the id of the need: what is said before anybody is named who helps."""
