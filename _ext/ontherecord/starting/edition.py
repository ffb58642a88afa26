"""The files of a new edition: what an editor begins from, and what services read of it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from ontherecord import __version__
from ontherecord.evidence.ledger import COLUMNS
from ontherecord.settings import LEDGER
from ontherecord.starting import snippets
from ontherecord.starting.markdown import title

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class Begun:
    """What is known of an edition that begins: texts, and the year of its copyright."""

    title: str
    author: str
    description: str
    language: str
    address: str
    licence: str
    year: str


def files(begun: Begun) -> dict[str, str]:
    """Give the content of each file by its path from the edition's folder."""
    return {
        "conf.py": _conf(begun),
        "index.md": _index(begun),
        "references.bib": _REFERENCES,
        "articles/index.md": _ARTICLES,
        "annotations/index.md": _annotations(),
        **{
            f"annotations/{name}.md": _register(heading, intro, content)
            for name, (heading, intro, content) in _PAGES.items()
        },
        LEDGER: ",".join(COLUMNS) + "\n",
        "requirements.txt": _REQUIREMENTS,
        "Makefile": _MAKEFILE,
        ".gitignore": _IGNORED,
        ".gitattributes": _ATTRIBUTES,
        ".readthedocs.yaml": _READ_THE_DOCS,
        snippets.NAME: snippets.file(),
    }


def _conf(begun: Begun) -> str:
    address = ""
    if begun.address:
        address = f"record_address = {_python(begun.address)}  # Where the stable version lives.\n"
    if begun.licence:
        address += f"record_licence = {_python(begun.licence)}  # Of the edition's own text.\n"
    return _CONF.format(
        title=_python(begun.title),
        description=_python(begun.description),
        author=_python(begun.author),
        copyright=_python(f"{begun.year}, {begun.author}"),
        language=_python(begun.language),
        address=address,
    )


def _python(text: str) -> str:
    """Give a text as a literal of Python."""
    return json.dumps(text, ensure_ascii=False)


def _index(begun: Begun) -> str:
    return f"# {title(begun.title)}\n{_INDEX}"


def _annotations() -> str:
    names = "\n".join(_PAGES)
    return f"# Registers\n\n```{{toctree}}\n:maxdepth: 1\n\n{names}\n```\n"


def _register(heading: str, intro: str, content: str) -> str:
    return f"# {heading}\n\n{intro}\n" + (f"\n{content}\n" if content else "")


def _set(register: str) -> str:
    return f":::{{{register}}}\n:::"


_PAGES: Final[Mapping[str, tuple[str, str, str]]] = {
    "quotes": (
        "Statements",
        "Every statement that the articles quote, in order of time, in the wording of its source.",
        _set("quotes"),
    ),
    "speakers": (
        "Speakers",
        "Those who are quoted, with the posts they held and what they said, in order of time.",
        "",  # The records themselves stand here, each with all that it has.
    ),
    "contradictions": (
        "Contradictions",
        "Statements that do not agree, side by side, with the answer given where there was one. A\n"
        "*tension* is shown as such, and not counted as a contradiction: both statements may be\n"
        "true, and one pulls the other way.",
        "",
    ),
    "notes": (
        "Notes",
        "What the editors add: context, definitions, corrections, and where wordings come from.",
        _set("annotations"),
    ),
    "timeline": (
        "Timeline",
        "What was said, and what was answered, in order of time. Times are as known.",
        _set("timeline"),
    ),
    "topics": (
        "Topics",
        "What the statements are about, with what was said on each, in order of time.",
        _set("topics"),
    ),
    "sources": (
        "Sources",
        "What rests on each source, and the bibliography.",
        _set("sources") + "\n\n## Bibliography\n\n```{bibliography}\n:all:\n```",
    ),
    "corrections": (
        "Corrections",
        "Every revision of published words, every move and every withdrawal of a published\n"
        "record, with its date and reason.",
        _set("corrections"),
    ),
}
"""The documents of ``annotations``: heading, what it says first, and the register."""

_CONF: Final = '''\
"""The edition's settings. What is not set here is set by the extension, or as Sphinx has it."""

import os

project = {title}
subtitle = {description}
author = {author}
copyright = {copyright}
version = release = "0.1"
language = {language}

extensions = ["ontherecord"]
exclude_patterns = [
    "_build",
    ".*",
    "venv",
    "README.md",
    "CHANGELOG.md",
    "CONTRIBUTING.md",
    "LICENSE.md",
]
nitpicky = True

{address}html_theme = "ontherecord"
html_title = project
html_use_index = False  # The registers are the index.
html_baseurl = os.environ.get("READTHEDOCS_CANONICAL_URL", "")
html_theme_options = {{
    "description": subtitle,
    "navigation": {{
        "articles/index": "Articles",
        "annotations/quotes": "Statements",
        "annotations/contradictions": "Contradictions",
    }},
    "foot": {{
        "annotations/speakers": "Speakers",
        "annotations/timeline": "Timeline",
        "annotations/topics": "Topics",
        "annotations/notes": "Notes",
        "annotations/sources": "Sources",
        "annotations/corrections": "Corrections",
    }},
}}

epub_description = subtitle
'''

_INDEX: Final = """
News reports what people said. This edition keeps their words: each quotation is marked, traced to
the source whose wording it has, set beside the statements that contradict it and the answers that
were given, and has an address of its own.

## Articles

:::{articles}
:::

## Look up

- [Statements](annotations/quotes.md), each in the wording of its source
- [Speakers](annotations/speakers.md), with the posts they held
- [Contradictions](annotations/contradictions.md), with the answer where there was one
- [Timeline](annotations/timeline.md), to the hour where it is known
- [Topics](annotations/topics.md), with what was said on each
- [Sources](annotations/sources.md), with what rests on them
- [Notes](annotations/notes.md) of the editors

```{toctree}
:glob:
:hidden:

articles/*
annotations/index
```
"""

_ARTICLES: Final = """\
# Articles

:::{articles}
:::
"""

_REFERENCES: Final = """\
% The sources of the edition, as far as they were seen. What was not seen is said in `note`, and
% nothing is filled in. `witness` says what kind of witness a source is, `takenfrom` from which
% sources it says that it took its words.
"""

_REQUIREMENTS: Final = f"""\
# What the edition is built with: pip install -r requirements.txt
sphinx-ontherecord[search]~={__version__}
"""

_MAKEFILE: Final = """\
# The edition's commands, for a Python into which requirements.txt was installed.

PYTHON ?= python3
BUILD  := _build
SPHINX  = $(PYTHON) -m sphinx --fail-on-warning --keep-going -j auto $(OPTIONS)

.PHONY: help html epub latex pdf check publish verify clean

help:
	@echo "make html      build the edition into $(BUILD)/html"
	@echo "make epub      build the book; make pdf needs lualatex and latexmk"
	@echo "make check     check the records alone, and write no page"
	@echo "make publish   enter new identifiers into annotations/published.csv"
	@echo "make verify    hold the words against the captures of their sources"
	@echo "make clean     remove what was built"

html epub latex:
	$(SPHINX) -b $@ -d $(BUILD)/doctrees/$@ . $(BUILD)/$@

pdf: latex
	$(MAKE) -C $(BUILD)/latex clean all-pdf LATEXMKOPTS="-interaction=nonstopmode -halt-on-error"

check publish verify:
	$(PYTHON) -m ontherecord $@ $(OPTIONS)

clean:
	rm -rf $(BUILD)
"""

_IGNORED: Final = """\
/_build/
/.venv/
/captures/
__pycache__/
"""

_ATTRIBUTES: Final = f"""\
* text=auto eol=lf
{LEDGER} merge=union
"""

_READ_THE_DOCS: Final = """\
# https://docs.readthedocs.com/platform/stable/config-file/v2.html
version: 2

build:
  os: ubuntu-24.04
  tools:
    python: "3.12"
  apt_packages:
    - fonts-linuxlibertine # what the book is set with: Latin, Greek, Cyrillic, Hebrew
    - fonts-hosny-amiri # Arabic
    - fonts-freefont-otf # what both lack

python:
  install:
    - requirements: requirements.txt

sphinx:
  configuration: conf.py
  builder: html
  fail_on_warning: true

formats:
  - htmlzip
  - epub
  - pdf
"""
