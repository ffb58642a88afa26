"""Joins what is spared of sphinxcontrib-bibtex's work into one domain, in the place of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, cast

from sphinxcontrib.bibtex.nodes import bibliography
from sphinxcontrib.bibtex.transforms import BibliographyTransform

from ontherecord.economies.citing_documents import CitingDocuments
from ontherecord.economies.held_data import HeldEntries
from ontherecord.economies.later import Later
from ontherecord.economies.listed_once import ListedOnce
from ontherecord.economies.single_citations import SingleCitations
from ontherecord.settings import PAGED

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment
    from sphinxcontrib.bibtex.bibfile import BibData

_HELD: Final = ("bibliographies", "citation_refs", "kept")


class SparingDomain(ListedOnce, SingleCitations, CitingDocuments):
    """The domain ``cite``, as upstream has it but for its cost."""

    data_version = CitingDocuments.data_version * 1000 + 4


class SparingTransform(BibliographyTransform):
    """Sets bibliographies with the citations of their own documents in view."""

    def run(self, **kwargs: Any) -> None:
        """Set the bibliographies of a page that has any."""
        domain = cast("SparingDomain", self.env.domains["cite"])
        # Elsewhere a tree may be of several documents.
        if self.env._builder_cls.name in PAGED and not domain.listed.is_in(self.env.docname):
            return
        names = {node["docname"] for node in self.document.findall(bibliography)}
        if names:
            with domain.seeing(domain.listed.to_be_set(sorted(names))):
                super().run(**kwargs)


def pack(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Have the domain's data stored as bytes, before the environment is stored."""
    domain = cast("SparingDomain", env.domains["cite"])
    data = domain.data
    if not isinstance(data["citations"], Later):
        data["citations"] = Later(domain.listed)
    for name in _HELD:
        if name in data and not isinstance(data[name], Later):
            data[name] = Later(data[name])
    read: BibData = data["bibdata"]
    if not isinstance(read.data, HeldEntries):
        data["bibdata"] = read._replace(data=HeldEntries(read.data))
    return []


def connect(app: Sphinx) -> None:
    """Take the place of upstream's domain and transform."""
    app.add_domain(SparingDomain, override=True)
    transforms = app.registry.post_transforms
    transforms[transforms.index(BibliographyTransform)] = SparingTransform
    app.connect("env-get-updated", pack, priority=950)  # The last before it is stored.
