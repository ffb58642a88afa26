"""The ``teiHeader``: what the file is, whose it is, what it rests on and what its terms mean."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import TYPE_CHECKING, Final

from babel import Locale, UnknownLocaleError

from ontherecord.exchange.tei.article import VOCABULARIES
from ontherecord.exchange.tei.dates import date, dated
from ontherecord.exchange.tei.elements import (
    address,
    again,
    container,
    element,
    identifier,
    pointers,
)
from ontherecord.exchange.tei.sources import bibliography, witnesses

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ontherecord.exchange.tei.article import Article
    from ontherecord.exchange.tei.elements import Element
    from ontherecord.records import Record

_SAMPLING: Final = (
    "The text holds the blocks of the article in which words are marked, and its block "
    "quotations. A gap says that the article has other blocks before the one that follows; where "
    "a heading stands before the gap, they may stand before the heading. Others may come after "
    "the last. The whole article is at the address of this publication."
)
_QUOTATION: Final = (
    "Quotation marks are kept where the article has them. They stand outside the elements said "
    "and quote, which hold words and nothing else. An ellipsis in square brackets is the editors', "
    "and one without is the source's. Words in square brackets are the editors', but the source's "
    "own in a statement or a reading that points at the category brackets of that name."
)
_APPARATUS: Final = (
    "Each app sets whole wordings of one statement side by side, exactly as their witnesses "
    "have them: lem is the one that the edition prints, rdg another. A witness may have less "
    "of the statement, or more around it. A wording of several paragraphs has a p for each."
)
_DECLARATIONS: Final = (
    element("samplingDecl", element("p", _SAMPLING, xml_lang="en")),
    element(
        "editorialDecl",
        element("quotation", element("p", _QUOTATION, xml_lang="en"), marks="all"),
        element("interpretation", element("p", _APPARATUS, xml_lang="en")),
    ),
)


def header(article: Article) -> Element:
    """Give the ``teiHeader``; what is not known of the edition is left out."""
    # The lists come first: they say which editors and terms there are to explain.
    description = element("sourceDesc", *_files(article), bibliography(article), witnesses(article))
    changes = container("revisionDesc", _changes(article))
    return element(
        "teiHeader",
        element(
            "fileDesc",
            _title(article),
            _edition(article),
            _publication(article),
            _series(article),
            description,
        ),
        _encoding(article),
        _profile(article),
        changes,
    )


def _title(article: Article) -> Element:
    own = len(article.edition.imprint.editors)
    return element(
        "titleStmt",
        element("title", article.document.title),
        *(
            element("editor", name, xml_id=f"editor-{number}")
            if number <= own
            else element(
                "respStmt",
                element("resp", "editor of single records", xml_lang="en"),
                element("name", name),
                xml_id=f"editor-{number}",
            )
            for name, number in article.editors.items()
        ),
    )


def _edition(article: Article) -> Element | None:
    version = article.edition.imprint.version
    return element("editionStmt", element("edition", version, n=version)) if version else None


def _publication(article: Article) -> Element:
    imprint = article.edition.imprint
    licence = imprint.licence_address
    return element(
        "publicationStmt",
        *(element("authority", name) for name in imprint.editors or (imprint.title,)),
        date(imprint.date),
        element("ptr", type="article", target=article.absolute(_below(article))),
        element(
            "availability",
            element("licence", imprint.licence, target=address(licence) if licence else None),
            element("p", imprint.copyright) if imprint.copyright else None,
        )
        if imprint.licence
        else None,
    )


def _below(article: Article) -> str:
    return article.edition.imprint.of_page(article.document.docname)


def _series(article: Article) -> Element | None:
    imprint = article.edition.imprint
    if not imprint.title:
        return None
    return element(
        "seriesStmt",
        element("title", imprint.title),
        element("idno", address(imprint.address), type="URI") if imprint.address else None,
    )


def _files(article: Article) -> Iterator[Element]:
    """Give the files that the article is written in, with what names their content for good."""
    imprint = article.edition.imprint
    page = imprint.pages.get(article.document.docname)
    files = [(page.file, page.swhid)] if page else []
    names = {mark.file for mark in article.document.marks}
    names |= {record.origin.file for record in article.written}
    files += [(name, imprint.files.get(name, "")) for name in sorted(names - {""})]
    for name, swhid in files or [("", "")]:
        yield element(
            "bibl",
            element("title", article.document.title),
            element("idno", name, type="path") if name else None,
            element("idno", swhid, type="SWHID") if swhid else None,
            element("ptr", type="repository", target=address(imprint.origin))
            if imprint.origin
            else None,
            type="source-file",
        )


def _encoding(article: Article) -> Element:
    return element(
        "encodingDesc",
        *map(again, _DECLARATIONS),
        container("classDecl", _taxonomies(article)),
        element("variantEncoding", method="double-end-point", location="external")
        if article.witnesses
        else None,
    )


def _taxonomies(article: Article) -> Iterator[Element | None]:
    """Give the closed lists from which the file has terms, each with those terms."""
    for name, meanings in VOCABULARIES.items():
        used = sorted(value for of, value in article.categories if of == name)
        yield container(
            "taxonomy",
            (
                again(_known_category(name, value))
                if value in meanings
                else _category(name, value, None)
                for value in used
            ),
            n=name,
        )


@cache  # Of closed lists.
def _known_category(name: str, value: str) -> Element:
    meaning = VOCABULARIES[name][value]
    return _category(name, value, element("catDesc", meaning, xml_lang="en"))


def _category(name: str, value: str, meaning: Element | None) -> Element:
    named = identifier("category", f"{name}-{value}")
    return element("category", meaning, xml_id=named, n=value)


def _profile(article: Article) -> Element:
    topics = (element("term", topic, xml_id=name) for topic, name in article.topics.items())
    keywords = container("keywords", topics)
    about = article.document.description
    return element(
        "profileDesc",
        element("abstract", element("p", about)) if about else None,
        element("creation", date(article.document.date)),
        container("langUsage", map(_language, sorted(article.languages))),
        element("textClass", keywords) if keywords is not None else None,
    )


def _language(tag: str) -> Element:
    return element("language", _name_of_language(tag), ident=tag)


@lru_cache(maxsize=64)
def _name_of_language(tag: str) -> str | None:
    try:
        return Locale.parse("en").languages.get(Locale.parse(tag, sep="-").language)
    except (UnknownLocaleError, ValueError):
        return None


def _changes(article: Article) -> Iterator[Element]:
    """Give what the ledger knows of the records that stand in the article, the latest first."""
    records: list[Record] = [*article.quotes, *article.speakers, *article.cases, *article.notes]
    entries = [
        (entry, record)
        for record in sorted(records, key=lambda one: one.id)
        for entry in article.edition.ledger.entries.get(record.id, ())
    ]
    for entry, record in sorted(entries, key=lambda one: one[0].date, reverse=True):
        yield element(
            "change",
            entry.reason,
            status=entry.event,
            target=pointers(article.record(record.id)),
            **dated(entry.date),
        )
