"""Typed links and the linkset: what FAIR Signposting and RFC 9264 want, and no dead link."""

from __future__ import annotations

import json
import re
from typing import Any
from urllib.parse import urljoin, urlsplit

import pytest
from conftest import Project
from hypothesis import HealthCheck, given, settings
from jsonschema import Draft202012Validator
from ontherecord.edition import Edition
from ontherecord.exchange.formats import linkset
from ontherecord.exchange.offered import published
from ontherecord.exchange.signposting import (
    TypedLink,
    authority_addresses,
    links_of_article,
    links_of_edition,
    links_of_record,
)
from ontherecord.imprint import Imprint
from ontherecord.records import Document, Origin, Speaker
from random_editions import editions

# RFC 9264, 4.2: a set of links has one member; a context has an anchor and relation types, each
# with a list of targets; a target has an href; attributes that are not RFC 8288's are lists.
LINKSET = {
    "type": "object",
    "required": ["linkset"],
    "additionalProperties": False,
    "properties": {
        "linkset": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["anchor"],
                "minProperties": 2,
                "properties": {"anchor": {"type": "string", "minLength": 1}},
                # A registered relation type in lower case, or a URI (RFC 8288, 2.1).
                "propertyNames": {"pattern": "^([a-z][a-z0-9.-]*|https?://.+)$"},
                "additionalProperties": {
                    "type": "array",
                    "minItems": 1,
                    "items": {
                        "type": "object",
                        "required": ["href"],
                        "properties": {
                            "href": {"type": "string", "minLength": 1},
                            "type": {"type": "string", "pattern": "^[a-z]+/[a-z0-9.+-]+$"},
                            "media": {"type": "string"},
                            "title": {"type": "string"},
                            "hreflang": {"type": "array", "items": {"type": "string"}},
                        },
                        "additionalProperties": {
                            "type": "array",
                            "minItems": 1,
                            "items": {"type": ["string", "object"]},
                        },
                    },
                },
            },
        }
    },
}
REGISTERED = {
    *("cite-as", "author", "license", "describedby", "type", "item", "collection"),
    *("alternate", "linkset"),
}
"""Relation types that we use, all in IANA's registry."""


def everything(_path: str) -> bool:
    return True


def of(links: tuple[TypedLink, ...], rel: str) -> list[str]:
    return [link.href for link in links if link.rel == rel]


def written(edition: Edition) -> dict[str, Any]:
    ((path, content),) = linkset.FORMAT.files(edition)
    assert path == "record/linkset.json"
    assert not callable(content)
    read: dict[str, Any] = json.loads(b"".join(content))
    Draft202012Validator(LINKSET).validate(read)
    return read


@given(editions())
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
def test_a_records_links(edition: Edition) -> None:
    address = edition.imprint.address
    for key, record in edition.records.items():
        links = links_of_record(edition, record, everything)
        assert {link.rel for link in links} <= REGISTERED
        assert len(set(links)) == len(links)
        assert of(links, "cite-as") == [f"{address}cite/{key}.html"]
        assert of(links, "license") == ["https://creativecommons.org/licenses/by/4.0/"]
        assert of(links, "collection") == [address or "./"]
        assert of(links, "linkset") == [f"{address}record/linkset.json"]
        described = [(one.href, one.type) for one in links if one.rel == "describedby"]
        assert described == [
            (f"{address}cite/{key}.bib", "application/x-bibtex"),
            (f"{address}cite/{key}.ris", "application/x-research-info-systems"),
            (f"{address}cite/{key}.json", "application/vnd.citationstyles.csl+json"),
        ]
        about, *types = of(links, "type")
        assert about == "https://schema.org/AboutPage"
        if key in edition.quotes:
            is_claim = edition.is_contradicted(key)
            assert ("https://schema.org/Claim" in types) is is_claim
            assert types[0] == "https://schema.org/Quotation"
            speaker = edition.speakers[edition.quotes[key].speaker]
            known = ["https://www.wikidata.org/entity/Q42"] if speaker.authorities else []
            assert of(links, "author") == known
        else:
            assert of(links, "author") == []
            kind = getattr(record, "kind", "")
            expected = {"organisation": "Organization", "person": "Person", "unnamed": "Person"}
            names = {"note-1": "Comment", "case-1": "CreativeWork"}
            assert types == [f"https://schema.org/{names.get(key) or expected[kind]}"]
        for link in links:
            assert not link.href.startswith("/")
            assert bool(address) <= bool(urlsplit(link.href).scheme)


@given(editions())
@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
def test_an_articles_and_the_editions_links(edition: Edition) -> None:
    address = edition.imprint.address
    for docname in edition.articles:
        links = links_of_article(edition, docname, everything)
        assert of(links, "cite-as") == [edition.imprint.of_page(docname)]
        assert of(links, "type") == ["https://schema.org/NewsArticle"]
        assert (
            TypedLink("describedby", f"{address}record/tei/{docname}.xml", "application/tei+xml")
            in links
        )
        assert of(links, "author") == []
    links = links_of_edition(edition, everything)
    items = {one.href: (one.type, one.profile) for one in links if one.rel == "item"}
    assert items[f"{address}record/edition.json"] == ("application/json", "")
    assert items[f"{address}record/quotes.csv"] == ("text/csv", "")
    assert items[f"{address}record/web-annotations.jsonld"] == (
        "application/ld+json",
        "http://www.w3.org/ns/anno.jsonld",
    )
    assert of(links, "alternate") == [f"{address}record/feed.atom"]
    assert of(links_of_edition(edition, lambda _path: False), "item") == []


@given(editions())
@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
def test_the_linkset_is_what_rfc_9264_says(edition: Edition) -> None:
    base = edition.imprint.address or "https://somewhere.example/"
    contexts = {
        urljoin(f"{base}record/linkset.json", one["anchor"]): one
        for one in written(edition)["linkset"]
    }
    records = {f"{base}cite/{key}.html" for key in edition.records}
    articles = {f"{base}{name}.html" for name in edition.articles}
    assert contexts.keys() == records | articles | {base}
    for anchor, context in contexts.items():
        assert "linkset" not in context
        targets = [
            (rel, target) for rel, listed in context.items() if rel != "anchor" for target in listed
        ]
        if edition.imprint.address:
            assert all(urlsplit(target["href"]).scheme for _rel, target in targets)
        found = {(rel, urljoin(f"{base}record/linkset.json", one["href"])) for rel, one in targets}
        assert ("cite-as", anchor) in found
        if anchor != base:
            assert ("collection", base) in found


def test_a_profile_is_an_extension_attribute() -> None:
    imprint = Imprint("E", formats=("web-annotations", "linkset"))
    (front,) = written(Edition({}, {}, imprint=imprint))["linkset"]
    profiles = [item["profile"] for item in front["item"] if "profile" in item]
    assert profiles == [["http://www.w3.org/ns/anno.jsonld"]]


def test_only_what_is_published_is_linked() -> None:
    everything = published(Edition({}, {}, imprint=Imprint("E")))
    assert everything("record/edition.json")
    assert everything("record/tei/articles/two.xml")
    assert not everything("record/nothing.json")
    assert not everything("record/parquet/quotes.parquet")
    some = published(Edition({}, {}, imprint=Imprint("E", formats=("tei", "no-such-format"))))
    assert some("record/tei/one.xml")
    assert some("record/tei/articles/two.xml")
    assert not some("record/tei/one.html")
    assert not some("record/edition.json")


@pytest.mark.parametrize(
    ("given", "address"),
    [
        (("wikidata", "Q42"), "https://www.wikidata.org/entity/Q42"),
        (("isni", "0000 0001 2103 2683"), "https://isni.org/isni/0000000121032683"),
        (("gnd", "118559737"), "https://d-nb.info/gnd/118559737"),
        (("viaf", "75121530"), "https://viaf.org/viaf/75121530"),
        (("lcnaf", "n 80126223"), "https://id.loc.gov/authorities/names/n80126223"),
        (("orcid", "0000-0002-1825-0097"), "https://orcid.org/0000-0002-1825-0097"),
        (
            ("orcid", "https://orcid.org/0000-0002-1825-0097"),
            "https://orcid.org/0000-0002-1825-0097",
        ),
        (("gnd", 'a"><b>'), ""),
        (("unheard-of", "1"), ""),
    ],
)
def test_files_of_names(given: tuple[str, str], address: str) -> None:
    speaker = Speaker("a", Origin("d", 1), "A", authorities=(given,))
    assert authority_addresses(speaker) == ((address,) if address else ())


def test_docnames_are_escaped() -> None:
    document = Document("a b/ñ", "A", date="2024-05-01")
    edition = Edition({"a b/ñ": document}, {}, imprint=Imprint("E"))
    links = links_of_article(edition, "a b/ñ", everything)
    citations = [f"record/articles/a%20b/%C3%B1.{suffix}" for suffix in ("bib", "ris", "json")]
    assert of(links, "describedby") == [*citations, "record/tei/a%20b/%C3%B1.xml"]


def test_a_built_edition_has_no_dead_link(first_edition: Project) -> None:
    build = first_edition.build()
    read = json.loads(build.text("record/linkset.json"))
    Draft202012Validator(LINKSET).validate(read)
    for context in read["linkset"]:
        for rel, listed in context.items():
            for target in [{"href": context["anchor"]}] if rel == "anchor" else listed:
                href = target["href"]
                if not urlsplit(href).scheme:
                    path = (build.out / "record" / re.sub("#.*", "", href)).resolve()
                    assert path.exists(), href
