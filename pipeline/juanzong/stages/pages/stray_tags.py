"""Table tags that are damaged: what belongs to no table goes, a table and the text beside it stand in lines of their
own. Each repair is told."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from itertools import pairwise

import regex as re

from juanzong.core.findings import Finding
from juanzong.core.ledger import Ledger
from juanzong.core.lines import Line
from juanzong.language.text import ends_sentence
from juanzong.stages.pages.cleaning import without
from juanzong.stages.pages.latex_codes import FLOAT, RULE, SETTING, TABLE
from juanzong.stages.pieces.table_tags import CUT_TAG, Spot, TableTags, lines_of_tables, table_tags

# what is left of a tag, with nothing but a sentence's end before it
_CUT_ALONE = re.compile(
    r"(?:^\s*|(?<=[。；！？：）]))<(?:/?t(?:a|ab|abl|b|bo|bod|body|h|he|hea|head|r|d)?|/)\s*$", re.IGNORECASE
)
_WIDE_TAG = re.compile(r"＜\s*/?\s*(?:table|thead|tbody|tr|td|th)(?:\s[^<>＜＞]*)?＞", re.IGNORECASE)
# a line of nothing but the codes of a table in LaTeX
_CODE = rf"(?:{RULE}|\\(?:begin|end)\s*\{{(?:{TABLE}|{FLOAT}|array)\}}(?:\s*(?:\[[^\]]*\]|\{{[^{{}}]*\}}))*)\s*"
_CODES_ALONE = re.compile(rf"\s*(?:(?:{SETTING})\s*)*+(?:{_CODE}(?:(?:{SETTING})\s*)*+)+")
# a tag whose name was read apart: <t d>, </t r>
_APART = re.compile(r"<\s*/?\s*t(?P<gap>\s+)(?:d|r|h|able|body|head|foot)(?=\s*>|\s+[a-z]+\s*=)", re.IGNORECASE)
# a tag whose signs a writer of Markdown took for text: \<td\>, \</td\>
_ESCAPED = re.compile(r"\\<\s*\\?/?\s*(?:table|thead|tbody|tr|td|th)(?:\s[^<>\n]*)?\\?>", re.IGNORECASE)
_EMPTY = re.compile(r"<t[dh](?:\s[^<>]*)?/>")  # a cell that begins and ends in one tag
_AT_END = re.compile(r"(?:<\s*/?\s*(?:table|thead|tbody|tr|td|th)(?:\s[^<>]*)?>\s*)+$", re.IGNORECASE)
_FEW = 2  # signs of one tag alone
_CHECK = "table-tag-damaged"


def part_tables(lines: Sequence[Line], ledger: Ledger, findings: list[Finding]) -> list[Line]:
    """Lines in which each table in HTML has lines of its own, and no table tag stands outside of one."""
    lines = [_with_whole_tags(line, ledger) if line.block is None else line for line in lines]
    tags = table_tags(lines)
    inside = lines_of_tables(tags.tables)
    for i, line in enumerate(lines):
        cut = _CUT_ALONE.search(line.text) if line.block is None and i not in inside and "<" in line.text[-8:] else None
        if cut is not None:
            tags.strays.append((Spot(i, cut.start()), Spot(i, cut.end())))
        elif line.block is not None and "<" in line.text and (left := _left_over(line)) is not None:
            tags.strays.append((Spot(i, left), Spot(i, len(line.text))))
        elif "\\" in line.text and i not in inside and line.block is None and _CODES_ALONE.fullmatch(line.text):
            tags.strays.append((Spot(i, 0), Spot(i, len(line.text))))
    gone: defaultdict[int, list[tuple[int, int]]] = defaultdict(list)
    cuts: defaultdict[int, set[int]] = defaultdict(set)
    for begin, end in tags.strays:
        for i, first, last in _pieces(lines, begin, end):
            gone[i].append((first, last))
    for table in tags.tables:
        cuts[table.begin.line].add(table.begin.at)
        cuts[table.end.line].add(table.end.at)
        if not table.closed:
            cut = CUT_TAG.search(lines[table.end.line].text, 0, table.end.at)
            if cut:
                gone[table.end.line].append(cut.span())
    _tell(lines, tags, findings)
    out: list[Line] = []
    for i, line in enumerate(lines):
        if i not in cuts and i not in gone:
            out += [line] if line.text.strip() else []
            continue
        for part in _parts(line, sorted(cuts[i]) if i in cuts else [], gone.get(i, [])):
            kept = without(part[0], part[1], "stray-table-tag", ledger)
            if kept is not None:
                out.append(kept)
    return out


def _left_over(line: Line) -> int | None:
    """Where table tags begin that end a tool's paragraph, behind a sentence or alone; None where none do."""
    m = _AT_END.search(line.text) if line.block is not None and line.block.kind in ("paragraph", "heading") else None
    whole = m is not None and (not line.text[: m.start()].strip() or ends_sentence(line.text[: m.start()]))
    return m.start() if m is not None and whole else None


def _with_whole_tags(line: Line, ledger: Ledger) -> Line:
    """A line whose table tags are as HTML has them."""
    if "＜" in line.text:
        line = _with_brackets(line, ledger)
    if "\\<" in line.text:
        line = _with_bare_signs(line, ledger)
    return _with_names(line, ledger) if "<" in line.text else line


def _with_brackets(line: Line, ledger: Ledger) -> Line:
    """A line whose table tags have < and >, where they were written wide."""
    marks = [
        (k, k + 1, sign) for m in _WIDE_TAG.finditer(line.text) for k, sign in ((m.start(), "<"), (m.end() - 1, ">"))
    ]
    return line.holding(ledger.replace_all(line.traced, marks, "html-tag")) if len(marks) > _FEW else line


def _with_bare_signs(line: Line, ledger: Ledger) -> Line:
    """A line whose table tags have no backslash before their signs."""
    marks = [(k, k + 1, "") for m in _ESCAPED.finditer(line.text) for k in range(*m.span()) if line.text[k] == "\\"]
    return line.holding(ledger.replace_all(line.traced, marks, "markdown-escape")) if marks else line


def _with_names(line: Line, ledger: Ledger) -> Line:
    """A line whose table tags have their names in one word."""
    gaps = [(*m.span("gap"), "") for m in _APART.finditer(line.text)]
    return line.holding(ledger.replace_all(line.traced, gaps, "html-tag")) if gaps else line


def _parts(
    line: Line, cuts: Sequence[int], gone: Sequence[tuple[int, int]]
) -> list[tuple[Line, list[tuple[int, int]]]]:
    """The line's parts between the cuts, and what of each is to go (places within the part)."""
    edges = [0, *cuts, len(line.text)]
    out: list[tuple[Line, list[tuple[int, int]]]] = []
    for a, b in pairwise(edges):
        if not line.text[a:b].strip():
            continue
        part = (
            line if (a, b) == (0, len(line.text)) else line.holding(line.traced[a:b], blanks=0 if out else line.blanks)
        )
        out.append((part, [(x - a, y - a) for x, y in gone if a <= x < b]))
    return out


def _pieces(lines: Sequence[Line], begin: Spot, end: Spot) -> list[tuple[int, int, int]]:
    """What stands between two places, line by line: index of the line, first character, and the one behind the last."""
    return [
        (i, begin.at if i == begin.line else 0, end.at if i == end.line else len(lines[i].text))
        for i in range(begin.line, end.line + 1)
    ]


def _tell(lines: Sequence[Line], tags: TableTags, findings: list[Finding]) -> None:
    for begin, end in tags.strays:
        line = lines[begin.line]
        tag = " ".join(lines[i].text[a:b] for i, a, b in _pieces(lines, begin, end))
        findings.append(
            Finding(
                _CHECK,
                "warning",
                f"第 {line.n} 行的表格标记 {tag} 不属于任何表格，已略去",
                [],
                {"line": line.n},
            )
        )
    for table in tags.tables:
        what = "没有开始标记" if not table.opened else "没有结束标记" if not table.closed else ""
        if what:
            first, last = lines[table.begin.line].n, lines[table.end.line].n
            told = f"第 {first} 行至第 {last} 行的表格{what}，按其行与单元格断定起止"
            findings.append(Finding(_CHECK, "warning", told, [], {"line": first, "last_line": last}))
        elif what := _odd_cells("\n".join(x.text for x in lines[table.begin.line : table.end.line + 1])):
            first, last = lines[table.begin.line].n, lines[table.end.line].n
            told = f"第 {first} 行至第 {last} 行的表格有单元格标记{what}，按其余标记断定单元格"
            findings.append(Finding(_CHECK, "warning", told, [], {"line": first, "last_line": last}))


def _odd_cells(text: str) -> str:
    """What is wrong with the tags of a table's cells: some end twice, or some do not end though others do; cells that
    never end are as HTML allows them.

    >>> _odd_cells("<tr><td>甲</td></td></tr>"), _odd_cells("<tr><td>甲<td>乙</td></tr>"), _odd_cells("<tr><td>甲<td>乙")
    ('重复结束', '没有结束', '')
    >>> _odd_cells("<thead><tr><th>甲</th><td/></tr></thead>")
    ''
    """
    text = text.lower() if "T" in text else text
    ends = text.count("</td") + text.count("</th") - text.count("</thead")
    begins = text.count("<td") + text.count("<th") - text.count("<thead")
    if not ends or begins == ends:
        return ""
    begins -= len(_EMPTY.findall(text))
    return "重复结束" if begins < ends else "没有结束" if begins > ends else ""
