"""The interface's own words in other languages: complete, current, and shown."""

from __future__ import annotations

import re

import pytest
from conftest import Build, Project, one, python
from ontherecord import catalogue

PLACE = re.compile(r"%(?:\(\w+\))?[sd]|\{\w+\}")


@pytest.mark.parametrize("language", catalogue.languages())
def test_a_catalogue_says_all_that_the_code_says(language: str) -> None:
    written = {message.id: message.string for message in catalogue.load(language) if message.id}
    wanted = {message.id for message in catalogue.gather() if message.id}
    assert written.keys() == wanted, "python -m ontherecord.catalogue brings it up to date"
    assert [word for word, said in written.items() if not said] == []
    assert not any(message.fuzzy for message in catalogue.load(language) if message.id)


@pytest.mark.parametrize("language", catalogue.languages())
def test_translations_keep_what_is_put_in(language: str) -> None:
    for message in catalogue.load(language):
        if message.id:
            assert sorted(PLACE.findall(message.string)) == sorted(PLACE.findall(message.id))


@pytest.mark.parametrize("language", catalogue.languages())
def test_what_machines_read_is_what_is_written(language: str) -> None:
    compiled = catalogue.path_of(language, ".mo").read_bytes()
    assert compiled == catalogue.compiled(catalogue.load(language))


def test_an_edition_in_spanish(edition: Project) -> None:
    conf = (edition.folder / "conf.py").read_text()
    edition.put("conf.py", conf + 'language = "es"\nhtml_theme = "ontherecord"\n')
    edition.put("more.md", "# Más\n\n:::{quotes}\n:::\n:::{timeline}\n:::\n")
    edition.put(
        "case.md", "# C\n\n:::{contradiction} c\n:between: ann-open, bob-closes\n\nC.\n:::\n"
    )
    # In a process of its own: Sphinx keeps a language that it once had.
    out = edition.folder.parent / "spanish"
    done = python("-m", "sphinx", "-q", "-W", "-b", "html", str(edition.folder), str(out))
    assert (done.returncode, done.stderr) == (0, "")
    build = Build(0, "", out)
    article = build.soup("article.html")
    assert one(article, "html")["lang"] == "es"
    assert one(article, ".kicker").get_text(strip=True) == "miércoles, 1 de mayo de 2024"
    assert "2 declaraciones de 2 hablantes" in one(article, ".record-count").get_text()
    assert "En contradicción con Bob Birch" in one(article, "[id='card-ann-open']").get_text()
    heads = [head.get_text() for head in build.soup("more.html").select("th")]
    assert heads[:3] == ["Fecha", "Hablante", "Palabras"]
    page = build.soup("cite/ann-open.html")
    assert {"quién", "fuente", "identificador"} <= {dt.get_text() for dt in page.select("dt")}
    said = " ".join(page.get_text() for page in (article, build.soup("more.html"), page))
    english = re.findall(r"\b(Speaker|Source|Cite|Notes|Readings|answered by|Statement)\b", said)
    assert english == []
