"""Writes the sources of one kind of site, or one of its articles anew, edited.

Usage: ``make_site.py KIND FOLDER COUNT [--from ORIGIN] [--edit NAME WORD [--quote]]``;
in a process of its own, so that what it keeps is not counted as a build's.
"""

from __future__ import annotations

import argparse
import contextlib
import sys
from importlib import import_module
from pathlib import Path

from origins import corpus_of
from shapes import Article, Corpus
from sites.markdown import put


def main(arguments: list[str]) -> None:
    """Write what is asked for."""
    parser = argparse.ArgumentParser()
    parser.add_argument("kind", help="a module of sites")
    parser.add_argument("folder", type=Path)
    parser.add_argument("count", type=int)
    parser.add_argument("--from", dest="origin", default="", help="see origins.py")
    parser.add_argument("--edit", nargs=2, metavar=("NAME", "WORD"))
    parser.add_argument("--quote", action="store_true", help="edit a quote's words")
    chosen = parser.parse_args(arguments)
    kind = import_module(f"sites.{chosen.kind}")
    corpus = corpus_of(chosen.origin, chosen.count)
    if chosen.edit:
        name, word = chosen.edit
        edited = edit(corpus, name, word, quote=chosen.quote)
        put(chosen.folder / "articles" / f"{edited.name}.md", kind.article(edited))
    else:
        kind.write(chosen.folder, corpus)


def edit(corpus: Corpus, name: str, word: str, *, quote: bool) -> Article:
    """Give an article edited, or the first after it in which there is anything to edit."""
    names = corpus.names
    begin = names.index(name)
    for one in names[begin:] + names[:begin]:
        with contextlib.suppress(LookupError):
            return corpus.article(one).edited(word, quote=quote)
    raise LookupError("no article has anything to edit")


if __name__ == "__main__":
    main(sys.argv[1:])
