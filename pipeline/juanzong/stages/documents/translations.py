"""A title's English translation, printed right below it."""

from __future__ import annotations

from collections.abc import Sequence

import regex as re

from juanzong.language.text import ends_sentence
from juanzong.stages.pieces.items import Item

_MOST_TRANSLATED = 4  # lines of a title in English
_TRANSLATED = re.compile(r"\W*[A-Z][A-Za-z]+(?:[\s&,'-]+[A-Za-z]+){2,}")  # a phrase, and no name


def behind_translation(items: Sequence[Item], k: int) -> int:
    """The item behind the lines, from item k on, that say a title once more in English; k where none do."""
    end = k
    while end + 1 < len(items) and end - k < _MOST_TRANSLATED and _is_translation(items[end]):
        end += 1
    return end if end > k and _TRANSLATED.match(items[k].s) else k


def _is_translation(item: Item) -> bool:
    return item.is_text and item.s.isascii() and not ends_sentence(item.s) and not any(c.isdigit() for c in item.s)
