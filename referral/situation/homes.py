"""Where people live, as points with a number of residents, for all municipalities at once."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from knowledge.model import Atlas
from referral.directory.distance import vector

Numbers = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Homes:
    """The points of all postcodes with residents, as vectors (see ``distance``), municipality by
    municipality: ``place`` says which rows are whose. A municipality without any stands at its seat."""

    points: Numbers
    people: Numbers
    place: dict[str, slice]

    @classmethod
    def of(cls, atlas: Atlas) -> "Homes":
        """The homes of all municipalities of ``atlas``, region by region."""
        points: list[tuple[float, float, float]] = []
        people: list[int] = []
        place = {}
        for one in sorted(atlas.municipalities.values(), key=lambda it: (it.region, it.code)):
            first = len(points)
            lived_in = [home for home in one.homes if home.people]
            points += [vector(home.lat, home.lon) for home in lived_in] or [vector(*one.seat)]
            people += [home.people for home in lived_in] or [max(one.population, 1)]
            place[one.code] = slice(first, len(points))
        return cls(np.array(points), np.array(people, dtype=float), place)


def weighted_median(values: Numbers, weights: Numbers) -> float:
    """The value that half of the weight lies at or below; infinite values come last."""
    order = np.argsort(values)
    reached = np.cumsum(weights[order])
    return float(values[order][np.searchsorted(reached, reached[-1] / 2)])
