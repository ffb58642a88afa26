"""Makes the address of a document once, and those from one document to others while it is written.

For upstream (Sphinx, `Builder.get_relative_uri`): *the address of a page is quoted for each link to
it, and again for each link on it.* ``get_target_uri`` quotes the document's name, thirty times and
more for one page, always with the same result; and what one page calls another is found anew for
each link between them. Both could be kept.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

from sphinx.builders import Builder
from sphinx.builders.dirhtml import DirectoryHTMLBuilder
from sphinx.builders.html import StandaloneHTMLBuilder

if TYPE_CHECKING:
    from sphinx.application import Sphinx

_PURE: Final = (StandaloneHTMLBuilder.get_target_uri, DirectoryHTMLBuilder.get_target_uri)
"""What makes addresses of names alone."""
_MOST: Final = 4096
"""Most addresses kept: those of the pages around one that is written, thousands of links."""


def connect(app: Sphinx) -> None:
    """Connect to the beginning of a build."""
    app.connect("builder-inited", _keep)


def _keep(app: Sphinx) -> None:
    builder: Any = app.builder
    if type(builder).get_target_uri in _PURE:
        builder.get_target_uri = lru_cache(_MOST)(builder.get_target_uri)
        if type(builder).get_relative_uri is Builder.get_relative_uri:
            builder.get_relative_uri = lru_cache(_MOST)(builder.get_relative_uri)
