"""How often the tags of style sheets are made, and when `ontherecord.economies.asset_tags` can go."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from conftest import Project
from sphinx.builders import html

SHEET = '\nhtml_css_files = ["own.css"]\nhtml_static_path = ["static"]\n'


@pytest.fixture
def resolved(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """List the files whose checksums are asked for."""
    asked: list[str] = []
    checksum = html._file_checksum

    def watched(folder: Path, name: Any) -> str:
        asked.append(str(name))
        return checksum(folder, name)

    monkeypatch.setattr(html, "_file_checksum", watched)
    return asked


def with_sheet(edition: Project) -> Project:
    conf = edition.folder / "conf.py"
    conf.write_text(conf.read_text(encoding="utf-8") + SHEET, encoding="utf-8")
    edition.put("static/own.css", "p { color: red }\n")
    edition.put("below/page.md", "# Below\n")
    edition.put("below/other.md", "# Other\n")
    return edition


def test_a_tag_is_made_once_for_each_depth(edition: Project, resolved: list[str]) -> None:
    built = with_sheet(edition).build()
    assert resolved.count("_static/own.css") == 2
    top, below = (built.soup(page) for page in ("article.html", "below/page.html"))
    addresses = [
        next(link["href"] for link in page.select("link") if "own.css" in str(link["href"]))
        for page in (top, below)
    ]
    assert str(addresses[1]) == f"../{addresses[0]}"


def test_asset_tags_can_go_when_sphinx_keeps_them(edition: Project, resolved: list[str]) -> None:
    conf = f'extensions = ["myst_parser"]\n{SHEET}'
    with_sheet(edition).put("conf.py", conf)
    edition.build()
    assert resolved.count("_static/own.css") > 2, "ontherecord/economies/asset_tags.py can go"
