"""An edition's language is named as BCP 47 has it, whatever Sphinx calls it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from ontherecord.languages import direction, primary, tag_of

if TYPE_CHECKING:
    from conftest import Project


def test_an_edition_with_a_region_is_named_with_it_everywhere(edition: Project) -> None:
    out = edition.build("html", "-D", "language=pt_BR").out
    said = json.loads((out / "record" / "edition.json").read_text(encoding="utf-8"))
    assert said["edition"]["language"] == "pt-BR"
    written = [path for name in ("record", "cite") for path in (out / name).rglob("*")]
    exported = [
        path for path in written if path.suffix in {".json", ".ris", ".bib", ".xml", ".csv"}
    ]
    texts = {path: path.read_text(encoding="utf-8") for path in exported}
    assert any("pt-BR" in text for path, text in texts.items() if path.suffix == ".ris")
    assert [path for path, text in texts.items() if "pt_BR" in text] == []


@pytest.mark.parametrize(
    ("setting", "tag", "own", "written"),
    [
        ("pt_BR", "pt-BR", "pt", "ltr"),
        ("AR", "AR", "ar", "rtl"),
        (None, "en", "en", "ltr"),
        ("zh-Hant", "zh-Hant", "zh", "ltr"),
    ],
)
def test_a_setting_is_read_as_a_tag(setting: str | None, tag: str, own: str, written: str) -> None:
    assert (tag_of(setting), primary(tag), direction(tag)) == (tag, own, written)
