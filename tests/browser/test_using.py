"""Using the site: registers narrowed and put in order, the search, the colours."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from browser.conftest import Window
from browser.pages import ARTICLE
from browser.serving import Site

if TYPE_CHECKING:
    from playwright.sync_api import Page

REGISTER = "registers/quotes.html"
ROWS = "table.record-table tbody tr"


def rows(page: Page) -> int:
    return page.locator(f"{ROWS}:visible").count()


def said(page: Page) -> list[int]:
    """Give the numbers of the live line that says how many rows are shown."""
    line = page.locator("[aria-live]:visible, [role=status]:visible, output:visible").first
    return [int(one.replace(",", "")) for one in re.findall(r"\d[\d,]*", line.inner_text())]


def test_filters_narrow_a_register_and_say_how_many(made: Site, window: Window) -> None:
    page = window()
    page.goto(made(REGISTER))
    form = page.locator("form.record-filters")
    assert form.is_visible()
    everything = rows(page)
    assert everything == 200
    for select in form.locator("select").all():
        name = select.get_attribute("name")
        select.select_option(index=1)
        shown = rows(page)
        assert 0 < shown < everything, name
        assert said(page)[0] == shown, name
        select.select_option(index=0)
        assert rows(page) == everything
    form.locator("input[type=search], input[name=words]").first.fill("bridge")
    shown = page.locator(f"{ROWS}:visible")
    assert 0 < shown.count() < everything
    assert all("bridge" in one.inner_text().lower() for one in shown.all())
    form.locator("input[type=search], input[name=words]").first.fill("zzz")
    assert rows(page) == 0
    assert said(page)[0] == 0


def test_every_filter_has_a_label(made: Site, window: Window) -> None:
    page = window()
    page.goto(made(REGISTER))
    controls = page.locator("form.record-filters :is(input, select)")
    assert controls.count() > 0
    assert controls.evaluate_all("all => all.every(one => one.labels.length || one.ariaLabel)")


def test_a_register_is_put_in_order_by_its_heads(made: Site, window: Window) -> None:
    page = window()
    page.goto(made(REGISTER))
    heads = page.locator("table.record-table thead th:has(button)")
    assert heads.count() >= 2
    values = """index => [...document.querySelectorAll("table.record-table tbody tr")]
      .map(row => row.cells[index].dataset.v ?? row.cells[index].textContent.trim())"""
    for number in range(heads.count()):
        head = heads.nth(number)
        column = head.evaluate("one => one.cellIndex")
        for order in ("ascending", "descending"):
            for _ in range(2):
                if head.get_attribute("aria-sort") != order:
                    head.locator("button").click()
            assert head.get_attribute("aria-sort") == order
            assert page.locator("table.record-table th[aria-sort]").count() == 1
            found = page.evaluate(values, column)
            ends = (found[0], found[-1]) if order == "ascending" else (found[-1], found[0])
            number_of = [float(one) for one in ends if re.fullmatch(r"[\d.]+", one)]
            assert number_of == sorted(number_of) if len(number_of) == 2 else True
            if column == 0:
                assert ends[0] <= ends[1]


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_the_colours_are_chosen_and_remembered(dark: bool, first: Site, window: Window) -> None:
    page = window(dark=dark)
    page.goto(first(ARTICLE))
    paper = "() => getComputedStyle(document.body).backgroundColor"
    button = page.locator("button.record-mode")
    assert button.is_visible()
    seen, names = [page.evaluate(paper)], [button.inner_text()]
    for _ in range(3):
        button.click()
        seen.append(page.evaluate(paper))
        names.append(button.inner_text())
    assert len(set(seen)) == 2, "light and dark"
    assert len(set(names[:3])) == 3, "the button says which"
    assert (seen[0], names[0]) == (seen[3], names[3]), "three steps lead around"
    while page.evaluate(paper) == seen[0]:
        button.click()
    chosen = page.evaluate(paper)
    name = button.inner_text()
    page.goto(first("annotations/quotes.html"))
    assert page.evaluate(paper) == chosen, "on the next page too"
    assert page.locator("button.record-mode").inner_text() == name


def test_the_search_finds_statements_and_pages(first: Site, window: Window) -> None:
    page = window()
    page.goto(first("search.html"))
    field = page.locator("form#record-search input").first
    field.fill("military")
    field.press("Enter")
    results = page.locator("#record-results a[href]")
    results.first.wait_for()
    assert results.count() >= 3
    for link in results.all():
        path = link.evaluate("one => one.pathname")[1:]
        assert (first.folder / path).is_file(), path
    assert "military" in page.locator("#record-results").inner_text().lower()
    field.fill("zzzzzz")
    field.press("Enter")
    page.wait_for_function("() => !document.querySelector('#record-results a[href]')")
    assert page.locator("#record-results, [role=status]").first.inner_text().strip()


def test_a_search_has_an_address(first: Site, window: Window) -> None:
    page = window()
    page.goto(first("search.html?q=military"))
    page.locator("#record-results a[href]").first.wait_for()


def test_the_first_stop_of_the_keyboard_skips_to_the_text(first: Site, window: Window) -> None:
    page = window()
    page.goto(first(ARTICLE))
    page.keyboard.press("Tab")
    target = page.evaluate("document.activeElement.getAttribute('href')")
    assert target.startswith("#")
    assert page.evaluate("document.activeElement.checkVisibility()")
    page.keyboard.press("Enter")
    assert page.locator(f"{target}").evaluate("one => one.matches('main, main *')")


FEW_STOPS = 20
"""Those of the head and of the first cards; an article has more."""


def test_the_focus_can_be_seen(first: Site, window: Window) -> None:
    """Every stop of the keyboard on an article has an outline (WCAG 2.4.7)."""
    page = window()
    page.goto(first(ARTICLE))
    for stops in range(60):
        page.keyboard.press("Tab")
        found = page.evaluate(
            """() => { const e = document.activeElement; if (e === document.body) return null;
              const s = getComputedStyle(e); return {what: e.outerHTML.slice(0, 80),
              outline: s.outlineStyle !== "none" && parseFloat(s.outlineWidth) >= 1}; }"""
        )
        if found is None:
            assert stops > FEW_STOPS
            return
        assert found["outline"], found["what"]


def test_copying_an_article_gives_its_words_alone(first: Site, window: Window) -> None:
    """Numbers of notes and paragraphs are drawn, not written, so a selection has none of them."""
    page = window()
    page.goto(first(ARTICLE))
    text = page.locator("#p1").evaluate(
        """one => { const range = document.createRange(); range.selectNodeContents(one);
             getSelection().removeAllRanges(); getSelection().addRange(range);
             return getSelection().toString(); }"""
    )
    assert "mass deportations.”" in text
    assert not re.search(r"[”.]\s?\d", text)


VERSIONS = """() => document.dispatchEvent(new CustomEvent("readthedocs-addons-data-ready", {detail: {data: () => ({
  readthedocs: {resolver: {filename: "/cite/kelly-no-military-force.html"}},
  versions: {current: {slug: "latest"}, active: ["latest", "stable", "v0.1"].map(
    slug => ({slug, urls: {documentation: `https://edition.example/en/${slug}/`}}))}})}}))"""


def test_the_hosts_versions_stand_below_the_page(first: Site, window: Window) -> None:
    """As Read the Docs tells them; the stable one is named as the one to cite."""
    page = window()
    page.goto(first("cite/kelly-no-military-force.html"))
    line = page.locator(".record-versions")
    assert not line.is_visible()
    page.evaluate(VERSIONS)
    assert line.is_visible()
    assert line.inner_text() == ("Versions: latest stable v0.1. To cite, use the version stable.")
    links = {link.inner_text(): link.get_attribute("href") for link in line.locator("a").all()}
    assert links["stable"] == "https://edition.example/en/stable/cite/kelly-no-military-force.html"
    assert line.locator("[aria-current]").inner_text() == "latest"
