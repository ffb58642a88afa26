"""Editions in which one thing is large: an article's quotes, a case's sides, a speaker's words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from corpus import QUOTES, Generated
from shapes import Article, Contradiction, Paragraph, Quote, Said, Source, Speaker

AN_ARTICLE, A_CASE, A_SPEAKER = "article", "case", "speaker"
KEYS = 20
"""Sources, whatever is large."""
MANY = 50
"""Quotes of an article where a speaker has many: so that little else is built."""


@dataclass(frozen=True, slots=True)
class Large:
    """So many quotes, all in one article, all in one case, or all one speaker's."""

    what: str
    quotes: int

    @property
    def speakers(self) -> list[Speaker]:
        """One, or a few."""
        many = 1 if self.what == A_SPEAKER else KEYS
        return [Speaker(f"s{number}", f"Speaker {number}") for number in range(many)]

    @property
    def sources(self) -> list[Source]:
        """A few."""
        return Generated(KEYS).sources

    @property
    def names(self) -> list[str]:
        """As many articles as the quotes need."""
        each = {AN_ARTICLE: self.quotes, A_CASE: QUOTES, A_SPEAKER: MANY}[self.what]
        return [f"a{number:05}" for number in range(-(-self.quotes // each))]

    def article(self, name: str) -> Article:
        """Give one article: paragraphs of the corpus, put together otherwise."""
        number, names = int(name[1:]), self.names
        each = -(-self.quotes // len(names))
        begin, end = number * each, min(self.quotes, (number + 1) * each)
        first = Generated(KEYS).article(f"a{begin // QUOTES:05}")
        paragraphs = [first.paragraphs[0]]
        paragraphs += [self._paragraph(quote) for quote in range(begin, end)]
        cases: tuple[Contradiction, ...] = ()
        if self.what == A_CASE and not number:
            between = tuple(f"q{quote}" for quote in range(self.quotes))
            cases = (replace(first.contradictions[0], id="c0", between=between),)
        return replace(first, name=name, paragraphs=tuple(paragraphs), contradictions=cases)

    def articles(self) -> Iterator[Article]:
        """Give every article in turn."""
        return map(self.article, self.names)

    def _paragraph(self, quote: int) -> Paragraph:
        speaker = f"s{quote % len(self.speakers)}"
        drawn = Generated(KEYS).article(f"a{quote // QUOTES:05}").paragraphs[1 + quote % QUOTES]
        runs = []
        for run in drawn:
            if isinstance(run, Said):
                # Said in the year of its source, since a source is not older than its words.
                day = f"20{quote % KEYS:02}-{quote % 12 + 1:02}-{quote % 28 + 1:02}"
                said = Quote(f"q{quote}", run.quote.words, speaker, f"b{quote % KEYS}", day, "")
                runs.append(Said(said))
            else:
                runs.append(replace(run, speaker=speaker) if hasattr(run, "speaker") else run)
        return tuple(runs)
