"""The domain ``record``: keeps what each document gives, and resolves references to records.

What reads documents, joins and views them is imported when that is done: a build in which nothing
changed does none of it.
"""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar, cast

from docutils import nodes
from sphinx.domains import Domain, ObjType
from sphinx.locale import get_translation
from sphinx.util.nodes import make_refnode

from ontherecord import late
from ontherecord.documents import VERSION, Documents
from ontherecord.languages import tag_of
from ontherecord.other_editions import OtherEditions
from ontherecord.packed import pack, unpack
from ontherecord.records import KINDS, Origin, Source, edition_of, kind_of
from ontherecord.settings import page_size

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence, Set

    from sphinx.addnodes import pending_xref
    from sphinx.builders import Builder
    from sphinx.environment import BuildEnvironment

    from ontherecord.edition import Edition
    from ontherecord.evidence.quote_evidence import Evidence
    from ontherecord.records import Quote, Record
    from ontherecord.views import Views

_T = TypeVar("_T")

_ = get_translation("ontherecord")


class RecordDomain(Domain):
    """Speakers, quotes, contradictions and annotations."""

    name = "record"
    label = "Record"
    data_version = VERSION
    initial_data: ClassVar[dict[str, Any]] = {"documents": Documents()}
    object_types: ClassVar[dict[str, ObjType]] = {
        "speaker": ObjType(_("speaker"), "speaker"),
        "quote": ObjType(_("quote"), "quote"),
        "contradiction": ObjType(_("contradiction"), "contradiction"),
        "annotation": ObjType(_("annotation"), "annotation"),
    }
    _edition: Edition | None = None
    _views: Views | None = None
    _viewed: Edition | None = None
    _others: OtherEditions | None = None
    _completing: Callable[[Edition], None] | None = None
    unchanged = False
    """Whether all that is published is what the last build into this folder left there."""
    is_left_alone = False
    """Whether, besides, no page is written in this build."""

    def __init__(self, env: BuildEnvironment) -> None:
        """Take the environment; directives and roles are imported with the first of them."""
        super().__init__(env)
        self.directives = late.Table(  # type: ignore[misc]  # As Sphinx's own class does.
            "markup.directives:DIRECTIVES", "markup.registers:REGISTERS"
        )
        self.roles = late.Table("markup.roles:ROLES")  # type: ignore[misc]

    @property
    def documents(self) -> Documents:
        """What was read, by document."""
        return cast("Documents", self.data["documents"])

    def clear_doc(self, docname: str) -> None:
        """Forget a document."""
        self.documents.pop(docname, None)
        self._edition = None

    def merge_domaindata(self, docnames: Set[str], otherdata: dict[str, Any]) -> None:
        """Take the documents that another process has read."""
        self.documents.take(docnames, otherdata["documents"])
        self._edition = None

    def join(self) -> Edition:
        """Join all documents into the Edition, anew after each reading."""
        from ontherecord.edition import Edition
        from ontherecord.evidence import ledger, verifications

        folder, others = Path(self.env.srcdir), self.other_editions
        self._edition = Edition(
            self.documents,
            self._sources(folder),
            tag_of(self.env.config.language),
            ledger=ledger.load(folder / ledger.NAME),
            verifications=verifications.load_verifications(folder / verifications.NAME),
            remote=others.quotes(self._named_elsewhere()) if others.addresses else {},
        )
        return self._edition

    def _sources(self, folder: Path) -> dict[str, Source]:
        """Give the sources, read anew from the bibliography's entries where its files changed."""
        bibliography = self.env.domains["cite"].data["bibdata"]
        read = [(str(path), file.mtime) for path, file in bibliography.bibfiles.items()]
        kept, packed = self.data.get("sources", ([], b""))
        if packed and kept == read:
            known: dict[str, Source] = unpack(packed, dict[str, Source])
            return known
        from ontherecord import sources

        found = sources.read(bibliography.data.entries, _origins(folder, bibliography.bibfiles))
        self.data["sources"] = (read, bytes(pack(found)))
        return found

    @property
    def other_editions(self) -> OtherEditions:
        """What the inventories of other editions say, looked at once a build."""
        return self._others or self.look_elsewhere()

    def look_elsewhere(self) -> OtherEditions:
        """Look at the inventories of other editions anew, as a build begins."""
        self._others = OtherEditions(self.env)
        return self._others

    def _named_elsewhere(self) -> set[str]:
        return {
            use.id
            for document in self.documents.values()
            for use in document.uses
            if use.kind != "source" and edition_of(use.id)
        }

    @property
    def edition(self) -> Edition:
        """The Edition of all documents read so far."""
        if self._edition is None:
            self._complete(self.join())
        return cast("Edition", self._edition)

    def complete_with(self, completing: Callable[[Edition], None]) -> None:
        """Take what tells an Edition what is known only when all is read, such as its imprint."""
        self._completing = completing
        if self._edition is not None:
            self._complete(self._edition)

    def _complete(self, edition: Edition) -> None:
        if self._completing is not None:
            self._completing(edition)
            self._views = None  # They may show what was not known yet.

    def evidence(self, quote: Quote) -> Evidence:
        """Give what the wordings of a quote show, collated once in a process."""
        from ontherecord.evidence.quote_evidence import evidence

        return evidence(self.edition, quote)

    @property
    def views(self) -> Views:
        """Views of the Edition, and in a front of that of all volumes."""
        if self._views is None or self._viewed is not self.edition:
            from ontherecord.joining.joint import joined
            from ontherecord.joining.volumes import gathered_in
            from ontherecord.views import Views

            cited = made_of_citations(self.env, "places", _places)
            self._viewed = self.edition
            volumes = gathered_in(self.env.app)
            edition = self.edition if volumes is None else joined(self.edition, volumes)
            self._views = Views(edition, cited, page_size(self.env.app.builder))
        if self._views.edition is not self.edition:  # What it says of itself is known later.
            self._views.edition.imprint = self.edition.imprint
        return self._views

    def resolve_xref(
        self,
        env: BuildEnvironment,
        fromdocname: str,
        builder: Builder,
        typ: str,
        target: str,
        node: pending_xref,
        contnode: nodes.Element,
    ) -> nodes.reference | None:
        """Give the reference to a record of the kind named, or nothing where there is none."""
        record = self.views.edition.records.get(target)
        if record is None or kind_of(record) != typ:
            return None
        link = self.views.link(record)
        if not node.get("refexplicit"):
            contnode = contnode.deepcopy()
            contnode.clear()
            contnode += nodes.Text(link.label)
        reference = make_refnode(builder, fromdocname, link.docname, link.anchor, contnode)
        reference["classes"].append("record-ref")
        reference["record"] = link.id
        return reference

    def resolve_any_xref(
        self,
        env: BuildEnvironment,
        fromdocname: str,
        builder: Builder,
        target: str,
        node: pending_xref,
        contnode: nodes.Element,
    ) -> list[tuple[str, nodes.reference]]:
        """Give the reference to the record of whatever kind, by identifier or anchor."""
        record = self.any_record(target)
        if record is None:
            return []
        found = self.resolve_xref(
            env, fromdocname, builder, kind_of(record), record.id, node, contnode
        )
        return [(f"record:{kind_of(record)}", found)] if found is not None else []

    def any_record(self, target: str) -> Record | None:
        """Give the record with an identifier, or with an anchor such as ``quote-ID``."""
        kind, _hyphen, identifier = target.partition("-")
        records = self.views.edition.records
        if (record := records.get(target)) is not None:
            return record
        record = records.get(identifier) if kind in KINDS else None
        return record if record is not None and kind_of(record) == kind else None

    def get_objects(self) -> Iterable[tuple[str, str, str, str, str, int]]:
        """Give every record, for the inventory and for search."""
        edition = self.edition
        for record in edition.own.values():
            yield (
                record.id,
                edition.label(record),
                kind_of(record),
                edition.home(record),
                edition.anchor(record),
                1,
            )

    def get_full_qualified_name(self, node: nodes.Element) -> str | None:
        """Give the identifier that a reference names."""
        return cast("str | None", node.get("reftarget"))


def _origins(folder: Path, files: Iterable[Path]) -> dict[str, Origin]:
    """Give where each entry of the bibliography is written."""
    from ontherecord.sources import lines

    found: dict[str, Origin] = {}
    for file in map(Path, files):
        name = file.relative_to(folder).as_posix() if file.is_relative_to(folder) else str(file)
        with suppress(OSError):  # It is reported where it is read.
            text = file.read_text(encoding="utf-8-sig", errors="replace")
            found |= {key: Origin(name, line) for key, line in lines(text).items()}
    return found


def _places(citations: Sequence[Any]) -> dict[str, tuple[str, str]]:
    """Give where each source is listed first, by key: document and anchor."""
    return {one.key: (one.bibliography_key.docname, one.citation_id) for one in reversed(citations)}


def domain_of(env: BuildEnvironment) -> RecordDomain:
    """Give the domain of an environment."""
    return cast("RecordDomain", env.domains["record"])


def made_of_citations(env: BuildEnvironment, name: str, make: Callable[[Sequence[Any]], _T]) -> _T:
    """Give what is made of all that bibliographies list, kept by their domain if it keeps things.

    ``name`` is that of what is made; it is stored with the environment while the lists stay.
    """
    cite: Any = env.domains["cite"]
    kept: Callable[[str, Callable[[], _T]], _T] | None = getattr(cite, "kept", None)
    if kept is None:
        return make(cite.citations)
    return kept(name, lambda: make(cite.citations))
