"""``llms.txt``: what the edition is and where its data is, for language models (llmstxt.org).

Its own words are English; the edition's are its own. What it says is counted from the edition.
"""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING, Final
from urllib.parse import quote

from ontherecord.exchange.format import Each, Format, Whole
from ontherecord.exchange.offered import CITATIONS, FILES, published, tei_path
from ontherecord.records import Contradiction, kind_of
from ontherecord.words import fold_space

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ontherecord.edition import Edition
    from ontherecord.exchange.format import Content
    from ontherecord.exchange.offered import Offers

FILE: Final = "llms.txt"
MOST: Final = 300
"""Most links to articles, and to other pages: the file is to be read whole; tables have all."""

_MARKUP: Final = re.compile(r"[\\`*_\[\]<>&#~]|^[-+=]|(?:(?<=^\d)|(?<=^\d\d))[.)](?= |$)")
"""What a backslash makes plain in Markdown: marks, and what begins a list or underlines
a heading at the beginning of a line (CommonMark 0.31, 2.4, 4.3 and 5.2)."""

_SAFE: Final = "%/:?#[]@!$&'()*+,;=~"
"""What stays as it is in an address (RFC 3986, 2.2)."""


def _plain(text: str) -> str:
    """Give a text on one line that Markdown shows as it is."""
    return _MARKUP.sub(lambda found: f"\\{found[0]}", fold_space(text))


def _link(title: str, address: str, note: str = "") -> str:
    """Give an item of a list of files: a link, and a note after a colon (llmstxt.org, Format)."""
    address = quote(address, safe=_SAFE).replace("(", "%28").replace(")", "%29")
    return f"- [{_plain(title)}]({address})" + (f": {_plain(note)}" if note else "")


def _content(edition: Edition) -> Content:
    return (f"{line}\n".encode() for line in _lines(edition, published(edition)))


def _parts(edition: Edition) -> Iterator[Each | Whole]:
    yield Whole(FILE, partial(_content, edition))


def _lines(edition: Edition, offers: Offers) -> Iterator[str]:
    imprint = edition.imprint
    yield f"# {_plain(imprint.title or 'Edition')}"
    yield ""
    if imprint.description:
        yield f"> {_plain(imprint.description)}"
        yield ""
    if imprint.volumes:
        yield (
            "An annotated edition of what people said, in volumes, each with its own files. "
            f"Those named below have what is in none of them: {_counts(edition)}."
        )
    else:
        yield f"An annotated edition of what people said: {_counts(edition)}."
    yield ""
    yield from _facts(edition)
    yield from _citing(edition, offers)
    yield from _data(edition, offers)
    yield from _volumes(edition)
    yield from _articles(edition, offers)
    yield from _others(edition)


def _counted(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}"


def _counts(edition: Edition) -> str:
    """Say how much there is; a tension is no contradiction, and counted apart."""
    cases = edition.contradictions.values()
    tensions = sum(case.relation == "tension" for case in cases)
    return ", ".join(
        (
            _counted(len(edition.quotes), "quotation", "quotations"),
            _counted(len(edition.speakers), "speaker", "speakers"),
            _counted(len(cases) - tensions, "contradiction", "contradictions"),
            _counted(tensions, "tension", "tensions"),
            _counted(len(edition.annotations), "note", "notes"),
            _counted(len(edition.articles), "article", "articles"),
            _counted(len(edition.sources), "source", "sources"),
        )
    )


def _facts(edition: Edition) -> Iterator[str]:
    imprint = edition.imprint
    facts = (
        ("Version", imprint.version),
        ("Date", imprint.date),
        ("Language", edition.language),
        ("Editors", "; ".join(imprint.editors)),
        ("Copyright", imprint.copyright),
        ("Licence", imprint.licence_address),
        ("Address", imprint.address),
    )
    for name, value in facts:
        if value:
            yield f"- {name}: {_code(value) if '://' in value else _plain(value)}"
    yield ""


def _citing(edition: Edition, offers: Offers) -> Iterator[str]:
    """Say how a quotation is cited."""
    page = _code(edition.imprint.of_record("ID"))
    version = " with the version above," if edition.imprint.version else ""
    yield (
        f"Each record has an address of its own, {page}, where ID is its identifier. Cite a "
        f"quotation by its own address,{version} and give its words exactly as they stand there."
    )
    files = [f"cite/ID.{suffix}" for suffix, _type in CITATIONS if offers(f"cite/ID.{suffix}")]
    if files:
        listed = ", ".join(_code(edition.imprint.address + file) for file in files)
        yield f"Its citation is in {listed}."
    if offers(tei_path("DOCNAME")):
        yield f"An article is in TEI P5 at {_code(edition.imprint.address + tei_path('DOCNAME'))}."
    yield ""


def _code(text: str) -> str:
    """Give an address as code; no address holds a backtick that is not escaped."""
    return f"`{quote(text, safe=_SAFE)}`"


def _data(edition: Edition, offers: Offers) -> Iterator[str]:
    listed = [file for file in FILES if offers(file.path)]
    if listed:
        yield "## Data"
        yield ""
        for file in listed:
            name = file.path.rpartition("/")[2]
            yield _link(name, edition.imprint.address + file.path, file.title)
        yield ""


def _volumes(edition: Edition) -> Iterator[str]:
    """Give the volumes of an edition that is the front of several."""
    if edition.imprint.volumes:
        yield "## Volumes"
        yield ""
        for name, address in edition.imprint.volumes.items():
            yield _link(name, address + FILE, "where everything of this volume is")
        yield ""


def _articles(edition: Edition, offers: Offers) -> Iterator[str]:
    """Give the articles, the newest first, and where the rest are."""
    if not edition.articles:
        return
    yield "## Articles"
    yield ""
    named = sorted(edition.articles.items())
    newest = sorted(named, key=lambda pair: pair[1].date, reverse=True)
    for docname, article in newest[:MOST]:
        note = ". ".join(filter(None, [article.date, article.description]))
        yield _link(article.title, edition.imprint.of_page(docname), note)
    places = ("record/articles.csv", "record/edition.json")
    where = next(filter(offers, places), "")
    if len(newest) > MOST and where:
        more = _counted(len(newest) - MOST, "more article", "more articles")
        yield _link("All articles", edition.imprint.address + where, f"with {more}")
    yield ""


def _others(edition: Edition) -> Iterator[str]:
    """Give the other pages on which records stand: registers of speakers, cases and notes."""
    counts: dict[str, dict[str, int]] = {}
    for record in edition.records.values():
        home = edition.home(record)
        if home not in edition.articles:
            of_page = counts.setdefault(home, {})
            is_tension = isinstance(record, Contradiction) and record.relation == "tension"
            kind = "tension" if is_tension else kind_of(record)
            of_page[kind] = of_page.get(kind, 0) + 1
    if not counts:
        return
    yield "## Registers"
    yield ""
    for docname in sorted(counts)[:MOST]:
        document = edition.documents.get(docname)
        note = ", ".join(
            _counted(number, kind, f"{kind}s") for kind, number in sorted(counts[docname].items())
        )
        yield _link(document.title if document else docname, edition.imprint.of_page(docname), note)
    yield ""


FORMAT: Final = Format("llms", "where everything is, for language models", (FILE,), _parts)
