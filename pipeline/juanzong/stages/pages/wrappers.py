"""Tags of HTML round the text (<div>, <center>, <h2>, <u>, <br>), and of a site's own parts (<Badge …/>): they go; what
began a new line begins one, a heading keeps its level, bold print its marks."""

from __future__ import annotations

from collections.abc import Sequence, Set

import regex as re

from juanzong.core.findings import Finding
from juanzong.core.ledger import Ledger
from juanzong.core.lines import PAGE_END, Line
from juanzong.core.source import Block
from juanzong.core.traced import Traced
from juanzong.language.model_words import ANSWER_TAG
from juanzong.language.numbering import heading_of
from juanzong.stages.pieces.table_tags import lines_of_tables, table_tags

_BLOCKS = (
    "html|body|head|main|section|article|header|footer|nav|aside|div|p|center|h[1-6]|br|hr|ul|ol|li|dl|dt|dd|blockquote|pre|"
    "address|details|summary|title|form|fieldset|legend"
)
_MODELS = (  # what layout models name blocks: DocTags, Nanonets
    "doctag|text|section_header_level_[1-6]|list_item|(?:un)?ordered_list|picture|chart|document_index|caption|footnote|"
    "signature|page[-_]?(?:header|footer)"
)
_INLINE = "u|b|strong|i|em|span|font|small|big|s|strike|del|ins|mark|a|code|tt|label|abbr|q|cite|nobr|wbr|o:p"
TAG = re.compile(
    rf"<\s*(?P<close>/?)\s*(?:(?P<block>{_BLOCKS}|{_MODELS})|(?P<inline>{_INLINE}))(?=[\s/>])[^<>]*>|<(?P<doctype>!doctype|\?xml|meta|link|(?-i:[A-Z])\w*(?=\s[^<>]*/>))\b[^<>]*>",
    re.IGNORECASE,
)
_ALONE = re.compile(rf"\s*{ANSWER_TAG}\s*$", re.IGNORECASE)
# what names a file, below such a tag
_NAMES_FILE = re.compile(r"\s*<(?P<name>[a-z_]{4,20})>[^<>\n]{1,200}\.\w{2,5}</(?P=name)>\s*$")
_RULE = re.compile(r"\s*<hr\b[^<>]*>\s*$", re.IGNORECASE)  # as --- does, it ends a page
_BOLD = ("b", "strong")
_HEADS = re.compile(r"title|(?:h|section_header_level_)(?P<level>[1-6])")
_MARK = re.compile(
    r"\s*(?:#{1,6}|[-*+>]|\*\*|__)\s*"
)  # Markdown's, at the head of a line: no break parts it from its text
_PARTING = ("p", "div")  # whose ends alone some tools leave within a text
_WITHIN = re.compile(r"\p{Han}\Z"), re.compile(r"\p{Han}")  # what stands before and behind a mark in a sentence
_REST = 30  # characters of a heading's second line
_STOP = re.compile("[。；：]")
_CELL = re.compile(r"\t|^\s*\|.*\|")  # a table's row: the tables read the tags in its cells


def unwrap(lines: Sequence[Line], ledger: Ledger, findings: list[Finding]) -> list[Line]:
    """The lines without such tags; what HTML parts into lines is parted."""
    in_table = lines_of_tables(table_tags(lines).tables)
    framing = _framing(lines, in_table)
    out: list[Line] = []
    never = {
        name for name in _PARTING if not any(f"<{name}" in line.text.lower() for line in lines if "<" in line.text)
    }
    level = 0  # of the heading that is open
    blanks = 0
    for i, line in enumerate(lines):
        if i in framing:
            ledger.drop_ranges(line.traced, "html-tag", category="format")
            blanks = max(blanks, line.blanks, 1)
            continue
        plain = not level and "<" not in line.text  # most lines
        if plain or line.block is not None or i in in_table or _CELL.search(line.text):
            out.append(_spaced(line, blanks))
            blanks = 0
            continue
        parts, level = _parts(line, level, never, ledger)
        for part in parts:
            out.append(_spaced(part, blanks))
            blanks = 0
        if not parts:
            blanks = max(blanks, line.blanks, PAGE_END if _RULE.match(line.text) else 0)
    return out


def _framing(lines: Sequence[Line], in_table: Set[int]) -> set[int]:
    """The lines that hold nothing but a tag round an answer or a document, whose partner stands alone in a line too; and
    the one that names the file, right below such a tag."""
    found = {
        i: m
        for i, line in enumerate(lines)
        if "<" in line.text and i not in in_table and (m := _ALONE.match(line.text))
    }
    names = [{m["name"] for m in found.values() if bool(m["close"]) is close} for close in (False, True)]
    out = {i for i, m in found.items() if lines[i].block is None and m["name"] in names[0] & names[1]}
    named = {
        i + 1 for i in out if not found[i]["close"] and i + 1 < len(lines) and _NAMES_FILE.match(lines[i + 1].text)
    }
    return out | named


def _spaced(line: Line, blanks: int) -> Line:
    return line.holding(line.traced, blanks=blanks) if blanks > line.blanks else line


def _parts(line: Line, level: int, never: Set[str], ledger: Ledger) -> tuple[list[Line], int]:
    """What is left of a line, in the lines that its tags part it into, and the level of the heading that is still
    open. An end of what is `never` opened parts no sentence."""
    out: list[Line] = []
    kept: list[Traced] = []
    at = 0

    def close() -> None:
        text = Traced(r for piece in kept for r in piece.runs)
        if text.text.strip():
            part = line.holding(text, blanks=0 if out else line.blanks)
            out.append(_as_heading(part, level) if level else part)
        kept.clear()

    for m in TAG.finditer(line.text):
        kept.append(line.traced[at : m.start()])
        at = m.end()
        name = (m["block"] or m["inline"] or "").lower()
        if name in _BOLD and _paired(line.text, m):
            kept.append(ledger.replace(line.traced[m.start() : m.end()], 0, m.end() - m.start(), "**", "html-tag"))
            continue
        ledger.drop_ranges(line.traced[m.start() : m.end()], "html-tag", category="format")
        if m["block"]:
            before = "".join(piece.text for piece in kept)
            wrapped = name == "br" and (level or before.lstrip().startswith("#"))
            stray = name in never and _WITHIN[0].search(before) and _WITHIN[1].match(line.text, at)
            if not stray and not _MARK.fullmatch(before) and not (wrapped and _wraps_heading(before, line.text[at:])):
                close()
            if heads := _HEADS.fullmatch(name):
                level = 0 if m["close"] else int(heads["level"] or 1)
    kept.append(line.traced[at:])
    close()
    return out, level


def _wraps_heading(before: str, after: str) -> bool:
    """Whether a break stands within the words of a numbered heading.

    >>> _wraps_heading("## 一、落实校园", "防范责任"), _wraps_heading("## 附件1", "某表")
    (True, False)
    >>> _wraps_heading("第一章 总则", "第一条 为规范管理，制定本办法。"), _wraps_heading("# 一、目标", "坚持便民。")
    (False, False)
    """
    bare, rest = before.strip().lstrip("#").strip(), TAG.split(after, maxsplit=1)[0].strip()
    numbered = heading_of(bare) is not None and heading_of(rest) is None
    return numbered and 0 < len(rest) <= _REST and not _STOP.search(bare[-1:] + rest)


def _paired(text: str, m: re.Match[str]) -> bool:
    """Whether a bold tag opens or closes print on its own line."""
    name = m["inline"].lower()
    if m["close"]:
        return bool(re.search(rf"<\s*{name}\b", text[: m.start()], re.IGNORECASE))
    return bool(re.search(rf"<\s*/\s*{name}\s*>", text[m.end() :], re.IGNORECASE))


def _as_heading(line: Line, level: int) -> Line:
    """The line, known to be a heading as if the reader had told it."""
    return line._replace(block=Block(line.start, line.end + 1, "heading", level))
