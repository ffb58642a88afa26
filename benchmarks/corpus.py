"""Makes an edition of any size, the same one every time: what the benchmarks measure."""

from __future__ import annotations

import random
import sys
from itertools import accumulate
from pathlib import Path

COMMON = (
    "the to and of that a in you is it we i for on this have be are with they not as what so "
    "was our at but do he about going people will from if by or think can president us there "
    "your all know has their would just one thank who get my more been an them which because "
    "said time make sure how out like no when up want were country me now very work some any "
    "those right great where also over first many american well his these into other had then "
    "see here need could year way look back take come good than even really continue way press "
    "question today states united white house administration government world policy border "
    "security law report official agency statement secretary minister"
).split()

# Zipf's and Mandelbrot's law with these figures gives 187 different words in 400 and 10,800 in
# 400,000; the White House transcripts that this was held against have 190 and 11,200.
VOCABULARY, EXPONENT, SHIFT = 20_000, 1.3, 3


def lexicon() -> list[str]:
    """Give the words of the corpus, the commonest first: real ones, then such as look like them."""
    random_ = random.Random("lexicon")
    onsets = "b c d f g h j k l m n p r s t v w br cl cr dr fl gr pl pr sh st th tr".split()
    nuclei = "a e i o u ai ea ee io ou".split()
    codas = ["", "l", "m", "n", "r", "s", "t", "ck", "nd", "nt", "rt", "st"]
    endings = ["", "", "", "s", "ed", "ing", "ly", "er", "tion", "al", "ment", "ive", "ity", "ness"]
    words = dict.fromkeys(COMMON)
    while len(words) < VOCABULARY:
        stem = "".join(
            random_.choice(onsets) + random_.choice(nuclei) + random_.choice(codas)
            for _ in range(random_.choice((1, 1, 2, 2, 3)))
        )
        words[stem + random_.choice(endings)] = None
    return list(words)


WORDS = lexicon()
WEIGHTS = list(accumulate((rank + SHIFT) ** -EXPONENT for rank in range(1, VOCABULARY + 1)))

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
    words = random_.choices(WORDS, cum_weights=WEIGHTS, k=random_.randint(least, most))
    words[0] = words[0].capitalize()
    for place in range(1, len(words) - 1):
        if random_.random() < 0.06:
            words[place] += ","
        elif random_.random() < 0.01:
            words[place] += "'s"
    return " ".join(words) + "."


def article(number: int, count: int) -> str:
    """Give an article of 350 to 450 words with seven quotes and a contradiction."""
    random_ = random.Random(number)
    speakers = max(1, count // 5)
    day = f"20{number % 20:02}-{number % 12 + 1:02}-{number % 28 + 1:02}"
    lines = ["---", f"date: {day}", "---", f"# {sentence(random_, 5, 9)}", ""]
    lines += [f"{sentence(random_, 18, 30)} {sentence(random_, 15, 25)}", ""]
    records = []
    for index in range(7):
        name = f"q{number}-{index}"
        speaker = int(speakers * random_.random() ** 2)
        said = sentence(random_, 8, 20)
        lines += [
            sentence(random_, 16, 26),
            f'{{speaker}}`They <s{speaker}>` said: {{said}}`"{said}" <{name}>`',
            sentence(random_, 6, 13),
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
