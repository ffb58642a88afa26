"""Visits a built edition as a reader does, in Chromium, and prints what that loads, as JSON.

Usage: ``visit.py FOLDER WORD … ``. What is printed is for each visit the bytes
as they are and as they travel under gzip: of an article, and of a search for each word.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

sys.path.append(str(Path(__file__).resolve().parent.parent / "tests"))

from browser.serving import Site, served
from browser.traffic import Traffic

ARTICLES = 10
"""Articles of which the mean is taken."""


def loaded(browser: Browser, address: str) -> tuple[int, int]:
    """Give the bytes that a first visit to an address loads, and how many travel."""
    context = browser.new_context()
    page = context.new_page()
    traffic = Traffic(page)
    page.goto(address, wait_until="networkidle")
    found = traffic.loaded()
    if traffic.failed:
        raise SystemExit("\n".join(traffic.failed))
    context.close()
    return sum(len(one.body) for one in found), sum(one.compressed for one in found)


def visits(browser: Browser, site: Site, words: list[str]) -> dict[str, list[float]]:
    """Give what is loaded for an article, and for a search for each of some words."""
    articles = sorted((site.folder / "articles").glob("a*.html"))[:ARTICLES]
    sizes = [loaded(browser, site(f"articles/{path.name}")) for path in articles]
    found = {"article": [sum(kind) / len(sizes) for kind in zip(*sizes, strict=True)]}
    for word in words:
        found[word] = list(map(float, loaded(browser, site(f"search.html?q={word}"))))
    return found


def main(folder: Path, words: list[str]) -> None:
    """Print what is loaded."""
    program = shutil.which(os.environ.get("CHROMIUM", "chromium"))
    if not program:
        raise SystemExit("Chromium is not installed; CHROMIUM can name it")
    with served(folder) as site, sync_playwright() as playwright:
        # The sandbox needs rights that containers do not give; the pages are our own.
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        print(json.dumps(visits(browser, site, words)))
        browser.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2:])
