"""Citing: a record as a reference, in the formats of reference managers and of style guides."""

from __future__ import annotations

from ontherecord.citing.bibtex import bibtex
from ontherecord.citing.csl import csl, csl_json
from ontherecord.citing.item import Item, Name, name_of
from ontherecord.citing.of_source import bibtex_of_source, item_of_source
from ontherecord.citing.ris import ris
from ontherecord.citing.styles import STYLES, Citations, Formatted, Style

__all__ = [
    "STYLES",
    "Citations",
    "Formatted",
    "Item",
    "Name",
    "Style",
    "bibtex",
    "bibtex_of_source",
    "csl",
    "csl_json",
    "item_of_source",
    "name_of",
    "ris",
]
