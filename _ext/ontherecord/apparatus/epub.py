"""Sets an edition as an EPUB: a title page, notes that pop up, and a style sheet of its own.

After EPUB 3.3 and its structural vocabulary, https://www.w3.org/TR/epub-ssv-11/.
"""

from __future__ import annotations

import re
import uuid
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, cast

from docutils import nodes
from sphinx.locale import get_translation
from sphinx.transforms.post_transforms import SphinxPostTransform

from ontherecord.apparatus.addresses import record_address
from ontherecord.apparatus.nodes import cards, note_number
from ontherecord.faults.lock import NAME as BUILDING
from ontherecord.languages import tag_of
from ontherecord.settings import offer

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx.application import Sphinx
    from sphinx.config import Config
    from sphinx.writers.html5 import HTML5Translator

_ = get_translation("ontherecord")

FOLDER: Final = Path(__file__).parent.parent / "books" / "epub"
SHEET: Final = "book.css"
TITLE_PAGE: Final = "titlepage"

LEFT_OUT: Final = (
    BUILDING,
    "genindex.xhtml",
    "_static/basic.css",
    "_static/epub.css",
    "_static/file.png",
    "_static/minus.png",
    "_static/ontherecord.css",
    "_static/plus.png",
    "_static/sphinx-design.min.css",
)
"""What pages have and a book has no use for."""

_RIGHT_TO_LEFT: Final = re.compile(
    r'(?<!xml:)\blang="((?:ar|arc|ckb|dv|fa|he|ks|ps|sd|syr|ug|ur|yi)(?:-[A-Za-z0-9-]+)?)"'
)


class pop_up(nodes.container):  # noqa: N801 - docutils names its nodes in small letters
    """A note that reading systems may show in a window of its own; ``number`` leads back."""


class note_reference(nodes.inline):  # noqa: N801
    """The number of a note, which leads to ``target``."""


def connect(app: Sphinx) -> None:
    """Connect what sets an edition as an EPUB."""
    app.connect("config-inited", fill_in, priority=2)  # After the general defaults.
    app.connect("builder-inited", bring_sheet)
    app.connect("html-collect-pages", title_page)
    app.connect("html-page-context", settle_page)
    app.add_node(pop_up, html=(visit_pop_up, depart_pop_up))
    app.add_node(note_reference, html=(visit_note_reference, None))
    app.add_post_transform(PopUpNotes)


def fill_in(app: Sphinx, config: Config) -> None:
    """Set what conf.py leaves open."""
    address = record_address(config)
    # One name in both places: Sphinx gives the table of contents the one, the book the other, and
    # they have to agree; it has to be the name of an XML element.
    name = (
        f"edition-{uuid.uuid5(uuid.NAMESPACE_URL, address or f'{config.project}/{config.author}')}"
    )
    settings = {
        "epub_tocscope": "includehidden",  # Else a front page that hides its list has no contents.
        "epub_use_index": False,
        "epub_show_urls": "no",  # The links work.
        "epub_pre_files": [(f"{TITLE_PAGE}.xhtml", str(_("Title page")))],
        "epub_identifier": name,
        "epub_scheme": "UUID",
        "epub_uid": name,
        "epub_description": config.project,
        "epub_contributor": config.author,
    }
    for setting, value in settings.items():
        offer(config, setting, value)
    config.epub_exclude_files = [*LEFT_OUT, *config.epub_exclude_files]


def bring_sheet(app: Sphinx) -> None:
    """Bring the style sheet of books."""
    if app.builder.name == "epub":
        app.config.html_static_path = [*app.config.html_static_path, str(FOLDER)]
        app.add_css_file(SHEET)


def title_page(app: Sphinx) -> Iterator[tuple[str, dict[str, Any], str]]:
    """Give the title page."""
    config = app.config
    wanted = any(file == f"{TITLE_PAGE}.xhtml" for file, _name in config.epub_pre_files)
    if app.builder.name != "epub" or not wanted:
        return
    address = record_address(config)
    lines = [f"© {config.copyright}" if config.copyright else "", address]
    context = {
        "title": _("Title page"),
        "edition": config.project,
        "editors": config.epub_author,
        "version_line": _("Version %s") % config.release if config.release else "",
        "colophon": [line for line in lines if line],
    }
    yield TITLE_PAGE, context, "record-title.html"


def settle_page(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: object
) -> None:
    """Name the language of a page and of words in it, and leave a book its own style sheet."""
    if app.builder.name != "epub":
        return
    language = escape(tag_of(app.config.language), quote=True)
    tag = context["html_tag"].removesuffix(">")
    context["html_tag"] = f'{tag} lang="{language}" xml:lang="{language}">'
    context["css_files"] = [
        sheet
        for sheet in context["css_files"]
        if str(getattr(sheet, "filename", sheet)).rpartition("/")[2] in {"pygments.css", SHEET}
    ]
    if body := context.get("body"):
        # The standard gave that role up: https://www.w3.org/TR/dpub-aria-1.1/#doc-biblioentry
        body = body.replace(' role="doc-biblioentry"', "")
        context["body"] = _RIGHT_TO_LEFT.sub(r'\g<0> xml:lang="\1" dir="rtl"', body)


class PopUpNotes(SphinxPostTransform):
    """Makes each card a note of its own, and its number a reference to it."""

    default_priority = 20  # When the cards are placed.
    builders = ("epub",)

    def run(self, **kwargs: Any) -> None:
        """Replace cards and numbers."""
        for group in list(self.document.findall(cards)):
            plain = nodes.container("", *group.children, classes=["record-cards"])
            group.parent.replace(group, plain)
            for card in list(plain.children):
                if "record-card" in cast("nodes.container", card)["classes"]:
                    plain.replace(card, self._note(cast("nodes.container", card)))
        for number in list(self.document.findall(note_number)):
            shown = note_reference("", number=number["number"], target=number["target"])
            number.parent.replace(number, shown)

    @staticmethod
    def _note(card: nodes.container) -> pop_up:
        """Give the note of a card, whose number leads back to the words."""
        made = pop_up("", *card.children, ids=card["ids"], classes=["record-card"])
        number = next(iter(made.findall(nodes.inline)), None)
        if number is not None and number.astext().strip().isdigit():
            back = nodes.reference(
                "", number.astext().strip(), refid=f"{card['ids'][0]}-ref", internal=True
            )
            number.children = []
            number += [back, nodes.Text(" ")]
        return made


def visit_pop_up(self: HTML5Translator, node: pop_up) -> None:
    """Open a note."""
    attributes: dict[str, Any] = {"epub:type": "footnote", "role": "doc-footnote"}
    self.body.append(self.starttag(node, "aside", **attributes))


def depart_pop_up(self: HTML5Translator, node: pop_up) -> None:
    """Close it."""
    self.body.append("</aside>\n")


def visit_note_reference(self: HTML5Translator, node: note_reference) -> None:
    """Set the number."""
    target = node["target"]
    self.body.append(
        f'<a class="record-note" id="{target}-ref" href="#{target}" epub:type="noteref" '
        f'role="doc-noteref">{node["number"]}</a>'
    )
    raise nodes.SkipNode
