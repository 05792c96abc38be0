"""The title of a document, printed again under it."""

from __future__ import annotations

from collections.abc import Sequence

from juanzong.language.alike import skeleton
from juanzong.stages.documents.title_signs import LONGEST_PRINT
from juanzong.stages.pieces.items import Item

_REST = 6  # characters of the end of a title that is printed again


def repeats(rest: Sequence[Item], k: int, title: str) -> int:
    """How many items from k on print the title again."""
    run, key = "", skeleton(title)
    for j in range(k, min(k + 4, len(rest))):
        run += rest[j].s.strip()
        if len(run) > LONGEST_PRINT:
            break
        if key and skeleton(run) == key:
            return j + 1 - k
        if rest[j].kind != "text" or not key.startswith(skeleton(run)):
            break
    return 0


def rest_again(text: str, title: str) -> int:
    """1 where a line prints the end of the title again, its first line lost; else 0."""
    said = skeleton(text) if len(text) <= LONGEST_PRINT else ""
    return int(len(said) >= _REST and skeleton(title).endswith(said))
