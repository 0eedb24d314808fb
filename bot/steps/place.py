"""Where is help looked for? Asked of the home of the person who is helped.

Words are taken when one municipality stands out; several become choices; after a second miss the
regions are shown, and behind each its municipalities. "I'd rather not say" leads to remote and
national help only. The municipality assumed is named in the answer, where it can be corrected.
"""

from dataclasses import replace

from bot.steps.buttons import ALWAYS, ANOTHER_PLACE, BACK, FOR_ANOTHER
from bot.turn import Choice, Filled, PlaceChoice, RecordMiss, Reply, State, Step, Turn, World
from bot.understand import PlaceFound, Understanding
from knowledge.model import Municipality
from knowledge.nearest import nearest_postcode
from locales.text import Text, say

SURE = 0.5
"""A place that scores this is taken from a message that says other things too."""

PLACE_MARGIN = 0.15
"""How much better the best place must score than the next to be taken without asking."""

MOST_CHOICES = 4
MISSES_BEFORE_LIST = 2
POINT_DECIMALS = 2
"""A shared position is kept to two decimals, about a kilometre: near enough to rank, too coarse to
find a door."""

WRITE = say("Write the municipality, the village or the postcode.")
SHARE = Choice("share_location", say("Share my location"))
DECLINED = Choice("place:declined", say("I would rather not say"))
LIST = Choice("place:list", say("Choose from a list"))


def ask(state: State, world: World, notes: tuple[Text, ...] = ()) -> Turn:
    """The question, worded for oneself or for another; within the region of a link where there is one."""
    if state.region:
        return of_region(replace(state, region=""), state.region, world, notes)
    if state.on_behalf:
        question = say("Where does the person you are helping live?")
        others: tuple[Choice, ...] = ()
    else:
        question = say("Where do you live?")
        others = (FOR_ANOTHER,)
    text = (*notes, question, WRITE)
    choices = (SHARE, LIST, DECLINED, *others, BACK, *ALWAYS)
    return Turn(replace(state, step=Step.PLACE, offered=()), (Reply(text, choices),))


def fill(state: State, meant: Understanding, world: World) -> Filled | Turn:
    """The place of the words taken, or asked back, or not found."""
    places = meant.places
    if not places:
        return missed(state, world)
    best = places[0]
    if not best.municipality:
        return of_region(state, best.region, world)
    rivals = tuple(place for place in places if place.score > best.score - PLACE_MARGIN)
    codes = tuple(dict.fromkeys(place.municipality for place in rivals if place.municipality))
    if len(codes) > 1:
        return which(state, codes[:MOST_CHOICES], world, best.name)
    if best.corrected:
        did_you_mean = say("Did you mean {place}? If not, choose another place.", place=best.name)
        return Filled(at(state, best), (did_you_mean,), (ANOTHER_PLACE,))
    return Filled(at(state, best))


def at(state: State, found: PlaceFound) -> State:
    """The state with this place in it."""
    choice = PlaceChoice(found.municipality, found.postcode, found.point)
    return replace(state, place=choice, page=0, misses=0, offered=())


def written(state: State) -> Turn:
    """Asked for in words alone, by a person who would not share a position."""
    choices = (LIST, DECLINED, BACK, *ALWAYS)
    return Turn(replace(state, step=Step.PLACE, offered=()), (Reply((WRITE,), choices),))


def which(state: State, codes: tuple[str, ...], world: World, name: str) -> Turn:
    """Several municipalities fit: the person chooses."""
    choices = tuple(_municipality(world.atlas.municipalities[code], world) for code in codes)
    text = (say("There is more than one place called {name}. Which one is it?", name=name),)
    reply = Reply(text, (*choices, ANOTHER_PLACE, BACK, *ALWAYS))
    return Turn(replace(state, step=Step.PLACE, offered=codes, misses=0), (reply,))


def _municipality(municipality: Municipality, world: World) -> Choice:
    region = world.atlas.regions[municipality.region]
    label = say("{municipality} ({region})", municipality=municipality.names, region=region.names)
    return Choice(f"municipality:{municipality.code}", label)


def missed(state: State, world: World) -> Turn:
    """No place found: asked again with an example, and after a second miss by choosing."""
    misses = state.misses + 1
    effects = (RecordMiss(state.language, "place"),)
    sorry = say("I am sorry, I did not find that place.")
    if misses >= MISSES_BEFORE_LIST:
        return replace(regions(replace(state, misses=misses), world, (sorry,)), effects=effects)
    hint = say("A postcode works best, for example 99600.")
    return replace(ask(replace(state, misses=misses), world, (sorry, hint)), effects=effects)


def regions(state: State, world: World, notes: tuple[Text, ...] = ()) -> Turn:
    """The regions to choose from."""
    choices = tuple(
        Choice(f"region:{region.code}", say("{region}", region=region.names))
        for region in world.atlas.regions.values()
    )
    text = (*notes, say("Choose the region."))
    reply = Reply(text, (*choices, DECLINED, BACK, *ALWAYS))
    return Turn(replace(state, step=Step.PLACE, offered=()), (reply,))


def of_region(state: State, code: str, world: World, notes: tuple[Text, ...] = ()) -> Turn:
    """The municipalities of a region; the regions again where there is no such region."""
    region = world.atlas.regions.get(code)
    if region is None:
        return regions(state, world)
    here = (place for place in world.atlas.municipalities.values() if place.region == code)
    choices = tuple(
        Choice(f"municipality:{place.code}", say("{municipality}", municipality=place.names))
        for place in sorted(here, key=lambda place: place.names["fi"])
    )
    text = (*notes, say("{region}: choose the municipality.", region=region.names))
    reply = Reply(text, (*choices, LIST, DECLINED, BACK, *ALWAYS))
    return Turn(replace(state, step=Step.PLACE, offered=()), (reply,))


def pressed(state: State, value: str, world: World) -> Filled | Turn:
    """A button about the place: declined, choose from a list, write it, or another place."""
    if value == "declined":
        return Filled(replace(state, place=PlaceChoice(declined=True), page=0, misses=0))
    if value == "list":
        return regions(state, world)
    if value == "type":
        return written(state)
    return ask(replace(state, place=None, misses=0), world)


def chosen(state: State, code: str, world: World) -> Filled | Turn:
    """A municipality's button."""
    if code not in world.atlas.municipalities:
        return regions(state, world)
    return Filled(replace(state, place=PlaceChoice(code), page=0, misses=0, offered=()))


def shared(state: State, point: tuple[float, float], world: World) -> Filled | Turn:
    """A shared position: the municipality of the nearest postcode, never of the nearest centre."""
    nearest = nearest_postcode(world.atlas, point)
    if nearest is None:
        note = say("That position is not in Finland, so I cannot look for help near it.")
        return ask(state, world, (note,))
    rough = (round(point[0], POINT_DECIMALS), round(point[1], POINT_DECIMALS))
    return Filled(replace(state, place=PlaceChoice(nearest.municipality, "", rough), page=0, misses=0))
