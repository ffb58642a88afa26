"""Web Annotations hold what the Recommendation says they must, and a reader of JSON-LD all of it."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from dataclasses import replace
from itertools import count
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import annotation_context
import pytest
from annotation_model import faults_of_annotation, faults_of_collection, faults_of_page
from conftest import Project
from hypothesis import HealthCheck, given, settings
from ontherecord.edition import Edition
from ontherecord.evidence.ledger import Entry, Ledger
from ontherecord.exchange.annotations import MOTIVATIONS
from ontherecord.exchange.formats import web_annotations
from ontherecord.exchange.formats.web_annotations import FILE, FOLDER, FORMAT, PAGE_SIZE
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
    Quote,
    Source,
    Speaker,
)
from ontherecord.segments import segments
from pyld import jsonld
from random_editions import editions

HERE = "https://served.example/an/edition/"
"""Where a file whose addresses are relative is had from."""

RANDOM = settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))

Json = dict[str, Any]


def files(edition: Edition) -> dict[str, Json]:
    made = {}
    for path, content in FORMAT.files(edition):
        assert not callable(content)
        made[path] = json.loads(b"".join(content))
    return made


def pages(made: dict[str, Json]) -> list[tuple[str, Json]]:
    return [(path, one) for path, one in made.items() if path != FILE]


def annotations(made: dict[str, Json]) -> list[Json]:
    return [one for _path, page in pages(made) for one in page["items"]]


def targets(annotation: Json) -> list[Any]:
    found = annotation["target"]
    return found if isinstance(found, list) else [found]


def faults(made: dict[str, Json]) -> list[str]:
    found = list(faults_of_collection(made[FILE], HERE + FILE))
    for number, (path, page) in enumerate(pages(made), 1):
        found += faults_of_page(page, HERE + path, is_last=number == len(pages(made)))
    return found


def one_quote(**changes: Any) -> Edition:
    """An edition of one article, where a quote of two fragments is marked."""
    parts = ("He said: “", "No", "” and “", "never", "”.")
    marks = tuple(
        Mark("said", "no-never", 3, words, "p1", first, first + 1, index)
        for index, (first, words) in enumerate([(1, "No"), (3, "never")], 1)
    )
    quote = Quote("no-never", Origin("a", 5), "ann", "herald", **changes)
    article = Document(
        "a",
        "A",
        date="2024-05-01",
        records=(Speaker("ann", Origin("a", 1), "Ann Arden"), quote),
        marks=marks,
        packed_blocks=pack([Block("p1", tuple(Part("text", part) for part in parts))]),
    )
    sources = {"herald": Source("herald", "misc", (), (("organization", "The Herald"),))}
    return Edition({"a": article}, sources, imprint=Imprint(title="E", address=HERE))


def with_records(edition: Edition, *records: Any, **of_edition: Any) -> Edition:
    more = Document("more", "More", records=records)
    return Edition(
        {**edition.documents, "more": more}, edition.sources, imprint=edition.imprint, **of_edition
    )


# What the Recommendation says


@given(editions())
@RANDOM
def test_every_rule_of_the_model_is_kept(edition: Edition) -> None:
    assert faults(files(edition)) == []


def test_every_rule_is_kept_by_the_first_edition(first_edition: Project) -> None:
    build = first_edition.build(out="annotations")
    made = {
        path.relative_to(build.out).as_posix(): json.loads(path.read_bytes())
        for path in [build.out / FILE, *sorted((build.out / FOLDER).iterdir())]
    }
    assert faults(made) == []
    assert made[FILE]["total"] == len(annotations(made)) > 20


def broken(change: str) -> Json:
    """Give an annotation with one fault, from a whole one."""
    (whole,) = annotations(files(one_quote()))
    assert list(faults_of_annotation(whole, HERE)) == []
    one = copy.deepcopy(whole)
    exec(change, {"one": one, "first": one["target"][0]})
    return one


@pytest.mark.parametrize(
    ("section", "change"),
    [
        ("3.1", "del one['id']"),
        ("3.1", "one['id'] = ['https://a.example/', 'https://b.example/']"),
        ("3.1", "one['id'] = 'with space'"),
        ("3.1", "one['type'] = 'Note'"),
        ("3.1", "del one['target']"),
        ("3.2.1", "one['target'] = {'type': 'Text'}"),
        ("3.2.1", "one['target'] = 'with space'"),
        ("3.2.1", "one['target'][0]['textDirection'] = 'up'"),
        ("3.2.4", "del one['body'][1]['value']"),
        ("3.2.5", "one['bodyValue'] = 'text'"),
        ("3.2.7", "one['body'] = {'type': ['Choice', 'Text'], 'items': []}"),
        ("3.3.1", "one['created'] = '2024-05-01'"),
        ("3.3.1", "one['modified'] = ['2024-05-01T00:00:00Z'] * 2"),
        ("3.3.2", "one['creator'] = {'id': ['https://a.example/', 'https://b.example/']}"),
        ("3.3.6", "one['rights'] = 'CC BY 4.0'"),
        ("3.3.7", "one['canonical'] = ['https://a.example/', 'https://b.example/']"),
        ("4", "del first['source']"),
        ("4", "first['source'] = ['https://a.example/', 'https://b.example/']"),
        ("4.2", "first['selector'][0]['type'] = ['FragmentSelector', 'CssSelector']"),
        ("4.2.1", "del first['selector'][0]['value']"),
        ("4.2.1", "first['selector'][0]['conformsTo'] = ['https://a.example/'] * 2"),
        ("4.2.4", "del first['selector'][1]['exact']"),
        ("4.2.4", "first['selector'][1]['prefix'] = ['a', 'b']"),
        ("4.2.5", "first['selector'][0]['refinedBy'][1]['start'] = -1"),
        ("4.2.5", "del first['selector'][0]['refinedBy'][1]['end']"),
    ],
)
def test_the_checker_finds_what_a_section_forbids(section: str, change: str) -> None:
    found = list(faults_of_annotation(broken(change), HERE))
    assert any(fault.startswith(f"{section}:") for fault in found), found


@pytest.mark.parametrize(
    ("section", "change"),
    [
        ("5.1", "collection['@context'] = 'https://schema.org/'"),
        ("3.1", "collection['@context'] = [collection['@context']]"),
        ("5.1", "del collection['id']"),
        ("5.1", "collection['type'] = 'Collection'"),
        ("5.1", "collection['label'] = 1"),
        ("5.1", "collection['total'] = '3'"),
        ("5.1", "del collection['first']"),
        ("5.2", "del page['@context']"),
        ("5.2", "page['type'] = 'Page'"),
        ("5.2", "page['items'] = []"),
        ("5.2", "page['startIndex'] = -1"),
        ("5.2", "page['partOf'] = {'label': 'of what?'}"),
    ],
)
def test_the_checker_finds_what_section_5_forbids(section: str, change: str) -> None:
    made = files(one_quote())
    exec(change, {"collection": made[FILE], "page": made[f"{FOLDER}/1.jsonld"]})
    assert any(fault.startswith(f"{section}:") for fault in faults(made)), faults(made)


def test_section_5_2_pages_are_bounded_and_lead_from_one_to_the_next(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert PAGE_SIZE == 200
    monkeypatch.setattr(web_annotations, "PAGE_SIZE", 3)
    quotes = [Quote(f"q{n}", Origin("more", n), "ann", "herald", block="Yes.") for n in range(7)]
    made = files(with_records(one_quote(), *quotes))
    assert faults(made) == []
    assert [len(page["items"]) for _path, page in pages(made)] == [3, 3, 2]
    assert [page["startIndex"] for _path, page in pages(made)] == [0, 3, 6]
    collection = made[FILE]
    assert collection["total"] == 8
    met, address = [], collection["first"]
    while address:
        page = made[address.removeprefix(HERE)]
        assert page["id"] == address
        assert page["partOf"]["id"] == collection["id"]
        assert page.get("prev") == (met[-1] if met else None)
        met.append(address)
        address = page.get("next")
    assert met[-1] == collection["last"]
    assert len(met) == 3


def test_section_5_1_an_edition_without_records_has_an_empty_collection() -> None:
    made = files(Edition({}, {}, imprint=Imprint(title="E")))
    assert made == {
        FILE: {
            "@context": "http://www.w3.org/ns/anno.jsonld",
            "id": "../" + FILE,
            "type": "AnnotationCollection",
            "label": "E",
            "total": 0,
        }
    }
    assert faults(made) == []


# What a reader of JSON-LD keeps


def expanded(path: str, made: Json) -> tuple[Any, list[str]]:
    dropped: list[str] = []
    options = {"documentLoader": annotation_context.load, "base": HERE + path}
    return jsonld.expand(made, options, on_property_dropped=dropped.append), dropped


def resolved(made: Any, base: str) -> Any:
    """Give what was written with its references resolved, and lists of one as that one."""
    references = {"id", "source", "target", "via", "rights", "conformsTo", "partOf", "first"}
    references |= {"last", "next", "prev"}
    if isinstance(made, list):
        values = [resolved(one, base) for one in made]
        return values[0] if len(values) == 1 else values
    if isinstance(made, dict):
        return {
            name: urljoin(base, value)
            if name in references and isinstance(value, str)
            else [
                urljoin(base, one) if isinstance(one, str) else resolved(one, base) for one in value
            ]
            if name == "target" and isinstance(value, list) and len(value) > 1
            else resolved(value, base)
            for name, value in made.items()
        }
    return made


def values(expanded_: Any, keyword: str) -> Iterator[str]:
    if isinstance(expanded_, list):
        for one in expanded_:
            yield from values(one, keyword)
    elif isinstance(expanded_, dict):
        for name, value in expanded_.items():
            if name == keyword:
                yield from value if isinstance(value, list) else [value]
            else:
                yield from values(value, keyword)


@given(editions())
@RANDOM
def test_a_reader_of_json_ld_drops_nothing(edition: Edition) -> None:
    for path, made in files(edition).items():
        found, dropped = expanded(path, made)
        assert dropped == []
        assert all(one.startswith(("http://", "https://")) for one in values(found, "@id"))
        assert all(one.startswith("http://") for one in values(found, "@type"))
        options = {"documentLoader": annotation_context.load, "base": HERE + path}
        back = jsonld.compact(found, annotation_context.ADDRESS, options)
        assert resolved(back, HERE + path) == resolved(made, HERE + path)


def test_a_reader_of_json_ld_would_drop_a_term_that_is_not_in_the_context() -> None:
    _found, dropped = expanded(FILE, files(one_quote())[FILE] | {"relation": "tension"})
    assert dropped == ["relation"]


# What is an annotation


@given(editions())
@RANDOM
def test_every_record_is_there_with_the_words_it_has(edition: Edition) -> None:
    made = annotations(files(edition))
    by_id = {one["id"].rpartition("cite/")[2]: one for one in made}
    assert len(by_id) == len(made)
    exact: dict[str, list[str]] = {}
    for one in made:
        name = one["id"].rpartition("cite/")[2].partition(".html")[0]
        for target in targets(one):
            if isinstance(target, dict) and "selector" in target:
                within, plain = target["selector"]
                quotation, position = within["refinedBy"]
                assert plain == quotation
                assert position["end"] - position["start"] == len(quotation["exact"])
                exact.setdefault(name, []).append(quotation["exact"])
    for record in (*edition.quotes.values(), *edition.annotations.values()):
        assert exact[record.id] == [one.exact for one in segments(edition, record)]
    for quote in edition.quotes.values():
        statement = by_id[next(name for name in by_id if name.startswith(f"{quote.id}.html#"))]
        source = statement["body"][0]["source"]
        assert source["schema:text"] == edition.words(quote).text
        assert source["schema:spokenByCharacter"]["name"] == edition.speaker_name(quote)
        assert source.get("dcterms:date", "") == quote.spoken
    for note in edition.annotations.values():
        assert by_id[f"{note.id}.html#note"]["body"]["value"] == edition.text(note)
    for case in edition.contradictions.values():
        one = by_id[f"{case.id}.html#case"]
        assert one["motivation"] == "linking"
        assert [target["id"].rpartition("/")[2] for target in targets(one)] == [
            f"{side}.html" for side in case.between
        ]
        for answer in case.answered_by:
            assert by_id[f"{case.id}.html#answer/{answer}"]["motivation"] == "replying"


def test_each_record_has_its_licence_and_what_the_ledger_knows() -> None:
    entries = [
        Entry(day, "no-never", "quote", event, "0" * 64, "", "", "")
        for day, event in (("2024-06-01", "published"), ("2024-07-01", "revised"))
    ]
    edition = one_quote()
    edition.ledger = Ledger({"no-never": entries})
    edition.imprint = replace(edition.imprint, licence="CC-BY-4.0", editors=("A. Editor",))
    (made,) = annotations(files(edition))
    assert made["rights"] == "https://creativecommons.org/licenses/by/4.0/"
    assert made["created"] == "2024-06-01T00:00:00Z"
    assert made["modified"] == "2024-07-01T00:00:00Z"
    assert made["creator"] == {"name": "A. Editor"}
    edition.imprint = replace(edition.imprint, licence="Apache-2.0 OR MIT")
    (made,) = annotations(files(edition))
    assert "rights" not in made  # No address has these two.


def test_fragments_are_targets_of_one_annotation_in_their_order() -> None:
    (made,) = annotations(files(one_quote()))
    assert made["id"] == HERE + "cite/no-never.html#said/a"
    assert made["body"][0]["source"]["id"] == HERE + "cite/no-never.html"
    first, second = made["target"]
    assert (first["schema:position"], second["schema:position"]) == (1, 2)
    assert first["source"] == HERE + "a.html"
    assert first["selector"][0]["value"] == "p1"
    assert first["selector"][0]["conformsTo"] == "http://tools.ietf.org/rfc/rfc3236"
    assert first["selector"][1] == {
        "type": "TextQuoteSelector",
        "exact": "No",
        "prefix": "He said: “",
        "suffix": "” and “never”.",
    }
    assert second["selector"][0]["refinedBy"][1] == {
        "type": "TextPositionSelector",
        "start": 19,
        "end": 24,
    }


def test_what_is_not_known_is_not_there() -> None:
    (made,) = annotations(files(one_quote()))
    assert not {"created", "modified", "rights", "creator"} & made.keys()
    source = made["body"][0]["source"]
    assert "dcterms:date" not in source
    assert source["dcterms:source"] == {"label": "The Herald", "schema:identifier": "herald"}
    assert made["body"][1]["value"] == "Ann Arden; The Herald"


@pytest.mark.parametrize("relation", ["", "contrary", "contradictory", "tension"])
def test_a_tension_is_said_to_be_one_and_both_sides_have_the_same_form(relation: str) -> None:
    other = Quote("yes", Origin("more", 1), "ann", "herald", block="Yes, always.")
    case = Contradiction(
        "case",
        Origin("more", 9),
        between=("no-never", "yes"),
        relation=relation,
        answered_by=("yes",),
        at_issue=(("yes", "Yes"), ("yes", "always"), ("no-never", "never")),
        text="The case.",
    )
    made = {
        one["id"].rpartition("cite/")[2]: one
        for one in annotations(files(with_records(one_quote(), other, case)))
    }
    one = made["case.html#case"]
    assert one["dcterms:type"] == ("tension" if relation == "tension" else "contradiction")
    if relation == "tension":
        assert "contradiction" not in one["dcterms:type"] + one["label"] + one["id"]
    first, second = one["target"]
    assert first.keys() == second.keys()
    assert [field["schema:value"] for field in second["schema:additionalProperty"]] == [
        "Yes",
        "always",
    ]
    relations = [
        field["schema:value"]
        for field in one.get("schema:additionalProperty", ())
        if field["schema:propertyID"] == "relation"
    ]
    assert relations == [relation] * bool(relation)
    answer = made["case.html#answer/yes"]
    assert answer["target"]["id"].endswith("cite/case.html")
    assert answer["body"]["source"]["schema:text"] == "Yes, always."


def test_a_note_or_case_on_nothing_that_is_there_is_no_annotation() -> None:
    note = Annotation("note", Origin("more", 1), on="nobody", text="Of whom?")
    case = Contradiction("case", Origin("more", 5), between=("no-never", "gone"), text="A case.")
    found = annotations(files(with_records(one_quote(), note, case)))
    assert [one["id"] for one in found] == [HERE + "cite/no-never.html#said/a"]


@pytest.mark.parametrize("type_", sorted(MOTIVATIONS))
def test_a_note_has_the_motivation_of_its_type_and_says_the_type(type_: str) -> None:
    note = Annotation(
        "note",
        Origin("more", 1),
        on="no-never",
        type=type_,
        editor="E.",
        date="2024-05~",
        text="N.",
    )
    made = annotations(files(with_records(one_quote(), note)))[-1]
    assert made["target"] == HERE + "cite/no-never.html"
    assert made["motivation"] == made["body"]["purpose"] == MOTIVATIONS[type_]
    assert made["schema:additionalProperty"][0]["schema:value"] == type_
    assert made["body"]["creator"] == {"name": "E."}
    assert made["body"]["dcterms:date"] == "2024-05~"
    _found, dropped = expanded(FILE, {"@context": annotation_context.ADDRESS, **made})
    assert dropped == []


def test_where_the_edition_has_no_address_references_are_relative_to_the_file() -> None:
    edition = one_quote()
    edition.imprint = replace(edition.imprint, address="")
    made = files(edition)
    for path, one in made.items():
        assert urljoin(HERE + path, one["id"]) == HERE + path
    (annotation,) = annotations(made)
    page = HERE + f"{FOLDER}/1.jsonld"
    assert urljoin(page, annotation["id"]) == HERE + "cite/no-never.html#said/a"
    assert urljoin(page, annotation["target"][0]["source"]) == HERE + "a.html"


def test_memory_does_not_grow_with_the_collection() -> None:
    """Only one page's annotations are made at a time, and each when it is asked for."""
    asked = count()
    edition = one_quote()
    quotes = [Quote(f"q{n}", Origin("more", n), "ann", "herald", block="Yes.") for n in range(1000)]
    edition = with_records(edition, *quotes)
    made = iter(FORMAT.files(edition))
    next(made)
    _path, content = next(made)
    assert not callable(content)
    assert not isinstance(content, list | tuple | bytes)
    assert sum(1 for _piece in content if next(asked) >= 0) == PAGE_SIZE + 2


def test_words_of_20_000_characters_and_every_script_are_untouched(tmp_path: Path) -> None:
    words = "قال: «لا» <b> & ]]> \"'“” 👩‍👩‍👧‍👦 e\u0301 " * 500 + "end"
    edition = with_records(
        one_quote(), Quote("long", Origin("more", 1), "ann", "herald", block=words)
    )
    (made,) = [one for one in annotations(files(edition)) if "long" in one["id"]]
    assert made["body"][0]["source"]["schema:text"] == words
    assert made["target"]["selector"][1]["exact"] == words
