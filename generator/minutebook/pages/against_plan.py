"""How far off plan things are: days, amounts, figures in; "35 days later", "+4 % on baseline", "18 months old" out."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from minutebook.analyses.plan import Slip, slip_of
from minutebook.history.names import Names
from minutebook.history.spans import exact_span, span_words
from minutebook.history.value_words import currency_of, is_ordinary, lower_first, word_number
from minutebook.history.wording import word_share
from minutebook.model.record_type import Field, RecordType
from minutebook.model.value import Fields, Money

OLD_AFTER = 90
"""Days after which it is told how old a figure is: a quarter's report is missing."""
ON_PLAN = "on plan"
FAR_OVER = Decimal("0.1")
"""From this part of the approved figure on, an amount above it asks for attention."""


@dataclass(frozen=True, slots=True)
class Drift:
    """How a forecast stands to the approved figure beside it."""

    words: str
    """"+10,000, +4 % on baseline"."""
    brief: str
    """The same in a column whose head says on what: "+4 %", or "+10,000" where there is no share."""
    is_far_over: bool
    """Whether it is an amount of money far above what was approved."""


def slip_words(slip: Slip) -> str:
    """How far a day is from the one that was approved: "35 days later", "364 days (11 months) later"."""
    days = (slip.day - slip.planned).days
    if days == 0:
        return ON_PLAN
    return f"{exact_span(abs(days), max(slip.day, slip.planned))} {'later' if days > 0 else 'earlier'}"


def slip_note(items: Field, item: Fields, as_of: dt.date) -> str:
    """The same in a sentence, for an item of a list: "35 days later than baseline"; empty where it has no slip."""
    slip, planned = slip_of(items, item, as_of), items.published_role("baseline")
    if slip is None or planned is None:
        return ""
    return ON_PLAN if slip.day == slip.planned else f"{slip_words(slip)} than {lower_first(planned.title)}"


def drift_of(
    part: Field, owner: RecordType | Field, values: Fields, names: Names, currency: str | None
) -> Drift | None:
    """How a forecast stands to the approved figure beside it.

    None for a field with another role, and where the difference cannot be told. `currency` is that of amounts which
    name none, by default the portfolio's.
    """
    planned = owner.published_role("baseline")
    if part.role != "forecast" or planned is None:
        return None
    before, after = values.get(planned.name), values.get(part.name)
    is_money = isinstance(before, Money) and isinstance(after, Money)
    if isinstance(before, Money) and isinstance(after, Money):
        if currency_of(before, names, currency) != currency_of(after, names, currency):
            return None
        before, after = before.amount, after.amount
    if not (isinstance(before, Decimal) and isinstance(after, Decimal) and is_ordinary(before) and is_ordinary(after)):
        return None
    if before == after:
        return Drift(ON_PLAN, ON_PLAN, is_far_over=False)
    amount = f"{'+' if after > before else ''}{word_number(after - before)}"
    share = word_share(before, after) if before > 0 else None
    words = f"{amount if share is None else f'{amount}, {share}'} on {lower_first(planned.title)}"
    # Of other figures nobody knows whether more is worse.
    is_far_over = is_money and after > before and after - before >= before * FAR_OVER
    return Drift(words, share or amount, is_far_over)


def age_words(day: dt.date, as_of: dt.date) -> str:
    """How old a figure of this day is, in one line; empty where it is not old."""
    days = (as_of - day).days
    return f"{span_words(days, as_of)} old".replace(" ", "\N{NO-BREAK SPACE}") if days > OLD_AFTER else ""
