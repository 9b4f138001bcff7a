"""Landings of which some tell only a day in; the moment of each, in the order in which they land, out.

Nothing is by chance: what a scenario leaves open follows from its words, so that the same one gives the same times.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterator, Sequence
from itertools import groupby
from zoneinfo import ZoneInfo

from minutebook.demo.plan import Landing

TIME_ZONE = ZoneInfo("Europe/Berlin")
MORNING, EVENING = dt.time(8, 10), dt.time(17, 40)
"""Between which people of the authority work, where a scenario tells no time."""

EARLY, LATE = dt.time(7), dt.time(20)
"""Between which they may work where something must come before, or after, something else."""

SATURDAY = 5
LONGEST_WAIT = 3
"""Days that a pull request waits at most, weekends aside, before it lands, where a scenario does not tell."""


def plan_moments(landings: Sequence[Landing]) -> Iterator[tuple[Landing, dt.datetime]]:
    """Each landing with its moment, in the order of the moments, no two of which are the same.

    Landings come by day and then as their files tell them. Those of one day and one file keep their order.
    """
    for day, group in groupby(landings, key=lambda landing: landing.day):
        planned = sorted(_of_day(day, list(group)), key=lambda pair: pair[1])
        last = None
        for landing, wanted in planned:
            moment = wanted if last is None or wanted > last else last + dt.timedelta(minutes=1)
            yield landing, moment
            last = moment


def _of_day(day: dt.date, landings: Sequence[Landing]) -> Iterator[tuple[Landing, dt.datetime]]:
    """The landings of one day: spread over it, but between those of their own file that tell their time."""
    opens, closes = at(day, MORNING), at(day, EVENING)
    before: dict[int, dt.datetime] = {}
    for index, landing in enumerate(landings):
        if landing.step.time is not None:
            moment = at(day, landing.step.time)
        else:
            slot = (index + chance(landing.step.says, landing.step.by)) / len(landings)
            after = before.get(landing.file, at(day, EARLY))
            told = [one.step.time for one in landings[index + 1 :] if one.file == landing.file and one.step.time]
            until = at(day, told[0]) if told else max(at(day, LATE), after + dt.timedelta(hours=1))
            moment = between(opens + slot * (closes - opens), after, until)
        before[landing.file] = moment
        yield landing, moment


def written_before(landed: dt.datetime, *words: str) -> dt.datetime:
    """When what landed at a moment may have been written: the same day, or up to three working days before."""
    day = landed.date()
    for _ in range(int(chance("days", *words) * (LONGEST_WAIT + 1))):
        day -= dt.timedelta(days=1)
        while day.weekday() >= SATURDAY:
            day -= dt.timedelta(days=1)
    opens, closes = at(day, MORNING), min(at(day, EVENING), landed - dt.timedelta(minutes=20))
    return opens + chance("time", *words) * (closes - opens)


def between(wanted: dt.datetime, earliest: dt.datetime, latest: dt.datetime) -> dt.datetime:
    """A moment after one and before another, in whole seconds.

    The wanted one where it is between them, else one on the day of the latest, when people are at work.
    """
    if not earliest < wanted < latest:
        begin = at(latest.date(), EARLY)
        begin = earliest if begin >= latest else max(begin, earliest)
        wanted = begin + (latest - begin) / 2
    return wanted.replace(microsecond=0)


def at(day: dt.date, time: dt.time) -> dt.datetime:
    """A day and a time where the authority is."""
    return dt.datetime.combine(day, time, TIME_ZONE)


def chance(*words: str) -> float:
    """A number from 0 up to 1, the same for the same words."""
    return int.from_bytes(hashlib.blake2b("\n".join(words).encode(), digest_size=6).digest()) / (1 << 48)
