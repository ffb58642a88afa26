"""What holds for every kind of page. ``ONTHERECORD_HTML`` names a folder to hold it against."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from browser import accessibility, layout, links, validity
from browser.conftest import Window
from browser.pages import EVERY_PAGE, SITES
from browser.serving import Site
from browser.tools import nothing
from browser.traffic import Traffic

Sites = Callable[[str], Site]
every_page = pytest.mark.parametrize("where", EVERY_PAGE.values(), ids=EVERY_PAGE)
every_site = pytest.mark.parametrize("name", SITES)


@every_page
@pytest.mark.parametrize("width", [1280, 360])
def test_is_accessible(where: tuple[str, str], width: int, site: Sites, window: Window) -> None:
    page = window(width)
    page.goto(site(where[0])(where[1]))
    accessibility.open_details(page)
    found = [f"light: {one}" for one in accessibility.violations(page)]
    page.emulate_media(color_scheme="dark")
    found += [f"dark: {one}" for one in accessibility.violations(page, colours_alone=True)]
    nothing(found)


@every_page
def test_asks_nobody_else_and_gets_what_it_asks_for(
    where: tuple[str, str], site: Sites, window: Window
) -> None:
    page = window()
    traffic = Traffic(page)
    here = site(where[0])
    page.goto(here(where[1]), wait_until="networkidle")
    assert traffic.requests
    nothing([*traffic.elsewhere(here.address), *traffic.failed, *traffic.complaints])


@every_page
def test_does_not_scroll_sideways(where: tuple[str, str], site: Sites, window: Window) -> None:
    """On the narrowest phone, and at 400 % of a window of 1280 by 1024 pixels (WCAG 1.4.10)."""
    page = window(320, 640)
    page.goto(site(where[0])(where[1]))
    accessibility.open_details(page)
    nothing(layout.sideways(page))
    page.set_viewport_size({"width": 320, "height": 256})
    nothing(layout.sideways(page))


@every_site
def test_is_lawful_html(name: str, site: Sites) -> None:
    found = validity.messages(site(name).folder)
    for kind, text in found:
        if kind != "error":
            print(text)
    nothing([text for kind, text in found if kind == "error"])


@every_site
def test_leads_only_to_what_is_there(name: str, site: Sites) -> None:
    nothing(links.broken(site(name).folder))
