"""A printed table's header whose upper level stands alone in its line."""

from __future__ import annotations

from collections.abc import Sequence

from juanzong.core.lines import Line
from juanzong.language import elements as el
from juanzong.language.numbering import CONTINUED, TABLE_CAPTION
from juanzong.language.text import display_width
from juanzong.stages.pieces.column_lines import is_columnar, same_page
from juanzong.stages.tables.kinds import kind
from juanzong.stages.tables.printed import printed_rows

_PART_OF_NAME = 8  # display columns of a piece of a column's name


def is_upper_header(
    lines: Sequence[Line], i: int, above: Sequence[int], taken: set[int], breaks: Sequence[bool]
) -> bool:
    """Whether a lone piece over a column is the upper level of a header whose other cells stand centred below.

    It stands first under a table's caption or unit, begins a page as the table before it began, or is as short as a
    part of a name that goes on right below.
    """
    bare = lines[i].text.strip()
    if i + 1 < len(lines) and lines[i + 1].block is not None:  # the reader knows what it is
        return False
    if not same_page(lines, i + 1, taken, breaks) or not is_columnar(lines[i + 1].text) or is_columnar(bare):
        return False
    if el.UNIT.match(bare):
        return False
    before = lines[i - 1].text.strip() if i else ""
    piece, beside = (printed_rows([line])[0] for line in lines[i : i + 2])
    begins = bool(breaks[i]) or bool(i and breaks[i - 1] and CONTINUED.match(before))
    if above and begins and lines[i].text.strip() == lines[above[0]].text.strip():
        return piece.cells[0].at > beside.cells[0].at
    under = el.UNIT.match(before) or (TABLE_CAPTION.match(before) and before == lines[i - 1].text.rstrip())
    part = display_width(bare) <= _PART_OF_NAME and all(kind(cell.text.text) == "words" for cell in beside.cells)
    first = beside.cells[0]
    if part and piece.cells[0].at == first.at:  # 序 over 号, beside names of one line
        return len(bare) == 1 and first.text.text == "号"
    over = under and beside.cells[0].end < piece.cells[0].at < beside.cells[-1].at  # the middle of several columns
    return bool(over or ((under or part) and piece.cells[0].at in [cell.at for cell in beside.cells[1:]]))
