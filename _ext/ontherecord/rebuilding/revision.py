"""Asks git, or what git wrote into an archive, which state of the sources this is.

``git archive`` fills in ``.git_archival.txt`` where ``.gitattributes`` says
``export-subst``, as setuptools-scm has it; so an archive without git says the same.
"""

from __future__ import annotations

import re
import subprocess
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from pathlib import Path

ARCHIVAL: Final = ".git_archival.txt"
"""The file that an archive is told its commit by, beside ``conf.py``."""

_LINE: Final = re.compile(r"^(?P<name>[\w-]+):\s*(?P<value>[^$\n]*)$", re.MULTILINE)
_DESCRIBED: Final = re.compile(r"(?P<tag>.+?)(?:-\d+-g(?P<commit>[0-9a-f]+))?$")


def ask_git(folder: Path, *arguments: str) -> str:
    """Give what git answers, or nothing where there is none, or no repository."""
    try:
        done = subprocess.run(  # noqa: S603 - the questions are those below
            ["git", *arguments],  # noqa: S607 - the user's own git
            cwd=folder,
            capture_output=True,
            encoding="utf-8",
            errors="replace",
            check=True,
            timeout=30,
        )
    except (OSError, subprocess.SubprocessError):
        return ""
    return done.stdout.strip()


def archived(folder: Path) -> dict[str, str]:
    """Give what an archive says of its commit; nothing where it is none."""
    try:
        text = (folder / ARCHIVAL).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return {}
    return {match["name"]: match["value"].strip() for match in _LINE.finditer(text)}


def committed(folder: Path) -> str:
    """Give the time of the commit, in seconds of the epoch, or nothing where it is not known."""
    return ask_git(folder, "log", "-1", "--format=%ct") or archived(folder).get("node-date", "")


def version(folder: Path, release: str) -> str:
    """Give the version that a citation names.

    It is the release that the settings name. Where git has a tag of that release, and this
    is a later state, the commit follows it, as in ``1.2.0+g04a001b``: a citation of
    1.2.0 must not lead to other words (PEP 440, local version identifiers).
    """
    described = ask_git(
        folder, "describe", "--tags", "--match", release, "--match", f"v{release}"
    ) or archived(folder).get("describe-name", "")
    match = _DESCRIBED.fullmatch(described) if release and described else None
    if match and match["commit"] and match["tag"].removeprefix("v") == release:
        return f"{release}+g{match['commit'][:7]}"
    return release
