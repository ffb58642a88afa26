"""What is cited: one item, as every format of references needs it."""

from __future__ import annotations

from typing import Final

from ontherecord.values import Value

SUFFIXES: Final = frozenset({"Jr.", "Jr", "Sr.", "Sr", "II", "III", "IV", "V", "fils", "père"})
"""What follows a family name and is no part of it."""


class Name(Value, frozen=True):
    """The name of an author or editor: its parts, or, where they are not known, the whole."""

    literal: str = ""
    family: str = ""
    given: str = ""
    suffix: str = ""

    @property
    def inverted(self) -> str:
        """The name with the family name first, such as ``King, Martin, Jr.``."""
        return ", ".join(filter(None, (self.family, self.given, self.suffix))) or self.literal


def name_of(name: str, family: str = "") -> Name:
    """Part a full name by the family name that an editor recorded.

    The family name may stand first (``Xi Jinping``) or last (``John F. Kelly``),
    there with a suffix behind it (``Martin King Jr.``). Where none is recorded,
    or it stands nowhere so as whole words, the name is left whole: where a
    family name begins is for people to say, not for a program to guess.
    """
    words, sought = name.split(), family.split()
    whole = Name(literal=" ".join(words))
    if not sought:
        return whole
    bare = [word.rstrip(",") for word in words]
    suffix = ""
    if len(words) > len(sought) and words[-1] in SUFFIXES and bare[-1] != sought[-1]:
        suffix = bare.pop()
    if bare[-len(sought) :] == sought:
        given = words[: len(bare) - len(sought)]
    elif bare[: len(sought)] == sought:
        given = words[len(sought) : len(bare)]
    else:
        return whole
    return Name(family=" ".join(sought), given=" ".join(given).strip(" ,"), suffix=suffix)


class Item(Value, frozen=True):
    """One thing that is cited.

    ``type`` is one of CSL 1.0.2; ``title`` are the opening words of a quotation,
    or a title; ``words`` all the words. ``issued`` and ``original`` (the day on
    which the words were spoken) are EDTF dates, ``language`` is a tag of BCP 47,
    ``container`` the edition's title. ``exact`` says that the title is a speaker's
    words.
    """

    id: str
    type: str
    title: str = ""
    authors: tuple[Name, ...] = ()
    words: str = ""
    container: str = ""
    editors: tuple[Name, ...] = ()
    publisher: str = ""
    version: str = ""
    issued: str = ""
    original: str = ""
    address: str = ""
    language: str = ""
    swhid: str = ""
    licence: str = ""
    genre: str = ""
    exact: bool = True
    note: str = ""
