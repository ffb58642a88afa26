"""Composes a document for a part: with the records that are at home there, and its copies."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from ontherecord.parting import markdown, restructured
from ontherecord.parting.contents import Listing, with_contents
from ontherecord.parting.cutting import (
    Span,
    dedented,
    end_of,
    renamed,
    with_option,
    without,
    without_issues,
)
from ontherecord.parting.links import Elsewhere, redirected
from ontherecord.parting.mistakes import Mistake
from ontherecord.records import Contradiction, Query, Record, kind_of, names_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ontherecord.parting.material import Lead, Material
    from ontherecord.parting.plan import Part, Plan
    from ontherecord.parting.site import Site
    from ontherecord.records import Document

_ADDRESS: Final = re.compile(r"\b(?:href|src)\s*=")
_NAMING: Final = ("between", "answered-by", "on")


@dataclass(frozen=True, slots=True)
class Composed:
    """A document of a part: its lines, or nothing where its file is taken as it is."""

    docname: str
    lines: tuple[str, ...] | None


class Composer:
    """Composes the documents of one part."""

    def __init__(
        self,
        material: Material,
        plan: Plan,
        part: Part,
        site: Site,
        *,
        has_registers: bool = False,
    ) -> None:
        """Take what is parted and how, and where all of it will be.

        ``has_registers`` tells whether a volume has registers of its own, besides the front.
        """
        self._has_registers = has_registers
        self._material = material
        self._edition = material.edition
        self._plan = plan
        self._part = part
        self._site = site
        self._copies = set(part.copies)
        self._own = set(part.records)
        self.here = set(self._names())
        self._listing = Listing(
            self.here,
            material.files,
            self._moved if part.is_front else None,
            frozenset(material.articles),
        )
        self.mistakes: list[Mistake] = []

    def _names(self) -> Iterator[str]:
        """Give the documents that the part has."""
        yield from self._part.articles
        material = self._material
        for name in material.others():
            document = self._edition.documents.get(name)
            if self._part.is_front or (
                name != material.root
                and (
                    name in material.bibliographies
                    or (document is not None and self._is_wanted(document))
                )
            ):
                yield name
        if not self._part.is_front:
            # A list of articles that only its table of contents makes one.
            for name, below in material.below.items():
                is_list = name not in material.articles and name != material.root
                if is_list and set(below) & set(self._part.articles):
                    yield name

    def _moved(self, docname: str) -> tuple[str, str]:
        """Give the title of an article, and where it is now."""
        return self._material.articles[docname].title, self._site.of_document(docname)

    def _is_wanted(self, document: Document) -> bool:
        """Tell whether something of a document that is no article is a volume's as well."""
        registers = (query for query, _line in document.queries if self._applies(query))
        return (self._has_registers and any(registers)) or any(
            record.id in self._own or record.id in self._copies for record in document.records
        )

    def _applies(self, query: Query) -> bool:
        """Tell whether a register's filters name what the part has."""
        edition, known = self._edition, self._own | self._copies
        topics = (
            {
                topic
                for name in self._own
                if name in edition.quotes
                for topic in edition.quotes[name].topics
            }
            if query.topic
            else set()
        )
        return (
            (not query.speaker or query.speaker in known)
            and (not query.article or query.article in self._part.articles)
            and (not query.topic or query.topic in topics)
        )

    def documents(self) -> Iterator[Composed]:
        """Give the part's documents; those that all can have as they are have no lines."""
        for name in sorted(self.here):
            yield Composed(name, self._lines(name))

    def _lines(self, name: str) -> tuple[str, ...] | None:
        document = self._edition.documents.get(name)
        records = [one for one in document.records if not one.origin.file] if document else []
        before = self._material.lines(name)
        if name in self._plan.of_article and not self._leads(name, document, before):
            return None
        lines, wrong = self._redirected(name, before)
        spans: list[Span] = []
        inserted: dict[int, tuple[str, ...]] = {}
        for record in records:
            first, last = record.origin.line, record.origin.last
            if record.id in self._own:
                spans += self._fit(lines, record)
            elif record.id in self._copies:
                inserted[first] = tuple(self._copy(lines, record))
                spans.append(Span(first, last))
            else:
                if self._part.is_front:
                    ends = last == len(lines) or not lines[last].strip()
                    inserted[first] = (*self._place(record, name), *([] if ends else [""]))
                spans.append(Span(first, last))
                wrong = [one for one in wrong if not first <= one.line <= last]
        if document and not self._part.is_front:
            spans += [
                Span(line, end_of(lines, line))
                for query, line in document.queries
                if not self._applies(query)
            ]
        self.mistakes += wrong
        lines = _put(lines, spans, inserted)
        made = tuple(with_contents(lines, name, self._listing))
        return None if list(made) == before else made

    def _copy(self, lines: list[str], record: Record) -> list[str]:
        """Give the directive of a record that is at home elsewhere, with where that is."""
        spans = self._fit(lines, record)
        kept = without(lines[: record.origin.last], spans)[record.origin.line - 1 :]
        return with_option(kept, "copied-from", self._plan.homes[record.id])

    def _place(self, record: Record, name: str) -> tuple[str, ...]:
        """Give what stands in the front where a record was: its old anchor, and a link to it."""
        kind = kind_of(record)
        anchor, named = f"{kind}-{record.id}", f"record:{kind}"
        if self._material.files[name].endswith(".md"):
            return (f"({anchor})=", f"- {{{named}}}`{record.id}`")
        return (f".. _{anchor}:", "", f"* :{named}:`{record.id}`")

    def _leads(self, name: str, document: Document | None, lines: list[str]) -> bool:
        """Tell whether an article has anything that may lead into another part."""
        if not self._material.files[name].endswith(".md"):
            return True
        references = document.references if document else ()
        there = self._elsewhere(name)
        return (
            any(self._is_elsewhere(there, kind, target) for _, kind, target in references)
            or any(self._called(use.id) for use in (document.uses if document else ()))
            or bool(set(self._material.sources.get(name, ())) - self.here)
            or any(_ADDRESS.search(text) for text in lines)
        )

    def _is_elsewhere(self, there: Elsewhere, kind: str, target: str) -> bool:
        if kind == "numref":
            return self._other_label(target)
        path = target.partition("#")[0]
        return any(self._other_part(there.named(one)) for one in (path, f"/{path.lstrip('/')}"))

    def _other_label(self, name: str) -> bool:
        label = self._material.labels.get(name.lower())
        return label is not None and bool(self._other_part(label.docname))

    def _elsewhere(self, name: str, *, is_moved: bool = False) -> Elsewhere:
        def page(path: str) -> str:
            docname = self._site.documents.get(path)
            if docname is None:
                part = self._site.part_of(path)
                is_here = not part or part == self._part.name
                return "" if is_here and not is_moved else self._site.address(part) + path
            if docname in self.here and not is_moved:
                return ""
            part = self._part.name if docname in self.here else ""
            return self._site.of_document(docname, part)

        return Elsewhere(
            name,
            self._other_part,
            self._site.of_document,
            page,
            self._material.anchor,
            (lambda _name: "") if self._part.is_front else self._called,
            self._site.below(name),
            self._material.files,
            is_moved,
        )

    def _other_part(self, docname: str) -> str:
        """Give the part of a document that this one does not have."""
        if docname in self.here or docname not in self._material.files:
            return ""
        return self._plan.part_of(docname)

    def _renamed(self, record: Record) -> dict[str, str]:
        """Give what each record that one names is called here: ``NAME:ID`` for one elsewhere."""
        return {name: self._called(name) or name for name in names_of(record)}

    def _called(self, identifier: str) -> str:
        """Give what a record of another part is called here, or nothing for one that is here."""
        home = self._plan.homes.get(identifier, "")
        is_here = not home or home == self._part.name or identifier in self._copies
        return "" if is_here else f"{home}:{identifier}"

    def _redirected(
        self, name: str, lines: list[str], *, is_moved: bool = False
    ) -> tuple[list[str], list[Mistake]]:
        """Have links and references lead to other parts; give what cannot be made to as well.

        A front knows by name what volumes have.
        """
        path, there = self._material.files[name], self._elsewhere(name, is_moved=is_moved)
        is_markdown = path.endswith(".md")
        places = (
            markdown.places(lines, self._material.syntax)
            if is_markdown
            else restructured.places(lines)
        )
        made = redirected(lines, places, there)
        wrong = [Mistake(path, line, message) for line, message in made.wrong]
        for lead in self._material.leads(name):
            message = self._left(lead, there, made.led)
            if message:
                wrong.append(Mistake(lead.file or path, lead.line, message))
        return made.lines, wrong

    def _left(self, lead: Lead, there: Elsewhere, led: set[tuple[str, str]]) -> str:
        """Give what is wrong with a link that still leads to a document of another part."""
        kind, target = lead.kind, lead.target
        if kind == "numref":
            if not self._other_label(target):
                return ""
            part = self._plan.part_of(self._material.labels[target].docname)
            return (
                f'what "{target}" names is numbered in another part, "{part}": refer to it with '
                f"{{ref}}`{target}`, or give its number as words"
            )
        if kind == "any":
            target = there.named(target)
        part = self._other_part(target)
        if not part or (not lead.file and (kind, target) in led):
            return ""
        if kind == "download":
            return (
                f'the source of {target} is offered here, which falls into another part, "{part}": '
                "link to the document instead"
            )
        if kind == "include":
            return (
                f'{target} is taken in here, and falls into another part, "{part}": put what both '
                "need into a file that is no document, and take that in"
            )
        if kind == "any" and lead.target.lower() in self._material.labels:
            return ""
        address = self._site.of_document(target)
        return (
            f'this leads to {target}, which falls into another part, "{part}", and cannot be '
            f"changed here: write its address, {address}"
        )

    def _fit(self, lines: list[str], record: Record) -> list[Span]:
        """Name what a record names as the part knows it; give the lines that it cannot have."""
        names = self._renamed(record)
        if not any(name != shown for name, shown in names.items()):
            return []
        line = record.origin.line
        renamed(lines, line, names, _NAMING)
        if isinstance(record, Contradiction):
            own = (name for name, shown in names.items() if name == shown)
            return without_issues(lines, line, own)
        return []

    def copies(self) -> dict[str, list[str]]:
        """Give the copies of records that stand in no document of the part, by suffix of file."""
        found: dict[str, list[str]] = {}
        for identifier in self._part.copies:
            record = self._edition.records[identifier]
            if record.origin.docname in self.here:
                continue
            docname = record.origin.docname
            lines, wrong = self._redirected(docname, self._material.lines(docname), is_moved=True)
            inside = range(record.origin.line, record.origin.last + 1)
            self.mistakes += [one for one in wrong if one.line in inside]
            made = dedented(self._copy(lines, record))
            path = self._material.files[record.origin.docname]
            found.setdefault(path[path.rindex(".") :], []).extend(["", *made])
        return found


def _put(lines: list[str], spans: list[Span], inserted: dict[int, tuple[str, ...]]) -> list[str]:
    """Cut spans out of lines, and put others where some of these began."""
    if not inserted:
        return without(lines, spans)
    # What takes the place of lines stands on the first of them, in one.
    changed, kept = list(lines), []
    for span in spans:
        if span.first in inserted:
            changed[span.first - 1] = "\n".join(inserted[span.first])
            kept += [Span(span.first + 1, span.last)] if span.last > span.first else []
        else:
            kept.append(span)
    return "\n".join(without(changed, kept)).split("\n")
