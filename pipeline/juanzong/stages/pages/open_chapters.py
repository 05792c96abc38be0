"""Which running heads say the chapter that is open: its heading stands above, in a line of its own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from juanzong.core.lines import Line
from juanzong.language.numbering import heading_of
from juanzong.language.text import fold

_LONGEST = 40  # characters of a chapter's heading


def said_above(lines: Sequence[Line], heads: Mapping[int, str]) -> set[int]:
    """Of the heads, {index of a line: its words, folded}, those whose words are those of a heading above."""
    words = set(heads.values())
    first: dict[str, int] = {}
    for i, line in enumerate(lines if words else ()):
        if len(line.text) <= _LONGEST and heading_of(line.text.strip()) and (said := fold(line.text)) in words:
            first.setdefault(said, i)
    return {i for i, said in heads.items() if first.get(said, i) < i}
