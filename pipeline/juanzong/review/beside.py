"""Where the decisions on a bundle stand: apart from their model, so that a run without any loads no pydantic."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from juanzong.core.names import fitting

if TYPE_CHECKING:
    from juanzong.review.decisions import Decision

ENDING = ".decisions.jsonl"


def beside(source: Path, bundle_id: str) -> Path:
    """raw/<id>.decisions.jsonl beside the source file (an id too long for that is cut)."""
    return source.parent / fitting(bundle_id, ENDING)


def decisions_beside(source: Path, bundle_id: str) -> list[Decision]:
    """What a reviewer decided on the bundle; where there is no such file, the model is not loaded either."""
    path = beside(source, bundle_id)
    if not os.path.lexists(path):
        return []
    from juanzong.review.decisions import load

    return load(path)
