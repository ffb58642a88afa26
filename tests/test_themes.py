"""The extension under the themes that editions use, and outside links."""

from __future__ import annotations

import http.server
import threading
from collections.abc import Iterator

import pytest
from conftest import Project, make_edition, one


@pytest.mark.parametrize(
    "theme", ["alabaster", "basic", "furo", "ontherecord", "pydata_sphinx_theme", "shibuya"]
)
def test_theme(edition: Project, theme: str) -> None:
    edition.put("registers.md", "# R\n\n:::{quotes}\n:::\n:::{timeline}\n:::\n")
    build = edition.build("html", "-W", "-D", f"html_theme={theme}")
    assert (build.code, build.warnings) == (0, "")
    page = build.soup("article.html")
    assert one(page, "[id='quote-ann-open']").get_text() == "The library stays open."
    assert page.select("details.record-cards .record-card")
    assert page.select("link[href*='ontherecord.css']")


def test_the_edition_has_links_to_its_registers_on_every_page(first_edition: Project) -> None:
    build = first_edition.build()
    page = build.soup("articles/2017-02-23-no-mass-deportations.html")
    links = {link.get_text(): link for link in page.select("header nav a, footer a")}
    assert links["Statements"]["href"] == "../annotations/quotes.html"
    assert links["Speakers"]["href"] == "../annotations/speakers.html"
    assert links["Articles"]["aria-current"] == "true"
    assert page.select("nav .toctree-l1") == [], "no table of contents on every page"


def test_the_page_for_what_is_not_found_has_a_base(first_edition: Project) -> None:
    build = first_edition.build(
        "html", "-D", "html_baseurl=https://record.example/en/stable/", out="based"
    )
    page = build.soup("404.html")
    assert one(page, "base")["href"] == "https://record.example/en/stable/"
    assert (
        one(build.soup("index.html"), "link[rel=canonical]")["href"]
        == "https://record.example/en/stable/index.html"
    )
    assert build.soup("index.html").select("base") == []


class _Site(http.server.BaseHTTPRequestHandler):
    def do_HEAD(self) -> None:
        self.send_response(200 if self.path == "/there" else 404)
        self.end_headers()

    do_GET = do_HEAD

    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture
def site() -> Iterator[str]:
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), _Site)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()


def test_linkcheck_reports_outside_links(site: str, tmp_path: object) -> None:
    edition = make_edition(tmp_path / "edition", "linkcheck_retries = 1\nlinkcheck_timeout = 5\n")  # type: ignore[operator]
    edition.put(
        "references.bib",
        f"@misc{{herald-2024, organization={{H}}, url={{{site}/there}}}}\n"
        f"@misc{{post-2024, organization={{P}}, url={{{site}/gone}}}}\n",
    )
    edition.put("sources.md", "# S\n\n```{bibliography}\n:all:\n```\n")
    build = edition.build("linkcheck")
    output = build.text("output.txt")
    assert f"{site}/gone" in output
    assert "[broken]" in output
    assert f"{site}/there" not in output
    assert "record." not in build.warnings
