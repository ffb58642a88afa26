"""Looks at a template's file once a build.

For upstream (Sphinx, `sphinx.jinja2glue.BuiltinTemplateLoader.init`): *each page asks of each of
its templates whether its file has changed.* Jinja's environments look for changes unless they are
told not to (``auto_reload``), which is of use to a server, and templates do not change while pages
are written. That is a look at ten files for each page.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from jinja2 import Environment

if TYPE_CHECKING:
    from sphinx.application import Sphinx


def connect(app: Sphinx) -> None:
    """Connect to the beginning of writing."""
    app.connect("write-started", _trust)


def _trust(app: Sphinx, builder: Any) -> None:
    environment = getattr(getattr(builder, "templates", None), "environment", None)
    if isinstance(environment, Environment):
        environment.auto_reload = False
