"""Which rows of a table a total row sums up."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import takewhile

import regex as re

from juanzong.core import tree
from juanzong.language.text import fold
from juanzong.stages.checks.figures import figure, label
from juanzong.stages.tables.kinds import is_total

Slots = list[list[tree.Cell]]

SUMS = re.compile("合计|总计|共计|小计")
_TOTAL = re.compile(
    rf"(?:全[省市县区州国校院镇乡村年])?(?:{SUMS.pattern})|(?:投标|竞标|合同)?总(?:报价|价)(?:\(.{{0,12}}\))?$"
)
# what all rows of a table are parts of, which says so only by its name: 全县 under the towns
_WHOLE = re.compile(r"全[省市县区州盟旗国校院系镇乡村街厂矿局公司集团]{1,2}")
_FEWEST_PARTS = 3  # of which nothing but their sum tells that they are parts
_LEVELS = (
    re.compile(r"[一二三四五六七八九十]{1,3}(、|$)"),
    re.compile(r"\([一二三四五六七八九十]{1,3}\)"),
    re.compile(r"\d{1,3}([.、](?!\d)|$)"),
    re.compile(r"\(\d{1,3}\)"),
)


def level(row: list[tree.Cell]) -> int:
    """The row's depth by its ordinal: 一 above （一） above 1 above （1）; rows without one lie below."""
    text = label(row)
    return next((n for n, form in enumerate(_LEVELS) if form.match(text)), len(_LEVELS))


def sums_of(body: Slots) -> Iterator[tuple[int, list[int]]]:
    """(sum, parts) as row numbers. 合计 sums the highest level of rows in its stretch; 一 sums its （一）, （二）."""
    totals = [r for r, row in enumerate(body) if any(_TOTAL.match(fold(c.text.text)) for c in row[:2])]
    sums = set(totals)
    levels = {
        r: level(row)
        for r, row in enumerate(body)
        if r not in sums and not is_total(label(row)) and len({id(c) for c in row}) > 1
    }
    others = list(levels)
    subtotals = [r for r in totals if any("小计" in fold(cell.text.text) for cell in body[r][:2])]
    summed = [
        (r, _with_subtotals(body, r, subtotals, _highest(_stretch(body, r, totals, others), levels))) for r in totals
    ]
    summed += [(r, _next_below(k, others, levels)) for k, r in enumerate(others)]
    yield from ((r, parts) for r, parts in summed if len(parts) > 1)


def whole_of(body: Slots, columns: Sequence[int]) -> tuple[int, list[int], list[int]] | None:
    """(row, parts, columns) of a row named 全县 and the like at the head or the foot of the others, in a table without a
    row named 合计: those of the `columns` in which it may sum up the parts, as it is greater than any of them; None where
    it is not their sum, to the last digit, in half of these columns."""
    named = [r for r, row in enumerate(body) if any(_WHOLE.fullmatch(fold(c.text.text)) for c in row[:2])]
    if len(named) != 1 or any(_TOTAL.match(fold(c.text.text)) for row in body for c in row[:2]):
        return None
    rows = [r for r, row in enumerate(body) if r != named[0] and len({id(c) for c in row}) > 1]
    parts = _highest(rows, {r: level(body[r]) for r in rows})
    if len(parts) < _FEWEST_PARTS or parts[0] < named[0] < parts[-1]:
        return None
    told, off = [], 0
    for c in columns:
        stands, values = figure(body[named[0]][c]), [figure(body[r][c]) for r in parts]
        known = [v for v in values if v is not None]
        if stands is not None and len(known) == len(values) and stands > max(known):
            told.append(c)
            off += stands != sum(known)
    return (named[0], parts, told) if 2 * off <= len(told) and told else None


def _with_subtotals(body: Slots, total: int, subtotals: list[int], parts: list[int]) -> list[int]:
    """The parts of a total: where they are groups that print no figures of their own, the subtotals before it."""
    before = bisect_left(subtotals, total)
    below = "小计" in "".join(cell.text.text for cell in body[total][:2])
    if below or before != len(parts) or any(figure(cell) is not None for r in parts for cell in body[r][1:]):
        return parts
    return subtotals[:before]


def _stretch(body: Slots, total: int, totals: list[int], others: list[int]) -> list[int]:
    """The rows that a total may sum: those before it, a subtotal those since the last one, or those beside it that bear
    the name of its own group; where none are, those below."""
    if (group := _of_its_group(body, total, others)) is not None:
        return group
    here, place = bisect_left(others, total), bisect_left(totals, total)
    if "小计" in label(body[total]) or (len(totals) > 1 and total != totals[-1] and here):
        return others[bisect_left(others, totals[place - 1]) if place else 0 : here]
    return others[:here] or others[here:]


def _of_its_group(body: Slots, total: int, others: list[int]) -> list[int] | None:
    """The rows right below a subtotal, or right above it, that the first column names as it names the subtotal; where
    there are such on both sides, those above, none where that is one alone; None where there are none."""
    name = fold(body[total][0].text.text)
    if not name or _TOTAL.match(name):
        return None
    above, below = (
        list(takewhile(lambda r: fold(body[r][0].text.text) == name and _holds(others, r), rows))
        for rows in (range(total - 1, -1, -1), range(total + 1, len(body)))
    )
    if above and below:
        return above[::-1] if len(above) > 1 else []
    return below or above[::-1] or None


def _holds(rows: list[int], row: int) -> bool:
    at = bisect_left(rows, row)
    return at < len(rows) and rows[at] == row


def _next_below(at: int, rows: list[int], levels: dict[int, int]) -> list[int]:
    """The rows one level below rows[at], up to the next row of its own level; none below rows that have no ordinal."""
    own = levels[rows[at]]
    if own >= len(_LEVELS) - 1:
        return []
    end = next((k for k in range(at + 1, len(rows)) if levels[rows[k]] <= own), len(rows))
    block = rows[at + 1 : end]
    return [k for k in _highest(block, levels) if levels[k] < len(_LEVELS)]


def _highest(rows: list[int], levels: dict[int, int]) -> list[int]:
    """Of the rows those of the highest level; none where the first is below it, so that numbers tell no levels."""
    top = min((levels[k] for k in rows), default=0)
    if rows and levels[rows[0]] != top:
        return []
    return [k for k in rows if levels[k] == top]
