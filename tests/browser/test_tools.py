"""The lock of what npm brings, and the checks themselves: each finds what it is there to find."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from browser import accessibility, layout, links, validity
from browser.conftest import Window
from browser.serving import served
from browser.tools import HERE
from browser.traffic import Traffic

BAD = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Bad</title>
<meta name="viewport" content="width=device-width, initial-scale=1"></head>
<body><main><h1>Bad</h1><p style="color: #aaa; background: #fff">Pale.</p>
<img src="gone.png"><p style="width: 900px" id="twice">Wide.</p><p id="twice"><a href="#nowhere">Where?</a>
<a href="missing.html">What?</a></p><script>console.error("No.")</script>
<script src="http://127.0.0.1:9/elsewhere.js"></script></main></body></html>
"""

OVERLAPPING = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Cards</title></head>
<body style="margin: 0; width: 600px; font: 16px/24px serif"><p>Some <span id="quote-a">words</span><a class="record-note" href="#card-a">1</a>
 and <span id="quote-b">more</span><a class="record-note" href="#card-b">2</a>.</p>
<div class="record-cards">
<div class="record-card" id="card-a" style="position: absolute; left: 700px; top: 16px"><p style="margin: 0">A<br>A</p></div>
<div class="record-card" id="card-b" style="position: absolute; left: 700px; top: {top}px"><p style="margin: 0">B</p></div>
</div></body></html>
"""


def test_the_lock_names_hashes_and_no_registry() -> None:
    asked = json.loads((HERE / "package.json").read_text(encoding="utf-8"))["dependencies"]
    lock = json.loads((HERE / "package-lock.json").read_text(encoding="utf-8"))
    packages = {name: one for name, one in lock["packages"].items() if name}
    for name, one in packages.items():
        assert "resolved" not in one, name
        assert one["integrity"].startswith("sha512-"), name
    for name, version in asked.items():
        assert packages[f"node_modules/{name}"]["version"] == version, "versions are fixed"


@pytest.fixture
def bad(tmp_path: Path) -> Path:
    (tmp_path / "bad.html").write_text(BAD, encoding="utf-8")
    return tmp_path


def test_what_is_wrong_is_found(bad: Path, window: Window) -> None:
    with served(bad) as site:
        page = window(320)
        traffic = Traffic(page)
        page.goto(site("bad.html"), wait_until="networkidle")
        rules = {one.partition(":")[0] for one in accessibility.violations(page)}
        assert rules >= {"color-contrast", "image-alt"}
        assert any("Wide." in one for one in layout.sideways(page))
        assert traffic.elsewhere(site.address) == ["http://127.0.0.1:9/elsewhere.js"]
        assert any("gone.png: 404" in one for one in traffic.failed)
        assert "error: No." in traffic.complaints


def test_what_leads_nowhere_is_found(bad: Path) -> None:
    assert links.broken(bad) == [
        "bad.html: the id twice is there twice",
        "bad.html: no file gone.png",
        "bad.html: no place bad.html#nowhere",
        "bad.html: no file missing.html",
    ]


def test_unlawful_html_is_found(bad: Path) -> None:
    errors = [text for kind, text in validity.messages(bad) if kind == "error"]
    assert len(errors) == 2
    assert any(one.startswith("bad.html:5: Duplicate ID") for one in errors)


@pytest.mark.parametrize(
    ("top", "found"),
    [
        (66, ""),
        (40, "a overlaps b"),
        (-30, "b: ## px above its mark"),
        (200, "b: ### px below where it could begin"),
    ],
)
def test_misplaced_cards_are_found(top: int, found: str, tmp_path: Path, window: Window) -> None:
    (tmp_path / "cards.html").write_text(OVERLAPPING.format(top=top), encoding="utf-8")
    with served(tmp_path) as site:
        page = window(1280)
        page.goto(site("cards.html"))
        assert re.sub(r"\d", "#", "; ".join(layout.misplaced_cards(page))) == found
