"""The edition's settings. What is not set here is set by the extension, or as Sphinx has it."""

import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent / "_ext"))

project = "On the Record"
subtitle = "Who said what, in which wording, and what was answered"
author = "The editors of On the Record"
copyright = "2026, the editors of On the Record"
version = release = "0.1.0"
language = "en"

extensions = ["ontherecord"]
exclude_patterns = [
    "_build",
    ".*_cache",
    ".venv*",
    "README.md",
    "CHANGELOG.md",
    "CONTRIBUTING.md",
    "tests",
    "benchmarks",
    "_ext",
]
nitpicky = True
myst_enable_extensions = ["colon_fence", "substitution"]
# Read the Docs says where the edition comes from; elsewhere it is not known to a build.
repository = os.environ.get("READTHEDOCS_GIT_CLONE_URL", "").removesuffix(".git")
myst_substitutions = {
    "version": release,
    "repository": f"[the edition’s repository]({repository})"
    if repository.startswith("https://")
    else "the repository that this edition was built from",
}
smartquotes = (
    False  # The prose is written with the marks it is to show; the words are exempt anyway.
)

record_licence = "CC-BY-4.0"  # Of the edition's text; quotations are their speakers'.

html_theme = "ontherecord"
html_title = project
html_use_index = False  # The registers are the index.
html_baseurl = os.environ.get("READTHEDOCS_CANONICAL_URL", "")
html_theme_options = {
    "description": subtitle,
    "navigation": {
        "articles/index": "Articles",
        "annotations/quotes": "Statements",
        "annotations/contradictions": "Contradictions",
        "annotations/topics": "Topics",
    },
    "foot": {
        "annotations/speakers": "Speakers",
        "annotations/timeline": "Timeline",
        "annotations/notes": "Notes",
        "annotations/sources": "Sources",
        "annotations/corrections": "Corrections",
        "annotations/principles": "Principles",
        "annotations/errors": "Report an error",
        "guide/index": "Guide",
    },
}

latex_documents = [("index", "on-the-record.tex", project, author, "manual")]
latex_elements = {
    "papersize": "a4paper",
    "preamble": rf"\renewcommand{{\recordsubtitle}}{{{subtitle}}}",
}
man_pages = [("index", "on-the-record", project, [author], 7)]
texinfo_documents = [
    ("index", "on-the-record", project, author, "OnTheRecord", "An annotated edition", "Reference")
]
epub_description = subtitle
epub_exclude_files = ["404.xhtml"]
