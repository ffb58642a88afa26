"""The margin: every card beside its line, over nothing, in both browsers."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from browser import layout
from browser.conftest import Window
from browser.pages import ARTICLE
from browser.serving import Site
from browser.tools import missing, nothing

if TYPE_CHECKING:
    from playwright.sync_api import Page

WIDTHS = [1100, 1200, 1280, 1440, 1920]
NARROW = [320, 360, 768, 1024]
both_browsers = pytest.mark.parametrize("browser", ["chromium", "firefox"])


def opened(window: Window, address: str, width: int, browser: str) -> Page:
    page = window(width, 900, browser=browser)
    page.goto(address)
    if not page.evaluate("CSS.supports('anchor-name: --a') && CSS.supports('top: anchor(top)')"):
        missing(f"this {browser} has no CSS anchor positioning")
    page.evaluate("document.fonts.ready.then(() => true)")
    return page


@both_browsers
@pytest.mark.parametrize(
    ("name", "where"),
    [
        ("first", ARTICLE),
        ("made", "articles/scripts.html"),
        ("made", "articles/more-1.html"),
        ("made", "articles/dense.html"),
    ],
)
def test_cards_stand_beside_their_lines(
    name: str, where: str, browser: str, site: Callable[[str], Site], window: Window
) -> None:
    """At every width, whatever the window's was before."""
    page = opened(window, site(name)(where), WIDTHS[0], browser)
    found = []
    for width in [*WIDTHS, 700, WIDTHS[0]]:
        page.set_viewport_size({"width": width, "height": 900})
        page.wait_for_function("width => innerWidth === width", arg=width)
        if width >= WIDTHS[0]:
            found += [f"{width}: {one}" for one in layout.misplaced_cards(page)]
    nothing(found)


@both_browsers
@pytest.mark.parametrize("width", NARROW)
def test_cards_are_closed_lines_where_there_is_no_margin(
    width: int, browser: str, first: Site, window: Window
) -> None:
    page = opened(window, first(ARTICLE), width, browser)
    groups = page.locator("details.record-cards")
    assert groups.count() > 0
    for group in groups.all():
        summary = group.locator(":scope > summary")
        assert summary.is_visible()
        assert summary.bounding_box()["height"] >= 24, "the target is large enough (WCAG 2.5.8)"
        card = group.locator(".record-card").first
        assert not card.is_visible()
        summary.click()
        assert card.is_visible()
        box = card.bounding_box()
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= width + 1
    nothing(layout.sideways(page))


def test_long_notes_do_not_push_the_others_away(made: Site, window: Window) -> None:
    """An editor's note of some 150 words is folded in the margin, and is there whole."""
    page = opened(window, made("articles/dense.html"), 1440, "chromium")
    notes = page.locator(".record-card[id^='card-note-']")
    assert notes.count() == 6
    for note in notes.all():
        assert note.bounding_box()["height"] < 300
    longest = max(notes.all_text_contents(), key=len)
    assert len(longest.split()) > 120


def test_text_runs_in_lines_that_can_be_read(first: Site, window: Window) -> None:
    """No line of running text is longer than 80 characters (WCAG 1.4.8, as far as it goes)."""
    for width in (1280, 1920):
        page = window(width)
        page.goto(first(ARTICLE))
        characters = page.evaluate(
            """() => Math.max(...[...document.querySelectorAll("main p[id^=p]")].map(p => {
                 const canvas = document.createElement("canvas").getContext("2d"), style = getComputedStyle(p);
                 canvas.font = `${style.fontSize} ${style.fontFamily}`;
                 return p.clientWidth / (canvas.measureText(p.textContent).width / p.textContent.length); }))"""
        )
        assert characters < 80
