r"""Tables in the codes of typesetting and of layout models -> the same tables in HTML, mark by mark.

LaTeX (`\begin{tabular}{lr} a & b \\ \end{tabular}`), as models trained on papers write, and OTSL (`<fcel>a<lcel><nl>`),
as layout models write, with <otsl> round it or without. Each mark becomes the tags it stands for, by edit; the words stay where they are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import regex as re

from juanzong.core.findings import Finding
from juanzong.core.ledger import Ledger
from juanzong.core.lines import Line
from juanzong.language.numbering import heading_of
from juanzong.stages.pages.latex_codes import FLOAT, PLACE, RULE, SETTING, TABLE
from juanzong.stages.pages.otsl_marks import CELL_MARK, OTSL, Change, one_each, otsl_changes, td

_BEGIN = re.compile(
    r"\\begin\s*\{(?P<name>" + TABLE + r"|array(?=\}\s*\{[^{}]*\|))\}(?:\s*\[[^\]\n]*\])?"
    r"(?:\s*(?P<braces>\{(?:[^{}]|(?&braces))*\})){1,2}"
)
_END = r"\\end\s*\{%s\}"
_FLOAT = re.compile(
    rf"\\(?:begin|end)\s*\{{(?:{FLOAT}|{PLACE})\}}(?:\s*\[[^\]\n]*\])?|\\(?:label|captionsetup)\s*\{{[^{{}}\n]*\}}"
    rf"|(?:^\s*|(?<=[}}\]])\s*)(?:(?:{SETTING})\s*)+"
)
_CAPTION = re.compile(r"\\caption\*?\s*(?:\[[^\]\n]*\]\s*)?\{(?P<said>[^{}\n]*)\}")
_CAPTION_ROW = re.compile(r"\s*" + _CAPTION.pattern + r"\s*(?P<row>\\\\)")  # of a longtable
_SET_OFF = re.compile(r"\$\$?|\\[\[\](]|\\\)")  # as a formula: an array whose columns are ruled is a table
_NEAR = 6  # lines round a table in which the marks of its float stand
_MOST_LINES = 3000  # of one table
_TOKEN = re.compile(
    rf"{RULE}|{SETTING}|\\end(?:first)?(?:head|foot)(?![A-Za-z])|\\endlast(?:foot)(?![A-Za-z])"
    r"|\\multicolumn\s*\{\s*(?P<right>\d{1,3})\s*\}\s*\{[^{}\n]*\}\s*\{"
    r"|\\multirow\s*(?:\[[^\]\n]*\]\s*)?\{\s*(?P<down>\d{1,4})\s*\}\s*(?:\[[^\]\n]*\]\s*)?\{[^{}\n]*\}\s*\{"
    r"|\\(?P<set>textbf|textit|textrm|text|mbox|makecell|shortstack|thead)\s*(?:\[[^\]\n]*\]\s*)?\{"
    r"|\\\\(?:\s*\[[^\]\n]*\])?(?P<row>)|(?<!\\)&(?P<cell>)|\\.|[{}]"
)


@dataclass
class _Cell:
    """A cell: the place of the mark before it, and how far it spans."""

    mark: tuple[int, int]
    right: int = 1
    down: int = 1
    said: bool = False


@dataclass
class _Rows:
    """The rows so far, the last of them open, and the marks that only set or rule."""

    rows: list[list[_Cell]]
    gone: list[Change] = field(default_factory=list)


def plain_tables(lines: Sequence[Line], ledger: Ledger, findings: list[Finding]) -> list[Line]:
    """The lines with their coded tables in HTML."""
    out: list[Line] = []
    i = 0
    while i < len(lines):
        text = lines[i].text
        coded = ("\\begin" in text or "<otsl>" in text or CELL_MARK.search(text)) and lines[i].block is None
        end = _table_end(lines, i) if coded else i
        if end == i:
            out.append(lines[i])
            i += 1
            continue
        begin = _BEGIN.search(text)
        set_off = begin is not None and begin["name"] == "array"
        out = _outside_marks(out, ledger, set_off=set_off)
        near = lines[end : end + _NEAR]
        below = _caption_below(near)
        out += [
            x._replace(n=lines[i].n - 1)
            for x in _outside_marks(near[below : below + 1], ledger, last=False, set_off=False)
        ]
        out += _rewritten(lines[i:end], ledger)
        rest = _outside_marks([*near[:below], *near[below + 1 :]], ledger, last=False, set_off=set_off)
        lines = [*lines[:end], *rest, *lines[end + _NEAR :]]
        i = end
    return out


def _caption_below(lines: Sequence[Line]) -> int:
    """Which of the lines behind a table is its caption, with nothing but marks of their float between: it is set below the
    table, and goes above it as any other caption stands. Behind the last one where none is."""
    for k, line in enumerate(lines):
        if "\\" not in line.text or "\\begin" in line.text or line.block is not None:
            break
        if _CAPTION.match(line.text.strip()):
            return k
        if _FLOAT.sub("", line.text).strip():
            break
    return len(lines)


def _table_end(lines: Sequence[Line], i: int) -> int:
    """The index behind the table that begins in line i; i where none does."""
    begin = _BEGIN.search(lines[i].text)
    mark = re.compile(_END % re.escape(begin["name"])) if begin else re.compile("</otsl>")
    if not begin and "<otsl>" not in lines[i].text:
        return _bare_end(lines, i)
    last = i + 1
    for k in range(i, min(i + _MOST_LINES, len(lines))):
        if lines[k].block is not None:
            break
        if mark.search(lines[k].text):
            return k + 1
        if k > i and _is_beyond(lines[k]):  # the mark that ends this table was lost
            return last
        if "\\\\" in lines[k].text or "<nl>" in lines[k].text:
            last = k + 1
    return last


def _is_beyond(line: Line) -> bool:
    """Whether a line can stand in no table: another one begins with it, or it is a heading apart from other lines."""
    text = line.text.strip()
    if text.startswith("\\begin"):
        return _BEGIN.match(text) is not None
    return line.blanks > 0 and "&" not in text and "\\" not in text and "<" not in text and heading_of(text) is not None


def _bare_end(lines: Sequence[Line], i: int) -> int:
    """The index behind the rows of OTSL from line i on that lost the marks round them; i where they are no rows. What
    stands in a line of its own is no row's, unless the row above has not ended."""
    end = k = i
    while k < len(lines) and k - end <= _NEAR and lines[k].block is None:
        if not OTSL.search(lines[k].text) and (lines[k].blanks or k == end):
            break
        k += 1
        if "<nl>" in lines[k - 1].text:
            end = k
    return end if sum(len(CELL_MARK.findall(line.text)) for line in lines[i:end]) > 1 else i


def _outside_marks(lines: Sequence[Line], ledger: Ledger, *, last: bool = True, set_off: bool) -> list[Line]:
    """The lines before (the `last` ones) or behind a table without the marks of the float round it, or of the formula as
    which it is set off; its caption bare."""
    out: list[Line] = []
    for n, line in enumerate(lines):
        near = len(lines) - n <= _NEAR if last else True
        if set_off and n == (len(lines) - 1 if last else 0) and _SET_OFF.fullmatch(line.text.strip()):
            ledger.drop_ranges(line.traced, "coded-table", category="format")
            continue
        if not near or "\\" not in line.text or line.block is not None or _BEGIN.search(line.text):
            out.append(line)
            continue
        changes = [(*m.span(), "") for m in _FLOAT.finditer(line.text)]
        for m in _CAPTION.finditer(line.text):
            changes += [(m.start(), m.start("said"), ""), (m.end("said"), m.end(), "")]
        out += _with(line, sorted(changes), ledger)
    return out


def _with(line: Line, changes: Sequence[Change], ledger: Ledger) -> list[Line]:
    """The line with the changes, none where nothing is left of it."""
    if not changes:
        return [line]
    new = line.holding(ledger.replace_all(line.traced, changes, "coded-table"))
    return [new] if new.text.strip() else []


def _rewritten(lines: Sequence[Line], ledger: Ledger) -> list[Line]:
    text = "\n".join(line.text for line in lines)
    begin = _BEGIN.search(text)
    changes = sorted(_latex_changes(text, begin) if begin else otsl_changes(text))
    out: list[Line] = []
    at = 0
    for line in lines:
        end = at + len(line.text)
        own = [(a - at, min(b, end) - at, new) for a, b, new in changes if at <= a < end or (a == b == end)]
        out += _with(line, own, ledger)
        at = end + 1
    return out


def _latex_changes(text: str, begin: re.Match[str]) -> Iterator[Change]:
    """What takes the place of each mark of the table: tags of rows and cells, nothing for what only sets or rules."""
    end = re.compile(_END % re.escape(begin["name"])).search(text, begin.end())
    stop = end.start() if end else len(text)
    first = begin.span()
    if named := _CAPTION_ROW.match(text, begin.end()):
        first = named.span("row")
        yield (*begin.span(), "<table>")
        yield text.index("\\", named.start()), named.start("said"), "<caption>"
        yield named.end("said"), first[0], "</caption>"
    read = _read_latex(text, first, stop)
    yield from read.gone
    marks = (_FLOAT, _SET_OFF) if begin["name"] == "array" else (_FLOAT,)
    for mark in marks:
        yield from ((*m.span(), "") for m in mark.finditer(text, 0, begin.start()))
        if end:
            yield from ((*m.span(), "") for m in mark.finditer(text, end.end()))
    yield from _tags(read.rows, ["<tr>"] if named else ["<table>", "<tr>"])
    if end:
        yield (*end.span(), "</table>")


def _read_latex(text: str, first: tuple[int, int], stop: int) -> _Rows:
    """What stands behind the mark that begins the first row."""
    read = _Rows([[_Cell(first)]])
    wrappers: list[bool] = []  # of each open brace: whether it goes with the mark before it
    at = first[1]
    while (m := _TOKEN.search(text, at, stop)) is not None:
        cell = read.rows[-1][-1]
        cell.said = cell.said or bool(text[at : m.start()].strip())
        at = m.end()
        if m["cell"] is not None and not wrappers:
            read.rows[-1].append(_Cell(m.span()))
        elif m["row"] is not None and not wrappers:
            read.rows.append([_Cell(m.span())])
        elif m["row"] is not None:
            read.gone.append((*m.span(), "<br>"))
        elif m[0] in "{}":
            if m[0] == "{":
                wrappers.append(False)
            elif wrappers and wrappers.pop():
                read.gone.append((*m.span(), ""))
        elif m[0].endswith("{"):
            wrappers.append(True)
            cell.right, cell.down = int(m["right"] or cell.right), int(m["down"] or cell.down)
            read.gone.append((*m.span(), ""))
        elif m["cell"] is None and len(m[0]) > 2:
            read.gone.append((*m.span(), ""))
        elif len(m[0]) == 2:
            cell.said = True
    last = read.rows[-1][-1]
    last.said = last.said or bool(text[at:stop].strip())
    return read


def _tags(rows: Sequence[Sequence[_Cell]], opening: Sequence[str]) -> Iterator[Change]:
    """The tags in place of the marks before cells, the `opening` ones before the first. The empty cells that LaTeX writes
    where one from above stands are left out, and a last row without a word."""
    below: dict[int, int] = {}  # column -> rows that a cell from above still covers
    for r, row in enumerate(rows):
        column = 0
        empty = r == len(rows) - 1 and not any(cell.said for cell in row)
        for k, cell in enumerate(row):
            tag = "" if empty else _cell_tag(cell, below, column)
            begin, end = cell.mark
            if not k and not empty:
                yield from one_each(begin, end, [*(["<tr>"] if r else opening), tag])
            else:
                yield begin, end, tag
            column += cell.right


def _cell_tag(cell: _Cell, below: dict[int, int], column: int) -> str:
    covered = [c for c in range(column, column + cell.right) if below.get(c)]
    for c in covered:
        below[c] -= 1
    if covered and not cell.said:
        return ""
    if cell.down > 1:
        below.update(dict.fromkeys(range(column, column + cell.right), cell.down - 1))
    return td(cell.down, cell.right)
