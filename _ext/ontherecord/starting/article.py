"""What stands at the beginning of an article: its date, its description and its title."""

from __future__ import annotations

from typing import Final

ADVICE: Final = """\
% Write the report below, in your own sentences. Words that somebody said are marked in them:
%
%     The mayor said: {said}`"The library stays open." <mayor-library>`
%
% and each mark has a record, which says who spoke, when, and after which source:
%
%     ontherecord new quote mayor-library --speaker mayor --source herald-2024 --spoken 2024-05-01
"""
"""What an editor reads there, and no reader of the page."""


def beginning(date: str, title: str, description: str = "") -> list[str]:
    """Give the lines of the front matter and of the title, which is Markdown."""
    lines = ["---", f"date: {date}"]
    if description:
        lines.append(f'description: "{description}"')
    return [*lines, "---", f"# {title}"]


def quoted(description: str) -> str:
    """Give a description as it stands between quotation marks in front matter."""
    return description.replace("\\", "\\\\").replace('"', '\\"')
