"""Writes the sources of one kind of site, or one of its articles anew, edited.

Usage: ``make_site.py KIND FOLDER COUNT [--edit NAME WORD]``; in a process of
its own, so that what it keeps is not counted as a build's.
"""

from __future__ import annotations

import argparse
import sys
from importlib import import_module
from pathlib import Path

from corpus import Generated
from sites.markdown import put


def main(arguments: list[str]) -> None:
    """Write what is asked for."""
    parser = argparse.ArgumentParser()
    parser.add_argument("kind", choices=["ours", "plain", "settings", "bibtex", "needs"])
    parser.add_argument("folder", type=Path)
    parser.add_argument("count", type=int)
    parser.add_argument("--edit", nargs=2, metavar=("NAME", "WORD"))
    parser.add_argument("--quote", action="store_true", help="edit a quote's words")
    chosen = parser.parse_args(arguments)
    kind = import_module(f"sites.{chosen.kind}")
    corpus = Generated(chosen.count)
    if chosen.edit:
        name, word = chosen.edit
        edited = corpus.article(name).edited(word, quote=chosen.quote)
        put(chosen.folder / "articles" / f"{name}.md", kind.article(edited))
    else:
        kind.write(chosen.folder, corpus)


if __name__ == "__main__":
    main(sys.argv[1:])
