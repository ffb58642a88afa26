"""Numbers the equations that nobody named, so that a build gives the same bytes again.

For upstream (MyST, `SphinxRenderer.render_amsmath`): *two builds of the same document differ.* An
equation without a label is given one at random, which becomes its anchor.
"""

from __future__ import annotations

from uuid import NAMESPACE_URL, uuid5

from myst_parser.mdit_to_docutils.sphinx_ import SphinxRenderer


def settle(*_given: object) -> None:
    """Have equations named by their document and their place among its equations."""
    SphinxRenderer._random_label = _label  # type: ignore[assignment, method-assign]


def _label(renderer: SphinxRenderer) -> str:
    env = renderer.sphinx_env
    number = int(env.temp_data.get("record_equations") or 0) + 1
    env.temp_data["record_equations"] = number
    return str(uuid5(NAMESPACE_URL, f"{env.docname} {number}"))
