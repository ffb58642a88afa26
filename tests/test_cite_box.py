"""How to cite, as it stands on the pages of records and articles."""

from __future__ import annotations

import json
import re

import pytest
from conftest import Project
from ontherecord.apparatus.cite_box import citations
from ontherecord.citing import putting
from ontherecord.citing.known import Known
from ontherecord.keeping.stored import load

CONF = '\nrecord_address = "https://edition.example/en"\nrecord_licence = "CC-BY-4.0"\nrelease = "1.2"\n'


@pytest.fixture
def published(edition: Project) -> Project:
    edition.put("conf.py", (edition.folder / "conf.py").read_text() + CONF)
    return edition


def references(page, within: str) -> dict[str, str]:
    """Give the references of a page by the name of their style."""
    found = {}
    for row in page.select(f"{within} dl.record-cites > div"):
        shown, button = row.select("dd")
        copied = button.button["data-copy"]
        assert shown["id"] == copied
        assert button.button.has_attr("hidden")  # Until there is a script.
        found[row.dt.get_text()] = shown.get_text()
    return found


def test_a_record_is_cited_in_every_style(published: Project) -> None:
    page = published.build().soup("cite/ann-open.html")
    found = references(page, "main")
    assert list(found) == [
        "APA",
        "Chicago, notes",
        "Chicago, notes, first note",
        "Chicago, author-date",
        "MLA",
        "Harvard",
    ]
    for style, reference in found.items():
        assert "The library stays open." in reference, style
        assert "https://edition.example/en/cite/ann-open.html" in reference, style
        assert re.search(r"1 May 2024|1 May\.? 2024", reference), style
        assert "1.2" in reference, style


def test_what_styles_make_is_kept_from_one_build_to_the_next(
    published: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    def styles_are_loaded(change: str) -> bool:
        loaded: list[str] = []
        citations.cache_clear()
        monkeypatch.setattr(
            putting, "Processor", lambda *given: loaded.append(given) or real(*given)
        )
        article = (published.folder / "article.md").read_text()
        published.put("article.md", f"{article}\n{change}\n")
        build = published.build()
        assert len(references(build.soup("cite/ann-open.html"), "main")) == 6
        return bool(loaded)

    real = putting.Processor
    assert styles_are_loaded("One.")
    assert not styles_are_loaded("Two.")
    monkeypatch.setattr("ontherecord.publishing.citations.made_with", lambda: "others")
    assert styles_are_loaded("Three.")
    assert not styles_are_loaded("Four.")
    conf = (published.folder / "conf.py").read_text()
    published.put("conf.py", f'{conf}\nlanguage = "de"\n')
    assert styles_are_loaded("Five.")
    (kept,) = published.folder.parent.rglob("ontherecord.citations")
    assert load(kept, Known).language == "de"
    kept.write_bytes(kept.read_bytes()[:-9])
    assert styles_are_loaded("Six.")


def test_hard_words_stand_in_the_references_as_they_were_said(published: Project) -> None:
    words = "He said “no <b>&amp; ]]> never”, in ITS OWN case: naïve e\u0301 👩‍👩‍👧 قال"
    text = (published.folder / "article.md").read_text()
    source = words.replace("<", r"\<").replace("&", r"\&").replace("]]>", r"]]\>")
    published.put("article.md", text.replace("The library stays open.", source))
    build = published.build()
    quote = json.loads(build.text("record/edition.json"))["quotes"][0]
    assert quote["words"] == words
    for style, reference in references(build.soup("cite/ann-open.html"), "main").items():
        assert words in reference, style


def test_the_files_are_there_to_download(published: Project) -> None:
    build = published.build()
    for page in ("cite/ann-open.html", "article.html"):
        links = build.soup(page).select("p.record-files a[download]")
        assert [link.get_text() for link in links] == ["BibTeX", "RIS", "CSL-JSON"]
        for link in links:
            assert ((build.out / page).parent / str(link["href"])).is_file()


def test_where_no_files_are_published_none_are_offered(published: Project) -> None:
    conf = (published.folder / "conf.py").read_text() + "\nrecord_exports = ['json']\n"
    published.put("conf.py", conf)
    build = published.build()
    for page in ("cite/ann-open.html", "article.html"):
        assert build.soup(page).select("dl.record-cites")
        assert not build.soup(page).select(".record-files")
    assert not list((build.out / "cite").glob("*.bib"))
    assert "describedby" not in build.text("cite/ann-open.html")


def test_an_article_has_its_references_folded(published: Project) -> None:
    page = published.build().soup("article.html")
    found = references(page, ".record-tail details")
    assert "An edition" in found["MLA"]
    assert all("The library" in reference for reference in found.values())


def test_the_version_is_said(published: Project) -> None:
    build = published.build()
    for page in ("cite/ann-open.html", "article.html"):
        shown = build.soup(page).select_one("dl.record-cites ~ dl.facts, #version + dl")
        assert shown
        facts = {row.dt.get_text(): row.dd.get_text() for row in shown.select("div")}
        assert facts["edition"] == "An edition, version 1.2"
        assert facts["source file"].startswith("swh:1:cnt:")
        assert facts["licence"] == "https://creativecommons.org/licenses/by/4.0/"


def test_without_an_address_no_permanent_one_is_named(edition: Project) -> None:
    page = edition.build().soup("cite/ann-open.html")
    assert "permanent address" not in page.get_text()
    assert not page.select('link[rel="cite-as"]')
    for reference in references(page, "main").values():
        assert "cite/" not in reference


def test_an_address_without_a_scheme_is_reported(edition: Project) -> None:
    conf = (edition.folder / "conf.py").read_text()
    edition.put("conf.py", conf + '\nrecord_address = "edition.example/en"\n')
    build = edition.build()
    assert build.subtypes == ["record.bad-address"]
    assert not build.soup("cite/ann-open.html").select('link[rel="canonical"], link[rel="cite-as"]')


def test_without_pages_of_records_they_are_cited_where_they_stand(published: Project) -> None:
    conf = (published.folder / "conf.py").read_text()
    assert (published.build().out / "cite" / "ann-open.html").exists()
    published.put("conf.py", conf + "\nrecord_citation_pages = False\n")
    build = published.build()
    assert not list((build.out / "cite").glob("*.html"))
    item = json.loads(build.text("cite/ann-open.json"))[0]
    assert item["URL"] == "https://edition.example/en/article.html#quote-ann-open"
    assert "cite/ann-open.html" not in build.text("record/edition.json")


def test_cases_of_the_same_speakers_have_titles_of_their_own(published: Project) -> None:
    published.put(
        "cases.md",
        "# Cases\n\n:::{contradiction} library\n:between: ann-open, bob-closes\n"
        ":at-issue: |\n:  ann-open: stays open\n:  bob-closes: closes\n\nOpen or not.\n:::\n\n"
        ":::{contradiction} again\n:between: ann-open, bob-closes\n:relation: tension\n\nMaybe.\n:::\n",
    )
    build = published.build()
    titles = [
        json.loads(build.text(f"cite/{one}.json"))[0]["title"] for one in ("library", "again")
    ]
    assert titles == [
        "Contradiction: Ann Arden, ‘stays open’; Bob Birch, ‘closes’",
        "Tension: Ann Arden / Bob Birch, 1 May 2024",
    ]


def test_what_the_editors_wrote_is_by_them_and_named_once(published: Project) -> None:
    conf = (published.folder / "conf.py").read_text()
    published.put("conf.py", conf + '\nauthor = "The Editors"\n')
    published.put(
        "notes.md",
        "# Notes\n\n:::{annotation} of-us\n:on: ann-open\n\nA note.\n:::\n\n"
        ":::{annotation} signed\n:on: ann-open\n:editor: E. Ditor\n\nAnother.\n:::\n",
    )
    build = published.build()
    of_us, signed = (json.loads(build.text(f"cite/{one}.json"))[0] for one in ("of-us", "signed"))
    assert of_us["author"] == [{"literal": "The Editors"}]
    assert "editor" not in of_us
    assert signed["author"] == [{"literal": "E. Ditor"}]
    assert signed["editor"] == [{"literal": "The Editors"}]
    assert of_us["title"] == "Note: A note."


def test_the_family_name_stands_first(published: Project) -> None:
    before = published.build()
    assert references(before.soup("cite/ann-open.html"), "main")["MLA"].startswith("Ann Arden.")
    speakers = (published.folder / "speakers.md").read_text()
    published.put(
        "speakers.md", speakers.replace(":name: Ann Arden\n", ":name: Ann Arden\n:family: Arden\n")
    )
    after = published.build()
    assert references(after.soup("cite/ann-open.html"), "main")["MLA"].startswith("Arden, Ann.")


def test_a_family_name_that_is_not_in_the_name_is_reported(edition: Project) -> None:
    speakers = (edition.folder / "speakers.md").read_text()
    edition.put(
        "speakers.md", speakers.replace(":name: Ann Arden\n", ":name: Ann Arden\n:family: Arde\n")
    )
    build = edition.build()
    assert build.subtypes == ["record.bad-value"]
    assert "speakers.md:5" in build.warnings
    assert references(build.soup("cite/ann-open.html"), "main")["MLA"].startswith("Ann Arden.")


def test_words_are_linked_in_the_live_source(edition: Project) -> None:
    links = [
        str(link["href"]) for link in edition.build().soup("cite/ann-open.html").select("aside a")
    ]
    assert "https://herald.example/1#:~:text=The%20library%20stays%20open." in links
    other = edition.build().soup("cite/bob-closes.html").select("aside a")
    assert not [link for link in other if ":~:" in str(link["href"])]
