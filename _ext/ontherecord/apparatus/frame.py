"""What stands around every page of an edition: head, foot, description and addresses."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from docutils import nodes
from sphinx.locale import get_translation

from ontherecord.apparatus.addresses import record_address
from ontherecord.apparatus.phrases import day_of_week
from ontherecord.domain import domain_of
from ontherecord.words import fold_space

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from sphinx.application import Sphinx
    from sphinx.builders import Builder

_ = get_translation("ontherecord")

THEME: Final = "ontherecord"

_RIGHT_TO_LEFT: Final = frozenset({"ar", "dv", "fa", "he", "ku", "ps", "sd", "ug", "ur", "yi"})
_DESCRIPTION: Final = 160
"""Most characters of a description: what search engines show of one."""
_NAVIGATION: Final = 6
"""Most entries above a page, where the theme's option names none."""
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


def direction(language: str) -> str:
    """Give the direction in which a language is written, for ``dir``."""
    return "rtl" if language.replace("_", "-").partition("-")[0] in _RIGHT_TO_LEFT else "ltr"


def is_ours(builder: Any) -> bool:
    """Tell whether a builder writes its pages with the theme of editions, or one made of it."""
    theme = getattr(builder, "theme", None)
    while theme is not None:
        if theme.name == THEME:
            return True
        theme = getattr(theme, "base", None)
    return bool(builder.config.html_theme == THEME) and builder.name != "epub"


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


def _pairs(builder: Builder, option: str) -> list[tuple[str, str]]:
    value: Any = builder.config.html_theme_options.get(option) or []
    pairs = value.items() if isinstance(value, dict) else value
    return [(str(name), str(title)) for name, title in pairs]


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
    language = config.language or "en"
    parents = list(parents)
    above = {docname for docname, _title in parents}

    def entry(docname: str, shown: str) -> Entry:
        current = "page" if docname == name else "true" if docname in above else ""
        return Entry(href(docname), shown, current)

    address = record_address(config)
    copyright_: Any = config.copyright
    return Frame(
        name=name,
        kind=kind,
        title=title,
        project=config.project,
        about=config.html_theme_options.get("description", ""),
        description=shorten(description),
        canonical=address + uri if address else "",
        language=language.replace("_", "-"),
        locale=language.replace("-", "_"),
        direction=direction(language),
        date=date,
        day=day_of_week(date, language) if date else "",
        above=entry(*parents[-1]) if parents else None,
        front=href(config.root_doc),
        search=href("search") if has_search(builder) else "",
        static=static,
        icon="",
        navigation=tuple(entry(*pair) for pair in navigation(builder)),
        foot=tuple(entry(*pair) for pair in _pairs(builder, "foot")),
        version=config.release or config.version,
        copyright=copyright_ if isinstance(copyright_, str) else ", ".join(copyright_),
    )


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
    if not is_ours(builder):
        return
    pathto = context["pathto"]
    docname = pagename.rpartition(".")[0] if "." in pagename else pagename
    metadata = app.env.metadata.get(pagename, {})
    document = domain_of(app.env).documents.get(pagename)
    parents = [(name, app.env.titles[name].astext()) for name in _ancestors(app, docname, pagename)]
    frame = make_frame(
        builder,
        pagename,
        title=str(context.get("title") or _titles().get(pagename, pagename)).strip(),
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
    body = context["body"] = _ROLES.sub("", context.get("body", ""))
    context["css_files"] = [css for css in context["css_files"] if _is_wanted(css, body)]
    if templatename != "search.html":
        context["script_files"] = [
            script
            for script in context["script_files"]
            if not str(getattr(script, "filename", script)).endswith(_SPHINX_SCRIPTS)
            and ("sd-tab" in body or "design-tabs" not in str(getattr(script, "filename", script)))
        ]


def _titles() -> dict[str, str]:
    return {"genindex": _("Index"), "search": _("Search")}


def _kind(app: Sphinx, pagename: str, document: Any) -> str:
    """Give the kind of page, by which the sheet sets its width."""
    if pagename == app.config.root_doc:
        return "front"
    if document and document.date:
        return "article"
    if "." in pagename or (document and document.queries):
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
            if isinstance(child, nodes.paragraph):
                return child.astext()
    return ""


def _is_wanted(css: Any, body: str) -> bool:
    """Tell whether a page uses a sheet; code has no colours here, only slopes and weights."""
    name = str(getattr(css, "filename", css))
    if "sphinx-design" in name:
        return "sd-" in body
    return not name.endswith(("basic.css", "pygments.css"))
