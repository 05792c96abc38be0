"""Items -> items: the head of a web page that is set as a table (索引号：| 0001 | 主题分类：| 科技), or with labels and
values in lines of their own, becomes labelled lines."""

from __future__ import annotations

from collections.abc import Sequence

import regex as re

from juanzong.core.ledger import Ledger
from juanzong.core.traced import Traced
from juanzong.language import elements as el
from juanzong.language.text import fold
from juanzong.stages.pieces.items import Item
from juanzong.stages.tables.read import rows_of

STAGE = "labels"
_MOST_ROWS = 10
_LEAST_LABELS = 3
_LEAST_BARE = 2  # labels in lines of their own that stand together
_NEAR = 8  # items to either side
_LONGEST_VALUE = 60  # characters
_CELL_ENDS = re.compile(r"\t|\s*</?(?:table|thead|tbody|t[rdh])\b[^<>]*>\s*")


def read_label_tables(items: Sequence[Item], ledger: Ledger) -> list[Item]:
    """Each label with its value as an item of its own, where most cells of a small table are labels and values."""
    out: list[Item] = []
    for item in items:
        out += _labelled(item, ledger) if item.kind == "table" and _is_head(item) else [item]
    return out


def join_label_lines(items: Sequence[Item], ledger: Ledger) -> list[Item]:
    """A label that stands alone in its line, and the line of its value, are one item, where several stand together."""
    bare = [_is_bare_label(x) for x in items]
    out: list[Item] = []
    for k, item in enumerate(items):
        together = sum(bare[max(0, k - _NEAR) : k + _NEAR]) >= _LEAST_BARE
        if k and bare[k - 1] and together and _may_be_value(item):
            label = out[-1]
            label.text = ledger.join(label.text, item.text, "labelled-value", stage=STAGE)
            label.s, label.key = label.text.text, fold(label.text.text)
        else:
            out.append(item)
    return out


def _is_bare_label(item: Item) -> bool:
    s = item.s.strip()
    return item.kind == "text" and not item.rule and any(p.fullmatch(s) for p in el.LABELS.values())


def _may_be_value(item: Item) -> bool:
    s = item.s
    return (
        item.kind == "text" and not item.rule and len(s) <= _LONGEST_VALUE and not (_is_label(s) or el.ABOUT.match(s))
    )


def _is_head(item: Item) -> bool:
    if len(item.lines) > _MOST_ROWS:
        return False
    cells = [c for line in item.lines for c in _CELL_ENDS.split(line.text) if c.strip()]
    labels = sum(_is_label(c) for c in cells)
    return labels >= _LEAST_LABELS and 2 * labels >= len(cells) - 1


def _is_label(text: str) -> bool:
    return el.is_label(text)


def _labelled(item: Item, ledger: Ledger) -> list[Item]:
    """A cell right behind a label that stands alone is its value; every other cell is an item of its own."""
    texts: list[Traced] = []
    waiting = False
    for row in rows_of(item.lines, ledger):
        for cell in row.cells:
            if not cell.text:
                waiting = False
            elif waiting and not _is_label(cell.text.text):
                texts[-1] = ledger.join(texts[-1], cell.text, "labelled-value", stage=STAGE)
                waiting = False
            else:
                texts.append(cell.text)
                waiting = _is_label(cell.text.text) and cell.text.text.rstrip().endswith(("：", ":"))
    return [
        Item(
            item.lines,
            text,
            text.text,
            fold(text.text),
            page_break=item.page_break and k == 0,
            blanks=item.blanks if k == 0 else 0,
        )
        for k, text in enumerate(texts)
    ]
