"""Makes witnesses with known edits, so that what a collation finds can be held against them."""

from __future__ import annotations

import random
from dataclasses import dataclass, field

SENTENCES = {
    "en": [
        "There will be no mass deportations of anybody in this country.",
        "Everything that the department does will be done according to the law.",
        "At least half of you try to get that right every morning.",
        "The relationship between our officials has to be seen to be believed.",
        "Nobody asked the committee about the figures before Monday evening.",
        "We expect the harbour authority to publish its accounts next spring.",
        "Twelve witnesses described the same meeting in different words.",
        "Such a promise was never made by anyone on my staff.",
    ],
    "es": [
        "No habrá deportaciones masivas de nadie en este país.",
        "Todo lo que haga el departamento se hará conforme a la ley.",
        "Existen diferencias públicas y notorias entre ambos gobiernos vecinos.",
        "El diálogo franco es la mejor manera de resolverlas pronto.",
        "Nadie preguntó a la comisión por las cifras antes del lunes.",
        "Doce testigos describieron la misma reunión con palabras distintas.",
    ],
    "de": [
        "Es wird keine Massenabschiebungen aus diesem Land geben.",
        "Alles geschieht nach Recht und Gesetz unserer Republik.",
        "Zwölf Zeugen beschrieben dieselbe Sitzung mit verschiedenen Worten.",
        "Niemand fragte den Ausschuss vor Montag nach diesen Zahlen.",
        "Ein solches Versprechen hat meine Behörde niemals abgegeben.",
        "Das Hafenamt veröffentlicht seine Rechnungen im nächsten Frühjahr.",
    ],
    "ru": [
        "Никаких массовых депортаций из этой страны никогда не будет.",
        "Всё будет сделано строго по закону нашей республики.",
        "Двенадцать свидетелей описали одно собрание разными словами.",
        "Никто не спрашивал комиссию о цифрах до понедельника.",
        "Такого обещания мои сотрудники никому не давали.",
        "Портовое управление опубликует свои счета следующей весной.",
    ],
    "ar": [
        "لن تكون هناك عمليات ترحيل جماعي من هذا البلد.",
        "كل شيء سيتم وفقا لقوانين جمهوريتنا الحديثة.",
        "وصف اثنا عشر شاهدا الاجتماع نفسه بكلمات مختلفة.",
        "لم يسأل أحد اللجنة عن الأرقام قبل يوم الاثنين.",
        "لم يقدم موظفو مكتبي وعدا كهذا لأي شخص.",
        "ستنشر هيئة الميناء حساباتها خلال الربيع المقبل.",
    ],
}

REPLACEMENTS = {"en": "zebra", "es": "cebra", "de": "Zebra", "ru": "зебра", "ar": "زرافة"}

KINDS = (
    "substitution",
    "omission-marked",
    "omission-unmarked",
    "splice",
    "truncation",
    "punctuation",
)


@dataclass
class Made:
    """A base wording, a witness made from it, and what was done to it."""

    base: str
    witness: str
    edits: list[tuple[str, str]] = field(default_factory=list)


def make(seed: int, language: str, kinds: list[str]) -> Made:
    """Make a witness with edits of the given kinds, each in a sentence of its own."""
    random_ = random.Random(seed)
    pool = list(SENTENCES[language])
    random_.shuffle(pool)
    sentences = pool[: max(len(kinds) + 2, 3)]
    places = list(range(1, len(sentences) - 1))
    random_.shuffle(places)
    made = Made(" ".join(sentences), "")
    edited: list[str | None] = list(sentences)
    if "truncation" in kinds:
        words = sentences[-1].split()
        keep = random_.randint(3, len(words) - 2)
        edited[-1] = " ".join(words[:keep])
        made.edits.append(("truncation", " ".join(words[keep:]).rstrip(".")))
    for kind in kinds:
        if kind == "truncation" or not places:
            continue
        place = places.pop()
        words = sentences[place].split()
        middle = random_.randint(2, len(words) - 3)
        if kind == "substitution":
            made.edits.append((kind, words[middle]))
            words[middle] = REPLACEMENTS[language]
        elif kind == "omission-unmarked":
            made.edits.append((kind, words[middle]))
            del words[middle]
        elif kind == "omission-marked":
            made.edits.append((kind, words[middle]))
            words[middle] = "…"
        elif kind == "punctuation":
            made.edits.append((kind, words[middle]))
            words[middle] += ","
        elif kind == "splice":
            made.edits.append((kind, sentences[place].rstrip(".")))
            words = []
        edited[place] = " ".join(words)
    made.witness = " ".join(filter(None, edited))
    return made
