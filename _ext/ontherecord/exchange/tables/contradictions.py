"""The contradictions and tensions: sides, answers, history, and the words at issue."""

from __future__ import annotations

from typing import Final

from ontherecord import vocabulary
from ontherecord.exchange.tables.columns import (
    ADDRESS,
    COPIED,
    ID,
    LABEL,
    LICENCE,
    PAGE,
    POSITION,
    days,
    own,
    owner,
    part,
    parts,
    terms,
)
from ontherecord.exchange.tables.remote import here_or_there
from ontherecord.exchange.tables.table import Column, Table
from ontherecord.exchange.tables.things import ALL_CONTRADICTIONS

CONTRADICTIONS: Final = (
    Table(
        "contradictions",
        "Contradictions and tensions",
        "Statements that do not agree, and what was answered. Where the relation is tension they "
        "only pull apart, and are not counted as a contradiction.",
        ALL_CONTRADICTIONS,
        (
            ID,
            LABEL,
            own(
                "relation",
                terms("How the statements stand to each other.", vocabulary.RELATIONS),
                is_asked_for=True,
            ),
            own(
                "kind",
                terms("In what they do not agree.", vocabulary.CONTRADICTION_KINDS),
                is_asked_for=True,
            ),
            own("status", terms("How it stands.", vocabulary.STATUSES), is_asked_for=True),
            own("certainty", terms("How sure the editor is.", vocabulary.CERTAINTIES)),
            own("editor", "The editor who answers for it."),
            Column(
                "text",
                "The case, by the editors; paragraphs are parted by a blank line.",
                lambda edition, one: edition.text(one),
            ),
            PAGE,
            ADDRESS,
            LICENCE,
            COPIED,
        ),
        label="label",
        searched=("text",),
    ),
    Table(
        "contradiction_sides",
        "Sides",
        "The statements that do not agree. Their order says nothing of which is right.",
        parts(ALL_CONTRADICTIONS, lambda _, one: one.between),
        (
            owner("contradiction", "contradictions"),
            POSITION,
            *here_or_there("quote", "The statement", "quotes", lambda one: one.value),
        ),
    ),
    Table(
        "contradiction_answers",
        "Answers",
        "The statements that answer the charge.",
        parts(ALL_CONTRADICTIONS, lambda _, one: one.answered_by),
        (
            owner("contradiction", "contradictions"),
            POSITION,
            *here_or_there("quote", "The statement", "quotes", lambda one: one.value),
        ),
    ),
    Table(
        "contradiction_history",
        "History",
        "What became of a contradiction, a step a row.",
        parts(ALL_CONTRADICTIONS, lambda _, one: one.history),
        (
            owner("contradiction", "contradictions"),
            POSITION,
            *days("date", "When it was", lambda _, one: one.value.date),
            part("status", terms("How it stood then.", vocabulary.STATUSES)),
            part("text", "What happened."),
        ),
    ),
    Table(
        "contradiction_words",
        "Words at issue",
        "The words of statements on which a case turns, by the editor's word.",
        parts(ALL_CONTRADICTIONS, lambda _, one: one.at_issue),
        (
            owner("contradiction", "contradictions"),
            POSITION,
            *here_or_there("quote", "The statement", "quotes", lambda one: one.value[0]),
            Column("words", "The words.", lambda _, one: one.value[1]),
        ),
        label="words",
    ),
)
