"""Our edition: every quote a record with speaker and source, with cases, readings and registers."""

from __future__ import annotations

from pathlib import Path

from shapes import Article, Cited, Corpus, Named, Paragraph, Quote, Said, Text

from sites import markdown
from sites.markdown import CONF, bibtex, escape, files

EXTENSION = Path(__file__).resolve().parent.parent.parent / "_ext"
SETTINGS = (
    CONF
    + f"""
import sys
sys.path.insert(0, {str(EXTENSION)!r})
extensions = ["ontherecord"]
html_theme = "ontherecord"
smartquotes = False
record_address = "https://edition.example/"
"""
)


REGISTERS = {
    "statements": "# Statements\n\n```{quotes}\n```\n",
    "contradictions": "# Contradictions\n\n```{contradictions}\n```\n",
}


def write(folder: Path, corpus: Corpus) -> None:
    """Write the edition."""
    put(folder, corpus, REGISTERS)


def put(folder: Path, corpus: Corpus, registers: dict[str, str]) -> None:
    """Write the edition with some registers."""
    speakers = "".join(
        f":::{{speaker}} {one.id}\n:name: {one.name}\n:::\n\n" for one in corpus.speakers
    )
    files(
        folder,
        corpus,
        SETTINGS,
        article,
        speakers=f"# Speakers\n\n{speakers}",
        sources="# Sources\n\n```{bibliography}\n:all:\n```\n",
        **registers,
    )
    markdown.put(folder / "references.bib", bibtex(corpus.sources))


def article(one: Article) -> str:
    """Give the source of an article."""
    parts = [f"---\ndate: {one.date}\n---\n# {escape(one.title)}"]
    parts += [_marked(paragraph) for paragraph in one.paragraphs]
    parts += [_record(quote) for quote in one.quotes]
    parts += [
        f":::{{contradiction}} {case.id}\n:between: {', '.join(case.between)}\n:kind: facts\n\n"
        f"{escape(case.words)}\n:::"
        for case in one.contradictions
    ]
    return "\n\n".join(parts) + "\n"


def _marked(paragraph: Paragraph) -> str:
    words = ""
    for run in paragraph:
        if isinstance(run, Text):
            words += escape(run.words)
        elif isinstance(run, Named):
            words += f"{{speaker}}`{escape(run.shown)} <{run.speaker}>`"
        elif isinstance(run, Said):
            words += f'{{said}}`"{escape(run.quote.words)}" <{run.quote.id}>`'
        elif isinstance(run, Cited):
            words += f"{{cite}}`{run.source}`"
    return words


def _record(quote: Quote) -> str:
    topics = f":topics: {quote.topic}\n" if quote.topic else ""
    reading = ""
    if quote.reading:
        words = escape(quote.reading.words)
        reading = f"\n:::{{reading}} {quote.reading.source}\n{words}\n:::\n"
    return (
        f"::::{{quote}} {quote.id}\n:speaker: {quote.speaker}\n:source: {quote.source}\n"
        f":spoken: {quote.spoken}\n{topics}{reading}::::"
    )
