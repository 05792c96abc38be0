"""JSON values that stand in a file one after another, as results of pages do that were put together."""

from __future__ import annotations

import json
from typing import Any

_GAP = 64  # characters between two values
_PAGE = "page_idx"


def values_in_a_row(text: str) -> list[Any] | None:
    """The objects that a file holds one after another, over however many lines, or what its lists hold, the pages of each
    counted on; None where it holds something else.

    >>> values_in_a_row('{"a":\\n 1}\\n{"b": 2}'), values_in_a_row("[1]\\n甲"), values_in_a_row("[1]")
    ([{'a': 1}, {'b': 2}], None, None)
    >>> values_in_a_row('[{"page_idx": 0}, {"page_idx": 1}] [{"page_idx": 0}]')
    [{'page_idx': 0}, {'page_idx': 1}, {'page_idx': 2}]
    """
    decoder, out, at = json.JSONDecoder(), [], 0
    text = text.strip()
    try:
        while at < len(text):
            value, at = decoder.raw_decode(text, at)
            out.append(value)
            at += len(text[at : at + _GAP]) - len(text[at : at + _GAP].lstrip())
    except (ValueError, RecursionError):
        return None
    if len(out) < 2 or not all(isinstance(value, dict | list) for value in out):
        return None
    return _counted_on(out) if all(isinstance(value, list) for value in out) else out


def _counted_on(lists: list[list[Any]]) -> list[Any]:
    """What some lists hold, as one list."""
    out: list[Any] = []
    before = 0
    for items in lists:
        pages = [v[_PAGE] for v in items if isinstance(v, dict) and isinstance(v.get(_PAGE), int)]
        out += [
            {**v, _PAGE: v[_PAGE] + before} if isinstance(v, dict) and isinstance(v.get(_PAGE), int) else v
            for v in items
        ]
        before += max(pages, default=-1) + 1
    return out
