"""What stands around every page of an edition: head, foot, description and addresses."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from babel.core import get_global
from docutils import nodes
from markupsafe import Markup
from sphinx.locale import get_translation
from sphinx.util import logging

from ontherecord.apparatus.addresses import record_address
from ontherecord.apparatus.phrases import day_of_week
from ontherecord.domain import domain_of
from ontherecord.languages import direction, tag_of
from ontherecord.markup.marked_words import punctuation
from ontherecord.problems import TYPE, nearest
from ontherecord.settings import PAGED
from ontherecord.words import fold_space

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from sphinx.application import Sphinx
    from sphinx.builders import Builder

_ = get_translation("ontherecord")

THEME: Final = "ontherecord"
FOLDER: Final = Path(__file__).parent.parent / "theme"

_DESCRIPTION: Final = 160
"""Most characters of a description: what search engines show of one."""
_NAVIGATION: Final = 6
"""Most entries above a page, where the theme's option names none."""
logger = logging.getLogger(__name__)

_ROLES: Final = re.compile(r' role="(?:doc-biblioentry|doc-backlink|list)"')
_SPHINX_SCRIPTS: Final = (
    "translations.js",
    "documentation_options.js",
    "doctools.js",
    "sphinx_highlight.js",
)


@dataclass(frozen=True, slots=True)
class Entry:
    """A link above or below the page; ``current`` is the value of ``aria-current``."""

    href: str
    title: str
    current: str = ""


@dataclass(frozen=True, slots=True)
class Frame:
    """What the templates in ``templates/frame`` show."""

    name: str
    kind: str
    title: str
    project: str
    about: str
    description: str
    canonical: str
    language: str
    locale: str
    direction: str
    quotes: str
    date: str
    day: str
    above: Entry | None
    front: str
    search: str
    static: str
    icon: str
    navigation: tuple[Entry, ...]
    foot: tuple[Entry, ...]
    version: str
    copyright: str


def is_ours(builder: Any) -> bool:
    """Tell whether a builder writes its pages with the theme of editions, or one made of it."""
    theme = getattr(builder, "theme", None)
    if theme is None:
        return bool(builder.config.html_theme == THEME) and builder.name != "epub"
    return any(Path(folder) == FOLDER for folder in theme.get_theme_dirs())


def has_search(builder: Any) -> bool:
    """Tell whether a builder writes a search page, with Sphinx's index or with ours."""
    return bool(getattr(builder, "search", False) or getattr(builder, "finds_records", False))


def navigation(builder: Builder) -> list[tuple[str, str]]:
    """Give the documents named above every page, with their titles."""
    named = _pairs(builder, "navigation")
    if named:
        return named
    env = builder.env
    below = env.toctree_includes.get(builder.config.root_doc, [])[:_NAVIGATION]
    return [(name, env.titles[name].astext()) for name in below if name in env.titles]


def foot(builder: Builder) -> list[tuple[str, str]]:
    """Give the documents named below every page, with their titles."""
    return _pairs(builder, "foot")


def _pairs(builder: Builder, option: str) -> list[tuple[str, str]]:
    """Give an option's documents with their titles, those that the edition has."""
    titles, found = builder.env.titles, builder.env.found_docs
    return [
        (name, title or (titles[name].astext() if name in titles else name))
        for name, title in _named(builder, option)
        if name in found
    ]


def _named(builder: Builder, option: str) -> list[tuple[str, str]]:
    """Give what an option names: pairs of document and title, or names with commas between."""
    value: Any = options(builder).get(option) or []
    value = value.split(",") if isinstance(value, str) else value
    pairs = (
        (one, "") if isinstance(one, str) else (*one, "")[:2]
        for one in (value.items() if isinstance(value, dict) else value)
    )
    return [(str(name).strip(), str(title)) for name, title in pairs]


def options(builder: Any) -> dict[str, Any]:
    """Give the theme's options, as conf.py or a theme made of this one sets them."""
    theme = getattr(builder, "theme", None)
    chosen: dict[str, Any] = builder.config.html_theme_options
    return {**(theme.get_options() if theme is not None else {}), **chosen}


def check_names(app: Sphinx, env: Any) -> None:
    """Report pages that the theme's options name and the edition does not have."""
    if not is_ours(app.builder):
        return
    for option in ("navigation", "foot"):
        for name, _title in _named(app.builder, option):
            if name not in env.found_docs:
                message = (
                    f'html_theme_options names "{name}" in {option}, and there is no such document'
                    f"{nearest(name, env.found_docs)}: name one without its suffix"
                )
                logger.warning(message, type=TYPE, subtype="unknown-page", location="conf.py:1")


def make_frame(
    builder: Builder,
    name: str,
    *,
    title: str,
    description: str,
    uri: str,
    href: Callable[[str], str],
    static: str,
    kind: str = "",
    parents: Iterable[tuple[str, str]] = (),
    date: str = "",
) -> Frame:
    """Make the frame of a page.

    ``uri`` is its address below the edition's, ``href`` gives the link to a document,
    ``parents`` are the documents above it, from the top, each with its title.
    """
    config = builder.config
    language = tag_of(config.language)
    parents = list(parents)
    above = {docname for docname, _title in parents}

    def entry(docname: str, shown: str) -> Entry:
        current = "page" if docname == name else "true" if docname in above else ""
        return Entry(href(docname), shown, current)

    address = record_address(config)
    about = about_of(builder)
    return Frame(
        name=name,
        kind=kind,
        title=title,
        project=config.project,
        about=about,
        description=description_of(title, description, about),
        canonical=address + uri.partition("#")[0] if address else "",
        language=language,
        locale=_locale(language),
        direction=direction(language),
        quotes=_quotes(language),
        date=date,
        day=day_of_week(date, language) if date else "",
        above=entry(*parents[-1]) if parents else None,
        front=href(config.root_doc),
        search=href("search") if has_search(builder) else "",
        static=static,
        icon=_icon(config.html_favicon, static),
        navigation=tuple(entry(*pair) for pair in navigation(builder)),
        foot=tuple(entry(*pair) for pair in foot(builder)),
        version=config.release or config.version,
        copyright=copyright_of(config),
    )


def about_of(builder: Builder) -> str:
    """Give what the edition says of itself in a line."""
    return str(options(builder).get("description", ""))


def description_of(title: str, description: str, about: str) -> str:
    """Give the description of a page, which may have none of its own."""
    return shorten(description or ". ".join(filter(None, (title, about))))


def copyright_of(config: Any) -> str:
    """Give the line of copyright, of several lines too."""
    value: Any = config.copyright
    return value if isinstance(value, str) else ", ".join(value)


def _quotes(language: str) -> str:
    """Give the quotation marks of a language as CSS has them, the outer and the inner."""
    marks = (
        punctuation(mark, opens=opens, language=language)
        for mark in ('"', "'")
        for opens in (True, False)
    )
    return " ".join(f'"{mark}"' for mark in marks)


def _icon(favicon: str | None, static: str) -> str:
    if not favicon or "://" in favicon:
        return favicon or ""
    return static + Path(favicon).name


def _locale(language: str) -> str:
    """Give a language with its likeliest territory, as Open Graph has it."""
    code = language.replace("-", "_")
    likely = get_global("likely_subtags").get(code, code)
    parts = str(likely).split("_")
    return f"{parts[0]}_{parts[-1]}" if len(parts) > 1 else code


def shorten(text: str) -> str:
    """Give a text in one line, cut at a word's end where it is long."""
    text = fold_space(text)
    if len(text) <= _DESCRIPTION:
        return text
    return text[: _DESCRIPTION - 1].rpartition(" ")[0].rstrip(",;:–—- ") + "…"


def frame_page(
    app: Sphinx,
    pagename: str,
    templatename: str,
    context: dict[str, Any],
    doctree: nodes.document | None,
) -> None:
    """Give a page its frame, and only the sheets and scripts that it needs."""
    context["tr"] = _
    builder: Any = app.builder
    if not is_ours(builder) or builder.name not in (*PAGED, "singlehtml"):
        return
    pathto = context["pathto"]
    docname = pagename
    if pagename not in app.env.found_docs and "." in pagename:  # A further page of a register.
        docname = pagename.rpartition(".")[0]
    metadata = app.env.metadata.get(pagename, {})
    document = domain_of(app.env).documents.get(pagename)
    parents = [(name, app.env.titles[name].astext()) for name in _ancestors(app, docname, pagename)]
    frame = make_frame(
        builder,
        pagename,
        title=_title(pagename, context, doctree),
        description=metadata.get("description", "")
        or (_first_paragraph(doctree) if doctree is not None else ""),
        uri=builder.get_target_uri(pagename),
        href=lambda name: str(pathto(name)),
        static=str(pathto("_static/", 1)),
        kind=_kind(app, pagename, document),
        parents=parents,
        date=document.date if document else "",
    )
    context["frame"] = frame
    # The roles are deprecated, or lawful in other places alone; the entries read well without.
    body = _ROLES.sub("", context.get("body", ""))
    # A sign that one can point at is no stop on the way through the page.
    body = body.replace(
        'class="headerlink" ', 'class="headerlink" tabindex="-1" aria-hidden="true" '
    )
    context["body"] = body
    context["css_files"] = [css for css in context["css_files"] if _is_wanted(css, body)]
    if templatename != "search.html":
        context["script_files"] = [
            script
            for script in context["script_files"]
            if not str(getattr(script, "filename", script)).endswith(_SPHINX_SCRIPTS)
            and ("sd-tab" in body or "design-tabs" not in str(getattr(script, "filename", script)))
        ]


def _title(pagename: str, context: dict[str, Any], doctree: nodes.document | None) -> str:
    """Give a page's title without its markup, and with what references in it say."""
    heading = next(iter(doctree.findall(nodes.title)), None) if doctree is not None else None
    if heading is not None:
        return heading.astext()
    named = {"genindex": _("Index"), "search": _("Search")}
    shown = Markup(context.get("title") or named.get(pagename, pagename)).striptags()  # noqa: S704
    return str(shown).strip()


def _kind(app: Sphinx, pagename: str, document: Any) -> str:
    """Give the kind of page, by which the sheet sets its width."""
    if pagename == app.config.root_doc:
        return "front"
    if document and document.date:
        return "article"
    is_further = "." in pagename and pagename not in app.env.found_docs
    if is_further or (document and document.queries):
        return "register wide"
    if document and any(hasattr(record, "between") for record in document.records):
        return "wide"
    return "plain"


def _ancestors(app: Sphinx, docname: str, pagename: str) -> list[str]:
    """Give the documents above a page, from the top, without the front page."""
    relations: Any = app.builder.relations  # type: ignore[attr-defined]
    found: list[str] = [docname] if docname != pagename and docname in app.env.titles else []
    above = relations.get(docname, (None,))[0]
    while above and above not in found and above != app.config.root_doc:
        found.insert(0, above)
        above = relations.get(above, (None,))[0]
    return found


def _first_paragraph(doctree: nodes.document) -> str:
    """Give the first paragraph of a document's own text."""
    for section in doctree.findall(nodes.section):
        for child in section.children:
            if isinstance(child, nodes.paragraph) and "record-count" not in child["classes"]:
                return child.astext()
    return ""


def _is_wanted(css: Any, body: str) -> bool:
    """Tell whether a page uses a sheet; code has no colours here, only slopes and weights."""
    name = str(getattr(css, "filename", css))
    if "sphinx-design" in name:
        return "sd-" in body
    return not name.endswith(("basic.css", "pygments.css"))
