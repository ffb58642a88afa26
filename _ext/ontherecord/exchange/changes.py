"""When a record was last changed, as far as the edition knows; never the day of a build."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

from ontherecord.dates import bounds
from ontherecord.records import Annotation, Contradiction

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
    the record knows: a note's date, a case's latest step, the article it stands in, and for
    a case kept elsewhere the latest article of its statements, which it cannot precede.
    """
    if (standing := edition.ledger.standing(record.id)) is not None:
        return first_day(standing.date)
    known = ""
    if isinstance(record, Annotation):
        known = first_day(record.date)
    elif isinstance(record, Contradiction):
        known = max((first_day(event.date) for event in record.history), default="")
    known = known or _of_article(edition, edition.home(record))
    if not known and isinstance(record, Contradiction):
        sides = (edition.quotes.get(side) for side in record.between)
        homes = (edition.home(side) for side in sides if side is not None)
        known = max((_of_article(edition, home) for home in homes), default="")
    return known


def _of_article(edition: Edition, docname: str) -> str:
    article = edition.articles.get(docname)
    return first_day(article.date) if article else ""
