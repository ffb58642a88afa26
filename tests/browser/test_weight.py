"""How much a page makes a reader fetch."""

from __future__ import annotations

from browser.conftest import Window
from browser.pages import ARTICLE
from browser.serving import Site
from browser.traffic import Traffic

COMPRESSED = 60_000
SCRIPTS = 20_000


def test_an_article_is_light(first: Site, window: Window) -> None:
    """Page, sheets and scripts as they travel, fonts aside; and the scripts as they are read."""
    page = window()
    traffic = Traffic(page)
    page.goto(first(ARTICLE), wait_until="networkidle")
    loaded = [one for one in traffic.loaded() if one.kind in {"document", "stylesheet", "script"}]
    sizes = {one.address.removeprefix(first.address): one.compressed for one in loaded}
    assert sum(sizes.values()) <= COMPRESSED, sizes
    inside = page.locator("script:not([src])").evaluate_all("all => all.map(one => one.text)")
    scripts = {one.address: len(one.body) for one in loaded if one.kind == "script"}
    scripts["in the page"] = sum(len(one.encode()) for one in inside)
    assert sum(scripts.values()) < SCRIPTS, scripts
