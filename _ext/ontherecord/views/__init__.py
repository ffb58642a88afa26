"""Views: exactly what of the Edition one card, one block or one register shows.

Whatever a page shows of records is made from views and from nothing else.
So a page has to be written again when, and only when, one of its views
differs; `ontherecord.rebuilding.pages` holds them against each other.
"""

from ontherecord.views.registers import Views
from ontherecord.views.shapes import (
    ArticleEntry,
    ArticleView,
    CaseView,
    ContradictionView,
    CorrectionEntry,
    Entry,
    Excerpt,
    Link,
    Moment,
    NoteView,
    QuoteEntry,
    QuoteView,
    ReadingView,
    RemoteStatement,
    SideView,
    SourceEntry,
    SourceView,
    SpeakerEntry,
    SpeakerView,
    Statement,
    TopicEntry,
    Totals,
    Verified,
    View,
    WitnessView,
)

__all__ = [
    "ArticleEntry",
    "ArticleView",
    "CaseView",
    "ContradictionView",
    "CorrectionEntry",
    "Entry",
    "Excerpt",
    "Link",
    "Moment",
    "NoteView",
    "QuoteEntry",
    "QuoteView",
    "ReadingView",
    "RemoteStatement",
    "SideView",
    "SourceEntry",
    "SourceView",
    "SpeakerEntry",
    "SpeakerView",
    "Statement",
    "TopicEntry",
    "Totals",
    "Verified",
    "View",
    "Views",
    "WitnessView",
]
