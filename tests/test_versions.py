"""Which version a citation names: held against git, and right in an archive without it."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import tarfile
from pathlib import Path

import pytest
from conftest import Project
from ontherecord.imprint import content_identifier
from ontherecord.rebuilding.revision import version

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")

ARCHIVAL = "node: $Format:%H$\nnode-date: $Format:%ct$\ndescribe-name: $Format:%(describe:tags=true,match=v[0-9]*,match=[0-9]*)$\n"


def git(folder: Path, *arguments: str) -> str:
    settings = ["-c", "user.name=An Editor", "-c", "user.email=editor@edition.example"]
    done = subprocess.run(
        ["git", *settings, *arguments],
        cwd=folder,
        check=True,
        capture_output=True,
        text=True,
        env={
            **dict.fromkeys(("GIT_AUTHOR_DATE", "GIT_COMMITTER_DATE"), "2024-06-01T12:00:00Z"),
            "PATH": "/usr/bin:/bin:/usr/local/bin",
        },
    )
    return done.stdout.strip()


@pytest.fixture
def kept(edition: Project, monkeypatch: pytest.MonkeyPatch) -> Project:
    """An edition in git, with a release tagged."""
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    conf = (edition.folder / "conf.py").read_text() + '\nrelease = "1.2.0"\n'
    edition.put("conf.py", conf)
    edition.put(".git_archival.txt", ARCHIVAL)
    edition.put(".gitattributes", "* text=auto eol=lf\n.git_archival.txt export-subst\n")
    git(edition.folder, "init", "-q")
    git(edition.folder, "add", "-A")
    git(edition.folder, "commit", "-qm", "The edition")
    git(edition.folder, "tag", "v1.2.0")
    return edition


def cited(project: Project) -> dict[str, str]:
    """Give the version, the date and the SWHID that the citation of a quote names."""
    build = project.build()
    assert build.code == 0, build.warnings
    item = json.loads(build.text("cite/ann-open.json"))[0]
    swhid = re.search(r"swhid: (\S+)", item["note"])
    assert swhid
    issued = item.get("issued", {}).get("date-parts", [[]])[0]
    return {"version": item["version"], "swhid": swhid[1], "issued": "-".join(map(str, issued))}


def test_the_swhid_is_what_git_calls_the_file(kept: Project) -> None:
    found = cited(kept)
    core, _semicolon, qualifiers = found["swhid"].partition(";")
    assert core == f"swh:1:cnt:{git(kept.folder, 'hash-object', 'article.md')}"
    assert core == f"swh:1:cnt:{git(kept.folder, 'rev-parse', 'HEAD:article.md')}"
    assert "path=/article.md" in qualifiers
    first = re.search(r"lines=(\d+)", qualifiers)
    assert first
    source = (kept.folder / "article.md").read_text().splitlines()
    assert "The library stays open." in source[int(first[1]) - 1]


def test_ends_of_line_of_another_system_change_no_identifier(kept: Project) -> None:
    before = cited(kept)["swhid"]
    path = kept.folder / "article.md"
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert cited(kept)["swhid"] == before


def test_an_edit_is_another_identifier(kept: Project) -> None:
    before = cited(kept)["swhid"]
    path = kept.folder / "article.md"
    path.write_text(path.read_text().replace("And Bob:", "But Bob:"))
    after = cited(kept)["swhid"]
    assert after != before
    assert after.partition(";")[0] == content_identifier(path.read_bytes())


def test_a_release_is_cited_by_its_number(kept: Project) -> None:
    assert cited(kept)["version"] == "1.2.0"
    assert cited(kept)["issued"] == "2024-6-1"


def test_what_follows_a_release_is_not_cited_as_the_release(kept: Project) -> None:
    kept.put("index.md", (kept.folder / "index.md").read_text() + "\nMore.\n")
    git(kept.folder, "commit", "-qam", "More")
    commit = git(kept.folder, "rev-parse", "--short=7", "HEAD")
    assert cited(kept)["version"] == f"1.2.0+g{commit}"
    conf = (kept.folder / "conf.py").read_text()
    kept.put("conf.py", conf.replace("1.2.0", "1.3.0"))
    assert cited(kept)["version"] == "1.3.0"


@pytest.mark.parametrize("later", [False, True])
def test_an_archive_says_what_the_repository_says(
    kept: Project, tmp_path: Path, *, later: bool
) -> None:
    if later:
        kept.put("index.md", (kept.folder / "index.md").read_text() + "\nMore.\n")
        git(kept.folder, "commit", "-qam", "More")
    expected = cited(kept)
    git(kept.folder, "archive", "-o", str(tmp_path / "edition.tar"), "HEAD")
    unpacked = Project(tmp_path / "unpacked")
    with tarfile.open(tmp_path / "edition.tar") as archive:
        archive.extractall(unpacked.folder, filter="data")
    assert not (unpacked.folder / ".git").exists()
    assert cited(unpacked) == expected


def test_without_git_or_archive_the_release_is_cited(tmp_path: Path) -> None:
    assert version(tmp_path, "1.2.0") == "1.2.0"
    (tmp_path / ".git_archival.txt").write_text(ARCHIVAL)
    assert version(tmp_path, "1.2.0") == "1.2.0"


def test_lines_of_a_mark_that_runs_over_lines(edition: Project) -> None:
    text = (edition.folder / "article.md").read_text()
    edition.put(
        "article.md",
        text.replace(
            '{said}`"The library stays open." <ann-open>`',
            'this, {said}`"The library\nstays\nopen." <ann-open>`',
        ),
    )
    first = text.splitlines().index('Ann said: {said}`"The library stays open." <ann-open>`') + 1
    found = json.loads(edition.build().text("cite/ann-open.json"))[0]
    assert f"lines={first}-{first + 2}" in found["note"]


def test_lines_of_a_record_run_to_its_closing_fence(edition: Project) -> None:
    edition.put(
        "cases.md",
        "# Cases\n\n::::{contradiction} library\n:between: ann-open, bob-closes\n"
        ":history: |\n:  2024-05-02 answered: by letter\n:status: alleged\n\n"
        "Open or not.\n\nTwo paragraphs.\n::::\n\nEnd.\n",
    )
    found = json.loads(edition.build().text("cite/library.json"))[0]
    assert "path=/cases.md;lines=3-12" in found["note"]


def test_lines_of_a_record_in_restructuredtext(edition: Project) -> None:
    edition.put(
        "cases.rst",
        "Cases\n=====\n\n.. contradiction:: library\n   :between: ann-open, bob-closes\n"
        "   :status: alleged\n\n   Open or not.\n\n   Two paragraphs.\n\nEnd.\n",
    )
    found = json.loads(edition.build().text("cite/library.json"))[0]
    assert "path=/cases.rst;lines=4-10" in found["note"]
