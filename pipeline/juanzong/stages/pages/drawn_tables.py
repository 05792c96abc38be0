"""Tables drawn with box characters (┌─┬─┐ │ ├─┼─┤) -> the same with bars and dashes, as a grid table in plain text."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate

import regex as re

from juanzong.core.findings import Finding
from juanzong.core.ledger import Ledger
from juanzong.core.lines import Line
from juanzong.language.text import display_width

_BARS = "│┃║┆┇┊┋╎╏｜"
_DASHES = "─━═┄┅┈┉╌╍"
_CORNERS = "┌┍┎┏┐┑┒┓└┕┖┗┘┙┚┛├┝┞┟┠┡┢┣┤┥┦┧┨┩┪┫┬┭┮┯┰┱┲┳┴┵┶┷┸┹┺┻┼┽┾┿╀╁╂╃╄╅╆╇╈╉╊╋╒╓╔╕╖╗╘╙╚╛╜╝╞╟╠╡╢╣╤╥╦╧╨╩╪╫╬╭╮╯╰"
_FIRST = frozenset(_BARS + _CORNERS)
_LINE = re.compile(rf"\s*[{_BARS}{_CORNERS}].*[{_BARS}{_CORNERS}]\s*")
_DRAWN = re.compile(rf"[{_BARS}{_DASHES}{_CORNERS}]+")
_BARRED = re.compile(rf"[{_BARS}].*[{_BARS}]")
_EDGE = re.compile(r"[|+]")
_FEWEST = 2  # lines with bars that show a table
_PLAIN = str.maketrans(dict.fromkeys(_BARS, "|") | dict.fromkeys(_DASHES, "-") | dict.fromkeys(_CORNERS, "+"))
_WIDE = str.maketrans(dict.fromkeys(_BARS, "| ") | dict.fromkeys(_DASHES, "--") | dict.fromkeys(_CORNERS, "+-"))


def plain_rules(lines: Sequence[Line], ledger: Ledger, findings: list[Finding]) -> list[Line]:
    """The lines with the rules of drawn tables as +---+ and their bars as |, as wide as they were drawn; a box round one
    column frames text and stays."""
    out: list[Line] = []
    i = 0
    while i < len(lines):
        end = i
        while end < len(lines) and (end == i or not lines[end].blanks) and _is_drawn(lines[end]):
            end += 1
        if end == i:
            out.append(lines[i])
            i += 1
            continue
        inner = sum(bool(_BARRED.search(line.text.strip()[1:])) for line in lines[i:end])
        wide = inner >= _FEWEST and _is_wide(lines[i:end])
        out += [_plain(line, ledger, wide=wide) for line in lines[i:end]] if inner >= _FEWEST else lines[i:end]
        i = end
    return out


def _is_drawn(line: Line) -> bool:
    return line.block is None and line.text.lstrip()[:1] in _FIRST and _LINE.fullmatch(line.text) is not None


def _is_wide(lines: Sequence[Line]) -> bool:
    """Whether a table is drawn for marks as wide as a Chinese character: so they stand below each other, or in fewer
    columns of print."""
    columns = [
        {at for line in lines for at in _edges(line.text.rstrip().translate(marks))} for marks in (_PLAIN, _WIDE)
    ]
    return len(columns[1]) < len(columns[0])


def _edges(text: str) -> list[int]:
    """The columns of print in which a line has bars and corners."""
    *parts, _ = _EDGE.split(text)
    return list(accumulate(display_width(part) + (k > 0) for k, part in enumerate(parts)))


def _plain(line: Line, ledger: Ledger, *, wide: bool) -> Line:
    end = len(line.text.rstrip())
    changes = [(m.start(), m.end(), m[0].translate(_WIDE if wide else _PLAIN)) for m in _DRAWN.finditer(line.text)]
    if wide and changes and changes[-1][1] == end:  # no blank behind the last bar
        a, b, text = changes.pop()
        changes.append((a, b, text[:-1]))
    return line.holding(ledger.replace_all(line.traced, changes, "drawn-table"))
