"""JSON files of other tools, and places in them."""
from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from pipeline.errors import JuanzongError
from pipeline.read.printed import Box


def load_json(path: Path) -> Any:
    """The file's value, or a clear line why not."""
    try:
        return json.loads(path.read_bytes())
    except (ValueError, RecursionError, OSError):
        raise JuanzongError(f"{path}: not whole JSON; export it again") from None


def box_of(value: Any, across: float, down: float) -> Box | None:
    """Four numbers x0, y0, x1, y1, times `across` and `down`, as a box in points; None for anything else.

    >>> box_of([0, 0, 500, 1000], 0.6, 0.8), box_of("?", 1, 1)
    ((0.0, 0.0, 300.0, 800.0), None)
    """
    if not isinstance(value, list | tuple) or len(value) != 4 or not all(isinstance(v, int | float) for v in value):
        return None
    x0, y0, x1, y1 = (float(v) for v in value)
    return (x0 * across, y0 * down, x1 * across, y1 * down)
