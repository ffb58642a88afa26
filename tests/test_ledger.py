"""Identifiers for good: the ledger, what it forbids, and the addresses that go on answering."""

from __future__ import annotations

import csv
import re
import subprocess
from pathlib import Path

import pytest
from conftest import ARTICLE, Build, Project, one
from ontherecord.commands.main import main
from ontherecord.evidence.ledger import COLUMNS

LEDGER = "annotations/published.csv"


def publish(edition: Project, *arguments: str) -> int:
    return main(["publish", *arguments, str(edition.folder)])


def rows(edition: Project) -> list[dict[str, str]]:
    with (edition.folder / LEDGER).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture
def published(edition: Project) -> Project:
    assert publish(edition) == 0
    return edition


def without_bob(edition: Project) -> None:
    head, _, _ = ARTICLE.partition(":::{quote} bob-closes")
    edition.put(
        "article.md", head.replace('And Bob: {said}`"It closes in June." <bob-closes>`\n', "")
    )


def test_publishing_enters_each_identifier_once(published: Project) -> None:
    assert [(row["id"], row["kind"], row["event"]) for row in rows(published)] == [
        ("ann", "speaker", "published"),
        ("ann-open", "quote", "published"),
        ("bob", "speaker", "published"),
        ("bob-closes", "quote", "published"),
    ]
    before = (published.folder / LEDGER).read_text(encoding="utf-8")
    assert publish(published) == 0
    assert (published.folder / LEDGER).read_text(encoding="utf-8") == before
    quote = rows(published)[1]
    assert quote["label"] == "Ann Arden, “The library stays open.”"
    assert quote["date"] == "2023-11-14", "the date is that of SOURCE_DATE_EPOCH"
    assert re.fullmatch(r"[0-9a-f]{64}", quote["fingerprint"])
    assert published.build("html", "-W").code == 0


def test_some_identifiers_are_published_and_others_not(edition: Project) -> None:
    assert publish(edition, "--only", "ann-open, ann") == 0
    assert [row["id"] for row in rows(edition)] == ["ann", "ann-open"]
    assert publish(edition, "--only", "bob", "--only", "bob-closes") == 0
    assert [row["id"] for row in rows(edition)] == ["ann", "ann-open", "bob", "bob-closes"]


def test_what_would_be_entered_is_shown_and_not_entered(
    edition: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    assert publish(edition, "--dry-run", "--only", "ann-open") == 0
    said = capsys.readouterr()
    assert said.out == (
        "would be published: quote ann-open: Ann Arden, “The library stays open.”\n"
    )
    assert said.err == f"1 line would be entered into {LEDGER}\n"
    assert not (edition.folder / LEDGER).exists()
    assert publish(edition) == 0
    before = (edition.folder / LEDGER).read_text(encoding="utf-8")
    without_bob(edition)
    capsys.readouterr()
    assert publish(edition, "--dry-run", "--withdraw", "bob-closes", "--reason", "Gone") == 0
    assert "would be withdrawn: quote bob-closes" in capsys.readouterr().out
    assert (edition.folder / LEDGER).read_text(encoding="utf-8") == before


def test_a_published_quote_cannot_just_be_deleted(published: Project) -> None:
    without_bob(published)
    build = published.build("html", "-W")
    assert build.code == 1
    assert f"{LEDGER}:5: WARNING" in build.warnings
    assert '"bob-closes" (Bob Birch, “It closes in June.”)' in build.warnings
    assert build.subtypes == ["record.published-gone"]


def test_a_withdrawn_quote_answers_at_its_address(published: Project) -> None:
    without_bob(published)
    assert publish(published, "--withdraw", "bob-closes", "--reason", "It was never said") == 0
    build = published.build("html", "-W")
    assert (build.code, build.warnings) == (0, "")
    page = build.soup("cite/bob-closes.html").get_text()
    assert "Bob Birch, “It closes in June.”" in page
    assert "It was never said" in page
    assert published.build("dirhtml").text("cite/bob-closes.html")


def test_a_moved_quote_leads_to_the_new_one(published: Project) -> None:
    published.put("article.md", ARTICLE.replace("bob-closes", "bob-june"))
    assert published.build().subtypes == ["record.published-gone"]
    assert publish(published, "--move", "bob-closes", "bob-june", "--reason", "A clearer name") == 0
    build = published.build("html", "-W")
    assert build.warnings == ""
    link = one(build.soup("cite/bob-closes.html"), ".record-standing a")
    assert link["href"] == "bob-june.html"
    assert (build.out / "cite/bob-june.html").exists()


def test_an_identifier_is_not_used_again(published: Project) -> None:
    without_bob(published)
    publish(published, "--withdraw", "bob-closes", "--reason", "Never said")
    published.put("article.md", ARTICLE)
    assert published.build().subtypes == ["record.reused-id"]
    without_bob(published)
    published.put("more.md", "# More\n\n:::{speaker} ann-open\n:name: X\n:::\n")
    article = (published.folder / "article.md").read_text().replace("ann-open", "ann-opens")
    published.put("article.md", article)
    assert published.build().subtypes == ["record.reused-id"], "nor for another kind"


def test_changed_words_are_a_revision(published: Project) -> None:
    published.put("article.md", ARTICLE.replace("stays open", "stays shut"))
    build = published.build("html", "-W")
    assert build.subtypes == ["record.revised-words"]
    assert publish(published, "--revise", "ann-open", "--reason", "Misheard") == 0
    build = published.build("html", "-W")
    assert build.warnings == ""
    prints = [row["fingerprint"] for row in rows(published) if row["id"] == "ann-open"]
    for page in ("article.html", "cite/ann-open.html"):
        text = build.soup(page).get_text()
        assert "Misheard" in text
        assert all(fingerprint in text for fingerprint in prints)


def test_the_page_of_corrections(published: Project) -> None:
    published.put("corrections.md", "# Corrections\n\n:::{corrections}\n:::\n")
    assert "Nothing is entered" in published.build().soup("corrections.html").get_text()
    published.put("article.md", ARTICLE.replace("stays open", "stays shut"))
    publish(published, "--revise", "ann-open", "--reason", "Misheard")
    text = published.build().soup("corrections.html").get_text()
    assert "revised" in text
    assert "Misheard" in text
    assert "The library stays open." in text, "as it was"
    assert "The library stays shut." in text, "as it is"


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["--withdraw", "nobody", "--reason", "x"], "never published"),
        (["--withdraw", "ann-open"], "say why"),
        (["--revise", "ann-open"], "say why"),
        (["--move", "ann-open", "nowhere"], "stands in article"),
        (["--withdraw", "ann-open", "--reason", "x"], "stands in article"),
        (["--revise", "ann-open", "--reason", "x"], "are those that were published"),
        (["--revise", "ann", "--reason", "x"], "no quote"),
        (["--only", "ann-open"], "was published on 2023-11-14 already"),
        (["--only", "ann-opn"], 'no record "ann-opn" (did you mean "ann-open"?)'),
        (["--only", "ann,,nobody"], "was published"),
    ],
)
def test_publishing_refuses(
    published: Project, capsys: pytest.CaptureFixture[str], arguments: list[str], says: str
) -> None:
    before = (published.folder / LEDGER).read_text(encoding="utf-8")
    assert publish(published, *arguments) == 2
    assert says in capsys.readouterr().err
    assert (published.folder / LEDGER).read_text(encoding="utf-8") == before


def test_a_move_goes_to_a_record_of_the_same_kind(
    published: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    without_bob(published)
    assert publish(published, "--move", "bob-closes", "nowhere") == 2
    assert publish(published, "--move", "bob-closes", "bob") == 2
    told = capsys.readouterr().err
    assert 'no "nowhere"' in told
    assert '"bob" is a speaker' in told
    assert publish(published, "--withdraw", "bob-closes", "--reason", "x") == 0
    assert publish(published, "--withdraw", "bob-closes", "--reason", "x") == 2


def test_a_quotation_given_to_another_speaker_is_reported(published: Project) -> None:
    published.put("article.md", ARTICLE.replace(":speaker: ann", ":speaker: bob"))
    build = published.build("html", "-W")
    assert build.subtypes == ["record.revised-words"]
    assert "Bob Birch's" in build.warnings
    published.put("article.md", ARTICLE)
    speakers = (published.folder / "speakers.md").read_text()
    renamed = speakers.replace(":name: Ann Arden", ":name: Ann A. Arden")
    published.put("speakers.md", renamed)
    assert published.build().subtypes == ["record.revised-words"]
    published.put("speakers.md", renamed.replace("A. Arden\n", "A. Arden\n:aliases: Ann Arden\n"))
    assert published.build("html", "-W").warnings == ""


def test_what_changed_in_the_ledger_alone_is_reported_each_time(published: Project) -> None:
    published.build()
    ledger = published.folder / LEDGER
    ledger.write_text(ledger.read_text() + "2024-01-01,ann-open,quote,withdrawn,,A,,why\n")
    for _ in range(2):
        assert published.build("html", "-W").subtypes == ["record.reused-id"]
        assert main(["check", "--quiet", str(published.folder)]) == 1


def test_a_move_to_what_was_withdrawn_says_so(published: Project) -> None:
    published.put("article.md", ARTICLE.replace("bob-closes", "bob-june"))
    publish(published, "--move", "bob-closes", "bob-june")
    publish(published)
    without_bob(published)
    publish(published, "--withdraw", "bob-june", "--reason", "Never said")
    build = published.build("html", "-W")
    assert build.warnings == ""
    assert "(withdrawn)" in build.soup("cite/bob-closes.html").get_text()


GOOD = "2024-01-01,ann-open,quote,published,,Ann,,"


@pytest.mark.parametrize(
    ("lines", "line", "says"),
    [
        (["<<<<<<< HEAD", GOOD, "=======", ">>>>>>> theirs"], 2, "marker"),
        ([GOOD, GOOD], 3, "repeats line 2"),
        (["2024-01-01,ann-open,quote,published,,Ann"], 2, "has 6 columns"),
        (["yesterday,ann-open,quote,published,,Ann,,"], 2, "no date"),
        (["2024-01-01,ann-open,quote,deleted,,Ann,,"], 2, "no event"),
        (["2024-01-01,ann-open,thing,published,,Ann,,"], 2, "no kind"),
        (["2024-01-01,Ann,quote,published,,Ann,,"], 2, "no identifier"),
        (["2024-01-01,ann-open,quote,moved,,Ann,,x"], 2, "target"),
        (["2024-01-01,ann-open,quote,withdrawn,,Ann,,"], 2, "why"),
    ],
)
def test_a_bad_line_of_the_ledger(edition: Project, lines: list[str], line: int, says: str) -> None:
    edition.put(LEDGER, "\n".join([",".join(COLUMNS), *lines]) + "\n")
    build = edition.build()
    assert "record.bad-ledger" in build.subtypes
    assert re.search(rf"{LEDGER}:{line}: WARNING: .*{re.escape(says)}", build.warnings), (
        build.warnings
    )
    assert publish(edition) == 2, "nothing is entered into a ledger that cannot be read"


def test_a_ledger_without_its_heading(edition: Project) -> None:
    edition.put(LEDGER, GOOD + "\n")
    assert edition.build().subtypes == ["record.bad-ledger"]


def test_a_move_to_nowhere_and_in_a_circle(edition: Project) -> None:
    heading = ",".join(COLUMNS)
    edition.put(LEDGER, f"{heading}\n2024-01-01,old,quote,moved,,Old,gone,x\n")
    assert edition.build().subtypes == ["record.moved-nowhere"]
    edition.put(
        LEDGER,
        f"{heading}\n2024-01-01,old,quote,moved,,Old,older,x\n2024-01-01,older,quote,moved,,Old,old,x\n",
    )
    assert set(edition.build().subtypes) == {"record.moved-nowhere"}


def test_branches_that_publish_merge_without_a_conflict(published: Project) -> None:
    folder = published.folder
    published.put(".gitattributes", (Path(__file__).parent.parent / ".gitattributes").read_text())

    def git(*arguments: str) -> None:
        identity = ["-c", "user.name=An editor", "-c", "user.email=editor@herald.example"]
        subprocess.run(["git", *identity, *arguments], cwd=folder, check=True, capture_output=True)

    published.put(".gitignore", "_build\n")
    git("init", "-q", "-b", "main")
    git("add", ".")
    git("commit", "-qm", "First")
    for branch in ("one", "two"):
        git("checkout", "-q", "-b", branch, "main")
        published.put(
            f"{branch}.md", f"# {branch}\n\n:::{{speaker}} {branch}\n:name: {branch}\n:::\n"
        )
        publish(published)
        git("add", ".")
        git("commit", "-qm", branch)
    git("merge", "-q", "one", "-m", "Both")
    assert {row["id"] for row in rows(published)} >= {"one", "two"}
    assert published.build("html", "-W").warnings == ""


def build_in(edition: Project, address: str) -> Build:
    return edition.build("html", "-D", f"record_address={address}", out="addressed")


def test_the_permanent_address_is_canonical(edition: Project) -> None:
    page = build_in(edition, "https://record.example/").soup("cite/ann-open.html")
    assert one(page, "link[rel=canonical]")["href"] == "https://record.example/cite/ann-open.html"
    assert one(page, "blockquote").get_text().strip() == "The library stays open."


def test_pages_of_records_never_published_go_with_them(edition: Project) -> None:
    build = edition.build()
    (build.out / "cite" / "own.html").write_text("<p>Somebody's own</p>", encoding="utf-8")
    stamp = (build.out / "cite" / "ann.html").stat().st_mtime_ns
    without_bob(edition)
    edition.build()
    assert not (build.out / "cite" / "bob-closes.html").exists()
    assert (build.out / "cite" / "own.html").exists()
    assert (build.out / "cite" / "ann.html").stat().st_mtime_ns == stamp
