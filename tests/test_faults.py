"""Faults of the machine: each is told once, and the next build publishes what a clean one does."""

from __future__ import annotations

import csv
import errno
import os
import pickle
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from conftest import EXTENSION, ROOT, Build, Project, differences, published, sphinx_build
from ontherecord.commands.main import main
from ontherecord.evidence import verifications
from ontherecord.faults.lock import NAME, Lock
from ontherecord.publishing import exports
from ontherecord.reading import Unreadable
from ontherecord.whole_files import write_whole
from sphinx.builders.html import StandaloneHTMLBuilder
from sphinx.builders.html._build_info import BuildInfo

STOPPING = """
def setup(app):
    import os, signal, time
    stop = os.environ.get("STOP_AT", "")
    def at(name, when=lambda *given: True):
        def stop_here(app, *given):
            if when(*given):
                os.kill(os.getpid(), signal.SIGKILL)
        if stop == name:
            app.connect(name, stop_here, priority=990)
    at("doctree-read")
    at("env-check-consistency")
    at("html-page-context", lambda page, *given: page == "index")
    at("build-finished")
    def wait(*given):
        while not os.path.exists(os.environ["UNTIL"]):
            time.sleep(0.01)
    if stop == "wait":
        app.connect("write-started", wait)
"""


@pytest.fixture
def stopping(edition: Project) -> Project:
    """An edition of which builds in processes of their own can be stopped."""
    conf = (edition.folder / "conf.py").read_text(encoding="utf-8")
    edition.put("conf.py", conf + STOPPING)
    return edition


def command(edition: Project, *options: str, out: str = "html") -> list[str]:
    target = edition.folder.parent / f"{edition.folder.name}-{out}"
    where = ["-d", f"{target}.doctrees", str(edition.folder), str(target)]
    return [sys.executable, "-m", "sphinx", "-b", "html", *options, *where]


def stop(edition: Project, at: str, *options: str) -> None:
    """Build, and have the build killed at an event."""
    done = subprocess.run(
        command(edition, *options),
        env={**os.environ, "STOP_AT": at},
        capture_output=True,
        check=False,
    )
    assert done.returncode == -signal.SIGKILL, done.stderr


def settled(edition: Project, *options: str) -> Build:
    """Build again, and hold the result against a clean build's."""
    kept = edition.build("html", *options)
    clean = edition.build("html", *options, out="clean")
    assert kept.code == clean.code == 0
    assert kept.warnings == clean.warnings
    found, anew = published(kept.out), published(clean.out)
    assert sorted(name for name in {*found, *anew} if found.get(name) != anew.get(name)) == []
    for left in edition.folder.parent.glob(f"{edition.folder.name}-clean*"):
        shutil.rmtree(left) if left.is_dir() else left.unlink()
    return kept


def restore(edition: Project, name: str, content: str, when: float) -> None:
    """Put a file back as a backup does, with its former time."""
    edition.put(name, content)
    os.utime(edition.folder / name, (when, when))


# Builds that were stopped


def test_a_page_that_is_half_written_is_written_again(stopping: Project) -> None:
    out = stopping.build().out
    stopping.put("speakers.md", (stopping.folder / "speakers.md").read_text().replace("Ann", "Eve"))
    stop(stopping, "html-page-context")
    page = out / "article.html"
    assert "Eve Arden" in page.read_text()
    page.write_text(page.read_text()[:300])
    settled(stopping)


def test_a_first_build_that_was_stopped_leaves_no_page_behind(stopping: Project) -> None:
    stopping.put("gone.md", "# Gone\n\n![A picture](gone.svg) {download}`gone.txt`\n")
    stopping.put("gone.svg", "<svg xmlns='http://www.w3.org/2000/svg'/>")
    stopping.put("gone.txt", "gone")
    stop(stopping, "build-finished")
    for path in stopping.folder.glob("gone.*"):
        path.unlink()
    assert not (settled(stopping).out / "gone.html").exists()


def test_pages_of_other_settings_are_written_again(stopping: Project) -> None:
    """Sphinx notes new settings before it writes a page, and looks no more at them after that."""
    stopping.build()
    conf = (stopping.folder / "conf.py").read_text()
    stopping.put("conf.py", conf + 'html_title = "Another"\n')
    stop(stopping, "html-page-context")
    settled(stopping)


def test_what_was_read_by_a_build_that_was_stopped_is_read_again(stopping: Project) -> None:
    before = (stopping.folder / "article.md").read_text()
    when = (stopping.folder / "article.md").stat().st_mtime
    stopping.build()
    stopping.put("article.md", before.replace("The library", "The museum"))
    stop(stopping, "env-check-consistency")
    environment = stopping.folder.parent / "edition-html.doctrees/environment.pickle"
    assert environment.is_file()
    # What was half read: a doctree of the article as it was for a moment.
    stop(stopping, "doctree-read", "-E")
    restore(stopping, "article.md", before, when)
    stopping.put("speakers.md", (stopping.folder / "speakers.md").read_text().replace("Ann", "Eve"))
    assert "The museum" not in settled(stopping).text("article.html")


def test_a_doctree_of_a_build_that_was_stopped_is_not_taken_for_whole(stopping: Project) -> None:
    before = (stopping.folder / "article.md").read_text()
    when = (stopping.folder / "article.md").stat().st_mtime
    doctree = stopping.build().out.with_suffix(".doctrees") / "article.doctree"
    stopping.put("article.md", before.replace("The library", "The museum"))
    stopping.put("speakers.md", (stopping.folder / "speakers.md").read_text().replace("Ann", "Eve"))
    stop(stopping, "doctree-read")  # Before the second document's is written.
    doctree.write_bytes(doctree.read_bytes()[:500])
    restore(stopping, "article.md", before, when)
    settled(stopping)


def test_a_stopped_build_with_another_doctree_folder_is_noticed(stopping: Project) -> None:
    out = stopping.build().out
    other = ["-d", str(stopping.folder.parent / "others")]
    stopping.build("html", *other)
    stopping.put("speakers.md", (stopping.folder / "speakers.md").read_text().replace("Ann", "Eve"))
    stop(stopping, "html-page-context", *other)
    (out / "article.html").write_text("half")
    settled(stopping, *other)


def test_a_build_that_came_to_its_end_leaves_no_mark(edition: Project) -> None:
    out = edition.build().out
    assert list(edition.folder.parent.rglob(NAME)) == []
    edition.put("article.md", "")
    edition.build("html", "-W")
    assert list(edition.folder.parent.rglob(NAME)) == []
    assert out.is_dir()


MUCH = """
def much(app, env):
    import os
    if os.getpid() != int(os.environ["BUILD"]):
        # More than a pipe takes, so that it has to be taken out by the build's own process.
        env.metadata["index"]["much"] = "much" * 1_000_000
        with open(app.confdir.parent / "orphans.txt", "a") as file:
            print(os.getpid(), file=file)

def stop(app, env, docnames, other):
    import os, signal, time
    time.sleep(0.5)  # By now others wait for their turn.
    os.kill(os.getpid(), signal.SIGKILL)

def setup(app):
    import os
    if os.environ.setdefault("BUILD", str(os.getpid())) and "ORPHANS" in os.environ:
        app.connect("doctree-read", lambda app, doctree: much(app, app.env))
        app.connect("env-merge-info", stop, priority=1)
"""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="processes are forked on POSIX alone")
def test_processes_of_a_build_that_was_killed_do_not_stay(edition: Project) -> None:
    conf = (edition.folder / "conf.py").read_text(encoding="utf-8")
    edition.put("conf.py", conf + MUCH)
    for number in range(12):
        edition.put(f"page-{number}.md", f"# Page {number}\n")
    done = subprocess.run(
        command(edition, "-j", "4"), env={**os.environ, "ORPHANS": "1"}, check=False
    )
    assert done.returncode == -signal.SIGKILL
    orphans = {int(one) for one in (edition.folder.parent / "orphans.txt").read_text().split()}
    until = time.monotonic() + 30
    while (left := set(filter(is_running, orphans))) and time.monotonic() < until:
        time.sleep(0.05)
    for one in left:
        os.kill(one, signal.SIGKILL)
    assert not left, "the next build would wait for them for ever"
    settled(edition)


def is_running(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    # One that has ended is there until its parent asks for it.
    status = Path(f"/proc/{process}/status")
    return not (status.exists() and "\nState:\tZ" in status.read_text())


def test_random_kills() -> None:
    killing(4, seed=1)


@pytest.mark.parametrize("left", [b"", b"# Sphinx build info version 1\n#", b"\xff"])
def test_settings_that_were_half_noted(edition: Project, left: bytes) -> None:
    out = edition.build().out
    (out / ".buildinfo").write_bytes(left)
    settled(edition)


def test_mending_settings_can_go_when_sphinx_does(tmp_path: Path) -> None:
    path = tmp_path / ".buildinfo"
    path.touch()
    with pytest.raises(IndexError):  # Else `_forget_settings` in faults/under_way.py can go.
        BuildInfo.load(path)


@pytest.mark.slow
def test_a_hundred_random_kills() -> None:
    killing(100, seed=2)


def killing(kills: int, seed: int) -> None:
    script = str(ROOT / "benchmarks/killing.py")
    done = subprocess.run(
        [sys.executable, script, "--kills", str(kills), "--seed", str(seed)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.count(f"{kills} kills, {kills // 2} of them while writing") == 2


# Two builds at once


def hold(folder: Path) -> subprocess.Popen[str]:
    """Have another process hold the lock of a folder, and wait until it does."""
    program = (
        f"import sys, time; sys.path.insert(0, {str(EXTENSION)!r})\n"
        "from pathlib import Path\nfrom ontherecord.faults.lock import Lock\n"
        f"Lock(Path({str(folder)!r}), print).note('writing')\n"
        "print('held', flush=True)\ntime.sleep(60)"
    )
    process = subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert process.stdout.readline() == "held\n"
    return process


def test_a_lock_is_waited_for_and_goes_with_its_process(tmp_path: Path) -> None:
    holder = hold(tmp_path)
    said: list[str] = []

    def wait(process: str) -> None:
        said.append(process)
        holder.kill()
        holder.wait()

    lock = Lock(tmp_path, wait)
    assert said == [str(holder.pid)]
    assert lock.left == "writing"
    lock.release(is_whole=True)
    assert not list(tmp_path.iterdir())


def test_a_lock_that_was_released_tells_of_nothing(tmp_path: Path) -> None:
    lock = Lock(tmp_path, pytest.fail)
    assert lock.left == ""
    lock.note("reading")
    lock.release(is_whole=False)
    lock = Lock(tmp_path, pytest.fail)
    assert lock.left == "reading"
    again = Lock(tmp_path, pytest.fail)  # Of the same process, after an application that failed.
    assert again.left == "reading"
    lock.release(is_whole=True)
    assert (tmp_path / NAME).exists(), "it is not that one's any more"
    again.release(is_whole=True)
    assert Lock(tmp_path, pytest.fail).left == ""


def test_a_lock_leaves_no_trace_in_the_time_of_its_folder(tmp_path: Path) -> None:
    """By that time a build knows that nobody else has put anything there."""
    os.utime(tmp_path, (1_000_000_000, 1_000_000_000))
    lock = Lock(tmp_path, pytest.fail)
    assert tmp_path.stat().st_mtime == 1_000_000_000
    lock.release(is_whole=True)
    assert tmp_path.stat().st_mtime == 1_000_000_000


class Waiting:
    """Builds that wait, before they write, until all of them may go on."""

    def __init__(self, edition: Project) -> None:
        self._go = edition.folder.parent / "go"
        self._edition = edition
        self._builds: list[tuple[subprocess.Popen[bytes], Path]] = []

    def begin(self, *options: str, out: str = "html") -> None:
        log = self._edition.folder.parent / f"{len(self._builds)}.told"
        with log.open("wb") as told:
            process = subprocess.Popen(
                [*command(self._edition, out=out), *options],
                env={**os.environ, "STOP_AT": "wait", "UNTIL": str(self._go)},
                stdout=told,
                stderr=told,
            )
        self._builds.append((process, log))

    def told(self) -> list[str]:
        return [log.read_text() for _process, log in self._builds]

    def wait_for(self, words: str) -> None:
        """Wait until one of them says something."""
        until = time.monotonic() + 60
        while not any(words in one for one in self.told()):
            assert time.monotonic() < until, self.told()
            time.sleep(0.02)

    def go_on(self) -> None:
        """Let all come to their end."""
        self._go.write_text("")
        assert [process.wait(60) for process, _log in self._builds] == [0] * len(self._builds)
        self._go.unlink()


@pytest.mark.parametrize("turn", range(3))
def test_two_builds_at_once(stopping: Project, turn: int) -> None:
    both = Waiting(stopping)
    both.begin()
    both.begin()
    both.wait_for("is under way")
    both.go_on()
    assert sum("is under way" in one for one in both.told()) == 1
    assert not any("was stopped" in one for one in both.told())
    assert sum("no targets are out of date" in one for one in both.told()) == 1
    settled(stopping)


def test_two_builds_at_once_of_one_doctree_folder(stopping: Project, tmp_path: Path) -> None:
    both = Waiting(stopping)
    for out in ("html", "other"):
        both.begin("-d", str(tmp_path / "shared"), out=out)
    both.wait_for(f"is under way in {tmp_path / 'shared'}")
    both.go_on()
    one, other = (published(tmp_path / f"edition-{out}") for out in ("html", "other"))
    assert one == other
    assert one


def test_two_builds_at_once_of_one_output_folder(stopping: Project, tmp_path: Path) -> None:
    both = Waiting(stopping)
    for doctrees in ("one", "other"):
        both.begin("-d", str(tmp_path / doctrees))
    both.wait_for(f"is under way in {tmp_path / 'edition-html'}")
    both.go_on()
    settled(stopping)


def test_a_check_does_not_wait_for_a_build(stopping: Project) -> None:
    build = Waiting(stopping)
    build.begin()
    build.wait_for("checking consistency")
    assert main(["check", str(stopping.folder)]) == 0
    build.go_on()
    settled(stopping)


# Folders and disks that cannot be written


def told_once(build: Build, capsys: pytest.CaptureFixture[str], *says: str) -> None:
    """Hold that a build told one thing, and failed."""
    assert build.code == 2
    told = build.warnings + capsys.readouterr().err
    assert "Traceback" not in told
    assert build.warnings.count("ERROR") == 1
    assert len(build.warnings.splitlines()) == 1
    for one in says:
        assert one in build.warnings


class Full:
    """A disk that takes no more of some files."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, number: int, *names: str) -> None:
        write = Path.write_text

        def write_text(path: Path, text: str, *given: Any, **named: Any) -> int:
            if path.name in names:
                write(path, text[:200], *given, **named)
                # As the system tells it: what is written to has no name.
                raise OSError(number, os.strerror(number))
            return write(path, text, *given, **named)

        monkeypatch.setattr(Path, "write_text", write_text)


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_disk_that_is_full_while_pages_are_written(
    edition: Project, capsys: pytest.CaptureFixture[str], jobs: int
) -> None:
    edition.build()
    edition.put("speakers.md", (edition.folder / "speakers.md").read_text().replace("Ann", "Eve"))
    capsys.readouterr()
    with pytest.MonkeyPatch.context() as patch:
        Full(patch, errno.ENOSPC, "article.html", "speakers.html")
        build = edition.build(jobs=jobs)
    told_once(build, capsys, "edition-html", "the disk is full", "[record.unwritten-output]")
    settled(edition)


@pytest.mark.parametrize("name", ["pygments.css", ".buildinfo"])
def test_a_disk_that_is_full_while_other_files_are_written(
    edition: Project, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        if name == "pygments.css":

            def fail(builder: StandaloneHTMLBuilder) -> None:
                raise OSError(errno.ENOSPC, "No space left on device")

            patch.setattr(StandaloneHTMLBuilder, "create_pygments_style_file", fail)
        else:
            Full(patch, errno.ENOSPC, name)
        build = edition.build()
    told_once(build, capsys, "the disk is full")
    settled(edition)


class FullDatabase(sqlite3.OperationalError):
    """What SQLite says of a disk that is full."""

    sqlite_errorcode = sqlite3.SQLITE_FULL


@pytest.mark.parametrize("error", [OSError(errno.ENOSPC, "No space left"), FullDatabase("full")])
def test_a_disk_that_is_full_while_exports_are_written(
    edition: Project, capsys: pytest.CaptureFixture[str], error: Exception
) -> None:
    def fail(*_given: object) -> None:
        raise error

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(exports, "write", fail)
        build = edition.build()
    told_once(build, capsys, "the disk is full", "[record.unwritten-output]")
    settled(edition)


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_disk_that_is_full_while_documents_are_read(
    edition: Project, capsys: pytest.CaptureFixture[str], jobs: int
) -> None:
    dump = pickle.dump

    def fail(thing: Any, file: Any, *given: Any) -> None:
        dump("half", file)
        raise OSError(errno.ENOSPC, "No space left on device")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pickle, "dump", fail)
        build = edition.build(jobs=jobs)
    told_once(build, capsys, "the disk is full")
    settled(edition)


def test_files_that_may_not_be_so_large(edition: Project) -> None:
    """A limit of the process stands for a disk that is really full."""
    resource = pytest.importorskip("resource")
    done = subprocess.run(
        command(edition),
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000)),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    assert done.stderr.count("[record.unwritten-output]") == 1
    settled(edition)


@pytest.mark.parametrize("number", [errno.EROFS, errno.EACCES])
@pytest.mark.parametrize("which", ["html", "html.doctrees"])
def test_a_folder_that_cannot_be_written(
    edition: Project, capsys: pytest.CaptureFixture[str], number: int, which: str
) -> None:
    folder = edition.folder.parent / f"edition-{which}"
    opened = os.open

    def fail(path: Any, *given: Any, **named: Any) -> int:
        if str(path) == str(folder / NAME):
            raise OSError(number, os.strerror(number), str(path))
        return opened(path, *given, **named)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "open", fail)
        build = edition.build()
    told_once(build, capsys, str(folder), os.strerror(number), "[record.unwritten-output]")
    settled(edition)


def test_an_output_folder_that_cannot_be_made(
    edition: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    (edition.folder.parent / "file").write_text("")
    out = edition.folder.parent / "file/html"
    doctrees = edition.folder.parent / "doctrees"
    code = sphinx_build(["-q", "-d", str(doctrees), str(edition.folder), str(out)])
    told = capsys.readouterr().err
    assert code == 2
    assert f"{out.parent}: something else stands there" in told
    assert "Traceback" not in told


def test_something_else_where_a_page_is_to_be(
    edition: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    page = edition.build().out / "article.html"
    page.unlink()
    page.mkdir()
    (page / "kept").write_text("")
    edition.put("article.md", (edition.folder / "article.md").read_text() + "\nMore.\n")
    told_once(edition.build(), capsys, f"{page}: something else stands there")
    shutil.rmtree(page)
    settled(edition)


@pytest.mark.parametrize("name", ["pagefind", "record", "cite", "_static", "_sources"])
def test_a_file_in_place_of_a_folder_of_the_output(
    edition: Project, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    conf = (edition.folder / "conf.py").read_text()
    edition.put("conf.py", conf + 'html_theme = "ontherecord"\n')
    folder = edition.build().out / name
    shutil.rmtree(folder)
    folder.write_text("")
    capsys.readouterr()
    told_once(edition.build(), capsys, f"{folder}: something else stands there")


# Files that cannot be read


@pytest.mark.parametrize("jobs", [1, 2])
@pytest.mark.parametrize("damage", ["cut", "other", "gone", "words"])
def test_a_damaged_doctree(
    edition: Project, capsys: pytest.CaptureFixture[str], damage: str, jobs: int
) -> None:
    doctree = edition.build().out.with_suffix(".doctrees") / "article.doctree"
    if damage == "cut":
        doctree.write_bytes(doctree.read_bytes()[:1000])
    elif damage == "other":
        doctree.write_bytes(b"not a doctree")
    elif damage == "words":  # It can be read, and says something else.
        assert b"closes" in doctree.read_bytes()
        doctree.write_bytes(doctree.read_bytes().replace(b"closes", b"loses "))
    edition.put("speakers.md", (edition.folder / "speakers.md").read_text().replace("Ann", "Eve"))
    capsys.readouterr()
    if damage == "gone":
        doctree.unlink()  # Sphinx reads the document again.
    else:
        told_once(edition.build(jobs=jobs), capsys, str(doctree), "[record.unreadable-doctree]")
    settled(edition)


def test_a_damaged_environment(edition: Project) -> None:
    build = edition.build()
    path = build.out.with_suffix(".doctrees") / "environment.pickle"
    clean = published(build.out)
    for part in range(5, 100, 30):
        content = bytearray(path.read_bytes())
        place = len(content) * part // 100
        content[place : place + 20] = bytes(range(200, 220))
        for damaged in (content, content[:place]):
            path.write_bytes(damaged)
            again = edition.build()
            assert again.code == 0, again.warnings
            assert differences(published(again.out), clean) == []


@pytest.mark.parametrize("content", [b"", b"\xff\xfe\x00", b"[]", b'{"pages": 3}', None])
def test_damaged_files_of_our_own(edition: Project, content: bytes | None) -> None:
    conf = (edition.folder / "conf.py").read_text()
    edition.put("conf.py", conf + 'html_theme = "ontherecord"\n')
    doctrees = edition.build().out.with_suffix(".doctrees")
    edition.put("speakers.md", (edition.folder / "speakers.md").read_text().replace("Ann", "Eve"))
    ours = list(doctrees.glob("ontherecord*"))
    assert len(ours) > 1
    for path in ours:
        path.write_bytes(path.read_bytes()[:-5] if content is None else content)
    settled(edition)


def test_a_bit_of_our_own_files_that_has_changed(edition: Project) -> None:
    conf = (edition.folder / "conf.py").read_text()
    edition.put("conf.py", conf + 'html_theme = "ontherecord"\n')
    doctrees = edition.build().out.with_suffix(".doctrees")
    names = sorted(path.name for path in doctrees.glob("ontherecord*"))
    assert len(names) > 5
    speakers = (edition.folder / "speakers.md").read_text()
    for number, name in enumerate(names):
        content = bytearray((doctrees / name).read_bytes())
        for place in range(len(content) // 3, len(content), len(content) // 2 + 1):
            content[place] ^= 1
        (doctrees / name).write_bytes(content)
        edition.put("speakers.md", speakers.replace("Ann", "Eve" if number % 2 else "Ada"))
        settled(edition)


def one_problem(edition: Project, name: str, says: str) -> None:
    """Hold that each of two builds tells one thing, and the rest is built."""
    for _ in range(2):
        build = edition.build("html", "-W")
        assert build.code == 1
        assert build.subtypes == ["record.unreadable-file"], build.warnings
        assert f"{name}:1: WARNING: {name} {says}" in build.warnings
        assert (build.out / "speakers.html").is_file()


def test_a_document_that_cannot_be_opened(edition: Project) -> None:
    edition.put("speakers.md", (edition.folder / "speakers.md").read_text() + "{quote}`ann-open`\n")
    before = (edition.folder / "article.md").read_text()
    edition.build()
    (edition.folder / "article.md").unlink()
    (edition.folder / "article.md").symlink_to("nowhere.md")
    one_problem(edition, "article.md", "cannot be opened")
    (edition.folder / "article.md").unlink()
    edition.put("article.md", before)
    settled(edition)


def test_a_build_that_never_ended_hears_nothing_of_the_next(edition: Project) -> None:
    before = Unreadable()
    before.listen()
    (edition.folder / "more.md").symlink_to("nowhere.md")
    one_problem(edition, "more.md", "cannot be opened")
    assert before.problems == []


def test_a_document_that_cannot_be_read(edition: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    edition.put("speakers.md", (edition.folder / "speakers.md").read_text() + "{quote}`ann-open`\n")
    read = Path.read_bytes

    def fail(path: Path) -> bytes:
        if path.name == "article.md":
            raise PermissionError(errno.EACCES, "Permission denied", str(path))
        return read(path)

    monkeypatch.setattr(Path, "read_bytes", fail)
    one_problem(edition, "article.md", "cannot be read (Permission denied)")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_document_that_this_user_may_not_read(edition: Project) -> None:
    (edition.folder / "article.md").chmod(0)
    one_problem(edition, "article.md", "cannot be opened")


def test_a_bibliography_that_is_a_folder(edition: Project) -> None:
    (edition.folder / "references.bib").unlink()
    (edition.folder / "references.bib").mkdir()
    conf = (edition.folder / "conf.py").read_text()
    edition.put("conf.py", conf + 'bibtex_bibfiles = ["references.bib"]\n')
    one_problem(edition, "references.bib", "is named in bibtex_bibfiles, and is a folder")


def test_a_bibliography_that_cannot_be_read(
    edition: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    read = Path.read_bytes

    def fail(path: Path) -> bytes:
        if path.name == "references.bib":
            raise PermissionError(errno.EACCES, "Permission denied", str(path))
        return read(path)

    monkeypatch.setattr(Path, "read_bytes", fail)
    one_problem(edition, "references.bib", "cannot be read (Permission denied)")


def test_a_bibliography_that_is_a_link_to_nothing(edition: Project) -> None:
    before = (edition.folder / "references.bib").read_text(encoding="utf-8")
    for target in ("nowhere.bib", "references.bib"):
        (edition.folder / "references.bib").unlink()
        (edition.folder / "references.bib").symlink_to(target)
        one_problem(edition, "references.bib", "is named in bibtex_bibfiles, and is not there")
    (edition.folder / "references.bib").unlink()
    edition.put("references.bib", before)
    settled(edition)


LINKS = {
    "![A picture](back.png)": "image file not readable: back.png",
    "{download}`back.txt`": "download file not readable",
    "```{include} back.txt\n```": "Too many levels of symbolic links",
    "```{literalinclude} /back.txt\n```": "reading it failed",
}


@pytest.mark.parametrize("named", LINKS)
def test_a_link_that_leads_back_to_itself(edition: Project, named: str) -> None:
    edition.put("a.md", f"# A\n\n{named}\n")
    for name in ("back.txt", "back.png"):
        (edition.folder / name).symlink_to(name)
    build = edition.build("html", "-W")
    assert build.code == 1
    assert build.warnings.count("WARNING") + build.warnings.count("CRITICAL") == 1
    assert "a.md:3: " in build.warnings
    assert LINKS[named] in build.warnings
    assert (build.out / "a.html").is_file()


@pytest.mark.parametrize(
    "setting", ["html_static_path", "html_extra_path", "html_theme_path", "templates_path"]
)
def test_a_folder_that_is_a_link_back_to_itself(edition: Project, setting: str) -> None:
    conf = (edition.folder / "conf.py").read_text()
    edition.put("conf.py", f'{conf}{setting} = ["own", "back"]\n')
    edition.put("own/a.txt", "A")
    (edition.folder / "back").symlink_to("back")
    says = f'{setting} names "back", which is a link that leads back to itself'
    for _ in range(2):
        build = edition.build("html", "-W")
        assert build.code == 1
        assert build.subtypes == ["record.unreadable-file"], build.warnings
        assert f"conf.py:{len(conf.splitlines()) + 1}: WARNING: {says}" in build.warnings


@pytest.mark.parametrize("target", ["layout.html", "nowhere"])
def test_a_template_that_cannot_be_read(
    edition: Project, capsys: pytest.CaptureFixture[str], target: str
) -> None:
    conf = (edition.folder / "conf.py").read_text()
    edition.put("conf.py", f'{conf}templates_path = ["own"]\n')
    edition.put("own/other.txt", "")
    (edition.folder / "own/layout.html").symlink_to(target)
    says = "leads back to itself" if target == "layout.html" else "No such file"
    told_once(edition.build(), capsys, "own/layout.html: ", says, "[record.unreadable-file]")
    (edition.folder / "own/layout.html").unlink()
    settled(edition)


@pytest.mark.parametrize("name", ["environment.pickle", "ontherecord-environment"])
def test_a_folder_in_place_of_what_is_kept(
    edition: Project, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    path = edition.build().out.with_suffix(".doctrees") / name
    path.unlink()
    path.mkdir()
    edition.put("speakers.md", (edition.folder / "speakers.md").read_text().replace("Ann", "Eve"))
    capsys.readouterr()
    told_once(edition.build(), capsys, f"{path}: something else stands there")
    path.rmdir()
    settled(edition)


def test_a_folder_in_place_of_a_compiled_template(edition: Project) -> None:
    doctrees = edition.build().out.with_suffix(".doctrees")
    for path in doctrees.glob("*.template"):
        path.unlink()
        path.mkdir()
    edition.put("speakers.md", (edition.folder / "speakers.md").read_text().replace("Ann", "Eve"))
    settled(edition)


@pytest.mark.parametrize("why", ["gone", "a link", "excluded"])
def test_an_edition_without_its_front_page(
    edition: Project, capsys: pytest.CaptureFixture[str], why: str
) -> None:
    page = edition.folder / "index.md"
    says = "there is no front page: write one"
    if why == "excluded":
        conf = (edition.folder / "conf.py").read_text()
        edition.put("conf.py", f'{conf}exclude_patterns = ["index*"]\n')
        says = "the front page is left out: let no setting exclude it"
    else:
        page.unlink()
    if why == "a link":
        page.symlink_to("index.md")
        says = "the front page cannot be read (Too many levels of symbolic links)"
    told_once(edition.build(), capsys, f"{page}:1: {says}", "[record.unreadable-file]")


def test_a_front_page_that_cannot_be_read(
    edition: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    edition.build()
    before = (edition.folder / "index.md").read_text(encoding="utf-8")
    (edition.folder / "index.md").write_bytes(b"# Front \xff\n")
    capsys.readouterr()
    says = "index.md:1: the front page is not in UTF-8 (byte 9)"
    told_once(edition.build(), capsys, says, "[record.unreadable-file]")
    edition.put("index.md", before)
    settled(edition)


def test_what_was_verified_cannot_be_read(
    edition: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    path = edition.folder / verifications.NAME
    edition.put(verifications.NAME, ",".join(verifications.COLUMNS) + "\n")
    content = path.read_bytes() + b"ann-open,herald-2024,\xff\n"
    path.write_bytes(content)
    one_problem(edition, verifications.NAME, "is not in UTF-8 (byte ")
    capsys.readouterr()
    assert main(["verify", str(edition.folder)]) == 2
    assert path.read_bytes() == content, "what cannot be read is not written over"
    assert f"{verifications.NAME}:1: is not in UTF-8" in capsys.readouterr().err
    path.unlink()
    path.symlink_to("nowhere")
    one_problem(edition, verifications.NAME, "cannot be read")


def test_a_ledger_that_cannot_be_read(edition: Project, capsys: pytest.CaptureFixture[str]) -> None:
    edition.put("annotations/published.csv", "")
    path = edition.folder / "annotations/published.csv"
    path.write_bytes(b"date,\xff\n")
    one_problem(edition, "annotations/published.csv", "is not in UTF-8 (byte 6)")
    capsys.readouterr()
    assert main(["publish", str(edition.folder)]) == 2
    assert path.read_bytes() == b"date,\xff\n"
    for put in (Path.mkdir, lambda path: path.symlink_to("nowhere")):
        shutil.rmtree(path) if path.is_dir() else path.unlink()
        put(path)
        one_problem(edition, "annotations/published.csv", "cannot be read")


# Files that are written whole


def test_a_file_is_written_whole_or_not_at_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "file"
    write_whole(path, "before")
    path.chmod(0o640)
    link = tmp_path / "link"
    link.symlink_to(path)
    write_whole(link, "é")
    assert path.read_bytes() == b"\xc3\xa9"
    assert link.is_symlink()
    assert path.stat().st_mode & 0o777 == 0o640
    write = Path.write_bytes

    def fail(path: Path, content: bytes) -> int:
        write(path, content[:1])
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", fail)
    with pytest.raises(OSError, match="No space"):
        write_whole(path, b"after")
    assert path.read_bytes() == b"\xc3\xa9"
    assert sorted(one.name for one in tmp_path.iterdir()) == ["file", "link"]


def test_the_tables_of_the_edition_are_written_whole(
    edition: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["publish", str(edition.folder)]) == 0
    path = edition.folder / "annotations/published.csv"
    before, put = path.read_bytes(), Path.replace
    edition.put("more.md", "# More\n\n:::{speaker} cy\n:name: Cy\n:::\n")
    with pytest.MonkeyPatch.context() as patch:

        def fail(waiting: Path, target: Path) -> Path:
            if target == path.resolve():
                raise OSError(errno.ENOSPC, "No space left on device")
            return put(waiting, target)

        patch.setattr(Path, "replace", fail)
        assert main(["publish", str(edition.folder)]) == 1
    assert "annotations/published.csv: cannot be written" in capsys.readouterr().err
    assert path.read_bytes() == before
    assert main(["publish", str(edition.folder)]) == 0
    assert len(list(csv.reader(path.read_text().splitlines()))) == 6
