"""What our collation finds and costs, beside CollateX, in one run.

Precision and recall are over witnesses with known edits (`tests/witness_maker`)
in five languages; both collations are read by the same `find`. Costs are CPU
seconds; the growth is the exponent between the smallest and the largest size.
"""

from __future__ import annotations

import math
import random
import time
from collections import Counter
from typing import TYPE_CHECKING

from collatex import collate as collatex_collate
from ontherecord.evidence.collation import Collation, collate
from ontherecord.evidence.findings import find
from ontherecord.evidence.tokens import tokenise
from witness_maker import KINDS, SENTENCES, make

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

Collate = "Callable[[Sequence[tuple[str, ...]]], Collation]"


def with_collatex(wordings: Sequence[tuple[str, ...]]) -> Collation:
    """Align with CollateX, on the same words."""
    witnesses = tuple(tokenise(fragments) for fragments in wordings)
    given = {
        "witnesses": [
            {
                "id": f"{number:06}",
                "tokens": [
                    {"t": token.text, "n": token.norm, "index": index}
                    for index, token in enumerate(witness.tokens)
                ],
            }
            for number, witness in enumerate(witnesses)
        ]
    }
    table = collatex_collate(given, segmentation=False)
    rows = {int(row.header): row.cells for row in table.rows}
    columns = tuple(
        tuple(
            rows[number][column][0].token_data["index"] if rows[number][column] else None
            for number in range(len(witnesses))
        )
        for column in range(len(rows[0]))
    )
    return Collation(witnesses, columns)


def score(align: Callable[..., Collation]) -> tuple[float, float, int]:
    """Give precision, recall and the number of edits."""
    hits = found_count = made_count = 0
    mixes = [[kind] for kind in KINDS] + [list(KINDS[:3]), list(KINDS[2:6])]
    for language in SENTENCES:
        for seed in range(160):
            made = make(seed, language, mixes[seed % len(mixes)])
            collation = align([(made.base,), (made.witness,)])
            found = Counter(one.kind for one in find(collation, ["A", "B"]))
            wanted = Counter(kind for kind, _ in made.edits)
            hits += sum((found & wanted).values())
            found_count += sum(found.values())
            made_count += sum(wanted.values())
    return hits / found_count, hits / made_count, made_count


def wordings(words: int, count: int) -> list[tuple[str, ...]]:
    """Give wordings of so many words, a word in fifty of each changed."""
    random_ = random.Random(words)
    vocabulary = [f"word{number}" for number in range(400)]
    base = random_.choices(vocabulary, k=words)
    made = [(" ".join(base),)]
    for _ in range(count - 1):
        other = [word if random_.random() > 0.02 else "other" for word in base]
        made.append((" ".join(other),))
    return made


def cost(align: Callable[..., Collation], words: int, count: int) -> float:
    """Give the CPU seconds of one collation."""
    given = wordings(words, count)
    begin = time.process_time()
    align(given)
    return time.process_time() - begin


def main() -> None:
    """Print the tables of `RESULTS.md`."""
    print("| collation | precision | recall | edits |\n|---|---|---|---|")
    for name, align in (("ours", collate), ("CollateX", with_collatex)):
        precision, recall, edits = score(align)
        print(f"| {name} | {precision:.3f} | {recall:.3f} | {edits} |")
    excerpt = [
        ("There will be no mass deportations. Everything will be done legally.",),
        ("Let me be very, very clear: There will be no […]",),
    ]
    print("\nAn excerpt that overlaps in its last four words, findings that should not be there:")
    for name, align in (("ours", collate), ("CollateX", with_collatex)):
        print(f"- {name}: {len(find(align(excerpt), ['A', 'B']))}")
    print("\n| words × readings | ours, s | CollateX, s | ratio |\n|---|---|---|---|")
    sizes = [(100, 3), (300, 3), (1000, 3), (1000, 10)]
    ours = {size: cost(collate, *size) for size in sizes}
    for size in sizes:
        theirs = cost(with_collatex, *size)
        ratio = ours[size] / theirs
        print(f"| {size[0]} × {size[1]} | {ours[size]:.3f} | {theirs:.2f} | {ratio:.3f} |")
    large = cost(collate, 4000, 3)
    exponent = math.log(large / ours[1000, 3]) / math.log(4)
    print(f"\nGrowth of ours from 1,000 to 4,000 words: exponent {exponent:.2f}")


if __name__ == "__main__":
    main()
