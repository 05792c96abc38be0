"""The tables of a bundle as data: rows of strings, records by column name, pandas frames."""

from __future__ import annotations

import importlib
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from juanzong.core.errors import JuanzongError
from juanzong.model import Document, Finding, Table
from juanzong.model.blocks import TypedValue
from juanzong.output.grid import PlacedCell, Slots, column_names, matrix_of, placed_cells, slots_of

GROUP = "分组"  # the records' key for the group row (一、经济发展) that a row stands under
_EXACT = ("number", "percent", "permille", "none")


@dataclass(frozen=True)
class BundleTable:
    """One table of a bundle. `document` is the document's id, `pointer` the table's place in it; `findings` are those
    of findings.jsonl that name the table or one of its cells."""

    document: str
    title: str
    pointer: str
    table: Table
    findings: list[Finding] = field(default_factory=list)

    @property
    def caption(self) -> str:
        """Number and caption as printed, else the document's title."""
        return " ".join(filter(None, (self.table.number, self.table.caption))) or self.title

    @property
    def header_rows(self) -> int:
        return self.table.header_rows

    @cached_property
    def slots(self) -> Slots:
        """For each place of the grid the (row, cell) that stands there."""
        return slots_of(self.table)

    @cached_property
    def cells(self) -> list[PlacedCell]:
        """The cells with their places in the grid."""
        return list(placed_cells(self.table))

    @cached_property
    def matrix(self) -> list[list[str]]:
        """All rows as strings, the header first; a merged cell stands in each of its places."""
        return matrix_of(self.table)

    @cached_property
    def columns(self) -> list[str]:
        return column_names(self.table)

    @cached_property
    def body(self) -> list[tuple[int, str]]:
        """(row of the grid, group that it stands under) of each row below the header that is no group row itself."""
        out, group = [], ""
        for r in range(self.header_rows, len(self.slots)):
            if len(self.slots[r]) > 1 and len(set(self.slots[r])) == 1:
                group = self.matrix[r][0]
            else:
                out.append((r, group))
        return out

    def records(self) -> list[dict[str, str]]:
        """The body as objects by column name. A group row (one cell over all) is the key 分组 of those below."""
        named = len(self.body) < len(self.slots) - self.header_rows and GROUP not in self.columns
        return [
            {**({GROUP: group} if named else {}), **dict(zip(self.columns, self.matrix[r], strict=True))}
            for r, group in self.body
        ]

    def series(self) -> dict[str, list[str] | list[float | None]]:
        """The records by column: figures where a column is nothing but figures and dashes, else the printed texts."""
        records = self.records()
        out: dict[str, list[str] | list[float | None]] = {}
        for name in list(records[0]) if records else self.columns:
            numbers = self._numbers(self.columns.index(name)) if name in self.columns else None
            out[name] = numbers or [r[name] for r in records]
        return out

    def _numbers(self, column: int) -> list[float | None] | None:
        found = [self._by_cell.get(self.slots[r][column] or (-1, -1)) for r, _ in self.body]
        texts = [self.matrix[r][column].strip() for r, _ in self.body]
        exact = all(v is not None and v.type in _EXACT for v, text in zip(found, texts, strict=True) if text)
        return [v.value if v else None for v in found] if exact and any(found) else None

    @cached_property
    def _by_cell(self) -> dict[tuple[int, int] | None, TypedValue]:
        return {self.slots[v.row][v.column]: v for v in self.table.values or ()}

    def cell(self, row: int, column: int) -> str:
        """The pointer of the cell that stands at a place of the grid (both from 0, the header counted), for
        `Bundle.trace`. Raises LookupError where none does."""
        owner = self.slots[row][column]
        if owner is None:
            raise LookupError(f"no cell at row {row}, column {column}")
        return f"{self.pointer}/rows/{owner[0]}/cells/{owner[1]}"

    @cached_property
    def figures(self) -> dict[tuple[int, int], TypedValue]:
        """The typed values by (row, column) of the grid: at the top left place of a merged cell."""
        return {(v.row, v.column): v for v in self.table.values or ()}

    def to_pandas(self) -> Any:
        """The records as a pandas DataFrame; columns of nothing but figures and dashes are floats, all others strings.
        Raises JuanzongError without pandas."""
        return need("pandas", "pandas").DataFrame(self.series())


def tables_of(documents: Iterable[Document], findings: Sequence[Finding] = ()) -> list[BundleTable]:
    """The tables of documents that hold rows, in order, each with the findings on it."""
    about: dict[str, list[Finding]] = defaultdict(list)
    for finding in findings:
        for document in dict.fromkeys(w.document for w in finding.where):
            about[document].append(finding)
    return [
        BundleTable(d.id, d.title, pointer, block, _inside(about[d.id], d.id, pointer))
        for d in documents
        for block, _, pointer in d.walk()
        if isinstance(block, Table) and block.rows
    ]


def _inside(findings: Iterable[Finding], document: str, pointer: str) -> list[Finding]:
    return [
        f
        for f in findings
        if any(w.document == document and (w.pointer + "/").startswith(pointer + "/") for w in f.where)
    ]


def need(module: str, extra: str) -> Any:
    """An optional module. Raises JuanzongError that names what to install where it is missing."""
    try:
        return importlib.import_module(module)
    except ImportError:
        raise JuanzongError(f"{module} is not installed: pip install juanzong[{extra}]") from None
