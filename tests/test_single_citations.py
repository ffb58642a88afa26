"""A citation set at once is the one that sphinxcontrib-bibtex puts together."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from conftest import make_edition
from docutils import nodes
from pybtex.plugin import find_plugin
from sphinx.application import Sphinx
from sphinx.util.docutils import docutils_namespace, patch_docutils
from sphinxcontrib.bibtex.domain import BibtexDomain

SOURCES = """
@misc{plain, organization={Paper & Co. <East>}, title={A {T}itle, \\emph{set}}, date={2017-02-23}}
@misc{same, organization={Paper}, title={One}, date={2017}}
@misc{other, organization={Paper}, title={Another}, date={2017}, url={https://example.org/?a=1&b}}
"""
PAGE = "# Sources\n\n```{bibliography}\n:all:\n```\n"


@pytest.fixture(scope="module", params=["", "bibtex_tooltips = False\n"])
def app(request: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sphinx]:
    folder = tmp_path_factory.mktemp("cited") / "edition"
    project = make_edition(folder, conf=request.param)
    project.put("references.bib", SOURCES)
    project.put("article.md", "# Nothing\n")
    project.put("sources.md", PAGE)
    out = folder.parent / "out"
    with patch_docutils(folder), docutils_namespace():
        made = Sphinx(folder, folder, out, out / "trees", "html", status=None, warning=None)
        made.build()
        yield made


@pytest.mark.parametrize("role", ["p", "t", "ps", "label", "alp"])
@pytest.mark.parametrize(
    "target", ["plain", "same", "other", "plain,same", "{see}plain", "plain{p. 4}", "not-there"]
)
@pytest.mark.parametrize("docname", ["article", "sources"])
def test_it_has_the_same_nodes(app: Sphinx, role: str, target: str, docname: str) -> None:
    domain: Any = app.env.domains["cite"]
    given = (app.env, docname, app.builder, role, target, nodes.inline(), nodes.inline())
    assert (
        domain.resolve_xref(*given).pformat() == BibtexDomain.resolve_xref(domain, *given).pformat()
    )


def test_it_can_go_when_a_citation_takes_no_template(
    app: Sphinx, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[object] = []
    domain: Any = app.env.domains["cite"]
    given = (app.env, "article", app.builder, "p", "plain", nodes.inline(), nodes.inline())

    def counted(*given: str, **named: str) -> Any:
        made.append(given)
        return find_plugin(*given, **named)

    domain.resolve_xref(*given)  # The first tip looks its backend up.

    monkeypatch.setattr("pybtex.plugin.find_plugin", counted)
    domain.resolve_xref(*given)
    assert not made
    BibtexDomain.resolve_xref(domain, *given)
    assert made, "citations are set at once now: ontherecord/economies/single_citations.py can go"
