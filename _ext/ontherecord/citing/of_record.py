"""Gives what is cited of a record or an article: the speaker as author, the edition as the book."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final

from ontherecord.citing.item import Item, Name, name_of
from ontherecord.dates import say
from ontherecord.records import Annotation, Contradiction, Quote, Speaker
from ontherecord.values import replace
from ontherecord.words import fold_space, join

ARTICLES: Final = "record/articles"
"""Where the files of articles' citations are, below the HTML output: their names may have
folders, and be like identifiers of records."""

if TYPE_CHECKING:
    from ontherecord.edition import Edition
    from ontherecord.records import Record


def item_of_record(edition: Edition, record: Record, *, is_identified: bool = True) -> Item:
    """Give a record as a part of the edition, which is the book that it stands in.

    ``issued`` is the day of this state of the edition, ``original`` the day on which the words
    were spoken. The address is left out where the edition does not know its own; the SWHID,
    which takes looking for the lines, where it is not to be identified.
    """
    imprint = edition.imprint
    item = Item(
        id=record.id,
        type="chapter",
        title=edition.label(record),
        container=imprint.title,
        editors=tuple(Name(literal=editor) for editor in imprint.editors),
        version=imprint.version,
        issued=imprint.date,
        address=imprint.of_record(record.id) if imprint.address else "",
        language=edition.language,
        swhid=swhid_of_record(edition, record) if is_identified else "",
        licence=imprint.licence_address,
        exact=False,
    )
    match record:
        case Quote():
            return _of_quote(edition, record, item)
        case Contradiction():
            kind = "Tension" if record.relation == "tension" else "Contradiction"
            item = replace(item, title=f"{kind}: {_title(edition, record)}")
            return _by(record.editor, replace(item, words=edition.text(record)))
        case Annotation():
            item = replace(item, title=f"Note: {item.title}", original=record.date)
            return _by(record.editor, replace(item, words=edition.text(record)))
        case Speaker():
            return _by("", replace(item, genre="speaker"))


def _of_quote(edition: Edition, quote: Quote, item: Item) -> Item:
    words, speaker = edition.words(quote), edition.speakers.get(quote.speaker)
    author = name_of(speaker.name, speaker.family) if speaker else Name(literal=quote.speaker)
    return replace(
        item,
        title=_opening(edition, quote),
        words=words.text,
        authors=(author,),
        original=quote.spoken,
        language=quote.lang or edition.language,
        exact=True,
    )


def _opening(edition: Edition, quote: Quote) -> str:
    """Give a quote's opening words; where they are cut, with the sign of the editors' omissions."""
    opening = edition.label(quote)
    if opening.endswith("…") and not fold_space(edition.words(quote).text).startswith(opening):
        return join((opening.removesuffix("…"), "[…]"), contiguous=True)
    return opening


def _title(edition: Edition, case: Contradiction) -> str:
    """Give the title of a contradiction: its sides, by the words at issue or by the first day."""
    issues = edition.at_issue_in(case)  # In single marks: most styles set double ones around.
    said = [
        f"{edition.side_name(side)}, ‘{issues[side][0]}’" for side in case.between if side in issues
    ]
    if said and len(said) == len(case.between):
        return "; ".join(said)
    sides = [edition.quotes.get(side) or edition.remote_quote(side) for side in case.between]
    days = sorted(quote.spoken for quote in sides if quote and quote.spoken)
    day = f", {say(days[0], edition.language)}" if days else ""
    return edition.label(case) + day


def _by(editor: str, item: Item) -> Item:
    """Give what the editors wrote with the one who signed it, else with all of them, as author."""
    if editor:
        return replace(item, authors=(Name(literal=editor),))
    return replace(item, authors=item.editors, editors=())


def item_of_article(edition: Edition, docname: str) -> Item:
    """Give an article, as one of a newspaper that is the edition."""
    imprint, article = edition.imprint, edition.documents[docname]
    editors = tuple(Name(literal=editor) for editor in imprint.editors)
    page = imprint.pages.get(docname)
    return Item(
        id=docname.rpartition("/")[2],
        type="article-newspaper",
        title=fold_space(article.title),
        authors=editors,
        words=article.description,
        container=imprint.title,
        version=imprint.version,
        issued=article.date,
        address=imprint.of_page(docname) if imprint.address else "",
        language=edition.language,
        swhid=qualified(edition, page.swhid, page.file) if page else "",
        licence=imprint.licence_address,
        exact=False,
    )


def swhid_of_record(edition: Edition, record: Record) -> str:
    """Give the SWHID of the file in which a record's words stand, with their lines.

    They are the lines of its marks at home, else those of its directive. Nothing is given
    where the file is not known (SWHID 1.2, qualifiers).
    """
    home, origin, imprint = edition.home(record), record.origin, edition.imprint
    lines = origin.line, origin.last or origin.line
    found = [
        (one.begins or one.line, one.line) for one in edition.home_marks(record) if not one.file
    ]
    if isinstance(record, Quote) and record.block and (origin.docname, origin.file) == (home, ""):
        found.append(lines)
    if found:
        docname, file = home, ""
        first, last = min(one for one, _last in found), max(one for _first, one in found)
    else:
        docname, file = origin.docname, origin.file
        first, last = lines
    page = imprint.pages.get(docname)
    if file:
        return qualified(edition, imprint.files.get(file, ""), file, first, last)
    return qualified(edition, page.swhid, page.file, first, last) if page else ""


def qualified(edition: Edition, core: str, path: str, first: int = 0, last: int = 0) -> str:
    """Give a SWHID with its qualifiers, in the order that the standard names."""
    if not core:
        return ""
    lines = "" if not first else f";lines={first}" if first == last else f";lines={first}-{last}"
    return _of_file(core, edition.imprint.origin, path) + lines


@lru_cache(maxsize=64)  # Records of one file follow one another.
def _of_file(core: str, origin: str, path: str) -> str:
    qualifiers = (("origin", origin), ("path", f"/{path}"))
    escaped = ((name, value.replace("%", "%25").replace(";", "%3B")) for name, value in qualifiers)
    return ";".join([core, *(f"{name}={value}" for name, value in escaped if value)])
