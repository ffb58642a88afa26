"""Reading an article: by mouse, by keyboard, by touch, without script, on paper."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from browser.conftest import Window
from browser.pages import ARTICLE
from browser.serving import Site
from browser.tools import program

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

both_browsers = pytest.mark.parametrize("browser", ["chromium", "firefox"])

OPEN = "() => !!document.querySelector('#record-pop')?.matches(':popover-open')"
SHUT = "() => !document.querySelector('#record-pop').matches(':popover-open')"


def reference(page: Page) -> Locator:
    return page.locator("main a.record-ref:visible").first


def is_open(page: Page) -> bool:
    return page.evaluate(OPEN)


def opens(page: Page) -> None:
    page.wait_for_function(OPEN, timeout=3000)


def shuts(page: Page) -> None:
    page.wait_for_function(SHUT, timeout=3000)


def focused(page: Page, selector: str) -> bool:
    return page.evaluate("selector => document.activeElement.matches(selector)", selector)


def tab_to(page: Page, selector: str, most: int = 80) -> None:
    """Press the tabulator until something has the focus."""
    for _ in range(most):
        page.keyboard.press("Tab")
        if focused(page, selector):
            return
    raise AssertionError(f"{most} steps do not lead to {selector}")


@both_browsers
def test_a_reference_shows_its_card_to_the_mouse(browser: str, first: Site, window: Window) -> None:
    page = window(browser=browser)
    page.goto(first(ARTICLE))
    page.evaluate(
        """() => { window.times = [];
             const note = event => window.times.push(performance.now()), once = {once: true};
             document.querySelector("main a.record-ref").addEventListener("pointerenter", note, once);
             document.querySelector("#record-pop").addEventListener("beforetoggle", note, once); }"""
    )
    reference(page).hover()
    opens(page)
    entered, shown = page.evaluate("window.times.slice(0, 2)")
    assert 150 <= shown - entered <= 900, "not at once, when the pointer only passes"
    card = page.locator("#record-pop")
    assert reference(page).inner_text().split()[-1].lower() in card.inner_text().lower()
    box, viewport = card.bounding_box(), page.viewport_size
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= viewport["width"]
    assert box["y"] >= 0
    assert box["y"] + box["height"] <= viewport["height"]
    spot = reference(page).bounding_box()
    assert abs(box["y"] - (spot["y"] + spot["height"])) < 40, "right below the words"
    page.mouse.move(5, 5)
    shuts(page)


@both_browsers
def test_the_mouse_can_go_from_a_reference_into_its_card(
    browser: str, first: Site, window: Window
) -> None:
    """Content on hover is hoverable, and stays (WCAG 1.4.13)."""
    page = window(browser=browser)
    page.goto(first(ARTICLE))
    reference(page).hover()
    opens(page)
    box = page.locator("#record-pop").bounding_box()
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2, steps=5)
    page.wait_for_timeout(600)
    assert is_open(page)
    page.keyboard.press("Escape")
    shuts(page)


@both_browsers
def test_a_click_pins_a_card_and_escape_gives_the_focus_back(
    browser: str, first: Site, window: Window
) -> None:
    page = window(browser=browser)
    page.goto(first(ARTICLE))
    reference(page).click()
    opens(page)
    assert page.url == first(ARTICLE)
    page.mouse.move(5, 5)
    page.wait_for_timeout(700)
    assert is_open(page), "the card stays, where the mouse may be"
    assert page.evaluate(
        "document.querySelector('#record-pop').contains(document.activeElement)"
    ), "the keyboard is in the card"
    page.keyboard.press("Escape")
    shuts(page)
    assert reference(page).evaluate("one => one === document.activeElement")


@both_browsers
def test_a_card_is_read_by_keyboard(browser: str, first: Site, window: Window) -> None:
    page = window(browser=browser)
    page.goto(first(ARTICLE))
    in_text = "main a.record-ref:not(.record-card *)"
    tab_to(page, in_text)
    opens(page)
    page.evaluate("document.activeElement.blur()")
    shuts(page)
    tab_to(page, in_text)
    opens(page)
    page.keyboard.press("Enter")
    page.wait_for_function(
        "document.querySelector('#record-pop button') === document.activeElement"
    )
    page.keyboard.press("Escape")
    shuts(page)
    page.wait_for_timeout(500)
    assert not is_open(page), "one Escape is enough"
    assert focused(page, in_text)
    page.keyboard.press("Enter")
    page.wait_for_function(
        "document.querySelector('#record-pop').contains(document.activeElement)", timeout=3000
    )
    tab_to(page, "#record-pop a[href]", 5)
    target = page.evaluate("document.activeElement.href")
    page.keyboard.press("Enter")
    page.wait_for_url(target)


def test_a_tap_opens_a_sheet_at_the_foot(first: Site, window: Window) -> None:
    page = window(360, 740, touch=True)
    page.goto(first(ARTICLE))
    for one in (reference(page), page.locator("main a.record-note:visible").first):
        one.tap()
        opens(page)
        box = page.locator("#record-pop").bounding_box()
        assert box["x"] == pytest.approx(0, abs=1)
        assert box["width"] == pytest.approx(360, abs=1)
        assert box["y"] + box["height"] == pytest.approx(740, abs=1)
        assert box["height"] < 600, "the text is still in sight"
        close = page.locator("#record-pop button").first
        size = close.bounding_box()
        assert min(size["width"], size["height"]) >= 24
        close.tap()
        shuts(page)


def test_the_sheet_shows_the_card_of_its_number(first: Site, window: Window) -> None:
    page = window(360, 740, touch=True)
    page.goto(first(ARTICLE))
    notes = page.locator("main a.record-note:visible").all()[:4]
    assert notes
    for note in notes:
        card = page.locator(f"[id='{note.get_attribute('href')[1:]}'] .record-who").first
        note.tap()
        opens(page)
        shown = page.locator("#record-pop .record-who").first
        assert shown.inner_text().split() == card.text_content().split()
        page.keyboard.press("Escape")
        shuts(page)


@both_browsers
def test_a_mark_and_its_card_light_up_together(browser: str, first: Site, window: Window) -> None:
    page = window(1280, browser=browser)
    page.goto(first(ARTICLE))
    lit = "() => [...document.querySelectorAll('.record-card.lit')].map(one => one.id)"
    assert page.evaluate(lit) == []
    marks = page.locator("main .record-mark[id]:visible").all()[:3]
    assert marks
    for mark in marks:
        identifier = re.sub(r"^(quote|annotation)-|\.\d+$", "", mark.get_attribute("id"))
        mark.hover()
        page.wait_for_timeout(100)
        assert page.evaluate(lit) == [f"card-{identifier}"]
    card = page.locator(".record-cards .record-card").first
    card.hover()
    assert page.locator(".record-mark.lit").count() >= 1
    page.mouse.move(5, 5)
    page.wait_for_timeout(100)
    assert page.evaluate(lit) == []


def test_a_number_leads_to_its_card(first: Site, window: Window) -> None:
    """And numbers count up from one, in the order of the text."""
    page = window()
    page.goto(first(ARTICLE))
    notes = page.locator("main a.record-note")
    numbers = notes.evaluate_all("all => all.map(one => Number(one.dataset.n))")
    assert sorted(set(numbers)) == list(range(1, max(numbers) + 1))
    assert numbers == sorted(numbers)
    for note in notes.all():
        card = page.locator(f"[id='{note.get_attribute('href')[1:]}']")
        assert card.count() == 1
        assert note.get_attribute("data-n") in card.text_content()


def test_nothing_is_lost_without_script(first: Site, window: Window) -> None:
    page = window(360, 740, script=False)
    page.goto(first(ARTICLE))
    cards = page.locator(".record-cards .record-card")
    assert cards.count() > 5
    for group in page.locator("details.record-cards").all():
        group.locator(":scope > summary").click()
    for card in cards.all():
        assert card.is_visible()
        assert card.locator("a[href]").count() > 0
    for control in ("form.record-filters", "button.record-mode", "#record-pop"):
        for one in page.locator(control).all():
            assert not one.is_visible(), f"{control} does nothing without script"


def test_a_reference_is_a_link_without_script(first: Site, window: Window) -> None:
    page = window(script=False)
    page.goto(first(ARTICLE))
    link = page.locator("main a[href*='speaker-']:visible, main a.record-ref:visible").first
    name = link.inner_text().split()[-1]
    link.click()
    assert page.url != first(ARTICLE)
    assert name in page.locator("main, [role=main]").first.inner_text()


def test_on_paper_the_cards_are_numbered_notes(first: Site, window: Window, tmp_path: Path) -> None:
    page = window(800)
    page.goto(first(ARTICLE))
    notes = page.locator("main a.record-note").evaluate_all(
        "all => all.map(one => [one.dataset.n, document.querySelector(one.hash)"
        ".querySelector('.record-who').textContent.trim()])"
    )
    assert notes
    page.emulate_media(media="print")
    tops = page.locator(".record-card").evaluate_all(
        "all => all.map(one => one.checkVisibility() ? one.getBoundingClientRect().top : -1)"
    )
    foot = page.locator("main p[id^=p]").evaluate_all(
        "all => Math.max(...all.map(one => one.getBoundingClientRect().bottom))"
    )
    assert min(tops) >= foot, "all are in sight, after the text"
    assert tops == sorted(tops)
    file = tmp_path / "article.pdf"
    page.pdf(path=file, prefer_css_page_size=True)
    text = subprocess.run(
        [program("pdftotext"), "-layout", file, "-"], capture_output=True, text=True, check=True
    ).stdout
    squeezed = " ".join(text.split())
    for number, name in notes:
        assert re.search(rf"\b{number}\b", squeezed)
        assert name.split(",")[0].split()[-1].casefold() in squeezed.casefold()
    for hidden in ("To the text", "Auto"):
        assert hidden not in text
