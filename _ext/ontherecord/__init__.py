"""On the Record: quotations, speakers and contradictions as records of a Sphinx edition."""

from __future__ import annotations

from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.config import Config
    from sphinx.util.typing import ExtensionMetadata

    from ontherecord.edition import Edition

__version__: Final = "0.1.0"

_HERE: Final = Path(__file__).parent


def load(place: str | Path) -> Edition:
    """Give the Edition that an ``edition.json``, its folder or its address holds.

    Raises `ontherecord.exchange.reading.Unreadable`, a `ValueError`, where it cannot be read.
    """
    from ontherecord.exchange.reading import load as load_edition

    return load_edition(place)


def setup(app: Sphinx) -> ExtensionMetadata:
    """Set the extension up; see the guide for what it adds."""
    # Sphinx is imported here and not above, so that records and the Edition can be had without it.
    from ontherecord import publishing, settings
    from ontherecord.apparatus import epub, frame, html, latex, record_pages
    from ontherecord.apparatus.one_page import OnePage
    from ontherecord.apparatus.placing import PlaceApparatus
    from ontherecord.apparatus.references import ReferenceCards
    from ontherecord.apparatus.register_pages import RegisterPages
    from ontherecord.commands.reader import CheckBuilder
    from ontherecord.domain import RecordDomain
    from ontherecord.finding.build import Finding
    from ontherecord.markup import collecting, nodes
    from ontherecord.reading import Unreadable
    from ontherecord.rebuilding import bibliographies, search
    from ontherecord.rebuilding.dates import BuildDate
    from ontherecord.rebuilding.pages import Pages
    from ontherecord.reporting import Reporting

    _bring_extensions(app)
    settings.declare(app)

    app.add_message_catalog("ontherecord", str(_HERE / "locale"))

    app.add_domain(RecordDomain)
    app.add_builder(CheckBuilder)
    for node in (nodes.record_block, nodes.words_block, nodes.register_block, nodes.reading_block):
        app.add_node(node)
    html.register(app)
    app.connect("source-read", collecting.keep_source)
    app.connect("doctree-read", collecting.collect, priority=800)  # When title and date are known.
    unreadable = Unreadable()
    unreadable.connect(app)
    Reporting(unreadable).connect(app)

    record_pages.connect(app)
    app.add_post_transform(PlaceApparatus)
    app.add_post_transform(OnePage)
    app.add_post_transform(ReferenceCards)
    RegisterPages().connect(app)
    app.connect("config-inited", add_files)
    app.add_css_file("ontherecord.css")
    app.connect("builder-inited", add_script)
    app.add_html_theme("ontherecord", str(_HERE / "theme"))
    Finding().connect(app)
    app.connect("html-page-context", frame.frame_page, priority=700)
    app.connect("env-check-consistency", frame.check_names)
    app.connect("html-page-context", give_base)
    latex.connect(app)
    epub.connect(app)

    publishing.connect(app)
    BuildDate().connect(app)
    Pages().connect(app)
    app.connect("env-get-outdated", bibliographies.read_again)
    app.connect("html-collect-pages", search.tidy, priority=900)

    return {
        "version": __version__,
        # Another version may read and show the same sources otherwise.
        "env_version": sum(
            int(part) * weight
            for part, weight in zip(__version__.split("."), (10**6, 1000, 1), strict=True)
        ),
        "parallel_read_safe": True,
        "parallel_write_safe": True,
    }


def _bring_extensions(app: Sphinx) -> None:
    """Set the extensions up that this one stands on, and spare what can be spared of their work."""
    from ontherecord import bibliography, economies

    economies.apply()
    bibliography.register()
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
