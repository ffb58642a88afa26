"""Search: what is indexed, by Pagefind or by Sphinx, and what a reader finds in a browser."""

from __future__ import annotations

import errno
import functools
import gzip
import http.server
import json
import os
import random
import shutil
import threading
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest
from conftest import Build, Project, differences, make_edition, one, published, python
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from ontherecord.edition import Edition
from ontherecord.finding import build as making
from ontherecord.finding import pagefind, settled
from ontherecord.finding.apart import Apart, Task
from ontherecord.finding.indexed import UNDATED, Entries, Indexed, Page, years
from ontherecord.finding.inverted import File, Index, can_be_made
from ontherecord.finding.lexicon import Lexicon
from ontherecord.finding.published import Published
from ontherecord.finding.taken import Known
from ontherecord.records import (
    Annotation,
    Contradiction,
    Document,
    Origin,
    Post,
    Quote,
    Speaker,
)
from ontherecord.values import replace

THEME = """
html_theme = "ontherecord"
html_theme_options = {"navigation": {"registers": "Registers"}}
"""
ARABIC = "لا حظر على المسلمين"

CASES = """
# Contradictions

:::{contradiction} library
:between: ann-open, bob-closes
:kind: facts
:relation: contrary
:status: standing
Whether the reading rooms have a future.
:::

:::{annotation} june-note
:on: bob-closes
June is when the lease ends.
:::
"""

MORE = f"""
---
date: 2019-03-02
---
# The museum

She said in Arabic: {{said}}`"{ARABIC}" <cem-arabic>` Nothing else was heard of the gallery.

:::{{quote}} cem-arabic
:speaker: cem
:source: wire-2024
:spoken: 2019-03-02
:lang: ar
:translation: No ban on anybody.
:topics: bans
:::

:::{{speaker}} cem
:name: Cem Çelik
:::
"""

needs_pagefind = pytest.mark.skipif(pagefind.binary() is None, reason="pagefind-bin is not here")


def make(folder: Path) -> Project:
    edition = make_edition(folder, THEME)
    edition.put("cases.md", CASES)
    edition.put("museum.md", MORE)
    edition.put("registers.md", "# Registers\n\n:::{quotes}\n:::\n")
    edition.put("hidden.md", "---\nnosearch: true\n---\n# Hidden\n\nUnfindable.\n")
    return edition


# What is indexed, without Sphinx.

HERE = Origin("article", 1)
ENTRIES = Entries(
    Edition(
        {
            "article": Document(
                "article",
                "The library",
                date="2024-05-01",
                records=(
                    Speaker("ann", HERE, "Ann Arden", aliases=("A. A.",), posts=(Post("Mayor"),)),
                    Speaker("ann-two", HERE, "Ann Arden"),
                    Speaker("bob", HERE, "Bob Birch"),
                    Quote("a", HERE, "ann", "s", block="It  stays\n\nopen.", spoken="2024-05-01"),
                    Quote("b", HERE, "bob", "s", block="It closes.", spoken="2023-12/2024-01"),
                    Quote("c", HERE, "ann-two", "s", block="So it does.", lang="de"),
                    Contradiction(
                        "case",
                        HERE,
                        ("a", "b"),
                        kind="facts",
                        status="answered",
                        answered_by=("c",),
                        at_issue=(("a", "open"),),
                        text="The case.",
                    ),
                    Contradiction("pull", HERE, ("a", "b"), relation="tension", text="A pull."),
                    Annotation("note", HERE, on="a", text="A note."),
                ),
            ),
            "page": Document("page", "A page"),
        },
        {},
        "en-GB",
    ),
    lambda docname, anchor: f"{docname}.html" + (f"#{anchor}" if anchor else ""),
    lambda date: f"on {date}",
)


def by_url() -> dict[str, Indexed]:
    found = ENTRIES.all([Page("page", "A page", "Its words."), Page("article", "The library", "X")])
    return {entry.url: entry for entry in found}


def facets(entry: Indexed, name: str) -> list[str]:
    return [value for facet, value in entry.filters if facet == name]


def test_a_statement_is_indexed_under_its_speaker_with_its_words_and_what_its_case_is() -> None:
    quote = by_url()["article.html#quote-a"]
    assert (quote.words, quote.language) == ("It stays open.", "en")
    assert quote.title == "Ann Arden: It stays open."
    assert facets(quote, "sort") == ["statement"]
    assert facets(quote, "year") == ["2024"]
    assert facets(quote, "kind") == ["facts"]
    assert facets(quote, "status") == ["answered"]
    assert dict(quote.meta) == {"when": "on 2024-05-01"}
    assert dict(quote.sort) == {"date": "2024-05-01"}


def test_two_speakers_of_one_name_are_told_apart() -> None:
    assert facets(by_url()["article.html#quote-a"], "speaker") == ["Ann Arden (ann)"]
    assert facets(by_url()["article.html#speaker-ann-two"], "speaker") == ["Ann Arden (ann-two)"]


def test_a_contradiction_is_found_by_each_side_and_by_the_answer() -> None:
    case = by_url()["article.html#contradiction-case"]
    assert facets(case, "speaker") == ["Ann Arden (ann)", "Bob Birch", "Ann Arden (ann-two)"]
    assert facets(case, "sort") == ["contradiction"]
    pull = by_url()["article.html#contradiction-pull"]
    assert facets(pull, "sort") == ["tension"], "not counted as a contradiction"
    assert facets(case, "year") == ["2023", "2024"]
    assert case.words == "The case. open It closes. So it does."


def test_notes_speakers_articles_and_pages_are_found() -> None:
    found = by_url()
    assert found["article.html#annotation-note"].title == "A note."
    assert facets(found["article.html#annotation-note"], "speaker") == ["Ann Arden (ann)"]
    assert found["article.html#speaker-ann"].words == "A. A. Mayor"
    assert facets(found["article.html"], "sort") == ["article"]
    assert dict(found["page.html"].sort) == {"date": UNDATED}
    assert len(found) == 11, "each record once, and each page"


@pytest.mark.parametrize(
    ("date", "expected"),
    [
        ("2017-02-23", ["2017"]),
        ("2016/2018", ["2016", "2017", "2018"]),
        ("", []),
        ("2017/..", []),
        ("tomorrow", []),
    ],
)
def test_years(date: str, expected: list[str]) -> None:
    assert years(date) == expected


# Pagefind's index.


def some(count: int) -> list[Indexed]:
    random_ = random.Random(count)
    return [
        Indexed(
            f"a.html#{number}",
            "A title",
            " ".join(random_.choices(["one", "two", "three", "four", "five"], k=9)),
            "en",
            (("speaker", f"Speaker {number % 40}"), ("year", f"{2000 + number % 20}")),
            (("when", "now"), ("lang", "ar")) if number % 3 else (),
            (("date", f"{2000 + number % 20}"),),
        )
        for number in range(count)
    ]


@needs_pagefind
def test_another_process_writes_the_same_index(tmp_path: Path) -> None:
    """Pagefind by itself does not: its filters are in the order of a hash table."""
    program = pagefind.binary()
    assert program is not None
    one, other = (pagefind.make(program, some(400), "en") for _ in range(2))
    assert one == other
    raw = [pagefind._speak(program, list(pagefind._messages(some(400), "en"))) for _ in range(2)]
    assert raw[0] != raw[1], "settled.py can go"
    for name, content in one.items():
        if ".pf_" in name:
            assert content[4:8] == bytes(4), f"{name} has the time in its header"


def publisher(folder: Path) -> Published:
    program = pagefind.binary()
    assert program is not None
    (folder / "kept").mkdir(parents=True, exist_ok=True)
    return Published(program, pagefind.version(program), folder / "out", folder / "kept/kept")


@needs_pagefind
def test_what_no_page_asks_for_is_not_published(tmp_path: Path) -> None:
    index = tmp_path / "out/pagefind"
    publisher(tmp_path).write(some(20), "en", "tools")
    names = {name for name in published(index) if "/" not in name}
    assert {name for name in names if not name.endswith(".pf_meta")} == {
        "pagefind-entry.json",
        "pagefind.js",
        "wasm.en.pagefind",
    }
    (index / "stray").write_text("stray")
    publisher(tmp_path).write(some(3), "en", "tools")
    assert len(list((index / "fragment").iterdir())) == 3
    assert not (index / "stray").exists()


PIECES = st.one_of(
    st.sampled_from(
        [
            *("The", "the", "Wall.", "(wall)", "“walls”", "wall’s", "it's", "walling—built"),
            *("re-elected", "camelCase", "WKWebView", "snake_case", "__init__", "C#", "v1.2.3"),
            *("café", "Café", "CAFÉS", "naïve-ly", "Ångström", "e\u0301te\u0301", "façade’s"),
            *("👋", "cloud🌦️cannon", "👨‍👩‍👧‍👦", "#", "*", "—", "·", "…", "3rd", "1,200", "£5m"),
            *(
                "قال:",
                "الرئيس",
                "«слова»",
                "Слово",
                "漢字「引用」",
                "İstanbul",
                "STRASSE",
                "straße",
                "ǅ",
            ),
            *("________", "___", "___a", "a___b", "___pagefind_weight", "__PAGEFIND_", "_", "_a_"),
            *("a", "I", "x" * 300, "html<b>", "&amp;", '"said"', "\\", "generational", "running"),
        ]
    ),
    st.text(
        st.characters(exclude_categories=["Cs", "Cc", "Z"], exclude_characters="\u200b"),
        min_size=1,
        max_size=8,
    ),
)
TEXTS = st.lists(PIECES, max_size=12).map(" ".join)
DROPPED = st.sampled_from(["zero\u200bwidth", "\u200b", "\u200bcafé-\u200b\u200bau"])
WORDS = st.lists(PIECES | DROPPED, max_size=12).map(" ".join)


@st.composite
def things(draw: st.DrawFn) -> list[Indexed]:
    values = st.sampled_from(["one", "two", "Über", "Ärger & Co"])
    return [
        Indexed(
            f"a.html#{number}",
            draw(TEXTS),
            " ".join([draw(WORDS)] * draw(st.sampled_from([1, 1, 40]))),
            "en",
            tuple((draw(st.sampled_from(["speaker", "year"])), draw(values)) for _ in range(2)),
            draw(st.sampled_from([(), (("when", "5 May 2008"),), (("lang", "ar"), ("when", "é"))])),
            (("date", draw(st.sampled_from(["2008-05-05", "1999-01-02", UNDATED]))),),
        )
        for number in range(draw(st.integers(1, 6)))
    ]


def unpacked(files: dict[str, bytes]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for path, content in files.items():
        is_packed = ".pf_" in path
        found[path] = gzip.decompress(content) if is_packed else content
    found[settled.ENTRY] = json.loads(found[settled.ENTRY])
    return found


FIELDS_OF_NOTHING = [
    Indexed("a.html", "", "The", "en"),
    Indexed("b.html", "", "·", "en", meta=(("when", "5 May 2008"),)),
]
"""The second is found by no word, so that its fields are none of the index."""


@needs_pagefind
@example(FIELDS_OF_NOTHING, "en")
@given(things(), st.sampled_from(["en", "es", "de", "fr", "ru", "ar", "tr", "el", "cs", "mt"]))
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
def test_the_index_made_here_is_what_the_binary_makes(
    tmp_path_factory: pytest.TempPathFactory, found: list[Indexed], language: str
) -> None:
    folder = tmp_path_factory.mktemp("index")
    program = pagefind.binary()
    assert program is not None
    assert can_be_made(found, language, pagefind.version(program)), "inverted.py may be too old"
    publisher(folder).write(found, language, "tools")
    made = published(folder / "out/pagefind")
    assert unpacked(made) == unpacked(pagefind.make(program, found, language))
    # What is known of words is enough the second time.
    (folder / "kept/kept.search").unlink()
    shutil.rmtree(folder / "out/pagefind/index", ignore_errors=True)
    publisher(folder).write(found, language, "tools")
    assert differences(published(folder / "out/pagefind"), made) == []
    shutil.rmtree(folder)


@needs_pagefind
def test_a_large_index_made_here_is_what_the_binary_makes(tmp_path: Path) -> None:
    """Of several chunks, with words that stand in them hundreds of times."""
    random_ = random.Random(7)
    words = [f"{one}{other}ing" for one in "abcdefghkl" for other in "mnoprstuvwxyz"]
    found = [
        Indexed(
            f"{number}.html", words[number % 130], " ".join(random_.choices(words, k=400)), "en"
        )
        for number in range(120)
    ]
    found += [
        Indexed("long.html", "Long", " ".join(random_.choices(words[:3], k=9000)), "en"),
    ]
    publisher(tmp_path).write(found, "en", "tools")
    program = pagefind.binary()
    assert program is not None
    made = published(tmp_path / "out/pagefind")
    assert len([path for path in made if path.startswith("index/")]) > 2
    assert unpacked(made) == unpacked(pagefind.make(program, found, "en"))


@needs_pagefind
def test_an_index_brought_up_to_date_is_one_made_anew(tmp_path: Path) -> None:
    entries = some(60)
    for step in range(4):
        publisher(tmp_path).write(entries, "en", "tools")
        publisher(tmp_path / f"clean-{step}").write(entries, "en", "tools")
        kept = published(tmp_path / "out")
        assert kept == published(tmp_path / f"clean-{step}/out")
        random_ = random.Random(step)
        for _ in range(5):
            place = random_.randrange(len(entries))
            entries[place] = replace(entries[place], words=f"Something else, {step} times.")
        del entries[random_.randrange(len(entries))]
        for path in random_.sample(sorted(kept), 5):
            (tmp_path / "out" / path).write_bytes(b"spoilt")
        (tmp_path / "out/pagefind/pagefind.js").unlink()


@needs_pagefind
@given(st.lists(things(), min_size=2, max_size=4), st.randoms(use_true_random=False))
@settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
def test_what_is_known_of_entries_is_never_out_of_date(
    tmp_path_factory: pytest.TempPathFactory, steps: list[list[Indexed]], random_: random.Random
) -> None:
    folder = tmp_path_factory.mktemp("index")
    before: list[Indexed] = []
    for number, new in enumerate(steps):
        some_of_both = [entry for entry in before if random_.random() < 0.7]
        # Of the same address as those that stay, with other words: it is the words that count.
        entries = [*some_of_both, *new]
        random_.shuffle(entries)
        publisher(folder / "kept").write(entries, "en", "tools")
        publisher(folder / f"clean-{number}").write(entries, "en", "tools")
        made = published(folder / "kept/out")
        assert made == published(folder / f"clean-{number}/out")
        before = entries
    shutil.rmtree(folder)


def test_what_is_known_of_entries_is_bounded() -> None:
    """What no entry has any more stays, until it is as much as what is needed."""
    known, sizes = Known(), []
    for number in range(100):
        entry = Indexed("a.html", "A", f"word{number} " * number, "en")
        lexicon = Lexicon({}, lambda _tokens: [])
        lexicon.known = {token: token for token in [*entry.words.split(), "a", "·"]}
        index = Index(lexicon, "en", "1.5.2", known)
        list(index.files([entry], [bytes([number])]))
        known = index.known
        assert list(known.entries) == [bytes([number])]
        sizes.append(known.size)
    assert max(sizes) < 20


@needs_pagefind
def test_what_the_form_is_not_known_for_is_made_by_the_binary(tmp_path: Path) -> None:
    program = pagefind.binary()
    assert program is not None
    for number, (entry, language) in enumerate(
        [
            (replace(some(1)[0], words="___PAGEFIND_WEIGHT___2 heavy"), "en"),
            (replace(some(1)[0], words="light___END_PAGEFIND_WEIGHT___"), "en"),
            (replace(some(1)[0], title="zero\u200bwidth"), "en"),
            (replace(some(1)[0], words="漢字 引用"), "ja"),
        ]
    ):
        assert not can_be_made([entry], language, pagefind.version(program))
        publisher(tmp_path / str(number)).write([entry], language, "tools")
        made = published(tmp_path / str(number) / "out/pagefind")
        assert made == pagefind.make(program, [entry], language)
    assert not can_be_made(some(1), "en", "pagefind 2.0.0")
    assert not can_be_made([], "en", pagefind.version(program))


def test_an_index_of_another_form_is_refused() -> None:
    with pytest.raises(settled.Unfamiliar):
        settled.settle({settled.ENTRY: b"{}", "filter/en_1.pf_filter": b"\x1f\x8b"})


@pytest.mark.parametrize("script", ["exit 1", "echo not base64,", "head -c 9 >&2; echo eyJhIjo=,"])
def test_a_binary_that_does_not_work_is_named(tmp_path: Path, script: str) -> None:
    broken = tmp_path / "pagefind"
    broken.write_text(f"#!/bin/sh\n{script}\n")
    broken.chmod(0o755)
    with pytest.raises(pagefind.Failed):
        pagefind.make(broken, some(3), "en")
    with pytest.raises(pagefind.Failed):
        Published(broken, "pagefind 1.5.2", tmp_path / "out", tmp_path / "kept").write(
            some(3), "en", "tools"
        )
    assert not (tmp_path / "out/pagefind/pagefind-entry.json").exists()


def test_a_binary_that_never_answers_is_stopped(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    silent = tmp_path / "pagefind"
    silent.write_text("#!/bin/sh\nexec sleep 60\n")
    silent.chmod(0o755)
    monkeypatch.setattr(pagefind, "SILENCE", 0.5)
    begun = time.monotonic()
    with pytest.raises(pagefind.Failed, match="it stopped"):
        pagefind.make(silent, some(3), "en")
    assert time.monotonic() - begun < 30


# In a process of its own.


def task(folder: Path, program: Path | None = None) -> Task:
    """Give what is to be done in a folder, with some binary or with Pagefind's."""
    found = program or pagefind.binary()
    assert found is not None
    (folder / "kept").mkdir(parents=True, exist_ok=True)
    version = "pagefind 1.5.2" if program else pagefind.version(found)
    return Task(str(found), version, str(folder / "out"), str(folder / "kept/kept"), "en", "tools")


def made_apart(task: Task, entries: Iterable[Indexed]) -> None:
    apart = Apart(task)
    apart.send(entries)
    apart.wait()


@needs_pagefind
def test_a_process_of_its_own_makes_the_same_index(tmp_path: Path) -> None:
    publisher(tmp_path / "here").write(some(400), "en", "tools")
    made_apart(task(tmp_path / "apart"), iter(some(400)))
    here, apart = (published(tmp_path / name / "out/pagefind") for name in ("here", "apart"))
    assert here
    assert differences(here, apart) == []


@needs_pagefind
@pytest.mark.parametrize("jobs", [1, 2])
def test_a_build_has_the_same_index_from_a_process_of_its_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, jobs: int
) -> None:
    edition = make(tmp_path / "e")
    here = edition.build()
    monkeypatch.setattr(making, "LARGE", 1)
    begun: list[Task] = []
    begin = Apart.__init__
    monkeypatch.setattr(
        Apart, "__init__", lambda self, task: (begun.append(task), begin(self, task))[1]
    )
    apart = edition.build(out="apart", jobs=jobs)
    assert (apart.code, apart.warnings, len(begun)) == (0, "", 1)
    assert differences(published(here.out), published(apart.out)) == []
    edition.put("hidden.md", "# Hidden\n\nFindable now.\n")
    assert "Findable" in everything(edition.build(out="apart", jobs=jobs))
    edition.build(out="apart", jobs=jobs)
    assert len(begun) == 2, "made again where nothing changed"


@pytest.mark.parametrize("where", ["here", "apart"])
def test_what_fails_in_a_process_of_its_own_is_told(tmp_path: Path, where: str) -> None:
    broken = tmp_path / "pagefind"
    broken.write_text("#!/bin/sh\nexit 1\n")
    broken.chmod(0o755)
    write = Task.write if where == "here" else made_apart
    with pytest.raises(pagefind.Failed):
        write(task(tmp_path, broken), some(3))
    assert not (tmp_path / "out").exists()
    (tmp_path / "out").write_text("a file")
    if program := pagefind.binary():
        with pytest.raises(OSError, match="out") as raised:
            write(task(tmp_path, program), some(3))
        assert raised.value.errno == errno.ENOTDIR


def test_a_process_that_was_ended_is_told(tmp_path: Path) -> None:
    apart = Apart(task(tmp_path, tmp_path / "pagefind"))
    apart._process.kill()
    apart._process.wait()
    apart.send(some(10_000))
    with pytest.raises(ChildProcessError, match="ended with -9"):
        apart.wait()


def test_it_is_told_in_one_message_that_a_process_was_ended(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if pagefind.binary() is None:
        pytest.skip("Pagefind is not installed")
    monkeypatch.setattr(making, "LARGE", 1)
    monkeypatch.setattr(Apart, "send", lambda self, _entries: self._process.kill())
    build = make(tmp_path / "e").build()
    assert build.code == 2
    assert build.warnings.count("[record.unwritten-output]") == 1
    assert "ended with -9" in build.warnings
    assert "Traceback" not in build.warnings
    monkeypatch.undo()
    kept = make(tmp_path / "e").build()
    clean = make(tmp_path / "e").build(out="clean")
    assert differences(published(kept.out), published(clean.out)) == []


@needs_pagefind
@pytest.mark.parametrize("is_sent", [False, True])
def test_a_process_ends_with_the_build_and_changes_nothing_then(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, is_sent: bool
) -> None:
    silent = tmp_path / "pagefind"
    silent.write_text("#!/bin/sh\nexec sleep 60\n")
    silent.chmod(0o755)
    apart = Apart(task(tmp_path, silent))
    if is_sent:
        apart.send(some(3))
    process = apart._process
    assert os.getpgid(process.pid) != os.getpgid(0), "Ctrl-C would end it with a traceback"
    assert process.stdin is not None
    process.stdin.close()  # As it is when the build is killed.
    assert process.wait(10) == int(is_sent)
    assert not (tmp_path / "out").exists()


# Builds.


@needs_pagefind
@pytest.mark.parametrize("builder", ["html", "dirhtml"])
def test_sphinx_makes_no_index_beside_pagefinds(tmp_path: Path, builder: str) -> None:
    build = make(tmp_path / "e").build(builder, "-W")
    assert (build.code, build.warnings) == (0, "")
    assert (build.out / "pagefind/pagefind-entry.json").is_file()
    assert not (build.out / "searchindex.js").exists()
    left = {path.name for path in (build.out / "_static").iterdir()}
    assert not {name for name in left if "stemmer" in name}
    assert not left & {"searchtools.js", "language_data.js"}
    page = build.soup("search.html" if builder == "html" else "search/index.html")
    scripts = [script["src"] for script in page.select("script[src]")]
    assert [name.partition("?")[0].rpartition("/")[2] for name in scripts] == [
        "ontherecord.js",
        "search.js",
    ]
    front = build.soup("index.html")
    assert "search" in {a.get_text().lower() for a in front.select("header nav a")}


@pytest.mark.parametrize("builder", ["singlehtml", "epub", "text"])
def test_other_builders_have_no_index(tmp_path: Path, builder: str) -> None:
    build = make(tmp_path / "e").build(builder)
    assert build.code == 0
    assert not (build.out / "pagefind").exists()


def test_sphinxs_own_search_works_in_our_frame(tmp_path: Path) -> None:
    build = make(tmp_path / "e").build("html", "-W", "-D", "record_search=sphinx")
    assert (build.code, build.warnings) == (0, "")
    assert "library" in build.text("searchindex.js")
    assert not (build.out / "pagefind").exists()
    page = build.soup("search.html")
    assert one(page, "h1").get_text() == "Search"
    assert one(page, "form input[name=q]")["id"] == one(page, "form label")["for"]
    assert one(page, "form button[type=submit]").get_text() == "Search"
    assert one(page, "main #search-results")


def test_without_a_binary_the_build_goes_on_with_sphinxs_search(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = tmp_path / "pagefind"
    broken.write_text("#!/bin/sh\nexit 3\n")
    broken.chmod(0o755)
    for program in (None, broken):
        monkeypatch.setattr(pagefind, "binary", lambda program=program: program)
        build = make(tmp_path / "e").build("html", "-W", "-D", "record_search=pagefind")
        assert (build.code, build.warnings) == (0, "")
        assert (build.out / "searchindex.js").is_file()


@needs_pagefind
def test_an_index_that_is_chosen_later_is_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also where the binary, and no setting, is what has changed."""
    edition = make(tmp_path / "e")
    program = pagefind.binary()
    for chosen in (program, None, program):
        monkeypatch.setattr(pagefind, "binary", lambda chosen=chosen: chosen)
        kept = edition.build("html", "-W")
        clean = edition.build("html", "-W", out="clean")
        assert (kept.code, kept.warnings) == (0, "")
        assert differences(published(kept.out), published(clean.out)) == []
        shutil.rmtree(clean.out)
        shutil.rmtree(f"{clean.out}.doctrees")


@needs_pagefind
def test_an_edit_leaves_the_index_of_a_clean_build(tmp_path: Path) -> None:
    edition = make(tmp_path / "e")
    before = edition.build()
    assert "museum" in everything(before)
    (edition.folder / "museum.md").unlink()
    edition.put("cases.md", CASES.replace("have a future", "stay lit"))
    kept, clean = edition.build(jobs=2), edition.build(out="clean")
    assert differences(published(kept.out), published(clean.out)) == []
    assert "museum" not in everything(kept)
    assert "stay lit" in everything(kept)


@needs_pagefind
def test_nothing_is_indexed_again_where_nothing_has_changed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    edition = make(tmp_path / "e")
    edition.build()
    calls: list[object] = []
    files = Index.files

    def counted(self: Index, entries: list[Indexed], digests: list[bytes]) -> Iterator[File]:
        calls.append(entries)
        return files(self, entries, digests)

    monkeypatch.setattr(Index, "files", counted)
    edition.put("conf.py", (edition.folder / "conf.py").read_text() + 'author = "Another"\n')
    edition.build()
    assert calls == []
    edition.put("hidden.md", "# Hidden\n\nFindable now.\n")
    edition.build()
    assert len(calls) == 1


def everything(build: Build) -> str:
    """Give all that an index's fragments say."""
    import gzip

    return "\n".join(
        gzip.decompress(path.read_bytes()).decode()
        for path in sorted((build.out / "pagefind/fragment").iterdir())
    )


@needs_pagefind
def test_every_record_and_page_is_in_the_index_once(tmp_path: Path) -> None:
    build = make(tmp_path / "e").build()
    text = everything(build)
    for record in (
        *("article.html#quote-ann-open", "article.html#quote-bob-closes"),
        *("museum.html#quote-cem-arabic", "cases.html#contradiction-library"),
        *("article.html#annotation-june-note", "speakers.html#speaker-ann"),
        *("museum.html#speaker-cem", "article.html", "museum.html", "registers.html"),
    ):
        if "annotation" not in record:
            assert text.count(f'"url":"{record}"') == 1, record
    assert "annotation-june-note" in text
    assert "Unfindable" not in text
    assert "cite/" not in text


# In a browser.


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Build:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOURCE_DATE_EPOCH", "1700000000")
        edition = make(tmp_path_factory.mktemp("finding") / "e")
        for number in range(12):
            edition.put(f"lights/l{number:02}.md", f"# Light {number}\n\nA lighthouse.\n")
        edition.put("lights/tag.md", "# Tag\n\nA lantern is `<img src=x onerror=alert(1)>` here.\n")
        return edition.build()


@pytest.fixture(scope="module")
def site(built: Build) -> Iterator[str]:
    handler = functools.partial(_Quiet, directory=str(built.out))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()


@pytest.fixture
def page(chromium: Any, site: str) -> Iterator[Any]:
    """A page that fails the test when it asks another host, or when its script breaks."""
    context = chromium.new_context()
    page = context.new_page()
    wrong: list[str] = []
    page.on("request", lambda one: None if one.url.startswith(site) else wrong.append(one.url))
    page.on("pageerror", lambda error: wrong.append(str(error)))
    yield page
    context.close()
    assert wrong == []


def hrefs(page: Any, count: int) -> list[str]:
    """Give where the results lead, when as many are said to be found."""
    page.wait_for_function(
        "text => document.getElementById('record-found').textContent === text",
        arg="Nothing found." if not count else f"{count} found",
    )
    if count:
        page.wait_for_selector("#record-results li")
    return [link.get_attribute("href") for link in page.locator("#record-results a").all()]


@needs_pagefind
def test_the_words_of_a_statement_lead_to_it(page: Any, site: str) -> None:
    page.goto(f"{site}search.html")
    page.fill("#record-q", "library stays open")
    page.click("#record-search button")
    page.wait_for_selector("#record-results li")
    assert "q=library+stays+open" in page.url
    first = page.locator("#record-results li").first
    assert "Ann Arden" in first.inner_text()
    assert first.locator("mark").all_inner_texts()[:1] == ["library"]
    first.locator("a").click()
    assert page.url == f"{site}article.html#quote-ann-open"
    assert page.locator("#quote-ann-open").inner_text() == "The library stays open."


@needs_pagefind
@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ("speaker=Cem+%C3%87elik&sort=statement", ["museum.html#quote-cem-arabic"]),
        ("year=2019&sort=article", ["museum.html"]),
        ("kind=facts&sort=contradiction", ["cases.html#contradiction-library"]),
        ("status=standing&speaker=Bob+Birch&sort=statement", ["article.html#quote-bob-closes"]),
        ("topic=bans&sort=statement", ["museum.html#quote-cem-arabic"]),
        ("q=حظر&sort=statement", ["museum.html#quote-cem-arabic"]),
        ("q=ban+anybody&sort=statement", ["museum.html#quote-cem-arabic"]),
        ("q=gallery", ["museum.html"]),
        ("q=Birch&sort=speaker", ["speakers.html#speaker-bob"]),
        ("q=Ann+stays&sort=statement", ["article.html#quote-ann-open"]),
        ("year=1900", []),
        ("q=unfindable&sort=page", []),
    ],
)
def test_what_is_asked_in_the_address_is_found(
    page: Any, site: str, asked: str, expected: list[str]
) -> None:
    page.goto(f"{site}search.html?{asked}")
    found = hrefs(page, len(expected)) if len(expected) != 1 else one_found(page)
    assert [name.removeprefix(site) for name in found] == expected


def one_found(page: Any) -> list[str]:
    page.wait_for_selector("#record-results li")
    assert page.inner_text("#record-found") == "1 found"
    return [page.locator("#record-results a").get_attribute("href")]


@needs_pagefind
def test_choices_say_how_many_there_are_and_go_back(page: Any, site: str) -> None:
    page.goto(f"{site}search.html")
    page.wait_for_selector("#record-search:not([hidden])")
    loaded: list[str] = []
    page.on("request", lambda request: loaded.append(request.url))
    page.fill("#record-q", "library")
    page.wait_for_selector("#record-results li")
    assert not [url for url in loaded if url.endswith(".pf_filter")]
    page.fill("#record-q", "")
    page.click("#record-choices summary")
    page.wait_for_function("document.querySelectorAll('select[name=status] option').length === 2")
    choices = page.locator("select[name=status] option").all_inner_texts()
    assert choices == ["all", "standing (3)"]
    page.select_option("select[name=sort]", "statement")
    hrefs(page, 3)
    assert page.url.endswith("?sort=statement")
    texts = page.locator("select[name=speaker] option").all_inner_texts()
    assert texts == ["all", "Ann Arden (1)", "Bob Birch (1)", "Cem Çelik (1)"]
    page.fill("#record-q", "closes")
    page.press("#record-q", "Enter")
    page.wait_for_function("document.getElementById('record-found').textContent === '1 found'")
    page.go_back()
    hrefs(page, 3)
    assert page.input_value("#record-q") == ""


@needs_pagefind
def test_without_script_the_registers_are_named(chromium: Any, site: str) -> None:
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{site}search.html")
    assert not page.is_visible("#record-search")
    assert "Searching needs JavaScript" in page.inner_text("main")
    assert page.locator("noscript a[href='registers.html']").is_visible()
    context.close()


@needs_pagefind
def test_from_a_folder_the_page_says_how_to_serve_it(chromium: Any, built: Build) -> None:
    context = chromium.new_context()
    page = context.new_page()
    page.goto((built.out / "search.html").as_uri())
    page.wait_for_selector("#record-unserved")
    assert "python -m http.server -d _build/html" in page.inner_text("main")
    assert page.is_visible("#record-elsewhere a[href='registers.html']")
    assert not page.is_visible("#record-search")
    context.close()


@needs_pagefind
def test_more_is_shown_on_demand(page: Any, site: str) -> None:
    page.goto(f"{site}search.html?q=lighthouse")
    assert len(hrefs(page, 12)) == 10
    page.click("#record-more")
    page.wait_for_function("document.querySelectorAll('#record-results li').length === 12")
    assert not page.is_visible("#record-more")


@needs_pagefind
def test_words_in_angle_brackets_are_words(page: Any, site: str) -> None:
    page.goto(f"{site}search.html?q=lantern")
    page.wait_for_selector("#record-results li")
    said = page.inner_text("#record-results .record-excerpt")
    assert said == "A lantern is <img src=x onerror=alert(1)> here."
    assert page.locator("#record-results img").count() == 0


def test_what_is_indexed_needs_no_sphinx() -> None:
    done = python(
        "-c",
        "import sys; sys.path.insert(0, '_ext');"
        "import ontherecord.finding.indexed, ontherecord.finding.pagefind;"
        "print([name for name in sys.modules if name.startswith(('sphinx', 'docutils'))])",
        cwd=Path(__file__).parent.parent,
    )
    assert done.stdout.strip() == "[]", done.stderr
