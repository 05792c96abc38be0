"""How wide a sheet's columns and how high its rows must be for every text to be read whole."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil

from juanzong.language.text import display_width

Text = tuple[int, int, int, int, str]  # row, column, rows and columns covered, what stands there

_NARROWEST, _WIDEST = 8, 60  # display columns of a column
_OF_MANY = 4  # and of one among more than a page has room for
_PAGE = 140.0  # display columns of an A4 page across, before the print is made smaller
_SMALLER = 1.7  # times as much on a page, and print is too small to read
_LINE = 15.0  # points a line of text takes, 11 point type
_HIGHEST = 405.0  # points: 409 is the most a row can have


def column_widths(texts: Sequence[Text], columns: int, page: float = _PAGE) -> list[float]:
    """Widths in display columns: as wide as the longest line, within a page (of `page`
    display columns); wider where a row would be too high.

    >>> column_widths([(0, 0, 1, 1, "1")], 1), max(column_widths([(0, c, 1, 1, "1") for c in range(40)], 40))
    ([8.0], 4.0)
    """
    natural = [float(_NARROWEST if columns * _NARROWEST < page else _OF_MANY)] * columns
    for _, column, _, right, text in texts:
        if right == 1:
            longest = max(map(display_width, text.split("\n")), default=0) + 2
            natural[column] = max(natural[column], min(longest, _WIDEST))
    over = sum(natural) - page
    slack = sum(w - 12 for w in natural if w > 12)
    if over > 0 and slack > 0:
        share = min(1.0, over / slack)
        natural = [w - (w - 12) * share if w > 12 else w for w in natural]
    for _, column, down, right, text in texts:
        span = sum(natural[column : column + right])
        while text_height(text, span) > _HIGHEST * down and sum(natural) < _SMALLER * page:
            natural[column] += 10
            span += 10
    return natural


def row_heights(texts: Sequence[Text], widths: Sequence[float], rows: int) -> list[float]:
    """Heights in points; what a merged cell needs beyond its rows is shared out among them."""
    heights = [_LINE + 3] * rows
    for row, column, down, right, text in sorted(texts, key=lambda t: t[2]):
        needed = text_height(text, sum(widths[column : column + right]))
        missing = needed - sum(heights[row : row + down])
        if missing > 0:
            for r in range(row, min(row + down, rows)):
                heights[r] += missing / down
    return [min(h, _HIGHEST) for h in heights]


def text_height(text: str, width: float) -> float:
    """Points that a text takes, wrapped in a cell `width` display columns wide.

    >>> text_height("一二三四五六", 8), text_height("一\\n二", 8)
    (33.0, 33.0)
    """
    room = max(1.0, width - 2)
    return 3 + _LINE * sum(max(1, ceil(display_width(line) / room)) for line in text.split("\n"))
