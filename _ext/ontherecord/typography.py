"""Characters that are set one way or another for the same words, or are not seen at all.

Whoever compares words folds these, each in its own way; no published word is changed by them.
"""

from __future__ import annotations

from typing import Final

INVISIBLE: Final = "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"
"""Characters that nobody sees, and that programs drop or add: soft hyphens, joiners, marks."""
SINGLE: Final = "‘’‚‛′‹›`´"
"""What is set for a single quotation mark or an apostrophe, but for the typewriter's own."""
DOUBLE: Final = "“”„‟″«»"
"""What is set for a double quotation mark, but for the typewriter's own."""
DASHES: Final = "‐‑‒–—―−"
"""What is set for a hyphen or a dash, but for the typewriter's own."""
