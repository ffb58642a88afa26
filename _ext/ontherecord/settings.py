"""What an edition gets without a word in conf.py, and may always set otherwise there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.config import Config

VALUES: Final[tuple[tuple[str, Any, Any, Any], ...]] = (
    ("record_captures", "captures", "", str),
    ("record_register_page_size", 200, "html", int),
    ("record_citation_pages", True, "html", bool),
    ("record_address", "", "html", str),
    ("record_exports", True, "html", (bool, list, tuple, str)),
    ("record_licence", "", "html", str),
    ("record_origin", "", "html", str),
)
"""The extension's own values: name, default, what is made again on a change, type."""


def declare(app: Sphinx) -> None:
    """Declare the extension's own values, and have the others filled in."""
    for name, default, rebuild, kind in VALUES:
        app.add_config_value(
            name, default, rebuild, types=kind if isinstance(kind, tuple) else (kind,)
        )
    app.connect("config-inited", fill_in, priority=1)  # Before any other reads them.


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
            offer(config, name, [file for file in value if (app.confdir / file).is_file()])
        else:
            offer(config, name, value)


def offer(config: Config, name: str, value: Any) -> None:
    """Set one value, unless conf.py or the command line has it."""
    if name not in config._raw_config and name not in config._overrides:
        config._raw_config[name] = value
        config.__dict__.pop(name, None)


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
