"""Whether the rows of one page go on with the table of the page before."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from juanzong.language.numbering import heading_of
from juanzong.language.text import fold
from juanzong.stages.tables.columns import column_starts, is_title, rest_of_cell
from juanzong.stages.tables.cut_rows import beside_cut_span, cut_between_cells
from juanzong.stages.tables.grid import Grid, Line, expand, fit, stands_alone, width_of
from juanzong.stages.tables.header import has_values, header_height, same_print
from juanzong.stages.tables.kinds import is_group, is_numbered, is_ordinal, is_total, is_value, item, kind
from juanzong.stages.tables.raw import RawRow
from juanzong.stages.tables.stitch import is_cut, repeated

_COUNTED, _FIGURES = {"serial", "number"}, {"serial", "number", "year"}  # a column of 512, 83 may hold 2652, 1977 too
_SAME_KINDS = 0.8  # share of cells that must look like their columns


def continues(before: Sequence[RawRow], after: Sequence[RawRow]) -> bool:
    """Whether the rows `after` go on with the table `before`, nothing but footnotes between."""
    if not before or not after or (before[0].syntax == "printed") != (after[0].syntax == "printed"):
        return False
    if cut_between_cells(before, after) or beside_cut_span(before, after).stop:
        return True
    if before[0].syntax == "printed":
        return _printed_goes_on(before, after)
    old, new = expand(before), expand(after)
    known = all(map(_says_its_cells, (before, after)))
    if known and width_of(old) > width_of(new) + 1 and not repeated(new, 0, old[: header_height(old)]):
        return False  # no cell is lost where the file itself says what cells there are
    return _goes_on(old, new)


def _says_its_cells(rows: Sequence[RawRow]) -> bool:
    """Whether the source says what cells there are: a file of tables does, and Markdown whose rows agree."""
    piped = len(rows) > 1 and all(row.syntax == "pipes" for row in rows)
    return all(row.exact for row in rows) or (piped and len({len(row.cells) for row in rows}) == 1)


def _goes_on(old: Grid, new: Grid) -> bool:
    height = header_height(old)
    body = old[height:]
    head = height or (len(old) if _is_header(old) else 0)  # a header that stands alone
    again = repeated(new, 0, old[:head])
    last, first = (0, 0) if _are_codes(body) else (_last_serial(old), _first_serial(new))
    grouped = _next_group(old, new[again:]) or _spans_cut(old, new[again:]) or _ends_in_group(body)
    rows = _holds_rows(old[head:])  # none: a header and group rows alone
    if rows and _labels_again(old, new):
        return False
    if again:
        return grouped or _counts_down(old, new) or not _begins_again(first, last, rows=rows)
    width = width_of(old)
    if (_is_header(old) and not _is_title(new[0])) or (height and not rows):  # a header alone
        return first <= 1 and _stands_below(new, width)
    next_number = 0 < last == first - 1
    if width_of(new) > width + next_number or (_is_title(new[0]) and not any(map(_is_title, body))):
        return False
    if last and first:
        return next_number or grouped or (first == last and _label_cut(old, new))
    if last and _is_sum(new) and not _is_sum(old[-1:]):
        return True
    fit(old, width)
    fit(new, width)
    return is_cut(new[0], body) or _looks_like(new, body)


def _begins_again(first: int, last: int, *, rows: bool) -> bool:
    """Whether the serial numbers below a header printed again begin anew; `rows`: there are some above it."""
    return first <= last if last and first else first == 1 and rows


def _labels_again(old: Grid, new: Grid) -> bool:
    """Whether the rows have the labels of the whole table so far once more, in order: the same form or list filled in anew.
    Numbers are told by how they count."""
    labels = [[fold(line[0].text.text) for line in grid if line] for grid in (old, new)]
    words = {t for t in labels[1] if t and not is_ordinal(t) and kind(t) == "words"}
    return len(words) > 1 and labels[0] == labels[1]


def _ends_in_group(body: Grid) -> bool:
    """Whether the last row names a group, as another one further up does that has rows below it."""
    groups = [n for n, line in enumerate(body) if line and stands_alone(line) and is_group(line[0].text.text)]
    return groups[-1:] == [len(body) - 1] and any(n + 1 not in groups for n in groups[:-1])


def _holds_rows(body: Grid) -> bool:
    """Whether any row is more than a group's."""
    return any(len({p for p in line if not p.blank}) > 1 for line in body)


def _stands_below(new: Grid, width: int) -> bool:
    """Whether rows are as wide as a header of so many columns; the last one may be empty: nobody filled it in."""
    return width_of(new) == width or width_of(new) < width == max(map(len, new))


def _are_codes(body: Grid) -> bool:
    """Whether the numbers in the first column are codes, scores or years of the rows: they do not count them."""
    numbers = [int(t) for line in body if line and (t := fold(line[0].text.text)).isdecimal()]
    steps = sum(b == a + 1 for a, b in pairwise(numbers))
    return len(numbers) > 2 and 2 * steps < len(numbers) - 1 and 2 * len(numbers) > len(body)


def _is_header(old: Grid) -> bool:
    """Whether the rows are nothing but a header: the names of columns, and the names of parts of them below."""
    if len(old) == 1:
        return _is_title(old[0])
    names = len(old) == 2 and old[1][0] is old[0][0] and not old[0][0].blank
    return names and not any(map(has_values, old)) and len(set(old[0])) > 1 and len(set(old[1])) == len(old[1])


def _spans_cut(old: Grid, new: Grid) -> bool:
    """Whether the page cut a numbered cell that spans rows: it names the last row and, printed again, the next one."""
    if not new or not new[0] or not old[-1]:
        return False
    a, b = ([fold(p.text.text) for p in line] for line in (old[-1], new[0]))
    return len(a) == len(b) > 2 and bool(item(a[0])) and a[0] == b[0] and a[1] != b[1] and a[1] != a[0]


def _label_cut(old: Grid, new: Grid) -> bool:
    """Whether the page cut the label of a cell that spans rows: its two halves make the label that the next row, printed
    in a place of its own, has whole."""
    if len(new) < 2 or not (old[-1] and new[0] and new[1]):
        return False
    a, b, whole = (fold(line[0].text.text) for line in (old[-1], new[0], new[1]))
    return bool(a and b) and a + b == whole


def _counts_down(old: Grid, new: Grid) -> bool:
    """Whether the first column counts down by one, from the old rows to the new ones: marks from the highest on."""
    first = _first_serial(new)
    return first > 0 and [int(t) for line in old[-2:] if (t := fold(line[0].text.text)).isdecimal()] == [
        first + 2,
        first + 1,
    ]


def _is_sum(new: Grid) -> bool:
    """Whether the rows are the one that sums up a table."""
    return len(new) == 1 and bool(new[0]) and is_total(new[0][0].text.text)


def _looks_like(new: Grid, body: Grid) -> bool:
    """Whether most cells of the next page are of the kinds that their columns hold; one in which nothing stands so far
    says nothing."""
    likely = _column_kinds(body)
    said = {c for c, held in enumerate(likely) if held != {""}}
    kinds = [(c, kind(p.text.text)) for line in new for c, p in enumerate(line) if not p.blank and c in said]
    return bool(kinds) and sum(k in likely[c] for c, k in kinds) >= _SAME_KINDS * len(kinds)


def goes_on_below_its_header(before: Sequence[RawRow], after: Sequence[RawRow]) -> bool:
    """Whether a page that prints what stands over the table again prints its whole header too, and other rows below."""
    if before[0].syntax == "printed":
        return after[0].syntax == "printed" and _printed_below_its_header(before, after)
    old, new = expand(before), expand(after)
    height = header_height(old)
    if not height or repeated(new, 0, old[:height]) != height:
        return False
    names = [
        {fold(line[0].text.text) for line in rows if line and not line[0].blank}
        for rows in (old[height:], new[height:])
    ]
    return bool(names[1]) and not names[0] & names[1] and not _first_serial(new) and width_of(old) == width_of(new)


def _printed_below_its_header(before: Sequence[RawRow], after: Sequence[RawRow]) -> bool:
    """The same of printed lines: the first says the same, no number begins anew, and no other line of several cells stands
    in both but those at the head of both that hold no figure."""
    rows = [[row for row in part if len(row.cells) > 1] for part in (before, after)]
    said = [["".join(c.text.text for c in row.cells) for row in part] for part in rows]
    if not all(said) or not same_print(said[0][0], said[1][0]) or not _printed_goes_on(before, after):
        return False
    height = 1
    while (
        height < min(map(len, said)) and same_print(said[0][height], said[1][height]) and not _counts(rows[1][height])
    ):
        height += 1
    return height < len(said[1]) and set(said[0][height:]).isdisjoint(said[1][height:])


def _counts(row: RawRow) -> bool:
    return any(is_value(c.text.text) for c in row.cells)


def counts_on(before: Sequence[RawRow], after: Sequence[RawRow]) -> bool:
    """Whether the serial numbers of the rows `before` go on in those `after`, in tables of one width."""
    old, new = expand(before), expand(after)
    new = new[repeated(new, 0, old[: header_height(old)]) :]
    last, first = _last_serial(old), _first_serial(new)
    none = not last and all(len({p for p in line if not p.blank}) == 1 for line in old[header_height(old) :])
    summed = bool(last) and _is_sum(new) and not _is_sum(old[-1:])
    return (((bool(last) or none) and first == last + 1) or summed) and of_one_width(before, after)


def of_one_width(before: Sequence[RawRow], after: Sequence[RawRow]) -> bool:
    """Whether the rows have as many columns, but for one, or as many cells, some of them empty on all the page; of printed
    lines, whose columns no mark parts, whether both are such."""
    if "printed" in (before[0].syntax, after[0].syntax):
        return before[0].syntax == after[0].syntax
    if abs(width_of(expand(before)) - width_of(expand(after))) <= 1:
        return True
    cells = [max(sum(c.col_span for c in row.cells) for row in rows) for rows in (before, after)]
    return cells[0] == cells[1]


def _last_serial(grid: Grid) -> int:
    return _serial([line[0].text.text for line in reversed(grid) if line])


def _first_serial(grid: Grid) -> int:
    return _serial([line[0].text.text for line in grid if line])


def _serial(labels: Sequence[str]) -> int:
    """The first serial number among the labels, 0 where there is none."""
    for label in labels:
        text = fold(label)
        if text.isdecimal() or item(text):
            return int(text) if text.isdecimal() else item(text)
    return 0


def _next_group(old: Grid, new: Grid) -> bool:
    """Whether the next page begins with the group of rows that follows the last one (三、 after 二、)."""
    label = new[0][0].text.text.strip() if new and new[0] else ""
    head = heading_of(label)
    if head is None or not is_group(label):
        return False
    groups = [h for line in old if line and (h := heading_of(line[0].text.text.strip())) and h.form == head.form]
    return bool(groups) and head.ordinal == groups[-1].ordinal + 1


def _is_title(line: Line) -> bool:
    """Whether a row looks like a header: words from the first column on, in most columns, and no sentence."""
    filled = [p for p in dict.fromkeys(line) if not p.blank]
    return (
        not line[0].blank
        and not is_numbered(line[0].text.text)
        and len(filled) * 2 > len(set(line))
        and len(filled) > 1
        and all(
            kind(p.text.text) in ("words", "year") and not p.text.text.rstrip().endswith(("。", "；")) for p in filled
        )
    )


def _printed_goes_on(before: Sequence[RawRow], after: Sequence[RawRow]) -> bool:
    again = ["".join(c.text.text for c in row.cells) for row in (before[0], after[0])]
    serials = [
        _serial([c.text.text for row in rows for c in row.cells[:1] if c.at == rows[0].cells[0].at])
        for rows in (before[::-1], after)
    ]
    if serials[1] and serials[1] <= max(serials[0], 1) and (serials[0] or len(before) > 6):
        return False
    if same_print(*again):
        return True
    starts = column_starts(before)
    if is_title(after[0], starts) and not any(is_title(row, starts) for row in before[1:]):
        return False  # in a table of words a row looks like a header
    if all(len(row.cells) == 1 for row in after):
        return rest_of_cell(before, after[0].cells[0], full=True)
    several = [c for row in after if len(row.cells) > 1 for c in row.cells]
    ends = {c.end for row in before for c in row.cells if is_value(c.text.text)}  # figures may end at one place
    names = {c.at for c in before[0].cells}
    near = sum(
        any(abs(c.at - s) <= 2 for s in (*starts, *names)) or (is_value(c.text.text) and c.end in ends) for c in several
    )
    return len(starts) > 1 and bool(several) and near >= _SAME_KINDS * len(several)


def _column_kinds(body: Grid) -> list[set[str]]:
    width = max((len(line) for line in body), default=0)
    found: list[set[str]] = [{kind(line[c].text.text) for line in body if c < len(line)} for c in range(width)]
    return [kinds | _FIGURES if kinds & _COUNTED else kinds for kinds in found]
