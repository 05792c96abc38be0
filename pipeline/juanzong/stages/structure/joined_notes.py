"""Items -> items: notes that stand in one line (①绿道：指慢行道。②驿站：供人休息。) parted, where the text before calls each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

import regex as re

from juanzong.stages.pieces.items import Item
from juanzong.stages.structure.notes import MARKER, Marker, explains, marker_of, markers_in, note_head

_BEHIND = re.compile(r"[。；;]\s*$")
_MOST_ABOVE = 40  # items above in which the marks of a page's notes stand


def part_joined_notes(items: Sequence[Item]) -> list[Item]:
    """The items of one document, in order."""
    out: list[Item] = []
    for k, item in enumerate(items):
        head = note_head(item.s) if item.is_text else None
        starts = _starts(item.s, head) if head is not None else [0]
        if len(starts) > 1 and _called(items[max(0, k - _MOST_ABOVE) : k], item.s, starts):
            parts = [item.holding(item.text[a:b].strip()) for a, b in pairwise([*starts, len(item.text)])]
            out += [parts[0], *(replace(part, blanks=0, page_break=False) for part in parts[1:])]
        else:
            out.append(item)
    return out


def _starts(text: str, head: Marker) -> list[int]:
    """Where the notes of a line begin: each counts on from the one before, behind a stop, and explains a term."""
    starts, figure = [0], int(head.figure)
    for m in MARKER.finditer(text, head.end):
        found = marker_of(m)
        counts = found.form == head.form and int(found.figure) == figure + 1
        if counts and _BEHIND.search(text, head.end, m.start()) and explains(text, m.end()):
            starts.append(m.start())
            figure += 1
    return starts if explains(text, head.end) else [0]


def _called(above: Sequence[Item], text: str, starts: Sequence[int]) -> bool:
    """Whether the text above calls each note of a line."""
    calls = {(m.form, m.figure) for x in above if x.is_text for m in markers_in(x.s) if m.start}
    heads = [note_head(text[a:]) for a in starts]
    return all(head is not None and (head.form, head.figure) in calls for head in heads)
