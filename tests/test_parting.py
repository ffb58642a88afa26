"""What keeps an edition from being parted is said once, with its place and the mend."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from conftest import Project
from ontherecord.commands.main import main
from ontherecord.parting import jobs
from parted_edition import ADDRESS, FILES, put


@pytest.fixture
def small(tmp_path: Path) -> Project:
    project = Project(tmp_path / "edition")
    put(project, FILES)
    return project


def split(project: Project, *options: str) -> int:
    out = project.folder.parent / "parts"
    return main(["split", *options, str(out), str(project.folder)])


def test_an_article_without_a_volume(small: Project, capsys: pytest.CaptureFixture[str]) -> None:
    small.put("reports/first.md", FILES["reports/first.md"].replace("date:", "desk: town\ndate:"))
    assert split(small, "--by", "desc") == 1
    assert split(small, "--by", "desk") == 1
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 5
    assert lines[0] == (
        "reports/first.md:1: the article falls into no volume: its front matter has no "
        '"desc" (did you mean "desk"?)'
    )
    assert lines[3].startswith("reports/second.md:1: the article falls into no volume")
    assert not (small.folder.parent / "parts").exists()


@pytest.mark.parametrize(
    ("name", "message"),
    [
        (
            "Foreign affairs",
            '"Foreign affairs" cannot be the name of a volume: write letters a to z',
        ),
        ("reports", '"reports" cannot be the name of a volume, for the edition has "reports/'),
        ("front", '"front" cannot be the name of a volume, for the front needs it'),
        ("Makefile", '"Makefile" cannot be the name of a volume, for the front needs it'),
        ("files", '"files" cannot be the name of a volume, for the edition has "files/a.txt"'),
        ("other", '"other" cannot be the name of a volume, for intersphinx_mapping gives it'),
        ("вид", '"вид" cannot be the name of a volume'),
        ("Town", '"Town" and "town" would be one folder'),
    ],
)
def test_a_name_that_cannot_be_one(
    small: Project, capsys: pytest.CaptureFixture[str], name: str, message: str
) -> None:
    small.put(
        "conf.py",
        FILES["conf.py"] + 'html_extra_path = ["extra"]\nextensions += ["sphinx.ext.intersphinx"]\n'
        'intersphinx_mapping = {"other": ("https://o.example/", "objects.inv")}\n',
    )
    small.put("extra/files/a.txt", "")
    for file, desk in (("first", name), ("second", "town"), ("third", "land")):
        path = f"reports/{file}.md"
        small.put(path, FILES[path].replace("date:", f"desk: {desk}\ndate:"))
    assert split(small, "--by", "desk") == 1
    assert capsys.readouterr().out.startswith(message)


def test_words_marked_in_two_volumes(small: Project, capsys: pytest.CaptureFixture[str]) -> None:
    more = 'As was said: {said}`"It closes in June." <bob-closes>`\n\n:::{quote} ann-open'
    small.put("reports/first.md", FILES["reports/first.md"].replace(":::{quote} ann-open", more))
    assert split(small) == 1
    assert capsys.readouterr().out == (
        'reports/first.md:11: words are marked here for the quote "bob-closes", which falls into '
        'another volume, "2018", and this article into "2017": put both into one volume, or refer '
        "to it here without marking its words\n"
    )


def test_a_case_whose_sides_are_all_elsewhere(
    small: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    case = ":::{contradiction} far\n:between: bob-closes, cy-both\n\nOf which year.\n:::\n"
    small.put("reports/first.md", FILES["reports/first.md"] + "\n" + case)
    assert split(small) == 1
    out = capsys.readouterr().out
    assert out.startswith(
        'reports/first.md:18: the contradiction "far" stands in the volume "2017"'
    )
    assert out.count("\n") == 1


def test_a_note_on_a_case_elsewhere(small: Project, capsys: pytest.CaptureFixture[str]) -> None:
    small.put(
        "reports/first.md",
        FILES["reports/first.md"] + "\n:::{annotation} far\n:on: cy\n\nOf the later years.\n:::\n",
    )
    assert split(small) == 1
    assert 'the annotation "far" falls into "2017", and is on the speaker "cy"' in (
        capsys.readouterr().out
    )


def test_a_list_of_volumes(small: Project, capsys: pytest.CaptureFixture[str]) -> None:
    listed = small.folder.parent / "list.csv"
    listed.write_text("# ours\none,reports/f*\ntwo,reports/second\n", encoding="utf-8")
    assert split(small, "--list", str(listed), "--dry-run") == 1
    assert "reports/third.md:1: the article falls into no volume: no pattern in" in (
        capsys.readouterr().out
    )
    listed.write_text("one,reports/f*\ntwo,*\n", encoding="utf-8")
    assert split(small, "--list", str(listed), "--dry-run", "--format", "json") == 0
    told = json.loads(capsys.readouterr().out)
    assert [(part["name"], part["articles"]) for part in told["parts"]] == [
        ("one", 1),
        ("two", 2),
        ("front", 0),
    ]
    assert told["moved"] == {"articles": 3, "records": 9}
    assert not (small.folder.parent / "parts").exists()
    listed.write_text("one,reports/*\ntwo,reports/first.md\n", encoding="utf-8")
    assert split(small, "--list", str(listed)) == 1
    assert capsys.readouterr().out == (
        f'{listed}:2: "reports/first.md" fits no article: take the line out, or mend the pattern, '
        "or write reports/first\n"
    )
    listed.write_text("one\n", encoding="utf-8")
    assert split(small, "--list", str(listed)) == 1
    assert "list.csv:1: write VOLUME,PATTERN" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--by", "count"], "say how many articles a volume has"),
        (["--by", "count:9"], "all articles fall into one volume by count:9"),
        (["--by", "a b"], "is none of year, folder, count:NUMBER"),
        (["--by", "folder"], "it stands in no folder"),
        (["--by", "count:³"], "say how many articles a volume has"),
    ],
)
def test_a_criterion_that_parts_nothing(
    small: Project, capsys: pytest.CaptureFixture[str], options: list[str], message: str
) -> None:
    assert split(small, *options) == 1
    said = capsys.readouterr()
    assert message in said.out + said.err


@pytest.mark.parametrize(
    "address",
    ["here", "e.example", "ftp://e.example/", "https://", "https://e.example/?a", "https://e e/"],
)
def test_an_address_that_is_none(
    small: Project, capsys: pytest.CaptureFixture[str], address: str
) -> None:
    assert split(small, "--address", address) == 1
    assert f'"{address}" is no address of an edition' in capsys.readouterr().err
    assert not (small.folder.parent / "parts").exists()


@pytest.mark.parametrize("error", [OSError("No space left on device"), KeyboardInterrupt()])
def test_what_was_begun_is_taken_away(
    small: Project, monkeypatch: pytest.MonkeyPatch, error: BaseException
) -> None:
    def fail(*_given: object) -> str:
        raise error

    parts = small.folder.parent / "parts"
    monkeypatch.setattr(jobs, "makefile", fail)
    if isinstance(error, OSError):
        assert split(small) == 1
        assert not parts.exists()
        parts.mkdir()
        assert split(small) == 1
        assert list(parts.iterdir()) == []
    else:
        with pytest.raises(KeyboardInterrupt):
            split(small)
        assert not parts.exists()
    monkeypatch.undo()
    assert split(small) == 0


def test_what_is_refused(small: Project, capsys: pytest.CaptureFixture[str]) -> None:
    parts = small.folder.parent / "parts"
    parts.mkdir()
    (parts / "mine.txt").write_text("mine", encoding="utf-8")
    assert split(small) == 1
    assert "is not empty" in capsys.readouterr().err
    assert main(["split", str(small.folder / "parts"), str(small.folder)]) == 1
    assert "is inside the edition" in capsys.readouterr().err
    (parts / "mine.txt").unlink()
    small.put("conf.py", FILES["conf.py"] + 'record_volume = "2017"\n')
    assert split(small) == 1
    assert 'is a part already, "2017"' in capsys.readouterr().err
    small.put("conf.py", FILES["conf.py"].replace(f'record_address = "{ADDRESS}"', ""))
    assert split(small) == 1
    assert "--address" in capsys.readouterr().err
    small.put("registers/people.md", "# People\n")
    assert split(small) == 1
    said = capsys.readouterr()
    assert "record.unknown-speaker" in said.out
    assert "mend what is wrong first" in said.err
    assert main(["inventory", "--from", str(parts), str(small.folder)]) == 1
    assert "is no part of an edition" in capsys.readouterr().err
