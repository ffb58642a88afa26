"""``ontherecord export``: makes exports from an ``edition.json``, and asks no Sphinx."""

from __future__ import annotations

import sqlite3
import sys
from typing import TYPE_CHECKING

from ontherecord.commands import Refused
from ontherecord.counting import counted
from ontherecord.exchange.format import export, known, standard
from ontherecord.exchange.formats.edition_json import FILE
from ontherecord.exchange.reading import Unreadable, load
from ontherecord.joining.united import load_united
from ontherecord.problems import nearest

if TYPE_CHECKING:
    import argparse
    from pathlib import Path

    from ontherecord.edition import Edition


def run_export(options: argparse.Namespace) -> int:
    """Write the formats asked for; give 0, or raise `Refused`."""
    if options.list:
        for name, one in known().items():
            missing = "" if one.is_available else f" (pip install sphinx-ontherecord[{one.extra}])"
            print(f"{name}: {one.title}{missing}")
        return 0
    names = _names(options.format)
    try:
        edition = (load_united if options.volumes else load)(options.edition)
    except Unreadable as error:
        raise Refused(str(error)) from error
    _hold_apart(edition, options.output)
    try:
        written = export(edition, options.output, names)
    except (OSError, sqlite3.Error) as error:
        raise Refused(f"{options.output}: cannot be written: {error}") from error
    print(f"{counted(len(written), 'file')} written into {options.output}", file=sys.stderr)
    return 0


def _names(given: list[str] | None) -> list[str]:
    """Give the formats asked for, or all that need not be named."""
    formats = known()
    if not given:
        return standard()
    names = list(dict.fromkeys(name.strip() for value in given for name in value.split(",")))
    for name in names:
        if name not in formats:
            there = f'there is no format "{name}"{nearest(name, formats)}'
            raise Refused(f"{there}; they are {', '.join(formats)}")
        if not formats[name].is_available:
            needs = " and ".join(formats[name].needs)
            extra = formats[name].extra
            raise Refused(f"{name} needs {needs}: pip install sphinx-ontherecord[{extra}]")
    return names


def _hold_apart(edition: Edition, folder: Path) -> None:
    """Refuse to mix two editions in one folder: files of the one there would be lost."""
    there = folder / FILE
    if not there.is_file():
        return
    try:
        other = load(there)
    except Unreadable:
        return  # It is no edition that could be lost.
    named = (other.imprint.title, other.imprint.address)
    if named != (edition.imprint.title, edition.imprint.address):
        title = f'"{other.imprint.title}" ({other.imprint.address or "no address"})'
        raise Refused(f"{folder}: holds the exports of another edition, {title}: choose another")
