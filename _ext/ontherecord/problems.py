"""Every warning the project can give, in one table."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING, Final

from ontherecord.values import Value

if TYPE_CHECKING:
    from collections.abc import Iterable

TYPE: Final = "record"
"""The type under which Sphinx shows the warnings and ``suppress_warnings`` names them."""

PROBLEMS: Final[dict[str, str]] = {
    "bad-address": "The edition's address in the settings is not one.",
    "bad-date": "A date is not in EDTF, the Extended Date/Time Format.",
    "bad-history": "A line of a contradiction's history is not `DATE STATUS: what happened`.",
    "bad-id": "An identifier is missing, or is not small letters, figures and single hyphens.",
    "bad-ledger": "A line of the ledger of identifiers cannot be read.",
    "bad-post": "A line of a speaker's posts is not `post; body; from/to`.",
    "bad-source": "An entry of the bibliography has a field that cannot be read.",
    "bad-time": "A time is not `hh:mm` with its distance from UTC, such as `13:32-05:00`.",
    "bad-value": "An option has a value that is not one of those it takes.",
    "bare-reference": "A reference inside marked words does not say its words.",
    "changed-capture": "A capture is not the one that words were verified against.",
    "control-character": "A character stands in the source that no page or XML file can hold.",
    "control-held": "A capture holds words that were altered on purpose.",
    "duplicate-id": "An identifier is taken by two records, of whatever kind.",
    "duplicate-option": "An option is given twice in one directive.",
    "duplicate-reading": "A quote has two readings of one source.",
    "duplicate-side": "A contradiction names the same quote twice.",
    "empty-content": "A directive has no content where its content is its point.",
    "empty-mark": "A mark encloses no words.",
    "lost-characters": "Markup takes characters away from marked words.",
    "lost-options": "Options stand where they are read as words, or words where they are options.",
    "mark-without-id": "A mark does not name its record.",
    "misplaced-reading": "A reading stands outside the quote that it is a reading of.",
    "missing-option": "A directive lacks an option that it needs.",
    "missing-library": "A format of export needs a library that is not installed.",
    "mistyped": "A directive or a mark is mistyped, and shown as text.",
    "moved-nowhere": "A published identifier moved to one that does not exist.",
    "nested-mark": "A mark stands inside another mark.",
    "no-side-here": "A contradiction has no side of this edition's own.",
    "no-words": "A quote has neither words of its own nor marks in an article.",
    "not-an-article": "Words are marked in a document that has no date.",
    "not-at-issue": "Words are said to be at issue that the quote named does not have.",
    "nothing-annotated": "An annotation is on no record, and no passage is marked for it.",
    "published-gone": "A published record is gone, and the ledger does not say why.",
    "reused-id": "An identifier that was moved, withdrawn or of another kind is used again.",
    "revised-words": "A published quotation has other words than were published.",
    "same-words": "A reading has the words that the quote itself has, from the same source.",
    "spoken-late": "A quote was spoken after its source was published.",
    "stray-mark": "Marked words begin or end with a quotation mark that has no fellow.",
    "too-few-sides": "A contradiction has fewer than two quotes.",
    "unclosed-fence": "A fence is opened and never closed, so that the rest is lost.",
    "unknown-annotation": "An annotation is named that does not exist.",
    "unknown-article": "An article is named that does not exist.",
    "unknown-capture": "A file among the captures has the name of no source, and is not read.",
    "unknown-contradiction": "A contradiction is named that does not exist.",
    "unknown-edition": "Another edition is named that conf.py does not know.",
    "unknown-export": "The settings name a format of export that does not exist.",
    "unknown-option": "A directive has an option that it does not know.",
    "unknown-page": "The theme's options name a page that the edition does not have.",
    "unknown-quote": "A quote is named that does not exist.",
    "unknown-record": "A record is named that does not exist.",
    "unknown-source": "A source is named that the bibliography does not have.",
    "unknown-speaker": "A speaker is named that does not exist.",
    "unknown-topic": "A topic is named that no quote has.",
    "unlike-status": "A contradiction's status and its answers do not fit each other.",
    "unnamed-source": "A source has neither title nor publisher in the bibliography.",
    "unread-edition": "Another edition is named, and its inventory could not be read.",
    "unreadable-capture": "A capture is empty, not text, not in UTF-8, or too large.",
    "unreadable-doctree": "What Sphinx keeps of a document from build to build cannot be read.",
    "unreadable-file": "A document, the bibliography, or what a volume knows of another's "
    "statements cannot be read at all.",
    "unverified-words": "A capture does not have the words that its source is said to print.",
    "unwritten-export": "The files of the exports cannot be written.",
    "unwritten-output": "The disk is full, or a file of the output cannot be written.",
    "words-apart": "A capture has a few of the words only far from those beside them.",
    "words-disagree": "Words are marked as a quote's that its record does not have.",
    "words-twice": "A capture has the words more than once, and no locator says on which line.",
}
"""Subtype of each warning, and what it says of the record."""


NO_BIBLIOGRAPHY: Final = "there is no bibliography: write it in references.bib, beside conf.py"
"""How a warning ends that a source is unknown, where all are; so it is given once."""

DATE_OF_DOCUMENT: Final = "the document's date: "
"""How a warning begins that a document's date is bad: what follows from it is not said as well."""


class Problem(Value, frozen=True, order=True):
    """One thing that is wrong, where it stands, and how to mend it.

    ``subtype`` is a key of `PROBLEMS`; ``line`` counts from 1.
    """

    docname: str
    line: int
    subtype: str
    message: str

    def __post_init__(self) -> None:
        """Hold that no warning is given that the table does not list."""
        if self.subtype not in PROBLEMS:
            raise ValueError(f"no such problem: {self.subtype}")


def nearest(name: str, known: Iterable[str]) -> str:
    """Give ``' (did you mean "…"?)'`` for the known name most like this one, else nothing."""
    close = get_close_matches(name, sorted(known), n=1, cutoff=0.6)
    return f' (did you mean "{close[0]}"?)' if close else ""
