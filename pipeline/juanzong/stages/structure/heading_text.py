"""What stands round a heading's words and is none of them: the mark that closes its emphasis, its full stop."""

from __future__ import annotations

import regex as re

from juanzong.core.traced import Traced
from juanzong.stages.pieces.items import Item
from juanzong.stages.structure.build import Build
from juanzong.stages.structure.notes import MARKER

_LAST_STOP = re.compile(rf"。(?=\**(?:{MARKER.pattern})*\**$)")
_STARS = re.compile(r"\*\*\s*")


def without_partner(b: Build, mark: Traced, text: Traced, *, stars: bool = True) -> Traced:
    """The text without the mark that closes the emphasis which `mark` opened; __ stands at its end. (措施** alone would
    be a masked name; `stars`: not those of an article, which may show its lead.)"""
    sign = mark.text if stars or mark.text == "__" else ""
    if sign not in ("__", "**") or text.text.count(sign) != 1 or (sign == "__" and not text.text.endswith(sign)):
        return text
    at = text.text.index(sign)
    b.ledger.drop_ranges(text[at : at + 2], "emphasis-mark", category="format")
    return (text[:at] + text[at + 2 :]).strip()


def without_stop(b: Build, item: Item, title: Traced) -> Traced:
    """A heading without the stop that closes it; of a page that was read, and of no tool's block, the print is kept to
    the letter."""
    closing, first = _LAST_STOP.search(title.text), item.lines[0]
    if closing is None or (first.mark is not None and first.block is None):
        return title
    at = closing.start()
    b.ledger.drop_ranges(title[at : at + 1], "heading-stop", category="format")
    return title[:at] + title[at + 1 :]


def without_stars(b: Build, text: Traced) -> Traced:
    """The text behind a run-in heading without the stars that closed the heading."""
    marks = _STARS.match(text.text)
    if marks is None:
        return text
    b.ledger.drop_ranges(text[:2], "emphasis-mark", category="format")
    return text[marks.end() :]
