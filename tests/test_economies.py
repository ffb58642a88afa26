"""What is spared of dependencies' work, and when each of these economies can go."""

from __future__ import annotations

import ast
import pickle
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, ClassVar

import pytest
from conftest import Project, differences, published
from docutils import nodes
from ontherecord import economies
from ontherecord.bibliography import EditionStyle
from ontherecord.economies import document_paths
from ontherecord.economies.bibliography_domain import SparingDomain
from ontherecord.economies.citations_by_key import Listed
from ontherecord.economies.later import Later
from pybtex.database import BibliographyData, Entry
from sphinx.project import Project as Project_
from sphinxcontrib.bibtex.bibfile import BibData, BibFile
from sphinxcontrib.bibtex.citation_target import CitationTarget
from sphinxcontrib.bibtex.directives import BibliographyKey, BibliographyValue
from sphinxcontrib.bibtex.domain import BibtexDomain, Citation
from sphinxcontrib.bibtex.roles import CitationRef

if TYPE_CHECKING:
    pass

COUNTED = """
import importlib.metadata as metadata
reads = 0
def counted(*given, real=metadata.distributions, **named):
    global reads
    reads += 1
    return real(*given, **named)
metadata.distributions = counted
{before}
from pybtex.plugin import find_plugin, register_plugin
for _ in range(3):
    find_plugin("pybtex.backends", "plaintext")
print(reads)
register_plugin("pybtex.backends", "plaintext", dict, force=True)
print(find_plugin("pybtex.backends", "plaintext").__name__)
"""


def run(before: str) -> list[str]:
    program = COUNTED.format(before=before)
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    return done.stdout.split()


def test_pybtex_reads_the_installed_distributions_once() -> None:
    reads, registered = run("from ontherecord.economies import entry_points; entry_points.apply()")
    assert reads == "1"
    assert registered == "dict", "a plugin registered at run time is found before what is kept"


def test_entry_points_can_go_when_pybtex_keeps_what_it_found() -> None:
    reads, _registered = run("")
    assert int(reads) > 1, (
        "pybtex keeps its plugins now: ontherecord/economies/entry_points.py can go"
    )


def test_every_economy_is_known_under_the_versions_that_are_locked() -> None:
    named = {*economies.OF_BUILDS, *economies.OF_PROCESSES, *economies.OF_DOCUMENTS}
    assert {name for name in named if economies.known(name) is None} == set()


def test_a_build_goes_on_where_a_dependency_lacks_what_is_replaced(
    edition: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    spared = edition.build(out="spared")
    for name in ("asset_tags", "document_paths", "html_tags"):
        monkeypatch.setitem(sys.modules, f"ontherecord.economies.{name}", None)
        assert economies.known(name) is None
    assert differences(published(spared.out), published(edition.build(out="without").out)) == []


BIBLIOGRAPHY = """
# Sources

```{bibliography}
:all:
```

{cite}`post-2024` {cite}`herald-2024`
"""
SOURCES = """
@misc{herald-2024, author={Roe, Jane and Doe, John}, title={The {L}ibrary}, year={2024}}
@misc{post-2024, author={Moe, M.}, title={A Title of Its Own}, date={2024-05-01}, year={2024}}
"""
FILTERED = """
# Few

```{bibliography}
:filter: docname in docnames
:list: bullet
```

{cite:t}`{see}herald-2024{p. 4}, post-2024`, {any}`post-2024`, {any}`ann-open`

```{bibliography}
:keyprefix: b-
:labelprefix: B
:filter: cited and not author % "nobody"
```

{cite}`b-post-2024`
"""


def test_bibliographies_and_citations_are_as_upstream_sets_them(
    edition: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    edition.put("sources.md", BIBLIOGRAPHY)
    edition.put("few.md", FILTERED)
    edition.put("references.bib", SOURCES)
    edition.put("other.md", "# O\n\n{cite}`post-2024` {cite}`nowhere` {footcite}`post-2024`\n")
    for options in ((), ("-D", "bibtex_tooltips_style=unsrt", "-D", "bibtex_default_style=unsrt")):
        spared = edition.build("html", *options, out="spared")
        with monkeypatch.context() as patched:
            patched.setattr(
                economies, "connect", lambda app: app.add_domain(BibtexDomain, override=True)
            )
            upstream = edition.build("html", *options, out="upstream")
        assert differences(published(spared.out), published(upstream.out)) == []
        assert spared.warnings == upstream.warnings
        assert 'could not find bibtex key "nowhere"' in spared.warnings


def walks(domain_class: type[BibtexDomain]) -> dict[str, int]:
    """Count how often the citations of two documents are gone through by what the domain does."""
    counted: dict[str, int] = {}

    class Counted(domain_class):  # type: ignore[valid-type, misc]
        step = ""

        @property
        def citation_refs(self) -> Any:
            counted[f"{self.step} refs"] = counted.get(f"{self.step} refs", 0) + 1
            return super().citation_refs

        @property
        def citations(self) -> Any:
            found = super().citations
            key = f"{self.step} citations"
            counted[key] = max(counted.get(key, 0), len(found))
            return found

    class Environment:
        domaindata: ClassVar[dict[str, Any]] = {}
        config = SimpleNamespace(bibtex_tooltips=True, bibtex_tooltips_style="", root_doc="a")
        found_docs: ClassVar[set[str]] = {"a", "b"}
        all_docs: ClassVar[dict[str, int]] = {"a": 1, "b": 2}

        def collect_relations(self) -> dict[str, list[str | None]]:
            return {"a": [None, None, "b"], "b": [None, "a", None]}

    Environment.domaindata = {}
    domain = Counted(Environment())
    path = Path("references.bib")
    keys = [f"k{number}" for number in range(9)]
    entries = {key: Entry("misc", {"title": key}) for key in keys}
    data = BibliographyData(entries)
    bibfile = BibFile(mtime=0, keys=dict.fromkeys(keys))
    domain.data["bibdata"] = BibData("utf-8", {path: bibfile}, data)
    nodes_ = {key: nodes.citation(ids=[key]) for key in keys}
    listing = BibliographyValue(
        1, [path], "unsrt", "citation", "", 1, "", "", ast.parse("cited"), nodes_, []
    )
    domain.bibliographies[BibliographyKey("a", "id1")] = listing
    for docname in ("a", "b"):
        for key in keys:
            domain.citation_refs.append(CitationRef(key, docname, 1, [CitationTarget(key, "", "")]))
    domain.step = "update"
    domain.env_updated()
    domain.step = "resolve"
    domain.reference_style = SimpleNamespace()
    with suppress(Exception):  # The style is none; what is looked at before it counts.
        domain.resolve_xref(Environment(), "b", None, "p", "k3", nodes.inline(), nodes.inline())
    return counted


def test_citations_are_not_gone_through_for_each_entry_and_citation() -> None:
    counted = walks(SparingDomain)
    assert counted["update refs"] <= 4
    assert counted["resolve citations"] == 1


def test_the_domain_in_the_place_of_bibtex_s_can_go_when_that_looks_things_up() -> None:
    counted = walks(BibtexDomain)
    assert counted["update refs"] > 9, "economies/citing_documents.py can go"
    assert counted["resolve citations"] == 9, "economies/citations_by_key.py can go"


def test_reading_a_document_again_forgets_what_it_cited_and_listed(edition: Project) -> None:
    edition.put("sources.md", BIBLIOGRAPHY)
    edition.put("few.md", FILTERED)
    edition.build(out="kept")
    edition.put("few.md", "# Few\n\nNothing.\n")
    kept = edition.build(out="kept")
    clean = edition.build(out="clean")
    assert differences(published(kept.out), published(clean.out)) == []
    assert kept.warnings == ""


def listed(edition: Project, monkeypatch: pytest.MonkeyPatch) -> int:
    """Build, and count how many entries are formatted."""
    counted: list[str] = []
    real = EditionStyle.format_entry

    def count(self: EditionStyle, label: str, entry: Any, bib_data: Any = None) -> Any:
        counted.append(entry.key)
        return real(self, label, entry, bib_data)

    with monkeypatch.context() as patched:
        patched.setattr(EditionStyle, "format_entry", count)
        edition.build()
    return len(counted)


def test_what_is_listed_is_found_again_when_it_can_have_changed(
    edition: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    edition.put("sources.md", BIBLIOGRAPHY)
    edition.put("other.md", "# O\n\n{cite}`post-2024`\n")
    assert listed(edition, monkeypatch) > 0
    assert listed(edition, monkeypatch) == 0
    edition.put("other.md", "# O\n\nOther words. {cite}`post-2024`\n")
    assert listed(edition, monkeypatch) == 0, "it cites the same"
    edition.put("other.md", "# O\n\n{cite}`post-2024` {cite}`herald-2024`\n")
    assert listed(edition, monkeypatch) > 0
    bib = (edition.folder / "references.bib").read_text()
    edition.put("references.bib", bib.replace("The Herald", "The New Herald"))
    assert listed(edition, monkeypatch) > 0
    edition.put("other.md", "# O\n\n{cite}`post-2024` {cite}`nowhere`\n")
    kept, clean = edition.build(), edition.build(out="clean")
    assert differences(published(kept.out), published(clean.out)) == []


def test_bibliographies_with_warnings_give_them_again(edition: Project) -> None:
    edition.put("sources.md", BIBLIOGRAPHY)
    edition.put("more.md", "# M\n\n```{bibliography}\n:all:\n```\n")
    for _ in range(2):
        assert "duplicate citation for key" in edition.build().warnings


def test_listed_once_can_go_when_bibtex_lists_nothing_anew(
    edition: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    edition.put("sources.md", BIBLIOGRAPHY)
    with monkeypatch.context() as patched:
        patched.setattr(
            economies, "connect", lambda app: app.add_domain(BibtexDomain, override=True)
        )
        listed(edition, monkeypatch)
        assert listed(edition, monkeypatch) > 0, "economies/listed_once.py can go"


# An extension of an edition's own says what the domain holds when all pages are written.
HELD = """
def say(app, exception):
    data = app.env.domains["cite"].data
    stored = [name for name, one in data.items() if getattr(one, "_packed", None)]
    (app.confdir / "held.txt").write_text(" ".join(stored))

def setup(app):
    app.connect("build-finished", say)
"""


@pytest.mark.parametrize("builder", ["html", "text"])
def test_what_bibliographies_list_stays_bytes_while_pages_are_written(
    edition: Project, builder: str
) -> None:
    conf = edition.folder / "conf.py"
    conf.write_text(conf.read_text(encoding="utf-8") + HELD, encoding="utf-8")
    edition.put("sources.md", BIBLIOGRAPHY)
    edition.put("few.md", FILTERED)
    edition.put("references.bib", SOURCES)
    edition.put("other.md", "# O\n\n{cite}`post-2024` {cite:t}`post-2024`\n")
    edition.build(builder)
    held = (edition.folder / "held.txt").read_text(encoding="utf-8").split()
    assert {"bibliographies", "citations", "citation_refs"} <= {*held}


def test_what_is_listed_is_asked_for_by_builders_without_pages(edition: Project) -> None:
    edition.put("sources.md", BIBLIOGRAPHY)
    edition.put("references.bib", SOURCES)
    assert edition.build("gettext").code == 0


@pytest.mark.parametrize("builder", ["dummy", "record-check", "changes", "linkcheck"])
def test_builders_without_pages_leave_what_others_can_build_on(
    edition: Project, builder: str
) -> None:
    shared = ("-d", str(edition.folder.parent / "shared"))
    edition.put("sources.md", BIBLIOGRAPHY)
    edition.put("references.bib", SOURCES)
    assert edition.build(builder, *shared).code == 0
    after = edition.build("html", *shared)
    assert after.code == 0
    assert differences(published(after.out), published(edition.build(out="clean").out)) == []


def test_a_bibliography_is_set_of_what_its_own_document_lists_and_cites() -> None:
    keys = {name: BibliographyKey(name, "id1") for name in ("a", "b")}
    citations = [
        Citation(f"{number}", keys[name], f"k{number}", number, f"set {number}", "tip")
        for number, name in enumerate("abba")
    ]
    listing = BibliographyValue(1, [], "unsrt", "citation", "", 1, "", "", None, {"k": "node"}, [])
    references = [CitationRef(name, name, 1, [CitationTarget("k0", "", "")]) for name in "abc"]
    listed = Listed(citations, dict.fromkeys(keys.values(), listing), references)
    again: Listed = pickle.loads(pickle.dumps(listed))
    assert [*again] == citations
    assert [*reversed(again)] == citations[::-1]
    assert again[1:3] == citations[1:3]
    seen = again.to_be_set(["b"])
    assert [one.key for one in seen.citations] == ["k1", "k2"]
    assert [one.formatted_entry for one in seen.citations] == ["set 1", "set 2"]
    assert seen.bibliographies == {keys["b"]: listing}
    assert [one.docname for one in seen.citation_refs] == ["b"]
    named = again.named(["k3", "k0", "k9"])
    assert [*named.citations] == [citations[0], citations[3]]
    assert named.bibliographies[keys["a"]].citation_nodes == {}


def test_what_is_stored_for_later_is_read_when_it_is_asked_for() -> None:
    again: Later[list[int]] = pickle.loads(pickle.dumps(Later([1, 2])))
    packed = again.__reduce__()
    again.value.append(3)
    assert again.value == [1, 2, 3]
    assert pickle.loads(pickle.dumps(again)).value == [1, 2, 3], "what is changed is stored so"
    assert packed != again.__reduce__()


def test_the_path_of_a_document_is_made_once(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("# A\n")
    project = Project_(tmp_path, {".md": "markdown"})
    project.discover()
    made = project.doc2path("a", absolute=True)
    assert document_paths.doc2path(project, "a", absolute=True) == made == tmp_path / "a.md"
    again = document_paths.doc2path(project, "a", absolute=True)
    assert again is document_paths.doc2path(project, "a", absolute=True)
    assert document_paths.doc2path(project, "a", absolute=False) == Path("a.md")
    (tmp_path / "a.md").rename(tmp_path / "a.txt")
    project.source_suffix = {".txt": "markdown"}
    project.discover()
    assert document_paths.doc2path(project, "a", absolute=True) == tmp_path / "a.txt"
    assert document_paths.doc2path(project, "gone", absolute=True) == tmp_path / "gone.md"


def test_document_paths_can_go_when_projects_keep_them(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("# A\n")
    project = Project_(tmp_path, {".md": "markdown"})
    project.discover()
    paths = [document_paths._make(project, "a", absolute=True) for _ in range(2)]
    assert paths[0] is not paths[1], "economies/document_paths.py can go"
