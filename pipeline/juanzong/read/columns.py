"""Runs of a page -> groups in reading order: a page set in two columns is read column by column."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from juanzong.language.text import ends_sentence
from juanzong.read.glyphs import Run
from juanzong.read.printed import PrintedLine, PrintedPage
from juanzong.read.side_by_side import blocks_side_by_side
from juanzong.read.tables import Edge

MIN_LINES = 6  # lines either side before one may speak of columns
MIN_RULE = 40.0  # points: the shortest upright rule that parts text from text beside it
FEW_LINES = 4  # ... where a gutter of WIDE_GUTTER parts them, nothing crosses it between them, and both end a sentence
MIN_GUTTER, WIDE_GUTTER = 0.9, 2.0  # ems
SMALLER = 0.85  # of the text's size: type so small beside it, on lines of its own, is side text ...
LEAST_BESIDE, LEAST_LEVEL = 3, 8  # ... of so many lines, beside lines of so many characters
MAX_CROSSING = 0.25  # of the lines may run across the gutter (titles, figures)
FILLED = 0.6  # of its column a line fills, in the middle of the field; tables fill less


ACROSS, LEFT, RIGHT = 0, 1, 2
Group = tuple[int, list[Run]]
"""The column (ACROSS: both, or the page has but one) and its runs."""


class Columns(NamedTuple):
    """The two columns of a page: where each begins and ends (x, points)."""

    left: float
    left_end: float
    right: float
    right_end: float


def columns_of(page: PrintedPage) -> Columns | None:
    """The columns of a page that is set in two; None where it is not."""
    lines = [b for b in page.blocks if isinstance(b, PrintedLine) and not b.watermark]
    left, right = ([b.bbox for b in lines if b.column == side] for side in (LEFT, RIGHT))
    if min(len(left), len(right)) < MIN_LINES:
        return None
    return Columns(min(b[0] for b in left), max(b[2] for b in left), min(b[0] for b in right), max(b[2] for b in right))


def reading_groups(runs: Sequence[Run], width: float, before: Columns | None = None) -> list[Group]:
    """One group of all runs, or, where a gutter parts the page, bands: full-width runs, left column, right column.
    `before`: the columns of the page before."""
    gutter = find_gutter(runs, width, before)
    if gutter is None:
        return _with_blocks(runs)
    groups: list[Group] = []
    left: list[Run] = []
    right: list[Run] = []
    number = _between(runs, gutter)
    for run in sorted(runs, key=lambda r: (r.top, r.x0)):
        if (run.x0 < gutter - 1 and run.x1 > gutter + 1) or run is number:
            groups += [g for g in ((LEFT, left), (RIGHT, right), (ACROSS, [run])) if g[1]]
            left, right = [], []
        elif run.x1 <= gutter + 1:
            left.append(run)
        else:
            right.append(run)
    return _joined([*groups, *(g for g in ((LEFT, left), (RIGHT, right)) if g[1])])


def _between(runs: Sequence[Run], gutter: float) -> Run | None:
    """The page's number, of neither column: the last run, below all others and between the ends of long ones."""
    last = max(runs, key=lambda r: r.bottom)
    others = [r for r in runs if r is not last]
    left = [r.x1 for r in others if len(r.glyphs) >= 5 and r.x1 <= gutter]
    right = [r.x0 for r in others if len(r.glyphs) >= 5 and r.x0 >= gutter]
    alone = all(r.bottom <= last.top for r in others)
    return last if alone and max(left, default=last.x0) < last.x0 and last.x1 < min(right, default=last.x1) else None


def _with_blocks(runs: Sequence[Run]) -> list[Group]:
    """The runs of a page in one column, a few lines of it set in two apart."""
    groups: list[Group] = []
    rest = list(runs)
    for left, right in blocks_side_by_side(runs):
        top, own = min(r.top for r in (*left, *right)), {id(r) for r in (*left, *right)}
        above = [r for r in rest if id(r) not in own and r.top < top]
        rest = [r for r in rest if id(r) not in own and r.top >= top]
        groups += [(ACROSS, above)] if above else []
        groups += [(LEFT, left), (RIGHT, right)]
    return [*groups, (ACROSS, rest)] if rest or not groups else groups


def side_text(runs: Sequence[Run], edges: Sequence[Edge]) -> tuple[list[Run], list[list[Run]]]:
    """The runs of the page's own text, and for each upright rule that parts text from text those of the smaller part; so
    where small type stands beside the text."""
    main, out = list(runs), list[list[Run]]()
    for e in edges:
        if e["orientation"] != "v" or e["bottom"] - e["top"] < MIN_RULE:
            continue
        beside = [r for r in main if e["top"] - 2 <= (r.top + r.bottom) / 2 <= e["bottom"] + 2]
        left = [r for r in beside if r.x1 <= e["x0"] + 1]
        right = [r for r in beside if r.x0 >= e["x0"] - 1]
        if len(left) + len(right) < len(beside) or not (_is_prose(left) and _is_prose(right)):
            continue
        side = min(left, right, key=lambda part: sum(len(r.glyphs) for r in part))
        ids = {id(r) for r in side}
        main = [r for r in main if id(r) not in ids]
        out.append(side)
    for side in _blocks_in_small_type(main):
        ids = {id(r) for r in side}
        main = [r for r in main if id(r) not in ids]
        out.append(side)
    return main, out


def _blocks_in_small_type(runs: Sequence[Run]) -> list[list[Run]]:
    """Blocks of lines in smaller type than the page's text that stand beside lines of it with no rule between: at one
    margin, parted by a gutter, and not on the same lines, as the cells of a row are."""
    glyphs = Counter[float]()
    for r in runs:
        glyphs[r.size] += len(r.glyphs)
    if len(glyphs) < 2:  # as on many pages
        return []
    limit = SMALLER * glyphs.most_common(1)[0][0]
    small = sorted((r for r in runs if r.size <= limit), key=lambda r: (round(r.x0), r.top))
    blocks: list[list[Run]] = []
    for r in small:
        above = blocks[-1][-1] if blocks else None
        if above is not None and abs(r.x0 - above.x0) < 2 and 0 <= r.top - above.top < 2.5 * r.size:
            blocks[-1].append(r)
        else:
            blocks.append([r])
    return [block for block in blocks if len(block) >= LEAST_BESIDE and _is_beside(block, runs, limit)]


def _is_beside(block: Sequence[Run], runs: Sequence[Run], limit: float) -> bool:
    own = {id(r) for r in block}
    level = [r for r in runs if id(r) not in own and r.top < block[-1].bottom and r.bottom > block[0].top]
    if len(level) < 2 or any(r.size <= limit or len(r.glyphs) < LEAST_LEVEL for r in level):
        return False
    gap = max(min(r.x0 for r in block) - max(r.x1 for r in level), min(r.x0 for r in level) - max(r.x1 for r in block))
    lines = {round(r.glyphs[-1].baseline) for r in level}
    on_lines = sum(bool(lines & {b - 1, b, b + 1}) for b in (round(r.glyphs[-1].baseline) for r in block))
    return gap >= MIN_GUTTER * level[0].size and 2 * on_lines < len(block) and _is_prose(block) and _is_prose(level)


def _is_prose(runs: Sequence[Run]) -> bool:
    """Whether runs are lines of text: not the figures of a chart."""
    text = "".join(g.text for r in runs for g in r.glyphs)
    han = sum("\u4e00" <= c <= "\u9fff" or "\u2e80" <= c <= "\u2fdf" for c in text)  # or radicals for them
    return len(runs) > 1 and han > max(4 * len(runs), 0.5 * len(text)) - 1


def _joined(groups: Sequence[Group]) -> list[Group]:
    """Neighbouring full-width runs of one line belong together."""
    out: list[Group] = []
    for column, runs in groups:
        if out and column == out[-1][0] == ACROSS:
            out[-1][1].extend(runs)
        else:
            out.append((column, runs))
    return out


def find_gutter(runs: Sequence[Run], width: float, before: Columns | None = None) -> float | None:
    """The middle (x, points) of the gap between two columns of running text, or None. `before`: the columns of the page
    before, where a text ends on this one with few lines."""
    long = [r for r in runs if len(r.glyphs) >= 5]
    gutter = _widest_gutter(long, runs, width) if len(long) >= 2 * FEW_LINES else None
    return _gutter_of(before, long) if gutter is None and before is not None else gutter


def _widest_gutter(long: Sequence[Run], runs: Sequence[Run], width: float) -> float | None:
    """The same for many long runs, of all `runs`."""
    size = sorted(r.size for r in long)[len(long) // 2]
    best: tuple[int, float, float] | None = None
    edges = {x for r in long for x in (r.x1 + 0.5 * MIN_GUTTER * size, r.x0 - 0.5 * MIN_GUTTER * size)}
    for x in {round(x, 1) for x in edges if 0.3 * width < x < 0.7 * width}:
        left = [r for r in long if r.x1 <= x]
        right = [r for r in long if r.x0 >= x]
        crossing = len(long) - len(left) - len(right)
        few = min(len(left), len(right))
        if few < FEW_LINES or crossing > MAX_CROSSING * len(long):
            continue
        gap = min(r.x0 for r in right) - max(r.x1 for r in left)
        if gap < MIN_GUTTER * size or not (_is_text(left) and _is_text(right) and _are_level(left, right)):
            continue
        if few < MIN_LINES and (gap < WIDE_GUTTER * size or not _are_whole(left, right, runs, x)):
            continue
        if best is None or (-crossing, gap) > (best[0], best[1]):
            best = (-crossing, gap, (min(r.x0 for r in right) + max(r.x1 for r in left)) / 2)
    return best[2] if best else None


def _gutter_of(columns: Columns, runs: Sequence[Run]) -> float | None:
    """The gutter between the columns of the page before where these runs stand in them as well, lines beside lines."""
    left = [r for r in runs if r.x0 >= columns.left - 1 and r.x1 <= columns.left_end + r.size]
    right = [r for r in runs if r.x0 >= columns.right - 1 and r.x1 <= columns.right_end + r.size]
    crossing = len(runs) - len(left) - len(right)
    if not right or len(right) > len(left) or crossing > MAX_CROSSING * len(runs) or not _are_level(left, right):
        return None
    return (columns.left_end + columns.right) / 2


def _are_level(left: Sequence[Run], right: Sequence[Run]) -> bool:
    """Whether lines stand beside lines: not who issues a text above it at the left, who signs it below at the right."""
    few, many = sorted((left, right), key=len)
    return 2 * sum(any(q.top < r.bottom and r.top < q.bottom for q in many) for r in few) >= len(few)


def _are_whole(left: Sequence[Run], right: Sequence[Run], runs: Sequence[Run], x: float) -> bool:
    """Whether no run lies across the gutter (at x) between the lines of two columns, and both end with a sentence."""
    top, bottom = min(r.top for r in (*left, *right)), max(r.bottom for r in (*left, *right))
    if any(r.x0 < x < r.x1 and r.bottom > top and r.top < bottom for r in runs):
        return False
    within = [r for r in runs if r.bottom > top and r.top < bottom + 3 * r.size]
    sides = [[r for r in within if r.x1 <= x], [r for r in within if r.x0 >= x]]
    return all(ends_sentence("".join(g.text for g in max(side, key=lambda r: r.top).glyphs)) for side in sides)


def _is_text(runs: Sequence[Run]) -> bool:
    """Whether most characters stand in runs that fill their column: running text, not the cells of an unruled table."""
    x0, x1 = min(r.x0 for r in runs), max(r.x1 for r in runs)
    filled = sum(len(r.glyphs) for r in runs if r.x1 - r.x0 > FILLED * (x1 - x0))
    return 2 * filled > sum(len(r.glyphs) for r in runs)
