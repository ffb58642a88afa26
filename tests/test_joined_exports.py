"""What programs get of an edition in volumes is what they got of it whole."""

from __future__ import annotations

import json
import re
import shutil
from collections import Counter
from typing import TYPE_CHECKING, Any

import ontherecord
import pytest
from lxml import etree
from ontherecord.commands.main import main
from ontherecord.exchange.format import known
from ontherecord.exchange.formats import feed
from ontherecord.exchange.reading import load
from ontherecord.exchange.tables import TABLES
from ontherecord.joining.joint import Gathered, joined
from ontherecord.joining.tables import Parts, sql
from ontherecord.parting.inventories import inventory
from ontherecord.parting.material import Listed
from parted_edition import ADDRESS, FILES, Volumes, built

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

ARCHIVE = "https://archive.example/"
MORE = {
    "references.bib": FILES["references.bib"]
    + """
@misc{herald-2, organization = {The Herald}, author = {Doe, Jane and Roe, Ann}, title = {Late},
  date = {2017-09-02}, witness = {report}, url = {https://herald.example/2}}
@misc{post-3, organization = {The Post}, author = {Doe, Jane}, title = {Later},
  date = {2018-09-05}, takenfrom = {wire-2}}
""",
    "reports/index.md": """
# Reports

```{toctree}
first
second
third
fourth
fifth
```
""",
    "reports/fourth.md": """
---
date: 2017-09-01
---
# Fourth

Ann: {said}`"We count forty visitors." <ann-forty>` Then: {said}`"No more." <ann-forty>`
{passage}`The hall was full.<on-hall>` It was as in {doc}`second`, {doc}`/about` and
{doc}`that one <third>`: {speaker}`cy`, {annotation}`on-bob`. {said}`"I read." <ann-reads>`

::::{quote} ann-forty
:speaker: ann
:source: herald-2
:spoken: 2017-08-30/2017-09-01
:time: 13:32-05:00
:topics: figures; library

:::{reading} wire-2
We count fourty visitors.
:::
::::

:::{quote} ann-reads
:speaker: ann
:source: herald-2
:via: wire-2
:spoken: 2017-09
:::

:::{annotation} on-hall
:type: correction
:editor: Ed One
:date: 2018-01-01

It was half full; see {quote}`bob-few`, {speaker}`cy` and {doc}`second`.
:::

:::{contradiction} council
:between: ann-forty, archive:vote
:kind: facts
:status: alleged
:at-issue: |
:  ann-forty: forty

What the archive has.
:::
""",
    "reports/fifth.md": """
---
date: 2018-09-01
---
# Fifth

Bob, as in {doc}`first`: {said}`"Three came." <bob-few>` Again: {said}`"It was so." <bob-so>`

:::{quote} bob-few
:speaker: bob
:source: post-3
:spoken: 2018-09-01
:topics: figures
:::

:::{quote} bob-so
:speaker: bob
:source: post-3
:spoken: 2018-09-02
:::
""",
    "registers/more.md": """
# More cases

:::{contradiction} three
:between: bob-few, ann-forty, bob-so
:kind: figures
:relation: contrary
:status: answered
:answered-by: ann-june, archive:vote
:editor: Ed Two
:history: |
:  2018-09-03 alleged: by us
:  2018-10-01 answered: by her
:at-issue: |
:  ann-forty: visitors
:  bob-few: Three
:  ann-forty: forty
:  bob-so: so

Three sides; see {quote}`ann-june`.
:::

:::{contradiction} pull
:between: cy-both, ann-forty
:relation: tension

They pull.
:::

:::{annotation} on-pull
:on: pull
:date: 2019

Of both.
:::

:::{annotation} on-forty
:on: ann-forty
:type: source
:source: herald-1

As the "first" report has it, and no other's: she was asked; and told.

And 'more', in two paragraphs.
:::
""",
    "index.md": FILES["index.md"].replace("registers/cases\n", "registers/cases\nregisters/more\n")
    + "\nWho said [that](#quote-bob-few)? Bob.\n",
}


def put_archive(folder: Path) -> str:
    """Put the inventory of another edition into a folder; give the settings that name it."""
    vote = Listed("record", "quote", "vote", "The vote was taken.", "votes", "quote-vote", 1)
    (folder / "archive.inv").write_bytes(inventory("The archive", "1.0", [vote]).content())
    return f"""
author = "Ed One; Ed Two"
record_licence = "CC-BY-4.0"
record_exports = {sorted(known())}
extensions.append("sphinx.ext.intersphinx")
intersphinx_mapping = {{"archive": ("{ARCHIVE}", {str(folder / "archive.inv")!r})}}
"""


@pytest.fixture(scope="module")
def volumes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Volumes]:
    folder = tmp_path_factory.mktemp("joined")
    yield from built(folder, {**MORE, "conf.py": FILES["conf.py"] + put_archive(folder)})


# The feed


def test_a_subscriber_of_the_old_address_gets_the_same_feed(volumes: Volumes) -> None:
    whole = volumes.whole.text("record/feed.atom")
    assert whole.count("<entry>") == 25
    assert volumes.built("front").text("record/feed.atom") == whole


def test_it_has_the_newest_of_all_volumes(
    volumes: Volumes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(feed, "MOST", 4)
    gathered = Gathered(("2017", "2018", "front"))
    for name in ("2017", "2018"):
        gathered.take(name, load(volumes.site / name))
    joint = joined(load(volumes.site), gathered)
    assert gathered.ledger.older
    assert feed.newest(joint) == feed.newest(load(volumes.whole.out))


def test_who_takes_the_feed_of_a_volume_as_well_gets_nothing_twice(volumes: Volumes) -> None:
    def ids(part: str) -> list[str]:
        root = etree.fromstring((volumes.site / part / "record/feed.atom").read_bytes())
        return [str(one.text) for one in root.iter("{*}id")]

    (whole, *entries), (own, *others) = ids(""), ids("2018")
    assert others
    assert set(others) < set(entries)
    assert own not in {whole, *entries}


def test_the_feed_of_a_volume_shows_both_sides(volumes: Volumes) -> None:
    text = (volumes.site / "2017/record/feed.atom").read_text(encoding="utf-8")
    title = "<title>contradiction: Ann Arden / "
    case = next(one for one in text.split("<entry>") if title in one and "stay open" in one)
    assert "It closes in June." in case
    assert f"{ADDRESS}2018/cite/bob-closes.html" in case
    assert "Both are right." in case


# TEI, Web Annotations, JSON-LD


def test_tei_points_at_sides_in_other_volumes(volumes: Volumes) -> None:
    def links(part: Path) -> list[list[str]]:
        root = etree.fromstring((part / "record/tei/reports/fourth.xml").read_bytes())
        return [link.get("target", "").split() for link in root.iter("{*}link")]

    whole = links(volumes.whole.out)
    assert [ADDRESS + "cite/bob-few.html", "#utterance-ann-forty"] in [one[:2] for one in whole]
    assert [f"{ARCHIVE}votes.html#quote-vote", "#contradiction-three"] in whole
    parted = links(volumes.site / "2017")
    assert [[at.replace("/2018/", "/") for at in link] for link in parted] == whole
    assert parted != whole


def annotations(part: Path) -> dict[str, dict[str, Any]]:
    """Give the annotations of cases that a part has, by where they are."""
    found: dict[str, dict[str, Any]] = {}
    for path in part.glob("record/web-annotations/*.jsonld"):
        for one in json.loads(path.read_text(encoding="utf-8"))["items"]:
            if one["motivation"] in {"linking", "replying"}:
                found[one["id"].replace("/2017/", "/").replace("/2018/", "/")] = one
    return found


def test_web_annotations_have_the_cases_between_volumes(volumes: Volumes) -> None:
    def targets(one: dict[str, Any]) -> list[tuple[str, str]]:
        several = one["target"] if isinstance(one["target"], list) else [one["target"]]
        return [(at["id"].rpartition("/")[2], at["label"]) for at in several]

    whole = annotations(volumes.whole.out)
    parted = annotations(volumes.site / "2017") | annotations(volumes.site / "2018")
    assert f"{ADDRESS}cite/council.html#case" in whole
    assert parted.keys() == whole.keys()
    for name, one in whole.items():
        if one["motivation"] == "linking":
            assert targets(parted[name]) == targets(one)
    stay = parted[f"{ADDRESS}cite/stay.html#case"]["target"]
    assert [one["id"] for one in stay] == [
        f"{ADDRESS}2017/cite/ann-open.html",
        f"{ADDRESS}2018/cite/bob-closes.html",
    ]


def test_the_page_of_a_case_names_each_side_to_programs(volumes: Volumes) -> None:
    page = volumes.built("2017").soup("cite/stay.html")
    said = json.loads(str(page.select_one("script[type='application/ld+json']").string))
    here, there = said["about"]
    assert here["@id"] == f"{ADDRESS}2017/cite/ann-open.html"
    assert there["@id"] == f"{ADDRESS}2018/cite/bob-closes.html"
    assert there["name"] == "It closes in June."


# Blocks


def test_texts_of_blocks_are_those_of_the_whole(volumes: Volumes) -> None:
    def blocks(part: Path) -> dict[tuple[str, str], str]:
        documents = json.loads((part / "record/edition.json").read_text(encoding="utf-8"))
        return {
            (one["id"], block["anchor"]): block["text"]
            for one in documents["articles"]
            for block in one["blocks"]
        }

    whole = blocks(volumes.whole.out)
    text = "It was as in Second, About and that one: Cy Cole, He was not asked.."
    assert text in whole["reports/fourth", "p1"]
    assert blocks(volumes.site / "2017") | blocks(volumes.site / "2018") == whole


# Tables

PARTS = {"2017": f"{ADDRESS}2017/", "2018": f"{ADDRESS}2018/"}


def as_whole(column: str, value: Any) -> Any:
    """Give what stands in a cell without what must differ in volumes.

    Records and articles have their addresses there, and the file of an article that names what is
    in another volume is another one.
    """
    if column == "swhid":
        return ""
    if column in {"address", "page"} and value is not None:
        return value.replace("/2017/", "/").replace("/2018/", "/")
    return value


@pytest.mark.parametrize("form", ["csv", "parquet"])
def test_tables_of_all_parts_have_the_rows_of_the_whole(volumes: Volumes, form: str) -> None:
    duckdb = pytest.importorskip("duckdb")
    whole, database = load(volumes.whole.out), duckdb.connect()
    database.execute(f"SET VARIABLE root = '{volumes.site}/'")
    database.execute(sql(Parts(PARTS, ADDRESS, (), form)))
    for table in TABLES:
        names = [column.name for column in table.columns]
        found = database.execute(f"SELECT * FROM {table.name}")
        assert [column[0] for column in found.description] == names
        joint, wanted = (
            Counter(tuple(map(as_whole, names, row)) for row in rows)
            for rows in (found.fetchall(), table.rows(whole))
        )
        assert joint == wanted, table.name
    kept = database.execute("SELECT id, address FROM documents WHERE id = 'registers/more'")
    assert kept.fetchall() == [("registers/more", f"{ADDRESS}registers/more.html")]


def test_what_is_behind_its_home_has_no_rows(volumes: Volumes, tmp_path: Path) -> None:
    duckdb = pytest.importorskip("duckdb")
    for part in ("", "2017/", "2018/"):
        shutil.copytree(volumes.site / part / "record", tmp_path / part / "record")
    posts = tmp_path / "2018/record/posts.csv"
    assert "Mayor" in posts.read_text(encoding="utf-8")
    posts.write_bytes(posts.read_bytes().replace(b"Mayor", b"Clerk"))
    for name in ("sources", "source_fields"):
        path = tmp_path / f"2017/record/{name}.csv"
        path.write_bytes(path.read_bytes().replace(b"Late", b"Wrong"))
    database = duckdb.connect()
    database.execute(f"SET VARIABLE root = '{tmp_path}/'")
    database.execute(sql(Parts(PARTS, ADDRESS, (), "csv")))
    assert database.execute("SELECT title FROM posts").fetchall() == [("Mayor",)]
    for query in (
        "SELECT title FROM sources WHERE id = 'herald-2'",
        "SELECT value FROM source_fields WHERE source = 'herald-2' AND field = 'title'",
    ):
        assert database.execute(query).fetchall() == [("Late",)]


def test_the_front_has_statements_for_the_form_that_all_parts_have(volumes: Volumes) -> None:
    made = volumes.built("front").text("record/tables.sql")
    assert made == sql(Parts(PARTS, ADDRESS, (), "parquet"))


def test_a_document_of_which_the_front_has_no_page_keeps_its_address() -> None:
    statements = sql(Parts(PARTS, ADDRESS, ("editor's",), "csv"))
    assert "CASE WHEN rows.id IN ('editor''s') THEN rows.address ELSE" in statements


def test_a_note_has_the_title_of_a_document_as_its_page_shows_it(volumes: Volumes) -> None:
    note = load(volumes.whole.out).annotations["on-hall"]
    assert note.text == "It was half full; see Three came., Cy Cole and Second."
    assert load(volumes.site / "2017").annotations["on-hall"].text == note.text


def test_programs_find_the_volumes_from_the_front(volumes: Volumes) -> None:
    assert dict(load(volumes.site).imprint.volumes) == PARTS
    text = volumes.built("front").text("llms.txt")
    assert f"- [2018]({ADDRESS}2018/llms.txt): " in text
    assert "in volumes, each with its own files" in text
    volume = load(volumes.site / "2018").imprint
    assert (volume.volume_of, dict(volume.volumes)) == ("An edition", {})
    assert "8 quotations" in volumes.whole.text("llms.txt")
    assert "## Volumes" not in volumes.whole.text("llms.txt")


def test_a_link_of_the_front_to_a_record_by_its_anchor_leads_into_the_volume(
    volumes: Volumes,
) -> None:
    links = volumes.built("front").soup("index.html").select("main a")
    (link,) = [str(one["href"]) for one in links if one.get_text() == "that"]
    assert link == "2018/reports/fifth.html#quote-bob-few"


# All of it, made anew from the edition.json of each part

_OF_FILES = re.compile(r"swh:1:cnt:\w+|;?lines=[0-9-]+|lines [0-9-]+|\"(line|last|first)\":\d+")
"""What tells of source files, which `split` has cut and changed."""


def test_the_exports_of_all_parts_are_those_of_the_whole(volumes: Volumes, tmp_path: Path) -> None:
    made = tmp_path / "made"
    names = ",".join(sorted(known().keys() - {"sqlite", "parquet"}))
    command = ["export", "--volumes", "--format", names, "--output", str(made)]
    assert main([*command, str(volumes.site)]) == 0
    paths = [path.relative_to(made) for path in made.rglob("*") if path.is_file()]
    assert len(paths) > 100
    for path in paths:
        here, there = (
            _OF_FILES.sub("", (root / path).read_text(encoding="utf-8"))
            for root in (made, volumes.whole.out)
        )
        assert here == there, path


def test_python_has_all_parts_as_one_edition(volumes: Volumes) -> None:
    whole = ontherecord.load(volumes.site, volumes=True)
    assert whole.records.keys() == load(volumes.whole.out).records.keys()
    assert ontherecord.load(volumes.site).quotes == {}
    assert ontherecord.load(volumes.whole.out, volumes=True).quotes.keys() == whole.quotes.keys()


def test_one_volume_that_cannot_be_read_is_told(
    volumes: Volumes, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copytree(volumes.site / "record", tmp_path / "site/record")
    place = tmp_path / "site/record/edition.json"
    text = place.read_text(encoding="utf-8").replace(f"{ADDRESS}20", "http://127.0.0.1:1/20")
    place.write_text(text, encoding="utf-8")
    command = ["export", "--volumes", "--output", str(tmp_path / "made")]
    assert main([*command, str(tmp_path / "site")]) == 1
    assert "http://127.0.0.1:1/2017/: cannot be read" in capsys.readouterr().err
    assert not (tmp_path / "made").exists()
