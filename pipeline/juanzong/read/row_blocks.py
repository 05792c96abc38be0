"""Which printed lines, one below the other, may be the rows of a table that no rule ends."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import regex as re

from juanzong.language.labels import UNIT
from juanzong.read.bands import SAME, Line, beside_row, is_label, rows_near, under
from juanzong.read.printed import Box, PrintedCell, PrintedTable
from juanzong.read.rows import names_group

FAR = 2.6  # times the type's size: lines farther apart are not one table's
_PAGE_NUMBER = re.compile(r"[-—–－·•]{1,2}\d{1,4}[-—–－·•]{1,2}|第\d{1,4}页(?:[/，,]?共\d{1,4}页)?|\d{1,4}/\d{1,4}")
_LABELS = 2  # over a table: its name, its unit
LEAST_NAMES = 3  # of a header that stands without its rows
LEAST_ROWS = 3  # of a table without any rulings
WIDER = 1.4  # times the widest gap between a table's lines so far: a wider one ends it


def open_end(lines: Sequence[Line], top: float, rule: float, x0: float, x1: float) -> float:
    """How far the rows reach below the rule that ends a header (`top`: the one above it), where no rule ends the table
    on its page."""
    names = [line for line in lines if top <= line[0].middle < rule]
    head = max(names, key=lambda line: (len(line), line[0].middle))
    bottom = last = rule
    above = head
    wide = max((b[0].top - a[0].bottom for a, b in pairwise(names)), default=0.0)
    for k, line in enumerate(lines):
        if line[0].middle <= rule:
            continue
        inside = x0 - SAME <= line[0].x0 and line[-1].x1 <= x1 + SAME
        alone = under(line[0], head) or under(line[0], above) or beside_row(lines, k)
        row = len(line) > 1 or (alone and not _is_page_number(line[0].text)) or names_group(line[0].text)
        gap = line[0].top - last
        aligned = len(line) > 2 and len(above) == len(line) and all(under(p, above) for p in line)
        if not (inside and row) or gap > max((FAR if aligned else FAR / 2) * line[0].size, WIDER * wide):
            break
        wide = max(wide, gap)
        above = line if len(line) > 1 else above
        last = max(p.bottom for p in line)
        bottom = bottom if names_group(line[0].text) and len(line) == 1 else last
    return bottom


def _ends_page(lines: Sequence[Line], k: int) -> bool:
    """Whether line k is one of several names, and nothing but the page's number stands below it."""
    return len(lines[k]) >= LEAST_NAMES and all(len(x) == 1 and _is_page_number(x[0].text) for x in lines[k + 1 :])


def header_alone(lines: Sequence[Line], inside: Sequence[int], box: Box) -> PrintedTable | None:
    """The header that a page ends with, whose rows stand on the next one; None where what is inside is none."""
    if not inside or not _ends_page(lines, inside[0]):
        return None
    xs = [box[0], *((a.x1 + b.x0) / 2 for a, b in pairwise(lines[inside[0]])), box[2]]
    return PrintedTable(box, [[PrintedCell((a, box[1], b, box[3])) for a, b in pairwise(xs)]])


def _is_page_number(text: str) -> bool:
    return _PAGE_NUMBER.fullmatch("".join(text.split())) is not None


def row_blocks(lines: Sequence[Line]) -> list[list[Line]]:
    """Lines that may be a table without rules: more than one piece, close to each other."""
    out: list[list[Line]] = []
    block: list[Line] = []
    for k, line in enumerate(lines):
        near = bool(block) and line[0].top - block[-1][0].bottom < FAR * line[0].size
        above = next((other for other in reversed(block) if len(other) > 1), [])
        wraps = (
            near
            and len(line) == 1
            and (under(line[0], above) or names_group(line[0].text))
            and line[0].top - block[-1][0].bottom < 0.9 * line[0].size
        )
        label = near and len(line) == 1 and is_label(lines, k, block[0])
        begins = near and len(line) == 1 and any(under(line[0], row) for row in rows_near(lines, k)[:1])
        if len(line) > 1 or wraps or label or begins or beside_row(lines, k):
            if block and not near:
                out.append(block)
                block = []
            block = [*block, line]
        elif block:
            out.append(block)
            block = []
    return [b for b in (_without_heading(_below_unit(b)) for b in [*out, block]) if len(b) >= LEAST_ROWS]


def _below_unit(block: list[Line]) -> list[Line]:
    """The block without a first line that says whose table it is and, at its end, in which unit."""
    unit = bool(block) and len(block[0]) <= _LABELS and UNIT.match(block[0][-1].text) is not None
    return block[1:] if unit and len(block) > 1 and len(block[1]) > len(block[0]) else block


def _without_heading(block: list[Line]) -> list[Line]:
    """The block without what stands below its last row as a group's name does: there it is a heading."""
    last = next(
        (k for k in range(len(block), 0, -1) if len(block[k - 1]) > 1 or not names_group(block[k - 1][0].text)), 0
    )
    return block[:last]
