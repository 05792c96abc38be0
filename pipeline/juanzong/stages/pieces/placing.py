"""How a printed line is set: how deep, in the middle of the page, with as much room at its right as at its left."""

from __future__ import annotations

from juanzong.language.text import display_width

INDENT = 2  # blanks that make an indent
PARAGRAPH_INDENT = 5  # columns that a paragraph's indent may take
_ASKEW = 4  # columns by which a centred line may stand off the middle, on both sides together


def is_centered(text: str, width: int) -> bool:
    """Whether blanks set a line in the middle of a page of `width` columns, deeper than a paragraph's indent.

    >>> is_centered("            关于印发规划的通知", 42), is_centered("    一、总体要求", 42), is_centered(" " * 30 + "某市人民政府", 42)
    (True, False, False)
    """
    indent = left_blanks(text)
    return indent > PARAGRAPH_INDENT and abs(2 * indent + display_width(text.strip()) - width) <= _ASKEW


def stands_even(text: str, width: int) -> bool:
    """Whether a line that is set in leaves as much room at its right: the long first line of a title over two lines, set
    in no deeper than a paragraph."""
    indent = left_blanks(text)
    return indent >= INDENT and abs(2 * indent + display_width(text.strip()) - width) < _ASKEW


def left_blanks(text: str) -> int:
    """Columns that blanks set a line in."""
    return display_width(text[: len(text) - len(text.lstrip(" 　"))])
