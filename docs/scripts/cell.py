"""Where a cell is printed, page and box: cell.py clean/<id> WORDS"""

import sys

import juanzong

bundle = juanzong.load(sys.argv[1])
for table in bundle.tables():
    for row, column in (
        (r, c) for r, line in enumerate(table.matrix) for c, text in enumerate(line) if sys.argv[2] in text
    ):
        origin = bundle.trace(table.document, table.cell(row, column))
        print(table.caption, (row, column), origin.source, [(p.page, p.bbox) for p in origin.pages])
