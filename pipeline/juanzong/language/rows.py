"""Rows of a table whose cells single blanks part, as readers write one whose columns they lost."""

from __future__ import annotations

import regex as re

_BETWEEN = re.compile(r"(?<=[\p{Han}）]{2})[ 　]+(?=[\p{Han}（《“]{2})|(?<=\d)[ 　]+(?=\d)")
_LONGEST = 120  # characters of a row


def parts_cells(text: str) -> bool:
    """Whether blanks part the words of a line as they part cells: two of them at least between two Chinese characters or
    two figures, where prose has none but round figures and where a line was wrapped.

    >>> parts_cells("B2 工作制度 制度健全，责任到人 10 9 附件1"), parts_cells("到 2025 年，约 3 家企业， LNG 接收站 投产")
    (True, False)
    """
    few = len(text) <= _LONGEST and "。" not in text
    return few and text.count(" ") + text.count("　") > 2 and len(_BETWEEN.findall(text)) > 1


def are_rows(before: str, after: str) -> bool:
    """Whether the second of two lines, of which the first ends no sentence, begins another row of a table whose cells
    blanks part."""
    return parts_cells(before) and len(after.split(None, 2)) > 2
