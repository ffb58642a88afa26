"""The closed lists of words that records may use, each with its meaning."""

from __future__ import annotations

from typing import Final

SPEAKER_KINDS: Final = {
    "person": "a person known by name",
    "organisation": "a body that speaks as one",
    "unnamed": "a person whom the source does not name",
}

TIME_IS: Final = {
    "spoken": "the time is that of the words",
    "event-began": "the time is that at which the event began",
    "reported": "the time is that of the report",
}

MODES: Final = {
    "direct": "the source prints the words as the speaker's own",
    "indirect": "the source reports the words in its own syntax",
}

BRACKETS: Final = {
    "edition": "the edition's, which put them in",
    "source": "the source's own, and words like others; […] alone is the edition's",
}
"""Whose the words are that stand in square brackets."""

CONTIGUOUS: Final = {
    "yes": "the fragments followed each other, in the source as when spoken",
    "no": "other words were spoken between the fragments, whether or not the source has them",
    "unknown": "not known",
}

CONTRADICTION_KINDS: Final = {
    "negation": "one denies what the other affirms",
    "figures": "they give different figures",
    "facts": "they give different facts",
    "characterisation": "they call the same thing by different names",
    "scope": "they differ in what, whom or when the statement covers",
    "reversal": "the later takes back the earlier",
    "attribution": "they differ in who said or did it",
}

RELATIONS: Final = {
    "contradictory": "both cannot be true, and both cannot be false",
    "contrary": "both cannot be true, though both can be false",
    "tension": "one pulls the other way; not counted as a contradiction",
}

STATUSES: Final = {
    "alleged": "somebody says that they contradict each other",
    "answered": "an answer was given",
    "reconciled": "the speakers came to one statement",
    "conceded": "one speaker granted the other's point",
    "retracted": "one statement was taken back",
    "standing": "no answer is known",
}

CERTAINTIES: Final = {
    "high": "the editor is sure that they do not agree",
    "medium": "it depends on what one of them means",
    "low": "it may only seem so",
}

ANNOTATION_TYPES: Final = {
    "context": "what a reader needs to know besides",
    "definition": "what a term means",
    "correction": "what the report has wrong",
    "source": "where the words come from",
    "translation": "how the words were rendered",
}

WITNESSES: Final = {
    "transcript": "a transcript of the words",
    "recording": "a recording of the words",
    "report": "a report by somebody who heard or read them",
    "second-hand": "a report taken from another report",
    "translation": "a rendering in another language",
    "document": "a document published by its author",
}
"""What kind of witness a source is: the ``witness`` field in the bibliography."""
