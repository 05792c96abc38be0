"""How many columns a table has, where not every row is as wide: rows with a cell too many, pages without the last column."""

from __future__ import annotations

from collections.abc import Sequence

from juanzong.language.text import fold
from juanzong.stages.tables.grid import Grid, Line, Place, fit, width_of
from juanzong.stages.tables.kinds import REMARKS, item, kind
from juanzong.stages.tables.raw import RawRow

_MOST_ODD = 0.25  # of the rows may have a cell too many; where more do, the header lost one
_USUAL = 0.5  # of the rows at least are as wide as the header
_FITS = 0.8  # share of cells that look like their columns


def settle_widths(parts: Sequence[Grid], fragments: Sequence[Sequence[RawRow]], height: int) -> tuple[int, list[Line]]:
    """Give every row of the parts (one for each page) the same number of slots, in place.

    In: the parts, the rows they were made from, and the height of the header in the first part. Out: the width, and the
    rows with a cell too many: these make a column at the right end, in which all others are empty.
    """
    width = max(map(width_of, parts), default=0)
    odd = _odd_rows(parts, height)
    if odd:
        _leave_room(parts, odd, width)
    for part, rows in zip(parts, fragments, strict=True):
        for line, row in zip(part, rows, strict=True):
            if row.cut:  # what the source lost is empty
                _pad(line, len(line), width)
    _pad_what_is_lost(parts, width, height)
    for part in parts:
        fit(part, width)
    return width, odd


def _leave_room(parts: Sequence[Grid], odd: Sequence[Line], width: int) -> None:
    """The rows without a cell too many are empty in the column that those with one make; group rows go over it."""
    usual = len(_trimmed(parts[0][0]))
    for line in (line for part in parts for line in part):
        if len({id(p) for p in line if not p.blank}) == 1:
            line += line[:1] * (width - len(line)) if len(set(line)) == 1 < len(line) else []
        elif all(line is not o for o in odd):
            _pad(line, usual, width)
    for line in odd:
        _pad(line, len(line), width)


def _pad_what_is_lost(parts: Sequence[Grid], width: int, height: int) -> None:
    """Cells that the source has not: of a row in which it breaks off, of pages without the last columns, of remarks."""
    broken = _breaks_off(parts, width)
    if broken is not None:
        _pad(broken, len(broken), width)
    for n, part in enumerate(parts):
        own = width_of(part)
        if n and own < width and _without_last(part, own, parts, height):
            for line in part:
                _pad(line, own, width)
    if len(parts[0]) > height == 1 and _remarks_lost(parts[0], width):
        for line in parts[0][1:]:
            _pad(line, width - 1, width)


def _breaks_off(parts: Sequence[Grid], width: int) -> Line | None:
    """The last row, where it alone lacks cells and counts on from the row above: the source breaks off in it."""
    rows = [line for part in parts for line in part if len({id(p) for p in line if not p.blank}) > 1]
    if len(rows) < 3 or rows[-1] is not parts[-1][-1] or any(len(line) < width for line in rows[:-1]):
        return None
    above, last = (fold(line[0].text.text) for line in rows[-2:])
    counted = last.isdecimal() and above.isdecimal() and int(last) == int(above) + 1
    return rows[-1] if len(rows[-1]) < width and (counted or 0 < item(above) == item(last) - 1) else None


def _pad(line: Line, usual: int, width: int) -> None:
    """From column `usual` on the line is empty, and known to be."""
    line += [Place(lost=True) for _ in range(usual - len(line))]
    for place in line[usual:]:
        place.given, place.lost = place.given or place.blank, False
    line += [Place(given=True) for _ in range(width - len(line))]


def _trimmed(line: Line) -> Line:
    end = len(line)
    while end and line[end - 1].blank:
        end -= 1
    return line[:end]


def _plain(line: Line) -> bool:
    """Whether no cell spans columns and none of the header's is empty."""
    return len(set(line)) == len(line) and all(not place.blank for place in line)


def _odd_rows(parts: Sequence[Grid], height: int) -> list[Line]:
    """The rows that have a cell more than the header and than most rows, whose first cells look like their columns."""
    if height != 1 or not parts[0] or not _plain(_trimmed(parts[0][0])):
        return []
    usual = len(_trimmed(parts[0][0]))
    body = [line for n, part in enumerate(parts) for line in (part if n else part[1:]) if len(set(line)) > 1]
    wide = [line for line in body if len(_trimmed(line)) > usual]
    plain = [line for line in body if usual <= len(line) and len(_trimmed(line)) <= usual]
    if usual < 2 or not wide or len(wide) > max(1, _MOST_ODD * len(body)) or len(plain) < max(1, _USUAL * len(body)):
        return []
    kinds = _kinds(plain, usual)
    return wide if len(wide) == 1 or all(_left_fits(_trimmed(line), kinds) for line in wide) else []


def _kinds(lines: Sequence[Line], width: int) -> list[set[str]]:
    return [{kind(line[c].text.text) for line in lines if c < len(line)} for c in range(width)]


def _left_fits(line: Line, kinds: Sequence[set[str]]) -> bool:
    """Whether a row that is too wide looks like its columns from the left rather than from the right: then no label
    was split in two."""
    own = [kind(place.text.text) for place in line]
    left = sum(k in column for k, column in zip(own, kinds, strict=False))
    right = sum(k in column for k, column in zip(reversed(own), reversed(kinds), strict=False))
    return left >= right


def _without_last(part: Grid, own: int, parts: Sequence[Grid], height: int) -> bool:
    """Whether a page lacks the last columns as a whole: its rows look like the columns from the left."""
    others = [line for n, p in enumerate(parts) if p is not part for line in p[0 if n else height :]]
    others = [line for line in others if len(line) > own and len(set(line)) > 1]
    if not others:
        return False
    kinds = _kinds(others, own)
    cells = [(c, kind(p.text.text)) for line in part for c, p in enumerate(line[:own]) if not p.blank]
    alike = sum(k in kinds[c] or _both_figures(k, kinds[c]) for c, k in cells)
    empty = all(place.blank for line in others for place in line[own:])
    filled = all(len(line) >= own and not line[own - 1].blank for line in part if len(set(line)) > 1)
    return alike >= _FITS * len(cells) and (empty or filled)


def _both_figures(own: str, column: set[str]) -> bool:
    return own in ("serial", "number", "year") and bool(column & {"serial", "number", "year"})


def _remarks_lost(part: Grid, width: int) -> bool:
    """Whether all rows lack the last column, which the header calls remarks."""
    header, *body = part
    if len(header) < width or fold(header[width - 1].text.text) not in REMARKS:
        return False
    rows = [line for line in body if len(set(line)) > 1]
    return bool(rows) and all(len(_trimmed(line)) <= width - 1 and len(line) == width - 1 for line in rows)
