"""How far off plan things are: days, amounts, figures in; "35 days later", "+4 % on baseline", "18 months old" out."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from minutebook.analyses.plan import slip_of
from minutebook.history.names import Names
from minutebook.history.value_words import count, currency_of, is_ordinary, lower_first, word_number
from minutebook.history.wording import word_share
from minutebook.model.record_type import Field, RecordType
from minutebook.model.value import Fields, Money
from minutebook.pages.lateness import span_words

OLD_AFTER = 90
"""Days after which it is told how old a figure is: a quarter's report is missing."""
ON_PLAN = "on plan"


def slip_words(days: int) -> str:
    """How far a day is from the one that was approved."""
    if days == 0:
        return ON_PLAN
    return f"{count(abs(days), 'day')} {'later' if days > 0 else 'earlier'}"


def slip_note(items: Field, item: Fields, as_of: dt.date) -> str:
    """The same in a sentence, for an item of a list: "35 days later than baseline"; empty where it has no slip."""
    days, planned = slip_of(items, item, as_of), items.published_role("baseline")
    if days is None or planned is None:
        return ""
    return f"{slip_words(days)} than {lower_first(planned.title)}" if days else ON_PLAN


def drift_words(part: Field, owner: RecordType | Field, values: Fields, names: Names, currency: str | None) -> str:
    """How a forecast stands to the approved figure beside it: "+10,000, +4 % on baseline".

    Empty for a field with another role, and where the difference cannot be told. `currency` is that of amounts which
    name none, by default the portfolio's.
    """
    planned = owner.published_role("baseline")
    if part.role != "forecast" or planned is None:
        return ""
    before, after = values.get(planned.name), values.get(part.name)
    if isinstance(before, Money) and isinstance(after, Money):
        if currency_of(before, names, currency) != currency_of(after, names, currency):
            return ""
        before, after = before.amount, after.amount
    if not (isinstance(before, Decimal) and isinstance(after, Decimal) and is_ordinary(before) and is_ordinary(after)):
        return ""
    if before == after:
        return ON_PLAN
    sign = "+" if after > before else ""
    share = f", {word_share(before, after)}" if before > 0 else ""
    return f"{sign}{word_number(after - before)}{share} on {lower_first(planned.title)}"


def age_words(day: dt.date, as_of: dt.date) -> str:
    """How old a figure of this day is, in one line; empty where it is not old."""
    days = (as_of - day).days
    return f"{span_words(days, as_of)} old".replace(" ", "\N{NO-BREAK SPACE}") if days > OLD_AFTER else ""
