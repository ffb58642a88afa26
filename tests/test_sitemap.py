"""The sitemap: what the protocol allows, whole addresses alone, and nobody else's file."""

from __future__ import annotations

import datetime
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from conftest import Project
from hypothesis import HealthCheck, given, settings
from lxml import etree
from ontherecord.edition import Edition
from ontherecord.exchange.format import export, known
from ontherecord.exchange.formats import sitemap
from ontherecord.imprint import Imprint, Page
from ontherecord.records import Document, Origin, Speaker
from random_editions import editions

ADDRESS = "https://edition.example/en/stable/"

# The rules of https://www.sitemaps.org/schemas/sitemap/0.9/sitemap.xsd and siteindex.xsd for
# the elements that are used, in our own words.
XSD = f"""
<xsd:schema xmlns:xsd="http://www.w3.org/2001/XMLSchema" targetNamespace="{sitemap.SCHEMA}"
    xmlns="{sitemap.SCHEMA}" xmlns:s="{sitemap.SCHEMA}" elementFormDefault="qualified">
  <xsd:simpleType name="address"><xsd:restriction base="xsd:anyURI">
    <xsd:minLength value="12"/><xsd:maxLength value="2048"/></xsd:restriction></xsd:simpleType>
  <xsd:simpleType name="moment">
    <xsd:union memberTypes="xsd:date xsd:dateTime"/></xsd:simpleType>
  <xsd:complexType name="entry"><xsd:sequence>
    <xsd:element name="loc" type="address"/>
    <xsd:element name="lastmod" type="moment" minOccurs="0"/></xsd:sequence></xsd:complexType>
  <xsd:element name="urlset"><xsd:complexType><xsd:sequence>
    <xsd:element name="url" type="entry" maxOccurs="50000"/></xsd:sequence></xsd:complexType>
    <xsd:unique name="once"><xsd:selector xpath="s:url"/><xsd:field xpath="s:loc"/></xsd:unique>
  </xsd:element>
  <xsd:element name="sitemapindex"><xsd:complexType><xsd:sequence>
    <xsd:element name="sitemap" type="entry" maxOccurs="50000"/>
  </xsd:sequence></xsd:complexType></xsd:element>
</xsd:schema>
"""


def written(edition: Edition) -> dict[str, bytes]:
    files = {}
    for path, content in sitemap.FORMAT.files(edition):
        assert not callable(content)
        files[path] = b"".join(content)
    return files


def read(content: bytes) -> dict[str, str | None]:
    """Hold a file against the protocol, and give its addresses, each with its day."""
    assert len(content) <= 50 * 1024 * 1024
    root = etree.fromstring(content)
    etree.XMLSchema(etree.fromstring(XSD)).assertValid(root)
    name = f"{{{sitemap.SCHEMA}}}"
    found = {str(one.findtext(f"{name}loc")): one.findtext(f"{name}lastmod") for one in root}
    for address in found:
        assert address.isascii()
        assert urlsplit(address).scheme == "https"
        assert address.startswith(ADDRESS)
    return found


@given(editions())
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
def test_every_page_is_there_with_the_days_that_are_known(edition: Edition) -> None:
    files = written(edition)
    if not edition.imprint.address:
        assert files == {}
        return
    found = read(files["sitemap.xml"])
    records = {edition.imprint.of_record(one): one for one in edition.records}
    pages = {edition.imprint.of_page(one): one for one in edition.imprint.pages}
    assert found.keys() == records.keys() | pages.keys()
    entered = {one: entries[-1].date for one, entries in edition.ledger.entries.items()}
    for address, identifier in records.items():
        assert found[address] == entered.get(identifier)
    for address, docname in pages.items():
        of_page = [
            day
            for one, day in entered.items()
            if one in edition.records and edition.home(edition.records[one]) == docname
        ]
        assert found[address] == max(of_page, default=None)
    for day in filter(None, found.values()):
        datetime.date.fromisoformat(day)


def many(count: int, length: int = 0) -> Edition:
    people = [
        Speaker(f"s{number:05}{'x' * length}", Origin("p", number), "S") for number in range(count)
    ]
    document = Document("p", "P", records=tuple(people))
    pages = {"p": Page("P", "p.html"), "q": Page("Q", "p.html#q"), "ñ ö": Page("N", "ñ ö.html")}
    return Edition({"p": document}, {}, imprint=Imprint("E", address=ADDRESS, pages=pages))


def test_one_page_is_named_once_and_addresses_are_escaped() -> None:
    found = read(written(many(1))["sitemap.xml"])
    assert list(found) == [
        f"{ADDRESS}p.html",
        f"{ADDRESS}%C3%B1%20%C3%B6.html",
        f"{ADDRESS}cite/s00000.html",
    ]


@pytest.mark.parametrize("limit", ["MOST_ADDRESSES", "MOST_BYTES"])
def test_above_the_limits_there_is_an_index(limit: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sitemap, limit, {"MOST_ADDRESSES": 10, "MOST_BYTES": 2048}[limit])
    edition = many(33)
    files = written(edition)
    index = read(files.pop("sitemap.xml"))
    assert list(index) == [ADDRESS + name for name in files]
    assert len(files) == {"MOST_ADDRESSES": 4, "MOST_BYTES": 3}[limit]
    parts = [read(content) for content in files.values()]
    if limit == "MOST_ADDRESSES":
        assert [len(part) for part in parts] == [10, 10, 10, 5]
    assert all(len(content) <= 2048 for content in files.values())
    assert len({address for part in parts for address in part}) == 35


def test_the_protocols_own_limit() -> None:
    files = written(many(50_001))
    assert list(files) == ["sitemap.xml", "sitemap-1.xml", "sitemap-2.xml"]
    assert [len(read(files[f"sitemap-{number}.xml"])) for number in (1, 2)] == [50_000, 3]


def test_an_address_that_is_too_long_is_left_out() -> None:
    assert len(read(written(many(2, 2100))["sitemap.xml"])) == 2


def test_parts_that_are_no_longer_needed_go_and_others_files_stay(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    theirs = tmp_path / "sitemap-2024-news.xml"
    theirs.write_text("theirs")
    with monkeypatch.context() as patched:
        patched.setattr(sitemap, "MOST_ADDRESSES", 10)
        export(many(20), tmp_path, ["sitemap"])
    assert (tmp_path / "sitemap-3.xml").is_file()
    export(many(20), tmp_path, ["sitemap"])
    assert sorted(path.name for path in tmp_path.iterdir()) == [theirs.name, "sitemap.xml"]
    edition = many(20)
    edition.imprint = replace(edition.imprint, address="")
    export(edition, tmp_path, ["sitemap"])
    assert [path.name for path in tmp_path.iterdir()] == [theirs.name]


ADDRESSED = f'\nrecord_address = "{ADDRESS}"\n'


def test_what_html_extra_path_brings_is_left_as_it_is(edition: Project) -> None:
    conf = (edition.folder / "conf.py").read_text()
    edition.put("mine/sitemap.xml", "mine")
    edition.put("mine/record/feed.atom", "my feed")
    edition.put("llms.txt", "also mine")
    edition.put(
        "conf.py",
        conf
        + ADDRESSED
        + 'html_extra_path = ["mine", "llms.txt"]\nexclude_patterns = ["mine/**"]\n',
    )
    for _time in range(2):
        out = edition.build().out
        assert (out / "sitemap.xml").read_text() == "mine"
        assert (out / "record/feed.atom").read_text() == "my feed"
        assert (out / "llms.txt").read_text() == "also mine"
    edition.put("conf.py", (edition.folder / "conf.py").read_text() + "record_exports = False\n")
    out = edition.build().out
    assert (out / "sitemap.xml").read_text() == "mine"
    assert (out / "llms.txt").read_text() == "also mine"
    assert not (out / "record/linkset.json").exists()
    edition.put("conf.py", conf + ADDRESSED)
    out = edition.build().out
    assert len(read((out / "sitemap.xml").read_bytes())) == 6, "ours again"
    assert (out / "llms.txt").read_text().startswith("# An edition\n")


@pytest.mark.parametrize(
    ("pattern", "is_theirs"),
    [("**/sitemap.xml", False), ("sitemap.xml", True), ("mine/sitemap.xml", True)],
)
def test_what_sphinx_leaves_out_of_html_extra_path_is_ours(
    pattern: str, is_theirs: bool, edition: Project
) -> None:
    conf = (edition.folder / "conf.py").read_text()
    edition.put("mine/sitemap.xml", "mine")
    extra = f'html_extra_path = ["mine", "no"]\nexclude_patterns = ["{pattern}"]\n'
    edition.put("conf.py", conf + ADDRESSED + extra)
    content = (edition.build().out / "sitemap.xml").read_bytes()
    if is_theirs:
        assert content == b"mine"
    else:
        assert len(read(content)) == 6


def test_another_extensions_sitemap_stays(edition: Project) -> None:
    edition.put(
        "sphinx_sitemap.py",
        """
        def write(app, exception):
            with open(app.outdir / "sitemap.xml", "w") as file:
                file.write("another's")

        def setup(app):
            app.connect("build-finished", write, priority=100)
        """,
    )
    conf = (
        (edition.folder / "conf.py")
        .read_text()
        .replace('["ontherecord"]', '["ontherecord", "sphinx_sitemap"]')
    )
    edition.put(
        "conf.py", f"import sys\nsys.path.insert(0, {str(edition.folder)!r})\n{conf}{ADDRESSED}"
    )
    assert (edition.build().out / "sitemap.xml").read_text() == "another's"
    edition.put("conf.py", (edition.folder / "conf.py").read_text() + "record_exports = ['json']\n")
    assert (edition.build().out / "sitemap.xml").read_text() == "another's"


def test_the_names_are_found() -> None:
    assert {"feed", "linkset", "llms", "sitemap"} <= known().keys()
