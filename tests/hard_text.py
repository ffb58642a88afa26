"""An edition whose text is hard to select: what a page shows otherwise than its source has it."""

from __future__ import annotations

import base64
from pathlib import Path

from conftest import CONF, EXTENSION, Project

PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)

HARMLESS = "record.not-an-article"
"""Words are marked in a document without a date too: a build that goes on must select them."""


def edition(folder: Path, theme: str) -> Project:
    """Write it. French sets quotation marks apart from the words, by spaces that do not break."""
    project = Project(folder)
    conf = CONF.format(extension=str(EXTENSION)).replace('"basic"', f'"{theme}"')
    project.put("conf.py", conf + SETTINGS)
    project.put("references.bib", SOURCES)
    project.put("index.md", INDEX)
    project.put("articles/hard.md", ARTICLE)
    project.put("articles/other.md", OTHER)
    project.put("annotations/speakers.md", SPEAKERS)
    (folder / "articles" / "pixel.png").write_bytes(PIXEL)
    return project


SETTINGS = """
language = "fr"
numfig = True
smartquotes = True
myst_enable_extensions = ["colon_fence", "smartquotes", "replacements", "html_image", "dollarmath"]
suppress_warnings = ["record.not-an-article"]
"""

SOURCES = """
@misc{herald, organization = {The Herald}, title = {A Title of Its Own}, date = {2024-05-01},
  witness = {report}, url = {https://herald.example/1}}
@misc{post, organization = {The Post}, title = {T}, shorttitle = {Post & Co}, date = {2024-06-02},
  witness = {report}}
"""

INDEX = """
# The edition

```{toctree}
:glob:

articles/*
annotations/*
```
"""

OTHER = """
---
date: 2024-05-02
---
# The words again, elsewhere

Said again: {said}`"The *library* stays -- **open**, "always"..." <ann-one>`, and
{said}`"And a second fragment with a [link](https://x.example) it's" <ann-one>`.
"""

ARTICLE = """
---
date: 2024-05-01
---
# The "library" {said}`"in a title" <ann-title>`

She said "so"  --
and then:   {said}`"The *library* stays -- **open**, "always"..." <ann-one>`, "he" added... See {doc}`/annotations/speakers`,
{ref}`a-label`, {doc}`the speakers </annotations/speakers>`, [](#a-label), [](../annotations/speakers.md) and {quote}`ann-one`, {speaker}`ann`, {contradiction}`case-one`,
{annotation}`note-one`, {quote}`in words <ann-one>`. {said}`"And a second
fragment with a [link](https://x.example) it's" <ann-one>`[^1] went on.

Then {cite}`herald` and {cite}`herald,post` and {cite:p}`post`: {said}`"Words [sic] after […] cites" <ann-two>` {cite:t}`post` then[^named] more.

Hard\\
break {said}`"before\\
the break" <ann-two>`, <b>bold</b> &amp; &lt;tags&gt; <!-- a comment --> `code  with  spaces` and ![an image](pixel.png) {said}`"after the image & 👩‍👩‍👧‍👦 é é" <ann-two>` $x^2$ {math}`y` end; <span title="x">spanned</span>.

NBSP: « {said}`"insécables « mot »" <ann-three>` » et U+3000:　{said}`"ideographic　space" <ann-three>`　fin.

> Block quotation with {said}`"words in a block" <ann-three>` inside.

- A list item {said}`"listed" <ann-three>` here
- Another: {passage}`noted "passage"--here <note-one>` end

| A | B |
|---|---|
| cell {said}`"in a cell" <ann-three>` x | y |

Term {said}`"x" <ann-three>`{said}`"y" <ann-three>` adjacent.

"{said}`Whole paragraph <ann-four>`"

{said}`Whole paragraph <ann-four>`

:::{figure} pixel.png

A caption with {said}`"captioned" <ann-four>` words.
:::

:::{figure} pixel.png

Another caption with {said}`"captioned too" <ann-four>` words.
:::

:::{note}
Admonished {said}`"in a note" <ann-four>` here.
:::

::::{quote} ann-block
:speaker: ann
:source: herald

Given "words" -- with *emphasis* and a footnote[^1] inside.

And a [link](https://x.example) it's...

And a third.
::::

Again {said}`"Both given and marked." <ann-both>` here.

Foot in words: {said}`"before the note[^1] after the note" <ann-foot>` end.

:::{quote} ann-title
:speaker: ann
:source: herald
:::
:::{quote} ann-one
:speaker: ann
:source: herald
:contiguous: yes
:::
:::{quote} ann-two
:speaker: ann
:source: herald
:::
:::{quote} ann-three
:speaker: ann
:source: herald
:::
:::{quote} ann-four
:speaker: ann
:source: herald
:::
:::{quote} ann-foot
:speaker: ann
:source: herald
:::
:::{annotation} note-one
:type: correction

A note -- "quoted".
:::
:::{contradiction} case-one
:between: ann-one, ann-two
:relation: tension
:status: standing

The case.
:::

[^1]: A footnote.
[^named]: Another.

:::{admonition} A title {said}`"in an admonition's title" <ann-five>` x
Text.
:::

:::{topic} A topic {said}`"in a topic's title" <ann-five>` x
Text.
:::

:::{table} A table's {said}`"in a table's title" <ann-five>` x

| a | b |
|---|---|
| c | d |
:::

```{list-table} Lists {said}`"in a list table's title" <ann-five>` x

* - a {said}`"in a list table" <ann-five>`
  - b
```

```{eval-rst}
| A line :said:`"in a line" <ann-five>` x
| Another :said:`"in another" <ann-five>` x

term :said:`"in a term" <ann-five>` : class
  Definition :said:`"in a definition" <ann-five>` x

:field :said:`"in a field name" <ann-five>`: body :said:`"in a field body" <ann-five>` x

.. code-block:: python
   :caption: Code :said:`"in a caption of code" <ann-five>` x

   pass

.. rubric:: Rubric :said:`"in a rubric" <ann-five>` x

.. epigraph::

   Words :said:`"in an epigraph" <ann-five>`

   -- An author :said:`"in an attribution" <ann-five>`
```

Nested {said}``"outer *inner `code` words* [linked](https://x.example)" <ann-five>`` end.

Inline $$ y $$ {kbd}`Ctrl+C` {numref}`fig-x` {abbr}`DHS (Department)` {guilabel}`&File` {term}`gl`: {said}`"after them" <ann-five>` H{sub}`2`O {said}`"   spaced   out  " <ann-five>`   .

{said}`"At the start" <ann-five>` of one and at the end {said}`"the end" <ann-five>`

(fig-x)=
:::{figure} pixel.png

Cap.
:::

:::{glossary}
gl
  A term.
:::

:::{quote} ann-five
:speaker: ann
:source: herald
:::

## Second {said}`"in a heading" <ann-five>` heading

Text.

::::{quote} ann-notes
:speaker: ann
:source: herald

First with a note[^in].

![](pixel.png)

Second.

[^in]: In the quote.
::::
"""

SPEAKERS = """
# Speakers of "all" sorts

:::{speaker} ann
:name: Ann "Red" Arden
:::

(a-label)=
## A labelled -- "section"

Here {said}`"also marked here"  <ann-else>` and there.

A second block, "quoted" {said}`"also marked here" <ann-else>` -- there.

:::{quote} ann-else
:speaker: ann
:source: herald
:::

:::{quote} ann-given
:speaker: ann
:source: herald

First *given* paragraph.

Second given -- paragraph.
:::

:::{quote} ann-both
:speaker: ann
:source: herald

Both given and marked.
:::

:::{bibliography}
:all:
:::
"""
