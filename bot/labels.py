"""The words on the buttons, in every language: whoever writes them means the button.

Some people copy the words instead of pressing, and on some channels they must. Left to likelihood,
"for somebody else" would be guessed at. What speaks to the conversation itself ("back", "start again")
is among the sayings (``knowledge.sayings``), which know more ways to say it; the titles of the needs are
understood like any words.
"""

from collections import defaultdict
from collections.abc import Sequence

from bot.steps import always, answer, buttons, delete, need, outside, place, urgent, who
from bot.turn import Choice, Label, Labels
from knowledge.model import Catalog
from knowledge.words import words_of
from locales.catalogue import Catalogues

ON_BUTTONS: Sequence[Choice] = (
    *(place.DECLINED, place.LIST, *who.CHOICES, buttons.FOR_ANOTHER),
    *(always.GO_ON, buttons.SHOW_ALL, buttons.NEED_LIST, need.SOMETHING_ELSE, need.OTHER_GROUPS),
    *(answer.MORE, answer.REMOTE, answer.COURSES, answer.ANY_FORM, answer.CHANGE, answer.NEW, *answer.HELPED),
    *(outside.ANYWAY, outside.COPIES, outside.NEW_DEVICE),
    *(urgent.ALREADY, urgent.NO_EMERGENCY, urgent.NEAR_ME, delete.YES, delete.NO),
)
"""Every button whose words are always the same, but those that the sayings know. Of two with the same words,
the one of a single step goes first."""


def labels(catalogues: Catalogues, catalog: Catalog) -> Labels:
    """The buttons, and those of the shelves of needs, by their words in every language."""
    found: defaultdict[tuple[str, ...], dict[str, tuple[str, ...]]] = defaultdict(dict)
    for choice in (*need.shelves(catalog), *ON_BUTTONS):
        for language in catalogues.languages:
            keys = found[words_of(catalogues.say(choice.label, language))]
            keys[choice.key] = (*keys.get(choice.key, ()), language)
    return {words: tuple(Label(key, said) for key, said in keys.items()) for words, keys in found.items()}
