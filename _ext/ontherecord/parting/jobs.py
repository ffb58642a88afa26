"""The list of jobs that build all parts, for any CI, and a Makefile that does them here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from ontherecord.parting import FRONT, SITE

if TYPE_CHECKING:
    from collections.abc import Iterable

NAME: Final = "jobs.tsv"
MAKEFILE: Final = "Makefile"
ALL: Final = "_inventories"
"""The folder into which the inventories of all parts are written anew."""


@dataclass(frozen=True, slots=True)
class Job:
    """A command; all of one step can be done at once, each on a machine of its own."""

    step: str
    part: str
    command: str


def build_of(part: str, builder: str) -> Job:
    """Give the job that builds a part; that of the front comes after the volumes'."""
    out = SITE if part == FRONT else f"{SITE}/{part}"
    doctrees = f"_doctrees/{part}"
    command = f"python -m sphinx -q -W --keep-going -b {builder} -d {doctrees} {part} {out}"
    return Job("2 front" if part == FRONT else "1 volumes", part, command)


def builds(volumes: Iterable[str], builder: str) -> list[Job]:
    """Give the jobs of a build of all parts, in their order."""
    return [build_of(part, builder) for part in (*volumes, FRONT)]


def inventories(parts: Iterable[str]) -> list[Job]:
    """Give the jobs that renew what parts know of each other.

    They are needed where an edit names what is new in another part, and not for each build.
    """
    parts = list(parts)
    return [
        *(
            Job("a read", part, f"ontherecord inventory {part} --output {ALL}/{part}.inv")
            for part in parts
        ),
        *(Job("b take", part, f"ontherecord inventory {part} --from {ALL}") for part in parts),
    ]


def table(volumes: Iterable[str], builder: str) -> str:
    """Give the list: step, part and command, parted by tabs."""
    jobs = builds(volumes, builder)
    return "".join(f"{one.step}\t{one.part}\t{one.command}\n" for one in jobs)


def makefile(volumes: Iterable[str], builder: str) -> str:
    """Give a Makefile: ``make -j 2`` builds all, ``make inventories`` renews what they know."""
    names = list(volumes)
    renewed = inventories([*names, FRONT])
    lines = [
        "# Builds the volumes, at once with `make -j`, and then the front; see jobs.tsv.",
        f"VOLUMES := {' '.join(names)}",
        "",
        f".PHONY: {FRONT} $(VOLUMES) inventories",
        "",
    ]
    for job in builds(names, builder)[::-1]:
        before = " $(VOLUMES)" if job.part == FRONT else ""
        lines += [f"{job.part}:{before}", f"\t{job.command}", ""]
    return "\n".join([*lines, "inventories:", *(f"\t{job.command}" for job in renewed), ""])
