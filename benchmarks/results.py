"""Sets measures as a table, and keeps it in ``RESULTS.md`` between marks, not typed by hand."""

from __future__ import annotations

import json
import os
import platform
import re
import subprocess
import tempfile
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

HERE = Path(__file__).resolve().parent
RESULTS = HERE / "RESULTS.md"
PACKAGES = ("sphinx", "docutils", "myst-parser", "sphinxcontrib-bibtex", "pagefind-bin", "pyarrow")


@dataclass(frozen=True, slots=True)
class Row:
    """One measure, with what it must reach and what it should; None where nothing is set."""

    measure: str
    size: str
    value: float
    must: float | None = None
    reach: float | None = None
    settings: float | None = None
    """The same beside plain Sphinx under our settings."""
    detail: str = ""
    """The figures behind it, with their units."""
    most: bool = True
    """Whether the value may be at most what it must, else at least."""
    unit: str = ""

    @property
    def is_met(self) -> bool:
        """Whether it is what it must be; where nothing is set, it is."""
        if self.must is None:
            return True
        return self.value <= self.must if self.most else self.value >= self.must

    def cells(self) -> list[str]:
        """Give the cells of the row; what fails is bold."""
        shown = f"{self.value:.2f}{self.unit}"
        return [
            self.measure,
            self.size,
            _said(self.must, self.unit),
            _said(self.reach, self.unit),
            shown if self.is_met else f"**{shown}**",
            _said(self.settings, self.unit),
            self.detail,
        ]


HEAD = ("measure", "at", "must", "reach for", "measured", "under our settings", "figures")


def _said(number: float | None, unit: str) -> str:
    return "" if number is None else f"{number:.2f}{unit}"


def table(rows: Iterable[Row]) -> str:
    """Give the rows as a table in Markdown."""
    lines = [HEAD, ("---",) * len(HEAD), *(row.cells() for row in rows)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def circumstances() -> str:
    """Say on what, when and with which versions it was measured."""
    day = datetime.now(UTC).date()
    packages = ", ".join(f"{name} {_version(name)}" for name in PACKAGES)
    return (
        f"measured on {day.day} {day:%B %Y} at {_commit()}: {os.cpu_count()} cores, "
        f"{_memory()} GiB, {_processor()}, files on {_files()}; "
        f"Python {platform.python_version()}, {packages}."
    )


def add(group: str, rows: list[Row], order: Iterable[str], file: Path) -> str:
    """Put a group of rows in place of what it had, and give the whole table with all groups.

    The groups are kept beside the table in ``measured.json``, so that a long
    run can be made in parts; each says when and where it was measured.
    """
    known = file.with_name("measured.json")
    groups = json.loads(known.read_text(encoding="utf-8")) if known.is_file() else {}
    groups[group] = {"when": circumstances(), "rows": [asdict(row) for row in rows]}
    groups = {name: groups[name] for name in order if name in groups}
    known.parent.mkdir(parents=True, exist_ok=True)
    known.write_text(json.dumps(groups, indent=1) + "\n", encoding="utf-8")
    when: dict[str, list[str]] = {}
    for name, one in groups.items():
        when.setdefault(one["when"], []).append(name)
    whole = table(Row(**row) for one in groups.values() for row in one["rows"])
    return "\n\n".join([whole, *(f"{', '.join(found)}: {said}" for said, found in when.items())])


def keep(name: str, content: str, file: Path = RESULTS) -> None:
    """Put what was measured between the marks of its name, or at the end where there are none."""
    begin, end = f"<!-- {name}: measured -->", f"<!-- {name}: end -->"
    section = f"{begin}\n{content.strip()}\n{end}"
    text = file.read_text(encoding="utf-8") if file.is_file() else "# Results\n"
    marked = re.compile(f"{re.escape(begin)}.*?{re.escape(end)}", re.DOTALL)
    if marked.search(text):
        text = marked.sub(lambda _found: section, text)
    else:
        text = f"{text.rstrip()}\n\n{section}\n"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "not installed"


def _commit() -> str:
    def git(*arguments: str) -> str:
        done = subprocess.run(
            ["git", *arguments], cwd=HERE, capture_output=True, text=True, check=False
        )
        return done.stdout.strip()

    others = (".", ":!RESULTS.md", ":!measured.json")
    changed = git("status", "--porcelain", "--untracked-files=no", "--", *others)
    return (git("rev-parse", "--short", "HEAD") or "no commit") + (" with changes" * bool(changed))


def _memory() -> int:
    return round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30)


def _files() -> str:
    """Give the kind of file system that sites are built on."""
    named = ["df", "--output=fstype", tempfile.gettempdir()]
    try:
        done = subprocess.run(named, capture_output=True, text=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        return "an unknown file system"
    return done.stdout.split()[-1]


def _processor() -> str:
    file = Path("/proc/cpuinfo")
    found = re.search(r"model name\s*: (.*)", file.read_text()) if file.is_file() else None
    return found[1] if found else platform.machine()
