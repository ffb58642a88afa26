"""The date that commands enter."""

from __future__ import annotations

import datetime
import os


def today() -> str:
    """Give the date: that of ``SOURCE_DATE_EPOCH`` where it is set, else today's."""
    seconds = os.environ.get("SOURCE_DATE_EPOCH")
    now = datetime.datetime.now(datetime.UTC)
    if seconds:
        now = datetime.datetime.fromtimestamp(int(seconds), datetime.UTC)
    return now.date().isoformat()
