"""At the end of reading a document: its blocks, its marks, and all that was gathered of it."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Final

import yaml
from docutils import nodes
from sphinx import addnodes

from ontherecord.dates import bounds, is_date
from ontherecord.markup.fences import scan
from ontherecord.markup.gathering import Gathering, gathering
from ontherecord.markup.marked_words import APART, plain
from ontherecord.markup.nodes import mark, reading_block, record_block
from ontherecord.markup.shown_text import shown_parts
from ontherecord.markup.source_lines import lines_in
from ontherecord.packed import pack
from ontherecord.problems import DATE_OF_DOCUMENT
from ontherecord.records import Block, Document, Mark, Part
from ontherecord.texts import decoded
from ontherecord.words import barred, fold_space

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

_NO_BLOCKS: Final = (nodes.Inline, addnodes.toctree, nodes.raw, nodes.label)
"""Text elements that are no running text."""
_HEADS: Final = (nodes.caption, nodes.title)
_DATE: Final = re.compile(r"^\s*:?date:\s*")
_CALENDAR: Final = re.compile(r"^date:[ \t]+(\d{4}-\d\d?-\d\d?(?:[Tt \t].*?)?)[ \t]*(?=#|$)", re.M)
"""What YAML takes for a day, in a document's front matter."""


def keep_source(app: Sphinx, docname: str, content: list[str]) -> None:
    """Keep the source of a document while it is read, and look for lost fences."""
    gathered = gathering(app.env)
    gathered.lines = tuple(lines_in(content[0], is_markdown=gathered.is_markdown))
    _look_for_barred(gathered, content[0])
    if gathered.is_markdown:
        content[0] = _with_date_as_text(content[0])
        colon_fences = "colon_fence" in app.config.myst_enable_extensions
        for lost in scan(content[0], colon_fences=colon_fences):
            gathered.problem(lost.subtype, lost.message, lost.line)


def look_at_included(app: Sphinx, path: Path, docname: str, content: list[str]) -> None:
    """Look for characters that no page can show in what a document takes in."""
    if barred(content[0]):  # Which may be a part of the file.
        whole, _wrong = decoded(app.srcdir / path)
        _look_for_barred(gathering(app.env), whole or content[0], path.as_posix())


def _look_for_barred(gathered: Gathering, text: str, file: str = "") -> None:
    for match in barred(text):
        line = text.count("\n", 0, match.start()) + 1
        message = f"the character U+{ord(match[0]):04X} is none that a page can show: take it out"
        gathered.problem("control-character", message, line, file)


def _with_date_as_text(text: str) -> str:
    """Give a source with a date that no calendar has in quotation marks.

    YAML would refuse all of the front matter for it, and MyST would not say why.
    """
    if not text.startswith("---"):
        return text
    end = text.find("\n---", 3)
    found = _CALENDAR.search(text, 0, end + 1 if end > 0 else 0)
    if found is None or is_date(found[1]):
        return text
    try:
        yaml.safe_load(found[1])
    except ValueError:
        return f'{text[: found.start(1)]}"{found[1]}"{text[found.end(1) :]}'
    return text


def collect(app: Sphinx, doctree: nodes.document) -> None:
    """Make the document's record of what stands in it, and give it to the domain."""
    env = app.env
    gathered = gathering(env)
    date = _date(env, gathered)
    found = _Found(doctree)
    for lost in found.readings:
        gathered.problem(
            "misplaced-reading",
            "a reading stands inside the quote that it is a reading of: move it there",
            lost["reading"].line,
        )
    _hold_translated(gathered, found.marks)
    blocks, marks, given = _read_blocks(doctree, found, numbered=bool(date))
    title = env.titles.get(env.docname)
    document = Document(
        docname=env.docname,
        title=title.astext() if title is not None else env.docname,
        date=date,
        description=fold_space(str(env.metadata.get(env.docname, {}).get("description", ""))),
        problems=tuple(sorted(gathered.problems)),
        records=tuple(gathered.records),
        marks=tuple(marks),
        packed_blocks=pack(blocks),
        packed_uses=pack(gathered.uses),
        queries=tuple(gathered.queries),
        references=_references(found.references),
        given=tuple(given),
    )
    if not document.is_empty:
        env.domains["record"].data["documents"][env.docname] = document


class _Found:
    """What is looked for in a document's tree, found in one walk."""

    def __init__(self, doctree: nodes.document) -> None:
        """Walk through the tree."""
        self.readings: list[reading_block] = []
        self.marks: list[mark] = []
        self.references: list[addnodes.pending_xref] = []
        self.anchors: set[str] = set()
        self._marks_in: dict[int, list[mark]] = {}
        for node in doctree.findall(nodes.Element):
            if isinstance(node, mark):
                self._note(node)
            elif isinstance(node, addnodes.pending_xref):
                self.references.append(node)
            elif isinstance(node, nodes.section):
                self.anchors.update(node["ids"])
            elif isinstance(node, reading_block):
                self.readings.append(node)

    def _note(self, node: mark) -> None:
        self.marks.append(node)
        around: nodes.Element | None = node
        while around is not None:
            self._marks_in.setdefault(id(around), []).append(node)
            around = around.parent

    def marks_in(self, element: nodes.Element) -> list[mark]:
        """Give the marks in an element, in order."""
        return self._marks_in.get(id(element), [])


def _hold_translated(gathered: Gathering, marks: list[mark]) -> None:
    """Note marks whose words a translation of the text around them has changed.

    Sphinx parses a translated paragraph after the paragraph that it stands for.
    """
    found: dict[str, list[mark]] = {}
    for node in marks:
        found.setdefault(node["record"], []).append(node)
    for record, nodes_ in found.items():
        parsed = gathered.said.get(record, [])
        originals = parsed[: len(nodes_)]
        if len(parsed) == len(nodes_):
            continue
        for node in nodes_:
            if node["words"] not in originals:
                gathered.problem(
                    "words-disagree",
                    f'a translation has "{node["words"]}" for marked words of "{record}", which '
                    f"are {', '.join(originals)}: leave them as they are, or give the quote the "
                    "option translation",
                    node["line"],
                )


def _references(references: list[addnodes.pending_xref]) -> tuple[tuple[str, str, str], ...]:
    """Give what the document refers to besides records."""
    found = {
        (node.get("refdomain") or "", node.get("reftype") or "", str(node.get("reftarget") or ""))
        for node in references
    }
    return tuple(sorted(one for one in found if one[0] != "record"))


def _date(env: BuildEnvironment, gathered: Gathering) -> str:
    """Give the date in the document's front matter, if it is one."""
    date = str(env.metadata.get(env.docname, {}).get("date", "")).strip()
    if not date:
        return ""
    try:
        bounds(date)
    except ValueError as error:
        line = next(
            (number for number, text in enumerate(gathered.lines, 1) if _DATE.match(text)), 1
        )
        gathered.problem(
            "bad-date", f"{DATE_OF_DOCUMENT}{error}; write a date in EDTF, such as 2017-02-23", line
        )
        return ""
    return date


def article_blocks(element: nodes.Element, section: str) -> Iterator[tuple[nodes.TextElement, str]]:
    """Give an article's blocks of running text in order, each with the section it is in.

    What an editor writes in a record's directive is not the article's text,
    but the words of a quote are.
    """
    for child in element.children:
        if not isinstance(child, nodes.Element) or isinstance(child, nodes.Invisible):
            continue
        if isinstance(child, nodes.TextElement):
            if not isinstance(child, _NO_BLOCKS):
                yield child, section
        elif isinstance(child, record_block):
            if child["kind"] == "quote":
                yield from article_blocks(child, section)
        elif isinstance(child, nodes.section):
            yield from article_blocks(child, child["ids"][0] if child["ids"] else section)
        else:
            yield from article_blocks(child, section)


def _read_blocks(
    doctree: nodes.document, survey: _Found, *, numbered: bool
) -> tuple[list[Block], list[Mark], list[tuple[str, str]]]:
    """Number the blocks of an article, and read the marks and given words of any document."""
    blocks: list[Block] = []
    marks: list[Mark] = []
    given: list[tuple[str, str]] = []
    count: Counter[str] = Counter()
    numbers = _Anchors(survey.anchors)
    for element, section in article_blocks(doctree, ""):
        found = survey.marks_in(element)
        quote = _quote_around(element)
        if isinstance(element, nodes.title) and isinstance(element.parent, nodes.section):
            anchor = section  # The title is the first of the section's text.
        elif numbered and not isinstance(element, _HEADS):
            anchor = numbers.give(element, "p")
        elif found or quote:
            anchor = numbers.give(_bearer(element), "block.")
        else:
            continue
        if quote:
            given.append((quote, anchor))
        if not found and not quote:
            continue
        parts: list[Part] = []
        spans = {id(node): span for node, span in shown_parts(element, parts)}
        if not found and not _shows_more(parts, plain(element)):
            continue
        blocks.append(Block(anchor, tuple(parts)))
        for node in found:
            count[node["record"]] += 1
            node["index"] = count[node["record"]]
            first, last = spans[id(node)]
            marks.append(
                Mark(
                    kind=node["kind"],
                    record=node["record"],
                    line=node["line"],
                    words=node["words"],
                    block=anchor,
                    first=first,
                    last=last,
                    index=node["index"],
                    file=node["file"],
                    begins=node["begins"],
                )
            )
    return blocks, marks, given


class _Anchors:
    """Gives blocks the anchors that they have on the page; a dot can stand in no other's."""

    def __init__(self, taken: set[str]) -> None:
        self._taken = taken
        self._last: Counter[str] = Counter()

    def give(self, element: nodes.Element, kind: str) -> str:
        self._last[kind] += 1
        while f"{kind}{self._last[kind]}" in self._taken:  # By a heading.
            self._last[kind] += 1
        anchor = f"{kind}{self._last[kind]}"
        element["ids"].append(anchor)
        return anchor


def _bearer(element: nodes.TextElement) -> nodes.Element:
    """Give what can bear a block's anchor; writers set that of a caption twice."""
    if not isinstance(element, _HEADS):
        return element
    inside = nodes.inline("", "", *element.children)
    element.clear()
    element.append(inside)
    return inside


def _shows_more(parts: list[Part], words: str) -> bool:
    """Tell whether a page shows more in a block than its words, such as a footnote's number."""
    return "".join(part.value for part in parts) != words


def _quote_around(element: nodes.Element) -> str:
    """Give the quote whose record gives these words, or nothing."""
    around: nodes.Element | None = element.parent
    while around is not None and not isinstance(around, APART):
        around = around.parent
    if not isinstance(around, record_block) or around["kind"] != "quote":
        return ""
    return str(around["record"]) if plain(element).strip() else ""
