"""The Edition goes out as a file and comes back the same; what is no edition is said to be none."""

from __future__ import annotations

import dataclasses
import json
import subprocess
import sys
from pathlib import Path

import msgspec
import ontherecord
import pytest
from conftest import EXTENSION, Project
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from ontherecord.edition import Edition
from ontherecord.exchange.format import export, known
from ontherecord.exchange.formats.edition_json import FORMAT, schema
from ontherecord.exchange.reading import Unreadable, parse
from ontherecord.segments import segments
from random_editions import editions

FILE = "record/edition.json"


def written(edition: Edition) -> bytes:
    content = dict(FORMAT.files(edition))[FILE]
    assert not callable(content)
    return b"".join(content)


@given(editions())
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_an_edition_comes_back_the_same(edition: Edition) -> None:
    content = written(edition)
    back = parse(content)
    assert written(back) == content
    for identifier, quote in edition.quotes.items():
        assert back.words(back.quotes[identifier]) == edition.words(quote)
        assert back.quotes[identifier].readings == quote.readings
    assert back.speakers == edition.speakers
    assert back.contradictions == edition.contradictions
    assert back.sources == edition.sources
    assert back.ledger.entries == edition.ledger.entries


@given(editions())
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_the_file_is_what_its_schema_says(edition: Edition) -> None:
    made = schema()
    Draft202012Validator.check_schema(made)
    Draft202012Validator(made).validate(json.loads(written(edition)))


@given(editions())
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_segments_hold_the_words(edition: Edition) -> None:
    for quote in edition.quotes.values():
        found = segments(edition, quote)
        words = edition.words(quote)
        expected = words.paragraphs if quote.block else words.fragments
        assert tuple(segment.exact for segment in found) == expected
        for segment in found:
            if segment.kind == "said":
                block = edition.blocks_of(segment.docname)[segment.block]
                text = "".join(part.value for part in block.parts)
                assert text[segment.start : segment.end] == segment.exact
                assert text[: segment.start].endswith(segment.prefix)
                assert text[segment.end :].startswith(segment.suffix.rstrip())


@given(editions(), st.data())
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_what_is_cut_short_is_said_to_be(edition: Edition, data: st.DataObject) -> None:
    content = written(edition)
    cut = content[: data.draw(st.integers(0, len(content) - 3))]
    with pytest.raises(Unreadable, match=r"x\.json: .*: fetch it again|x\.json: is no JSON"):
        parse(cut, "x.json")


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "is empty"),
        (b"[]", "is no edition"),
        (b"{}", "is no edition"),
        (b'{"schema":"2.0"}', "its format is 2.0, and this version"),
        (b'{"schema":1}', "is no edition"),
        (b'{"schema":"1.0"}', "is no edition.*edition"),
        (b"\xff\xfe{}", "is no JSON"),
        (b"<html></html>", "is no JSON"),
    ],
)
def test_what_is_no_edition_is_said_to_be_none(content: bytes, says: str) -> None:
    with pytest.raises(Unreadable, match=says):
        parse(content, "x.json")


def test_a_newer_minor_version_is_read(edition: Project) -> None:
    content = (edition.build().out / FILE).read_bytes()
    newer = json.loads(content) | {"schema": "1.7", "more": [1]}
    newer["quotes"][0]["new-field"] = {"a": 1}
    back = parse(json.dumps(newer).encode())
    assert back.quotes["ann-open"].speaker == "ann"


def test_load_takes_a_file_a_folder_and_an_address(edition: Project) -> None:
    out = edition.build().out
    for place in (out, out / FILE, str(out)):
        assert list(ontherecord.load(place).quotes) == ["ann-open", "bob-closes"]
    with pytest.raises(Unreadable, match="cannot be read"):
        ontherecord.load(out / "nothing.json")
    with pytest.raises(Unreadable, match="cannot be read"):
        ontherecord.load("http://127.0.0.1:9/")


@pytest.mark.parametrize("builder", ["html", "dirhtml", "singlehtml"])
def test_a_build_writes_what_the_file_alone_gives(
    edition: Project, tmp_path: Path, builder: str
) -> None:
    """Every format, made from edition.json without Sphinx, has the bytes that the build wrote."""
    edition.put("all.md", "# All\n\n:::{sources}\n:::\n")
    out, made = edition.build(builder).out, tmp_path / "made"
    script = (
        "import sys; sys.modules['sphinx'] = sys.modules['docutils'] = None; "
        "from ontherecord.commands.main import main; sys.exit(main(sys.argv[1:]))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, "export", str(out), "--output", str(made)],
        env={"PYTHONPATH": str(EXTENSION), "PATH": ""},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    files = sorted(path for path in made.rglob("*") if path.is_file())
    assert made / FILE in files
    for path in files:
        name = path.relative_to(made)
        assert path.read_bytes() == (out / name).read_bytes(), name


@given(editions(most_quotes=4))
@settings(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck))
def test_every_format_gives_the_same_bytes_each_time(
    tmp_path_factory: pytest.TempPathFactory, edition: Edition
) -> None:
    one, other = (tmp_path_factory.mktemp("out") for _ in range(2))
    names = [name for name, form in known().items() if form.is_available]
    written_files = export(edition, one, names)
    export(parse(written(edition)), other, names)
    assert len(written_files) == len(set(written_files))
    for path in written_files:
        assert (one / path).read_bytes() == (other / path).read_bytes(), path


def test_an_export_is_not_mixed_with_another_edition(edition: Project, tmp_path: Path) -> None:
    from ontherecord.commands.main import main

    out = edition.build().out
    assert main(["export", str(out), "--output", str(tmp_path / "made"), "--format", "json"]) == 0
    content = json.loads((tmp_path / "made" / FILE).read_bytes())
    content["edition"]["title"] = "Another"
    (tmp_path / "made" / FILE).write_text(json.dumps(content))
    assert main(["export", str(out), "--output", str(tmp_path / "made"), "--format", "json"]) == 1
    assert main(["export", str(out), "--output", str(tmp_path / "made"), "--format", "jsno"]) == 1


def test_formats_that_are_not_chosen_are_taken_away(edition: Project) -> None:
    assert (edition.build().out / FILE).is_file()
    conf = (edition.folder / "conf.py").read_text()
    edition.put("conf.py", conf + "\nrecord_exports = False\n")
    assert not (edition.build().out / FILE).exists()
    edition.put("conf.py", conf + "\nrecord_exports = ['jsno']\n")
    assert edition.build().subtypes == ["record.unknown-export"]


def test_msgspec_reads_what_json_reads(edition: Project) -> None:
    content = (edition.build().out / FILE).read_bytes()
    assert msgspec.json.decode(content) == json.loads(content)


def test_a_format_without_its_library_is_said_to_need_it(
    edition: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    conf = (edition.folder / "conf.py").read_text()
    needy = dataclasses.replace(FORMAT, name="needy", needs=("no_such_module",), extra="needy")
    monkeypatch.setitem(known(), "needy", needy)
    assert edition.build().subtypes == []
    edition.put("conf.py", conf + "\nrecord_exports = ['json', 'needy']\n")
    build = edition.build()
    assert build.subtypes == ["record.missing-library"]
    assert "pip install sphinx-ontherecord[needy]" in build.warnings


def test_what_cannot_be_written_is_said(edition: Project) -> None:
    out = edition.build().out
    (out / FILE).unlink()
    (out / FILE).mkdir()
    edition.put("index.md", (edition.folder / "index.md").read_text() + "\nMore.\n")
    build = edition.build()
    assert build.subtypes == ["record.unwritten-export"]
