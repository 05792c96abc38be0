"""JSON values that stand in a file one after another, as results of pages do that were put together."""

from __future__ import annotations

import json
from typing import Any

import regex as re

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


_WITHIN = 4  # wrappers, in which pages are looked for
_NUMBERED = re.compile(r"(?P<name>[^\d]*)(?P<number>\d{1,6})")


def pages_in_order(value: Any, within: int = _WITHIN) -> Any:
    """A value whose pages, each under its number, stand in the order of the numbers: programs sort names as words.

    >>> pages_in_order({"page_1": "甲", "page_10": "丙", "page_2": "乙"})
    {'page_1': '甲', 'page_2': '乙', 'page_10': '丙'}
    >>> pages_in_order({"pages": {"2": "乙", "1": "甲"}, "b1": 0, "a2": 1})
    {'pages': {'1': '甲', '2': '乙'}, 'b1': 0, 'a2': 1}
    """
    if not isinstance(value, dict) or not within:
        return value
    names = [_NUMBERED.fullmatch(str(name)) for name in value]
    if len(value) > 1 and None not in names and len({m["name"] for m in names if m}) == 1:
        numbers = {m[0]: int(m["number"]) for m in names if m}
        return dict(sorted(value.items(), key=lambda item: numbers[str(item[0])]))
    return {name: pages_in_order(one, within - 1) for name, one in value.items()}
