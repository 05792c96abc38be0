"""Marks that Markdown and LaTeX write before or round signs: 1\\., \\[2022\\], \\(85\\%\\), $\\textcircled{1}$, &nbsp;,
> quoted, [第一章](#chapter-1), `coded`, ~~struck out~~."""

from __future__ import annotations

import html
import unicodedata
from collections.abc import Callable, Sequence

import regex as re

from juanzong.core.findings import Finding
from juanzong.core.ledger import Ledger
from juanzong.core.lines import Line
from juanzong.stages.pages.cleaning import without

# \( … \) and \[ … \] hold a formula where something in them is LaTeX; else the backslashes are Markdown's
_FORMULA = re.compile(r"\\\((?P<a>[^\n]{1,120}?)\\\)|\\\[(?P<b>[^\n]{1,120}?)\\\]")
_LATEX = re.compile(r"\\[A-Za-z%,;:!]|[_^{]")
_CIRCLED = re.compile(
    r"\\\(\s*(?:\^\s*\{?\s*)?\\textcircled\s*\{\s*(?:\\[a-z]+\s*)?(?P<n>\d{1,2})\s*\}\s*\}?\s*\\\)"
    r"|\$?\s*(?:\^\s*\{?\s*)?\\textcircled\s*\{\s*(?:\\[a-z]+\s*)?(?P<n>\d{1,2})\s*\}\s*\}?\s*\$?"
    r"|\$?\s*(?:\^\s*\{?\s*)?\\textcircled\s*(?P<m>\d)\s*\}?\s*\$?"
)
# a note's mark that is set as text: $^{\text{①}}$, \textsuperscript{②}
_NOTE_MARK = re.compile(
    r"\$?\s*(?:\{\s*\}\s*)?(?:\^\s*\{\s*\\(?:text|textbf|mathrm|rm)\s*\{\s*(?P<n>[①-⑳])\s*\}\s*\}"
    r"|\\textsuperscript\s*\{\s*(?P<n>[①-⑳]|[\[［]?\d{1,3}[\]］]?)\s*\})\s*\$?"
)
# the year of a document number that a tool took for a formula, and its serial: $[2021]$, $[2021]8$
_YEAR = re.compile(
    r"\$\s*(?:\\left\s*)?(?P<year>[〔\[［（(]\s*\d{4}\s*)(?:\\right\s*)?(?P<close>[〕\]］）)]\s*\d{0,5})\s*\$"
)
_FORMULAS = re.compile(r"\$(?P<said>[^$\n]{1,200})\$")
# in dollar signs, but no formula: a figure that a word counts ($2024$年$5$月, 第$3$条), a circled one, words
# ($2022年5月20日$), the number of a heading or an item ($2.1$ 公正性)
_COUNTED = re.compile(r"\s*[年月日号章节条款]")
_BEGINS = re.compile(r"[# ]*")  # what may stand before the number of a heading
_HEADED = re.compile(r"\s*[\u4e00-\U0010ffff]")  # ... and what behind it
_CIRCLED_FIGURE = re.compile(r"\{?\s*([①-⑳])\s*\}?")
_WORDS = re.compile(r"(?=.*\p{Han})[^\\^_{}，。；：、]{1,40}")
_NUMBER = re.compile(r"\d{1,2}(?:\s?[.．]\s?\d{1,2}){0,3}[.．、]?|[（(]\s?\d{1,2}\s?[)）]")
_BACK = re.compile(r"\s*↩\ufe0e?(?=\s*$)")  # of a note's link to its mark
# of an entry, behind its leader, or in one formula with it: $\cdots 3$
_PAGE = re.compile(r"(?:(?<=…\s*)\$?|(?<=\s{2})\$)\s*(?P<page>\d{1,4})\s*\$(?=\s*$)")
_DOT = r"(?:(?:\\(?:[lcvd]?dots[bcmo]?|dotfill)\s*)+|(?:\\cdot\s*){3,})"
_DOTS = re.compile(rf"\\\(\s*{_DOT}\\\)|\\\[\s*{_DOT}\\\]|\$?\s*{_DOT}\$?")
_BLANKS = r"(?:\\q?quad\s*|\\hspace\*?\s*\{[^{}]*\}\s*|\\[ ,;:]\s*|~\s*|\\rule\s*\{[^{}]*\}\s*\{[^{}]*\}\s*)+"
_SPACE = rf"\s*(?:{_BLANKS}|\\underline\s*\{{\s*{_BLANKS}\}}\s*)"  # a place to fill in
_APART = re.compile(
    rf"\\\({_SPACE}\\\)|\${_SPACE}\$|\\underline\s*\{{\s*{_BLANKS}\}}"
    r"|(?:\s*\\q?quad(?![A-Za-z]))+\s(?=\s*\d{1,4}\s*$)"
)
_ESCAPE = re.compile(r"\\(?=[\[\](){}.*_#+\-!~<>|`&%$='\"@^\\〔〕（）。，、；：《》“”‘’？！【】])")
_ESCAPE_OF_CELL = re.compile(_ESCAPE.pattern.replace("|", ""))  # a bar of a cell stays told from those that part cells
_ROW = re.compile(r"\s*\|.*(?<!\\)\|.*(?<!\\)\|")
_ENTITY = re.compile(
    r"&(?:[A-Za-z]{2,24}|#\d{2,6}|#x[\dA-Fa-f]{2,5});"
    r"|&(?:nbsp|ensp|emsp|thinsp|ldquo|rdquo|mdash|hellip|middot)(?![A-Za-z\d;=])"  # its semicolon lost
)
_BLANK_ENTITY = re.compile(
    r"&(?:nbsp|ensp|emsp|thinsp|ZeroWidthSpace|sp|nsp|nbp|nbs|bsp|nbps|#160|#12288|#x(?:A0|3000)|#x200B);",
    re.IGNORECASE,
)
_CODED = re.compile(r"_x(?P<code>00[01][\dA-Fa-f])_")  # a control character, as Office writes it: _x000D_
_ALERT = re.compile(
    r"\s{0,3}>\s*\[!(?:NOTE|TIP|IMPORTANT|WARNING|CAUTION|INFO)\]\s*$", re.IGNORECASE
)  # over a quoted text
_QUOTE = re.compile(r"\s{0,3}(?:>[ \t]?)+(?=[\s　]*\S|$)")
# in other type, struck out, marked
_SET = re.compile(
    r"(?P<mark>`+|~~)(?=\S)(?P<said>[^`~\n]{1,200}?)(?<=\S)(?P=mark)"
    # a star is a sign of its own where the text speaks of it: 标*的为重点
    r"|(?<![*＊A-Za-z0-9标带加注打有])(?P<mark>\*)(?=\p{Han})(?P<said>[^*\n，。；：、]{1,30})(?<=\p{Han})\*(?![*A-Za-z0-9])"
    r"|(?<![=A-Za-z0-9])==(?=\p{Han})(?P<said>[^=\n]{1,200}?)(?<=[\p{Han}。，；：”》）])==(?![=A-Za-z0-9])"
    r"|(?<![+A-Za-z])\+\+(?=\p{Han})(?P<said>[^+\n]{1,200})(?<=[\p{Han}。，；：”》）])\+\+(?!\+)"
    r"|(?<=\p{Han})==(?P<said>\d[\d.,]*[%％‰]?)==(?=[\p{Han}。，；：、]|$)"
)
# a link within the text: [第一章](#1), [第一章](<#第一 章> "跳转"), [第一章](./全文.md#1)
_ANCHOR = re.compile(
    r"\[(?P<said>[^\[\]\n]{1,200}|\[注?\d{1,3}\])\]\(\s*(?:<#[^<>\n]{1,80}>|(?:[\w./%-]{1,80}\.\w{2,5})?#[^()\s]{1,80})"
    r"(?:\s+(?:\"[^\"\n]{0,80}\"|'[^'\n]{0,80}'))?\s*\)"
)
# ... to a page, or to a file beside it, whose name may be any (附件1：某表（式样）.doc)
_FILE = re.compile(
    r"(?<!!)\[(?P<said>[^\[\]\n]{1,200})\]\(\s*<?(?:https?://[^()<>\s]{1,400}|[^()<>\[\]\s]{1,200}\.[A-Za-z]\w{1,4})>?"
    r"(?:\s+(?:\"[^\"\n]{0,80}\"|'[^'\n]{0,80}'))?\s*\)"
)
_ADDRESS = re.compile(r"<(?P<said>(?:https?|ftp)://[^<>\s]{3,400})>")
_SIGNS_OF_LINKS = ("¶", "#", "§", "🔗", "↩", "↩︎")
_LONGEST_COUNT = 4  # figures
_MOST_CIRCLED = 20  # ① to ⑳ stand in one row of Unicode


def unescape(lines: Sequence[Line], ledger: Ledger, findings: list[Finding]) -> list[Line]:
    """The lines with the bare signs; one that holds but blanks then (&nbsp;) is a blank line."""
    out: list[Line] = []
    blanks = 0
    for line in lines:
        text = line.text
        if "\\" in text:
            line = _without_backslashes(line, ledger)
        if "$" in text:
            line = _changed(line, _PAGE, lambda m: m["page"], "latex-delimiter", ledger)
            line = _changed(line, _YEAR, lambda m: m["year"] + m["close"], "latex-delimiter", ledger)
            line = _changed(line, _FORMULAS, _no_formula, "latex-delimiter", ledger)
        if line.block is None:
            if "](" in text:
                line = _without_anchors(line, ledger)
            if "<http" in text or "<ftp" in text:
                line = _changed(line, _ADDRESS, lambda m: m["said"], "markdown-mark", ledger)
            if "&" in text and "<t" not in text:
                line = _changed(line, _ENTITY, _character, "html-entity", ledger)
            if "_x00" in text:
                line = _changed(line, _CODED, lambda m: "", "office-code", ledger)
            if "↩" in text:
                line = _changed(line, _BACK, lambda m: "", "markdown-link", ledger)
            if "`" in text or "*" in text or "~~" in text or "==" in text or "++" in text:
                line = _changed(line, _SET, lambda m: m["said"], "markdown-mark", ledger)
            if text.lstrip().startswith(">"):
                line = _changed(line, _ALERT, lambda m: "", "markdown-mark", ledger)
                line = _changed(line, _QUOTE, lambda m: "" if m.start() == 0 else None, "markdown-mark", ledger)
        elif "_x00" in text or "&" in text:  # what a reader leaves of an editor's blanks
            line = _changed(line, _CODED, lambda m: "", "office-code", ledger)
            line = _changed(line, _BLANK_ENTITY, lambda m: _character(m) or "", "html-entity", ledger)
        if not line.text.strip():
            blanks += line.blanks + 1
            continue
        out.append(line.holding(line.traced, line.blanks + blanks) if blanks else line)
        blanks = 0
    return out


def _without_anchors(line: Line, ledger: Ledger) -> Line:
    """Entries of a contents list often link to their headings, within such a link their pages do, and those of an index
    link to files: the words stay."""
    marks = [
        span
        for m in (*_ANCHOR.finditer(line.text), *_FILE.finditer(line.text))
        for span in (
            [m.span()]  # the sign by which a heading is linked to
            if m["said"] in _SIGNS_OF_LINKS
            else [(m.start(), m.start("said")), (m.end("said"), m.end())]
        )
    ]
    bare = without(line, marks, "markdown-link", ledger) if marks else None
    return _without_anchors(bare, ledger) if bare is not None else line


def _without_backslashes(line: Line, ledger: Ledger) -> Line:
    line = _changed(line, _CIRCLED, _circled, "latex-circled", ledger)
    if "\\text" in line.text or "\\mathrm" in line.text:
        line = _changed(line, _NOTE_MARK, _raised_mark, "latex-delimiter", ledger)
    line = _changed(line, _DOTS, lambda m: "…" * max(1, m[0].count("\\cdot"), m[0].count("dots")), "latex-dots", ledger)
    line = _changed(line, _APART, lambda m: "　　", "latex-space", ledger)
    delimiters = [
        (k, k + 2, "$")
        for m in _FORMULA.finditer(line.text)
        if _LATEX.search(m["a"] or m["b"])
        for k in (m.start(), m.end() - 2)
    ]
    line = line.holding(ledger.replace_all(line.traced, delimiters, "latex-delimiter"))
    if _LATEX.search(line.text) and "$" in line.text:  # \% and \{ in a formula are LaTeX's own
        outside = re.compile(r"\$[^$\n]{1,120}\$|" + _ESCAPE.pattern)
        return _changed(line, outside, lambda m: None if m[0].startswith("$") else "", "markdown-escape", ledger)
    escape = _ESCAPE_OF_CELL if _ROW.match(line.text) else _ESCAPE
    return _changed(line, escape, lambda m: "", "markdown-escape", ledger)


def _changed(
    line: Line, pattern: re.Pattern[str], after: Callable[[re.Match[str]], str | None], rule: str, ledger: Ledger
) -> Line:
    """The line with what `after` says in the place of each match; None leaves it."""
    changes = [(m.start(), m.end(), new) for m in pattern.finditer(line.text) if (new := after(m)) is not None]
    return line.holding(ledger.replace_all(line.traced, changes, rule)) if changes else line


def _no_formula(m: re.Match[str]) -> str | None:
    """What stands in a pair of dollar signs that is no formula; None for a formula, and for signs of money.

    >>> [_no_formula(m) for m in _FORMULAS.finditer("$2021$年，${ }^{1}$和$①$，$5月$起，成本$3万$5")]
    ['2021', None, '①', '5月', None]
    """
    said, text, end = m["said"].strip(), m.string, m.end()
    if circled := _CIRCLED_FIGURE.fullmatch(said):
        return circled[1]
    if said.isdecimal() and len(said) <= _LONGEST_COUNT and _COUNTED.match(text, end):
        return said
    if _NUMBER.fullmatch(said) and _BEGINS.fullmatch(text, 0, m.start()) and _HEADED.match(text, end):
        return said
    before = text[max(m.start() - 1, 0) : m.start()]
    money = (before.isalnum() and before.isascii()) or text[end : end + 1].isdigit()
    return said if not money and _WORDS.fullmatch(said) else None


def _circled(m: re.Match[str]) -> str | None:
    n = int(m["n"] or m["m"])
    return chr(0x2460 + n - 1) if 1 <= n <= _MOST_CIRCLED else None


def _raised_mark(m: re.Match[str]) -> str:
    return m["n"] if "①" <= m["n"] <= "⑳" else f"^{{{m['n']}}}"


def _character(m: re.Match[str]) -> str | None:
    """The sign that an entity names; None where it names none (AT&T;)."""
    plain = html.unescape(m[0].rstrip(";") + ";")
    if unicodedata.category(plain[0]) == "Cf":  # &zwnj; has no width
        return ""
    return None if plain.startswith("&") and len(plain) > 1 else plain if plain.strip() else " "
