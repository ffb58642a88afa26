"""``ontherecord new``: what it begins builds at once, and what it adds is read as it was given."""

from __future__ import annotations

import ast
import re
import subprocess
import unicodedata
from pathlib import Path

import pytest
import yaml
from bs4 import BeautifulSoup
from conftest import CONF, EXTENSION, ROOT, Build, Project, make_edition, published, python
from docutils import nodes
from hard_markdown import TEXTS as HARD
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from ontherecord.commands import adding
from ontherecord.commands.main import main
from ontherecord.commands.reader import opened, read_edition
from ontherecord.commands.trial import reader
from ontherecord.domain import domain_of
from ontherecord.edition import Edition
from ontherecord.evidence import ledger
from ontherecord.markup.directives import DIRECTIVES
from ontherecord.markup.registers import REGISTERS
from ontherecord.records import KINDS, Quote
from ontherecord.sources import source_of
from ontherecord.starting import markdown, slugs, sources
from pybtex.database import parse_string


class Begun:
    """An edition that the command began, and what the command says."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.project, self.folder, self._capsys = Project(folder), folder, capsys

    def run(self, *arguments: str) -> tuple[int, str, str]:
        self._capsys.readouterr()
        try:
            code = main(["new", *arguments])
        except SystemExit as ended:
            code = int(ended.code or 0)
        done = self._capsys.readouterr()
        return code, done.out, done.err

    def add(self, *arguments: str, to_do: str = "") -> str:
        """Add what must be added; give where it says that it stands."""
        code, out, err = self.run(*arguments, "--folder", str(self.folder))
        assert (code, re.findall(r"\[record\.([a-z-]+)\]", err)) == (0, to_do.split()), err
        return out.partition(": new")[0]

    def refused(self, *arguments: str) -> str:
        """Give the one line about what must not be added; nothing may have changed."""
        before = self.files()
        code, out, err = self.run(*arguments, "--folder", str(self.folder))
        assert (code, out) == (2, "")
        assert self.files() == before
        (line,) = err.splitlines()
        return line

    def files(self) -> dict[str, bytes]:
        found = published(self.folder)
        return {name: content for name, content in found.items() if not name.startswith("_build")}

    def build(self, builder: str = "html") -> Build:
        return self.project.build(builder, "-n", "-W", "--keep-going")

    def edition(self) -> Edition:
        return read_edition(self.folder).domain.edition

    def line(self, place: str) -> str:
        path, _, number = place.rpartition(":")
        return Path(path).read_text(encoding="utf-8").splitlines()[int(number) - 1]


@pytest.fixture
def begun(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Begun:
    one = Begun(tmp_path / "our-record", capsys)
    code, out, _ = one.run("edition", str(one.folder))
    assert code == 0
    written = [line.rpartition(":1: ")[0] for line in out.splitlines()]
    assert sorted(written) == sorted(map(str, (one.folder / name for name in one.files())))
    return one


# An edition

PATH = f"import sys; sys.path.insert(0, {str(EXTENSION)!r})\n"


def run_sphinx(*arguments: str, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    """Build in a process of its own, which no language of another build is left in."""
    build = "from sphinx.cmd.build import main\nraise SystemExit(main(sys.argv[1:]))"
    return python("-c", f"{PATH}{build}", *arguments, cwd=cwd)


def test_an_edition_builds_at_once(begun: Begun, capsys: pytest.CaptureFixture[str]) -> None:
    for builder in ("html", "epub", "latex"):
        built = begun.build(builder)
        assert (built.code, built.warnings) == (0, ""), builder
    assert begun.build().soup("index.html").select_one("h1").get_text().startswith("Our record")
    assert main(["check", str(begun.folder)]) == 0


def test_an_edition_is_built_by_the_command_that_it_says(tmp_path: Path) -> None:
    """As by a person with a shell: in another process, with no setting of the tests."""
    new = "from ontherecord.commands.main import main\nraise SystemExit(main(sys.argv[1:]))"
    done = python("-c", f"{PATH}{new}", "new", "edition", "of ours", cwd=tmp_path)
    assert done.returncode == 0
    said = re.search(r"python -m sphinx (-n -W) \"(.*)\" \"(.*)\"", done.stderr)
    assert said is not None
    done = run_sphinx(*said[1].split(), said[2], said[3], cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert (tmp_path / said[3] / "index.html").is_file()


def test_an_edition_has_what_was_said_of_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    one = Begun(tmp_path / "e", capsys)
    title = 'The "Record" of *Müller* \\ Söhne #'
    given = ["--title", title, "--author", "A'B", "--language", "es"]
    given += ["--address", "https://a.example/en/", "--licence", "CC-BY-4.0"]
    assert one.run("edition", str(one.folder), *given)[0] == 0
    conf = ast.parse((one.folder / "conf.py").read_text(encoding="utf-8"))
    found = {
        node.targets[0].id: ast.literal_eval(node.value)  # type: ignore[attr-defined]
        for node in conf.body
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant)
    }
    assert (found["project"], found["author"], found["language"]) == (title, "A'B", "es")
    assert found["copyright"] == "2023, A'B"
    assert [found["record_address"], found["record_licence"]] == given[7:10:2]
    done = run_sphinx("-n", "-W", str(one.folder), str(tmp_path / "out"))
    assert (done.returncode, done.stderr) == (0, "")
    page = (tmp_path / "out" / "index.html").read_text(encoding="utf-8")
    heading = BeautifulSoup(page, "html.parser").select_one("h1")
    assert heading is not None
    assert heading.get_text().startswith(title.replace('"Record"', "«Record»"))


def test_an_edition_has_every_register_and_what_services_read(begun: Begun) -> None:
    text = "".join(path.read_text(encoding="utf-8") for path in begun.folder.rglob("*.md"))
    # Speakers and contradictions are kept where their records stand, with all that is of them.
    assert set(re.findall(r"^:::\{(\w+)\}", text, re.M)) == {*REGISTERS} - {
        "speakers",
        "contradictions",
        "totals",  # A line for the front page of an edition that has something.
    }
    ours = yaml.safe_load((ROOT / ".readthedocs.yaml").read_text(encoding="utf-8"))
    theirs = yaml.safe_load((begun.folder / ".readthedocs.yaml").read_text(encoding="utf-8"))
    assert ours.pop("python") == {"install": [{"requirements": "requirements.lock"}]}
    assert theirs.pop("python") == {"install": [{"requirements": "requirements.txt"}]}
    assert theirs == ours
    name = "sphinx-ontherecord[search]~="
    assert name in (begun.folder / "requirements.txt").read_text(encoding="utf-8")
    assert ledger.load(begun.folder / ledger.NAME).problems == []
    attributes = (ROOT / ".gitattributes").read_text(encoding="utf-8").splitlines()
    assert set((begun.folder / ".gitattributes").read_text().splitlines()) <= set(attributes)


def test_captures_are_no_pages(begun: Begun) -> None:
    begun.project.put("references.bib", "@misc{herald, title = {No}}\n")
    begun.project.put("captures/herald.md", "# What the Herald printed\n\nNo.\n")
    begun.project.put("README.md", "# Ours\n")
    assert begun.build().code == 0


def test_nothing_is_written_over(begun: Begun) -> None:
    before = begun.files()
    code, out, err = begun.run("edition", str(begun.folder))
    assert (code, out) == (2, "")
    assert "conf.py" in err and "already" in err and err.count("\n") == 1
    assert begun.files() == before
    file = begun.folder / "conf.py"
    assert begun.run("edition", str(file))[0] == 2
    assert begun.files() == before


def test_an_edition_begins_beside_what_is_there(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    one = Begun(tmp_path, capsys)
    one.project.put("README.md", "# Ours\n")
    assert one.run("edition", str(tmp_path))[0] == 0
    assert (tmp_path / "README.md").read_text() == "# Ours\n"
    assert one.build().code == 0


# Articles


def test_an_article(begun: Begun) -> None:
    place = begun.add("article", "Mayor denies: *closing*", "--description", 'A "b": c \\ d')
    assert place.endswith("articles/2023-11-14-mayor-denies-closing.md:5")
    assert begun.line(place) == "# Mayor denies: \\*closing\\*"
    built = begun.build()
    assert built.code == 0, built.warnings
    page = built.soup("articles/2023-11-14-mayor-denies-closing.html")
    assert page.select_one("h1").get_text().startswith("Mayor denies: *closing*")
    (article,) = begun.edition().articles.values()
    assert (article.date, article.description) == ("2023-11-14", 'A "b": c \\ d')
    assert "The library stays open" not in page.get_text(), "what explains is not shown"
    assert "is there already" in begun.refused("article", "Mayor denies closing")
    begun.add("article", "Mayor denies closing", "--slug", "mayor-denies-closing-2")
    begun.add("article", "Mayor denies closing", "--date", "2024-02-29")
    assert begun.build().code == 0


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["--date", "2024-02-30"], "is no day"),
        (["--date", "2024-2-3"], "is no day"),
        (["--slug", "A b"], 'such as "a-b"'),
        (["--description", " "], "it is empty"),
        (["--description", "a\x07"], "no page can show"),
    ],
)
def test_an_article_that_is_refused(begun: Begun, arguments: list[str], says: str) -> None:
    assert says in begun.refused("article", "A title", *arguments)


@given(st.text())
def test_a_slug_is_a_name_of_a_page(title: str) -> None:
    slug = slugs.slug(title)
    assert re.fullmatch("[a-z0-9]+(-[a-z0-9]+)*", slug)
    assert len(slug) <= slugs.LONGEST
    assert slugs.slug(slug) == slug


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("Mayor’s “No”: 2nd part", "mayors-no-2nd-part"),
        ("Peña Nieto no asistirá", "pena-nieto-no-asistira"),
        ("市长否认", "article"),
        (f"A {'word ' * 20}", "a-word-word-word-word-word-word-word-word-word-word-word"),
        ("x" * 70, "x" * 60),
    ],
)
def test_slugs(title: str, slug: str) -> None:
    assert slugs.slug(title) == slug


# Records

FULL = {
    "speaker": [
        *("--name", "Ann O'Arden: the #1", "--kind", "person", "--family", "O'Arden"),
        *("--aliases", "A. Arden; The Mayor", "--posts", "Mayor; Town; 2020/2024"),
        *("--posts", "Councillor; Town; 2016/2020", "--wikidata", "Q42", "--viaf", "113230702"),
        *("--text", "Born *here*."),
    ],
    "quote": [
        *("--speaker", "ann", "--source", "herald", "--spoken", "2024-04-30"),
        *("--time", "13:32-05:00", "--time-is", "event-began", "--place", "'Town Hall' #2"),
        *("--to", "reporters", "--asked", "Will it: close?", "--via", "wire", "--mode", "direct"),
        *("--locator", "p. 4", "--lang", "en", "--scope", "the \\ library", "--contiguous", "yes"),
        *("--brackets", "edition"),
        *("--translation", "[It] stays", "--topics", "libraries; budget"),
        *("--words", "“It stays *open*.\n\n- She [the mayor] said … <b> […]”"),
        *("--reading", "wire", "it *stays*\n\n::: open"),
    ],
    "contradiction": [
        *("--between", "ann-open, bob-closes", "--kind", "facts", "--relation", "contrary"),
        *("--status", "answered", "--history", "2024-05-02 answered: at noon; by | letter"),
        *("--answered-by", "ann-again", "--certainty", "low", "--editor", "E. D."),
        *("--at-issue", "ann-open: stays *open*", "--at-issue", "bob-closes: closes"),
        *("--text", "Whether it stays.\n\n```{note}\nSo.\n```"),
    ],
    "annotation": [
        *("--on", "library", "--type", "source", "--source", "herald", "--editor", "E. D."),
        *("--date", "2024-05~", "--text", "After {cite}`herald`."),
    ],
    "source": [
        *("--title", "Mayor -- “no” to $5 ~ 3% \\ it", "--author", "{The Staff} and Ann Lee"),
        *("--organization", "The Herald", "--date", "2024-05-01", "--url", "https://h.example/a_b"),
        *("--archive", "https://a.example/~x", "--witness", "second-hand", "--takenfrom", "wire"),
        *("--shorttitle", "Herald", "--note", "Byline not seen", "--field", "number", "5--6"),
    ],
}


@pytest.fixture
def filled(begun: Begun) -> Begun:
    """An edition in which every kind was made, with every option that needs nothing elsewhere."""
    begun.add("article", "The library", "--date", "2024-05-01")
    begun.add("source", "wire", "--organization", "The Wire")
    begun.add("source", "herald", *FULL["source"])
    begun.add("speaker", "ann", *FULL["speaker"])
    begun.add("speaker", "bob", "--name", "Bob")
    into = ("--article", "articles/2024-05-01-the-library")
    begun.add("quote", "ann-open", *FULL["quote"], *into)
    bob = ("--speaker", "bob", "--source", "wire")
    begun.add("quote", "bob-closes", *bob, "--words", "It closes.", *into)
    begun.add("quote", "ann-again", "--speaker", "ann", "--source", "wire", "--words", "No.", *into)
    begun.add("contradiction", "library", *FULL["contradiction"])
    begun.add("annotation", "a-note", *FULL["annotation"])
    return begun


def test_every_kind_builds_and_is_read_as_it_was_given(filled: Begun) -> None:
    built = filled.build()
    assert (built.code, built.warnings) == (0, "")
    assert main(["check", str(filled.folder)]) == 0
    edition = filled.edition()
    quote = edition.quotes["ann-open"]
    assert edition.words(quote).text == "It stays *open*.\n\n- She [the mayor] said … <b> […]"
    assert [one.words for one in quote.readings] == ["it *stays*\n\n::: open"]
    assert (quote.asked, quote.place) == ("Will it: close?", "'Town Hall' #2")
    assert [post.title for post in edition.speakers["ann"].posts] == ["Mayor", "Councillor"]
    assert edition.contradictions["library"].at_issue == (
        ("ann-open", "stays *open*"),
        ("bob-closes", "closes"),
    )
    source = edition.sources["herald"]
    assert source.title == "Mayor -- “no” to $5 ~ 3% \\ it"
    assert (source.field("number"), source.authors) == ("5--6", ("The Staff", "Ann Lee"))


def test_the_above_gives_every_option() -> None:
    for kind in KINDS:
        known = {f"--{one.name}" for one in DIRECTIVES[kind].takes}
        elsewhere = {"--copied-from", "--isni", "--gnd", "--lcnaf", "--orcid"}
        assert known - elsewhere <= set(FULL[kind]), kind
    assert {f"--{one.name}" for one in sources.FIELDS} - {"--journal"} <= set(FULL["source"])


def test_records_stand_where_it_says_and_nothing_else_changes(filled: Begun) -> None:
    before = filled.files()
    place = filled.add("speaker", "cy", "--name", "Cy")
    assert place.endswith("annotations/speakers.md:23")
    assert filled.line(place) == ":::{speaker} cy"
    after = filled.files()
    name = "annotations/speakers.md"
    assert after.pop(name) == before.pop(name) + b"\n:::{speaker} cy\n:name: Cy\n:::\n"
    assert after == before


def test_a_quote_goes_where_it_is_marked_and_a_note_where_its_record_is(filled: Begun) -> None:
    with (filled.folder / "articles/2024-05-01-the-library.md").open("a") as file:
        file.write('\nBob: {said}`"In June." <bob-june>` {passage}`So <so>`.')  # And no line's end.
    place = filled.add("quote", "bob-june", "--speaker", "bob", "--source", "wire")
    assert "2024-05-01-the-library.md" in place
    assert filled.line(place) == ":::{quote} bob-june"
    assert "the-library.md" in filled.add("annotation", "so", "--text", "What it means.")
    assert "contradictions.md" in filled.add("annotation", "b", "--on", "library", "--text", "X.")
    assert filled.build().code == 0
    assert isinstance(filled.edition().records["bob-june"], Quote)


def test_what_is_still_to_be_done_is_said_as_the_build_says_it(begun: Begun) -> None:
    begun.add("article", "A")
    given = ("--speaker", "ann", "--source", "herald", "--into", "2023-11-14-a.md")
    begun.add("quote", "x", *given, to_do="no-words unknown-speaker unknown-source")
    begun.add("contradiction", "c", "--between", "x, y", to_do="empty-content unknown-quote")
    begun.add("annotation", "n", "--into", "2023-11-14-a", to_do="empty-content nothing-annotated")
    code, _, err = begun.run(
        *("annotation", "m", "--on", "x", "--text", "T", "--source", "h"),
        *("--folder", str(begun.folder)),
    )
    assert code == 0
    (said,) = err.splitlines()
    built = begun.build()
    assert built.code == 1
    assert len(built.subtypes) == 8
    file, line, message = re.fullmatch(r"(.*):(\d+): to do: (.*)", said).groups()  # type: ignore[union-attr]
    assert f"{file}:{line}: WARNING: {message}" in built.warnings


def test_line_ends_and_marks_of_a_file_stay(filled: Begun) -> None:
    path = filled.folder / "annotations/speakers.md"
    path.write_bytes(b"\xef\xbb\xbf# Speakers\r\n\r\n:::{speaker} ann\r\n:name: Ann\r\n:::\r\n\r\n")
    before = path.read_bytes()
    place = filled.add("speaker", "cy", "--name", "Cy", "--text", "Who\nspeaks.")
    added = b":::{speaker} cy\r\n:name: Cy\r\n\r\nWho\r\nspeaks.\r\n:::\r\n"
    assert path.read_bytes() == before + added
    assert place.endswith(":7")


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["speaker", "Ann", "--name", "Ann"], 'such as "ann"'),
        (["speaker", "ann", "--name", "Ann"], '"ann" is taken by the speaker in annotations'),
        (["speaker", "library", "--name", "Ann"], "is taken by the contradiction"),
        (["speaker", "gone", "--name", "Ann"], "was withdrawn on 2024-06-01"),
        (["speaker", "cy"], "required: --name"),
        (["speaker", "cy", "--name", " "], "it is empty"),
        (["speaker", "cy", "--name", "Cy", "--nmae", "x"], "unrecognized arguments: --nmae"),
        (["speaker", "cy", "--name", "Cy", "--kind", "animal"], "not one of person, organisation"),
        (["speaker", "cy", "--name", "Cy", "--family", "Di"], "--family would be read as ''"),
        (["speaker", "cy", "--name", "Cy", "--posts", "Mayor; 2020"], "the dates stand third"),
        (["speaker", "cy", "--name", "Cy", "--into", "speakrs"], 'there is no document "speakrs"'),
        (["speaker", "cy", "--name", "C\x00"], "no page can show"),
        (["quote", "q", "--speaker", "ann"], "required: --source"),
        (["quote", "q", "--speaker", "ann", "--source", "h"], "say where the quote is to stand"),
        (["quote", "q", "--speaker", "ann", "--source", "h", "--time", "13:32"], "far it is from"),
        (["quote", "q", "--speaker", "ann", "--source", "h", "--spoken", "May"], "EDTF"),
        (["quote", "q", "--speaker", "a b", "--source", "h"], 'such as "a-b"'),
        (["quote", "q", "--speaker", "a", "--source", "h", "--reading", "a b", "c"], "is no key"),
        (["contradiction", "c", "--between", "x, Y"], '"Y" is no identifier'),
        (["contradiction", "c", "--between", "x", "y"], "as in one-quote,another-quote"),
        (["contradiction", "c", "--between", "x y"], "write `x, y`"),
        (["contradiction", "c", "--between", "ann-open"], "between two quotes or more"),
        (["contradiction", "c", "--between", "x,x"], "between two quotes or more"),
        (["contradiction", "c", "--between", "x,y", "--history", "so"], "DATE STATUS"),
        (["annotation", "n", "--on", "ann-open", "--type", "joke"], "not one of context"),
        (["annotation", "n", "--text", "T"], "say where the annotation is to stand"),
        (["source", "herald", "--title", "T"], '"herald" is taken by the source in references.bib'),
        (["source", "HERALD", "--title", "T"], "is taken by the source"),
        (["source", "a b", "--title", "T"], "is no key"),
        (["source", "new", "--note", "T"], "needs --title or --organization"),
        (["source", "new", "--title", "T", "--date", "1 May"], "EDTF"),
        (["source", "new", "--title", "T}"], "a brace is markup"),
        (["source", "new", "--title", "T", "--url", "a}"], "references.bib"),
        (["source", "new", "--title", "T", "--witness", "god"], "not one of transcript"),
        (["source", "new", "--title", "T", "--field", "title", "U"], "give title once"),
        (["source", "new", "--title", "T", "--field", "a b", "U"], "is no name of a field"),
        (["source", "new", "--title", "T", "--type", "@x"], "is no type of entry"),
        (["poem", "p"], "invalid choice: 'poem'"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_bad_input_gets_one_message_and_changes_nothing(
    settled: Begun, arguments: list[str], says: str
) -> None:
    assert says in settled.refused(*arguments)


@pytest.fixture(scope="module")
def once(tmp_path_factory: pytest.TempPathFactory) -> Project:
    project = make_edition(tmp_path_factory.mktemp("settled") / "edition")
    project.put("annotations/speakers.md", (project.folder / "speakers.md").read_text())
    (project.folder / "speakers.md").unlink()
    project.put("index.md", "# E\n\n```{toctree}\n:glob:\n\n*\nannotations/*\n```\n")
    case = "# C\n\n:::{contradiction} library\n:between: ann-open, bob-closes\n\nSo.\n:::\n"
    project.put("annotations/contradictions.md", case)
    bib = (project.folder / "references.bib").read_text()
    project.put("references.bib", bib + "\n@misc{herald, title = {A}}\n")
    gone = "2024-06-01,gone,speaker,withdrawn,,G,,why"
    project.put(ledger.NAME, f"{','.join(ledger.COLUMNS)}\n{gone}\n")
    return project


@pytest.fixture
def settled(once: Project, capsys: pytest.CaptureFixture[str]) -> Begun:
    """An edition that is only asked what it refuses, and so is read once."""
    return Begun(once.folder, capsys)


@pytest.mark.parametrize(
    "broken", ["\n::::{note}\nnot closed\n", "\n```python\nnot closed\n", "\n<!-- not closed\n"]
)
def test_a_record_that_would_not_be_read_is_not_written(filled: Begun, broken: str) -> None:
    path = filled.folder / "annotations/speakers.md"
    path.write_text(path.read_text() + broken)
    said = filled.refused("speaker", "cy", "--name", "Cy")
    assert "is not closed" in said


def test_a_bibliography_that_cannot_be_read_is_left_alone(filled: Begun) -> None:
    path = filled.folder / "references.bib"
    path.write_text(path.read_text() + "\n@misc{open, title = {A\n")
    assert "references.bib" in filled.refused("source", "new", "--title", "T")


def test_a_folder_without_an_edition(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    one = Begun(tmp_path, capsys)
    for arguments in (["article", "T"], ["speaker", "a", "--name", "A"], ["source", "s"]):
        assert "has no conf.py" in one.refused(*arguments)


def test_an_edition_of_another_make(edition: Project, capsys: pytest.CaptureFixture[str]) -> None:
    """Fences of backticks, names with the domain, records at the top, a bibliography elsewhere."""
    more = 'myst_enable_extensions = []\nprimary_domain = "py"\nbibtex_bibfiles = ["b.bib"]\n'
    edition.put("conf.py", CONF.format(extension=str(EXTENSION)) + more)
    edition.put("index.md", "# E\n\n```{toctree}\np\nq\n```\n")
    edition.put("p.md", "# P\n\n```{record:speaker} ann\n:name: Ann\n```\n")
    edition.put("q.rst", "Q\n=\n\nText.\n")
    edition.put("b.bib", "@misc{a, title = {A}}")
    for name in ("article.md", "speakers.md", "references.bib"):
        (edition.folder / name).unlink()
    one = Begun(edition.folder, capsys)
    place = one.add("speaker", "bob", "--name", "Bob")
    assert one.line(place) == "```{record:speaker} bob"
    assert one.add("source", "b", "--title", "B").endswith("b.bib:3")
    one.add("quote", "x", "--speaker", "bob", "--source", "b", "--words", "Y", "--into", "p")
    assert one.build().code == 0
    assert "not Markdown" in one.refused("speaker", "cy", "--name", "Cy", "--into", "q.rst")


def test_words_that_would_be_read_otherwise_are_refused(
    filled: Begun, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Break the writing: nothing that is not read as it was given may be written."""
    monkeypatch.setattr(adding, "as_content", lambda words: words)
    given = ("--speaker", "ann", "--source", "wire", "--into", "2024-05-01-the-library")
    assert "would be read as" in filled.refused("quote", "q", *given, "--words", "a *b* c")


# What holds for all texts


def taken(text: str) -> str:
    """Give of a text what the command takes."""
    barred = {"Cc", "Cs"}
    kept = "".join(one for one in text if unicodedata.category(one) not in barred or one == "\n")
    return kept.strip() or "T"


TEXTS = HARD.map(taken)


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Project:
    return make_edition(tmp_path_factory.mktemp("page") / "edition", "smartquotes = False\n")


@settings(deadline=None, max_examples=25, suppress_health_check=list(HealthCheck))
@given(given=st.lists(st.tuples(TEXTS, st.lists(TEXTS, max_size=3), TEXTS), max_size=20))
def test_titles_words_and_values_are_read_as_they_were_given(
    page: Project, given: list[tuple[str, list[str], str]]
) -> None:
    with opened(page.folder) as (app, _), reader(app) as trials:
        for named, paragraphs, placed in given:
            title, value = (" ".join(one.split()) for one in (named, placed))
            words = "\n\n".join(paragraphs)
            content = [one for one in [markdown.words(words)] if one]
            options = [("place", value)]
            lines = markdown.directive("quote", "x", options, content, markdown.Style())
            trials.read("article", "\n".join([f"# {markdown.title(title)}", "", *lines, ""]))
            document = domain_of(app.env).documents["article"]
            assert "lost-options" not in {problem.subtype for problem in document.problems}
            (record,) = document.records
            assert isinstance(record, Quote)
            assert (record.place, record.block) == (value, adding._plain(words))
            assert trials._doctree is not None
            assert next(iter(trials._doctree.findall(nodes.title))).astext() == title


@example(",,``quoted``")
@example("!` ?` \\")
@given(
    TEXTS.map(lambda text: " ".join(text.split())).filter(
        lambda text: "{" not in text and "}" not in text
    )
)
def test_fields_are_read_as_they_were_given(text: str) -> None:
    entry = "\n".join(sources.entry("misc", "k", [("title", text)]))
    assert source_of(parse_string(entry, "bibtex").entries["k"]).title == text
