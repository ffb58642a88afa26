"""``ontherecord split`` and ``inventory``: parts an edition into volumes, and what they name."""

from __future__ import annotations

import re
import shutil
import sys
from collections import defaultdict
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

from ontherecord.apparatus.addresses import record_address
from ontherecord.commands import Refused
from ontherecord.commands.leading import document_at, leads
from ontherecord.commands.output import as_text
from ontherecord.commands.reader import opened
from ontherecord.counting import counted
from ontherecord.parting import STATEMENTS, criteria, statements, telling
from ontherecord.parting.cutting import opens
from ontherecord.parting.inventories import inventory
from ontherecord.parting.material import Listed, Material
from ontherecord.parting.plan import plan
from ontherecord.parting.renewing import renew
from ontherecord.parting.settings import FILES, LISTS
from ontherecord.parting.writing import Writer

if TYPE_CHECKING:
    import argparse
    from collections.abc import Container, Iterator, Mapping

    from sphinx.application import Sphinx
    from sphinx.config import Config

    from ontherecord.commands.reader import ReadEdition
    from ontherecord.parting.criteria import Criterion

_SHARED: Final = ("requirements.txt", "requirements.lock", "conf.py")
"""Files beside conf.py that the parts need, whatever it names."""


def run_split(options: argparse.Namespace) -> int:
    """Plan an edition in volumes, and write them; give 0, or 1 where the plan has mistakes."""
    criterion = _criterion(options)
    out: Path = options.output
    if not options.dry_run:
        _hold_empty(out, options.folder)
    with opened(options.folder, options.jobs) as (app, found):
        errors = [one for one in found.messages if one.severity == "error"]
        if errors:
            print(as_text(errors), end="")
            count = counted(len(errors), "error")
            raise Refused(f"{count}: mend what is wrong first; ontherecord check lists it")
        if volume := app.config.record_volume:
            raise Refused(
                f'{options.folder}: is a part already, "{volume}", whose settings are its '
                "edition's: part that edition anew"
            )
        material = _material(app, found)
    address = options.address or material.address
    if not address and not options.dry_run:
        raise Refused(
            "the edition does not say where it lives: set record_address in conf.py, or give "
            "--address https://…"
        )
    if address:
        _hold_address(address)
    made = plan(material, criterion)
    by_count = made.criterion.startswith("count:")
    writer = None
    if not made.mistakes:
        titles = {part.name: f"volume {part.name}" for part in made.volumes} if by_count else {}
        writer = Writer(
            material,
            made,
            out,
            address=address,
            builder=options.builder,
            titles=titles,
            has_registers=options.registers == "all",
        )
        made.mistakes = writer.mistakes()
    if writer is None or made.mistakes:
        for mistake in sorted(set(made.mistakes)):
            print(mistake)
        count = counted(len(set(made.mistakes)), "mistake")
        print(f"{count}, and nothing written", file=sys.stderr)
        return 1
    said = telling.as_json if options.format == "json" else telling.as_text
    sys.stdout.write(said(material.edition, made))
    if options.dry_run:
        return 0
    was_there = out.is_dir()
    try:
        writer.write()
    except BaseException as error:  # Also where someone stops it.
        _clear(out, was_there=was_there)
        if isinstance(error, OSError):
            raise Refused(f"{out}: cannot be written: {error}") from error
        raise
    print(
        f"{counted(len(made.parts), 'part')} written into {out}; jobs.tsv says how to build them",
        file=sys.stderr,
    )
    return 0


def _criterion(options: argparse.Namespace) -> Criterion:
    try:
        return criteria.listed(options.list) if options.list else criteria.criterion(options.by)
    except criteria.Unclear as unclear:
        raise Refused(str(unclear)) from unclear


def _hold_empty(out: Path, folder: Path) -> None:
    """Refuse to write over anything, or into the edition itself."""
    if out.is_dir() and any(out.iterdir()):
        raise Refused(f"{out}: is not empty: name a new folder, so that nothing there is lost")
    if out.is_file():
        raise Refused(f"{out}: is a file: name a folder")
    if out.resolve().is_relative_to(folder.resolve()):
        raise Refused(
            f"{out}: is inside the edition, which would take it for its own: name another"
        )


def _hold_address(address: str) -> None:
    """Refuse what is no address that those of the parts can begin with."""
    parts = urlsplit(address)
    if (
        parts.scheme not in {"http", "https"}
        or not parts.hostname
        or parts.query
        or parts.fragment
        or re.search(r"\s", address)
    ):
        raise Refused(
            f'"{address}" is no address of an edition: write the whole of it, as in '
            "https://edition.example/"
        )


def _clear(out: Path, *, was_there: bool) -> None:
    """Take away what was written of the parts, so that they can be written again."""
    for path in out.iterdir() if out.is_dir() else ():
        if path.is_dir():
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink(missing_ok=True)
    if not was_there and out.is_dir():
        out.rmdir()


def _material(app: Sphinx, found: ReadEdition) -> Material:
    """Give what a plan is made of, from an edition that was read."""
    env: Any = app.env
    folder, config = found.folder, found.config
    files = {
        name: Path(env.doc2path(name)).relative_to(folder).as_posix() for name in env.found_docs
    }
    objects = tuple(
        Listed(domain.name, kind, name, label, docname, anchor, priority)
        for domain in env.domains.sorted()
        for name, label, kind, docname, anchor, priority in domain.get_objects()
    )
    needs = _needs(env, folder, {*files.values(), *config.bibtex_bibfiles})
    return Material(
        folder=folder,
        edition=found.domain.edition,
        files=files,
        root=config.root_doc,
        title=config.project,
        version=config.version,
        address=record_address(config),
        bibfiles=tuple(name for name in config.bibtex_bibfiles if (folder / name).is_file()),
        needs=needs,
        metadata={name: env.metadata.get(name, {}) for name in files},
        bibliographies=_listing(folder, files, found.domain.edition.articles),
        below={name: tuple(below) for name, below in env.toctree_includes.items()},
        objects=objects,
        shared=_shared(folder, config),
        extra=frozenset(_extra(folder, config)),
        editions=frozenset(getattr(config, "intersphinx_mapping", None) or {}),
        syntax=frozenset(config.myst_enable_extensions),
        sources=_sources(env),
        leads=cache(partial(leads, env)),
    )


def _listing(folder: Path, files: Mapping[str, str], articles: Container[str]) -> frozenset[str]:
    """Give the documents that list sources; of articles, each lists those of its own."""
    return frozenset(
        name
        for name, path in files.items()
        if name not in articles
        and opens(
            (folder / path).read_text(encoding="utf-8-sig", errors="replace").splitlines(),
            "bibliography",
        )
    )


def _needs(env: Any, folder: Path, known: Container[str]) -> dict[str, tuple[str, ...]]:
    """Give what documents take in: files that they include, show as pictures, or offer."""
    found: dict[str, set[str]] = defaultdict(set)
    for name, paths in env.dependencies.items():
        found[name] |= {str(path) for path in paths}
    for files in (env.images, env.dlfiles):
        for path, (names, _name) in files.items():
            for name in names:
                found[name].add(str(path))
    needs = {}
    for name, paths in found.items():
        inside = {_inside(folder, path) for path in paths} - {""}
        if kept := sorted(path for path in inside if path not in known):
            needs[name] = tuple(kept)
    return needs


def _sources(env: Any) -> dict[str, tuple[str, ...]]:
    """Give the other documents whose sources documents offer or take in."""
    found = {
        name: {document_at(env, path) for path in paths} for name, paths in env.dependencies.items()
    }
    for path, (names, _name) in env.dlfiles.items():
        for name in names:
            found.setdefault(name, set()).add(document_at(env, path))
    return {name: tuple(sorted(some & env.found_docs)) for name, some in found.items()}


def _inside(folder: Path, path: str) -> str:
    """Give a path from the edition's folder, or nothing for one outside it."""
    whole = (folder / path).resolve()
    return whole.relative_to(folder).as_posix() if whole.is_relative_to(folder) else ""


def _extra(folder: Path, config: Config) -> Iterator[str]:
    """Give where files that the site has beside its pages are in it."""
    for value in config.html_extra_path:
        path = folder / value
        if path.is_dir():
            below = (file for file in path.rglob("*") if file.is_file())
            yield from (file.relative_to(path).as_posix() for file in below)
        else:
            yield path.name


def _shared(folder: Path, config: Config) -> tuple[str, ...]:
    """Give what conf.py needs of the edition's folder, itself, and what it puts on the path."""
    named = [value for key in LISTS for value in getattr(config, key, ())]
    named += [value for key in FILES if (value := getattr(config, key, None))]
    known = getattr(config, "intersphinx_mapping", None) or {}
    named += [place for _name, (_uri, places) in known.values() for place in places if place]
    named += [path for path in sys.path if path and Path(path).is_absolute()]
    inside = {_inside(folder, str(path)) for path in (*named, *_SHARED)} - {"", "."}
    return tuple(sorted(path for path in inside if (folder / path).exists()))


# What parts know of each other


def run_inventory(options: argparse.Namespace) -> int:
    """Write what an edition has, or take what it names out of what others have."""
    folder: Path = options.folder
    if options.taken is not None:
        return _take(folder, options.taken)
    with opened(folder, options.jobs) as (app, found):
        material = _material(app, found)
        is_part = bool(app.config.record_volume)
    made = inventory(material.title, material.version, material.objects, options.builder)
    out: Path = options.output
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        out.write_bytes(made.content())
        if is_part:
            told = statements.statements_of(material.edition)
            out.with_suffix(STATEMENTS).write_bytes(statements.content(told.values()))
    except OSError as error:
        raise Refused(f"{out}: cannot be written: {error}") from error
    print(f"{counted(len(made.items), 'object')} written into {out}", file=sys.stderr)
    return 0


def _take(folder: Path, taken: Path) -> int:
    """Renew the inventories that a part keeps of the others, from those in a folder."""
    try:
        missing = renew(folder.resolve(), taken)
    except (OSError, ValueError) as error:
        raise Refused(str(error)) from error
    for name in missing:
        said = f"{taken}: has no {name}, and what was known of it stays"
        print(said, file=sys.stderr)
    return 0
