"""Lines whose words tell their places: what stands far apart in one is several cells, or several things in a line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from juanzong.read.printed import Box, PrintedLine, PrintedTable, around
from juanzong.read.tool_text import spaced

Words = tuple[tuple[str, Box], ...]

_APART = 2.0  # times a line's type between two words; leaders and blanks within names leave less


def parts_of(line: PrintedLine, words: Words) -> list[PrintedLine]:
    """The line, or its parts from the left, where words stand far apart and their texts are all it says."""
    groups: list[list[tuple[str, Box]]] = []
    for word in words:
        if groups and word[1][0] - groups[-1][-1][1][2] < _APART * line.size:
            groups[-1].append(word)
        else:
            groups.append([word])
    said = "".join("".join(text for text, _ in words).split())
    if len(groups) < 2 or said != "".join(line.text.split()):
        return [line]
    return [
        replace(
            line,
            text="".join(text for text, _ in spaced((text, None) for text, _ in group)),
            bbox=around([b for _, b in group]),
        )
        for group in groups
    ]


def rejoined(
    blocks: Sequence[PrintedLine | PrintedTable], parted: Sequence[Sequence[PrintedLine]]
) -> list[PrintedLine | PrintedTable]:
    """The blocks with the parts of a line that is in no table as that line, wide blanks between them."""
    whole = {id(part): k for k, parts in enumerate(parted) for part in parts if len(parts) > 1}
    left = {id(block) for block in blocks}
    out: list[PrintedLine | PrintedTable] = []
    for block in blocks:
        k = whole.get(id(block)) if isinstance(block, PrintedLine) else None
        parts = parted[k] if k is not None else []
        if not parts or not all(id(part) in left for part in parts):
            out.append(block)
        elif block is parts[0]:
            out.append(replace(parts[0], text=_spread(parts), bbox=around([part.bbox for part in parts])))
    return out


def _spread(parts: Sequence[PrintedLine]) -> str:
    text = parts[0].text
    for a, b in pairwise(parts):
        text += " " * max(2, round((b.bbox[0] - a.bbox[2]) / max(1.0, a.size) * 2)) + b.text
    return text
