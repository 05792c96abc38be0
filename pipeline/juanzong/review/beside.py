"""Where the decisions on a bundle stand: apart from their model, so that a run without any loads no pydantic."""

from __future__ import annotations

from pathlib import Path

from juanzong.core.names import fitting

ENDING = ".decisions.jsonl"


def beside(source: Path, bundle_id: str) -> Path:
    """raw/<id>.decisions.jsonl beside the source file (an id too long for that is cut)."""
    return source.parent / fitting(bundle_id, ENDING)
