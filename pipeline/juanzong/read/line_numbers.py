"""Numbers of lines in a page's margin (Word's 行号, a court's or a draft's): no part of its text. Points."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from juanzong.read.glyphs import Glyph, Run, runs_of
from juanzong.read.printed import PrintedLine, around

FEW = 3  # numbers of one margin that show by themselves what they are
FAR = 0.5  # ems between them and the text at least
ALIGNED = 2.0  # points
LONG = 15  # ems: shorter lines are a list's
LARGER = 1.2  # times the size of other lines is a title's
FILLED = 0.7  # of the text's width is the usual line of prose: where each line is numbered, what tells it from a list


@dataclass
class LineNumbering:
    """What the pages so far have shown: every how many lines a number stands (0: not seen yet), at which edge, the last."""

    step: int = 0
    edge: float = 0.0
    last: int = 0


def without_line_numbers(glyphs: Sequence[Glyph], seen: LineNumbering) -> tuple[list[Glyph], list[PrintedLine]]:
    """The page's glyphs without the numbers of its lines, and these as one line of its margin (none where there are
    none). In: upright glyphs in drawing order; `seen` is told what the page shows."""
    said = [g for g in glyphs if not g.text.isspace()]
    if not said or not any(g.text.isdecimal() for g in (min(said, key=lambda g: g.x0), max(said, key=lambda g: g.x1))):
        return list(glyphs), []  # as on most pages
    runs = runs_of(glyphs)
    for numbers in _margins(runs):
        step = _step(numbers, runs, seen)
        if step:
            seen.step, seen.edge, seen.last = step, numbers[0].x1, _value(numbers[-1])
            gone = {id(g) for run in numbers for g in run.glyphs}
            boxes = [(r.x0, r.top, r.x1, r.bottom) for r in numbers]
            told = PrintedLine(" ".join(_text(r) for r in numbers), around(boxes), numbers[0].size)
            return [g for g in glyphs if id(g) not in gone], [told]
    return list(glyphs), []


def _margins(runs: Sequence[Run]) -> list[list[Run]]:
    """The bare numbers left of all other text, and those right of it, from the top, where they stand one below the other."""
    bare = [r for r in runs if _text(r).isdecimal() and len(_text(r)) <= 4]
    if not bare:
        return []
    out = []
    for side in (False, True):
        edge = max((r.x1 for r in bare), default=0.0) if side else min(r.x1 for r in bare)
        column = [r for r in bare if abs(r.x1 - edge) < ALIGNED]
        ids = {id(r) for r in column}
        others = [r for r in runs if id(r) not in ids and _text(r)]
        far = FAR * column[0].size
        if others and all(r.x1 < column[0].x0 - far if side else r.x0 > column[0].x1 + far for r in others):
            out.append(sorted(column, key=lambda r: r.top))
    return out


def _step(numbers: Sequence[Run], runs: Sequence[Run], seen: LineNumbering) -> int:
    """Every how many lines the numbers stand, 0 where they are none of lines."""
    values = [_value(r) for r in numbers]
    steps = {b - a for a, b in pairwise(values)} or {seen.step or values[0]}
    step = min(steps)
    if len(steps) > 1 or step < 1 or any(v % step for v in values):
        return 0
    if step == seen.step and abs(numbers[0].x1 - seen.edge) < ALIGNED and values[0] in (step, seen.last + step):
        return step
    ids = {id(r) for r in numbers}
    lines = _lines([r for r in runs if id(r) not in ids and _text(r)])
    counted = _number_each(numbers, lines, seen) if step == 1 else _count_lines(numbers, lines, step)
    return step if counted else 0


def _number_each(numbers: Sequence[Run], lines: Sequence[Sequence[Run]], seen: LineNumbering) -> bool:
    """Whether each line of prose has its number: a list counts its lines as well, and a contents list names pages at its
    right."""
    left = numbers[0].x1 < min(line[0].x0 for line in lines)
    begins = _value(numbers[0]) in (1, seen.last + 1) and len(numbers) >= 2 * FEW
    return left and begins and (_is_prose(lines) or _has_its_title(numbers, lines))


def _has_its_title(numbers: Sequence[Run], lines: Sequence[Sequence[Run]]) -> bool:
    """Whether the first numbers stand before a title, in larger type than the lines below, and each line down to the last
    number has one: a list's title has none."""
    numbered = [line for line in lines if line[0].top < numbers[-1].bottom]
    sizes = [max(r.size for r in line) for line in numbered]
    solid = all(b.x0 - a.x1 < a.size for line in numbered for a, b in pairwise(sorted(line, key=lambda r: r.x0)))
    return len(numbered) == len(numbers) and sizes[0] > LARGER * min(sizes) and solid


def _count_lines(numbers: Sequence[Run], lines: Sequence[Sequence[Run]], step: int) -> bool:
    """Whether so many lines stand between each two numbers; with few numbers, also above the first."""
    at = [sum(line[0].top < r.bottom for line in lines) for r in numbers]
    gaps = [b - a for a, b in pairwise(at)]
    counted = all(gap >= step for gap in gaps) and step in gaps
    if len(numbers) >= FEW:
        return counted
    return _value(numbers[0]) == step == at[0] and step > 2 and (counted or len(numbers) == 1)


def _lines(runs: Sequence[Run]) -> list[list[Run]]:
    """The runs by the heights at which they stand, from the top."""
    out: list[list[Run]] = []
    for run in sorted(runs, key=lambda r: r.top + r.bottom):
        if out and (run.top + run.bottom) / 2 < out[-1][0].bottom:
            out[-1].append(run)
        else:
            out.append([run])
    return out


def _is_prose(lines: Sequence[Sequence[Run]]) -> bool:
    """Whether most lines are prose: long, of one piece, as wide as the text is."""
    solid = [
        line for line in lines if not any(b.x0 - a.x1 > a.size for a, b in pairwise(sorted(line, key=lambda r: r.x0)))
    ]
    widths = sorted(max(r.x1 for r in line) - min(r.x0 for r in line) for line in solid)
    if 2 * len(solid) <= len(lines):
        return False
    middle = widths[len(widths) // 2]
    return middle > FILLED * widths[-1] and middle > LONG * median(r.size for line in solid for r in line)


def _text(run: Run) -> str:
    return "".join(g.text for g in run.glyphs).strip()


def _value(run: Run) -> int:
    return int(_text(run))
