"""What keeps an edition from being parted: each one said once, with its place and the mend."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Mistake:
    """One thing that keeps a plan from being carried out; ``file`` may be empty."""

    file: str
    line: int
    message: str

    def __str__(self) -> str:
        """Give it in one line."""
        place = f"{self.file}:{self.line}: " if self.file and self.line else ""
        place = place or (f"{self.file}: " if self.file else "")
        return f"{place}{self.message}"
