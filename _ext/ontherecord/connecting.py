"""Connects the extension to Sphinx: what each event, node and transform is answered by."""

from __future__ import annotations

from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from ontherecord import faults, late, publishing, settings
from ontherecord.apparatus import html
from ontherecord.apparatus.register_pages import RegisterPages
from ontherecord.commands.check_builder import CheckBuilder
from ontherecord.domain import RecordDomain
from ontherecord.finding.build import Finding
from ontherecord.markup import nodes
from ontherecord.reading import Unreadable
from ontherecord.rebuilding import (
    beside,
    bibliographies,
    dates,
    documents_gone,
    finishing,
    inventories,
)
from ontherecord.rebuilding.dates import BuildDate
from ontherecord.rebuilding.leftovers import Leftovers
from ontherecord.rebuilding.pages import Pages
from ontherecord.rebuilding.times import Times
from ontherecord.reporting import Reporting

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.config import Config

_HERE: Final = Path(__file__).parent


def connect(app: Sphinx) -> None:
    """Connect everything."""
    faults.connect(app)
    _bring_extensions(app)
    settings.declare(app)
    app.add_message_catalog("ontherecord", str(_HERE / "locale"))

    app.add_domain(RecordDomain)
    app.add_builder(CheckBuilder)
    for node in (nodes.record_block, nodes.words_block, nodes.register_block, nodes.reading_block):
        app.add_node(node)
    html.register(app)
    app.connect("source-read", late.call("markup.collecting:keep_source"))
    app.connect("include-read", late.call("markup.collecting:look_at_included"))
    # When title and date are known.
    app.connect("doctree-read", late.call("markup.collecting:collect"), priority=800)
    unreadable = Unreadable()
    unreadable.connect(app)
    Reporting(unreadable).connect(app)

    app.add_event("record-page-head")
    app.add_post_transform(late.transform("apparatus.placing:PlaceApparatus", 5))
    app.add_post_transform(late.transform("apparatus.one_page:OnePage", 900))
    app.add_post_transform(late.transform("apparatus.references:ReferenceCards", 800))
    RegisterPages().connect(app)
    _connect_pages(app)
    late.call("apparatus.latex:connect")(app)
    late.call("apparatus.epub:connect")(app)

    publishing.connect(app)
    BuildDate().connect(app)
    Pages().connect(app)
    Leftovers().connect(app)
    finishing.connect(app)
    app.connect("env-get-outdated", bibliographies.read_again)
    app.connect("env-get-outdated", beside.read_again)
    app.connect("env-get-outdated", dates.read_again)
    app.connect("env-get-outdated", documents_gone.read_again)
    app.connect("env-get-outdated", inventories.read_again)
    Times().connect(app)
    app.connect("env-before-read-docs", late.call("rebuilding.equations:settle"))
    app.connect("html-collect-pages", late.call("rebuilding.search:tidy"), priority=900)


def _connect_pages(app: Sphinx) -> None:
    """Connect what stands around pages: sheets, script, theme, frame and search."""
    app.connect("config-inited", add_files)
    app.add_css_file("ontherecord.css")
    app.connect("builder-inited", add_script)
    app.add_html_theme("ontherecord", str(_HERE / "theme"))
    Finding().connect(app)
    app.connect("html-page-context", late.call("apparatus.frame:frame_page"), priority=700)
    app.connect("env-check-consistency", late.call("apparatus.frame:check_names"))
    app.connect("html-page-context", give_base)


def _bring_extensions(app: Sphinx) -> None:
    """Set the extensions up that this one stands on, and spare what can be spared of their work."""
    from ontherecord import bibliography, economies

    economies.apply()
    bibliography.register()
    bibliographies.apply()
    for extension in ("myst_parser", "sphinx_design", "sphinxcontrib.bibtex"):
        app.setup_extension(extension)
    economies.connect(app)


def add_files(app: Sphinx, config: Config) -> None:
    """Bring the style sheet, and let editions name the extension's templates in sidebars."""
    config.html_static_path = [str(_HERE / "static"), *config.html_static_path]
    config.templates_path = [*config.templates_path, str(_HERE / "templates")]


def add_script(app: Sphinx) -> None:
    """Bring the script to pages, with the one word that it says in the edition's language."""
    from sphinx.locale import get_translation

    from ontherecord.apparatus.frame import is_ours
    from ontherecord.settings import PAGED

    if app.builder.name == "epub":  # A book has a sheet and fonts of its own.
        screen = ["ontherecord-icon.svg", "edition.css", "ontherecord.js"]
        screen += [f"fonts/{path.name}" for path in (_HERE / "static" / "fonts").iterdir()]
        app.config.epub_exclude_files = [
            *app.config.epub_exclude_files,
            *sorted(f"_static/{name}" for name in screen),
        ]
    _ = get_translation("ontherecord")
    if is_ours(app.builder):
        app.add_css_file("edition.css", priority=800)  # Over the sheet of the records.
    if app.builder.name in PAGED:
        app.add_js_file(
            "ontherecord.js",
            loading_method="defer",
            id="record-script",
            **{"data-close": str(_("Close"))},  # type: ignore[arg-type]
        )


def give_base(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: object
) -> None:
    """Give the page for what is not found a base: it is shown under addresses of any depth."""
    if pagename == "404" and app.config.html_baseurl:
        base = escape(app.config.html_baseurl.rstrip("/") + "/", quote=True)
        context["metatags"] = f'<base href="{base}">' + context.get("metatags", "")
