"""Markup: reads what the editor wrote, from Markdown or reStructuredText, into records."""
