"""Under every builder each record's words, speaker and counterpart can be found."""

from __future__ import annotations

import html
import re
import zipfile
from pathlib import Path

import pytest
from conftest import Build, Project
from test_markup import edition_of

WHOLE = {
    "singlehtml": "index.html",
    "man": "on-the-record.7",
    "texinfo": "on-the-record.texi",
    "latex": "on-the-record.tex",
}


def shown(build: Build, builder: str) -> str:
    """Give all text that a builder has written, its markup taken away."""
    if builder == "epub":
        (book,) = build.out.glob("*.epub")
        with zipfile.ZipFile(book) as archive:
            pages = [
                archive.read(name).decode() for name in archive.namelist() if name.endswith("xhtml")
            ]
        return squeeze(html.unescape(re.sub(r"<[^>]+>", "", "\n".join(pages))))
    suffix = {"text": "txt", "gettext": "pot", "dirhtml": "html"}.get(builder, builder)
    files = [build.out / WHOLE[builder]] if builder in WHOLE else build.out.rglob(f"*.{suffix}")
    text = "\n".join(Path(file).read_text(encoding="utf-8") for file in sorted(files))
    if builder in {"html", "dirhtml", "singlehtml", "xml"}:
        text = html.unescape(re.sub(r"<[^>]+>", "", text))
    elif builder == "man":
        text = re.sub(r"\\f[BIPR]", "", text)
        text = re.sub(r"\\([-.])", r"\1", text).replace(r"\(aq", "'")
    elif builder == "latex":
        text = text.replace(r"\sphinxhyphen{}", "-").replace("{}", "")
        text = text.replace("{[}", "[").replace("{]}", "]").replace(r"\$", "$")
    elif builder == "texinfo":
        text = text.replace("@comma", ",").replace("{}", "")
    elif builder == "text":  # A line may end after a hyphen.
        text = re.sub(r"(?<=\w-)\n +(?=\w)", "", text)
    elif builder == "gettext":
        text = re.sub(r'"\n"', "", text)
    return squeeze(text)


def squeeze(text: str) -> str:
    return " ".join(text.split())


@pytest.mark.parametrize(
    "builder",
    ["html", "dirhtml", "singlehtml", "epub", "latex", "text", "man", "texinfo", "gettext", "xml"],
)
def test_records_are_found(first_edition: Project, builder: str) -> None:
    build = first_edition.build(builder, "-W", "--keep-going")
    assert (build.code, build.warnings) == (0, "")
    text = shown(build, builder)
    edition = edition_of(build)
    assert len(edition.quotes) >= 8
    missing = [
        quote.id
        for quote in edition.quotes.values()
        for paragraph in edition.words(quote).paragraphs
        if squeeze(paragraph) not in text
    ]
    assert missing == []
    for quote in edition.quotes.values():
        for reading in quote.readings:
            assert squeeze(reading.words) in text, (quote.id, reading.source)
    for speaker in edition.speakers.values():
        assert speaker.name in text
    for case in edition.contradictions.values():
        for side in case.between:
            other = edition.quotes[next(one for one in case.between if one != side)]
            named = [edition.words(other).opening, *dict(case.at_issue).values()]
            assert any(counterpart(text, edition.speaker_name(other), one) for one in named), side


def counterpart(text: str, name: str, opening: str) -> bool:
    """Tell whether a card names the other side: who, and the opening words."""
    start = opening.rstrip("…").rstrip("?!.")[:60]
    return any(
        start in text[match.end() : match.end() + 400]
        for match in re.finditer(
            rf"(?:[Cc]ontradiction with|Contrary to|In tension with)\W.{{0,40}}?{re.escape(name)}",
            text,
        )
    )


def test_footnotes_of_an_article_and_our_notes_do_not_share_numbers(edition: Project) -> None:
    article = (edition.folder / "article.md").read_text()
    edition.put(
        "article.md",
        article.replace("And Bob:", "A fact.[^one] And Bob:") + "\n[^one]: Its source.\n",
    )
    for builder in ("text", "latex", "html"):
        assert edition.build(builder).warnings == ""
    text = edition.build("text").text("article.txt")
    assert re.findall(r"^\[(\d)\]", text, re.MULTILINE) in (["2", "3", "1"], ["1", "2", "3"])


def test_anchors_of_records_are_unique_on_one_page(first_edition: Project) -> None:
    page = first_edition.build("singlehtml").soup("index.html")
    ids = [str(tag["id"]) for tag in page.find_all(id=True)]
    ours = [one for one in ids if re.match(r"(quote|speaker|contradiction|annotation|card)-", one)]
    assert len(ours) == len(set(ours)) > 20


def test_links_in_every_html_builder_lead_somewhere(first_edition: Project) -> None:
    for builder in ("html", "dirhtml", "singlehtml"):
        build = first_edition.build(builder)
        pages = {
            path: build.soup(str(path.relative_to(build.out))) for path in build.out.rglob("*.html")
        }
        ids = {
            path: {str(tag["id"]) for tag in page.find_all(id=True)} for path, page in pages.items()
        }
        count = 0
        for path, page in pages.items():
            if path.name in {"genindex.html", "search.html"} or path.parent.name in {
                "genindex",
                "search",
            }:
                continue
            for link in page.select("a.internal[href], a.record-note"):
                target, _, anchor = str(link["href"]).partition("#")
                file = (path.parent / target).resolve() if target else path
                file = file / "index.html" if file.is_dir() else file
                assert file in pages, (builder, path, link["href"])
                assert not anchor or anchor in ids[file], (builder, path.name, link["href"])
                count += 1
        assert count > 100
