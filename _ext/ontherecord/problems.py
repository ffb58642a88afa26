"""Every warning the project can give, in one table."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

TYPE: Final = "record"
"""The type under which Sphinx shows the warnings and ``suppress_warnings`` names them."""

PROBLEMS: Final[dict[str, str]] = {
    "bad-date": "A date is not in EDTF, the Extended Date/Time Format.",
    "bad-history": "A line of a contradiction's history is not `DATE STATUS: what happened`.",
    "bad-id": "An identifier is missing, or is not small letters, figures and single hyphens.",
    "bad-post": "A line of a speaker's posts is not `post; body; from/to`.",
    "bad-time": "A time is not `hh:mm` with its distance from UTC, such as `13:32-05:00`.",
    "bad-value": "An option has a value that is not one of those it takes.",
    "bare-reference": "A reference inside marked words does not say its words.",
    "duplicate-id": "An identifier is taken by two records, of whatever kind.",
    "duplicate-option": "An option is given twice in one directive.",
    "duplicate-reading": "A quote has two readings of one source.",
    "duplicate-side": "A contradiction names the same quote twice.",
    "empty-content": "A directive has no content where its content is its point.",
    "empty-mark": "A mark encloses no words.",
    "lost-options": "Options stand where they are read as words, or words where they are options.",
    "mark-without-id": "A mark does not name its record.",
    "misplaced-reading": "A reading stands outside the quote that it is a reading of.",
    "missing-option": "A directive lacks an option that it needs.",
    "nested-mark": "A mark stands inside another mark.",
    "no-words": "A quote has neither words of its own nor marks in an article.",
    "not-an-article": "Words are marked in a document that has no date.",
    "nothing-annotated": "An annotation is on no record, and no passage is marked for it.",
    "same-words": "A reading has the words that the quote itself has, from the same source.",
    "too-few-sides": "A contradiction has fewer than two quotes.",
    "unclosed-fence": "A fence is opened and never closed, so that the rest is lost.",
    "unknown-annotation": "An annotation is named that does not exist.",
    "unknown-article": "An article is named that does not exist.",
    "unknown-contradiction": "A contradiction is named that does not exist.",
    "unknown-option": "A directive has an option that it does not know.",
    "unknown-quote": "A quote is named that does not exist.",
    "unknown-record": "A record is named that does not exist.",
    "unknown-source": "A source is named that the bibliography does not have.",
    "unknown-speaker": "A speaker is named that does not exist.",
    "unknown-topic": "A topic is named that no quote has.",
    "unnamed-source": "A source has neither title nor publisher in the bibliography.",
    "words-disagree": "Words are marked as a quote's that its record does not have.",
}
"""Subtype of each warning, and what it says of the record."""


@dataclass(frozen=True, slots=True, order=True)
class Problem:
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
