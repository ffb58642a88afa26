"""Finds the article that an annotated page is."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import unquote, urlsplit

_INDEX = "/index.html"


def article_at(address: str, articles: Iterable[str], base: str = "") -> str:
    """Give the article whose page an address names, else nothing.

    The page is ``NAME.html``, ``NAME/`` or ``NAME/index.html``. Where the address begins with
    the edition's own, ``base``, the rest must be the page's; else it must end in it, since
    readers also annotate a preview or another version. A query and a fragment count for nothing.
    """
    if not address.strip():
        return ""
    base = base.rstrip("/") + "/" if base else ""
    own = bool(base) and _bare(address).startswith(_bare(base))
    path = _path(address)
    if path is None:
        return ""
    below = path[len(_path(base) or "") :] if own else path
    page = _page(below)
    found = [name for name in articles if _matches(page, name, below, own=own)]
    return max(found, key=len, default="")


def _matches(page: str, name: str, path: str, *, own: bool) -> bool:
    """Tell whether a page is a document's."""
    of_name = {name, name.removesuffix("index").rstrip("/")}
    if page.strip("/") in of_name:
        return True
    if own:
        return False
    return any(
        page.endswith(f"/{one}") if one else path.endswith(_INDEX) for one in sorted(of_name)
    )


def _bare(address: str) -> str:
    """Give an address without its scheme, so that http and https are one."""
    return unquote(address.partition("://")[2] or address)


def _path(address: str) -> str | None:
    """Give the path of an address, or nothing where it is none."""
    try:
        return unquote(urlsplit(address).path).rstrip()
    except ValueError:
        return None


def _page(path: str) -> str:
    """Give a path without what the builders of pages put after a document's name."""
    path = "/" + path.lstrip("/")
    for ending in (_INDEX, ".html", ".htm"):
        if path.endswith(ending):
            return path.removesuffix(ending)
    return path.rstrip("/")
