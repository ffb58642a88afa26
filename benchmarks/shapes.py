"""What an edition of the benchmarks is, as values, before any kind of site is made of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Speaker:
    """Someone who is quoted."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Source:
    """What a quote's words were taken from."""

    key: str
    publisher: str
    title: str
    year: str
    address: str


@dataclass(frozen=True, slots=True)
class Reading:
    """The words of a quote as one more source prints them."""

    source: str
    words: str


@dataclass(frozen=True, slots=True)
class Quote:
    """What was said, by whom, when, and where it is printed."""

    id: str
    words: str
    speaker: str
    source: str
    spoken: str
    topic: str
    reading: Reading | None = None


@dataclass(frozen=True, slots=True)
class Contradiction:
    """A case between quotes, and what an editor says of it."""

    id: str
    between: tuple[str, ...]
    words: str


@dataclass(frozen=True, slots=True)
class Text:
    """Words of an article that are nobody's."""

    words: str


@dataclass(frozen=True, slots=True)
class Named:
    """A speaker as the article names them."""

    shown: str
    speaker: str


@dataclass(frozen=True, slots=True)
class Said:
    """The words of a quote, between quotation marks."""

    quote: Quote


@dataclass(frozen=True, slots=True)
class Cited:
    """A citation of a source."""

    source: str


Paragraph = tuple[Text | Named | Said | Cited, ...]


@dataclass(frozen=True, slots=True)
class Article:
    """A report: its paragraphs, and the contradictions that are recorded with it."""

    name: str
    title: str
    date: str
    paragraphs: tuple[Paragraph, ...]
    contradictions: tuple[Contradiction, ...] = ()

    @property
    def quotes(self) -> list[Quote]:
        """The quotes of the article, in the order of their words."""
        return [
            run.quote for paragraph in self.paragraphs for run in paragraph if isinstance(run, Said)
        ]

    @property
    def words(self) -> int:
        """How many words the article has: title, prose, quotes and contradictions."""
        texts = [self.title, *(one.words for one in self.contradictions)]
        for paragraph in self.paragraphs:
            for run in paragraph:
                if isinstance(run, Text):
                    texts.append(run.words)
                elif isinstance(run, Named):
                    texts.append(run.shown)
                elif isinstance(run, Said):
                    texts.append(run.quote.words)
        return sum(len(text.split()) for text in texts)

    def edited(self, mark: str, *, quote: bool = False) -> Article:
        """Give the article with one word more: in its first prose, or in its first quote."""
        paragraphs = list(self.paragraphs)
        for place, paragraph in enumerate(paragraphs):
            for number, run in enumerate(paragraph):
                changed: Text | Said
                if quote and isinstance(run, Said):
                    changed = Said(replace(run.quote, words=f"{run.quote.words} {mark}"))
                elif not quote and isinstance(run, Text) and len(run.words.split()) > 5:
                    changed = Text(f"{run.words} {mark}")
                else:
                    continue
                paragraphs[place] = (*paragraph[:number], changed, *paragraph[number + 1 :])
                return replace(self, paragraphs=tuple(paragraphs))
        raise LookupError(f"{self.name} has nothing to edit")


class Corpus(Protocol):
    """An edition of any origin. Articles are made when they are asked for, never all at once."""

    @property
    def speakers(self) -> list[Speaker]:
        """Those who are quoted."""

    @property
    def sources(self) -> list[Source]:
        """The bibliography."""

    @property
    def names(self) -> list[str]:
        """The names of the articles, in order."""

    def article(self, name: str) -> Article:
        """Give one article."""

    def articles(self) -> Iterator[Article]:
        """Give every article in turn."""
