"""What is told about at all, in a public order: the same whether anybody asked or not.

The order of needs is that of the catalogue, the order of municipalities that of their inhabitants. No
count has a part in either. In each division some shares are never told, two at the least, so that nobody
can subtract and none of them can be worked out either:

- of a region's municipalities the two with the fewest inhabitants;
- of languages the region's main one and plain Finnish;
- of outcomes help found in person, near or far, and none found; of reasons a missing language or form;
- of askers those who ask for themselves, by whichever channel;
- of "did this help" those who did not answer, whom no counter counts.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from knowledge.model import Atlas, Catalog
from referral.model import Outcome, Unmet

Labels = tuple[tuple[str, ...], ...]
"""What a division tells, in public order; each label has the values of the division's columns."""

COUNTED_CHANNELS = ("web", "telegram")
"""The channels whose conversations are counted, in the public order of releases; the terminal's are not."""

UNTOLD_MUNICIPALITIES = 2
PLAIN_FINNISH = "fi@simple"


@dataclass(frozen=True, slots=True)
class Division:
    """A division of a quarter's requests: its name, the counters it sums, the columns it keeps."""

    name: str
    counters: str
    columns: tuple[str, ...]


DIVISIONS = (
    Division("languages", "demand_by_region_language", ("language",)),
    Division("outcomes", "demand_by_region_outcome", ("outcome",)),
    Division("reasons", "unmet_by_region_reason", ("reason",)),
    Division("askers", "demand_by_asker_channel", ("asker", "channel")),
    Division("helped", "helped_by_region", ("helped",)),
)

OUTCOMES: Labels = ((Outcome.REMOTE,), (Outcome.TRAINING,), (Outcome.AUTHORITY,))
"""Help found far away and help not found are told by their reasons instead: a request that ends so always
has one, and two tables of the same fact would bound each other."""

REASONS: Labels = ((Unmet.NO_SUPPLY,), (Unmet.TOO_FAR,))
"""A missing form or language is known to come from few needs and languages, which it would bound."""


@dataclass(frozen=True, slots=True)
class Frame:
    """The public order: need -> group, region -> its municipalities, languages, channels.

    Of a region's municipalities the last two are never told. ``main_languages`` gives the main language
    of each region.
    """

    needs: Mapping[str, str]
    municipalities: Mapping[str, tuple[str, ...]]
    languages: tuple[str, ...]
    main_languages: Mapping[str, str]
    channels: tuple[str, ...]

    @classmethod
    def of(cls, catalog: Catalog, atlas: Atlas, languages: Iterable[str], channels: Iterable[str]) -> "Frame":
        """The frame of these needs and places."""
        by_size = sorted(atlas.municipalities.values(), key=lambda one: (-one.population, one.code))
        speakers: dict[str, Counter[str]] = {region: Counter() for region in atlas.regions}
        for one in by_size:
            speakers[one.region][one.languages[0]] += one.population
        return cls(
            needs={need.id: need.group for need in catalog.needs.values()},
            municipalities={
                region: tuple(one.code for one in by_size if one.region == region)
                for region in sorted(atlas.regions)
            },
            languages=tuple(languages),
            main_languages={
                region: max(sorted(counts), key=counts.__getitem__, default="fi")
                for region, counts in speakers.items()
            },
            channels=tuple(channels),
        )

    def labels(self, division: str, region: str) -> Labels:
        """What ``division`` tells of ``region``, in the order in which it is told."""
        if division == "languages":
            untold = (self.main_languages[region], PLAIN_FINNISH)
            return tuple((one,) for one in self.languages if one not in untold)
        if division == "askers":
            return tuple(("other", channel) for channel in self.channels)
        return {"outcomes": OUTCOMES, "reasons": REASONS, "helped": (("no",), ("yes",))}[division]
