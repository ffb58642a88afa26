"""Looks up a plugin of pybtex among the installed distributions once, and not at each citation.

For upstream (pybtex, `pybtex.plugin`): *find_plugin reads the metadata of every installed
distribution at each call.* ``_load_entry_point`` calls ``importlib.metadata.entry_points``, which
opens and parses the ``entry_points.txt`` of all distributions, some 10 ms with a hundred of them.
sphinxcontrib-bibtex finds its plain text backend at each citation that it resolves, so that an
edition of 400 articles with 1,200 citations spends half of its build there. What is installed does
not change under a running process: a cache by group and name (plugins registered at run time are
looked up before it) costs three lines.
"""

from __future__ import annotations

from functools import lru_cache
from importlib.metadata import entry_points

from pybtex import plugin


def apply() -> None:
    """Have pybtex keep what it found; plugins registered at run time come first as before."""
    if plugin.entry_points is entry_points:
        plugin.entry_points = lru_cache(maxsize=None)(entry_points)
