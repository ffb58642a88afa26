"""Joins what is spared of sphinxcontrib-bibtex's work into one domain, in the place of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from sphinxcontrib.bibtex.nodes import bibliography
from sphinxcontrib.bibtex.transforms import BibliographyTransform

from ontherecord.economies.citing_documents import CitingDocuments
from ontherecord.economies.held_data import pack
from ontherecord.economies.listed_once import ListedOnce
from ontherecord.economies.single_citations import SingleCitations
from ontherecord.settings import PAGED

if TYPE_CHECKING:
    from collections.abc import Set

    from sphinx.application import Sphinx


class SparingDomain(ListedOnce, SingleCitations, CitingDocuments):
    """The domain ``cite``, as upstream has it but for its cost."""

    data_version = CitingDocuments.data_version * 1000 + 3


class SparingTransform(BibliographyTransform):
    """Sets bibliographies with the citations of their own documents in view."""

    def run(self, **kwargs: Any) -> None:
        """Set the bibliographies of a page that has any."""
        domain = cast("SparingDomain", self.env.domains["cite"])
        documents: Set[str] = domain.listed.documents
        if self.env._builder_cls.name in PAGED:  # Elsewhere a tree may be of several documents.
            documents = documents & {self.env.docname}
        if not documents or not any(self.document.findall(bibliography)):
            return
        with domain.read_apart(), domain.narrowed_to(documents):
            super().run(**kwargs)


def connect(app: Sphinx) -> None:
    """Take the place of upstream's domain and transform."""
    app.add_domain(SparingDomain, override=True)
    transforms = app.registry.post_transforms
    transforms[transforms.index(BibliographyTransform)] = SparingTransform
    app.connect("env-get-updated", pack, priority=950)  # The last before it is stored.
