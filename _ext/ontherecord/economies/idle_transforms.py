"""Passes over the transforms that find nothing in a document of what they look for.

For upstream (docutils, `docutils.transforms.Transformer.apply_transforms`): *a page is walked some
thirty times for nodes that it has not.* Most of the fifty transforms of a Sphinx document walk the
whole tree for one kind of node, block quotes, targets, citations, glossaries, and most pages have
none of them. One walk tells which kinds there are. A transform could name the kinds that it works
on, as translators do by their methods, and `apply_transforms` pass it over where there are none.

A post-transform that says for which builders or formats it is, is made for each page of all others
too, only to find that out; half of them are of no use to one of HTML.

What is named below was read off the sources of the versions in `KNOWN`; with others, nothing is
passed over. What kinds are in the tree is asked again after each transform that ran and may have
added to them.
"""

from __future__ import annotations

import os
from functools import lru_cache
from gettext import NullTranslations
from typing import TYPE_CHECKING, Any, Final

import docutils
import myst_parser
import sphinx
from docutils import languages, nodes
from docutils.transforms import Transformer, frontmatter, misc, references, universal
from myst_parser.mdit_to_docutils import transforms as of_myst
from sphinx import addnodes, locale, transforms
from sphinx.builders.latex.transforms import FootnoteDocnameUpdater
from sphinx.domains import c, cpp
from sphinx.domains.citation import CitationDefinitionTransform, CitationReferenceTransform
from sphinx.transforms import compact_bullet_list, i18n, post_transforms
from sphinx.transforms.post_transforms import SphinxPostTransform, code, images
from sphinx.transforms.references import SphinxDanglingReferences
from sphinx.util.i18n import docname_to_domain
from sphinx_design import badges_buttons
from sphinx_design.aside import AsideHtmlTransform
from sphinx_design.dropdown import DropdownHtmlTransform
from sphinx_design.extension import AddFirstTitleCss
from sphinx_design.tabs import TabSetHtmlTransform

from ontherecord.economies.replacing import replace
from ontherecord.economies.tree_walks import below

if TYPE_CHECKING:
    from collections.abc import Callable

KNOWN: Final = {"sphinx": "9.0", "docutils": "0.22", "myst_parser": "5.2"}

WORKS_ON: Final[dict[Any, tuple[type, ...]]] = {
    transforms.DefaultSubstitutions: (nodes.substitution_reference,),
    transforms.MoveModuleTargets: (nodes.target,),
    transforms.HandleCodeBlocks: (nodes.block_quote,),
    transforms.AutoIndexUpgrader: (addnodes.index,),
    transforms.DoctestTransform: (nodes.doctest_block,),
    transforms.GlossarySorter: (addnodes.glossary,),
    transforms.ReorderConsecutiveTargetAndIndexNodes: (nodes.target,),
    transforms.FilterSystemMessages: (nodes.system_message,),
    i18n.PreserveTranslatableMessages: (addnodes.translatable,),
    references.Substitutions: (nodes.substitution_reference,),
    references.PropagateTargets: (nodes.target,),
    references.AnonymousHyperlinks: (nodes.reference, nodes.target),
    references.ExternalTargets: (nodes.target,),
    references.InternalTargets: (nodes.target,),
    misc.Transitions: (nodes.transition,),
    CitationDefinitionTransform: (nodes.citation,),
    CitationReferenceTransform: (nodes.citation_reference,),
    FootnoteDocnameUpdater: (nodes.footnote, nodes.footnote_reference),
    SphinxDanglingReferences: (
        *(nodes.reference, nodes.footnote_reference, nodes.citation_reference),
        nodes.target,
    ),
    of_myst.ResolveAnchorIds: (nodes.reference,),
    post_transforms.OnlyNodeTransform: (addnodes.only,),
    post_transforms.PropagateDescDomain: (addnodes.desc_signature,),
    code.HighlightLanguageTransform: (nodes.literal_block, addnodes.highlightlang),
    code.TrimDoctestFlagsTransform: (nodes.literal_block, nodes.doctest_block),
    images.ImageDownloader: (nodes.image,),
    images.DataURIExtractor: (nodes.image,),
    c.AliasTransform: (c.AliasNode,),
    cpp.AliasTransform: (cpp.AliasNode,),
}
"""The kinds of nodes without which a transform does nothing."""

WORKS_ON_COMPONENTS: Final[frozenset[Any]] = frozenset(
    (AsideHtmlTransform, DropdownHtmlTransform, TabSetHtmlTransform)
)
"""Transforms that do nothing without a component of sphinx-design's: a container, and no kind
that is derived from it."""


def _has_no_footnotes(document: nodes.document) -> bool:
    return not (
        document.footnotes
        or document.autofootnotes
        or document.symbol_footnotes
        or document.footnote_refs
        or document.autofootnote_refs
        or document.symbol_footnote_refs
    )


def _has_no_notes(document: nodes.document) -> bool:
    return _has_no_footnotes(document) and not (document.citations or document.citation_refs)


def _has_no_indirect_targets(document: nodes.document) -> bool:
    return not document.indirect_targets


def _has_no_explicit_names(document: nodes.document) -> bool:
    return not any(document.nametypes.values())


def _has_no_decorations(document: nodes.document) -> bool:
    settings = document.settings
    return not (
        settings.generator or settings.datestamp or settings.source_link or settings.source_url
    )


def _has_no_catalogue(document: nodes.document) -> bool:
    """Tell whether Sphinx would find no translation of a document."""
    env = document.settings.env
    domain = docname_to_domain(env.current_document.docname, env.config.gettext_compact)
    if type(locale.translators.get(("general", domain))) not in {type(None), _NO_TRANSLATIONS}:
        return False
    folders = (os.path.join(env.srcdir, folder) for folder in env.config.locale_dirs)  # noqa: PTH118
    return not any(map(os.path.exists, folders))


_NO_TRANSLATIONS: Final = NullTranslations

IDLE_IF: Final[dict[Any, Callable[[nodes.document], bool]]] = {
    i18n.Locale: _has_no_catalogue,
    references.IndirectHyperlinks: _has_no_indirect_targets,
    references.Footnotes: _has_no_notes,
    universal.Decorations: _has_no_decorations,
    of_myst.UnreferencedFootnotesDetector: _has_no_footnotes,
    of_myst.CollectFootnotes: _has_no_footnotes,
    of_myst.PrioritiseExplicitIds: _has_no_explicit_names,
}
"""What a transform does nothing for, where that is not a kind of node."""

ADDS_NONE: Final[frozenset[Any]] = frozenset(
    (
        *(transforms.ApplySourceWorkaround, transforms.ExtraTranslatableNodes),
        *(transforms.AutoNumbering, transforms.SortIds, transforms.SphinxSmartQuotes),
        *(i18n.TranslationProgressTotaliser, i18n.AddTranslationClasses),
        *(i18n.RemoveTranslatableInline, compact_bullet_list.RefOnlyBulletListTransform),
        *(of_myst.PrioritiseExplicitIds, of_myst.AddSlugIds, of_myst.SortFootnotes),
        *(frontmatter.DocTitle, frontmatter.SectionSubTitle, AddFirstTitleCss),
        *(universal.StripComments, universal.Validate, universal.ExposeInternals),
        *(badges_buttons.BadgeRefTooltipStash, badges_buttons.BadgeRefTooltipGraft),
        *(badges_buttons.ButtonRefContentStash, post_transforms.SigElementFallbackTransform),
    )
)
"""Transforms that run and add no node of the kinds above."""


def apply() -> None:
    """Have docutils' transformer pass idle transforms over, if all versions are known."""
    if are_known():
        replace(Transformer, "apply_transforms", apply_transforms)


def are_known() -> bool:
    """Tell whether these are the versions whose transforms were read."""
    found = {"sphinx": sphinx, "docutils": docutils, "myst_parser": myst_parser}
    return all(
        module.__version__.split(".")[:2] == KNOWN[name].split(".")
        for name, module in found.items()
    )


def apply_transforms(self: Any) -> None:
    """Apply the transforms, in order of priority, as docutils' own method does."""
    document = self.document
    # Where docutils does not know the language, each transform says so when it is made, and must
    # be made for it; `sphinx-build` puts a function in the place of docutils' that says nothing.
    languages_known = getattr(languages.get_language, "cache", None)
    is_silent = languages_known is None or document.settings.language_code in languages_known
    document.reporter.attach_observer(document.note_transform_message)
    kinds: frozenset[type] | None = None
    while self.transforms:
        if not self.sorted:
            self.transforms.sort(reverse=True)
            self.sorted = True
        priority, transform, pending, given = self.transforms.pop()
        is_idle = is_silent and is_for_others(transform, document.settings)
        if is_silent and pending is None and not is_idle:
            if transform in IDLE_IF:
                is_idle = IDLE_IF[transform](document)
            elif transform in WORKS_ON or transform in WORKS_ON_COMPONENTS:
                if kinds is None:
                    kinds = frozenset(map(type, below(document)))
                is_idle = not works_on_any(transform, kinds)
        if not is_idle:
            transform(document, startnode=pending).apply(**given)
            if transform not in ADDS_NONE:
                kinds = None
        self.applied.append((priority, transform, pending, given))
    document.reporter.detach_observer(document.note_transform_message)


def is_for_others(transform: Any, settings: Any) -> bool:
    """Tell whether a post-transform says that it is for other builders or formats."""
    env = getattr(settings, "env", None)
    if env is None or not issubclass(transform, SphinxPostTransform):
        return False
    builder = env._builder_cls
    return _leaves_alone(transform, builder.name, builder.format)


@lru_cache(maxsize=4096)
def _leaves_alone(transform: type[SphinxPostTransform], builder: str, kind: str) -> bool:
    if (
        transform.is_supported is not SphinxPostTransform.is_supported
        or transform.apply is not SphinxPostTransform.apply
    ):
        return False  # It tells in a way of its own.
    if transform.builders and builder not in transform.builders:
        return True
    return bool(transform.formats) and kind not in transform.formats


def works_on_any(transform: Any, kinds: frozenset[type]) -> bool:
    """Tell whether a transform may find anything in a document with nodes of these kinds."""
    if transform in WORKS_ON_COMPONENTS:
        return nodes.container in kinds
    return has_any(kinds, WORKS_ON[transform])


@lru_cache(maxsize=4096)
def has_any(kinds: frozenset[type], wanted: tuple[type, ...]) -> bool:
    """Tell whether any of the kinds is, or is derived from, one of those wanted."""
    return any(issubclass(kind, wanted) for kind in kinds)
