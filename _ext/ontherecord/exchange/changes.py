"""When a record was last changed, as far as the edition knows; never the day of a build."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

from ontherecord.dates import bounds
from ontherecord.records import Annotation, Contradiction, Quote

if TYPE_CHECKING:
    from ontherecord.edition import Edition
    from ontherecord.records import Record


def first_day(date: str) -> str:
    """Give the first day that an EDTF date can mean, as ``YYYY-MM-DD``, or nothing.

    Nothing is known of an interval without a beginning, and of what is no date.
    """
    if not date:
        return ""
    try:
        first, _last = bounds(date)
    except ValueError:
        return ""
    return "" if first == datetime.date.min else first.isoformat()


def changed(edition: Edition, record: Record) -> str:
    """Give the day on which a record was last changed, as ``YYYY-MM-DD``, or nothing.

    It is that of the ledger's latest event; of a record that the ledger does not name, what
    the record itself knows: a note's date, a case's latest step, the article it stands in. What
    is kept elsewhere is as old as the articles of what it is about, which it cannot precede:
    a case as the latest of its statements, a note as the statement or case that it is on.
    """
    if (standing := edition.ledger.standing(record.id)) is not None:
        return first_day(standing.date)
    return _itself(edition, record)


def _itself(edition: Edition, record: Record) -> str:
    known = ""
    about: list[Record | None] = []
    if isinstance(record, Annotation):
        known = first_day(record.date)
        on = edition.records.get(record.on)
        about = [on if isinstance(on, Quote | Contradiction) else None]
    elif isinstance(record, Contradiction):
        known = max((first_day(event.date) for event in record.history), default="")
        about = [edition.quotes.get(side) for side in record.between]
    known = known or _of_article(edition, edition.home(record))
    return known or max((_itself(edition, one) for one in about if one is not None), default="")


def _of_article(edition: Edition, docname: str) -> str:
    article = edition.articles.get(docname)
    return first_day(article.date) if article else ""
