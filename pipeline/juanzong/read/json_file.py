"""JSON files of other tools, and places in them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from juanzong.core.errors import JuanzongError
from juanzong.read.printed import Box

_FAR = 1e7  # points or pixels; no page is that large


def load_json(path: Path) -> Any:
    """The file's value, or a clear line why not."""
    try:
        return json.loads(path.read_bytes())
    except (ValueError, RecursionError, OSError):
        raise JuanzongError(f"{path}: not whole JSON; export it again") from None


def is_number(value: Any) -> bool:
    """Whether it is a number a page can have: JSON also has true, NaN and Infinity.

    >>> [is_number(v) for v in (1, 0.5, True, float("nan"), "1", None)]
    [True, True, False, False, False, False]
    """
    return isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < _FAR


def dicts(value: Any) -> list[dict[str, Any]]:
    """The objects of a list; none for anything else, as damaged files have it.

    >>> dicts([{"a": 1}, None, "b"]), dicts("c")
    ([{'a': 1}], [])
    """
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []


def whole(value: Any, least: int = 0, most: int = 100_000) -> int:
    """A count or an index, kept within bounds; the least for anything else.

    >>> whole(3), whole(-1), whole("3", 1), whole(True), whole(10 ** 9)
    (3, 0, 1, 0, 100000)
    """
    return min(most, max(least, value)) if isinstance(value, int) and not isinstance(value, bool) else least


def box_of(value: Any, across: float, down: float) -> Box | None:
    """Four numbers x0, y0, x1, y1, times `across` and `down`, as a box in points; None for anything else.

    >>> box_of([0, 0, 500, 1000], 0.6, 0.8), box_of("?", 1, 1)
    ((0.0, 0.0, 300.0, 800.0), None)
    """
    if not isinstance(value, list | tuple) or len(value) != 4 or not all(map(is_number, value)):
        return None
    x0, y0, x1, y1 = (float(v) for v in value)
    return (x0 * across, y0 * down, x1 * across, y1 * down)
