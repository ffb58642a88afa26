"""Makes an edition of any size, the same one every time: what the benchmarks measure."""

from __future__ import annotations

import random
import sys
from pathlib import Path

WORDS = (
    "the of and to in that said it for was on is with as be by this from have not are they his an "
    "been which would were their has more will about who when there if out so one up people policy "
    "border report agency official statement question answer law budget plan minister secretary "
    "committee hearing record evidence figure vote court order member public private new old early "
    "later morning evening week year percent million dispute claim denial reply letter programme"
).split()

CONF = """
import sys
sys.path.insert(0, {extension!r})
project = "Corpus"
copyright = "nobody"
extensions = ["ontherecord"]
html_theme = "basic"
smartquotes = False
"""


def sentence(random_: random.Random, least: int, most: int) -> str:
    """Give a sentence of so many words."""
    words = random_.choices(WORDS, k=random_.randint(least, most))
    return " ".join(words).capitalize() + "."


def article(number: int, count: int) -> str:
    """Give an article of 350 to 450 words with seven quotes and a contradiction."""
    random_ = random.Random(number)
    speakers = max(1, count // 5)
    day = f"20{number % 20:02}-{number % 12 + 1:02}-{number % 28 + 1:02}"
    lines = ["---", f"date: {day}", "---", f"# {sentence(random_, 5, 9)}", ""]
    records = []
    for index in range(7):
        name = f"q{number}-{index}"
        speaker = int(speakers * random_.random() ** 2)
        said = sentence(random_, 8, 20)
        lines += [
            sentence(random_, 15, 25),
            f'{{speaker}}`They <s{speaker}>` said: {{said}}`"{said}" <{name}>`',
            sentence(random_, 5, 12),
            "",
        ]
        reading = ""
        if random_.random() < 0.1:
            other = said.replace(said.split()[3], "other", 1)
            reading = f"\n:::{{reading}} b{(number + 1) % count}\n{other}\n:::\n"
        records.append(
            f"::::{{quote}} {name}\n:speaker: s{speaker}\n:source: b{number}\n:spoken: {day}\n"
            f":topics: {random_.choice(WORDS)}\n{reading}::::\n"
        )
    cited = ", ".join(
        f"{{cite}}`b{random_.randrange(count)}`" for _ in range(random_.randint(2, 4))
    )
    records.append(
        f":::{{contradiction}} c{number}\n:between: q{number}-0, q{number}-1\n:kind: facts\n\n"
        f"{sentence(random_, 8, 14)}\n:::\n"
    )
    return "\n".join([*lines, f"See {cited}.", "", *records])


def write(folder: Path, count: int) -> None:
    """Write an edition of so many articles."""
    (folder / "articles").mkdir(parents=True, exist_ok=True)
    (folder / "conf.py").write_text(
        CONF.format(extension=str(Path(__file__).parent.parent / "_ext")), encoding="utf-8"
    )
    toctree = "# Corpus\n\n```{toctree}\n:hidden:\n\nspeakers\nsources\narticles/index\n```\n"
    (folder / "index.md").write_text(toctree, encoding="utf-8")
    (folder / "articles" / "index.md").write_text(
        "# Articles\n\n```{toctree}\n:glob:\n\na*\n```\n", encoding="utf-8"
    )
    speakers = "".join(
        f":::{{speaker}} s{number}\n:name: Speaker {number}\n:::\n\n"
        for number in range(max(1, count // 5))
    )
    (folder / "speakers.md").write_text(f"# Speakers\n\n{speakers}", encoding="utf-8")
    (folder / "sources.md").write_text(
        "# Sources\n\n```{bibliography}\n:all:\n```\n", encoding="utf-8"
    )
    entries = "".join(
        f"@misc{{b{number}, organization={{Paper {number}}}, title={{Report {number}}}, "
        "date={2030}}\n"
        for number in range(count)
    )
    (folder / "references.bib").write_text(entries, encoding="utf-8")
    for number in range(count):
        path = folder / "articles" / f"a{number:05}.md"
        path.write_text(article(number, count), encoding="utf-8")


if __name__ == "__main__":
    write(Path(sys.argv[1]), int(sys.argv[2]))
