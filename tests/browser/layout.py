"""Where things stand on a page: measured in the browser, judged here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Page

ABOVE = 8.0
"""How far a card's first line may stand above its mark's, in CSS pixels: the sizes differ."""
BELOW = 48.0
"""How far below its mark, or the card before it, a card may begin: a rule and a space."""

# Text is measured line by line: a paragraph's box reaches further than its words.
MEASURE = """() => {
  const box = r => ({left: r.left + scrollX, right: r.right + scrollX,
                     top: r.top + scrollY, bottom: r.bottom + scrollY});
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const seen = e => e.checkVisibility({visibilityProperty: true, opacityProperty: true});
  const cards = all(".record-cards .record-card").map(card => {
    const id = card.id.replace(/^card-/, "");
    const note = document.querySelector(`a.record-note[href="#${card.id}"]`);
    const mark = ["quote", "annotation"].map(k => document.getElementById(`${k}-${id}`)).find(Boolean) || note;
    const name = card.querySelector(".record-who") || card.firstElementChild;
    return {id, ...box(card.getBoundingClientRect()), line: name.getBoundingClientRect().top + scrollY,
            placed: getComputedStyle(card).position === "absolute", seen: seen(card),
            mark: mark && mark.getClientRects().length ? mark.getClientRects()[0].top + scrollY : null};
  });
  const texts = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT, node => {
    const parent = node.parentElement;
    return node.data.trim() && !parent.closest(".record-card, script, style, template, noscript, [popover]")
      && seen(parent) ? NodeFilter.FILTER_ACCEPT : NodeFilter.FILTER_REJECT;
  });
  const range = document.createRange();
  while (walker.nextNode()) {
    const style = getComputedStyle(walker.currentNode.parentElement);
    if (walker.currentNode.parentElement.closest("[hidden]") || style.clipPath !== "none") continue;
    range.selectNodeContents(walker.currentNode);
    for (const r of range.getClientRects())
      if (r.width > 1 && r.height > 1)
        texts.push({text: walker.currentNode.data.trim().slice(0, 40), ...box(r)});
  }
  return {cards, texts, width: document.documentElement.clientWidth};
}"""

# What reaches past the window, unless it can be scrolled for by itself or is hidden from sight.
SIDEWAYS = """() => {
  const width = document.documentElement.clientWidth, found = [];
  const root = document.scrollingElement;
  if (root.scrollWidth > width) found.push(`the page is ${root.scrollWidth} px wide in ${width}`);
  const scrolled = e => { for (let p = e.parentElement; p && p !== document.body; p = p.parentElement) {
    const style = getComputedStyle(p);
    if (/auto|scroll/.test(style.overflowX) || style.clipPath !== "none" || style.overflowX === "hidden" && p.clientWidth <= 1) return true; } };
  for (const e of document.body.querySelectorAll("*")) {
    if (!e.checkVisibility({visibilityProperty: true, opacityProperty: true})) continue;
    const r = e.getBoundingClientRect();
    if (r.width <= 1 || r.height <= 1 || getComputedStyle(e).clipPath !== "none") continue;
    if ((r.right > width + 1 || r.left < -1) && !scrolled(e) && !e.closest("svg"))
      found.push(`${e.tagName.toLowerCase()}.${e.className}: ${Math.round(r.left)} to ${Math.round(r.right)}: ${e.textContent.trim().slice(0, 40)}`);
  }
  return found;
}"""


@dataclass(frozen=True)
class Box:
    """A rectangle on the page, in CSS pixels from its upper left corner."""

    left: float
    right: float
    top: float
    bottom: float
    name: str

    def overlaps(self, other: Box, by: float = 1.0) -> bool:
        return (
            min(self.right, other.right) - max(self.left, other.left) > by
            and min(self.bottom, other.bottom) - max(self.top, other.top) > by
        )


def _box(found: dict, name: str) -> Box:
    return Box(found["left"], found["right"], found["top"], found["bottom"], name)


def misplaced_cards(page: Page) -> list[str]:
    """Give what is wrong with the cards of a page that is wide enough to have a margin.

    None overlaps another, or text; each begins at its mark's line, or under the card
    before it where that reaches further down; all are in sight and in the window.
    """
    measured = page.evaluate(MEASURE)
    cards = measured["cards"]
    if not cards:
        return ["the page has no card"]
    found = [f"{one['id']}: not in the margin" for one in cards if not one["placed"]]
    found += [f"{one['id']}: not in sight" for one in cards if not one["seen"]]
    boxes = [_box(one, one["id"]) for one in cards]
    texts = [_box(one, one["text"]) for one in measured["texts"]]
    for number, box in enumerate(boxes):
        found += [
            f"{box.name} overlaps {other.name}"
            for other in boxes[number + 1 :]
            if box.overlaps(other)
        ]
        found += [
            f"{box.name} overlaps the text {one.name!r}" for one in texts if box.overlaps(one)
        ]
        if box.left < 0 or box.right > measured["width"] + 1:
            found.append(f"{box.name} reaches from {box.left:.0f} to {box.right:.0f}")
    foot = 0.0
    for one in cards:
        if one["mark"] is None:
            found.append(f"{one['id']}: its mark is not in sight")
            continue
        above = one["mark"] - one["line"]
        if above > ABOVE:
            found.append(f"{one['id']}: {above:.0f} px above its mark")
        below = one["line"] - max(one["mark"], foot)
        if below > BELOW:
            found.append(f"{one['id']}: {below:.0f} px below where it could begin")
        foot = one["bottom"]
    return found


def sideways(page: Page) -> list[str]:
    """Give what makes a page scroll sideways, or would if it were not cut off."""
    return page.evaluate(SIDEWAYS)
