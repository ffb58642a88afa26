"""The words of the corpus: as many different ones, as often, as in spoken record."""

from __future__ import annotations

import random
from itertools import accumulate

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
