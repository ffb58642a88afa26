"""Dates and terms in the edition's language."""

from __future__ import annotations

from babel.dates import format_date
from sphinx.locale import get_translation

from ontherecord.dates import QUALIFIERS, bounds, is_day, locale_of
from ontherecord.dates import say as say_date
from ontherecord.markup.marked_words import punctuation

_ = get_translation("ontherecord")


def say(date: str, language: str) -> str:
    """Say an EDTF date in words of the edition's language."""
    return say_date(date, language, _)


def say_short(date: str, language: str) -> str:
    """Say a day in little room, such as ``23 Feb 2017``; another date as it is."""
    qualifier = QUALIFIERS.get(date[-1:])
    plain = date[:-1] if qualifier else date
    if not is_day(plain):
        return say(date, language)
    said = str(format_date(bounds(plain)[0], "medium", locale=locale_of(language)))
    return str(_(qualifier)) % said if qualifier else said


def day_of_week(date: str, language: str) -> str:
    """Say a day with its name, such as ``Thursday 23 February 2017``; another date as it is."""
    if not is_day(date):
        return say(date, language)
    return str(format_date(bounds(date)[0], _("EEEE d MMMM y"), locale=locale_of(language)))


def in_marks(words: str, language: str) -> str:
    """Give words in the quotation marks of the edition's language."""
    opens = punctuation('"', opens=True, language=language)
    return opens + words + punctuation('"', opens=False, language=language)


def term(word: str) -> str:
    """Say a word of the closed vocabularies in the edition's language."""
    return str(_(word)) if word else ""


def count(number: int, one: str, many: str) -> str:
    """Say a number of things: ``one`` as it is, ``many`` with the number put in."""
    return one if number == 1 else many % number
