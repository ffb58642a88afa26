"""Makes the tags of style sheets and scripts once for each depth of folders, and not on each page.

For upstream (Sphinx, `StandaloneHTMLBuilder.handle_page`): *each page resolves the paths of all its
style sheets and scripts.* The checksum of a file is kept, but by its real path, which
``Path.resolve`` finds anew each time, with a look at every folder above. The tags are the same on
all pages at one depth.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sphinx.builders.html import _assets

if TYPE_CHECKING:
    from collections.abc import Callable

    from sphinx.application import Sphinx


def connect(app: Sphinx) -> None:
    """Put it into effect for a build."""
    tags = AssetTags()
    app.connect("write-started", tags.forget)
    app.connect("html-page-context", tags.keep, priority=990)  # When all files are named.


class AssetTags:
    """The tags made in one build."""

    def __init__(self) -> None:
        """Begin with none."""
        self._made: dict[tuple[Any, ...], str] = {}

    def forget(self, *_given: Any) -> None:
        """Begin anew: the files may have changed, also since this process built before."""
        self._made.clear()
        forget = getattr(getattr(_assets, "_file_checksum_inner", None), "cache_clear", None)
        if forget is not None:
            forget()

    def keep(
        self, app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], *_given: Any
    ) -> None:
        """Give a page what makes tags, and keeps them."""
        for name in ("css_tag", "js_tag"):
            if name in context:
                context[name] = self._kept(context[name], name, context.get("content_root", ""))

    def _kept(self, make: Callable[[Any], str], name: str, root: str) -> Callable[[Any], str]:
        def tag(asset: Any) -> str:
            attributes = getattr(asset, "attributes", {})
            shown = tuple(sorted((key, str(value)) for key, value in attributes.items()))
            key = (root, name, str(getattr(asset, "filename", asset)), shown)
            if key not in self._made:
                self._made[key] = make(asset)
            return self._made[key]

        return tag
