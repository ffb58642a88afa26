"""Dates in EDTF as TEI has them: in attributes as far as those go, and as written besides."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from ontherecord.dates import bounds
from ontherecord.exchange.tei.elements import element

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ontherecord.exchange.tei.elements import Element

_PLAIN: Final = re.compile(r"(?!0000)\d{4}(?:-(?:0[1-9]|1[0-2])(?:-\d{2})?)?")
"""A year, a month or a day: what XML Schema's dates and EDTF write alike."""

_UNCERTAIN: Final = re.compile("[~?%]")


@lru_cache(maxsize=512)  # The days on which an edition's people speak.
def dated(edtf: str, *, lasting: bool = False) -> Mapping[str, str]:
    """Give the attributes of TEI's att.datable.w3c that say what an EDTF date says.

    An interval is the time through which a thing lasted (``from``, ``to``), or that within
    which it happened (``notBefore``, ``notAfter``). What is known to be about or perhaps a date
    is not said by attributes, which would make it certain; an unreadable date is not either.
    """
    if not edtf or _UNCERTAIN.search(edtf):
        return {}
    try:
        first, last = bounds(edtf)
    except ValueError:
        return {}
    if _PLAIN.fullmatch(edtf):
        return {"when": edtf}
    names = ("from", "to") if lasting else ("notBefore", "notAfter")
    begin, slash, end = edtf.partition("/")
    if not slash:
        if first == last:
            return {"when": first.isoformat()}
        # A season, or digits that are not known: a time within which it was.
        return {"notBefore": first.isoformat(), "notAfter": last.isoformat()}
    said = {}
    for name, part, known in zip(names, (begin, end), (first, last), strict=True):
        if part and part != "..":
            said[name] = part if _PLAIN.fullmatch(part) else known.isoformat()
    return said


def date(edtf: str, *, type_: str = "", lasting: bool = False) -> Element | None:
    """Give a ``date`` that holds the EDTF as written, or nothing where there is none.

    What is perhaps so has ``cert="low"``; what is about so has a ``precision`` (TEI, 22.2).
    """
    if not edtf:
        return None
    made = element("date", edtf, type=type_, **dated(edtf, lasting=lasting))
    base = _UNCERTAIN.sub("", edtf)
    if base != edtf:
        known = dated(base, lasting=lasting)
        for name, value in known.items():
            made.set(name, value)
        if known and re.search("[?%]", edtf):
            made.set("cert", "low")
        if re.search("[~%]", edtf):
            for name in known:
                made.append(element("precision", match=f"../@{name}", precision="low"))
    return made
