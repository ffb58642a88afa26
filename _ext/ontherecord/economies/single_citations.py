"""Sets a citation of one source in one step, where it is set as a label in brackets.

For upstream (sphinxcontrib-bibtex, `BibtexDomain.resolve_xref`): *a bracket around a link is put
together from some thirty objects of pybtex.* Each citation's reference is a template that is made,
filled in, joined and rendered by a backend, and the text of its tip is rendered again with it: half
a millisecond, for what is always the opening bracket, a link, and the closing one. What a style
makes of a label could be kept, and a tip rendered when its entry is formatted.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from docutils import nodes
from pybtex.plugin import find_plugin
from sphinx.util.nodes import make_refnode
from sphinxcontrib.bibtex.citation_target import parse_citation_targets
from sphinxcontrib.bibtex.domain import BibtexDomain
from sphinxcontrib.bibtex.style.referencing import BracketStyle
from sphinxcontrib.bibtex.style.referencing.label import LabelReferenceStyle

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sphinxcontrib.bibtex.domain import Citation

_ROLE = "p"
"""The role of a label in brackets, which is also the one without a name of its own."""


class SingleCitations(BibtexDomain):
    """The domain with citations of one source set at once."""

    _tips: dict[str, str] | None = None
    _plain: Any = None

    def env_updated(self) -> Iterable[str]:
        """Forget the tips of what was listed."""
        self._tips = None
        updated: Iterable[str] = super().env_updated()
        return updated

    def resolve_xref(
        self, env: Any, fromdocname: str, builder: Any, typ: str, target: str, *rest: Any
    ) -> Any:
        """Give the node of a citation."""
        if typ == _ROLE and self._is_plain_label():
            targets = list(parse_citation_targets(target))
            if len(targets) == 1 and not targets[0].pre and not targets[0].post:
                citation = self._named(targets[0].key, fromdocname)
                if citation is not None:
                    return self._set(citation, builder, fromdocname, target)
        return super().resolve_xref(env, fromdocname, builder, typ, target, *rest)

    def _is_plain_label(self) -> bool:
        """Tell whether citations are labels in brackets, with nothing about these set otherwise."""
        style: Any = self.reference_style
        return type(style) is LabelReferenceStyle and style.bracket_parenthetical == BracketStyle()

    def _named(self, key: str, docname: str) -> Citation | None:
        """Give what a key names: in the document itself, else anywhere; the last of several."""
        listed = [
            citation
            for citation in self.citations
            if citation.key == key
            and self.bibliographies[citation.bibliography_key].list_ == "citation"
        ]
        here = [one for one in listed if one.bibliography_key.docname == docname]
        found = here or listed
        return found[-1] if found else None

    def _set(self, citation: Citation, builder: Any, docname: str, target: str) -> nodes.inline:
        label = nodes.Text(citation.formatted_entry.label)
        link = make_refnode(
            builder,
            docname,
            citation.bibliography_key.docname,
            citation.citation_id,
            [label],
            self._tip(citation),
        )
        node = nodes.inline(target, "", nodes.Text("["), link, nodes.Text("]"))
        node["classes"].append("bibtex-citation")
        return node

    def _tip(self, citation: Citation) -> str | None:
        if citation.tooltip_entry is None:
            return None
        if self._tips is None:
            self._tips, self._plain = {}, find_plugin("pybtex.backends", "plaintext")()
        tip = self._tips.get(citation.key)
        if tip is None:
            said: str = citation.tooltip_entry.text.render(self._plain)
            tip = self._tips[citation.key] = said.replace("\\url ", "")
        return tip
