"""A contents list -> its entries: number, title and page, with leaders, marks and a table's header gone by edit."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import regex as re

from juanzong.core.ledger import Ledger
from juanzong.core.lines import Line
from juanzong.core.traced import EMPTY, Traced, concat
from juanzong.core.tree import ContentsEntry
from juanzong.language.numbering import ANNEX, UNNUMBERED
from juanzong.stages.documents.contents_cells import number_alone
from juanzong.stages.documents.contents_found import Contents
from juanzong.stages.documents.contents_lines import GLUED, GOES_ON, HEADING, LEADERS, Span, number_at, paged, read_line
from juanzong.stages.documents.contents_rows import PAGE, set_below_codes, table_entries

_GROUP = re.compile(
    r"\s*[【〖［\[][^【】〖〗［］\[\]]{1,20}[】〗］\]]\s*$"
)  # what heads entries of a kind: 【部门文件】
# where each entry has a chapter's number as well, the figure before it is that of a list in Markdown
_LIST_ITEM = re.compile(r"\d{1,3}[.、]\s+(?=\[?第\s?[一二三四五六七八九十百\d]{1,5}\s?[编章节])")
_GROUP_LEVEL = -9  # above every number
_BELOW = 8  # levels: 1.1 below all others, where 1. came before it
_BESIDE = re.compile(r"附\s?录\s?[A-Z]|前\s*言|引\s*言|序\s*言|参考文献")  # chapters without a number
_PAGE_FIRST = re.compile(r"[PpＰ]\.?\s?\d{1,4}(?:\s?[-—–]\s?\d{1,4})?\s*")


def entries_of(lines: Sequence[Line], found: Contents, ledger: Ledger) -> list[ContentsEntry]:
    """The entries in order, each with level, number, title and page."""
    _drop_titles(lines, found, ledger)
    if found.rows:
        return table_entries([lines[i] for i in found.rows], ledger)
    if found.cells:
        _drop_header(lines, found, ledger)
    out: list[ContentsEntry] = []
    last: dict[str, int] = {}
    said = [lines[e[-1].line].text[e[-1].start : e[-1].end].strip().strip("*") for e in found.entries]
    items = len(said) > 1 and all(map(_LIST_ITEM.match, said))
    some_paged = any(map(paged, said)) or (found.paged > 0 and _glued(said))
    for spans in found.entries:
        pieces: list[Traced] = []
        page = EMPTY
        for span in spans:
            if pieces and span is spans[-1] and PAGE.fullmatch(lines[span.line].text):  # in a line of its own
                page = lines[span.line].cut().strip()
                continue
            piece, at_end = _piece(lines[span.line], span, some_paged and span is spans[-1], last, ledger)
            pieces.append(piece)
            page = at_end or page
        pieces = [p for p in pieces if p]
        for first, second in pairwise(pieces[found.cells :]):
            ledger.join(first, second, "wrapped-contents-entry")
        text = concat(pieces[found.cells :])
        if found.cells and (number := number_alone(pieces[0].text)) is not None:
            last[number.form] = number.ordinal
            out.append(ContentsEntry(int(number.rank), pieces[0], text, page))
            continue
        if items and (mark := _LIST_ITEM.match(text.text)):
            ledger.drop_ranges(text[: mark.end()], "list-mark", category="format")
            text = text[mark.end() :]
        out.append(_entry(text, page, last))
    _set_beside(out)
    ranks = sorted({e.level for e in out})
    for e in out:
        e.level = ranks.index(e.level) + 1
    set_below_codes(out)
    return out


def _set_beside(entries: Sequence[ContentsEntry]) -> None:
    """前言 and 附录A stand beside the chapters, where these are all else that the list names."""
    beside = [_BESIDE.fullmatch(e.number.text or e.title.text) for e in entries]
    chapters = [e for e, is_beside in zip(entries, beside, strict=True) if not is_beside]
    highest = min((e.level for e in chapters), default=0)
    if any(e.number and e.level == highest for e in chapters) and all(e.number for e in chapters):
        for e, is_beside in zip(entries, beside, strict=True):
            e.level = highest if is_beside else e.level


def _drop_titles(lines: Sequence[Line], found: Contents, ledger: Ledger) -> None:
    """The list's heading goes by edit, and what heads its next pages."""
    ledger.drop_ranges(lines[found.title.line].cut(found.title.start, found.title.end), "contents-title")
    taken = {found.title.line, *found.rows, *(span.line for entry in found.entries for span in entry)}
    for i in (k for k in found.lines if k not in taken):
        if HEADING.fullmatch(lines[i].text) or GOES_ON.fullmatch(lines[i].text):
            ledger.drop_ranges(lines[i].cut(), "contents-title")


def _drop_header(lines: Sequence[Line], found: Contents, ledger: Ledger) -> None:
    """The names of the columns, a line each, go by edit."""
    said = {found.title.line, *(span.line for entry in found.entries for span in entry)}
    for i in found.lines:
        if i not in said:
            ledger.drop_ranges(lines[i].cut(), "contents-header")


def _glued(entries: Sequence[str]) -> bool:
    """Whether entries end in their pages without anything between: 一、发展基础1, 二、发展目标3."""
    found = [m for s in entries if (m := GLUED.match(s))]
    pages = [int(m["page"]) for m in found]
    return len(pages) > 1 and len(pages) == len(entries) and pages == sorted(pages) and pages[0] < pages[-1]


def _glued_page(said: str, expected: int) -> re.Match[str] | None:
    """An entry and its page with nothing between: behind a number, or behind 前言 and the like."""
    m = GLUED.match(said)
    return m if m is not None and (number_at(said, expected) or UNNUMBERED.match(m["head"])) else None


def _piece(line: Line, span: Span, may_glue: bool, last: dict[str, int], ledger: Ledger) -> tuple[Traced, Traced]:
    """What a line says of an entry, and the page it ends with; marks, links and leaders around them are dropped."""
    expected = last.get("1", 0) + 1
    inner = read_line(line.text, span, expected).span
    for a, b in ((span.start, inner.start), (inner.end, span.end)):
        mark = line.cut(a, b)
        if mark:
            ledger.drop_ranges(mark, "list-mark", category="format")
    said = line.text[inner.start : inner.end]
    if said.endswith("**"):
        ledger.drop_ranges(line.cut(inner.end - 2, inner.end), "emphasis-mark", category="format")
        said, inner = said[:-2], inner._replace(end=inner.end - 2)
    m = paged(said) or (_glued_page(said, expected) if may_glue else None)
    if m is None:
        leaders = LEADERS.search(said)
        end = leaders.start() if leaders else len(said)
        ledger.drop_ranges(line.cut(inner.start + end, inner.end), "dot-leader")
        return line.cut(inner.start, inner.start + end), EMPTY
    a = inner.start
    bare = len(m["head"].removesuffix("**"))
    ledger.drop_ranges(line.cut(a + bare, a + m.end("head")), "emphasis-mark", category="format")
    leader, rest = line.cut(a + m.end("head"), a + m.start("page")), line.cut(a + m.end("page"), inner.end)
    ledger.drop_ranges(leader, "dot-leader")
    ledger.drop_ranges(rest, "dot-leader")
    return line.cut(a, a + bare), line.cut(a + m.start("page"), a + m.end("page"))


def _entry(text: Traced, page: Traced, last: dict[str, int]) -> ContentsEntry:
    """`last`: the last ordinal of each form of number, in the order in which they came first; this entry's is put in."""
    s = text.text
    number = number_at(s, last.get("1", 0) + 1)
    annex = ANNEX.match(s)
    if number and number.end < len(s):
        if not page and _PAGE_FIRST.fullmatch(s[: number.end]):
            return ContentsEntry(1, EMPTY, text[number.end :].strip(), text[: number.end].strip())
        last[number.form] = number.ordinal
        decimal = number.form.startswith("1.1") and next((f for f in last if f in ("1.", "1.1")), "") == "1."
        return ContentsEntry(
            int(number.rank) + _BELOW * decimal, text[: number.end].strip(), text[number.end :].strip(), page
        )
    if annex and annex.end() < len(s):
        return ContentsEntry(1, text[: annex.end()].strip(), text[annex.end() :].strip(), page)
    return ContentsEntry(_GROUP_LEVEL if _GROUP.match(s) and not page else 1, EMPTY, text.strip(), page)
