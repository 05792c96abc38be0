"""Notes of which the first stands behind its label (注：1.…) and the others in lines of their own below: no headings."""

from __future__ import annotations

from collections.abc import Sequence

import regex as re

from juanzong.language.numbering import Heading, heading_of

NOTES_LABEL = re.compile(r"\s*(?:备|附)?\s*注\s*[:：]\s*")


def without_counted_notes(texts: Sequence[str], heads: Sequence[Heading | None]) -> list[Heading | None]:
    """The heads, but for those of lines that count on from a note, one right below the other.

    >>> lines = ["1.甲", "注：1.乙。", "2.丙。", "3.丁。", "戊。", "4.己", "注：一并公布。", "2.庚"]
    >>> [h is not None for h in without_counted_notes(lines, [heading_of(s) for s in lines])]
    [True, False, False, False, False, True, False, True]
    """
    out = list(heads)
    last: Heading | None = None
    for k, (text, head) in enumerate(zip(texts, heads, strict=True)):
        if head is not None:
            counts = last is not None and (head.form, head.ordinal) == (last.form, last.ordinal + 1)
            out[k], last = (None, head) if counts else (head, None)
        else:
            label = NOTES_LABEL.match(text) if "注" in text[:4] else None
            last = heading_of(text[label.end() :]) if label else None
    return out
