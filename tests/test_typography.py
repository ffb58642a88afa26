"""Words are compared alike, whichever marks a page sets."""

from __future__ import annotations

import pytest
from ontherecord.evidence import captures, tokens
from ontherecord.importing import folding
from ontherecord.typography import DASHES, DOUBLE, INVISIBLE, SINGLE


@pytest.mark.parametrize(("marks", "typed"), [(SINGLE, "'"), (DOUBLE, '"'), (DASHES, "-")])
def test_marks_are_compared_as_what_is_typed(marks: str, typed: str) -> None:
    for mark in marks:
        said = f"it{mark}s"
        assert captures.fold(said) == captures.fold(f"it{typed}s"), mark
        assert folding.fold(said).text == f"it{typed}s", mark
        if mark in SINGLE + DOUBLE:
            assert tokens.normal(said) == tokens.normal(f"it{typed}s"), mark


def test_what_nobody_sees_is_not_compared() -> None:
    for mark in INVISIBLE:
        assert captures.fold(f"no{mark}body") == folding.fold(f"no{mark}body").text == "nobody"
