"""The plain site under the settings that our extension chooses for every edition."""

from __future__ import annotations

from pathlib import Path

from shapes import Article, Corpus

from sites import plain


def write(folder: Path, corpus: Corpus) -> None:
    """Write the site."""
    plain.put_as(folder, corpus, plain.SETTINGS + chosen())


def chosen() -> str:
    """Give the settings that mean something without our extension, as lines of conf.py."""
    from ontherecord.settings import DEFAULTS

    settings = {name: value for name, value in DEFAULTS.items() if name.startswith("myst_")}
    settings["myst_ref_domains"] = ["std"]
    settings["smartquotes"] = False
    return "".join(f"{name} = {value!r}\n" for name, value in settings.items())


def article(one: Article) -> str:
    """Give the source of an article."""
    return plain.article(one)
