"""The tables of an emitted bundle as data: rows of strings, records by column name, pandas frames."""

from __future__ import annotations

import importlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from juanzong.core.errors import JuanzongError
from juanzong.output.folder import load
from juanzong.stages.tables.grid import layout

Json = dict[str, Any]

GROUP = "分组"  # the records' key for the group row (一、经济发展) that a row stands under


@dataclass(frozen=True)
class BundleTable:
    """One table of a bundle. `document` is the document's id, `pointer` the table's place in it; `findings` are those
    of findings.jsonl that name the table or one of its cells."""

    document: str
    title: str
    pointer: str
    data: Json
    findings: list[Json] = field(default_factory=list)

    @property
    def caption(self) -> str:
        """Number and caption as printed, else the document's title."""
        return " ".join(filter(None, (self.data.get("number"), self.data.get("caption")))) or self.title

    @property
    def header_rows(self) -> int:
        return int(self.data["header_rows"])

    @property
    def slots(self) -> list[list[tuple[int, int] | None]]:
        """For each place of the grid the (row, cell) that stands there."""
        spans = [[(c.get("row_span", 1), c.get("col_span", 1)) for c in row["cells"]] for row in self.data["rows"]]
        return layout(spans)

    @property
    def matrix(self) -> list[list[str]]:
        """All rows as strings, the header first; a merged cell stands in each of its places."""
        rows, slots = self.data["rows"], self.slots
        width = max(map(len, slots), default=0)
        filled = [[*line, *[None] * (width - len(line))] for line in slots]
        return [[rows[s[0]]["cells"][s[1]]["text"] if s else "" for s in line] for line in filled]

    @property
    def columns(self) -> list[str]:
        width = len(self.matrix[0]) if self.data["rows"] else 0
        return list(self.data.get("columns") or [f"列{k + 1}" for k in range(width)])

    def records(self) -> list[dict[str, str]]:
        """The body as objects by column name. A group row (one cell over all) is the key 分组 of those below."""
        out: list[dict[str, str]] = []
        names, slots, matrix = self.columns, self.slots, self.matrix
        groups = [len(line) > 1 and len(set(line)) == 1 for line in slots]
        group = ""
        for r in range(self.header_rows, len(matrix)):
            if groups[r]:
                group = matrix[r][0]
                continue
            record = dict(zip(names, matrix[r], strict=True))
            out.append({GROUP: group, **record} if any(groups) and GROUP not in record else record)
        return out

    def figures(self) -> dict[tuple[int, int], Json]:
        """The typed values by (row, column) of the grid."""
        return {(v["row"], v["column"]): v for v in self.data.get("values") or []}

    def to_pandas(self) -> Any:
        """The records as a pandas DataFrame of strings. Raises JuanzongError without pandas."""
        return need("pandas", "pandas").DataFrame.from_records(self.records())


def need(module: str, extra: str) -> Any:
    """An optional module. Raises JuanzongError that names what to install where it is missing."""
    try:
        return importlib.import_module(module)
    except ImportError:
        raise JuanzongError(f"{module} is not installed: pip install juanzong[{extra}]") from None


def tables(folder: Path) -> list[BundleTable]:
    """The tables of clean/<id>/, in the order of the bundle. Raises JuanzongError where the folder is no output."""
    output = load(folder)
    out = []
    for name, document in output.documents.items():
        for pointer, data in _walk(document.get("body") or [], "/body"):
            about = [
                f
                for f in output.findings
                if any(
                    w["document"] == name and (w["pointer"] + "/").startswith(pointer + "/") for w in f.get("where", ())
                )
            ]
            out.append(BundleTable(name, document["title"], pointer, data, about))
    return out


def _walk(blocks: list[Json], pointer: str) -> Iterator[tuple[str, Json]]:
    for k, block in enumerate(blocks):
        if block["kind"] == "table" and block["rows"]:
            yield f"{pointer}/{k}", block
        yield from _walk(block.get("children") or [], f"{pointer}/{k}/children")
