"""Names of files, made of titles."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

LONGEST: Final = 60
"""Longest slug, in characters: with its date it stands in addresses that people type."""

UNNAMED: Final = "article"
"""The slug of a title without any letter or figure that has a Latin form."""


def slug(title: str) -> str:
    """Give a title's letters a to z and figures, with hyphens between words: a file's name.

    It is at most `LONGEST` characters long and cut at a word's end; the slug of a slug is itself.
    """
    plain = unicodedata.normalize("NFKD", re.sub("['’]", "", title))
    name = "-".join(re.findall(r"[a-z0-9]+", plain.encode("ascii", "ignore").decode().lower()))
    if len(name) > LONGEST:
        cut, within = name[:LONGEST], name[LONGEST] != "-"
        name = cut.rsplit("-", 1)[0] if within and "-" in cut else cut.rstrip("-")
    return name or UNNAMED
