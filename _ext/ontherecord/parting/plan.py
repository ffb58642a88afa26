"""The plan: where each article and record is at home, which records are copied, what crosses."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ontherecord.parting import FRONT
from ontherecord.parting.criteria import Criterion, wrong_names
from ontherecord.parting.mistakes import Mistake
from ontherecord.records import (
    Annotation,
    Contradiction,
    Quote,
    Record,
    Speaker,
    edition_of,
    kind_of,
    names_of,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ontherecord.parting.material import Material


@dataclass(slots=True)
class Part:
    """A volume, or the front: its articles, the records at home in it, and those it copies.

    ``crossing`` counts by name of part what its records name in others.
    """

    name: str
    articles: list[str] = field(default_factory=list)
    records: list[str] = field(default_factory=list)
    copies: list[str] = field(default_factory=list)
    crossing: dict[str, int] = field(default_factory=dict)
    size: int = 0

    @property
    def is_front(self) -> bool:
        """Whether it is the front."""
        return self.name == FRONT


@dataclass(slots=True)
class Plan:
    """The plan of a whole edition: its parts by name, the front last; homes by record or article.

    ``mistakes`` keep it from being carried out.
    """

    criterion: str
    parts: dict[str, Part] = field(default_factory=dict)
    homes: dict[str, str] = field(default_factory=dict)
    of_article: dict[str, str] = field(default_factory=dict)
    mistakes: list[Mistake] = field(default_factory=list)

    @property
    def volumes(self) -> list[Part]:
        """The volumes, in the order of their names."""
        return [part for part in self.parts.values() if not part.is_front]

    def part_of(self, docname: str) -> str:
        """Give the part that a document's own page is in."""
        return self.of_article.get(docname, FRONT)


def plan(material: Material, criterion: Criterion) -> Plan:
    """Plan how an edition is parted."""
    made = Plan(criterion.name)
    made.of_article, made.mistakes = criterion.of(material)
    if made.mistakes:
        return made
    names = sorted(set(made.of_article.values()))
    made.mistakes = wrong_names(names, material)
    if len(names) < 2 and not made.mistakes:
        message = f"all articles fall into one volume by {criterion.name}: there is nothing to part"
        made.mistakes = [Mistake("", 0, message)]
    if made.mistakes:
        return made
    made.parts = {name: Part(name) for name in (*names, FRONT)}
    for docname in material.files:
        part = made.parts[made.part_of(docname)]
        part.size += material.path(docname).stat().st_size
        if docname in made.of_article:
            part.articles.append(docname)
    _Homes(material, made).find()
    _Copies(material, made).find()
    return made


class _Homes:
    """Finds the part in which each record is at home."""

    def __init__(self, material: Material, made: Plan) -> None:
        self._material = material
        self._edition = material.edition
        self._plan = made

    def find(self) -> None:
        for identifier, record in sorted(self._edition.records.items()):
            home = self._home(record, set())
            self._plan.homes[identifier] = home
            self._plan.parts[home].records.append(identifier)
            self._hold_together(record)

    def _home(self, record: Record, seen: set[str]) -> str:
        """Give a record's home: that of what it is about, where it is written in no article.

        A speaker who is introduced in no article is at home in the front, since any volume
        may come to quote anybody.
        """
        written = record.origin.docname
        if written in self._plan.of_article:
            return self._plan.of_article[written]
        if isinstance(record, Speaker) or record.id in seen:
            return FRONT
        seen.add(record.id)
        about: list[str] = []
        if isinstance(record, Contradiction):
            about = [*record.between, *record.answered_by]
        elif record.id in self._edition.marks:
            return self._plan.part_of(self._edition.home(record))
        elif isinstance(record, Annotation):
            about = [record.on]
        known = (self._edition.records.get(name) for name in about)
        homes = [self._home(one, seen) for one in known if one is not None]
        return next((home for home in homes if home != FRONT), FRONT)

    def _hold_together(self, record: Record) -> None:
        """Note a record whose words are marked in several parts: it can be at home in one alone."""
        if not isinstance(record, Quote | Annotation):
            return
        marked = self._edition.marks.get(record.id, {})
        places = {self._plan.part_of(name): name for name in sorted(marked, reverse=True)}
        home = self._plan.homes[record.id]
        places.pop(home, None)
        for part, name in sorted(places.items()):
            mark = marked[name][0]
            file = mark.file or self._material.files[name]
            self._plan.mistakes.append(
                Mistake(
                    file,
                    mark.line,
                    f'words are marked here for the {kind_of(record)} "{record.id}", which falls '
                    f'into another volume, "{home}", and this article into "{part}": put both '
                    "into one volume, or refer to it here without marking its words",
                )
            )


class _Copies:
    """Finds the records that parts need and that are at home in others."""

    def __init__(self, material: Material, made: Plan) -> None:
        self._material = material
        self._edition = material.edition
        self._plan = made

    def find(self) -> None:
        wanted: dict[str, set[str]] = {name: set() for name in self._plan.parts}
        for quote in self._edition.quotes.values():
            if quote.speaker in self._edition.speakers:
                wanted[self._plan.homes[quote.id]].add(quote.speaker)
        for case in self._edition.contradictions.values():
            for part in self._sides(case):
                wanted[part].add(case.id)
        for name, identifiers in wanted.items():
            holder = self._plan.parts[name]
            holder.copies = sorted(one for one in identifiers if self._plan.homes[one] != name)
            for one in holder.copies:
                self._hold_copied(name, self._edition.records[one])
        for note in self._edition.annotations.values():
            self._hold_noted(note)
        for holder in self._plan.parts.values():
            for named in self._crossing(holder):
                holder.crossing[named] = holder.crossing.get(named, 0) + 1

    def _sides(self, case: Contradiction) -> list[str]:
        """Give the parts in which statements are that a case is about."""
        own = [name for name in (*case.between, *case.answered_by) if not edition_of(name)]
        parts = dict.fromkeys(self._plan.homes[name] for name in own if name in self._plan.homes)
        home = self._plan.homes[case.id]
        sides = [self._plan.homes.get(name) for name in case.between]
        if home not in sides and home != FRONT:
            self._note(
                case,
                f'the {kind_of(case)} "{case.id}" stands in the volume "{home}", and all its '
                f"sides in others, {', '.join(sorted(set(filter(None, sides))))}: write it in an "
                "article of one of those, or in a document that is no article",
            )
        return list(parts)

    def _hold_copied(self, part: str, record: Record) -> None:
        if record.origin.file:
            self._note(
                record,
                f'the {kind_of(record)} "{record.id}" has to be copied into "{part}", and is '
                "written in a file that a document takes in: write it in a document",
            )

    def _hold_noted(self, note: Annotation) -> None:
        """Note an annotation on a record that its own part does not have, and cannot name."""
        on = self._edition.records.get(note.on)
        home = self._plan.homes[note.id]
        if on is None or isinstance(on, Quote) or self._plan.homes[on.id] == home:
            return
        if on.id not in self._plan.parts[home].copies:
            self._note(
                note,
                f'the annotation "{note.id}" falls into "{home}", and is on the {kind_of(on)} '
                f'"{on.id}", which falls into "{self._plan.homes[on.id]}": write it in a document '
                "that is no article, or in an article there",
            )

    def _note(self, record: Record, message: str) -> None:
        file = record.origin.file or self._material.files[record.origin.docname]
        self._plan.mistakes.append(Mistake(file, record.origin.line, message))

    def _crossing(self, part: Part) -> Iterator[str]:
        """Give for each name in a part's records of a record elsewhere the part where that is."""
        for identifier in (*part.records, *part.copies):
            for named in names_of(self._edition.records[identifier]):
                home = self._plan.homes.get(named)
                if home is not None and home != part.name and named not in part.copies:
                    yield home
