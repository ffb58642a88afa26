"""Editions built once for all workers, served, and opened in browsers."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import hard_text
import pytest
from conftest import Build

from browser import made_edition
from browser.serving import Site, served
from browser.tools import missing, program

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page, Playwright

Window = Callable[..., "Page"]
THEME = os.environ.get("ONTHERECORD_THEME", "ontherecord")
GIVEN = os.environ.get("ONTHERECORD_HTML", "")
"""A folder that was built elsewhere, to be judged in place of the editions made here."""
DATE = "1700000000"

# An edition may have options for the theme that it names itself.
HARMLESS = "unsupported theme option"


@pytest.fixture(scope="session")
def firefox(playwright: Playwright) -> Iterator[Callable[..., Browser]]:
    """Firefox as it is distributed, over WebDriver BiDi; the other way needs a patched build.

    What BiDi cannot set a page at a time is set by preferences, in a Firefox of its own.
    """
    running: dict[bool, Browser] = {}

    def started(*, dark: bool) -> Browser:
        if dark not in running:
            running[dark] = playwright.firefox.launch(
                channel="moz-firefox",
                executable_path=program("firefox-esr", "FIREFOX"),
                firefox_user_prefs={
                    "layout.css.prefers-color-scheme.content-override": 0 if dark else 1,
                    "ui.prefersReducedMotion": 1,
                },
            )
        return running[dark]

    yield started
    for browser in running.values():
        browser.close()


@pytest.fixture
def window(request: pytest.FixtureRequest) -> Iterator[Window]:
    """Open windows of a width, a colour scheme, with or without script, mouse or touch."""
    contexts = []

    def opened(
        width: int = 1280,
        height: int = 800,
        *,
        dark: bool = False,
        script: bool = True,
        touch: bool = False,
        browser: str = "chromium",
    ) -> Page:
        options: dict[str, Any] = {"viewport": {"width": width, "height": height}}
        if browser == "firefox":
            # Without script it cannot be driven, and over BiDi it has no touch.
            assert script
            assert not touch
            context = _firefox_context(request.getfixturevalue("firefox")(dark=dark), options)
        else:
            context = request.getfixturevalue("chromium").new_context(
                **options,
                java_script_enabled=script,
                color_scheme="dark" if dark else "light",
                # A test sees what a reader sees in the end, without waiting for it.
                reduced_motion="reduce",
                has_touch=touch,
                is_mobile=touch,
            )
        context.set_default_timeout(10_000)
        contexts.append(context)
        return context.new_page()

    yield opened
    for context in contexts:
        context.close()


def _firefox_context(browser: Browser, options: dict[str, Any]) -> BrowserContext:
    """Open a context, or say that this Playwright asks of this Firefox what it cannot do yet."""
    try:
        return browser.new_context(**options)
    except Exception as error:
        if "unknown command" in str(error):
            missing(f"this Playwright cannot drive Firefox {browser.version}: {error}")
        raise


def _shared(factory: pytest.TempPathFactory, name: str, build: Callable[[], Build]) -> Path:
    """Build what no worker has built yet, and give the folder."""
    root = factory.getbasetemp()
    root = root.parent if "PYTEST_XDIST_WORKER" in os.environ else root
    where = root / f"browser-{name}"
    with where.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not where.exists():
            with pytest.MonkeyPatch.context() as environment:
                environment.setenv("SOURCE_DATE_EPOCH", DATE)
                built = build()
            bad = [one for one in built.warnings.splitlines() if HARMLESS not in one]
            failed = built.code != 0 or bool(bad)
            where.write_text("\n".join(bad) if failed else str(built.out), encoding="utf-8")
    built_at = where.read_text(encoding="utf-8")
    if not Path(built_at).is_dir():
        pytest.fail(f"the edition cannot be built:\n{built_at}", pytrace=False)
    return Path(built_at)


@pytest.fixture(scope="session")
def first(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Site]:
    """The repository's own edition, served."""

    def build() -> Build:
        edition = request.getfixturevalue("first_edition")
        return edition.build("html", "-D", f"html_theme={THEME}", out="browser")

    with served(_shared(tmp_path_factory, "first", build)) as site:
        yield site


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The edition made up to be hard to set, served."""

    def build() -> Build:
        folder = tmp_path_factory.mktemp("made") / "edition"
        return made_edition.edition(folder, THEME).build()

    with served(_shared(tmp_path_factory, "made", build)) as site:
        yield site


@pytest.fixture(scope="session")
def hard(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The edition whose text is hard to select, served."""

    def build() -> Build:
        folder = tmp_path_factory.mktemp("hard") / "edition"
        return hard_text.edition(folder, THEME).build()

    with served(_shared(tmp_path_factory, "hard", build)) as site:
        yield site


@pytest.fixture(scope="session")
def given() -> Iterator[Site]:
    with served(Path(GIVEN).resolve()) as site:
        yield site


@pytest.fixture
def site(request: pytest.FixtureRequest) -> Callable[[str], Site]:
    """Give a site by its name: ``first``, ``made``, ``hard`` or ``given``."""
    return request.getfixturevalue
