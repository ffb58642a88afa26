"""Languages as BCP 47 names them; Sphinx writes ``pt_BR`` for what it calls ``pt-BR``."""

from __future__ import annotations

from typing import Final

_RIGHT_TO_LEFT: Final = frozenset({"ar", "dv", "fa", "he", "ku", "ps", "sd", "ug", "ur", "yi"})


def tag_of(language: str | None) -> str:
    """Give the tag of a language as a setting has it, that of English where it has none."""
    return (language or "en").replace("_", "-")


def primary(language: str) -> str:
    """Give the language of a tag, without script and region."""
    return language.partition("-")[0].lower()


def direction(language: str) -> str:
    """Give the direction in which a language is written, for ``dir``."""
    return "rtl" if primary(language) in _RIGHT_TO_LEFT else "ltr"
