"""What the Web Annotation Data Model says that must be (W3C Recommendation, 23 February 2017).

Each rule is a sentence of the Recommendation with MUST or MUST NOT in it, under its section.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urljoin

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
UTC = re.compile(r"-?\d{4,}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z")
IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|\\^`]+")

SELECTORS = {
    "FragmentSelector": ("4.2.1", ("value",), ("conformsTo",)),
    "CssSelector": ("4.2.2", ("value",), ()),
    "XPathSelector": ("4.2.3", ("value",), ()),
    "TextQuoteSelector": ("4.2.4", ("exact",), ("prefix", "suffix")),
    "TextPositionSelector": ("4.2.5", ("start", "end"), ()),
    "DataPositionSelector": ("4.2.6", ("start", "end"), ()),
    "SvgSelector": ("4.2.7", (), ("value",)),
    "RangeSelector": ("4.2.8", ("startSelector", "endSelector"), ()),
}
"""Of each kind its section, what it has exactly once, and what at most once."""


def faults_of_collection(made: dict[str, Any], base: str) -> Iterator[str]:
    yield from _context(made, "5.1")
    yield from _identity(made, base, "5.1", "AnnotationCollection")
    for label in _listed(made.get("label")):
        if not isinstance(label, str):
            yield "5.1: a label that is no string"
    total = made.get("total", 0)
    if not _is_count(total):
        yield f"5.1: the total is no nonNegativeInteger: {total!r}"
    elif total > 0 and len(_listed(made.get("first"))) != 1:
        yield "5.1: a collection that holds annotations has exactly 1 first page"
    yield from _iris(made, base, "5.1", "first", "last")
    yield from _rights(made, base)


def faults_of_page(made: dict[str, Any], base: str, *, is_last: bool) -> Iterator[str]:
    yield from _context(made, "5.2")
    yield from _identity(made, base, "5.2", "AnnotationPage")
    if not isinstance(made.get("items"), list) or not made["items"]:
        yield "5.2: a page has an array of 1 or more annotations"
    if not is_last and len(_listed(made.get("next"))) != 1:
        yield "5.2: a page that is not the last has the IRI of the next"
    if "startIndex" in made and not _is_count(made["startIndex"]):
        yield "5.2: startIndex is no nonNegativeInteger"
    part_of = made.get("partOf")
    if len(_listed(part_of)) > 1 or (isinstance(part_of, dict) and "id" not in part_of):
        yield "5.2: partOf is an IRI or an object with at least its id"
    yield from _iris(made, base, "5.2", "next", "prev", "partOf")
    for annotation in made.get("items", ()):
        yield from faults_of_annotation(annotation, base)


def faults_of_annotation(made: dict[str, Any], base: str) -> Iterator[str]:
    yield from _identity(made, base, "3.1", "Annotation")
    if not _listed(made.get("target")):
        yield "3.1: an annotation has 1 or more targets"
    if "bodyValue" in made:
        if "body" in made:
            yield "3.2.5: bodyValue and body are not both there"
        if not isinstance(made["bodyValue"], str):
            yield "3.2.5: bodyValue is a single string"
    for resource in (*_listed(made.get("body")), *_listed(made.get("target"))):
        yield from _resource(resource, base)
    if len(_listed(made.get("stylesheet"))) > 1:
        yield "4.4: an annotation has at most 1 stylesheet"
    yield from _other_properties(made, base)


def _resource(made: Any, base: str) -> Iterator[str]:
    """A body or a target."""
    if isinstance(made, str):
        if not _is_iri(made, base):
            yield f"3.2.1: {made!r} is no IRI"
        return
    types = _listed(made.get("type"))
    if "Choice" in types:
        if types != ["Choice"]:
            yield "3.2.7: a Choice has exactly 1 type"
        for one in made.get("items", ()):
            yield from _resource(one, base)
    elif "source" in made or "SpecificResource" in types:
        yield from _specific(made, base)
    elif "TextualBody" in types or "value" in made:
        if not isinstance(made.get("value"), str):
            yield "3.2.4: a TextualBody has exactly 1 value"
    elif not isinstance(made.get("id"), str):
        yield "3.2.1: an external resource has exactly 1 id"
    if "id" in made:
        yield from _iris(made, base, "3.2.1", "id")
    if made.get("textDirection", "auto") not in {"ltr", "rtl", "auto"}:
        yield "3.2.1: textDirection is ltr, rtl or auto"
    yield from _other_properties(made, base)


def _specific(made: dict[str, Any], base: str) -> Iterator[str]:
    if len(_listed(made.get("source"))) != 1:
        yield "4: a SpecificResource has exactly 1 source"
    else:
        yield from _resource(made["source"], base)
    for selector in _listed(made.get("selector")):
        yield from _selector(selector, base)


def _selector(made: Any, base: str) -> Iterator[str]:
    if isinstance(made, str):
        if not _is_iri(made, base):
            yield f"4.2: {made!r} is no IRI"
        return
    types = _listed(made.get("type"))
    if len(types) != 1 or types[0] not in SELECTORS:
        yield f"4.2: a selector has exactly 1 type of the model's: {types}"
        return
    section, once, at_most = SELECTORS[types[0]]
    for name in once:
        if len(_listed(made.get(name))) != 1:
            yield f"{section}: {types[0]} has exactly 1 {name}"
    for name in at_most:
        if len(_listed(made.get(name))) > 1:
            yield f"{section}: {types[0]} has not more than 1 {name}"
    for name in {"start", "end"} & made.keys():
        if not _is_count(made[name]):
            yield f"{section}: {name} is a non-negative integer"
    for name in {"exact", "prefix", "suffix", "value"} & made.keys():
        if not isinstance(made[name], str):
            yield f"{section}: {name} is text"
    yield from _iris(made, base, section, "conformsTo")
    for further in _listed(made.get("refinedBy")):
        yield from _selector(further, base)


def _other_properties(made: dict[str, Any], base: str) -> Iterator[str]:
    for name in {"created", "modified", "generated"} & made.keys():
        value = made[name]
        if not isinstance(value, str) or not UTC.fullmatch(value):
            yield f"3.3.1: {name} is one xsd:dateTime in UTC, expressed as Z: {value!r}"
    for name in {"creator", "generator"} & made.keys():
        for agent in _listed(made[name]):
            if isinstance(agent, dict) and isinstance(agent.get("id", ""), list):
                yield f"3.3.2: {name} has not more than 1 IRI"
            elif not _is_iri(agent if isinstance(agent, str) else agent.get("id", base), base):
                yield f"3.3.2: {name} is no agent: {agent!r}"
    if len(_listed(made.get("canonical"))) > 1:
        yield "3.3.7: there is at most 1 canonical IRI"
    yield from _iris(made, base, "3.3.7", "canonical", "via")
    yield from _rights(made, base)


def _rights(made: dict[str, Any], base: str) -> Iterator[str]:
    yield from _iris(made, base, "3.3.6", "rights")


def _context(made: dict[str, Any], section: str) -> Iterator[str]:
    contexts = made.get("@context")
    if CONTEXT not in _listed(contexts):
        yield f"{section}: {CONTEXT} is one of the values of @context"
    if isinstance(contexts, list) and len(contexts) == 1:
        yield "3.1: where there is only one context, it is a string"


def _identity(made: dict[str, Any], base: str, section: str, type_: str) -> Iterator[str]:
    if not isinstance(made.get("id"), str) or not _is_iri(made["id"], base):
        yield f"{section}: {type_} has exactly 1 IRI that identifies it: {made.get('id')!r}"
    if type_ not in _listed(made.get("type")):
        yield f"{section}: the class {type_} is one of the types"


def _iris(made: dict[str, Any], base: str, section: str, *names: str) -> Iterator[str]:
    for name in names:
        for value in _listed(made.get(name)):
            iri = value.get("id", "") if isinstance(value, dict) else value
            if not _is_iri(iri, base):
                yield f"{section}: {name} is no IRI: {value!r}"


def _is_iri(value: Any, base: str) -> bool:
    """Tell whether a reference, resolved as JSON-LD has it, is an IRI (1.4)."""
    return isinstance(value, str) and bool(value) and bool(IRI.fullmatch(urljoin(base, value)))


def _is_count(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0


def _listed(value: Any) -> list[Any]:
    if value is None:
        return []
    return value if isinstance(value, list) else [value]
