"""Real text: transcripts of the White House as articles, each turn of a speaker a quote.

A transcript is a Markdown file with `date`, `title` and `source_url` in its
front matter. Its turns are cut into articles of some four hundred words; the
first paragraph of a turn is the quote, and what follows it is prose.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from pathlib import Path

import yaml
from shapes import Article, Cited, Named, Paragraph, Quote, Said, Source, Speaker, Text

WORDS = 400
"""Words after which an article ends with its paragraph."""
TURN = re.compile(r"(Q|[A-Z][A-Z.’' -]{2,50}:|[A-Z][A-Z.’' -]{2,50} \([A-Za-z .-]+\):)\s+(?=\S)")
STARTS = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True, slots=True)
class Transcript:
    """A file: when it was, what it is called, where it was, and its paragraphs."""

    key: str
    date: str
    title: str
    address: str
    paragraphs: tuple[str, ...]


class Transcripts:
    """The first articles that the transcripts of a folder give, in the order of their paths."""

    def __init__(self, folder: Path, count: int) -> None:
        """Take the folder, and the number of articles."""
        self._folder = folder
        self._count = count

    @property
    def speakers(self) -> list[Speaker]:
        """Those whose turns are in the articles."""
        shown = {
            run.speaker: run.shown
            for article in self._all
            for paragraph in article.paragraphs
            for run in paragraph
            if isinstance(run, Named)
        }
        return [Speaker(name, shown[name]) for name in sorted(shown)]

    @cached_property
    def sources(self) -> list[Source]:
        """A source for each transcript that the articles are of."""
        keys = {quote.source for article in self._all for quote in article.quotes}
        keys |= {
            run.source
            for article in self._all
            for paragraph in article.paragraphs
            for run in paragraph
            if isinstance(run, Cited)
        }
        return [
            Source(one.key, "The White House", one.title, one.date[:4], one.address)
            for one in self._files
            if one.key in keys
        ]

    @property
    def names(self) -> list[str]:
        """The names of the articles, in order."""
        return [article.name for article in self._all]

    def article(self, name: str) -> Article:
        """Give one article."""
        return self._all[int(name[1:])]

    def articles(self) -> Iterator[Article]:
        """Give every article in turn."""
        return iter(self._all)

    @cached_property
    def _files(self) -> list[Transcript]:
        paths = sorted(self._folder.rglob("*.md"))
        return [_read(path, f"t{number}") for number, path in enumerate(paths)]

    @cached_property
    def _all(self) -> list[Article]:
        return list(islice(self._cut(), self._count))

    def _cut(self) -> Iterator[Article]:
        number = 0
        for file in self._files:
            for part, lines in enumerate(_parts(file.paragraphs), 1):
                yield _article(file, part, lines, number)
                number += 1


def _read(path: Path, key: str) -> Transcript:
    _, front, text = path.read_text(encoding="utf-8").split("---\n", 2)
    about = yaml.safe_load(front)
    # Lines are folded, and end in spaces where the page had breaks; what looks like markup is text.
    paragraphs = [" ".join(one.split()) for one in re.split(r"\n\s*\n", text)]
    return Transcript(
        key,
        str(about["date"])[:10],
        " ".join(re.sub(r"[{}\\]", "", str(about["title"])).split()),
        str(about["source_url"]),
        tuple(re.sub(r"[`<>\\]", "", one) for one in paragraphs if re.search(r"\w", one)),
    )


def _parts(paragraphs: tuple[str, ...]) -> Iterator[list[str]]:
    lines: list[str] = []
    count = 0
    for paragraph in paragraphs:
        lines.append(paragraph)
        count += len(paragraph.split())
        if count >= WORDS:
            yield lines
            lines, count = [], 0
    if lines:
        yield lines


def _article(file: Transcript, part: int, lines: list[str], number: int) -> Article:
    paragraphs: list[Paragraph] = []
    quotes = 0
    for line in lines:
        turn = TURN.match(line)
        if not turn:
            paragraphs.append((Text(line),))
            continue
        shown = turn[1].removesuffix(":")
        speaker = "by-" + STARTS.sub("-", shown.lower()).strip("-")
        words = line[turn.end() :]
        if '"' in words or words.count("“") != words.count("”"):
            # Marks without their fellows are reported as slips, which they are.
            paragraphs.append((Named(shown, speaker), Text(f": {words}")))
            continue
        quote = Quote(f"q{number}-{quotes}", words, speaker, file.key, file.date, "")
        quotes += 1
        paragraphs.append((Named(shown, speaker), Text(": "), Said(quote)))
    paragraphs.append((Text("See "), Cited(file.key), Text(".")))
    title = f"{file.title}, {part}" if part > 1 else file.title
    return Article(f"a{number:05}", title, file.date, tuple(paragraphs))
