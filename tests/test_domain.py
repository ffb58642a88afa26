"""The domain: references within the edition and from other projects, search, and merging."""

from __future__ import annotations

import json
import os
import pickle
import re
import subprocess
import sys
from pathlib import Path

from conftest import CONF, EXTENSION, Project, one
from ontherecord.documents import Documents
from ontherecord.domain import RecordDomain
from ontherecord.records import Document

REFERENCES = """
# References

{quote}`ann-open`, {quote}`her words <ann-open>`, {speaker}`ann`, {any}`ann-open`,
{record:speaker}`bob`, [words](#quote-ann-open), [](#speaker-ann), {contradiction}`closing`,
{annotation}`note`.

:::{contradiction} closing
:between: ann-open, bob-closes

The case.
:::

:::{annotation} note
:on: ann-open

A note. With more.
:::
"""


def test_references_show_and_lead_to_records(edition: Project) -> None:
    edition.put("references.md", REFERENCES)
    build = edition.build("html", "-n")
    assert build.warnings == ""
    links = [
        (link.get_text(), link["href"])
        for link in build.soup("references.html").select("section > p a")
    ]
    assert links[:9] == [
        ("The library stays open.", "article.html#quote-ann-open"),
        ("her words", "article.html#quote-ann-open"),
        ("Ann Arden", "speakers.html#speaker-ann"),
        ("The library stays open.", "article.html#quote-ann-open"),
        ("Bob Birch", "speakers.html#speaker-bob"),
        ("words", "article.html#quote-ann-open"),
        ("Ann Arden", "speakers.html#speaker-ann"),
        ("Ann Arden / Bob Birch", "#contradiction-closing"),
        ("A note.", "#annotation-note"),
    ]


def test_a_reader_goes_from_a_quotation_to_everything_else_and_back(first_edition: Project) -> None:
    build = first_edition.build()
    article = "articles/2017-02-23-no-mass-deportations.html"
    page = build.soup(article)
    card = one(page, "[id='card-kelly-no-military-force']")
    links = {link.get_text(): str(link["href"]) for link in card.select("a")}
    assert links["John F. Kelly"] == "../annotations/speakers.html#speaker-john-kelly"
    assert links["Politico"] == "../annotations/sources.html#source-politico-2017-02-23"
    against = next(shown for shown in links if shown.startswith("Contrary to Donald Trump, “"))
    assert links[against].endswith("contradictions.html#contradiction-military-operation")
    assert links["Sean Spicer"] == "#quote-spicer-adjective"
    for register in ("speakers", "sources", "contradictions", "quotes", "timeline"):
        back = build.soup(f"annotations/{register}.html").select(
            "a[href$='#quote-kelly-no-military-force']"
        )
        assert back, register


def test_citations_have_stable_anchors(first_edition: Project) -> None:
    page = first_edition.build().soup("annotations/sources.html")
    anchors = {str(tag["id"]) for tag in page.find_all(id=re.compile("^cite-"))}
    assert "cite-politico-2017-02-23" in anchors
    assert len(anchors) == len({tag["id"] for tag in page.find_all(id=re.compile("^source-"))})


def test_another_project_resolves_a_quote(edition: Project, tmp_path: Path) -> None:
    built = edition.build()
    other = Project(tmp_path / "other")
    mapping = {"edition": ("https://herald.example/", str(built.out / "objects.inv"))}
    other.put(
        "conf.py",
        f"""
        import sys
        sys.path.insert(0, {str(EXTENSION)!r})
        project = "Other"
        extensions = ["ontherecord", "sphinx.ext.intersphinx"]
        intersphinx_mapping = {mapping!r}
        """,
    )
    other.put(
        "index.md",
        "# Other\n\n{external+edition:record:quote}`ann-open`, {quote}`theirs <ann-open>`, "
        "{external+edition:record:speaker}`ann`\n",
    )
    build = other.build("html", "-n")
    assert build.warnings == ""
    links = [
        (link["href"], link.get_text())
        for link in build.soup("index.html").select("section a.external")
    ]
    assert links == [
        ("https://herald.example/article.html#quote-ann-open", "The library stays open."),
        ("https://herald.example/article.html#quote-ann-open", "theirs"),
        ("https://herald.example/speakers.html#speaker-ann", "Ann Arden"),
    ]


def test_search_finds_every_record(first_edition: Project) -> None:
    build = first_edition.build("html", "-D", "record_search=sphinx", out="searched")
    text = build.text("searchindex.js")
    index = json.loads(text[len("Search.setIndex(") : -1])
    assert set(index["objtypes"].values()) == {
        "record:speaker",
        "record:quote",
        "record:contradiction",
        "record:annotation",
    }
    anchors = {entry[4]: entry[3] for entries in index["objects"].values() for entry in entries}
    assert anchors["Enrique Peña Nieto"] == "speaker-enrique-pena-nieto", (
        "not made of what is shown"
    )
    assert "-" not in anchors.values()


def test_merging_takes_the_documents_read_elsewhere_and_no_others() -> None:
    class Environment:
        domaindata: dict[str, object] = {}

    domain = RecordDomain(Environment())  # type: ignore[arg-type]
    domain.documents["a"] = Document("a", "A", date="2024")
    theirs = Documents()
    theirs.update(b=Document("b", "B", date="2024"), a=Document("a", "Old", date="2024"))
    domain.merge_domaindata({"b", "c"}, {"documents": theirs})
    assert {name: document.title for name, document in domain.documents.items()} == {
        "a": "A",
        "b": "B",
    }
    domain.clear_doc("a")
    domain.clear_doc("nowhere")
    assert sorted(domain.documents) == ["b"]
    assert pickle.loads(pickle.dumps(domain.documents)) == domain.documents


IMPORTING = """
import sys
from importlib import import_module
from pkgutil import walk_packages
for name in sys.argv[1:]:
    found = import_module(f"ontherecord.{name}")
    for one in walk_packages(getattr(found, "__path__", ()), f"ontherecord.{name}."):
        import_module(one.name)
print(*{name.partition(".")[0] for name in sys.modules} & {"sphinx", "docutils", "myst_parser"})
"""
NO_SPHINX = (
    *("records", "documents", "imprint", "edition", "views", "checks", "words", "dates", "sources"),
    *("problems", "vocabulary", "settings", "evidence", "citing", "exchange", "drawings"),
    *("importing", "keeping"),
)


def test_the_left_of_the_flow_knows_no_sphinx() -> None:
    run = [sys.executable, "-c", IMPORTING, *NO_SPHINX]
    environment = {**os.environ, "PYTHONPATH": str(EXTENSION)}
    done = subprocess.run(run, env=environment, check=True, capture_output=True, text=True)
    assert done.stdout.split() == []


def test_settings_of_conf_py_win(edition: Project) -> None:
    conf = CONF.format(extension=str(EXTENSION))
    edition.put("conf.py", conf + 'bibtex_cite_id = "own-{key}"\nprimary_domain = None\n')
    edition.put(
        "sources.md", "# Sources\n\n```{bibliography}\n:all:\n```\n\n{record:speaker}`ann`\n"
    )
    build = edition.build()
    assert 'id="own-herald-2024"' in build.text("sources.html")
    assert "Unknown" in build.warnings, "short names are not known without the primary domain"


def test_the_sources_register_and_the_bibliography_stand_on_one_page(edition: Project) -> None:
    edition.put(
        "sources.md",
        "# S\n\n:::{sources}\n:::\n\n```{bibliography}\n:all:\n```\n\n{cite}`post-2024`\n",
    )
    build = edition.build("html", "-W")
    assert build.warnings == ""
    page = build.soup("sources.html")
    assert page.find(id="cite-herald-2024") is not None
    entry = page.find(id="source-herald-2024")
    assert entry is not None
    assert "A Title of Its Own" in entry.get_text(), "a title keeps its letters"
    assert one(page, "a.bibtex, .bibtex-citation a")["href"] == "#cite-post-2024"
