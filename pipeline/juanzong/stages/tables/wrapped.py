"""Rows that line feeds part: a cell's text goes on in the next line, without the marks that part cells."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import accumulate

import regex as re

from juanzong.core.ledger import Ledger
from juanzong.core.traced import Traced
from juanzong.language.form_lines import names_field
from juanzong.language.numbering import heading_of
from juanzong.language.text import ends_sentence, unbalanced
from juanzong.stages.tables.columns import goes_on
from juanzong.stages.tables.kinds import is_quantity, is_total, kind
from juanzong.stages.tables.raw import RawRow

_MOST_LINES = 4  # that one row is written in
_LONG = 12  # characters of a cell that may have wrapped
_LONG_CLAUSE = 8  # ... before a line in which a sentence goes on
_STOP = re.compile("[，；。]")
_ALIKE = 2  # characters by which the names of groups differ in length
_NEAR = 20  # rows on either side show what a column holds
_FULL = 0.8  # of the longest cell of its column: shorter ones had room


class LastCells:
    """The last cells of rows, given as the texts of their cells: whether a line without cells goes on with the next one."""

    def __init__(self) -> None:
        self._width = 0
        self._cells: Counter[tuple[int, str]] = Counter()  # by the width of their rows
        self._ends: Counter[tuple[int, str]] = Counter()
        self._longest: dict[int, int] = {}

    def add(self, row: Sequence[str]) -> None:
        width, cell = len(row), row[-1] if row else ""
        self._width = max(self._width, width)
        if cell:
            self._cells[width, cell] += 1
            self._ends[width, cell[-2:]] += 1
            self._longest[width] = max(self._longest.get(width, 0), len(cell))

    def go_on(self, row: Sequence[str], text: str) -> bool:
        """Whether a line without cells is the rest of the last cell of the row below them, and no row of its own: the cell
        breaks off, it holds words, and its column holds running text: a column of few and short words (预期性, 约束性)
        wraps in none of its cells."""
        width = len(row)
        if width < self._width or width < 2 or heading_of(text.strip()) or is_total(text):
            return False
        cell = row[-1]
        if kind(cell) != "words" or ends_sentence(cell) or self._cells[width, cell]:
            return False
        if self._ends[width, cell[-2:]] > 1:  # it ends as the others do
            return False
        longest = max(len(cell), self._longest.get(width, 0))
        clause = len(cell) >= _LONG_CLAUSE and len(cell) == longest and _STOP.search(text) is not None
        return unbalanced(cell) > 0 or clause or (len(cell) >= _LONG and len(cell) >= _FULL * longest)


def join_wrapped(rows: Sequence[RawRow], opened: Sequence[bool], ledger: Ledger) -> list[RawRow]:
    """Rows that line feeds part are put together, cell by cell.

    In: the rows, one a line, all of one syntax; for each whether its line lacks the bar that ends other rows.
    """
    widths = Counter(len(row.cells) for row in rows if len(row.cells) > 1)
    if not widths:
        return list(rows)
    whole = (k for k in range(len(rows)) if not opened[k] and not (k and opened[k - 1]))
    width = (Counter(n for k in whole if (n := len(rows[k].cells)) > 1) or widths).most_common(1)[0][0]
    out: list[RawRow] = []
    lines: dict[int, list[str]] = {}  # of the last cells of rows (by id) that take several
    above, known = LastCells(), 0  # of out[:known]
    k = 0
    while k < len(rows):
        n = _parted_over(rows, opened, k, width)
        row = rows[k]
        for rest in rows[k + 1 : k + n]:
            _add(row, rest, ledger)
        k += n
        if out and len(row.cells) == 1 and n == 1 and not row.page_break and not opened[k - 1]:
            for r in out[known:-1]:
                above.add(_texts(r, lines, last=False))
            known = len(out) - 1
            goes_on = above.go_on(_texts(out[-1], lines, last=True), row.cells[0].text.text)
            if goes_on and row.syntax == "tabs" and not _is_kin(rows, row):
                lines.setdefault(id(out[-1]), [out[-1].cells[-1].text.text]).append(row.cells[0].text.text)
                _add(out[-1], row, ledger)
                continue
        if out and _is_next_line(out[-1], row, max(widths)):
            out[-1].cells[1].text = _with_line(out[-1].cells[1].text, row.cells[1].text, ledger)
            continue
        if out and (places := _broken_off(out[-1], row)):
            for at in places:
                out[-1].cells[at].text = ledger.join(out[-1].cells[at].text, row.cells[at].text, "wrapped-cell")
            continue
        out.append(row)
    return out


def _texts(row: RawRow, lines: Mapping[int, Sequence[str]], *, last: bool) -> list[str]:
    """The texts of a row's cells; of its last cell, where it takes several `lines`, the `last` of these or the longest."""
    texts = [cell.text.text for cell in row.cells]
    if id(row) in lines:
        texts[-1] = lines[id(row)][-1] if last else max(lines[id(row)], key=len)
    return texts


def _is_next_line(above: RawRow, row: RawRow, widest: int) -> bool:
    """Whether a row is the next line of the value above, in a form: both have one value where others have a second label
    with its value, and it has no label."""
    texts = [[cell.text.text for cell in r.cells] for r in (above, row)]
    while any(line and not line[-1] for line in texts):
        texts = [line[:-1] if line and not line[-1] else line for line in texts]
    short = [len(line) for line in texts] == [2, 2] and widest > 2
    words = bool(short) and names_field(texts[0][0].strip()) and kind(texts[0][1]) == "words"
    return words and row.syntax == "tabs" and not texts[1][0] and not row.page_break


def _broken_off(above: RawRow, row: RawRow) -> list[int]:
    """The cells of a row without a label where each says the rest of the one above, which breaks off at a comma or in
    brackets; none where it is a row of its own."""
    filled = [k for k, cell in enumerate(row.cells) if cell.text.text.strip()]
    if row.page_break or not filled or filled[0] == 0 or filled[-1] >= len(above.cells):
        return []
    pairs = [(above.cells[k].text.text.rstrip(), row.cells[k].text.text.strip()) for k in filled]
    cut = all(goes_on(a) for a, _ in pairs)
    words = all(kind(b) == "words" and heading_of(b) is None for _, b in pairs)
    return filled if cut and words and above.cells[0].text.text.strip() else []


def _with_line(text: Traced, rest: Traced, ledger: Ledger) -> Traced:
    """The text, and the rest in a line of its own: the source's line feed stays."""
    feed = ledger.source.rfind("\n", text.last, rest.first)
    return text + Traced.of(ledger.source, feed, feed + 1) + rest if feed >= 0 else text + rest


def _is_kin(rows: Sequence[RawRow], row: RawRow) -> bool:
    """Whether a row of one cell is a group as others of the table are: another ends as it does, and is about as long."""
    text = row.cells[0].text.text.strip()
    others = [r.cells[0].text.text.strip() for r in rows if len(r.cells) == 1 and r is not row]
    return any(other[-1:] == text[-1:] and abs(len(other) - len(text)) <= _ALIKE for other in others)


def _parted_over(rows: Sequence[RawRow], opened: Sequence[bool], k: int, width: int) -> int:
    """How many lines the row that begins in line k takes: as many as make up its cells, each line but the first going
    on in the last cell of the one before."""
    cells = len(rows[k].cells)
    if cells < 2 and not opened[k]:  # a group row
        return 1
    for n in range(2, min(_MOST_LINES, len(rows) - k) + 1):
        rest = rows[k + n - 1]
        closed = not opened[k + n - 2]  # a line without its bar goes on behind a blank line too
        if (closed and (rest.page_break or cells >= width)) or not _goes_on(rows[k + n - 2], rest):
            return 1
        cells += len(rest.cells) - 1
        if cells > width:
            return 1
        if cells == width and not opened[k + n - 1]:
            return n if any(opened[k : k + n - 1]) or _is_alone_short(rows, k, n, width) else 1
    return 1


def _is_alone_short(rows: Sequence[RawRow], k: int, n: int, width: int) -> bool:
    """Whether the n lines from k on may be one row by what stands beside them: no row below them lacks cells too, as rows
    do whose labels a source left out, and no line ends in a quantity where the column has none and the last one has."""
    below = rows[k + n].cells if k + n < len(rows) else []
    if 1 < len(below) < width and (k + n + 1 == len(rows) or len(below) + len(rows[k + n + 1].cells) != width + 1):
        return False
    near = [row.cells for row in rows[max(0, k - _NEAR) : k + n + _NEAR] if len(row.cells) == width]
    ends = list(accumulate(len(row.cells) - 1 for row in rows[k : k + n - 1]))
    quantities = [c for row, c in zip(rows[k:], ends, strict=False) if is_quantity(row.cells[-1].text.text)]
    return not any(
        any(is_quantity(cells[-1].text.text) for cells in near)
        and not any(is_quantity(cells[c].text.text) for cells in near)
        for c in quantities
    )


def _goes_on(above: RawRow, rest: RawRow) -> bool:
    """Whether a line's first cell can be the rest of the last cell above: words that break off, and no number."""
    last, first = above.cells[-1].text.text, rest.cells[0].text.text
    return (
        kind(last) == "words"
        and kind(first) == "words"
        and not ends_sentence(last)
        and heading_of(first.strip()) is None
        and not is_total(first)
    )


def _add(row: RawRow, rest: RawRow, ledger: Ledger) -> None:
    first, *more = rest.cells
    row.cells[-1].text = ledger.join(row.cells[-1].text, first.text, "wrapped-cell")
    row.cells += more
