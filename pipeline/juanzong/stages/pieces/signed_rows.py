"""Items -> items: organs that sign side by side, set as a table without rules above their date, stand as lines of text."""

from __future__ import annotations

from collections.abc import Sequence

from juanzong.core.ledger import Ledger
from juanzong.language import elements as el
from juanzong.stages.pieces.items import Item
from juanzong.stages.pieces.title_rows import cell_texts
from juanzong.stages.tables.read import rows_of

_MOST_LINES, _LONGEST = 8, 400  # of such a table, with its tags


def part_signed_rows(items: Sequence[Item], ledger: Ledger) -> list[Item]:
    """All items in order, such tables as items of text, a cell each."""
    out: list[Item] = []
    for k, item in enumerate(items):
        dated = k + 1 < len(items) and items[k + 1].is_text and el.is_date(items[k + 1].s)
        if not _may_sign(item) or not _signs(item, dated, ledger):
            out.append(item)
            continue
        texts = cell_texts(item, item.lines, ledger)
        texts[0].page_break, texts[0].blanks = item.page_break, item.blanks
        out += texts
    return out


def _may_sign(item: Item) -> bool:
    return item.kind == "table" and len(item.lines) <= _MOST_LINES and sum(len(x.text) for x in item.lines) <= _LONGEST


def _signs(item: Item, dated: bool, ledger: Ledger) -> bool:
    """Whether a table holds nothing but organs, and a date in it or (`dated`) right below closes them."""
    with ledger.trial():
        said = [cell.text.text.strip() for row in rows_of(item.lines, ledger) for cell in row.cells if cell.text]
    organs = [text for text in said if el.is_organ(text)]
    dates = said[len(organs) :]
    return said[: len(organs)] == organs != [] and all(map(el.is_date, dates)) and (dated or bool(dates))
