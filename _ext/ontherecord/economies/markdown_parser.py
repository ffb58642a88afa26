"""Keeps MyST's parser for the next document that has the same configuration.

For upstream (MyST, `myst_parser.parsers.sphinx_.MystParser.parse`): *a parser is made for each
document, and thrown away.* `create_md_parser` registers some fifty rules in four lists, and the
renderer looks through all its members for methods that render; `merge_file_level` copies and checks
the forty fields of the configuration three times where the front matter changes none of them.
Nearly all documents of a project have the same configuration. Parsers could be kept by it.

A parser is kept only once its document is done, and only if no directive left anything in it.
"""

from __future__ import annotations

from copy import copy
from typing import TYPE_CHECKING, Any, Final

from myst_parser.config.main import merge_file_level
from myst_parser.parsers import sphinx_
from myst_parser.parsers.mdit import create_md_parser

from ontherecord.economies import plain_paragraphs
from ontherecord.economies.replacing import replace

if TYPE_CHECKING:
    from docutils import nodes
    from markdown_it import MarkdownIt
    from myst_parser.config.main import MdParserConfig

_OF_FRONT_MATTER: Final = ("myst", "html_meta", "substitutions")
"""The keys of front matter that change a document's configuration."""

_MOST: Final = 8
"""Most parsers that are kept: projects have few configurations, and each of them costs."""

_parse: Final = sphinx_.MystParser.parse


def apply() -> None:
    """Have MyST take its parsers from here."""
    replace(sphinx_, "create_md_parser", create)
    replace(sphinx_, "merge_file_level", merge)
    replace(sphinx_.MystParser, "parse", parse)


class Kept:
    """A parser, with what it was like when it was made."""

    def __init__(self, config: MdParserConfig, renderer: Any) -> None:
        """Make the parser."""
        self.parser: MarkdownIt = create_md_parser(config, renderer)
        plain_paragraphs.add(self.parser, config)
        self.config, self.renderer = config, renderer
        self._options = dict(self.parser.options)
        self._rules = self._rules_now()
        self._attributes = dict(vars(self.parser.renderer))
        self._renders = dict(self._attributes["rules"])

    def fits(self, config: MdParserConfig, renderer: Any) -> bool:
        """Tell whether a document with this configuration would get the same parser."""
        return self.renderer is renderer and self.config == config

    def take(self, config: MdParserConfig) -> MarkdownIt:
        """Give the parser for one more document."""
        self.parser.options["myst_config"] = config
        return self.parser

    def clean(self) -> bool:
        """Make the parser forget its document, and tell whether it is as it was made."""
        options = self.parser.options
        options.pop("document", None)
        options["myst_config"] = self.config
        attributes = vars(self.parser.renderer)
        renders = attributes["rules"]
        attributes.clear()
        attributes.update(self._attributes)
        rules = self._rules_now()
        is_same = options == self._options and renders == self._renders and rules == self._rules
        attributes["rules"] = dict(self._renders)
        return is_same

    def _rules_now(self) -> list[tuple[str, bool]]:
        parser = self.parser
        rulers = (parser.core.ruler, parser.block.ruler, parser.inline.ruler, parser.inline.ruler2)
        return [
            (rule.name, rule.enabled)
            for ruler in rulers
            for rule in ruler.__rules__
            if rule.name != "myst_preserve_newline"  # MyST's own; asleep unless it is called.
        ]


_free: Final[list[Kept]] = []
_taken: Final[list[list[Kept]]] = []
"""The parsers that each document took which is now being parsed: one may be included in another."""


def create(config: MdParserConfig, renderer: Any) -> MarkdownIt:
    """Give a parser as `myst_parser.parsers.mdit.create_md_parser` does."""
    if not _taken:
        return create_md_parser(config, renderer)
    kept = next((one for one in _free if one.fits(config, renderer)), None)
    if kept is None:
        kept = Kept(config, renderer)
    else:
        _free.remove(kept)
    _taken[-1].append(kept)
    return kept.take(config)


def merge(config: MdParserConfig, topmatter: dict[str, Any], warning: Any) -> MdParserConfig:
    """Give the configuration as `myst_parser.config.main.merge_file_level` does."""
    if any(key in topmatter for key in _OF_FRONT_MATTER):
        return merge_file_level(config, topmatter, warning)
    return copy(config)


def parse(self: sphinx_.MystParser, inputstring: str, document: nodes.document) -> None:
    """Parse a document, and keep its parser if nothing went wrong."""
    _taken.append([])
    try:
        _parse(self, inputstring, document)
    finally:
        taken = _taken.pop()
    for kept in taken:
        if kept.clean():
            _free.append(kept)
    del _free[:-_MOST]
