"""Tables that stand twice in a bundle: two prints of one table become one record at the first place."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import SequenceMatcher

from juanzong.core import tree
from juanzong.core.findings import Finding
from juanzong.core.ledger import Ledger
from juanzong.core.traced import Traced
from juanzong.language.text import fold
from juanzong.model.edit import Evidence
from juanzong.stages.tables.grid import Grid, Line, Place, grid_of, rows_of_grid, swap
from juanzong.stages.tables.kinds import is_ordinal

_STAGE = "tables"
_SAME_HEADER = 0.8  # similarity of two prints of one header
_SAME_KEY = 0.75  # of two prints of one row's label
_SAME_ROWS = 0.6  # share of rows that both prints must have
_SAME_CELLS = 0.7  # share of cells filled in both prints that must agree
_SHORT = 12  # code points up to which cells agree only when equal
_SAME_TEXT = 0.85  # similarity from which longer cells are prints of one text
_MISREAD = 4  # longest difference that is proposed as a correction


def merge_second_prints(documents: list[tree.Document], ledger: Ledger, findings: list[Finding]) -> None:
    """Merge each second print of a table into the first one, in place. First is the one that stands as a document of its
    own, then by title: where the documents stand in the bundle plays no part.

    The first table keeps its place and gets what only the second print kept; of the second one the caption stays, as
    the sign that a table stood there, without rows. Where the two differ, the first reading stands, and a finding and a
    suggested edit tell of the second.
    """
    seen: list[tuple[tree.Table, Grid]] = []
    for document in sorted(documents, key=lambda d: (d.type != "annex_table", d.title.text)):
        for table in _tables(document):
            grid = grid_of(table)
            for first, old in seen:
                pairs = _pairs(first, old, table, grid)
                if pairs is not None:
                    _merge(first, old, table, grid, pairs, ledger, findings)
                    break
            else:
                if grid:
                    seen.append((table, grid))


def _tables(document: tree.Document) -> Iterator[tree.Table]:
    return (block for block in tree.walk(document.body) if isinstance(block, tree.Table) and block.rows)


def _ratio(a: str, b: str) -> float:
    if a == b:
        return 1.0
    matcher = SequenceMatcher(None, a, b, autojunk=False)
    return 0.0 if matcher.real_quick_ratio() < _SAME_CELLS else matcher.ratio()


def _key(line: Line) -> str:
    """What names a row: its leading words; a serial number counts, but does not stand alone."""
    out = ""
    for place in dict.fromkeys(line):
        out += fold(place.text.text) + "|"
        if not place.blank and not is_ordinal(place.text.text):
            break
    return out


def _pairs(first: tree.Table, old: Grid, second: tree.Table, new: Grid) -> list[tuple[int, int]] | None:
    """Which rows of two tables are prints of the same row, if the tables are prints of one table."""
    if not new or len(old[0]) != len(new[0]) or not first.header_rows:
        return None
    head = ["".join(fold(p.text.text) for p in dict.fromkeys(grid[0])) for grid in (old, new)]
    skip = second.header_rows
    if _ratio(*head) < _SAME_HEADER or not skip:
        return None
    keys = [_key(line) for line in old]
    pairs, start = [], first.header_rows
    for j in range(skip, len(new)):
        key = _key(new[j])
        found = next((i for i in range(start, len(old)) if keys[i] == key), None)
        if found is None:
            found = next((i for i in range(start, min(start + 3, len(old))) if _ratio(keys[i], key) >= _SAME_KEY), None)
        if found is not None:
            pairs.append((found, j))
            start = found + 1
    rows = max(len(old) - first.header_rows, len(new) - skip)
    if len(pairs) < len(new) - skip or len(pairs) < _SAME_ROWS * rows:
        return None
    beside: dict[Place, list[str]] = {}  # cell of the second print -> what the first one has there
    for i, j in pairs:
        for a, b in zip(old[i], new[j], strict=True):
            if not a.blank and not b.blank and fold(a.text.text) not in keys[i].split("|"):
                beside.setdefault(b, []).append(fold(a.text.text))
    agree = sum(any(_alike(text, fold(b.text.text)) for text in texts) for b, texts in beside.items())
    return pairs if agree >= _SAME_CELLS * len(beside) and (beside or len(pairs) > 2) else None


def _alike(a: str, b: str) -> bool:
    if len(a) <= _SHORT or len(b) <= _SHORT:
        return a == b
    return a in b or b in a or _ratio(a, b) >= _SAME_TEXT


def _merge(
    first: tree.Table,
    old: Grid,
    second: tree.Table,
    new: Grid,
    pairs: list[tuple[int, int]],
    ledger: Ledger,
    findings: list[Finding],
) -> None:
    lines = {j: old[i] for i, j in pairs}
    lines |= {j: old[j] for j in range(min(first.header_rows, second.header_rows))}
    differ: list[tuple[Place, Traced]] = []
    for place in dict.fromkeys(p for line in new for p in line):
        if place.blank:
            continue
        slots = [(lines[j], c) for j, line in enumerate(new) if j in lines for c, p in enumerate(line) if p is place]
        here = [p for p in dict.fromkeys(line[c] for line, c in slots) if not p.blank]
        if slots and not here:
            fresh = Place(place.text)
            for line, c in slots:
                swap(old, line[c], fresh)  # with all of a merged blank
            continue
        texts = [fold(p.text.text) for p in here]
        text = fold(place.text.text)
        if here and not any(text in t for t in texts):
            if text.startswith(texts[0]) and len(text) - len(texts[0]) > _MISREAD:  # the first print breaks off
                here[0].text, place.text = place.text, here[0].text
            else:
                nearest = max(here, key=lambda p: _ratio(fold(p.text.text), text))
                differ.append((nearest, place.text))
        ledger.drop_ranges(place.text, "second-print", stage=_STAGE, kind="merge")
    first.rows = rows_of_grid(old)
    second.rows, second.header_rows = [], 0
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
    """The part in which a text differs from another, with a little of what stands around it."""
    a, b = text.text, other.text
    same = SequenceMatcher(None, a, b, autojunk=False).get_matching_blocks()
    start = same[0].size if same[0].a == same[0].b == 0 else 0
    last = same[-2] if len(same) > 1 else same[0]
    end = last.a if last.a + last.size == len(a) and last.b + last.size == len(b) else len(a)
    return a[max(0, start - 6) : max(end, start) + 6][:40]


def _suggest(text: Traced, other: Traced, ledger: Ledger) -> None:
    """The second reading, as suggested edits, where the two differ in a few characters that are no blanks or marks."""
    a, b = text.text, other.text
    for tag, i, j, k, m in SequenceMatcher(None, a, b, autojunk=False).get_opcodes():
        changed = fold(a[i:j]) != fold(b[k:m]) and any(c.isalnum() for c in a[i:j] + b[k:m])
        if tag == "equal" or not changed or max(j - i, m - k) > _MISREAD:
            continue
        start, end = text.span(i, j)
        where = other.span(k, m)
        ledger.suggest(
            start,
            end,
            b[k:m],
            "second-print",
            stage=_STAGE,
            evidence=[Evidence(source=where, text=b[max(0, k - 4) : m + 4], note="同一表格的另一次印刷")],
        )
