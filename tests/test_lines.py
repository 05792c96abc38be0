"""The gaps between lines: what parts paragraphs, and what tells that a page ends."""

from __future__ import annotations

import pytest

from juanzong.core.lines import lines_of
from juanzong.core.source import Source

PARAGRAPHS = [f"第{k}项工作要按时完成。" for k in range(1, 13)]


def gaps(text: str) -> list[int]:
    return [line.blanks for line in lines_of(Source("a.txt", "0", "text/plain", text))]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("甲\n\f\n乙", [0, 2]),  # a form feed in a line of its own ends a page
        ("甲\n\n\f\n\n乙", [0, 3]),
        ("甲\n\n乙", [0, 1]),
        ("\n\n\n".join(PARAGRAPHS), [0, *[1] * 11]),  # two blank lines before every paragraph part no pages
        ("\n\n\n".join(PARAGRAPHS[:6]) + "\n\n\n\n" + "\n\n\n".join(PARAGRAPHS[6:]), [0, *[1] * 5, 2, *[1] * 5]),
        ("\n".join(PARAGRAPHS) + "\n\n\n" + "\n".join(PARAGRAPHS), [*[0] * 12, 2, *[0] * 11]),  # these do
        ("\n\n\n".join(["\n\n".join(PARAGRAPHS)] * 3), [0, *[1] * 11, 2, *[1] * 11, 2, *[1] * 11]),
    ],
)
def test_gaps(text: str, wanted: list[int]) -> None:
    assert gaps(text) == wanted
