"""What views name is found wherever it stands in them."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from ontherecord.edition import Edition
from ontherecord.records import Query
from ontherecord.values import Value
from ontherecord.views import Link, Views
from ontherecord.views.references import links_in
from random_editions import editions


def everywhere(view: object) -> list[Link]:
    """Look for links in each field of each value, whatever it is said to hold."""
    if isinstance(view, Link):
        return [view]
    if isinstance(view, tuple):
        return [link for one in view for link in everywhere(one)]
    if isinstance(view, Value):
        return [link for name in view.__struct_fields__ for link in everywhere(getattr(view, name))]
    return []


@settings(suppress_health_check=list(HealthCheck), deadline=None, max_examples=40)
@given(edition=editions())
def test_links_are_found_by_what_fields_can_hold(edition: Edition) -> None:
    views = Views(edition, page_size=200)
    registers = ("quotes", "speakers", "contradictions", "annotations", "timeline", "topics")
    made = [
        *(views.block(name, 200) for name in edition.records),
        *(views.reference(name) for name in edition.records),
        *(views.article(name) for name in edition.articles),
        *(tuple(views.register(Query(name))) for name in (*registers, "articles", "sources")),
    ]
    for view in made:
        assert links_in(view) == everywhere(view)
    assert any(links_in(view) for view in made)
