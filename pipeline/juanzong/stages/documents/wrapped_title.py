"""A title that was printed over several lines, as one text."""

from __future__ import annotations

from collections.abc import Iterable

from juanzong.core.ledger import Ledger
from juanzong.core.traced import EMPTY, Traced
from juanzong.stages.pieces.items import Item


def joined_title(items: Iterable[Item], ledger: Ledger) -> Traced:
    """The pieces of a title joined, each join an edit; empty where there is none."""
    title: Traced = EMPTY
    for item in items:
        title = ledger.join(title, item.text, "wrapped-title") if title else item.text
    return title
