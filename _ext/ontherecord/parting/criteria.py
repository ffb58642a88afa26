"""By what articles are parted into volumes: year, folder, number, a word in their front matter."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Final

from ontherecord.dates import bounds, order
from ontherecord.parting import EDITION, FRONT, INVENTORIES, SITE
from ontherecord.parting.jobs import MAKEFILE
from ontherecord.parting.mistakes import Mistake
from ontherecord.problems import nearest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from pathlib import Path

    from ontherecord.parting.material import Material

    Chosen = Mapping[str, str] | list[Mistake]

NAME: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*")
"""What the name of a volume looks like: a folder, a part of addresses, NAME in ``NAME:ID``."""
_TAKEN: Final = frozenset(
    {
        *(FRONT, EDITION, INVENTORIES, SITE, MAKEFILE.lower()),
        *("cite", "record", "pagefind", "search", "genindex"),
    }
)


class Unclear(ValueError):
    """A criterion that says nothing; the message says what can be said."""


@dataclass(frozen=True, slots=True)
class Criterion:
    """Gives the volume of each article, by name, and what is wrong with those that have none."""

    name: str
    of: Callable[[Material], tuple[dict[str, str], list[Mistake]]]


def criterion(said: str) -> Criterion:
    """Give the criterion that is named: ``year``, ``folder``, ``count:NUMBER``, or a field's name.

    Raises `Unclear`.
    """
    name, _colon, number = said.partition(":")
    if name == "count":
        if not (number.isascii() and number.isdecimal() and int(number)):
            raise Unclear(f'"{said}": say how many articles a volume has, as in count:1000')
        return Criterion(said, lambda material: _by_count(material, int(number)))
    if number or not re.fullmatch(r"[A-Za-z][\w-]*", name):
        raise Unclear(f'"{said}" is none of year, folder, count:NUMBER, or a field of front matter')
    if name == "year":
        return Criterion(said, _by_year)
    if name == "folder":
        return Criterion(said, _by_folder)
    return Criterion(said, lambda material: _by_field(material, name))


def listed(path: Path) -> Criterion:
    """Give the criterion of a list: lines ``VOLUME,PATTERN``, of which the first that fits counts.

    Raises `Unclear` where the list cannot be read.
    """
    try:
        rows = list(csv.reader(path.read_text(encoding="utf-8-sig").splitlines()))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise Unclear(f"{path}: cannot be read: {error}") from error
    pairs = []
    for number, row in enumerate(rows, 1):
        if not row or row[0].startswith("#"):
            continue
        if len(row) != 2 or not all(map(str.strip, row)):
            raise Unclear(f"{path}:{number}: write VOLUME,PATTERN, as in 2017,articles/2017-*")
        pairs.append((number, row[0].strip(), row[1].strip()))
    return Criterion(str(path), lambda material: _by_list(material, pairs, path))


def wrong_names(names: Iterable[str], material: Material) -> list[Mistake]:
    """Give what is wrong with the names of volumes."""
    taken = {
        PurePosixPath(name).parts[0].lower(): name for name in (*material.extra, *material.files)
    }
    found, seen = [], dict[str, str]()
    for name in sorted(names):
        mend = "-".join(re.findall(r"[a-z0-9]+", name.lower().encode("ascii", "ignore").decode()))
        low = name.lower()
        if not NAME.fullmatch(name):
            hint = f", such as {mend}" if mend else ""
            message = (
                f'"{name}" cannot be the name of a volume: write letters a to z, figures and '
                f"hyphens{hint}, or give names in a list, with --list"
            )
        elif low in _TAKEN or low in taken or low.startswith("_"):
            what = f'the edition has "{taken[low]}"' if low in taken else "the front needs it"
            message = f'"{name}" cannot be the name of a volume, for {what} there: take another'
        elif name in material.editions:
            message = (
                f'"{name}" cannot be the name of a volume, for intersphinx_mapping gives it to '
                "another edition: take another"
            )
        elif low in seen:
            message = f'"{seen[low]}" and "{name}" would be one folder on some machines: rename one'
        else:
            seen[low] = name
            continue
        found.append(Mistake("", 0, message))
    return found


def _by_year(material: Material) -> tuple[dict[str, str], list[Mistake]]:
    found, wrong = {}, []
    for name, article in material.articles.items():
        first = bounds(article.date)[0]
        if first.year > 1:
            found[name] = f"{first.year:04}"
        else:
            message = f"its date, {article.date}, does not say in which year it began"
            wrong.append(_no_volume(material, name, message))
    return found, wrong


def _by_folder(material: Material) -> tuple[dict[str, str], list[Mistake]]:
    """Part by the first folder in which articles differ."""
    parents = {name: PurePosixPath(name).parent.parts for name in material.articles}
    depth = 0
    while len({parts[depth : depth + 1] for parts in parents.values()}) == 1 and all(
        len(parts) > depth for parts in parents.values()
    ):
        depth += 1
    found, wrong = {}, []
    for name, parts in parents.items():
        if len(parts) > depth:
            found[name] = parts[depth]
        else:
            wrong.append(
                _no_volume(material, name, "it stands in no folder that others are beside")
            )
    return found, wrong


def _by_count(material: Material, number: int) -> tuple[dict[str, str], list[Mistake]]:
    """Part by number, the articles in the order of their dates, then of their names."""
    names = sorted(material.articles, key=lambda name: (order(material.articles[name].date), name))
    width = len(str(-(-len(names) // number)))
    return {name: f"{place // number + 1:0{width}}" for place, name in enumerate(names)}, []


def _by_field(material: Material, field: str) -> tuple[dict[str, str], list[Mistake]]:
    found, wrong = {}, []
    known = {key for name in material.articles for key in material.metadata.get(name, ())}
    for name in material.articles:
        value = str(material.metadata.get(name, {}).get(field, "")).strip()
        if value:
            found[name] = value
        else:
            message = f'its front matter has no "{field}"{nearest(field, known)}'
            wrong.append(_no_volume(material, name, message))
    return found, wrong


def _by_list(
    material: Material, pairs: list[tuple[int, str, str]], path: Path
) -> tuple[dict[str, str], list[Mistake]]:
    found, wrong = {}, []
    for number, _volume, pattern in pairs:
        if not any(fnmatchcase(name, pattern) for name in material.articles):
            bare = pattern.removesuffix(".md").removesuffix(".rst")
            mend = f", or write {bare}" if bare != pattern else ""
            message = f'"{pattern}" fits no article: take the line out, or mend the pattern{mend}'
            wrong.append(Mistake(str(path), number, message))
    for name in material.articles:
        fitting = (volume for _line, volume, pattern in pairs if fnmatchcase(name, pattern))
        volume = next(fitting, "")
        if volume:
            found[name] = volume
        else:
            wrong.append(_no_volume(material, name, f"no pattern in {path} fits {name}"))
    return found, wrong


def _no_volume(material: Material, name: str, why: str) -> Mistake:
    return Mistake(material.files[name], 1, f"the article falls into no volume: {why}")
