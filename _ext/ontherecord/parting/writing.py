"""Writes the parts of an edition into a folder, by a plan that has no mistakes."""

from __future__ import annotations

import csv
import io
import json
import shutil
from collections import defaultdict
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Final

from ontherecord.evidence import ledger, verifications
from ontherecord.parting import (
    ADDRESSES,
    EDITION,
    FRONT,
    INVENTORIES,
    SITE,
    STATEMENTS,
    VOLUMES,
    entries,
    jobs,
    ledgers,
    statements,
)
from ontherecord.parting.composing import Composed, Composer
from ontherecord.parting.inventories import Inventory, inventory, names_in
from ontherecord.parting.settings import CONF
from ontherecord.parting.site import Site
from ontherecord.records import Query

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ontherecord.parting.material import Listed, Material
    from ontherecord.parting.mistakes import Mistake
    from ontherecord.parting.plan import Part, Plan
    from ontherecord.parting.statements import Statements

COPIES: Final = "copies"
"""The document of a volume that has copies of records which stand in articles elsewhere."""


class Writer:
    """Writes all parts of one plan."""

    def __init__(
        self,
        material: Material,
        plan: Plan,
        folder: Path,
        *,
        address: str,
        builder: str,
        titles: Mapping[str, str],
        has_registers: bool = False,
    ) -> None:
        """Take what is parted, how, and where to; ``address`` is that of the whole edition.

        ``has_registers`` tells whether volumes have registers of their own.
        """
        self._has_registers = has_registers
        self._material = material
        self._plan = plan
        self._folder = folder
        self._builder = builder
        self._site = Site(material, plan, address, builder)
        self._titles = titles
        self._files = {
            name: entries.parsed((material.folder / name).read_text(encoding="utf-8-sig"))
            for name in material.bibfiles
        }
        self._keys = {key for one in self._files.values() for key in one.entries}
        self._inventories = self._all_inventories()
        self._ledgers = self._all_ledgers()
        self._cited: set[str] = set()

    def title(self, part: str) -> str:
        """Give the title of a part: that of a volume follows the edition's."""
        return self._material.title if part == FRONT else self._titles.get(part, part)

    def write(self) -> None:
        """Write everything: the volumes, the front, what all share, and the list of jobs."""
        self._folder.mkdir(parents=True, exist_ok=True)
        for part in self._plan.parts.values():  # The front comes last, and takes what is left.
            self._part(part)
        names = [part.name for part in self._plan.volumes]
        listed = {
            "title": self._material.title,
            "address": self._site.base,
            "builder": self._builder,
            "volumes": {
                name: {"title": self.title(name), "address": self._site.address(name)}
                for name in names
            },
        }
        self._put(VOLUMES, json.dumps(listed, ensure_ascii=False, indent=2) + "\n")
        self._put(jobs.NAME, jobs.table(names, self._builder))
        self._put(jobs.MAKEFILE, jobs.makefile(names, self._builder))
        self._put(".gitignore", f"{SITE}/\n_doctrees/\n_build/\n{jobs.ALL}/\n")
        self._put(f"{FRONT}/{ADDRESSES}", self._moved())
        for name in self._material.shared:
            _copy(self._material.folder / name, self._folder / EDITION / name)

    def _put(self, name: str, text: str) -> None:
        path = self._folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")

    def mistakes(self) -> list[Mistake]:
        """Give what a part would say otherwise than the whole, and cannot be mended here."""
        found = []
        for part in self._plan.parts.values():
            composer = self._composer(part)
            for _composed in composer.documents():
                pass
            composer.copies()
            found += composer.mistakes
        return found

    def _composer(self, part: Part) -> Composer:
        return Composer(
            self._material, self._plan, part, self._site, has_registers=self._has_registers
        )

    # One part

    def _part(self, part: Part) -> None:
        composer = self._composer(part)
        named: set[str] = set()
        self._put(f"{part.name}/conf.py", CONF.format(name=part.name))
        for composed in composer.documents():
            named |= self._document(part, composed)
        if not part.is_front:
            added = []
            for suffix, lines in composer.copies().items():
                docname = self._copies_in(suffix)
                text = "\n".join([*_heading("From other volumes", suffix), *lines, ""])
                self._put(f"{part.name}/{docname}{suffix}", text)
                named |= names_in(text)
                added.append(docname)
                self._pictures(part, text)
            text = self._index(part, composer.here, added)
            self._put(f"{part.name}/{self._material.root}.md", text)
            named |= names_in(text)
        self._bibliographies(part, named & self._keys)
        for path, by_part in self._ledgers.items():
            if part.name in by_part:
                self._put(f"{part.name}/{path}", by_part[part.name])
        self._known(part, named)

    def _copies_in(self, suffix: str) -> str:
        """Give the name of the document with copies, which no other document has."""
        docname = COPIES if suffix == ".md" else f"{COPIES}-{suffix[1:]}"
        while docname in self._material.files:
            docname = f"{docname}-of-volumes"
        return docname

    def _pictures(self, part: Part, text: str) -> None:
        """Bring the files that copies take in, which name them from the edition's folder."""
        origins = {self._material.edition.records[name].origin.docname for name in part.copies}
        for needed in {path for name in origins for path in self._material.needs.get(name, ())}:
            if f"/{needed}" in text:
                _copy(self._material.folder / needed, self._folder / part.name / needed)

    def _document(self, part: Part, composed: Composed) -> set[str]:
        """Write one document with what it takes in; give the names that stand in it."""
        material, name = self._material, composed.docname
        path = material.files[name]
        target = self._folder / part.name / path
        target.parent.mkdir(parents=True, exist_ok=True)
        if composed.lines is None:
            shutil.copyfile(material.path(name), target)
        else:
            self._put(f"{part.name}/{path}", "\n".join(composed.lines).rstrip("\n") + "\n")
        for needed in material.needs.get(name, ()):
            _copy(material.folder / needed, self._folder / part.name / needed)
        document = material.edition.documents.get(name)
        text = target.read_text(encoding="utf-8-sig")
        named: set[str] = set()
        if document is not None:
            named |= {use.id for use in document.uses}
            for _domain, _kind, target_name in document.references:
                named |= {target_name} | names_in(target_name)
        is_whole = document is not None and name in self._plan.of_article
        if not is_whole or composed.lines is not None or "footcite" in text:
            named |= names_in(text)
        return named

    def _index(self, part: Part, here: set[str], added: list[str]) -> str:
        """Give a volume's front page: its title, where the others are, and what it holds."""
        material = self._material
        listed = [name for name in material.below.get(material.root, ()) if name in here]
        below = {name for page in here for name in material.below.get(page, ())}
        listed += [name for name in sorted(here - below - set(listed)) if name != material.root]
        title = f"{material.title}, {self.title(part.name)}"
        lines = [f"# {title}", "", f"[{material.title}](inv:{FRONT}:std:doc#{material.root})", ""]
        lines += [*self._registers(here), ""]
        lines += ["```{articles}", "```", ""] if self._lists_articles else []
        option = ":hidden:" if self._lists_articles else ":maxdepth: 1"
        lines += ["```{toctree}", option, "", *listed, *added, "```", ""]
        return "\n".join(lines)

    @property
    def _lists_articles(self) -> bool:
        root = self._material.edition.documents.get(self._material.root)
        return root is not None and any(query == Query("articles") for query, _ in root.queries)

    def _registers(self, here: set[str]) -> Iterator[str]:
        """Give links to the registers that the front has and a volume has not."""
        for name in self._material.others():
            document = self._material.edition.documents.get(name)
            is_register = document is not None and bool(document.queries)
            if document is not None and is_register and name not in {*here, self._material.root}:
                yield f"- [{document.title}](<inv:{FRONT}:std:doc#{name}>)"

    def _bibliographies(self, part: Part, keys: set[str]) -> None:
        """Write the entries that a part needs.

        The front has those too that no volume needs, and all where it lists them: the list
        stays what it was, and at its address.
        """
        for one in self._files.values():
            keys = keys | one.closed(keys)
        self._cited |= keys
        if part.is_front:
            listed = bool(self._material.bibliographies)
            keys = self._keys if listed else keys | (self._keys - self._cited)
        for name, one in self._files.items():
            self._put(f"{part.name}/{name}", one.text(keys))

    def _known(self, part: Part, named: set[str]) -> None:
        """Write for each other part the inventory of what this one names of it."""
        wanted = named - {*part.records, *part.copies}
        for name, whole in self._inventories.items():
            if name != part.name:
                known = whole.holding(wanted, {self._material.root})
                path = self._folder / part.name / INVENTORIES / f"{name}.inv"
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(known.content())
                told = statements.listed_in(known, self._statements)
                if told and not part.is_front:  # It has all that volumes publish.
                    path.with_suffix(STATEMENTS).write_bytes(statements.content(told))

    # What is made once for all parts

    @cached_property
    def _statements(self) -> Statements:
        return statements.statements_of(self._material.edition)

    def _all_inventories(self) -> dict[str, Inventory]:
        found: dict[str, list[Listed]] = defaultdict(list)
        for one in self._material.objects:
            if one.domain == "record":
                found[self._plan.homes.get(one.name, FRONT)].append(one)
            else:
                found[self._plan.part_of(one.docname)].append(one)
                if one.kind == "doc" and one.docname == self._material.root:
                    for volume in self._plan.volumes:  # Each has a front page of its own.
                        found[volume.name].append(one)
        return {
            name: inventory(
                self._title_of(name), self._material.version, found[name], self._builder
            )
            for name in self._plan.parts
        }

    def _title_of(self, part: str) -> str:
        title = self._material.title
        return title if part == FRONT else f"{title}, {self.title(part)}"

    def _all_ledgers(self) -> dict[str, dict[str, str]]:
        plan, folder = self._plan, self._material.folder
        known = self._material.edition.ledger

        def of_entry(row: dict[str, str]) -> str:
            identifier = row["id"]
            return plan.homes.get(identifier) or plan.homes.get(known.moved_to(identifier), FRONT)

        def of_wording(row: dict[str, str]) -> str:
            return plan.homes.get(row["quote"], FRONT)

        return {
            ledger.NAME: ledgers.parted(folder / ledger.NAME, "id", of_entry),
            verifications.NAME: ledgers.parted(folder / verifications.NAME, "quote", of_wording),
        }

    def _moved(self) -> str:
        """Give the list of what is at home in a volume, and was where the front is."""
        text = io.StringIO()
        writer = csv.writer(text, lineterminator="\n")
        writer.writerow(("kind", "name", "volume"))
        for kind, homes in (("article", self._plan.of_article), ("record", self._gone_too())):
            for name, volume in sorted(homes.items()):
                if volume != FRONT:
                    writer.writerow((kind, name, volume))
        return text.getvalue()

    def _gone_too(self) -> dict[str, str]:
        """Give the homes of all records, and of those that were published and have moved."""
        known = self._material.edition.ledger
        moved = {
            name: self._plan.homes.get(known.moved_to(name), FRONT)
            for name in known.entries
            if name not in self._plan.homes
        }
        return {**moved, **self._plan.homes}


def _heading(title: str, suffix: str) -> Iterator[str]:
    """Give the lines of a document's title."""
    yield from (f"# {title}",) if suffix == ".md" else (title, "=" * len(title))


def _copy(source: Path, target: Path) -> None:
    """Copy a file, or a folder with all that is in it but what was compiled."""
    if source.is_dir():
        ignored = shutil.ignore_patterns("__pycache__", "*.pyc")
        shutil.copytree(source, target, dirs_exist_ok=True, ignore=ignored)
    elif source.is_file():
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, target)
