"""``ontherecord import``: drafts quotes from what readers marked on the published pages."""

from __future__ import annotations

import difflib
import shutil
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from ontherecord.apparatus.addresses import record_address
from ontherecord.commands.reader import ReadEdition, opened
from ontherecord.commands.trial import Reader, reader
from ontherecord.importing import formats
from ontherecord.importing.addresses import article_at
from ontherecord.importing.anchoring import brief
from ontherecord.importing.drafting import Style
from ontherecord.importing.folding import fold, one_line
from ontherecord.importing.highlights import Highlight, Unfit, unfit
from ontherecord.importing.placing import Article, Identifiers, Placed
from ontherecord.importing.source_spans import Source
from ontherecord.problems import nearest
from ontherecord.records import Annotation, Contradiction, Quote

if TYPE_CHECKING:
    import argparse

    from ontherecord.edition import Edition


def run_import(options: argparse.Namespace) -> int:
    """Show or write drafts; give 0 where all were placed, 1 where not, 2 for an unreadable file."""
    try:
        with options.file.open("rb") as file:
            annotations = formats.read(file.read(formats.LARGEST + 1))
    except (OSError, formats.Unreadable) as error:
        message = f"cannot be read: {error.strerror}" if isinstance(error, OSError) else error
        _say(f"{options.file}: {message}")
        return 2
    left = list(annotations.unfit)
    drafted = known = 0
    with opened(options.folder, options.jobs) as (app, found), reader(app) as trials:
        articles = found.domain.edition.articles
        chosen = options.article.removesuffix(".md")
        if chosen and chosen not in articles:
            _say(f'there is no article "{chosen}"{nearest(chosen, articles)}')
            return 2
        importing = Importing(found, trials, topics=options.tags_as_topics)
        grouped, homeless = _by_article(annotations.highlights, found, chosen)
        left += homeless
        for docname in sorted(grouped):
            try:
                old, placed = importing.place(docname, grouped[docname])
                _give(importing.path(docname), old, placed, found.folder, write=options.write)
            except _Failed as failed:
                left += [unfit(one, str(failed)) for one in grouped[docname]]
                continue
            left += placed.unfit
            drafted += len(placed.drafts)
            known += len(placed.known)
    for one in sorted(left, key=lambda one: one.index):
        _say(f"{options.file}: {_name(one.index, one.id)}{one.message}")
    what = "drafted" if options.write else "to be drafted (--write writes them)"
    again = f", {known} drafted before" if known else ""
    _say(f"{drafted} {what}{again}, {len(left)} not placed")
    return 1 if left else 0


class _Failed(Exception):
    """An article that cannot be read or written; the message says which and why."""


def _by_article(
    highlights: Iterable[Highlight], found: ReadEdition, chosen: str
) -> tuple[dict[str, list[Highlight]], list[Unfit]]:
    """Part the highlights by article, and give those whose page is none."""
    edition = found.domain.edition
    base = record_address(found.config)
    grouped: dict[str, list[Highlight]] = {}
    homeless = []
    for one in highlights:
        docname = article_at(one.address, edition.articles, base) or chosen
        if docname:
            grouped.setdefault(docname, []).append(one)
            continue
        address = brief(one.address)
        page = f"{address} is no page of an article" if address else "it names no page"
        mend = "name the article with --article, if it is one" if edition.articles else ""
        homeless.append(unfit(one, f"“{brief(one.exact)}”: {page}: {mend}"))
    return grouped, homeless


class Importing:
    """An edition that annotations are imported into."""

    def __init__(self, found: ReadEdition, trials: Reader, *, topics: bool) -> None:
        """Take the edition as it was read, and what reads its documents anew."""
        edition = found.domain.edition
        self._found = found
        self._trials = trials
        self._identifiers = Identifiers(
            lambda name: (
                name in edition.records
                or name in edition.marks
                or edition.ledger.standing(name) is not None
            )
        )
        self._others = _others(edition)
        colons = "colon_fence" in found.config.myst_enable_extensions
        self._style = Style(
            fence=":::" if colons else "```",
            domain="" if found.config.primary_domain == "record" else "record:",
            topics=topics,
        )

    def path(self, docname: str) -> Path:
        """Give the file of a document."""
        return Path(self._found.domain.env.doc2path(docname))

    def place(self, docname: str, highlights: list[Highlight]) -> tuple[bytes, Placed]:
        """Place highlights in an article; give what its file holds, and what became of them.

        Raises `_Failed` where its file cannot be read or is not Markdown.
        """
        path = self.path(docname)
        name = path.relative_to(self._found.folder).as_posix()
        if path.suffix != ".md":
            raise _Failed(f"{name}: it is not Markdown, and only that is written: mark it by hand")
        try:
            content = path.read_bytes()
            source = content.decode("utf-8-sig")
        except (OSError, UnicodeDecodeError) as error:
            raise _Failed(f"{name}: it cannot be read: {error}") from error
        article = Article(
            name,
            source,
            lambda text: self._trials.read(docname, text),
            self._identifiers,
            self._style,
        )
        return content, article.place(highlights, self._others)


def _others(edition: Edition) -> dict[str, str]:
    """Give the texts that pages show and that are no article's, folded, by what they are."""
    texts: dict[str, str] = {}
    for record in edition.records.values():
        match record:
            case Annotation() | Contradiction():
                kind = "the note" if isinstance(record, Annotation) else "the contradiction"
                text = " ".join(edition.paragraphs(record))
                texts[f"{kind} “{record.id}”"] = fold(text).text
            case Quote():
                for reading in record.readings:
                    what = f"a reading of “{record.id}”, from {reading.source}"
                    texts[what] = fold(reading.words).text
    return texts


# What is said and written


def _give(path: Path, old: bytes, placed: Placed, folder: Path, *, write: bool) -> None:
    """Write an article's drafts, or show what would be written."""
    if not placed.drafts:
        return
    name = path.relative_to(folder).as_posix()
    before = old.decode("utf-8-sig")
    if not write:
        _show("".join(_difference(name, before, placed.source)))
        return
    source = Source(before)
    mark = b"\xef\xbb\xbf" if old.startswith(b"\xef\xbb\xbf") else b""
    _replace(path, old, mark + placed.source.encode(), name)
    for draft in sorted(placed.drafts, key=lambda one: one.begin):
        of = _name(draft.highlight.index, draft.highlight.id).rstrip(": ")
        _show(f"{name}:{source.line_at(draft.begin)}: drafted “{draft.id}” from {of}\n")


def _replace(path: Path, old: bytes, new: bytes, name: str) -> None:
    """Write a file whole or not at all, and not over what was changed meanwhile."""
    path = path.resolve()
    beside = path.with_name(f"{path.name}.new")
    try:
        if path.read_bytes() != old:
            raise _Failed(f"{name}: it was changed meanwhile: import again")
        beside.write_bytes(new)
        shutil.copymode(path, beside)
        beside.replace(path)
    except OSError as error:
        beside.unlink(missing_ok=True)
        raise _Failed(f"{name}: it cannot be written: {error.strerror}") from error


def _difference(name: str, before: str, after: str) -> Iterable[str]:
    """Give a unified difference that ``git apply`` and ``patch`` take."""
    for line in difflib.unified_diff(_lines(before), _lines(after), f"a/{name}", f"b/{name}"):
        yield line
        if not line.endswith("\n"):
            yield "\n\\ No newline at end of file\n"


def _lines(text: str) -> list[str]:
    lines = [f"{line}\n" for line in text.split("\n")]
    last = lines.pop().removesuffix("\n")
    return [*lines, last] if last else lines


def _name(index: int, identifier: str) -> str:
    """Give how a message names an annotation; the file as a whole has no number."""
    if not index:
        return ""
    name = f" ({brief(identifier)})" if one_line(identifier) else ""
    return f"annotation {index}{name}: "


def _say(text: str) -> None:
    print(_printable(text, sys.stderr.encoding), file=sys.stderr)


def _show(text: str) -> None:
    sys.stdout.write(_printable(text, sys.stdout.encoding))


def _printable(text: str, encoding: str | None) -> str:
    """Give a text as a terminal or file of some encoding can take it."""
    encoding = encoding or "utf-8"
    return text.encode(encoding, "backslashreplace").decode(encoding)
