"""Whether a fetch goes on with an earlier run, asks for everything, or only for what has changed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from referral.directory.importers.fetch.folder import Run

FRESH = timedelta(days=1)
"""How long a run that broke off is taken up again: the pages of an older one are yesterday's."""

FULL_EVERY = timedelta(days=7)
"""A changed connection of the service register does not change its date, so all is read once a week."""

FORGOTTEN_AFTER = timedelta(days=30)
"""Runs from an address that nobody asks any more (version 11, one day) are kept so long."""

OVERLAP = timedelta(hours=2)
"""Changes are asked for from a little before the last full run: version 12 of the register tells them up to an
hour and a half late, and clocks differ."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What to do: go on with a run, or begin one ``since`` a moment (None: of everything); and which runs
    nobody needs any more."""

    goes_on: Run | None
    since: datetime | None
    outlived: tuple[Run, ...]


def plan(
    earlier: Sequence[Run],
    address: str,
    now: datetime,
    *,
    tells_changes: bool,
    full: bool,
    decided: date | None = None,
) -> Plan:
    """The plan for ``address``, from the runs of its source, oldest first.

    ``tells_changes`` says that the source can be asked for what has changed; ``full`` that everything is
    wanted. ``decided`` is the day on which a coordinator last took a record against the rules: what that
    record names is in no full run from before the day was over. Changes are those since the last full run, not since the last run: one that was never imported is
    then made good by the next. So of the ended runs the last full one and the last are kept.
    """
    own = [run for run in earlier if run.manifest.address == address]
    ended = [run for run in own if run.manifest.ended]
    whole = [run for run in ended if not run.manifest.partial and _knows(run, decided)]
    fresh = [run for run in own if not run.manifest.ended and now - run.manifest.began < FRESH]
    goes_on = next((run for run in reversed(fresh) if not (full and run.manifest.partial)), None)
    since = None
    if tells_changes and not full and whole and now - whole[-1].manifest.began < FULL_EVERY:
        since = whole[-1].manifest.began - OVERLAP
    kept = {run.path for run in (*fresh, *whole[-1:], *ended[-1:])}
    outlived = tuple(
        run
        for run in earlier
        if (run in own and run.path not in kept)
        or (run not in own and now - run.manifest.began > FORGOTTEN_AFTER)
    )
    return Plan(goes_on, since, outlived)


def _knows(run: Run, decided: date | None) -> bool:
    return decided is None or run.manifest.began.date() > decided
