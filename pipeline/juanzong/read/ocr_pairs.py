"""Lines as most OCR libraries give them (PaddleOCR 2, RapidOCR, EasyOCR): [box, (text, score)], in JSON or in a log."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import Any

import regex as re

_LOGGED = re.compile(r"\[\[\[ *-?\d[^'\"\n]{20,200}\], *[(\[] *(?P<quote>['\"]).*(?P=quote), *[\d.e-]+ *[)\]] *\]\s*$")
_BEGINS = re.compile(rb"\[\[\[ *-?\d[^'\"\n]{20,200}\], *\( *['\"]")
_CORNERS = 4
_LEAST = 2  # such lines in a log's head
_MOSTLY = 0.8  # of a log's lines
_FILE = re.compile(r"\*{4,}")  # round the name of the next image


def is_log_of_pairs(head: bytes) -> bool:
    """Whether a file's head is that of such a log: [[[24.0, 36.0], …], ('text', 0.98)], whatever stands before it.

    >>> line = b"[[[24.0, 36.0], [304.0, 34.0], [304.0, 72.0], [24.0, 74.0]], ('a', 0.99)]"
    >>> is_log_of_pairs(line + b"\\nppocr INFO: " + line), is_log_of_pairs(b"[[[1]]]")
    (True, False)
    """
    return b"[[[" in head and len(_BEGINS.findall(head)) >= _LEAST


def logged_pairs(text: str) -> list[Any] | None:
    """The pages of such a log, each a list of pairs; None of a text that is none."""
    if "[[[" not in text:
        return None
    lines = [line for line in text.split("\n") if line.strip()]
    found = [(line, _LOGGED.search(line)) for line in lines]
    if sum(m is not None or "ppocr" in line for line, m in found) < _MOSTLY * len(lines):
        return None
    pages: list[list[Any]] = [[]]
    for line, m in found:
        if m is not None:
            try:
                pages[-1].append(ast.literal_eval(m[0].strip()))
            except (ValueError, SyntaxError, MemoryError, RecursionError):
                return None
        elif _FILE.search(line) and pages[-1]:
            pages.append([])
    return [page for page in pages if page] or None


def are_pairs(data: list[Any]) -> bool:
    """Whether a list holds such lines, or pages of them.

    >>> box = [[1, 2], [3, 2], [3, 4], [1, 4]]
    >>> are_pairs([[box, ["甲", 0.9]]]), are_pairs([[[box, ("甲", 0.9)]], []]), are_pairs([[box, "甲", 0.9]]), are_pairs([["甲", "乙"]])
    (True, True, True, False)
    """
    return bool(data) and any(True for _ in pages_of_pairs(data))


def pages_of_pairs(data: list[Any]) -> Iterator[dict[str, Any]]:
    """Each page as PaddleOCR 3 gives it: texts, boxes, scores beside one another; nothing where any item is no such line."""
    pages = [data] if all(map(_is_pair, data)) else data
    if not all(isinstance(page, list) and all(map(_is_pair, page)) for page in pages):
        return
    for page in pages:
        if page:
            told = [(_box(pair[0]), *_said(pair)) for pair in page]
            yield {
                "rec_boxes": [box for box, _, _ in told],
                "rec_texts": [text for _, text, _ in told],
                "rec_scores": [score for _, _, score in told],
            }


def _is_pair(item: Any) -> bool:
    if not isinstance(item, list | tuple) or len(item) not in (2, 3) or not _box(item[0]):
        return False
    return isinstance(_said(item)[0], str)


def _said(pair: Any) -> tuple[Any, Any]:
    """(text, score) of a line; the text is none where there is no such thing."""
    if isinstance(pair[1], list | tuple):
        return (pair[1][0], pair[1][1]) if len(pair[1]) > 1 else (None, None)
    return pair[1], pair[2] if len(pair) > 2 else None


def _box(corners: Any) -> list[float]:
    """A box round four corners, or as it is given; none of anything else."""
    if not isinstance(corners, list | tuple) or len(corners) != _CORNERS:
        return []
    if all(isinstance(n, int | float) for n in corners):
        return [float(n) for n in corners]
    if not all(
        isinstance(c, list | tuple) and len(c) == 2 and all(isinstance(n, int | float) for n in c) for c in corners
    ):
        return []
    xs, ys = [float(c[0]) for c in corners], [float(c[1]) for c in corners]
    return [min(xs), min(ys), max(xs), max(ys)]
