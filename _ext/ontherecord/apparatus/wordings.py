"""Composes the evidence of a quote: its witnesses, their wordings, and what these show."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING

from sphinx.locale import get_translation

from ontherecord.apparatus.compose import Composer
from ontherecord.apparatus.phrases import count, say, term
from ontherecord.apparatus.pieces import (
    Inline,
    bullet_list,
    fold,
    inline,
    list_item,
    paragraph,
    reference,
    strong,
)
from ontherecord.evidence.findings import key_of
from ontherecord.evidence.quote_evidence import SCOPE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ontherecord.evidence.apparatus_entries import Entry, Variant
    from ontherecord.evidence.findings import Finding
    from ontherecord.evidence.quote_evidence import Evidence
    from ontherecord.views import QuoteView, Verified, WitnessView

_ = get_translation("ontherecord")


class WordingsComposer(Composer):
    """Composes witnesses, wordings, apparatus and findings."""

    def witness_line(self, view: QuoteView) -> paragraph:
        """Give the chain of attribution of a quote as one line."""
        source = view.statement.source
        parts: list[Inline] = [_("Source: "), self.source(source)]
        if source.date:
            parts.append(f", {say(source.date, self.language)}")
        if view.locator:
            parts.append(f", {view.locator}")
        first, *others = view.witnesses
        parts += self._chain(first)
        if view.mode == "indirect":
            parts.append(_("; reported, not quoted"))
        if view.source_brackets:
            parts.append(_("; words in square brackets are the source’s"))
        for index, witness in enumerate(others):
            parts += ["; " + _("also in ") if not index else ", ", self.source(witness.source)]
            parts += self._chain(witness)
        if others:
            parts.append(f": {self._count(len(view.witnesses), view.independent)}")
        if view.verified:
            parts.append(self._verified(view.verified))
        return self.line(*parts, ".", classes=["record-source"])

    def short_witness_line(self, view: QuoteView) -> paragraph:
        """Give the source, and how well witnessed the words are, with a link to the wordings."""
        parts: list[Inline] = [self.source(view.statement.source)]
        if view.mode == "indirect":
            parts.append(_("; reported, not quoted"))
        if view.source_brackets:
            parts.append(_("; words in square brackets are the source’s"))
        if view.verified:
            parts.append(_("; verified"))
        counted = self.counts(view)
        if counted:
            parts += ["; ", self.to_wordings(view, counted)]
        return self.line(*parts, ".", classes=["record-source"])

    def counts(self, view: QuoteView) -> str:
        """Say how many witnesses and other wordings there are, where there is more than one."""
        said = []
        if len(view.witnesses) > 1:
            said.append(self._count(len(view.witnesses), view.independent))
        if view.readings:
            said.append(count(len(view.readings), _("1 other wording"), _("%d other wordings")))
        return ", ".join(said)

    def to_wordings(self, view: QuoteView, shown: str) -> Inline:
        """Give a text as a link to where the wordings are set out, if there is such a page."""
        address = self.address_of(view.statement.link)
        if not address:
            return shown
        return reference(shown, address=f"{address}#readings")

    def is_long(self, view: QuoteView, collated: Evidence) -> bool:
        """Tell whether there is more about a quote's witnesses than one line can say."""
        apart = view.fragments > 1 and view.contiguous == "no"
        return bool(len(view.witnesses) > 1 or view.readings or collated.findings or apart)

    def _verified(self, verified: Verified) -> str:
        """Say when words were found in a capture of their source, and in which."""
        facts = {"day": say(verified.date, self.language), "sha256": verified.sha256[:12]}
        return _("; verified on %(day)s against a capture (SHA-256 %(sha256)s…)") % facts

    def revisions(self, view: QuoteView) -> list[Inline]:
        """Give the revisions of published words, with the fingerprints of before and after."""
        lines: list[Inline] = []
        for before, after in pairwise(view.revisions):
            facts = {
                "day": say(after.date, self.language),
                "reason": after.reason,
                "before": before.fingerprint,
                "after": after.fingerprint,
            }
            said = _("Words revised on %(day)s: %(reason)s. Fingerprint %(before)s, now %(after)s")
            lines.append(self.line(said % facts, ".", classes=["record-revised"]))
        return lines

    def _count(self, witnesses: int, independent: int) -> str:
        """Say how many witnesses there are, and how many do not depend on another."""
        if witnesses == 1:
            return _("1 witness")
        facts = {"all": witnesses, "independent": independent}
        if independent == witnesses:
            return _("%(all)d independent witnesses") % facts
        if independent == 1:
            return _("%(all)d witnesses, none independent of the others") % facts
        return _("%(all)d witnesses, %(independent)d of them independent") % facts

    def _chain(self, witness: WitnessView) -> list[Inline]:
        """Give in brackets what kind of witness it is, through whom it comes, and whence."""
        facts: list[list[Inline]] = []
        if witness.source.witness:
            facts.append([term(witness.source.witness)])
        if witness.via:
            facts.append([_("through "), *self._joined([self.source(one) for one in witness.via])])
        if witness.taken_from:
            named = self._joined([self.source(one) for one in witness.taken_from])
            facts.append([_("taken from "), *named])
        if not facts:
            return []
        parts: list[Inline] = [" ("]
        for index, fact in enumerate(facts):
            parts += [", ", *fact] if index else fact
        return [*parts, ")"]

    def _joined(self, shown: Sequence[Inline]) -> list[Inline]:
        parts: list[Inline] = []
        for index, one in enumerate(shown):
            parts += [_(" and "), one] if index else [one]
        return parts

    def wordings(self, view: QuoteView, collated: Evidence) -> list[Inline]:
        """Give the other wordings, the apparatus, and the findings, folded where pages can fold."""
        lines: list[Inline] = [
            *self._apart(view),
            *self._readings(view),
            *self._apparatus(view, collated),
            *self._findings(view, collated),
        ]
        if not self.is_page:
            return lines
        if not self.is_long(view, collated):
            return []
        summary = _("Witnesses and wordings")
        if collated.findings:
            found = count(len(collated.findings), _("1 finding"), _("%d findings"))
            summary += f"; {found}"
        lines.insert(0, self.witness_line(view))
        return [fold(*lines, summary=summary, classes=["record-wordings"])]

    def _apart(self, view: QuoteView) -> list[Inline]:
        if view.fragments > 1 and view.contiguous == "no":
            return [self.line(_("Other words were spoken between the fragments."))]
        return []

    def _readings(self, view: QuoteView) -> list[Inline]:
        lines: list[Inline] = []
        for reading in view.readings:
            parts: list[Inline] = [_("Reading of "), self.source(reading.source)]
            if reading.via:
                parts += [_(", through "), self.source(reading.via)]
            if reading.locator:
                parts.append(f", {reading.locator}")
            parts += [": ", self.quoted(reading.words, reading.lang)]
            if reading.source_brackets:
                parts.append(_("; words in square brackets are the source’s"))
            if reading.verified:
                parts.append(self._verified(reading.verified))
            lines.append(self.line(*parts, classes=["record-reading"]))
        return lines

    def _apparatus(self, view: QuoteView, collated: Evidence) -> list[Inline]:
        """Give the key of sigla and the entries, as `lemma ] readings`."""
        if not collated.entries:
            return []
        key: list[Inline] = [_("Apparatus. ")]
        names = self._names(view, collated)
        for index, (siglum, witness) in enumerate(collated.sigla):
            key += ["; "] if index else []
            key += [strong(siglum), f" {names[witness]}"]
        lines: list[Inline] = [self.line(*key, ".", classes=["record-sigla"])]
        lines += [self._place(entry, collated) for entry in collated.entries]
        return lines

    def _names(self, view: QuoteView, collated: Evidence) -> dict[str, str]:
        """Give what witnesses are called: their sources' names, with what tells like ones apart."""
        sources = {one.source.key: one.source for one in view.witnesses}
        called = Counter(source.label for source in sources.values())
        names = {}
        told = [witness for _, witness in collated.sigla]
        told += [witness for finding in collated.findings for witness in finding.witnesses]
        for witness in dict.fromkeys(told):
            source = sources.get(key_of(witness))
            if source is None:
                names[witness] = witness
                continue
            more = [witness.removeprefix(source.key).removeprefix(", ")]
            if called[source.label] > 1:
                like = [one.date for one in sources.values() if one.label == source.label]
                is_told = bool(source.date) and like.count(source.date) == 1
                more.insert(0, say(source.date, self.language) if is_told else source.key)
            names[witness] = ", ".join([source.label, *filter(None, more)])
        return names

    def _place(self, entry: Entry, collated: Evidence) -> paragraph:
        lemma = inline(entry.lemma, classes=["record-words"])
        leads = _(" ] adds ") if entry.adds else " ] "
        parts: list[Inline] = []
        for index, variant in enumerate(entry.variants):
            parts += ["; " if index else "", *self._variant(variant, collated)]
        # Two columns where there is room.
        return self.line(
            inline(lemma, leads, classes=["record-lemma"]),
            inline(*parts, classes=["record-variants"]),
            classes=["record-entry"],
        )

    def _variant(self, variant: Variant, collated: Evidence) -> list[Inline]:
        who = " ".join(collated.sigla[witness][0] for witness in variant.witnesses)
        if variant.how == "dropped":
            return [_("dropped, without an ellipsis, by "), strong(who)]
        if variant.how:
            return [_("dropped, with an ellipsis, by "), strong(who)]
        words = inline(variant.words, classes=["record-words"])
        return [words, " ", strong(who)]

    def _findings(self, view: QuoteView, collated: Evidence) -> list[Inline]:
        if not collated.findings:
            return []
        labels = self._names(view, collated)
        langs = {reading.source.key: reading.lang for reading in view.readings}
        said = [self._finding(finding, labels, langs) for finding in collated.findings]
        found = bullet_list(classes=["record-findings"])
        found += [list_item(line) for line in said]
        return [found]

    def _finding(
        self, finding: Finding, labels: dict[str, str], langs: dict[str, str]
    ) -> paragraph:
        """Say a finding in a sentence that names its witnesses, each with its own words."""
        names = [labels.get(key, key) for key in finding.witnesses]
        first = names[0] if names else ""
        heads = {
            "substitution": _("Substitution: "),
            "punctuation": _("Punctuation: "),
            "omission-marked": _("Omission, marked: %s leaves out, with an ellipsis, ") % first,
            "omission-unmarked": _("Omission, unmarked: %s leaves out, with no sign, ") % first,
            "splice": _("Splice: %s joins what stands apart; between it stands ") % first,
            "truncation": _("Truncation: %s ends before the sentence does; it goes on ") % first,
            "translation": _("Translation: %s has ") % first,
            "no-post": _("No post of the speaker is known for %s") % finding.words,
        }
        parts: list[Inline] = [heads[finding.kind]]
        if finding.words.startswith(SCOPE):
            parts = [_("%s does not say, as %s does, that it was said of ") % (first, names[1])]
            parts.append(finding.words.removeprefix(SCOPE).removesuffix("]"))
        elif finding.kind != "no-post":
            own = finding.variants or ((finding.words, finding.witnesses[1:]),)
            for index, (text, who) in enumerate(own):
                named = ", ".join(labels.get(key, key) for key in who)
                lang = langs.get(finding.witnesses[0], "") if finding.kind == "translation" else ""
                parts += ["; " if index else "", self.quoted((text,), lang)]
                parts += [f" ({named})"] if finding.kind != "translation" else []
        return self.line(*parts, ".")
