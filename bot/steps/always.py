"""What can be asked at any point: help, a person, the language, what is stored."""

from bot.steps.buttons import ALWAYS, BACK, DELETE, HUMAN, LANGUAGE, RESTART, SHOW_ALL, STORED
from bot.steps.guests import WELCOME
from bot.steps.outside import ADVICE_LINE
from bot.steps.start import languages
from bot.turn import Choice, Reply, State, Turn, World
from bot.understand import Talk
from locales.text import Text, as_written, say
from referral.lines import line

GO_ON = Choice("continue", say("Continue"))

DETAILS = say(
    "With each helper stands what I know: the address, the opening hours, the price, the languages. "
    "If something is missing, call them and ask."
)

SMALL_TALK = {
    Talk.GREETING: (say("Hello. What do you need help with?"),),
    Talk.THANKS: (say("You are welcome. I am here if you need more help."),),
    Talk.GOODBYE: (say("Goodbye. You can come back at any time."),),
    Talk.ABOUT_BOT: (
        say("I am an automatic service, not a person. I find people who help with digital matters."),
        say("Tell me what you need help with and where you live. I show who can help you."),
    ),
    Talk.INSULT: (
        say("I am sorry that this has been difficult. I will try to help."),
        say("If you like, you can talk to a person instead."),
    ),
    Talk.PRICE: (say("Asking here costs nothing."), DETAILS),
    Talk.HOURS: (say("I answer at any hour."), DETAILS),
    Talk.DETAILS: (DETAILS,),
    Talk.AFRAID: (
        say("There is no need to worry. Nothing can break here, whatever you press or write."),
        say("Nothing here costs money, and nothing is sent in your name."),
        say("You can always go back, start again, or talk to a person."),
    ),
    Talk.JOIN: (
        say("It is good that you want to help."),
        say("You can tell of it on this service's web page “Join the network of helpers”."),
    ),
    Talk.FEEDBACK: (
        say("Feedback goes to whoever runs this service."),
        say("The web page “About the service” tells how to reach them."),
    ),
}


def small_talk(state: State, talk: Talk, notes: tuple[Text, ...] = ()) -> Turn:
    """A short answer, and the way on."""
    choices = (SHOW_ALL, GO_ON, *ALWAYS)
    return Turn(state, (Reply((*notes, *SMALL_TALK[talk]), choices),))


def helped(state: State, world: World) -> Turn:
    """How to use this, and every setting."""
    text = (
        say("You can write in your own words or press the buttons. You cannot press anything wrong."),
        say("Tell me two things: what you need help with, and where you live."),
        say("You can always go back, start again, or talk to a person."),
    )
    choices = (GO_ON, BACK, RESTART, LANGUAGE, HUMAN, STORED, DELETE)
    return Turn(state, (Reply(text, choices),))


def human(state: State, world: World) -> Turn:
    """A phone line with people, from the directory, and the nearest library as the other way."""
    advice = line(world.directory, ADVICE_LINE, world.now)
    text = (
        say("Here is a number where people answer. They advise on public online services."),
        say("You can also go to your nearest library and ask there."),
    )
    reply = Reply(text, (GO_ON, BACK, RESTART), (advice,) if advice else ())
    return Turn(state, (reply,))


def language(state: State, world: World) -> Turn:
    """The languages to choose from."""
    return Turn(state, (Reply((say("Choose the language."),), (*languages(world), GO_ON)),))


def other_language(state: State, language: str, world: World) -> Turn:
    """For a person who writes in a language that we do not speak: which ones we do, in theirs if we can."""
    text = (
        *((as_written(WELCOME[language]),) if language in WELCOME else ()),
        say("I speak these languages: {languages}.", languages=tuple(name for _, name in world.languages)),
        say(
            "Choose a language below. I help you find people who help with phones, computers and online services."
        ),
    )
    return Turn(state, (Reply(text, (*languages(world), *ALWAYS)),))


def stored(state: State, world: World) -> Turn:
    """What is kept, and for how long; the privacy page says the same at length."""
    text = (
        say("I do not store what you write. I do not know who you are."),
        say(
            "For this conversation I keep what you chose: the matter, the place and the language. "
            "It is deleted 24 hours after your last message."
        ),
        say("My answers are kept for two days at most, so that none is lost if the connection breaks."),
        say("For each month I count how many people asked about what. The numbers do not tell who asked."),
    )
    return Turn(state, (Reply(text, (DELETE, GO_ON, BACK)),))
