"""The tables hold what the edition holds, in CSV, SQLite and Parquet alike; their readers judge."""

from __future__ import annotations

import csv
import datetime
import json
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from browser.tools import library
from hypothesis import HealthCheck, given, settings
from ontherecord.edition import Edition
from ontherecord.evidence.verifications import Verification
from ontherecord.exchange import of_edition
from ontherecord.exchange.format import export, known
from ontherecord.exchange.formats import csv_tables, edition_json, parquet, sqlite
from ontherecord.exchange.reading import parse
from ontherecord.exchange.tables import TABLES
from ontherecord.exchange.tables.table import Table
from ontherecord.exchange.tables.views import VIEWS, WORDS_ANYWHERE
from ontherecord.imprint import Imprint
from ontherecord.packed import pack
from ontherecord.publishing.exports import chosen
from ontherecord.records import (
    Annotation,
    Block,
    Contradiction,
    Document,
    Event,
    Mark,
    Origin,
    Part,
    Post,
    Quote,
    Reading,
    Source,
    Speaker,
)
from ontherecord.values import replace
from ontherecord.words import fingerprint
from random_editions import editions

PROPERTY = settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))

WORDS = {
    "not-available": "NA",
    "nothing": "null",
    "formula": "=1+1",
    "quoted": 'He said "no", and “no” again; a\tb',
    "markup": "<b>& ]]> &amp;</b>",
    "paragraphs": "One, and\n\nanother, and\n\na third",
    "emoji": "👩‍👩‍👧‍👦 🇲🇽",
    "combining": "e\u0301te\u0301 is not été, nor A\u030angstro\u0308m Ångström",
    "leftward": "قال الرئيس: «لا» — שלום",
    "accented": "El señor Peña Nieto habló de la soberanía",
    "long": "word " * 3999 + "end",
    "number": "007",
    "day": "2017-02-23",
}


def hard_edition() -> Edition:
    """An edition of hard words, and of names that lead nowhere."""
    ann = Speaker(
        "ann",
        Origin("people", 1),
        "Ann",
        posts=(
            Post("Mayor", "Town", "2017/2018"),
            Post("Judge", "", "2019/.."),
            Post("Clerk"),
        ),
    )
    quotes = tuple(
        Quote(
            id=identifier,
            origin=Origin("article", number * 10, "", number * 10 + 5),
            speaker="ann",
            source="herald",
            block=words,
            spoken="2017-02",
            readings=(Reading("post", words, number), Reading("herald", "NA", number)),
        )
        for number, (identifier, words) in enumerate(WORDS.items(), 1)
    )
    lost = Quote(
        "lost",
        Origin("article", 900),
        speaker="nobody",
        source="gone",
        via="herald",
        block="Words",
        readings=(Reading("missing", "Wörter", 901, via="lacking"),),
    )
    wordless = Quote("wordless", Origin("people", 910), "ann", "herald", time="13:32")
    cases = (
        Contradiction(
            "case",
            Origin("cases", 1),
            ("formula", "no-such", "lost"),
            answered_by=("never-said",),
            history=(Event("2017-03~", "answered", "by somebody"),),
            at_issue=(("unsaid", "these"), ("formula", "1+1")),
            text="What each said.",
        ),
        Contradiction(
            "pull", Origin("cases", 9), ("number", "day"), relation="tension", text="They pull."
        ),
    )
    notes = (
        Annotation("note", Origin("article", 950), on="no-record", source="no-source", text="Güte"),
        Annotation("other", Origin("article", 960), on="formula", text="On a formula"),
    )
    documents = [
        Document("article", "An <article>", "2017-02-23", records=(*quotes, lost, *notes)),
        Document("people", "People", records=(ann, wordless)),
        Document("cases", "Cases", records=cases),
        Document(
            "elsewhere",
            "No article, and no record",
            marks=(Mark("said", "markup", 3, WORDS["markup"], "p1", 0, 1, 1),),
            packed_blocks=pack([Block("p1", (Part("text", WORDS["markup"]),))]),
        ),
    ]
    sources = {
        key: Source(key, "misc", (), (("date", date), ("title", key)))
        for key, date in (("herald", "2017-02-23"), ("post", "spring of 2017"))
    }
    sources["herald"] = replace(
        sources["herald"], fields=(("takenfrom", "post, vanished"), *sources["herald"].fields)
    )
    imprint = Imprint("Hard & true", "What it is", ("A", "B"), "2.0", licence="CC-BY-4.0")
    found = [
        Verification(quote, source, fingerprint([words]), "0" * 64, "swh:1:cnt:0", "p. 1", "2018")
        for quote, source, words in (
            ("formula", "herald", "=1+1"),
            ("formula", "post", "words since revised"),
            ("quoted", "post", WORDS["quoted"]),
        )
    ]
    documents_by_name = {one.docname: one for one in documents}
    return Edition(documents_by_name, sources, imprint=imprint, verifications=found)


def from_csv(folder: Path, table: Table) -> list[dict[str, str]]:
    with (folder / csv_tables.path_of(table)).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, strict=True))


def expected(edition: Edition, table: Table) -> list[dict[str, Any]]:
    names = [column.name for column in table.columns]
    return [dict(zip(names, row, strict=True)) for row in table.rows(edition)]


def as_text(rows: list[dict[str, Any]]) -> list[dict[str, str]]:
    return [
        {name: "" if value is None else str(value) for name, value in row.items()} for row in rows
    ]


def opened(folder: Path) -> closing[sqlite3.Connection]:
    connection = sqlite3.connect(f"file:{folder / sqlite.FILE}?mode=ro", uri=True)
    connection.row_factory = sqlite3.Row
    return closing(connection)


def named(name: str) -> Table:
    return next(table for table in TABLES if table.name == name)


@pytest.fixture(scope="module")
def hard(tmp_path_factory: pytest.TempPathFactory) -> tuple[Edition, Path]:
    edition, folder = hard_edition(), tmp_path_factory.mktemp("hard")
    export(edition, folder, [name for name in ("csv", "sqlite") if known()[name].is_available])
    return edition, folder


# What holds for every edition.


@given(editions())
@PROPERTY
def test_every_form_gives_the_same_rows(
    tmp_path_factory: pytest.TempPathFactory, edition: Edition
) -> None:
    reader: Any = library("pyarrow.parquet")
    folder = tmp_path_factory.mktemp("tables")
    export(edition, folder, ["csv", "sqlite", "parquet"])
    with opened(folder) as database:
        for table in TABLES:
            rows = expected(edition, table)
            assert from_csv(folder, table) == as_text(rows), table.name
            found = database.execute(f"SELECT * FROM {table.name} ORDER BY rowid").fetchall()
            days = [
                {
                    name: value.isoformat() if isinstance(value, datetime.date) else value
                    for name, value in row.items()
                }
                for row in rows
            ]
            assert [dict(row) for row in found] == days, table.name
            path = folder / parquet.path_of(table)
            assert reader.read_table(path).to_pylist() == rows, table.name


@given(editions())
@PROPERTY
def test_words_and_counts_are_those_of_the_edition(edition: Edition) -> None:
    quotes = expected(edition, named("quotes"))
    assert {row["id"]: row["words"] for row in quotes} == {
        name: edition.words(quote).text for name, quote in edition.quotes.items()
    }
    readings = [
        (row["quote"], row["source"], row["words"]) for row in expected(edition, named("readings"))
    ]
    assert readings == [
        (quote.id, reading.source, reading.words)
        for quote in edition.quotes.values()
        for reading in quote.readings
    ]
    fragments = expected(edition, named("fragments"))
    for quote in edition.quotes.values():
        own = [row["words"] for row in fragments if row["quote"] == quote.id]
        assert tuple(own) == edition.words(quote).fragments
    for name, listed in of_edition.LISTS.items():
        assert len(expected(edition, named(name))) == len(list(listed(edition))), name
    shapes = list(of_edition.LISTS["quotes"](edition))
    for part, table in (
        ("findings", "findings"),
        ("marks", "quote_marks"),
        ("topics", "quote_topics"),
    ):
        assert len(expected(edition, named(table))) == sum(
            len(getattr(one, part)) for one in shapes
        )
    witnesses = expected(edition, named("finding_witnesses"))
    assert [row["source"] for row in witnesses] == [
        source for one in shapes for finding in one.findings for source in finding.witnesses
    ]
    variants = [
        (source, variant.words)
        for one in shapes
        for finding in one.findings
        for variant in finding.variants
        for source in variant.sources
    ]
    assert [(row["source"], row["words"]) for row in witnesses if row["words"]] == variants


@given(editions())
@PROPERTY
def test_no_cell_is_an_empty_text_and_every_record_has_its_licence(edition: Edition) -> None:
    for table in TABLES:
        for row in expected(edition, table):
            assert "" not in row.values(), table.name
            if "licence" in row and table.name != "edition":
                assert row["licence"] == "https://creativecommons.org/licenses/by/4.0/"


def assert_whole(database: sqlite3.Connection) -> None:
    assert database.execute("PRAGMA integrity_check").fetchall()[0][0] == "ok"
    assert not database.execute("PRAGMA foreign_key_check").fetchall()
    for view in VIEWS:
        database.execute(f"SELECT * FROM {view.name}").fetchall()


@given(editions())
@PROPERTY
def test_the_database_is_whole(tmp_path_factory: pytest.TempPathFactory, edition: Edition) -> None:
    folder = tmp_path_factory.mktemp("database")
    export(edition, folder, ["sqlite"])
    with opened(folder) as database:
        assert_whole(database)
        assert len(database.execute("SELECT * FROM quotes_in_full").fetchall()) == len(
            edition.quotes
        )


@given(editions())
@PROPERTY
def test_every_statement_is_found_by_its_words(
    tmp_path_factory: pytest.TempPathFactory, edition: Edition
) -> None:
    folder = tmp_path_factory.mktemp("search")
    export(edition, folder, ["sqlite"])
    with opened(folder) as database:
        assert_index_agrees(folder)
        for quote in edition.quotes.values():
            words = edition.words(quote).text
            if any(character.isascii() and character.isalnum() for character in words):
                phrase = '"' + words.replace('"', '""') + '"'
                found = database.execute(
                    "SELECT quotes.id FROM quotes_search JOIN quotes "
                    "ON quotes.rowid = quotes_search.rowid WHERE quotes_search MATCH ?",
                    [phrase],
                )
                assert quote.id in {row["id"] for row in found}, words


def assert_index_agrees(folder: Path) -> None:
    """Have FTS5 hold its indexes against the tables, also after what would renumber rows."""
    copy = sqlite3.connect(":memory:")
    with closing(copy), opened(folder) as database:
        database.backup(copy)
        copy.execute("VACUUM")
        for table in TABLES:
            if table.searched:
                name = f"{table.name}_search"
                copy.execute(f"INSERT INTO {name}({name}, rank) VALUES ('integrity-check', 1)")


# The tables themselves.


def test_every_document_with_a_mark_or_a_record_has_its_row(hard: tuple[Edition, Path]) -> None:
    edition = hard[0]
    assert [row["id"] for row in expected(edition, named("documents"))] == [
        "cases",
        "elsewhere",
        "people",
    ]
    (block,) = expected(edition, named("blocks"))
    assert (block["document"], block["anchor"], block["text"]) == (
        "elsewhere",
        "p1",
        WORDS["markup"],
    )
    for name, listed in of_edition.LISTS.items():
        assert len(expected(edition, named(name))) == len(list(listed(edition))), name


def test_the_file_alone_gives_the_same_rows(hard: tuple[Edition, Path]) -> None:
    content = dict(edition_json.FORMAT.files(hard[0]))[edition_json.FILE]
    assert not callable(content)
    back = parse(b"".join(content))
    for table in TABLES:
        assert expected(back, table) == expected(hard[0], table), table.name


def test_columns_can_be_named_without_quotation_marks(hard: tuple[Edition, Path]) -> None:
    with opened(hard[1]) as database:
        for table in TABLES:
            names = [column.name for column in table.columns]
            assert len(names) == len(set(names)), table.name
            found = database.execute(f"SELECT {', '.join(names)} FROM {table.name}")
            assert [one[0] for one in found.description] == names


def test_a_table_comes_after_those_that_it_refers_to() -> None:
    seen: set[str] = set()
    for table in TABLES:
        for reference in table.references:
            assert reference.table in seen, table.name
            target = named(reference.table)
            assert reference.targets == target.key
            assert set(reference.columns) <= {column.name for column in table.columns}
        seen.add(table.name)


def test_there_are_the_tables_that_the_design_names() -> None:
    names = {
        "speakers",
        "quotes",
        "readings",
        "contradictions",
        "annotations",
        "articles",
        "sources",
    }
    assert names <= {table.name for table in TABLES}


@pytest.mark.parametrize(
    ("spoken", "first", "last"),
    [
        ("", None, None),
        ("2017", "2017-01-01", "2017-12-31"),
        ("2017-02", "2017-02-01", "2017-02-28"),
        ("2017-02-23~", "2017-02-23", "2017-02-23"),
        ("2017-02-20/2017-02-24", "2017-02-20", "2017-02-24"),
        ("2017-02-20/..", "2017-02-20", None),
        ("2017-02-20/", "2017-02-20", None),
        ("../2017", None, "2017-12-31"),
    ],
)
def test_days_can_be_put_in_order(spoken: str, first: str | None, last: str | None) -> None:
    quote = Quote("one", Origin("article", 1), "ann", "herald", block="Words", spoken=spoken)
    edition = Edition({"article": Document("article", "A", "2017", records=(quote,))}, {})
    (row,) = expected(edition, named("quotes"))
    assert row["spoken"] == (spoken or None)
    assert [row["spoken_first"], row["spoken_last"]] == [
        datetime.date.fromisoformat(day) if day else None for day in (first, last)
    ]


def test_a_date_that_is_no_date_has_no_days(hard: tuple[Edition, Path]) -> None:
    rows = {row["id"]: row for row in expected(hard[0], named("sources"))}
    assert rows["post"]["date"] == "spring of 2017"
    assert rows["post"]["date_first"] is rows["post"]["date_last"] is None


def test_what_leads_nowhere_is_empty_and_is_listed(hard: tuple[Edition, Path]) -> None:
    folder = hard[1]
    with opened(folder) as database:
        assert_whole(database)
        lost = database.execute("SELECT * FROM quotes WHERE id = 'lost'").fetchone()
        assert (lost["speaker"], lost["source"], lost["via"]) == (None, None, "herald")
        shown = database.execute("SELECT * FROM quotes_in_full WHERE id = 'lost'").fetchone()
        assert (shown["words"], shown["speaker_name"]) == ("Words", None)
    listed = {tuple(row.values()) for row in from_csv(folder, named("unresolved_references"))}
    assert listed == {
        ("quotes", "lost", "", "speaker", "nobody"),
        ("quotes", "lost", "", "source", "gone"),
        ("readings", "lost", "1", "source", "missing"),
        ("readings", "lost", "1", "via", "lacking"),
        ("contradiction_sides", "case", "2", "quote", "no-such"),
        ("contradiction_answers", "case", "1", "quote", "never-said"),
        ("contradiction_words", "case", "1", "quote", "unsaid"),
        ("annotations", "note", "", "on_record", "no-record"),
        ("annotations", "note", "", "source", "no-source"),
        ("source_origins", "herald", "2", "origin", "vanished"),
    }
    assert len(from_csv(folder, named("contradiction_sides"))) == 5


def test_what_is_verified_is_so_while_its_words_are(hard: tuple[Edition, Path]) -> None:
    edition = hard[0]
    quotes = {row["id"] for row in expected(edition, named("quotes")) if row["verified"]}
    readings = [row for row in expected(edition, named("readings")) if row["verified"]]
    assert quotes == {"formula"}
    assert [(row["quote"], row["source"], row["verified"]) for row in readings] == [
        ("quoted", "post", "2018")
    ]
    assert len(expected(edition, named("verifications"))) == 3


def test_an_article_is_named_only_where_it_is_one(hard: tuple[Edition, Path]) -> None:
    rows = {row["id"]: row for row in expected(hard[0], named("quotes"))}
    assert (rows["lost"]["document"], rows["lost"]["article"]) == ("article", "article")
    assert (rows["wordless"]["document"], rows["wordless"]["article"]) == ("people", None)
    unresolved = expected(hard[0], named("unresolved_references"))
    assert "wordless" not in {row["record"] for row in unresolved}


def test_of_what_a_time_is_stands_beside_a_time_alone(hard: tuple[Edition, Path]) -> None:
    rows = {row["id"]: row for row in expected(hard[0], named("quotes"))}
    assert (rows["wordless"]["time"], rows["wordless"]["time_is"]) == ("13:32", "reported")
    assert (rows["lost"]["time"], rows["lost"]["time_is"]) == (None, None)


def test_posts_are_those_of_the_day(hard: tuple[Edition, Path]) -> None:
    with opened(hard[1]) as database:
        found = database.execute("SELECT DISTINCT posts FROM quotes_in_full WHERE speaker = 'ann'")
        assert {row["posts"] for row in found} == {"Mayor, Town", None}


# CSV.


def test_csv_is_as_rfc_4180_has_it(hard: tuple[Edition, Path]) -> None:
    folder = hard[1]
    for table in TABLES:
        content = (folder / csv_tables.path_of(table)).read_bytes()
        assert content.endswith(b"\r\n")
        assert not content.startswith(b"\xef\xbb\xbf")
    words = {row["id"]: row["words"] for row in from_csv(folder, named("quotes"))}
    assert words == {**WORDS, "lost": "Words", "wordless": ""}


def test_csv_keys_are_unique_and_lead_somewhere(hard: tuple[Edition, Path]) -> None:
    """What the package says of keys holds, by the package alone."""
    folder = hard[1] / "record"
    package = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    rows = {}
    for resource in package["resources"]:
        with (folder / resource["path"]).open(encoding=resource["encoding"], newline="") as file:
            reader = csv.DictReader(file, strict=True)
            rows[resource["name"]] = list(reader)
            assert reader.fieldnames == [one["name"] for one in resource["schema"]["fields"]]
    for resource in package["resources"]:
        schema, mine = resource["schema"], rows[resource["name"]]
        keys = [tuple(row[name] for name in schema.get("primaryKey", row)) for row in mine]
        assert len(keys) == len(set(keys)), resource["name"]
        for foreign in schema.get("foreignKeys", []):
            reference = foreign["reference"]
            there = {
                tuple(row[name] for name in reference["fields"])
                for row in rows[reference["resource"]]
            }
            held = {tuple(row[name] for name in foreign["fields"]) for row in mine}
            assert {one for one in held if all(one)} <= there, (resource["name"], foreign)


def test_pandas_reads_exactly_the_words(hard: tuple[Edition, Path]) -> None:
    pandas = library("pandas")
    path = hard[1] / "record" / "quotes.csv"
    read = pandas.read_csv(path, dtype=str, keep_default_na=False, na_values=[""])
    words = dict(zip(read["id"], read["words"], strict=True))
    assert pandas.isna(words.pop("wordless"))
    assert words == {**WORDS, "lost": "Words"}


def validated(folder: Path) -> list[Any]:
    frictionless = library("frictionless")
    report = frictionless.Package(str(folder / csv_tables.PACKAGE)).validate()
    assert report.stats["tasks"] == len(TABLES)
    return [*report.flatten(["name", "type", "note"])]


def test_frictionless_finds_nothing(hard: tuple[Edition, Path]) -> None:
    assert validated(hard[1]) == []


@given(editions())
@settings(PROPERTY, max_examples=5)
def test_frictionless_finds_nothing_in_any_edition(
    tmp_path_factory: pytest.TempPathFactory, edition: Edition
) -> None:
    folder = tmp_path_factory.mktemp("package")
    export(edition, folder, ["csv"])
    assert validated(folder) == []


@pytest.mark.parametrize(
    ("licence", "said"),
    [
        ("", None),
        (
            "CC-BY-4.0",
            {"name": "CC-BY-4.0", "path": "https://creativecommons.org/licenses/by/4.0/"},
        ),
        ("https://licence.example/1", {"path": "https://licence.example/1"}),
    ],
)
def test_the_package_says_what_the_edition_says(licence: str, said: dict[str, str] | None) -> None:
    package = csv_tables.description(Edition({}, {}, imprint=Imprint("A", licence=licence)))
    assert package.get("licenses") == ([said] if said else None)
    assert "homepage" not in package
    assert "version" not in package


# SQLite.


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("peña", ["accented"]),
        ("pena", ["accented"]),
        ("SOBERANIA", ["accented"]),
        ("ete", ["combining"]),
        ("ÅNGSTRÖM", ["combining"]),
        ("الرئيس", ["leftward"]),
        ("שלום", ["leftward"]),
        ('"“no” again"', ["quoted"]),
        ('"said ""no"", and"', ["quoted"]),
        ("worter", ["lost"]),
        ("gute", ["note"]),
        ("pull", ["pull"]),
        ("paragraph*", []),
        ('"one, and another"', ["paragraphs"]),
    ],
)
def test_words_are_found(hard: tuple[Edition, Path], asked: str, found: list[str]) -> None:
    with opened(hard[1]) as database:
        rows = database.execute(WORDS_ANYWHERE, {"words": asked}).fetchall()
        assert sorted({row["record"] for row in rows}) == found


def test_a_tension_is_not_called_a_contradiction(hard: tuple[Edition, Path]) -> None:
    with opened(hard[1]) as database:
        by_view = {
            name: database.execute(f"SELECT * FROM {name}").fetchall()
            for name in ("contradictions_in_full", "tensions_in_full")
        }
        contradictions, tensions = by_view.values()
        assert {row["contradiction"] for row in contradictions} == {"case"}
        assert [row["part"] for row in contradictions] == ["side", "side", "side", "answer"]
        assert {row["contradiction"] for row in tensions} == {"pull"}
        assert contradictions[0].keys() == tensions[0].keys()
        (found,) = database.execute(WORDS_ANYWHERE, {"words": "pull"}).fetchall()
        assert found["kind"] == "tension"


def test_the_database_says_whose_it_is(hard: tuple[Edition, Path]) -> None:
    with opened(hard[1]) as database:
        (row,) = database.execute("SELECT * FROM edition").fetchall()
        assert (row["title"], row["version"], row["licence"]) == ("Hard & true", "2.0", "CC-BY-4.0")
        assert row["date"] is None
        # Which library wrote it is not said: the bytes are those of the edition.
        assert (hard[1] / sqlite.FILE).read_bytes()[96:100] == bytes(4)
        assert database.execute("PRAGMA page_size").fetchone()[0] == 4096
        assert database.execute("PRAGMA freelist_count").fetchone()[0] == 0


def test_questions_are_answered_by_indexes(hard: tuple[Edition, Path]) -> None:
    with opened(hard[1]) as database:
        for question in (
            "SELECT * FROM quotes WHERE speaker = 'ann'",
            "SELECT * FROM quotes ORDER BY spoken_first",
            "SELECT * FROM readings WHERE source = 'post'",
            "SELECT * FROM contradiction_sides WHERE quote = 'day'",
            "SELECT * FROM quote_topics WHERE topic = 'law'",
        ):
            plan = database.execute(f"EXPLAIN QUERY PLAN {question}").fetchall()
            assert "USING INDEX" in plan[0]["detail"], question


def test_a_database_that_cannot_be_written_is_an_error_of_the_disk(tmp_path: Path) -> None:
    with pytest.raises(OSError, match=r"edition\.sqlite"):
        write = dict(sqlite.FORMAT.files(hard_edition()))[sqlite.FILE]
        assert callable(write)
        write(tmp_path / "no-such-folder" / "edition.sqlite")


def test_what_was_cut_off_is_written_anew(tmp_path: Path) -> None:
    path = tmp_path / "edition.sqlite"
    path.write_bytes(b"SQLite format 3\x00 and no more")
    write = dict(sqlite.FORMAT.files(hard_edition()))[sqlite.FILE]
    assert callable(write)
    write(path)
    assert sqlite3.connect(path).execute("SELECT count(*) FROM quotes").fetchone()[0] == 15


# Parquet.


def test_parquet_has_days_as_days_and_says_what_it_is(tmp_path: Path) -> None:
    reader: Any = library("pyarrow.parquet")
    export(hard_edition(), tmp_path, ["parquet"])
    path = tmp_path / parquet.path_of(named("quotes"))
    schema = reader.read_schema(path)
    assert str(schema.field("spoken_first").type) == "date32[day]"
    assert schema.field("words").metadata[b"description"].startswith(b"The words, exactly")
    assert not schema.field("id").nullable
    assert schema.metadata[b"licence"] == b"https://creativecommons.org/licenses/by/4.0/"
    words = {row["id"]: row["words"] for row in reader.read_table(path).to_pylist()}
    assert words == {**WORDS, "lost": "Words", "wordless": None}


def test_parquet_is_written_in_groups_of_rows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    reader: Any = library("pyarrow.parquet")
    monkeypatch.setattr(parquet, "ROWS", 4)
    export(hard_edition(), tmp_path, ["parquet"])
    file = reader.ParquetFile(tmp_path / parquet.path_of(named("quotes")))
    groups = [file.metadata.row_group(n).num_rows for n in range(file.metadata.num_row_groups)]
    assert groups == [4, 4, 4, 3]


def test_without_pyarrow_there_is_no_parquet_and_the_mend_is_said(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)  # type: ignore[arg-type]
    assert "parquet" not in chosen(True)[0]
    names, ((subtype, message),) = chosen(["csv", "parquet"])
    assert names == ["csv"]
    assert subtype == "missing-library"
    assert message.endswith("pip install sphinx-ontherecord[parquet]")


# What is made is made a piece at a time.


@pytest.mark.parametrize("path", ["record/quotes.csv", "record/readings.csv"])
def test_csv_is_written_a_row_at_a_time(path: str) -> None:
    content = dict(csv_tables.FORMAT.files(hard_edition()))[path]
    assert isinstance(content, Iterator)
    assert next(content).endswith(b"licence\r\n")
    assert max(map(len, content)) < 30_000
