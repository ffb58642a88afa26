"""What a page asks for and says while it is read."""

from __future__ import annotations

import gzip
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from playwright.sync_api import Page, Response


@dataclass(frozen=True)
class Resource:
    """Something that a page loaded."""

    address: str
    kind: str
    body: bytes

    @property
    def compressed(self) -> int:
        return len(gzip.compress(self.body, compresslevel=6, mtime=0))


class Traffic:
    """A page's requests and complaints, from here on."""

    def __init__(self, page: Page) -> None:
        self.requests: list[str] = []
        self.complaints: list[str] = []
        self.failed: list[str] = []
        self._responses: list[Response] = []
        page.on("request", lambda request: self.requests.append(request.url))
        page.on("requestfailed", lambda request: self.failed.append(f"{request.url}: failed"))
        page.on("response", self._response)
        page.on("console", self._console)
        page.on("pageerror", lambda error: self.complaints.append(f"error: {error}"))

    def _response(self, response: Response) -> None:
        self._responses.append(response)
        if response.status >= 400:
            self.failed.append(f"{response.url}: {response.status}")

    def _console(self, message: object) -> None:
        if message.type in {"error", "warning"}:  # type: ignore[attr-defined]
            self.complaints.append(f"{message.type}: {message.text}")  # type: ignore[attr-defined]

    def elsewhere(self, address: str) -> list[str]:
        """Give the requests to other hosts than that of an address."""
        host = urlsplit(address).netloc
        return [
            one
            for one in self.requests
            if urlsplit(one).scheme not in {"data", "blob", "about"}
            and urlsplit(one).netloc != host
        ]

    def loaded(self) -> list[Resource]:
        return [
            Resource(one.url, one.request.resource_type, one.body())
            for one in self._responses
            if one.ok
        ]
