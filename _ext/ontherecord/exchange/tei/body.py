"""The article's text: its blocks with marked words, and the quotations set as blocks."""

from __future__ import annotations

import re
from collections import defaultdict
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from ontherecord.exchange.tei.elements import append, element, identifier
from ontherecord.segments import segments, shown_at

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ontherecord.exchange.tei.article import Article
    from ontherecord.exchange.tei.elements import Element
    from ontherecord.records import Block, Mark, Quote

_NUMBERED: Final = re.compile(r"p(\d+)")
"""The anchors that an article's blocks have: their numbers, in its order."""


def body(article: Article) -> Element:
    """Give the ``body``: the blocks that the edition knows, in order, with a ``gap`` between."""
    marks: dict[str, list[Mark]] = defaultdict(list)
    for mark in article.document.marks:
        marks[mark.block].append(mark)
    texts = article.edition.blocks_of(article.document.docname).values()
    given = _given(article)
    around = {anchor: quote for quote, anchors in given for anchor, _words in anchors}
    blocks = [
        (_number(block.anchor), _block(article, block, marks[block.anchor]))
        for block in texts
        if block.anchor not in around
    ]
    marked = {block.anchor: block for block in texts if block.anchor in around}
    quoted = [
        (_number(anchors[0][0]), len(anchors), _cit(article, quote, anchors, marked, marks))
        for quote, anchors in given
    ]
    _tie(article.fragments)
    return element(
        "body",
        element(
            "div",
            element("head", article.document.title),
            *_in_order(blocks, quoted),
            type="article",
        ),
    )


@lru_cache(maxsize=4096)  # Most articles have the same.
def _number(anchor: str) -> int:
    """Give the number of a block in the article, or 0 where its anchor has none."""
    found = _NUMBERED.fullmatch(anchor)
    return int(found[1]) if found else 0


def _in_order(
    blocks: list[tuple[int, Element]], quoted: list[tuple[int, int, Element]]
) -> Iterator[Element]:
    """Give blocks and quotations in the article's order, with a gap where others stood between.

    Quotations whose place is not known come last.
    """
    waiting = sorted((one for one in quoted if one[0]), key=lambda one: one[0])
    merged: list[tuple[int, int, Element]] = []
    for number, made in blocks:
        while number and waiting and waiting[0][0] < number:
            merged.append(waiting.pop(0))
        merged.append((number, 1, made))
    merged += waiting
    expected = 1
    for number, count, made in merged:
        if number > expected:
            yield element("gap", reason="sampling")
        yield made
        if number:
            expected = number + count
    yield from (made for number, _count, made in quoted if not number)


def _given(article: Article) -> list[tuple[Quote, list[tuple[str, str]]]]:
    """Give the quotes whose record gives its words here, with anchor and words by paragraph."""
    name = article.document.docname
    found = []
    for quote in sorted(article.quotes, key=lambda quote: quote.origin):
        if quote.block and quote.origin.docname == name:
            parts = [one for one in segments(article.edition, quote) if one.kind == "given"]
            paragraphs = article.edition.words(quote).text.split("\n\n")
            anchors = (one.block for one in parts)
            found.append((quote, list(zip(anchors, paragraphs, strict=True))))
    return found


def _block(article: Article, block: Block, marks: Iterable[Mark]) -> Element:
    """Give a block of running text; one without a number is a heading or a caption."""
    name = "p" if _number(block.anchor) else "ab"
    made = element(name, xml_id=_anchor(article, block.anchor))
    _fill(article, made, block, marks)
    return made


def _anchor(article: Article, anchor: str) -> str | None:
    if not anchor:
        return None
    # The anchor of a heading is made of its words, which may be a record's.
    return article.claim(anchor if _number(anchor) else identifier("block", anchor))


def _fill(article: Article, parent: Element, block: Block, marks: Iterable[Mark]) -> None:
    """Put a block's shown text into an element, with its marked words in elements of their own."""
    text, starts = shown_at(article.edition, article.document.docname, block.anchor)
    spans = []
    for mark in marks:
        start, end = starts[mark.first], starts[mark.last]
        end -= text[start:end][-1:].isspace()
        spans.append((start, -end, mark.last - mark.first, mark))
    # A mark stands within the one that begins before it or ends after it.
    spans.sort(key=lambda span: (span[0], span[1], -span[2]))
    open_: list[tuple[Element, int]] = [(parent, len(text))]
    at = 0
    for start, minus_end, _parts, mark in spans:
        while len(open_) > 1 and open_[-1][1] <= start:
            element_, end = open_.pop()
            append(element_, text[at:end])
            at = max(at, end)
        outer, last = open_[-1]
        append(outer, text[at:start])
        at = start
        made = _mark(article, mark)
        outer.append(made)
        # Marks are nodes of a tree and so never cross; words are only ever in one place.
        open_.append((made, min(-minus_end, last)))
    while open_:
        element_, end = open_.pop()
        append(element_, text[at:end])
        at = max(at, end)


def _mark(article: Article, mark: Mark) -> Element:
    quote = article.edition.quotes.get(mark.record) if mark.kind == "said" else None
    prefix = "quote" if mark.kind == "said" else "annotation"
    name = identifier(prefix, mark.record) + (f".{mark.index}" if mark.index > 1 else "")
    claimed = article.claim(name)
    if claimed:
        article.places.setdefault(mark.record, []).append(claimed)
    if mark.kind == "passage":
        return element("seg", type="passage", xml_id=claimed)
    made = _said(article, quote, claimed)
    if quote is not None and claimed and not quote.block:
        article.fragments.setdefault(quote.id, []).append((mark.index, claimed, made))
    return made


def _said(article: Article, quote: Quote | None, name: str | None) -> Element:
    """Give a ``said`` without its words: whose they are, and whose wording."""
    if quote is None:
        return element("said", xml_id=name)
    return element(
        "said",
        xml_id=name,
        who=article.record(quote.speaker),
        direct={"direct": "true", "indirect": "false"}.get(quote.mode),
        source=article.source(quote.source),
        corresp=article.record(quote.id),
        xml_lang=article.lang(quote.lang),
    )


def _cit(
    article: Article,
    quote: Quote,
    given: list[tuple[str, str]],
    marked: dict[str, Block],
    marks: dict[str, list[Mark]],
) -> Element:
    """Give a quotation set as a block, a ``p`` a paragraph, with its source."""
    docname = article.document.docname
    said = _said(article, quote, None)
    for anchor, words in given:
        name = article.claim(anchor if _number(anchor) else identifier("quote", quote.id))
        paragraph = element("p", xml_id=name)
        if name:
            article.given.setdefault(quote.id, []).append(name)
        # Quotation marks around all of it stand in the block and are no words.
        if anchor in marked and shown_at(article.edition, docname, anchor)[0] == words:
            _fill(article, paragraph, marked[anchor], marks[anchor])
        else:
            append(paragraph, words)
        said.append(paragraph)
    source = article.source(quote.source)
    label = article.edition.sources[quote.source].label if source else None
    reference = element("bibl", element("ref", label, target=source)) if source else None
    return element("cit", element("quote", said, source=source), reference)


def _tie(said: dict[str, list[tuple[int, str, Element]]]) -> None:
    """Tie the fragments of each quote to the next and the one before (TEI, 17.7)."""
    for fragments in said.values():
        ordered = sorted(fragments, key=lambda one: one[0])
        for (_index, name, before), (_next, next_name, after) in pairwise(ordered):
            before.set("next", f"#{next_name}")
            after.set("prev", f"#{name}")
