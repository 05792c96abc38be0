"""What blank lines tell of where documents begin: by how many there are, and before which lines."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from juanzong.language import elements as el
from juanzong.stages.pieces.items import Item

_NEARLY_ALL, _MANY = 0.8, 3
_FEW = 0.25  # of a bundle's lines


def gap_sign(items: Sequence[Item]) -> str:
    """What a blank line before a line tells: `gap` where few lines have one, so that it parts more than paragraphs;
    `gap parts` (`gaps part` where there are many) where those lines all are such as documents begin with; else nothing."""
    texts = [x for x in items if not x.rule]
    behind = [x for x in texts[1:] if x.blanks > 0]
    if len(behind) > _FEW * len(texts):
        return ""
    begin = sum(x.kind == "text" and (el.noun_of(x.s) is not None or _is_beginning(x.s)) for x in behind)
    if begin < _NEARLY_ALL * len(behind):
        return "gap"
    captions = sum(after.kind == "table" for x, after in pairwise(texts) if x.blanks > 0)
    return "gaps part" if len(behind) >= _MANY and 2 * captions < len(behind) else "gap parts"


def _is_beginning(text: str) -> bool:
    """Whether a line stands at the head of a document, above or in place of its title."""
    return bool(el.ANNEX_MARK.match(text) or el.LETTERHEAD.match(text) or el.is_doc_number(text) or el.is_label(text))
