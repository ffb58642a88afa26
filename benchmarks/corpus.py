"""Makes an edition of any size, the same one every time: what the benchmarks measure."""

from __future__ import annotations

import random
import sys
from collections.abc import Iterator
from pathlib import Path

from shapes import (
    Article,
    Cited,
    Contradiction,
    Named,
    Paragraph,
    Quote,
    Reading,
    Said,
    Source,
    Speaker,
    Text,
)
from vocabulary import WORDS, sentence

QUOTES = 7
"""Quotes of an article."""
LEAST, MOST = 350, 450
"""Words of an article."""
READINGS = 0.1
"""Of the quotes, those that a second source prints otherwise."""
SPEAKERS = 5
"""Articles for each speaker."""


class Generated:
    """So many articles, of which each is the same whatever is asked for before it."""

    def __init__(self, count: int) -> None:
        """Take the number of articles."""
        self.count = count

    @property
    def speakers(self) -> list[Speaker]:
        """A fifth as many as articles."""
        return [Speaker(f"s{number}", f"Speaker {number}") for number in range(self._speakers)]

    @property
    def sources(self) -> list[Source]:
        """As many as articles."""
        return [
            Source(
                f"b{number}",
                f"Paper {number}",
                f"Report {number}",
                str(2000 + number % 20),
                f"https://paper.example/{number}",
            )
            for number in range(self.count)
        ]

    @property
    def names(self) -> list[str]:
        """A name for each number."""
        return [_name(number) for number in range(self.count)]

    def article(self, name: str) -> Article:
        """Give one article."""
        number = int(name[1:])
        random_ = random.Random(number)
        # Few are drawn too short or too long; those are drawn again.
        while True:
            drawn = self._draw(number, random_)
            if LEAST <= drawn.words <= MOST:
                return drawn

    def articles(self) -> Iterator[Article]:
        """Give every article in turn."""
        return map(self.article, self.names)

    @property
    def _speakers(self) -> int:
        return max(1, self.count // SPEAKERS)

    def _draw(self, number: int, random_: random.Random) -> Article:
        day = f"20{number % 20:02}-{number % 12 + 1:02}-{number % 28 + 1:02}"
        title = sentence(random_, 5, 9)
        paragraphs: list[Paragraph] = [
            (Text(f"{sentence(random_, 18, 30)} {sentence(random_, 15, 25)}"),)
        ]
        for index in range(QUOTES):
            # The square makes few speakers say much, and many little.
            speaker = f"s{int(self._speakers * random_.random() ** 2)}"
            said = sentence(random_, 8, 20)
            reading = None
            if random_.random() < READINGS:
                other = said.replace(said.split()[3], "other", 1)
                reading = Reading(f"b{(number + 1) % self.count}", other)
            quote = Quote(
                f"q{number}-{index}",
                said,
                speaker,
                f"b{number}",
                day,
                random_.choice(WORDS),
                reading,
            )
            paragraphs.append(
                (
                    Text(f"{sentence(random_, 16, 26)} "),
                    Named("They", speaker),
                    Text(" said: "),
                    Said(quote),
                    Text(f" {sentence(random_, 6, 13)}"),
                )
            )
        cited = [f"b{random_.randrange(self.count)}" for _ in range(random_.randint(2, 4))]
        runs: list[Text | Cited] = [Text("See ")]
        for place, key in enumerate(cited):
            runs += [Text(", ")] * bool(place) + [Cited(key)]
        paragraphs.append((*runs, Text(".")))
        # Every other case is between two articles, as cases are where an archive is annotated.
        other = f"q{number // 2}-2" if number % 2 else f"q{number}-1"
        case = Contradiction(f"c{number}", (f"q{number}-0", other), sentence(random_, 8, 14))
        return Article(_name(number), title, day, tuple(paragraphs), (case,))


def _name(number: int) -> str:
    return f"a{number:05}"


def write(folder: Path, count: int) -> None:
    """Write the sources of our edition of so many articles."""
    from sites import ours

    ours.write(folder, Generated(count))


if __name__ == "__main__":
    write(Path(sys.argv[1]), int(sys.argv[2]))
