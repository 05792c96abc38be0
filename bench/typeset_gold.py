"""A bundle's annotated lines typeset as the page they were read from, with its truth: the PDF reader against readings by
people. Needs reportlab.

    python bench/typeset_gold.py RAW.txt GOLD FIRST-LAST OUT

GOLD is an annotation folder (lines/*.tsv, grids/*.json, documents.tsv). OUT gets bundle.pdf and gold/ as the scorer of
PDF bundles reads it: paragraphs.json, tables.json, documents.tsv. Lines FIRST to LAST must be annotated throughout.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

sys.path.insert(0, str(Path(__file__).parent))

from juanzong.stages.structure.notes import MARKER
from typeset import CELL_LEADING, CELL_SIZE, COLUMNS, FONT, LEADING, LEFT, ROWS, SIZE, TOP, Page, open_canvas

CENTRED = {"cover", "title", "toc_title", "approval", "doc_number", "table_caption", "figure_caption", "box_title"}
RIGHT = {"signatory", "date", "table_unit"}
FLUSH = {"addressee", "meta", "toc_entry"}
CELLS = {"table_head", "table_row", "table_row_cont", "table_group", "table_head_repeat", "figure_text"}
GONE = {"chrome", "noise", "table_repeat"}
WIDTH = COLUMNS * SIZE


@dataclass
class Block:
    """What was printed as one: a paragraph, heading, title; or a table, by the number of its first line."""

    line: int
    role: str
    extra: str
    box: str
    text: str


def blocks_of(raw: list[str], rows: dict[int, list[str]]) -> Iterator[Block]:
    """Annotated lines -> blocks in order, each whole: its later pieces are put where it begins."""
    rest: dict[int, list[int]] = {}
    for n, row in rows.items():
        if row[1].endswith("cont") and row[2].isdigit() and row[1] != "table_row_cont":
            rest.setdefault(int(row[2]), []).append(n)

    def whole(n: int) -> str:
        return raw[n - 1].strip() + "".join(whole(k) for k in rest.get(n, ()))

    later = {k for some in rest.values() for k in some}
    for n, (_, role, _, box, extra) in rows.items():
        if n not in later and role not in GONE:
            yield Block(n, role, extra, box, whole(n).replace("**", ""))


def place_table(page: Page, grid: dict[str, Any]) -> None:
    """A ruled table with its merged cells, over as many pages as it takes, its header on each."""
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.platypus import Paragraph, Table

    style = ParagraphStyle("cell", fontName=FONT, fontSize=CELL_SIZE, leading=CELL_LEADING, wordWrap="CJK")
    longest = [max(4, *(len(row[c]) for row in grid["rows"])) ** 0.5 for c in range(len(grid["rows"][0]))]
    cells = [[Paragraph(escape(c), style) for c in row] for row in grid["rows"]]
    rules: list[tuple[Any, ...]] = [("GRID", (0, 0), (-1, -1), 0.5, "black"), ("VALIGN", (0, 0), (-1, -1), "TOP")]
    for r, c, down, right in grid.get("merges", []):
        rules.append(("SPAN", (c, r), (c + right - 1, r + down - 1)))
        for k in ((i, j) for i in range(r, r + down) for j in range(c, c + right)):
            cells[k[0]][k[1]] = cells[r][c] if k == (r, c) else ""
    left = [Table(cells, [WIDTH * w / sum(longest) for w in longest], repeatRows=grid["header_rows"], style=rules)]
    while left:
        table = left.pop(0)
        room = page.y - (TOP - LEADING * ROWS) - 20
        _, height = table.wrapOn(page.pdf, WIDTH, room)
        if height <= room:
            table.drawOn(page.pdf, LEFT, page.y - height)
            page.y -= height + LEADING
        elif pieces := table.split(WIDTH, room):
            left = [*pieces, *left]
        else:
            page.end()
            left.insert(0, table)


def place(page: Page, block: Block) -> None:
    text = re.sub(r"\t+|(?<=\S)[.．…]{3,}\s*", "……", block.text)
    if block.role in CENTRED and len(text) <= COLUMNS:
        page.room(LEADING)
        page.text(LEFT + (WIDTH - page.pdf.stringWidth(text, FONT, SIZE)) / 2, page.y, text, SIZE)
        page.y -= LEADING
    elif block.role in RIGHT and len(text) <= COLUMNS:
        page.room(LEADING)
        page.text(LEFT + WIDTH - page.pdf.stringWidth(text, FONT, SIZE) - 2 * SIZE, page.y, text, SIZE)
        page.y -= LEADING
    else:
        page.paragraph(text, indent=0 if block.role in FLUSH | CENTRED else 2)


def main() -> None:
    raw_path, gold, span, out = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3], Path(sys.argv[4])
    first, last = (int(n) for n in span.split("-"))
    raw = raw_path.read_text(encoding="utf-8-sig").split("\n")
    rows = {}
    for name in sorted(gold.glob("lines/*.tsv")):
        for line in name.read_text(encoding="utf-8").splitlines():
            cells = [*line.split("\t"), *[""] * 4][:5]
            if cells[0].isdigit() and first <= int(cells[0]) <= last:
                rows[int(cells[0])] = cells
    grids = {
        g["lines"][0]: g for g in (json.loads(p.read_text(encoding="utf-8")) for p in sorted(gold.glob("grids/*.json")))
    }
    (out / "gold").mkdir(parents=True, exist_ok=True)
    pdf = open_canvas(out / "bundle.pdf")
    page = Page(pdf)
    paragraphs, tables = [], []
    for block in blocks_of(raw, dict(sorted(rows.items()))):
        if block.role in ("cover", "title") and block.line != first and block.text and page.y < TOP:
            page.end()
        if block.line in grids:
            place_table(page, grids[block.line])
            tables.append({"rows": grids[block.line]["rows"]})
        elif block.role not in CELLS:
            place(page, block)
            paragraphs.append({"role": block.role, "extra": block.extra, "text": MARKER.sub("", block.text)})
    page.end()
    pdf.save()
    for name, value in (("paragraphs", paragraphs), ("tables", tables)):
        (out / "gold" / f"{name}.json").write_text(json.dumps(value, ensure_ascii=False, indent=1), encoding="utf-8")
    kept = [
        line
        for line in (gold / "documents.tsv").read_text(encoding="utf-8").splitlines()
        if line.split("\t")[0].isdigit() and first <= int(line.split("\t")[0]) and int(line.split("\t")[1]) <= last
    ]
    (out / "gold" / "documents.tsv").write_text("\n".join(kept) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
