"""Items -> items: elements of a letter that were set as a table without rules stand as lines of text: organs that sign
side by side above their date, a letterhead over its number."""

from __future__ import annotations

from collections.abc import Sequence

import regex as re

from juanzong.core.ledger import Ledger
from juanzong.language import elements as el
from juanzong.stages.pieces.items import Item
from juanzong.stages.pieces.title_rows import cell_texts
from juanzong.stages.tables.read import rows_of

_FILE = re.compile(r"\s*文\s*件\s*")
_MOST_LINES, _LONGEST = 8, 400  # of such a table, with its tags


def part_element_rows(items: Sequence[Item], ledger: Ledger) -> list[Item]:
    """All items in order, such tables as items of text, a cell each."""
    out: list[Item] = []
    for k, item in enumerate(items):
        said = _said(item, ledger) if _is_small(item) else []
        dated = bool(said) and k + 1 < len(items) and items[k + 1].is_text and el.is_date(items[k + 1].s)
        joint = _heads_jointly(said)
        if not said or not (_signs(said, dated) or _heads(said) or joint):
            out.append(item)
            continue
        texts = cell_texts(item, item.lines, ledger)
        if joint:  # the names of the organs are the letterhead
            word = next(x for x in texts if _FILE.fullmatch(x.s))
            ledger.drop_ranges(word.text, "label", category="format")
            texts.remove(word)
        texts[0].page_break, texts[0].blanks = item.page_break, item.blanks
        out += texts
    return out


def _is_small(item: Item) -> bool:
    return item.kind == "table" and len(item.lines) <= _MOST_LINES and sum(len(x.text) for x in item.lines) <= _LONGEST


def _said(item: Item, ledger: Ledger) -> list[str]:
    """What the cells of a table say, those that say nothing left out."""
    with ledger.trial():
        return [cell.text.text.strip() for row in rows_of(item.lines, ledger) for cell in row.cells if cell.text]


def _signs(said: Sequence[str], dated: bool) -> bool:
    """Whether a table holds nothing but organs, and a date in it or (`dated`) right below closes them."""
    organs = [text for text in said if el.is_organ(text)]
    dates = said[len(organs) :]
    return said[: len(organs)] == organs != [] and all(map(el.is_date, dates)) and (dated or bool(dates))


def _heads_jointly(said: Sequence[str]) -> bool:
    """Whether a table holds nothing but organs one below the other, and 文件 beside them."""
    organs = [text for text in said if el.is_organ(text)]
    others = [text for text in said if text not in organs]
    return len(organs) > 1 and len(others) == 1 and _FILE.fullmatch(others[0]) is not None


def _heads(said: Sequence[str]) -> bool:
    """Whether a table holds nothing but a letterhead and the one number below it, how secret and urgent the letter is, and
    who signed it."""
    letterheads = [text for text in said if el.LETTERHEAD.match(text)]
    numbers = [text for text in said if el.is_doc_number(text) or el.signed_number(text)]
    others = [text for text in said if text not in (*letterheads, *numbers)]
    return (
        bool(letterheads)
        and len(numbers) == 1
        and all(el.GRADES.match(x) or el.LABELS["signer"].match(x) for x in others)
    )
