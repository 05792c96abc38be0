"""A text -> pieces that are no longer than a limit, cut where a reader would pause."""

from __future__ import annotations

import regex as re

_CLOSING = "”’」』）)】〕］》〉\"'"
_SENTENCE = re.compile(rf"(?:[。！？!?…]+|\.(?=\s)|\n)[{re.escape(_CLOSING)}]*\s*")
_CLAUSE = re.compile(rf"(?:[；;：:]|[，,、](?!\d))[{re.escape(_CLOSING)}]*\s*")


def sentences(text: str, limit: int) -> list[tuple[int, int]]:
    """Half-open ranges that cover the text: its sentences; one longer than `limit` is cut at its clauses, a clause
    longer than `limit` anywhere.

    >>> [("完成。好！”是"[a:b]) for a, b in sentences("完成。好！”是", 9)]
    ['完成。', '好！”', '是']
    >>> sentences("一二三，四五六七", 4)
    [(0, 4), (4, 8)]
    """
    out: list[tuple[int, int]] = []
    for a, b in _cut(text, 0, len(text), _SENTENCE):
        if b - a <= limit:
            out.append((a, b))
            continue
        for c, d in _cut(text, a, b, _CLAUSE):
            out += [(k, min(k + limit, d)) for k in range(c, d, limit)]
    return out


def _cut(text: str, start: int, end: int, mark: re.Pattern[str]) -> list[tuple[int, int]]:
    ends = [m.end() for m in mark.finditer(text, start, end)]
    if not ends or ends[-1] < end:
        ends.append(end)
    return list(zip([start, *ends[:-1]], ends, strict=True))
