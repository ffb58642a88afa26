"""Reads annotations in JSON: of the W3C's Web Annotation Data Model, and of Hypothesis."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final
from urllib.parse import unquote

from ontherecord.importing.highlights import Highlight, Unfit

LARGEST: Final = 50_000_000
"""Largest file that is read, in bytes: some fifty thousand annotations."""

_LISTS: Final = ("rows", "items", "annotations", "@graph")
"""Where lists of annotations stand: Hypothesis' API, a W3C page, Hypothesis' export, JSON-LD."""

_DEEPEST: Final = 8
"""Deepest that selectors refine each other, and collections hold pages: more is a mistake."""


class Unreadable(Exception):
    """A file that cannot be read as annotations; the message says why and what to do."""


@dataclass(slots=True)
class Annotations:
    """What a file holds: highlights in its order, and the annotations that mark no words."""

    highlights: list[Highlight] = field(default_factory=list)
    unfit: list[Unfit] = field(default_factory=list)
    count: int = 0


def read(content: bytes) -> Annotations:
    """Read annotations from JSON in UTF-8 (RFC 8259).

    That is, of the W3C Web Annotation Data Model: an annotation (section 3), a list of them, an
    AnnotationPage or an AnnotationCollection with its first page in it (section 5); and of
    Hypothesis: an answer of its API, an export, a list of rows, or one row. Raises `Unreadable`
    where the content is none of these.
    """
    if len(content) > LARGEST:
        raise Unreadable(f"has more than {LARGEST:,} bytes: part it into several files")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Unreadable(
            f"is not in UTF-8 (byte {error.start:,}): save it anew in that encoding"
        ) from error
    try:
        root = json.loads(text)
    except json.JSONDecodeError as error:
        raise Unreadable(
            f"is not JSON: {error.msg} on line {error.lineno}, column {error.colno}; "
            "it may have been cut off: fetch it again"
        ) from error
    except (ValueError, RecursionError) as error:
        raise Unreadable(f"cannot be read as JSON: {error}") from error
    found = Annotations()
    _collect(root, found, _DEEPEST)
    return found


def _collect(value: Any, found: Annotations, depth: int) -> None:
    """Take the annotations out of whatever holds them."""
    if isinstance(value, list):
        for one in value:
            if isinstance(one, dict) and depth and _is_holder(one):
                _collect(one, found, depth - 1)
            else:
                _annotation(one, found)
        return
    if not isinstance(value, dict):
        raise Unreadable("holds no annotations: it is neither a list nor an object")
    if not _is_holder(value):
        if not {"target", "uri"} & value.keys():
            raise Unreadable(
                "holds no annotations: it has neither a target nor a list of annotations"
            )
        _annotation(value, found)
        return
    before = found.count
    first = value.get("first")
    if "AnnotationCollection" in _types(value) and not any(name in value for name in _LISTS):
        if not isinstance(first, dict) or not depth:
            where = f": save {first} too" if isinstance(first, str) else ""
            raise Unreadable(
                f"is a collection that has no page in it{where}, and import the pages, each a file"
            )
        _collect(first, found, depth - 1)
    else:
        name = next(name for name in _LISTS if name in value)
        if not isinstance(value[name], list):
            raise Unreadable(f'holds no annotations: "{name}" is not a list')
        _collect(value[name], found, depth)
    total, read_ = value.get("total"), found.count - before
    if isinstance(total, int) and total > read_:
        message = f"the file holds {read_} of {total} annotations: fetch the others and import them"
        found.unfit.append(Unfit(0, "", message))


def _is_holder(value: dict[str, Any]) -> bool:
    """Tell whether an object holds annotations, and is none itself."""
    if "target" in value:
        return False
    types = _types(value)
    return "AnnotationCollection" in types or any(name in value for name in _LISTS)


def _annotation(value: Any, found: Annotations) -> None:
    """Read one annotation: a highlight for each target that says which words it marks."""
    found.count += 1
    index = found.count
    if not isinstance(value, dict):
        found.unfit.append(Unfit(index, "", "this is no annotation: an object was expected"))
        return
    name = _text(value.get("id")) or _text(value.get("@id"))
    if value.get("references"):
        found.unfit.append(
            Unfit(index, name, "this is a reply to another annotation and marks no words")
        )
        return
    note, tags = _said(value)
    targets = list(_targets(value.get("target")))
    if not targets and isinstance(value.get("uri"), str):
        targets = [value["uri"]]
    if not targets:
        found.unfit.append(Unfit(index, name, "this has no target, so that no words are marked"))
    for part, target in enumerate(targets, 1):
        is_object = isinstance(target, dict)
        address = _address(target) or _text(value.get("uri"))
        page, _, fragment = address.partition("#")
        selectors = list(_selectors(target.get("selector"), _DEEPEST)) if is_object else []
        quote = next((one for one in selectors if _is(one, "TextQuoteSelector")), {})
        exact = _text(quote.get("exact"))
        if not exact.strip():
            found.unfit.append(Unfit(index, name, _no_words(selectors)))
            continue
        position = next((one for one in selectors if _is(one, "TextPositionSelector")), {})
        named = next((one for one in selectors if _is(one, "FragmentSelector")), {})
        found.highlights.append(
            Highlight(
                index=index,
                exact=exact,
                id=name,
                part=part,
                address=page,
                fragment=unquote(_text(named.get("value")).lstrip("#") or fragment),
                prefix=_text(quote.get("prefix")),
                suffix=_text(quote.get("suffix")),
                start=_position(position.get("start")),
                end=_position(position.get("end")),
                note=note,
                tags=tags,
                creator=_creator(value),
                created=_text(value.get("created")),
            )
        )


def _no_words(selectors: list[dict[str, Any]]) -> str:
    """Say why a target marks no words."""
    mend = "mark the words in the page, and not the page as a whole"
    if not selectors:
        return f"this is a note on a whole page and marks no words: {mend}"
    if any(_is(one, "TextQuoteSelector") for one in selectors):
        return "its TextQuoteSelector has no words in `exact`: mark the words anew"
    kinds = dict.fromkeys(kind for one in selectors for kind in _types(one))
    return (
        f"it has no TextQuoteSelector ({', '.join(kinds) or 'none of a known type'} only), so that "
        "the words that it marks are not known: mark them anew in a client that keeps the words"
    )


def _targets(value: Any) -> Iterator[Any]:
    """Give the targets (sections 3.1, 4 and 4.3 of the model)."""
    for one in value if isinstance(value, list) else [value]:
        if isinstance(one, dict) and isinstance(one.get("items"), list):
            yield from (inner for inner in one["items"] if isinstance(inner, str | dict))
        elif isinstance(one, str | dict) and one:
            yield one


def _address(target: Any) -> str:
    """Give the address of a target: its own, or that of the source of a specific resource."""
    for _ in range(_DEEPEST):
        if not isinstance(target, dict):
            return _text(target)
        target = next((target[key] for key in ("source", "id", "@id") if target.get(key)), "")
    return ""


def _selectors(value: Any, depth: int) -> Iterator[dict[str, Any]]:
    """Give the selectors, and those that refine them (section 4.2)."""
    for one in value if isinstance(value, list) else [value]:
        if isinstance(one, dict) and depth:
            yield one
            yield from _selectors(one.get("refinedBy"), depth - 1)


def _types(value: dict[str, Any]) -> list[str]:
    """Give the types of an object, without the namespace before them."""
    types = value.get("type", value.get("@type"))
    listed = types if isinstance(types, list) else [types]
    return [one.replace("#", ":").rpartition(":")[2] for one in listed if isinstance(one, str)]


def _is(value: dict[str, Any], type_: str) -> bool:
    return type_ in _types(value)


def _said(value: dict[str, Any]) -> tuple[str, tuple[str, ...]]:
    """Give what the reader wrote, and the tags (section 3.2; Hypothesis' `text` and `tags`)."""
    notes = [_text(value.get("text")), _text(value.get("bodyValue"))]
    tags = [_text(one) for one in _listed(value.get("tags"))]
    for body in _listed(value.get("body")):
        if not isinstance(body, dict):
            continue  # An address, or nothing that the model knows.
        purposes = _listed(body.get("purpose"))
        words = _text(body.get("value"))
        (tags if "tagging" in purposes else notes).append(words)
    note = "\n\n".join(one.strip() for one in notes if one.strip())
    return note, tuple(dict.fromkeys(filter(None, (tag.strip() for tag in tags))))


def _creator(value: dict[str, Any]) -> str:
    """Give who made it (section 3.3.1; Hypothesis' `user`)."""
    for one in [*_listed(value.get("creator")), value.get("user")]:
        if isinstance(one, dict):
            keys = ("name", "nickname", "id", "@id")
            one = next((text for key in keys if (text := _text(one.get(key)))), "")  # noqa: PLW2901
        if _text(one):
            return _text(one)
    return ""


def _listed(value: Any) -> list[Any]:
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def _position(value: Any) -> int | None:
    return value if type(value) is int and value >= 0 else None


def _text(value: Any) -> str:
    """Give a string as it can be written: halves of characters are replaced."""
    if not isinstance(value, str):
        return ""
    return value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
