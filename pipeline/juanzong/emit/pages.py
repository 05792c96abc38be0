"""Source ranges -> where they stand on the pages."""

from __future__ import annotations

import bisect
from collections.abc import Sequence
from json.encoder import encode_basestring

from juanzong.core.source import LineMark, Source, WordMark

Place = tuple[int, int, LineMark | WordMark]


Places = tuple[list[int], list[Place], list[int], list[Place]]


def places_of(source: Source) -> Places:
    """Starts and places of the source's lines, and of its words: made once a bundle, looked up for each string."""
    lines: list[Place] = []
    at = 0
    for n, text in enumerate(source.text.split("\n")):
        mark = source.marks[n] if n < len(source.marks) else None
        if mark is not None:
            lines.append((at, at + len(text), mark))
        at += len(text) + 1
    words: list[Place] = sorted(((w.start, w.end, w) for w in source.words), key=lambda p: p[:2])
    return [p[0] for p in lines], lines, [p[0] for p in words], words


def pages_of(places: Places, ranges: list[tuple[int, int]]) -> list[tuple[int, str]]:
    """Each page on which they stand, and the JSON that tells where: {"page", "bbox"}, in points; words where they are
    known, else whole lines; of a workbook with the names of the cells."""
    line_starts, lines, word_starts, words = places
    if len(ranges) == 1:  # as most cells of sheets and words of pages
        a, b = ranges[0]
        hits = _touching(word_starts, words, a, b) or _touching(line_starts, lines, a, b)
        if len(hits) == 1:
            mark = hits[0]
            cell = mark.cell if isinstance(mark, WordMark) else ""
            return [(mark.page, _told(mark.page, mark.bbox, mark.confidence, [cell] if cell else []))]
    found: dict[int, tuple[list[float], list[float]]] = {}
    cells: dict[int, list[str]] = {}
    for a, b in ranges:
        hits = _touching(word_starts, words, a, b) or _touching(line_starts, lines, a, b)
        for m in hits:
            box, sure = found.setdefault(m.page, (list(m.bbox), []))
            x0, top, x1, bottom = m.bbox
            box[:] = [min(box[0], x0), min(box[1], top), max(box[2], x1), max(box[3], bottom)]
            if m.confidence is not None:
                sure.append(m.confidence)
            if isinstance(m, WordMark) and m.cell and m.cell not in cells.setdefault(m.page, []):
                cells[m.page].append(m.cell)
    return [
        (page, _told(page, box, min(sure, default=None), cells.get(page, ())))
        for page, (box, sure) in sorted(found.items())
    ]


def _told(page: int, box: Sequence[float], sure: float | None, cells: Sequence[str]) -> str:
    """One page as a row of the trace has it: the text that json.dumps would give, in a third of its time.

    >>> _told(2, (0, 14.0, 60.004, 28.0), 0.98765, ["表1!B5"])
    '{"page": 2, "bbox": [0, 14.0, 60.0, 28.0], "confidence": 0.988, "cells": ["表1!B5"]}'
    """
    x0, top, x1, bottom = box
    told = f'{{"page": {page}, "bbox": [{round(x0, 2)!r}, {round(top, 2)!r}, {round(x1, 2)!r}, {round(bottom, 2)!r}]'
    if sure is not None:
        told += f', "confidence": {round(sure, 3)!r}'
    if cells:
        told += f', "cells": [{", ".join(map(encode_basestring, cells))}]'
    return told + "}"


def _touching(starts: list[int], places: list[Place], a: int, b: int) -> list[LineMark | WordMark]:
    i = max(0, bisect.bisect_right(starts, a) - 1)
    out = []
    while i < len(places) and places[i][0] < b:
        if places[i][1] > a:
            out.append(places[i][2])
        i += 1
    return out
