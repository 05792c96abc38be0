"""Tables that stand twice in a bundle: two prints of one table become one record at the first place."""

from __future__ import annotations

from difflib import SequenceMatcher

from juanzong.core import tree
from juanzong.core.findings import Finding
from juanzong.core.ledger import Ledger
from juanzong.core.terms import Evidence
from juanzong.core.traced import Traced
from juanzong.language.text import fold
from juanzong.stages.links.cell_differences import difference, words
from juanzong.stages.links.prints import STANDS_ALONE, Pairs, Print, Shelf, prints_of, span_guessed
from juanzong.stages.tables.grid import Grid, Line, Place, grid_of, rows_of_grid, swap

_MISREAD = 4  # longest difference that is proposed as a correction


def merge_second_prints(documents: list[tree.Document], ledger: Ledger, findings: list[Finding]) -> None:
    """Merge each second print of a table into the first one, in place. First is the one whose cells notes hang on, then
    the one that stands as a document of its own, then by title: where the documents stand in the bundle plays no part.

    The first table keeps its place and gets what only the second print kept; of the second one caption, number, unit and
    notes stay, with `same_as` in place of rows. Where the two differ, the first reading stands, and a finding and a
    suggested edit tell of the second.
    """
    shelf = Shelf()
    ordered = sorted(documents, key=lambda d: (d.type not in STANDS_ALONE, d.title.text))
    prints = [new for document in ordered for new in prints_of(document)]
    marked = {id(f.anchor) for d in documents for f in d.footnotes if isinstance(f.anchor, tree.Cell)}
    if marked:  # a note loses its place where its cell goes
        prints.sort(key=lambda p: not any(id(cell) in marked for row in p.table.rows for cell in row.cells))
    for new in prints:
        found = shelf.find(new)
        if found is None:
            shelf.put(new)
        else:
            _merge(found[0], new, found[1], ledger, findings)


def _merge(first: Print, second: Print, pairs: Pairs, ledger: Ledger, findings: list[Finding]) -> None:
    old = first.grid
    lines = {j: old[i] for i, j in pairs}
    lines |= {j: old[j] for j in range(min(first.table.header_rows, second.table.header_rows))}
    changed = _part_guessed_spans(lines, second.grid)
    differ: list[tuple[Place, Traced]] = []
    for place in dict.fromkeys(p for line in second.grid for p in line):
        if place.blank:
            continue
        slots = [(line, c) for j, line in lines.items() for c, p in enumerate(second.grid[j]) if p is place]
        here = [p for p in dict.fromkeys(line[c] for line, c in slots) if not p.blank]
        if slots and not here:
            fresh = Place(place.text)
            for line, c in slots:
                swap(old, line[c], fresh)  # with all of a merged blank
            changed = True
            continue
        text = words(place.text.text)
        if here and not any(text in words(p.text.text) for p in here):
            own = words(here[0].text.text)
            if text.startswith(own) and len(text) - len(own) > _MISREAD:  # the first print breaks off
                here[0].text, place.text = place.text, here[0].text
                changed = True
            else:
                differ.append((min(here, key=lambda p: difference(p.text.text, place.text.text)), place.text))
        ledger.drop_ranges(place.text, "second-print", kind="merge")
    if changed:
        first.table.rows = _rows_kept(first.table, old)
        first.grid = grid_of(first.table)
    second.table.rows, second.table.header_rows, second.table.same_as = [], 0, first.table
    _tell(first.table, second.table, differ, ledger, findings)


def _part_guessed_spans(lines: dict[int, Line], new: Grid) -> bool:
    """Where the second print has words in a blank that a cell was taken to span, the cell spans it no more."""
    parted = False
    for j, line in lines.items():
        guessed = [c for c in range(1, len(line)) if span_guessed(line, new[j], c)]
        for c in guessed:
            line[c] = Place()
            parted = True
    return parted


def _rows_kept(table: tree.Table, grid: Grid) -> list[tree.Row]:
    """The rows of the changed grid; a cell that stands in both is the same object, so that notes keep their place."""
    cells = {cell.text.runs: cell for row in table.rows for cell in row.cells if cell.text}
    rows = rows_of_grid(grid)
    for row in rows:
        for k, new in enumerate(row.cells):
            kept = cells.pop(new.text.runs, None)
            if kept is not None:
                kept.row_span, kept.col_span = new.row_span, new.col_span
                row.cells[k] = kept
    return rows


def _tell(
    first: tree.Table,
    second: tree.Table,
    differ: list[tuple[Place, Traced]],
    ledger: Ledger,
    findings: list[Finding],
) -> None:
    told = f"同一表格印了两次，已合并到首次出现处，两处读法不同 {len(differ)} 处"
    findings.append(Finding("second-print", "info", told, [first, second], {"differences": len(differ)}))
    cells = {cell.text.runs: cell for row in first.rows for cell in row.cells}
    for place, other in differ:
        cell = cells.get(place.text.runs)
        findings.append(
            Finding(
                "second-print",
                "warning",
                f"两次印刷不一致：“{_short(place.text, other)}”与“{_short(other, place.text)}”",
                [cell if cell is not None else first, second],
                {
                    "first": place.text.text,
                    "second": other.text,
                    "source": place.text.ranges,
                    "second_source": other.ranges,
                },
            )
        )
        _suggest(place.text, other, ledger)


def _short(text: Traced, other: Traced) -> str:
    """The part in which a text differs from another, with a little of what stands around it; by words, where any does."""
    a, b = text.text, other.text
    changed = [op for op in SequenceMatcher(None, a, b, autojunk=False).get_opcodes() if op[0] != "equal"]
    words = [op for op in changed if _says_otherwise(a[op[1] : op[2]], b[op[3] : op[4]])] or changed
    return a[max(0, words[0][1] - 6) : words[-1][2] + 6][:40] if words else a[:40]


def _says_otherwise(a: str, b: str) -> bool:
    """Whether two pieces differ, but for blanks and marks."""
    return fold(a) != fold(b) and any(c.isalnum() for c in a + b)


def _suggest(text: Traced, other: Traced, ledger: Ledger) -> None:
    """The second reading, as suggested edits, where the two differ in a few characters that are no blanks or marks."""
    a, b = text.text, other.text
    for tag, i, j, k, m in SequenceMatcher(None, a, b, autojunk=False).get_opcodes():
        if tag == "equal" or max(j - i, m - k) > _MISREAD or not _says_otherwise(a[i:j], b[k:m]):
            continue
        start, end = text.span(i, j)
        where = other.span(k, m)
        ledger.suggest(
            start,
            end,
            b[k:m],
            "second-print",
            evidence=[Evidence(source=where, text=b[max(0, k - 4) : m + 4], note="同一表格的另一次印刷")],
        )
