"""Kills builds at random moments, and holds what the next build publishes against a clean one.

Usage: ``killing.py [--kills 100] [--jobs 1 2] [--seed 0]``. Every other kill waits until pages are
being written. A build is a process group of its own, and the whole group gets SIGKILL; of several
processes, every fourth time the first one alone. The editions are those of the property tests: each
trial edits the last one's, and one in three begins anew.
Ends with 1 where a next build failed or published other bytes than a clean one.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import random
import select
import shutil
import signal
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

HERE: Final = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent / "_ext"), str(HERE.parent / "tests")]

from edition_model import EDITS, Model  # noqa: E402
from ontherecord.faults.lock import NAME  # noqa: E402
from sphinx.builders import Builder  # noqa: E402
from sphinx.cmd.build import build_main  # noqa: E402

CONF: Final = f"""
import sys
sys.path.insert(0, {str(HERE.parent / "_ext")!r})
project = "An edition"
extensions = ["ontherecord"]
record_register_page_size = 2
html_static_path = ["own"]
html_extra_path = ["extra"]
"""
THEMES: Final = ('html_theme = "ontherecord"\n', 'html_theme = "basic"\n')


class Edition(Model):
    """An edition with pictures, downloads, files of its own and settings, which are edited too."""

    theme = 0
    pictures: tuple[str, ...] = ()

    def change_picture(self) -> None:
        """Change, add or take away pictures and what can be downloaded."""
        names = ("one", "two", "three")
        self.pictures = tuple(self.random.sample(names, self.random.randint(0, 3)))

    def change_setting(self) -> None:
        """Have every page written anew."""
        self.theme = 1 - self.theme

    def files(self) -> dict[str, str]:
        """Give what stands in the files, by path."""
        shown = "".join(
            f"![A picture](../pictures/{name}.svg) {{download}}`../pictures/{name}.txt`\n\n"
            for name in self.pictures
        )
        found = super().files() | {
            "conf.py": CONF + THEMES[self.theme],
            "annotations/pictures.md": f"# Pictures\n\n{shown}",
            "own/own.css": f"/* {self.phrase()} */\n" * 500,
            "extra/extra.txt": f"{self.phrase()}\n" * 500,
        }
        for name in self.pictures:
            found[f"pictures/{name}.txt"] = f"{self.phrase()}\n" * 500
            found[f"pictures/{name}.svg"] = f'<svg xmlns="http://www.w3.org/2000/svg"><!--{name}-->'
            found[f"pictures/{name}.svg"] += f"<!-- {self.phrase()} -->" * 500 + "</svg>\n"
        return found


ALL_EDITS: Final = [*EDITS, "change_picture", "change_picture", "change_setting"]


class Running:
    """A build in a process group of its own, forked from this process that has imported all."""

    def __init__(self, source: Path, out: Path, jobs: int) -> None:
        """Begin to build."""
        self.log = out.with_name(f"{out.name}.log")
        self._writing, says = os.pipe()
        self._begin = time.perf_counter()
        self.process = os.fork()
        if not self.process:
            os.setpgid(0, 0)
            code = 70
            try:
                code = _build(source, out, jobs, self.log, says)
            finally:
                os._exit(code)
        os.close(says)
        with contextlib.suppress(OSError):  # The child may have done so, or be gone.
            os.setpgid(self.process, self.process)

    def wait_for_writing(self, seconds: float = 60) -> float:
        """Wait until pages are being written, or all is over; give the seconds since it began."""
        select.select([self._writing], [], [], seconds)
        return time.perf_counter() - self._begin

    def end(self, seconds: float = 600.0, *, alone: bool = False) -> int | None:
        """Give the exit code; nothing where the time was over, and the whole group was killed.

        ``alone`` says that only the first process is to be killed.
        """
        until = time.perf_counter() + seconds
        code = None
        while code is None:
            done, status = os.waitpid(self.process, os.WNOHANG)
            if done:
                code = os.waitstatus_to_exitcode(status)
            elif time.perf_counter() >= until:
                (os.kill if alone else os.killpg)(self.process, signal.SIGKILL)
                os.waitpid(self.process, 0)
                break
            else:
                time.sleep(0.0005)
        os.close(self._writing)
        self.seconds = time.perf_counter() - self._begin
        return code


def _build(source: Path, out: Path, jobs: int, log: Path, says: int) -> int:
    with log.open("w") as said:
        os.dup2(said.fileno(), 1)
        os.dup2(said.fileno(), 2)
    write: Callable[..., None] = Builder.write

    def telling(builder: Builder, *given: Any) -> None:
        os.write(says, b".")
        write(builder, *given)

    Builder.write = telling  # type: ignore[method-assign, assignment]
    options = ["-b", "html", "-j", str(jobs), "-d", f"{out}.doctrees"]
    return int(build_main([*options, str(source), str(out)]))


def published(folder: Path) -> dict[str, bytes]:
    """Give all that is published in a folder, by path."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and not path.name.startswith(".buildinfo")
    }


@dataclass
class Report:
    """What became of the trials with one number of processes."""

    jobs: int
    kills: int = 0
    writing: int = 0
    torn: int = 0
    """Kills that left files that are neither the last build's nor the next one's."""
    wrong: list[str] = field(default_factory=list)
    next: list[float] = field(default_factory=list)
    clean: list[float] = field(default_factory=list)

    def __str__(self) -> str:
        """Give the figures in a line."""
        return (
            f"-j {self.jobs}: {self.kills} kills, {self.writing} of them while writing; "
            f"{self.torn} left files that no whole build publishes; the next build was wrong "
            f"{len(self.wrong)} times; it took {statistics.median(self.next):.2f} s, a clean one "
            f"{statistics.median(self.clean):.2f} s (medians)"
        )


class Trials:
    """Trials with one number of processes in a folder."""

    def __init__(self, folder: Path, jobs: int, seed: int) -> None:
        """Begin with nothing built."""
        self._random = random.Random(f"{seed} {jobs}")
        self._edition = Edition(seed)
        self._source = folder / "edition"
        self._kept, self._clean = folder / "kept", folder / "clean"
        self._before: dict[str, bytes] = {}
        self._whole = self._until_writing = 1.0
        self.report = Report(jobs)

    def measure(self) -> None:
        """Build once, so that it is known how long it takes."""
        self._write()
        running = Running(self._source, self._kept, self.report.jobs)
        self._until_writing = running.wait_for_writing()
        running.end()
        self._whole = running.seconds
        self._before = published(self._kept)

    def run(self, *, writing: bool) -> None:
        """Kill one build, and look at what the next one does."""
        for _ in range(self._random.randint(1, 3)):
            getattr(self._edition, self._random.choice(ALL_EDITS))()
        if self._random.random() < 1 / 3:
            _remove(self._kept)
            self._before = {}
        self._write()
        running = Running(self._source, self._kept, self.report.jobs)
        if writing:
            running.wait_for_writing()
            seconds = self._random.uniform(0, self._whole - self._until_writing)
        else:
            seconds = self._random.uniform(0, self._whole)
        alone = self.report.jobs > 1 and self.report.kills % 4 > 2
        if running.end(seconds, alone=alone) is not None:
            self.run(writing=writing)  # It was over before.
            return
        self.report.kills += 1
        self.report.writing += writing
        left = published(self._kept)
        left.pop(NAME, None)
        if self._random.random() < 1 / 3:  # Whoever sees a build stop may go on editing.
            getattr(self._edition, self._random.choice(ALL_EDITS))()
            self._write()
            left = {}
        self._hold(left)

    def _hold(self, left: dict[str, bytes]) -> None:
        running = Running(self._source, self._kept, self.report.jobs)
        code = running.end()
        self.report.next.append(running.seconds)
        kept = published(self._kept)
        anew = Running(self._source, self._clean, 1)
        anew.end()
        self.report.clean.append(anew.seconds)
        clean = published(self._clean)
        wrong = sorted(name for name in {*kept, *clean} if kept.get(name) != clean.get(name))
        if code or wrong:
            number = self.report.kills
            self.report.wrong.append(
                f"kill {number}: exit code {code}, {len(wrong)} files: {wrong[:5]}"
            )
            print(self.report.wrong[-1], running.log.read_text()[-2000:] if code else "", sep="\n")
            _remove(self._kept)  # So that one mistake is not counted twice.
            kept = {}
        elif any(one not in (self._before.get(name), kept.get(name)) for name, one in left.items()):
            self.report.torn += 1
        self._before = kept
        _remove(self._clean)

    def _write(self) -> None:
        self._edition.random.seed(self.report.kills)
        self._source.mkdir(exist_ok=True)
        self._edition.write(self._source)


def _remove(out: Path) -> None:
    shutil.rmtree(out, ignore_errors=True)
    shutil.rmtree(f"{out}.doctrees", ignore_errors=True)


def _import_all() -> None:
    """Build once here, so that no build is killed while it only imports."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "edition").mkdir()
        Edition(0).write(folder / "edition")
        build_main(["-Q", "-b", "html", str(folder / "edition"), str(folder / "html")])


def killed(kills: int, jobs: Iterable[int], seed: int = 0) -> list[Report]:
    """Give the reports of so many kills, for each number of processes."""
    os.environ.setdefault("SOURCE_DATE_EPOCH", "1700000000")
    _import_all()
    reports = []
    for number in jobs:
        with tempfile.TemporaryDirectory() as name:
            trials = Trials(Path(name), number, seed)
            trials.measure()
            for kill in range(kills):
                trials.run(writing=bool(kill % 2))
            reports.append(trials.report)
            print(trials.report, flush=True)
    return reports


def main(arguments: list[str]) -> int:
    """Kill as often as is asked for."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--jobs", type=int, nargs="+", default=[1, 2])
    parser.add_argument("--seed", type=int, default=0)
    chosen = parser.parse_args(arguments)
    return int(any(one.wrong for one in killed(chosen.kills, chosen.jobs, chosen.seed)))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
