"""What an edition gets without a word in conf.py, and may always set otherwise there."""

from __future__ import annotations

import os
import re
import unicodedata
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.config import Config

VALUES: Final[tuple[tuple[str, Any, Any, Any, str], ...]] = (
    ("record_captures", "captures", "", str, "the folder of captures, beside `conf.py`"),
    (
        "record_register_page_size",
        200,
        "html",
        int,
        "after how many entries a register goes on on a page of its own, `REGISTER.2.html`",
    ),
    (
        "record_citation_pages",
        True,
        "html",
        bool,
        "whether each record has its page, `cite/ID.html`",
    ),
    (
        "record_address",
        "",
        "html",
        str,
        "where the stable version lives; `html_baseurl` if it is empty",
    ),
    (
        "record_exports",
        True,
        "html",
        (bool, list, tuple, str),
        "the formats that are published: `True` for all that need not be named, a list of names, "
        "or `False` for none",
    ),
    (
        "record_licence",
        "",
        "html",
        str,
        "the licence of what the editors wrote: an SPDX identifier such as `CC-BY-4.0`, or an "
        "address",
    ),
    (
        "record_origin",
        "",
        "html",
        str,
        "the address of the repository, for the SWHID of each source file",
    ),
)
"""The extension's own values: name, default, what is made again on a change, type, meaning."""


def declare(app: Sphinx) -> None:
    """Declare the extension's own values, and have the others filled in."""
    for name, default, rebuild, kind, meaning in VALUES:
        types = kind if isinstance(kind, tuple) else (kind,)
        app.add_config_value(name, default, rebuild, types=types, description=meaning)
    app.connect("config-inited", fill_in, priority=1)  # Before any other reads them.
    app.connect("config-inited", leave_captures_out, priority=900)  # What extensions add stays.


DEFAULTS: Final[dict[str, Any]] = {
    "primary_domain": "record",
    "myst_enable_extensions": {"colon_fence"},
    "myst_ref_domains": ["std", "record"],
    "bibtex_bibfiles": ["references.bib"],
    "bibtex_cite_id": "cite-{key}",
    "bibtex_default_style": "ontherecord",
    "bibtex_reference_style": "label",
}
"""``myst_ref_domains``: asking every domain for every link would cost an eighth of the reading."""


def fill_in(app: Sphinx, config: Config) -> None:
    """Set what conf.py and the command line leave open."""
    for name, value in DEFAULTS.items():
        if name == "bibtex_bibfiles":
            offer(config, name, [file for file in value if os.path.lexists(app.confdir / file)])
        else:
            offer(config, name, value)


def captures_folder(beside: Path, value: object) -> Path | None:
    """Give the folder of captures that ``record_captures`` names, from where ``conf.py`` is.

    Nothing is given where the setting is empty, or no text.
    """
    named = value.strip() if isinstance(value, str) else ""
    return Path(os.path.normpath(beside / named)) if named else None


def leave_captures_out(app: Sphinx, config: Config) -> None:
    """Keep captures from being read as documents: they are sources, and whole.

    The folder is left out whether it is there or not, so that a build without captures has
    the same settings. One that holds the edition itself is not left out.
    """
    folder = captures_folder(Path(app.confdir), config.record_captures)
    sources = Path(app.srcdir)
    if folder is None:
        return
    for path in dict.fromkeys((folder, Path(os.path.realpath(folder)))):
        if path != sources and path.is_relative_to(sources):
            name = unicodedata.normalize("NFC", path.relative_to(sources).as_posix())
            # A set that began with its own bracket would be taken for a nested one.
            literal = re.sub(
                r"[*?[]", lambda sign: "[][]" if sign[0] == "[" else f"[{sign[0]}]", name
            )
            config.exclude_patterns = [*config.exclude_patterns, literal]


def offer(config: Config, name: str, value: Any) -> None:
    """Set one value, unless conf.py or the command line has it."""
    if name not in config._raw_config and name not in config._overrides:
        config._raw_config[name] = value
        config.__dict__.pop(name, None)


FRONT_MATTER: Final = {
    "date": "the article's date, in EDTF; it makes the document an article",
    "description": "a sentence that stands below the title, and that search engines show",
    "nosearch": "`true` leaves the page out of the search; so does `no-search`",
}
"""What is read at the head of a document, beside what MyST and Sphinx read there."""

LEDGER: Final = "annotations/published.csv"
"""Where the ledger of identifiers is, beside ``conf.py``."""

CAPTURES: Final = "annotations/captures.csv"
"""Where it is kept what was verified, beside ``conf.py``."""

RECORD_PAGES: Final = "cite"
"""The folder below the output that has the pages of records."""

WITH_RECORD_PAGES: Final = frozenset(
    {"html", "dirhtml", "singlehtml", "readthedocs", "readthedocsdirhtml"}
)
"""Builders that write a page for each record."""

PAGED: Final = frozenset({"html", "dirhtml", "readthedocs", "readthedocsdirhtml"})
"""Builders that part a long register into pages; others get the whole list."""


def page_size(builder: Any) -> int:
    """Give how many entries a builder sets on a page, or 0 where it sets all of them."""
    return int(builder.config.record_register_page_size) if builder.name in PAGED else 0
