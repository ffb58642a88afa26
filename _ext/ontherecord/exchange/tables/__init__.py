"""The tables of an edition, described once: CSV, SQLite and Parquet are all made from these.

A record has a row; what it has several of stands in a table of its own, numbered. An empty
cell says that nothing is known. What is named and is not in the edition leaves its cell
empty as well, so that every key that is there leads somewhere, and stands in the last table.
"""

from __future__ import annotations

from typing import Final

from ontherecord.exchange.tables.annotations import ANNOTATIONS
from ontherecord.exchange.tables.articles import ARTICLES
from ontherecord.exchange.tables.bibliography import BIBLIOGRAPHY
from ontherecord.exchange.tables.contradictions import CONTRADICTIONS
from ontherecord.exchange.tables.edition import EDITION
from ontherecord.exchange.tables.findings import FINDINGS
from ontherecord.exchange.tables.ledger import LEDGER
from ontherecord.exchange.tables.marks import ANNOTATION_MARKS, QUOTE_MARKS
from ontherecord.exchange.tables.quotes import QUOTES
from ontherecord.exchange.tables.readings import READINGS
from ontherecord.exchange.tables.remote import REMOTE
from ontherecord.exchange.tables.speakers import SPEAKERS
from ontherecord.exchange.tables.unresolved import unresolved
from ontherecord.exchange.tables.version import VERSION

__all__ = ["TABLES", "VERSION"]

_OF_EDITION: Final = (
    *EDITION,
    REMOTE,
    *BIBLIOGRAPHY,
    *SPEAKERS,
    *ARTICLES,
    *QUOTES,
    *READINGS,
    *FINDINGS,
    QUOTE_MARKS,
    *CONTRADICTIONS,
    *ANNOTATIONS,
    ANNOTATION_MARKS,
    *LEDGER,
)

TABLES: Final = (*_OF_EDITION, unresolved(_OF_EDITION))
"""All tables, each after those that it refers to."""
