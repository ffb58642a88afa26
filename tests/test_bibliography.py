"""How the bibliography sets a source, and that the short way gives what the template does."""

from __future__ import annotations

from typing import Any

import pytest
from conftest import BIB, Project
from hypothesis import example, given, settings
from hypothesis import strategies as st
from ontherecord import bibliography, sources
from ontherecord.bibliography import EditionStyle
from pybtex.database import Entry, Person
from pybtex.database.input.bibtex import Parser
from pybtex.richtext import Text

FIELDS = [
    *("title", "booktitle", "journal", "organization", "publisher", "number", "date", "year"),
    *("witness", "note", "url", "shorttitle"),
]
SIGNS = st.text(
    st.one_of(
        st.sampled_from(" .!?,'`-%\\{}~$&#_^\"é“”…ab\n\t"), st.characters(exclude_categories=["Cs"])
    ),
    max_size=12,
)


def by_template(entry: Entry) -> object:
    style = EditionStyle()
    context = {"entry": entry, "style": style, "bib_data": None}
    return style.template(entry).format_data(context)


@settings(deadline=None, max_examples=400)
@given(fields=st.dictionaries(st.sampled_from(FIELDS), SIGNS), author=SIGNS)
@example({"title": "A", "date": "2017-02-23", "witness": "", "url": "https://a.example/?a=b~c"}, "")
@example(
    {"title": "“Why?”", "organization": "", "publisher": "P", "number": "3", "year": "2017"}, "P."
)
@example({"note": "a  b", "year": " 2017"}, "Paper & Co")
@example({"url": "https://a.example"}, "Paper")
@example({}, "Paper")
@example({}, "")
def test_the_short_way_gives_what_the_template_does(fields: dict[str, str], author: str) -> None:
    try:
        persons = {"author": [Person(f"{{{author}}}")]} if author else {}
    except Exception:  # What pybtex takes for no name stands in no bibliography.
        return
    entry = Entry("misc", fields, persons)
    entry.key = "one"
    try:
        wanted = by_template(entry)
    except Exception as error:  # Braces that are not closed, which the template refuses.
        with pytest.raises(type(error)):
            EditionStyle().format_entry("One", entry)
        return
    made = EditionStyle().format_entry("One", entry)
    assert (made.text, repr(made.text)) == (wanted, repr(wanted))
    assert (made.key, made.label) == ("one", "One")


def test_entries_with_authors_and_of_others_are_set_by_the_template() -> None:
    whole = Entry("misc", {"title": "T"}, {"author": [Person("Jane Roe")]})
    assert bibliography._set_plainly(whole) is None
    assert bibliography._set_plainly(Entry("misc", {"crossref": "whole"})) is None
    assert bibliography._set_plainly(Entry("misc", {"title": "{T}"})) is None
    assert bibliography._set_plainly(Entry("misc", {"title": "T"})) is not None
    paper = Entry("misc", {"title": "T"}, {"author": [Person("{The Paper}")]})
    assert bibliography._set_plainly(paper) is not None


@settings(deadline=None, max_examples=400)
@given(name=SIGNS)
@example("The Paper")
@example("A  B")
@example("{A} and {B}")
@example("A} and {B")
def test_a_name_in_braces_is_what_latex_makes_of_it(name: str) -> None:
    written = f"{{{name}}}"
    try:
        wanted = str(Text.from_latex(sources._COMMENT.sub(r"\\%", written)))
    except Exception as error:  # Braces that are not closed.
        with pytest.raises(type(error)):
            sources._plain(written)
        return
    assert sources._plain(written) == wanted


def test_a_bibliography_is_read_once(edition: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[str] = []
    whole = Parser.parse_string

    def counted(self: Any, text: str) -> Any:
        read.append(text)
        return whole(self, text)

    monkeypatch.setattr(Parser, "parse_string", counted)
    for _build in range(2):
        assert edition.build("html").warnings == ""
        assert len(read) == 1
    edition.put("references.bib", f"{BIB}\n@misc{{more-2024, title={{More}}}}\n")
    assert "more-2024" in edition.build("html").text("record/edition.json")
    assert len(read) == 2, "and again where it changed"
