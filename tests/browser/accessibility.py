"""axe-core over a page as it stands: WCAG 2.2, A and AA, and what axe calls best practice."""

from __future__ import annotations

from typing import TYPE_CHECKING

from browser.tools import module

if TYPE_CHECKING:
    from playwright.sync_api import Page

# What can differ between light and dark.
COLOURS = ["color-contrast", "link-in-text-block"]
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

RUN = """only => axe.run(document, {runOnly: only, resultTypes: ["violations"]})
  .then(found => found.violations.flatMap(one => one.nodes.map(node =>
    `${one.id}: ${node.target.join(" ")}: ${one.help}: ${(node.any[0] || node.all[0] || node.none[0])?.message}`)))"""


def violations(page: Page, *, colours_alone: bool = False) -> list[str]:
    page.evaluate(module("axe-core/axe.min.js").read_text(encoding="utf-8"))
    only = {
        "type": "rule" if colours_alone else "tag",
        "values": COLOURS if colours_alone else TAGS,
    }
    return page.evaluate(RUN, only)


def open_details(page: Page) -> None:
    page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true })")
