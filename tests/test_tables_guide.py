"""The examples of the guide's page on tables, run as they are printed on the edition itself."""

from __future__ import annotations

import contextlib
import io
import json
import os
import re
import shlex
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.request
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.error import URLError

import pytest
from browser.tools import library
from conftest import ROOT, Project
from guide_pages import examples, of_kind

PAGE = "guide/exchange-tables.md"
PROGRAMS = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")])
SERVE, *ASKED = [block.strip() for block in of_kind(PAGE, "sh", "datasette")]


def blocks(kind: str, has: str = "") -> list[str]:
    return of_kind(PAGE, kind, has)


@pytest.fixture(scope="module")
def record(first_edition: Project) -> Path:
    """The folder of exports of the repository's own edition."""
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("SOURCE_DATE_EPOCH", "1700000000")
        built = first_edition.build(
            "html", "-D", "record_exports=json,csv,sqlite,parquet", out="tables"
        )
    assert built.code == 0, built.warnings
    return built.out / "record"


def printed(code: str, known: dict[str, Any]) -> str:
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        exec(compile(code, "exchange-tables.md", "exec"), known)
    return out.getvalue()


def test_every_block_is_run_or_is_only_shown() -> None:
    kinds = Counter(one.kind for one in examples(PAGE))
    assert kinds == {"python": 5, "sql": 4, "sh": 5}  # The first of the last asks the network.


def test_pandas(record: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pandas = library("pandas")
    library("pyarrow")
    monkeypatch.chdir(record)
    known: dict[str, Any] = {}
    wide = ("display.width", 5000, "display.max_colwidth", None, "display.max_columns", None)
    with pandas.option_context(*wide):
        said, alike, cases, days = [printed(code, known) for code in blocks("python")[:4]]
    assert "no — repeat — no mass deportations" in said
    assert "John F. Kelly" in said
    assert re.search(r"^substitution +\d", alike, re.MULTILINE)
    sides = re.findall(r"military-operation +(\S+)", cases)
    assert sorted(sides) == ["donald-trump", "john-kelly"]
    assert "scale-of-deportations" not in cases
    assert re.search(r"^2017-02-23 +\d", days, re.MULTILINE)


def test_sqlite_from_python(record: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(record)
    (code,) = blocks("python", "sqlite3")
    assert "use of the military" in (out := printed(code, {}))
    assert "('On the Record', " in out
    assert "https://creativecommons.org/licenses/by/4.0/" in out


def test_sql(record: Path) -> None:
    database = sqlite3.connect(f"file:{record / 'edition.sqlite'}?mode=ro", uri=True)
    database.row_factory = sqlite3.Row
    with contextlib.closing(database):
        said, against, wordings, found = [
            [dict(row) for row in database.execute(question)] for question in blocks("sql")
        ]
    assert "United States Secretary of Homeland Security" in str(said)
    case = [row for row in against if row["contradiction"] == "military-operation"]
    assert {(row["part"], row["speaker_name"]) for row in case} == {
        ("side", "Donald Trump"),
        ("side", "John F. Kelly"),
        ("answer", "Sean Spicer"),
    }
    assert wordings[0]["source_label"] == "Politico"
    assert len(wordings) > 2
    assert "[mass deportations]" in str(found)


def ran(command: str, folder: Path) -> str:
    done = subprocess.run(
        shlex.split(command),
        cwd=folder,
        env={**os.environ, "PATH": PROGRAMS},
        executable=program(command),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def program(command: str) -> str:
    """Give the path of a command's program, beside this Python."""
    name = command.split(maxsplit=1)[0]
    library(name)
    return str(Path(sys.executable).parent / name)


def test_datasette_answers_programs(record: Path) -> None:
    search, anywhere = [json.loads(ran(command, record)) for command in ASKED]
    columns, (row, *_) = search["columns"], search["rows"]
    found = dict(zip(columns, row, strict=True)) if isinstance(row, list) else row
    assert found["speaker"] == {"value": "john-kelly", "label": "John F. Kelly"}
    assert {row["kind"] for row in anywhere} == {"quote", "reading", "tension"}


def test_frictionless(record: Path) -> None:
    (command,) = blocks("sh", "frictionless")
    assert "INVALID" not in ran(command.strip(), record)


@pytest.fixture
def datasette(record: Path) -> Iterator[str]:
    """Datasette, started as the guide says, on a port that is free."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [*shlex.split(SERVE), "--port", str(port)]
    with subprocess.Popen(
        command,
        cwd=record,
        executable=program(SERVE),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    ) as running:
        try:
            address = f"http://127.0.0.1:{port}"
            wait_for(address, running)
            yield address
        finally:
            running.terminate()


def wait_for(address: str, running: subprocess.Popen[bytes]) -> None:
    for _ in range(300):
        assert running.poll() is None, running.stdout and running.stdout.read()
        try:
            urllib.request.urlopen(address).close()
        except URLError:
            time.sleep(0.1)
        else:
            return
    pytest.fail("Datasette does not answer")


def fetched(address: str) -> Any:
    with urllib.request.urlopen(address) as answer:
        return json.loads(answer.read())


def test_datasette_opens_the_file_as_it_is(datasette: str) -> None:
    tables = fetched(f"{datasette}/edition.json")["tables"]
    quotes = next(table for table in tables if table["name"] == "quotes")
    articles = (ROOT / "articles").glob("2*.md")
    records = sum(one.read_text(encoding="utf-8").count(":::{quote} ") for one in articles)
    assert (quotes["count"], quotes["fts_table"]) == (records, "quotes_search")
    assert all(table["hidden"] for table in tables if "_search" in table["name"])
    found = fetched(f"{datasette}/edition/quotes.json?_search=deportations&_shape=array")
    assert "kelly-no-mass-deportations" in {row["id"] for row in found}
    row = fetched(f"{datasette}/edition/quotes/kelly-friendship.json?_shape=array")
    assert row[0]["speaker"] == "john-kelly"
    labelled = f"{datasette}/edition/contradiction_sides.json?_labels=on&_shape=array"
    sides = fetched(f"{labelled}&contradiction=military-operation&position=1")
    assert sides[0]["quote"]["value"] == "trump-military-operation"
    assert sides[0]["quote"]["label"].startswith("We")
    nothing = fetched(f"{datasette}/edition/find.json?_shape=array&words=%22%27%28%29+OR+xyzzy")
    assert nothing == []


def test_datasette_shows_what_it_is(datasette: str) -> None:
    with urllib.request.urlopen(f"{datasette}/edition/quotes") as answer:
        page = answer.read().decode()
    soup = library("bs4").BeautifulSoup(page, "html.parser")
    assert soup.h1.get_text(strip=True) == "Statements"
    link = soup.find("a", href="https://creativecommons.org/licenses/by/4.0/")
    assert link.get_text() == "CC-BY-4.0"
    assert (
        soup.find("a", href=re.compile(r"/edition/speakers/john-kelly$")).get_text()
        == "John F. Kelly"
    )
