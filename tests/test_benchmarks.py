"""The benchmarks: their editions are whole and always the same, and their arithmetic is right."""

from __future__ import annotations

import math
import os
import re
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import measured
import pytest
from bs4 import BeautifulSoup
from builds import KINDS, Built, environment, has
from corpus import LEAST, MOST, QUOTES, Generated
from figures import added_exponent, exponent, middle, ratio
from large import largest
from launch import forbid_stemmer
from measured import Failed, run
from measures import Bench
from profiling import Function, top
from results import Row, add, keep, table
from shapes import Article, Said
from sites.markdown import escape
from special import A_CASE, A_SPEAKER, AN_ARTICLE, Large
from transcripts import Transcripts

COUNT = 20


def words(text: str) -> list[str]:
    """The words of a text, whatever marks the page sets about them."""
    return re.findall(r"[\w']+", text.replace("’", "'"))


def holds(page: list[str], part: list[str]) -> bool:
    return any(page[place : place + len(part)] == part for place in range(len(page)))


def test_the_corpus_is_what_it_is_said_to_be() -> None:
    count = 200
    corpus = Generated(count)
    articles = list(corpus.articles())
    assert len(articles) == len(corpus.sources) == count
    assert len(corpus.speakers) == count // 5
    sources = {one.key for one in corpus.sources}
    quotes = [quote for article in articles for quote in article.quotes]
    for article in articles:
        assert LEAST <= article.words <= MOST
        assert len(article.quotes) == QUOTES
        assert len(article.contradictions) == 1
        cited = [
            run.source for line in article.paragraphs for run in line if hasattr(run, "source")
        ]
        assert 2 <= len(cited) <= 4
        assert sources.issuperset(cited)
    assert 0.07 < sum(bool(quote.reading) for quote in quotes) / len(quotes) < 0.13
    ids = {quote.id for quote in quotes}
    assert len(ids) == len(quotes)
    assert all(ids.issuperset(case.between) for one in articles for case in one.contradictions)
    # Uneven: of all that is said, the tenth who say most say more than a quarter.
    said = sorted(
        (sum(quote.speaker == one.id for quote in quotes) for one in corpus.speakers), reverse=True
    )
    assert sum(said[: len(said) // 10]) > len(quotes) / 4


def test_an_article_is_the_same_whatever_is_asked_before() -> None:
    last = Generated(COUNT).names[-1]
    assert list(Generated(COUNT).articles())[-1] == Generated(COUNT).article(last)


def test_an_edit_adds_one_word_where_it_is_asked_for() -> None:
    article = Generated(COUNT).article("a00003")
    prose, quote = article.edited("anew"), article.edited("anew", quote=True)
    assert prose.words == quote.words == article.words + 1
    assert prose.quotes == article.quotes
    assert quote.quotes[0].words == f"{article.quotes[0].words} anew"
    assert quote.quotes[1:] == article.quotes[1:]


EVERY = (
    *("pages", "bare", "plain", "by-hand", "settings"),
    *("bibtex", "by-hand-bibtex", "needs"),
)


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_site_is_written_alike_again(kind: str, tmp_path: Path) -> None:
    one, other = (
        Built(KINDS[kind], "", COUNT, tmp_path / name).source for name in ("one", "other")
    )
    files = sorted(path.relative_to(one) for path in one.rglob("*.*") if path.is_file())
    assert len(files) > COUNT
    for file in files:
        assert (one / file).read_bytes() == (other / file).read_bytes()


@pytest.mark.parametrize("kind", EVERY)
def test_every_kind_of_site_builds_without_a_warning_and_holds_the_words(
    kind: str, tmp_path: Path
) -> None:
    if not has(KINDS[kind]):
        pytest.skip(f"{KINDS[kind].shown} is not installed")
    site = Built(KINDS[kind], "", COUNT, tmp_path)
    site.whole()
    corpus = Generated(COUNT)
    for article in corpus.articles():
        page = shown(site.out / "articles" / f"{article.name}.html")
        for part in parts(article):
            assert holds(page, part), (article.name, part)
    for name, texts in (
        ("speakers", [one.name for one in corpus.speakers]),
        ("sources", [one.title for one in corpus.sources]),
    ):
        page = shown(site.out / f"{name}.html")
        assert all(holds(page, words(text)) for text in texts)
    found = "pagefind/pagefind-entry.json" if kind in {"pages", "bare"} else "searchindex.js"
    assert (site.out / found).is_file()


def shown(page: Path) -> list[str]:
    return words(BeautifulSoup(page.read_bytes(), "lxml").get_text())


def parts(article: Article) -> list[list[str]]:
    """The words of an article that every kind of site shows: title, quotes, readings and cases."""
    texts = [article.title, *(case.words for case in article.contradictions)]
    for paragraph in article.paragraphs:
        texts += [
            run.quote.words if isinstance(run, Said) else getattr(run, "words", "")
            for run in paragraph
        ]
    texts += [quote.reading.words for quote in article.quotes if quote.reading]
    return [words(text) for text in texts if text.strip()]


def test_plain_pages_know_nothing_of_the_records(tmp_path: Path) -> None:
    site = Built(KINDS["plain"], "", COUNT, tmp_path)
    conf = (site.source / "conf.py").read_text(encoding="utf-8")
    assert 'extensions = ["myst_parser"]' in conf
    assert conf.count("=") == 4
    sources = "".join(path.read_text(encoding="utf-8") for path in site.source.rglob("a0*.md"))
    assert not re.search(r":::|\{\w+\}|^---|2\d\d\d-", sources, re.MULTILINE)


def test_a_stemmer_that_is_installed_does_not_help_the_plain_site(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "Stemmer", sys)
    forbid_stemmer()
    with pytest.raises(ImportError):
        import Stemmer  # type: ignore[import-not-found]  # noqa: F401


def test_markdown_reads_nothing_in_escaped_words() -> None:
    from markdown_it import MarkdownIt

    for text in ("1. May", "- no *bold* [a](b) <b>", "# one `two` &amp; \\n $x$", "a_b_c ~~no~~"):
        rendered = BeautifulSoup(MarkdownIt().render(escape(text)), "lxml")
        assert [one.name for one in rendered.body.find_all()] == ["p"]
        assert rendered.get_text().strip() == text


def test_medians_ratios_and_exponents() -> None:
    assert middle([9, 1, 2]) == 2
    assert ratio([2, 4, 100], [8, 1, 9]) == 0.5
    assert exponent(2, 10, 5) == pytest.approx(1)
    assert exponent(3, 3 * 5**1.5, 5) == pytest.approx(1.5)
    for power in (0.5, 1, 2):
        costs = [7 + 3 * size**power for size in (100, 200, 400)]
        assert added_exponent(costs) == pytest.approx(power)
    # A fixed cost hides a square from the plain exponent, and not from that of what is added.
    costs = [1000 + size**2 for size in (10, 20, 40)]
    assert exponent(costs[0], costs[2], 4) < 0.7
    assert added_exponent(costs) == pytest.approx(2)
    assert all(math.isfinite(b - a) for a, b in pairwise(costs))


def test_what_a_process_and_its_children_cost_is_counted() -> None:
    burn = "import time; b = time.process_time()\nwhile time.process_time() < b + .3: pass"
    child = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {burn!r}])"
    idle = run([sys.executable, "-c", "import time; time.sleep(.3)"], environment())
    busy = run([sys.executable, "-c", child], environment())
    assert idle.wall > 0.3 > idle.cpu
    assert busy.cpu > 0.3
    with pytest.raises(Failed, match="so it is"):
        run([sys.executable, "-c", "raise SystemExit('so it is')"], environment())


def test_the_memory_of_the_largest_process_is_counted() -> None:
    # In a small process: until it is another program, a child counts as large as its parent.
    program = """
import os, subprocess, sys
from measured import run
eat = "x = bytearray(80 << 20)"
child = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {eat!r}])"
for source in ("pass", child):
    print(run([sys.executable, "-c", source], os.environ).memory)
"""
    paths = {**os.environ, "PYTHONPATH": str(Path(measured.__file__).parent)}
    done = subprocess.run(
        [sys.executable, "-c", program], env=paths, capture_output=True, text=True, check=True
    )
    idle, busy = map(float, done.stdout.split())
    assert busy > 80 > idle


def test_pairs_are_built_alternately_and_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    order: list[str] = []
    monkeypatch.setattr(Built, "_make", lambda *_arguments: None)
    monkeypatch.setattr(Built, "whole", lambda self, *_options: order.append(self.kind.name))
    bench = Bench(tmp_path, runs=2)
    bench.whole(COUNT, "pages", "plain")
    bench.whole(COUNT, "pages", "plain", "needs")
    assert order == ["pages", "plain", "pages", "plain", "needs", "needs"]


def test_a_table_marks_what_is_not_as_it_must_be() -> None:
    rows = [
        Row("less is better", "10", 0.71, 0.7, 0.5),
        Row("more is better", "10", 1.3, 1.25, 1.5, most=False),
        Row("nothing set", "10", 9),
    ]
    lines = table(rows).splitlines()[2:]
    assert ["**" in line for line in lines] == [True, False, False]
    assert "| 0.70 | 0.50 | **0.71** |" in lines[0]


def test_results_are_kept_between_their_marks(tmp_path: Path) -> None:
    file = tmp_path / "RESULTS.md"
    file.write_text("# Results\n\nBy hand.\n", encoding="utf-8")
    keep("one", r"first \1", file)
    keep("two", "other", file)
    keep("one", r"second \1", file)
    text = file.read_text(encoding="utf-8")
    assert "By hand." in text
    assert "first" not in text
    assert text.index(r"second \1") < text.index("other")
    assert text.count("<!--") == 4


@pytest.mark.parametrize("what", [AN_ARTICLE, A_CASE, A_SPEAKER])
def test_one_thing_is_as_large_as_it_is_asked_to_be(what: str, tmp_path: Path) -> None:
    corpus = Large(what, 110)
    articles = list(corpus.articles())
    quotes = [quote for article in articles for quote in article.quotes]
    assert len({quote.id for quote in quotes}) == len(quotes) == 110
    sides = [len(case.between) for article in articles for case in article.contradictions]
    assert sides == ([110] if what == A_CASE else [])
    assert (len(articles) == 1) == (what == AN_ARTICLE)
    assert (len({quote.speaker for quote in quotes}) == 1) == (what == A_SPEAKER)
    site = Built(KINDS["pages"], what, 110, tmp_path)
    site.whole()
    path, size = largest(site.out)
    assert (site.out / path).stat().st_size == size > 10_000


TRANSCRIPT = """---
date: '2024-05-01'
title: "A briefing, 10% & more"
source_url: https://record.example/1_a
---

12:10 P.M. EST

THE PRESIDENT:  Thank you.  *Thank* you
very much -- all of you.
(Applause.)

1. This goes on.  \r

Q    What of the “bridge”?

Q    And the "tower"?

MS. O’NEIL (PRESS SECRETARY): It stands.

- It does [so].
"""


def test_transcripts_become_articles_whose_turns_are_quotes(tmp_path: Path) -> None:
    record = tmp_path / "record"
    record.mkdir()
    for name in ("a", "b"):
        text = TRANSCRIPT + "\nIt goes on and on.\n" * 100
        (record / f"{name}.md").write_text(text, encoding="utf-8")
    corpus = Transcripts(record, 100)
    first, second, *_ = corpus.articles()
    assert [quote.words for quote in first.quotes] == [
        "Thank you. *Thank* you very much -- all of you. (Applause.)",
        "What of the “bridge”?",
        "It stands.",
    ]
    assert [one.name for one in corpus.speakers] == [
        "MS. O’NEIL (PRESS SECRETARY)",
        "Q",
        "THE PRESIDENT",
    ]
    assert first.words > 400 > second.words
    assert len(corpus.sources) == 2
    for kind in ("pages", "plain", "bibtex"):
        site = Built(KINDS[kind], str(record), 3, tmp_path / kind)
        site.whole()
        page = shown(site.out / "articles" / "a00000.html")
        assert holds(page, words("Thank you very much -- all of you"))
        assert holds(page, words("It does [so]."))


def test_a_profile_names_the_functions_and_how_their_calls_grew() -> None:
    small = {"a": Function("a", 10, 1.0, 1.0), "b": Function("b", 10, 3.0, 3.0)}
    large = {"a": Function("a", 160, 4.0, 4.0), "b": Function("b", 40, 3.0, 9.0)}
    lines = top([small, large], [100, 400], 2).splitlines()[2:4]
    assert lines[0] == "| 4.00 | 1.00 | 160 | 2.00 | `a` |"
    assert lines[1] == "| 3.00 | 0.00 | 40 | 1.00 | `b` |"
    steep = top([small, large], [100, 400], 2, steeper=1.3)
    assert "`a`" in steep
    assert "`b`" not in steep


def test_a_measure_replaces_its_own_rows_and_leaves_the_others(tmp_path: Path) -> None:
    file = tmp_path / "RESULTS.md"
    order = ["whole", "edited"]
    add("edited", [Row("an edit", "10", 2)], order, file)
    add("whole", [Row("a build", "10", 3), Row("another", "10", 4)], order, file)
    text = add("edited", [Row("an edit", "10", 1)], order, file)
    values = [line.split(" | ")[4] for line in text.splitlines()[2:5]]
    assert values == ["3.00", "4.00", "1.00"]
    assert "whole, edited: measured on" in text
    assert "edited: measured" in add("edited", [], ["edited"], file)
