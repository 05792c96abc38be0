"""Paragraphs that a page cut exactly at a full stop: found by what the document's certain cuts teach."""
from __future__ import annotations

from collections.abc import Sequence

from pipeline.stages.items import Item


def cuts_at_stops(items: Sequence[Item]) -> dict[int, float]:
    """{source line number of the later piece: confidence}."""
    return {}
