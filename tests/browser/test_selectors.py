"""The selectors of Web Annotations, resolved in a browser, select the words and no others."""

from __future__ import annotations

import json
import urllib.request
from collections import defaultdict
from collections.abc import Callable
from typing import Any
from urllib.parse import urljoin

import pytest
from playwright.sync_api import Page

from browser.serving import Site
from browser.tools import nothing

Json = dict[str, Any]

# Written from the Recommendation (4.2.1, 4.2.4, 4.2.5, 4.2.9) and CSS Text 3 (4.1.1), and from
# nothing of the extension: text nodes in their order, white space collapsed, code points counted.
RESOLVER = r"""
(targets) => {
  const isSpace = (character) => " \t\n\r\f".includes(character);

  /** Every character that is shown, with the text node and offset it stands at. */
  function shown(element) {
    const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
    const characters = [];
    let pending = null;
    for (let node; (node = walker.nextNode()); ) {
      if (node.parentElement.closest("script, style")) continue;
      let offset = 0;
      for (const character of node.data) {
        const place = { node, start: offset, end: offset + character.length };
        offset = place.end;
        if (isSpace(character)) {
          pending ??= { ...place, character: " " };
        } else {
          if (pending && characters.length) characters.push(pending);
          pending = null;
          characters.push({ ...place, character });
        }
      }
    }
    return characters;
  }

  const cache = new Map();
  function of(element) {
    if (!cache.has(element)) {
      const characters = shown(element);
      cache.set(element, { characters, text: characters.map((one) => one.character) });
    }
    return cache.get(element);
  }

  function range({ characters }, start, end) {
    const made = document.createRange();
    made.setStart(characters[start].node, characters[start].start);
    made.setEnd(characters[end - 1].node, characters[end - 1].end);
    return made;
  }

  /** All places that a quotation matches, in code points. */
  function byQuotation(selector, element) {
    const whole = of(element), joined = whole.text.join("");
    const prefix = selector.prefix ?? "", suffix = selector.suffix ?? "";
    const wanted = prefix + selector.exact + suffix;
    const found = [];
    for (let at = joined.indexOf(wanted); at >= 0; at = joined.indexOf(wanted, at + 1)) {
      const start = [...joined.slice(0, at + prefix.length)].length;
      found.push(range(whole, start, start + [...selector.exact].length));
    }
    return found;
  }

  const same = (one, other) =>
    one.compareBoundaryPoints(Range.START_TO_START, other) === 0 &&
    one.compareBoundaryPoints(Range.END_TO_END, other) === 0;
  const collapsed = (text) => text.replace(/[ \t\n\r\f]+/g, " ");
  const main = document.querySelector("main");

  return targets.map((target) => {
    const [within, plain] = target.selector;
    const elements = document.querySelectorAll(`[id="${CSS.escape(within.value)}"]`);
    if (elements.length !== 1) return { fault: `${elements.length} elements #${within.value}` };
    const block = elements[0];
    const [quotation, position] = within.refinedBy;
    const whole = of(block);
    if (position.end > whole.text.length) return { fault: "the position is outside the block" };
    const placed = range(whole, position.start, position.end);
    const quoted = byQuotation(quotation, block);
    const anywhere = byQuotation(plain, main);
    const selected = collapsed(placed.toString());
    // The words are in one element of their own: a mark, or the paragraph that a record gives.
    const start = placed.startContainer.parentElement, end = placed.endContainer.parentElement;
    const own = start.closest(".record-mark") ?? start.closest(".record-words p, .record-words");
    const ownText = own ? of(own).text.join("") : null;
    return {
      selected,
      own: ownText,
      around: own ? own.contains(end) : false,
      quoted: quoted.length,
      quotedRight: quoted.some((one) => same(one, placed)),
      anywhere: anywhere.length,
      anywhereRight: anywhere.some((one) => same(one, placed)),
      firstRight: anywhere.length > 0 && same(anywhere[0], placed),
    };
  });
}
"""


def fetched(address: str) -> Json:
    with urllib.request.urlopen(address, timeout=10) as answer:
        made: Json = json.load(answer)
    return made


def targets_by_page(site: Site) -> dict[str, list[Json]]:
    """Give the targets that are words of a page, as a client finds them: from page to page."""
    found: dict[str, list[Json]] = defaultdict(list)
    collection = site("record/web-annotations.jsonld")
    address = urljoin(collection, fetched(collection)["first"])
    while address:
        page = fetched(address)
        for annotation in page["items"]:
            listed = annotation["target"]
            for target in listed if isinstance(listed, list) else [listed]:
                if isinstance(target, dict) and "selector" in target:
                    found[urljoin(address, target["source"])].append(target)
        address = urljoin(address, page["next"]) if "next" in page else ""
    return found


ALIKE = {"Whole paragraph", "First given paragraph.", "Both given and marked."}
"""Short blocks that stand on their page before, whole, in another block or in a list."""

CONTEXT = 32
"""Characters before and after the words, where their block has as many."""


@pytest.mark.parametrize("edition", ["first", "made", "hard"])
def test_each_selector_selects_the_words(
    edition: str, site: Callable[[str], Site], window: Callable[..., Page]
) -> None:
    by_page = targets_by_page(site(edition))
    assert sum(map(len, by_page.values())) > 15
    page, faults = window(), []
    for address, targets in by_page.items():
        page.goto(address)
        answers = page.evaluate(RESOLVER, targets)
        for target, answer in zip(targets, answers, strict=True):
            within, plain = target["selector"]
            exact = plain["exact"]
            # It may stand again in a card: whoever knows no other selector gets all of them
            # (4.2.4), of which the words themselves are the first.
            is_whole_block = max(len(plain["prefix"]), len(plain["suffix"])) < CONTEXT
            place = f"{address}#{within['value']} {exact!r}"
            if "fault" in answer:
                faults.append(f"{place}: {answer['fault']}")
                continue
            if answer["selected"] != exact:
                faults.append(f"{place}: by position {answer['selected']!r}")
            if answer["own"] != exact or not answer["around"]:
                faults.append(f"{place}: its element has {answer['own']!r}")
            if not answer["quotedRight"]:
                faults.append(f"{place}: by quotation in its block, it is not found")
            if not answer["anywhereRight"]:
                faults.append(f"{place}: by quotation in the page, it is not found")
            elif answer["anywhere"] > 1 and not (
                is_whole_block and (answer["firstRight"] or exact in ALIKE)
            ):
                faults.append(f"{place}: by quotation in the page, {answer['anywhere']} are found")
    nothing(faults)
