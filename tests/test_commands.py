"""``ontherecord check``: what the build would report, without a page."""

from __future__ import annotations

import json
import re
import shutil

import pytest
from conftest import ROOT, Project, python
from ontherecord.commands.main import main

MISTAKES = "# B\n\n{quote}`ann-opn`\n\n:::{quote} ann-open\n:speaker: anna\n:source: herald-2024\n\nX\n:::\n\n:::{nope}\n:::\n"


def check(edition: Project, capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str]:
    capsys.readouterr()
    code = main(["check", *arguments, str(edition.folder)])
    return code, capsys.readouterr().out


def test_a_sound_edition_passes(edition: Project, capsys: pytest.CaptureFixture[str]) -> None:
    assert check(edition, capsys) == (0, "")
    assert not list(edition.folder.rglob("*.html")), "no page is written"


def test_it_reports_what_the_build_reports_each_time(
    edition: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    edition.put("bad.md", MISTAKES)
    built = edition.build()
    told = re.findall(r"(bad\.md:\d+): WARNING: (.*) \[(.*)\]", built.warnings)
    for _ in range(2):
        code, out = check(edition, capsys)
        assert code == 1
        found = re.findall(r"(bad\.md:\d+): error: (.*) \[(.*)\]", out)
        records = [one for one in found if one[2].startswith("record.")]
        assert sorted(records) == sorted(one for one in told if one[2].startswith("record."))
    code, out = check(edition, capsys)
    edition.put("bad.md", "# Good\n")
    assert check(edition, capsys) == (0, "")


def test_what_docutils_reports_is_said_once(
    edition: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    edition.put("bad.md", "# B\n\n```{include} nothing.md\n```\n")
    code, out = check(edition, capsys)
    assert (code, out.count("file not found")) == (1, 1)
    assert out.count("[docutils]") == 1


def test_formats(
    edition: Project, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(edition.folder.parent)
    edition.put("bad.md", "# B\n\n{quote}`ann-opn`\n")
    _, out = check(edition, capsys, "--format", "json")
    (message,) = json.loads(out)
    assert message["file"] == "bad.md"
    assert message["line"] == 3
    assert message["name"] == "record.unknown-quote"
    assert message["severity"] == "error"
    _, out = check(edition, capsys, "--format", "github")
    assert out.startswith(
        "::error file=edition/bad.md,line=3,title=record.unknown-quote::there is no quote"
    )


def test_findings_are_notes_and_fail_nothing(
    first_edition: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out = check(first_edition, capsys)
    assert code == 0
    assert {re.sub(r".*\[finding\.(.*)\]", r"\1", line) for line in out.splitlines()} >= {
        "substitution",
        "omission-unmarked",
        "splice",
        "truncation",
        "punctuation",
        "translation",
    }
    assert check(first_edition, capsys, "--quiet") == (0, "")


def test_the_command_line(edition: Project) -> None:
    done = python("-m", "ontherecord", "check", str(edition.folder), cwd=ROOT / "_ext")
    assert (done.returncode, done.stdout) == (0, "")
    assert python("-m", "ontherecord", "--help", cwd=ROOT / "_ext").returncode == 0
    assert python("-m", "ontherecord", "chek", cwd=ROOT / "_ext").returncode == 2
    shutil.rmtree(edition.folder)
    done = python("-m", "ontherecord", "check", str(edition.folder), cwd=ROOT / "_ext")
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
