"""Pages of one table put together: repeated headers, rows and labels that a page break cut."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from juanzong.core.ledger import Ledger
from juanzong.language.text import fold
from juanzong.stages.tables.cut_rows import ends_label, pages_of
from juanzong.stages.tables.grid import Grid, Line, Place, expand, stands_alone, swap
from juanzong.stages.tables.header import height_over_pages, is_level_spelled_out, same_print, told_height
from juanzong.stages.tables.kinds import (
    VALUES,
    is_group,
    is_numbered,
    is_open,
    is_ordinal,
    is_total,
    is_value,
    item,
    kind,
)
from juanzong.stages.tables.page_spans import is_beside_label, is_left_of_row, mend_span, rejoin_spans
from juanzong.stages.tables.raw import RawRow
from juanzong.stages.tables.widths import settle_widths

_MOST_SHOWN = 100  # rows on either side of a page's edge that show what the table's rows look like
_LEAST_LABELLED = 4  # rows that all have a label, but for one
_REST_OF_NAME = 4  # characters of a column's name that the page cut off, at most
_PROSE = 40  # characters: a cell of so many is no name


def _texts(line: Line) -> list[str]:
    return [p.text.text for p in dict.fromkeys(line)]


def repeated(grid: Grid, at: int, header: Grid) -> int:
    """How many rows from `at` on repeat rows of the header, in order."""
    n = 0
    for k in range(len(header)):
        if at + n < len(grid) and same_print("".join(_texts(header[k])), "".join(_texts(grid[at + n]))):
            n += 1
    banded = len(header) > 1 and len(set(header[0])) == 1
    return 0 if banded and n < len(header) else n  # the band above the names may stand on the page before


def _again(rows: Sequence[RawRow], grid: Grid, at: int, header: Grid) -> bool:
    """Whether the whole header stands once more from row `at` on, to the letter: a page ended there unseen."""
    if not header or at < len(header) or len({fold(t) for line in header for t in _texts(line)} - {""}) < 2:
        return False
    said, here = ([fold("".join(_texts(line))) for line in lines] for lines in (header, grid[at : at + len(header)]))
    return said == here


def value_columns(body: Grid) -> set[int]:
    """Columns most of whose filled cells are figures, dashes or stars, but no serial numbers."""
    out = set()
    for c in range(max((len(line) for line in body), default=0)):
        texts = [fold(p.text.text) for p in dict.fromkeys(line[c] for line in body if c < len(line)) if not p.blank]
        kinds = [kind(t) for t in texts]
        values = sum(k in VALUES or k == "serial" for k in kinds)
        counted = [int(t) for t, k in zip(texts, kinds, strict=True) if k == "serial"]
        serial = sum(b == a + 1 for a, b in pairwise(counted)) * 5 >= 4 * (len(counted) - 1) > 4
        if values:  # an amount may look like a year
            values += sum(t.isdecimal() for t, k in zip(texts, kinds, strict=True) if k == "year")
        if values * 2 > len(texts) and not serial:
            out.add(c)
    return out


def is_cut(line: Line, body: Grid) -> bool:
    """Whether the first row of a page is the rest of the row above: no number, no figures; or stars alone, which
    narrow cells break like words."""
    texts = [p.text.text for p in dict.fromkeys(line) if not p.blank]
    if not texts or is_total(texts[0]) or is_group(texts[0]) or is_ordinal(texts[0]):
        return False
    rows = [row for row in body if row is not line]
    if line[0].blank and all(kind(t) == "star" for t in texts):
        return all(not row[0].blank for row in rows)
    if any(is_value(line[c].text.text) for c in value_columns(body) if c < len(line)):
        return False
    others = [row for row in rows if not stands_alone(row)]
    return _lacks_its_label(line, others) if line[0].blank else _label_goes_on(line, rows, others)


def _label_goes_on(line: Line, rows: Grid, others: Grid) -> bool:
    """Whether the first label of a page has no number, as all above it have, and cells beside it are empty."""
    if stands_alone(line) and (any(map(_is_plain_group, rows)) or all(map(is_ordinal, _labels(others)))):
        return False  # words go on with no bare number
    return (
        _are_numbered(_labels(others))
        and not is_numbered(line[0].text.text)
        and any(p.blank or p is line[c] for c, p in enumerate(line[1:]))
    )


def _lacks_its_label(line: Line, others: Grid) -> bool:
    """Whether a row without a label lacks what every other row has: its serial number, or a cell that is never empty."""
    labels = _labels(others)
    if _are_numbered(labels) and all(is_ordinal(t) for t in labels if not is_group(t)):
        return True
    return any(place.blank and all(not row[c].blank for row in others) for c, place in enumerate(line) if c)


def _breaks_off(above: Line, line: Line, rows: Grid) -> bool:
    """Whether a page's first row, alone among all in having no label, is the rest of the one above, whose words break
    off: they have cells of words in the same columns, and no label stands for several rows."""
    if not line[0].blank or len(rows) < _LEAST_LABELLED or any(row[0].blank for row in rows if row is not line):
        return False
    if any(a[0] is b[0] for a, b in pairwise(rows)):
        return False
    own = [c for c, place in enumerate(line) if not place.blank and c < len(above)]
    words = all(kind(row[c].text.text) == "words" for c in own for row in (above, line))
    return words and any(is_open(above[c].text.text) for c in own) and not any(item(line[c].text.text) for c in own)


def goes_on_across(above: Line, line: Line) -> bool:
    """Whether a page cut a cell that goes across the whole table: prose that breaks off, and goes on."""
    if not (len(above) > 1 and len(set(above)) == 1 and len(set(line)) == 1):
        return False
    said, rest = above[0].text.text, line[0].text.text
    whole = bool(item(rest)) or is_numbered(rest) or is_group(rest) or is_total(rest)
    return len(said) > _PROSE and is_open(said) and bool(rest.strip()) and not whole


def _labels(rows: Grid) -> list[str]:
    return [row[0].text.text for row in rows if not row[0].blank]


def _are_numbered(labels: Sequence[str]) -> bool:
    """Whether most labels have a number, or are one."""
    return sum(is_numbered(t) or is_ordinal(t) for t in labels) * 10 >= 7 * len(labels) > 0


def _is_plain_group(row: Line) -> bool:
    """Whether a row heads a group by words alone, without a number."""
    return stands_alone(row) and not is_group(row[0].text.text)


def stitch(fragments: Sequence[Sequence[RawRow]], ledger: Ledger, height: int | None) -> tuple[Grid, int, list[Line]]:
    """The fragments as one grid, the height of its header (as given, else found), and the rows with a cell too many."""
    fragments = pages_of(fragments, ledger)
    parts = [expand(rows) for rows in fragments]
    if height is None:
        height = max(height_over_pages(parts), told_height(fragments[0], parts[0]))
    if height == 2 and fragments[0][0].syntax != "html" and _is_wrapped(parts[0][0], parts[0][1]):
        _append(parts[0].pop(1), parts[0][:1], parts[0], ledger, "wrapped-header")
        fragments = [[*fragments[0][:1], *fragments[0][2:]], *fragments[1:]]
        height = 1
    _, odd = settle_widths(parts, fragments, height)
    header = parts[0][:height]
    rejoin_spans(parts, [height, *(repeated(part, 0, header) for part in parts[1:])])
    grid: Grid = []
    for n, (part, rows) in enumerate(zip(parts, fragments, strict=True)):
        at = 0
        while at < len(part):
            edge = len(grid) >= max(height, 1) and (
                (at == 0 and n > 0) or rows[at].page_break or _again(rows, part, at, header)
            )
            if edge and header:
                gone = repeated(part, at, header)
                kept = {
                    p for line in part[at + gone : at + gone + 1] for p in line
                }  # a cell may span on into what stays
                for place in dict.fromkeys(p for line in part[at : at + gone] for p in line if p not in kept):
                    ledger.drop_ranges(place.text, "repeated-header", kind="merge")
                at += gone
                if at >= len(part):
                    break
            line = part[at]
            if edge and is_left_of_row(line, grid[height:], part[at + 1 :]):
                at += 1
                continue
            if not (edge and line and _taken_up(line, grid, part, at, height, ledger)):
                grid.append(line)
            at += 1
    return grid, height, odd


def _taken_up(line: Line, grid: Grid, part: Grid, at: int, height: int, ledger: Ledger) -> bool:
    """Whether the first row of a page, row `at` of its part, is the rest of the last row, and now is part of it; else
    its cells take up what the page cut above them."""
    shown = max(height, len(grid) - _MOST_SHOWN)
    rows = grid[shown:] + part[at : at + _MOST_SHOWN]
    alone = len(grid) <= height  # the header
    cut = _ends_names(grid, line, part[at + 1 :]) if alone else is_cut(line, rows) or _breaks_off(grid[-1], line, rows)
    cut = cut and not is_beside_label(line, rows)
    rest = goes_on_across(grid[-1], line) or ends_label(grid[-1], line, rows)
    if rest or cut:
        _append(line, grid, part, ledger, "cut-row")
        return True
    if not cut and not alone:
        _mend_label(line, grid, part, shown, ledger)
        mend_span(line, grid, part, shown)
        _mend_spill(line, grid, part, shown, ledger)
    return False


def _ends_names(header: Grid, line: Line, rows: Grid) -> bool:
    """Whether a page's first row is the rest of the header that stands alone on the page before: short words under its
    words, no label, over columns of figures."""
    names = header[0]
    own = [c for c, place in enumerate(line) if not place.blank]
    plain = len(header) == 1 and len(set(names)) == len(names) == len(line) and not any(p.blank for p in names)
    short = all(kind(line[c].text.text) == "words" and len(line[c].text) <= _REST_OF_NAME for c in own)
    return plain and line[0].blank and bool(own) and short and value_columns(rows).issuperset(own)


def _is_wrapped(above: Line, line: Line) -> bool:
    """Whether the second header row only ends the words of the first: it stands under cells that span nothing."""
    if len(line) > len(above) or is_level_spelled_out(above, line):
        return False
    own = [c for c, place in enumerate(line) if place is not above[c] and not place.blank]
    return bool(own) and all(
        not above[c].blank and above.count(above[c]) == 1 and line.count(line[c]) == 1 for c in own
    )


def _join(first: Place, second: Place, ledger: Ledger, rule: str) -> None:
    if second.blank:
        return
    first.text = second.text if first.blank else ledger.join(first.text, second.text, rule)


def _append(line: Line, grid: Grid, part: Grid, ledger: Ledger, rule: str) -> None:
    """A cut row goes into the last row, cell by cell; what it spans goes on there."""
    last = grid[-1]
    for c, place in enumerate(line):
        target = last[min(c, len(last) - 1)]  # a row wider than the table goes into its last cell
        if place.lost or place is target or (c and place is line[c - 1]):
            continue
        _join(_cut_above(grid, c, place) or target, place, ledger, rule)
        swap(part, place, target)


def _cut_above(grid: Grid, c: int, rest: Place) -> Place | None:
    """The cell that spans the last rows of a page and breaks off there, of which `rest` is the rest: the last filled one
    of its column, with nothing but blanks below it. None where the last row has the cell itself."""
    if c == 0 or rest.blank or not grid[-1][c].blank or item(rest.text.text) == 1:
        return None
    owner = next((row[c] for row in reversed(grid) if c < len(row) and not row[c].blank), None)
    return owner if owner is not None and kind(owner.text.text) == "words" and is_open(owner.text.text) else None


def _mend_label(line: Line, grid: Grid, part: Grid, shown: int, ledger: Ledger) -> None:
    """The first label of a page without a number, in a table that numbers its labels (the rows from `shown` on tell),
    ends the label above; so does an empty one that the source gives. Empty cells that span the same rows go on with it."""
    old, text = line[0], line[0].text.text
    if (old.blank and not old.given) or is_numbered(text) or is_ordinal(text) or is_total(text):
        return
    rows = [row for row in grid[shown:] if not row[0].blank and not stands_alone(row)]
    firsts = [row[0].text.text for row in rows]
    owner = rows[-1][0] if rows else None
    numbered = sum(is_numbered(t) for t in firsts) * 10 >= 7 * len(firsts)
    if owner is None or not numbered or len(line) < 3 or kind(line[1].text.text) != "words":
        return
    if stands_alone(grid[-1]):  # a group row ends what stands above it
        return
    rows, above = [row for row in part if row[0] is old], [row for row in grid[shown:] if row[0] is owner]
    for c in range(1, len(line)):
        place, over = line[c], grid[-1][c]
        if (
            place.blank
            and place.given
            and not over.blank
            and all(row[c] is place for row in rows)
            and all(row[c] is over for row in above)
        ):
            swap(part, place, over)
    _join(owner, old, ledger, "cut-label")
    swap(part, old, owner)


def _mend_spill(line: Line, grid: Grid, part: Grid, shown: int, ledger: Ledger) -> None:
    """A merged cell that goes on beside the next page's first row: its text there is the rest of the cell above. The
    rows from `shown` on tell which columns hold such cells."""
    if line[0].blank or not is_ordinal(line[0].text.text) or all(p.exact for p in line):
        return
    figures = value_columns(grid[shown:])
    rows = [row for row in (*grid[shown:], *part[:_MOST_SHOWN]) if row is not line and not stands_alone(row)]
    rest = [
        c
        for c in range(2, len(line))
        if c not in figures and any(row[c].blank for row in rows) and not all(row[c].blank for row in rows)
    ]
    if len(rest) < 2 or not any(line[c].blank for c in rest):
        return
    for c in rest:
        place = line[c]
        if place.blank or kind(place.text.text) != "words" or item(place.text.text) == 1:
            continue
        owner = next((row[c] for row in reversed(grid[shown:]) if not row[c].blank), None)
        if owner is not None and is_open(owner.text.text):
            _join(owner, place, ledger, "cut-cell")
            fresh = Place(lost=True)
            swap(part, place, fresh)
