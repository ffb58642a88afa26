"""Writes the guide's reference pages from the code, so that they cannot drift from it.

``python -m ontherecord.reference guide`` writes them into a folder.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import msgspec

from ontherecord import vocabulary
from ontherecord.evidence.findings import KINDS as FINDINGS
from ontherecord.exchange import shapes
from ontherecord.exchange.format import known
from ontherecord.markup.directives import DIRECTIVES
from ontherecord.markup.registers import REGISTERS, RegisterDirective
from ontherecord.problems import PROBLEMS
from ontherecord.starting.sources import FIELDS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from ontherecord.markup.options import Option

_LISTS: Final[dict[str, Mapping[str, str]]] = {
    "Kinds of speaker": vocabulary.SPEAKER_KINDS,
    "What a time is the time of": vocabulary.TIME_IS,
    "Modes": vocabulary.MODES,
    "Whether fragments are contiguous": vocabulary.CONTIGUOUS,
    "Kinds of contradiction": vocabulary.CONTRADICTION_KINDS,
    "Relations": vocabulary.RELATIONS,
    "Statuses": vocabulary.STATUSES,
    "Certainties": vocabulary.CERTAINTIES,
    "Types of annotation": vocabulary.ANNOTATION_TYPES,
    "Findings": FINDINGS,
    "Kinds of witness (in the bibliography)": vocabulary.WITNESSES,
}


def options() -> str:
    """Give the page of directives, their options, and the words that these take."""
    lines = [
        "# Directives and options",
        "",
        "Where nothing is said, a quote is `direct`, its fragments `unknown` to be contiguous",
        "(they are shown with `[…]` between them; with `yes` they follow each other), and its",
        "time that of a report; a speaker is a `person`, an annotation gives `context`.",
        "",
    ]
    for name, directive in DIRECTIVES.items():
        lines += [f"## {name}", "", *_table(directive.takes), ""]
    lines += [f"## {', '.join(REGISTERS)}", "", *_table(RegisterDirective.takes), ""]
    lines += ["## Fields of a source, in references.bib", "", *_table(FIELDS), ""]
    for title, words in _LISTS.items():
        lines += [f"## {title}", "", "| word | meaning |", "|---|---|"]
        lines += [f"| `{word}` | {meaning} |" for word, meaning in words.items()]
        lines.append("")
    return "\n".join(lines)


def _table(takes: Iterable[Option]) -> list[str]:
    rows = ["| option | value | needed |", "|---|---|---|"]
    for option in takes:
        needed = "required" if option.required else ""
        rows.append(f"| `{option.name}` | {option.help} | {needed} |")
    return rows


def warnings() -> str:
    """Give the page of warnings."""
    lines = [
        "# Warnings",
        "",
        "Each warning has the type `record` and a subtype, gives its file and line, and says how",
        "to mend what is wrong. `suppress_warnings` in `conf.py` keeps one of them quiet, as",
        '`suppress_warnings = ["record.not-an-article"]` does. `record.unwritten-output` and',
        "`record.unreadable-doctree` end the build and are told in any case; see",
        "[](faults.md).",
        "",
        "| warning | what is wrong |",
        "|---|---|",
    ]
    lines += [f"| `record.{subtype}` | {meaning} |" for subtype, meaning in PROBLEMS.items()]
    return "\n".join([*lines, ""])


def formats() -> str:
    """Give the page of formats of export."""
    lines = [
        "# Formats",
        "",
        "What a build publishes beside its pages, and `ontherecord export` makes from",
        "`edition.json`. The names are those of `record_exports` and of `--format`. Paths are from",
        "the folder of the HTML output; `*` stands for the name of a record, a document or a page.",
        "",
    ]
    for name, one in known().items():
        needs = f" It needs `sphinx-ontherecord[{one.extra}]`." if one.extra else ""
        named = "" if one.default else " It is published where it is named."
        lines += [f"## {name}", "", f"{one.title[0].upper()}{one.title[1:]}.{needs}{named}", ""]
        lines += [*(f"- `{path}`" for path in one.owns), ""]
    return "\n".join(lines)


def fields() -> str:
    """Give the page of all that stands in ``edition.json``."""
    lines = [
        "# Fields of edition.json",
        "",
        f"Version {shapes.VERSION} of the format. `record/edition.schema.json` says the same as a",
        "JSON Schema. A reader of one version takes every file whose first number is the same;",
        "fields that it does not know are new, and can be left alone. Dates are EDTF.",
        "",
    ]
    made = msgspec.json.schema(shapes.EditionShape)["$defs"]
    for name in ("EditionShape", *sorted(made.keys() - {"EditionShape"})):
        described = made[name]
        lines += [f"## {name.removesuffix('Shape')}", "", described.get("description", ""), ""]
        for field, about in described["properties"].items():
            meaning = about.get("description", "")
            lines.append(f"- `{field}`, {_type(about)}" + (f": {meaning}" if meaning else ""))
        lines.append("")
    return "\n".join(lines)


def _type(about: Mapping[str, Any]) -> str:
    """Give the type of a field in words."""
    if "$ref" in about:
        return str(about["$ref"]).rpartition("/")[2].removesuffix("Shape")
    if about.get("type") == "array":
        return f"list of {_type(about.get('items', {}))}"
    if about.get("type") == "object":
        return "texts by name"
    return {"string": "text", "integer": "number"}[about["type"]]


PAGES: Final[dict[str, Callable[[], str]]] = {
    "options.md": options,
    "warnings.md": warnings,
    "formats.md": formats,
    "fields.md": fields,
}

if __name__ == "__main__":
    for page, make in PAGES.items():
        (Path(sys.argv[1]) / page).write_text(make(), encoding="utf-8")
