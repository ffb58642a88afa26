"""Sets a citation of one source in one step, where it is set as a label in brackets.

For upstream (sphinxcontrib-bibtex, `BibtexDomain.resolve_xref`): *a bracket around a link is put
together from some thirty objects of pybtex.* Each citation's reference is a template that is made,
filled in, joined and rendered by a backend, and the text of its tip is rendered again with it: half
a millisecond, for what is always the opening bracket, a link, and the closing one. What a style
makes of a label could be kept, and a tip rendered when its entry is formatted.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from docutils import nodes
from pybtex.plugin import find_plugin
from sphinx.util.nodes import make_refnode
from sphinxcontrib.bibtex.citation_target import parse_citation_targets
from sphinxcontrib.bibtex.style.referencing import BracketStyle
from sphinxcontrib.bibtex.style.referencing.label import LabelReferenceStyle

from ontherecord.economies.citations_by_key import CitationsByKey

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sphinxcontrib.bibtex.domain import Citation

_ROLE = "p"
"""The role of a label in brackets, which is also the one without a name of its own."""


class _Label(NamedTuple):
    """What a label in brackets leads to, and says when it is pointed at."""

    text: str
    docname: str
    anchor: str
    tip: str | None


class SingleCitations(CitationsByKey):
    """The domain with citations of one source set at once."""

    _labels: dict[tuple[str, str], _Label | None] | None = None
    _plain: Any = None

    def env_updated(self) -> Iterable[str]:
        """Forget the labels of what was listed."""
        self._labels = None
        updated: Iterable[str] = super().env_updated()
        return updated

    def resolve_xref(
        self, env: Any, fromdocname: str, builder: Any, typ: str, target: str, *rest: Any
    ) -> Any:
        """Give the node of a citation."""
        if typ == _ROLE and self._is_plain_label():
            targets = list(parse_citation_targets(target))
            if len(targets) == 1 and not targets[0].pre and not targets[0].post:
                label = self._label(targets[0].key, fromdocname)
                if label is not None:
                    return _set(label, builder, fromdocname, target)
        return super().resolve_xref(env, fromdocname, builder, typ, target, *rest)

    def _is_plain_label(self) -> bool:
        """Tell whether citations are labels in brackets, with nothing about these set otherwise."""
        style: Any = self.reference_style
        return type(style) is LabelReferenceStyle and style.bracket_parenthetical == BracketStyle()

    def _label(self, key: str, docname: str) -> _Label | None:
        """Give the label of what a key names in a document, or nothing where it names nothing."""
        if self._labels is None:
            self._labels, self._plain = {}, find_plugin("pybtex.backends", "plaintext")()
        seen_from = key, docname if self.listed.is_in(docname) else ""
        if seen_from not in self._labels:
            with self.seeing(self.listed.named([key])):
                citation = self._named(docname)
            self._labels[seen_from] = citation and _Label(
                citation.formatted_entry.label,
                citation.bibliography_key.docname,
                citation.citation_id,
                self._tip(citation),
            )
        return self._labels[seen_from]

    def _named(self, docname: str) -> Citation | None:
        """Give which is meant: what the document itself lists, else any; the last of several."""
        listed: list[Citation] = [
            citation
            for citation in self.citations
            if self.bibliographies[citation.bibliography_key].list_ == "citation"
        ]
        here = [one for one in listed if one.bibliography_key.docname == docname]
        found = here or listed
        return found[-1] if found else None

    def _tip(self, citation: Citation) -> str | None:
        if citation.tooltip_entry is None:
            return None
        said: str = citation.tooltip_entry.text.render(self._plain)
        return said.replace("\\url ", "")


def _set(label: _Label, builder: Any, docname: str, target: str) -> nodes.inline:
    link = make_refnode(
        builder, docname, label.docname, label.anchor, [nodes.Text(label.text)], label.tip
    )
    node = nodes.inline(target, "", nodes.Text("["), link, nodes.Text("]"))
    node["classes"].append("bibtex-citation")
    return node
