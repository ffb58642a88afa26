"""Counts are said with one thing and with several."""

from __future__ import annotations

import pytest
from ontherecord.counting import counted


@pytest.mark.parametrize(
    ("number", "said"), [(0, "0 errors"), (1, "1 error"), (2, "2 errors"), (11, "11 errors")]
)
def test_counted(number: int, said: str) -> None:
    assert counted(number, "error") == said
