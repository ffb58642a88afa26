"""``edition.json``: everything, and its JSON Schema."""

from __future__ import annotations

import json
from functools import partial
from typing import TYPE_CHECKING, Final

import msgspec

from ontherecord.exchange import of_edition, shapes
from ontherecord.exchange.format import Each, Format, Whole
from ontherecord.exchange.stretches import Stretch, runs

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ontherecord.edition import Edition
    from ontherecord.exchange.format import Content

FILE: Final = "record/edition.json"
SCHEMA: Final = "record/edition.schema.json"


def _edition(edition: Edition) -> Iterator[bytes | Stretch]:
    """Give the file piece by piece, a record a line, so that versions can be compared."""
    encode = msgspec.json.encode
    yield b'{\n"schema":%s,\n"edition":%s' % (
        encode(shapes.VERSION),
        encode(of_edition.imprint(edition)),
    )
    for name, listed in of_edition.LISTS.items():
        yield b",\n%s:[" % encode(name)
        if isinstance(listed, of_edition.Listed):
            comma = b"\n"
            for stretch in _stretches(edition, name, listed):
                yield comma
                yield stretch
                comma = b",\n"
        else:
            yield from _lines(b"\n", listed(edition))
        yield b"\n]"
    yield b"\n}\n"


def _stretches(edition: Edition, name: str, listed: of_edition.Listed) -> Iterator[Stretch]:
    things = listed.by_name(edition)

    def lines(names: tuple[str, ...]) -> Iterator[bytes]:
        return _lines(b"", (listed.make(edition, things[one]) for one in names))

    for names in runs(things):
        yield Stretch(name, listed.kind, names, partial(lines, names))


def _lines(first: bytes, objects: Iterable[shapes.Shape]) -> Iterator[bytes]:
    """Give objects a line each, with commas between them; ``first`` is what the first follows."""
    comma = first
    for one in objects:
        yield comma + msgspec.json.encode(one)
        comma = b",\n"


def schema() -> dict[str, object]:
    """Give the JSON Schema of the file (draft 2020-12)."""
    made = msgspec.json.schema(shapes.EditionShape)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "An edition of On the Record",
        **made,
    }


def _schema() -> Content:
    text = json.dumps(schema(), ensure_ascii=False, indent=2) + "\n"
    return [text.encode()]


def _parts(edition: Edition) -> Iterator[Each | Whole]:
    yield Whole(FILE, partial(_edition, edition))
    yield Whole(SCHEMA, _schema, frozenset())


FORMAT: Final = Format("json", "everything, with its JSON Schema", (FILE, SCHEMA), _parts)
