"""What an editor writes, from Markdown and from reStructuredText, and what of it is words."""

from __future__ import annotations

import pickle
import re
from pathlib import Path

import pytest
from conftest import Build, Project, one, python
from ontherecord.edition import Edition

MYST = """
---
date: 2024-05-01
---
# The library

She said {said}`"It -- *really* -- stays 'open'..." <ann-open>`, and {said}``“so `x` be it” <ann-open>``.

:::{quote} ann-open
:speaker: ann
:source: herald-2024
:contiguous: no
:topics: libraries; opening hours

```{reading} post-2024
:locator: p. 4
«It stays "open" --

Second paragraph.»
```
:::

:::{quote} bob-closes
:speaker: bob
:source: post-2024
:lang: de

„Erster *Absatz* -- mit Strich.

Zweiter.“
:::

See {passage}`this <a-note>`.

:::{annotation} a-note
:type: definition

Text with *emphasis*.
:::
"""

REST = """
The library
===========

:date: 2024-05-01

She said :said:`"It -- *really* -- stays 'open'..." <ann-open>`, and :said:`“so x be it” <ann-open>`.

.. quote:: ann-open
   :speaker: ann
   :source: herald-2024
   :contiguous: no
   :topics: libraries; opening hours

   .. reading:: post-2024
      :locator: p. 4

      «It stays "open" --

      Second paragraph.»

.. quote:: bob-closes
   :speaker: bob
   :source: post-2024
   :lang: de

   „Erster *Absatz* -- mit Strich.

   Zweiter.“

See :passage:`this <a-note>`.

.. annotation:: a-note
   :type: definition

   Text with *emphasis*.
"""


def edition_of(build: Build) -> Edition:
    """Give the Edition that a build has read, from the environment that it stored."""
    environment = pickle.loads(Path(f"{build.out}.doctrees", "environment.pickle").read_bytes())
    data = environment.domaindata["record"]["documents"]
    return Edition(data, {})


@pytest.fixture(params=["md", "rst"])
def written(request: pytest.FixtureRequest, edition: Project) -> Build:
    text = {"md": MYST, "rst": REST}[request.param]
    if request.param == "rst":
        (edition.folder / "article.md").unlink()
        text = text.replace(":date: 2024-05-01\n\n", "").replace(
            "\nThe library", ":date: 2024-05-01\n\nThe library", 1
        )
    edition.put(f"article.{request.param}", text)
    build = edition.build()
    assert build.warnings == ""
    return build


def test_words_are_what_is_written(written: Build) -> None:
    edition = edition_of(written)
    words = edition.words(edition.quotes["ann-open"])
    assert words.fragments == ("It -- really -- stays 'open'...", "so x be it")
    assert words.text == "It -- really -- stays 'open'... […] so x be it"
    block = edition.words(edition.quotes["bob-closes"])
    assert block.text == "Erster Absatz -- mit Strich.\n\nZweiter."


def test_options_are_read(written: Build) -> None:
    quote = edition_of(written).quotes["ann-open"]
    assert quote.topics == ("libraries", "opening hours")
    assert (quote.contiguous, quote.mode, quote.time_is) == ("no", "direct", "reported")
    (reading,) = quote.readings
    assert reading.words == 'It stays "open" --\n\nSecond paragraph.'
    assert (reading.source, reading.locator) == ("post-2024", "p. 4")


def test_the_page_shows_the_words_and_no_other(written: Build) -> None:
    page = written.soup("article.html")
    first = page.find(id="quote-ann-open")
    assert first is not None
    assert first.get_text() == "It -- really -- stays 'open'..."
    assert one(page, "[id='quote-ann-open'] em").get_text() == "really"
    second = page.find(id="quote-ann-open.2")
    assert second is not None
    assert second.get_text() == "so x be it"
    text = " ".join(page.get_text().split())
    assert "said “It -- really -- stays 'open'...”, and “so x be it”" in text
    block = one(page, "[id='quote-bob-closes'] blockquote")
    assert block["lang"] == "de"
    assert [p.get_text() for p in block.select("p")] == ["Erster Absatz -- mit Strich.", "Zweiter."]


def test_passages_lead_to_their_note(written: Build) -> None:
    page = written.soup("article.html")
    assert one(page, "[id='annotation-a-note']").get_text() == "this"
    card = one(page, "[id='card-a-note']")
    assert one(card, "em").get_text() == "emphasis"
    assert "definition" in card.get_text()


def test_blocks_are_numbered_and_marks_placed(written: Build) -> None:
    document = edition_of(written).documents["article"]
    assert [(mark.record, mark.block, mark.index) for mark in document.marks] == [
        ("ann-open", "p1", 1),
        ("ann-open", "p1", 2),
        ("a-note", "p4", 1),
    ]
    block = document.blocks[0]
    mark = document.marks[0]
    assert "".join(part.value for part in block.parts[mark.first : mark.last]) == mark.words
    assert written.soup("article.html").find(id="p4") is not None


def test_markdown_typography_leaves_words_alone(edition: Project) -> None:
    conf = (edition.folder / "conf.py").read_text()
    extensions = '["colon_fence", "smartquotes", "replacements"]'
    edition.put("conf.py", f"{conf}myst_enable_extensions = {extensions}\n")
    edition.put("article.md", MYST.replace("She said", 'She -- "who" -- said'))
    build = edition.build()
    assert build.warnings == ""
    page = build.soup("article.html")
    assert one(page, "[id='quote-ann-open']").get_text() == "It -- really -- stays 'open'..."
    assert "She – “who” – said" in page.get_text()


def test_quotation_marks_are_the_languages_own(edition: Project) -> None:
    page = edition.build("html", "-D", "language=de").soup("article.html")
    assert "„The library stays open.“" in page.get_text()


def test_a_record_kept_elsewhere_is_at_home_in_the_first_article_that_marks_it(
    edition: Project,
) -> None:
    article = (edition.folder / "article.md").read_text()
    body, _, records = article.partition(":::{quote} ann-open")
    edition.put("article.md", body)
    edition.put("zz-kept.md", "# Kept\n\n:::{quote} ann-open" + records)
    edition.put("index.md", "# I\n\n{quote}`ann-open`\n\n```{toctree}\n:glob:\n\n*\n```\n")
    build = edition.build()
    assert build.warnings == ""
    link = build.soup("index.html").select_one("section p a")
    assert link is not None
    assert (link["href"], link.get_text()) == (
        "article.html#quote-ann-open",
        "The library stays open.",
    )
    kept = build.soup("zz-kept.html")
    assert kept.find(id="quote-ann-open") is None, "the anchor is the mark's"
    assert "The library stays open." in kept.get_text()


def test_a_quote_may_be_marked_in_part_elsewhere(edition: Project) -> None:
    edition.put(
        "b.md", "---\ndate: 2024\n---\n# B\n\nShe said it {said}`“stays open” <ann-open>`.\n"
    )
    build = edition.build()
    assert build.warnings == ""
    page = build.soup("b.html")
    assert page.find(id="quote-ann-open") is None
    assert page.find(id="card-ann-open.b") is not None
    assert one(page, ".record-said").get_text() == "stays open"


def test_less_than_may_stand_in_words(edition: Project) -> None:
    edition.put(
        "article.md",
        "---\ndate: 2024\n---\n# A\n\n{said}`3 < 4 & <b> 5 <ann-open>`\n\n"
        ":::{quote} ann-open\n:speaker: ann\n:source: herald-2024\n:::\n",
    )
    build = edition.build()
    assert build.warnings == ""
    assert edition_of(build).words(edition_of(build).quotes["ann-open"]).text == "3 < 4 & <b> 5"


def test_the_domain_name_works_everywhere(edition: Project) -> None:
    article = (edition.folder / "article.md").read_text()
    edition.put(
        "article.md",
        article.replace(":::{quote}", ":::{record:quote}").replace("{said}", "{record:said}"),
    )
    speakers = (edition.folder / "speakers.md").read_text()
    edition.put("speakers.md", speakers.replace("{speaker}", "{record:speaker}"))
    build = edition.build("html", "-D", "primary_domain=py")
    assert "The library stays open." in build.text("article.html")
    assert build.subtypes == []


def test_included_files_have_their_records(edition: Project) -> None:
    article = (edition.folder / "article.md").read_text()
    body, colons, records = article.partition(":::{quote} ann-open")
    edition.put("article.md", body + "\n```{include} records.txt\n```\n")
    edition.put("records.txt", colons + records)
    build = edition.build()
    assert build.warnings == ""
    assert sorted(edition_of(build).quotes) == ["ann-open", "bob-closes"]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("2016. That was the year.", "2016. That was the year."),
        ("- not a list", "- not a list"),
        ("# not a heading", "# not a heading"),
        ("One line  \ntwo lines", "One line two lines"),
        ("One line\\\ntwo lines", "One line two lines"),
        ("Text\n---", "Text ---"),
        ("> less", "> less"),
        ("$5 and $10 more", "$5 and $10 more"),
        ("{{ version }} 2", "{{ version }} 2"),
        ("~~struck~~", "~~struck~~"),
        ("f\\*\\*k", "f**k"),
        ("'Tis the season for sayin'", "'Tis the season for sayin'"),
        ('"First opens.\n\n"Second closes."', "First opens.\n\nSecond closes."),
        ("see https://herald.example now", "see https://herald.example now"),
    ],
)
def test_characters_of_a_block_stay(edition: Project, words: str, expected: str) -> None:
    conf = (edition.folder / "conf.py").read_text()
    extensions = '["colon_fence", "dollarmath", "substitution", "strikethrough", "deflist"]'
    edition.put("conf.py", f"{conf}myst_enable_extensions = {extensions}\n")
    edition.put(
        "b.md", f"# B\n\n:::{{quote}} new\n:speaker: ann\n:source: herald-2024\n\n{words}\n:::\n"
    )
    build = edition.build()
    assert build.warnings == ""
    edition_ = edition_of(build)
    assert edition_.words(edition_.quotes["new"]).text == expected
    shown = [" ".join(p.get_text().split()) for p in build.soup("b.html").select("blockquote p")]
    assert "\n\n".join(shown) == expected


def test_words_in_another_language_say_so_wherever_they_stand(edition: Project) -> None:
    article = (edition.folder / "article.md").read_text()
    edition.put(
        "article.md", article.replace(":source: herald-2024", ":source: herald-2024\n:lang: es")
    )
    edition.put("all.md", "# All\n\n:::{quotes}\n:::\n:::{timeline}\n:::\n")
    build = edition.build()
    assert one(build.soup("article.html"), "[id='quote-ann-open']")["lang"] == "es"
    assert len(build.soup("all.html").select(".record-words[lang=es]")) == 2
    assert build.soup("speakers.html").select(".record-words[lang=es]")


def test_notes_are_numbered_in_the_order_of_the_page(edition: Project) -> None:
    article = (edition.folder / "article.md").read_text()
    block = "\n:::{quote} between\n:speaker: ann\n:source: herald-2024\n\nIn between.\n:::\n"
    edition.put("article.md", article.replace("\nAnd Bob", f"{block}\nAnd Bob"))
    page = edition.build().soup("article.html")
    assert [str(number["data-n"]) for number in page.select("a.record-note")] == ["1", "2", "3"]


def test_a_mark_in_an_editors_text_is_reported_and_shown(edition: Project) -> None:
    text = "\n:::{annotation} n\n:on: bob-closes\n\nNote {said}`library <ann-open>` text.\n:::\n"
    edition.put("article.md", (edition.folder / "article.md").read_text() + text)
    for builder in ("html", "latex", "text"):
        build = edition.build(builder)
        assert build.subtypes == ["record.nested-mark"]
    assert "Note library text." in edition.build().soup("article.html").get_text()


def test_a_note_on_a_note_stands_where_it_is_written(edition: Project) -> None:
    notes = (
        "\n:::{annotation} n1\n:on: ann-open\n\nFirst.\n:::\n"
        "\n:::{annotation} n2\n:on: n1\n\nSecond.\n:::\n"
    )
    edition.put("article.md", (edition.folder / "article.md").read_text() + notes)
    page = edition.build().soup("article.html")
    assert one(page, "[id='card-ann-open'] [id='annotation-n1']")
    assert "Second." in one(page, "[id='annotation-n2']").get_text()


def test_an_included_record_has_its_own_options(edition: Project) -> None:
    edition.put(
        "b.md",
        "# B\n\n:::{quote} first-q\n:speaker: ann\n:source: herald-2024\n:place: Wrong\n\nFirst.\n:::\n\n"
        "```{include} part.txt\n```\n",
    )
    edition.put(
        "part.txt",
        "One\n\n:::{quote} second-q\n:speaker: ann\n:source: herald-2024\n:spoken: May\n\nSecond.\n:::\n",
    )
    build = edition.build()
    assert edition_of(build).quotes["second-q"].place == ""
    assert build.subtypes == ["record.bad-date"]
    assert "part.txt:6: WARNING" in build.warnings


@pytest.mark.parametrize("builder", ["html", "text", "latex"])
def test_a_mark_in_a_link_keeps_its_card(edition: Project, builder: str) -> None:
    edition.put(
        "b.md",
        "---\ndate: 2024\n---\n# B\n\n[See {said}`stays open <ann-open>`](article.md) now.\n",
    )
    build = edition.build(builder)
    assert build.warnings == ""
    if builder == "html":
        page = build.soup("b.html")
        assert page.select("a a") == []
        assert page.find(id=str(one(page, "a.record-note")["href"])[1:]) is not None


def test_a_quote_in_lines_has_its_card(edition: Project) -> None:
    edition.put(
        "b.rst",
        "B\n=\n\n.. quote:: new\n   :speaker: ann\n   :source: herald-2024\n\n   | Roses\n   | Violets\n",
    )
    card = edition.build().soup("b.html").find(id="card-new")
    assert card is not None
    assert "Ann Arden" in card.get_text()


def test_what_is_nested_in_a_quote_is_none_of_its_words(edition: Project) -> None:
    edition.put(
        "b.md",
        "# B\n\n::::{quote} new\n:speaker: ann\n:source: herald-2024\n\nWords here.\n\n"
        ":::{annotation} n\n:on: new\n\nEditor.\n:::\n::::\n",
    )
    build = edition.build()
    edition_ = edition_of(build)
    assert edition_.words(edition_.quotes["new"]).text == "Words here."
    assert "Editor." in build.soup("b.html").get_text()


def test_a_target_takes_no_words_away(edition: Project) -> None:
    edition.put(
        "b.rst",
        'B\n=\n\n.. quote:: new\n   :speaker: ann\n   :source: herald-2024\n\n   "An _`inline target` word."\n',
    )
    edition_ = edition_of(edition.build())
    assert edition_.words(edition_.quotes["new"]).text == "An inline target word."


def test_a_value_with_a_number_sign_in_quotation_marks(edition: Project) -> None:
    article = (edition.folder / "article.md").read_text()
    edition.put("article.md", article.replace(":spoken", ":locator: 'p. 4 #12'\n:spoken", 1))
    build = edition.build()
    assert build.warnings == ""
    assert edition_of(build).quotes["ann-open"].locator == "p. 4 #12"


def test_signs_of_tex_in_the_bibliography(edition: Project) -> None:
    edition.put(
        "references.bib",
        "@misc{herald-2024, organization={H and Co}, title={Up 10% -- say officials}, date={2024-05~}}\n"
        "@misc{post-2024, title={P}, date={2024-06}}\n",
    )
    edition.put("sources.md", "# S\n\n:::{sources}\n:::\n")
    text = " ".join(edition.build().soup("sources.html").get_text().split())
    assert "H and Co, Up 10% – say officials, about May 2024" in text


@pytest.mark.parametrize("date", ["Y17E30", "[..2017]", "0000", "10000-01-01"])
def test_dates_beyond_the_calendar_end_no_build(edition: Project, date: str) -> None:
    article = (edition.folder / "article.md").read_text()
    edition.put("article.md", article.replace(":spoken: 2024-05-01", f":spoken: {date}", 1))
    assert "Traceback" not in edition.build().warnings
    bib = (edition.folder / "references.bib").read_text()
    edition.put("references.bib", bib.replace("{2024-05-01}", f"{{{date}}}"))
    assert (edition.build().out / "article.html").exists()


def test_ids_are_lawful(edition: Project) -> None:
    article = (edition.folder / "article.md").read_text()
    more = "\n## P1\n\nText.\n\n```{figure} x.png\nCaption.\n```\n\nMore.[^1]\n\n[^1]: Foot.\n\nLast.\n"
    edition.put("article.md", article + more)
    edition.put("x.png", "")
    speakers = (edition.folder / "speakers.md").read_text()
    registers = "\n## Speaker: Ann\n\n:::{sources}\n:::\n\n:::{sources}\n:kind: report\n:::\n"
    edition.put("speakers.md", speakers + registers)
    build = edition.build()
    for name in ("article.html", "speakers.html"):
        ids = [str(tag["id"]) for tag in build.soup(name).find_all(id=True)]
        assert [each for each in ids if ids.count(each) > 1] == [], name


def test_a_label_before_a_quote_without_content_stays(edition: Project) -> None:
    article = (edition.folder / "article.md").read_text()
    labelled = article.replace(":::{quote} ann-open", "(here)=\n:::{quote} ann-open")
    edition.put("article.md", labelled + "\n[to it](#here)\n")
    assert edition.build().soup("article.html").find(id="here") is not None


def test_translations_do_not_change_words(edition: Project) -> None:
    edition.put(
        "article.md",
        (edition.folder / "article.md").read_text()
        + "\n:::{quote} block\n:speaker: ann\n:source: herald-2024\n\nThe block words.\n:::\n",
    )
    catalog = edition.build("gettext").text("article.pot")
    (message,) = re.findall(r'^msgid ("Ann said.*")$', catalog, re.MULTILINE)
    changed = message.replace("The library stays open.", "Sie bleibt offen.")
    head = catalog.partition("\n\n")[0]
    edition.put(
        "locale/de/LC_MESSAGES/article.po",
        f"{head}\n\nmsgid {message}\nmsgstr {changed}\n\n"
        'msgid "The block words."\nmsgstr "Die Blockworte."\n',
    )
    # In a process of its own: Sphinx keeps catalogues for as long as one lasts.
    out = edition.folder.parent / "german"
    options = ["-D", "language=de", "-D", "locale_dirs=locale"]
    done = python("-m", "sphinx", "-b", "html", *options, str(edition.folder), str(out))
    page = (out / "article.html").read_text(encoding="utf-8")
    assert "The block words." in page
    assert "Die Blockworte." not in page
    assert "words-disagree" in done.stderr
