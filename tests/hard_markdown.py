"""Texts in which Markdown, or an extension of MyST's, may see something."""

from __future__ import annotations

from hypothesis import strategies as st

EVERY = {
    *("amsmath", "attrs_inline", "attrs_block", "alert", "colon_fence", "deflist", "dollarmath"),
    *("fieldlist", "gfm_autolink", "html_admonition", "html_image", "linkify", "replacements"),
    *("section_ref", "smartquotes", "strikethrough", "substitution", "tasklist"),
}
UNTYPED = EVERY - {"linkify", "replacements", "smartquotes"}
NONE: set[str] = set()
HARD = [
    *("1.", "12)", "- ", "+ ", "* ", "> ", "# ", "## ", "=====", "---", "***", "+++", "%"),
    *("(x)=", "http://a.example", "https://b.example/c", "www.c.example", "WWW.d.example"),
    *("e@f.example", "mailto:g@h.example", "&amp;", "&", "&copy", "<br>", "<b>", "<", ">", "`"),
    *("``", "```", "~~~", ":::", ":a:", ": b", "{x}", "{said}`y`", "{{ z }}", "$1$", "$", "$$"),
    *("[a](b)", "[a]", "[^1]", "[…]", "![", "\\", "\\\n", "*a*", "**", "_b_", "__", "~~", "^"),
    *("@", "§ 1.1", "§1", "(c)", "...", "--", "---", "'tis", '"so"', "“so”", "it's", "|"),
    *("| a |", "a=b", "\t", "  ", "  \n", "\n", "\r", "\x00", "\x85", "\u2028", "\xa0"),
    *("\u200b", "é", "ß", "Ω", "字", "💩", "½", "²", "A)", "a. ", "b", "word", "two words"),
    *("End.", "Yes?", "no!", "5", "x-y", "/", "()", ",", ";", "\\begin{a}"),
]
WHOLE = [
    *("`code`", "``co`de``", "~~gone~~", "$x$", "$$y$$", "§1.1", "<http://a.example>"),
    *("<b>so</b>", "{{ x }}", "{said}`x <y>`", "[a](b)", "[a]{.b}", "![a](b)", "*a*", "__b__"),
    *("&amp;", "\\!", "www.a.example", "https://a.example/b?c=d", "mailto:a@b.example"),
    *("a@b.example", "[^a]"),
]
PLAIN = st.sampled_from(
    ["", "Word ", "Another, ", "He said: ", "so. ", "(yes) ", "“Well” ", "it's "]
)
SINGLE = st.tuples(PLAIN, st.sampled_from(WHOLE + HARD), PLAIN).map("".join)
TEXTS = SINGLE | st.lists(SINGLE | PLAIN | st.text(max_size=3), max_size=6).map("".join)
