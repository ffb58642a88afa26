"""Views of the tables in SQLite: the usual questions, answered."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class View:
    """A view: its name, what it says, and the statement that gives it."""

    name: str
    title: str
    meaning: str
    select: str


_QUOTES: Final = """\
SELECT quotes.id, quotes.words, speakers.name AS speaker_name,
  (SELECT group_concat(named, '; ') FROM (
    SELECT posts.title || coalesce(', ' || posts.body, '') AS named
    FROM quote_posts JOIN posts
      ON posts.speaker = quote_posts.speaker AND posts.position = quote_posts.post
    WHERE quote_posts.quote = quotes.id
    GROUP BY named ORDER BY min(quote_posts.position))) AS posts,
  quotes.spoken, quotes.spoken_first, quotes.spoken_last, quotes.time, quotes.place,
  quotes.spoken_to, sources.label AS source_label, sources.url AS source_url,
  articles.title AS article_title,
  (SELECT group_concat(topic, '; ') FROM (
    SELECT topic FROM quote_topics
    WHERE quote_topics.quote = quotes.id ORDER BY quote_topics.position)) AS topics,
  quotes.speaker, quotes.source, quotes.article, quotes.address, quotes.licence
FROM quotes
LEFT JOIN speakers ON speakers.id = quotes.speaker
LEFT JOIN sources ON sources.id = quotes.source
LEFT JOIN articles ON articles.id = quotes.article"""

_WORDINGS: Final = """\
SELECT quotes.id AS quote, 0 AS reading, quotes.source, sources.label AS source_label,
  sources.witness, quotes.words, quotes.via, quotes.mode, quotes.lang, quotes.verified
FROM quotes LEFT JOIN sources ON sources.id = quotes.source
UNION ALL
SELECT readings.quote, readings.position, readings.source, sources.label,
  sources.witness, readings.words, readings.via, readings.mode, readings.lang, readings.verified
FROM readings LEFT JOIN sources ON sources.id = readings.source"""


def _cases(where: str) -> str:
    """Give the statement for cases: every side and every answer in one and the same form."""
    return f"""\
SELECT contradictions.id AS contradiction, contradictions.kind, contradictions.relation,
  contradictions.status, contradictions.certainty, contradictions.editor,
  statements.part, statements.position, statements.quote, statements.remote_quote,
  coalesce(speakers.name, remote.speaker_name) AS speaker_name,
  coalesce(quotes.words, remote.words, remote.label) AS words,
  coalesce(quotes.spoken, remote.spoken) AS spoken,
  coalesce(quotes.spoken_first, remote.spoken_first) AS spoken_first,
  coalesce(sources.label, remote.source_label, remote.edition) AS source_label,
  contradictions.text, contradictions.address, contradictions.licence
FROM contradictions
JOIN (
  SELECT contradiction, 'side' AS part, position, quote, remote_quote
  FROM contradiction_sides
  UNION ALL
  SELECT contradiction, 'answer', position, quote, remote_quote FROM contradiction_answers
) AS statements ON statements.contradiction = contradictions.id
LEFT JOIN quotes ON quotes.id = statements.quote
LEFT JOIN remote ON remote.id = statements.remote_quote
LEFT JOIN speakers ON speakers.id = quotes.speaker
LEFT JOIN sources ON sources.id = quotes.source
WHERE contradictions.relation {where} 'tension'"""  # noqa: S608 - our own words


_STATEMENTS: Final = (
    "a row each: first the sides, then the answers, with who said it, when, and in which words."
)

VIEWS: Final = (
    View(
        "quotes_in_full",
        "Statements in full",
        "Statements with their speaker, the posts that the speaker may have held on that day, "
        "source, article and topics.",
        _QUOTES,
    ),
    View(
        "wordings",
        "Wordings",
        "Every wording of a statement: its own, numbered 0, and the readings.",
        _WORDINGS,
    ),
    View(
        "contradictions_in_full",
        "Contradictions in full",
        f"The statements of contradictions, {_STATEMENTS}",
        _cases("IS NOT"),
    ),
    View(
        "tensions_in_full",
        "Tensions in full",
        f"The statements of tensions, which are no contradictions, {_STATEMENTS}",
        _cases("IS"),
    ),
    View(
        "topics",
        "Topics",
        "Topics, and how many statements are about each.",
        "SELECT topic, count(DISTINCT quote) AS quotes FROM quote_topics GROUP BY topic",
    ),
    View(
        "sources_in_use",
        "Sources in use",
        "Sources, and how many statements and readings have their words from each.",
        """\
SELECT sources.id, sources.label, sources.witness,
  (SELECT count(*) FROM quotes WHERE quotes.source = sources.id) AS quotes,
  (SELECT count(*) FROM readings WHERE readings.source = sources.id) AS readings
FROM sources""",
    ),
)

WORDS_ANYWHERE: Final = """\
SELECT 'quote' AS kind, quotes.id AS record, quotes.words AS text, quotes.address
FROM quotes_search JOIN quotes ON quotes.rowid = quotes_search.rowid
WHERE quotes_search MATCH :words
UNION ALL
SELECT 'reading', readings.quote, readings.words, quotes.address
FROM readings_search JOIN readings ON readings.rowid = readings_search.rowid
JOIN quotes ON quotes.id = readings.quote
WHERE readings_search MATCH :words
UNION ALL
SELECT 'annotation', annotations.id, annotations.text, annotations.address
FROM annotations_search JOIN annotations ON annotations.rowid = annotations_search.rowid
WHERE annotations_search MATCH :words
UNION ALL
SELECT CASE WHEN contradictions.relation IS 'tension' THEN 'tension' ELSE 'contradiction' END,
  contradictions.id, contradictions.text, contradictions.address
FROM contradictions_search
JOIN contradictions ON contradictions.rowid = contradictions_search.rowid
WHERE contradictions_search MATCH :words"""
"""Looks for ``:words``, in FTS5's query syntax, in words, readings, notes and cases."""
