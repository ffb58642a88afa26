"""Editions made at random, as values and without a build: what every export has to stand."""

from __future__ import annotations

from hypothesis import strategies as st
from ontherecord.edition import Edition
from ontherecord.evidence.ledger import Entry, Ledger
from ontherecord.imprint import Imprint, Page, content_identifier
from ontherecord.packed import pack
from ontherecord.records import (
    Annotation,
    Block,
    Contradiction,
    Document,
    Event,
    Mark,
    Origin,
    Part,
    Post,
    Quote,
    Reading,
    Source,
    Speaker,
)
from ontherecord.words import fold_space

HARD = [
    "There will be no — repeat — no mass deportations.",
    "<b>bold</b> & ]]> &amp; <!-- -->",
    "“He said ‘no’,” she said",
    "a \"straight\" one, and 'another'",
    "👩‍👩‍👧‍👦 and 🇲🇽",
    "e\u0301 is not é, nor is Å the same as A\u030a",
    "قال الرئيس: «لا»",
    "שלום (עולם) abc",
    "{braces} 100% \\backslash $5 #6 ~tilde ^hat_under",
    "=1+1, -2; @home",
    "x" * 300 + " word" * 50,
    "We will, […] and [they] won’t...",
    "Строгие слова; naïve coöperation — 漢字「引用」",
]

WORDS = st.one_of(
    st.sampled_from(HARD),
    st.text(
        st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"], max_codepoint=0x1FFFF),
        min_size=1,
        max_size=60,
    )
    .map(fold_space)
    .filter(bool),
)
"""Words of one paragraph, folded as the edition has them, with all that is hard in them."""

BRACKETS = st.sampled_from(["edition", "source"])
DATES = st.sampled_from(
    [
        "",
        "2017",
        "2017-02",
        "2017-02-23",
        "2017-02~",
        "2017-02-23?",
        "2017-02-20/2017-02-24",
        "1789",
    ]
)

SPEAKERS = [
    ("John F. Kelly", "Kelly", "person"),
    ("Enrique Peña Nieto", "Peña Nieto", "person"),
    ("Xi Jinping", "Xi", "person"),
    ("Sukarno", "", "person"),
    ("Department of Homeland Security", "", "organisation"),
    ("An official <not named> & another", "", "unnamed"),
]

SOURCES = {
    "herald-2024": (
        ("date", "2024-05-01"),
        ("organization", "The Herald & Sons"),
        ("title", "A <i>"),
    ),
    "post-2024": (("organization", "The Post"), ("url", "https://post.example/a?b=1&c=2")),
    "wire": (("title", "Wire — “live”"), ("witness", "transcript")),
}


@st.composite
def editions(draw: st.DrawFn, most_quotes: int = 5) -> Edition:
    """Draw an edition: an article or two, a page of records, quotes marked or given, the rest."""
    speakers = [
        Speaker(
            id=f"speaker-{number}",
            origin=Origin("annotations/speakers", number * 10 + 1, "", number * 10 + 5),
            name=name,
            family=family,
            kind=kind,
            aliases=tuple(draw(st.lists(WORDS, max_size=1))),
            posts=(Post(draw(WORDS), draw(st.sampled_from(["", "Town & Co"])), "2017/2018"),),
            authorities=draw(st.sampled_from([(), (("wikidata", "Q42"),)])),
            text=draw(st.sampled_from(["", "Who they are."])),
        )
        for number, (name, family, kind) in enumerate(SPEAKERS)
    ]
    names = ["articles/2017-02-23-one", "articles/2018-01-01-two"]
    parts: dict[str, list[Part]] = {name: [Part("text", "It was said: ")] for name in names}
    marks: dict[str, list[Mark]] = {name: [] for name in names}
    records: dict[str, list[Quote | Annotation]] = {name: [] for name in names}
    quotes: list[Quote] = []
    for number in range(draw(st.integers(2, most_quotes))):
        name = draw(st.sampled_from(names))
        identifier = f"quote-{number}"
        line = number * 20 + 5
        given = draw(st.booleans())
        paragraphs = draw(st.lists(WORDS, min_size=1, max_size=2))
        readings = tuple(
            Reading(
                source=key,
                words=draw(WORDS),
                line=line + 9,
                lang=draw(st.sampled_from(["", "es"])),
                brackets=draw(BRACKETS),
            )
            for key in draw(
                st.lists(st.sampled_from(["post-2024", "wire"]), max_size=2, unique=True)
            )
        )
        quote = Quote(
            id=identifier,
            origin=Origin(name, line, "", line + 12),
            speaker=f"speaker-{draw(st.integers(0, len(speakers) - 1))}",
            source="herald-2024",
            block="\n\n".join(paragraphs) if given else "",
            spoken=draw(DATES),
            time=draw(st.sampled_from(["", "13:32-05:00"])),
            place=draw(st.sampled_from(["", "Town <hall> & court"])),
            to=draw(st.sampled_from(["", "reporters"])),
            lang=draw(st.sampled_from(["", "es", "ar"])),
            brackets=draw(BRACKETS),
            contiguous=draw(st.sampled_from(["yes", "no", "unknown"])),
            topics=tuple(
                draw(st.lists(st.sampled_from(["law", "use & abuse"]), max_size=2, unique=True))
            ),
            readings=readings,
        )
        quotes.append(quote)
        records[name].append(quote)
        for index, words in enumerate([] if given else paragraphs, 1):
            first = len(parts[name])
            parts[name] += [Part("text", words), Part("text", " — and then: ")]
            marks[name].append(
                Mark("said", identifier, index + 2, words, "p1", first, first + 1, index)
            )
    note = Annotation(
        id="note-1",
        origin=Origin(names[0], 900, "", 905),
        on=draw(st.sampled_from([quotes[0].id, "speaker-0", ""])),
        source=draw(st.sampled_from(["", "wire"])),
        date=draw(DATES),
        text=draw(WORDS),
    )
    first = len(parts[names[0]])
    parts[names[0]] += [Part("text", "a passage"), Part("text", ".")]
    marks[names[0]].append(Mark("passage", note.id, 40, "a passage", "p1", first, first + 1, 1))
    records[names[0]].append(note)
    case = Contradiction(
        id="case-1",
        origin=Origin("annotations/cases", 3, "", 14),
        between=(quotes[0].id, quotes[1].id),
        kind="negation",
        relation=draw(st.sampled_from(["", "contrary", "contradictory", "tension"])),
        status=draw(st.sampled_from(["", "alleged", "answered"])),
        answered_by=draw(st.sampled_from([(), (quotes[-1].id,)])),
        certainty=draw(st.sampled_from(["", "high", "medium", "low"])),
        editor=draw(st.sampled_from(["", "A. Editor"])),
        history=draw(st.sampled_from([(), (Event("2017-02-23", "answered", "by <the> press"),)])),
        at_issue=((quotes[0].id, draw(WORDS)),),
        text=draw(WORDS),
    )
    documents = {
        name: Document(
            docname=name,
            title=draw(WORDS),
            date=name[9:19],
            description=draw(st.sampled_from(["", "What it is about & why."])),
            records=tuple(records[name]),
            marks=tuple(marks[name]),
            packed_blocks=pack([Block("p1", tuple(parts[name]))]),
        )
        for name in names
    }
    documents["annotations/speakers"] = Document(
        "annotations/speakers", "Speakers", records=tuple(speakers)
    )
    documents["annotations/cases"] = Document("annotations/cases", "Cases", records=(case,))
    sources = {
        key: Source(key, "misc", ("Jane Roe",) if key == "wire" else (), fields)
        for key, fields in SOURCES.items()
    }
    ledger = Ledger()
    if draw(st.booleans()):
        for event, day in (("published", "2017-03-01"), ("revised", "2017-04-01")):
            reason = "a <typo>" if event == "revised" else ""
            entry = Entry(day, quotes[0].id, "quote", event, "0" * 64, "They: words", "", reason)
            ledger.entries.setdefault(quotes[0].id, []).append(entry)
        ledger.entries["gone-1"] = [
            Entry("2017-05-01", "gone-1", "quote", "withdrawn", "", "Gone & away", "", "not said")
        ]
    imprint = Imprint(
        title="An edition & more",
        description="What <was> said",
        editors=("The editors",),
        version="1.2.0",
        date="2024-06-01",
        address=draw(st.sampled_from(["", "https://edition.example/en/stable/"])),
        licence="CC-BY-4.0",
        copyright="2024, the editors",
        origin=draw(st.sampled_from(["", "https://forge.example/edition"])),
        pages={
            name: Page(
                document.title, f"{name}.html", f"{name}.md", content_identifier(name.encode())
            )
            for name, document in documents.items()
        },
    )
    return Edition(documents, sources, "en", ledger=ledger, imprint=imprint)
