"""The directives that set a register: speakers, quotes, contradictions, and the rest."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from ontherecord.markup import options as read
from ontherecord.markup.checked_directive import CheckedDirective
from ontherecord.markup.nodes import register_block
from ontherecord.markup.options import Option
from ontherecord.records import Query

if TYPE_CHECKING:
    from docutils import nodes


class RegisterDirective(CheckedDirective):
    """A register of the kind that its name says, filtered by its options."""

    optional_arguments = 0
    has_content = False
    takes = (
        Option("speaker", read.identifier, "only what this speaker said", example="ann-arden"),
        Option("topic", read.text, "only what is on this topic", example="libraries"),
        Option("kind", read.text, "only records of this kind or type", example="facts"),
        Option("status", read.text, "only contradictions of this status", example="answered"),
        Option(
            "article",
            read.text,
            "only what stands in this article, by document name",
            example="articles/2024-05-01-the-library",
        ),
        Option(
            "from",
            read.date,
            "only what was said on this date or later",
            field="begin",
            example="2024-05-01",
        ),
        Option(
            "to",
            read.date,
            "only what was said on this date or earlier",
            field="end",
            example="2024-05-31",
        ),
    )

    def make(self, values: dict[str, Any]) -> list[nodes.Node]:
        """Keep the place of the register."""
        register = self.name.rpartition(":")[2]
        query = Query(register, **values)
        self.use("speaker", query.speaker, "speaker")
        self.use("topic", query.topic, "topic")
        self.use("article", query.article, "article")
        self.gathered.queries.append((query, self.line))
        node = register_block("", query=query, docname=self.env.docname)
        node["classes"] += ["record-register", f"record-register-{register}"]
        self.set_source_info(node)
        return [node]


MEANINGS: Final = {
    "articles": "all articles, the newest first",
    "speakers": "all speakers, by name",
    "quotes": "all statements, by date",
    "contradictions": "all contradictions and tensions, by their earliest statement",
    "annotations": "all notes of the editors",
    "timeline": "what was said and what happened to contradictions, in order of time",
    "topics": "all topics, with the statements on each",
    "sources": "all sources, with what rests on each",
    "corrections": "every revision, move and withdrawal of a published record",
    "totals": "one line: how much there is in the edition, or of what the options choose",
}
"""The names of registers, and what each lists."""

REGISTERS: Final[dict[str, type[CheckedDirective]]] = dict.fromkeys(MEANINGS, RegisterDirective)
