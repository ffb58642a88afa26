"""Sets an edition as a book: what LaTeX is told, and how notes and facing statements are set."""

from __future__ import annotations

import math
import os
import re
import textwrap
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, cast

from docutils import nodes
from sphinx import addnodes
from sphinx.locale import get_translation
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.texescape import escape

from ontherecord.apparatus.addresses import record_address
from ontherecord.apparatus.frame import copyright_of
from ontherecord.domain import domain_of
from ontherecord.rebuilding.dates import VARIABLE
from ontherecord.settings import offer

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.config import Config

_ = get_translation("ontherecord")

STYLES: Final = Path(__file__).parent.parent / "books"

SETTINGS: Final[dict[str, Any]] = {
    "latex_engine": "lualatex",
    "latex_use_xindy": False,
    "latex_show_urls": "no",
    "latex_toplevel_sectioning": "chapter",
    "today_fmt": "%-d %B %Y",
}
"""``makeindex`` comes with every TeX, and addresses are printed by `SetAsBook`."""

ELEMENTS: Final = {
    "extraclassoptions": "openany",
    "pointsize": "11pt",
    "fncychap": "",
    "polyglossia": "",
    "babel": r"\usepackage[bidi=basic]{babel}",
    "fontpkg": r"\usepackage{ontherecord-fonts}",
    "printindex": r"\renewcommand{\indexname}{\recordindexname}\printindex",
    "sphinxsetup": ",".join(
        (
            "hmargin={32mm,40mm}",
            "vmargin={29mm,34mm}",
            "HeaderFamily=\\normalfont",
            "TitleColor={rgb}{0.09,0.08,0.07}",
            "InnerLinkColor={rgb}{0.09,0.08,0.07}",
            "OuterLinkColor={rgb}{0.12,0.27,0.29}",
            "VerbatimColor={rgb}{1,1,1}",
            "VerbatimBorderColor={rgb}{0.8,0.78,0.74}",
            "TableRowColorHeader={rgb}{1,1,1}",
            "TableRowColorOdd={rgb}{1,1,1}",
            "TableRowColorEven={rgb}{1,1,1}",
        )
    ),
}
"""Chapters begin on the next page, whichever it is; ``babel`` sets words from right to left."""

MOST_LINES: Final = 36
"""Most lines of a side that faces another: they are set as one block, which a page must hold."""

MOST_LETTERS: Final = 90
"""Most letters that a register shows of a note."""

LETTERS: Final = 34
"""Letters in a line of a column."""


def connect(app: Sphinx) -> None:
    """Connect what sets an edition as a book."""
    app.connect("config-inited", fill_in, priority=2)  # After the general defaults.
    app.connect("build-finished", settle_rules, priority=100)  # While the date is known.
    app.add_post_transform(SetAsBook)
    app.add_post_transform(IndexSpeakers)
    app.add_post_transform(LeaveOutEmptySections)


def fill_in(app: Sphinx, config: Config) -> None:
    """Set what conf.py leaves open, unless it chooses another TeX, which our styles are not for."""
    for name, value in SETTINGS.items():
        offer(config, name, value)
    if config.latex_engine != "lualatex":
        return
    words = {
        "recordpagename": _("p."),
        "recordindexname": _("Index of speakers"),
        "recordcolophon": _colophon(config),
    }
    said = "".join(
        rf"\renewcommand{{\{name}}}{{{escape(str(text), 'lualatex')}}}" + "\n"
        for name, text in words.items()
    )
    theirs = dict(config.latex_elements)
    ours = {**ELEMENTS, "preamble": said + theirs.pop("preamble", "")}
    config.latex_elements = {**ours, **theirs}
    config.latex_additional_files = [
        *(str(STYLES / name) for name in ("ontherecord.sty", "ontherecord-fonts.sty")),
        *config.latex_additional_files,
    ]
    app.add_latex_package("ontherecord", after_hyperref=True)


def _colophon(config: Config) -> str:
    """Give what stands on the back of the title page."""
    address = record_address(config)
    lines = [f"© {copyright_of(config)}" if config.copyright else ""]
    lines += [_("Each record’s address begins with %s") % address if address else ""]
    return " ".join(f"{line.rstrip('.')}." for line in lines if line)


def settle_rules(app: Sphinx, exception: Exception | None) -> None:
    """Hand TeX the build's date, so that the same commit gives the same book on any day.

    The list of fonts that were looked up is no source of the book: it changes at each run where
    one is missing, and ``latexmk`` would run TeX again until it gives up.
    """
    rules = Path(app.outdir) / "latexmkrc"
    if exception is not None or app.builder.name != "latex" or not rules.exists():
        return
    lines = [f"$hash_calc_ignore_pattern{{'{suffix}'}} = '^';" for suffix in ("luc", "gz")]
    seconds = os.environ.get(VARIABLE, "")
    if seconds.isdigit():
        lines += [f"$ENV{{'{VARIABLE}'}} = '{seconds}';", "$ENV{'FORCE_SOURCE_DATE'} = '1';"]
    with rules.open("a", encoding="utf-8") as file:
        file.write("\n".join([*lines, ""]))


class SetAsBook(SphinxPostTransform):
    """Sets notes, facing statements, registers and words in other languages for paper."""

    default_priority = 350  # When references are resolved, and before Sphinx collects footnotes.
    formats = ("latex",)

    def run(self, **kwargs: Any) -> None:
        """Change the tree in place; it is made for this one book."""
        if self.config.latex_engine != "lualatex":
            return
        self._print_addresses()
        self._print_pages()
        self._name_in_small_capitals()
        for footnote in list(self.document.findall(nodes.footnote)):
            if any(anchor.startswith("card-") for anchor in footnote["ids"]):
                run_on(footnote)
        for block in list(self.document.findall(nodes.container)):
            if "record-sides" in block["classes"]:
                set_sides(block)
            elif "record-note-text" in block["classes"] and block.parent is not None:
                join_lines(block)
            elif "sd-card" in block["classes"]:  # The link that makes all of it one on a page.
                block.children = [one for one in block if isinstance(one, nodes.container)]
        for register in list(self.document.findall(nodes.bullet_list)):
            if "record-entries" in register["classes"]:
                shorten_notes(register)
                _wrap(register, "recordregister")
        for days in list(self.document.findall(nodes.definition_list)):
            if "record-days" in days["classes"]:
                _wrap(days, "recordregister")
        self._set_lines()
        self._set_languages()

    def _print_addresses(self) -> None:
        """Print the address of an outside link after its words, where the words are not it."""
        if self.config.latex_show_urls not in {False, "no"}:
            return  # Sphinx does it.
        for link in list(self.document.findall(nodes.reference)):
            address = link.get("refuri", "")
            if not address.startswith(("http:", "https:", "ftp:")) or _in_title(link):
                continue
            if link.astext() not in {address, address.partition("://")[2]}:
                printed = nodes.reference("", address, refuri=address)
                link.parent.insert(
                    link.parent.index(link) + 1, [nodes.Text(" ("), printed, nodes.Text(")")]
                )

    def _print_pages(self) -> None:
        """Print the page that a link to a statement, case or note leads to."""
        for link in list(self.document.findall(nodes.reference)):
            address = link.get("refuri", "")
            if not address.startswith("%") or "#" not in address or _in_title(link):
                continue
            anchor = address.partition("#")[2]
            if anchor.startswith(("quote-", "contradiction-", "annotation-")):
                label = address[1:].replace("#", ":")
                index = link.parent.index(link)
                before = link.parent[index - 1] if index else None
                opens, closes = (", ", "") if _opens_bracket(before) else (" (", ")")
                page = _tex(rf"\recordpage{{{opens}}}{{{closes}}}{{{label}}}")
                link.parent.insert(index + 1, page)

    def _name_in_small_capitals(self) -> None:
        for strong in list(self.document.findall(nodes.strong)):
            if "record-name" in strong["classes"]:
                name = nodes.inline("", "", *strong.children, classes=["record-name"])
                strong.parent.replace(strong, name)

    def _set_lines(self) -> None:
        """Set lines of facts smaller than what is read."""
        for block in list(self.document.findall(nodes.container)):
            if "record-block" in block["classes"]:
                _wrap(block, "recordblock")
        for line in list(self.document.findall(nodes.paragraph)):
            if isinstance(line.parent, nodes.footnote) or not line["classes"]:
                continue
            if "record-answer-head" in line["classes"]:
                _wrap(line, "recordlabel")
            elif SMALL.intersection(line["classes"]):
                _wrap(line, "recordfacts")

    def _set_languages(self) -> None:
        for element in cast("list[nodes.Element]", list(self.document.findall(_has_language))):
            language = next(c for c in element["classes"] if c.startswith("language-"))
            code = language.removeprefix("language-")
            element["classes"].remove(language)
            if not re.fullmatch(r"[A-Za-z0-9-]+", code) or _in_title(element):
                continue
            if isinstance(element, nodes.inline):
                element.insert(0, _tex(rf"\recordlanguage{{{code}}}{{"))
                element.append(_tex("}"))
            else:
                _wrap(element, "recordlanguageblock", f"{{{code}}}")


class IndexSpeakers(SphinxPostTransform):
    """Enters each statement into the index, under the name of who made it."""

    default_priority = 6  # When the notes are placed, and can still be told by their anchors.
    formats = ("latex", "texinfo")

    def run(self, **kwargs: Any) -> None:
        """Put an entry where the statement's note begins."""
        edition = domain_of(self.env).edition
        for footnote in list(self.document.findall(nodes.footnote)):
            anchor = next((one for one in footnote["ids"] if one.startswith("card-")), "")
            quote = edition.quotes.get(anchor.removeprefix("card-").partition(".")[0])
            if quote is None:
                continue
            number = next(
                (
                    one
                    for one in self.document.findall(nodes.footnote_reference)
                    if one.get("refid") == anchor and one.get("docname") == footnote["docname"]
                ),
                None,
            )
            if number is not None:
                entry = ("single", edition.speaker_name(quote), f"index-{anchor}", "", None)
                entries = addnodes.index(entries=[entry])
                number.parent.insert(number.parent.index(number), entries)


class LeaveOutEmptySections(SphinxPostTransform):
    """Leaves out a section whose bibliography Sphinx has moved to the end of the book."""

    default_priority = 760  # Sphinx moves it at 750.
    formats = ("latex",)

    def run(self, **kwargs: Any) -> None:
        """Take such sections away, and leave their anchors."""
        for section in list(self.document.findall(nodes.section)):
            rest = [
                child
                for child in section.children[1:]
                if not isinstance(child, nodes.comment | nodes.target | nodes.Invisible)
                and (child.astext().strip() or not isinstance(child, nodes.container))
            ]
            if not rest and not list(section.findall(nodes.section))[1:]:
                anchors = nodes.target("", "", ids=section["ids"])
                section.parent.replace(section, nodes.paragraph("", "", anchors))


SMALL: Final = frozenset(
    {
        "record-facts",
        "record-cite",
        "record-when",
        "record-source",
        "record-span",
        "record-on",
        "record-signed",
    }
)

_RUNS: Final = (
    ("record-reading",),
    ("record-sigla", "record-entry"),
    ("record-findings",),
    ("record-against", "record-answers", "record-on"),
)
"""Lines of a card that make a paragraph of their own, each kind after the other."""


def run_on(footnote: nodes.footnote) -> None:
    """Set a note as few paragraphs, its lines running on, as notes in books do."""
    runs: list[tuple[int, nodes.paragraph]] = []
    kept: list[nodes.Node] = [footnote[0]]
    for position, child in enumerate(footnote.children[1:]):
        kind = _kind(child)
        lines = _lines(child)
        if lines is None:
            kept.append(child)
            runs.append((-2, nodes.paragraph()))
            continue
        if isinstance(child, nodes.container):  # A note on the record: a paragraph of its own.
            kind = 100 + position
        for line in lines:
            last = runs[-1] if runs else None
            if last is not None and (last[0] == kind or kind == -1):
                _end_sentence(last[1])
                last[1].extend([nodes.Text(" "), *line.children])
                continue
            begun = nodes.paragraph("", "", *line.children)
            runs.append((kind, begun))
            kept.append(begun)
    footnote.children = []
    footnote.extend(kept)


def join_lines(block: nodes.container) -> None:
    """Set a note on a record as one paragraph, that its head is not parted from it."""
    lines = _lines(block)
    if lines is None:
        return
    joined = nodes.paragraph("", "", *lines[0].children)
    for line in lines[1:]:
        _end_sentence(joined)
        joined.extend([nodes.Text(" "), *line.children])
    block.children = []
    block += joined


def _kind(child: nodes.Node) -> int:
    """Give which paragraph of a note a line belongs to; -1 for the one before it."""
    classes = set(child["classes"]) if isinstance(child, nodes.Element) else set()
    if "record-cite" in classes:
        return -1
    return next((i for i, names in enumerate(_RUNS, 1) if classes.intersection(names)), 0)


def _lines(child: nodes.Node) -> list[nodes.paragraph] | None:
    """Give the lines of a part of a note, or nothing if it is no lines."""
    if isinstance(child, nodes.paragraph):
        return [child]
    if isinstance(child, nodes.bullet_list) and "record-findings" in child["classes"]:
        return [line for item in child.children for line in item.findall(nodes.paragraph)]
    if isinstance(child, nodes.container) and "record-note-text" in child["classes"]:
        targets = [one for one in child.children if isinstance(one, nodes.target)]
        lines = [one for one in child.children if isinstance(one, nodes.paragraph)]
        if lines and len(targets) + len(lines) == len(child.children):
            lines[0].insert(0, targets)
            return lines
    return None


def _end_sentence(line: nodes.paragraph) -> None:
    if not line.astext().rstrip("”’»\"')").endswith((".", "!", "?", "…", ":")):
        line.append(nodes.Text("."))


def set_sides(block: nodes.container) -> None:
    """Set statements face to face, or, where one is too long for it, one after the other."""
    sides = list(block.children)
    facing = all(_height(side) <= MOST_LINES for side in sides)
    around, one = ("recordfacing", "recordside") if facing else ("recordsequence", "recordturn")
    opens, closes = rf"\begin{{{one}}}", rf"\end{{{one}}}"
    shown: list[nodes.Node] = [_tex(rf"\begin{{{around}}}{opens}")]
    for index, side in enumerate(sides):
        if index:
            between = r"\hfill" if index % 2 else r"\par\medskip\noindent"
            shown.append(_tex(closes + (between if facing else "") + opens))
        shown.append(side)
    shown.append(_tex(rf"{closes}\end{{{around}}}"))
    block.parent.replace(block, shown)


def _height(side: nodes.Node) -> int:
    """Give about how many lines a statement takes in a column."""
    lines = side.findall(nodes.paragraph)
    return sum(math.ceil(len(line.astext()) / LETTERS) for line in lines)


def shorten_notes(register: nodes.bullet_list) -> None:
    """Leave a register of notes their heads, opening words and pages: the texts stand there."""
    for item in cast("list[nodes.list_item]", register.children):
        head, *rest = item.children
        kind = next(iter(head.findall(nodes.inline)), None)
        if kind is None or "record-ref-annotation" not in kind["classes"] or not rest:
            continue
        opening = textwrap.shorten(rest[0].astext(), MOST_LETTERS, placeholder=" …")
        cast("nodes.paragraph", head).append(nodes.Text(f" {opening}"))
        item.children[1:] = []


def _wrap(element: nodes.Element, environment: str, argument: str = "") -> None:
    """Put an element into an environment."""
    parent = element.parent
    index = parent.index(element)
    parent.remove(element)
    begin = _tex("\n" + rf"\begin{{{environment}}}{argument}" + "\n")
    parent.insert(index, [begin, element, _tex("\n" + rf"\end{{{environment}}}" + "\n")])


def _tex(text: str) -> nodes.raw:
    return nodes.raw("", text, format="latex")


def _in_title(node: nodes.Node) -> bool:
    above = node.parent
    while above is not None:
        if isinstance(above, nodes.title | nodes.rubric | nodes.caption | nodes.term):
            return True
        above = above.parent
    return False


def _opens_bracket(node: nodes.Node | None) -> bool:
    return isinstance(node, nodes.Text) and node.endswith("(")


def _has_language(node: nodes.Node) -> bool:
    return isinstance(node, nodes.inline | nodes.block_quote) and any(
        one.startswith("language-") for one in node["classes"]
    )
