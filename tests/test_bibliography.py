"""How the bibliography sets a source, and that the short way gives what the template does."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from ontherecord import bibliography
from ontherecord.bibliography import EditionStyle
from pybtex.database import Entry, Person

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
