"""Looks up a plugin of pybtex among the installed distributions once, and not at each citation.

For upstream (pybtex, `pybtex.plugin`): *find_plugin reads the metadata of every installed
distribution at each call.* ``_load_entry_point`` calls ``importlib.metadata.entry_points``, which
opens and parses the ``entry_points.txt`` of all distributions, some 10 ms with a hundred of them.
sphinxcontrib-bibtex finds its plain text backend at each citation that it resolves, so that an
edition of 400 articles with 1,200 citations spends half of its build there. What is installed does
not change under a running process: what all are could be kept, and selected by group and name
(plugins registered at run time are looked up before it). `sphinxcontrib.bibtex.plugin` does the
same for its own plugins, twice at the beginning of each build.
"""

from __future__ import annotations

from functools import cache
from importlib import import_module
from importlib.metadata import entry_points
from typing import Any

from pybtex import plugin


@cache
def _installed() -> Any:
    return entry_points()


@cache
def kept(**named: str) -> Any:
    """Give the entry points of a group and a name, as `importlib.metadata.entry_points` does."""
    return _installed().select(**named)


def apply() -> None:
    """Have pybtex keep what is installed; plugins registered at run time come first as before."""
    if plugin.entry_points is entry_points:
        plugin.entry_points = kept


def apply_to_bibtex() -> None:
    """Have sphinxcontrib-bibtex look where pybtex does."""
    of_bibtex: Any = import_module("sphinxcontrib.bibtex.plugin")
    if of_bibtex.entry_points is entry_points:
        of_bibtex.entry_points = kept
