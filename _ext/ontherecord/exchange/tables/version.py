"""The version of the tables, as the row of the edition and Parquet files give it."""

from __future__ import annotations

from typing import Final

VERSION: Final = "1.3"
"""Version of the tables: the first number changes where a column goes or comes to mean another."""
