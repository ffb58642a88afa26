"""schema.org: what a page's head says of a record, read out of HTML and expanded as JSON-LD."""

from __future__ import annotations

import json
from html.parser import HTMLParser
from typing import Any

import pytest
from bs4 import BeautifulSoup
from conftest import Project
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from ontherecord import load
from ontherecord.edition import Edition
from ontherecord.exchange import schema_org
from ontherecord.exchange.schema_org import as_script
from ontherecord.imprint import Imprint
from ontherecord.records import Document, Origin, Post, Quote, Speaker
from ontherecord.values import replace
from pyld import jsonld
from random_editions import HARD, editions

SCHEMA = "https://schema.org/"
ADDRESSES = ("url", "sameAs", "license")
DATES = ("dateCreated", "datePublished", "startDate", "endDate")

TERMS = {
    "Quotation": {"spokenByCharacter"},
    "Claim": {"appearance"},
    "CreativeWork": {
        *("about", "mentions", "citation", "text", "creator", "author", "editor", "keywords"),
        *("dateCreated", "datePublished", "inLanguage", "isPartOf", "license", "publisher"),
        *("creativeWorkStatus", "headline", "hasPart"),
    },
    "Person": {"familyName", "affiliation", "hasOccupation"},
    "Organization": {"memberOf"},
    "Role": {"startDate", "endDate", "roleName", "affiliation", "hasOccupation", "memberOf"},
    "Thing": {
        *("name", "url", "identifier", "sameAs", "description", "alternateName"),
        "additionalType",
    },
    "Occupation": set(),
}
"""The properties that we use, by the type that schema.org has them on."""
ABOVE = {
    "Quotation": "CreativeWork",
    "Claim": "CreativeWork",
    "Comment": "CreativeWork",
    "NewsArticle": "CreativeWork",
    "Collection": "CreativeWork",
    "OrganizationRole": "Role",
}


def loader(url: str, _options: object) -> dict[str, Any]:
    """Stand in for schema.org's context, which is not to be had here."""
    assert url == "https://schema.org"
    terms: dict[str, Any] = {name: {"@id": SCHEMA + name, "@type": "@id"} for name in ADDRESSES}
    terms |= {name: {"@id": SCHEMA + name, "@type": f"{SCHEMA}Date"} for name in DATES}
    document = {"@context": {"@vocab": SCHEMA, **terms}}
    return {"document": document, "documentUrl": url, "contextUrl": None}


def in_page(data: dict[str, Any]) -> dict[str, Any]:
    """Give what a browser finds in the script element, and nothing beside it."""
    script = as_script(data)
    page = f'<head><script type="application/ld+json">{script}</script><title>T</title></head>'
    soup = BeautifulSoup(page, "html.parser")
    assert [tag.name for tag in soup.find_all(True)] == ["head", "script", "title"]
    found = soup.script
    assert found is not None
    read: dict[str, Any] = json.loads(found.get_text())
    assert read == data

    class Tags(HTMLParser):
        seen: list[str] = []

        def handle_starttag(self, tag: str, attrs: object) -> None:
            self.seen = [*self.seen, tag]

    parser = Tags()
    parser.feed(page)
    assert parser.seen == ["head", "script", "title"]
    return read


def expanded(data: dict[str, Any]) -> dict[str, Any]:
    (found,) = jsonld.expand(in_page(data), {"documentLoader": loader})
    hold_to_vocabulary(found)
    found_: dict[str, Any] = found
    return found_


def hold_to_vocabulary(node: Any) -> None:
    """See that every property is one of schema.org's for the node's types; see TERMS."""
    if isinstance(node, list):
        for one in node:
            hold_to_vocabulary(one)
    elif isinstance(node, dict) and "@value" not in node:
        types = [one.removeprefix(SCHEMA) for one in node.get("@type", [])]
        types += [ABOVE[one] for one in types if one in ABOVE]
        assert not {"ClaimReview", "Rating", "Review"} & set(types)
        allowed = set(TERMS["Thing"]).union(*(TERMS.get(one, set()) for one in types))
        properties = {key.removeprefix(SCHEMA) for key in node if not key.startswith("@")}
        assert properties <= allowed, (types, properties - allowed)
        for value in node.values():
            hold_to_vocabulary(value)


def values(node: dict[str, Any], name: str) -> list[Any]:
    return [one.get("@value", one.get("@id", one)) for one in node.get(SCHEMA + name, [])]


@given(editions())
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
def test_every_record_is_json_ld(edition: Edition) -> None:
    address = edition.imprint.address
    for key, record in edition.records.items():
        found = expanded(schema_org.of_record(edition, record))
        assert values(found, "identifier") == [key]
        assert found.get("@id") == (f"{address}cite/{key}.html" if address else None)
        if key not in edition.speakers:
            assert values(found, "license") == [edition.imprint.licence_address]
    for key, quote in edition.quotes.items():
        found = expanded(schema_org.of_quote(edition, quote))
        assert values(found, "text") == [edition.words(quote).text]
        types = ["Quotation", "Claim"] if edition.is_contradicted(key) else ["Quotation"]
        assert found["@type"] == [SCHEMA + one for one in types]
        assert bool(found.get(f"{SCHEMA}appearance")) is ("Claim" in types)
        is_date = quote.spoken in {"2017", "2017-02", "2017-02-23", "1789"}
        assert values(found, "dateCreated") == ([quote.spoken] if is_date else [])
        assert values(found, "keywords") == list(quote.topics)
        assert values(found, "inLanguage") == [quote.lang or "en"]
        (speaker,) = found[f"{SCHEMA}spokenByCharacter"]
        named = edition.speakers[quote.speaker]
        is_body = named.kind == "organisation"
        assert speaker["@type"] == [SCHEMA + ("Organization" if is_body else "Person")]
        where = "description" if named.kind == "unnamed" else "name"
        assert named.name in values(speaker, where)
        assert (f"{SCHEMA}name" in speaker) is (named.kind != "unnamed")
        (article,) = found[f"{SCHEMA}isPartOf"]
        assert values(article, "headline") == [edition.documents[edition.home(quote)].title]
        cited = [values(one, "url") for one in found[f"{SCHEMA}citation"]]
        assert (["https://post.example/a?b=1&c=2"] in cited) is (
            "post-2024" in edition.sources_of(quote)
        )


@given(editions())
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
def test_a_case_gives_each_side_in_the_same_form_and_no_verdict(edition: Edition) -> None:
    case = replace(edition.contradictions["case-1"], status="conceded", editor="A. Editor")
    data = schema_org.of_contradiction(edition, case)
    found = expanded(data)
    assert found["@type"] == [f"{SCHEMA}CreativeWork"]
    kinds = values(found, "additionalType")
    if case.relation == "tension":
        assert kinds == ["tension"]
        assert "contradiction" not in json.dumps(data)
    else:
        assert kinds[0] == "contradiction"
        assert kinds[1:] == (
            [f"{edition.imprint.address}record/edition.schema.json#/$defs/ContradictionShape"]
            if edition.imprint.address
            else []
        )
    sides = found[f"{SCHEMA}about"]
    assert [values(side, "identifier") for side in sides] == [[one] for one in case.between]
    for side, name in zip(sides, case.between, strict=True):
        assert side["@type"] == [f"{SCHEMA}Quotation"]
        assert values(side, "text") == [edition.words(edition.quotes[name]).text]
    answers = found.get(f"{SCHEMA}mentions", [])
    assert [values(one, "identifier")[0] for one in answers] == list(case.answered_by)
    assert values(found, "text") == [edition.text(case)]
    assert values(found, "creativeWorkStatus") == ["conceded"]


@given(editions())
@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
def test_an_article(edition: Edition) -> None:
    for docname, article in edition.articles.items():
        found = expanded(schema_org.of_article(edition, docname))
        assert values(found, "headline") == [article.title]
        assert values(found, "datePublished") == [article.date]
        assert values(found, "description") == [one for one in [article.description] if one]
        assert f"{SCHEMA}publisher" not in found
        here = [quote.id for quote in edition.quotes_by_document.get(docname, [])]
        parts = found.get(f"{SCHEMA}hasPart", [])
        assert [part["@id"] for part in parts] == (
            [edition.imprint.of_record(one) for one in here] if edition.imprint.address else []
        )
    with pytest.raises(KeyError):
        schema_org.of_article(edition, "annotations/speakers")


@given(st.text())
@settings(max_examples=200)
def test_no_text_gets_out_of_the_element(text: str) -> None:
    in_page({"text": text})


@pytest.mark.parametrize(
    "text",
    [*HARD, "</script><b>", "<!--<script>", "]]>", "&lt;/script&gt;", "a\u2028b", "x" * 20_000],
)
def test_hard_words_come_through(text: str) -> None:
    script = as_script({"text": text})
    assert not set("<>&\n") & set(script)
    assert in_page({"text": text}) == {"text": text}


def edition_of(speaker: Speaker, quote: Quote) -> Edition:
    document = Document("a", "A", date="2024-05-01", records=(speaker, quote))
    return Edition({"a": document}, {}, imprint=Imprint("E"))


def test_posts_are_roles_with_their_dates() -> None:
    posts = (
        Post("Mayor", "Town", "2017-01-20/2017-07"),
        Post("Poet", "", "2016/.."),
        Post("Clerk", "Court", "2015~/2016-12?"),
        Post("Guest", "Club", "2017"),
    )
    speaker = Speaker("s", Origin("a", 1), "S", posts=posts)
    quote = Quote("q", Origin("a", 2), "s", "k", block="W.", spoken="2017-02-23")
    edition = edition_of(speaker, quote)
    found = expanded(schema_org.of_speaker(edition, speaker))
    roles = found[f"{SCHEMA}affiliation"]
    assert [
        (values(one, "roleName"), values(one, "startDate"), values(one, "endDate")) for one in roles
    ] == [
        (["Mayor"], ["2017-01-20"], ["2017-07"]),
        (["Clerk"], [], []),
        (["Guest"], [], []),
    ]
    (occupation,) = found[f"{SCHEMA}hasOccupation"]
    assert (values(occupation, "startDate"), values(occupation, "endDate")) == (["2016"], [])
    spoken_by = schema_org.of_quote(edition, quote)["spokenByCharacter"]
    assert [one["roleName"] for one in spoken_by["affiliation"]] == ["Mayor", "Guest"]


@pytest.mark.parametrize(
    ("spoken", "time", "time_is", "created"),
    [
        ("2017-02-23", "13:32-05:00", "spoken", "2017-02-23T13:32-05:00"),
        ("2017-02-23", "13:32-05:00", "reported", "2017-02-23"),
        ("2017-02", "13:32-05:00", "spoken", "2017-02"),
        ("2017-21", "", "reported", None),
        ("2017-02~", "", "reported", None),
        ("2017-02-20/2017-02-24", "", "reported", None),
        ("", "", "reported", None),
    ],
)
def test_only_dates_of_iso_8601_are_said(
    spoken: str, time: str, time_is: str, created: str | None
) -> None:
    quote = Quote(
        "q", Origin("a", 2), "s", "k", block="W.", spoken=spoken, time=time, time_is=time_is
    )
    edition = edition_of(Speaker("s", Origin("a", 1), "S"), quote)
    assert schema_org.of_quote(edition, quote).get("dateCreated") == created


def test_the_editions_own_records(first_edition: Project) -> None:
    edition = load(first_edition.build().out)
    for record in edition.records.values():
        expanded(schema_org.of_record(edition, record))
    for docname in edition.articles:
        expanded(schema_org.of_article(edition, docname))
    schema = json.loads((first_edition.build().out / "record/edition.schema.json").read_text())
    assert "ContradictionShape" in schema["$defs"], "what additionalType points at"
