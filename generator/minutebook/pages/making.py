"""Makes the Book: a history, a configuration and a date in; the portfolio with all figures that pages ask for out."""

from __future__ import annotations

from dataclasses import replace

from minutebook.analyses.activity import activity_of
from minutebook.analyses.acts import acts_of, months_of
from minutebook.analyses.aftermath import make_aftermath_reader
from minutebook.analyses.attention import ailing_records
from minutebook.analyses.counts import count_records
from minutebook.analyses.decisions import decisions_of
from minutebook.analyses.groups import groups_of
from minutebook.analyses.holdings import holdings_of
from minutebook.analyses.meetings import last_meeting, rhythms_of
from minutebook.analyses.overdue import overdue_of
from minutebook.analyses.published import published_history
from minutebook.analyses.relations import relations_of
from minutebook.history.names import PortfolioNames
from minutebook.model.configuration import Configuration
from minutebook.model.portfolio import History
from minutebook.pages.book import Book, Edition
from minutebook.pages.links import Links, split_month
from minutebook.pages.narrowed import offered_by_tables
from minutebook.pages.timeline import LineMaker


def make_book(
    history: History,
    configuration: Configuration,
    edition: Edition,
    position: int,
) -> Book:
    """The portfolio at a mainline position, with all figures that pages ask for."""
    published = published_history(history, configuration, position)
    portfolio = published.portfolio(position)
    acts = acts_of(published)
    months = tuple(months_of(acts, configuration))
    month_parts = {month.name: split_month(month) for month in months}
    names = PortfolioNames(published, configuration, position)
    links = Links(
        configuration=configuration,
        known=published.records,
        names=names,
        people=PortfolioNames(history, configuration, position),
        parts={
            entry.identity: part.address for parts in month_parts.values() for part in parts for entry in part.entries
        },
    )
    decisions = decisions_of(portfolio, configuration, names, edition.as_of)
    groups = groups_of(portfolio, configuration, names)
    relations = relations_of(portfolio, configuration, names)
    rhythms = rhythms_of(portfolio, configuration, relations, decisions, edition.as_of)
    overdue = overdue_of(portfolio, configuration, rhythms, edition.as_of)
    ailing = ailing_records(portfolio, configuration)
    book = Book(
        configuration=configuration,
        edition=edition,
        history=published,
        portfolio=portfolio,
        links=links,
        lines=LineMaker(published, links),
        counts=count_records(portfolio.states.values(), configuration),
        acts=acts,
        months=months,
        month_parts=month_parts,
        activity=activity_of(months),
        meeting=last_meeting(portfolio, configuration, edition.as_of),
        rhythms=rhythms,
        relations=relations,
        groups=groups,
        holdings=holdings_of(portfolio.records, groups, decisions, ailing, overdue),
        overdue=overdue,
        ailing=ailing,
        decisions=decisions,
        aftermath=make_aftermath_reader(decisions, published, configuration),
        notes=published.notes,
        handbook=(),
        pending={},
        redlines={},
        offered={},
    )
    # Asked of a Book that has all but this: what a table offers is told by what stands in it.
    return replace(book, offered=offered_by_tables(book))
